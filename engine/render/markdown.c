// SPDX-License-Identifier: Apache-2.0

// An advice as Markdown.

#include "render/markdown.h"

#include <stdio.h>

#include "model/saying.h"
#include "render/citing.h"
#include "render/digest.h"
#include "render/escape.h"
#include "render/outline.h"

typedef struct markdown {
  const dem_advice *advice;
  dem_buffer *out;
  dem_numbering cited;
} markdown;

static void raw(markdown *m, const char *text)
{
  dem_buffer_add_text(m->out, text);
}

static void add(markdown *m, const char *text)
{
  dem_escape_markdown(dem_slice_of(text), m->out);
}

/// One of the engine's own words, escaped as all texts of a pack are. Places are filled in with
/// what is Markdown already.
static void add_piece(void *context, dem_slice text, size_t value)
{
  markdown *const m = context;
  if (value == SIZE_MAX) {
    dem_escape_markdown(text, m->out);
  } else {
    dem_buffer_add(m->out, text);
  }
}

static void say(markdown *m, dem_said said)
{
  dem_say_each(m->advice->language, &said, add_piece, m);
}

/// One without places.
static const char *words(const markdown *m, dem_saying saying)
{
  return dem_saying_plain(m->advice->language, saying);
}

/// A text as Markdown between marks, to be put into a place; with a zero byte. The buffer is the
/// caller's.
static const char *marked(markdown *m, const char *marks, const char *text, dem_buffer *room)
{
  dem_buffer_init(room, m->out->allocator);
  dem_buffer_add_text(room, marks);
  dem_escape_markdown(dem_slice_of(text), room);
  dem_buffer_add_text(room, marks);
  dem_buffer_add_char(room, '\0');
  m->out->has_failed = m->out->has_failed || room->has_failed;
  return room->has_failed ? "" : room->bytes;
}

/// A saying with one or two places, which are escaped.
static void say_of(markdown *m, dem_saying saying, const char *first, const char *second)
{
  dem_buffer a;
  dem_buffer b;
  const char *const values[] = {marked(m, "", first, &a), marked(m, "", second, &b)};
  say(m, (dem_said){.saying = saying, .values = values});
  dem_buffer_clear(&b);
  dem_buffer_clear(&a);
}

/// End the block before: one empty line, however it ended.
static void end_block(markdown *m)
{
  const dem_buffer *const out = m->out;
  if (out->size < 2 || out->bytes[out->size - 1] != '\n' || out->bytes[out->size - 2] != '\n') {
    raw(m, "\n");
  }
}

static void add_heading(markdown *m, const char *marks, const char *text)
{
  end_block(m);
  dem_buffer_add_format(m->out, "%s ", marks);
  add(m, text);
  raw(m, "\n\n");
}

// Citations -----------------------------------------------------------------------------

/// " [1, 3]": the numbers that were found last. Brackets alone could make a link of the text.
static void add_numbers(markdown *m, size_t count)
{
  for (size_t i = 0; i < count; ++i) {
    dem_buffer_add_format(m->out, i == 0 ? " \\[%zu" : ", %zu", m->cited.shown[i]);
  }
  raw(m, count > 0 ? "\\]" : "");
}

static void add_citations(markdown *m, const dem_advice_reason *reason, dem_citing citing,
                          const dem_advice_partner *partner)
{
  add_numbers(m, dem_numbering_add(&m->cited, reason, citing, partner));
}

/// What each of a partner's reasons rests on.
static void add_common_citations(markdown *m, const dem_advice_partner *partner)
{
  add_numbers(m, dem_numbering_add_common(&m->cited, partner));
}

/// Add what another function appended to a buffer, after what stands before it.
static void add_buffer(markdown *m, const char *before, dem_buffer *text)
{
  if (text->size > 0) {
    raw(m, before);
    dem_escape_markdown(dem_buffer_slice(text), m->out);
  }
  m->out->has_failed = m->out->has_failed || text->has_failed;
  dem_buffer_clear(text);
}

/// The answers that a possible thing hangs on, from the `first` on.
static void add_hinges(markdown *m, const dem_advice_reason *reason, size_t first,
                       const char *before)
{
  dem_buffer text;
  dem_buffer_init(&text, m->out->allocator);
  dem_advice_add_hinges(m->advice, reason, first, &text);
  add_buffer(m, before, &text);
}

// In short ----------------------------------------------------------------------------

