// SPDX-License-Identifier: Apache-2.0

// An explanation as headings, paragraphs and nested bullets → text, Markdown or HTML.

#include "render/sheet.h"

#include <stdio.h>

#include "render/escape.h"

static bool is_text(const dem_sheet *s)
{
  return s->format == DEM_EXPLAIN_TEXT;
}

static bool is_html(const dem_sheet *s)
{
  return s->format == DEM_EXPLAIN_HTML;
}

static void raw(dem_sheet *s, const char *text)
{
  dem_buffer_add_text(s->out, text);
}

void dem_sheet_init(dem_sheet *s, const dem_explain_options *options, const dem_language *language,
                    const char *section, dem_buffer *out)
{
  *s = (dem_sheet){.format = options->format, .language = language, .out = out};
  dem_wrap_init(&s->wrap, out, options->width, options->has_color);
  dem_vector_init(&s->lists, out->allocator, sizeof(bool));
  if (is_html(s)) {
    dem_buffer_add_format(out, "<section class=\"%s\">\n", section);
  }
}

// Lists of HTML -------------------------------------------------------------------------

static void close_lists(dem_sheet *s, size_t level)
{
  while (s->lists.count > level) {
    const bool is_folded = DEM_VECTOR_AT(&s->lists, bool, --s->lists.count);
    raw(s, is_folded ? "</li>\n</ul></details>\n" : "</li>\n</ul>\n");
  }
}

static void open_list(dem_sheet *s)
{
  if (s->is_folded) {
    raw(s, "<details><summary>");
    dem_escape_html(dem_slice_of(dem_saying_plain(s->language, DEM_SAY_WHAT_IT_RESTS_ON)), s->out);
    raw(s, "</summary>\n");
  }
  raw(s, "<ul>\n");
  if (!dem_vector_add(&s->lists, &s->is_folded)) {
    s->out->has_failed = true;
  }
  s->is_folded = false;
}

static void begin_html(dem_sheet *s, dem_sheet_line line, size_t level)
{
  switch (line) {
  case DEM_SHEET_TITLE:
    raw(s, "<h2>");
    return;
  case DEM_SHEET_HEADING:
    close_lists(s, 0);
    raw(s, "<h3>");
    return;
  case DEM_SHEET_SUBTITLE:
  case DEM_SHEET_PARAGRAPH:
    close_lists(s, 0);
    raw(s, "<p>");
    return;
  case DEM_SHEET_BULLET:
    close_lists(s, level);
    if (s->lists.count == level) {
      raw(s, "</li>\n");
    } else {
      open_list(s);
    }
    raw(s, "<li>");
    return;
  case DEM_SHEET_DETAIL:
    raw(s, level > 0 ? "<br><small>" : "<p><small>");
    return;
  }
}

static void end_html(dem_sheet *s)
{
  switch (s->line) {
  case DEM_SHEET_TITLE:
    raw(s, "</h2>\n");
    return;
  case DEM_SHEET_HEADING:
    raw(s, "</h3>\n");
    return;
  case DEM_SHEET_SUBTITLE:
  case DEM_SHEET_PARAGRAPH:
    raw(s, "</p>\n");
    return;
  case DEM_SHEET_BULLET:
    raw(s, "\n");
    return;
  case DEM_SHEET_DETAIL:
    raw(s, s->level > 0 ? "</small>\n" : "</small></p>\n");
    return;
  }
}

// Markdown --------------------------------------------------------------------------------

static void indent(dem_sheet *s, size_t columns)
{
  for (size_t i = 0; i < columns; ++i) {
    dem_buffer_add_char(s->out, ' ');
  }
}

static void begin_markdown(dem_sheet *s, dem_sheet_line line, size_t level)
{
  const bool is_nested = line == DEM_SHEET_BULLET && s->line == DEM_SHEET_BULLET;
  const bool is_after_list =
      line == DEM_SHEET_BULLET && s->line == DEM_SHEET_DETAIL && s->level > 0;
  if (line == DEM_SHEET_DETAIL && level > 0) {
    raw(s, s->is_open ? "\\\n" : "");
  } else if (s->is_open) {
    raw(s, is_nested || is_after_list ? "\n" : "\n\n");
  }
  switch (line) {
  case DEM_SHEET_TITLE:
    raw(s, "# ");
    return;
  case DEM_SHEET_HEADING:
    raw(s, "## ");
    return;
  case DEM_SHEET_SUBTITLE:
  case DEM_SHEET_PARAGRAPH:
    return;
  case DEM_SHEET_BULLET:
    indent(s, 2 * (level - 1));
    raw(s, "- ");
    return;
  case DEM_SHEET_DETAIL:
    indent(s, 2 * level);
    return;
  }
}

