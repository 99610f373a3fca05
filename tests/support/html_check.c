// SPDX-License-Identifier: Apache-2.0

// Holds a page of HTML against what reports promise.

#include "support/html_check.h"

#include <stdio.h>
#include <string.h>

enum { MOST_OPEN = 64, MOST_NAMES = 4096, NAME_SIZE = 64 };

typedef struct checker {
  const char *page;
  const char *at;
  char *message;
  size_t size;
  char open[MOST_OPEN][NAME_SIZE];
  size_t open_count;
  char ids[MOST_NAMES][NAME_SIZE];
  size_t id_count;
  char links[MOST_NAMES][NAME_SIZE];
  size_t link_count;
  int heading; ///< The level of the last one.
  int h1_count;
  bool has_lang;
  bool has_title;
  bool has_main;
  bool has_policy;
} checker;

static bool fail(checker *c, const char *what, const char *name)
{
  unsigned line = 1;
  for (const char *p = c->page; p < c->at; ++p) {
    line += *p == '\n';
  }
  (void)snprintf(c->message, c->size, "line %u: %s %s", line, what, name);
  return false;
}

static bool is_one_of(const char *name, const char *const *names)
{
  for (; *names; ++names) {
    if (strcmp(name, *names) == 0) {
      return true;
    }
  }
  return false;
}

static bool is_name_byte(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

static bool read_name(checker *c, char *name)
{
  size_t size = 0;
  while (is_name_byte(*c->at) && size + 1 < NAME_SIZE) {
    name[size++] = *c->at++;
  }
  name[size] = '\0';
  return size > 0;
}

static bool keep(checker *c, char (*list)[NAME_SIZE], size_t *count, const char *name)
{
  if (*count == MOST_NAMES || strlen(name) >= NAME_SIZE) {
    return fail(c, "too many names, or too long:", name);
  }
  memcpy(list[(*count)++], name, strlen(name) + 1);
  return true;
}

// Attributes ----------------------------------------------------------------------------

static bool check_id(checker *c, const char *id)
{
  for (size_t i = 0; i < c->id_count; ++i) {
    if (strcmp(c->ids[i], id) == 0) {
      return fail(c, "an id stands twice:", id);
    }
  }
  return keep(c, c->ids, &c->id_count, id);
}

static bool check_attribute(checker *c, const char *element, const char *name, const char *value)
{
  static const char *const loading[] = {"src",  "srcset", "data",       "poster", "action",
                                        "ping", "style",  "background", "srcdoc", "formaction",
                                        "cite", "icon",   NULL};
  if (strncmp(name, "on", 2) == 0 || is_one_of(name, loading)) {
    return fail(c, "a page must not have the attribute", name);
  }
  if (strcmp(name, "href") == 0 && value[0] == '#') {
    return keep(c, c->links, &c->link_count, value + 1);
  }
  if (strcmp(name, "href") == 0 && strncmp(value, "http://", 7) != 0 &&
      strncmp(value, "https://", 8) != 0) {
    return fail(c, "a link leads to", value);
  }
  if (strcmp(name, "aria-labelledby") == 0) {
    return keep(c, c->links, &c->link_count, value);
  }
  if (strcmp(element, "meta") == 0 && strcmp(name, "content") == 0) {
    c->has_policy = c->has_policy || strncmp(value, "default-src 'none';", 19) == 0;
  }
  c->has_lang = c->has_lang || (strcmp(element, "html") == 0 && strcmp(name, "lang") == 0);
  return strcmp(name, "id") != 0 || check_id(c, value);
}

static bool read_attribute(checker *c, const char *element)
{
  char name[NAME_SIZE];
  char value[512] = "";
  if (!read_name(c, name)) {
    return fail(c, "no attribute where one should be in", element);
  }
  if (*c->at == '=') {
    const char *const end = c->at[1] == '"' ? strpbrk(c->at + 2, "\"<") : NULL;
    if (!end || *end != '"' || (size_t)(end - c->at) > sizeof value) {
      return fail(c, "a value is not quoted, or too long:", name);
    }
    memcpy(value, c->at + 2, (size_t)(end - c->at) - 2);
    c->at = end + 1;
  }
  return check_attribute(c, element, name, value);
}

// Elements ------------------------------------------------------------------------------

static bool check_element(checker *c, const char *name)
{
  static const char *const refused[] = {"script", "link", "img",  "iframe", "object",
                                        "embed",  "form", "base", "audio",  "video",
                                        "b",      "i",    "font", "center", NULL};
  if (is_one_of(name, refused)) {
    return fail(c, "a page must not have the element", name);
  }
  if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0') {
    const int level = name[1] - '0';
    if (level > c->heading + 1) {
      return fail(c, "a heading skips a level:", name);
    }
    c->heading = level;
    c->h1_count += level == 1;
  }
  c->has_title = c->has_title || strcmp(name, "title") == 0;
  c->has_main = c->has_main || strcmp(name, "main") == 0;
  return true;
}

