#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Runs `demarche batch` as people and scripts do: formats, order, threads, what is refused, broken
# outputs, interruptions. Profiles are of the garden pack, which costs nothing to evaluate.
#
#   batch.sh PROGRAM        run in the source folder
#   DEMARCHE_GOLDEN=write   writes the golden files anew

golden=tests/golden/batch
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/harness.sh"

garden=examples/garden
work=$scratch/work
mkdir "$work"

# profiles FIRST LAST: JSON lines; every 97th is wrong.
profiles() {
  awk -v first="$1" -v last="$2" 'BEGIN {
    for (i = first; i <= last; ++i)
      printf "{\"id\": \"g%d\", \"soil\": \"%s\"}\n", i, i % 97 == 0 ? "cheese" : i % 2 ? "chalk" : "clay"
  }'
}

# same FILE FILE
same() {
  cmp -s "$1" "$2" || fail "$said: $(basename "$1") and $(basename "$2") differ"
}

lines() { wc -l <"$1" | tr -d ' '; }

batch() { # STATUS ARGUMENTS…: with standard output in $scratch/out
  wanted=$1
  shift
  said="demarche batch $*"
  "$program" batch -p $garden "$@" >"$scratch/out" 2>"$scratch/err" </dev/null
  status=$?
  [ "$status" -eq "$wanted" ] || {
    fail "$said: exit status $status instead of $wanted"
    cat "$scratch/err" >&2
  }
}

# Formats in
printf '{"soil": "chalk"}\n{"soil": "clay"}\n' >"$work/a.jsonl"
printf '[{"soil": "chalk"},\n {"soil": "clay"}]\n' >"$work/a.json"
printf 'soil: chalk\n---\nsoil: clay\n' >"$work/a.yaml"
printf 'soil\r\nchalk\r\nclay\r\n' >"$work/a.csv"
batch 0 "$work/a.jsonl"
cp "$scratch/out" "$work/a.out"
[ "$(lines "$work/a.out")" -eq 2 ] || fail "$said: not two lines"
for format in json yaml csv; do
  batch 0 "$work/a.$format"
  same "$scratch/out" "$work/a.out"
  said="demarche batch < a.$format"
  "$program" batch -p $garden <"$work/a.$format" >"$scratch/out" 2>"$scratch/err" || fail "$said"
  same "$scratch/out" "$work/a.out"
  said="demarche batch --from $format -"
  # shellcheck disable=SC2002 # A pipe is what is tested.
  cat "$work/a.$format" | "$program" batch -p $garden --from $format - >"$scratch/out" 2>"$scratch/err" ||
    fail "$said"
  same "$scratch/out" "$work/a.out"
done
said="advise and batch"
"$program" advise -p $garden -f jsonl "$work/a.jsonl" | sed 's/"ruled_out":\[\],//' >"$scratch/out"
same "$scratch/out" "$work/a.out"
printf '\357\273\277{"soil": "chalk"}\r\n\r\n{"soil": "clay"}\r\n' >"$work/bom.jsonl"
batch 0 "$work/bom.jsonl"; same "$scratch/out" "$work/a.out"

# Nothing
: >"$work/empty.jsonl"
printf '[]' >"$work/none.json"
printf 'soil\n' >"$work/head.csv"
for file in empty.jsonl none.json head.csv; do
  batch 0 "$work/$file"
  [ -s "$scratch/out" ] && fail "$said: wrote something"
  says err "0 profiles: 0 written, 0 refused"
done

# No id, and bytes that no text has
printf '{"id": null, "soil": "clay"}\n' >"$work/null.jsonl"
batch 0 "$work/null.jsonl" --select id,soil
[ "$(cat "$scratch/out")" = '{"soil":"clay"}' ] || fail "$said: null is an id"
printf 'soil\nch\000alk\nclay\n' >"$work/nul.csv"
batch 1 "$work/nul.csv" --select soil; says err "a NUL byte"; says err "nul.csv:2"
says err "2 profiles: 1 written, 1 refused"
printf 'soil\000\nclay\n' >"$work/nul.csv"
batch 1 "$work/nul.csv"; says err "nul.csv:1"

