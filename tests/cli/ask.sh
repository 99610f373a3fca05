#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The questionnaire without a terminal: lines from a file, what is saved, what is
# printed where, and exit statuses. test_conversation.c has the rest.
#
#   ask.sh PROGRAM          run in the source folder
#   DEMARCHE_GOLDEN=write   writes the golden files anew

program=$1
golden=tests/golden/cli
pack=tests/packs/dialogue
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
failures=0
unset NO_COLOR COLUMNS ACCESSIBLE
export TERM=xterm

fail() {
  echo "FAILED: $1" >&2
  failures=$((failures + 1))
}

# ask STATUS LINES ARGUMENTS…: LINES as printf takes them; streams in $scratch/out and $scratch/err.
ask() {
  wanted=$1
  lines=$2
  shift 2
  said="ask $*"
  # shellcheck disable=SC2059 # The lines are a format.
  printf "$lines" >"$scratch/lines"
  "$program" ask -p $pack --answers "$scratch/lines" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null
  status=$?
  if [ "$status" -ne "$wanted" ]; then
    fail "$said: exit status $status instead of $wanted"
    cat "$scratch/err" >&2
  fi
}

says() {
  if ! grep -qF -- "$2" "$scratch/$1"; then
    fail "$said: $1 does not say: $2"
    cat "$scratch/$1" >&2
  fi
}

lacks() {
  if grep -qF -- "$2" "$scratch/$1"; then
    fail "$said: $1 says: $2"
  fi
}

# gives FILE GOLDEN: the bytes are the golden file's.
gives() {
  sed "s|$scratch|SCRATCH|g" "$scratch/$1" >"$scratch/cleaned"
  if [ "$DEMARCHE_GOLDEN" = write ]; then
    cp "$scratch/cleaned" "$golden/$2"
  fi
  if ! diff -u "$golden/$2" "$scratch/cleaned" >&2; then
    fail "$said: $1 is not $golden/$2"
  fi
}

profile=$scratch/profile.yaml

# The whole way, with slips, reasons, and back.
ask 0 'moroco\nmor\nboots, rope\nwhy\nsummer\n12a\n10\n45.5\n2025-13-01\n2025-05-01\nback\n\ny\nabout the huts\n\n\n' "$profile"
says out "Advice for Morocco"
says out "The glacier tour"
lacks out "Which season"
gives err ask-transcript.txt
gives profile.yaml ask-profile.yaml
says err "The answers are saved in $profile."

# It reads back the same, and everything can be changed on the last page.
ask 0 '\n' "$profile"
gives profile.yaml ask-profile.yaml
lacks err "Question 1"
ask 0 '3\nwinter\n\n' "$profile"
says profile.yaml "season: winter"

# None, unknown, several; resumed where it was left.
rm "$profile"
ask 2 'Norway\nnone\nunknown\n' "$profile"
says err "days: For how many days?"
gives profile.yaml ask-open.yaml
ask 0 'unknown\nunknown\nunknown\nunknown\nunknown\n' "$profile"
lacks err "A name or a code."

# Names
rm "$profile"
ask 2 'ivory coast\n' "$profile"; says profile.yaml "place: CI # Côte d'Ivoire"
rm "$profile"; ask 2 'cote divoire\n' "$profile"; says err "Is it one of these?"
ask 2 'BURMA\n' "$profile"; says profile.yaml "place: MM # Myanmar"
rm "$profile"; ask 2 'congo\n' "$profile"; says profile.yaml "place: CG # Congo"
rm "$profile"; ask 2 'NO\n' "$profile"; says profile.yaml 'place: "NO" # Norway'
rm "$profile"; ask 2 'ni\n' "$profile"; says err "could be any of these"; lacks err "Taken"
ask 2 '999\n' "$profile"; says err 'Nothing is called "999"'
ask 2 'Norway\nStove, with gas\n' "$profile"; says profile.yaml "- stove # Stove, with gas"
rm "$profile"; ask 2 'Norway\n1 3;2\n1 3 2\n' "$profile"; says profile.yaml "- rope # Rope"
rm "$profile"; ask 2 'Norway\nboots, tint\n' "$profile"; says err '"tint"'; lacks profile.yaml gear
rm "$profile"; ask 2 'n\303\n' "$profile"; says err "not UTF-8"

# Other forms of the profile
ask 2 'Norway\nboots\nunknown\n10\n' "$scratch/profile.json"; gives profile.json ask-profile.json
ask 0 '2.5\nunknown\nunknown\n"none"\n\n\n' "$scratch/profile.json"
says profile.json '"remarks": ["none"]'
ask 2 '' "$scratch/profile.csv"; says err "YAML or JSON"
ask 2 '' a b; says err "one profile"
printf 'id: "the first"\nplace: NO\n' >"$scratch/named.yaml"
ask 2 'none\n' "$scratch/named.yaml"; says named.yaml 'id: "the first"'
printf 'place: NO\nplaice: MA\n' >"$scratch/wrong.yaml"
cp "$scratch/wrong.yaml" "$scratch/before.yaml"
ask 3 'none\n' "$scratch/wrong.yaml"; says err "plaice"
cmp -s "$scratch/wrong.yaml" "$scratch/before.yaml" || fail "$said: a wrong profile was overwritten"
printf 'place: NO\n---\nplace: MA\n' >"$scratch/two.yaml"
ask 3 'none\n' "$scratch/two.yaml"; says err "2 profiles"

# What is saved cannot be, what is read is not there
ask 5 'Norway\n' "$scratch/nowhere/profile.yaml"; says err "cannot be saved"
said="ask --answers nowhere"
"$program" ask -p $pack --answers "$scratch/nowhere" "$scratch/x.yaml" 2>"$scratch/err" </dev/null
[ $? -eq 5 ] || fail "$said: wrong exit status"
says err "cannot read"

# No terminal
said="ask without a terminal"
"$program" ask -p $pack "$scratch/none.yaml" >"$scratch/out" 2>"$scratch/err" </dev/null
[ $? -eq 2 ] || fail "$said: wrong exit status"
[ -s "$scratch/out" ] && fail "$said: printed something"
says err "place: Where are you? (required)"
says err "--set FIELD=ANSWER"
[ -e "$scratch/none.yaml" ] && fail "$said: wrote a profile"

# A name of its own where none is given, never over another file
said="ask without a profile"
here=$(pwd)
rm -f "$scratch"/profile*
echo mine >"$scratch/profile.yaml"
printf 'Norway\n' >"$scratch/lines"
(cd "$scratch" && "$program" ask -p "$here/$pack" --answers lines >out 2>err </dev/null)
says err "saved in profile-2.yaml"
says profile-2.yaml "Norway"
[ "$(cat "$scratch/profile.yaml")" = mine ] || fail "$said: overwrote another file"

[ "$failures" -eq 0 ] && echo "all as expected"
exit "$((failures > 0))"
