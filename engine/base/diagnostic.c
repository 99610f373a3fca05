// SPDX-License-Identifier: Apache-2.0

// What is wrong with a user's pack or profile: collected, sorted, shown.

#include "base/diagnostic.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const struct {
  const char *code;
  const char *slug;
  dem_severity severity;
} codes[] = {
#define DEM_DIAGNOSTIC(name, severity, code, slug) {code, slug, DEM_SEVERITY_##severity},
    DEM_DIAGNOSTIC_CODES
#undef DEM_DIAGNOSTIC
};

const char *dem_diagnostic_code_name(dem_diagnostic_code code)
{
  return codes[code].code;
}

const char *dem_diagnostic_code_slug(dem_diagnostic_code code)
{
  return codes[code].slug;
}

dem_severity dem_diagnostic_code_severity(dem_diagnostic_code code)
{
  return codes[code].severity;
}

void dem_diagnostics_init(dem_diagnostics *diagnostics, dem_allocator allocator)
{
  *diagnostics = (dem_diagnostics){0};
  dem_arena_init(&diagnostics->arena, allocator);
  dem_vector_init(&diagnostics->items, allocator, sizeof(dem_diagnostic));
}

void dem_diagnostics_clear(dem_diagnostics *diagnostics)
{
  dem_vector_clear(&diagnostics->items);
  dem_arena_clear(&diagnostics->arena);
  diagnostics->error_count = diagnostics->warning_count = 0;
  diagnostics->has_failed = false;
}

void dem_diagnostics_reset(dem_diagnostics *diagnostics)
{
  dem_vector_reset(&diagnostics->items);
  dem_arena_reset(&diagnostics->arena);
  diagnostics->error_count = diagnostics->warning_count = 0;
  diagnostics->has_failed = false;
}

// Adding ------------------------------------------------------------------------------

// A stranger's file may hold a word of megabytes, and mistakes by the million.
enum {
  LONGEST_TEXT = 2000, ///< Bytes of a message, a label or a note; what is longer ends in "…".
  MOST_ITEMS = 1000,   ///< Errors that are kept, and as many warnings; the rest is counted.
};

#define ELLIPSIS "\xE2\x80\xA6"

/// The formatted text, in the arena. Empty without memory.
static dem_slice format_text(dem_diagnostics *diagnostics, const char *format, va_list arguments)
{
  char text[LONGEST_TEXT + sizeof ELLIPSIS];
  const int wanted = vsnprintf(text, LONGEST_TEXT, format, arguments);
  size_t size = wanted < 0 ? 0 : (size_t)wanted;
  if (size >= LONGEST_TEXT) {
    size = LONGEST_TEXT - 1;
    while (size > 0 && ((unsigned char)text[size - 1] & 0xC0) == 0x80) {
      --size; // The rest of a character that may be cut in two,
    }
    size -= size > 0 && (unsigned char)text[size - 1] >= 0xC0; // and its beginning.
    memcpy(text + size, ELLIPSIS, sizeof ELLIPSIS - 1);
    size += sizeof ELLIPSIS - 1;
  }
  const char *const copy = dem_arena_copy(&diagnostics->arena, (dem_slice){text, size});
  diagnostics->has_failed = diagnostics->has_failed || !copy;
  return (dem_slice){copy, copy ? size : 0};
}

static bool has_room(const dem_diagnostics *diagnostics, bool is_warning)
{
  return (is_warning ? diagnostics->warning_count : diagnostics->error_count) < MOST_ITEMS;
}

/// What an error is to who waits for a status.
static dem_status status_of(dem_diagnostic_code code)
{
  const bool is_bound =
      code == DEM_DIAG_LIMIT || code == DEM_DIAG_TOO_MANY_BRANCHES || code == DEM_DIAG_REGEX_LIMIT;
  return is_bound ? DEM_ERR_LIMIT : DEM_ERR_INVALID;
}

