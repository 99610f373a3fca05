#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Counts the shipped pack's members by organization, status and role, so that a
# row that is lost, doubled or put under the wrong status is noticed. Of an
# organization in the table all counts must agree, and no country may stand to
# it in two ways on one day.
#
#   memberships.sh PROGRAM    run in the source folder

program=$1
table=tests/pack/memberships.tsv
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
export LC_ALL=C

grep -v '^#' $table >"$scratch/wanted" || exit 1
"$program" facts member --pack . --date 2026-11-24 >"$scratch/rows" || exit 1

# `since`, the fifth column, tells no two standings apart.
awk -F '\t' -v OFS='\t' '
  NR == FNR { tested[$1] = 1; next }
  $1 in tested { ++count[$1 OFS $3 OFS $4] }
  END { for (group in count) print group, count[group] }
' "$scratch/wanted" "$scratch/rows" | sort >"$scratch/found"

awk -F '\t' '
  NR == FNR { tested[$1] = 1; next }
  $1 in tested && seen[$1, $2]++ { print $1 ": " $2 " stands to it in two ways" }
' "$scratch/wanted" "$scratch/rows" >"$scratch/twice"

status=0
diff -u "$scratch/wanted" "$scratch/found" || status=1
if [ -s "$scratch/twice" ]; then
  cat "$scratch/twice"
  status=1
fi
exit $status
