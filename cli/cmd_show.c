// SPDX-License-Identifier: Apache-2.0

// demarche show: browse the pack.
//
// Relations, rules, sources and questions are the pack's own parts; any other
// word is a relation by its name or its plural, and its facts are listed.

#include <stdio.h>
#include <string.h>

#include "command.h"
#include "input.h"
#include "text.h"

enum { ID_WIDTH = 14, NAME_WIDTH = 20 };

typedef struct browser {
  const options *opts;
  dem_pack *pack;
  dem_session *session;
  text result;
  const char *id; ///< Of one item; NULL for all.
  bool is_found;
} browser;

/// End a line; blanks before its end are dropped.
static void end_line(browser *b)
{
  while (b->result.size > 0 && b->result.bytes[b->result.size - 1] == ' ') {
    --b->result.size;
  }
  text_add(&b->result, "\n");
}

/// A line `name  value` of an item in full; nothing for an empty value.
static void add_line(browser *b, const char *name, const char *value)
{
  if (value[0]) {
    text_add(&b->result, "  ");
    text_add_column(&b->result, name, ID_WIDTH);
    text_add_safe(&b->result, value);
    text_add(&b->result, "\n");
  }
}

/// A line `id  words` of a list.
static void add_entry(browser *b, const char *id, const char *words)
{
  text_add_column(&b->result, id, NAME_WIDTH);
  text_add_safe(&b->result, words);
  end_line(b);
}

static void add_title(browser *b, const char *title)
{
  text_add_safe(&b->result, title);
  text_add(&b->result, "\n");
}

static void add_place(browser *b, const char *file, uint32_t line)
{
  char number[16];
  (void)snprintf(number, sizeof number, ":%lu", (unsigned long)line);
  text_add(&b->result, "  ");
  text_add_column(&b->result, "at", ID_WIDTH);
  text_add_safe(&b->result, file);
  text_add(&b->result, line > 0 ? number : "");
  text_add(&b->result, "\n");
}

/// Whether an item is to be shown, and note that it was found.
static bool is_wanted(browser *b, const char *id)
{
  const bool is_it = !b->id || strcmp(b->id, id) == 0;
  b->is_found = b->is_found || is_it;
  return is_it;
}

// The pack's parts ------------------------------------------------------------------------

static void show_relation(browser *b, uint32_t index)
{
  const dem_relation_info relation = dem_pack_relation(b->pack, index);
  if (!is_wanted(b, relation.name)) {
    return;
  }
  if (!b->id) {
    add_entry(b, relation.name, relation.about);
    return;
  }
  add_title(b, relation.name);
  add_line(b, "about", relation.about);
  for (uint32_t f = 0; f < relation.field_count; ++f) {
    const dem_field_info field = dem_pack_field(b->pack, index, f);
    char type[256];
    (void)snprintf(type, sizeof type, "%s%s", field.type, field.is_optional ? ", optional" : "");
    add_line(b, field.name, type);
  }
  add_line(b, "shown as", relation.shows_as);
  add_line(b, "derived", relation.is_derived ? "by rules" : "");
  add_place(b, relation.file, relation.line);
}

static void show_relations(browser *b)
{
  for (uint32_t i = 0; i < dem_pack_relation_count(b->pack); ++i) {
    show_relation(b, i);
  }
}

static void add_rule_citations(browser *b, uint32_t index, uint32_t count)
{
  for (uint32_t i = 0; i < count; ++i) {
    uint32_t source;
    uint32_t section;
    const char *id = "";
    const char *title = "";
    dem_pack_rule_citation(b->pack, index, i, &source, &section);
    text_add(&b->result, "  ");
    text_add_column(&b->result, i == 0 ? "cites" : "", ID_WIDTH);
    text_add_safe(&b->result, dem_pack_source(b->pack, source).id);
    if (section != DEM_NO_INDEX) {
      dem_pack_section(b->pack, source, section, &id, &title);
      text_add(&b->result, "/");
      text_add_safe(&b->result, id);
    }
    text_add(&b->result, "\n");
  }
}