static void add_title(markdown *m, const char *heading)
{
  const char *const subject = dem_advice_subject(m->advice);
  raw(m, "# ");
  if (heading || !subject) {
    add(m, heading ? heading : words(m, DEM_SAY_ADVICE));
  } else {
    say_of(m, DEM_SAY_ADVICE_FOR, subject, "");
  }
  raw(m, "\n\n");
  say_of(m, DEM_SAY_TITLE_AS_OF, m->advice->pack_title, m->advice->date);
  raw(m, ".\n");
}

static void add_summary_row(markdown *m, size_t index)
{
  const dem_advice_partner *const partner = &m->advice->partners[index];
  size_t shown = 0;
  dem_buffer_add_format(m->out, "| %zu | ", index + 1);
  add(m, partner->label);
  raw(m, " | ");
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    if (dem_digest_has_purpose(partner, &partner->purposes[i])) {
      add(m, shown++ == 0 ? "" : words(m, DEM_SAY_SEMICOLON));
      add(m, partner->purposes[i].label);
    }
  }
  raw(m, " | ");
  dem_buffer_add_integer(m->out, partner->weight);
  raw(m, " |\n");
}

static void add_summary_head(markdown *m, bool has_rows)
{
  static const dem_saying columns[] = {DEM_SAY_COLUMN_PARTNER, DEM_SAY_COLUMN_FOR,
                                       DEM_SAY_COLUMN_WEIGHT};
  if (!has_rows) {
    add(m, words(m, DEM_SAY_NO_PARTNER_CERTAIN));
    raw(m, ".\n");
    return;
  }
  raw(m, "| |");
  for (size_t i = 0; i < sizeof columns / sizeof *columns; ++i) {
    raw(m, " ");
    add(m, words(m, columns[i]));
    raw(m, " |");
  }
  raw(m, "\n| --: | :-- | :-- | --: |\n");
}

static void add_summary(markdown *m)
{
  const size_t certain = dem_advice_certain_count(m->advice);
  const size_t possible = m->advice->partner_count - certain;
  if (m->advice->partner_count == 0) {
    raw(m, "\n");
    add(m, words(m, DEM_SAY_NO_PARTNER));
    raw(m, "\n");
    return;
  }
  raw(m, "\n");
  add_summary_head(m, certain > 0);
  for (size_t i = 0; i < certain; ++i) {
    add_summary_row(m, i);
  }
  if (possible > 0) {
    raw(m, "\n");
    say(m, DEM_SAID_COUNT(POSSIBLE_ONCE, possible));
    raw(m, "\n");
  }
}

// Partners ------------------------------------------------------------------------------

/// How a list of items is told.
typedef struct list_form {
  dem_saying title;
  bool is_numbered;
} list_form;

static const list_form list_forms[] = {
    [DEM_LIST_STEPS] = {DEM_SAY_STEPS, true},
    [DEM_LIST_CAVEATS] = {DEM_SAY_MIND, false},
    [DEM_LIST_REFERENCES] = {DEM_SAY_SEE_ALSO, false},
};

/// "*Why:* …": what stands before a saying's place is stressed, the blanks at its end aside.
static void say_lead(markdown *m, dem_saying saying, const char *text)
{
  dem_buffer lead;
  dem_buffer_init(&lead, m->out->allocator);
  dem_say(&lead, m->advice->language,
          (dem_said){.saying = saying, .values = (const char *const[]){""}});
  dem_slice shown = dem_slice_trim(dem_buffer_slice(&lead));
  raw(m, "*");
  dem_escape_markdown(shown, m->out);
  raw(m, "* ");
  add(m, text);
  m->out->has_failed = m->out->has_failed || lead.has_failed;
  dem_buffer_clear(&lead);
}

static void add_item(markdown *m, const dem_advice_partner *partner, const dem_advice_item *item,
                     const char *indent, bool has_route)
{
  add(m, item->text);
  add_citations(m, &item->reason, DEM_CITING_BEYOND_REASONS, partner);
  raw(m, "\n");
  if (dem_advice_reason_adds(&item->reason, item->text)) {
    raw(m, indent);
    say_lead(m, DEM_SAY_WHY_ITEM, item->reason.text);
    raw(m, "\n");
  }
  if (has_route && item->route[0]) {
    raw(m, indent);
    say_lead(m, DEM_SAY_THROUGH, item->route);
    raw(m, "\n");
  }
}

static void add_items(markdown *m, const dem_advice_partner *partner, const dem_advice_items *items,
                      bool is_numbered, bool has_route)
{
  size_t shown = 0;
  for (size_t i = 0; i < items->count; ++i) {
    if (dem_digest_has_item(partner, &items->items[i])) {
      if (is_numbered) {
        dem_buffer_add_format(m->out, "%zu. ", ++shown);
      } else {
        raw(m, "- ");
      }
      add_item(m, partner, &items->items[i], is_numbered ? "   " : "  ", has_route);
    }
  }
}

