// SPDX-License-Identifier: Apache-2.0

// A language's file, written anew.

#include "render/language_file.h"

/// A text between double quotes, as YAML and JSON both read it.
static void add_quoted(dem_slice text, dem_buffer *out)
{
  static const char digits[] = "0123456789abcdef";
  dem_buffer_add_char(out, '"');
  for (size_t i = 0; i < text.size; ++i) {
    const unsigned char byte = (unsigned char)text.bytes[i];
    if (byte == '"' || byte == '\\') {
      dem_buffer_add_char(out, '\\');
      dem_buffer_add_char(out, (char)byte);
    } else if (byte < 0x20) {
      dem_buffer_add_text(out, "\\x");
      dem_buffer_add_char(out, digits[byte >> 4]);
      dem_buffer_add_char(out, digits[byte & 15]);
    } else {
      dem_buffer_add_char(out, (char)byte);
    }
  }
  dem_buffer_add_char(out, '"');
}

static void add_forms(const dem_language *l, dem_buffer *out)
{
  if (l->class_count == 0) {
    return;
  }
  dem_buffer_add_text(out, "forms:\n");
  for (uint32_t i = 0; i < l->class_count; ++i) {
    dem_buffer_add_text(out, "  ");
    add_quoted(l->classes[i], out);
    dem_buffer_add_text(out, ": {");
    for (uint32_t j = 0; j < l->form_count; ++j) {
      const dem_label_form *const form = &l->endings[i * l->form_count + j];
      dem_buffer text;
      dem_buffer_init(&text, out->allocator);
      dem_buffer_add(&text, form->before);
      dem_buffer_add_text(&text, "{}");
      dem_buffer_add(&text, form->after);
      dem_buffer_add_text(out, j > 0 ? ", " : "");
      add_quoted(l->forms[j], out);
      dem_buffer_add_text(out, ": ");
      add_quoted(dem_buffer_slice(&text), out);
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
  add_quoted(text, out);
  dem_buffer_add_char(out, '\n');
}

static void add_text(const dem_language *l, const dem_text *text, dem_buffer *out)
{
  const bool is_outdated =
      text->made_from.bytes && !dem_slice_is_equal(text->made_from, text->english);
  if (text->is_optional && !text->text.bytes) {
    return; // Another name: nobody misses it.
  }
  add_quoted(text->path, out);
  dem_buffer_add_text(out, ":\n");
  if (is_outdated) { // On a line of its own: a text may hold what YAML takes for a comment's end.
    dem_buffer_add_text(out, "  # now: ");
    add_quoted(text->english, out);
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
