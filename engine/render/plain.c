// SPDX-License-Identifier: Apache-2.0

// An advice as text.
//
//   Advice for Morocco                          whom, and on what
//   ...
//   In short                                    a line a partner: enough for a hurried reader
//     1. African Development Bank: funding
//
//   Outside the United Nations                  the same partners, in full
//     1. African Development Bank  (development bank, 40)
//        ...
//   Sources                                     what the numbers in brackets stand for

#include "render/plain.h"

#include <stdio.h>
#include <string.h>

#include "base/vector.h"
#include "render/outline.h"
#include "render/wrap.h"

typedef struct plain {
  const dem_advice *advice;
  dem_wrap wrap;
  dem_vector cited; ///< size_t, sources in the order in which they are cited: the first is [1].
} plain;

static void add(plain *p, dem_style style, const char *text)
{
  dem_wrap_add_text(&p->wrap, style, text);
}

/// A paragraph of one style.
static void add_paragraph(plain *p, const char *margin, size_t indent, dem_style style,
                          const char *text)
{
  dem_wrap_begin(&p->wrap, margin, indent);
  add(p, style, text);
  dem_wrap_end(&p->wrap);
}

static void add_heading(plain *p, const char *text)
{
  dem_wrap_blank(&p->wrap);
  add_paragraph(p, "", 0, DEM_STYLE_HEADING, text);
}

static void add_number(plain *p, dem_style style, int64_t number)
{
  char text[24];
  (void)snprintf(text, sizeof text, "%lld", (long long)number);
  add(p, style, text);
}

static bool cites(const dem_advice_reason *reason, size_t source)
{
  for (size_t i = 0; i < reason->citation_count; ++i) {
    if (reason->citations[i] == source) {
      return true;
    }
  }
  return false;
}

static void note_citation(plain *p, size_t source)
{
  for (size_t i = 0; i < p->cited.count; ++i) {
    if (DEM_VECTOR_AT(&p->cited, size_t, i) == source) {
      return;
    }
  }
  if (!dem_vector_add(&p->cited, &source)) {
    p->wrap.out->has_failed = true;
  }
}

/// " [1][3]"
static void add_citations(plain *p, const dem_advice_reason *reason)
{
  for (size_t i = 0; i < reason->citation_count; ++i) {
    note_citation(p, reason->citations[i]);
  }
  const char *before = " ";
  for (size_t i = 0; i < p->cited.count; ++i) {
    if (cites(reason, DEM_VECTOR_AT(&p->cited, size_t, i))) {
      char text[32];
      (void)snprintf(text, sizeof text, "[%zu]", i + 1);
      add(p, DEM_STYLE_PLAIN, before);
      add(p, DEM_STYLE_DIM, text);
      before = "";
    }
  }
}

// In short ----------------------------------------------------------------------------

static void add_title(plain *p, const char *heading)
{
  const char *const subject = dem_advice_subject(p->advice);
  dem_wrap_begin(&p->wrap, "", 0);
  add(p, DEM_STYLE_HEADING, heading ? heading : "Advice");
  if (!heading && subject) {
    add(p, DEM_STYLE_HEADING, " for ");
    add(p, DEM_STYLE_HEADING, subject);
  }
  dem_wrap_end(&p->wrap);
  dem_wrap_begin(&p->wrap, "", 0);
  add(p, DEM_STYLE_DIM, p->advice->pack_title);
  add(p, DEM_STYLE_DIM, ", as of ");
  add(p, DEM_STYLE_DIM, p->advice->date);
  dem_wrap_end(&p->wrap);
}

static void begin_numbered(plain *p, size_t number)
{
  char margin[32];
  (void)snprintf(margin, sizeof margin, "%3zu. ", number);
  dem_wrap_begin(&p->wrap, margin, 5);
}

/// The answers that a possible thing hangs on.
static void add_hinges(plain *p, const dem_advice_reason *reason)
{
  dem_buffer text;
  dem_buffer_init(&text, p->wrap.out->allocator);
  dem_advice_add_hinges(reason, &text);
  if (text.size > 0) {
    dem_buffer_add_char(&text, '\0');
    add(p, DEM_STYLE_POSSIBLE, ", ");
    add(p, DEM_STYLE_POSSIBLE, text.has_failed ? "" : text.bytes);
  }
  p->wrap.out->has_failed = p->wrap.out->has_failed || text.has_failed;
  dem_buffer_clear(&text);
}

static void add_short_partner(plain *p, size_t index)
{
  const dem_advice_partner *const partner = &p->advice->partners[index];
  begin_numbered(p, index + 1);
  add(p, DEM_STYLE_STRONG, partner->label);
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    if (partner->purposes[i].label[0]) {
      add(p, DEM_STYLE_PLAIN, i == 0 ? ": " : "; ");
      add(p, DEM_STYLE_PLAIN, partner->purposes[i].label);
    }
  }
  if (!partner->is_certain) {
    add_hinges(p, dem_partner_first_reason(partner));
  }
  dem_wrap_end(&p->wrap);
}

