// SPDX-License-Identifier: Apache-2.0

// Advices as one page of HTML.
//
//   <header>           whom, on what, as of when
//   <nav>              the parts
//   <main>             one <section class="part"> each:
//     In short         a row a partner, with the parts of its weight as a bar
//     Partners         an <article> each: reasons that unfold, steps to tick off, caveats
//     …                what goes for all, answers, open questions
//     Sources          what the numbers in brackets stand for
//     How it was made
//
// With several advices each is a <section class="profile"> of <main>, one level of headings lower.

#include "render/html.h"

#include <string.h>

#include "render/citing.h"
#include "render/digest.h"
#include "render/escape.h"
#include "render/html_proof.h"
#include "render/html_style.h"
#include "render/outline.h"
#include "render/score_bar.h"

typedef struct html {
  const dem_advice *advice;
  dem_buffer *out;
  size_t number;  ///< Of the advice, from 1; 0 when it is the only one.
  unsigned level; ///< Of the headings of parts.
  int64_t full;   ///< The heaviest partner's weight fills its bar.
  const char *heading;
  dem_html_proof *proof; ///< NULL: none was asked for.
} html;

static void raw(html *h, const char *text)
{
  dem_buffer_add_text(h->out, text);
}

static void add(html *h, const char *text)
{
  dem_escape_html(dem_slice_of(text), h->out);
}

/// Text between a start and an end tag; nothing at all when it is empty.
static void wrap(html *h, const char *before, const char *text, const char *after)
{
  if (text[0]) {
    raw(h, before);
    add(h, text);
    raw(h, after);
  }
}

/// What an id begins with, so that two advices of a page share none.
static void add_id(html *h, const char *name)
{
  if (h->number > 0) {
    dem_buffer_add_format(h->out, "advice-%zu-", h->number);
  }
  raw(h, name);
}

static void add_numbered_id(html *h, const char *name, size_t number)
{
  add_id(h, name);
  dem_buffer_add_format(h->out, "-%zu", number);
}

// Parts ---------------------------------------------------------------------------------

static void begin_part(html *h, const char *id, const char *title)
{
  raw(h, "<section class=\"part\" aria-labelledby=\"");
  add_id(h, id);
  dem_buffer_add_format(h->out, "\">\n<h%u id=\"", h->level);
  add_id(h, id);
  raw(h, "\">");
  add(h, title);
  dem_buffer_add_format(h->out, "</h%u>\n", h->level);
}

static void end_part(html *h)
{
  raw(h, "</section>\n\n");
}

/// A heading inside a part, `below` levels under its own.
static void add_heading(html *h, unsigned below, const char *attributes, const char *text)
{
  dem_buffer_add_format(h->out, "<h%u%s>", h->level + below, attributes);
  add(h, text);
  dem_buffer_add_format(h->out, "</h%u>\n", h->level + below);
}

// Citations -----------------------------------------------------------------------------

/// " [1, 3]", each a link into the list of sources; nothing for none.
static void add_citations(html *h, const dem_advice_reason *reason, dem_citing citing,
                          const dem_advice_partner *partner)
{
  size_t shown = 0;
  for (size_t i = 0; i < reason->citation_count; ++i) {
    if (dem_citing_shows(citing, partner, reason->citations[i])) {
      raw(h, shown++ == 0 ? " <span class=\"cites\">[" : ", ");
      raw(h, "<a href=\"#");
      add_numbered_id(h, "source", reason->citations[i] + 1);
      dem_buffer_add_format(h->out, "\">%zu</a>", reason->citations[i] + 1);
    }
  }
  raw(h, shown > 0 ? "]</span>" : "");
}

/// The same for what all of a partner's reasons rest on.
static void add_common_citations(html *h, const dem_advice_partner *partner)
{
  size_t shown = 0;
  for (size_t i = 0; i < h->advice->source_count; ++i) {
    if (dem_citing_is_common(partner, i)) {
      raw(h, shown++ == 0 ? " <span class=\"cites\">[" : ", ");
      raw(h, "<a href=\"#");
      add_numbered_id(h, "source", i + 1);
      dem_buffer_add_format(h->out, "\">%zu</a>", i + 1);
    }
  }
  raw(h, shown > 0 ? "]</span>" : "");
}

