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

static void add_summary(const dem_questionnaire *q, dem_wrap *wrap)
{
  char words[160];
  const bool is_short = q->count > 0 && q->items[0].open->is_required;
  dem_wrap_begin(wrap, "", 0);
  if (is_short) {
    dem_wrap_add_text(wrap, DEM_STYLE_PLAIN, "There is no advice yet: an answer is required.");
  } else {
    (void)snprintf(words, sizeof words, "%zu %s certain, %zu possible. ", q->certain_count,
                   q->certain_count == 1 ? "partner is" : "partners are", q->possible_count);
    dem_wrap_add_text(wrap, DEM_STYLE_PLAIN, words);
    if (q->open_count == 0) {
      dem_wrap_add_text(wrap, DEM_STYLE_PLAIN, "No open question matters.");
    } else {
      (void)snprintf(words, sizeof words, "%zu open %s.", q->open_count,
                     q->open_count == 1 ? "question matters" : "questions matter");
      dem_wrap_add_text(wrap, DEM_STYLE_PLAIN, words);
    }
    if (q->count == 0 && q->open_count > 0) {
      dem_wrap_add_text(wrap, DEM_STYLE_PLAIN,
                        " None is left to ask: all were answered 'unknown'.");
    }
  }
  dem_wrap_end(wrap);
}

static void add_ask(const dem_asked *asked, size_t number, dem_wrap *wrap)
{
  char margin[32];
  (void)snprintf(margin, sizeof margin, "%3zu. ", number);
  dem_wrap_blank(wrap);
  dem_wrap_begin(wrap, margin, strlen(margin));
  dem_wrap_add_text(wrap, DEM_STYLE_STRONG, asked->info.field);
  dem_wrap_add_text(wrap, DEM_STYLE_PLAIN, ": ");
  dem_wrap_add_text(wrap, DEM_STYLE_HEADING, asked->info.ask);
  if (asked->open->is_required) {
    dem_wrap_add_text(wrap, DEM_STYLE_CAUTION, " Required.");
  }
  if (asked->open->is_deferred) {
    dem_wrap_add_text(wrap, DEM_STYLE_DIM, " Not known yet.");
  }
  if (asked->info.is_many) {
    dem_wrap_add_text(wrap, DEM_STYLE_DIM, " Several answers.");
  }
  dem_wrap_end(wrap);
  if (asked->info.help[0]) {
    add_line(wrap, "     ", DEM_STYLE_DIM, asked->info.help);
  }
}

static void add_choice(dem_choice choice, dem_wrap *wrap)
{
  dem_wrap_begin(wrap, "     ", 7);
  dem_wrap_add_text(wrap, DEM_STYLE_STRONG, choice.value);
  if (strcmp(choice.value, choice.label) != 0) {
    dem_wrap_add_text(wrap, DEM_STYLE_PLAIN, ": ");
    dem_wrap_add_text(wrap, DEM_STYLE_PLAIN, choice.label);
  }
  dem_wrap_end(wrap);
}

static void add_choices(const dem_asked *asked, dem_wrap *wrap)
{
  char words[96];
  const size_t count = dem_choices_count(asked->choices);
  if (count == 0) {
    (void)snprintf(words, sizeof words, "Any %.40s.", asked->info.type);
    add_line(wrap, "     ", DEM_STYLE_DIM, words);
  } else if (count > MOST_CHOICES) {
    (void)snprintf(words, sizeof words, "One of %zu; --format json lists them.", count);
    add_line(wrap, "     ", DEM_STYLE_DIM, words);
  }
  for (size_t i = 0; count <= MOST_CHOICES && i < count; ++i) {
    add_choice(dem_choices_at(asked->choices, i), wrap);
  }
}

static void add_stake(const dem_stake *stake, dem_wrap *wrap)
{
  dem_wrap_begin(wrap, "      -  ", 9);
  dem_wrap_add_text(wrap, DEM_STYLE_DIM,
                    strcmp(stake->what, "recommendation") == 0 ? "partner" : stake->what);
  dem_wrap_add_text(wrap, DEM_STYLE_DIM, ": ");
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

static void add_stakes(const dem_open_question *open, dem_wrap *wrap)
{
  char words[96];
  if (open->is_required) {
    add_line(wrap, "     ", DEM_STYLE_CERTAIN, "All advice hangs on it.");
    return;
  }
  (void)snprintf(words, sizeof words, "%zu %s of advice %s on it:", open->stake_count,
                 open->stake_count == 1 ? "piece" : "pieces",
                 open->stake_count == 1 ? "hangs" : "hang");
  add_line(wrap, "     ", DEM_STYLE_CERTAIN, words);
  for (size_t i = 0; i < open->stake_count && i < MOST_STAKES; ++i) {
    add_stake(&open->stakes[i], wrap);
  }
  if (open->stake_count > MOST_STAKES) {
    (void)snprintf(words, sizeof words, "and %zu more; --format json lists them.",
                   open->stake_count - MOST_STAKES);
    add_line(wrap, "         ", DEM_STYLE_DIM, words);
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
    add_ask(asked, i + 1, &wrap);
    add_choices(asked, &wrap);
    add_stakes(asked->open, &wrap);
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
