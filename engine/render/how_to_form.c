// SPDX-License-Identifier: Apache-2.0

// Which changes of answers would make something certain, as text, Markdown, HTML and JSON.

#include "render/explain.h"

#include <stdio.h>

#include "render/sheet.h"

enum { MOST_WAYS = 12 }; // Of text, Markdown and HTML. JSON has all.

// Text ------------------------------------------------------------------------------------

static void add_move(dem_sheet *s, const dem_move *move, size_t level)
{
  static const dem_saying sayings[] = {[DEM_MOVE_SET] = DEM_SAY_ANSWER_INSTEAD,
                                       [DEM_MOVE_ADD] = DEM_SAY_ANSWER_ALSO,
                                       [DEM_MOVE_REMOVE] = DEM_SAY_ANSWER_NO_LONGER,
                                       [DEM_MOVE_NONE] = DEM_SAY_ANSWER_WITH,
                                       [DEM_MOVE_LEAVE] = DEM_SAY_TAKE_BACK};
  const bool is_new = move->was_open && (move->kind == DEM_MOVE_SET || move->kind == DEM_MOVE_ADD);
  const char *const answer =
      move->kind == DEM_MOVE_NONE ? dem_saying_plain(s->language, DEM_SAY_NONE) : move->label;
  dem_sheet_begin(s, DEM_SHEET_BULLET, level);
  dem_sheet_say_strong(s,
                       (dem_said){.saying = is_new ? DEM_SAY_ANSWER_WITH : sayings[move->kind],
                                  .values = (const char *const[]){move->ask, answer}},
                       1);
  dem_sheet_end(s);
}

static void add_ways(dem_sheet *s, const dem_how_to *how_to)
{
  const bool is_single = how_to->ways[0].move_count == 1;
  dem_sheet_write_words(s, DEM_SHEET_HEADING, 0, DEM_STYLE_PLAIN,
                        is_single ? DEM_SAY_ANY_CHANGE : DEM_SAY_ANY_SET_OF_CHANGES);
  for (size_t i = 0; i < how_to->way_count && i < MOST_WAYS; ++i) {
    if (!is_single) {
      dem_sheet_write_words(s, DEM_SHEET_BULLET, 1, DEM_STYLE_PLAIN, DEM_SAY_TOGETHER);
    }
    for (size_t j = 0; j < how_to->ways[i].move_count; ++j) {
      add_move(s, &how_to->ways[i].moves[j], is_single ? 1 : 2);
    }
  }
  if (how_to->way_count > MOST_WAYS) {
    dem_sheet_write_said(s, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_PLAIN,
                         DEM_SAID_COUNT(MORE_WAYS, how_to->way_count - MOST_WAYS));
  }
}

static void add_nothing(dem_sheet *s, const dem_how_to *how_to)
{
  dem_sheet_begin(s, DEM_SHEET_PARAGRAPH, 0);
  if (how_to->choice_count == 0) {
    dem_sheet_words(s, DEM_STYLE_STRONG, DEM_SAY_NO_ANSWER_HAS_A_SAY);
  } else if (how_to->is_impossible) {
    dem_sheet_words(s, DEM_STYLE_STRONG, DEM_SAY_NO_ANSWER_WOULD_DO);
  } else {
    dem_sheet_say(s, DEM_STYLE_STRONG, DEM_SAID_COUNT(NO_CHANGE_WOULD_DO, how_to->move_bound));
  }
  dem_sheet_end(s);
}

/// What was tried, so that a reader knows what the answer is worth.
static void add_bounds(dem_sheet *s, const dem_how_to *how_to)
{
  char choices[24];
  (void)snprintf(choices, sizeof choices, "%zu", how_to->choice_count);
  dem_sheet_begin(s, DEM_SHEET_PARAGRAPH, 0);
  dem_sheet_say(s, DEM_STYLE_DIM,
                (dem_said){.saying = DEM_SAY_TRIED,
                           .count = how_to->run_count,
                           .values = (const char *const[]){choices}});
  if (how_to->is_cut) {
    dem_sheet_add(s, DEM_STYLE_DIM, " ");
    dem_sheet_say(s, DEM_STYLE_DIM, DEM_SAID_COUNT(TRIED_IN_PART, how_to->move_bound));
  }
  if (how_to->has_skipped) {
    dem_sheet_add(s, DEM_STYLE_DIM, " ");
    dem_sheet_words(s, DEM_STYLE_DIM, DEM_SAY_TRIED_NO_TEXTS);
  }
  dem_sheet_end(s);
}

void dem_how_to_sheet(const dem_how_to *how_to, const dem_explain_options *options, dem_buffer *out)
{
  dem_sheet sheet;
  dem_sheet_init(&sheet, options, how_to->about.language, "demarche-how-to", out);
  dem_sheet_introduce(&sheet, &how_to->about, DEM_SAY_HOW_TO);
  if (how_to->holds) {
    dem_sheet_write_words(&sheet, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_STRONG,
                          DEM_SAY_CERTAIN_ALREADY);
  } else {
    if (how_to->way_count > 0) {
      add_ways(&sheet, how_to);
    } else {
      add_nothing(&sheet, how_to);
    }
    if (!how_to->is_impossible && how_to->choice_count > 0) {
      add_bounds(&sheet, how_to);
    }
  }
  dem_sheet_colophon(&sheet, &how_to->about);
  dem_sheet_clear(&sheet);
}

// JSON ------------------------------------------------------------------------------------

static void add_text(dem_json_writer *json, const char *key, const char *text)
{
  dem_json_key(json, key);
  dem_json_string(json, dem_slice_of(text));
}

static void add_boolean(dem_json_writer *json, const char *key, bool value)
{
  dem_json_key(json, key);
  dem_json_boolean(json, value);
}

static void add_count(dem_json_writer *json, const char *key, uint64_t value)
{
  dem_json_key(json, key);
  dem_json_integer(json, (int64_t)value);
}

static void add_json_move(dem_json_writer *json, const dem_move *move)
{
  static const char *const kinds[] = {"set", "add", "remove", "none", "leave"};
  dem_json_begin_object(json);
  add_text(json, "change", kinds[move->kind]);
  add_text(json, "field", move->field);
  add_text(json, "ask", move->ask);
  dem_json_pair(json, "value", dem_slice_of(move->value));
  dem_json_pair(json, "label", dem_slice_of(move->label));
  add_boolean(json, "was_open", move->was_open);
  dem_json_end_object(json);
}

void dem_how_to_json(const dem_how_to *how_to, dem_buffer *out)
{
  dem_json_writer writer = dem_json_writer_on(out, true);
  dem_json_writer *const json = &writer;
  dem_json_begin_object(json);
  dem_explained_json(&how_to->about, "how-to", json);
  add_boolean(json, "holds", how_to->holds);
  add_boolean(json, "impossible", how_to->is_impossible);
  dem_json_key(json, "ways");
  dem_json_begin_array(json);
  for (size_t i = 0; i < how_to->way_count; ++i) {
    dem_json_begin_array(json);
    for (size_t j = 0; j < how_to->ways[i].move_count; ++j) {
      add_json_move(json, &how_to->ways[i].moves[j]);
    }
    dem_json_end_array(json);
  }
  dem_json_end_array(json);
  add_count(json, "choices", how_to->choice_count);
  add_count(json, "runs", how_to->run_count);
  add_count(json, "exact_up_to", how_to->move_bound);
  add_boolean(json, "cut", how_to->is_cut);
  add_boolean(json, "skipped", how_to->has_skipped);
  dem_json_end_object(json);
  dem_buffer_add_char(out, '\n');
}
