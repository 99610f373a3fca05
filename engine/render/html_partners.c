// SPDX-License-Identifier: Apache-2.0

// Partners in HTML: why, what to do, what to mind; and those that are possible, by the answers that
// they hang on.

#include "render/html_partners.h"

#include <stdio.h>

#include "render/escape.h"
#include "render/outline.h"
#include "render/score_bar.h"

// Reasons -------------------------------------------------------------------------------

static void add_rule(dem_html *h, const dem_advice_reason *reason)
{
  dem_buffer rule;
  dem_buffer escaped;
  dem_buffer_init(&rule, h->out->allocator);
  dem_buffer_add_text(&rule, "<code>");
  dem_buffer_add_text(&rule, dem_html_escaped(h, reason->rule, &escaped));
  dem_buffer_clear(&escaped);
  dem_buffer_add_text(&rule, "</code>");
  if (reason->file[0]) {
    dem_escape_html(dem_slice_of(dem_saying_plain(h->advice->language, DEM_SAY_COMMA)), &rule);
    dem_buffer_add_text(&rule, "<code>");
    dem_buffer_add_text(&rule, dem_html_escaped(h, reason->file, &escaped));
    dem_buffer_clear(&escaped);
    if (reason->line > 0) {
      dem_buffer_add_format(&rule, ":%u", (unsigned)reason->line);
    }
    dem_buffer_add_text(&rule, "</code>");
  }
  dem_buffer_add_char(&rule, '\0');
  h->out->has_failed = h->out->has_failed || rule.has_failed;
  dem_html_raw(h, "<p>");
  dem_html_say_around(h, DEM_SAID(BY_RULE, rule.has_failed ? "" : rule.bytes));
  dem_html_raw(h, "</p>\n");
  dem_buffer_clear(&rule);
}

static void add_source_name(dem_html *h, const dem_advice_source *source)
{
  dem_html_add(h, source->title);
  dem_html_wrap(h, ", ", source->section, "");
}

/// What a reason cites, where there is no proof.
static void add_rests(dem_html *h, const dem_advice_reason *reason)
{
  if (reason->citation_count == 0) {
    return;
  }
  dem_html_wrap_words(h, "<p>", DEM_SAY_RESTS_ON, "</p>\n<ul>\n");
  for (size_t i = 0; i < reason->citation_count; ++i) {
    dem_html_raw(h, "<li><a href=\"#");
    dem_html_numbered_id(h, "source", reason->citations[i] + 1);
    dem_buffer_add_format(h->out, "\">[%zu]</a> ", reason->citations[i] + 1);
    add_source_name(h, &h->advice->sources[reason->citations[i]]);
    dem_html_raw(h, "</li>\n");
  }
  dem_html_raw(h, "</ul>\n");
}

static void add_proof(dem_html *h, const dem_advice_reason *reason)
{
  dem_html_wrap_words(h, "<details class=\"how\">\n<summary>", DEM_SAY_HOW_THIS_FOLLOWS,
                      "</summary>\n<div class=\"proof\">\n");
  add_rule(h, reason);
  if (h->proof && reason->step != DEM_NO_STEP) {
    dem_html_proof_add(h->proof, reason->step);
  } else {
    add_rests(h, reason);
  }
  dem_html_raw(h, "</div>\n</details>\n");
}

static void add_reason(dem_html *h, const dem_advice_partner *partner,
                       const dem_advice_reason *reason)
{
  dem_buffer_add_format(h->out, "<li><div class=\"part-score\">%+lld", (long long)reason->weight);
  dem_score_bar_add(reason->weight, h->full, h->out);
  dem_html_raw(h, "</div><div><p>");
  dem_html_add(h, reason->text[0] ? reason->text : reason->rule);
  dem_html_cite(h, reason, DEM_CITING_BEYOND_PARTNER, partner);
  dem_html_raw(h, "</p>\n");
  add_proof(h, reason);
  dem_html_raw(h, "</div></li>\n");
}

static void add_purpose(dem_html *h, const dem_advice_partner *partner,
                        const dem_advice_purpose *purpose)
{
  if (!dem_digest_has_purpose(partner, purpose)) {
    return;
  }
  if (purpose->label[0]) {
    dem_html_heading(h, 2, " class=\"block\"", purpose->label);
  }
  dem_html_raw(h, "<ul class=\"reasons\">\n");
  for (size_t i = 0; i < purpose->reason_count; ++i) {
    if (dem_digest_has_reason(partner, &purpose->reasons[i])) {
      add_reason(h, partner, &purpose->reasons[i]);
    }
  }
  dem_html_raw(h, "</ul>\n");
}

// Steps, caveats, references --------------------------------------------------------------