dem_status dem_diagnose(dem_diagnostics *diagnostics, dem_diagnostic_code code, dem_place place,
                        const char *format, ...)
{
  dem_diagnostic diagnostic = {.code = code, .place = place};
  const bool is_warning = codes[code].severity == DEM_SEVERITY_WARNING;
  diagnostics->is_left_out = !has_room(diagnostics, is_warning);
  if (!diagnostics->is_left_out) {
    va_list arguments;
    va_start(arguments, format);
    diagnostic.message = format_text(diagnostics, format, arguments);
    va_end(arguments);
    if (!dem_vector_add(&diagnostics->items, &diagnostic)) {
      diagnostics->has_failed = true;
    }
  }
  if (is_warning) {
    ++diagnostics->warning_count;
    return DEM_OK;
  }
  ++diagnostics->error_count;
  return status_of(code);
}

/// The one added last; NULL if it was left out.
static dem_diagnostic *last(dem_diagnostics *diagnostics)
{
  const size_t count = diagnostics->items.count;
  return count && !diagnostics->is_left_out
             ? &DEM_VECTOR_AT(&diagnostics->items, dem_diagnostic, count - 1)
             : NULL;
}

void dem_diagnose_label(dem_diagnostics *diagnostics, const char *format, ...)
{
  dem_diagnostic *const diagnostic = last(diagnostics);
  if (!diagnostic) {
    return;
  }
  va_list arguments;
  va_start(arguments, format);
  diagnostic->label = format_text(diagnostics, format, arguments);
  va_end(arguments);
}

void dem_diagnose_note(dem_diagnostics *diagnostics, const char *format, ...)
{
  dem_diagnostic *const diagnostic = last(diagnostics);
  if (!diagnostic) {
    return;
  }
  va_list arguments;
  va_start(arguments, format);
  const dem_slice text = format_text(diagnostics, format, arguments);
  va_end(arguments);
  const dem_slice before = diagnostic->notes;
  const size_t joint = before.size ? 1 : 0;
  char *const notes = dem_arena_alloc(&diagnostics->arena, before.size + joint + text.size + 1);
  if (!notes) {
    diagnostics->has_failed = true;
    return;
  }
  for (size_t i = 0; i < before.size; ++i) {
    notes[i] = before.bytes[i];
  }
  notes[before.size] = joint ? '\n' : notes[before.size];
  for (size_t i = 0; i < text.size; ++i) {
    notes[before.size + joint + i] = text.bytes[i];
  }
  diagnostic->notes = (dem_slice){notes, before.size + joint + text.size};
}

void dem_diagnose_field(dem_diagnostics *diagnostics, dem_slice field)
{
  dem_diagnostic *const diagnostic = last(diagnostics);
  const char *const copy = diagnostic ? dem_arena_copy(&diagnostics->arena, field) : NULL;
  if (copy) {
    diagnostic->field = (dem_slice){copy, field.size};
  }
}

// Sorting -----------------------------------------------------------------------------

static int compare(const dem_files *files, const dem_diagnostic *a, const dem_diagnostic *b)
{
  int order = dem_place_compare(files, a->place, b->place);
  order = order ? order : (a->code > b->code) - (a->code < b->code);
  return order ? order : dem_slice_compare(a->message, b->message);
}

/// Merge sort: stable, and the comparison needs the files, which qsort would not pass on.
static void merge_sort(const dem_files *files, dem_diagnostic *items, dem_diagnostic *spare,
                       size_t count)
{
  if (count < 2) {
    return;
  }
  const size_t half = count / 2;
  merge_sort(files, items, spare, half);
  merge_sort(files, items + half, spare, count - half);
  size_t left = 0;
  size_t right = half;
  for (size_t i = 0; i < count; ++i) {
    const bool takes_left =
        right == count || (left < half && compare(files, &items[left], &items[right]) <= 0);
    spare[i] = takes_left ? items[left++] : items[right++];
  }
  for (size_t i = 0; i < count; ++i) {
    items[i] = spare[i];
  }
}

