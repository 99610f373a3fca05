#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Mistakes that people make, each with what they are told: where it is, and what to do.
#
#   mistakes.sh PROGRAM     run in the source folder

golden=tests/golden/cli
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/harness.sh"

# mistake FILE BYTES TEXT…: a profile of these bytes (as printf has them) is refused, and told so.
mistake() {
  # shellcheck disable=SC2059 # The bytes are the format.
  printf "$2" >"$scratch/$1"
  program_says "$1: $2" 3 advise "$scratch/$1"
  shift 2
  for text; do says err "$text"; done
}

# told STATUS TEXT ARGUMENT…: the command line is refused, and told so.
told() {
  wanted=$1
  text=$2
  shift 2
  program_says "demarche $*" "$wanted" "$@"
  says err "$text"
}

# program_says NAME STATUS ARGUMENT…
program_says() {
  said=$1
  wanted=$2
  shift 2
  "$program" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null
  status=$?
  [ "$status" -eq "$wanted" ] || fail "$said: exit status $status instead of $wanted"
  [ -s "$scratch/out" ] && fail "$said: wrote to standard output although it failed"
}

# Files of other programs
mistake x.pdf '%%PDF-1.4\n%%\342\343\317\323\n' "this is a PDF document" "into a file of its own"
mistake x.xlsx 'PK\003\004\024\000\006\000' "a packed file" "save a spreadsheet as CSV (UTF-8)"
mistake x.xls '\320\317\021\340\241\261' "of an office program"
mistake x.csv '\377\376c\000o\000' "text in UTF-16" "save the file as UTF-8"
mistake x.rtf '{\\rtf1\\ansi' "a document with formats" "save it as plain text"
mistake x.html '<!DOCTYPE html>\n' "this is a web page" "read are YAML, JSON and CSV"
mistake x.gz '\037\213\010\000' "a compressed file" "gunzip"
mistake x.yaml 'country: C\364te' "byte 0xF4 is not UTF-8" "save the file as UTF-8"
mistake x.csv 'country\nC\364te\n' "byte 0xF4 is not UTF-8" "save the file as UTF-8"
mistake x.json '{"country": "C\364te"}' "byte 0xF4 is not UTF-8" "save the file as UTF-8"

# YAML
mistake x.yaml 'country:MA\nneeds: funding\n' ":2:6" "is a space missing behind the ':' on the line above?"
mistake x.yaml 'country: MA\n\n needs: funding\n' ":3:7" "is this line indented too far?"
mistake x.yaml 'country: MA\nneeds: a: b\n' ":2:9" "a text with ': ' in it needs quotes"
mistake x.yaml 'country: MA\nneeds: [funding\n' ":2:8" "where is its ']'?"
mistake x.yaml 'country: MA\nneeds: {funding\n' ":2:8" "where is its '}'?"
mistake x.yaml 'country: "MA\nneeds: funding\n' ":1:10" "where is the closing one?"
mistake x.yaml 'country: MA\nneeds:\n\t- funding\n' ":3:1" "indent with spaces"
mistake x.yaml 'country: MA\nneeds:\n- funding\n-advice\n' ":4:1" "items of a list begin with '- '"
mistake x.yaml 'country: MA\nneeds funding\n' ":2:1" "a key without its ':'" "is a space missing after a ':'"
mistake x.yaml 'country: ?\n' "a text that starts with '?' needs quotes"
mistake x.yaml '%%country: MA\n' ":1:1" "a text that starts with '%' needs quotes"
mistake x.yaml 'country: @MA\n' "a text that starts with '@', '\`' or '%' needs quotes"
mistake x.yaml 'country: MA\nneeds: "fund"ing\n' "put quotes around all of it"
mistake x.yaml 'country: MA\ncountry: DZ\n' "first on line 1"

# JSON
mistake x.json '{"country": "MA"' ":1:1" "where is its '}'?"
mistake x.json '{"country": "MA' ":1:13" "where is its closing quote?"
mistake x.json '{"country": MA}' "a text needs double quotes"
mistake x.json 'country: MA\n' "if this is YAML, name the file .yaml"
mistake x.json '{"country": "MA",}' "is there a ',' too many"
mistake x.json "{'country': 'MA'}" "JSON has no single quotes"
mistake x.json '// a note\n{"country": "MA"}' "JSON has no comments" "leave it out"
mistake x.json '{"country": "MA"}{"country": "DZ"}' "one on each line of a .jsonl file"

# Tables
mistake x.csv '\357\273\277country;needs\r\nMA;funding\r\n' "separated by ';'" "CSV (comma delimited)"
mistake x.csv 'sep=;\ncountry;needs\nMA;funding\n' "separated by ';'" "CSV (comma delimited)"
mistake x.csv 'country\tneeds\nMA\tfunding\n' "separated by tabs" "the separator ','"
mistake x.csv 'country,needs\nMA,funding,advice\n' "3 cells" "put in double quotes"
mistake x.csv 'country,needs\nMA\n' "1 cell" "separated by a ',', too"
mistake x.csv 'country,needs,\nMA,funding,\n' "column 3 has no name" "take the column away"
mistake x.csv 'country,needs\nMA,"funding\n' "a quote is not closed" "its quotes are doubled"

finish
