#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Runs the built command as people and scripts do: exit statuses, what goes to
# which stream, files that appear whole or not at all.
#
#   command.sh PROGRAM      run in the source folder
#   DEMARCHE_GOLDEN=write   writes the golden files anew

golden=tests/golden/cli
. tests/cli/harness.sh

# Usage
run 2; says err "demarche advise --set country="
run 0 help; says out "demarche advise profile.yaml"
run 0 help facts; says out "--count"
run 0 advise --help; says out "--set FIELD=ANSWER"
run 0 --version; says out "demarche "
run 2 advis; says err "did you mean 'advise'?"
run 2 advise --pak x; says err "did you mean '--pack'?"
run 2 advise --pack; says err "needs a value"
run 2 advise --date yesterday; says err "YYYY-MM-DD"
run 2 advise --set country; says err "FIELD=ANSWER"
run 2 advise -f xml; says err "text, markdown, json, jsonl, html, csv"
run 2 advise --max-bytes=3x; says err "--max-bytes"
run 2 advise --count; says err "'advise' has no option '--count'"
run 2 facts; says err "name a relation"

# Facts
pack=tests/packs/closure
run 0 facts path --pack $pack; gives out closure-path.tsv
run 0 facts path --pack=$pack --format csv; gives out closure-path.csv
run 0 facts num edge -p $pack; gives out closure-several.tsv
run 0 facts num -p $pack -fjsonl; gives out closure-num.jsonl
run 0 facts num edge -p $pack -f jsonl; gives out closure-several.jsonl
run 0 facts num -p $pack -f csv; gives out closure-num.csv
run 0 facts --all --count -p $pack; gives out closure-count.tsv
run 0 facts path --count -p $pack; gives out closure-path-count.tsv
run 2 facts pth -p $pack; says err "did you mean 'path'?"
run 4 facts path -p $pack --max-facts 5; says err "max_facts"
run 5 facts path -p $pack nowhere.yaml; says err "nowhere.yaml"
run 5 facts path -p nowhere; says err "nowhere"

# The pack that is compiled in says what its files say.
run 0 facts --all --count --pack .; cp "$scratch/out" "$scratch/read"
run 0 facts --all --count; cmp -s "$scratch/read" "$scratch/out" || fail "$said: not as --pack ."
run 0 advise -f json examples/profiles/morocco.yaml --pack .; cp "$scratch/out" "$scratch/read"
run 0 advise -f json examples/profiles/morocco.yaml
cmp -s "$scratch/read" "$scratch/out" || fail "$said: not as --pack ."

# What only a limit ends
endless=tests/packs/endless
run 4 facts number -p $endless --set start=0 --set 'said=[]' --max-rounds 1000; says err "max_rounds"
run 4 facts number -p $endless --set start=0 --set 'said=[]' --max-facts 1000; says err "max_facts"
run 4 facts number -p $endless --set start=0 --set 'said=[]' --max-rounds 0 --max-facts 0 --max-seconds 1
says err "max_seconds"
run 4 facts number -p $endless --set start=0 --set 'said=[]' --max-rounds 0 --max-memory 2M
says err "more than 2097152 bytes of memory (the limit max_memory)"
run 4 facts path -p $pack --max-memory 8K; says err "more than 8192 bytes of memory (the limit max_memory)"
run 2 advise --max-memory=4T; says err "--max-memory"
run 4 facts crowd -p $endless --set start=7 --set 'said=[]' --max-facts 1000; says err "max_facts"
run 4 facts odd -p $endless --set 'start=[]' --set "said=$(printf '%05000d' 0 | tr 0 a)b"
says err "rules/rules.yaml:21:9"
a=$(printf '%065536d' 0 | tr 0 a)
run 0 facts odd -p $endless --set 'start=[]' --set "said=$a"; says out "yes"
run 4 facts odd -p $endless --set 'start=[]' --set "said=${a}a"; says err "error[E302]"
run 3 facts number -p $endless --set start=9223372036854775800 --set 'said=[]'
says err "rules/rules.yaml:8:36"; says err "in rule 'count/next'"

