#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Browses packs with `demarche show`.
#
#   show.sh PROGRAM         run in the source folder
#   DEMARCHE_GOLDEN=write   writes the golden files anew

golden=tests/golden/show
. tests/cli/harness.sh

garden=examples/garden
closure=tests/packs/closure

# Lists
run 0 show -p $closure; gives out relations.txt
run 0 show relations -p $closure; gives out relations.txt
run 0 show rules -p $garden; gives out rules.txt
run 0 show sources -p $garden; says out "A flora of these parts"
run 0 show questions -p $garden; gives out questions.txt
run 0 show plants -p $garden; gives out plants.txt
run 0 show plant -p $garden -f json; gives out plants.json
run 0 show plant -p $garden -f csv; gives out plants.csv
run 0 show unwanted -p $garden; says out none

# One in full: by id, by name, by part of a name
run 0 show plant thyme -p $garden; gives out thyme.txt
run 0 show plants Thyme -p $garden; gives out thyme.txt
run 0 show plant thy -p $garden; gives out thyme.txt
run 0 show plant thyme -p $garden -f json; gives out thyme.json
run 0 show plant thyme -p $garden -f csv; gives out thyme.csv
run 0 show relation num -p $closure; gives out relation.txt
run 0 show rule closure/one -p $closure; gives out rule.txt
run 0 show rule soil/grows-well -p $garden; says out "soil: \$soil"
run 0 show source flora -p $garden; gives out source.txt
run 0 show question soil -p $garden; gives out question.txt

# Searching
run 0 show thyme -p $garden; says out "Thyme (plant thyme)"
run 1 show tyme -p $garden; says err "did you mean 'thyme' (plant)?"
run 1 show plant tyme -p $garden; says err "there is no plant 'tyme'; did you mean 'thyme' (Thyme)?"
run 1 show rule closure/none -p $closure; says err "closure/none"
run 1 show planets -p $closure; says err "nothing in the pack is called 'planets'"
run 1 show plant zzz -p $garden; says err "there is no plant 'zzz'"
run 1 show '?!' -p $garden
run 2 show rules -p $garden -f xml; says err "text, json, csv"
run 3 show rules -p tests/packs/refused/ids; says err "error[E111]"

# The built-in pack: what refers to a country, an organization, a source
run 0 show country Morocco; says out "African Development Bank"; says out "kb/members/"
run 0 show organization ECOWAS; says out "former"; says out "Côte d'Ivoire"; says out "until"
says out "serves (kind: union)"
run 0 show source emm-igos; says out "rules that cite it"
run 0 show MA; says out "Kingdom of Morocco"
run 0 show "cote d ivoire"; says out "(country CI)"
run 0 show free movement; says out "ecowas-free-movement"

finish
