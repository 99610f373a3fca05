// SPDX-License-Identifier: Apache-2.0

// A pack in another language: what is read in it, accepted in it, and the same in every language.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "demarche/demarche.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const char french[] =
    "forms: {le: {the: \"le {}\", of: \"du {}\"}, la: {the: \"la {}\", of: \"de la {}\"}}\n"
    "pack/title: Que planter\n"
    "profile/soil/name: sol\n"
    "profile/soil/ask: Quel sol ?\n"
    "plant/mint/name: {en: Mint, fr: menthe, class: la}\n"
    "plant/oak/name: chêne\n"
    "soil/clay/name: {en: Clay, fr: limon, class: le}\n"
    "rule/fits/title: Une plante qui aime le sol\n"
    "rule/fits/because: \"La culture {$plant:of} convient au sol {$soil:of}.\"\n"
    "value/herb: herbe\n"
    "words/colon: \"\\u00a0: \"\n"
    "words/advice-for: \"Conseils pour {subject}\"\n"
    "words/weight: poids {weight}\n";

static const dem_memory_file files[] = {
    {"kb/pack.yaml",
     "name: garden\ntitle: What to plant\ndate: 2025-06-01\nlanguages: [en, fr, ar]\n", 0},
    {"kb/schema.yaml",
     "relations:\n"
     "  plant: {key: id, label: name, fields: {id: symbol, name: text, kind: [herb, tree]}}\n"
     "  soil: {key: id, label: name, fields: {id: symbol, name: text}}\n"
     "  likes: {fields: {plant: plant, soil: soil}}\n"
     "  given: {fields: {soil: soil}}\n"
     "  suggest: {shows_as: recommendation, fields: {plant: plant, weight: integer}}\n",
     0},
    {"kb/sources.yaml", "sources: {flora: {title: A flora}}\n", 0},
    {"kb/facts.yaml",
     "cite: flora\nfacts:\n"
     "  plant: [{id: mint, name: Mint, kind: herb}, {id: oak, name: Oak, kind: tree}]\n"
     "  soil: [{id: clay, name: Clay}, {id: sand, name: Sand}]\n"
     "  likes: [{plant: [mint, oak], soil: clay}]\n",
     0},
    {"kb/profile.yaml",
     "profile: [{field: soil, ask: Which soil?, type: soil, gives: {given: {soil: $answer}}}]\n",
     0},
    {"rules/rules.yaml",
     "cite: flora\nrules:\n- id: fits\n  title: A plant that likes the soil\n"
     "  because: \"{$plant} grows on {$soil}.\"\n"
     "  when: [given: {soil: $soil}, likes: {plant: $plant, soil: $soil}]\n"
     "  then: [suggest: {plant: $plant, weight: 10}]\n",
     0},
    {"kb/lang/fr.yaml", french, 0},
    {"kb/lang/ar.yaml", "words/in-short: باختصار\n", 0},
};

typedef struct garden {
  dem_pack *pack;
  dem_session *session;
  const dem_advice *advice;
  dem_buffer text;
} garden;

static dem_status write_text(void *context, const char *bytes, size_t size)
{
  dem_buffer_add(context, (dem_slice){bytes, size});
  return DEM_OK;
}

static dem_status open_pack(const char *language, dem_pack **pack_out)
{
  dem_memory_file all[ARRAY_LENGTH(files)];
  for (size_t i = 0; i < ARRAY_LENGTH(files); ++i) {
    all[i] = files[i];
    all[i].size = strlen(all[i].bytes);
  }
  const dem_pack_options options = {.language = language};
  return dem_pack_open_files(all, ARRAY_LENGTH(all), &options, pack_out);
}

static void advise(garden *g, const char *answer)
{
  dem_session_reset(g->session);
  assert_int_equal(dem_session_answer(g->session, 0, &answer, 1), DEM_OK);
  assert_int_equal(dem_session_run(g->session, NULL), DEM_OK);
  dem_advice_free(g->advice);
  assert_int_equal(dem_advice_new(g->session, &g->advice), DEM_OK);
}

