// SPDX-License-Identifier: Apache-2.0

// A pack as read and checked: schema, given facts, rules, sources, questions.
//
// Built by lang/, read by everything after it. Immutable once built.

#ifndef DEM_MODEL_MODEL_H
#define DEM_MODEL_MODEL_H

#include <stdint.h>

#include "base/arena.h"
#include "base/place.h"
#include "base/symbol.h"
#include "base/vector.h"
#include "model/language.h"
#include "model/question.h"
#include "model/relation.h"
#include "model/rule.h"
#include "model/source.h"

/// Where a given fact comes from. Shared by facts of one list.
typedef struct dem_given {
  dem_place place;
  uint32_t citation_count;
  const dem_citation *citations;
  int64_t as_of; ///< When it was last checked, as days since 1970-01-01; INT64_MIN if not said.
  int64_t from;  ///< First day in force; INT64_MIN if not said.
  int64_t until; ///< First day not in force any more; INT64_MAX if not said.
} dem_given;

/// The given facts of one relation, in the order in which they were read. The same row may
/// stand there more than once, with different givens.
typedef struct dem_given_facts {
  dem_vector words;  ///< dem_word, field_count a row.
  dem_vector givens; ///< uint32_t a row: index into dem_model.givens.
} dem_given_facts;

typedef struct dem_model {
  dem_arena arena;      ///< Holds everything that the model points to.
  dem_symbols *symbols; ///< Owned.
  dem_files files;      ///< The pack's files.
  dem_symbol name;
  dem_slice version;
  dem_slice title;
  int64_t date;        ///< The pack's own date, as days since 1970-01-01.
  int64_t stale_after; ///< Days; 0 when the pack does not say.
  uint32_t relation_count;
  dem_relation *relations; ///< In the schema's order, hidden ones last.
  uint32_t source_count;
  dem_source *sources;
  uint32_t rule_count;
  dem_rule *rules; ///< Sorted by id, so that a smaller index is a smaller id.
  uint32_t question_count;
  dem_question *questions; ///< In the order of profile.yaml.
  uint32_t answered;       ///< The hidden relation of answered fields; DEM_NONE without questions.
  uint32_t open;           ///< Likewise, of fields that are open; only among the possible facts.
  uint32_t known;          ///< Likewise, of fields that their `known` fills in.
  dem_given_facts *facts;  ///< One a relation.
  dem_vector givens;       ///< dem_given
  const char *only_language; ///< Set before reading: besides English no other one is read; NULL:
                             ///< every one.
  uint32_t language_count;   ///< English aside.
  dem_language *languages;   ///< In the order of pack.yaml.
  dem_vector regexes;        ///< dem_regex *, owned.
  char sha256[65];           ///< Of the pack's files, in hexadecimal, with a NUL.
} dem_model;

void dem_model_init(dem_model *model, dem_allocator allocator);
void dem_model_clear(dem_model *model);

/// The relation of that name, or DEM_NONE.
uint32_t dem_model_find_relation(const dem_model *model, dem_slice name);

/// The question whose rule this is while it is open, or DEM_NONE.
uint32_t dem_model_question_of(const dem_model *model, uint32_t rule);

/// The field of that name, or DEM_NONE.
uint32_t dem_relation_find_field(const dem_model *model, const dem_relation *relation,
                                 dem_slice name);

#endif