// Text --------------------------------------------------------------------------------------

enum { BULLET_STEP = 3 }; // Columns that each level is further in.

/// Levels move in until half of the line is left.
static size_t columns_of(const dem_sheet *s, size_t level)
{
  const size_t most = s->wrap.width ? s->wrap.width / 2 : 60;
  const size_t wanted = level * BULLET_STEP;
  return wanted > most ? most : wanted;
}

static void begin_text(dem_sheet *s, dem_sheet_line line, size_t level)
{
  char margin[80];
  const size_t columns = columns_of(s, level);
  switch (line) {
  case DEM_SHEET_HEADING:
    dem_wrap_blank(&s->wrap);
    dem_wrap_begin(&s->wrap, "", 0);
    return;
  case DEM_SHEET_TITLE:
  case DEM_SHEET_SUBTITLE:
    dem_wrap_begin(&s->wrap, "", 0);
    return;
  case DEM_SHEET_PARAGRAPH:
    dem_wrap_blank(&s->wrap);
    dem_wrap_begin(&s->wrap, "", 0);
    return;
  case DEM_SHEET_BULLET:
    (void)snprintf(margin, sizeof margin, "%*s- ", (int)(columns - 2), "");
    dem_wrap_begin(&s->wrap, margin, columns);
    return;
  case DEM_SHEET_DETAIL:
    (void)snprintf(margin, sizeof margin, "%*s", (int)columns, "");
    dem_wrap_begin(&s->wrap, margin, columns);
    return;
  }
}

// Lines -------------------------------------------------------------------------------------

void dem_sheet_begin(dem_sheet *s, dem_sheet_line line, size_t level)
{
  if (is_text(s)) {
    begin_text(s, line, level);
  } else if (is_html(s)) {
    begin_html(s, line, level);
  } else {
    begin_markdown(s, line, level);
  }
  s->line = line;
  s->level = level;
  s->is_open = true;
}

void dem_sheet_end(dem_sheet *s)
{
  if (is_text(s)) {
    dem_wrap_end(&s->wrap);
  } else if (is_html(s)) {
    end_html(s);
  }
}

/// What marks a style in the form at hand; headings and plain words need none.
static const char *mark_of(const dem_sheet *s, dem_style style, bool is_end)
{
  const bool is_heading = s->line == DEM_SHEET_TITLE || s->line == DEM_SHEET_HEADING;
  if (is_heading || (style != DEM_STYLE_STRONG && style != DEM_STYLE_CAUTION)) {
    return "";
  }
  if (!is_html(s)) {
    return "**";
  }
  return is_end ? "</strong>" : "<strong>";
}

void dem_sheet_add(dem_sheet *s, dem_style style, const char *text)
{
  const bool is_title = s->line == DEM_SHEET_TITLE || s->line == DEM_SHEET_HEADING;
  if (is_text(s)) {
    dem_wrap_add_text(&s->wrap, is_title && style == DEM_STYLE_PLAIN ? DEM_STYLE_HEADING : style,
                      text);
    return;
  }
  if (text[0] == '\0') {
    return;
  }
  // Blanks stand outside the marks: Markdown knows no emphasis that begins or ends with one.
  dem_slice inside = dem_slice_of(text);
  for (; inside.size > 0 && inside.bytes[0] == ' '; ++inside.bytes, --inside.size) {
    raw(s, " ");
  }
  const size_t whole = inside.size;
  while (inside.size > 0 && inside.bytes[inside.size - 1] == ' ') {
    --inside.size;
  }
  raw(s, inside.size > 0 ? mark_of(s, style, false) : "");
  if (is_html(s)) {
    dem_escape_html(inside, s->out);
  } else {
    dem_escape_markdown(inside, s->out);
  }
  raw(s, inside.size > 0 ? mark_of(s, style, true) : "");
  for (size_t i = inside.size; i < whole; ++i) {
    raw(s, " ");
  }
}

void dem_sheet_add_integer(dem_sheet *s, dem_style style, int64_t number)
{
  char text[24];
  (void)snprintf(text, sizeof text, "%lld", (long long)number);
  dem_sheet_add(s, style, text);
}

