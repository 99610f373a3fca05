// SPDX-License-Identifier: Apache-2.0

// demarche show: browse the pack.
//
//   show                      what there is to show
//   show organizations        everything of a kind
//   show organization ecowas  one of them in full, by id or by name
//   show migrant health       a search in everything

#define _POSIX_C_SOURCE 200809L // STDOUT_FILENO

#include <stdio.h>
#include <unistd.h>

#include "command.h"
#include "demarche/browse.h"
#include "input.h"
#include "terminal.h"
#include "text.h"

typedef struct shower {
  const options *opts;
  dem_pack *pack;
  dem_browser *browser;
  dem_browse_options render;
  text result;
} shower;

static int deliver(const shower *s, dem_status status)
{
  return status == DEM_OK ? text_deliver(&s->result, s->opts) : input_exit_status(status);
}

static int show_list(shower *s, const char *kind)
{
  const dem_listing *listing;
  dem_status status = dem_browser_list(s->browser, kind, &listing);
  if (status == DEM_OK) {
    status = dem_listing_render(listing, &s->render, text_write, &s->result);
  }
  return deliver(s, status);
}

static int show_one(shower *s, const dem_pack_item *entry)
{
  const dem_description *description;
  dem_status status = dem_browser_describe(s->browser, entry, &description);
  if (status == DEM_OK) {
    status = dem_description_render(description, &s->render, text_write, &s->result);
  }
  return deliver(s, status);
}

/// Nothing has the name: say so, and what is like it.
static int offer(const char *kind, const char *words, const dem_listing *near)
{
  text message = {0};
  text_add(&message, "demarche: ");
  text_add(&message, kind ? "there is no " : "nothing in the pack is called ");
  text_add(&message, kind ? kind : "");
  text_add(&message, kind ? " '" : "'");
  text_add_safe(&message, words);
  text_add(&message, "'");
  for (size_t i = 0; i < near->row_count; ++i) {
    const char *const *const cells = &near->cells[i * near->column_count];
    text_add(&message, i == 0 ? "; did you mean '" : i + 1 < near->row_count ? ", '" : " or '");
    text_add_safe(&message, cells[1]);
    text_add(&message, "' (");
    text_add_safe(&message, kind ? cells[2] : cells[0]);
    text_add(&message, ")");
  }
  text_add(&message, near->row_count > 0 ? "?\n" : "; 'demarche show' lists what there is\n");
  if (message.has_failed) {
    text_clear(&message);
    return input_exit_status(DEM_ERR_NO_MEMORY);
  }
  (void)fwrite(message.bytes, 1, message.size, stderr);
  text_clear(&message);
  return EXIT_NO;
}

/// @param kind  NULL: search in everything.
static int show_found(shower *s, const char *kind, const char *words)
{
  dem_found found;
  const dem_listing *listing;
  dem_pack_item entry;
  const dem_status status = dem_browser_search(s->browser, kind, words, &found, &listing, &entry);
  if (status != DEM_OK) {
    return input_exit_status(status);
  }
  switch (found) {
  case DEM_FOUND_ONE:
    return show_one(s, &entry);
  case DEM_FOUND_SOME:
    return deliver(s, dem_listing_render(listing, &s->render, text_write, &s->result));
  case DEM_FOUND_NEAR:
  case DEM_FOUND_NOTHING:
    return offer(kind, words, listing);
  }
  return EXIT_NO;
}

/// The arguments from `first` on, a blank between them.
static void join_words(const options *opts, size_t first, text *words)
{
  for (size_t i = first; i < opts->arguments.count; ++i) {
    text_add(words, i == first ? "" : " ");
    text_add(words, opts->arguments.items[i]);
  }
  (void)text_write(words, "", 1); // Zero-terminated.
}

static int show(shower *s)
{
  const text_list *const arguments = &s->opts->arguments;
  if (arguments->count == 1) {
    return show_list(s, "relations");
  }
  const char *const first = arguments->items[1];
  const bool is_kind = dem_browser_has_kind(s->browser, first);
  if (is_kind && arguments->count == 2) {
    return show_list(s, first);
  }
  text words = {0};
  join_words(s->opts, is_kind ? 2 : 1, &words);
  const int shown = words.has_failed ? input_exit_status(DEM_ERR_NO_MEMORY)
                                     : show_found(s, is_kind ? first : NULL, words.bytes);
  text_clear(&words);
  return shown;
}

static int run(shower *s)
{
  dem_status status = input_open_pack(s->opts, NULL, &s->pack);
  if (s->pack && status != DEM_OK) {
    input_show_report(s->opts, dem_pack_report(s->pack));
  }
  if (status == DEM_OK) {
    status = dem_browser_new(s->pack, &s->browser);
  }
  return status == DEM_OK ? show(s) : input_exit_status(status);
}

int cmd_show(const options *opts)
{
  static const char *const names[] = {"text", "json", "csv", NULL};
  static const dem_browse_format formats[] = {DEM_BROWSE_TEXT, DEM_BROWSE_JSON, DEM_BROWSE_CSV};
  const int format = options_format(opts, names);
  if (format < 0) {
    return EXIT_USAGE;
  }
  // A file or a pipe gets whole lines, one a thing; a terminal what fits on it, under a header.
  const bool is_terminal = !opts->output && terminal_is(STDOUT_FILENO);
  shower s = {.opts = opts,
              .render = {.format = formats[format],
                         .width = is_terminal ? terminal_width(STDOUT_FILENO) : 0,
                         .has_header = is_terminal,
                         .has_color = opts->output
                                          ? opts->color == COLOR_ALWAYS
                                          : terminal_has_color(opts->color, STDOUT_FILENO)}};
  const int status = run(&s);
  text_clear(&s.result);
  dem_browser_free(s.browser);
  dem_pack_free(s.pack);
  return status;
}
