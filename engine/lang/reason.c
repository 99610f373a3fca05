// SPDX-License-Identifier: Apache-2.0

// Cuts a reason into texts and variables.

#include "lang/reason.h"

#include "base/try.h"

// Pieces --------------------------------------------------------------------------------

static bool is_at(dem_slice text, size_t offset, const char *word)
{
  const dem_slice wanted = dem_slice_of(word);
  return text.size - offset >= wanted.size &&
         memcmp(text.bytes + offset, wanted.bytes, wanted.size) == 0;
}

static bool is_letter(char byte)
{
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == '_';
}

/// What begins with "{$" at `*offset`.
static void take_variable(dem_slice reason, size_t *offset, dem_reason_piece *piece)
{
  const dem_slice rest = {reason.bytes + *offset + 1, reason.size - *offset - 1};
  const size_t name = dem_variable_name_size(rest);
  size_t end = name;
  *piece = (dem_reason_piece){DEM_REASON_VARIABLE, {rest.bytes, name}, {NULL, 0}, *offset, 0};
  if (end < rest.size && rest.bytes[end] == ':') {
    for (++end; end < rest.size && is_letter(rest.bytes[end]); ++end) {
    }
    piece->form = (dem_slice){rest.bytes + name + 1, end - name - 1};
  }
  const bool is_whole = name >= 2 && end < rest.size && rest.bytes[end] == '}';
  piece->size = end + 1;
  piece->kind = is_whole ? DEM_REASON_VARIABLE : DEM_REASON_BROKEN;
  *offset += 1 + end + is_whole;
}

bool dem_reason_next(dem_slice reason, size_t *offset, dem_reason_piece *piece)
{
  const size_t begin = *offset;
  if (begin >= reason.size) {
    return false;
  }
  if (is_at(reason, begin, "{$")) {
    take_variable(reason, offset, piece);
    return true;
  }
  const bool is_escaped = is_at(reason, begin, "{{$");
  const size_t first = begin + is_escaped;
  size_t end = is_escaped ? begin + 3 : begin + 1;
  while (end < reason.size && !is_at(reason, end, "{$") && !is_at(reason, end, "{{$")) {
    ++end;
  }
  *piece = (dem_reason_piece){
      .kind = DEM_REASON_TEXT, .text = {reason.bytes + first, end - first}, .offset = begin};
  *offset = end;
  return true;
}

size_t dem_reason_most_pieces(dem_slice reason)
{
  size_t braces = 0;
  for (size_t i = 0; i < reason.size; ++i) {
    braces += reason.bytes[i] == '{';
  }
  return 2 * braces + 1;
}

// Reading -------------------------------------------------------------------------------

static dem_status reject(dem_draft *draft, dem_place place)
{
  const dem_status status = dem_diagnose(draft->reader->diagnostics, DEM_DIAG_BAD_EXPRESSION, place,
                                         "a variable in a reason is written '{$name}'");
  dem_diagnose_note(draft->reader->diagnostics, "'{{$' writes the characters '{$'");
  return status;
}

static dem_status add_variable(dem_draft *draft, dem_inner_place *walk,
                               const dem_reason_piece *piece, dem_reason_part *part)
{
  *part = (dem_reason_part){.variable = DEM_NONE};
  const dem_use use = {.kind = DEM_USE_READ,
                       .slot = &part->variable,
                       .place = dem_inner_place_at(walk, piece->offset + 1, piece->text.size)};
  return dem_draft_use(draft, piece->text, use);
}

static dem_status cut(dem_draft *draft, dem_slice text, dem_inner_place *walk,
                      dem_reason_part *parts, uint32_t *count)
{
  dem_status result = DEM_OK;
  dem_reason_piece piece;
  for (size_t offset = 0; dem_reason_next(text, &offset, &piece);) {
    if (piece.kind == DEM_REASON_TEXT) {
      parts[(*count)++] = (dem_reason_part){.text = piece.text, .variable = DEM_NONE};
    } else if (piece.kind == DEM_REASON_VARIABLE && !piece.form.bytes) {
      DEM_TRY_ALL(result, add_variable(draft, walk, &piece, &parts[(*count)++]));
    } else { // Forms are for translations: English needs none.
      DEM_TRY_ALL(result, reject(draft, dem_inner_place_at(walk, piece.offset, piece.size)));
    }
  }
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
  dem_reason_part *const parts =
      DEM_ARENA_ARRAY(&model->arena, dem_reason_part, dem_reason_most_pieces(scalar->text));
  const char *text = dem_arena_copy(&model->arena, scalar->text);
  DEM_TRY_MEMORY(parts);
  DEM_TRY_MEMORY(text);
  dem_inner_place walk;
  dem_inner_place_init(&walk, &model->files, &draft->line, scalar);
  *parts_out = parts;
  *count_out = 0;
  return cut(draft, (dem_slice){text, scalar->text.size}, &walk, parts, count_out);
}
