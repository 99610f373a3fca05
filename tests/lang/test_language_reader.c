// SPDX-License-Identifier: Apache-2.0

// kb/lang/CODE.yaml: paths, what is filled in, forms of labels, and what is out of date.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "lang/pack_fixture.h"
#include "model/saying.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const char pack_yaml[] = "name: harbour\ntitle: A harbour\ndate: 2025-06-01\n"
                                "languages: [en, fr]\n";
static const char facts_yaml[] =
    "cite: book\nfacts:\n"
    "  person: [{id: ann, name: Ann, nick: Annie}, {id: bo, name: Bo}]\n"
    "  boat: [{id: a, seats: 2}]\n";
static const char profile_yaml[] =
    "profile:\n- {field: who, ask: 'Who?', help: A name., type: person,\n"
    "   gives: {owns: {person: $answer, boat: a}}}\n";
static const char rules_yaml[] =
    "cite: book\nrules:\n"
    "- id: sails\n  title: Who sails\n  because: \"{$p} owns {$b}, with {$n} seats.\"\n"
    "  when: [owns: {person: $p, boat: $b}, boat: {id: $b, seats: $n}]\n"
    "  then: [trip: {from: $p, to: $b}]\n";

static void read_pack(pack_fixture *fixture, const char *pack, const char *path, const char *text)
{
  pack_fixture_read(fixture, (pack_fixture_file[]){{"kb/pack.yaml", pack},
                                                   {"kb/facts.yaml", facts_yaml},
                                                   {"kb/profile.yaml", profile_yaml},
                                                   {"rules/rules.yaml", rules_yaml},
                                                   {path, text},
                                                   {NULL, NULL}});
}

// Mistakes ------------------------------------------------------------------------------

typedef struct mistake {
  const char *name;
  const char *text;     // Of kb/lang/fr.yaml.
  const char *expected; // Without the file's name.
} mistake;

#define FORMS "forms: {le: {of: \"du {}\"}, la: {of: \"de la {}\"}}\n"

