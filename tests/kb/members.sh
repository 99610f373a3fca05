#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Counts the members of each organization by status and role, and looks up
# countries by what people call them: a lost or doubled row shows here.
#
#   members.sh PROGRAM      run in the source folder

program=$1
tables=tests/kb
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
failures=0

fail() {
  echo "FAILED: $1" >&2
  failures=$((failures + 1))
}

# The rows of a table without its comments.
rows() { # FILE
  grep -v -e '^#' -e '^$' "$tables/$1"
}

# The day of the facts is named, so that counts stay when the pack's own date moves on.
"$program" facts --pack . --date 2026-11-26 member >"$scratch/members" ||
  fail "the pack's memberships cannot be listed"

# Counts: organization, status, role, how many.
rows members.tsv | sort >"$scratch/wanted"
cut -f1,3,4 "$scratch/members" | sort | uniq -c |
  awk '{ print $2 "\t" $3 "\t" $4 "\t" $1 }' | sort >"$scratch/found"
diff -u "$scratch/wanted" "$scratch/found" >&2 ||
  fail "the members of an organization are not as many as $tables/members.tsv says"

# One country stands in one way to an organization, apart from what a regional
# commission serves.
awk -F '\t' '$4 != "served" { print $1 "\t" $2 }' "$scratch/members" | sort | uniq -d >"$scratch/twice"
[ ! -s "$scratch/twice" ] || {
  cat "$scratch/twice" >&2
  fail "these stand in two ways to an organization on one day"
}

# Single memberships: day, organization, country, then "status role" or "none".
rows standings.tsv >"$scratch/standings"
for day in $(cut -f 1 "$scratch/standings" | sort -u); do
  "$program" facts --pack . --date "$day" member >"$scratch/on-$day"
done
while IFS='	' read -r day organization country standing; do
  found=$(awk -F '\t' -v o="$organization" -v c="$country" \
    '$1 == o && $2 == c && $4 != "served" { print $3 " " $4 }' "$scratch/on-$day")
  [ "${found:-none}" = "$standing" ] ||
    fail "$country in $organization on $day: ${found:-none} instead of $standing"
done <"$scratch/standings"

# Names: what people type, and the country that it is; asked of the pack in the program.
rows names.tsv >"$scratch/names"
while IFS='	' read -r name country; do
  found=$("$program" facts subject --set "country=$name" 2>/dev/null)
  [ "${found:-none}" = "$country" ] || fail "'$name' is ${found:-none} instead of $country"
done <"$scratch/names"

[ "$failures" -eq 0 ] || exit 1