typedef struct list_form {
  dem_saying title;
  const char *open;
  const char *close;
  bool can_tick;
} list_form;

static const list_form list_forms[] = {
    [DEM_LIST_STEPS] = {DEM_SAY_STEPS, "<ol class=\"steps\">\n", "</ol>\n", true},
    [DEM_LIST_CAVEATS] = {DEM_SAY_MIND, "<ul class=\"mind\">\n", "</ul>\n", false},
    [DEM_LIST_REFERENCES] = {DEM_SAY_SEE_ALSO, "<ul class=\"plain\">\n", "</ul>\n", false},
};

/// "Through: …" between tags; nothing without a route.
static void say_through(dem_html *h, const char *before, const char *route, const char *after)
{
  if (route[0]) {
    dem_html_raw(h, before);
    dem_html_say(h, DEM_SAID(THROUGH, route));
    dem_html_raw(h, after);
  }
}

static void add_item(dem_html *h, const dem_advice_partner *partner, const dem_advice_item *item,
                     bool can_tick, bool has_route)
{
  dem_html_raw(h, can_tick ? "<li><label><input type=\"checkbox\">" : "<li>");
  dem_html_add(h, item->text);
  dem_html_cite(h, &item->reason, DEM_CITING_BEYOND_REASONS, partner);
  dem_html_raw(h, can_tick ? "</label>" : "");
  say_through(h, "<span class=\"note\">", has_route ? item->route : "", "</span>");
  if (dem_advice_reason_adds(&item->reason, item->text)) {
    dem_html_wrap(h, "<span class=\"note\">", item->reason.text, "</span>");
  }
  dem_html_raw(h, "</li>\n");
}

void dem_html_items(dem_html *h, const dem_advice_partner *partner, const dem_advice_items *items,
                    dem_item_list list)
{
  const list_form *const form = &list_forms[list];
  const char *const route = dem_digest_route(partner, items);
  say_through(h, "<p class=\"facts\">", route ? route : "", "</p>\n");
  dem_html_raw(h, form->open);
  for (size_t i = 0; i < items->count; ++i) {
    if (dem_digest_has_item(partner, &items->items[i])) {
      add_item(h, partner, &items->items[i], form->can_tick, !route);
    }
  }
  dem_html_raw(h, form->close);
}

static void say_as_with(dem_html *h, size_t same)
{
  dem_buffer link;
  dem_buffer escaped;
  dem_html inner = *h;
  dem_buffer_init(&link, h->out->allocator);
  inner.out = &link;
  dem_html_raw(&inner, "<a href=\"#");
  dem_html_numbered_id(&inner, "partner", same + 1);
  dem_html_raw(&inner, "\">");
  dem_html_raw(&inner, dem_html_escaped(h, h->advice->partners[same].label, &escaped));
  dem_html_raw(&inner, "</a>");
  dem_buffer_clear(&escaped);
  dem_buffer_add_char(&link, '\0');
  h->out->has_failed = h->out->has_failed || link.has_failed;
  dem_html_raw(h, "<p>");
  dem_html_say_around(h, DEM_SAID(AS_WITH, link.has_failed ? "" : link.bytes));
  dem_html_raw(h, "</p>\n");
  dem_buffer_clear(&link);
}

/// One of a partner's lists. What was said of another partner word for word is referred to; steps
/// are to be ticked off with each.
static void add_list(dem_html *h, size_t index, dem_item_list list)
{
  const dem_advice_partner *const partner = &h->advice->partners[index];
  const dem_advice_items *const items = dem_partner_list(partner, list);
  const list_form *const form = &list_forms[list];
  const size_t same = dem_digest_same_list(h->advice, index, list);
  if (dem_digest_item_count(partner, items) == 0) {
    return;
  }
  dem_html_heading(h, 2, " class=\"block\"", dem_saying_plain(h->advice->language, form->title));
  if (same != index && !form->can_tick) {
    say_as_with(h, same);
    return;
  }
  dem_html_items(h, partner, items, list);
}

// What hangs on open questions ------------------------------------------------------------

/// What is possible, after the answers that it hangs on.
static void add_possible(dem_html *h, const dem_advice_reason *reason, const char *text)
{
  dem_html_raw(h, "<span class=\"possible\">");
  if (dem_html_hinges(h, reason, 0, true)) {
    dem_html_colon(h);
  } else {
    dem_html_words(h, DEM_SAY_POSSIBLY);
  }
  dem_html_raw(h, "</span> ");
  dem_html_add(h, text);
  dem_html_cite(h, reason, DEM_CITING_ALL, NULL);
}