static mistake mistakes[] = {
    // Not const: cmocka hands a case on as void *.
    {"nothing", "", ""},
    {"comments alone", "# nothing yet\n", ""},
    {"every kind of text",
     FORMS "pack/title: Un port\nprofile/who/name: qui\nprofile/who/ask: Qui ?\n"
           "profile/who/help: Un nom.\nperson/ann/name: {en: Ann, fr: Anne, class: la}\n"
           "person/ann/nick: Annette\nrule/sails/title: Qui navigue\n"
           "rule/sails/because: \"{$n} places {$p:of} dans {$b}.\"\nsource/book/title: Un livre\n"
           "source/book/sections/one: Le premier\nrelation/owns: possède\nfield/boat: bateau\n"
           "value/sail: voile\nwords/in-short: En bref\n"
           "words/partners-follow/one: Un partenaire\n"
           "words/partners-follow/other: \"{count} partenaires\"\n",
     ""},
    {"a blank is missing, not wrong", "pack/title: {en: A harbour, fr: }\n", ""},
    {"an empty text is missing, not wrong", "pack/title: \"\"\n", ""},
    {"a path that names nothing", "person/anne/name: Anne\n", "1:1 unknown-text"},
    {"a key that is none of a translation's", "pack/title: {en: A harbour, de: H}\n",
     "1:29 unknown-key"},
    {"a path twice", "pack/title: A\npack/title: B\n", "2:1 duplicate-key"},
    {"a list for a translation", "pack/title: [A]\n", "1:13 wrong-shape"},
    {"a list for a text", "pack/title: {fr: [A]}\n", "1:18 wrong-shape"},
    {"a list for a file", "- A\n", "1:1 wrong-shape"},
    {"a variable that the English does not name", "rule/sails/because: '{$p} {$b} {$n} {$q}'\n",
     "1:38 wrong-places"},
    {"a variable that is missing", "rule/sails/because: '{$p} et {$b}'\n", "1:21 wrong-places"},
    {"a variable twice", "rule/sails/because: '{$p} {$b} {$n} {$p}'\n", ""},
    {"a variable that is none", "rule/sails/because: '{$p} {$b} {$n} {$}'\n",
     "1:37 bad-expression"},
    {"a variable of one whose English changed",
     "rule/sails/because: {en: '{$old}', fr: '{$old}'}\n", ""},
    {"a form that there is not", FORMS "rule/sails/because: '{$p:to} {$b} {$n}'\n",
     "2:26 wrong-places"},
    {"a form of what has no label", FORMS "rule/sails/because: '{$p} {$b} {$n:of}'\n",
     "2:36 wrong-places"},
    {"a form where there are none", "rule/sails/because: '{$p:of} {$b} {$n}'\n",
     "1:26 wrong-places"},
    {"a place that the English does not have", "words/as-of: 'Au {jour} {date}'\n",
     "1:19 wrong-places"},
    {"a word that steers the terminal", "words/in-short: \"\\e[31m\"\n", "1:17 wrong-type"},
    {"a place that is missing", "words/as-of: Au jour\n", "1:14 wrong-places"},
    {"a number that may be left out", "words/partners-follow/one: Un seul\n", ""},
    {"a form of number that French has not", "words/partners-follow/few: '{count}'\n",
     "1:1 unknown-text"},
    {"a class that there is not", FORMS "person/ann/name: {fr: Anne, class: les}\n",
     "2:36 unknown-key"},
    {"a class of what is no label", FORMS "pack/title: {fr: Port, class: le}\n",
     "2:31 unknown-key"},
    {"a form without a hole", "forms: {le: {of: du}}\n", "1:18 wrong-shape"},
    {"forms that are a list", "forms: [of]\n", "1:8 wrong-shape"},
    {"forms without a class", "forms: {}\n", "1:8 wrong-shape"},
    {"a class that is a text", "forms: {le: du}\n", "1:13 wrong-shape"},
    {"a class that lacks a form", "forms: {le: {of: 'du {}', to: 'au {}'}, la: {of: 'de la {}'}}\n",
     "1:41 missing-key"},
    {"a class with a form of its own", "forms: {le: {of: 'du {}'}, la: {of: '{}', at: '{}'}}\n",
     "1:43 unknown-key"},
    {"several mistakes", "pack/titel: A\nwords/as-of: '{day}'\nperson/bo/nam: B\n",
     "1:1 unknown-text, 2:14 wrong-places, 2:16 wrong-places, 3:1 unknown-text"},
};

/// Put the file's name before each place.
static void expect(const char *expected, dem_buffer *out)
{
  for (const char *at = expected; *at;) {
    const size_t size = strcspn(at, ",");
    dem_buffer_add_text(out, "kb/lang/fr.yaml:");
    dem_buffer_add(out, (dem_slice){at, size});
    at += size;
    dem_buffer_add_text(out, *at ? ", " : "");
    at += strspn(at, ", ");
  }
  dem_buffer_add_char(out, '\0');
}

static void test_mistake(void **state)
{
  const mistake *const row = *state;
  pack_fixture fixture;
  dem_buffer expected;
  dem_buffer_init(&expected, dem_allocator_default());
  expect(row->expected, &expected);
  read_pack(&fixture, pack_yaml, "kb/lang/fr.yaml", row->text);
  assert_string_equal(pack_fixture_verdict(&fixture), expected.bytes);
  dem_buffer_clear(&expected);
  pack_fixture_clear(&fixture);
}

// Which languages -----------------------------------------------------------------------

typedef struct choice {
  const char *name;
  const char *languages; // A line of pack.yaml; NULL: none.
  const char *path;
  const char *expected;
} choice;

