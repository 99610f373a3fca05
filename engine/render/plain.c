// SPDX-License-Identifier: Apache-2.0

// An advice as text.
//
//   Advice for Morocco                          whom, and on what
//   ...
//   In short: work with                         a line a partner: enough for a hurried reader
//     1. African Development Bank: Access to funding
//
//   Outside the United Nations                  the same partners: reasons, steps, what to mind
//     1. African Development Bank  development bank, weight 205 [1, 19]
//        ...
//   Possible partners                           by the answers that they hang on
//   Sources                                     what the numbers in brackets stand for
//
// The short form leaves out what hangs on open questions, why a step is one, and what repeats what
// stands elsewhere; the full one leaves out nothing.

#include "render/plain.h"

#include <stdio.h>

#include "render/citing.h"
#include "render/digest.h"
#include "render/outline.h"
#include "render/wrap.h"

typedef struct plain {
  const dem_advice *advice;
  dem_wrap wrap;
  bool is_full;
  bool has_left_out; ///< The full form tells more.
  dem_numbering cited;
} plain;

static void add(plain *p, dem_style style, const char *text)
{
  dem_wrap_add_text(&p->wrap, style, text);
}

/// One of the engine's own words, of one style.
static void say(plain *p, dem_style style, dem_said said)
{
  dem_wrap_say(&p->wrap, p->advice->language, style, said);
}

/// One without places.
static const char *words(const plain *p, dem_saying saying)
{
  return dem_saying_plain(p->advice->language, saying);
}

/// Add what another function appended to a buffer.
static void add_buffer(plain *p, dem_style style, dem_buffer *text)
{
  dem_wrap_add(&p->wrap, style, dem_buffer_slice(text));
  p->wrap.out->has_failed = p->wrap.out->has_failed || text->has_failed;
  dem_buffer_clear(text);
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

/// A paragraph that is one of the engine's own words.
static void say_paragraph(plain *p, const char *margin, size_t indent, dem_style style,
                          dem_said said)
{
  dem_wrap_begin(&p->wrap, margin, indent);
  say(p, style, said);
  dem_wrap_end(&p->wrap);
}

// Citations -----------------------------------------------------------------------------

/// " [1, 3]": the numbers that were found last.
static void add_numbers(plain *p, size_t count)
{
  for (size_t i = 0; i < count; ++i) {
    char text[32];
    (void)snprintf(text, sizeof text, i == 0 ? "[%zu" : ", %zu", p->cited.shown[i]);
    add(p, DEM_STYLE_PLAIN, i == 0 ? " " : "");
    add(p, DEM_STYLE_DIM, text);
  }
  add(p, DEM_STYLE_DIM, count > 0 ? "]" : "");
}

static void add_citations(plain *p, const dem_advice_reason *reason, dem_citing citing,
                          const dem_advice_partner *partner)
{
  add_numbers(p,
              dem_numbering_add(&p->cited, reason, p->is_full ? DEM_CITING_ALL : citing, partner));
}

/// What each of a partner's reasons rests on; in full every reason says so itself.
static void add_common_citations(plain *p, const dem_advice_partner *partner)
{
  if (!p->is_full) {
    add_numbers(p, dem_numbering_add_common(&p->cited, partner));
  }
}

/// The answers that a possible thing hangs on, from the `first` on.
static void add_hinges(plain *p, const dem_advice_reason *reason, size_t first, const char *before)
{
  dem_buffer text;
  dem_buffer_init(&text, p->wrap.out->allocator);
  dem_advice_add_hinges(p->advice, reason, first, &text);
  if (text.size > 0) {
    add(p, DEM_STYLE_POSSIBLE, before);
  }
  add_buffer(p, DEM_STYLE_POSSIBLE, &text);
}

static void add_possibly(plain *p, const dem_advice_reason *reason)
{
  dem_buffer text;
  if (reason->is_certain) {
    return;
  }
  dem_buffer_init(&text, p->wrap.out->allocator);
  dem_advice_add_hinges(p->advice, reason, 0, &text);
  const bool has_any = text.size > 0;
  dem_buffer_add_char(&text, '\0');
  if (has_any && !text.has_failed) {
    say(p, DEM_STYLE_POSSIBLE, DEM_SAID(POSSIBLY_IF, text.bytes));
  } else {
    say(p, DEM_STYLE_POSSIBLE, (dem_said){.saying = DEM_SAY_POSSIBLY});
  }
  add(p, DEM_STYLE_POSSIBLE, " ");
  p->wrap.out->has_failed = p->wrap.out->has_failed || text.has_failed;
  dem_buffer_clear(&text);
}

// In short ------------------------------------------------------------------------------

static void add_title(plain *p, const char *heading)
{
  dem_buffer title;
  dem_buffer_init(&title, p->wrap.out->allocator);
  if (heading) {
    dem_buffer_add_text(&title, heading);
  } else {
    dem_advice_add_title(p->advice, &title);
  }
  dem_wrap_begin(&p->wrap, "", 0);
  add_buffer(p, DEM_STYLE_HEADING, &title);
  dem_wrap_end(&p->wrap);
  say_paragraph(p, "", 0, DEM_STYLE_DIM,
                DEM_SAID(TITLE_AS_OF, p->advice->pack_title, p->advice->date));
}

static void begin_numbered(plain *p, size_t number)
{
  char margin[32];
  (void)snprintf(margin, sizeof margin, "%3zu. ", number);
  dem_wrap_begin(&p->wrap, margin, 5);
}

/// Partner and purposes in one line.
static void add_short_partner(plain *p, size_t index)
{
  const dem_advice_partner *const partner = &p->advice->partners[index];
  size_t shown = 0;
  begin_numbered(p, index + 1);
  add(p, DEM_STYLE_STRONG, partner->label);
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    const dem_advice_purpose *const purpose = &partner->purposes[i];
    if (purpose->label[0] && dem_digest_has_purpose(partner, purpose)) {
      add(p, DEM_STYLE_PLAIN, words(p, shown++ == 0 ? DEM_SAY_COLON : DEM_SAY_SEMICOLON));
      add(p, DEM_STYLE_PLAIN, purpose->label);
    }
  }
  dem_wrap_end(&p->wrap);
}

