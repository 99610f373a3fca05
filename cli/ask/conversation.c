// SPDX-License-Identifier: Apache-2.0

// Holds the conversation.

#include "ask/conversation.h"

#include <stdio.h>
#include <string.h>

#include "ask/columns.h"
#include "ask/dialogue_core.h"
#include "ask/page.h"
#include "ask/plain.h"
#include "ask/profile_file.h"
#include "ask/rich.h"
#include "ask/screen.h"
#include "ask/tty.h"
#include "ask/words.h"
#include "terminal.h"

void keeper_save(keeper *k, dialogue *d)
{
  if (!d->is_dirty) {
    return;
  }
  k->error = profile_save(d->interview, k->id, k->path);
  k->is_saved = k->error == 0;
  d->is_dirty = !k->is_saved;
  if (k->error) {
    dialogue_say_both(d, DEM_SAY_ASK_NOT_SAVED, k->path, strerror(k->error));
  }
}

static conversation_end end_of(const dialogue *d)
{
  switch (d->view) {
  case VIEW_DONE:
    return CONVERSATION_DONE;
  case VIEW_FAILED:
    return CONVERSATION_FAILED;
  case VIEW_QUESTION:
  case VIEW_WHY:
  case VIEW_HELP:
  case VIEW_REVIEW:
    return CONVERSATION_CUT;
  case VIEW_LEFT:
    break;
  }
  return CONVERSATION_INTERRUPTED;
}

// Keys ------------------------------------------------------------------------------------

enum { ESCAPE_MILLISECONDS = 50 }; // A terminal sends a key's bytes faster, a hand slower.

typedef struct rich_talk {
  dialogue *dialogue;
  tty tty;
  key_reader keys;
  screen screen;
  frame frame;
  bool has_color;
  bool has_failed; ///< Nothing can be written to the terminal any more.
} rich_talk;

static void send(rich_talk *t, text *out)
{
  if (out->has_failed) {
    dialogue_fail(t->dialogue, DEM_ERR_NO_MEMORY);
  }
  t->has_failed = t->has_failed || !tty_write(&t->tty, out);
  text_clear(out);
}

static void paint(rich_talk *t)
{
  text out = {0};
  rich_size size;
  tty_size(&t->tty, &size.width, &size.height);
  if (!dialogue_is_over(t->dialogue)) {
    rich_compose(t->dialogue, size, t->has_color, &t->frame);
    screen_paint(&t->screen, &t->frame, &out);
  }
  send(t, &out);
}

/// Leave the question that was answered above what follows.
static void settle(rich_talk *t)
{
  text out = {0};
  size_t width;
  size_t height;
  dialogue *const d = t->dialogue;
  if (d->settled == DEM_NO_INDEX) {
    return;
  }
  tty_size(&t->tty, &width, &height);
  screen_wipe(&t->screen, &out);
  rich_settle(d, d->settled, width, t->has_color, &t->frame);
  for (size_t i = 0; i < t->frame.count; ++i) {
    (void)text_write(&out, t->frame.lines[i].bytes, t->frame.lines[i].size);
    text_add(&out, "\r\n");
  }
  d->settled = DEM_NO_INDEX;
  send(t, &out);
}

static void wipe_for(rich_talk *t, void (*way)(screen *s, text *out))
{
  text out = {0};
  way(&t->screen, &out);
  send(t, &out);
}

static void suspend(rich_talk *t)
{
  wipe_for(t, screen_leave);
  tty_suspend(&t->tty);
}

static void resize(rich_talk *t)
{
  text out = {0};
  size_t width;
  size_t height;
  tty_size(&t->tty, &width, &height);
  screen_resize(&t->screen, width, &out);
  send(t, &out);
}

static void press(rich_talk *t, keeper *k, const key *pressed)
{
  if (pressed->kind == KEY_SUSPEND) {
    suspend(t);
  } else if (pressed->kind == KEY_REDRAW) {
    wipe_for(t, screen_wipe);
  } else {
    dialogue_key(t->dialogue, pressed);
    keeper_save(k, t->dialogue);
    settle(t);
  }
}

/// Take one event. Returns whether anything may look different now.
static bool take_event(rich_talk *t, keeper *k, int *signal_out)
{
  unsigned char byte;
  key pressed;
  const int patience = keys_is_waiting(&t->keys) ? ESCAPE_MILLISECONDS : -1;
  switch (tty_wait(&t->tty, patience, &byte)) {
  case TTY_BYTE:
    if (!keys_take(&t->keys, byte, &pressed)) {
      return false;
    }
    press(t, k, &pressed);
    return true;
  case TTY_TIMEOUT:
    if (!keys_expire(&t->keys, &pressed)) {
      return false;
    }
    press(t, k, &pressed);
    return true;
  case TTY_RESIZED:
    resize(t);
    return true;
  case TTY_STOPPING:
    suspend(t);
    return true;
  case TTY_CONTINUED:
    t->screen.is_painted = false; // The shell has written where the frame was.
    t->screen.row = 0;
    return true;
  case TTY_INTERRUPTED:
    *signal_out = tty_signal();
    dialogue_leave(t->dialogue);
    return true;
  case TTY_END:
    dialogue_leave(t->dialogue);
    return true;
  }
  return false;
}