# Folders and patterns: sorted by name
mkdir -p "$work/in/sub"
printf 'soil: clay\n' >"$work/in/b.yaml"
printf 'soil: chalk\n' >"$work/in/a.yaml"
printf '{"soil": "clay"}\n' >"$work/in/sub/c.jsonl"
printf 'no profile\n' >"$work/in/readme.txt"
printf 'no profile\n' >"$work/in/.hidden.yaml"
batch 0 "$work/in" --select soil
printf '{"soil":"chalk"}\n{"soil":"clay"}\n{"soil":"clay"}\n' >"$work/three"
same "$scratch/out" "$work/three"
batch 0 "$work/in/*.yaml" --select soil
[ "$(lines "$scratch/out")" -eq 2 ] || fail "$said: not two lines"
batch 5 "$work/in/*.none"; says err "*.none"
batch 5 "$work/nowhere.jsonl"; says err "nowhere.jsonl: No such file"

# What is refused
cat >"$work/bad.jsonl" <<'END'
{"soil": "chalk"}
{"soil": "cheese"}
{"soil":
{"sol": "clay", "soil": ["clay", "chalk"]}
{}
["soil"]
{"id": "last", "soil": "clay"}
END
(cd "$work" && cp bad.jsonl "$scratch/bad.jsonl")
cd "$scratch" || exit 1
root=$OLDPWD
case $program in /*) ;; *) program=$root/$program ;; esac
said="demarche batch bad.jsonl"
"$program" batch -p "$root/$garden" bad.jsonl --errors refused.jsonl --select id,soil >out 2>err
[ $? -eq 1 ] || fail "$said: exit status is not 1"
cd "$root" || exit 1
sed -i 's/ in [0-9.]* s, [0-9,]* a second/ in TIME/' "$scratch/err"
gives out refused.out
gives err refused.err
if [ "$DEMARCHE_GOLDEN" = write ]; then cp "$scratch/refused.jsonl" $golden; fi
same "$scratch/refused.jsonl" $golden/refused.jsonl
batch 1 "$work/bad.jsonl" --fail-fast
[ "$(lines "$scratch/out")" -eq 1 ] || fail "$said: not one line"
says err "2 profiles: 1 written, 1 refused"
[ "$(grep -c "^error" "$scratch/err")" -eq 1 ] || fail "$said: went on"
batch 1 "$work/bad.jsonl" --max-bytes 30; says err "larger than 30 bytes (the limit max_bytes)"
says err "7 profiles: 2 written, 5 refused"
awk 'BEGIN { printf "{\"soil\": \""; for (i = 0; i < 300000; ++i) printf "0123456789"; print "\"}" }' >"$work/long.jsonl"
cat "$work/a.jsonl" >>"$work/long.jsonl"
batch 1 "$work/long.jsonl" --max-bytes 1M --errors "$work/long.errors"
same "$scratch/out" "$work/a.out"
[ "$(wc -c <"$work/long.errors")" -lt 1000 ] || fail "$said: keeps what is too long"

# A bound on memory, whichever records a thread had before
endless=tests/packs/endless
for i in 1 2 3 4 5 6 7 8; do
  printf '{"id": "a%d", "start": 0, "said": []}\n{"id": "b%d", "start": [], "said": ["a"]}\n' $i $i
done >"$work/hungry.jsonl"
for threads in 1 2 3; do
  said="demarche batch hungry.jsonl -j $threads"
  "$program" batch -p $endless "$work/hungry.jsonl" -j $threads --max-memory 1M --select id \
    >"$work/hungry.$threads" 2>"$scratch/err" && fail "$said: exit status 0"
  says err "16 profiles: 8 written, 8 refused"
  says err "more than 1048576 bytes of memory (the limit max_memory)"
  same "$work/hungry.$threads" "$work/hungry.1"
done

# Order and threads
profiles 1 1200 >"$work/many.jsonl" # Some forty chunks.
batch 1 -q "$work/many.jsonl" -j 1 -o "$work/one" --errors "$work/one.errors"
[ "$(lines "$work/one")" -eq 1188 ] || fail "$said: not 1188 lines"
[ "$(lines "$work/one.errors")" -eq 12 ] || fail "$said: not 12 errors"
cp "$scratch/err" "$work/one.said"
for threads in 2 3 8; do
  batch 1 -q "$work/many.jsonl" -j $threads -o "$work/more" --errors "$work/more.errors"
  same "$work/more" "$work/one"
  same "$work/more.errors" "$work/one.errors"
  same "$scratch/err" "$work/one.said"
done
batch 1 -q "$work/many.jsonl" -j 8 --fail-fast
head -n 96 "$work/one" >"$work/first"
same "$scratch/out" "$work/first"

# Shards: one behind the other they are the whole
batch 1 -q "$work/many.jsonl" "$work/a.csv" "$work/a.json"
cp "$scratch/out" "$work/parts"
for n in 1 2 7; do
  : >"$work/shards"
  k=1
  while [ $k -le $n ]; do
    batch 1 -q "$work/many.jsonl" "$work/a.csv" "$work/a.json" --shard $k/$n
    cat "$scratch/out" >>"$work/shards"
    k=$((k + 1))
  done
  same "$work/shards" "$work/parts"
done
batch 2 "$work/a.jsonl" --shard 0/2; says err "--shard needs K/N"
batch 2 "$work/a.jsonl" --shard 3/2
batch 2 "$work/a.jsonl" --shard 1
said="demarche batch --shard of a pipe"
# shellcheck disable=SC2002
cat "$work/a.jsonl" | "$program" batch -p $garden --shard 1/2 >"$scratch/out" 2>"$scratch/err"
[ $? -eq 2 ] || fail "$said: exit status is not 2"

# Fields
batch 0 "$work/a.csv" -f csv; gives out usual.csv
batch 0 "$work/a.csv" -f csv --select id,partners.id,partners.purposes.reasons.because; gives out chosen.csv
batch 0 "$work/a.csv" --select date,pack.name,partners.label,soil; gives out chosen.jsonl
batch 2 "$work/a.csv" --select partner.id; says err "did you mean 'partners.id'?"
batch 2 "$work/a.csv" --select id,id; says err "chosen twice"
batch 2 "$work/a.csv" -f csv --select partners; says err "choose one of its fields"

# What is made without reasons is what would be made with them
profiles="examples/profiles/[cm]*.yaml"
brief=partners.id,partners.certainty,partners.weight,partners.purposes.id
said="demarche batch --select $brief"
"$program" batch -q "$profiles" --select $brief >"$work/brief" 2>"$scratch/err" || fail "$said"
"$program" batch -q "$profiles" --select $brief,steps.text >"$work/full" 2>"$scratch/err" || fail "$said"
sed 's/,"steps":\[.*/}/' "$work/full" >"$work/cut"
same "$work/brief" "$work/cut"