enum { SHORT_COUNT = 7 }; // As many as a hurried reader takes in; the others follow below.

static void add_summary(plain *p)
{
  const size_t certain = dem_advice_certain_count(p->advice);
  const size_t possible = p->advice->partner_count - certain;
  const size_t shown = certain > SHORT_COUNT ? SHORT_COUNT : certain;
  if (p->advice->partner_count == 0) {
    dem_wrap_blank(&p->wrap);
    add_paragraph(p, "", 0, DEM_STYLE_STRONG, words(p, DEM_SAY_NO_PARTNER));
    return;
  }
  add_heading(p, words(p, certain > 0 ? DEM_SAY_IN_SHORT_WORK_WITH : DEM_SAY_IN_SHORT_NOTHING));
  for (size_t i = 0; i < shown; ++i) {
    add_short_partner(p, i);
  }
  if (shown < certain) {
    say_paragraph(p, "     ", 5, DEM_STYLE_DIM, DEM_SAID_COUNT(MORE_BELOW, certain - shown));
  }
  if (possible > 0) {
    say_paragraph(p, "     ", 5, DEM_STYLE_POSSIBLE, DEM_SAID_COUNT(POSSIBLE_ONCE, possible));
  }
}

// Items ---------------------------------------------------------------------------------

/// How a list of items is told.
typedef struct list_form {
  dem_saying title;
  dem_style style;  ///< Of the title.
  char bullet;      ///< 0: numbers.
  bool has_reasons; ///< Also in the short form.
  size_t most;      ///< In the short form; the others are counted.
} list_form;

static const list_form list_forms[] = {
    [DEM_LIST_STEPS] = {DEM_SAY_STEPS, DEM_STYLE_CERTAIN, '\0', false, SIZE_MAX},
    [DEM_LIST_CAVEATS] = {DEM_SAY_MIND, DEM_STYLE_CAUTION, '!', true, SIZE_MAX},
    [DEM_LIST_REFERENCES] = {DEM_SAY_SEE_ALSO, DEM_STYLE_CERTAIN, '-', false, 3},
};

static bool has_item(const plain *p, const dem_advice_partner *partner, const dem_advice_item *item)
{
  return p->is_full || dem_digest_has_item(partner, item);
}