/// Add what another function appended to a buffer, with a capital letter if it begins a sentence.
static void add_buffer(html *h, dem_buffer *text, bool is_sentence)
{
  if (is_sentence && text->size > 0 && text->bytes[0] == 'i') {
    text->bytes[0] = 'I'; // "if …"
  }
  dem_escape_html(dem_buffer_slice(text), h->out);
  h->out->has_failed = h->out->has_failed || text->has_failed;
  dem_buffer_clear(text);
}

/// The answers that a possible thing hangs on, from the `first` on. False where none is known.
static bool add_hinges(html *h, const dem_advice_reason *reason, size_t first, bool is_sentence)
{
  dem_buffer text;
  dem_buffer_init(&text, h->out->allocator);
  dem_advice_add_hinges(reason, first, &text);
  const bool has_any = text.size > 0;
  add_buffer(h, &text, is_sentence);
  return has_any;
}

// In short ------------------------------------------------------------------------------

static void add_count(html *h, size_t count, const char *one, const char *many)
{
  dem_buffer_add_format(h->out, "%zu %s", count, count == 1 ? one : many);
}

static void add_lead(html *h)
{
  const size_t certain = dem_advice_certain_count(h->advice);
  const size_t possible = h->advice->partner_count - certain;
  raw(h, "<p class=\"lead\">");
  if (certain + possible == 0) {
    raw(h, "No partner follows from these answers.</p>\n");
    return;
  }
  if (certain > 0) {
    add_count(h, certain, "partner follows", "partners follow");
    raw(h, " from the answers");
  } else {
    raw(h, "No partner is certain yet");
  }
  if (possible > 0) {
    raw(h, "; ");
    add_count(h, possible, "is", "are");
    raw(h, " possible, once the open questions are answered");
  }
  raw(h, ".");
  raw(h, certain > 1 ? " The weightiest stand first.</p>\n" : "</p>\n");
}

static void add_purposes_line(html *h, const dem_advice_partner *partner)
{
  size_t shown = 0;
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    if (dem_digest_has_purpose(partner, &partner->purposes[i])) {
      raw(h, shown++ == 0 ? "" : "; ");
      add(h, partner->purposes[i].label);
    }
  }
}

static void add_summary_row(html *h, size_t index)
{
  const dem_advice_partner *const partner = &h->advice->partners[index];
  dem_buffer_add_format(
      h->out, "<tr><td class=\"number\">%zu</td><th scope=\"row\" class=\"name\">", index + 1);
  raw(h, "<a href=\"#");
  add_numbered_id(h, "partner", index + 1);
  raw(h, "\">");
  add(h, partner->label);
  raw(h, "</a>");
  raw(h, " <span class=\"for\">");
  add_purposes_line(h, partner);
  raw(h, "</span></th><td class=\"score\">");
  dem_score_bar_add_partner(partner, h->full, h->out);
  dem_buffer_add_format(h->out, "<span>%lld</span></td></tr>\n", (long long)partner->weight);
}

static void add_summary(html *h)
{
  const size_t certain = dem_advice_certain_count(h->advice);
  begin_part(h, "summary", "In short");
  add_lead(h);
  if (certain > 0) {
    raw(h, "<table>\n<thead><tr><th scope=\"col\" class=\"number\">Rank</th>"
           "<th scope=\"col\">Partner, and what for</th>"
           "<th scope=\"col\" class=\"score\">Weight, by reason</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < certain; ++i) {
      add_summary_row(h, i);
    }
    raw(h, "</tbody>\n</table>\n");
  }
  end_part(h);
}

// Reasons -------------------------------------------------------------------------------

static void add_rule(html *h, const dem_advice_reason *reason)
{
  raw(h, "<p>By the rule <code>");
  add(h, reason->rule);
  raw(h, "</code>");
  if (reason->file[0]) {
    raw(h, ", <code>");
    add(h, reason->file);
    if (reason->line > 0) {
      dem_buffer_add_format(h->out, ":%u", (unsigned)reason->line);
    }
    raw(h, "</code>");
  }
  raw(h, ".</p>\n");
}

static void add_source_name(html *h, const dem_advice_source *source)
{
  add(h, source->title);
  wrap(h, ", ", source->section, "");
}

/// What a reason cites, where there is no proof.
static void add_rests(html *h, const dem_advice_reason *reason)
{
  if (reason->citation_count == 0) {
    return;
  }
  raw(h, "<p>It rests on:</p>\n<ul>\n");
  for (size_t i = 0; i < reason->citation_count; ++i) {
    raw(h, "<li><a href=\"#");
    add_numbered_id(h, "source", reason->citations[i] + 1);
    dem_buffer_add_format(h->out, "\">[%zu]</a> ", reason->citations[i] + 1);
    add_source_name(h, &h->advice->sources[reason->citations[i]]);
    raw(h, "</li>\n");
  }
  raw(h, "</ul>\n");
}

