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

#include <stdio.h>

#include "render/digest.h"
#include "render/escape.h"
#include "render/html_partners.h"
#include "render/html_style.h"
#include "render/outline.h"
#include "render/score_bar.h"

static const char *title_of(const dem_html *h, dem_saying saying)
{
  return dem_saying_plain(h->advice->language, saying);
}

// In short ------------------------------------------------------------------------------

static void add_lead(dem_html *h)
{
  const size_t certain = dem_advice_certain_count(h->advice);
  const size_t possible = h->advice->partner_count - certain;
  dem_html_raw(h, "<p class=\"lead\">");
  if (certain + possible == 0) {
    dem_html_wrap_words(h, "", DEM_SAY_NO_PARTNER, "</p>\n");
    return;
  }
  if (certain > 0) {
    dem_html_say(h, DEM_SAID_COUNT(PARTNERS_FOLLOW, certain));
  } else {
    dem_html_words(h, DEM_SAY_NO_PARTNER_CERTAIN);
  }
  if (possible > 0) {
    dem_html_words(h, DEM_SAY_SEMICOLON);
    dem_html_say(h, DEM_SAID_COUNT(THEN_POSSIBLE, possible));
  }
  dem_html_raw(h, ".");
  if (certain > 1) {
    dem_html_wrap_words(h, " ", DEM_SAY_WEIGHTIEST_FIRST, "");
  }
  dem_html_raw(h, "</p>\n");
}

static void add_purposes_line(dem_html *h, const dem_advice_partner *partner)
{
  size_t shown = 0;
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    if (dem_digest_has_purpose(partner, &partner->purposes[i])) {
      dem_html_add(h, shown++ == 0 ? "" : title_of(h, DEM_SAY_SEMICOLON));
      dem_html_add(h, partner->purposes[i].label);
    }
  }
}

static void add_summary_row(dem_html *h, size_t index)
{
  const dem_advice_partner *const partner = &h->advice->partners[index];
  dem_buffer_add_format(
      h->out, "<tr><td class=\"number\">%zu</td><th scope=\"row\" class=\"name\">", index + 1);
  dem_html_raw(h, "<a href=\"#");
  dem_html_numbered_id(h, "partner", index + 1);
  dem_html_raw(h, "\">");
  dem_html_add(h, partner->label);
  dem_html_raw(h, "</a>");
  dem_html_raw(h, " <span class=\"for\">");
  add_purposes_line(h, partner);
  dem_html_raw(h, "</span></th><td class=\"score\">");
  dem_score_bar_add_partner(partner, h->full, h->out);
  dem_buffer_add_format(h->out, "<span>%lld</span></td></tr>\n", (long long)partner->weight);
}

static void add_summary(dem_html *h)
{
  const size_t certain = dem_advice_certain_count(h->advice);
  dem_html_part_begin(h, "summary", title_of(h, DEM_SAY_IN_SHORT));
  add_lead(h);
  if (certain > 0) {
    dem_html_wrap_words(h, "<table>\n<thead><tr><th scope=\"col\" class=\"number\">",
                        DEM_SAY_COLUMN_RANK, "</th>");
    dem_html_wrap_words(h, "<th scope=\"col\">", DEM_SAY_COLUMN_PARTNER_FOR, "</th>");
    dem_html_wrap_words(h, "<th scope=\"col\" class=\"score\">", DEM_SAY_COLUMN_WEIGHT_PARTS,
                        "</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < certain; ++i) {
      add_summary_row(h, i);
    }
    dem_html_raw(h, "</tbody>\n</table>\n");
  }
  dem_html_part_end(h);
}

// What goes for all -------------------------------------------------------------------------

static void add_general(dem_html *h, const char *id, const char *title,
                        const dem_advice_items *items, dem_item_list list)
{
  if (dem_digest_item_count(NULL, items) > 0) {
    dem_html_part_begin(h, id, title);
    dem_html_items(h, NULL, items, list);
    dem_html_part_end(h);
  }
}

// What was ruled out ------------------------------------------------------------------------