static void add_possible_reason(dem_html *h, const dem_advice_reason *reason)
{
  dem_html_raw(h, "<li><p>");
  add_possible(h, reason, reason->text[0] ? reason->text : reason->rule);
  dem_html_raw(h, "</p>\n");
  add_proof(h, reason);
  dem_html_raw(h, "</li>\n");
}

/// "Steps:", and where the list begins.
static void begin_list(dem_html *h, dem_saying title, const char *open)
{
  dem_html_wrap_words(h, "<p>", title, "");
  dem_html_colon(h);
  dem_html_raw(h, "</p>\n");
  dem_html_raw(h, open);
}

static void add_possible_items(dem_html *h, const dem_advice_partner *partner,
                               const dem_advice_items *items, dem_saying title)
{
  if (dem_digest_item_count(partner, items) == items->count) {
    return;
  }
  begin_list(h, title, "<ul>\n");
  for (size_t i = 0; i < items->count; ++i) {
    if (!dem_digest_has_item(partner, &items->items[i])) {
      dem_html_raw(h, "<li>");
      add_possible(h, &items->items[i].reason, items->items[i].text);
      dem_html_raw(h, "</li>\n");
    }
  }
  dem_html_raw(h, "</ul>\n");
}

static void add_possible_reasons(dem_html *h, const dem_advice_partner *partner)
{
  bool has_any = false;
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    for (size_t j = 0; j < partner->purposes[i].reason_count; ++j) {
      const dem_advice_reason *const reason = &partner->purposes[i].reasons[j];
      if (!dem_digest_has_reason(partner, reason)) {
        if (!has_any) {
          begin_list(h, DEM_SAY_REASONS, "<ul>\n");
        }
        add_possible_reason(h, reason);
        has_any = true;
      }
    }
  }
  dem_html_raw(h, has_any ? "</ul>\n" : "");
}

/// What further answers could add to a partner that is certain, folded.
static void add_left_out(dem_html *h, const dem_advice_partner *partner)
{
  dem_buffer text;
  dem_buffer_init(&text, h->out->allocator);
  dem_digest_add_left_out(h->advice, partner, &text);
  const bool has_any = text.size > 0;
  dem_html_raw(h, has_any ? "<details>\n<summary>" : "");
  dem_html_take(h, &text, false);
  if (has_any) {
    dem_html_raw(h, "</summary>\n<div class=\"proof\">\n");
    add_possible_reasons(h, partner);
    add_possible_items(h, partner, &partner->steps, DEM_SAY_STEPS);
    add_possible_items(h, partner, &partner->caveats, DEM_SAY_MIND);
    add_possible_items(h, partner, &partner->references, DEM_SAY_SEE_ALSO);
    dem_html_raw(h, "</div>\n</details>\n");
  }
}

// Partners --------------------------------------------------------------------------------

static void add_partner(dem_html *h, size_t index)
{
  const dem_advice_partner *const partner = &h->advice->partners[index];
  char weight[24];
  dem_html_raw(h, "<article class=\"partner\" aria-labelledby=\"");
  dem_html_numbered_id(h, "partner", index + 1);
  dem_buffer_add_format(h->out, "\">\n<h%u id=\"", h->level + 1);
  dem_html_numbered_id(h, "partner", index + 1);
  dem_buffer_add_format(h->out, "\"><span class=\"rank\">%zu</span> ", index + 1);
  dem_html_add(h, partner->label);
  dem_buffer_add_format(h->out, "</h%u>\n<p class=\"facts\">", h->level + 1);
  dem_html_add(h, partner->kind_words);
  dem_html_add(h,
               partner->kind_words[0] ? dem_saying_plain(h->advice->language, DEM_SAY_COMMA) : "");
  (void)snprintf(weight, sizeof weight, "%lld", (long long)partner->weight);
  dem_html_say(h, DEM_SAID(WEIGHT, weight));
  dem_html_cite_common(h, partner);
  dem_html_raw(h, "</p>\n");
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    add_purpose(h, partner, &partner->purposes[i]);
  }
  add_list(h, index, DEM_LIST_STEPS);
  add_list(h, index, DEM_LIST_CAVEATS);
  add_list(h, index, DEM_LIST_REFERENCES);
  add_left_out(h, partner);
  dem_html_raw(h, "</article>\n");
}

const char *dem_html_group_id(dem_partner_group group)
{
  static const char *const ids[] = {
      [DEM_GROUP_OUTSIDE_UN] = "partners", [DEM_GROUP_UN] = "un-partners"};
  return ids[group];
}