static void add_proof(html *h, const dem_advice_reason *reason)
{
  raw(h, "<details class=\"how\">\n<summary>How this follows</summary>\n<div class=\"proof\">\n");
  add_rule(h, reason);
  if (h->proof && reason->step != DEM_NO_STEP) {
    dem_html_proof_add(h->proof, reason->step);
  } else {
    add_rests(h, reason);
  }
  raw(h, "</div>\n</details>\n");
}

static void add_reason(html *h, const dem_advice_partner *partner, const dem_advice_reason *reason)
{
  dem_buffer_add_format(h->out, "<li><div class=\"part-score\">%+lld", (long long)reason->weight);
  dem_score_bar_add(reason->weight, h->full, h->out);
  raw(h, "</div><div><p>");
  add(h, reason->text[0] ? reason->text : reason->rule);
  add_citations(h, reason, DEM_CITING_BEYOND_PARTNER, partner);
  raw(h, "</p>\n");
  add_proof(h, reason);
  raw(h, "</div></li>\n");
}

static void add_purpose(html *h, const dem_advice_partner *partner,
                        const dem_advice_purpose *purpose)
{
  if (!dem_digest_has_purpose(partner, purpose)) {
    return;
  }
  if (purpose->label[0]) {
    add_heading(h, 2, " class=\"block\"", purpose->label);
  }
  raw(h, "<ul class=\"reasons\">\n");
  for (size_t i = 0; i < purpose->reason_count; ++i) {
    if (dem_digest_has_reason(partner, &purpose->reasons[i])) {
      add_reason(h, partner, &purpose->reasons[i]);
    }
  }
  raw(h, "</ul>\n");
}

// Steps, caveats, references --------------------------------------------------------------

typedef struct list_form {
  const char *title;
  const char *open;
  const char *close;
  bool can_tick;
} list_form;

static const list_form list_forms[] = {
    [DEM_LIST_STEPS] = {"Steps", "<ol class=\"steps\">\n", "</ol>\n", true},
    [DEM_LIST_CAVEATS] = {"Mind", "<ul class=\"mind\">\n", "</ul>\n", false},
    [DEM_LIST_REFERENCES] = {"See also", "<ul class=\"plain\">\n", "</ul>\n", false},
};

static void add_item(html *h, const dem_advice_partner *partner, const dem_advice_item *item,
                     bool can_tick, bool has_route)
{
  raw(h, can_tick ? "<li><label><input type=\"checkbox\">" : "<li>");
  add(h, item->text);
  add_citations(h, &item->reason, DEM_CITING_BEYOND_REASONS, partner);
  raw(h, can_tick ? "</label>" : "");
  wrap(h, "<span class=\"note\">Through: ", has_route ? item->route : "", "</span>");
  if (dem_advice_reason_adds(&item->reason, item->text)) {
    wrap(h, "<span class=\"note\">", item->reason.text, "</span>");
  }
  raw(h, "</li>\n");
}

/// A list, after the route that all of its items share.
static void add_items(html *h, const dem_advice_partner *partner, const dem_advice_items *items,
                      const list_form *form)
{
  const char *const route = dem_digest_route(partner, items);
  wrap(h, "<p class=\"facts\">Through: ", route ? route : "", "</p>\n");
  raw(h, form->open);
  for (size_t i = 0; i < items->count; ++i) {
    if (dem_digest_has_item(partner, &items->items[i])) {
      add_item(h, partner, &items->items[i], form->can_tick, !route);
    }
  }
  raw(h, form->close);
}

/// One of a partner's lists. What was said of another partner word for word is referred to; steps
/// are to be ticked off with each.
static void add_list(html *h, size_t index, dem_item_list list)
{
  const dem_advice_partner *const partner = &h->advice->partners[index];
  const dem_advice_items *const items = dem_partner_list(partner, list);
  const list_form *const form = &list_forms[list];
  const size_t same = dem_digest_same_list(h->advice, index, list);
  if (dem_digest_item_count(partner, items) == 0) {
    return;
  }
  add_heading(h, 2, " class=\"block\"", form->title);
  if (same != index && !form->can_tick) {
    raw(h, "<p>As with <a href=\"#");
    add_numbered_id(h, "partner", same + 1);
    raw(h, "\">");
    add(h, h->advice->partners[same].label);
    raw(h, "</a>.</p>\n");
    return;
  }
  add_items(h, partner, items, form);
}