enum {
  SHORT_COUNT = 7,    // Partners in the short answer: as many as a hurried reader takes in.
  POSSIBLE_COUNT = 3, // Possible items of a list: they show what an answer would bring.
};

static void add_short_partners(plain *p, size_t first, size_t end, const char *where)
{
  const size_t shown = end - first > SHORT_COUNT ? first + SHORT_COUNT : end;
  for (size_t i = first; i < shown; ++i) {
    add_short_partner(p, i);
  }
  if (shown < end) {
    char text[64];
    (void)snprintf(text, sizeof text, "and %zu more%s", end - shown, where);
    add_paragraph(p, "     ", 5, DEM_STYLE_DIM, text);
  }
}

static void add_summary(plain *p)
{
  const size_t certain = dem_advice_certain_count(p->advice);
  if (p->advice->partner_count == 0) {
    dem_wrap_blank(&p->wrap);
    add_paragraph(p, "", 0, DEM_STYLE_STRONG, "No partner follows from these answers.");
    return;
  }
  add_heading(p, certain > 0 ? "In short: work with" : "In short: nothing is certain yet");
  add_short_partners(p, 0, certain, ", below");
  if (certain < p->advice->partner_count) {
    add_paragraph(p, "  ", 2, DEM_STYLE_POSSIBLE,
                  "Possible, once the open questions are answered:");
  }
  add_short_partners(p, certain, p->advice->partner_count, "");
}

// Items ---------------------------------------------------------------------------------

static void add_item(plain *p, const dem_advice_item *item, const char *margin, size_t indent,
                     dem_style style)
{
  dem_wrap_begin(&p->wrap, margin, indent);
  if (!item->reason.is_certain) {
    add(p, DEM_STYLE_POSSIBLE, "Possibly: ");
  }
  add(p, style, item->text);
  add_citations(p, &item->reason);
  dem_wrap_end(&p->wrap);
  char deeper[16];
  (void)snprintf(deeper, sizeof deeper, "%*s", (int)indent, "");
  if (dem_advice_reason_adds(&item->reason, item->text)) {
    add_paragraph(p, deeper, indent, DEM_STYLE_DIM, item->reason.text);
  }
  if (item->route[0]) {
    dem_wrap_begin(&p->wrap, deeper, indent);
    add(p, DEM_STYLE_DIM, "Through: ");
    add(p, DEM_STYLE_PLAIN, item->route);
    dem_wrap_end(&p->wrap);
  }
}

/// Counts what is possible in a list, of which the first few are shown.
static bool is_shown(bool is_certain, size_t *possible)
{
  return is_certain || (*possible)++ < POSSIBLE_COUNT;
}

static void add_left_out(plain *p, size_t possible, size_t indent)
{
  if (possible > POSSIBLE_COUNT) {
    char margin[48];
    char text[64];
    (void)snprintf(margin, sizeof margin, "%*s", (int)indent, "");
    (void)snprintf(text, sizeof text, "and possibly %zu more", possible - POSSIBLE_COUNT);
    add_paragraph(p, margin, indent, DEM_STYLE_DIM, text);
  }
}

static void add_steps(plain *p, const dem_advice_items *steps, size_t indent)
{
  size_t possible = 0;
  for (size_t i = 0; i < steps->count; ++i) {
    char margin[48];
    (void)snprintf(margin, sizeof margin, "%*s%2zu. ", (int)indent, "", i + 1);
    if (is_shown(steps->items[i].reason.is_certain, &possible)) {
      add_item(p, &steps->items[i], margin, indent + 4, DEM_STYLE_PLAIN);
    }
  }
  add_left_out(p, possible, indent + 4);
}

static void add_bullets(plain *p, const dem_advice_items *items, size_t indent, char bullet,
                        dem_style style)
{
  size_t possible = 0;
  for (size_t i = 0; i < items->count; ++i) {
    char margin[48];
    (void)snprintf(margin, sizeof margin, "%*s %c  ", (int)indent, "", bullet);
    if (is_shown(items->items[i].reason.is_certain, &possible)) {
      add_item(p, &items->items[i], margin, indent + 4, style);
    }
  }
  add_left_out(p, possible, indent + 4);
}

// Partners ------------------------------------------------------------------------------

