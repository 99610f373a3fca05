// SPDX-License-Identifier: Apache-2.0

// An advice as Markdown.

#include "render/markdown.h"

#include "render/escape.h"
#include "render/outline.h"

typedef struct markdown {
  const dem_advice *advice;
  dem_buffer *out;
} markdown;

static void raw(markdown *m, const char *text)
{
  dem_buffer_add_text(m->out, text);
}

static void add(markdown *m, const char *text)
{
  dem_escape_markdown(dem_slice_of(text), m->out);
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

/// " [1, 3]": brackets alone, a link could not be told from a text that looks like one.
static void add_citations(markdown *m, const dem_advice_reason *reason)
{
  for (size_t i = 0; i < reason->citation_count; ++i) {
    dem_buffer_add_format(m->out, "%s%zu", i == 0 ? " \\[" : ", ", reason->citations[i] + 1);
  }
  raw(m, reason->citation_count > 0 ? "\\]" : "");
}

/// The answers that a possible thing hangs on.
static void add_hinges(markdown *m, const dem_advice_reason *reason)
{
  dem_buffer text;
  dem_buffer_init(&text, m->out->allocator);
  dem_advice_add_hinges(reason, &text);
  if (text.size > 0) {
    raw(m, ", ");
    dem_escape_markdown(dem_buffer_slice(&text), m->out);
  }
  m->out->has_failed = m->out->has_failed || text.has_failed;
  dem_buffer_clear(&text);
}

// In short ----------------------------------------------------------------------------

static void add_title(markdown *m, const char *heading)
{
  const char *const subject = dem_advice_subject(m->advice);
  raw(m, "# ");
  add(m, heading ? heading : "Advice");
  if (!heading && subject) {
    raw(m, " for ");
    add(m, subject);
  }
  raw(m, "\n\n");
  add(m, m->advice->pack_title);
  raw(m, ", as of ");
  raw(m, m->advice->date);
  raw(m, ".\n");
}

static void add_summary_row(markdown *m, size_t index)
{
  const dem_advice_partner *const partner = &m->advice->partners[index];
  dem_buffer_add_format(m->out, "| %zu | ", index + 1);
  add(m, partner->label);
  raw(m, " | ");
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    raw(m, i == 0 ? "" : "; ");
    add(m, partner->purposes[i].label);
  }
  raw(m, partner->is_certain ? " | certain" : " | possible");
  if (!partner->is_certain) {
    add_hinges(m, dem_partner_first_reason(partner));
  }
  raw(m, " | ");
  dem_buffer_add_integer(m->out, partner->weight);
  raw(m, " |\n");
}

static void add_summary(markdown *m)
{
  if (m->advice->partner_count == 0) {
    raw(m, "\nNo partner follows from these answers.\n");
    return;
  }
  raw(m, "\n| | Partner | For | Certainty | Weight |\n| --: | :-- | :-- | :-- | --: |\n");
  for (size_t i = 0; i < m->advice->partner_count; ++i) {
    add_summary_row(m, i);
  }
}

// Partners ------------------------------------------------------------------------------

static void add_item(markdown *m, const dem_advice_item *item, const char *mark, const char *indent)
{
  raw(m, mark);
  raw(m, item->reason.is_certain ? "" : "Possibly: ");
  add(m, item->text);
  add_citations(m, &item->reason);
  raw(m, "\n");
  if (dem_advice_reason_adds(&item->reason, item->text)) {
    dem_buffer_add_format(m->out, "%s*Why:* ", indent);
    add(m, item->reason.text);
    raw(m, "\n");
  }
  if (item->route[0]) {
    dem_buffer_add_format(m->out, "%s*Through:* ", indent);
    add(m, item->route);
    raw(m, "\n");
  }
}

static void add_steps(markdown *m, const dem_advice_items *steps)
{
  for (size_t i = 0; i < steps->count; ++i) {
    dem_buffer_add_format(m->out, "%zu. ", i + 1);
    add_item(m, &steps->items[i], "", "   ");
  }
}

static void add_bullets(markdown *m, const dem_advice_items *items)
{
  for (size_t i = 0; i < items->count; ++i) {
    add_item(m, &items->items[i], "- ", "  ");
  }
}

static void add_purpose(markdown *m, const dem_advice_purpose *purpose)
{
  if (purpose->label[0]) {
    raw(m, "**");
    add(m, purpose->label);
    raw(m, "**\n\n");
  }
  for (size_t i = 0; i < purpose->reason_count; ++i) {
    const dem_advice_reason *const reason = &purpose->reasons[i];
    raw(m, "- ");
    if (!reason->is_certain) {
      raw(m, "Possibly");
      add_hinges(m, reason);
      raw(m, ": ");
    }
    add(m, reason->text[0] ? reason->text : reason->rule);
    add_citations(m, reason);
    raw(m, "\n");
  }
  raw(m, "\n");
}

