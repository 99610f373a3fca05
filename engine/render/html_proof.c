// SPDX-License-Identifier: Apache-2.0

// The proofs of a report's reasons as nested lists.
//
// What several reasons need is told in full where it is needed first; later it is a line that leads
// back there.

#include "render/html_proof.h"

#include "model/saying.h"
#include "render/escape.h"
#include "render/proof_sheet.h"

enum {
  MOST_DEPTH = 24,  // Lists in lists: no reader follows further, and the stack stays small.
  MOST_COUNTED = 8, // Facts that an aggregate ran over; more are counted.
};

bool dem_html_proof_init(dem_html_proof *hp, const dem_proof *proof, size_t number, dem_buffer *out)
{
  const dem_allocator allocator = out->allocator;
  *hp = (dem_html_proof){.proof = proof, .out = out, .number = number};
  hp->shown = allocator.resize(allocator.context, NULL, 0, proof->step_count + 1);
  for (size_t i = 0; hp->shown && i < proof->step_count; ++i) {
    hp->shown[i] = false;
  }
  return hp->shown != NULL;
}

void dem_html_proof_clear(dem_html_proof *hp)
{
  const dem_allocator allocator = hp->out->allocator;
  if (hp->shown) {
    (void)allocator.resize(allocator.context, hp->shown, hp->proof->step_count + 1, 0);
  }
}

static void raw(dem_html_proof *hp, const char *text)
{
  dem_buffer_add_text(hp->out, text);
}

static void wrap(dem_html_proof *hp, const char *before, const char *text, const char *after)
{
  if (text[0]) {
    raw(hp, before);
    dem_escape_html(dem_slice_of(text), hp->out);
    raw(hp, after);
  }
}

static void add_escaped(void *context, dem_slice text, size_t value)
{
  (void)value;
  dem_escape_html(text, ((dem_html_proof *)context)->out);
}

static void say(dem_html_proof *hp, dem_said said)
{
  dem_say_each(hp->proof->language, &said, add_escaped, hp);
}

/// ", until 2025-01-01"; nothing without a day.
static void say_day(dem_html_proof *hp, dem_saying saying, const char *day)
{
  if (day[0]) {
    say(hp, (dem_said){.saying = DEM_SAY_COMMA});
    say(hp, (dem_said){.saying = saying, .values = &day});
  }
}

static void add_id(dem_html_proof *hp, const char *name, size_t number)
{
  if (hp->number > 0) {
    dem_buffer_add_format(hp->out, "advice-%zu-", hp->number);
  }
  dem_buffer_add_format(hp->out, "%s-%zu", name, number);
}

static void add_citations(dem_html_proof *hp, const dem_proof_step *step)
{
  for (size_t i = 0; i < step->citation_count; ++i) {
    raw(hp, i == 0 ? " <span class=\"cites\">[<a href=\"#" : ", <a href=\"#");
    add_id(hp, "source", step->citations[i] + 1);
    dem_buffer_add_format(hp->out, "\">%zu</a>", step->citations[i] + 1);
  }
  raw(hp, step->citation_count > 0 ? "]</span>" : "");
}

static void add_place(dem_html_proof *hp, const char *file, uint32_t line)
{
  wrap(hp, "<code>", file, "");
  if (file[0]) {
    dem_buffer_add_format(hp->out, ":%u</code>", (unsigned)line);
  }
}

static void add_records(dem_html_proof *hp, const dem_proof_step *step)
{
  for (size_t i = 0; i < step->record_count; ++i) {
    const dem_proof_record *const record = &step->records[i];
    raw(hp, " <small>");
    add_place(hp, record->file, record->line);
    say_day(hp, DEM_SAY_RECORD_FROM, record->from);
    say_day(hp, DEM_SAY_RECORD_UNTIL, record->until);
    say_day(hp, DEM_SAY_RECORD_CHECKED, record->as_of);
    raw(hp, "</small>");
  }
}

static bool rests_on_something(const dem_proof_step *step)
{
  return step->premise_count + step->check_count + step->counted_count > 0;
}

/// What is only possible is not said as if it held.
static void mark_possible(dem_html_proof *hp, const dem_proof_step *step)
{
  if (!step->is_certain && step->origin != DEM_PROOF_ANSWER) {
    raw(hp, "<span class=\"possible\">");
    say(hp, (dem_said){.saying = DEM_SAY_POSSIBLY});
    raw(hp, "</span> ");
  }
}

static void add_sentence(dem_html_proof *hp, const dem_proof_step *step)
{
  mark_possible(hp, step);
  const dem_saying opening = dem_proof_opening(step);
  if (opening == DEM_SAYING_COUNT) {
    wrap(hp, "", step->text, "");
  } else {
    say(hp, (dem_said){.saying = opening, .values = &step->text});
  }
  add_citations(hp, step);
  add_records(hp, step);
  if (step->origin == DEM_PROOF_RULE && step->file[0]) {
    raw(hp, " <small>");
    say(hp, DEM_SAID(STEP_RULE, step->rule));
    say(hp, (dem_said){.saying = DEM_SAY_COMMA});
    add_place(hp, step->file, step->line);
    raw(hp, "</small>");
  }
}

static void add_below(dem_html_proof *hp, size_t number, unsigned depth);

static void add_step(dem_html_proof *hp, size_t number, unsigned depth)
{
  const dem_proof_step *const step = &hp->proof->steps[number];
  if (hp->shown[number] && rests_on_something(step)) {
    raw(hp, "<li>");
    mark_possible(hp, step);
    wrap(hp, "", step->text, "");
    raw(hp, " <small><a href=\"#");
    add_id(hp, "step", number + 1);
    raw(hp, "\">");
    say(hp, (dem_said){.saying = DEM_SAY_AS_ABOVE});
    raw(hp, "</a></small></li>\n");
    return;
  }
  raw(hp, "<li");
  if (rests_on_something(step)) {
    raw(hp, " id=\"");
    add_id(hp, "step", number + 1);
    raw(hp, "\"");
  }
  raw(hp, ">");
  hp->shown[number] = true;
  add_sentence(hp, step);
  add_below(hp, number, depth);
  raw(hp, "</li>\n");
}

static void add_below(dem_html_proof *hp, size_t number, unsigned depth)
{
  const dem_proof_step *const step = &hp->proof->steps[number];
  if (!rests_on_something(step)) {
    return;
  }
  if (depth == MOST_DEPTH) {
    raw(hp, "\n<ul><li>");
    say(hp, (dem_said){.saying = DEM_SAY_AND_WHAT_THAT_RESTS_ON});
    raw(hp, "</li></ul>\n");
    return;
  }
  raw(hp, "\n<ul>\n");
  for (size_t i = 0; i < step->premise_count; ++i) {
    add_step(hp, step->premises[i], depth + 1);
  }
  for (size_t i = 0; i < step->check_count; ++i) {
    wrap(hp, "<li>", step->checks[i].text, "</li>\n");
  }
  for (size_t i = 0; i < step->counted_count && i < MOST_COUNTED; ++i) {
    add_step(hp, step->counted[i], depth + 1);
  }
  if (step->counted_count > MOST_COUNTED) {
    raw(hp, "<li>");
    say(hp, DEM_SAID_COUNT(MORE_OF_THEM, step->counted_count - MOST_COUNTED));
    raw(hp, "</li>\n");
  }
  raw(hp, "</ul>\n");
}

void dem_html_proof_add(dem_html_proof *hp, size_t step)
{
  add_below(hp, step, 0);
}
