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
  printf -- "$2" >"$scratch/$1"
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

# No profile yet
mistake x.yaml '' "there is no profile in it" "write into it, for example:" "      country: AF"
mistake x.yaml '# later\n' "      country: AF"
mistake x.yaml '---\n' "not nothing" "      country: AF"
mistake x.json '[]' '      {"country": "AF"}'
mistake x.json '' '      {"country": "AF"}'
mistake x.jsonl '' '      {"country": "AF"}'
mistake x.csv 'country\n' "      country" "      AF"
mistake x.csv '' "no header" "      country" "      AF"

# What it says to write is a profile, of any pack
for pack in . examples/garden tests/packs/libraries tests/packs/asking; do
  for ending in yaml json csv; do
    : >"$scratch/sample.$ending"
    "$program" advise -p $pack "$scratch/sample.$ending" 2>"$scratch/err" && fail "$pack: no profile is one"
    sed -n 's/^      //p' "$scratch/err" >"$scratch/sample.$ending"
    run 0 advise -q -p $pack "$scratch/sample.$ending"
  done
done

# What is given in its place
mkdir "$scratch/folder"
told 5 "demarche batch FOLDER" advise "$scratch/folder"
told 5 "it is a folder" advise "$scratch/folder"
told 5 "write --set 'country=MA'" advise country=MA
told 5 "--set FIELD=ANSWER" advise Morocco
told 5 "nowhere.yaml': No such file" advise nowhere.yaml
"$program" advise -q --set country=MA -f json >"$scratch/advice.json"
told 3 "this is an advice, not a profile" advise "$scratch/advice.json"
told 3 "'demarche verify'" advise "$scratch/advice.json"
told 3 "this is a file of rules, not a profile" advise rules/ranking.yaml
told 3 "this is a file of facts, not a profile" advise kb/aliases.yaml
told 3 "this is the schema of a pack, not a profile" advise kb/schema.yaml
told 3 "'demarche test DIR'" advise tests/advice/funding.yaml
told 3 "an advice is what 'demarche advise --format json' writes" verify examples/profiles/morocco.yaml
told 5 "a pack is a folder" check examples/profiles/morocco.yaml
told 5 "a pack is a folder" advise -p examples/profiles/morocco.yaml --set country=MA

# Questions
mistake x.yaml 'Country: MA\n' "did you mean 'country'?" "the questions are: country, needs"
mistake x.yaml 'COUNTRY: MA\n' "did you mean 'country'?"
mistake x.yaml 'pays: MA\n' "the questions are: country, needs"
mistake x.yaml 'country MA\n' "a ':' and a space stand behind each question"
mistake x.yaml 'country = MA\n' "a ':' and a space stand behind each question"
mistake x.yaml 'country:MA\n' "a ':' and a space stand behind each question"
mistake x.yaml '"country: MA"\n' "not a text"
mistake x.yaml '- country: MA\n' "'---' on a line of its own"
mistake x.yaml 'profile:\n  country: MA\n' "write what stands in it without it, at the top"
mistake x.yaml 'country: MA\ndate: 2025-01-01\n' "is given with --date"
mistake x.yaml 'country:\n  name: MA\n' "write 'country: …'"
mistake x.yaml 'country: MA\nneeds: {funding: true}\n' "write 'needs: […, …]'"
mistake x.yaml 'country: [MA, DZ]\n' "takes one answer, not 2" "several profiles"
mistake x.csv 'Country,Needs\nMA,funding\n' "did you mean 'country'?" "did you mean 'needs'?"
mistake x.csv 'MA,funding\nDZ,advice\n' "the first row of a table names the questions"
mistake x.csv 'profile,for,rank\n1,Morocco,1\n' "the questions are: country"
[ "$(grep -c 'the questions are' "$scratch/err")" -eq 1 ] || fail "$said: lists the questions again and again"

# Answers
mistake x.yaml 'country: xx\n' "'demarche show country' lists what there is"
grep -q "did you mean" "$scratch/err" && fail "$said: guesses at a code"
mistake x.yaml 'country: Marocco\n' "did you mean 'Morocco'?"
mistake x.yaml 'country: Korea\n' "did you mean 'KP' (" " or 'KR' ("
mistake x.yaml 'country: “MA”\n' "leave these quotes out"
mistake x.yaml 'country: MA\nneeds: none\n' ":2:8" "'[]' says none of these"
mistake x.yaml 'country: MA\nneeds: No\n' "'[]' says none of these"
mistake x.yaml 'country: MA\nneeds: n/a\n' "'unknown' leaves the question open"
mistake x.yaml 'country: MA\nneeds: TBD\n' "'unknown' leaves the question open"
mistake x.yaml 'country: MA\nneeds: funding, advice\n' "several answers are a list: [funding, advice]"
mistake x.yaml 'country: MA\nneeds: funding;advice\n' "several answers are a list: [funding, advice]"
mistake x.json '{"country": "MA", "needs": "funding, advice"}' "several answers are a list: [funding, advice]"
mistake x.csv 'country,needs\nMA,funding|advice\n' "put ';' between several answers"
mistake x.csv 'country,needs\nMA,"funding, advice"\n' "put ';' between several answers"
mistake x.yaml 'country: MA\nneeds: money\n' "the answers are: access-funding"
mistake x.yaml 'country: MA\nneeds: yes\n' "the answers are: access-funding"
mistake x.yaml 'country: MA\nneeds: -funding\n' "did you mean 'funding'?"
mistake x.yaml 'country: MA\nneeds: fundin\n' "did you mean 'funding'?"
mistake x.csv 'country,needs\nMA,fundin\n' "did you mean 'funding'?"