static void add_item(plain *p, const dem_advice_partner *partner, const dem_advice_item *item,
                     const char *margin, size_t indent, const list_form *form, bool has_route)
{
  char deeper[16];
  (void)snprintf(deeper, sizeof deeper, "%*s", (int)indent, "");
  dem_wrap_begin(&p->wrap, margin, indent);
  add_possibly(p, &item->reason);
  add(p, DEM_STYLE_PLAIN, item->text);
  add_citations(p, &item->reason,
                item->reason.is_certain ? DEM_CITING_BEYOND_REASONS : DEM_CITING_ALL, partner);
  dem_wrap_end(&p->wrap);
  if (has_route && item->route[0]) {
    dem_wrap_begin(&p->wrap, deeper, indent);
    dem_wrap_say_styled(&p->wrap, p->advice->language, DEM_STYLE_DIM, DEM_SAY_THROUGH,
                        (const dem_styled[DEM_MOST_PLACES]){{item->route, DEM_STYLE_PLAIN}});
    dem_wrap_end(&p->wrap);
  }
  if (dem_advice_reason_adds(&item->reason, item->text)) {
    if (p->is_full || form->has_reasons) {
      add_paragraph(p, deeper, indent, DEM_STYLE_DIM, item->reason.text);
    } else {
      p->has_left_out = true;
    }
  }
}

static void add_items(plain *p, const dem_advice_partner *partner, const dem_advice_items *items,
                      size_t indent, const list_form *form, bool has_route)
{
  const bool is_all = p->is_full || p->advice->wants_references; // Of other lists, all are told.
  const size_t most = is_all ? SIZE_MAX : form->most;
  size_t shown = 0;
  for (size_t i = 0; i < items->count; ++i) {
    if (!has_item(p, partner, &items->items[i]) || shown++ >= most) {
      continue;
    }
    char margin[48];
    if (form->bullet) {
      (void)snprintf(margin, sizeof margin, "%*s %c  ", (int)indent, "", form->bullet);
    } else {
      (void)snprintf(margin, sizeof margin, "%*s%2zu. ", (int)indent, "", shown);
    }
    add_item(p, partner, &items->items[i], margin, indent + 4, form, has_route);
  }
  if (shown > most) {
    char margin[32];
    (void)snprintf(margin, sizeof margin, "%*s", (int)indent + 4, "");
    say_paragraph(p, margin, indent + 4, DEM_STYLE_PLAIN,
                  DEM_SAID_COUNT(MORE_TO_SEE, shown - most));
    p->has_left_out = true;
  }
}

static size_t count_items(const plain *p, const dem_advice_partner *partner,
                          const dem_advice_items *items)
{
  return p->is_full ? items->count : dem_digest_item_count(partner, items);
}

/// "Steps: as with 1, African Development Bank"
static void say_same_list(plain *p, const list_form *form, size_t same)
{
  char rank[24];
  (void)snprintf(rank, sizeof rank, "%zu", same + 1);
  dem_wrap_say_styled(
      &p->wrap, p->advice->language, DEM_STYLE_PLAIN, DEM_SAY_LIST_AS_WITH,
      (const dem_styled[DEM_MOST_PLACES]){{words(p, form->title), form->style},
                                          {rank, DEM_STYLE_PLAIN},
                                          {p->advice->partners[same].label, DEM_STYLE_PLAIN}});
}

/// "Steps", with the route that all of them share, and the list.
static void add_list(plain *p, size_t index, dem_item_list list)
{
  const dem_advice_partner *const partner = &p->advice->partners[index];
  const dem_advice_items *const items = dem_partner_list(partner, list);
  const list_form *const form = &list_forms[list];
  const size_t same = dem_digest_same_list(p->advice, index, list);
  const char *const route = p->is_full ? NULL : dem_digest_route(partner, items);
  if (count_items(p, partner, items) == 0) {
    return;
  }
  dem_wrap_begin(&p->wrap, "     ", 7);
  if (!p->is_full && same != index) {
    say_same_list(p, form, same);
    dem_wrap_end(&p->wrap);
    p->has_left_out = true;
    return;
  }
  if (route) {
    dem_wrap_say_styled(&p->wrap, p->advice->language, DEM_STYLE_DIM, DEM_SAY_LIST_THROUGH,
                        (const dem_styled[DEM_MOST_PLACES]){{words(p, form->title), form->style},
                                                            {route, DEM_STYLE_PLAIN}});
  } else {
    add(p, form->style, words(p, form->title));
  }
  dem_wrap_end(&p->wrap);
  add_items(p, partner, items, 5, form, !route);
}

// Partners ------------------------------------------------------------------------------