static const char *render(garden *g, dem_advice_format format)
{
  const dem_render_options options = {.format = format};
  dem_buffer_reset(&g->text);
  assert_int_equal(dem_advice_render(g->advice, &options, write_text, &g->text), DEM_OK);
  dem_buffer_add_char(&g->text, '\0');
  assert_false(g->text.has_failed);
  return g->text.bytes;
}

static void open_garden(garden *g, const char *language)
{
  *g = (garden){0};
  dem_buffer_init(&g->text, dem_allocator_default());
  assert_int_equal(open_pack(language, &g->pack), DEM_OK);
  assert_int_equal(dem_session_new(g->pack, &g->session), DEM_OK);
}

static void close_garden(garden *g)
{
  dem_advice_free(g->advice);
  dem_session_free(g->session);
  dem_pack_free(g->pack);
  dem_buffer_clear(&g->text);
}

static void test_advice(void **state)
{
  (void)state;
  garden g;
  open_garden(&g, "fr");
  advise(&g, "Limon"); // Its label in French.
  assert_string_equal(g.advice->pack_title, "Que planter");
  assert_string_equal(g.advice->answers[0].name, "sol");
  assert_string_equal(g.advice->answers[0].ask, "Quel sol ?");
  assert_string_equal(g.advice->answers[0].values[0], "clay");
  assert_string_equal(g.advice->answers[0].labels[0], "limon");
  assert_int_equal(g.advice->partner_count, 2);
  assert_string_equal(g.advice->partners[0].id, "oak"); // "chêne" stands before "menthe".
  assert_string_equal(g.advice->partners[1].kind, "herb");
  assert_string_equal(g.advice->partners[1].kind_words, "herbe");
  assert_string_equal(g.advice->partners[0].kind_words, "tree"); // English stands in.
  assert_string_equal(g.advice->partners[1].purposes[0].reasons[0].text,
                      "La culture de la menthe convient au sol du limon.");
  assert_string_equal(g.advice->partners[0].purposes[0].reasons[0].text,
                      "La culture du chêne convient au sol du limon."); // The first class.
  const char *const text = render(&g, DEM_ADVICE_TEXT);
  assert_non_null(strstr(text, "Conseils pour le limon\n"));
  assert_non_null(strstr(text, "poids 10"));
  assert_non_null(strstr(text, "sol\u00a0: limon"));
  assert_non_null(strstr(render(&g, DEM_ADVICE_HTML), "<html lang=\"fr\">"));
  assert_non_null(strstr(render(&g, DEM_ADVICE_JSON), "\"language\": \"fr\""));
  close_garden(&g);
}

/// English names count in every language, those of another language only in it.
static void test_names(void **state)
{
  (void)state;
  const char *limon = "limon";
  garden g;
  open_garden(&g, NULL);
  const dem_language *language;
  assert_int_equal(dem_pack_find_language(g.pack, "fr", &language), DEM_OK);
  assert_int_equal(dem_session_answer(g.session, 0, &limon, 1), DEM_ERR_INVALID);
  advise(&g, "Clay");
  assert_null(strstr(render(&g, DEM_ADVICE_JSON), "\"language\""));
  assert_non_null(strstr(render(&g, DEM_ADVICE_HTML), "<html lang=\"en\">"));
  dem_session_set_language(g.session, language);
  advise(&g, "Clay");
  assert_ptr_equal(g.advice->language, language);
  advise(&g, limon);
  dem_session_set_language(g.session, NULL);
  advise(&g, "clay");
  assert_string_equal(g.advice->partners[0].label, "Mint");
  close_garden(&g);
}

