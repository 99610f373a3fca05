// SPDX-License-Identifier: Apache-2.0

// Any bytes as a profile, from the first to the last step: read, run, advised, asked, rendered. The
// first byte chooses the format.

#include <stdlib.h>

#include "demarche/demarche.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FILE_OF(path, text)                                                                        \
  {                                                                                                \
    path, text, sizeof(text) - 1                                                                   \
  }

static const dem_memory_file files[] = {
    FILE_OF("kb/pack.yaml", "name: fuzz\nversion: 1.0.0\ntitle: T\nlanguages: [en]\n"),
    FILE_OF("kb/sources.yaml", "sources: {s: {title: T}}\n"),
    FILE_OF("kb/schema.yaml",
            "relations:\n"
            "  unit: {key: id, label: name, fields: {id: symbol, name: text}}\n"
            "  has: {fields: {unit: unit}}\n"
            "  size: {fields: {n: integer}}\n"
            "  share: {fields: {x: number}}\n"
            "  since: {fields: {d: date}}\n"
            "  note: {fields: {t: text}}\n"
            "  sure: {fields: {b: boolean}}\n"
            "  advise: {shows_as: recommendation, fields: {partner: unit, weight: integer}}\n"),
    FILE_OF("kb/facts.yaml", "cite: [s]\nfacts:\n"
                             "  unit: [{id: a, name: Alpha}, {id: b, name: Beta}]\n"),
    FILE_OF("kb/profile.yaml",
            "profile:\n"
            "- {field: unit, type: unit, many: true, gives: {has: {unit: $answer}}}\n"
            "- {field: size, type: integer, gives: {size: {n: $answer}}}\n"
            "- {field: share, type: number, gives: {share: {x: $answer}}}\n"
            "- {field: since, type: date, gives: {since: {d: $answer}}}\n"
            "- {field: note, type: text, gives: {note: {t: $answer}}}\n"
            "- {field: sure, type: boolean, gives: {sure: {b: $answer}}}\n"),
    FILE_OF(
        "rules/r.yaml",
        "cite: [s]\nrules:\n"
        "- id: a\n"
        "  when: [has: {unit: $u}, not: [size: {n: {gt: 7}}]]\n"
        "  then: [advise: {partner: $u, weight: 1}]\n"
        "  because: \"{$u}\"\n"
        "- id: b\n"
        "  when: [unit: {id: $u}, size: {n: $n}, where: $n * $n > 3, sure: {b: yes}]\n"
        "  then: [advise: {partner: $u, weight: {value: $n / 2}}]\n"
        "  because: \"{$n}\"\n"
        "- id: c\n"
        "  when: [note: {t: {matches: '^(a|b)+$', as: $t}}, unit: {id: $u}, share: {x: {lt: 1}}]\n"
        "  then: [advise: {partner: $u, weight: {value: length($t)}}]\n"
        "  because: \"{$t}\"\n"),
};

static dem_status ignore(void *context, const char *bytes, size_t size)
{
  size_t *const seen = context;
  for (size_t i = 0; i < size; ++i) {
    *seen += (unsigned char)bytes[i]; // Every byte is there.
  }
  return DEM_OK;
}

static void advise(dem_session *session, size_t *seen)
{
  const dem_advice *advice = NULL;
  const dem_questions *questions = NULL;
  if (dem_advice_new(session, &advice) != DEM_OK ||
      dem_questions_new(session, &questions) != DEM_OK) {
    abort();
  }
  for (int format = DEM_ADVICE_TEXT; format <= DEM_ADVICE_CSV; ++format) {
    const dem_render_options options = {.format = (dem_advice_format)format, .width = 40};
    (void)dem_advice_render(advice, &options, ignore, seen);
  }
  dem_questions_free(questions);
  dem_advice_free(advice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  static dem_pack *pack = NULL; // One for all inputs.
  const dem_limits limits = {.max_bytes = 1 << 16,
                             .max_depth = 32,
                             .max_nodes = 10000,
                             .max_facts = 10000,
                             .max_rounds = 100,
                             .max_seconds = 5};
  if (!pack && dem_pack_open_files(files, sizeof files / sizeof *files, NULL, &pack) != DEM_OK) {
    abort();
  }
  if (size == 0) {
    return 0;
  }
  size_t seen = 0;
  dem_profiles *profiles = NULL;
  dem_session *session = NULL;
  const dem_profile_format format = (dem_profile_format)(data[0] % (DEM_PROFILE_CSV + 1));
  const dem_status read = dem_profiles_read("input", (const char *)data + 1, size - 1, format, NULL,
                                            &limits, &profiles);
  (void)dem_report_render(dem_profiles_report(profiles), true, ignore, &seen);
  if (read == DEM_OK && dem_session_new(pack, &session) != DEM_OK) {
    abort();
  }
  for (size_t i = 0; read == DEM_OK && i < dem_profiles_count(profiles) && i < 4; ++i) {
    dem_session_reset(session);
    if (dem_session_set_profile(session, profiles, i) == DEM_OK &&
        dem_session_run(session, &limits) == DEM_OK) {
      advise(session, &seen);
    }
    (void)dem_report_render(dem_session_report(session), false, ignore, &seen);
  }
  dem_session_free(session);
  dem_profiles_free(profiles);
  return 0;
}