static void add_partner_line(plain *p, size_t index)
{
  const dem_advice_partner *const partner = &p->advice->partners[index];
  begin_numbered(p, index + 1);
  add(p, DEM_STYLE_STRONG, partner->label);
  add(p, DEM_STYLE_DIM, " (");
  if (partner->kind[0]) {
    add(p, DEM_STYLE_DIM, partner->kind);
    add(p, DEM_STYLE_DIM, ", ");
  }
  add(p, DEM_STYLE_DIM, "weight ");
  add_number(p, DEM_STYLE_DIM, partner->weight);
  add(p, DEM_STYLE_DIM, ")");
  if (!partner->is_certain) {
    add(p, DEM_STYLE_POSSIBLE, " possible");
  }
  dem_wrap_end(&p->wrap);
}

static void add_purpose(plain *p, const dem_advice_purpose *purpose)
{
  if (purpose->label[0]) {
    add_paragraph(p, "     ", 5, DEM_STYLE_CERTAIN, purpose->label);
  }
  size_t possible = 0;
  for (size_t i = 0; i < purpose->reason_count; ++i) {
    const dem_advice_reason *const reason = &purpose->reasons[i];
    if (!is_shown(reason->is_certain, &possible)) {
      continue;
    }
    dem_wrap_begin(&p->wrap, "      -  ", 9);
    if (!reason->is_certain) {
      add(p, DEM_STYLE_POSSIBLE, "Possibly");
      add_hinges(p, reason);
      add(p, DEM_STYLE_POSSIBLE, ": ");
    }
    add(p, DEM_STYLE_PLAIN, reason->text[0] ? reason->text : reason->rule);
    add_citations(p, reason);
    dem_wrap_end(&p->wrap);
  }
  add_left_out(p, possible, 9);
}

static void add_partner(plain *p, size_t index)
{
  const dem_advice_partner *const partner = &p->advice->partners[index];
  dem_wrap_blank(&p->wrap);
  add_partner_line(p, index);
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    add_purpose(p, &partner->purposes[i]);
  }
  if (partner->steps.count > 0) {
    add_paragraph(p, "     ", 5, DEM_STYLE_CERTAIN, "Steps");
    add_steps(p, &partner->steps, 5);
  }
  if (partner->caveats.count > 0) {
    add_paragraph(p, "     ", 5, DEM_STYLE_CAUTION, "Mind");
    add_bullets(p, &partner->caveats, 5, '!', DEM_STYLE_PLAIN);
  }
  if (partner->references.count > 0) {
    add_paragraph(p, "     ", 5, DEM_STYLE_CERTAIN, "See also");
    add_bullets(p, &partner->references, 5, '-', DEM_STYLE_PLAIN);
  }
}

static bool has_certain(const dem_advice *advice, dem_partner_group group)
{
  bool has = false;
  for (size_t i = 0; i < advice->partner_count; ++i) {
    const dem_advice_partner *const partner = &advice->partners[i];
    has = has || (partner->is_certain && dem_partner_group_has(group, partner));
  }
  return has;
}

static void add_partners(plain *p)
{
  for (int g = 0; g < DEM_GROUP_COUNT; ++g) {
    const dem_partner_group group = (dem_partner_group)g;
    if (!has_certain(p->advice, group)) {
      continue;
    }
    add_heading(p, dem_partner_group_title(group, p->advice));
    for (size_t i = 0; i < p->advice->partner_count; ++i) {
      // What is only possible has its line in the short answer; JSON tells all of it.
      if (p->advice->partners[i].is_certain &&
          dem_partner_group_has(group, &p->advice->partners[i])) {
        add_partner(p, i);
      }
    }
  }
}

// The rest ------------------------------------------------------------------------------

static void add_general_items(plain *p)
{
  const dem_advice *const advice = p->advice;
  if (advice->steps.count > 0) {
    add_heading(p, "Steps with any partner");
    add_steps(p, &advice->steps, 1);
  }
  if (advice->caveats.count > 0) {
    add_heading(p, "Mind");
    add_bullets(p, &advice->caveats, 1, '!', DEM_STYLE_PLAIN);
  }
  if (advice->references.count > 0) {
    add_heading(p, "See also");
    add_bullets(p, &advice->references, 1, '-', DEM_STYLE_PLAIN);
  }
}

static void add_answer(plain *p, const dem_advice_answer *answer)
{
  dem_wrap_begin(&p->wrap, "  ", 4);
  add(p, DEM_STYLE_STRONG, answer->field);
  add(p, DEM_STYLE_PLAIN, ": ");
  for (size_t i = 0; i < answer->value_count; ++i) {
    add(p, DEM_STYLE_PLAIN, i == 0 ? "" : "; ");
    add(p, DEM_STYLE_PLAIN, answer->labels[i]);
  }
  if (answer->value_count == 0) {
    add(p, DEM_STYLE_PLAIN, "none");
  }
  if (answer->is_known) {
    add(p, DEM_STYLE_DIM, " (from the knowledge base)");
  }
  dem_wrap_end(&p->wrap);
}

