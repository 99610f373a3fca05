// SPDX-License-Identifier: Apache-2.0

// What to write where there is no profile yet.

#include "sample_profile.h"

#include <stdio.h>
#include <string.h>

enum { INDENT = 6 };

/// How the parts of a profile stand in a form.
typedef struct sample_form {
  const char *ending; ///< Of the file's name.
  const char *open;
  const char *between;
  const char *close;
} sample_form;

static const sample_form forms[] = {
    {".json", "{", ", ", "}"},
    {".jsonl", "{", ", ", "}"},
    {".csv", "", ",", ""},
    {"", "", "\n", ""}, // YAML
};

static bool ends_with(const char *text, const char *ending)
{
  const size_t size = strlen(text);
  return size >= strlen(ending) && strcmp(text + size - strlen(ending), ending) == 0;
}

static const sample_form *form_of(const char *path)
{
  const sample_form *form = forms;
  while (!ends_with(path, form->ending)) {
    ++form; // The last one ends every name.
  }
  return form;
}

/// Whether the sample answers a question.
static bool is_shown(const dem_pack *pack, uint32_t question)
{
  for (uint32_t i = 0; i < dem_pack_question_count(pack); ++i) {
    if (dem_pack_question(pack, i).is_required) {
      return dem_pack_question(pack, question).is_required;
    }
  }
  return question == 0;
}

/// An answer to a question that has no choices.
static const char *free_answer(const dem_pack *pack, const dem_question_info *question)
{
  const char *const type = question->type;
  return strcmp(type, "date") == 0                                     ? dem_pack_date(pack)
         : strcmp(type, "integer") == 0 || strcmp(type, "number") == 0 ? "1"
         : strcmp(type, "boolean") == 0                                ? "yes"
                                                                       : "text";
}

/// A part of the sample: a field with its answer, or in a table one of the two.
static void say_part(const dem_pack *pack, const dem_session *session, const sample_form *form,
                     uint32_t question, bool has_field, bool has_answer)
{
  const dem_question_info info = dem_pack_question(pack, question);
  dem_choices *choices = NULL;
  const bool has_choices =
      dem_choices_new(session, question, &choices) == DEM_OK && dem_choices_count(choices) > 0;
  const char *const answer =
      has_choices ? dem_choices_at(choices, 0).value : free_answer(pack, &info);
  const char *const quote = form->open[0] ? "\"" : "";
  if (has_field) {
    (void)fprintf(stderr, "%s%s%s%s", quote, info.field, quote, has_answer ? ": " : "");
  }
  if (has_answer) {
    (void)fprintf(stderr, "%s%s%s", quote, answer, quote);
  }
  dem_choices_free(choices);
}

static void say_line(const dem_pack *pack, const dem_session *session, const sample_form *form,
                     bool has_field, bool has_answer)
{
  const bool is_line = strcmp(form->between, "\n") != 0;
  bool is_first = true;
  (void)fprintf(stderr, "%*s%s", INDENT, "", form->open);
  for (uint32_t i = 0; i < dem_pack_question_count(pack); ++i) {
    if (is_shown(pack, i)) {
      (void)fprintf(stderr, "%s%*s", is_first ? "" : form->between,
                    is_first || is_line ? 0 : INDENT, "");
      say_part(pack, session, form, i, has_field, has_answer);
      is_first = false;
    }
  }
  (void)fprintf(stderr, "%s\n", form->close);
}

void sample_profile_say(const dem_pack *pack, const char *path)
{
  const sample_form *const form = form_of(path);
  const bool is_table = strcmp(form->between, ",") == 0;
  dem_session *session = NULL;
  if (dem_pack_question_count(pack) == 0 || dem_session_new(pack, &session) != DEM_OK) {
    return;
  }
  (void)fputs("  = write into it, for example:\n", stderr);
  if (is_table) {
    say_line(pack, session, form, true, false);
  }
  say_line(pack, session, form, !is_table, true);
  dem_session_free(session);
}