# What was considered and ruled out: where it is chosen, and then as advise tells it
whole=demarche,id,pack,date,answers,partners,steps,caveats,references,ruled_out,sources
said="demarche batch --select $whole"
"$program" advise -f jsonl examples/profiles/[cm]*.yaml >"$work/advised" || fail "demarche advise"
grep -q '"ruled_out":\[{"id":' "$work/advised" || fail "demarche advise: nothing is ruled out"
"$program" batch -q "$profiles" --select $whole >"$work/full" 2>"$scratch/err" || fail "$said"
same "$work/full" "$work/advised"
"$program" batch -q "$profiles" -f csv --select ruled_out.by >"$work/full" 2>"$scratch/err" || fail "$said"
grep -q 'exception;' "$work/full" || fail "demarche batch --select ruled_out.by: no exception"

# Resuming: the same bytes wherever it was cut off, also where the journal is lost
for cut in 0 1 100 80000 whole; do
  rm -f "$work/cut.journal"
  if [ $cut = whole ]; then cp "$work/one" "$work/cut"; else head -c $cut "$work/one" >"$work/cut"; fi
  batch 1 -q "$work/many.jsonl" -j 2 -o "$work/cut" --errors "$work/cut.errors" --resume
  same "$work/cut" "$work/one"
  same "$work/cut.errors" "$work/one.errors"