static void add_answers(plain *p)
{
  if (dem_advice_open_count(p->advice) == p->advice->answer_count) {
    return;
  }
  add_heading(p, "It rests on these answers");
  for (size_t i = 0; i < p->advice->answer_count; ++i) {
    if (!p->advice->answers[i].is_open) {
      add_answer(p, &p->advice->answers[i]);
    }
  }
}

static void add_questions(plain *p)
{
  if (dem_advice_relevant_count(p->advice) == 0) {
    return;
  }
  add_heading(p, "Open questions that advice hangs on");
  for (size_t i = 0; i < p->advice->answer_count; ++i) {
    const dem_advice_answer *const answer = &p->advice->answers[i];
    if (answer->is_relevant) {
      dem_wrap_begin(&p->wrap, "  ", 4);
      add(p, DEM_STYLE_STRONG, answer->field);
      add(p, DEM_STYLE_PLAIN, ": ");
      add(p, DEM_STYLE_PLAIN, answer->ask);
      dem_wrap_end(&p->wrap);
    }
  }
}

/// A part of a source's description, after what stands before it.
static void add_source_part(plain *p, const char *before, const char *text)
{
  if (text[0]) {
    add(p, DEM_STYLE_PLAIN, before);
    add(p, DEM_STYLE_PLAIN, text);
  }
}

static bool is_same_source(const dem_advice_source *a, const dem_advice_source *b)
{
  const size_t size = strcspn(a->id, "/");
  return size == strcspn(b->id, "/") && memcmp(a->id, b->id, size) == 0;
}

/// The first number that stands for a section of the same source, or for all of it.
static size_t first_number(const plain *p, const dem_advice_source *source)
{
  size_t number = 0;
  while (!is_same_source(&p->advice->sources[DEM_VECTOR_AT(&p->cited, size_t, number)], source)) {
    ++number;
  }
  return number;
}

static void add_source(plain *p, size_t number)
{
  const dem_advice_source *const source =
      &p->advice->sources[DEM_VECTOR_AT(&p->cited, size_t, number)];
  const size_t first = first_number(p, source);
  char text[32];
  (void)snprintf(text, sizeof text, "  [%zu] ", number + 1);
  dem_wrap_begin(&p->wrap, text, 6);
  if (first < number) {
    (void)snprintf(text, sizeof text, "As [%zu]", first + 1);
    add(p, DEM_STYLE_PLAIN, text);
    add_source_part(p, ", ", source->section);
    add(p, DEM_STYLE_PLAIN, ".");
  } else {
    add_source_part(p, "", source->author);
    add_source_part(p, source->author[0] ? ": " : "", source->title);
    add_source_part(p, ", ", source->section);
    add_source_part(p, ". ", source->work);
    add_source_part(p, ". ", source->publisher);
    add_source_part(p, ", ", source->date);
    const size_t size = strlen(source->date);
    add(p, DEM_STYLE_PLAIN, size > 0 && source->date[size - 1] == '.' ? "" : "."); // "n.d."
    add_source_part(p, " ", source->url);
  }
  if (source->as_of[0]) {
    add(p, DEM_STYLE_DIM, " (checked ");
    add(p, DEM_STYLE_DIM, source->as_of);
    add(p, DEM_STYLE_DIM, ")");
  }
  dem_wrap_end(&p->wrap);
}

/// Those that were cited above.
static void add_sources(plain *p)
{
  if (p->cited.count > 0) {
    add_heading(p, "Sources");
  }
  for (size_t i = 0; i < p->cited.count; ++i) {
    add_source(p, i);
  }
}

static void add_colophon(plain *p)
{
  dem_wrap_blank(&p->wrap);
  dem_wrap_begin(&p->wrap, "", 0);
  add(p, DEM_STYLE_DIM, "Pack ");
  add(p, DEM_STYLE_DIM, p->advice->pack_name);
  add(p, DEM_STYLE_DIM, " ");
  add(p, DEM_STYLE_DIM, p->advice->pack_version);
  add(p, DEM_STYLE_DIM, ", for ");
  add(p, DEM_STYLE_DIM, p->advice->date);
  add(p, DEM_STYLE_DIM, ", SHA-256 ");
  add(p, DEM_STYLE_DIM, p->advice->pack_sha256);
  dem_wrap_end(&p->wrap);
}

void dem_plain_render(const dem_advice *advice, const dem_render_options *options, dem_buffer *out)
{
  plain p = {.advice = advice};
  dem_wrap_init(&p.wrap, out, options->width, options->has_color);
  dem_vector_init(&p.cited, out->allocator, sizeof(size_t));
  add_title(&p, options->heading);
  add_summary(&p);
  add_partners(&p);
  add_general_items(&p);
  add_answers(&p);
  add_questions(&p);
  add_sources(&p);
  add_colophon(&p);
  dem_vector_clear(&p.cited);
  dem_wrap_clear(&p.wrap);
}