// What hangs on open questions ------------------------------------------------------------

/// A possible reason or item in a line, after the answers that it hangs on.
static void add_possible_line(html *h, const dem_advice_reason *reason, const char *text)
{
  raw(h, "<li><span class=\"possible\">");
  raw(h, add_hinges(h, reason, 0, true) ? ":" : "Possibly:");
  raw(h, "</span> ");
  add(h, text);
  add_citations(h, reason, DEM_CITING_ALL, NULL);
  raw(h, "</li>\n");
}

static void add_possible_items(html *h, const dem_advice_partner *partner,
                               const dem_advice_items *items, const char *title)
{
  if (dem_digest_item_count(partner, items) == items->count) {
    return;
  }
  wrap(h, "<p>", title, ":</p>\n<ul>\n");
  for (size_t i = 0; i < items->count; ++i) {
    if (!dem_digest_has_item(partner, &items->items[i])) {
      add_possible_line(h, &items->items[i].reason, items->items[i].text);
    }
  }
  raw(h, "</ul>\n");
}

static void add_possible_reasons(html *h, const dem_advice_partner *partner)
{
  bool has_any = false;
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    for (size_t j = 0; j < partner->purposes[i].reason_count; ++j) {
      const dem_advice_reason *const reason = &partner->purposes[i].reasons[j];
      if (!dem_digest_has_reason(partner, reason)) {
        raw(h, has_any ? "" : "<p>Reasons:</p>\n<ul>\n");
        add_possible_line(h, reason, reason->text[0] ? reason->text : reason->rule);
        has_any = true;
      }
    }
  }
  raw(h, has_any ? "</ul>\n" : "");
}

/// What further answers could add to a partner that is certain, folded.
static void add_left_out(html *h, const dem_advice_partner *partner)
{
  dem_buffer text;
  dem_buffer_init(&text, h->out->allocator);
  dem_digest_add_left_out(h->advice, partner, &text);
  const bool has_any = text.size > 0;
  raw(h, has_any ? "<details>\n<summary>" : "");
  add_buffer(h, &text, false);
  if (has_any) {
    raw(h, "</summary>\n<div class=\"proof\">\n");
    add_possible_reasons(h, partner);
    add_possible_items(h, partner, &partner->steps, "Steps");
    add_possible_items(h, partner, &partner->caveats, "Mind");
    add_possible_items(h, partner, &partner->references, "See also");
    raw(h, "</div>\n</details>\n");
  }
}

// Partners --------------------------------------------------------------------------------

static void add_partner(html *h, size_t index)
{
  const dem_advice_partner *const partner = &h->advice->partners[index];
  raw(h, "<article class=\"partner\" aria-labelledby=\"");
  add_numbered_id(h, "partner", index + 1);
  dem_buffer_add_format(h->out, "\">\n<h%u id=\"", h->level + 1);
  add_numbered_id(h, "partner", index + 1);
  dem_buffer_add_format(h->out, "\"><span class=\"rank\">%zu</span> ", index + 1);
  add(h, partner->label);
  dem_buffer_add_format(h->out, "</h%u>\n<p class=\"facts\">", h->level + 1);
  wrap(h, "", partner->kind_words, ", ");
  dem_buffer_add_format(h->out, "weight %lld", (long long)partner->weight);
  add_common_citations(h, partner);
  raw(h, "</p>\n");
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    add_purpose(h, partner, &partner->purposes[i]);
  }
  add_list(h, index, DEM_LIST_STEPS);
  add_list(h, index, DEM_LIST_CAVEATS);
  add_list(h, index, DEM_LIST_REFERENCES);
  add_left_out(h, partner);
  raw(h, "</article>\n");
}

static const char *const group_ids[] = {
    [DEM_GROUP_OUTSIDE_UN] = "partners", [DEM_GROUP_UN] = "un-partners"};

static void add_partners(html *h)
{
  for (int g = 0; g < DEM_GROUP_COUNT; ++g) {
    const dem_partner_group group = (dem_partner_group)g;
    if (dem_partner_group_certain(group, h->advice) == 0) {
      continue;
    }
    begin_part(h, group_ids[g], dem_partner_group_title(group, h->advice));
    for (size_t i = 0; i < h->advice->partner_count; ++i) {
      const dem_advice_partner *const partner = &h->advice->partners[i];
      if (partner->is_certain && dem_partner_group_has(group, partner)) {
        add_partner(h, i);
      }
    }
    end_part(h);
  }
}