static void show_rules(browser *b)
{
  for (uint32_t i = 0; i < dem_pack_rule_count(b->pack); ++i) {
    const dem_rule_info rule = dem_pack_rule(b->pack, i);
    if (!is_wanted(b, rule.id)) {
      continue;
    }
    if (!b->id) {
      add_entry(b, rule.id, rule.title);
      continue;
    }
    add_title(b, rule.id);
    add_line(b, "title", rule.title);
    add_line(b, "because", rule.because);
    add_rule_citations(b, i, rule.citation_count);
    add_place(b, rule.file, rule.line);
  }
}

static void show_source(browser *b, uint32_t index)
{
  const dem_source_info source = dem_pack_source(b->pack, index);
  add_title(b, source.id);
  add_line(b, "title", source.title);
  add_line(b, "work", source.work);
  add_line(b, "author", source.author);
  add_line(b, "publisher", source.publisher);
  add_line(b, "date", source.date);
  add_line(b, "accessed", source.accessed);
  add_line(b, "url", source.url);
  add_line(b, "licence", source.licence);
  for (uint32_t s = 0; s < source.section_count; ++s) {
    const char *id;
    const char *title;
    dem_pack_section(b->pack, index, s, &id, &title);
    add_line(b, id, title);
  }
}

static void show_sources(browser *b)
{
  for (uint32_t i = 0; i < dem_pack_source_count(b->pack); ++i) {
    const dem_source_info source = dem_pack_source(b->pack, i);
    if (is_wanted(b, source.id)) {
      if (b->id) {
        show_source(b, i);
      } else {
        add_entry(b, source.id, source.title);
      }
    }
  }
}

static void show_questions(browser *b)
{
  for (uint32_t i = 0; i < dem_pack_question_count(b->pack); ++i) {
    const dem_question_info question = dem_pack_question(b->pack, i);
    if (!is_wanted(b, question.field)) {
      continue;
    }
    if (!b->id) {
      add_entry(b, question.field, question.ask);
      continue;
    }
    add_title(b, question.field);
    add_line(b, "ask", question.ask);
    add_line(b, "help", question.help);
    add_line(b, "type", question.type);
    add_line(b, "answers", question.is_many ? "any number of them" : "one");
    add_line(b, "required", question.is_required ? "yes" : "");
  }
}

// Facts -----------------------------------------------------------------------------------

static void show_fact(browser *b, const dem_relation_info *relation, uint32_t index,
                      dem_fact_handle fact)
{
  add_title(b, b->id);
  for (uint32_t f = 0; f < relation->field_count; ++f) {
    const dem_field_info field = dem_pack_field(b->pack, index, f);
    add_line(b, field.name, dem_session_fact_text(b->session, fact, f));
  }
}

static void list_fact(browser *b, const dem_relation_info *relation, dem_fact_handle fact)
{
  if (relation->key == DEM_NO_INDEX) {
    for (uint32_t f = 0; f < relation->field_count; ++f) {
      text_add_column(&b->result, dem_session_fact_text(b->session, fact, f), ID_WIDTH);
    }
    end_line(b);
    return;
  }
  text_add_column(&b->result, dem_session_fact_text(b->session, fact, relation->key), ID_WIDTH);
  if (relation->label != DEM_NO_INDEX) {
    text_add_safe(&b->result, dem_session_fact_text(b->session, fact, relation->label));
  }
  end_line(b);
}

/// Whether a fact is what ID asks for: by its key, else by its label.
static bool is_fact(browser *b, const dem_relation_info *relation, dem_fact_handle fact)
{
  const uint32_t fields[] = {relation->key, relation->label};
  for (size_t i = 0; i < 2; ++i) {
    if (fields[i] != DEM_NO_INDEX &&
        strcmp(dem_session_fact_text(b->session, fact, fields[i]), b->id) == 0) {
      return true;
    }
  }
  return false;
}

