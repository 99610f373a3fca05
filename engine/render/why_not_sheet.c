// SPDX-License-Identifier: Apache-2.0

// Why something does not hold, as text, Markdown or HTML: a heading for each rule that could have
// concluded it, the conditions below it, and below a condition the rules that could have satisfied
// it.

#include "render/explain.h"

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
  dem_sheet_add(w->sheet, DEM_STYLE_CERTAIN, "Holds: ");
  if (c->step != DEM_NO_STEP) {
    const dem_proof_step *const step = &w->why_not->proof.steps[c->step];
    add(w, dem_proof_opening(step));
    add(w, step->text);
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
    add(w, r->text);
    add(w, " ended on ");
    dem_sheet_add(w->sheet, DEM_STYLE_STRONG, r->record.until);
    break;
  case DEM_RECORD_NOT_YET:
    add(w, r->text);
    add(w, " does not begin before ");
    dem_sheet_add(w->sheet, DEM_STYLE_STRONG, r->record.from);
    break;
  case DEM_RECORD_OTHER:
    add(w, "On record is only another ");
    add(w, r->differs);
    add(w, ": ");
    add(w, r->text);
    break;
  }
  dem_sheet_end(w->sheet);
  dem_sheet_begin(w->sheet, DEM_SHEET_DETAIL, level);
  add_place(w, r->record.file, r->record.line);
  if (r->record.as_of[0]) {
    dem_sheet_add(w->sheet, DEM_STYLE_DIM, ", last checked on ");
    dem_sheet_add(w->sheet, DEM_STYLE_DIM, r->record.as_of);
  }
  dem_sheet_end(w->sheet);
}

static void add_question(writer *w, const dem_missed_condition *c, size_t level)
{
  dem_sheet_begin(w->sheet, DEM_SHEET_BULLET, level);
  add(w, "The profile would have to answer: ");
  add(w, c->ask);
  add(w, c->answer[0] ? " " : "");
  dem_sheet_add(w->sheet, DEM_STYLE_STRONG, c->answer);
  dem_sheet_end(w->sheet);
}

static dem_status add_blockers(writer *w, const dem_missed_condition *c, size_t level)
{
  if (c->blocker_count > 0) {
    dem_sheet_write(w->sheet, DEM_SHEET_BULLET, level, DEM_STYLE_CAUTION, "Ruled out by:");
  }
  for (size_t i = 0; i < c->blocker_count; ++i) {
    DEM_TRY(dem_proof_sheet_add(&w->proofs, c->blockers[i], level + 1));
  }
  return DEM_OK;
}

static void add_counts(writer *w, const dem_missed_rule *rule)
{
  add(w, " (");
  dem_sheet_add_integer(w->sheet, DEM_STYLE_PLAIN, (int64_t)rule->held_count);
  add(w, " of ");
  dem_sheet_add_integer(w->sheet, DEM_STYLE_PLAIN, (int64_t)rule->condition_count);
  add(w, rule->condition_count == 1 ? " condition holds)" : " conditions hold)");
}

/// A rule that is further away than another, in one line.
static void add_other_rule(writer *w, const dem_missed_rule *rule, size_t level)
{
  dem_sheet_begin(w->sheet, DEM_SHEET_BULLET, level);
  dem_sheet_add(w->sheet, DEM_STYLE_DIM, "or by: ");
  dem_sheet_add(w->sheet, DEM_STYLE_DIM, rule->title[0] ? rule->title : rule->rule);
  add_counts(w, rule);
  dem_sheet_end(w->sheet);
  w->has_others = true;
}

static dem_status add_rule(writer *w, size_t number, size_t level);

static dem_status add_failed(writer *w, const dem_missed_condition *c, size_t level)
{
  dem_sheet_begin(w->sheet, DEM_SHEET_BULLET, level);
  dem_sheet_add(w->sheet, DEM_STYLE_CAUTION, "Fails: ");
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
    dem_sheet_write(w->sheet, DEM_SHEET_BULLET, level + 1, DEM_STYLE_PLAIN,
                    "Nothing of the kind is on record.");
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
      dem_sheet_begin(w->sheet, DEM_SHEET_BULLET, level);
      dem_sheet_add(w->sheet, DEM_STYLE_DIM, "Open until then: ");
      dem_sheet_add(w->sheet, DEM_STYLE_DIM, c->text);
      dem_sheet_end(w->sheet);
      break;
    }
  }
  return DEM_OK;
}