static bool read_start(checker *c)
{
  static const char *const voids[] = {"meta", "input", "br", "hr", NULL};
  char name[NAME_SIZE];
  if (!read_name(c, name)) {
    return fail(c, "no name after", "<");
  }
  if (!check_element(c, name)) {
    return false;
  }
  while (*c->at == ' ') {
    ++c->at;
    if (!read_attribute(c, name)) {
      return false;
    }
  }
  const bool is_closed = *c->at == '/';
  c->at += is_closed;
  if (*c->at != '>') {
    return fail(c, "the tag does not end:", name);
  }
  ++c->at;
  if (strcmp(name, "style") == 0) { // Holds no elements.
    c->at = strstr(c->at, "</style>");
  }
  if (!c->at || c->open_count == MOST_OPEN) {
    c->at = c->page;
    return fail(c, "open without end:", name);
  }
  if (!is_closed && !is_one_of(name, voids)) {
    memcpy(c->open[c->open_count++], name, strlen(name) + 1);
  }
  return true;
}

static bool read_end(checker *c)
{
  char name[NAME_SIZE];
  ++c->at;
  if (!read_name(c, name) || *c->at != '>') {
    return fail(c, "an end tag is broken:", name);
  }
  ++c->at;
  if (c->open_count == 0 || strcmp(c->open[c->open_count - 1], name) != 0) {
    return fail(c, "closed, but not open last:", name);
  }
  --c->open_count;
  return true;
}

static bool read_text(checker *c)
{
  static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
  while (*c->at && *c->at != '<') {
    bool is_known = *c->at != '&';
    for (size_t i = 0; i < sizeof entities / sizeof entities[0] && !is_known; ++i) {
      is_known = strncmp(c->at, entities[i], strlen(entities[i])) == 0;
    }
    const unsigned char byte = (unsigned char)*c->at;
    if (!is_known || *c->at == '>' || (byte < 0x20 && byte != '\n')) {
      return fail(c, "a byte that should be escaped:", *c->at == '&' ? "&" : "> or a control");
    }
    ++c->at;
  }
  return true;
}

// The page ------------------------------------------------------------------------------

static bool check_links(checker *c)
{
  for (size_t i = 0; i < c->link_count; ++i) {
    bool arrives = false;
    for (size_t j = 0; j < c->id_count && !arrives; ++j) {
      arrives = strcmp(c->links[i], c->ids[j]) == 0;
    }
    if (!arrives) {
      return fail(c, "a link into the page does not arrive:", c->links[i]);
    }
  }
  return true;
}

static bool check_whole(checker *c)
{
  if (c->open_count > 0) {
    return fail(c, "never closed:", c->open[c->open_count - 1]);
  }
  if (c->h1_count != 1) {
    return fail(c, "not just one heading is", "h1");
  }
  if (!c->has_lang || !c->has_title || !c->has_main || !c->has_policy) {
    return fail(c, "missing: lang, title, main or", "content security policy");
  }
  return check_links(c);
}

bool html_check(const char *page, char *message, size_t size)
{
  static const char doctype[] = "<!DOCTYPE html>\n";
  static checker c; // Large; tests run one after the other.
  c = (checker){.page = page, .at = page, .message = message, .size = size};
  if (strncmp(page, doctype, sizeof doctype - 1) != 0) {
    return fail(&c, "does not begin with", "<!DOCTYPE html>");
  }
  c.at += sizeof doctype - 1;
  while (*c.at) {
    bool is_good;
    if (*c.at == '<') {
      ++c.at;
      is_good = *c.at == '/' ? read_end(&c) : read_start(&c);
    } else {
      is_good = read_text(&c);
    }
    if (!is_good) {
      return false;
    }
  }
  return check_whole(&c);
}