static void show_facts(browser *b, uint32_t index)
{
  const dem_relation_info relation = dem_pack_relation(b->pack, index);
  const uint32_t count = dem_session_fact_count(b->session, index);
  for (uint32_t i = 0; i < count; ++i) {
    const dem_fact_handle fact = dem_session_fact(b->session, index, i);
    if (!b->id) {
      list_fact(b, &relation, fact);
    } else if (is_fact(b, &relation, fact)) {
      show_fact(b, &relation, index, fact);
      b->is_found = true;
    }
  }
}

// Words -----------------------------------------------------------------------------------

static bool ends_with(const char *word, size_t size, const char *end)
{
  const size_t end_size = strlen(end);
  return size > end_size && memcmp(word + size - end_size, end, end_size) == 0;
}

/// Whether `word` is the English plural of `name`.
static bool is_plural(const char *word, const char *name)
{
  const size_t size = strlen(name);
  const size_t word_size = strlen(word);
  if (ends_with(name, size, "y") && ends_with(word, word_size, "ies")) {
    return word_size == size + 2 && strncmp(word, name, size - 1) == 0;
  }
  const char *const rest = strncmp(word, name, size) == 0 ? word + size : "";
  return strcmp(rest, "s") == 0 || strcmp(rest, "es") == 0;
}

static uint32_t find_relation(const dem_pack *pack, const char *word)
{
  const uint32_t exact = dem_pack_find_relation(pack, word);
  for (uint32_t i = 0; exact == DEM_NO_INDEX && i < dem_pack_relation_count(pack); ++i) {
    if (is_plural(word, dem_pack_relation(pack, i).name)) {
      return i;
    }
  }
  return exact;
}

static int show(browser *b, const char *what)
{
  static const struct {
    const char *name;
    void (*show)(browser *b);
  } parts[] = {{"relation", show_relations},
               {"rule", show_rules},
               {"source", show_sources},
               {"question", show_questions}};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; ++i) {
    if (strcmp(what, parts[i].name) == 0 || is_plural(what, parts[i].name)) {
      parts[i].show(b);
      return EXIT_DONE;
    }
  }
  const uint32_t relation = find_relation(b->pack, what);
  if (relation == DEM_NO_INDEX) {
    (void)fprintf(stderr,
                  "demarche: the pack has no '%s'; 'demarche show relations' lists what it has, "
                  "besides rules, sources and questions\n",
                  what);
    return EXIT_USAGE;
  }
  show_facts(b, relation);
  return EXIT_DONE;
}

static int run(browser *b, const char *what)
{
  dem_status status = input_open_pack(b->opts, NULL, &b->pack);
  if (b->pack && status != DEM_OK) {
    input_show_report(b->opts, dem_pack_report(b->pack));
  }
  if (status == DEM_OK) {
    status = dem_session_new(b->pack, &b->session);
  }
  if (status != DEM_OK) {
    return input_exit_status(status);
  }
  const int shown = show(b, what);
  if (shown == EXIT_DONE && b->id && !b->is_found) {
    (void)fprintf(stderr, "demarche: there is no '%s' among '%s'\n", b->id, what);
    return EXIT_NO;
  }
  return shown == EXIT_DONE ? text_deliver(&b->result, b->opts) : shown;
}

int cmd_show(const options *opts)
{
  static const char *const formats[] = {"text", NULL};
  const text_list *const arguments = &opts->arguments;
  if (options_format(opts, formats) < 0) {
    return EXIT_USAGE;
  }
  if (arguments->count < 2 || arguments->count > 3) {
    (void)fputs("demarche: show what? For example: demarche show relations\n", stderr);
    return EXIT_USAGE;
  }
  browser b = {.opts = opts, .id = arguments->count == 3 ? arguments->items[2] : NULL};
  const int status = run(&b, arguments->items[1]);
  text_clear(&b.result);
  dem_session_free(b.session);
  dem_pack_free(b.pack);
  return status;
}
