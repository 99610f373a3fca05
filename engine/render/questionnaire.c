// SPDX-License-Identifier: Apache-2.0

// The questions that matter, with their choices and stakes.
//
//   4 partners are certain, 6 possible. 2 open questions matter.
//
//   1. needs: What do you need a partner for? Several answers.
//      access-funding  Access to funding
//      ...
//      6 pieces of advice hang on it:
//      -  partner: African Development Bank
//         A development bank that … [funding/member-of-development-bank]

#include "render/questionnaire.h"

#include <stdio.h>
#include <string.h>

#include "render/json_writer.h"
#include "render/wrap.h"

// Text --------------------------------------------------------------------------------

enum {
  MOST_CHOICES = 20, // Of a text: longer lists are for programs, which read JSON.
  MOST_STAKES = 12,
};

static void add_line(dem_wrap *wrap, const char *margin, dem_style style, const char *text)
{
  dem_wrap_begin(wrap, margin, strlen(margin));
  dem_wrap_add_text(wrap, style, text);
  dem_wrap_end(wrap);
}

/// A line that is one of the engine's own words.
static void say_line(const dem_questionnaire *q, dem_wrap *wrap, const char *margin,
                     dem_style style, dem_said said)
{
  dem_wrap_begin(wrap, margin, strlen(margin));
  dem_wrap_say(wrap, q->language, style, said);
  dem_wrap_end(wrap);
}

static void add_words(const dem_questionnaire *q, dem_wrap *wrap, dem_style style,
                      dem_saying saying)
{
  dem_wrap_add_text(wrap, style, dem_saying_plain(q->language, saying));
}

static void add_summary(const dem_questionnaire *q, dem_wrap *wrap)
{
  char possible[24];
  const bool is_short = q->count > 0 && q->items[0].open->is_required;
  (void)snprintf(possible, sizeof possible, "%zu", q->possible_count);
  dem_wrap_begin(wrap, "", 0);
  if (is_short) {
    add_words(q, wrap, DEM_STYLE_PLAIN, DEM_SAY_ANSWER_REQUIRED);
  } else {
    dem_wrap_say(wrap, q->language, DEM_STYLE_PLAIN,
                 (dem_said){.saying = DEM_SAY_PARTNERS_CERTAIN,
                            .count = q->certain_count,
                            .values = (const char *const[]){possible}});
    dem_wrap_add_text(wrap, DEM_STYLE_PLAIN, " ");
    if (q->open_count == 0) {
      add_words(q, wrap, DEM_STYLE_PLAIN, DEM_SAY_NO_QUESTION_MATTERS);
    } else {
      dem_wrap_say(wrap, q->language, DEM_STYLE_PLAIN,
                   DEM_SAID_COUNT(QUESTIONS_MATTER, q->open_count));
    }
    if (q->count == 0 && q->open_count > 0) {
      dem_wrap_add_text(wrap, DEM_STYLE_PLAIN, " ");
      add_words(q, wrap, DEM_STYLE_PLAIN, DEM_SAY_NONE_LEFT_TO_ASK);
    }
  }
  dem_wrap_end(wrap);
}

/// A remark behind the question.
static void add_remark(const dem_questionnaire *q, dem_wrap *wrap, dem_style style,
                       dem_saying saying)
{
  dem_wrap_add_text(wrap, style, " ");
  add_words(q, wrap, style, saying);
}

static void add_ask(const dem_questionnaire *q, const dem_asked *asked, size_t number,
                    dem_wrap *wrap)
{
  char margin[32];
  (void)snprintf(margin, sizeof margin, "%3zu. ", number);
  dem_wrap_blank(wrap);
  dem_wrap_begin(wrap, margin, strlen(margin));
  dem_wrap_add_text(wrap, DEM_STYLE_STRONG, asked->info.field);
  add_words(q, wrap, DEM_STYLE_PLAIN, DEM_SAY_COLON);
  dem_wrap_add_text(wrap, DEM_STYLE_HEADING, asked->info.ask);
  if (asked->open->is_required) {
    add_remark(q, wrap, DEM_STYLE_CAUTION, DEM_SAY_REQUIRED);
  }
  if (asked->open->is_deferred) {
    add_remark(q, wrap, DEM_STYLE_DIM, DEM_SAY_NOT_KNOWN_YET);
  }
  if (asked->info.is_many) {
    add_remark(q, wrap, DEM_STYLE_DIM, DEM_SAY_SEVERAL_ANSWERS);
  }
  dem_wrap_end(wrap);
  if (asked->info.help[0]) {
    add_line(wrap, "     ", DEM_STYLE_DIM, asked->info.help);
  }
}

