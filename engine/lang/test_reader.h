// SPDX-License-Identifier: Apache-2.0

// A pack's tests: YAML → profiles with what is expected of them.
//
//   tests:
//     - name: Morocco brings its parliament into the dialogue
//       profile: {country: MA, needs: [involve-constituencies]}
//       date: 2025-06-01                                       # optional
//       expect:
//         recommend: [{partner: ipu}]                          # certain
//         possible: {recommend: [{partner: afdb}]}             # possible, not certain
//         never: {recommend: [{partner: [mercosur, asean]}]}   # not even possible
//         cites: [emm-igos/examples]
//         asks: [themes]
//
// As in facts, a list in a field stands for one expectation per item.

#ifndef DEM_LANG_TEST_READER_H
#define DEM_LANG_TEST_READER_H

#include "base/vector.h"
#include "model/model.h"
#include "text/document.h"

typedef enum dem_expected {
  DEM_EXPECTED_CERTAIN,
  DEM_EXPECTED_POSSIBLE, ///< And not certain.
  DEM_EXPECTED_NEVER,    ///< Not even possible.
} dem_expected;

/// What one field of an expected fact is. Strings are compared by their bytes, so that a constant
/// needs no symbol of the session's.
typedef struct dem_expected_term {
  uint32_t field;
  dem_word word;  ///< Of any storage but a string's.
  dem_slice text; ///< As written.
  dem_place place;
} dem_expected_term;

/// A fact, given by some of its fields.
typedef struct dem_expected_fact {
  dem_expected expected;
  uint32_t relation;
  uint32_t term_count;
  const dem_expected_term *terms; ///< In the order of the text.
  dem_place place;
} dem_expected_fact;

typedef struct dem_expected_citation {
  dem_citation citation; ///< Without a section: any of the source's.
  dem_slice text;
  dem_place place;
} dem_expected_citation;

typedef struct dem_expected_question {
  uint32_t question;
  dem_place place;
} dem_expected_question;

typedef struct dem_pack_test {
  dem_slice name;
  dem_place place;         ///< Of the name.
  const dem_node *profile; ///< A mapping.
  bool has_date;
  int64_t date;
  bool is_broken;   ///< Something was reported of it: it is not run.
  dem_vector facts; ///< dem_expected_fact
  dem_vector cites; ///< dem_expected_citation
  dem_vector asks;  ///< dem_expected_question
} dem_pack_test;

/// What the reader needs of its caller. All borrowed.
typedef struct dem_test_reading {
  const dem_model *model; ///< The pack's.
  dem_files *files;       ///< The pack's files, numbered as in the model, then those of the tests.
  dem_arena *arena;       ///< Receives documents, tests and texts.
  dem_diagnostics *diagnostics;
  dem_text_limits limits;
} dem_test_reading;

/// Read one file's tests. What is wrong is reported, and marks its test as broken.
///
/// @param file   Of reading->files.
/// @param tests  A vector of dem_pack_test; appended. Clear each with dem_pack_test_clear.
/// @return DEM_OK, DEM_ERR_INVALID, DEM_ERR_LIMIT; DEM_ERR_NO_MEMORY.
dem_status dem_tests_read(const dem_test_reading *reading, dem_file_id file, dem_vector *tests);

void dem_pack_test_clear(dem_pack_test *test);

#endif