// Possible partners -----------------------------------------------------------------------

/// A possible partner: a line that unfolds into its reasons and steps.
static void add_possible_partner(html *h, size_t index)
{
  const dem_advice_partner *const partner = &h->advice->partners[index];
  size_t shown = 0;
  raw(h, "<details id=\"");
  add_numbered_id(h, "partner", index + 1);
  dem_buffer_add_format(h->out, "\">\n<summary><span class=\"rank\">%zu</span> <strong>",
                        index + 1);
  add(h, partner->label);
  raw(h, "</strong> ");
  (void)add_hinges(h, dem_partner_first_reason(partner), 1, false);
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    if (dem_digest_purpose_adds(partner, &partner->purposes[i])) {
      wrap(h, shown++ == 0 ? "<span class=\"for\">" : "; ", partner->purposes[i].label, "");
    }
  }
  raw(h, shown > 0 ? "</span></summary>\n<div class=\"proof\">\n<ul>\n"
                   : "</summary>\n<div class=\"proof\">\n<ul>\n");
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    for (size_t j = 0; j < partner->purposes[i].reason_count; ++j) {
      const dem_advice_reason *const reason = &partner->purposes[i].reasons[j];
      add_possible_line(h, reason, reason->text[0] ? reason->text : reason->rule);
    }
  }
  raw(h, "</ul>\n");
  if (partner->steps.count > 0) {
    raw(h, "<p>Steps:</p>\n<ol class=\"plain\">\n");
    for (size_t i = 0; i < partner->steps.count; ++i) {
      wrap(h, "<li>", partner->steps.items[i].text, "");
      add_citations(h, &partner->steps.items[i].reason, DEM_CITING_BEYOND_REASONS, partner);
      wrap(h, "<span class=\"note\">Through: ", partner->steps.items[i].route, "</span>");
      raw(h, "</li>\n");
    }
    raw(h, "</ol>\n");
  }
  raw(h, "</div>\n</details>\n");
}

static void add_possible_group(html *h, size_t first)
{
  const dem_advice_partner *const partners = h->advice->partners;
  const dem_advice_reason *const reason = dem_partner_first_reason(&partners[first]);
  const dem_advice_reason hinge = {.hinge_count = reason->hinge_count > 0,
                                   .hinges = reason->hinges};
  dem_buffer_add_format(h->out, "<h%u class=\"block\">", h->level + 1);
  raw(h, add_hinges(h, &hinge, 0, true) ? "" : "With further answers");
  dem_buffer_add_format(h->out, "</h%u>\n", h->level + 1);
  if (hinge.hinge_count > 0) {
    wrap(h, "<p class=\"facts\">", hinge.hinges[0].ask, "</p>\n");
  }
  raw(h, "<div class=\"maybe\">\n");
  for (size_t i = first; i < h->advice->partner_count; ++i) {
    if (dem_digest_is_same_group(&partners[first], &partners[i])) {
      add_possible_partner(h, i);
    }
  }
  raw(h, "</div>\n");
}

static void add_possible_partners(html *h)
{
  size_t first = dem_digest_next_group(h->advice, 0);
  if (first == h->advice->partner_count) {
    return;
  }
  begin_part(h, "possible", "Possible partners");
  raw(h, "<p>They follow for some answers to the open questions, and are listed by the answer that "
         "they hang on first.</p>\n");
  for (; first < h->advice->partner_count; first = dem_digest_next_group(h->advice, first + 1)) {
    add_possible_group(h, first);
  }
  end_part(h);
}

// What goes for all -------------------------------------------------------------------------

static void add_general(html *h, const char *id, const char *title, const dem_advice_items *items,
                        dem_item_list list)
{
  if (dem_digest_item_count(NULL, items) > 0) {
    begin_part(h, id, title);
    add_items(h, NULL, items, &list_forms[list]);
    end_part(h);
  }
}

// What was ruled out ------------------------------------------------------------------------

static const char *const ruled_out_titles[] = {
    [DEM_RULED_OUT_BY_EXCEPTION] = "Something speaks against them",
    [DEM_RULED_OUT_BY_DATE] = "Not in force on the day",
    [DEM_RULED_OUT_BY_COMPARISON] = "A comparison decides",
    [DEM_RULED_OUT_BY_RECORD] = "The records do not fit",
    [DEM_RULED_OUT_BY_ANSWER] = "The profile answers otherwise",
};