static const dem_saying ruled_out_titles[] = {
    [DEM_RULED_OUT_BY_EXCEPTION] = DEM_SAY_BY_EXCEPTION,
    [DEM_RULED_OUT_BY_DATE] = DEM_SAY_BY_DATE,
    [DEM_RULED_OUT_BY_COMPARISON] = DEM_SAY_BY_COMPARISON,
    [DEM_RULED_OUT_BY_RECORD] = DEM_SAY_BY_RECORD,
    [DEM_RULED_OUT_BY_ANSWER] = DEM_SAY_BY_ANSWER,
};

static void add_ruled_out_item(dem_html *h, const dem_advice_ruled_out *item)
{
  dem_html_wrap(h, "<tr><th scope=\"row\" class=\"name\">", item->label, "");
  dem_html_wrap(h, " <span class=\"for\">", item->title, "</span>");
  dem_advice_ruled_out decides = *item;
  dem_buffer text;
  dem_buffer_init(&text, h->out->allocator);
  decides.title = ""; // It stands beside.
  dem_digest_add_deciding(h->advice, &decides, &text);
  dem_html_raw(h, "</th><td>");
  dem_html_take(h, &text, false);
  dem_html_raw(h, "</td></tr>\n");
}

static void add_ruled_out(dem_html *h)
{
  const dem_advice *const advice = h->advice;
  if (advice->ruled_out_count == 0) {
    return;
  }
  dem_html_part_begin(h, "ruled-out", title_of(h, DEM_SAY_CONSIDERED));
  dem_html_wrap_words(h, "<p>", DEM_SAY_CONSIDERED_LEAD, "</p>\n");
  for (size_t i = 0; i < advice->ruled_out_count; ++i) {
    const dem_advice_ruled_out *const item = &advice->ruled_out[i];
    const bool is_first = i == 0 || advice->ruled_out[i - 1].by != item->by;
    if (is_first) {
      dem_html_raw(h, i > 0 ? "</tbody></table>\n" : "");
      dem_html_heading(h, 1, " class=\"block\"", title_of(h, ruled_out_titles[item->by]));
      dem_html_wrap_words(h, "<table class=\"ruled-out\"><thead><tr><th scope=\"col\">",
                          DEM_SAY_COLUMN_ORGANIZATION, "</th>");
      dem_html_wrap_words(h, "<th scope=\"col\">", DEM_SAY_COLUMN_DECIDES,
                          "</th></tr></thead><tbody>\n");
    }
    add_ruled_out_item(h, item);
  }
  dem_html_raw(h, "</tbody></table>\n");
  dem_html_part_end(h);
}

// Answers -------------------------------------------------------------------------------------

static void add_values(dem_html *h, const dem_advice_answer *answer)
{
  for (size_t i = 0; i < answer->value_count; ++i) {
    dem_html_add(h, i == 0 ? "" : title_of(h, DEM_SAY_SEMICOLON));
    dem_html_add(h, answer->labels[i]);
  }
  dem_html_add(h, answer->value_count == 0 ? title_of(h, DEM_SAY_NONE) : "");
  if (answer->is_known) {
    dem_html_wrap_words(h, " <small>", DEM_SAY_FROM_RECORDS, "</small>");
  }
}

static void add_answers(dem_html *h)
{
  if (dem_advice_open_count(h->advice) == h->advice->answer_count) {
    return;
  }
  dem_html_part_begin(h, "answers", title_of(h, DEM_SAY_ANSWERS_IT_RESTS_ON));
  dem_html_raw(h, "<dl>\n");
  for (size_t i = 0; i < h->advice->answer_count; ++i) {
    const dem_advice_answer *const answer = &h->advice->answers[i];
    if (!answer->is_open) {
      dem_html_raw(h, "<dt>");
      dem_html_add(h, answer->ask);
      dem_html_raw(h, "</dt><dd>");
      add_values(h, answer);
      dem_html_raw(h, "</dd>\n");
    }
  }
  dem_html_raw(h, "</dl>\n");
  dem_html_part_end(h);
}

