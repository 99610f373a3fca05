// SPDX-License-Identifier: Apache-2.0

// Paragraphs for a terminal.
//
// A word is collected with its styles and put on the line, or on the next one,
// once its end is known. Between wide characters (Chinese, Japanese, Korean) a
// line may end anywhere, since those scripts put no blanks.

#include "render/wrap.h"

#include "base/unicode.h"
#include "render/escape.h"

static const char *const style_codes[] = {
    [DEM_STYLE_PLAIN] = "",           [DEM_STYLE_STRONG] = "\x1b[1m",
    [DEM_STYLE_DIM] = "\x1b[2m",      [DEM_STYLE_HEADING] = "\x1b[1;36m",
    [DEM_STYLE_CERTAIN] = "\x1b[32m", [DEM_STYLE_POSSIBLE] = "\x1b[33m",
    [DEM_STYLE_CAUTION] = "\x1b[33m",
};

void dem_wrap_init(dem_wrap *wrap, dem_buffer *out, size_t width, bool has_color)
{
  *wrap = (dem_wrap){.out = out, .width = width, .has_color = has_color, .is_fresh = true};
  dem_buffer_init(&wrap->word, out->allocator);
  dem_buffer_init(&wrap->said, out->allocator);
}

void dem_wrap_clear(dem_wrap *wrap)
{
  dem_buffer_clear(&wrap->word);
  dem_buffer_clear(&wrap->said);
}

void dem_wrap_begin(dem_wrap *wrap, const char *margin, size_t indent)
{
  dem_buffer_add_text(wrap->out, margin);
  wrap->column = dem_unicode_text_width(dem_slice_of(margin));
  wrap->indent = indent;
  wrap->has_gap = false;
  wrap->is_fresh = true;
}

static void break_line(dem_wrap *wrap)
{
  dem_buffer_add_char(wrap->out, '\n');
  for (size_t i = 0; i < wrap->indent; ++i) {
    dem_buffer_add_char(wrap->out, ' ');
  }
  wrap->column = wrap->indent;
  wrap->is_fresh = true;
}

/// Put the collected word on the line where it fits.
static void put_word(dem_wrap *wrap)
{
  if (wrap->word.has_failed) {
    wrap->out->has_failed = true;
  }
  if (wrap->word.size == 0) {
    return;
  }
  const bool is_seen = wrap->word_width > 0; // Else it is styles alone, which take no place.
  const size_t gap = is_seen && wrap->has_gap && !wrap->is_fresh;
  if (wrap->width && !wrap->is_fresh && wrap->column + gap + wrap->word_width > wrap->width) {
    break_line(wrap);
  } else if (gap) {
    dem_buffer_add_char(wrap->out, ' ');
    ++wrap->column;
  }
  dem_buffer_add(wrap->out, dem_buffer_slice(&wrap->word));
  wrap->column += wrap->word_width;
  wrap->is_fresh = wrap->is_fresh && !is_seen;
  wrap->has_gap = wrap->has_gap && !is_seen;
  wrap->word_width = 0;
  dem_buffer_reset(&wrap->word);
}

static void add_style(dem_wrap *wrap, const char *code)
{
  if (wrap->has_color) {
    dem_buffer_add_text(&wrap->word, code);
  }
}

static void add_point(dem_wrap *wrap, dem_slice bytes)
{
  size_t offset = 0;
  const uint32_t point = dem_unicode_next(bytes, &offset);
  if (point == ' ' || (point >= '\t' && point <= '\r')) {
    put_word(wrap);
    wrap->has_gap = true;
    return;
  }
  const unsigned width = dem_unicode_width(point);
  if (width > 1) {
    put_word(wrap);
  }
  const size_t before = wrap->word.size;
  dem_escape_terminal(bytes, &wrap->word);
  wrap->word_width += dem_escape_is_control(point) ? wrap->word.size - before : (size_t)width;
}

void dem_wrap_add(dem_wrap *wrap, dem_style style, dem_slice text)
{
  if (text.size == 0) {
    return;
  }
  if (style != DEM_STYLE_PLAIN) {
    add_style(wrap, style_codes[style]);
  }
  for (size_t i = 0; i < text.size;) {
    const size_t begin = i;
    (void)dem_unicode_next(text, &i);
    add_point(wrap, (dem_slice){text.bytes + begin, i - begin});
  }
  if (style != DEM_STYLE_PLAIN) {
    add_style(wrap, "\x1b[0m");
  }
}

void dem_wrap_add_text(dem_wrap *wrap, dem_style style, const char *text)
{
  dem_wrap_add(wrap, style, dem_slice_of(text));
}

/// A saying on its way into a paragraph. Pieces of one style are added together.
typedef struct wrapped_saying {
  dem_wrap *wrap;
  dem_style style;
  const dem_styled *values; ///< NULL: all is of one style.
  dem_style last;           ///< Of what was collected, in the wrap's `said`.
} wrapped_saying;

static void flush_saying(wrapped_saying *w)
{
  dem_buffer *const said = &w->wrap->said;
  dem_wrap_add(w->wrap, w->last, dem_buffer_slice(said));
  w->wrap->out->has_failed = w->wrap->out->has_failed || said->has_failed;
  dem_buffer_reset(said);
}

static void add_piece(void *context, dem_slice text, size_t value)
{
  wrapped_saying *const w = context;
  const bool has_style = value != SIZE_MAX && w->values;
  const dem_style style = has_style ? w->values[value].style : w->style;
  if (style != w->last) {
    flush_saying(w);
  }
  w->last = style;
  dem_buffer_add(&w->wrap->said, text);
}

static void say(dem_wrap *wrap, const dem_language *language, dem_style style, const dem_said *said,
                const dem_styled *values)
{
  wrapped_saying w = {.wrap = wrap, .style = style, .values = values, .last = style};
  dem_say_each(language, said, add_piece, &w);
  flush_saying(&w);
}

void dem_wrap_say(dem_wrap *wrap, const dem_language *language, dem_style style, dem_said said)
{
  say(wrap, language, style, &said, NULL);
}

void dem_wrap_say_styled(dem_wrap *wrap, const dem_language *language, dem_style style,
                         dem_saying saying, const dem_styled values[DEM_MOST_PLACES])
{
  const char *texts[DEM_MOST_PLACES];
  for (size_t i = 0; i < DEM_MOST_PLACES; ++i) {
    texts[i] = values[i].text;
  }
  say(wrap, language, style, &(dem_said){.saying = saying, .values = texts}, values);
}

void dem_wrap_end(dem_wrap *wrap)
{
  put_word(wrap);
  dem_buffer_add_char(wrap->out, '\n');
  wrap->column = 0;
  wrap->is_fresh = true;
}

void dem_wrap_blank(dem_wrap *wrap)
{
  dem_buffer_add_char(wrap->out, '\n');
}
