// SPDX-License-Identifier: Apache-2.0

// Where the answers are kept.
//
//   country: MA # Morocco
//   needs:
//     - access-funding # Access to funding
//   themes: unknown
//   constituencies: []

#define _POSIX_C_SOURCE 200809L // access, strcasecmp

#include "ask/profile_file.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "ask/columns.h"
#include "output.h"

static bool ends_with(const char *path, const char *ending)
{
  const size_t size = strlen(path);
  const size_t end = strlen(ending);
  return size >= end && strcasecmp(path + size - end, ending) == 0;
}

bool profile_form_of(const char *path, profile_form *form_out)
{
  const bool is_lines = ends_with(path, ".jsonl") || ends_with(path, ".ndjson");
  *form_out = is_lines ? PROFILE_JSON_LINE : ends_with(path, ".json") ? PROFILE_JSON : PROFILE_YAML;
  return !ends_with(path, ".csv");
}

// Scalars -----------------------------------------------------------------------------------

/// Double quotes with escapes that JSON and YAML share.
static void add_quoted(text *out, const char *words)
{
  char escape[8];
  text_add(out, "\"");
  for (const char *c = words; *c; ++c) {
    const unsigned char byte = (unsigned char)*c;
    if (byte == '"' || byte == '\\') {
      text_add(out, "\\");
      (void)text_write(out, c, 1);
    } else if (byte < 0x20 || byte == 0x7F) {
      (void)snprintf(escape, sizeof escape, "\\u%04x", byte);
      text_add(out, escape);
    } else if (byte == 0xC2 && (unsigned char)c[1] == 0x85) { // NEL breaks YAML's lines.
      text_add(out, "\\u0085");
      ++c;
    } else if (byte == 0xE2 && (unsigned char)c[1] == 0x80 &&
               ((unsigned char)c[2] & 0xFE) == 0xA8) { // So do LS and PS.
      text_add(out, (unsigned char)c[2] == 0xA8 ? "\\u2028" : "\\u2029");
      c += 2;
    } else if (byte == 0xEF && (unsigned char)c[1] == 0xBB && (unsigned char)c[2] == 0xBF) {
      text_add(out, "\\ufeff");
      c += 2;
    } else {
      (void)text_write(out, c, 1);
    }
  }
  text_add(out, "\"");
}

/// What some YAML readers take for something else than a text.
static bool is_reserved(const char *words)
{
  static const char *const reserved[] = {"unknown", "null", "true", "false", "yes",
                                         "no",      "on",   "off",  "y",     "n"};
  for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; ++i) {
    if (strcasecmp(words, reserved[i]) == 0) {
      return true;
    }
  }
  return false;
}

static bool is_word(const char *words)
{
  if (!isalpha((unsigned char)words[0]) || is_reserved(words)) {
    return false;
  }
  for (const char *c = words; *c; ++c) {
    if (!isalnum((unsigned char)*c) && *c != '-' && *c != '_') {
      return false;
    }
  }
  return true;
}

static bool is_plain_type(const char *type)
{
  return strcmp(type, "integer") == 0 || strcmp(type, "number") == 0 ||
         strcmp(type, "boolean") == 0 || strcmp(type, "date") == 0;
}

static void add_yaml_value(text *out, const char *type, const char *value)
{
  if (is_plain_type(type) || is_word(value)) {
    text_add(out, value);
  } else {
    add_quoted(out, value);
  }
}

// YAML --------------------------------------------------------------------------------------

/// " # Morocco", where the label says more than the value.
static void add_comment(text *out, const char *value, const char *label)
{
  if (strcmp(value, label) != 0) {
    text_add(out, " # ");
    columns_add_clean(out, label);
  }
}

