// SPDX-License-Identifier: Apache-2.0

// What the parts of a page of HTML are put together from.

#include "render/html_parts.h"

#include "render/escape.h"
#include "render/outline.h"

void dem_html_raw(dem_html *h, const char *text)
{
  dem_buffer_add_text(h->out, text);
}

void dem_html_add(dem_html *h, const char *text)
{
  dem_escape_html(dem_slice_of(text), h->out);
}

static void add_escaped(void *context, dem_slice text, size_t value)
{
  (void)value;
  dem_escape_html(text, ((dem_html *)context)->out);
}

static void add_around(void *context, dem_slice text, size_t value)
{
  dem_html *const h = context;
  if (value == SIZE_MAX) {
    dem_escape_html(text, h->out);
  } else {
    dem_buffer_add(h->out, text);
  }
}

void dem_html_say(dem_html *h, dem_said said)
{
  dem_say_each(h->advice->language, &said, add_escaped, h);
}

void dem_html_say_around(dem_html *h, dem_said said)
{
  dem_say_each(h->advice->language, &said, add_around, h);
}

void dem_html_words(dem_html *h, dem_saying saying)
{
  dem_html_say(h, (dem_said){.saying = saying});
}

void dem_html_wrap_words(dem_html *h, const char *before, dem_saying saying, const char *after)
{
  dem_html_raw(h, before);
  dem_html_words(h, saying);
  dem_html_raw(h, after);
}

void dem_html_colon(dem_html *h)
{
  dem_slice colon = dem_slice_of(dem_saying_plain(h->advice->language, DEM_SAY_COLON));
  while (colon.size > 0 && colon.bytes[colon.size - 1] == ' ') {
    --colon.size;
  }
  dem_escape_html(colon, h->out);
}

const char *dem_html_escaped(dem_html *h, const char *text, dem_buffer *room)
{
  dem_buffer_init(room, h->out->allocator);
  dem_escape_html(dem_slice_of(text), room);
  dem_buffer_add_char(room, '\0');
  h->out->has_failed = h->out->has_failed || room->has_failed;
  return room->has_failed ? "" : room->bytes;
}

void dem_html_wrap(dem_html *h, const char *before, const char *text, const char *after)
{
  if (text[0]) {
    dem_html_raw(h, before);
    dem_html_add(h, text);
    dem_html_raw(h, after);
  }
}

void dem_html_id(dem_html *h, const char *name)
{
  if (h->number > 0) {
    dem_buffer_add_format(h->out, "advice-%zu-", h->number);
  }
  dem_html_raw(h, name);
}

void dem_html_numbered_id(dem_html *h, const char *name, size_t number)
{
  dem_html_id(h, name);
  dem_buffer_add_format(h->out, "-%zu", number);
}

// Parts ---------------------------------------------------------------------------------

void dem_html_part_begin(dem_html *h, const char *id, const char *title)
{
  dem_html_raw(h, "<section class=\"part\" aria-labelledby=\"");
  dem_html_id(h, id);
  dem_buffer_add_format(h->out, "\">\n<h%u id=\"", h->level);
  dem_html_id(h, id);
  dem_html_raw(h, "\">");
  dem_html_add(h, title);
  dem_buffer_add_format(h->out, "</h%u>\n", h->level);
}

void dem_html_part_end(dem_html *h)
{
  dem_html_raw(h, "</section>\n\n");
}

void dem_html_heading(dem_html *h, unsigned below, const char *attributes, const char *text)
{
  dem_buffer_add_format(h->out, "<h%u%s>", h->level + below, attributes);
  dem_html_add(h, text);
  dem_buffer_add_format(h->out, "</h%u>\n", h->level + below);
}

// Citations -----------------------------------------------------------------------------

void dem_html_cite(dem_html *h, const dem_advice_reason *reason, dem_citing citing,
                   const dem_advice_partner *partner)
{
  size_t shown = 0;
  for (size_t i = 0; i < reason->citation_count; ++i) {
    if (dem_citing_shows(citing, partner, reason->citations[i])) {
      dem_html_raw(h, shown++ == 0 ? " <span class=\"cites\">[" : ", ");
      dem_html_raw(h, "<a href=\"#");
      dem_html_numbered_id(h, "source", reason->citations[i] + 1);
      dem_buffer_add_format(h->out, "\">%zu</a>", reason->citations[i] + 1);
    }
  }
  dem_html_raw(h, shown > 0 ? "]</span>" : "");
}

void dem_html_cite_common(dem_html *h, const dem_advice_partner *partner)
{
  size_t shown = 0;
  for (size_t i = 0; i < h->advice->source_count; ++i) {
    if (dem_citing_is_common(partner, i)) {
      dem_html_raw(h, shown++ == 0 ? " <span class=\"cites\">[" : ", ");
      dem_html_raw(h, "<a href=\"#");
      dem_html_numbered_id(h, "source", i + 1);
      dem_buffer_add_format(h->out, "\">%zu</a>", i + 1);
    }
  }
  dem_html_raw(h, shown > 0 ? "]</span>" : "");
}

void dem_html_take(dem_html *h, dem_buffer *text, bool is_sentence)
{
  if (is_sentence && text->size > 0 && text->bytes[0] >= 'a' && text->bytes[0] <= 'z') {
    text->bytes[0] = (char)(text->bytes[0] - 'a' + 'A'); // "if …"
  }
  dem_escape_html(dem_buffer_slice(text), h->out);
  h->out->has_failed = h->out->has_failed || text->has_failed;
  dem_buffer_clear(text);
}

bool dem_html_hinges(dem_html *h, const dem_advice_reason *reason, size_t first, bool is_sentence)
{
  dem_buffer text;
  dem_buffer_init(&text, h->out->allocator);
  dem_advice_add_hinges(h->advice, reason, first, &text);
  const bool has_any = text.size > 0;
  dem_html_take(h, &text, is_sentence);
  return has_any;
}
