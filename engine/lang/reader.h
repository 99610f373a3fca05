// SPDX-License-Identifier: Apache-2.0

// What the readers of the language share while one pack is read.

#ifndef DEM_LANG_READER_H
#define DEM_LANG_READER_H

#include "base/diagnostic.h"
#include "model/model.h"
#include "text/document.h"

typedef struct dem_reader {
  dem_model *model;             ///< Being built.
  dem_diagnostics *diagnostics; ///< Receives errors; reading goes on with the next item.
  dem_text_limits limits;
  dem_vector rules;      ///< dem_rule: moved to the model, sorted by id, at the end.
  dem_vector uses;       ///< dem_reference_use: constants that must name a row; checked at the end.
  dem_vector ids;        ///< dem_rule_id: of all rules, also refused ones; checked at the end.
  size_t fact_count;     ///< Facts read so far: bounded by limits.max_nodes.
  bool has_unread_facts; ///< A file or table could not be read: references to its facts may be
                         ///< right.
  bool names_languages;  ///< pack.yaml says which languages the pack has.
} dem_reader;

/// A constant of reference type that stands in a fact, a rule or a question. Facts may come
/// after their use, so it is checked when all facts are read.
typedef struct dem_reference_use {
  uint32_t relation; ///< That is named.
  dem_word key;
  dem_place place;
} dem_reference_use;

/// A rule's id and where it stands.
typedef struct dem_rule_id {
  dem_symbol id;
  dem_place place;
  uint32_t rank; ///< In the order of reading.
} dem_rule_id;

/// Read citations: a list of `source` or `source/section`, or one of them.
/// @param citations_out  In the model's arena.
dem_status dem_citations_read(dem_reader *reader, const dem_node *node,
                              const dem_citation **citations_out, uint32_t *count_out);

/// Read a `from` or `until`: a date as days since 1970-01-01.
dem_status dem_day_read(dem_reader *reader, const dem_node *node, int64_t *day_out);

/// Read a text that people see, into the model's arena. Reports what is none.
/// @param node  NULL leaves `text_out` as it is.
dem_status dem_text_read(dem_reader *reader, const dem_node *node, dem_slice *text_out);

/// Beside a report that a text is wanted: say what YAML made of one that begins with `{` or `[`.
void dem_quotes_note(dem_reader *reader, const dem_node *node);

/// Beside a report that a word is none of those known: "did you mean 'x'?", when one of them is
/// near or is what other languages call by that word.
void dem_name_suggest(dem_reader *reader, dem_slice word, const dem_slice *known, size_t count);

/// Report a key of a mapping that is not one of `known` (NULL-terminated), with the nearest.
dem_status dem_keys_check(dem_reader *reader, const dem_node *mapping, const char *const *known);

/// Find a relation by name; reports UNKNOWN_RELATION with the nearest name. DEM_NONE if there is
/// none.
uint32_t dem_relation_resolve(dem_reader *reader, dem_slice name, dem_place place);

/// Find a field by name; reports UNKNOWN_FIELD with the nearest name and a note that lists the
/// fields.
uint32_t dem_field_resolve(dem_reader *reader, uint32_t relation, dem_slice name, dem_place place);

/// Whether a rule's scalar says that a field has no value: nothing at all, or `null` where the
/// value may be missing. In other fields `null` is a word like any other.
bool dem_field_is_left_out(const dem_field *field, const dem_node *scalar);

/// Read a scalar as a field's value; reports WRONG_TYPE or NOT_IN_ENUMERATION and records a
/// dem_reference_use for references.
dem_status dem_constant_read(dem_reader *reader, uint32_t relation, uint32_t field,
                             const dem_node *scalar, dem_word *word_out);

#endif
