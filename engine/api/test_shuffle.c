// SPDX-License-Identifier: Apache-2.0

// Tests again, with everything in another order.
//
// What is compared is all that a user could see: the facts that follow, and the advice with its
// reasons, places and sources.

#include "api/test_run.h"
#include "base/try.h"
#include "demarche/advice.h"
#include "demarche/render.h"

typedef struct comparison {
  const dem_test_run *run;
  dem_dated_packs shuffled;
  uint64_t seed;
  dem_buffer before; ///< The result as it is.
  dem_buffer after;  ///< The result in another order.
  dem_buffer message;
  dem_buffer details;
} comparison;

static dem_status write_bytes(void *context, const char *bytes, size_t size)
{
  dem_buffer *const out = context;
  dem_buffer_add(out, (dem_slice){bytes, size});
  return out->has_failed ? DEM_ERR_NO_MEMORY : DEM_OK;
}

static dem_status write_result(dem_session *session, dem_buffer *out)
{
  static const dem_facts_options facts = {.format = DEM_FACTS_TSV};
  static const dem_render_options json = {.format = DEM_ADVICE_JSON};
  const dem_advice *advice = NULL;
  DEM_TRY(dem_session_render_facts(session, NULL, 0, &facts, write_bytes, out, NULL));
  DEM_TRY(dem_advice_new(session, &advice));
  const dem_status status = dem_advice_render(advice, &json, write_bytes, out);
  dem_advice_free(advice);
  return status;
}

/// Run a test and write all that follows.
static dem_status take_result(const comparison *c, dem_dated_packs *packs,
                              const dem_pack_test *test, dem_buffer *out)
{
  dem_dated_pack *dated;
  dem_buffer_reset(out);
  DEM_TRY(dem_test_pack(packs, test, &dated));
  DEM_TRY(dem_test_answer(c->run, dated->session, test));
  DEM_TRY(dem_session_run(dated->session, NULL));
  return write_result(dated->session, out);
}

/// The line around the first byte that differs.
static dem_slice line_at(const dem_buffer *text, size_t at)
{
  size_t begin = at < text->size ? at : text->size;
  size_t end = begin;
  while (begin > 0 && text->bytes[begin - 1] != '\n') {
    --begin;
  }
  while (end < text->size && text->bytes[end] != '\n') {
    ++end;
  }
  return (dem_slice){text->bytes + begin, end - begin};
}

static dem_status report_difference(comparison *c, size_t index)
{
  size_t at = 0;
  while (at < c->before.size && at < c->after.size && c->before.bytes[at] == c->after.bytes[at]) {
    ++at;
  }
  dem_buffer_reset(&c->message);
  dem_buffer_reset(&c->details);
  dem_buffer_add_format(&c->message, "the result depends on the order of the pack (seed %llu)",
                        (unsigned long long)c->seed);
  dem_buffer_add_text(&c->details, "as it is: ");
  dem_buffer_add(&c->details, line_at(&c->before, at));
  dem_buffer_add_text(&c->details, "\nshuffled: ");
  dem_buffer_add(&c->details, line_at(&c->after, at));
  dem_buffer_add_char(&c->details, '\n');
  return dem_test_fail(c->run, index, &c->message, &c->details);
}

static dem_status compare(comparison *c, size_t index)
{
  const dem_pack_test *const test = &DEM_VECTOR_AT(c->run->tests, dem_pack_test, index);
  DEM_TRY(take_result(c, c->run->packs, test, &c->before));
  const dem_status status = take_result(c, &c->shuffled, test, &c->after);
  if (status == DEM_ERR_NO_MEMORY) {
    return status;
  }
  return status == DEM_OK &&
                 dem_slice_is_equal(dem_buffer_slice(&c->before), dem_buffer_slice(&c->after))
             ? DEM_OK
             : report_difference(c, index);
}

static dem_status compare_all(comparison *c, dem_pack *shuffled)
{
  dem_status status = dem_dated_packs_begin(&c->shuffled, shuffled);
  for (size_t i = 0; i < c->run->tests->count && status == DEM_OK; ++i) {
    const dem_test_verdict verdict = c->run->results[i].verdict;
    if (verdict == DEM_TEST_PASSED || verdict == DEM_TEST_FAILED) {
      status = compare(c, i);
    }
  }
  return status;
}

dem_status dem_test_shuffle(const dem_test_run *run, const dem_memory_file *files, size_t count,
                            const dem_pack_options *options, uint64_t seed)
{
  const dem_pack_variant variant = {.is_shuffled = true, .seed = seed};
  dem_pack *shuffled = NULL;
  comparison c = {.run = run, .seed = seed};
  dem_dated_packs_init(&c.shuffled, run->allocator);
  dem_buffer_init(&c.before, run->allocator);
  dem_buffer_init(&c.after, run->allocator);
  dem_buffer_init(&c.message, run->allocator);
  dem_buffer_init(&c.details, run->allocator);
  dem_status status = dem_pack_open_variant(files, count, options, &variant, &shuffled);
  if (status == DEM_OK) {
    status = compare_all(&c, shuffled);
  }
  dem_buffer_clear(&c.details);
  dem_buffer_clear(&c.message);
  dem_buffer_clear(&c.after);
  dem_buffer_clear(&c.before);
  dem_dated_packs_clear(&c.shuffled);
  dem_pack_free(shuffled);
  return status;
}