static choice choices[] = {
    {"one that is named", "[en, fr]", "kb/lang/fr.yaml", ""},
    {"one with a region", "[en, pt-BR]", "kb/lang/pt-BR.yaml", ""},
    {"none is named, one has a file", NULL, "kb/lang/fr.yaml", ""},
    {"one that is not named", "[en]", "kb/lang/fr.yaml", "kb/lang/fr.yaml:0:0 wrong-language"},
    {"one without a file", "[en, fr, es]", "kb/lang/fr.yaml", "kb/pack.yaml:3:21 wrong-language"},
    {"English has no file", "[en]", "kb/lang/en.yaml", "kb/lang/en.yaml:0:0 wrong-language"},
    {"no code", "[en, French]", "kb/notes.txt", "kb/pack.yaml:3:17 wrong-language"},
    {"no code, because of a file", NULL, "kb/lang/French.yaml",
     "kb/lang/French.yaml:0:0 wrong-language"},
    {"one twice", "[en, fr, fr]", "kb/lang/fr.yaml", "kb/pack.yaml:3:21 wrong-language"},
    {"a mapping", "[{fr: French}]", "kb/notes.txt", "kb/pack.yaml:3:13 wrong-language"},
};

static void test_choice(void **state)
{
  const choice *const row = *state;
  char pack[160];
  (void)snprintf(pack, sizeof pack, "name: harbour\ndate: 2025-06-01\n%s%s\n",
                 row->languages ? "languages: " : "", row->languages ? row->languages : "");
  pack_fixture fixture;
  read_pack(&fixture, pack, row->path, "profile/who/ask: Qui ?\n");
  assert_string_equal(pack_fixture_verdict(&fixture), row->expected);
  pack_fixture_clear(&fixture);
}

static void test_two_files(void **state)
{
  (void)state;
  pack_fixture fixture;
  pack_fixture_read(&fixture, (pack_fixture_file[]){{"kb/pack.yaml", pack_yaml},
                                                    {"kb/facts.yaml", facts_yaml},
                                                    {"kb/profile.yaml", profile_yaml},
                                                    {"rules/rules.yaml", rules_yaml},
                                                    {"kb/lang/fr.yaml", "pack/title: Port\n"},
                                                    {"kb/lang/fr.yml", "pack/title: Le port\n"},
                                                    {NULL, NULL}});
  assert_string_equal(pack_fixture_verdict(&fixture), "kb/lang/fr.yml:0:0 wrong-language");
  pack_fixture_clear(&fixture);
}

// What was read -------------------------------------------------------------------------

static const dem_text *find_path(const dem_language *language, const char *path)
{
  for (uint32_t i = 0; i < language->text_count; ++i) {
    if (dem_slice_is(language->texts[i].path, path)) {
      return &language->texts[i];
    }
  }
  return NULL;
}

static void test_read(void **state)
{
  (void)state;
  pack_fixture fixture;
  read_pack(&fixture, pack_yaml, "kb/lang/fr.yaml",
            FORMS "person/ann/name: {en: Ann, fr: Anne, class: la}\n"
                  "person/bo/name: {en: Bob, fr: Beau}\n"
                  "rule/sails/because: {en: '{$b}', fr: '{$b}'}\n"
                  "words/as-of: Au {date}\n");
  assert_string_equal(pack_fixture_verdict(&fixture), "");
  const dem_language *const l = dem_model_find_language(&fixture.model, DEM_SLICE("fr"));
  assert_non_null(l);
  assert_true(l->is_read);
  assert_int_equal(l->translated_count, 3); // A `because` of another English is not used.
  const dem_text *const ann = find_path(l, "person/ann/name");
  assert_int_equal(ann->class_index, 1);
  assert_ptr_equal(dem_language_find(l, ann->id), ann);
  assert_true(dem_slice_is(l->endings[ann->class_index * l->form_count].before, "de la "));
  const dem_text *const bo = find_path(l, "person/bo/name");
  assert_true(dem_slice_is(bo->text, "Beau")); // Older than its English: better than none.
  assert_true(dem_slice_is(bo->english, "Bo"));
  assert_true(find_path(l, "person/ann/nick")->is_optional);
  assert_null(find_path(l, "person/bo/nick"));
  assert_null(dem_language_find(l, find_path(l, "pack/title")->id));
  dem_buffer_reset(&fixture.text);
  dem_say(&fixture.text, l, DEM_SAID(AS_OF, "1er juin"));
  dem_say(&fixture.text, l, DEM_SAID_COUNT(COUNT_STEPS, 2));
  assert_true(dem_slice_is(dem_buffer_slice(&fixture.text), "Au 1er juin2 steps"));
  pack_fixture_clear(&fixture);
}

