#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Completion in shells and the manual page: nothing of the tables is left out, the shells and the
# formatters take them, and bash completes in a terminal.
#
#   completion.sh PROGRAM   run in the source folder

golden=tests/golden/cli
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/harness.sh"

case $program in /*) ;; *) program=$PWD/$program ;; esac
for shell in bash zsh fish; do
  run 0 completion $shell
  cp "$scratch/out" "$scratch/$shell"
done
run 0 manual
cp "$scratch/out" "$scratch/demarche.1"
run 2 completion; says err "bash, zsh, fish"
run 2 manual page; says err "no arguments"
run 2 completion fihs; says err "did you mean 'fish'?"

# holds FILE WORDS: the manual writes hyphens as \-.
holds() {
  grep -qF -e "$2" "$scratch/$1" || fail "$1: $2 is missing"
}

# Every command, every option, every format
commands=$("$program" help | sed -n '/^Commands:/,/^.demarche help/s/^  \([a-z]*\) .*/\1/p')
[ "$(echo "$commands" | wc -l)" -ge 16 ] || fail "demarche help: lists too few commands"
for command in $commands; do
  holds bash "$command:-*)"
  holds zsh "    $command)"
  holds fish "-a $command -d"
  holds demarche.1 ".SS demarche $command"
  "$program" help "$command" >"$scratch/help"
  options=$(sed -n 's/^  ...  *--\([a-z-]*\).*/\1/p' "$scratch/help")
  [ -n "$options" ] || fail "demarche help $command: lists no options"
  for option in $options; do
    sed -n "/^      $command:-\*)/p" "$scratch/bash" | grep -qe "--$option " ||
      fail "bash: $command --$option is missing"
    sed -n "/^    $command)/,/;;/p" "$scratch/zsh" | grep -qe "--$option" ||
      fail "zsh: $command --$option is missing"
    holds fish "'__fish_seen_subcommand_from $command' -l $option"
    holds demarche.1 "\\-\\-$(echo "$option" | sed 's/-/\\-/g')"
  done
  if echo "$options" | grep -qx format; then
    formats=$("$program" "$command" x y -f none 2>&1 | sed -n "s/.*needs one of \(.*\), not.*/\1/p" | tr -d ,)
    [ -n "$formats" ] || fail "demarche $command -f none: lists no formats"
    holds bash "    $command:--format|$command:-f) words='$formats' ;;"
  fi
done
holds bash "profile facts rules advice"
holds zsh "(auto always never)"

# Who reads them
bash -n "$scratch/bash" || fail "bash does not read its completion"
if command -v zsh >/dev/null; then zsh -n "$scratch/zsh" || fail "zsh does not read its completion"; fi
if command -v fish >/dev/null; then
  fish --no-execute "$scratch/fish" || fail "fish does not read its completion"
  completed=$(HOME=$scratch fish -c "source $scratch/fish; complete -C 'demarche sche'" 2>/dev/null)
  case $completed in schema*) ;; *) fail "fish completes 'sche' to '$completed'" ;; esac
  completed=$(HOME=$scratch fish -c "source $scratch/fish; complete -C 'demarche facts -f t'" 2>/dev/null)
  case $completed in tsv*) ;; *) fail "fish completes 'facts -f t' to '$completed'" ;; esac
fi
if command -v mandoc >/dev/null; then
  mandoc -T lint -W warning "$scratch/demarche.1" >"$scratch/out" || fail "mandoc: $(cat "$scratch/out")"
fi
if command -v groff >/dev/null; then
  groff -ww -man -T utf8 -P -cbou "$scratch/demarche.1" >"$scratch/page" 2>"$scratch/err" || fail "groff fails"
  [ -s "$scratch/err" ] && fail "groff: $(cat "$scratch/err")"
  grep -q "PROFILE…" "$scratch/page" || fail "groff: no '…' on the page"
fi

# A terminal: tabs are typed, and the line that comes of it is shown by a command of that name.
if command -v script >/dev/null; then
  cat >"$scratch/rc" <<END
PS1='> '
bind 'set bell-style none'
source $scratch/bash
demarche() { printf 'ran <%s>\n' "\$*" >>$scratch/ran; }
END
  cat >"$scratch/keys" <<'END'
demarche adv	examples/profiles/moro	-f csv --col	alw	
demarche schema pro	--pa	examples/gar	
demarche facts --format=js	
demarche help comp	
exit
END
  : >"$scratch/ran"
  script -qec "bash --noprofile --rcfile $scratch/rc -i" /dev/null <"$scratch/keys" >/dev/null 2>&1
  printf 'ran <%s>\n' "advise examples/profiles/morocco.yaml -f csv --color always" \
    "schema profile --pack examples/garden/" "facts --format=jsonl" "help completion" >"$scratch/wanted"
  diff -u "$scratch/wanted" "$scratch/ran" >&2 || fail "bash completes otherwise"
fi

finish