void dem_sheet_cite(dem_sheet *s, const size_t *numbers, size_t count)
{
  for (size_t i = 0; i < count; ++i) {
    const size_t number = numbers[i] + 1;
    char text[32];
    if (is_text(s)) {
      (void)snprintf(text, sizeof text, "[%zu]", number);
      dem_wrap_add_text(&s->wrap, DEM_STYLE_PLAIN, i == 0 ? " " : "");
      dem_wrap_add_text(&s->wrap, DEM_STYLE_DIM, text);
    } else if (is_html(s)) {
      dem_buffer_add_format(s->out, "%s<a href=\"#source-%zu\">[%zu]</a>", i == 0 ? " " : "",
                            number, number);
    } else {
      dem_buffer_add_format(s->out, "%s%zu", i == 0 ? " \\[" : ", ", number);
    }
  }
  if (s->format == DEM_EXPLAIN_MARKDOWN && count > 0) {
    raw(s, "\\]");
  }
}

void dem_sheet_write(dem_sheet *s, dem_sheet_line line, size_t level, dem_style style,
                     const char *text)
{
  dem_sheet_begin(s, line, level);
  dem_sheet_add(s, style, text);
  dem_sheet_end(s);
}

bool dem_sheet_can_fold(const dem_sheet *s)
{
  return is_html(s);
}

void dem_sheet_fold(dem_sheet *s)
{
  s->is_folded = is_html(s);
}

// The engine's own words ------------------------------------------------------------------------

/// A saying on its way into a line. Pieces are collected as long as they are of one style, so that
/// marks stand around whole texts.
typedef struct sheet_saying {
  dem_sheet *sheet;
  dem_style style;
  size_t strong; ///< The place that is strong; SIZE_MAX: none.
  dem_buffer text;
} sheet_saying;

static void flush(sheet_saying *s, dem_style style)
{
  dem_buffer_add_char(&s->text, '\0');
  dem_sheet_add(s->sheet, style, s->text.has_failed ? "" : s->text.bytes);
  s->sheet->out->has_failed = s->sheet->out->has_failed || s->text.has_failed;
  dem_buffer_reset(&s->text);
}

static void add_piece(void *context, dem_slice text, size_t value)
{
  sheet_saying *const s = context;
  const bool is_strong = value != SIZE_MAX && value == s->strong;
  if (is_strong) {
    flush(s, s->style);
  }
  dem_buffer_add(&s->text, text);
  if (is_strong) {
    flush(s, DEM_STYLE_STRONG);
  }
}

static void say(dem_sheet *sheet, dem_style style, dem_said said, size_t strong)
{
  sheet_saying s = {.sheet = sheet, .style = style, .strong = strong};
  dem_buffer_init(&s.text, sheet->out->allocator);
  dem_say_each(sheet->language, &said, add_piece, &s);
  flush(&s, style);
  dem_buffer_clear(&s.text);
}

void dem_sheet_say(dem_sheet *s, dem_style style, dem_said said)
{
  say(s, style, said, SIZE_MAX);
}

void dem_sheet_say_strong(dem_sheet *s, dem_said said, size_t number)
{
  say(s, DEM_STYLE_PLAIN, said, number);
}

void dem_sheet_words(dem_sheet *s, dem_style style, dem_saying saying)
{
  dem_sheet_add(s, style, dem_saying_plain(s->language, saying));
}

void dem_sheet_write_said(dem_sheet *s, dem_sheet_line line, size_t level, dem_style style,
                          dem_said said)
{
  dem_sheet_begin(s, line, level);
  dem_sheet_say(s, style, said);
  dem_sheet_end(s);
}

void dem_sheet_write_words(dem_sheet *s, dem_sheet_line line, size_t level, dem_style style,
                           dem_saying saying)
{
  dem_sheet_write(s, line, level, style, dem_saying_plain(s->language, saying));
}

// What all sheets say -------------------------------------------------------------------------

void dem_sheet_introduce(dem_sheet *s, const dem_explained *about, dem_saying title)
{
  const char *const title_of_pack = about->pack_title;
  dem_sheet_write_said(s, DEM_SHEET_TITLE, 0, DEM_STYLE_PLAIN,
                       (dem_said){.saying = title, .values = &about->subject});
  if (about->profile_for[0]) {
    dem_sheet_write_said(s, DEM_SHEET_SUBTITLE, 0, DEM_STYLE_DIM,
                         title_of_pack[0]
                             ? DEM_SAID(FOR_PROFILE, about->profile_for, title_of_pack, about->date)
                             : DEM_SAID(FOR_PROFILE_UNTITLED, about->profile_for, about->date));
  } else {
    dem_sheet_write_said(s, DEM_SHEET_SUBTITLE, 0, DEM_STYLE_DIM,
                         title_of_pack[0] ? DEM_SAID(TITLE_AS_OF, title_of_pack, about->date)
                                          : DEM_SAID(AS_OF, about->date));
  }
}