static void add_partner_line(plain *p, size_t index)
{
  const dem_advice_partner *const partner = &p->advice->partners[index];
  char weight[24];
  (void)snprintf(weight, sizeof weight, "%lld", (long long)partner->weight);
  begin_numbered(p, index + 1);
  add(p, DEM_STYLE_STRONG, partner->label);
  add(p, DEM_STYLE_DIM, " (");
  if (partner->kind_words[0]) {
    add(p, DEM_STYLE_DIM, partner->kind_words);
    add(p, DEM_STYLE_DIM, words(p, DEM_SAY_COMMA));
  }
  say(p, DEM_STYLE_DIM, DEM_SAID(WEIGHT, weight));
  add(p, DEM_STYLE_DIM, ")");
  add_common_citations(p, partner);
  dem_wrap_end(&p->wrap);
}

static void add_reason(plain *p, const dem_advice_partner *partner, const dem_advice_reason *reason)
{
  char margin[32];
  const int width = snprintf(margin, sizeof margin, "     %+4lld  ", (long long)reason->weight);
  dem_wrap_begin(&p->wrap, margin, (size_t)width);
  add_possibly(p, reason);
  add(p, DEM_STYLE_PLAIN, reason->text[0] ? reason->text : reason->rule);
  add_citations(p, reason,
                dem_digest_has_reason(partner, reason) ? DEM_CITING_BEYOND_PARTNER : DEM_CITING_ALL,
                partner);
  if (p->is_full && reason->text[0]) {
    add(p, DEM_STYLE_DIM, " (");
    add(p, DEM_STYLE_DIM, reason->rule);
    add(p, DEM_STYLE_DIM, ")");
  }
  dem_wrap_end(&p->wrap);
}

static void add_purpose(plain *p, const dem_advice_partner *partner,
                        const dem_advice_purpose *purpose)
{
  if (!p->is_full && !dem_digest_has_purpose(partner, purpose)) {
    return;
  }
  if (purpose->label[0]) {
    add_paragraph(p, "     ", 5, DEM_STYLE_CERTAIN, purpose->label);
  }
  for (size_t i = 0; i < purpose->reason_count; ++i) {
    if (p->is_full || dem_digest_has_reason(partner, &purpose->reasons[i])) {
      add_reason(p, partner, &purpose->reasons[i]);
    }
  }
}

/// What further answers could add; in full it was told.
static void add_left_out(plain *p, const dem_advice_partner *partner, const char *margin,
                         size_t indent)
{
  dem_buffer text;
  dem_buffer_init(&text, p->wrap.out->allocator);
  if (!p->is_full) {
    dem_digest_add_left_out(p->advice, partner, &text);
  }
  if (text.size > 0) {
    p->has_left_out = true;
    dem_wrap_begin(&p->wrap, margin, indent);
    add_buffer(p, DEM_STYLE_POSSIBLE, &text);
    dem_wrap_end(&p->wrap);
  } else {
    dem_buffer_clear(&text);
  }
}

static void add_partner(plain *p, size_t index)
{
  const dem_advice_partner *const partner = &p->advice->partners[index];
  dem_wrap_blank(&p->wrap);
  add_partner_line(p, index);
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    add_purpose(p, partner, &partner->purposes[i]);
  }
  add_list(p, index, DEM_LIST_STEPS);
  add_list(p, index, DEM_LIST_CAVEATS);
  add_list(p, index, DEM_LIST_REFERENCES);
  add_left_out(p, partner, "     ", 5);
}

static void add_partners(plain *p)
{
  for (int g = 0; g < DEM_GROUP_COUNT; ++g) {
    const dem_partner_group group = (dem_partner_group)g;
    if (dem_partner_group_certain(group, p->advice) == 0) {
      continue;
    }
    add_heading(p, dem_partner_group_title(group, p->advice));
    for (size_t i = 0; i < p->advice->partner_count; ++i) {
      if (p->advice->partners[i].is_certain &&
          dem_partner_group_has(group, &p->advice->partners[i])) {
        add_partner(p, i);
      }
    }
  }
}

/// A possible partner in one line: what it hangs on besides its group's answer, and what it is for
/// besides what that answer asks for.
static void add_possible_partner(plain *p, size_t index)
{
  const dem_advice_partner *const partner = &p->advice->partners[index];
  size_t shown = 0;
  begin_numbered(p, index + 1);
  add(p, DEM_STYLE_STRONG, partner->label);
  add_hinges(p, dem_partner_first_reason(partner), 1, words(p, DEM_SAY_COMMA));
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    if (dem_digest_purpose_adds(partner, &partner->purposes[i])) {
      add(p, DEM_STYLE_PLAIN, words(p, shown++ == 0 ? DEM_SAY_COLON : DEM_SAY_SEMICOLON));
      add(p, DEM_STYLE_PLAIN, partner->purposes[i].label);
    }
  }
  dem_wrap_end(&p->wrap);
}

