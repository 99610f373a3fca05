// SPDX-License-Identifier: Apache-2.0

// Why something does not hold, as text, Markdown or HTML: a heading for each rule that could have
// concluded it, the conditions below it, and below a condition the rules that could have satisfied
// it.

#include "render/explain.h"

#include <stdio.h>

#include "base/try.h"
#include "render/proof_sheet.h"

enum { TOLD_IN_FULL = 2 }; // The nearest rules: more than a screen of them is not read.

typedef struct writer {
  dem_sheet *sheet;
  const dem_why_not *why_not;
  dem_proof_sheet proofs;
  bool *is_told; ///< By rule.
  size_t depth;  ///< Rules below are folded; 0: none.
  bool has_all;  ///< Each rule in full.
  bool has_folded;
  bool has_others; ///< Some rules are told in one line.
} writer;

static void add(writer *w, const char *text)
{
  dem_sheet_add(w->sheet, DEM_STYLE_PLAIN, text);
}

static void add_place(writer *w, const char *file, uint32_t line)
{
  dem_sheet_add(w->sheet, DEM_STYLE_DIM, file);
  dem_sheet_add(w->sheet, DEM_STYLE_DIM, ":");
  dem_sheet_add_integer(w->sheet, DEM_STYLE_DIM, line);
}

// Conditions ------------------------------------------------------------------------------

static void add_held(writer *w, const dem_missed_condition *c, size_t level)
{
  dem_sheet_begin(w->sheet, DEM_SHEET_BULLET, level);
  dem_sheet_words(w->sheet, DEM_STYLE_CERTAIN, DEM_SAY_HOLDS);
  if (c->step != DEM_NO_STEP) {
    const dem_proof_step *const step = &w->why_not->proof.steps[c->step];
    dem_proof_sheet_say(w->sheet, step);
    dem_sheet_cite(w->sheet, step->citations, step->citation_count);
  } else {
    add(w, c->text);
  }
  dem_sheet_end(w->sheet);
}

static void add_record(writer *w, const dem_missed_record *r, size_t level)
{
  dem_sheet_begin(w->sheet, DEM_SHEET_BULLET, level);
  switch (r->state) {
  case DEM_RECORD_ENDED:
    dem_sheet_say_strong(w->sheet, DEM_SAID(RECORD_ENDED, r->text, r->record.until), 1);
    break;
  case DEM_RECORD_NOT_YET:
    dem_sheet_say_strong(w->sheet, DEM_SAID(RECORD_NOT_YET, r->text, r->record.from), 1);
    break;
  case DEM_RECORD_OTHER:
    dem_sheet_say(w->sheet, DEM_STYLE_PLAIN, DEM_SAID(RECORD_OTHER, r->differs_name, r->text));
    break;
  }
  dem_sheet_end(w->sheet);
  dem_sheet_begin(w->sheet, DEM_SHEET_DETAIL, level);
  add_place(w, r->record.file, r->record.line);
  if (r->record.as_of[0]) {
    dem_sheet_words(w->sheet, DEM_STYLE_DIM, DEM_SAY_COMMA);
    dem_sheet_say(w->sheet, DEM_STYLE_DIM, DEM_SAID(LAST_CHECKED, r->record.as_of));
  }
  dem_sheet_end(w->sheet);
}

static void add_question(writer *w, const dem_missed_condition *c, size_t level)
{
  dem_sheet_begin(w->sheet, DEM_SHEET_BULLET, level);
  dem_sheet_say(w->sheet, DEM_STYLE_PLAIN, DEM_SAID(PROFILE_WOULD_ANSWER, c->ask));
  add(w, c->answer[0] ? " " : "");
  dem_sheet_add(w->sheet, DEM_STYLE_STRONG, c->answer);
  dem_sheet_end(w->sheet);
}

static dem_status add_blockers(writer *w, const dem_missed_condition *c, size_t level)
{
  if (c->blocker_count > 0) {
    dem_sheet_write_words(w->sheet, DEM_SHEET_BULLET, level, DEM_STYLE_CAUTION,
                          DEM_SAY_RULED_OUT_BY);
  }
  for (size_t i = 0; i < c->blocker_count; ++i) {
    DEM_TRY(dem_proof_sheet_add(&w->proofs, c->blockers[i], level + 1));
  }
  return DEM_OK;
}

static void add_counts(writer *w, const dem_missed_rule *rule)
{
  char held[24];
  (void)snprintf(held, sizeof held, "%zu", rule->held_count);
  add(w, " ");
  dem_sheet_say(w->sheet, DEM_STYLE_PLAIN,
                (dem_said){.saying = DEM_SAY_CONDITIONS_HOLD,
                           .count = rule->condition_count,
                           .values = (const char *const[]){held}});
}

