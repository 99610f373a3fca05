// SPDX-License-Identifier: Apache-2.0

// A proof as nested bullets.
//
// Bullets wait in a list of their own, the next one last, so that a proof of any height is written
// without the C stack.

#include "render/proof_sheet.h"

#include <stdio.h>

#include "base/try.h"

enum { MOST_COUNTED = 8 }; // Facts that an aggregate ran over: more are summed up.

/// A bullet to come: a step, one of a step's checks, or a remark.
typedef struct bullet {
  size_t step;
  size_t check; ///< DEM_NO_STEP: the step itself.
  size_t level;
  size_t left_out; ///< Not 0: the remark that so many facts that `step` counted are not shown.
} bullet;

dem_status dem_proof_sheet_init(dem_proof_sheet *ps, dem_sheet *sheet, const dem_proof *proof,
                                size_t depth)
{
  const dem_allocator allocator = sheet->out->allocator;
  *ps = (dem_proof_sheet){.sheet = sheet, .proof = proof, .depth = depth};
  dem_vector_init(&ps->todo, allocator, sizeof(bullet));
  ps->numbers =
      allocator.resize(allocator.context, NULL, 0, (proof->step_count + 1) * sizeof *ps->numbers);
  DEM_TRY_MEMORY(ps->numbers);
  for (size_t i = 0; i < proof->step_count; ++i) {
    ps->numbers[i] = 0;
  }
  return DEM_OK;
}

void dem_proof_sheet_clear(dem_proof_sheet *ps)
{
  const dem_allocator allocator = ps->sheet->out->allocator;
  if (ps->numbers) {
    (void)allocator.resize(allocator.context, ps->numbers,
                           (ps->proof->step_count + 1) * sizeof *ps->numbers, 0);
  }
  dem_vector_clear(&ps->todo);
}

// Details -------------------------------------------------------------------------------

static void add_place(dem_sheet *s, const char *file, uint32_t line)
{
  dem_sheet_add(s, DEM_STYLE_DIM, file);
  dem_sheet_add(s, DEM_STYLE_DIM, ":");
  dem_sheet_add_integer(s, DEM_STYLE_DIM, line);
}

static void say_detail(dem_sheet *s, dem_said said)
{
  dem_sheet_words(s, DEM_STYLE_DIM, DEM_SAY_COMMA);
  dem_sheet_say(s, DEM_STYLE_DIM, said);
}

static void say_force(dem_sheet *s, const dem_proof_record *record)
{
  if (record->from[0] && record->until[0]) {
    say_detail(s, DEM_SAID(IN_FORCE_BETWEEN, record->from, record->until));
  } else if (record->from[0]) {
    say_detail(s, DEM_SAID(IN_FORCE_FROM, record->from));
  } else if (record->until[0]) {
    say_detail(s, DEM_SAID(IN_FORCE_UNTIL, record->until));
  }
}

static void add_record(dem_sheet *s, const dem_proof_record *record, size_t level)
{
  dem_sheet_begin(s, DEM_SHEET_DETAIL, level);
  add_place(s, record->file, record->line);
  say_force(s, record);
  if (record->as_of[0]) {
    say_detail(s, DEM_SAID(LAST_CHECKED, record->as_of));
  }
  dem_sheet_end(s);
}

static void add_details(dem_sheet *s, const dem_proof_step *step, size_t level)
{
  switch (step->origin) {
  case DEM_PROOF_RULE:
    if (step->file[0]) {
      if (step->text == step->fact.text && step->title[0]) { // It has no sentence of its own.
        dem_sheet_write(s, DEM_SHEET_DETAIL, level, DEM_STYLE_PLAIN, step->title);
      }
      dem_sheet_begin(s, DEM_SHEET_DETAIL, level);
      dem_sheet_say(s, DEM_STYLE_DIM, DEM_SAID(STEP_BY_RULE, step->rule));
      dem_sheet_words(s, DEM_STYLE_DIM, DEM_SAY_COMMA);
      add_place(s, step->file, step->line);
      dem_sheet_end(s);
    }
    return;
  case DEM_PROOF_RECORD:
    for (size_t i = 0; i < step->record_count; ++i) {
      add_record(s, &step->records[i], level);
    }
    return;
  case DEM_PROOF_ANSWER:
    return;
  }
}

// Bullets ---------------------------------------------------------------------------------

dem_saying dem_proof_opening(const dem_proof_step *step)
{
  if (step->origin == DEM_PROOF_ANSWER) {
    return step->is_certain ? DEM_SAY_PROFILE_ANSWERS : DEM_SAY_IF_PROFILE_ANSWERED;
  }
  if (step->origin == DEM_PROOF_RECORD) {
    return DEM_SAY_ON_RECORD;
  }
  return step->field[0] ? DEM_SAY_FILLED_IN : DEM_SAYING_COUNT;
}

void dem_proof_sheet_say(dem_sheet *s, const dem_proof_step *step)
{
  const dem_saying opening = dem_proof_opening(step);
  if (opening == DEM_SAYING_COUNT) {
    dem_sheet_add(s, DEM_STYLE_PLAIN, step->text);
  } else {
    dem_sheet_say(s, DEM_STYLE_PLAIN, (dem_said){.saying = opening, .values = &step->text});
  }
}

static bool push(dem_proof_sheet *ps, bullet b)
{
  return dem_vector_add(&ps->todo, &b);
}