conversation_end conversation_rich(dialogue *d, keeper *k, int input, int output, bool has_color,
                                   int *signal_out)
{
  rich_talk t = {.dialogue = d, .has_color = has_color};
  *signal_out = 0;
  d->has_keys = true;
  if (!tty_open(&t.tty, input, output, true)) {
    tty_close(&t.tty);
    return CONVERSATION_CUT;
  }
  paint(&t);
  while (!dialogue_is_over(d) && !t.has_failed) {
    if (take_event(&t, k, signal_out)) {
      paint(&t);
    }
  }
  keeper_save(k, d);
  wipe_for(&t, screen_wipe);
  tty_close(&t.tty);
  frame_clear(&t.frame);
  screen_clear(&t.screen);
  return t.has_failed ? CONVERSATION_INTERRUPTED : end_of(d);
}

// Lines -----------------------------------------------------------------------------------

enum { LONGEST_LINE = 64 * 1024 };

typedef enum line_verdict { LINE_READ, LINE_END, LINE_INTERRUPTED } line_verdict;

/// Read a line without its end. What is longer than the limit is read and forgotten.
static line_verdict read_line(tty *t, text *line)
{
  unsigned char byte;
  text_clear(line);
  for (;;) {
    const tty_event event = tty_wait(t, -1, &byte);
    if (event == TTY_INTERRUPTED) {
      return LINE_INTERRUPTED;
    }
    if (event == TTY_END) {
      return line->size > 0 ? LINE_READ : LINE_END;
    }
    if (event == TTY_BYTE && byte == '\n') {
      return LINE_READ;
    }
    if (event == TTY_BYTE && line->size <= LONGEST_LINE) {
      (void)text_write(line, &(char){(char)byte}, 1);
    }
  }
}

static void take_line(dialogue *d, text *line)
{
  if (line->size > LONGEST_LINE) {
    char most[24];
    (void)snprintf(most, sizeof most, "%d", (int)LONGEST_LINE);
    dialogue_say(d, DEM_SAY_ASK_TOO_LONG, most);
  } else if (!columns_is_text(line->size > 0 ? line->bytes : "", line->size)) {
    dialogue_say(d, DEM_SAY_ASK_NOT_UTF8, NULL);
  } else {
    (void)text_write(line, "", 1);
    if (line->has_failed) {
      dialogue_fail(d, DEM_ERR_NO_MEMORY);
    } else {
      dialogue_line(d, line->bytes);
    }
  }
}

static void show_line(const tty *t, const text *line)
{
  text out = {0};
  text copy = {0};
  (void)text_write(&copy, line->bytes, line->size);
  (void)text_write(&copy, "", 1);
  if (!copy.has_failed) {
    columns_add_clean(&out, copy.bytes);
  }
  text_add(&out, "\n");
  (void)tty_write(t, &out);
  text_clear(&copy);
  text_clear(&out);
}

/// What was understood, as an echo.
static void show_answer(dialogue *d, const tty *t)
{
  text out = {0};
  if (d->settled == DEM_NO_INDEX) {
    return;
  }
  text answer = {0};
  page_add_answer(&answer, d->interview, d->settled);
  (void)text_write(&answer, "", 1);
  words_add(&out, d->interview->pack, DEM_SAY_ASK_TAKEN,
            (const char *const[]){answer.has_failed ? "" : answer.bytes});
  text_add(&out, "\n");
  text_clear(&answer);
  d->settled = DEM_NO_INDEX;
  (void)tty_write(t, &out);
  text_clear(&out);
}

static void prompt(plain *face, dialogue *d, const tty *t)
{
  text out = {0};
  face->width = terminal_width(t->output);
  plain_prompt(face, d, &out);
  if (out.has_failed) {
    dialogue_fail(d, DEM_ERR_NO_MEMORY);
  }
  (void)tty_write(t, &out);
  text_clear(&out);
}

conversation_end conversation_plain(dialogue *d, keeper *k, int input, int output, bool is_echoed,
                                    int *signal_out)
{
  tty t;
  plain face = {0};
  text line = {0};
  const text line_break = {.bytes = (char[]){'\n'}, .size = 1};
  line_verdict verdict = LINE_READ;
  *signal_out = 0;
  if (!tty_open(&t, input, output, false)) {
    tty_close(&t);
    return CONVERSATION_CUT;
  }
  while (!dialogue_is_over(d) && verdict == LINE_READ) {
    prompt(&face, d, &t);
    verdict = read_line(&t, &line);
    if (verdict == LINE_READ) {
      if (is_echoed) {
        show_line(&t, &line);
      }
      take_line(d, &line);
      keeper_save(k, d);
      show_answer(d, &t);
    } else {
      (void)tty_write(&t, &line_break);
    }
  }
  if (verdict == LINE_INTERRUPTED) {
    *signal_out = tty_signal();
    dialogue_leave(d);
  } else if (verdict == LINE_END && is_echoed && d->view == VIEW_REVIEW) {
    d->view = VIEW_DONE; // All was answered: the last page needs no line of its own.
  } else if (verdict == LINE_END && !is_echoed) {
    dialogue_leave(d);
  }
  keeper_save(k, d);
  text_clear(&line);
  tty_close(&t);
  return end_of(d);
}
