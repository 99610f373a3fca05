// SPDX-License-Identifier: Apache-2.0

// Why something holds, as text, Markdown or HTML.

#include "render/explain.h"

#include "base/try.h"
#include "render/proof_sheet.h"

static const char *kind_name(dem_item_kind kind)
{
  switch (kind) {
  case DEM_ITEM_RECOMMENDATION:
    return "";
  case DEM_ITEM_STEP:
    return "Step: ";
  case DEM_ITEM_CAVEAT:
    return "Mind: ";
  case DEM_ITEM_REFERENCE:
    return "See also: ";
  case DEM_ITEM_FACT:
    break;
  }
  return "";
}

static void add_item_heading(dem_sheet *s, const dem_why_item *item, size_t number)
{
  dem_sheet_begin(s, DEM_SHEET_HEADING, 0);
  dem_sheet_add_integer(s, DEM_STYLE_PLAIN, (int64_t)number);
  dem_sheet_add(s, DEM_STYLE_PLAIN, ". ");
  dem_sheet_add(s, DEM_STYLE_PLAIN, kind_name(item->kind));
  dem_sheet_add(s, DEM_STYLE_PLAIN, item->text);
  if (item->kind == DEM_ITEM_RECOMMENDATION) {
    dem_sheet_add(s, DEM_STYLE_PLAIN, " (weight ");
    dem_sheet_add_integer(s, DEM_STYLE_PLAIN, item->weight);
    dem_sheet_add(s, DEM_STYLE_PLAIN, item->is_certain ? ")" : ", possible)");
  } else if (!item->is_certain) {
    dem_sheet_add(s, DEM_STYLE_PLAIN, " (possible)");
  }
  dem_sheet_end(s);
}

static dem_status add_items(dem_proof_sheet *ps, const dem_why *why)
{
  for (size_t i = 0; i < why->item_count; ++i) {
    const dem_why_item *const item = &why->items[i];
    add_item_heading(ps->sheet, item, i + 1);
    for (size_t j = 0; j < item->proof_count; ++j) {
      if (item->proof_count > 1) {
        dem_sheet_begin(ps->sheet, DEM_SHEET_PARAGRAPH, 0);
        dem_sheet_add(ps->sheet, DEM_STYLE_STRONG, "Proof ");
        dem_sheet_add_integer(ps->sheet, DEM_STYLE_STRONG, (int64_t)j + 1);
        dem_sheet_add(ps->sheet, DEM_STYLE_STRONG, " of ");
        dem_sheet_add_integer(ps->sheet, DEM_STYLE_STRONG, (int64_t)item->proof_count);
        dem_sheet_end(ps->sheet);
      }
      DEM_TRY(dem_proof_sheet_add(ps, item->proofs[j], 1));
    }
  }
  return DEM_OK;
}

static dem_status add_all(dem_sheet *s, const dem_why *why, size_t depth)
{
  dem_proof_sheet ps;
  dem_sheet_introduce(s, &why->about, "Why ", "");
  if (why->item_count == 0) {
    dem_sheet_write(
        s, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_STRONG,
        "It does not follow from these answers: --why-not says what stands in the way.");
  }
  dem_status status = dem_proof_sheet_init(&ps, s, &why->proof, depth);
  status = status == DEM_OK ? add_items(&ps, why) : status;
  if (why->is_cut) {
    dem_sheet_write(s, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_DIM,
                    "There may be further proofs: the search was given up after a bound.");
  }
  if (ps.has_folded) {
    dem_sheet_write(s, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_DIM,
                    "Some of it is folded: a larger --depth shows more, --depth 0 everything.");
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
  dem_sheet_init(&sheet, options, "demarche-why", out);
  const dem_status status = add_all(&sheet, why, options->depth);
  dem_sheet_clear(&sheet);
  return status;
}
