#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Holds the command to its languages, and the shipped pack to its French.
#
#   language.sh PROGRAM       run in the source folder

golden=tests/golden/cli
. tests/cli/harness.sh

morocco=examples/profiles/morocco.yaml

# The French is nearly whole, whatever is being worked on.
run 0 check . --lang fr; says out "no errors, no warnings"
left=$(grep -cE '^  (missing|outdated)' "$scratch/out")
[ "$left" -le 100 ] || fail "$said: $left texts are left to translate"
run 0 translate fr .; says out '"organization/au/name":'
run 3 check . --lang de; says err "the pack does not speak 'de'"
run 3 translate de .; says err "its languages are: en, fr"
run 2 translate en .; says err "in place"
run 2 translate

# An advice, whole; the pack's own hash aside.
run 0 advise $morocco --lang fr
sed '/^Ensemble demarche-igo/,$d' "$scratch/out" >"$scratch/whole"
mv "$scratch/whole" "$scratch/out"; gives out morocco-fr.txt
run 0 advise $morocco --lang fr --format html; says out '<html lang="fr">'
run 0 advise $morocco --lang fr --format markdown; says out '# Conseils pour le Maroc'
run 0 advise $morocco --lang fr --format csv; says out 'Banque africaine de développement'
run 0 advise $morocco --lang en; says out 'Advice for Morocco'
run 3 advise $morocco --lang de; says err "error[E119]"; says err "its languages are: en, fr"

# The environment is not asked.
LANG=fr_FR.UTF-8 LC_ALL=fr_FR.UTF-8 LANGUAGE=fr "$program" advise $morocco >"$scratch/there"
run 0 advise $morocco
cmp -s "$scratch/out" "$scratch/there" || fail "the locale makes a difference"

# An advice is verified in its own language.
run 0 advise $morocco --lang fr --format json --output "$scratch/advice.json"
run 0 verify "$scratch/advice.json"; says out "the same, byte for byte"
sed 's/"language": "fr"/"language": "de"/' "$scratch/advice.json" >"$scratch/other.json"
run 3 verify "$scratch/other.json"; says err "the pack does not speak 'de'"

# Answers in French and in English.
run 0 advise --lang fr --set country=Maroc --set 'needs=Accès au financement' --set themes=traite
says out "Conseils pour le Maroc"
run 0 advise --lang fr --set country=Morocco --set needs=funding; says out "Conseils pour le Maroc"
run 3 advise --set country=Allemagne; says err "error[E402]"
run 3 advise --lang fr --set country=Marocco; says err "did you mean 'Maroc'?"

# Everything else that people read.
run 0 questions $morocco --lang fr; says out "Qui voulez-vous associer au dialogue"
run 0 questions $morocco --lang fr --format json; says out '"language": "fr"'
run 0 explain $morocco --lang fr --why BAD; says out "Pourquoi"; says out "Le profil répond"
run 0 explain $morocco --lang fr --why-not mercosur; says out "Non vérifié"
run 0 explain $morocco --lang fr --what-if needs=advice; says out "Ce qui changerait"
run 0 explain $morocco --lang fr --how-to wco; says out "Comment obtenir"
run 0 diff $morocco examples/profiles/niger.yaml --lang fr; says out "Gagnés"
run 0 show organization OIM --lang fr; says out "Organisation internationale pour les migrations"
run 0 batch $morocco --lang fr; says out '"language":"fr"'
printf 'Maroc\naucune réponse de ce nom\nquit\n' >"$scratch/lines"
run 130 ask "$scratch/profile.yaml" --lang fr --answers "$scratch/lines"
says err "Pour quel pays voulez-vous des conseils"; says err "Retenu"

# A pack of one's own: what is missing and what is older than its English is listed, and no error.
mkdir "$scratch/pack"; cp -R examples/garden/kb examples/garden/rules "$scratch/pack"
mkdir "$scratch/pack/kb/lang"
sed -i 's/^languages: .*/languages: [en, fr]/' "$scratch/pack/kb/pack.yaml"
printf '"plant/mint/name": {en: Spearmint, fr: menthe}\n' >"$scratch/pack/kb/lang/fr.yaml"
run 0 check "$scratch/pack" --lang fr
says out "1 older than its English"; says out "outdated  plant/mint/name"; says out "missing   words/in-short"
run 0 translate fr "$scratch/pack" --output "$scratch/pack/kb/lang/fr.yaml"
grep -qF '# now: "' "$scratch/pack/kb/lang/fr.yaml" || fail "$said: does not say what the English is now"
run 0 check "$scratch/pack"; says out "no errors, no warnings"

# What is written is read again, whatever it holds.
cp "$scratch/pack/kb/plants.yaml" "$scratch/plants.yaml"
sed -i 's/name: Mint/name: "M\\x7fi\\Nn\\Lt\\t\\"\\\\"/' "$scratch/pack/kb/plants.yaml"
: >"$scratch/pack/kb/lang/fr.yaml"
run 0 translate fr "$scratch/pack"
sed '/^"plant.mint.name"/,/fr:/s/fr: ""/fr: menthe/' "$scratch/out" >"$scratch/pack/kb/lang/fr.yaml"
run 0 check "$scratch/pack"; says out "fr: 1 of 452 texts"
grep -q "older" "$scratch/out" && fail "$said: the English was changed by writing it"
mv "$scratch/plants.yaml" "$scratch/pack/kb/plants.yaml"

# Translations are text, whatever they hold.
: >"$scratch/pack/kb/lang/fr.yaml"
run 0 translate fr "$scratch/pack"
sed '/^  fr: ""$/d; /^  en: /{p; s/^  en: \(.*\)"$/  fr: \1 <b>"/}' "$scratch/out" >"$scratch/pack/kb/lang/fr.yaml"
for what in "advise" "advise --set unwanted=[]" "explain --why walnut" "explain --why-not mint" \
  "explain --how-to walnut" "explain --what-if soil=clay" "explain --what-if unwanted=walnut"; do
  for format in html markdown; do
    # shellcheck disable=SC2086 # Several words.
    run 0 $what --pack "$scratch/pack" --lang fr --set soil=chalk -f $format
    grep -qE 'lt;b|\\<b' "$scratch/out" || fail "$said: says nothing in the language"
    grep -qE '(^|[^\\])<b>' "$scratch/out" && fail "$said: a translation is no text"
  done
done

# A batch is gone on with in the language that it was begun in.
printf '{"soil": "chalk"}\n{"soil": "cheese"}\n' >"$scratch/two.jsonl"
run 1 batch "$scratch/two.jsonl" --pack "$scratch/pack" --lang fr -f text -o "$scratch/reports"
run 3 batch "$scratch/two.jsonl" --pack "$scratch/pack" -f text -o "$scratch/reports" --resume
says err "was made with another pack, or with other options"
run 1 batch "$scratch/two.jsonl" --pack "$scratch/pack" --lang fr -f text -o "$scratch/reports" --resume
says err "1 of them before, 1 not evaluated again"

# Mistakes in it are told with the nearest name, wherever it is read.
printf 'plant/mnit/name: menthe\n' >>"$scratch/pack/kb/lang/fr.yaml"
run 1 check "$scratch/pack"; says err "did you mean 'plant/mint/name'?"
run 0 advise --pack "$scratch/pack" --set soil=chalk # Only the language that is spoken is read.

finish
