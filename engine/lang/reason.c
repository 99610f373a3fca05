// SPDX-License-Identifier: Apache-2.0

// Cuts a reason into texts and variables.

#include "lang/reason.h"

#include "base/try.h"

typedef struct cutter {
  dem_draft *draft;
  dem_slice text; // In the model's arena.
  dem_inner_place walk;
  dem_reason_part *parts;
  uint32_t count;
} cutter;

static void add_text(cutter *c, size_t begin, size_t end)
{
  if (end > begin) {
    c->parts[c->count++] =
        (dem_reason_part){.text = {c->text.bytes + begin, end - begin}, .variable = DEM_NONE};
  }
}

static bool is_at(const cutter *c, size_t offset, const char *word)
{
  const dem_slice wanted = dem_slice_of(word);
  return c->text.size - offset >= wanted.size &&
         memcmp(c->text.bytes + offset, wanted.bytes, wanted.size) == 0;
}

// A variable whose `{` stands at `offset`. `*end_out` is behind its `}`.
static dem_status add_variable(cutter *c, size_t offset, size_t *end_out)
{
  const dem_slice rest = {c->text.bytes + offset + 1, c->text.size - offset - 1};
  const size_t size = dem_variable_name_size(rest);
  *end_out = offset + 1 + size;
  if (size < 2 || *end_out == c->text.size || c->text.bytes[*end_out] != '}') {
    const dem_place place = dem_inner_place_at(&c->walk, offset, size + 1);
    const dem_status status = dem_diagnose(c->draft->reader->diagnostics, DEM_DIAG_BAD_EXPRESSION,
                                           place, "a variable in a reason is written '{$name}'");
    dem_diagnose_note(c->draft->reader->diagnostics, "'{{$' writes the characters '{$'");
    return status;
  }
  dem_reason_part *part = &c->parts[c->count++];
  *part = (dem_reason_part){.variable = DEM_NONE};
  const dem_use use = {.kind = DEM_USE_READ,
                       .slot = &part->variable,
                       .place = dem_inner_place_at(&c->walk, offset + 1, size)};
  ++*end_out;
  return dem_draft_use(c->draft, (dem_slice){rest.bytes, size}, use);
}

static dem_status cut(cutter *c)
{
  dem_status result = DEM_OK;
  size_t begin = 0; // Of the text that is not yet a part.
  size_t i = 0;
  while (i < c->text.size) {
    if (is_at(c, i, "{{$")) {
      add_text(c, begin, i);
      begin = i + 1;
      i += 3;
    } else if (is_at(c, i, "{$")) {
      add_text(c, begin, i);
      DEM_TRY_ALL(result, add_variable(c, i, &begin));
      i = begin;
    } else {
      ++i;
    }
  }
  add_text(c, begin, c->text.size);
  return result;
}

dem_status dem_reason_read(dem_draft *draft, const dem_node *scalar,
                           const dem_reason_part **parts_out, uint32_t *count_out)
{
  if (scalar->kind != DEM_NODE_SCALAR || dem_node_is_null(scalar)) {
    const dem_status status = dem_draft_reject(draft, scalar, "a text");
    dem_quotes_note(draft->reader, scalar);
    return status;
  }
  dem_model *model = draft->reader->model;
  size_t braces = 0;
  for (size_t i = 0; i < scalar->text.size; ++i) {
    braces += scalar->text.bytes[i] == '{';
  }
  cutter c = {.draft = draft};
  c.parts = DEM_ARENA_ARRAY(&model->arena, dem_reason_part, 2 * braces + 1);
  const char *text = dem_arena_copy(&model->arena, scalar->text);
  DEM_TRY_MEMORY(c.parts);
  DEM_TRY_MEMORY(text);
  c.text = (dem_slice){text, scalar->text.size};
  dem_inner_place_init(&c.walk, &model->files, &draft->line, scalar);
  const dem_status status = cut(&c);
  *parts_out = c.parts;
  *count_out = c.count;
  return status;
}
