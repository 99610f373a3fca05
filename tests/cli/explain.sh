#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Explanations as people read them.
#
#   explain.sh PROGRAM      run in the source folder
#   DEMARCHE_GOLDEN=write   writes the golden files anew

golden=tests/golden/explain
. tests/cli/harness.sh

garden="-p examples/garden examples/garden/profiles/chalk.yaml"
libraries="-p tests/packs/libraries tests/packs/libraries/profiles/ash.yaml"

# Why
run 0 explain $garden --why thyme; gives out why-thyme.txt
run 0 explain $garden --why 'beware(plant: Rosemary)'; gives out why-beware.txt
run 0 explain $garden --why 'beware(plant: Rosemary)' -f markdown; gives out why-beware.md
run 0 explain $garden --why 'beware(plant: Rosemary)' -f html --depth 1; gives out why-beware.html
run 0 explain $garden --why thyme -f json; gives out why-thyme.json
run 0 explain $garden --why thyme --graph; gives out why-thyme.dot
run 0 explain $garden --graph; says out "Walnut grows well on Chalk."
run 0 explain $libraries --why AL; says out "Ashford Library holds books on Maps."
run 0 explain $libraries --why 'county library'; gives out why-county.txt
run 0 explain $libraries --why 'it has more than you asked for'; gives out why-hint.txt
run 0 explain $libraries --why 'it has more than you asked for' --depth 2; gives out why-hint-2.txt
run 0 explain $libraries --why 'rich(library: c)' -f json; gives out why-rich.json
run 1 explain $libraries --why d; says out "does not follow from these answers"
run 2 explain $libraries --why nobody; says err "called 'nobody'"
run 2 explain $libraries --why 'lands()'; says err "did you mean 'lends'?"
run 2 explain $libraries; says err "--why"
run 2 explain $libraries one.yaml --why a; says err "one profile"
run 2 explain $libraries --why a -f xml; says err "text, json, markdown, html, dot, svg"

run 0 explain $libraries --set avoids=b --set busy=yes --why 'barred(library: b)' --all
gives out why-all.txt
run 0 explain $libraries --why a --all; says out "Ashford Library holds books on Maps."

# Why not
run 0 explain $libraries --why-not d; gives out why-not-d.txt
run 0 explain $libraries --why-not d -f markdown --depth 2; gives out why-not-d.md
run 0 explain $libraries --why-not d -f html; gives out why-not-d.html
run 0 explain $libraries --why-not d -f json; gives out why-not-d.json
run 0 explain $libraries --set avoids=a --why-not a; gives out why-not-avoided.txt
run 0 explain $libraries --set topics=unknown --why-not b; says out "would have to answer: What do you want"
run 0 explain $libraries --why-not 'barred(library: b)' --all; says out "would have to answer: Which libraries"
run 0 explain $garden --set unwanted=thyme --why-not thyme; gives out why-not-thyme.txt
run 0 explain -p examples/garden --set soil=clay --why-not rosemary; gives out why-not-rosemary.txt
run 1 explain $libraries --why-not a; says out "It does hold"
run 2 explain $libraries --why-not nobody; says err "called 'nobody'"

# What is possible only
run 0 explain $libraries --set busy=unknown --why 'barred()'; gives out why-possible.txt

# How to
run 0 explain $libraries --how-to b; gives out how-to-b.txt
run 0 explain $libraries --set avoids=a --set 'topics=[]' --how-to a; gives out how-to-a.txt
run 0 explain $libraries --set avoids=a --set 'topics=[]' --how-to a -f markdown; gives out how-to-a.md
run 0 explain $libraries --set avoids=a --set 'topics=[]' --how-to a -f json; gives out how-to-a.json
run 1 explain $libraries --how-to d; says out "No answer would do"
run 1 explain $libraries --how-to a; says out "certain already"
run 1 explain $libraries --how-to 'rich(library: a)'; says out "No answer has a say in it"
run 0 explain examples/profiles/morocco.yaml --how-to AU; says out "Answer also"
run 2 explain $libraries --how-to nobody; says err "called 'nobody'"

# What if
run 0 explain $libraries --what-if 'topics=birds' --what-if busy=yes; gives out what-if.txt
run 0 explain $libraries --what-if 'topics=birds' --what-if busy=yes -f json; gives out what-if.json
run 0 explain $libraries --what-if ride=40; gives out what-if-ride.txt
run 0 explain $libraries --what-if ride=5; says out "The advice stays the same."
run 2 explain $libraries --what-if town=Bayview; says err "'town' is fixed"
run 3 explain $libraries --what-if tow=Bayview; says err "--what-if: the profile has no field 'tow'; did you mean 'town'?"
run 3 explain $libraries --what-if topics=maaps; says err "did you mean 'maps'?"
run 2 explain $libraries --what-if busy=yes --why a; says err "one thing at a time"
run 2 explain $libraries --what-if busy=yes -f dot; says err "only a proof is a graph"

