// SPDX-License-Identifier: Apache-2.0

// Many advices as bytes: the public selections and renderers.

#include "demarche/renderer.h"

#include <string.h>

#include "api/handles.h"
#include "base/try.h"
#include "render/escape.h"
#include "render/json.h"
#include "render/markdown.h"
#include "render/plain.h"
#include "render/render.h"
#include "render/selection.h"

/// A field that was asked for.
typedef struct column {
  dem_slice name;
  uint32_t question; ///< DEM_NO_INDEX for a path.
  dem_selected root; ///< Of a path in a table: that path alone.
} column;

struct dem_selection {
  dem_allocator allocator;
  const dem_pack *pack;
  dem_selection_shape shape;
  bool is_all; ///< Of JSON: everything.
  dem_arena arena;
  dem_vector columns; ///< column
  dem_selected root;  ///< Of JSON: every path.
  dem_buffer problem;
};

// Selections --------------------------------------------------------------------------

const char *dem_selection_problem(const dem_selection *selection)
{
  return selection->problem.size ? selection->problem.bytes : "";
}

static dem_status say(dem_selection *s, const char *begin, dem_slice name, const char *end)
{
  dem_buffer_reset(&s->problem);
  dem_buffer_add_format(&s->problem, "%s'%.*s'%s", begin, (int)name.size, name.bytes, end);
  dem_buffer_add_char(&s->problem, '\0');
  return s->problem.has_failed ? DEM_ERR_NO_MEMORY : DEM_ERR_INVALID;
}

/// The known field that is nearest to a name; empty if none is near, or memory short.
static dem_slice find_near(const dem_selection *s, dem_slice name)
{
  dem_vector fields;
  dem_vector_init(&fields, s->allocator, sizeof(dem_slice));
  for (uint32_t i = 0; i < dem_pack_question_count(s->pack); ++i) {
    const dem_slice field = dem_slice_of(dem_pack_question(s->pack, i).field);
    (void)dem_vector_add(&fields, &field);
  }
  for (const dem_selectable *p = dem_selectables; p->path; ++p) {
    const dem_slice path = dem_slice_of(p->path);
    (void)dem_vector_add(&fields, &path);
  }
  const dem_slice near = dem_nearest(name, fields.items, fields.count);
  dem_vector_clear(&fields);
  return near;
}

static dem_status report_unknown(dem_selection *s, dem_slice name)
{
  const dem_slice near = find_near(s, name);
  dem_buffer hint;
  dem_buffer_init(&hint, s->allocator);
  if (near.size) {
    dem_buffer_add_format(&hint, "; did you mean '%.*s'?", (int)near.size, near.bytes);
  } else {
    dem_buffer_add_text(&hint, "; fields are those of the advice's JSON, and the questions");
  }
  dem_buffer_add_char(&hint, '\0');
  const dem_status status =
      hint.has_failed ? DEM_ERR_NO_MEMORY : say(s, "advice has no field ", name, hint.bytes);
  dem_buffer_clear(&hint);
  return status;
}

