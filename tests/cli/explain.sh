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
run 2 explain $libraries --why a -f xml; says err "text, json, markdown, html, dot"

finish