static void add_ruled_out_item(html *h, const dem_advice_ruled_out *item)
{
  wrap(h, "<tr><th scope=\"row\" class=\"name\">", item->label, "");
  wrap(h, " <span class=\"for\">", item->title, "</span>");
  wrap(h, "</th><td>", item->text, "</td></tr>\n");
}

static void add_ruled_out(html *h)
{
  const dem_advice *const advice = h->advice;
  if (advice->ruled_out_count == 0) {
    return;
  }
  begin_part(h, "ruled-out", "Considered, and not recommended");
  raw(h,
      "<p>What follows from the profile names these, too. Under each stands the nearest reason for "
      "which it could have been recommended, and beside it what decides that it is not.</p>\n");
  for (size_t i = 0; i < advice->ruled_out_count; ++i) {
    const dem_advice_ruled_out *const item = &advice->ruled_out[i];
    const bool is_first = i == 0 || advice->ruled_out[i - 1].by != item->by;
    if (is_first) {
      raw(h, i > 0 ? "</tbody></table>\n" : "");
      add_heading(h, 1, " class=\"block\"", ruled_out_titles[item->by]);
      raw(h, "<table class=\"ruled-out\"><thead><tr><th scope=\"col\">Organization</th>"
             "<th scope=\"col\">What decides</th></tr></thead><tbody>\n");
    }
    add_ruled_out_item(h, item);
  }
  raw(h, "</tbody></table>\n");
  end_part(h);
}

// Answers -------------------------------------------------------------------------------------

static void add_values(html *h, const dem_advice_answer *answer)
{
  for (size_t i = 0; i < answer->value_count; ++i) {
    raw(h, i == 0 ? "" : "; ");
    add(h, answer->labels[i]);
  }
  raw(h, answer->value_count == 0 ? "none" : "");
  raw(h, answer->is_known ? " <small>(from the records)</small>" : "");
}

static void add_answers(html *h)
{
  if (dem_advice_open_count(h->advice) == h->advice->answer_count) {
    return;
  }
  begin_part(h, "answers", "Answers that it rests on");
  raw(h, "<dl>\n");
  for (size_t i = 0; i < h->advice->answer_count; ++i) {
    const dem_advice_answer *const answer = &h->advice->answers[i];
    if (!answer->is_open) {
      raw(h, "<dt>");
      add(h, answer->ask);
      raw(h, "</dt><dd>");
      add_values(h, answer);
      raw(h, "</dd>\n");
    }
  }
  raw(h, "</dl>\n");
  end_part(h);
}

static void add_questions(html *h)
{
  if (dem_advice_relevant_count(h->advice) == 0) {
    return;
  }
  begin_part(h, "questions", "Open questions");
  raw(h, "<p>Answers to these could change the advice.</p>\n<ul class=\"plain\">\n");
  for (size_t i = 0; i < h->advice->answer_count; ++i) {
    const dem_advice_answer *const answer = &h->advice->answers[i];
    if (answer->is_relevant) {
      raw(h, "<li>");
      add(h, answer->ask);
      wrap(h, " <code>", answer->field, "</code>");
      raw(h, "</li>\n");
    }
  }
  raw(h, "</ul>\n");
  end_part(h);
}

// Sources -----------------------------------------------------------------------------------

/// The address as a link, where it is one.
static void add_url(html *h, const char *text)
{
  dem_buffer url;
  dem_buffer_init(&url, h->out->allocator);
  if (dem_escape_url(dem_slice_of(text), &url)) {
    raw(h, " <a href=\"");
    dem_escape_html(dem_buffer_slice(&url), h->out);
    raw(h, "\">");
    add(h, text);
    raw(h, "</a>");
  } else {
    wrap(h, " ", text, "");
  }
  h->out->has_failed = h->out->has_failed || url.has_failed;
  dem_buffer_clear(&url);
}

static void add_work(html *h, const dem_advice_source *source)
{
  wrap(h, ". ", source->work, "");
  wrap(h, ". ", source->publisher, "");
  wrap(h, ", ", source->date, "");
  raw(h, dem_sentence_end(dem_source_last_part(source)));
  add_url(h, source->url);
}

static void add_title(html *h, const dem_advice_source *source)
{
  wrap(h, "", source->author, ": ");
  wrap(h, "<cite>", source->title, "</cite>");
}

