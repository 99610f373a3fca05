// SPDX-License-Identifier: Apache-2.0

// Why something holds, as text, Markdown or HTML.

#include "render/explain.h"

#include <stdio.h>

#include "base/try.h"
#include "render/proof_sheet.h"

/// What an item's text is put into; DEM_SAYING_COUNT: nothing.
static dem_saying kind_saying(dem_item_kind kind)
{
  switch (kind) {
  case DEM_ITEM_STEP:
    return DEM_SAY_WHY_STEP;
  case DEM_ITEM_CAVEAT:
    return DEM_SAY_WHY_MIND;
  case DEM_ITEM_REFERENCE:
    return DEM_SAY_WHY_SEE_ALSO;
  case DEM_ITEM_RECOMMENDATION:
  case DEM_ITEM_FACT:
    break;
  }
  return DEM_SAYING_COUNT;
}

static void add_item_heading(dem_sheet *s, const dem_why_item *item, size_t number)
{
  const dem_saying kind = kind_saying(item->kind);
  char weight[24];
  (void)snprintf(weight, sizeof weight, "%lld", (long long)item->weight);
  dem_sheet_begin(s, DEM_SHEET_HEADING, 0);
  dem_sheet_add_integer(s, DEM_STYLE_PLAIN, (int64_t)number);
  dem_sheet_add(s, DEM_STYLE_PLAIN, ". ");
  if (kind == DEM_SAYING_COUNT) {
    dem_sheet_add(s, DEM_STYLE_PLAIN, item->text);
  } else {
    dem_sheet_say(s, DEM_STYLE_PLAIN, (dem_said){.saying = kind, .values = &item->text});
  }
  const bool has_weight = item->kind == DEM_ITEM_RECOMMENDATION;
  dem_sheet_add(s, DEM_STYLE_PLAIN, has_weight || !item->is_certain ? " " : "");
  if (has_weight) {
    dem_sheet_say(s, DEM_STYLE_PLAIN,
                  item->is_certain ? DEM_SAID(OF_WEIGHT, weight)
                                   : DEM_SAID(OF_WEIGHT_POSSIBLE, weight));
  } else if (!item->is_certain) {
    dem_sheet_words(s, DEM_STYLE_PLAIN, DEM_SAY_OF_POSSIBLE);
  }
  dem_sheet_end(s);
}

static void add_proof_heading(dem_sheet *s, size_t number, size_t all)
{
  char of_all[24];
  char own[24];
  (void)snprintf(own, sizeof own, "%zu", number);
  (void)snprintf(of_all, sizeof of_all, "%zu", all);
  dem_sheet_write_said(s, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_STRONG,
                       DEM_SAID(PROOF_OF, own, of_all));
}

static dem_status add_items(dem_proof_sheet *ps, const dem_why *why)
{
  for (size_t i = 0; i < why->item_count; ++i) {
    const dem_why_item *const item = &why->items[i];
    add_item_heading(ps->sheet, item, i + 1);
    for (size_t j = 0; j < item->proof_count; ++j) {
      if (item->proof_count > 1) {
        add_proof_heading(ps->sheet, j + 1, item->proof_count);
      }
      DEM_TRY(dem_proof_sheet_add(ps, item->proofs[j], 1));
    }
  }
  return DEM_OK;
}

static dem_status add_all(dem_sheet *s, const dem_why *why, size_t depth)
{
  dem_proof_sheet ps;
  dem_sheet_introduce(s, &why->about, DEM_SAY_WHY);
  if (why->item_count == 0) {
    dem_sheet_write_words(s, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_STRONG, DEM_SAY_DOES_NOT_FOLLOW);
  }
  dem_status status = dem_proof_sheet_init(&ps, s, &why->proof, depth);
  status = status == DEM_OK ? add_items(&ps, why) : status;
  if (why->is_cut) {
    dem_sheet_write_words(s, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_DIM, DEM_SAY_MORE_PROOFS);
  }
  if (ps.has_folded) {
    dem_sheet_write_words(s, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_DIM, DEM_SAY_SOME_FOLDED);
  }
  dem_proof_sheet_clear(&ps);
  DEM_TRY(status);
  dem_sheet_sources(s, &why->proof);
  dem_sheet_colophon(s, &why->about);
  return DEM_OK;
}

dem_status dem_why_sheet(const dem_why *why, const dem_explain_options *options, dem_buffer *out)
{
  dem_sheet sheet;
  dem_sheet_init(&sheet, options, why->about.language, "demarche-why", out);
  const dem_status status = add_all(&sheet, why, options->depth);
  dem_sheet_clear(&sheet);
  return status;
}