/// A rule that is further away than another, in one line.
static void add_other_rule(writer *w, const dem_missed_rule *rule, size_t level)
{
  dem_sheet_begin(w->sheet, DEM_SHEET_BULLET, level);
  dem_sheet_say(w->sheet, DEM_STYLE_DIM,
                DEM_SAID(OR_BY, rule->title[0] ? rule->title : rule->rule));
  add_counts(w, rule);
  dem_sheet_end(w->sheet);
  w->has_others = true;
}

static dem_status add_rule(writer *w, size_t number, size_t level);

static dem_status add_failed(writer *w, const dem_missed_condition *c, size_t level)
{
  dem_sheet_begin(w->sheet, DEM_SHEET_BULLET, level);
  dem_sheet_words(w->sheet, DEM_STYLE_CAUTION, DEM_SAY_FAILS);
  add(w, c->text);
  dem_sheet_end(w->sheet);
  dem_sheet_begin(w->sheet, DEM_SHEET_DETAIL, level);
  add_place(w, c->file, c->line);
  dem_sheet_end(w->sheet);
  DEM_TRY(add_blockers(w, c, level + 1));
  for (size_t i = 0; i < c->record_count; ++i) {
    add_record(w, &c->records[i], level + 1);
  }
  if (c->ask[0]) {
    add_question(w, c, level + 1);
  }
  if (!c->ask[0] && !c->is_comparison && !c->is_absence &&
      c->blocker_count + c->record_count + c->rule_count == 0) {
    dem_sheet_write_words(w->sheet, DEM_SHEET_BULLET, level + 1, DEM_STYLE_PLAIN,
                          DEM_SAY_NOTHING_ON_RECORD);
  }
  for (size_t i = 0; i < c->rule_count; ++i) {
    if (i == 0 || w->has_all) {
      DEM_TRY(add_rule(w, c->rules[i], level + 1));
    } else {
      add_other_rule(w, &w->why_not->rules[c->rules[i]], level + 1);
    }
  }
  return DEM_OK;
}

static dem_status add_conditions(writer *w, const dem_missed_rule *rule, size_t level)
{
  for (size_t i = 0; i < rule->condition_count; ++i) {
    const dem_missed_condition *const c = &rule->conditions[i];
    switch (c->state) {
    case DEM_MISSED_HELD:
      add_held(w, c, level);
      break;
    case DEM_MISSED_FAILED:
      DEM_TRY(add_failed(w, c, level));
      break;
    case DEM_MISSED_UNSEEN:
      dem_sheet_write_said(w->sheet, DEM_SHEET_BULLET, level, DEM_STYLE_DIM,
                           DEM_SAID(OPEN_UNTIL_THEN, c->text));
      break;
    }
  }
  return DEM_OK;
}

// Rules -----------------------------------------------------------------------------------

static void add_rule_details(writer *w, const dem_missed_rule *rule, size_t level)
{
  dem_sheet_begin(w->sheet, DEM_SHEET_DETAIL, level);
  dem_sheet_say(w->sheet, DEM_STYLE_DIM, DEM_SAID(STEP_RULE, rule->rule));
  dem_sheet_words(w->sheet, DEM_STYLE_DIM, DEM_SAY_COMMA);
  add_place(w, rule->file, rule->line);
  dem_sheet_end(w->sheet);
  if (rule->from[0] || rule->until[0]) {
    dem_sheet_write_said(w->sheet, DEM_SHEET_DETAIL, level, DEM_STYLE_CAUTION,
                         rule->until[0] ? DEM_SAID(RULE_ENDED, rule->until)
                                        : DEM_SAID(RULE_BEGINS, rule->from));
  }
  if (rule->is_cut) {
    dem_sheet_write_words(w->sheet, DEM_SHEET_DETAIL, level, DEM_STYLE_DIM, DEM_SAY_TOO_MANY_FACTS);
  }
}

// As deep as chains of rules that are not told yet.
static dem_status add_rule(writer *w, size_t number, size_t level)
{
  const dem_missed_rule *const rule = &w->why_not->rules[number];
  const bool is_told = w->is_told[number];
  const bool is_folded = !is_told && w->depth > 0 && level > w->depth;
  dem_sheet_begin(w->sheet, DEM_SHEET_BULLET, level);
  dem_sheet_say(w->sheet, DEM_STYLE_PLAIN,
                DEM_SAID(COULD_FOLLOW_BY, rule->title[0] ? rule->title : rule->wanted));
  add_counts(w, rule);
  if (is_told || is_folded) {
    dem_sheet_words(w->sheet, DEM_STYLE_DIM, is_told ? DEM_SAY_TOLD_ABOVE : DEM_SAY_FOLDED);
  }
  dem_sheet_end(w->sheet);
  w->has_folded = w->has_folded || is_folded;
  if (is_told || is_folded) {
    return DEM_OK;
  }
  w->is_told[number] = true;
  add_rule_details(w, rule, level);
  return add_conditions(w, rule, level + 1);
}