/// "**Steps**: as with 1, African Development Bank", "**Steps**, through: …", "**Steps**"
/// @param same  The partner that the list is told of already; SIZE_MAX: none.
static void add_list_title(markdown *m, const char *title, size_t same, const char *route)
{
  dem_buffer list;
  dem_buffer other;
  char rank[24];
  (void)snprintf(rank, sizeof rank, "%zu", same + 1);
  const char *const marked_title = marked(m, "**", title, &list);
  const char *const text = same != SIZE_MAX ? m->advice->partners[same].label : route ? route : "";
  const char *const marked_text = marked(m, "", text, &other);
  if (same != SIZE_MAX) {
    say(m, DEM_SAID(LIST_AS_WITH, marked_title, rank, marked_text));
  } else if (route) {
    say(m, DEM_SAID(LIST_THROUGH, marked_title, marked_text));
  } else {
    raw(m, marked_title);
  }
  dem_buffer_clear(&other);
  dem_buffer_clear(&list);
}

/// One of a partner's lists, with the route that all of its items share; what was said of another
/// partner word for word is referred to.
static void add_list(markdown *m, size_t index, dem_item_list list)
{
  const dem_advice_partner *const partner = &m->advice->partners[index];
  const dem_advice_items *const items = dem_partner_list(partner, list);
  const list_form *const form = &list_forms[list];
  const size_t same = dem_digest_same_list(m->advice, index, list);
  const char *const route = dem_digest_route(partner, items);
  if (dem_digest_item_count(partner, items) == 0) {
    return;
  }
  add_list_title(m, words(m, form->title), same == index ? SIZE_MAX : same, route);
  raw(m, "\n\n");
  if (same != index) {
    return;
  }
  add_items(m, partner, items, form->is_numbered, !route);
  raw(m, "\n");
}

static void add_purpose(markdown *m, const dem_advice_partner *partner,
                        const dem_advice_purpose *purpose)
{
  if (!dem_digest_has_purpose(partner, purpose)) {
    return;
  }
  if (purpose->label[0]) {
    raw(m, "**");
    add(m, purpose->label);
    raw(m, "**\n\n");
  }
  for (size_t i = 0; i < purpose->reason_count; ++i) {
    const dem_advice_reason *const reason = &purpose->reasons[i];
    if (dem_digest_has_reason(partner, reason)) {
      dem_buffer_add_format(m->out, "- (%+lld) ", (long long)reason->weight);
      add(m, reason->text[0] ? reason->text : reason->rule);
      add_citations(m, reason, DEM_CITING_BEYOND_PARTNER, partner);
      raw(m, "\n");
    }
  }
  raw(m, "\n");
}

/// What further answers could add.
static void add_left_out(markdown *m, const dem_advice_partner *partner)
{
  dem_buffer text;
  dem_buffer_init(&text, m->out->allocator);
  dem_digest_add_left_out(m->advice, partner, &text);
  const bool has_any = text.size > 0;
  add_buffer(m, "*", &text);
  raw(m, has_any ? "*\n\n" : "");
}

static void add_partner(markdown *m, size_t index)
{
  const dem_advice_partner *const partner = &m->advice->partners[index];
  end_block(m);
  dem_buffer_add_format(m->out, "### %zu. ", index + 1);
  add(m, partner->label);
  raw(m, "\n\n");
  if (partner->kind_words[0]) {
    add(m, partner->kind_words);
    add(m, words(m, DEM_SAY_COMMA));
  }
  char weight[24];
  (void)snprintf(weight, sizeof weight, "%lld", (long long)partner->weight);
  say(m, DEM_SAID(WEIGHT, weight));
  add_common_citations(m, partner);
  raw(m, "\n\n");
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    add_purpose(m, partner, &partner->purposes[i]);
  }
  add_list(m, index, DEM_LIST_STEPS);
  add_list(m, index, DEM_LIST_CAVEATS);
  add_list(m, index, DEM_LIST_REFERENCES);
  add_left_out(m, partner);
}

static void add_partners(markdown *m)
{
  for (int g = 0; g < DEM_GROUP_COUNT; ++g) {
    const dem_partner_group group = (dem_partner_group)g;
    if (dem_partner_group_certain(group, m->advice) == 0) {
      continue;
    }
    add_heading(m, "##", dem_partner_group_title(group, m->advice));
    for (size_t i = 0; i < m->advice->partner_count; ++i) {
      const dem_advice_partner *const partner = &m->advice->partners[i];
      if (partner->is_certain && dem_partner_group_has(group, partner)) {
        add_partner(m, i);
      }
    }
  }
}