static void add_yaml_answer(text *out, const dem_question_info *info, const interview_answer *a)
{
  if (is_word(info->field)) {
    text_add(out, info->field);
  } else {
    add_quoted(out, info->field);
  }
  text_add(out, ":");
  if (a->state == DEM_ANSWER_UNKNOWN) {
    text_add(out, " unknown");
  } else if (a->values.count == 0) {
    text_add(out, " []");
  } else if (!info->is_many) {
    text_add(out, " ");
    add_yaml_value(out, info->type, a->values.items[0]);
    add_comment(out, a->values.items[0], a->labels.items[0]);
  }
  text_add(out, "\n");
  for (size_t i = 0; info->is_many && i < a->values.count; ++i) {
    text_add(out, "  - ");
    add_yaml_value(out, info->type, a->values.items[i]);
    add_comment(out, a->values.items[i], a->labels.items[i]);
    text_add(out, "\n");
  }
}

static void write_yaml(const interview *iv, const char *id, text *out)
{
  size_t count = 0;
  if (id[0]) {
    text_add(out, "id: ");
    add_quoted(out, id);
    text_add(out, "\n");
  }
  for (uint32_t i = 0; i < iv->question_count; ++i) {
    if (iv->answers[i].state != DEM_ANSWER_MISSING) {
      const dem_question_info info = dem_pack_question(iv->pack, i);
      add_yaml_answer(out, &info, &iv->answers[i]);
      ++count;
    }
  }
  text_add(out, count > 0 || id[0] ? "" : "{}\n");
}

// JSON --------------------------------------------------------------------------------------

static void add_json_value(text *out, const char *type, const char *value)
{
  const bool is_bare = is_plain_type(type) && strcmp(type, "date") != 0;
  if (is_bare) {
    text_add(out, value);
  } else {
    add_quoted(out, value);
  }
}

static void add_json_answer(text *out, const dem_question_info *info, const interview_answer *a)
{
  const bool is_list = info->is_many || (a->state == DEM_ANSWER_GIVEN && a->values.count == 0);
  add_quoted(out, info->field);
  text_add(out, ": ");
  if (a->state == DEM_ANSWER_UNKNOWN) {
    text_add(out, "\"unknown\"");
    return;
  }
  text_add(out, is_list ? "[" : "");
  for (size_t i = 0; i < a->values.count; ++i) {
    text_add(out, i ? ", " : "");
    add_json_value(out, info->type, a->values.items[i]);
  }
  text_add(out, is_list ? "]" : "");
}

static void write_json(const interview *iv, const char *id, bool is_line, text *out)
{
  const char *const first = is_line ? "{" : "{\n  ";
  const char *const next = is_line ? ", " : ",\n  ";
  size_t count = 0;
  if (id[0]) {
    text_add(out, first);
    text_add(out, "\"id\": ");
    add_quoted(out, id);
    ++count;
  }
  for (uint32_t i = 0; i < iv->question_count; ++i) {
    if (iv->answers[i].state != DEM_ANSWER_MISSING) {
      const dem_question_info info = dem_pack_question(iv->pack, i);
      text_add(out, count++ ? next : first);
      add_json_answer(out, &info, &iv->answers[i]);
    }
  }
  text_add(out, count == 0 ? "{}\n" : is_line ? "}\n" : "\n}\n");
}

// Files -------------------------------------------------------------------------------------

void profile_write(const interview *iv, const char *id, profile_form form, text *out)
{
  switch (form) {
  case PROFILE_YAML:
    write_yaml(iv, id, out);
    break;
  case PROFILE_JSON:
  case PROFILE_JSON_LINE:
    write_json(iv, id, form == PROFILE_JSON_LINE, out);
    break;
  }
}

int profile_save(const interview *iv, const char *id, const char *path)
{
  text bytes = {0};
  output out;
  profile_form form;
  (void)profile_form_of(path, &form);
  profile_write(iv, id, form, &bytes);
  if (bytes.has_failed) {
    text_clear(&bytes);
    return ENOMEM;
  }
  output_open(&out, path);
  const dem_status status = output_write(&out, bytes.bytes, bytes.size);
  text_clear(&bytes);
  return output_finish(&out, status == DEM_OK);
}

char *profile_free_name(void)
{
  enum { LONGEST = 40 };
  char *const name = malloc(LONGEST);
  for (unsigned i = 1; name; ++i) {
    (void)snprintf(name, LONGEST, i == 1 ? "profile.yaml" : "profile-%u.yaml", i);
    if (access(name, F_OK) != 0) {
      break;
    }
  }
  return name;
}