static void add_choice(const dem_questionnaire *q, dem_choice choice, dem_wrap *wrap)
{
  dem_wrap_begin(wrap, "     ", 7);
  dem_wrap_add_text(wrap, DEM_STYLE_STRONG, choice.value);
  if (strcmp(choice.value, choice.label) != 0) {
    add_words(q, wrap, DEM_STYLE_PLAIN, DEM_SAY_COLON);
    dem_wrap_add_text(wrap, DEM_STYLE_PLAIN, choice.label);
  }
  dem_wrap_end(wrap);
}

/// What people call a type of answers that cannot be listed.
static const char *type_words(const dem_questionnaire *q, const char *type)
{
  static const struct {
    const char *type;
    dem_saying saying;
  } types[] = {{"symbol", DEM_SAY_TYPE_SYMBOL},
               {"text", DEM_SAY_TYPE_TEXT},
               {"integer", DEM_SAY_TYPE_INTEGER},
               {"number", DEM_SAY_TYPE_NUMBER},
               {"date", DEM_SAY_TYPE_DATE}};
  for (size_t i = 0; i < sizeof types / sizeof *types; ++i) {
    if (strcmp(types[i].type, type) == 0) {
      return dem_saying_plain(q->language, types[i].saying);
    }
  }
  return type;
}

static void add_choices(const dem_questionnaire *q, const dem_asked *asked, dem_wrap *wrap)
{
  const size_t count = dem_choices_count(asked->choices);
  if (count == 0) {
    say_line(q, wrap, "     ", DEM_STYLE_DIM,
             DEM_SAID(ANY_ANSWER, type_words(q, asked->info.type)));
  } else if (count > MOST_CHOICES) {
    say_line(q, wrap, "     ", DEM_STYLE_DIM, DEM_SAID_COUNT(ONE_OF_MANY, count));
  }
  for (size_t i = 0; count <= MOST_CHOICES && i < count; ++i) {
    add_choice(q, dem_choices_at(asked->choices, i), wrap);
  }
}

/// What people call a piece of advice.
static dem_saying stake_saying(const char *what)
{
  static const struct {
    const char *what;
    dem_saying saying;
  } kinds[] = {{"recommendation", DEM_SAY_STAKE_PARTNER},
               {"step", DEM_SAY_STAKE_STEP},
               {"caveat", DEM_SAY_STAKE_CAVEAT},
               {"reference", DEM_SAY_STAKE_REFERENCE}};
  size_t i = 0;
  while (i + 1 < sizeof kinds / sizeof *kinds && strcmp(kinds[i].what, what) != 0) {
    ++i;
  }
  return kinds[i].saying;
}

static void add_stake(const dem_questionnaire *q, const dem_stake *stake, dem_wrap *wrap)
{
  dem_wrap_begin(wrap, "      -  ", 9);
  add_words(q, wrap, DEM_STYLE_DIM, stake_saying(stake->what));
  add_words(q, wrap, DEM_STYLE_DIM, DEM_SAY_COLON);
  dem_wrap_add_text(wrap, DEM_STYLE_PLAIN, stake->label);
  dem_wrap_end(wrap);
  dem_wrap_begin(wrap, "         ", 9);
  if (stake->rule_title[0]) {
    dem_wrap_add_text(wrap, DEM_STYLE_DIM, stake->rule_title);
    dem_wrap_add_text(wrap, DEM_STYLE_DIM, " ");
  }
  dem_wrap_add_text(wrap, DEM_STYLE_DIM, "[");
  dem_wrap_add_text(wrap, DEM_STYLE_DIM, stake->rule);
  dem_wrap_add_text(wrap, DEM_STYLE_DIM, "]");
  dem_wrap_end(wrap);
}

static void add_stakes(const dem_questionnaire *q, const dem_open_question *open, dem_wrap *wrap)
{
  if (open->is_required) {
    say_line(q, wrap, "     ", DEM_STYLE_CERTAIN, (dem_said){.saying = DEM_SAY_ALL_ADVICE_HANGS});
    return;
  }
  say_line(q, wrap, "     ", DEM_STYLE_CERTAIN, DEM_SAID_COUNT(PIECES_HANG, open->stake_count));
  for (size_t i = 0; i < open->stake_count && i < MOST_STAKES; ++i) {
    add_stake(q, &open->stakes[i], wrap);
  }
  if (open->stake_count > MOST_STAKES) {
    say_line(q, wrap, "         ", DEM_STYLE_DIM,
             DEM_SAID_COUNT(MORE_PIECES, open->stake_count - MOST_STAKES));
  }
}

