// SPDX-License-Identifier: Apache-2.0

// kb/lang/CODE.yaml → what a language says instead of English.
//
//   forms:                               how labels stand in sentences, by class
//     le: {of: "du {}", to: "au {}"}
//   country/MA/name: {en: Morocco, fr: Maroc, class: le}
//   rule/ID/because: {en: "…", fr: "… {$country:of} …"}
//   profile/country/ask: Pour quel pays ?           short: nothing says from which English

#ifndef DEM_LANG_LANGUAGE_READER_H
#define DEM_LANG_LANGUAGE_READER_H

#include "lang/reader.h"

/// Take the codes that pack.yaml names: `languages: [en, fr]`.
/// @param list        NULL where it names none: then those count that have a file.
/// @param file_count  How many languages dem_language_meet may add.
dem_status dem_languages_name(dem_reader *reader, const dem_node *list, size_t file_count);

/// The code of the file at a path: "fr" of kb/lang/fr.yaml; empty where none is meant.
dem_slice dem_language_of_path(dem_slice path);

/// Whether a language's file is to be read at all.
bool dem_language_is_wanted(const dem_model *model, dem_slice code);

/// A language has a file. One that pack.yaml does not name is added where it names none, else an
/// error.
/// @param place  Of the file.
dem_status dem_language_meet(dem_reader *reader, dem_slice code, dem_place place);

/// Read a language's file, when the rest of the pack was read and the rules are sorted.
/// @param root  Of the file; NULL where it says nothing.
/// Cost: linear in the texts of the pack and the bytes of the file.
dem_status dem_language_read(dem_reader *reader, dem_slice code, const dem_node *root);

/// Report the languages that pack.yaml names and that have no file.
dem_status dem_languages_finish(dem_reader *reader);

#endif
