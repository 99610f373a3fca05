// SPDX-License-Identifier: Apache-2.0

// Which changes of answers would make something certain, as text, Markdown, HTML and JSON.

#include "render/explain.h"
#include "render/sheet.h"

enum { MOST_WAYS = 12 }; // Of text, Markdown and HTML. JSON has all.

static void add(dem_sheet *s, const char *text)
{
  dem_sheet_add(s, DEM_STYLE_PLAIN, text);
}

// Text ------------------------------------------------------------------------------------

static void add_move(dem_sheet *s, const dem_move *move, size_t level)
{
  dem_sheet_begin(s, DEM_SHEET_BULLET, level);
  add(s, move->ask);
  switch (move->kind) {
  case DEM_MOVE_SET:
    add(s, move->was_open ? " Answer: " : " Answer instead: ");
    break;
  case DEM_MOVE_ADD:
    add(s, move->was_open ? " Answer: " : " Answer also: ");
    break;
  case DEM_MOVE_REMOVE:
    add(s, " Answer no longer: ");
    break;
  case DEM_MOVE_NONE:
    add(s, " Answer: ");
    dem_sheet_add(s, DEM_STYLE_STRONG, "none");
    break;
  case DEM_MOVE_LEAVE:
    add(s, " Take the answer back: the records fill it in.");
    break;
  }
  dem_sheet_add(s, DEM_STYLE_STRONG, move->label);
  dem_sheet_end(s);
}

static void add_ways(dem_sheet *s, const dem_how_to *how_to)
{
  const bool is_single = how_to->ways[0].move_count == 1;
  dem_sheet_write(s, DEM_SHEET_HEADING, 0, DEM_STYLE_PLAIN,
                  is_single ? "Any one of these changes would make it certain"
                            : "Any one of these sets of changes would make it certain");
  for (size_t i = 0; i < how_to->way_count && i < MOST_WAYS; ++i) {
    if (!is_single) {
      dem_sheet_begin(s, DEM_SHEET_BULLET, 1);
      add(s, "Together:");
      dem_sheet_end(s);
    }
    for (size_t j = 0; j < how_to->ways[i].move_count; ++j) {
      add_move(s, &how_to->ways[i].moves[j], is_single ? 1 : 2);
    }
  }
  if (how_to->way_count > MOST_WAYS) {
    dem_sheet_begin(s, DEM_SHEET_PARAGRAPH, 0);
    add(s, "And ");
    dem_sheet_add_integer(s, DEM_STYLE_PLAIN, (int64_t)(how_to->way_count - MOST_WAYS));
    add(s, " more, which --format json lists.");
    dem_sheet_end(s);
  }
}

static void add_nothing(dem_sheet *s, const dem_how_to *how_to)
{
  dem_sheet_begin(s, DEM_SHEET_PARAGRAPH, 0);
  if (how_to->choice_count == 0) {
    dem_sheet_add(s, DEM_STYLE_STRONG, "No answer has a say in it.");
  } else if (how_to->is_impossible) {
    dem_sheet_add(s, DEM_STYLE_STRONG,
                  "No answer would do: even with every question open that can be answered "
                  "otherwise it is not possible.");
  } else {
    dem_sheet_add(s, DEM_STYLE_STRONG, "No set of up to ");
    dem_sheet_add_integer(s, DEM_STYLE_STRONG, (int64_t)how_to->move_bound);
    dem_sheet_add(s, DEM_STYLE_STRONG,
                  how_to->move_bound == 1 ? " change would do." : " changes would do.");
  }
  dem_sheet_end(s);
}

/// What was tried, so that a reader knows what the answer is worth.
static void add_bounds(dem_sheet *s, const dem_how_to *how_to)
{
  dem_sheet_begin(s, DEM_SHEET_PARAGRAPH, 0);
  dem_sheet_add(s, DEM_STYLE_DIM, "Tried: ");
  dem_sheet_add_integer(s, DEM_STYLE_DIM, (int64_t)how_to->run_count);
  dem_sheet_add(s, DEM_STYLE_DIM,
                how_to->run_count == 1 ? " profile, out of " : " profiles, out of ");
  dem_sheet_add_integer(s, DEM_STYLE_DIM, (int64_t)how_to->choice_count);
  dem_sheet_add(s, DEM_STYLE_DIM, " changes that could matter.");
  if (how_to->is_cut) {
    dem_sheet_add(s, DEM_STYLE_DIM, " All sets of up to ");
    dem_sheet_add_integer(s, DEM_STYLE_DIM, (int64_t)how_to->move_bound);
    dem_sheet_add(s, DEM_STYLE_DIM, " were tried, larger ones only in part.");
  }
  if (how_to->has_skipped) {
    dem_sheet_add(s, DEM_STYLE_DIM,
                  " Of numbers and days only those that the pack names were tried, of free texts "
                  "none.");
  }
  dem_sheet_end(s);
}

void dem_how_to_sheet(const dem_how_to *how_to, const dem_explain_options *options, dem_buffer *out)
{
  dem_sheet sheet;
  dem_sheet_init(&sheet, options, "demarche-how-to", out);
  dem_sheet_introduce(&sheet, &how_to->about, "How to get to ", "");
  if (how_to->holds) {
    dem_sheet_write(&sheet, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_STRONG,
                    "It is certain already: --why says why.");
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
