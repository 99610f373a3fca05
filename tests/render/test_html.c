// SPDX-License-Identifier: Apache-2.0

// Reports in HTML: that they stand alone, that nothing breaks out of them, and
// that what checks this can fail.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include <cmocka.h>
#include <sha2.h>

#include "base/buffer.h"
#include "demarche/render.h"
#include "render/advice_fixture.h"
#include "render/html_style.h"
#include "support/html_check.h"

static dem_status write_buffer(void *context, const char *bytes, size_t size)
{
  dem_buffer_add(context, (dem_slice){bytes, size});
  return DEM_OK;
}

/// The page as zero-terminated text; to be cleared.
static dem_buffer render(const dem_advice *const *advices, size_t count)
{
  dem_buffer out;
  dem_buffer_init(&out, dem_allocator_default());
  assert_int_equal(dem_advices_render(advices, count,
                                      &(dem_render_options){.format = DEM_ADVICE_HTML},
                                      write_buffer, &out),
                   DEM_OK);
  dem_buffer_add_char(&out, '\0');
  assert_false(out.has_failed);
  return out;
}

static void check(const dem_advice *const *advices, size_t count)
{
  char message[256];
  dem_buffer page = render(advices, count);
  if (!html_check(page.bytes, message, sizeof message)) {
    fail_msg("%s", message);
  }
  dem_buffer_clear(&page);
}

static void test_one(void **state)
{
  (void)state;
  check((const dem_advice *const[]){&advice_full}, 1);
}

static void test_nothing_follows(void **state)
{
  (void)state;
  check((const dem_advice *const[]){&advice_empty}, 1);
}

static void test_several(void **state)
{
  (void)state;
  check((const dem_advice *const[]){&advice_full, &advice_empty, &advice_full}, 3);
}

static void test_none(void **state)
{
  (void)state;
  check(NULL, 0);
}

static void test_the_policy_lets_the_style_through(void **state)
{
  (void)state;
  dem_buffer style;
  unsigned char digest[33] = {0};
  char base64[48] = "";
  SHA2_CTX context;
  dem_buffer_init(&style, dem_allocator_default());
  dem_html_style_add(&style);
  SHA256Init(&context);
  SHA256Update(&context, (const uint8_t *)style.bytes, style.size);
  SHA256Final(digest, &context);
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (size_t i = 0, o = 0; i < 33; i += 3) {
    const unsigned group =
        (unsigned)digest[i] << 16 | (unsigned)digest[i + 1] << 8 | (unsigned)digest[i + 2];
    for (unsigned shift = 24; shift > 0; shift -= 6) {
      base64[o++] = digits[group >> (shift - 6) & 63];
    }
  }
  base64[43] = '='; // 32 bytes: the last digit stands for none.
  assert_string_equal(dem_html_style_hash, base64);
  dem_buffer_clear(&style);
}

// The checker ---------------------------------------------------------------------------

typedef struct refused_case {
  const char *name;
  const char *find; ///< In the page of advice_full…
  const char *put;  ///< …replaced by this, of the same size or shorter.
  const char *message;
} refused_case;

static refused_case refused[] = {
    {"a script", "<header>", "<script>", "element script"},
    {"an image", "<nav ", "<img ", "element img"},
    {"a handler", "class=\"lead\"", "onload=\"x\"", "attribute onload"},
    {"an inline style", "class=\"lead\"", "style=\"x\"", "attribute style"},
    {"a link to a script", "href=\"https", "href=\"java:", "a link leads to java:"},
    {"a link to nowhere", "href=\"#sources\"", "href=\"#nowhere\"", "does not arrive: nowhere"},
    {"an id twice", "id=\"sources\"", "id=\"summary\"", "an id stands twice: summary"},
    {"a tag that is not closed", "</nav>", "", "not open last"},
    {"a heading too low", "<h2 id=\"summary\"", "<h3 id=\"summary\"", "skips a level: h3"},
    {"no language", " lang=\"en\"", "", "lang"},
    {"no policy", "default-src", "default", "policy"},
    {"a bare ampersand", "&lt;b", "& b", "escaped: &"},
};

static void test_refused(void **state)
{
  const refused_case *const c = *state;
  char message[256] = "";
  dem_buffer page = render((const dem_advice *const[]){&advice_full}, 1);
  char *const place = strstr(page.bytes, c->find);
  assert_non_null(place);
  const size_t found = strlen(c->find);
  const size_t put = strlen(c->put);
  assert_true(put <= found);
  memcpy(place, c->put, put);
  memmove(place + put, place + found, strlen(place + found) + 1);
  assert_false(html_check(page.bytes, message, sizeof message));
  assert_non_null(strstr(message, c->message));
  dem_buffer_clear(&page);
}

int main(void)
{
  enum { COUNT = sizeof refused / sizeof refused[0], OTHERS = 5 };
  struct CMUnitTest tests[COUNT + OTHERS] = {
      cmocka_unit_test(test_one),
      cmocka_unit_test(test_nothing_follows),
      cmocka_unit_test(test_several),
      cmocka_unit_test(test_none),
      cmocka_unit_test(test_the_policy_lets_the_style_through),
  };
  for (size_t i = 0; i < COUNT; ++i) {
    tests[i + OTHERS] = (struct CMUnitTest){
        .name = refused[i].name, .test_func = test_refused, .initial_state = &refused[i]};
  }
  return cmocka_run_group_tests_name("render/html", tests, NULL, NULL);
}