# Check
run 0 check $pack; says out "no errors, no warnings"
run 0 check $pack --plan; says out "stratum 1 (recursive): path"
run 0 check tests/packs/classics --plan; gives out classics-plan.txt
mkfifo "$scratch/fifo.yaml" && cp -r $pack "$scratch/pipes" && mv "$scratch/fifo.yaml" "$scratch/pipes/kb"
run 5 check "$scratch/pipes"; says err "fifo.yaml': it is neither a file nor a folder"
run 2 facts path -p $pack --date 2025-02-30; says err "YYYY-MM-DD"
run 1 check tests/packs/refused/ids; says err "rules/rules.yaml:8:9"; says out "3 errors"
run 3 facts path --pack tests/packs/refused/ids; says err "error[E111]"

# Advise
garden=examples/garden
run 0 advise -p $garden $garden/profiles/chalk.yaml; gives out garden.txt
run 0 advise -p $garden --set soil=chalk; says out "Advice for Chalk"
run 0 advise -p $garden --set soil=Chalk -f markdown; gives out garden.md
run 0 advise -p $garden --set soil=Chalk -f html; says out "<h1>Advice for Chalk</h1>"
run 0 advise -p $garden -f html $garden/profiles/chalk.yaml $garden/profiles/chalk.yaml
says out "<h1>Advice for 2 profiles</h1>"
[ "$(grep -c '</html>' "$scratch/out")" -eq 1 ] || fail "$said: not one page"
run 0 advise -p $garden -f csv $garden/profiles/chalk.yaml $garden/profiles/chalk.yaml
gives out garden.csv
run 0 advise -p $garden -f json $garden/profiles/chalk.yaml $garden/profiles/chalk.yaml
[ "$(head -n 1 "$scratch/out")" = "[" ] || fail "$said: not an array"
run 0 advise -p $garden --set soil=chalk --set unwanted=[] -f json; gives out garden.json
run 0 advise -p $garden -f jsonl $garden/profiles/chalk.yaml $garden/profiles/chalk.yaml
[ "$(wc -l <"$scratch/out")" -eq 2 ] || fail "$said: not two lines"
run 2 advise -p $garden; says err "--set soil="
run 3 advise -p $garden --set soil=clalk; says err "chalk"
run 3 advise -p $garden --set 'soil=chalk;clay'; says err "takes one answer, not 2"
run 3 advise -p $garden --set sol=chalk; says err "did you mean 'soil'?"
printf 'soil: chalk\n' | "$program" advise -p $garden - >"$scratch/out" || fail "advise -"
says out "Advice for Chalk"
printf '{"soil": "chalk", "unwanted": "unknown"}' | "$program" advise -p $garden - >"$scratch/out" ||
  fail "unknown in JSON"
says out "unwanted: Which of these"
run 0 advise -p $garden --set soil=chalk --color always
says out "$(printf '\033[1m')"

# Test
tested=tests/packs/tested
run 1 test $tested; gives out tested.txt; gives err tested.err
run 1 test $tested -f json; gives out tested.json
run 0 test $garden -k WALNUT; says out "6 tests: 2 passed, 4 skipped"
run 1 test $garden -k oak; says err "no test of '$garden' has 'oak' in its name"
run 0 test $garden --min 100%; says out "conditions 100%"
run 0 test $garden --shuffle --seed 7; says out "Run again in 5 other orders (seed 7)"
run 0 test $garden --refine --seed 3; says out "answered step by step 3 times (seed 3)"
run 1 test tests/packs/half-tested --min 67; says err "66% of the rules and conditions, less than 67%"; gives out half-tested.txt
run 0 test tests/packs/half-tested --min=66 -v; gives out half-tested-all.txt
run 2 test $garden --min 101; says err "up to 100"
run 2 test $garden --min 50 -k walnut; says err "leave out --filter"
run 0 test --pack $garden; says out "6 tests: 6 passed"
run 0 test $garden -v; says out "passed  A walnut shades what stands beside it"
run 1 test $pack; says err "has no tests"
run 2 test $pack $pack; says err "one pack"
run 3 test tests/packs/refused/ids; says err "error[E111]"
run 5 test nowhere; says err "nowhere"
run 4 test $tested --max-bytes 100; says err "max_bytes"
cp -r $tested "$scratch/bound"
rm "$scratch/bound/tests/wrong.yaml"
expectation() { # WEIGHTS: so many lists of weights of one boat
  awk -v last="$1" 'BEGIN {
    printf "tests:\n  - name: weighed\n    profile: {lake: upper, party: 3}\n    expect:\n"
    printf "      never: {take: [{boat: swan, weight: [100"
    for (i = 101; i <= last; ++i) printf ", %d", i
    print "]}]}"
  }' >"$scratch/bound/tests/many.yaml"
}
expectation 10099
run 0 test "$scratch/bound" -k weighed; says out "1 passed"
expectation 10100
run 4 test "$scratch/bound" -k weighed; says err "these lists stand for more than 10000 facts"
rm "$scratch/bound/tests/many.yaml"
{ printf '  wide:\n    fields:\n'; awk 'BEGIN { for (i = 0; i <= 64; ++i) printf "      f%d: integer\n", i }'; } \
  >>"$scratch/bound/kb/schema.yaml"
