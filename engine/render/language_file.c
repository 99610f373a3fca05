// SPDX-License-Identifier: Apache-2.0

// A language's file, written anew. Texts stand between quotes as in JSON: YAML reads them alike,
// and whatever would break its lines is escaped.

#include "render/language_file.h"

#include "render/escape.h"

static void add_forms(const dem_language *l, dem_buffer *out)
{
  if (l->class_count == 0) {
    return;
  }
  dem_buffer_add_text(out, "forms:\n");
  for (uint32_t i = 0; i < l->class_count; ++i) {
    dem_buffer_add_text(out, "  ");
    dem_escape_json(l->classes[i], out);
    dem_buffer_add_text(out, ": {");
    for (uint32_t j = 0; j < l->form_count; ++j) {
      const dem_label_form *const form = &l->endings[i * l->form_count + j];
      dem_buffer text;
      dem_buffer_init(&text, out->allocator);
      dem_buffer_add(&text, form->before);
      dem_buffer_add_text(&text, "{}");
      dem_buffer_add(&text, form->after);
      dem_buffer_add_text(out, j > 0 ? ", " : "");
      dem_escape_json(l->forms[j], out);
      dem_buffer_add_text(out, ": ");
      dem_escape_json(dem_buffer_slice(&text), out);
      out->has_failed = out->has_failed || text.has_failed;
      dem_buffer_clear(&text);
    }
    dem_buffer_add_text(out, "}\n");
  }
  dem_buffer_add_text(out, "\n");
}

static void add_line(const char *key, size_t size, dem_slice text, dem_buffer *out)
{
  dem_buffer_add_text(out, "  ");
  dem_buffer_add(out, (dem_slice){key, size});
  dem_buffer_add_text(out, ": ");
  dem_escape_json(text, out);
  dem_buffer_add_char(out, '\n');
}

static void add_text(const dem_language *l, const dem_text *text, dem_buffer *out)
{
  const bool is_outdated =
      text->made_from.bytes && !dem_slice_is_equal(text->made_from, text->english);
  if (text->is_optional && !text->text.bytes) {
    return; // Another name: nobody misses it.
  }
  dem_escape_json(text->path, out);
  dem_buffer_add_text(out, ":\n");
  if (is_outdated) { // On a line of its own: a text may hold what YAML takes for a comment's end.
    dem_buffer_add_text(out, "  # now: ");
    dem_escape_json(text->english, out);
    dem_buffer_add_char(out, '\n');
  }
  add_line("en", 2, is_outdated ? text->made_from : text->english, out);
  add_line(l->code.bytes, l->code.size, text->text, out);
  if (text->class_index > 0) {
    add_line("class", 5, l->classes[text->class_index], out);
  }
}

/// "organization" of "organization/au/name": a blank line stands where it changes.
static dem_slice group_of(dem_slice path)
{
  size_t size = 0;
  while (size < path.size && path.bytes[size] != '/') {
    ++size;
  }
  return (dem_slice){path.bytes, size};
}

void dem_language_file_add(const dem_language *language, dem_buffer *out)
{
  add_forms(language, out);
  for (uint32_t i = 0; i < language->text_count; ++i) {
    const dem_text *const text = &language->texts[i];
    if (i > 0 && !dem_slice_is_equal(group_of(text->path), group_of(language->texts[i - 1].path))) {
      dem_buffer_add_char(out, '\n');
    }
    add_text(language, text, out);
  }
}
