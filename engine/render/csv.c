// SPDX-License-Identifier: Apache-2.0

// Advices as CSV.
//
// RFC 4180. A text that a spreadsheet would take for a formula begins with an
// apostrophe; numbers are written as they are.

#include "render/csv.h"

#include "render/escape.h"
#include "render/outline.h"

/// What a row is about.
typedef struct row {
  const dem_advice *advice;
  size_t number; ///< Of the advice, from 1.
  size_t rank;   ///< Of the partner, from 1.
  const dem_advice_partner *partner;
  const dem_advice_purpose *purpose;
  const dem_advice_reason *reason;
} row;

static void add(const char *text, dem_buffer *out)
{
  dem_escape_csv_cell(dem_slice_of(text), out);
}

static const char *certainty(bool is_certain)
{
  return is_certain ? "certain" : "possible";
}

// Columns -------------------------------------------------------------------------------

static void add_profile(const row *r, dem_buffer *out)
{
  if (r->advice->profile_id[0]) {
    add(r->advice->profile_id, out);
  } else {
    dem_buffer_add_format(out, "%zu", r->number);
  }
}

static void add_subject(const row *r, dem_buffer *out)
{
  const char *const subject = dem_advice_subject(r->advice);
  add(subject ? subject : "", out);
}

static void add_rank(const row *r, dem_buffer *out)
{
  dem_buffer_add_format(out, "%zu", r->rank);
}

static void add_partner(const row *r, dem_buffer *out)
{
  add(r->partner->id, out);
}

static void add_label(const row *r, dem_buffer *out)
{
  add(r->partner->label, out);
}

static void add_kind(const row *r, dem_buffer *out)
{
  add(r->partner->kind, out);
}

static void add_un(const row *r, dem_buffer *out)
{
  add(r->partner->is_un ? "true" : "false", out);
}

static void add_partner_certainty(const row *r, dem_buffer *out)
{
  add(certainty(r->partner->is_certain), out);
}

static void add_partner_weight(const row *r, dem_buffer *out)
{
  dem_buffer_add_integer(out, r->partner->weight);
}

static void add_purpose(const row *r, dem_buffer *out)
{
  add(r->purpose->id, out);
}

static void add_purpose_label(const row *r, dem_buffer *out)
{
  add(r->purpose->label, out);
}

static void add_weight(const row *r, dem_buffer *out)
{
  dem_buffer_add_integer(out, r->reason->weight);
}

static void add_certainty(const row *r, dem_buffer *out)
{
  add(certainty(r->reason->is_certain), out);
}

/// The answers that it hangs on, in words; empty where it is certain.
static void add_hinges(const row *r, dem_buffer *out)
{
  dem_buffer text;
  dem_buffer_init(&text, out->allocator);
  dem_advice_add_hinges(r->advice, r->reason, 0, &text);
  dem_escape_csv_cell(dem_buffer_slice(&text), out);
  out->has_failed = out->has_failed || text.has_failed;
  dem_buffer_clear(&text);
}

static void add_because(const row *r, dem_buffer *out)
{
  add(r->reason->text, out);
}

static void add_rule(const row *r, dem_buffer *out)
{
  add(r->reason->rule, out);
}

static void add_place(const row *r, dem_buffer *out)
{
  dem_buffer place;
  dem_buffer_init(&place, out->allocator);
  dem_buffer_add_text(&place, r->reason->file);
  if (r->reason->line > 0) {
    dem_buffer_add_format(&place, ":%u", (unsigned)r->reason->line);
  }
  dem_escape_csv_cell(dem_buffer_slice(&place), out);
  out->has_failed = out->has_failed || place.has_failed;
  dem_buffer_clear(&place);
}

/// Ids of sources, `;` between them, as profiles write lists.
static void add_cites(const row *r, dem_buffer *out)
{
  dem_buffer ids;
  dem_buffer_init(&ids, out->allocator);
  for (size_t i = 0; i < r->reason->citation_count; ++i) {
    dem_buffer_add_text(&ids, i == 0 ? "" : ";");
    dem_buffer_add_text(&ids, r->advice->sources[r->reason->citations[i]].id);
  }
  dem_escape_csv_cell(dem_buffer_slice(&ids), out);
  out->has_failed = out->has_failed || ids.has_failed;
  dem_buffer_clear(&ids);
}

static void add_date(const row *r, dem_buffer *out)
{
  add(r->advice->date, out);
}

static void add_pack(const row *r, dem_buffer *out)
{
  add(r->advice->pack_name, out);
}

static void add_version(const row *r, dem_buffer *out)
{
  add(r->advice->pack_version, out);
}

/// The columns in their order: a promise, since scripts count them.
static const struct {
  const char *name;
  void (*add)(const row *r, dem_buffer *out);
} columns[] = {
    {"profile", add_profile},
    {"for", add_subject},
    {"rank", add_rank},
    {"partner", add_partner},
    {"label", add_label},
    {"kind", add_kind},
    {"un", add_un},
    {"partner_certainty", add_partner_certainty},
    {"partner_weight", add_partner_weight},
    {"purpose", add_purpose},
    {"purpose_label", add_purpose_label},
    {"weight", add_weight},
    {"certainty", add_certainty},
    {"if", add_hinges},
    {"because", add_because},
    {"rule", add_rule},
    {"place", add_place},
    {"cites", add_cites},
    {"date", add_date},
    {"pack", add_pack},
    {"pack_version", add_version},
};

enum { COLUMN_COUNT = sizeof columns / sizeof columns[0] };

// Rows ----------------------------------------------------------------------------------

static void add_header(dem_buffer *out)
{
  for (size_t i = 0; i < COLUMN_COUNT; ++i) {
    dem_buffer_add_text(out, i == 0 ? "" : ",");
    dem_buffer_add_text(out, columns[i].name);
  }
  dem_buffer_add_char(out, '\n');
}

static void add_row(const row *r, dem_buffer *out)
{
  for (size_t i = 0; i < COLUMN_COUNT; ++i) {
    dem_buffer_add_text(out, i == 0 ? "" : ",");
    columns[i].add(r, out);
  }
  dem_buffer_add_char(out, '\n');
}

static void add_rows(row *r, dem_buffer *out)
{
  for (size_t p = 0; p < r->advice->partner_count; ++p) {
    r->partner = &r->advice->partners[p];
    r->rank = p + 1;
    for (size_t i = 0; i < r->partner->purpose_count; ++i) {
      r->purpose = &r->partner->purposes[i];
      for (size_t j = 0; j < r->purpose->reason_count; ++j) {
        r->reason = &r->purpose->reasons[j];
        add_row(r, out);
      }
    }
  }
}

void dem_csv_render(const dem_advice *const *advices, size_t count, dem_buffer *out)
{
  add_header(out);
  for (size_t i = 0; i < count; ++i) {
    row r = {.advice = advices[i], .number = i + 1};
    add_rows(&r, out);
  }
}