for command in check test 'facts take --pack'; do
  run 4 $command "$scratch/bound"; says err "a relation may have 64 fields at most"
done

# Schema
for kind in profile facts rules; do
  run 0 schema $kind -p $garden; gives out garden-schema-$kind.json
done
run 0 schema advice; cmp -s "$scratch/out" docs/advice.schema.json || fail "$said: not that of docs/"
run 2 schema profil; says err "did you mean 'profile'?"
run 2 schema; says err "profile, facts, rules, advice"
run 3 schema profile -p tests/packs/refused/ids; says err "error[E111]"

# Init
run 0 init "$scratch/walks/"; says out "demarche test $scratch/walks"
run 0 check "$scratch/walks"; says out "no errors, no warnings"
run 0 test "$scratch/walks" --shuffle --min 100; says out "sources    100%"
run 0 advise --pack "$scratch/walks" "$scratch/walks/profiles/family.yaml"
diff -r cli/starter "$scratch/walks" -x CMakeLists.txt >&2 || fail "$said: not as in cli/starter"
run 2 init "$scratch/walks"; says err "is there already"
touch "$scratch/a-file"; run 2 init "$scratch/a-file"; says err "is there already"
mkdir "$scratch/empty"; run 0 init "$scratch/empty" -q; [ -s "$scratch/out" ] && fail "$said: not quiet"
[ -f "$scratch/empty/kb/pack.yaml" ] || fail "$said: nothing was written"
mkdir "$scratch/here"
(cd "$scratch/here" && "$program" init . >/dev/null && "$program" test >/dev/null) || fail "init ."
[ -z "$(find "$scratch/here" -name '.?*')" ] || fail "init . left a folder"
run 5 init "$scratch/no/where"; says err "No such file"
run 2 init; says err "demarche init DIR"
[ "$(find "$scratch" -name '*.??????' -type d | wc -l)" -eq 0 ] || fail "init left a folder"

# References: the first three of a list in short, all where the profile asks to have things explained
run 0 advise -q examples/profiles/germany.yaml; says out "more to see"
run 0 advise -q examples/profiles/germany.yaml --set background=examples
grep -q "more to see" "$scratch/out" && fail "$said: leaves references out"

# Questions
dialogue=tests/packs/dialogue
run 0 questions -p $dialogue; says out "place: Where are you? Required."
run 0 questions -p $dialogue --set place=MA; says out "7 open questions matter"
run 0 questions -p $dialogue --set place=MA --next --format json; says out '"field": "gear"'
run 3 questions -p $dialogue --set place=XX; says err "XX"
run 2 questions -p $dialogue a b; says err "one profile"
run 2 questions -p $dialogue -f xml; says err "text, json"

# Output
run 0 facts path -p $pack -o "$scratch/file"; cmp -s "$scratch/file" $golden/closure-path.tsv ||
  fail "$said: the file differs"
run 2 facts pth -p $pack -o "$scratch/none"
[ -e "$scratch/none" ] && fail "$said: left a file"
printf 'old\n' >"$scratch/old"
run 4 facts path -p $pack --max-facts 5 -o "$scratch/old"
[ "$(cat "$scratch/old")" = old ] || fail "$said: the old file is gone"
run 0 facts path -p $pack -o /dev/null
[ -c /dev/null ] || fail "$said: /dev/null was replaced"
run 5 facts path -p $pack -o "$scratch/no/folder"
"$program" facts path -p $pack >/dev/full 2>"$scratch/err" && fail "a full disk goes unnoticed"
"$program" facts path -p $pack 2>"$scratch/err" | true
[ -s "$scratch/err" ] && fail "a closed pipe is not quiet"

finish