void dem_questionnaire_text(const dem_questionnaire *questionnaire, const dem_questions_form *form,
                            dem_buffer *out)
{
  dem_wrap wrap;
  dem_wrap_init(&wrap, out, form->width, form->has_color);
  add_summary(questionnaire, &wrap);
  for (size_t i = 0; i < questionnaire->count; ++i) {
    const dem_asked *const asked = &questionnaire->items[i];
    add_ask(questionnaire, asked, i + 1, &wrap);
    add_choices(questionnaire, asked, &wrap);
    add_stakes(questionnaire, asked->open, &wrap);
  }
  dem_wrap_clear(&wrap);
}

// JSON --------------------------------------------------------------------------------

static void put_text(dem_json_writer *json, const char *key, const char *text)
{
  dem_json_key(json, key);
  dem_json_string(json, dem_slice_of(text));
}

static void put_boolean(dem_json_writer *json, const char *key, bool value)
{
  dem_json_key(json, key);
  dem_json_boolean(json, value);
}

static void put_count(dem_json_writer *json, const char *key, size_t count)
{
  dem_json_key(json, key);
  dem_json_integer(json, (int64_t)count);
}

static void put_options(dem_json_writer *json, const dem_choices *choices)
{
  dem_json_key(json, "options");
  dem_json_begin_array(json);
  for (size_t i = 0; i < dem_choices_count(choices); ++i) {
    const dem_choice choice = dem_choices_at(choices, i);
    dem_json_begin_object(json);
    put_text(json, "id", choice.value);
    put_text(json, "label", choice.label);
    dem_json_end_object(json);
  }
  dem_json_end_array(json);
}

static void put_stakes(dem_json_writer *json, const dem_open_question *open)
{
  dem_json_key(json, "stakes");
  dem_json_begin_array(json);
  for (size_t i = 0; i < open->stake_count; ++i) {
    const dem_stake *const stake = &open->stakes[i];
    dem_json_begin_object(json);
    put_text(json, "what", stake->what);
    put_text(json, "label", stake->label);
    put_text(json, "rule", stake->rule);
    dem_json_pair(json, "title", dem_slice_of(stake->rule_title));
    dem_json_end_object(json);
  }
  dem_json_end_array(json);
}

static void put_question(dem_json_writer *json, const dem_asked *asked)
{
  dem_json_begin_object(json);
  put_text(json, "field", asked->info.field);
  put_text(json, "ask", asked->info.ask);
  dem_json_pair(json, "help", dem_slice_of(asked->info.help));
  put_text(json, "type", asked->info.type);
  put_boolean(json, "many", asked->info.is_many);
  put_boolean(json, "required", asked->info.is_required);
  put_boolean(json, "fixed", asked->info.is_fixed);
  put_boolean(json, "deferred", asked->open->is_deferred);
  put_boolean(json, "sure", asked->open->is_sure);
  put_boolean(json, "any", asked->open->takes_any);
  put_options(json, asked->choices);
  put_stakes(json, asked->open);
  dem_json_end_object(json);
}

void dem_questionnaire_json(const dem_questionnaire *questionnaire, dem_buffer *out)
{
  dem_json_writer json = dem_json_writer_on(out, true);
  dem_json_begin_object(&json);
  put_count(&json, "demarche", 1);
  dem_json_key(&json, "pack");
  dem_json_begin_object(&json);
  put_text(&json, "name", questionnaire->pack_name);
  put_text(&json, "version", questionnaire->pack_version);
  put_text(&json, "sha256", questionnaire->pack_sha256);
  dem_json_end_object(&json);
  put_text(&json, "date", questionnaire->date);
  if (questionnaire->language) {
    put_text(&json, "language", dem_language_tag(questionnaire->language));
  }
  put_count(&json, "certain", questionnaire->certain_count);
  put_count(&json, "possible", questionnaire->possible_count);
  dem_json_key(&json, "questions");
  dem_json_begin_array(&json);
  for (size_t i = 0; i < questionnaire->count; ++i) {
    put_question(&json, &questionnaire->items[i]);
  }
  dem_json_end_array(&json);
  dem_json_end_object(&json);
  dem_buffer_add_char(out, '\n');
}