done
rm "$work/cut"*
batch 1 -q "$work/many.jsonl" -o "$work/cut" --resume; same "$work/cut" "$work/one"
batch 0 -q "$work/a.csv" -f csv -o "$work/table"
for cut in 0 3 70 150; do
  head -c $cut "$work/table" >"$work/cut"
  batch 0 -q "$work/a.csv" -f csv -o "$work/cut" --resume; same "$work/cut" "$work/table"
done
batch 3 "$work/a.csv" -f csv -o "$work/table" --select id --resume; says err "has other columns"
batch 3 "$work/a.json" -o "$work/one" --resume; says err "cannot resume"
head -n 1100 "$work/one" >"$work/cut"
sed -i '$s/"id"/"ID"/' "$work/cut"
batch 3 "$work/many.jsonl" -o "$work/cut" --resume; says err "record 1,100"
batch 2 "$work/a.json" --resume; says err "--resume needs --output"

# What was done is passed over: the journal tells what was refused in between
rm -f "$work/cut"*
batch 1 -q "$work/many.jsonl" -j 2 -o "$work/cut" --errors "$work/cut.errors"
cp "$work/cut.journal" "$work/journal"
[ "$(lines "$work/journal")" -eq 13 ] || fail "$said: the journal does not list 12 records"
for cut in 100 80000 800000 whole; do
  for end in whole line torn; do
    if [ $cut = whole ]; then cp "$work/one" "$work/cut"; else head -c $cut "$work/one" >"$work/cut"; fi
    done=$(lines "$work/cut")
    # A kill leaves in the journal at least what was refused before the output's last record.
    head -n $((1 + done / 96)) "$work/journal" >"$work/cut.journal"
    case $end in
    whole) cp "$work/journal" "$work/cut.journal" ;;
    torn) printf 9 >>"$work/cut.journal" ;;
    esac
    batch 1 "$work/many.jsonl" -j 2 -o "$work/cut" --errors "$work/cut.errors" --resume
    same "$work/cut" "$work/one"
    same "$work/cut.errors" "$work/one.errors"
    same "$work/cut.journal" "$work/journal"
    [ "$done" -eq 0 ] || says err "1,188 written ($(echo "$done" | sed 's/\(...\)$/,\1/; s/^,//') of them before, $(echo $((done - 1)) | sed 's/\(...\)$/,\1/; s/^,//') not evaluated again), 12 refused"
  done
done
head -c 50 "$work/journal" >"$work/cut.journal" # Its first line torn: nothing was written then.
: >"$work/cut"
batch 1 -q "$work/many.jsonl" -o "$work/cut" --resume; same "$work/cut" "$work/one"; same "$work/cut.journal" "$work/journal"
for n in 1 3; do # With shards, whose numbers are their own
  batch 1 -q "$work/many.jsonl" --shard $n/3 -o "$work/shard" --errors "$work/shard.errors"
  cp "$work/shard" "$work/shard.want"
  cp "$work/shard.errors" "$work/shard.errors.want"
  head -c 400000 "$work/shard.want" >"$work/shard"
  batch 1 "$work/many.jsonl" --shard $n/3 -o "$work/shard" --errors "$work/shard.errors" --resume
  says err "not evaluated again"
  same "$work/shard" "$work/shard.want"
  same "$work/shard.errors" "$work/shard.errors.want"