# Rules: lines of a rule in a pack of walks, from its `when` on
"$program" init "$scratch/walks" >/dev/null 2>&1 || fail "demarche init"
rule() {
  printf 'cite: [guide/advice]\nrules:\n  - id: x/a\n    title: A title\n' >"$scratch/walks/rules/x.yaml"
  printf -- "$1" | sed 's/^/    /' >>"$scratch/walks/rules/x.yaml"
  said="a rule with: $1"
  "$program" check "$scratch/walks" >"$scratch/out" 2>"$scratch/err" && fail "$said: is accepted"
  shift
  for text; do says err "$text"; done
}
ends='then:\n  - unfit: {trail: $trail}\n'
rule "when:\n  walker: {fitness: easy}\n$ends" "expected a list of conditions, found a mapping" "begin each item with '- '"
rule "when:\n  - trail: {id: \$trail}\nthen:\n  unfit: {trail: \$trail}\n" "begin each item with '- '"
rule "when:\n  - trail: {id: \$trail}\n  - any: [{walker: {fitness: easy}}, {walker: {}}]\n$ends" "put [ ] around"
rule "when:\n  - trail: {id: \$trail}\n  - not: {walker: {fitness: easy}}\n$ends" "put [ ] around"
rule "when:\n  - walker: {fitness: easy}\n    trail: {id: \$trail}\n$ends" "begin another condition with '- '"
rule "when:\n  - trail: {id: \$trail}\nthen: []\n" "expected at least one fact that follows"
rule "if:\n  - trail: {id: \$trail}\n$ends" "did you mean 'when'?"
rule "when:\n  - trail: {id: \$trail}\nreason: none\n$ends" "did you mean 'because'?"
rule "when:\n  - trail: {id: \$trail}\n  - or: [[walker: {}]]\n$ends" "write 'any: [[…], […]]'"
rule "when:\n  - and: [trail: {id: \$trail}]\n$ends" "hold together"
rule "when:\n  - trail: {id: \$trail}\n  - unless: [walker: {}]\n$ends" "write 'not: […]'"
rule "when:\n  - trail: {id: \$trail, climb: '> 600'}\n$ends" "write {gt: 600}"
rule "when:\n  - trail: {id: \$trail, climb: '<=600'}\n$ends" "write {le: 600}"
rule "when:\n  - trail: {id: \$trail, climb: \$c}\n  - where: \$c == 6\n$ends" "write '='"
rule "when:\n  - trail: {id: \$trail, climb: \$c}\n  - where: \$c > 1 && \$c < 9\n$ends" "write 'and'"
rule "when:\n  - trail: {id: \$trail, name: \$n}\n  - where: '\$n = \"x\"'\n$ends" "a text stands in single quotes"
rule "when:\n  - trail: {id: \$trail, climb: \$c}\nthen:\n  - suggest: {trail: \$trail, weight: \$c + 1}\n" '{value: "$c + 1"}'
rule "when:\n  - trail: {id: \$trail}\nbecause: {\$trail} is nice\n$ends" "a text that starts with '{' needs quotes"
rule "when:\n  - trail: {id: \$trail}\nbecause: '{\$trial} is nice'\n$ends" "did you mean '\$trail'?"
rule "when:\n  - trail\n$ends" "is a ':' with a space behind it missing?"
rule "when:\n  - trial: {id: \$trail}\n$ends" "did you mean 'trail'?"
rule "when:\n  - trail: {id: trail}\n$ends" "no positive condition binds '\$trail'"
rule "when:\n  - trail: {id: \$trail, ground: sand}\n$ends" "values are: track, path, rock"
rm "$scratch/walks/rules/x.yaml"

# Many answers that are no rows of a relation
cp -R examples/garden "$scratch/garden"
{ printf 'cite: [flora/soils]\nfacts:\n  year:\n'; seq 20 | sed 's/.*/    - {n: &}/'; } >"$scratch/garden/kb/years.yaml"
printf '  year: {fields: {n: integer}}\n  chosen: {fields: {n: integer}}\n' >>"$scratch/garden/kb/schema.yaml"
cat >>"$scratch/garden/kb/profile.yaml" <<'END'
  - {field: year, ask: Which year?, type: integer, options: [{year: {n: $answer}}], gives: {chosen: {n: $answer}}}
END
told 3 "'demarche questions' lists what may be answered" advise --pack "$scratch/garden" --set soil=chalk --set year=21
told 3 "takes an integer" advise --pack "$scratch/garden" --set soil=chalk --set year=no

# The command line
told 2 "--set 'FIELD=ANSWER'" advise --set country = MA
told 2 "no blanks around the '='" advise --set country:MA
told 3 "did you mean 'country'?" advise --set contry=MA
told 3 "put ';' between several answers" advise --set country=MA --set needs=funding,advice
told 3 "'[]' says none of these" advise --set country=MA --set needs=none
told 3 "did you mean 'Morocco'?" advise --set country=Marocco
told 2 "did you mean '--output'?" advise --ouput x
told 2 "text, markdown, json" advise --set country=MA -f pdf
told 2 "a date, YYYY-MM-DD" advise --set country=MA -d 1.6.2025
told 2 "did you mean 'advise'?" advice
told 2 "give --set country=…" advise
told 2 "finds partners by a word" explain --set country=MA --why Nothing
told 2 "did you mean '" explain --set country=MA --why 'African Developmnt Bank'
told 2 "'country' needs an answer" advise --set country=
told 2 "'country' needs an answer" advise --set 'country=[]'
told 2 "option '--output' needs FILE, not ''" advise --set country=MA -o ''
told 2 "option '--pack' needs DIR, not ''" check --pack=

finish
