// SPDX-License-Identifier: Apache-2.0

// Matching while questions are open: rows and variables may hold DEM_OPEN, a value that may be any.
//
// Two models are kept side by side, what is certain and what is possible. A `not` or an aggregate
// in one looks at the other, so that neither claims too much: a thing is certainly not so when it
// is not even possible. Source: the well-founded semantics restricted to strata, Van Gelder, Ross
// and Schlipf (1991), with nulls as in Imielinski and Lipski (1984).
//
// An open value is no key: where one may be met, rows are looked through.

#include "infer/matcher.h"

void dem_matcher_turn(dem_matcher *m)
{
  if (!m->other_facts) {
    return;
  }
  dem_facts *const facts = m->facts;
  dem_table *const scratch = m->scratch;
  m->facts = m->other_facts;
  m->scratch = m->other_scratch;
  m->other_facts = facts;
  m->other_scratch = scratch;
  m->is_possible = !m->is_possible;
}

// Rows --------------------------------------------------------------------------------

/// Variables that a row has told more about, to be put back when the row is done with.
typedef struct lesson {
  uint32_t variable;
  dem_word before;
} lesson;

typedef struct lessons {
  lesson items[2 * DEM_MAX_FIELDS];
  uint32_t count;
} lessons;

/// Compare a variable with a word; an open variable learns what it would have to be.
static bool agree(dem_matcher *m, uint32_t variable, dem_word word, lessons *learnt)
{
  const dem_word value = m->values[variable];
  if (!dem_words_agree(m, value, word)) {
    return false;
  }
  if (value == DEM_OPEN && word != DEM_OPEN) {
    learnt->items[learnt->count++] = (lesson){variable, value};
    m->values[variable] = word;
  }
  return true;
}

static bool has_key(dem_matcher *m, const dem_step *step, const dem_word *row, lessons *learnt)
{
  for (uint32_t i = 0; i < step->key_count; ++i) {
    const dem_key_part *const part = &step->key[i];
    const dem_word word = row[part->column];
    if (part->variable == DEM_NONE ? !dem_words_agree(m, part->word, word)
                                   : !agree(m, part->variable, word, learnt)) {
      return false;
    }
  }
  return true;
}

static bool accepts(dem_matcher *m, const dem_step *step, const dem_word *row, lessons *learnt)
{
  for (uint32_t i = 0; i < step->action_count; ++i) {
    const dem_column_action *const a = &step->actions[i];
    const dem_word word = row[a->column];
    bool passes = true;
    switch (a->kind) {
    case DEM_COLUMN_BIND:
      m->values[a->variable] = word;
      break;
    case DEM_COLUMN_EQUAL:
      passes = agree(m, a->variable, word, learnt);
      break;
    case DEM_COLUMN_WORD:
      passes = dem_words_agree(m, a->word, word);
      break;
    case DEM_COLUMN_TEST:
      passes = dem_test_passes(m, a->test, a->storage, word);
      break;
    case DEM_COLUMN_PRESENT:
      passes = word != DEM_ABSENT;
      break;
    }
    if (!passes) {
      return false;
    }
  }
  return true;
}

bool dem_open_row_take(dem_matcher *m, const dem_step *step, const dem_table *table, uint32_t row,
                       uint32_t layer, dem_finish *finish)
{
  lessons learnt;
  learnt.count = 0;
  const dem_word *const words = dem_table_row(table, row);
  bool goes_on = true;
  if (has_key(m, step, words, &learnt) && accepts(m, step, words, &learnt)) {
    m->rows[step->position] = row | layer;
    goes_on = dem_steps_run(m, step + 1, finish);
  } else {
    goes_on = m->status == DEM_OK;
  }
  while (learnt.count > 0) {
    const lesson back = learnt.items[--learnt.count];
    m->values[back.variable] = back.before;
  }
  return goes_on;
}

// Keys --------------------------------------------------------------------------------

bool dem_key_is_open(const dem_matcher *m, const dem_step *step, const dem_word *key)
{
  const uint64_t *const open = m->facts->open_columns;
  for (uint32_t i = 0; i < step->key_count; ++i) {
    if (key[i] == DEM_OPEN || (open && step->rows & DEM_ROWS_SESSION &&
                               open[step->relation] >> step->key[i].column & 1)) {
      return true;
    }
  }
  return false;
}
