// SPDX-License-Identifier: Apache-2.0

// Propositions: "some row of the session's REL passes these constant tests".
//
// A pattern without variables is one proposition, shared by all rules that say the same; a pattern
// with variables needs one to hold. Which propositions a row makes true is found by its values, not
// by asking each: work follows the facts, not the rules.
//
// This is the alpha part of a Rete network. Sources: Forgy, "Rete: a fast algorithm for the many
// pattern/many object pattern match problem" (1982); Doorenbos (1995), ch. 2.

#ifndef DEM_PLAN_PROPOSITION_H
#define DEM_PLAN_PROPOSITION_H

#include "base/hash.h"
#include "model/model.h"

typedef struct dem_proposition_test {
  uint32_t column;
  dem_storage storage;
  const dem_test *test;
} dem_proposition_test;

typedef struct dem_proposition {
  uint32_t relation;
  uint32_t test_count;
  const dem_proposition_test *tests; ///< Those that remain once the row was found by its value.
  uint32_t all_count;
  const dem_proposition_test *all; ///< All of them, for rows with an open value.
  double likelihood;               ///< How often it is expected to hold, between 0 and 1.
  bool is_lazy; ///< Nothing waits for it: rows need not find it, it is looked at when asked for.
} dem_proposition;

/// Propositions that one value of one column makes candidates.
typedef struct dem_value_entry {
  dem_word word;
  uint32_t field;       ///< dem_proposition_field; DEM_NONE: a free place, whose counts are 0.
  uint32_t plain_count; ///< The first of them have no further test.
  uint32_t begin;       ///< Into dem_propositions.by_value.
  uint32_t count;
} dem_value_entry;

/// Propositions that compare one column with a threshold, sorted so that those that hold are a
/// prefix.
typedef struct dem_threshold_list {
  uint32_t column;
  dem_test_kind kind;
  dem_storage storage;
  uint32_t count;
  const dem_word *thresholds;
  const uint32_t *propositions;
} dem_threshold_list;

/// How the rows of one relation find their propositions.
typedef struct dem_alpha {
  uint64_t plain_columns;  ///< Columns whose values find propositions without a further test.
  uint64_t tested_columns; ///< Columns whose values find others.
  bool has_more;           ///< There is more than plain columns.
  uint32_t threshold_count;
  const dem_threshold_list *thresholds;
  uint32_t other_count;
  const uint32_t *others; ///< Propositions that every row is tested for.
} dem_alpha;

typedef struct dem_propositions {
  uint32_t count;
  dem_proposition *items;
  dem_alpha *alphas;       ///< One a relation.
  dem_value_entry *values; ///< An open hash table.
  uint32_t value_slots;    ///< A power of two, or 0.
  uint64_t seed;           ///< Of the table's hash.
  uint32_t *by_value;
} dem_propositions;

/// A column of a relation as one number.
static inline uint32_t dem_proposition_field(uint32_t relation, uint32_t column)
{
  return relation * DEM_MAX_FIELDS + column;
}

/// The place of a field's value in the table: its entry, or a free one. The table must not be
/// empty.
static inline dem_value_entry *dem_propositions_place(const dem_propositions *propositions,
                                                      uint32_t field, dem_word word)
{
  const uint32_t mask = propositions->value_slots - 1;
  const uint64_t hash = dem_hash_mix(propositions->seed ^ field, word);
  uint32_t i = (uint32_t)(hash >> 32) & mask;
  for (;; i = (i + 1) & mask) {
    dem_value_entry *const entry = &propositions->values[i];
    if ((entry->word == word && entry->field == field) || entry->field == DEM_NONE) {
      return entry;
    }
  }
}

/// Collects propositions while a phase is planned.
typedef struct dem_proposition_builder dem_proposition_builder;

dem_proposition_builder *dem_proposition_builder_new(dem_allocator allocator,
                                                     const dem_model *model);
void dem_proposition_builder_free(dem_proposition_builder *builder);

/// The proposition of a pattern's constant tests: the same number for the same tests.
/// @return DEM_NONE without memory.
uint32_t dem_proposition_of(dem_proposition_builder *builder, const dem_pattern *pattern);

/// Lay out what was collected.
dem_status dem_propositions_build(dem_proposition_builder *builder, dem_arena *arena,
                                  dem_propositions *out);

/// Let rows find only those that something waits for, and those that cost nothing more to find.
/// @param trigger_begin  By proposition, and one more: as in dem_phase.
void dem_propositions_settle(dem_propositions *propositions, uint32_t relation_count,
                             const uint32_t *trigger_begin);

/// Whether no term of a pattern names a variable.
bool dem_pattern_is_closed(const dem_pattern *pattern);

#endif