// Possible partners -----------------------------------------------------------------------

static void add_possible_partner(markdown *m, size_t index)
{
  const dem_advice_partner *const partner = &m->advice->partners[index];
  size_t shown = 0;
  raw(m, "- **"); // Its rank would make a list of it.
  add(m, partner->label);
  raw(m, "**");
  add_hinges(m, dem_partner_first_reason(partner), 1, words(m, DEM_SAY_COMMA));
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    if (dem_digest_purpose_adds(partner, &partner->purposes[i])) {
      add(m, words(m, shown++ == 0 ? DEM_SAY_COLON : DEM_SAY_SEMICOLON));
      add(m, partner->purposes[i].label);
    }
  }
  raw(m, "\n");
}

/// A text without the blanks at its end, which would break a line.
static void add_end(markdown *m, const char *text)
{
  dem_slice end = dem_slice_of(text);
  while (end.size > 0 && end.bytes[end.size - 1] == ' ') {
    --end.size;
  }
  dem_escape_markdown(end, m->out);
}

static void add_possible_group(markdown *m, size_t first)
{
  const dem_advice_partner *const partners = m->advice->partners;
  const dem_advice_reason *const reason = dem_partner_first_reason(&partners[first]);
  const dem_advice_reason hinge = {.hinge_count = reason->hinge_count > 0,
                                   .hinges = reason->hinges};
  end_block(m);
  add_hinges(m, &hinge, 0, "");
  add(m, hinge.hinge_count > 0 ? "" : words(m, DEM_SAY_WITH_FURTHER_ANSWERS));
  add_end(m, words(m, DEM_SAY_COLON));
  raw(m, "\n\n");
  for (size_t i = first; i < m->advice->partner_count; ++i) {
    if (dem_digest_is_same_group(&partners[first], &partners[i])) {
      add_possible_partner(m, i);
    }
  }
}

static void add_possible_partners(markdown *m)
{
  size_t first = dem_digest_next_group(m->advice, 0);
  if (first < m->advice->partner_count) {
    add_heading(m, "##", words(m, DEM_SAY_POSSIBLE_PARTNERS_BY));
  }
  for (; first < m->advice->partner_count; first = dem_digest_next_group(m->advice, first + 1)) {
    add_possible_group(m, first);
  }
}

// The rest ------------------------------------------------------------------------------

/// A section of its own; nothing at all when it is empty.
static void add_section(markdown *m, const char *title, const dem_advice_items *items,
                        bool is_numbered)
{
  if (dem_digest_item_count(NULL, items) > 0) {
    add_heading(m, "##", title);
    add_items(m, NULL, items, is_numbered, true);
  }
}

static void add_ruled_out(markdown *m)
{
  if (m->advice->ruled_out_count > 0) {
    add_heading(m, "##", words(m, DEM_SAY_CONSIDERED));
  }
  for (size_t i = 0; i < m->advice->ruled_out_count; ++i) {
    const dem_advice_ruled_out *const item = &m->advice->ruled_out[i];
    raw(m, "- **");
    add(m, item->label);
    raw(m, "**");
    add(m, words(m, DEM_SAY_COLON));
    dem_buffer text;
    dem_buffer_init(&text, m->out->allocator);
    dem_digest_add_deciding(m->advice, item, &text);
    add_buffer(m, "", &text);
    raw(m, "\n");
  }
}

static void add_answers(markdown *m)
{
  if (dem_advice_open_count(m->advice) == m->advice->answer_count) {
    return;
  }
  add_heading(m, "##", words(m, DEM_SAY_ANSWERS));
  for (size_t i = 0; i < m->advice->answer_count; ++i) {
    const dem_advice_answer *const answer = &m->advice->answers[i];
    if (answer->is_open) {
      continue;
    }
    raw(m, "- ");
    add(m, answer->name);
    add(m, words(m, DEM_SAY_COLON));
    add(m, answer->value_count > 0 ? "" : words(m, DEM_SAY_NONE));
    for (size_t j = 0; j < answer->value_count; ++j) {
      add(m, j == 0 ? "" : words(m, DEM_SAY_SEMICOLON));
      add(m, answer->labels[j]);
    }
    if (answer->is_known) {
      raw(m, " ");
      add(m, words(m, DEM_SAY_FROM_KNOWLEDGE_BASE));
    }
    raw(m, "\n");
  }
}