// Memory --------------------------------------------------------------------------------

/// Lets `left` more requests succeed.
static void *resize_up_to(void *context, void *block, size_t old_size, size_t new_size)
{
  size_t *const left = context;
  const dem_allocator usual = dem_allocator_default();
  if (new_size > 0 && (*left)-- == 0) {
    *left = 0;
    return NULL;
  }
  return usual.resize(usual.context, block, old_size, new_size);
}

/// Without memory at any point nothing is read, and nothing is lost.
static void test_memory(void **state)
{
  (void)state;
  dem_status status = DEM_ERR_NO_MEMORY;
  for (size_t allowed = 0; status == DEM_ERR_NO_MEMORY; ++allowed) {
    size_t left = allowed;
    pack_fixture fixture;
    pack_fixture_read_with(
        &fixture,
        (pack_fixture_file[]){{"kb/pack.yaml", pack_yaml},
                              {"kb/facts.yaml", facts_yaml},
                              {"kb/profile.yaml", profile_yaml},
                              {"rules/rules.yaml", rules_yaml},
                              {"kb/lang/fr.yaml", FORMS "person/ann/name: {fr: Anne, class: la}\n"
                                                        "rule/sails/because: '{$n} {$p:of} {$b}'\n"
                                                        "words/as-of: Au {date}\n"},
                              {NULL, NULL}},
        (dem_allocator){.resize = resize_up_to, .context = &left}, 100000);
    status = fixture.status;
    pack_fixture_clear(&fixture);
  }
  assert_int_equal(status, DEM_OK);
}

/// The message names what is near.
static void test_nearest(void **state)
{
  (void)state;
  pack_fixture fixture;
  read_pack(&fixture, pack_yaml, "kb/lang/fr.yaml", "person/anne/name: Anne\n");
  assert_non_null(strstr(pack_fixture_report(&fixture), "did you mean 'person/ann/name'?"));
  pack_fixture_clear(&fixture);
}

int main(void)
{
  enum { MISTAKES = ARRAY_LENGTH(mistakes), CHOICES = ARRAY_LENGTH(choices) };
  struct CMUnitTest tests[MISTAKES + CHOICES + 4] = {{0}};
  for (size_t i = 0; i < MISTAKES; ++i) {
    tests[i] = (struct CMUnitTest){
        .name = mistakes[i].name, .test_func = test_mistake, .initial_state = &mistakes[i]};
  }
  for (size_t i = 0; i < CHOICES; ++i) {
    tests[MISTAKES + i] = (struct CMUnitTest){
        .name = choices[i].name, .test_func = test_choice, .initial_state = &choices[i]};
  }
  tests[MISTAKES + CHOICES] = (struct CMUnitTest){.name = "what was read", .test_func = test_read};
  tests[MISTAKES + CHOICES + 1] =
      (struct CMUnitTest){.name = "the nearest path", .test_func = test_nearest};
  tests[MISTAKES + CHOICES + 2] =
      (struct CMUnitTest){.name = "without memory", .test_func = test_memory};
  tests[MISTAKES + CHOICES + 3] =
      (struct CMUnitTest){.name = "two files of one language", .test_func = test_two_files};
  return cmocka_run_group_tests_name("lang/language_reader", tests, NULL, NULL);
}