static void add_questions(dem_html *h)
{
  if (dem_advice_relevant_count(h->advice) == 0) {
    return;
  }
  dem_html_part_begin(h, "questions", title_of(h, DEM_SAY_OPEN_QUESTIONS));
  dem_html_wrap_words(h, "<p>", DEM_SAY_OPEN_QUESTIONS_LEAD, "</p>\n<ul class=\"plain\">\n");
  for (size_t i = 0; i < h->advice->answer_count; ++i) {
    const dem_advice_answer *const answer = &h->advice->answers[i];
    if (answer->is_relevant) {
      dem_html_raw(h, "<li>");
      dem_html_add(h, answer->ask);
      dem_html_wrap(h, " <code>", answer->field, "</code>");
      dem_html_raw(h, "</li>\n");
    }
  }
  dem_html_raw(h, "</ul>\n");
  dem_html_part_end(h);
}

// Sources -----------------------------------------------------------------------------------

/// The address as a link, where it is one.
static void add_url(dem_html *h, const char *text)
{
  dem_buffer url;
  dem_buffer_init(&url, h->out->allocator);
  if (dem_escape_url(dem_slice_of(text), &url)) {
    dem_html_raw(h, " <a href=\"");
    dem_escape_html(dem_buffer_slice(&url), h->out);
    dem_html_raw(h, "\">");
    dem_html_add(h, text);
    dem_html_raw(h, "</a>");
  } else {
    dem_html_wrap(h, " ", text, "");
  }
  h->out->has_failed = h->out->has_failed || url.has_failed;
  dem_buffer_clear(&url);
}

static void add_work(dem_html *h, const dem_advice_source *source)
{
  dem_html_wrap(h, ". ", source->work, "");
  dem_html_wrap(h, ". ", source->publisher, "");
  dem_html_wrap(h, ", ", source->date, "");
  dem_html_raw(h, dem_sentence_end(dem_source_last_part(source)));
  add_url(h, source->url);
}

static void add_title(dem_html *h, const dem_advice_source *source)
{
  dem_html_wrap(h, "", source->author, "");
  dem_html_add(h, source->author[0] ? title_of(h, DEM_SAY_COLON) : "");
  dem_html_wrap(h, "<cite>", source->title, "</cite>");
}

static void add_source(dem_html *h, size_t index, bool is_in_group)
{
  const dem_advice_source *const source = &h->advice->sources[index];
  dem_html_raw(h, "<li id=\"");
  dem_html_numbered_id(h, "source", index + 1);
  dem_html_raw(h, "\">");
  if (is_in_group) {
    dem_html_add(h,
                 source->section[0] ? source->section : title_of(h, DEM_SAY_DOCUMENT_AS_A_WHOLE));
  } else {
    add_title(h, source);
    dem_html_wrap(h, ", ", source->section, "");
    add_work(h, source);
  }
  if (source->as_of[0]) {
    dem_html_raw(h, " <small>");
    dem_html_say(h, DEM_SAID(CHECKED, source->as_of));
    dem_html_raw(h, "</small>");
  }
  dem_html_raw(h, "</li>\n");
}

/// Sections of one document under its name.
static void add_document(dem_html *h, size_t first, size_t end)
{
  dem_html_raw(h, "<p class=\"work\">");
  add_title(h, &h->advice->sources[first]);
  add_work(h, &h->advice->sources[first]);
  dem_buffer_add_format(h->out, "</p>\n<ol class=\"sources\" start=\"%zu\">\n", first + 1);
  for (size_t i = first; i < end; ++i) {
    add_source(h, i, true);
  }
  dem_html_raw(h, "</ol>\n");
}

