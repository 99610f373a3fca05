#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Holds the README's sample to what the program prints, and runs the profiles among the examples.
#
#   readme.sh PROGRAM       run in the source folder

. tests/cli/harness.sh

# The sample is the block that starts with the advice's first line.
sed -n '/^    Advice for Morocco/,/^[^ ]/p' README.md | sed -e '/^[^ ]/d' -e 's/^    //' |
  sed -e '$d' >"$scratch/sample"
lines=$(wc -l <"$scratch/sample")
[ "$lines" -gt 10 ] || fail "README.md: no sample of advice was found"
run 0 advise examples/profiles/morocco.yaml
head -n "$lines" "$scratch/out" | diff -u "$scratch/sample" - >&2 ||
  fail "README.md: the sample is not how the advice begins"

for profile in examples/profiles/*.yaml; do
  run 0 advise "$profile"
  [ ! -s "$scratch/err" ] || fail "$said: wrote to standard error"
  says out "International Organization for Migration"
done

# A ';' in the one text that a question takes is a semicolon.
run 0 facts proposed_theme --set country=UG --set 'notes=Our nurses leave; recruiters charge fees.'
says out labour-mobility
printf 'country,needs,notes\nUG,funding;advice,"Our nurses leave; recruiters charge fees."\n' \
  >"$scratch/one.csv"
run 0 facts proposed_theme wanted "$scratch/one.csv"
says out labour-mobility; says out access-funding; says out specialized-advice
run 3 facts wanted --set 'country=NO;SE'; says err "takes one answer, not 2"

finish