# Diff
sed 's/Ashford/Bayview/' tests/packs/libraries/profiles/ash.yaml >"$scratch/bay.yaml"
profile=tests/packs/libraries/profiles/ash.yaml
run 0 diff -p tests/packs/libraries $profile "$scratch/bay.yaml"; gives out diff-profiles.txt
run 0 diff -p tests/packs/libraries $profile "$scratch/bay.yaml" -f markdown; gives out diff-profiles.md
cp -r tests/packs/libraries "$scratch/other"
sed 's/weight: 10/weight: 30/' tests/packs/libraries/rules/loans.yaml >"$scratch/other/rules/loans.yaml"
run 0 diff tests/packs/libraries "$scratch/other" $profile "$scratch/bay.yaml"
gives out diff-packs.txt
run 0 diff tests/packs/libraries "$scratch/other" $profile -f json; says out '"same": false'
run 0 diff tests/packs/libraries tests/packs/libraries $profile
says out "Compared 1 profile: the advice of 0 changes."
run 0 diff tests/packs/libraries tests/packs/libraries --set town=ash; says out "Compared 1 profile"
run 2 diff tests/packs/libraries tests/packs/libraries; says err "over profiles"
run 2 diff tests/packs/libraries $profile; says err "not one of each"
run 2 diff $profile; says err "name two profiles"

# Verify
run 0 advise $libraries -f json -o "$scratch/advice.json"
run 0 verify -p tests/packs/libraries "$scratch/advice.json"; says out "the same, byte for byte"
run 0 advise -p tests/packs/libraries $profile "$scratch/bay.yaml" -f json -o "$scratch/two.json"
run 0 verify -p tests/packs/libraries "$scratch/two.json"; says out "the same, byte for byte"
run 0 advise -p tests/packs/libraries $profile "$scratch/bay.yaml" -f jsonl -o "$scratch/two.jsonl"
run 0 verify -p tests/packs/libraries "$scratch/two.jsonl"; says out "the same, byte for byte"
run 0 advise -p tests/packs/libraries $profile --date 2025-01-28 -f json -o "$scratch/dated.json"
run 0 verify -p tests/packs/libraries "$scratch/dated.json"; says out "the same, byte for byte"
run 0 advise -p tests/packs/libraries --set town=ash --set topics=unknown -f json -o "$scratch/open.json"
run 0 verify -p tests/packs/libraries "$scratch/open.json"; says out "the same, byte for byte"
run 0 advise examples/profiles/morocco.yaml --set unions=unknown -f json -o "$scratch/morocco.json"
run 0 verify "$scratch/morocco.json"; says out "the same, byte for byte"
"$program" batch -q -p tests/packs/libraries $profile >"$scratch/batch.jsonl" || fail "batch"
grep -q '"ruled_out"' "$scratch/batch.jsonl" && fail "batch tells unasked what was ruled out"
run 0 verify -p tests/packs/libraries "$scratch/batch.jsonl"; says out "the same, byte for byte"
tr -d '\n' <"$scratch/advice.json" >"$scratch/flat.json"
run 1 verify -p tests/packs/libraries "$scratch/flat.json"; says out "laid out otherwise"
sed 's/"weight": 10/"weight": 11/; s/"label": "Law"/"label": "Rights"/' "$scratch/advice.json" >"$scratch/forged.json"
run 1 verify -p tests/packs/libraries "$scratch/forged.json"; says out "not the same"
says out "partners[c].purposes[law].label"; says out "in the file: Rights"; says out "today:       Law"
run 1 verify -p tests/packs/libraries "$scratch/forged.json" -f json; says out '"same": false'
run 1 verify -p "$scratch/other" "$scratch/advice.json"; says err "was made by the pack libraries 1.0.0"
says out "pack.sha256"
run 3 verify -p tests/packs/libraries $profile; says err "this is no advice"
run 3 verify "$scratch/advice.json"; says err "no question is called 'town'"
run 2 verify; says err "name one file"
run 5 verify nowhere.json

# Graph
run 0 graph examples/garden; gives out graph-garden.dot
run 0 graph -p tests/packs/libraries; says out '"Stratum 1, recursive"'
run 2 graph -p examples/garden tests/packs/libraries; says err "one pack"
run 3 graph tests/packs/refused/ids; says err "E111"


# Drawn, where Graphviz's library is there; it keeps memory for itself
ASAN_OPTIONS=detect_leaks=0
export ASAN_OPTIONS
if "$program" graph examples/garden -f svg >"$scratch/out" 2>"$scratch/err"; then
  said='demarche graph -f svg'; says out "</svg>"
  run 0 explain $garden --why thyme -f svg; says out "Thyme grows well on Chalk."
else
  said='demarche graph -f svg'; says err "dot -Tsvg"
fi

finish