static void add_sources(dem_html *h)
{
  const size_t count = h->advice->source_count;
  bool is_open = false; // A list of sources that stand alone.
  if (count == 0) {
    return;
  }
  dem_html_part_begin(h, "sources", title_of(h, DEM_SAY_SOURCES));
  for (size_t i = 0; i < count;) {
    const size_t end = dem_citing_group_end(h->advice, i);
    const bool is_alone = end == i + 1;
    if (is_open && !is_alone) {
      dem_html_raw(h, "</ol>\n");
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
  dem_html_raw(h, is_open ? "</ol>\n" : "");
  dem_html_part_end(h);
}

/// A further line of how it was made; nothing where there is nothing to say.
static void add_made(dem_html *h, dem_saying name, const char *before, const char *text,
                     const char *after)
{
  if (text[0]) {
    dem_html_wrap_words(h, "</dd>\n<dt>", name, "</dt><dd>");
    dem_html_wrap(h, before, text, after);
  }
}

static void add_making(dem_html *h)
{
  const dem_advice *const advice = h->advice;
  dem_html_part_begin(h, "making", title_of(h, DEM_SAY_HOW_MADE));
  dem_html_wrap_words(h, "<div class=\"made\">\n<p>", DEM_SAY_HOW_MADE_LEAD, "</p>\n<dl>\n");
  dem_html_wrap_words(h, "<dt>", DEM_SAY_MADE_PACK, "</dt><dd>");
  dem_html_add(h, advice->pack_name);
  dem_html_wrap(h, " ", advice->pack_version, "");
  add_made(h, DEM_SAY_MADE_HASH, "<code>", advice->pack_sha256, "</code>");
  add_made(h, DEM_SAY_MADE_DAY, "", advice->date, "");
  add_made(h, DEM_SAY_MADE_PROFILE, "", advice->profile_id, "");
  dem_html_raw(h, "</dd>\n</dl>\n</div>\n");
  dem_html_part_end(h);
}

// The page ------------------------------------------------------------------------------------

static void add_subject(dem_html *h)
{
  dem_buffer title;
  if (h->heading) {
    dem_html_add(h, h->heading);
    return;
  }
  dem_buffer_init(&title, h->out->allocator);
  dem_advice_add_title(h->advice, &title);
  dem_html_take(h, &title, false);
}

static void add_about(dem_html *h)
{
  dem_buffer title;
  char day[32];
  (void)snprintf(day, sizeof day, "<time>%.16s</time>", h->advice->date);
  const char *const escaped = dem_html_escaped(h, h->advice->pack_title, &title);
  dem_html_raw(h, "<p class=\"about\">");
  dem_html_say_around(h, escaped[0] ? DEM_SAID(TITLE_AS_OF, escaped, day) : DEM_SAID(AS_OF, day));
  dem_html_raw(h, "</p>\n");
  dem_buffer_clear(&title);
}

static void add_link(dem_html *h, const char *id, const char *title)
{
  dem_html_raw(h, "<li><a href=\"#");
  dem_html_id(h, id);
  dem_html_raw(h, "\">");
  dem_html_add(h, title);
  dem_html_raw(h, "</a></li>\n");
}

static void add_contents(dem_html *h)
{
  const dem_advice *const advice = h->advice;
  dem_html_wrap_words(h, "<nav aria-label=\"", DEM_SAY_CONTENTS, "\">\n<ul>\n");
  add_link(h, "summary", title_of(h, DEM_SAY_IN_SHORT));
  for (int g = 0; g < DEM_GROUP_COUNT; ++g) {
    const dem_partner_group group = (dem_partner_group)g;
    if (dem_partner_group_certain(group, advice) > 0) {
      add_link(h, dem_html_group_id(group), dem_partner_group_title(group, advice));
    }
  }
  if (dem_advice_certain_count(advice) < advice->partner_count) {
    add_link(h, "possible", title_of(h, DEM_SAY_POSSIBLE_PARTNERS));
  }
  if (advice->ruled_out_count > 0) {
    add_link(h, "ruled-out", title_of(h, DEM_SAY_CONSIDERED));
  }
  if (dem_advice_relevant_count(advice) > 0) {
    add_link(h, "questions", title_of(h, DEM_SAY_OPEN_QUESTIONS));
  }
  if (advice->source_count > 0) {
    add_link(h, "sources", title_of(h, DEM_SAY_SOURCES));
  }
  add_link(h, "making", title_of(h, DEM_SAY_HOW_MADE));
  dem_html_raw(h, "</ul>\n</nav>\n");
}

static void add_parts(dem_html *h)
{
  add_summary(h);
  dem_html_partners(h);
  dem_html_possible_partners(h);
  add_general(h, "steps", title_of(h, DEM_SAY_STEPS_WITH_ANY), &h->advice->steps, DEM_LIST_STEPS);
  add_general(h, "mind", title_of(h, DEM_SAY_MIND), &h->advice->caveats, DEM_LIST_CAVEATS);
  add_general(h, "references", title_of(h, DEM_SAY_SEE_ALSO), &h->advice->references,
              DEM_LIST_REFERENCES);
  add_ruled_out(h);
  add_questions(h);
  add_answers(h);
  add_sources(h);
  add_making(h);
}

static void add_body(dem_html *h)
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

static dem_html open_advice(const dem_advice *advice, const dem_render_options *options,
                            size_t number, dem_buffer *out)
{
  dem_html h = {.advice = advice, .out = out, .number = number, .level = number > 0 ? 3 : 2};
  h.heading = options->heading;
  for (size_t i = 0; i < dem_advice_certain_count(advice); ++i) {
    const int64_t size = dem_score_bar_size(&advice->partners[i]);
    h.full = size > h.full ? size : h.full;
  }
  return h;
}

static void begin_page(const dem_language *language, dem_buffer *out)
{
  dem_buffer_add_text(out, "<!DOCTYPE html>\n<html lang=\"");
  dem_buffer_add_text(out, dem_language_tag(language));
  dem_buffer_add_text(out, dem_language_runs_leftward(language) ? "\" dir=\"rtl" : "");
  dem_buffer_add_text(
      out, "\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
           "'sha256-");
  dem_buffer_add_text(out, dem_html_style_hash);
  dem_buffer_add_text(out,
                      "'; base-uri 'none'; form-action 'none'\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"color-scheme\" content=\"light dark\">\n"
                      "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
}

static void end_head(const dem_language *language, dem_buffer *out)
{
  dem_buffer_add_text(out, "</title>\n<style>");
  dem_html_style_add(out);
  dem_buffer_add_text(out, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">");
  dem_escape_html(dem_slice_of(dem_saying_plain(language, DEM_SAY_SKIP_TO_ADVICE)), out);
  dem_buffer_add_text(out, "</a>\n<header>\n");
}

static void render_one(dem_html *h)
{
  begin_page(h->advice->language, h->out);
  add_subject(h);
  end_head(h->advice->language, h->out);
  dem_html_raw(h, "<h1>");
  add_subject(h);
  dem_html_raw(h, "</h1>\n");
  add_about(h);
  add_contents(h);
  dem_html_raw(h, "</header>\n\n<main id=\"main\">\n");
  add_body(h);
}

static void add_profile(dem_html *h)
{
  dem_html_raw(h, "<section class=\"profile\" aria-labelledby=\"");
  dem_html_id(h, "title");
  dem_html_raw(h, "\">\n<h2 id=\"");
  dem_html_id(h, "title");
  dem_html_raw(h, "\">");
  add_subject(h);
  dem_html_raw(h, "</h2>\n");
  add_about(h);
  add_contents(h);
  add_body(h);
  dem_html_raw(h, "</section>\n\n");
}

static void render_several(const dem_advice *const *advices, size_t count,
                           const dem_render_options *options, dem_buffer *out)
{
  static const dem_advice none = {0};
  dem_html page = {.advice = count > 0 ? advices[0] : &none, .out = out};
  char number[24];
  (void)snprintf(number, sizeof number, "%zu", count);
  begin_page(page.advice->language, out);
  dem_html_say(&page, DEM_SAID(ADVICE_FOR_PROFILES, number));
  end_head(page.advice->language, out);
  dem_html_raw(&page, "<h1>");
  dem_html_say(&page, DEM_SAID(ADVICE_FOR_PROFILES, number));
  dem_html_wrap_words(&page, "</h1>\n<nav aria-label=\"", DEM_SAY_PROFILES, "\">\n<ul>\n");
  for (size_t i = 0; i < count; ++i) {
    dem_html h = open_advice(advices[i], options, i + 1, out);
    dem_html_raw(&h, "<li><a href=\"#");
    dem_html_id(&h, "title");
    dem_html_raw(&h, "\">");
    add_subject(&h);
    dem_html_raw(&h, "</a></li>\n");
  }
  dem_buffer_add_text(out, "</ul>\n</nav>\n</header>\n\n<main id=\"main\">\n");
  for (size_t i = 0; i < count; ++i) {
    dem_html h = open_advice(advices[i], options, i + 1, out);
    add_profile(&h);
  }
}

void dem_html_render(const dem_advice *const *advices, size_t count,
                     const dem_render_options *options, dem_buffer *out)
{
  if (count == 1) {
    dem_html h = open_advice(advices[0], options, 0, out);
    render_one(&h);
  } else {
    render_several(advices, count, options, out);
  }
  dem_buffer_add_text(out, "</main>\n</body>\n</html>\n");
}
