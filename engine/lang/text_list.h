// SPDX-License-Identifier: Apache-2.0

// Every text of a pack that people read, with the path that names it.
//
//   pack/title                        profile/FIELD/name, …/ask, …/help
//   RELATION/KEY/FIELD                a label, or another name, of a row that has a key
//   rule/ID/title, …/because          source/ID/title, …/work, …/publisher, …/sections/SECTION
//   relation/NAME, field/NAME         how explanations call them
//   value/VALUE                       of an enumeration
//   words/SAYING, words/SAYING/few    the engine's own: demarche/sayings.h
//
// A relation that is called like one of these first words has its rows under fact/RELATION.

#ifndef DEM_LANG_TEXT_LIST_H
#define DEM_LANG_TEXT_LIST_H

#include "model/model.h"

/// List the texts of a model, for a language: how many forms its counted words have is its own.
///
/// @param texts_out  In the model's arena; without translations.
/// @return DEM_OK; DEM_ERR_NO_MEMORY. Cost: linear in the texts.
dem_status dem_text_list(dem_model *model, dem_slice code, dem_text **texts_out,
                         uint32_t *count_out);

#endif