static void drop_repetitions(dem_diagnostics *diagnostics, const dem_files *files)
{
  dem_diagnostic *const items = diagnostics->items.items;
  size_t kept = 0;
  for (size_t i = 0; i < diagnostics->items.count; ++i) {
    if (kept > 0 && compare(files, &items[kept - 1], &items[i]) == 0) {
      const bool is_warning = codes[items[i].code].severity == DEM_SEVERITY_WARNING;
      diagnostics->warning_count -= is_warning;
      diagnostics->error_count -= !is_warning;
    } else {
      items[kept++] = items[i];
    }
  }
  diagnostics->items.count = kept;
}

void dem_diagnostics_sort(dem_diagnostics *diagnostics, const dem_files *files)
{
  const size_t count = diagnostics->items.count;
  dem_diagnostic *const spare = DEM_ARENA_ARRAY(&diagnostics->arena, dem_diagnostic, count);
  if (!spare) {
    diagnostics->has_failed = true;
  } else if (count) {
    merge_sort(files, diagnostics->items.items, spare, count);
    drop_repetitions(diagnostics, files);
  }
}

// Showing -----------------------------------------------------------------------------

typedef struct palette {
  const char *error, *warning, *frame, *strong, *end;
} palette;

static const palette colors = {"\033[1;31m", "\033[1;33m", "\033[1;34m", "\033[1m", "\033[0m"};
static const palette no_colors = {"", "", "", "", ""};

/// Marks that turn the direction of writing: U+202A to U+202E and U+2066 to U+2069. What is shown
/// would not be what is there.
static bool turns_direction(const char *bytes)
{
  const unsigned char last = (unsigned char)bytes[2];
  return (unsigned char)bytes[0] == 0xE2 &&
         (((unsigned char)bytes[1] == 0x80 && last >= 0xAA && last <= 0xAE) ||
          ((unsigned char)bytes[1] == 0x81 && last >= 0xA6 && last <= 0xA9));
}

/// Text of the user's file: a control character could take over the terminal.
static void add_visible(dem_buffer *out, dem_slice text)
{
  for (size_t i = 0; i < text.size; ++i) {
    const unsigned char byte = (unsigned char)text.bytes[i];
    if (byte == '\t') {
      dem_buffer_add_char(out, ' ');
    } else if (byte < 0x20 || byte == 0x7F) {
      dem_buffer_add_text(out, "\xEF\xBF\xBD"); // U+FFFD, one column as the caret counts it.
    } else if (byte == 0xC2 && i + 1 < text.size && (unsigned char)text.bytes[i + 1] < 0xA0) {
      dem_buffer_add_text(out, "\xEF\xBF\xBD"); // U+0080 to U+009F are control characters too.
      ++i;
    } else if (i + 2 < text.size && turns_direction(text.bytes + i)) {
      dem_buffer_add_text(out, "\xEF\xBF\xBD");
      i += 2;
    } else {
      dem_buffer_add_char(out, text.bytes[i]);
    }
  }
}

static void repeat(dem_buffer *out, char byte, size_t count)
{
  for (size_t i = 0; i < count; ++i) {
    dem_buffer_add_char(out, byte);
  }
}

static size_t digits(uint32_t number)
{
  size_t count = 1;
  for (; number >= 10; number /= 10) {
    ++count;
  }
  return count;
}

enum { WIDEST_LINE = 160, BEFORE_CARET = 60 }; // Columns that are shown of a line.

/// The part of a line that is shown.
typedef struct window {
  dem_slice text;
  size_t first; ///< Its first column, from 0.
  size_t width; ///< Its columns.
  bool is_cut;  ///< More follows.
} window;

static window look_at(dem_slice line, size_t column)
{
  const size_t first = column > BEFORE_CARET + 1 ? column - 1 - BEFORE_CARET : 0;
  window w = {.text = line};
  size_t begin = 0;
  size_t at = 0;
  size_t end = line.size;
  for (size_t i = 0; i < line.size; ++i) {
    if (((unsigned char)line.bytes[i] & 0xC0) == 0x80) {
      continue;
    }
    begin = at == first ? i : begin;
    end = at == first + WIDEST_LINE ? i : end;
    if (++at > first + WIDEST_LINE) {
      break;
    }
  }
  w.is_cut = at > first + WIDEST_LINE;
  if (at <= WIDEST_LINE) {
    w.width = at; // All of it.
    return w;
  }
  w.first = begin ? first : 0;
  w.text = (dem_slice){line.bytes + begin, end - begin};
  w.width = at - w.first - w.is_cut;
  return w;
}