/// A rule that is further away than those told in full: what it lacks, without its chain.
static void add_short_root(writer *w, const dem_missed_rule *rule)
{
  dem_saying before = DEM_SAY_COLON;
  dem_sheet_begin(w->sheet, DEM_SHEET_BULLET, 1);
  add(w, rule->title[0] ? rule->title : rule->rule);
  for (size_t i = 0; i < rule->condition_count; ++i) {
    if (rule->conditions[i].state == DEM_MISSED_FAILED) {
      dem_sheet_words(w->sheet, DEM_STYLE_DIM, before);
      dem_sheet_add(w->sheet, DEM_STYLE_DIM, rule->conditions[i].text);
      before = DEM_SAY_SEMICOLON;
    }
  }
  dem_sheet_end(w->sheet);
  w->has_others = true;
}

static dem_status add_root(writer *w, size_t number, size_t place)
{
  const dem_missed_rule *const rule = &w->why_not->rules[number];
  dem_sheet_begin(w->sheet, DEM_SHEET_HEADING, 0);
  dem_sheet_add_integer(w->sheet, DEM_STYLE_PLAIN, (int64_t)place);
  add(w, ". ");
  add(w, rule->title[0] ? rule->title : rule->rule);
  add_counts(w, rule);
  dem_sheet_end(w->sheet);
  add_rule_details(w, rule, 0);
  w->is_told[number] = true;
  return add_conditions(w, rule, 1);
}

// The whole ---------------------------------------------------------------------------------

static dem_status add_all(writer *w)
{
  const dem_why_not *const why_not = w->why_not;
  dem_sheet_introduce(w->sheet, &why_not->about, DEM_SAY_WHY_NOT);
  if (why_not->holds) {
    dem_sheet_write_words(w->sheet, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_STRONG, DEM_SAY_DOES_HOLD);
  } else if (why_not->root_count == 0) {
    dem_sheet_write_words(w->sheet, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_STRONG, DEM_SAY_NO_RULE);
  }
  for (size_t i = 0; i < why_not->root_count; ++i) {
    if (i < TOLD_IN_FULL || w->has_all) {
      DEM_TRY(add_root(w, why_not->roots[i], i + 1));
      continue;
    }
    if (i == TOLD_IN_FULL) {
      dem_sheet_write_words(w->sheet, DEM_SHEET_HEADING, 0, DEM_STYLE_PLAIN, DEM_SAY_FURTHER_AWAY);
    }
    add_short_root(w, &why_not->rules[why_not->roots[i]]);
  }
  if (why_not->is_cut) {
    dem_sheet_write_words(w->sheet, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_DIM, DEM_SAY_MORE_RULES);
  }
  if (w->has_others) {
    dem_sheet_write_words(w->sheet, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_DIM, DEM_SAY_NEAREST_IN_FULL);
  }
  if (w->has_folded || w->proofs.has_folded) {
    dem_sheet_write_words(w->sheet, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_DIM, DEM_SAY_SOME_FOLDED);
  }
  dem_sheet_sources(w->sheet, &why_not->proof);
  dem_sheet_colophon(w->sheet, &why_not->about);
  return DEM_OK;
}

dem_status dem_why_not_sheet(const dem_why_not *why_not, const dem_explain_options *options,
                             dem_buffer *out)
{
  const dem_allocator allocator = out->allocator;
  const size_t size = why_not->rule_count + 1;
  dem_sheet sheet;
  writer w = {
      .sheet = &sheet, .why_not = why_not, .depth = options->depth, .has_all = options->has_all};
  dem_sheet_init(&sheet, options, why_not->about.language, "demarche-why-not", out);
  dem_status status = dem_proof_sheet_init(&w.proofs, &sheet, &why_not->proof, options->depth);
  w.is_told = allocator.resize(allocator.context, NULL, 0, size * sizeof *w.is_told);
  status = w.is_told ? status : DEM_ERR_NO_MEMORY;
  for (size_t i = 0; w.is_told && i < size; ++i) {
    w.is_told[i] = false;
  }
  status = status == DEM_OK ? add_all(&w) : status;
  if (w.is_told) {
    (void)allocator.resize(allocator.context, w.is_told, size * sizeof *w.is_told, 0);
  }
  dem_proof_sheet_clear(&w.proofs);
  dem_sheet_clear(&sheet);
  return status;
}
