#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Programs from textbooks, tests/packs/classics: `demarche facts` prints what is on record as right, and,
# where clingo is installed, what it finds for the same programs.
#
#   classics.sh PROGRAM     run in the source folder
#   DEMARCHE_GOLDEN=write   writes the record anew

golden=tests/golden/cli
. tests/cli/harness.sh

pack=tests/packs/classics
run 0 facts --all -p $pack
gives out classics.tsv

# A row "ancestor<TAB>adam<TAB>bea" as clingo's atom.
atoms() { sed 's/\t/(/; s/\t/,/g; s/$/)/'; }

if command -v clingo >/dev/null; then
  "$program" facts -p $pack parent node road paint needs price move literal plus less choose number mark |
    atoms | sed 's/$/./' >"$scratch/facts.lp"
  clingo --verbose=0 --warn=none tests/peers/classics.lp "$scratch/facts.lp" | tr ' ' '\n' |
    grep '(' | LC_ALL=C sort >"$scratch/theirs.all"
  atoms <$golden/classics.tsv | LC_ALL=C sort >"$scratch/ours"
  relations=$(cut -f1 $golden/classics.tsv | sort -u | paste -sd '|')
  grep -E "^($relations)\(" "$scratch/theirs.all" >"$scratch/theirs"
  cmp -s "$scratch/ours" "$scratch/theirs" || {
    fail "clingo finds something else"
    diff -u "$scratch/theirs" "$scratch/ours" >&2
  }
fi

finish