static void add_source(html *h, size_t index, bool is_in_group)
{
  const dem_advice_source *const source = &h->advice->sources[index];
  raw(h, "<li id=\"");
  add_numbered_id(h, "source", index + 1);
  raw(h, "\">");
  if (is_in_group) {
    add(h, source->section[0] ? source->section : "The document as a whole");
  } else {
    add_title(h, source);
    wrap(h, ", ", source->section, "");
    add_work(h, source);
  }
  wrap(h, " <small>(checked ", source->as_of, ")</small>");
  raw(h, "</li>\n");
}

/// Sections of one document under its name.
static void add_document(html *h, size_t first, size_t end)
{
  raw(h, "<p class=\"work\">");
  add_title(h, &h->advice->sources[first]);
  add_work(h, &h->advice->sources[first]);
  dem_buffer_add_format(h->out, "</p>\n<ol class=\"sources\" start=\"%zu\">\n", first + 1);
  for (size_t i = first; i < end; ++i) {
    add_source(h, i, true);
  }
  raw(h, "</ol>\n");
}

static void add_sources(html *h)
{
  const size_t count = h->advice->source_count;
  bool is_open = false; // A list of sources that stand alone.
  if (count == 0) {
    return;
  }
  begin_part(h, "sources", "Sources");
  for (size_t i = 0; i < count;) {
    const size_t end = dem_citing_group_end(h->advice, i);
    const bool is_alone = end == i + 1;
    if (is_open && !is_alone) {
      raw(h, "</ol>\n");
    }
    if (!is_alone) {
      add_document(h, i, end);
    } else {
      if (!is_open) {
        dem_buffer_add_format(h->out, "<ol class=\"sources\" start=\"%zu\">\n", i + 1);
      }
      add_source(h, i, false);
    }
    is_open = is_alone;
    i = end;
  }
  raw(h, is_open ? "</ol>\n" : "");
  end_part(h);
}

static void add_making(html *h)
{
  const dem_advice *const advice = h->advice;
  begin_part(h, "making", "How it was made");
  raw(h, "<div class=\"made\">\n<p>By rules, from facts that are on record and the answers above. "
         "The same pack, day and answers give the same advice.</p>\n<dl>\n<dt>Pack</dt><dd>");
  add(h, advice->pack_name);
  wrap(h, " ", advice->pack_version, "");
  wrap(h, "</dd>\n<dt>Its SHA-256</dt><dd><code>", advice->pack_sha256, "</code>");
  wrap(h, "</dd>\n<dt>For the day</dt><dd>", advice->date, "");
  wrap(h, "</dd>\n<dt>Profile</dt><dd>", advice->profile_id, "");
  raw(h, "</dd>\n</dl>\n</div>\n");
  end_part(h);
}

// The page ------------------------------------------------------------------------------------

static void add_subject(html *h)
{
  const char *const subject = dem_advice_subject(h->advice);
  if (h->heading) {
    add(h, h->heading);
    return;
  }
  raw(h, "Advice");
  wrap(h, " for ", subject ? subject : "", "");
}

static void add_about(html *h)
{
  raw(h, "<p class=\"about\">");
  wrap(h, "", h->advice->pack_title, ", as of ");
  wrap(h, h->advice->pack_title[0] ? "<time>" : "As of <time>", h->advice->date, "</time>");
  raw(h, "</p>\n");
}

static void add_link(html *h, const char *id, const char *title)
{
  raw(h, "<li><a href=\"#");
  add_id(h, id);
  raw(h, "\">");
  add(h, title);
  raw(h, "</a></li>\n");
}

static void add_contents(html *h)
{
  const dem_advice *const advice = h->advice;
  raw(h, "<nav aria-label=\"Contents\">\n<ul>\n");
  add_link(h, "summary", "In short");
  for (int g = 0; g < DEM_GROUP_COUNT; ++g) {
    const dem_partner_group group = (dem_partner_group)g;
    if (dem_partner_group_certain(group, advice) > 0) {
      add_link(h, group_ids[g], dem_partner_group_title(group, advice));
    }
  }
  if (dem_advice_certain_count(advice) < advice->partner_count) {
    add_link(h, "possible", "Possible partners");
  }
  if (advice->ruled_out_count > 0) {
    add_link(h, "ruled-out", "Considered, and not recommended");
  }
  if (dem_advice_relevant_count(advice) > 0) {
    add_link(h, "questions", "Open questions");
  }
  if (advice->source_count > 0) {
    add_link(h, "sources", "Sources");
  }
  add_link(h, "making", "How it was made");
  raw(h, "</ul>\n</nav>\n");
}