static void add_possible_group(plain *p, size_t first)
{
  const dem_advice_partner *const partners = p->advice->partners;
  const dem_advice_reason *const reason = dem_partner_first_reason(&partners[first]);
  const dem_advice_reason hinge = {.hinge_count = reason->hinge_count > 0,
                                   .hinges = reason->hinges};
  dem_wrap_blank(&p->wrap);
  dem_wrap_begin(&p->wrap, "  ", 4);
  add_hinges(p, &hinge, 0, "");
  if (hinge.hinge_count == 0) {
    add(p, DEM_STYLE_POSSIBLE, words(p, DEM_SAY_WITH_FURTHER_ANSWERS));
  }
  add(p, DEM_STYLE_POSSIBLE, words(p, DEM_SAY_COLON));
  dem_wrap_end(&p->wrap);
  for (size_t i = first; i < p->advice->partner_count; ++i) {
    if (dem_digest_is_same_group(&partners[first], &partners[i])) {
      if (p->is_full) {
        add_partner(p, i);
      } else {
        add_possible_partner(p, i);
      }
    }
  }
}

static void add_possible_partners(plain *p)
{
  size_t first = dem_digest_next_group(p->advice, 0);
  if (first == p->advice->partner_count) {
    return;
  }
  add_heading(p, words(p, DEM_SAY_POSSIBLE_PARTNERS_BY));
  p->has_left_out = true;
  for (; first < p->advice->partner_count; first = dem_digest_next_group(p->advice, first + 1)) {
    add_possible_group(p, first);
  }
}

// The rest ------------------------------------------------------------------------------

static void add_general_list(plain *p, const char *title, const dem_advice_items *items,
                             dem_item_list list)
{
  if (count_items(p, NULL, items) > 0) {
    add_heading(p, title);
    add_items(p, NULL, items, 1, &list_forms[list], true);
  }
}

static void add_general_items(plain *p)
{
  const dem_advice *const advice = p->advice;
  add_general_list(p, words(p, DEM_SAY_STEPS_WITH_ANY), &advice->steps, DEM_LIST_STEPS);
  add_general_list(p, words(p, DEM_SAY_MIND), &advice->caveats, DEM_LIST_CAVEATS);
  add_general_list(p, words(p, DEM_SAY_SEE_ALSO), &advice->references, DEM_LIST_REFERENCES);
}

/// What was considered; in short those alone that an exception, a date or a comparison rules out.
static void add_ruled_out(plain *p)
{
  size_t shown = 0;
  for (size_t i = 0; i < p->advice->ruled_out_count; ++i) {
    const dem_advice_ruled_out *const item = &p->advice->ruled_out[i];
    if (!p->is_full && item->by > DEM_RULED_OUT_BY_COMPARISON) {
      p->has_left_out = true;
      continue;
    }
    if (shown++ == 0) {
      add_heading(p, words(p, DEM_SAY_CONSIDERED));
    }
    dem_wrap_begin(&p->wrap, "  -  ", 5);
    add(p, DEM_STYLE_STRONG, item->label);
    add(p, DEM_STYLE_PLAIN, words(p, DEM_SAY_COLON));
    dem_buffer text;
    dem_buffer_init(&text, p->wrap.out->allocator);
    dem_digest_add_deciding(p->advice, item, &text);
    add_buffer(p, DEM_STYLE_PLAIN, &text);
    dem_wrap_end(&p->wrap);
  }
}

static void add_answer(plain *p, const dem_advice_answer *answer)
{
  dem_wrap_begin(&p->wrap, "  ", 4);
  add(p, DEM_STYLE_STRONG, answer->name);
  add(p, DEM_STYLE_PLAIN, words(p, DEM_SAY_COLON));
  for (size_t i = 0; i < answer->value_count; ++i) {
    add(p, DEM_STYLE_PLAIN, i == 0 ? "" : words(p, DEM_SAY_SEMICOLON));
    add(p, DEM_STYLE_PLAIN, answer->labels[i]);
  }
  if (answer->value_count == 0) {
    add(p, DEM_STYLE_PLAIN, words(p, DEM_SAY_NONE));
  }
  if (answer->is_known) {
    add(p, DEM_STYLE_DIM, " ");
    add(p, DEM_STYLE_DIM, words(p, DEM_SAY_FROM_KNOWLEDGE_BASE));
  }
  dem_wrap_end(&p->wrap);
}