/// A part of a source's description, after what stands before it.
static void add_part(dem_sheet *s, const char *before, const char *text)
{
  if (text[0]) {
    dem_sheet_add(s, DEM_STYLE_PLAIN, before);
    dem_sheet_add(s, DEM_STYLE_PLAIN, text);
  }
}

/// An address: a link where the form has links.
static void add_url(dem_sheet *s, const char *text)
{
  dem_buffer url;
  if (is_text(s) || text[0] == '\0') {
    add_part(s, " ", text);
    return;
  }
  dem_buffer_init(&url, s->out->allocator);
  const bool is_link = dem_escape_url(dem_slice_of(text), &url);
  if (is_link && is_html(s)) {
    raw(s, " <a href=\"");
    dem_escape_html(dem_buffer_slice(&url), s->out);
    raw(s, "\">");
  } else if (is_link) {
    raw(s, " [");
  } else {
    raw(s, " ");
  }
  dem_sheet_add(s, DEM_STYLE_PLAIN, text);
  if (is_link && is_html(s)) {
    raw(s, "</a>");
  } else if (is_link) {
    raw(s, "](");
    dem_buffer_add(s->out, dem_buffer_slice(&url));
    raw(s, ")");
  }
  s->out->has_failed = s->out->has_failed || url.has_failed;
  dem_buffer_clear(&url);
}

static void begin_source(dem_sheet *s, size_t index)
{
  char margin[32];
  if (is_text(s)) {
    (void)snprintf(margin, sizeof margin, "  [%zu] ", index + 1);
    dem_wrap_begin(&s->wrap, margin, 6);
  } else if (is_html(s)) {
    dem_buffer_add_format(s->out, "<li id=\"source-%zu\">", index + 1);
  } else {
    dem_buffer_add_format(s->out, index == 0 ? "\n\n%zu. " : "\n%zu. ", index + 1);
  }
  s->line = DEM_SHEET_PARAGRAPH;
}

static void add_source(dem_sheet *s, const dem_advice_source *source, size_t index)
{
  begin_source(s, index);
  add_part(s, "", source->author);
  add_part(s, source->author[0] ? dem_saying_plain(s->language, DEM_SAY_COLON) : "", source->title);
  add_part(s, ", ", source->section);
  add_part(s, ". ", source->work);
  add_part(s, ". ", source->publisher);
  add_part(s, ", ", source->date);
  dem_sheet_add(s, DEM_STYLE_PLAIN, ".");
  add_url(s, source->url);
  if (source->as_of[0]) {
    dem_sheet_add(s, DEM_STYLE_DIM, " ");
    dem_sheet_say(s, DEM_STYLE_DIM, DEM_SAID(CHECKED, source->as_of));
  }
  if (is_text(s)) {
    dem_wrap_end(&s->wrap);
  } else if (is_html(s)) {
    raw(s, "</li>\n");
  }
}

void dem_sheet_sources(dem_sheet *s, const dem_proof *proof)
{
  if (proof->source_count == 0) {
    return;
  }
  dem_sheet_write_words(s, DEM_SHEET_HEADING, 0, DEM_STYLE_PLAIN, DEM_SAY_SOURCES);
  raw(s, is_html(s) ? "<ol>\n" : "");
  for (size_t i = 0; i < proof->source_count; ++i) {
    add_source(s, &proof->sources[i], i);
  }
  raw(s, is_html(s) ? "</ol>\n" : "");
  s->is_open = true;
}

void dem_sheet_colophon(dem_sheet *s, const dem_explained *about)
{
  dem_sheet_write_said(
      s, DEM_SHEET_PARAGRAPH, 0, DEM_STYLE_DIM,
      DEM_SAID(PACK_LINE, about->pack_name, about->pack_version, about->date, about->pack_sha256));
}

void dem_sheet_clear(dem_sheet *s)
{
  if (is_html(s)) {
    close_lists(s, 0);
    raw(s, "</section>\n");
  } else if (!is_text(s)) {
    raw(s, "\n");
  }
  dem_vector_clear(&s->lists);
  dem_wrap_clear(&s->wrap);
}
