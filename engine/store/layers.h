// SPDX-License-Identifier: Apache-2.0

// The two layers of facts, laid open for the stages that fill them.

#ifndef DEM_STORE_LAYERS_H
#define DEM_STORE_LAYERS_H

#include "store/facts.h"
#include "store/table.h"

/// What a justification needs to know of a body.
typedef struct dem_body_shape {
  uint32_t rule;
  uint32_t pattern_count;
  const uint32_t *relations; ///< Of the body's patterns.
} dem_body_shape;

/// The pack's facts. Immutable once sealed.
typedef struct dem_base {
  uint32_t relation_count;
  dem_table *tables;            ///< One a relation.
  uint32_t **given_begin;       ///< By relation, by row, and one more: into given_list.
  uint32_t **given_list;        ///< By relation: indexes into the model's givens.
  uint32_t *given_rows;         ///< By relation: its first rows, which are given.
  uint32_t *idle_count;         ///< By relation: given facts that are not in force.
  uint32_t **idle_list;         ///< By relation: those, among the model's of the relation.
  const dem_body_shape *shapes; ///< By body number.
} dem_base;

struct dem_facts {
  dem_allocator allocator;
  const dem_base *base;
  dem_table *tables; ///< One a relation.
  uint32_t *touched; ///< Relations that have rows, in the order in which they got them.
  uint32_t touched_count;
  uint64_t fact_count;    ///< Rows in all tables.
  uint64_t *open_columns; ///< By relation: columns in which some row holds DEM_OPEN. NULL for facts
                          ///< that are certain.
  bool has_open;          ///< Some row does.
  void *worker;           ///< The evaluator's memory (infer/worker.h); freed by free_worker.
  void (*free_worker)(void *worker);
};

/// Empty facts on top of a base.
/// @param columns, index_counts  One a relation: the indexes to keep.
/// @return NULL without memory.
dem_facts *dem_facts_new(dem_allocator allocator, const dem_base *base, const uint32_t *widths,
                         uint64_t *const *columns, const uint32_t *index_counts);

/// Let the facts hold open values.
dem_status dem_facts_allow_open(dem_facts *facts);

/// The row with these words in the session's layer, added when there is none (in either layer).
/// @param is_new  Whether it was added.
/// @return Its row in the session's table; DEM_NONE when the pack's layer holds it, or without
/// memory
///         (then *has_failed is set).
uint32_t dem_facts_put(dem_facts *facts, uint32_t relation, const dem_word *words, bool *is_new,
                       bool *has_failed);

/// Drop the row added last, if there was no memory left to note why it holds: every fact has a
/// reason. Nothing may have been looked up or added since.
void dem_facts_drop_unproven(dem_facts *facts);

#endif
