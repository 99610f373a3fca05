// SPDX-License-Identifier: Apache-2.0

// What strangers write is shown, never obeyed, in each medium.

#include "render/escape.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct escape_case {
  const char *name;
  void (*escape)(dem_slice text, dem_buffer *out);
  const char *text;
  const char *expected;
} escape_case;

static void escape_url(dem_slice text, dem_buffer *out)
{
  const bool is_url = dem_escape_url(text, out);
  assert_true(is_url || out->size == 0);
}

static escape_case cases[] = {
    {"terminal: plain text stays", dem_escape_terminal, "Côte d’Ivoire", "Côte d’Ivoire"},
    {"terminal: an escape sequence is shown", dem_escape_terminal, "\x1b[31mred", "\\u{1b}[31mred"},
    {"terminal: a C1 control is shown", dem_escape_terminal, "\xC2\x9Bm", "\\u{9b}m"},
    {"terminal: a direction override is shown", dem_escape_terminal,
     "a\xE2\x80\xAE"
     "b",
     "a\\u{202e}b"},
    {"terminal: line breaks are blanks", dem_escape_terminal, "a\nb\r\tc", "a b  c"},
    {"terminal: a byte that is not UTF-8", dem_escape_terminal, "a\xFF", "a\xEF\xBF\xBD"},
    {"markdown: emphasis and code", dem_escape_markdown, "*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"},
    {"markdown: links and images", dem_escape_markdown, "![a](b)", "!\\[a\\](b)"},
    {"markdown: tags and entities", dem_escape_markdown, "<b> &amp;", "\\<b\\> \\&amp;"},
    {"markdown: a cell's border", dem_escape_markdown, "a|b", "a\\|b"},
    {"markdown: a heading", dem_escape_markdown, "# a", "\\# a"},
    {"markdown: a list item", dem_escape_markdown, "- a - b", "\\- a - b"},
    {"markdown: a numbered item", dem_escape_markdown, "12. a", "12\\. a"},
    {"markdown: a number stays", dem_escape_markdown, "12 a.", "12 a."},
    {"markdown: a line break cannot start a block", dem_escape_markdown, "a\n\n# b", "a  \\# b"},
    {"html: the five", dem_escape_html, "<a href=\"b\">'&",
     "&lt;a href=&quot;b&quot;&gt;&#39;&amp;"},
    {"json: quotes and backslashes", dem_escape_json, "a\"b\\c", "\"a\\\"b\\\\c\""},
    {"json: letters for controls", dem_escape_json, "\n\t\r\b\f", "\"\\n\\t\\r\\b\\f\""},
    {"json: other controls by number", dem_escape_json, "\x01\x7F", "\"\\u0001\\u007f\""},
    {"json: what splits JavaScript's lines", dem_escape_json, "\xE2\x80\xA8", "\"\\u2028\""},
    {"json: nothing", dem_escape_json, "", "\"\""},
    {"json: seven bytes", dem_escape_json, "1234567", "\"1234567\""},
    {"json: a quote among few", dem_escape_json, "123\"567", "\"123\\\"567\""},
    {"json: eight bytes", dem_escape_json, "12345678", "\"12345678\""},
    {"json: a quote as the eighth", dem_escape_json, "1234567\"", "\"1234567\\\"\""},
    {"json: a quote as the ninth", dem_escape_json, "12345678\"", "\"12345678\\\"\""},
    {"json: a quote before the last eight", dem_escape_json, "12\"45678901", "\"12\\\"45678901\""},
    {"json: two of a kind side by side", dem_escape_json, "12\"\"5678\\\\",
     "\"12\\\"\\\"5678\\\\\\\\\""},
    {"json: a letter among eights", dem_escape_json, "12345é78901234567", "\"12345é78901234567\""},
    {"json: the rest as it is", dem_escape_json, "é 日本 𝄞", "\"é 日本 𝄞\""},
    {"csv: plain", dem_escape_csv, "a b", "a b"},
    {"csv: a comma", dem_escape_csv, "a,b", "\"a,b\""},
    {"csv: a quote", dem_escape_csv, "a\"b", "\"a\"\"b\""},
    {"csv: a line break", dem_escape_csv, "a\nb", "\"a\nb\""},
    {"csv: a formula stays exact", dem_escape_csv, "=1+1", "=1+1"},
    {"cell: a formula is text", dem_escape_csv_cell, "=1+1", "'=1+1"},
    {"cell: a quoted formula is text", dem_escape_csv_cell, "@a,\"b\"", "\"'@a,\"\"b\"\"\""},
    {"cell: a word", dem_escape_csv_cell, "a=b", "a=b"},
    {"tsv: its four characters", dem_escape_tsv, "a\tb\nc\rd\\e", "a\\tb\\nc\\rd\\\\e"},
    {"tsv: quotes stay", dem_escape_tsv, "\"a\"", "\"a\""},
    {"url: an address", escape_url, "https://a.org/b?c=d", "https://a.org/b?c=d"},
    {"url: brackets cannot end a link", escape_url, "https://a/) <b>", "https://a/%29%20%3Cb%3E"},
    {"url: a script is none", escape_url, "javascript:alert(1)", ""},
};

static void test_case(void **state)
{
  const escape_case *const c = *state;
  dem_buffer out;
  dem_buffer_init(&out, dem_allocator_default());
  c->escape(dem_slice_of(c->text), &out);
  dem_buffer_add_char(&out, '\0');
  assert_string_equal(out.bytes, c->expected);
  dem_buffer_clear(&out);
}

int main(void)
{
  enum { COUNT = sizeof cases / sizeof cases[0] };
  struct CMUnitTest tests[COUNT] = {{0}};
  for (size_t i = 0; i < COUNT; ++i) {
    tests[i] = (struct CMUnitTest){
        .name = cases[i].name, .test_func = test_case, .initial_state = &cases[i]};
  }
  return cmocka_run_group_tests_name("render/escape", tests, NULL, NULL);
}