// Rules -----------------------------------------------------------------------------------

static void add_rule_details(writer *w, const dem_missed_rule *rule, size_t level)
{
  dem_sheet_begin(w->sheet, DEM_SHEET_DETAIL, level);
  dem_sheet_add(w->sheet, DEM_STYLE_DIM, "rule ");
  dem_sheet_add(w->sheet, DEM_STYLE_DIM, rule->rule);
  dem_sheet_add(w->sheet, DEM_STYLE_DIM, ", ");
  add_place(w, rule->file, rule->line);
  dem_sheet_end(w->sheet);
  if (rule->from[0] || rule->until[0]) {
    dem_sheet_begin(w->sheet, DEM_SHEET_DETAIL, level);
    dem_sheet_add(w->sheet, DEM_STYLE_CAUTION,
                  rule->until[0] ? "The rule itself ended on " : "The rule itself begins on ");
    dem_sheet_add(w->sheet, DEM_STYLE_CAUTION, rule->until[0] ? rule->until : rule->from);
    dem_sheet_end(w->sheet);
  }
  if (rule->is_cut) {
    dem_sheet_write(w->sheet, DEM_SHEET_DETAIL, level, DEM_STYLE_DIM,
                    "There are too many facts to try every way: there may be a nearer one.");
  }
}

// As deep as chains of rules that are not told yet.
static dem_status add_rule(writer *w, size_t number, size_t level)
{
  const dem_missed_rule *const rule = &w->why_not->rules[number];
  const bool is_told = w->is_told[number];
  const bool is_folded = !is_told && w->depth > 0 && level > w->depth;
  dem_sheet_begin(w->sheet, DEM_SHEET_BULLET, level);
  add(w, "It could follow by: ");
  add(w, rule->title[0] ? rule->title : rule->wanted);
  add_counts(w, rule);
  dem_sheet_add(w->sheet, DEM_STYLE_DIM, is_told ? " – told above" : is_folded ? " – folded" : "");
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
  const char *before = ": ";
  dem_sheet_begin(w->sheet, DEM_SHEET_BULLET, 1);
  add(w, rule->title[0] ? rule->title : rule->rule);
  for (size_t i = 0; i < rule->condition_count; ++i) {
    if (rule->conditions[i].state == DEM_MISSED_FAILED) {
      dem_sheet_add(w->sheet, DEM_STYLE_DIM, before);
      dem_sheet_add(w->sheet, DEM_STYLE_DIM, rule->conditions[i].text);
      before = "; ";
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
  dem_sheet_introduce(w->sheet, &why_not->about, "Why not ", "");
  if (why_not->holds) {
    dem_sheet_write(w->sheet, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_STRONG,
                    "It does hold: --why says why.");
  } else if (why_not->root_count == 0) {
    dem_sheet_write(w->sheet, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_STRONG,
                    "No rule of the pack could conclude it.");
  }
  for (size_t i = 0; i < why_not->root_count; ++i) {
    if (i < TOLD_IN_FULL || w->has_all) {
      DEM_TRY(add_root(w, why_not->roots[i], i + 1));
      continue;
    }
    if (i == TOLD_IN_FULL) {
      dem_sheet_write(w->sheet, DEM_SHEET_HEADING, 0, DEM_STYLE_PLAIN, "Further away, for want of");
    }
    add_short_root(w, &why_not->rules[why_not->roots[i]]);
  }
  if (why_not->is_cut) {
    dem_sheet_write(w->sheet, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_DIM,
                    "There are more rules on the way than are told here.");
  }
  if (w->has_others) {
    dem_sheet_write(w->sheet, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_DIM,
                    "The nearest rules are told in full; --all tells every one.");
  }
  if (w->has_folded || w->proofs.has_folded) {
    dem_sheet_write(w->sheet, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_DIM,
                    "Some of it is folded: a larger --depth shows more, --depth 0 everything.");
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
  dem_sheet_init(&sheet, options, "demarche-why-not", out);
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
