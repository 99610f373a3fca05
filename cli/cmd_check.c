// SPDX-License-Identifier: Apache-2.0

// demarche check: every error and warning in a pack, and its plan on request.
//
// The diagnostics go to standard error, as everywhere; the verdict is the result.

#include <stdio.h>
#include <string.h>

#include "command.h"
#include "demarche/language.h"
#include "input.h"
#include "text.h"

static void add_count(text *result, size_t count, const char *noun)
{
  char words[64];
  (void)snprintf(words, sizeof words, "%zu %s%s", count, noun, count == 1 ? "" : "s");
  text_add(result, count == 0 ? "no " : words);
  text_add(result, count == 0 ? noun : "");
  text_add(result, count == 0 ? "s" : "");
}

static void add_verdict(text *result, const options *opts, const char *folder,
                        const dem_report *report)
{
  const char *const name = folder ? folder : opts->pack;
  text_add_safe(result, name ? name : "built-in pack");
  text_add(result, ": ");
  add_count(result, dem_report_error_count(report), "error");
  text_add(result, ", ");
  add_count(result, dem_report_warning_count(report), "warning");
  text_add(result, "\n");
}

// Languages ---------------------------------------------------------------------------

/// Texts of a language, by what is to be done with them. Other names that nobody misses are left
/// out where they have no translation.
typedef struct language_tally {
  uint32_t all;
  uint32_t translated;
  uint32_t outdated;
} language_tally;

static language_tally tally_language(const dem_language *language)
{
  language_tally t = {0};
  for (uint32_t i = 0; i < dem_language_text_count(language); ++i) {
    const dem_text_info info = dem_language_text(language, i);
    t.all += !info.is_optional || info.state != DEM_TEXT_MISSING;
    t.translated += info.state != DEM_TEXT_MISSING;
    t.outdated += info.state == DEM_TEXT_OUTDATED;
  }
  return t;
}

/// "fr: 1204 of 1260 texts, 3 older than their English"
static void add_tally(text *result, const dem_language *language)
{
  const language_tally t = tally_language(language);
  char words[160];
  (void)snprintf(words, sizeof words, "%.20s: %u of %u texts", dem_language_code(language),
                 (unsigned)t.translated, (unsigned)t.all);
  text_add(result, words);
  if (t.outdated > 0) {
    (void)snprintf(words, sizeof words, ", %u older than %s English", (unsigned)t.outdated,
                   t.outdated == 1 ? "its" : "their");
    text_add(result, words);
  }
  text_add(result, "\n");
}

/// What a translator has still to do, a line each.
static void add_left(text *result, const dem_language *language)
{
  for (uint32_t i = 0; i < dem_language_text_count(language); ++i) {
    const dem_text_info info = dem_language_text(language, i);
    const bool is_missing = info.state == DEM_TEXT_MISSING && !info.is_optional;
    if (is_missing || info.state == DEM_TEXT_OUTDATED) {
      text_add(result, is_missing ? "  missing   " : "  outdated  ");
      text_add_safe(result, info.path);
      text_add(result, ": ");
      text_add_safe(result, info.english);
      text_add(result, "\n");
    }
  }
}

static void add_languages(text *result, const options *opts, const dem_pack *pack)
{
  for (uint32_t i = 1; i < dem_pack_language_count(pack); ++i) {
    const char *const code = dem_pack_language_code(pack, i);
    const dem_language *language = NULL;
    if (dem_pack_find_language(pack, code, &language) == DEM_OK) {
      add_tally(result, language);
      if (opts->lang) {
        add_left(result, language);
      }
    }
  }
}

/// Whether what is wrong is the language that was asked for: of the pack that says nothing.
static bool lacks_language(const dem_report *report)
{
  for (size_t i = 0; i < dem_report_count(report); ++i) {
    const dem_report_item item = dem_report_at(report, i);
    if (strcmp(item.slug, "wrong-language") == 0 && !item.file[0]) {
      return true;
    }
  }
  return false;
}

static int check(const options *opts, const char *folder, dem_pack **pack_out)
{
  text result = {0};
  dem_status status = input_open_pack_in(opts, folder, opts->lang, pack_out);
  if (!*pack_out) {
    return input_exit_status(status);
  }
  const dem_report *const report = dem_pack_report(*pack_out);
  input_show_report(opts, report);
  if (status == DEM_ERR_LIMIT || status == DEM_ERR_IO || status == DEM_ERR_NO_MEMORY) {
    return input_exit_status(status); // No verdict on what was not taken whole.
  }
  if (lacks_language(report)) {
    return EXIT_INPUT;
  }
  if (status == DEM_OK && opts->has_plan) {
    status = dem_pack_list_plan(*pack_out, text_write, &result);
    text_add(&result, "\n");
  }
  add_verdict(&result, opts, folder, report);
  if (status == DEM_OK) {
    add_languages(&result, opts, *pack_out);
  }
  const int delivered = text_deliver(&result, opts);
  text_clear(&result);
  if (delivered != EXIT_DONE) {
    return delivered;
  }
  return dem_report_error_count(report) > 0 ? EXIT_NO : input_exit_status(status);
}

int cmd_check(const options *opts)
{
  if (opts->arguments.count > 2 || (opts->arguments.count == 2 && opts->pack)) {
    (void)fputs("demarche: check takes one pack\n", stderr);
    return EXIT_USAGE;
  }
  dem_pack *pack;
  const char *const folder = opts->arguments.count == 2 ? opts->arguments.items[1] : NULL;
  const int status = check(opts, folder, &pack);
  dem_pack_free(pack);
  return status;
}
