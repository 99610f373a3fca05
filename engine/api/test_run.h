// SPDX-License-Identifier: Apache-2.0

// Further runs of tests that must come to the same: with everything in another order, and with
// open questions answered.

#ifndef DEM_API_TEST_RUN_H
#define DEM_API_TEST_RUN_H

#include "advise/account.h"
#include "api/dated_packs.h"
#include "demarche/test.h"
#include "lang/test_reader.h"

/// What the further runs share. All borrowed.
typedef struct dem_test_run {
  dem_allocator allocator;
  dem_arena *arena;         ///< Receives the failures and their texts.
  dem_files *files;         ///< Those of the tests.
  dem_dated_packs *packs;   ///< Of the pack as it is.
  const dem_vector *tests;  ///< dem_pack_test
  dem_test_result *results; ///< One a test.
} dem_test_run;

/// Give a session the answers of a test's profile, after forgetting everything else.
dem_status dem_test_answer(const dem_test_run *run, dem_session *session,
                           const dem_pack_test *test);

/// The pack for a test's date. Of a date for which it cannot be compiled: DEM_ERR_INVALID.
dem_status dem_test_pack(dem_dated_packs *packs, const dem_pack_test *test, dem_dated_pack **out);

/// Add one more failure to a result; its place is the test's.
dem_status dem_test_fail(const dem_test_run *run, size_t index, const dem_buffer *message,
                         const dem_buffer *details);

/// Run all tests that passed or failed again, on a pack whose files, facts, rules and conditions
/// are in another order: the results must be the same bytes.
dem_status dem_test_shuffle(const dem_test_run *run, const dem_memory_file *files, size_t count,
                            const dem_pack_options *options, uint64_t seed);

/// Answer the open questions of all tests that passed or failed, one by one: what was certain stays
/// certain, what was impossible stays impossible, and what is not asked does not matter.
/// @param seed  Of the answers that are chosen.
dem_status dem_test_refine(const dem_test_run *run, uint64_t seed);

#endif