static void add_line(const dem_diagnostic *d, dem_files *files, const palette *p, size_t margin,
                     dem_buffer *out)
{
  if (!dem_files_prepare(files, d->place.file)) {
    out->has_failed = true;
    return;
  }
  const dem_slice line = dem_files_line(files, d->place.file, d->place.line);
  const window shown = look_at(line, d->place.column);
  const bool is_error = codes[d->code].severity == DEM_SEVERITY_ERROR;
  repeat(out, ' ', margin);
  const dem_place place = dem_files_locate(files, d->place);
  dem_buffer_add_format(out, " %s|%s\n%s%u |%s ", p->frame, p->end, p->frame, (unsigned)place.line,
                        p->end);
  dem_buffer_add_text(out, shown.first ? ELLIPSIS : "");
  add_visible(out, shown.text);
  dem_buffer_add_text(out, shown.is_cut ? ELLIPSIS "\n" : "\n");
  if (d->place.column == 0) {
    return;
  }
  const size_t before = d->place.column - 1 - shown.first;
  const size_t most = shown.width > before ? shown.width - before : 1;
  const size_t length = d->place.length ? d->place.length : 1;
  repeat(out, ' ', margin);
  dem_buffer_add_format(out, " %s|%s ", p->frame, p->end);
  repeat(out, ' ', before + (shown.first > 0));
  dem_buffer_add_text(out, is_error ? p->error : p->warning);
  repeat(out, '^', length < most ? length : most);
  if (d->label.size) {
    dem_buffer_add_char(out, ' ');
    add_visible(out, d->label);
  }
  dem_buffer_add_format(out, "%s\n", p->end);
}

static void add_note(dem_slice note, const palette *p, size_t margin, dem_buffer *out)
{
  repeat(out, ' ', margin);
  dem_buffer_add_format(out, " %s=%s ", p->frame, p->end);
  add_visible(out, note);
  dem_buffer_add_char(out, '\n');
}

static void add_notes(const dem_diagnostic *d, const palette *p, size_t margin, dem_buffer *out)
{
  const bool has_caret = !dem_place_is_none(d->place) && d->place.line && d->place.column;
  if (d->label.size && !has_caret) { // Of the command line, or of a table: there it has no column.
    add_note(d->label, p, margin, out);
  }
  size_t begin = 0;
  while (begin < d->notes.size) {
    size_t end = begin;
    while (end < d->notes.size && d->notes.bytes[end] != '\n') {
      ++end;
    }
    add_note((dem_slice){d->notes.bytes + begin, end - begin}, p, margin, out);
    begin = end + 1;
  }
}

void dem_diagnostic_render(const dem_diagnostic *d, dem_files *files, bool use_color,
                           dem_buffer *out)
{
  const palette *const p = use_color ? &colors : &no_colors;
  const bool is_error = codes[d->code].severity == DEM_SEVERITY_ERROR;
  dem_buffer_add_format(out, "%s%s[%s]%s: %s", is_error ? p->error : p->warning,
                        is_error ? "error" : "warning", codes[d->code].code, p->end, p->strong);
  add_visible(out, d->message);
  dem_buffer_add_format(out, "%s\n", p->end);
  size_t margin = 1;
  if (!dem_place_is_none(d->place)) {
    const dem_place place = dem_files_locate(files, d->place);
    margin = digits(place.line);
    repeat(out, ' ', margin);
    dem_buffer_add_format(out, "%s-->%s ", p->frame, p->end);
    add_visible(out, dem_files_name(files, d->place.file));
    if (place.line) {
      dem_buffer_add_format(out, ":%u", (unsigned)place.line);
    }
    if (place.line && place.column) {
      dem_buffer_add_format(out, ":%u", (unsigned)place.column);
    }
    dem_buffer_add_char(out, '\n');
    if (d->place.line) {
      add_line(d, files, p, margin, out);
    }
  }
  add_notes(d, p, margin, out);
}