done
batch 3 "$work/many.jsonl" -o "$work/shard" --resume; says err "was made with another pack, or with other options"
batch 3 "$work/many.jsonl" --shard 3/3 -o "$work/shard" --select id --resume; says err "was made with another pack"
sed 's/cheese/clay/' "$work/many.jsonl" >"$work/mended.jsonl"
cp "$work/journal" "$work/cut.journal"
head -n 1100 "$work/one" >"$work/cut"
batch 3 "$work/mended.jsonl" -o "$work/cut" --resume; says err "profile 97 was refused, and now is not"
batch 1 -q "$work/many.jsonl" -o "$work/cut" --fail-fast # What is mended then may be gone on with.
batch 0 "$work/mended.jsonl" -o "$work/cut" --resume; says err "1,200 written (96 of them before, 95 not evaluated again)"
batch 0 "$work/mended.jsonl"; same "$work/cut" "$scratch/out"
[ -e "$work/cut.journal" ] && fail "$said: the journal stays although nothing was refused"
batch 0 "$work/mended.jsonl" -o "$work/cut" --resume; says err "(1,200 of them before, 1,199 not evaluated again)"
echo "notes of mine" >"$work/cut.journal"
batch 5 "$work/mended.jsonl" -o "$work/cut"; says err "cut.journal: there is another file of that name"
grep -q "of mine" "$work/cut.journal" || fail "$said: it is gone"
rm "$work/cut.journal"

# Killed, at whatever moment
profiles 1 3000 >"$work/long"
batch 1 -q --from jsonl "$work/long" -o "$work/killed.want" --errors "$work/killed.want.errors"
for wait in 0.03 0.08 0.2; do
  for signal in KILL TERM INT; do
    rm -f "$work/killed" "$work/killed.errors"
    said="demarche batch, SIG$signal after $wait s"
    # Of a background process a shell without job control ignores SIGINT: env brings it back.
    env --default-signal=INT "$program" batch -p $garden -q --from jsonl "$work/long" -j 3 -o "$work/killed" \
      --errors "$work/killed.errors" 2>"$scratch/err" &
    process=$!
    sleep $wait
    kill -$signal $process 2>/dev/null
    wait $process
    status=$?
    case $signal/$status in
    KILL/137 | */1) ;;
    TERM/143 | INT/130 | TERM/130) # The former before the first profile was read.
      if [ -s "$scratch/err" ] && grep -q interrupted "$scratch/err"; then says err "--resume"; fi
      ;;
    *) fail "$said: exit status $status" ;;
    esac
    batch 1 -q --from jsonl "$work/long" -o "$work/killed" --errors "$work/killed.errors" --resume
    same "$work/killed" "$work/killed.want"
    same "$work/killed.errors" "$work/killed.want.errors"
  done
done

# Outputs that break
batch 5 "$work/a.jsonl" -o /dev/full; says err "/dev/full: No space left on device"
says err "0 records were written whole"
"$program" batch -p $garden "$work/a.jsonl" >/dev/full 2>"$scratch/err"
[ $? -eq 5 ] || fail "a full disk: exit status is not 5"
batch 5 "$work/bad.jsonl" --errors /dev/full; says err "cannot write /dev/full"
said="demarche batch | head"
{ "$program" batch -p $garden -q "$work/many.jsonl" 2>"$scratch/err"; echo $? >"$work/status"; } | head -n 1 >/dev/null
[ "$(cat "$work/status")" -eq 5 ] || fail "$said: exit status is not 5"
says err "its reader went away"
batch 0 -q "$work/a.jsonl" -o /dev/null
[ -c /dev/null ] || fail "$said: /dev/null was replaced"
batch 5 "$work/a.jsonl" -o "$work/no/such/folder"
batch 5 "$work/a.jsonl" -o "$work/in"; says err "it is a folder"
batch 2 "$work/a.jsonl" -o "$work/a.jsonl"; says err "is to be read and written"
[ "$(lines "$work/a.jsonl")" -eq 2 ] || fail "$said: the input is gone"
ln -s a.jsonl "$work/link.jsonl"
ln "$work/a.jsonl" "$work/hard.jsonl"
for name in link hard; do
  batch 2 "$work/a.jsonl" -o "$work/$name.jsonl"; says err "is to be read and written"
  batch 2 "$work/$name.jsonl" --errors "$work/a.jsonl"; says err "is to be read and written"