/// A titled list; nothing at all when it is empty.
static void add_part(markdown *m, const char *title, const dem_advice_items *items,
                     void (*add_list)(markdown *m, const dem_advice_items *items))
{
  if (items->count > 0) {
    dem_buffer_add_format(m->out, "**%s**\n\n", title);
    add_list(m, items);
    raw(m, "\n");
  }
}

static void add_partner(markdown *m, size_t index)
{
  const dem_advice_partner *const partner = &m->advice->partners[index];
  end_block(m);
  dem_buffer_add_format(m->out, "### %zu. ", index + 1);
  add(m, partner->label);
  raw(m, "\n\n");
  if (partner->kind[0]) {
    add(m, partner->kind);
    raw(m, ", ");
  }
  dem_buffer_add_format(m->out, "weight %lld, %s\n\n", (long long)partner->weight,
                        partner->is_certain ? "certain" : "possible");
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    add_purpose(m, &partner->purposes[i]);
  }
  add_part(m, "Steps", &partner->steps, add_steps);
  add_part(m, "Mind", &partner->caveats, add_bullets);
  add_part(m, "See also", &partner->references, add_bullets);
}

static void add_partners(markdown *m)
{
  for (int g = 0; g < DEM_GROUP_COUNT; ++g) {
    const dem_partner_group group = (dem_partner_group)g;
    if (dem_partner_group_size(group, m->advice) == 0) {
      continue;
    }
    add_heading(m, "##", dem_partner_group_title(group, m->advice));
    for (size_t i = 0; i < m->advice->partner_count; ++i) {
      if (dem_partner_group_has(group, &m->advice->partners[i])) {
        add_partner(m, i);
      }
    }
  }
}

// The rest ------------------------------------------------------------------------------

/// A section of its own; nothing at all when it is empty.
static void add_section(markdown *m, const char *title, const dem_advice_items *items,
                        void (*add_list)(markdown *m, const dem_advice_items *items))
{
  if (items->count > 0) {
    add_heading(m, "##", title);
    add_list(m, items);
  }
}

static void add_answers(markdown *m)
{
  if (dem_advice_open_count(m->advice) == m->advice->answer_count) {
    return;
  }
  add_heading(m, "##", "Answers");
  for (size_t i = 0; i < m->advice->answer_count; ++i) {
    const dem_advice_answer *const answer = &m->advice->answers[i];
    if (answer->is_open) {
      continue;
    }
    raw(m, "- ");
    add(m, answer->field);
    raw(m, answer->value_count > 0 ? ": " : ": none");
    for (size_t j = 0; j < answer->value_count; ++j) {
      raw(m, j == 0 ? "" : "; ");
      add(m, answer->labels[j]);
    }
    raw(m, answer->is_known ? " (from the knowledge base)\n" : "\n");
  }
}

static void add_questions(markdown *m)
{
  if (dem_advice_relevant_count(m->advice) == 0) {
    return;
  }
  add_heading(m, "##", "Open questions that advice hangs on");
  for (size_t i = 0; i < m->advice->answer_count; ++i) {
    const dem_advice_answer *const answer = &m->advice->answers[i];
    if (answer->is_relevant) {
      raw(m, "- ");
      add(m, answer->field);
      raw(m, ": ");
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

static void add_sources(markdown *m)
{
  if (m->advice->source_count > 0) {
    add_heading(m, "##", "Sources");
  }
  for (size_t i = 0; i < m->advice->source_count; ++i) {
    const dem_advice_source *const source = &m->advice->sources[i];
    dem_buffer_add_format(m->out, "%zu. ", i + 1);
    add_source_part(m, "", source->author);
    raw(m, source->author[0] ? ": " : "");
    add_source_title(m, source);
    add_source_part(m, ", ", source->section);
    add_source_part(m, ". ", source->work);
    add_source_part(m, ". ", source->publisher);
    add_source_part(m, ", ", source->date);
    if (source->as_of[0]) {
      add_source_part(m, " (checked ", source->as_of);
      raw(m, ")");
    }
    raw(m, ".\n");
  }
}

void dem_markdown_render(const dem_advice *advice, const dem_render_options *options,
                         dem_buffer *out)
{
  markdown m = {advice, out};
  add_title(&m, options->heading);
  add_summary(&m);
  add_partners(&m);
  add_section(&m, "Steps with any partner", &advice->steps, add_steps);
  add_section(&m, "Mind", &advice->caveats, add_bullets);
  add_section(&m, "See also", &advice->references, add_bullets);
  add_answers(&m);
  add_questions(&m);
  add_sources(&m);
  end_block(&m);
  raw(&m, "Pack ");
  add(&m, advice->pack_name);
  raw(&m, " ");
  add(&m, advice->pack_version);
  dem_buffer_add_format(out, ", for %s, SHA-256 `%s`.\n", advice->date, advice->pack_sha256);
}