static dem_status add_column(dem_selection *s, dem_slice name)
{
  const dem_selectable *const known = dem_selectable_find(name);
  column c = {.name = name, .question = DEM_NO_INDEX};
  if (!known) {
    char *const field = dem_arena_copy(&s->arena, name);
    DEM_TRY_MEMORY(field);
    c.question = dem_pack_find_question(s->pack, field);
    if (c.question == DEM_NO_INDEX) {
      return report_unknown(s, name);
    }
  } else if (s->shape == DEM_SELECTION_TABLE) {
    if (!known->is_leaf) {
      return say(s, "a table has no room for all of ", name, "; choose one of its fields");
    }
    if (!dem_selected_add(&c.root, name, &s->arena)) {
      return DEM_ERR_NO_MEMORY;
    }
  } else if (!dem_selected_add(&s->root, name, &s->arena)) {
    return DEM_ERR_NO_MEMORY;
  }
  for (size_t i = 0; i < s->columns.count; ++i) {
    if (dem_slice_is_equal(DEM_VECTOR_AT(&s->columns, column, i).name, name)) {
      return say(s, "the field ", name, " is chosen twice");
    }
  }
  return dem_vector_add(&s->columns, &c) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status add_columns(dem_selection *s, const char *fields)
{
  const char *const text = dem_arena_copy(&s->arena, dem_slice_of(fields));
  DEM_TRY_MEMORY(text);
  for (const char *begin = text; begin;) {
    const char *const comma = strchr(begin, ',');
    dem_slice name = {begin, comma ? (size_t)(comma - begin) : strlen(begin)};
    while (name.size && name.bytes[0] == ' ') {
      ++name.bytes;
      --name.size;
    }
    while (name.size && name.bytes[name.size - 1] == ' ') {
      --name.size;
    }
    DEM_TRY(add_column(s, name));
    begin = comma ? comma + 1 : NULL;
  }
  return DEM_OK;
}

/// Who it is about, and whom to work with: what a list of profiles is read for.
static dem_status add_usual_columns(dem_selection *s)
{
  DEM_TRY(add_column(s, DEM_SLICE("id")));
  for (uint32_t i = 0; i < dem_pack_question_count(s->pack); ++i) {
    const char *const field = dem_pack_question(s->pack, i).field;
    if (!dem_selectable_find(dem_slice_of(field))) {
      DEM_TRY(add_column(s, dem_slice_of(field)));
    }
  }
  DEM_TRY(add_column(s, DEM_SLICE("partners.id")));
  DEM_TRY(add_column(s, DEM_SLICE("partners.label")));
  DEM_TRY(add_column(s, DEM_SLICE("partners.certainty")));
  return add_column(s, DEM_SLICE("partners.weight"));
}

dem_status dem_selection_new(const dem_pack *pack, const char *fields, dem_selection_shape shape,
                             dem_selection **selection_out)
{
  const dem_allocator a = pack->allocator;
  dem_selection *const s = a.resize(a.context, NULL, 0, sizeof *s);
  *selection_out = s;
  DEM_TRY_MEMORY(s);
  *s = (dem_selection){.allocator = a, .pack = pack, .shape = shape};
  dem_arena_init(&s->arena, a);
  dem_vector_init(&s->columns, a, sizeof(column));
  dem_buffer_init(&s->problem, a);
  s->is_all = !fields && shape == DEM_SELECTION_JSON;
  const dem_status status = s->is_all ? DEM_OK
                            : fields  ? add_columns(s, fields)
                                      : add_usual_columns(s);
  if (status == DEM_ERR_NO_MEMORY) {
    dem_selection_free(s);
    *selection_out = NULL;
  }
  return status;
}

void dem_selection_free(dem_selection *selection)
{
  if (!selection) {
    return;
  }
  const dem_allocator a = selection->allocator;
  dem_buffer_clear(&selection->problem);
  dem_vector_clear(&selection->columns);
  dem_arena_clear(&selection->arena);
  (void)a.resize(a.context, selection, sizeof *selection, 0);
}

bool dem_selection_is_brief(const dem_selection *selection)
{
  bool is_brief = !selection->is_all;
  for (size_t i = 0; i < selection->columns.count && is_brief; ++i) {
    const column *const c = &DEM_VECTOR_AT(&selection->columns, column, i);
    is_brief = c->question != DEM_NO_INDEX || dem_selectable_is_brief(c->name);
  }
  return is_brief;
}

dem_advice_options dem_selection_options(const dem_selection *selection)
{
  dem_advice_options options = {0};
  for (size_t i = 0; i < selection->columns.count; ++i) {
    const column *const c = &DEM_VECTOR_AT(&selection->columns, column, i);
    options.has_ruled_out = options.has_ruled_out ||
                            (c->question == DEM_NO_INDEX && dem_selectable_is_ruled_out(c->name));
  }
  return options;
}

dem_status dem_selection_write_header(const dem_selection *selection, dem_write_function write,
                                      void *context)
{
  dem_buffer out;
  dem_buffer_init(&out, selection->allocator);
  for (size_t i = 0; i < selection->columns.count; ++i) {
    dem_buffer_add_text(&out, i ? "," : "");
    dem_escape_csv(DEM_VECTOR_AT(&selection->columns, column, i).name, &out);
  }
  dem_buffer_add_char(&out, '\n');
  const dem_status status =
      out.has_failed ? DEM_ERR_NO_MEMORY : write(context, out.bytes, out.size);
  dem_buffer_clear(&out);
  return status;
}

// Renderers ---------------------------------------------------------------------------

struct dem_renderer {
  dem_buffer out;
  dem_buffer cell;
};

dem_status dem_renderer_new(const dem_allocator *allocator, dem_renderer **renderer_out)
{
  const dem_allocator a = allocator ? *allocator : dem_allocator_default();
  dem_renderer *const r = a.resize(a.context, NULL, 0, sizeof *r);
  *renderer_out = r;
  DEM_TRY_MEMORY(r);
  dem_buffer_init(&r->out, a);
  dem_buffer_init(&r->cell, a);
  return DEM_OK;
}

void dem_renderer_free(dem_renderer *renderer)
{
  if (!renderer) {
    return;
  }
  const dem_allocator a = renderer->out.allocator;
  dem_buffer_clear(&renderer->out);
  dem_buffer_clear(&renderer->cell);
  (void)a.resize(a.context, renderer, sizeof *renderer, 0);
}

static dem_status hand_over(dem_renderer *r, dem_write_function write, void *context)
{
  if (r->out.has_failed || r->cell.has_failed) {
    return DEM_ERR_NO_MEMORY;
  }
  return write(context, r->out.bytes, r->out.size);
}

dem_status dem_renderer_write(dem_renderer *renderer, const dem_advice *advice,
                              const dem_render_options *options, dem_write_function write,
                              void *context)
{
  dem_buffer_reset(&renderer->out);
  dem_render(advice, options, &renderer->out);
  return hand_over(renderer, write, context);
}

/// A question's answers: the values' ids.
static void add_answers(const dem_selection *s, const dem_advice *advice, const column *c,
                        dem_json_writer *json)
{
  const dem_advice_answer *const answer = &advice->answers[c->question];
  const bool is_many = dem_pack_question(s->pack, c->question).is_many;
  dem_json_key_slice(json, c->name);
  if (answer->is_open || (!is_many && answer->value_count == 0)) {
    dem_json_null(json);
    return;
  }
  if (is_many) {
    dem_json_begin_array(json);
  }
  for (size_t i = 0; i < answer->value_count; ++i) {
    dem_json_string(json, dem_slice_of(answer->values[i]));
  }
  if (is_many) {
    dem_json_end_array(json);
  }
}

static void write_json(dem_renderer *r, const dem_advice *advice, const dem_selection *s)
{
  dem_json_writer json = dem_json_writer_on(&r->out, false);
  dem_json_begin_object(&json);
  for (size_t i = 0; i < s->columns.count; ++i) {
    const column *const c = &DEM_VECTOR_AT(&s->columns, column, i);
    if (c->question != DEM_NO_INDEX) {
      add_answers(s, advice, c, &json);
    }
  }
  if (!s->is_all) {
    dem_json_writer_select(&json, &s->root, false);
    json.scopes[1] = &s->root;
  }
  dem_json_add_advice(advice, &json);
  dem_json_end_object(&json);
  dem_buffer_add_char(&r->out, '\n');
}

static void write_cell(dem_renderer *r, const dem_advice *advice, const dem_selection *s,
                       const column *c)
{
  dem_buffer_reset(&r->cell);
  if (c->question != DEM_NO_INDEX) {
    const dem_advice_answer *const answer = &advice->answers[c->question];
    for (size_t i = 0; i < answer->value_count; ++i) {
      dem_buffer_add_text(&r->cell, i ? ";" : "");
      dem_buffer_add_text(&r->cell, answer->values[i]);
    }
    if (!answer->is_open && answer->value_count == 0) {
      dem_buffer_add_text(&r->cell, "[]"); // None, as a profile would say it.
    }
  } else {
    dem_json_writer json = dem_json_writer_on(&r->cell, false);
    dem_json_writer_select(&json, &c->root, true);
    dem_json_begin_object(&json);
    dem_json_add_advice(advice, &json);
    dem_json_end_object(&json);
  }
  (void)s;
  dem_escape_csv_cell(dem_buffer_slice(&r->cell), &r->out);
}

static void write_row(dem_renderer *r, const dem_advice *advice, const dem_selection *s)
{
  for (size_t i = 0; i < s->columns.count; ++i) {
    dem_buffer_add_text(&r->out, i ? "," : "");
    write_cell(r, advice, s, &DEM_VECTOR_AT(&s->columns, column, i));
  }
  if (r->out.size == 0) {
    dem_buffer_add_text(&r->out, "\"\""); // Else the line would be no row at all.
  }
  dem_buffer_add_char(&r->out, '\n');
}

dem_status dem_renderer_write_selected(dem_renderer *renderer, const dem_advice *advice,
                                       const dem_selection *selection, dem_write_function write,
                                       void *context)
{
  dem_buffer_reset(&renderer->out);
  if (selection->shape == DEM_SELECTION_TABLE) {
    write_row(renderer, advice, selection);
  } else {
    write_json(renderer, advice, selection);
  }
  return hand_over(renderer, write, context);
}