void dem_html_partners(dem_html *h)
{
  for (int g = 0; g < DEM_GROUP_COUNT; ++g) {
    const dem_partner_group group = (dem_partner_group)g;
    if (dem_partner_group_certain(group, h->advice) == 0) {
      continue;
    }
    dem_html_part_begin(h, dem_html_group_id(group), dem_partner_group_title(group, h->advice));
    for (size_t i = 0; i < h->advice->partner_count; ++i) {
      const dem_advice_partner *const partner = &h->advice->partners[i];
      if (partner->is_certain && dem_partner_group_has(group, partner)) {
        add_partner(h, i);
      }
    }
    dem_html_part_end(h);
  }
}

// Possible partners -----------------------------------------------------------------------

/// A possible partner: a line that unfolds into its reasons and steps.
static void add_possible_partner(dem_html *h, size_t index)
{
  const dem_advice_partner *const partner = &h->advice->partners[index];
  size_t shown = 0;
  dem_html_raw(h, "<details id=\"");
  dem_html_numbered_id(h, "partner", index + 1);
  dem_buffer_add_format(h->out, "\">\n<summary><span class=\"rank\">%zu</span> <strong>",
                        index + 1);
  dem_html_add(h, partner->label);
  dem_html_raw(h, "</strong> ");
  (void)dem_html_hinges(h, dem_partner_first_reason(partner), 1, false);
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    if (dem_digest_purpose_adds(partner, &partner->purposes[i])) {
      dem_html_raw(h, shown == 0 ? "<span class=\"for\">" : "");
      dem_html_add(h, shown++ == 0 ? "" : dem_saying_plain(h->advice->language, DEM_SAY_SEMICOLON));
      dem_html_add(h, partner->purposes[i].label);
    }
  }
  dem_html_raw(h, shown > 0 ? "</span></summary>\n<div class=\"proof\">\n<ul>\n"
                            : "</summary>\n<div class=\"proof\">\n<ul>\n");
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    for (size_t j = 0; j < partner->purposes[i].reason_count; ++j) {
      add_possible_reason(h, &partner->purposes[i].reasons[j]);
    }
  }
  dem_html_raw(h, "</ul>\n");
  if (partner->steps.count > 0) {
    begin_list(h, DEM_SAY_STEPS, "<ol class=\"plain\">\n");
    for (size_t i = 0; i < partner->steps.count; ++i) {
      dem_html_wrap(h, "<li>", partner->steps.items[i].text, "");
      dem_html_cite(h, &partner->steps.items[i].reason, DEM_CITING_BEYOND_REASONS, partner);
      say_through(h, "<span class=\"note\">", partner->steps.items[i].route, "</span>");
      dem_html_raw(h, "</li>\n");
    }
    dem_html_raw(h, "</ol>\n");
  }
  dem_html_raw(h, "</div>\n</details>\n");
}

static void add_possible_group(dem_html *h, size_t first)
{
  const dem_advice_partner *const partners = h->advice->partners;
  const dem_advice_reason *const reason = dem_partner_first_reason(&partners[first]);
  const dem_advice_reason hinge = {.hinge_count = reason->hinge_count > 0,
                                   .hinges = reason->hinges};
  dem_buffer_add_format(h->out, "<h%u class=\"block\">", h->level + 1);
  if (!dem_html_hinges(h, &hinge, 0, true)) {
    dem_buffer text;
    dem_buffer_init(&text, h->out->allocator);
    dem_say(&text, h->advice->language, (dem_said){.saying = DEM_SAY_WITH_FURTHER_ANSWERS});
    dem_html_take(h, &text, true);
  }
  dem_buffer_add_format(h->out, "</h%u>\n", h->level + 1);
  if (hinge.hinge_count > 0) {
    dem_html_wrap(h, "<p class=\"facts\">", hinge.hinges[0].ask, "</p>\n");
  }
  dem_html_raw(h, "<div class=\"maybe\">\n");
  for (size_t i = first; i < h->advice->partner_count; ++i) {
    if (dem_digest_is_same_group(&partners[first], &partners[i])) {
      add_possible_partner(h, i);
    }
  }
  dem_html_raw(h, "</div>\n");
}

void dem_html_possible_partners(dem_html *h)
{
  size_t first = dem_digest_next_group(h->advice, 0);
  if (first == h->advice->partner_count) {
    return;
  }
  dem_html_part_begin(h, "possible",
                      dem_saying_plain(h->advice->language, DEM_SAY_POSSIBLE_PARTNERS));
  dem_html_wrap_words(h, "<p>", DEM_SAY_POSSIBLE_PARTNERS_LEAD, "</p>\n");
  for (; first < h->advice->partner_count; first = dem_digest_next_group(h->advice, first + 1)) {
    add_possible_group(h, first);
  }
  dem_html_part_end(h);
}