done
said="demarche batch - <a.jsonl -o a.jsonl"
# shellcheck disable=SC2094 # It is refused.
"$program" batch -p $garden - -o "$work/a.jsonl" <"$work/a.jsonl" >"$scratch/out" 2>"$scratch/err"
[ $? -eq 2 ] || fail "$said: exit status is not 2"
says err "'standard input' is to be read and written"
said="demarche batch a.jsonl >>a.jsonl"
for input in - "$work/a.jsonl"; do
  # shellcheck disable=SC2094
  "$program" batch -p $garden "$input" <"$work/a.jsonl" 2>"$scratch/err" >>"$work/a.jsonl"
  [ $? -eq 2 ] || fail "$said: exit status is not 2"
  says err "is to be read and written"
done
[ "$(lines "$work/a.jsonl")" -eq 2 ] || fail "$said: the input is gone"
rm "$work/link.jsonl" "$work/hard.jsonl"
cp "$work/one" "$work/kept"
batch 2 "$work/a.jsonl" -o "$work/kept" --errors "$work/./kept"; says err "is a file that the batch writes otherwise"
same "$work/kept" "$work/one"
batch 2 "$work/a.jsonl" -o "$work/new" --errors "$work/./new"
batch 2 "$work/a.jsonl" -o "$work/new" --errors "$work/new.journal"
said="demarche batch with a limit of file sizes"
(
  ulimit -f 100
  "$program" batch -p $garden -q "$work/many.jsonl" -o "$work/limited" 2>"$scratch/err"
)
[ $? -eq 5 ] || fail "$said: exit status is not 5"
says err "limited: File too large"
batch 1 -q "$work/many.jsonl" -o "$work/limited" --resume; same "$work/limited" "$work/one"
batch 0 -q "$work/in" -o "$work/in/out.jsonl"
batch 0 -q "$work/in" -o "$work/in/out.jsonl" # No input, although it lies among them.
[ "$(lines "$work/in/out.jsonl")" -eq 3 ] || fail "$said: read its own output"
if [ "$(id -u)" -ne 0 ]; then
  chmod 000 "$work/in/a.yaml"
  batch 5 "$work/in"; says err "Permission denied"
  chmod 644 "$work/in/a.yaml"
fi
said="demarche batch of a folder as standard input"
"$program" batch -p $garden - <"$work/in" >"$scratch/out" 2>"$scratch/err"
[ $? -eq 5 ] || fail "$said: exit status is not 5"
says err "cannot read standard input: Is a directory"