static void add_questions(markdown *m)
{
  if (dem_advice_relevant_count(m->advice) == 0) {
    return;
  }
  add_heading(m, "##", words(m, DEM_SAY_OPEN_QUESTIONS_ADVICE));
  for (size_t i = 0; i < m->advice->answer_count; ++i) {
    const dem_advice_answer *const answer = &m->advice->answers[i];
    if (answer->is_relevant) {
      raw(m, "- ");
      add(m, answer->name);
      add(m, words(m, DEM_SAY_COLON));
      add(m, answer->ask);
      raw(m, "\n");
    }
  }
}

static void add_source_part(markdown *m, const char *before, const char *text)
{
  if (text[0]) {
    raw(m, before);
    add(m, text);
  }
}

/// The title, as a link where the source has an address.
static void add_source_title(markdown *m, const dem_advice_source *source)
{
  dem_buffer url;
  dem_buffer_init(&url, m->out->allocator);
  const bool is_link = dem_escape_url(dem_slice_of(source->url), &url);
  raw(m, is_link ? "[" : "");
  add(m, source->title);
  if (is_link) {
    raw(m, "](");
    dem_buffer_add(m->out, dem_buffer_slice(&url));
    raw(m, ")");
  }
  m->out->has_failed = m->out->has_failed || url.has_failed;
  dem_buffer_clear(&url);
}

/// A source in full; of a document that was named before, the section alone.
static void add_source(markdown *m, size_t number)
{
  const dem_advice_source *const source = &m->advice->sources[m->cited.sources[number - 1]];
  const size_t first = dem_numbering_first(&m->cited, number);
  dem_buffer_add_format(m->out, "%zu. ", number);
  if (first < number) {
    char earlier[24];
    (void)snprintf(earlier, sizeof earlier, "%zu", first);
    say_of(m, DEM_SAY_SOURCE_AS, earlier,
           source->section[0] ? source->section : words(m, DEM_SAY_AS_A_WHOLE));
  } else {
    add_source_part(m, "", source->author);
    add(m, source->author[0] ? words(m, DEM_SAY_COLON) : "");
    add_source_title(m, source);
    add_source_part(m, ", ", source->section);
    add_source_part(m, ". ", source->work);
    add_source_part(m, ". ", source->publisher);
    add_source_part(m, ", ", source->date);
    raw(m, dem_sentence_end(dem_source_last_part(source)));
  }
  if (source->as_of[0]) {
    raw(m, " ");
    say_of(m, DEM_SAY_CHECKED, source->as_of, "");
  }
  raw(m, "\n");
}

/// Those that were cited above.
static void add_sources(markdown *m)
{
  if (m->cited.count > 0) {
    add_heading(m, "##", words(m, DEM_SAY_SOURCES));
  }
  for (size_t number = 1; number <= m->cited.count; ++number) {
    add_source(m, number);
  }
}

static void add_colophon(markdown *m)
{
  const dem_advice *const advice = m->advice;
  char hash[80];
  dem_buffer name;
  dem_buffer version;
  (void)snprintf(hash, sizeof hash, "`%.64s`", advice->pack_sha256);
  const char *const marked_name = marked(m, "", advice->pack_name, &name);
  const char *const marked_version = marked(m, "", advice->pack_version, &version);
  say(m, DEM_SAID(PACK_LINE, marked_name, marked_version, advice->date, hash));
  raw(m, ".\n");
  dem_buffer_clear(&version);
  dem_buffer_clear(&name);
}

static void add_all(markdown *m, const char *heading)
{
  const dem_advice *const advice = m->advice;
  add_title(m, heading);
  add_summary(m);
  add_partners(m);
  add_possible_partners(m);
  add_section(m, words(m, DEM_SAY_STEPS_WITH_ANY), &advice->steps, true);
  add_section(m, words(m, DEM_SAY_MIND), &advice->caveats, false);
  add_section(m, words(m, DEM_SAY_SEE_ALSO), &advice->references, false);
  add_ruled_out(m);
  add_answers(m);
  add_questions(m);
  add_sources(m);
  end_block(m);
  add_colophon(m);
}

void dem_markdown_render(const dem_advice *advice, const dem_render_options *options,
                         dem_buffer *out)
{
  markdown m = {.advice = advice, .out = out};
  if (dem_numbering_init(&m.cited, advice, out->allocator)) {
    add_all(&m, options->heading);
  } else {
    out->has_failed = true;
  }
  dem_numbering_clear(&m.cited);
}