static void add_answers(plain *p)
{
  if (dem_advice_open_count(p->advice) == p->advice->answer_count) {
    return;
  }
  add_heading(p, words(p, DEM_SAY_RESTS_ON_ANSWERS));
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
  add_heading(p, words(p, DEM_SAY_OPEN_QUESTIONS_ADVICE));
  for (size_t i = 0; i < p->advice->answer_count; ++i) {
    const dem_advice_answer *const answer = &p->advice->answers[i];
    if (answer->is_relevant) {
      dem_wrap_begin(&p->wrap, "  ", 4);
      add(p, DEM_STYLE_STRONG, answer->name);
      add(p, DEM_STYLE_PLAIN, words(p, DEM_SAY_COLON));
      add(p, DEM_STYLE_PLAIN, answer->ask);
      dem_wrap_end(&p->wrap);
    }
  }
}

// Sources -------------------------------------------------------------------------------

/// A part of a source's description, after what stands before it.
static void add_source_part(plain *p, const char *before, const char *text)
{
  if (text[0]) {
    add(p, DEM_STYLE_PLAIN, before);
    add(p, DEM_STYLE_PLAIN, text);
  }
}

/// A source in full; of a document that was named before, the section alone.
static void add_source(plain *p, size_t number)
{
  const dem_advice_source *const source = &p->advice->sources[p->cited.sources[number - 1]];
  const size_t first = dem_numbering_first(&p->cited, number);
  char text[32];
  const int width = snprintf(text, sizeof text, "  [%zu] ", number);
  dem_wrap_begin(&p->wrap, text, (size_t)width);
  if (first < number) {
    (void)snprintf(text, sizeof text, "[%zu]", first);
    say(p, DEM_STYLE_PLAIN,
        DEM_SAID(SOURCE_AS, text,
                 source->section[0] ? source->section : words(p, DEM_SAY_AS_A_WHOLE)));
  } else {
    add_source_part(p, "", source->author);
    add_source_part(p, source->author[0] ? words(p, DEM_SAY_COLON) : "", source->title);
    add_source_part(p, ", ", source->section);
    add_source_part(p, ". ", source->work);
    add_source_part(p, ". ", source->publisher);
    add_source_part(p, ", ", source->date);
    add(p, DEM_STYLE_PLAIN, dem_sentence_end(dem_source_last_part(source)));
    add_source_part(p, " ", source->url);
  }
  if (source->as_of[0]) {
    add(p, DEM_STYLE_DIM, " ");
    say(p, DEM_STYLE_DIM, DEM_SAID(CHECKED, source->as_of));
  }
  dem_wrap_end(&p->wrap);
}

/// Those that were cited above.
static void add_sources(plain *p)
{
  if (p->cited.count > 0) {
    add_heading(p, words(p, DEM_SAY_SOURCES));
  }
  for (size_t number = 1; number <= p->cited.count; ++number) {
    add_source(p, number);
  }
}

static void add_colophon(plain *p)
{
  dem_wrap_blank(&p->wrap);
  if (p->has_left_out && !p->is_full) {
    add_paragraph(p, "", 0, DEM_STYLE_DIM, words(p, DEM_SAY_SHORT_FORM));
  }
  const dem_advice *const advice = p->advice;
  say_paragraph(p, "", 0, DEM_STYLE_DIM,
                DEM_SAID(PACK_LINE, advice->pack_name, advice->pack_version, advice->date,
                         advice->pack_sha256));
}

static void add_all(plain *p, const char *heading)
{
  add_title(p, heading);
  add_summary(p);
  add_partners(p);
  add_possible_partners(p);
  add_general_items(p);
  add_ruled_out(p);
  add_answers(p);
  add_questions(p);
  add_sources(p);
  add_colophon(p);
}

void dem_plain_render(const dem_advice *advice, const dem_render_options *options, dem_buffer *out)
{
  plain p = {.advice = advice, .is_full = options->is_full};
  if (dem_numbering_init(&p.cited, advice, out->allocator)) {
    dem_wrap_init(&p.wrap, out, options->width, options->has_color);
    add_all(&p, options->heading);
    dem_wrap_clear(&p.wrap);
  } else {
    out->has_failed = true;
  }
  dem_numbering_clear(&p.cited);
}
