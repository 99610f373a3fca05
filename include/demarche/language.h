// SPDX-License-Identifier: Apache-2.0

// Languages: in which texts are read, and what a translator has still to do.
//
//   dem_pack_options.language = "fr", or
//   dem_pack_find_language → dem_session_set_language → advice, questions, explanations in it
//
// English stands in a pack's files in place; kb/lang/CODE.yaml holds what another language says
// instead, by path ("organization/au/name"). English stands in for what is missing. NULL is
// English.

#ifndef DEMARCHE_LANGUAGE_H
#define DEMARCHE_LANGUAGE_H

#include <stdbool.h>

#include "demarche/sayings.h"
#include "demarche/session.h"

/// A language of a pack. Belongs to the pack, and to those that dem_pack_open_for made of it.
/// Immutable; shared by threads. NULL stands for English.
typedef struct dem_language dem_language;

/// How many languages a pack has, English included.
DEM_API uint32_t dem_pack_language_count(const dem_pack *pack);

/// Their codes: "en", then those that pack.yaml names, in its order.
DEM_API const char *dem_pack_language_code(const dem_pack *pack, uint32_t index);

/// The language of a code.
///
/// @param language_out  Receives NULL for "en".
/// @return DEM_OK; DEM_ERR_NOT_FOUND when the pack does not have it, or was opened without it
///         (dem_pack_options.language).
DEM_API dem_status dem_pack_find_language(const dem_pack *pack, const char *code,
                                          const dem_language **language_out);

/// "en" for NULL.
DEM_API const char *dem_language_code(const dem_language *language);

/// Whether it is written from right to left.
DEM_API bool dem_language_is_right_to_left(const dem_language *language);

/// The language that a pack was opened for: that of its sessions, unless they choose another.
DEM_API const dem_language *dem_pack_language(const dem_pack *pack);

/// Choose the language of everything that the session makes from now on: advice, questions,
/// choices, explanations. Labels are then accepted in it as well as in English. Outlives
/// dem_session_reset; never read from the environment. What dem_session_advise gave
/// before, in any of its forms, ends.
///
/// @param language  Of the session's pack. NULL: English. Cost: O(1).
DEM_API void dem_session_set_language(dem_session *session, const dem_language *language);
DEM_API const dem_language *dem_session_language(const dem_session *session);

/// dem_pack_question, with its texts in a language.
DEM_API dem_question_info dem_pack_question_in(const dem_pack *pack, uint32_t question,
                                               const dem_language *language);

// The engine's own words ----------------------------------------------------------------

/// Write one of the engine's own words with its places filled in: demarche/sayings.h.
///
/// @param count   Of a counted one: the number, which also chooses its form.
/// @param values  By place, in the order in which the English text names them, {count} aside; NULL
///                where it has none.
/// @param text    `size` bytes, zero-terminated, cut where it is longer.
/// @return How long the whole text is, without its zero.
DEM_API size_t dem_language_say(const dem_language *language, dem_saying saying, uint64_t count,
                                const char *const *values, char *text, size_t size);

/// One that is not counted and has no places, or the bare text of one that has. Lives as long as
/// the language.
DEM_API const char *dem_language_words(const dem_language *language, dem_saying saying);

// Translating ---------------------------------------------------------------------------

typedef enum dem_text_state {
  DEM_TEXT_TRANSLATED,
  DEM_TEXT_MISSING,
  DEM_TEXT_OUTDATED, ///< The English was changed since.
  DEM_TEXT_UNDATED,  ///< Translated; nothing says from which English.
} dem_text_state;

/// One text that people read.
typedef struct dem_text_info {
  const char *path;
  const char *english;
  const char *text;      ///< The translation; empty if there is none.
  const char *made_from; ///< The English that it was made from; empty if that is not said.
  const char *form;      ///< The label's class; empty for the first.
  dem_text_state state;
  bool is_optional; ///< Nobody misses it: another name of something, or who published a source.
} dem_text_info;

/// All texts of a pack that can be translated, in the order in which a translator meets them.
/// @param language  Not NULL.
DEM_API uint32_t dem_language_text_count(const dem_language *language);
DEM_API dem_text_info dem_language_text(const dem_language *language, uint32_t index);

/// Write kb/lang/CODE.yaml anew: every text with its English beside it, the translations that there
/// are, and a blank for each that is missing. An outdated one keeps the English that it was made
/// from until somebody has looked at it; a comment says what it is now.
///
/// @return DEM_OK; DEM_ERR_NO_MEMORY; what `write` returned.
DEM_API dem_status dem_language_render(const dem_language *language, dem_write_function write,
                                       void *context);

#endif
