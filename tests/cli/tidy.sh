#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Holds reports to what HTML Tidy knows of HTML: no errors, no warnings. Skipped where there is no
# tidy; tests/api/test_examples.c needs none.
#
#   tidy.sh PROGRAM         run in the source folder

. tests/cli/harness.sh

command -v tidy >/dev/null || {
  echo "skipped: no tidy"
  exit 77
}

check() {
  run 0 advise -f html "$@"
  tidy -q -e "$scratch/out" 2>"$scratch/err" || { fail "$said"; cat "$scratch/err" >&2; }
}

for profile in examples/profiles/*.yaml; do
  check "$profile"
done
check --set country=KE
check examples/profiles/*.yaml
check -p examples/garden --set soil=chalk

finish