/// What a step rests on, last first: the list is taken from its end.
static dem_status push_below(dem_proof_sheet *ps, size_t number, size_t level)
{
  const dem_proof_step *const step = &ps->proof->steps[number];
  const size_t counted = step->counted_count > MOST_COUNTED ? MOST_COUNTED : step->counted_count;
  bool is_pushed = counted == step->counted_count ||
                   push(ps, (bullet){number, DEM_NO_STEP, level, step->counted_count - counted});
  for (size_t i = counted; i > 0; --i) {
    is_pushed = is_pushed && push(ps, (bullet){step->counted[i - 1], DEM_NO_STEP, level, 0});
  }
  for (size_t i = step->check_count; i > 0; --i) {
    is_pushed = is_pushed && push(ps, (bullet){number, i - 1, level, 0});
  }
  for (size_t i = step->premise_count; i > 0; --i) {
    is_pushed = is_pushed && push(ps, (bullet){step->premises[i - 1], DEM_NO_STEP, level, 0});
  }
  return is_pushed ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static bool rests_on_something(const dem_proof_step *step)
{
  return step->premise_count + step->check_count + step->counted_count > 0;
}

static void add_check(dem_proof_sheet *ps, const bullet *b)
{
  const dem_proof_check *const check = &ps->proof->steps[b->step].checks[b->check];
  dem_sheet_begin(ps->sheet, DEM_SHEET_BULLET, b->level);
  if (check->kind == DEM_CHECK_ABSENCE) {
    dem_sheet_say(ps->sheet, DEM_STYLE_PLAIN, DEM_SAID(AND_ALSO, check->text));
  } else {
    dem_sheet_add(ps->sheet, DEM_STYLE_PLAIN, check->text);
  }
  dem_sheet_end(ps->sheet);
}

static void add_remark(dem_proof_sheet *ps, const bullet *b)
{
  dem_sheet_begin(ps->sheet, DEM_SHEET_BULLET, b->level);
  dem_sheet_say(ps->sheet, DEM_STYLE_DIM, DEM_SAID_COUNT(MORE_OF_THEM_JSON, b->left_out));
  dem_sheet_end(ps->sheet);
}

/// The step's own sentence, and a number where others refer to it.
static void add_sentence(dem_proof_sheet *ps, const bullet *b, bool is_known, bool is_shared)
{
  dem_sheet *const s = ps->sheet;
  const dem_proof_step *const step = &ps->proof->steps[b->step];
  dem_sheet_begin(s, DEM_SHEET_BULLET, b->level);
  if (!step->is_certain && step->origin != DEM_PROOF_ANSWER) {
    dem_sheet_words(s, DEM_STYLE_POSSIBLE, DEM_SAY_STEP_POSSIBLY);
  }
  dem_proof_sheet_say(s, step);
  dem_sheet_cite(s, step->citations, step->citation_count);
  if (is_shared) {
    char number[24];
    (void)snprintf(number, sizeof number, "%zu", ps->numbers[b->step]);
    dem_sheet_add(s, DEM_STYLE_DIM, " ");
    dem_sheet_say(s, DEM_STYLE_DIM,
                  is_known ? DEM_SAID(STEP_SHOWN_ABOVE, number) : DEM_SAID(STEP_NUMBER, number));
  }
  dem_sheet_end(s);
}

static dem_status add_step(dem_proof_sheet *ps, const bullet *b, size_t top)
{
  const dem_proof_step *const step = &ps->proof->steps[b->step];
  const bool is_known = ps->numbers[b->step] != 0;
  const bool has_more = rests_on_something(step);
  const bool is_deep = ps->depth > 0 && has_more && b->level - top + 1 == ps->depth;
  // What is left out has no number: where it is met again it may be shown.
  const bool is_left_out = is_deep && !is_known && !dem_sheet_can_fold(ps->sheet);
  const bool is_shared = step->use_count > 1 && has_more && !is_left_out;
  if (!is_known && !is_left_out) {
    ps->numbers[b->step] = is_shared ? ++ps->count : SIZE_MAX;
  }
  add_sentence(ps, b, is_known, is_shared);
  if (is_known) {
    return DEM_OK;
  }
  add_details(ps->sheet, step, b->level);
  if (is_left_out) {
    dem_sheet_write_words(ps->sheet, DEM_SHEET_DETAIL, b->level, DEM_STYLE_DIM,
                          DEM_SAY_RESTS_FOLDED);
    ps->has_folded = true;
    return DEM_OK;
  }
  if (is_deep) {
    dem_sheet_fold(ps->sheet);
  }
  return push_below(ps, b->step, b->level + 1);
}

dem_status dem_proof_sheet_add(dem_proof_sheet *ps, size_t step, size_t level)
{
  if (!push(ps, (bullet){step, DEM_NO_STEP, level, 0})) {
    return DEM_ERR_NO_MEMORY;
  }
  while (ps->todo.count > 0) {
    const bullet b = DEM_VECTOR_AT(&ps->todo, bullet, --ps->todo.count);
    if (b.left_out) {
      add_remark(ps, &b);
    } else if (b.check != DEM_NO_STEP) {
      add_check(ps, &b);
    } else {
      DEM_TRY(add_step(ps, &b, level));
    }
  }
  return DEM_OK;
}