# Reports
cat >"$work/ids.jsonl" <<'END'
{"id": "plain", "soil": "chalk"}
{"id": "plain", "soil": "clay"}
{"id": "PLAIN", "soil": "clay"}
{"soil": "chalk"}
{"id": "4", "soil": "chalk"}
{"id": "../../up", "soil": "chalk"}
{"id": "/etc/passwd", "soil": "chalk"}
{"id": "..", "soil": "chalk"}
{"id": ".hidden", "soil": "chalk"}
{"id": "-rf *", "soil": "chalk"}
{"id": "a\nb\u0000c\u202ed", "soil": "chalk"}
{"id": "", "soil": "chalk"}
{"id": "Zürich 日本", "soil": "chalk"}
{"id": "wrong", "soil": "cheese"}
END
awk 'BEGIN { printf "{\"soil\": \"clay\", \"id\": \""; for (i = 0; i < 50; ++i) printf "123456789"; print "\"}" }' >>"$work/ids.jsonl"
batch 1 -q "$work/ids.jsonl" -f markdown -o "$work/reports" -j 3
(cd "$work/reports" && LC_ALL=C ls -A) >"$scratch/out"
gives out reports.txt
[ -e "$work/up" ] || [ -e "$scratch/up.md" ] && fail "$said: left the folder"
"$program" advise -p $garden -f markdown --set soil=clay >"$scratch/out"
same "$work/reports/plain.2.md" "$scratch/out"
batch 1 -q "$work/ids.jsonl" -f text -o "$work/texts"
[ "$(find "$work/texts" -name '*.txt' | wc -l)" -eq 14 ] || fail "$said: not 14 reports"
cp -r "$work/reports" "$work/reports.want"
rm "$work/reports/plain.2.md" "$work/reports/8.md"* 2>/dev/null
batch 1 "$work/ids.jsonl" -f markdown -o "$work/reports" --resume
diff -r "$work/reports" "$work/reports.want" >/dev/null || fail "$said: the reports differ"
says err "12 not evaluated again"
touch "$work/reports/.7.md.part" # As a kill leaves it.
rm "$work/reports/%2Fetc%2Fpasswd.md"
touch "$work/reports/.%2Fetc%2Fpasswd.md.part"
batch 1 "$work/ids.jsonl" -f markdown -o "$work/reports/" --resume
rm "$work/reports/.7.md.part"
diff -r "$work/reports" "$work/reports.want" >/dev/null || fail "$said: the reports differ"
rm -r "$work/reports" "$work/reports.md.journal"
sed 1d "$work/ids.jsonl" >"$work/fewer.jsonl" # The refused come first, of the same id as others.
for id in plain 4; do echo "{\"id\": \"$id\", \"soil\": \"cheese\"}"; done | cat - "$work/fewer.jsonl" >"$work/refused.jsonl"
batch 1 -q "$work/refused.jsonl" -f markdown -o "$work/reports" --errors "$work/reports.errors"
rm -r "$work/reports.want"
cp -r "$work/reports" "$work/reports.want"
cp "$work/reports.errors" "$work/reports.errors.want"
for lost in "" PLAIN.4.md 5.md; do
  [ -z "$lost" ] || rm "$work/reports/$lost"
  batch 1 "$work/refused.jsonl" -f markdown -o "$work/reports" --errors "$work/reports.errors" --resume
  diff -r "$work/reports" "$work/reports.want" >/dev/null || fail "$said: the reports differ"
  same "$work/reports.errors" "$work/reports.errors.want"
done
batch 2 "$work/ids.jsonl" -f text; says err "--output FOLDER"
batch 2 "$work/ids.jsonl" -f text --select id -o "$work/texts"; says err "--select is for jsonl and csv"
batch 5 "$work/ids.jsonl" -f text -o "$work/a.csv"; says err "there is a file of that name"

# A filter: every profile is answered before the next is there
mkfifo "$work/question" "$work/answer"
"$program" batch -p $garden -q --select soil - <"$work/question" >"$work/answer" 2>"$scratch/err" &
exec 8>"$work/question" 9<"$work/answer"
for soil in chalk clay chalk; do
  said="demarche batch as a filter"
  echo "{\"soil\": \"$soil\"}" >&8
  read -r line <&9
  [ "$line" = "{\"soil\":\"$soil\"}" ] || fail "$said: answers $line"
done
exec 8>&- 9<&-
wait

# Progress
batch 1 "$work/many.jsonl" --progress always -o /dev/null; says err "1,200 profiles: 1,188 written, 12 refused"
batch 2 "$work/many.jsonl" --progress often; says err "auto, always or never"
batch 2 "$work/many.jsonl" --from xml; says err "--from needs"

finish