static void test_languages(void **state)
{
  (void)state;
  dem_pack *pack;
  const dem_language *language;
  assert_int_equal(open_pack("en", &pack), DEM_OK);
  assert_int_equal(dem_pack_language_count(pack), 3);
  assert_string_equal(dem_pack_language_code(pack, 0), "en");
  assert_string_equal(dem_pack_language_code(pack, 1), "fr");
  assert_int_equal(dem_pack_find_language(pack, "en", &language), DEM_OK);
  assert_null(language);
  assert_string_equal(dem_language_code(language), "en");
  assert_int_equal(dem_pack_find_language(pack, "fr", &language), DEM_ERR_NOT_FOUND);
  dem_pack_free(pack);
  assert_int_equal(open_pack("de", &pack), DEM_ERR_INVALID);
  const dem_report_item item = dem_report_at(dem_pack_report(pack), 0);
  assert_string_equal(item.slug, "wrong-language");
  assert_non_null(strstr(item.notes, "en, fr, ar"));
  dem_pack_free(pack);
}

static void test_leftward(void **state)
{
  (void)state;
  garden g;
  open_garden(&g, "ar");
  assert_true(dem_language_is_right_to_left(dem_session_language(g.session)));
  advise(&g, "clay");
  const char *const page = render(&g, DEM_ADVICE_HTML);
  assert_non_null(strstr(page, "<html lang=\"ar\" dir=\"rtl\">"));
  assert_non_null(strstr(page, "باختصار"));
  close_garden(&g);
}

/// A file that was written anew says the same, and is written the same again.
static void test_written_anew(void **state)
{
  (void)state;
  garden g;
  open_garden(&g, "fr");
  const dem_language *const l = dem_session_language(g.session);
  assert_int_equal(dem_language_render(l, write_text, &g.text), DEM_OK);
  dem_memory_file all[ARRAY_LENGTH(files)];
  for (size_t i = 0; i < ARRAY_LENGTH(files); ++i) {
    const bool is_french = strcmp(files[i].path, "kb/lang/fr.yaml") == 0;
    all[i] = (dem_memory_file){files[i].path, is_french ? g.text.bytes : files[i].bytes,
                               is_french ? g.text.size : strlen(files[i].bytes)};
  }
  dem_pack *again;
  const dem_pack_options options = {.language = "fr"};
  assert_int_equal(dem_pack_open_files(all, ARRAY_LENGTH(all), &options, &again), DEM_OK);
  const dem_language *const other = dem_pack_language(again);
  dem_buffer text;
  dem_buffer_init(&text, dem_allocator_default());
  assert_int_equal(dem_language_render(other, write_text, &text), DEM_OK);
  assert_int_equal(text.size, g.text.size);
  assert_memory_equal(text.bytes, g.text.bytes, text.size);
  assert_int_equal(dem_language_text_count(other), dem_language_text_count(l));
  for (uint32_t i = 0; i < dem_language_text_count(l); ++i) {
    const dem_text_info before = dem_language_text(l, i);
    const dem_text_info after = dem_language_text(other, i);
    assert_string_equal(before.path, after.path);
    assert_string_equal(before.text, after.text);
    assert_string_equal(before.form, after.form);
    assert_int_equal(before.state == DEM_TEXT_MISSING, after.state == DEM_TEXT_MISSING);
  }
  dem_buffer_clear(&text);
  dem_pack_free(again);
  close_garden(&g);
}

static void test_say(void **state)
{
  (void)state;
  char text[16];
  const char *const values[] = {"2025-06-01"};
  assert_int_equal(dem_language_say(NULL, DEM_SAY_AS_OF, 0, values, text, sizeof text), 16);
  assert_string_equal(text, "As of 2025-06-0"); // Cut.
  assert_int_equal(dem_language_say(NULL, DEM_SAY_COUNT_STEPS, 1, NULL, text, sizeof text), 6);
  assert_string_equal(text, "1 step");
  assert_string_equal(dem_language_words(NULL, DEM_SAY_IN_SHORT), "In short");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_advice),       cmocka_unit_test(test_names),
      cmocka_unit_test(test_languages),    cmocka_unit_test(test_leftward),
      cmocka_unit_test(test_written_anew), cmocka_unit_test(test_say),
  };
  return cmocka_run_group_tests_name("api/language", tests, NULL, NULL);
}
