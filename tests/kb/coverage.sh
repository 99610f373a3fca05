#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Holds docs/coverage.md to the shipped pack: each name in it exists, and neither a rule nor a
# statement, organization, … of the source chapter is missing from it.
#
#   coverage.sh PROGRAM     run in the source folder

page=docs/coverage.md
. tests/cli/harness.sh

# keys RELATION: the keys of its facts.
keys() {
  "$program" facts "$1" --format csv | sed 1d | cut -d, -f1
}

relations='statement organization purpose approach policy_step contact_route constituency principle
  objective theme category example caveat_kind situation activity background work'

for relation in $relations; do keys "$relation"; done | sort -u >"$scratch/keys"
"$program" show rules | cut -d' ' -f1 | sort -u >"$scratch/rules"
"$program" show sources | cut -d' ' -f1 | sort -u >"$scratch/sources"
sed -n 's/^      \([a-z0-9-]*\):.*/\1/p' kb/sources.yaml | sort -u >"$scratch/sections"
[ -s "$scratch/keys" ] && [ -s "$scratch/rules" ] && [ -s "$scratch/sources" ] ||
  fail "the pack's names could not be listed"

# What the page names exists.
grep -o '`[^`]*`' "$page" | tr -d '\140' | sort -u >"$scratch/named"
while read -r name; do
  case $name in
  emm-igos/* | gcm/*) list=$scratch/sections name=${name#*/} ;;
  kb/* | rules/*) [ -e "$name" ] || fail "$page: no file is called $name"; continue ;;
  *' '* | 'emm-igos' | 'background') continue ;;
  */*) list=$scratch/rules ;;
  *) list=$scratch/keys ;;
  esac
  grep -qxF -- "$name" "$list" || grep -qxF -- "$name" "$scratch/sources" ||
    fail "$page: nothing is called $name"
done <"$scratch/named"

# What rests on the chapter is on the page.
missing() { # KIND: what $scratch/wanted lists and the page does not name
  [ -s "$scratch/wanted" ] || fail "no $1 could be listed"
  while read -r name; do
    grep -qxF -- "$name" "$scratch/named" || fail "$page: $1 $name is missing"
  done <"$scratch/wanted"
}
for relation in statement purpose approach policy_step principle objective theme category example; do
  keys "$relation" >"$scratch/wanted"
  missing "$relation"
done
"$program" facts organization --format jsonl | grep '"chapter": *true' |
  sed 's/.*"id": *"\([^"]*\)".*/\1/' >"$scratch/wanted"
missing organization
sed -n '/^  emm-igos:/,/^  [a-z0-9-]*:$/p' kb/sources.yaml |
  sed -n 's/^      \([a-z-]*\):.*/emm-igos\/\1/p' >"$scratch/wanted"
missing section
# The rules that read remarks are told by their titles; the profile's questions are no rules.
grep -v -e '^notes/' -e '^profile/' "$scratch/rules" >"$scratch/wanted"
missing rule

finish
