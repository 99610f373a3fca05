// SPDX-License-Identifier: Apache-2.0

// Hashes: one seed a process; every bit of the input tells in both halves of the result.

#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { ROUNDS = 200, MOST_BYTES = 40 };

static uint64_t next_random(uint64_t *state)
{
  *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407u;
  return *state ^ *state >> 33;
}

static void the_seed_is_drawn_once(void **state)
{
  (void)state;
  const uint64_t seed = dem_hash_seed();
  assert_true(seed != 0);
  assert_true(dem_hash_seed() == seed);
}

/// Slots are chosen by the upper half, and told apart by the lower.
static void every_bit_of_a_word_reaches_both_halves(void **state)
{
  (void)state;
  uint64_t random = 1;
  for (int bit = 0; bit < 64; ++bit) {
    uint32_t upper = 0;
    uint32_t lower = 0;
    for (int i = 0; i < ROUNDS; ++i) {
      const uint64_t hash = next_random(&random);
      const uint64_t word = next_random(&random);
      const uint64_t change =
          dem_hash_mix(hash, word) ^ dem_hash_mix(hash, word ^ UINT64_C(1) << bit);
      upper += change >> 32 != 0;
      lower += (uint32_t)change != 0;
    }
    assert_in_range(upper, ROUNDS - 2, ROUNDS);
    assert_in_range(lower, ROUNDS - 2, ROUNDS);
  }
}

/// Small numbers that follow one another, as symbols do, are spread over the slots of a table.
static void neighbours_are_spread(void **state)
{
  (void)state;
  enum { SLOTS = 1024, WORDS = 512 };
  uint8_t taken[SLOTS] = {0};
  uint32_t used = 0;
  for (uint64_t word = 0; word < WORDS; ++word) {
    const uint32_t slot = (uint32_t)(dem_hash_mix(0x1234567, word) >> 32) % SLOTS;
    used += taken[slot] == 0;
    taken[slot] = 1;
  }
  assert_in_range(used, WORDS / 2, WORDS); // By chance alone it would be about 4 in 5.
}

static void equal_bytes_hash_alike_wherever_they_lie(void **state)
{
  (void)state;
  char bytes[MOST_BYTES + 8];
  for (size_t i = 0; i < sizeof bytes; ++i) {
    bytes[i] = (char)(i * 37);
  }
  for (size_t size = 0; size <= MOST_BYTES; ++size) {
    const uint64_t hash = dem_hash_bytes(5, (dem_slice){bytes, size});
    for (size_t shift = 1; shift < 8; ++shift) {
      char other[MOST_BYTES + 8] = {0};
      memcpy(other + shift, bytes, size);
      assert_true(dem_hash_bytes(5, (dem_slice){other + shift, size}) == hash);
    }
  }
}

static void any_byte_changes_the_hash(void **state)
{
  (void)state;
  char bytes[MOST_BYTES] = {0};
  for (size_t size = 1; size <= MOST_BYTES; ++size) {
    const dem_slice text = {bytes, size};
    const uint64_t hash = dem_hash_bytes(5, text);
    assert_true(dem_hash_bytes(6, text) != hash);
    assert_true(dem_hash_bytes(5, (dem_slice){bytes, size - 1}) != hash);
    for (size_t i = 0; i < size; ++i) {
      for (int bit = 0; bit < 8; ++bit) {
        bytes[i] = (char)(1 << bit);
        assert_true(dem_hash_bytes(5, text) != hash);
      }
      bytes[i] = 0;
    }
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_seed_is_drawn_once),
      cmocka_unit_test(every_bit_of_a_word_reaches_both_halves),
      cmocka_unit_test(neighbours_are_spread),
      cmocka_unit_test(equal_bytes_hash_alike_wherever_they_lie),
      cmocka_unit_test(any_byte_changes_the_hash),
  };
  return cmocka_run_group_tests_name("base/hash", tests, NULL, NULL);
}
