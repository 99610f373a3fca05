// SPDX-License-Identifier: Apache-2.0

// A join as a list of steps: for each row that a step finds, the next step runs.

#ifndef DEM_PLAN_STEP_H
#define DEM_PLAN_STEP_H

#include "model/model.h"

/// Which rows a step may take: bits. See store/table.h for the ranges.
typedef enum dem_rows {
  DEM_ROWS_BASE = 1,    ///< The pack's.
  DEM_ROWS_OLD = 2,     ///< The session's from before the last round.
  DEM_ROWS_DELTA = 4,   ///< The session's of the last round.
  DEM_ROWS_SESSION = 6, ///< All that the session has seen.
  DEM_ROWS_SEEN = 3,    ///< All from before the last round.
  DEM_ROWS_ALL = 7,
} dem_rows;

typedef enum dem_step_kind {
  DEM_STEP_SCAN,      ///< Every row of a relation.
  DEM_STEP_LOOKUP,    ///< The rows that an index finds for a key.
  DEM_STEP_FIND,      ///< The one row all of whose columns are known.
  DEM_STEP_GUARD,     ///< Go on where an expression is true.
  DEM_STEP_LET,       ///< Bind a variable to an expression's value, or compare with it.
  DEM_STEP_NOT,       ///< Go on where no alternative has a match.
  DEM_STEP_AGGREGATE, ///< Bind a variable to an aggregate of the ways, or compare with it.
  DEM_STEP_FINISH,    ///< A match: hand it to whoever runs the join.
} dem_step_kind;

/// A column whose value is known before the row is found.
typedef struct dem_key_part {
  uint32_t column;
  uint32_t variable; ///< DEM_NONE: `word` is the value.
  dem_word word;
} dem_key_part;

typedef enum dem_column_action_kind {
  DEM_COLUMN_BIND,    ///< The variable becomes the column's value.
  DEM_COLUMN_EQUAL,   ///< The column must equal the variable.
  DEM_COLUMN_WORD,    ///< The column must equal the word.
  DEM_COLUMN_TEST,    ///< The column must pass the test.
  DEM_COLUMN_PRESENT, ///< The column must have a value.
} dem_column_action_kind;

/// What is done with one column of a row that was found, in order.
typedef struct dem_column_action {
  dem_column_action_kind kind;
  uint32_t column;
  uint32_t variable;
  dem_storage storage;
  dem_word word;
  const dem_test *test;
} dem_column_action;

typedef struct dem_step dem_step;

/// Steps, the last of which is DEM_STEP_FINISH.
typedef struct dem_steps {
  uint32_t count;
  const dem_step *items;
} dem_steps;

typedef struct dem_alternatives {
  uint32_t count;
  const dem_steps *items;
} dem_alternatives;

struct dem_step {
  dem_step_kind kind;
  uint32_t rows; ///< dem_rows.
  uint32_t relation;
  uint32_t position; ///< Of the pattern in its body; patterns in a `not` or an aggregate have
                     ///< positions of their own behind those. DEM_NONE where no row is taken.
  uint32_t index;    ///< Of DEM_STEP_LOOKUP: which of the relation's indexes.
  uint32_t key_count;
  const dem_key_part *key; ///< By column.
  uint32_t action_count;
  const dem_column_action *actions;
  const dem_expression *expression; ///< Of a guard or a let.
  uint32_t variable;                ///< Of a let or an aggregate: what is bound.
  bool is_bound;                    ///< That variable has a value already: compare with it.
  dem_alternatives inner;           ///< Of a `not` or an aggregate.
  const dem_aggregate *aggregate;
  uint32_t scratch; ///< Of an aggregate: which scratch table is its own.
  double estimate;  ///< Rows that the planner expects, for the listing.
};

#endif
