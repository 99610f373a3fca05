# SPDX-License-Identifier: Apache-2.0
#
# What scripts that run the built command share. The script is given the program and sets
# `golden`, the folder of its golden files, before it reads this.

# shellcheck shell=sh
# shellcheck disable=SC2154 # golden is set by the script.

program=$1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
failures=0
unset NO_COLOR COLUMNS

fail() {
  echo "FAILED: $1" >&2
  failures=$((failures + 1))
}

# run STATUS ARGUMENTS…: the streams are left in $scratch/out and $scratch/err.
run() {
  wanted=$1
  shift
  said="demarche $*"
  "$program" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null
  status=$?
  if [ "$status" -ne "$wanted" ]; then
    fail "$said: exit status $status instead of $wanted"
    cat "$scratch/err" >&2
  fi
  if [ "$wanted" -gt 1 ] && [ -s "$scratch/out" ]; then
    fail "$said: wrote to standard output although it failed"
  fi
}

# gives out|err FILE: the stream is the golden file's bytes.
gives() {
  if [ "$DEMARCHE_GOLDEN" = write ]; then
    cp "$scratch/$1" "$golden/$2"
  fi
  if ! diff -u "$golden/$2" "$scratch/$1" >&2; then
    fail "$said: std$1 is not $golden/$2"
  fi
}

# says out|err TEXT: the stream holds the text.
says() {
  if ! grep -qF -- "$2" "$scratch/$1"; then
    fail "$said: std$1 does not say: $2"
    cat "$scratch/$1" >&2
  fi
}

finish() {
  [ "$failures" -eq 0 ] && echo "all as expected"
  exit "$((failures > 0))"
}