static void add_parts(html *h)
{
  add_summary(h);
  add_partners(h);
  add_possible_partners(h);
  add_general(h, "steps", "Steps with any partner", &h->advice->steps, DEM_LIST_STEPS);
  add_general(h, "mind", "Mind", &h->advice->caveats, DEM_LIST_CAVEATS);
  add_general(h, "references", "See also", &h->advice->references, DEM_LIST_REFERENCES);
  add_ruled_out(h);
  add_questions(h);
  add_answers(h);
  add_sources(h);
  add_making(h);
}

static void add_body(html *h)
{
  dem_html_proof proof;
  if (!h->advice->proof) {
    add_parts(h);
    return;
  }
  if (dem_html_proof_init(&proof, h->advice->proof, h->number, h->out)) {
    h->proof = &proof;
    add_parts(h);
    h->proof = NULL;
  } else {
    h->out->has_failed = true;
  }
  dem_html_proof_clear(&proof);
}

static html open_advice(const dem_advice *advice, const dem_render_options *options, size_t number,
                        dem_buffer *out)
{
  html h = {.advice = advice, .out = out, .number = number, .level = number > 0 ? 3 : 2};
  h.heading = options->heading;
  for (size_t i = 0; i < dem_advice_certain_count(advice); ++i) {
    const int64_t size = dem_score_bar_size(&advice->partners[i]);
    h.full = size > h.full ? size : h.full;
  }
  return h;
}

static void begin_page(dem_buffer *out)
{
  dem_buffer_add_text(
      out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
           "'sha256-");
  dem_buffer_add_text(out, dem_html_style_hash);
  dem_buffer_add_text(out,
                      "'; base-uri 'none'; form-action 'none'\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"color-scheme\" content=\"light dark\">\n"
                      "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
}

static void end_head(dem_buffer *out)
{
  dem_buffer_add_text(out, "</title>\n<style>");
  dem_html_style_add(out);
  dem_buffer_add_text(out, "</style>\n</head>\n<body>\n"
                           "<a class=\"skip\" href=\"#main\">Skip to the advice</a>\n<header>\n");
}

static void render_one(html *h)
{
  begin_page(h->out);
  add_subject(h);
  end_head(h->out);
  raw(h, "<h1>");
  add_subject(h);
  raw(h, "</h1>\n");
  add_about(h);
  add_contents(h);
  raw(h, "</header>\n\n<main id=\"main\">\n");
  add_body(h);
}

static void add_profile(html *h)
{
  raw(h, "<section class=\"profile\" aria-labelledby=\"");
  add_id(h, "title");
  raw(h, "\">\n<h2 id=\"");
  add_id(h, "title");
  raw(h, "\">");
  add_subject(h);
  raw(h, "</h2>\n");
  add_about(h);
  add_contents(h);
  add_body(h);
  raw(h, "</section>\n\n");
}

static void render_several(const dem_advice *const *advices, size_t count,
                           const dem_render_options *options, dem_buffer *out)
{
  begin_page(out);
  dem_buffer_add_format(out, "Advice for %zu profiles", count);
  end_head(out);
  dem_buffer_add_format(out, "<h1>Advice for %zu profiles</h1>\n", count);
  dem_buffer_add_text(out, "<nav aria-label=\"Profiles\">\n<ul>\n");
  for (size_t i = 0; i < count; ++i) {
    html h = open_advice(advices[i], options, i + 1, out);
    raw(&h, "<li><a href=\"#");
    add_id(&h, "title");
    raw(&h, "\">");
    add_subject(&h);
    raw(&h, "</a></li>\n");
  }
  dem_buffer_add_text(out, "</ul>\n</nav>\n</header>\n\n<main id=\"main\">\n");
  for (size_t i = 0; i < count; ++i) {
    html h = open_advice(advices[i], options, i + 1, out);
    add_profile(&h);
  }
}

void dem_html_render(const dem_advice *const *advices, size_t count,
                     const dem_render_options *options, dem_buffer *out)
{
  if (count == 1) {
    html h = open_advice(advices[0], options, 0, out);
    render_one(&h);
  } else {
    render_several(advices, count, options, out);
  }
  dem_buffer_add_text(out, "</main>\n</body>\n</html>\n");
}
