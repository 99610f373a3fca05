// SPDX-License-Identifier: Apache-2.0

// Languages: a pack's texts as a translation says them.
//
// English stands in place, in the model. A language holds what its file says instead, by what the
// text is of. NULL stands for English everywhere, so that English costs nothing.

#ifndef DEM_MODEL_LANGUAGE_H
#define DEM_MODEL_LANGUAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/place.h"
#include "base/slice.h"
#include "demarche/language.h"
#include "model/plural.h"
#include "model/rule.h"

struct dem_model;

typedef enum dem_text_kind {
  DEM_TEXT_PACK_TITLE,
  DEM_TEXT_QUESTION_NAME, ///< How reports call the field. `owner`: the question.
  DEM_TEXT_QUESTION_ASK,
  DEM_TEXT_QUESTION_HELP,
  DEM_TEXT_FACT,       ///< A text of a keyed row. `owner`: the key's word; `part`: dem_text_column.
  DEM_TEXT_RULE_TITLE, ///< `owner`: the rule.
  DEM_TEXT_RULE_BECAUSE,
  DEM_TEXT_SOURCE_TITLE, ///< `owner`: the source.
  DEM_TEXT_SOURCE_WORK,
  DEM_TEXT_SOURCE_PUBLISHER,
  DEM_TEXT_SECTION,  ///< `owner`: the source; `part`: the section.
  DEM_TEXT_RELATION, ///< How explanations call a relation. `owner`: its name's symbol.
  DEM_TEXT_FIELD,    ///< Likewise a field of any relation.
  DEM_TEXT_VALUE,    ///< Likewise a value of any enumeration.
  DEM_TEXT_SAYING,   ///< The engine's own. `owner`: dem_saying; `part`: dem_plural.
} dem_text_kind;

/// What a text is of.
typedef struct dem_text_id {
  dem_text_kind kind;
  uint32_t part;
  uint64_t owner;
} dem_text_id;

static inline uint32_t dem_text_column(uint32_t relation, uint32_t field)
{
  return relation * DEM_MAX_FIELDS + field;
}

static inline uint32_t dem_text_column_relation(uint32_t column)
{
  return column / DEM_MAX_FIELDS;
}

/// One text of a pack, with what a language makes of it.
typedef struct dem_text {
  dem_text_id id;
  dem_slice path; ///< "organization/au/name"
  dem_slice english;
  bool is_optional;    ///< Nobody misses it: another name of something, or who published a source.
  dem_slice made_from; ///< The English that it was translated from; bytes is NULL when not said.
  dem_slice text;      ///< bytes is NULL where there is no translation.
  bool is_used;        ///< English stands in for one that may not fit any more.
  dem_place place;     ///< Of the translation.
  uint32_t class_index;
  uint32_t reason_count; ///< Of a `because`: its pieces.
  const dem_reason_part *reason;
} dem_text;

/// What stands before and after a label of some class, in some form: "du " and "".
typedef struct dem_label_form {
  dem_slice before;
  dem_slice after;
} dem_label_form;

struct dem_language {
  dem_slice code;
  dem_place place; ///< In pack.yaml; of its file where pack.yaml names no languages.
  bool has_file;
  bool is_read;
  uint32_t text_count;
  dem_text *texts; ///< All of the pack's, in the order in which a translator meets them.
  uint32_t translated_count;
  const uint32_t *translated; ///< Those whose translation is used, by id.
  uint32_t class_count;
  const dem_slice *classes; ///< The first is that of labels which name none.
  uint32_t form_count;
  const dem_slice *forms;
  const dem_label_form *endings; ///< By class, then by form.
};

/// Order by kind, owner and part.
int dem_text_id_compare(dem_text_id a, dem_text_id b);

/// What a language says, or NULL: then English stands in.
/// Cost: logarithmic; nothing for English.
const dem_text *dem_language_find(const dem_language *language, dem_text_id id);

/// The same as a text.
dem_slice dem_language_or(const dem_language *language, dem_text_id id, dem_slice english);

/// A rule's title, a question's texts and a source's in a language. A question without a
/// translated name is called by its field.
dem_slice dem_language_title(const dem_language *language, const struct dem_model *model,
                             const dem_rule *rule);
dem_slice dem_language_field(const dem_language *language, const struct dem_model *model,
                             uint32_t question);
dem_slice dem_language_ask(const dem_language *language, const struct dem_model *model,
                           uint32_t question);

/// "en" for NULL.
const char *dem_language_tag(const dem_language *language);

/// Whether it is written from right to left.
bool dem_language_runs_leftward(const dem_language *language);

/// The language of that code, or NULL.
const dem_language *dem_model_find_language(const struct dem_model *model, dem_slice code);

#endif
