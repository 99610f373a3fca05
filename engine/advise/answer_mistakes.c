// SPDX-License-Identifier: Apache-2.0

// What is wrong with a profile's answers, and what to write instead.

#include "advise/answer_mistakes.h"

#include "base/hot.h"
#include "base/unicode.h"
#include "lang/scalar.h"

enum { MOST_LISTED = 16 }; // Answers that a message lists where none is near.

static const dem_model *model_of(const dem_answers *answers)
{
  return dem_program_model(answers->program);
}

static const dem_question *question_of(const dem_answers *answers, uint32_t question)
{
  return &model_of(answers)->questions[question];
}

static dem_slice name_of(const dem_answers *answers, uint32_t question)
{
  return dem_symbols_text(model_of(answers)->symbols, question_of(answers, question)->field);
}

static uint32_t find_question(const dem_answers *answers, dem_slice name)
{
  for (uint32_t i = 0; i < model_of(answers)->question_count; ++i) {
    if (dem_slice_is_equal(name_of(answers, i), name)) {
      return i;
    }
  }
  return DEM_NONE;
}

// Wrong answers -----------------------------------------------------------------------

/// Where answers are listed that are many, or hang on others.
static void say_where_listed(dem_answers *answers, const dem_question *q)
{
  const dem_model *const model = model_of(answers);
  if (q->type.kind != DEM_TYPE_REFERENCE) {
    dem_diagnose_note(answers->diagnostics, "'demarche questions' lists what may be answered");
    return;
  }
  const dem_slice kind = dem_symbols_text(model->symbols, model->relations[q->type.relation].name);
  dem_diagnose_note(answers->diagnostics, "'demarche show %.*s' lists what there is",
                    (int)kind.size, kind.bytes);
}

/// "the answers are: …", where they are few and hang on nothing; else where they are listed.
DEM_COLD static void list_answers(dem_answers *answers, const dem_question *q)
{
  const bool is_settled =
      q->options != DEM_NONE && !dem_program_plan(answers->program)->is_session[q->options];
  const uint32_t relation = is_settled ? q->options : q->type.relation;
  const uint32_t count = dem_facts_count(answers->names->facts, relation);
  const uint32_t column = is_settled ? 0 : model_of(answers)->relations[relation].key;
  dem_buffer list;
  if ((q->options != DEM_NONE && !is_settled) || count > MOST_LISTED) {
    say_where_listed(answers, q);
    return;
  }
  dem_buffer_init(&list, answers->allocator);
  for (uint32_t i = 0; i < count; ++i) {
    const dem_fact fact = dem_facts_at(answers->names->facts, relation, i);
    const dem_word word = dem_facts_row(answers->names->facts, fact)[column];
    dem_buffer_add_text(&list, i ? ", " : "");
    dem_word_write(answers->symbols, q->type.storage, word, &list);
  }
  if (list.size > 0) {
    dem_diagnose_note(answers->diagnostics, "the answers are: %.*s", (int)list.size, list.bytes);
  }
  dem_buffer_clear(&list);
}

/// What people write for "none" and for "I don't know" out of habit.
static const struct {
  const char *word;
  const char *help;
} habits[] = {
    {"none", "'[]' says none of these"},
    {"no", "'[]' says none of these"},
    {"nothing", "'[]' says none of these"},
    {"false", "'[]' says none of these"},
    {"-", "'[]' says none of these, 'unknown' leaves the question open"},
    {"n/a", "'[]' says none of these, 'unknown' leaves the question open"},
    {"?", "'unknown' leaves the question open"},
    {"tbd", "'unknown' leaves the question open"},
    {"not known", "'unknown' leaves the question open"},
    {"don't know", "'unknown' leaves the question open"},
};

static const char *explain_habit(const dem_answers *answers, dem_slice text)
{
  const char *help = NULL;
  dem_buffer lower;
  dem_buffer_init(&lower, answers->allocator);
  dem_unicode_lower(text, &lower);
  for (size_t i = 0; i < sizeof habits / sizeof *habits && !help; ++i) {
    help = dem_slice_is(dem_buffer_slice(&lower), habits[i].word) ? habits[i].help : NULL;
  }
  dem_buffer_clear(&lower);
  return help;
}

static bool is_answer(const dem_answers *answers, const dem_question *q, dem_slice text)
{
  dem_word word;
  return q->type.kind == DEM_TYPE_REFERENCE
             ? dem_names_find(answers->names, answers->symbols, q->type.relation, text, &word) ==
                   DEM_NAME_FOUND
             : dem_scalar_read(answers->symbols, &q->type, text, &word) == DEM_SCALAR_OK;
}

static bool is_separator(char byte)
{
  return byte == ',' || byte == ';' || byte == '|' || byte == '/';
}

/// Whether a text is several answers with something between them, as "[a, b]".
static bool is_several(const dem_answers *answers, const dem_question *q, dem_slice text,
                       dem_buffer *list)
{
  bool is_any = false;
  size_t count = 0;
  for (size_t begin = 0; begin <= text.size; ++count) {
    size_t end = begin;
    while (end < text.size && !is_separator(text.bytes[end])) {
      ++end;
    }
    const dem_slice part = dem_slice_trim((dem_slice){text.bytes + begin, end - begin});
    is_any = is_any || is_answer(answers, q, part);
    dem_buffer_add_text(list, count ? ", " : "[");
    dem_buffer_add(list, part);
    begin = end + 1;
  }
  dem_buffer_add_char(list, ']');
  return is_any && count > 1;
}

/// Say how several answers are written, if the text is that.
static bool explain_several(dem_answers *answers, const dem_question *q, dem_slice text,
                            dem_place place)
{
  dem_buffer list;
  dem_buffer_init(&list, answers->allocator);
  const bool is_list = q->is_many && is_several(answers, q, text, &list) && !list.has_failed;
  if (is_list && !dem_place_is_none(place) && place.column) {
    dem_diagnose_label(answers->diagnostics, "several answers are a list: %.*s", (int)list.size,
                       list.bytes);
  } else if (is_list) { // In a table, or on the command line.
    dem_diagnose_label(answers->diagnostics, "put ';' between several answers");
  }
  dem_buffer_clear(&list);
  return is_list;
}

/// Typographic quotes are part of a text, whatever a word processor makes of typed ones.
static bool has_quotes(dem_slice text)
{
  static const char *const quotes[] = {"“", "”", "„", "«", "»", "‘", "’", "‚"};
  for (size_t i = 0; i < sizeof quotes / sizeof *quotes; ++i) {
    const size_t size = strlen(quotes[i]);
    if (text.size > size && memcmp(text.bytes, quotes[i], size) == 0) {
      return true;
    }
  }
  return false;
}

static dem_slice find_nearest(const dem_answers *answers, const dem_type *type, dem_slice text)
{
  const dem_model *const model = model_of(answers);
  if (type->kind == DEM_TYPE_REFERENCE) {
    return dem_names_nearest(answers->names, type->relation, text);
  }
  dem_slice nearest = {0};
  for (uint32_t i = 0; type->kind == DEM_TYPE_ENUMERATION && i < type->option_count; ++i) {
    const dem_slice option = dem_symbols_text(model->symbols, type->options[i]);
    nearest = nearest.size ? nearest : dem_nearest(text, &option, 1);
  }
  return nearest;
}

/// Names that the text is a word of: "Korea".
static bool explain_like(dem_answers *answers, const dem_type *type, dem_slice text)
{
  dem_buffer list;
  dem_buffer_init(&list, answers->allocator);
  if (type->kind == DEM_TYPE_REFERENCE) {
    dem_names_like(answers->names, answers->symbols, type->relation, text, &list);
  }
  const bool has_any = list.size > 0 && !list.has_failed;
  if (has_any) {
    dem_diagnose_label(answers->diagnostics, "did you mean %.*s?", (int)list.size, list.bytes);
  }
  dem_buffer_clear(&list);
  return has_any;
}

/// What to write instead of a wrong answer.
static void help_out(dem_answers *answers, uint32_t question, dem_slice text, dem_place place)
{
  const dem_question *const q = question_of(answers, question);
  const char *const habit = explain_habit(answers, text);
  if (habit) {
    dem_diagnose_label(answers->diagnostics, "%s", habit);
    return;
  }
  if (has_quotes(text)) {
    dem_diagnose_label(answers->diagnostics, "leave these quotes out, or type \"…\"");
    return;
  }
  if (explain_several(answers, q, text, place)) {
    return;
  }
  const dem_slice nearest = find_nearest(answers, &q->type, text);
  if (nearest.size) {
    dem_diagnose_label(answers->diagnostics, "did you mean '%.*s'?", (int)nearest.size,
                       nearest.bytes);
  } else if (!explain_like(answers, &q->type, text) && q->type.kind == DEM_TYPE_REFERENCE) {
    list_answers(answers, q);
  }
}

DEM_COLD dem_status dem_mistake_wrong(dem_answers *answers, uint32_t question, dem_slice text,
                                      dem_place place)
{
  const dem_model *const model = model_of(answers);
  const dem_slice field = name_of(answers, question);
  dem_buffer expected;
  dem_buffer_init(&expected, answers->allocator);
  dem_type_describe(model, &model->questions[question].type, &expected);
  const dem_status status = dem_diagnose(answers->diagnostics, DEM_DIAG_WRONG_ANSWER, place,
                                         "'%.*s' is no answer to '%.*s', which takes %.*s",
                                         (int)text.size, text.bytes, (int)field.size, field.bytes,
                                         (int)expected.size, expected.bytes ? expected.bytes : "");
  dem_diagnose_field(answers->diagnostics, field);
  answers->diagnostics->has_failed = answers->diagnostics->has_failed || expected.has_failed;
  dem_buffer_clear(&expected);
  help_out(answers, question, text, place);
  return status;
}

DEM_COLD dem_status dem_mistake_ambiguous(dem_answers *answers, uint32_t question, dem_slice text,
                                          dem_place place)
{
  const dem_slice field = name_of(answers, question);
  const dem_status status = dem_diagnose(answers->diagnostics, DEM_DIAG_AMBIGUOUS_ANSWER, place,
                                         "'%.*s' could be more than one answer to '%.*s'",
                                         (int)text.size, text.bytes, (int)field.size, field.bytes);
  dem_diagnose_field(answers->diagnostics, field);
  dem_buffer codes;
  dem_buffer_init(&codes, answers->allocator);
  dem_names_list(answers->names, answers->symbols, question_of(answers, question)->type.relation,
                 text, &codes);
  dem_diagnose_note(answers->diagnostics, "give its code instead%s%.*s", codes.size ? ": " : "",
                    (int)codes.size, codes.bytes ? codes.bytes : "");
  dem_buffer_clear(&codes);
  return status;
}

DEM_COLD dem_status dem_mistake_not_offered(dem_answers *answers, uint32_t question, dem_slice text,
                                            dem_place place)
{
  const dem_slice field = name_of(answers, question);
  const dem_status status = dem_diagnose(answers->diagnostics, DEM_DIAG_WRONG_ANSWER, place,
                                         "'%.*s' is not among the answers to '%.*s'",
                                         (int)text.size, text.bytes, (int)field.size, field.bytes);
  dem_diagnose_field(answers->diagnostics, field);
  list_answers(answers, question_of(answers, question));
  return status;
}

// Shapes ------------------------------------------------------------------------------

DEM_COLD dem_status dem_mistake_shape(dem_answers *answers, uint32_t question, const dem_node *node)
{
  const dem_slice field = name_of(answers, question);
  const dem_status status = dem_diagnose(answers->diagnostics, DEM_DIAG_WRONG_SHAPE, node->place,
                                         "an answer to '%.*s' is a text, not %s", (int)field.size,
                                         field.bytes, dem_node_describe(node));
  dem_diagnose_label(answers->diagnostics, "write '%.*s: %s'", (int)field.size, field.bytes,
                     question_of(answers, question)->is_many ? "[…, …]" : "…");
  dem_diagnose_field(answers->diagnostics, field);
  return status;
}

DEM_COLD dem_status dem_mistake_too_many(dem_answers *answers, uint32_t question,
                                         const dem_node *list)
{
  const dem_slice field = name_of(answers, question);
  const dem_status status =
      dem_diagnose(answers->diagnostics, DEM_DIAG_WRONG_SHAPE, list->place,
                   "'%.*s' takes one answer, not %zu", (int)field.size, field.bytes, list->count);
  dem_diagnose_label(answers->diagnostics, "several profiles in one file can take one each");
  dem_diagnose_field(answers->diagnostics, field);
  return status;
}

// Fields ------------------------------------------------------------------------------

/// Whether answers stand under a key, instead of at the top.
static bool holds_answers(const dem_answers *answers, const dem_node *node)
{
  for (size_t i = 0; node->kind == DEM_NODE_MAPPING && i < node->count; ++i) {
    if (find_question(answers, node->entries[i].key) != DEM_NONE) {
      return true;
    }
  }
  return false;
}

static void suggest_field(dem_answers *answers, const dem_entry *entry)
{
  dem_buffer lower;
  dem_buffer_init(&lower, answers->allocator);
  dem_unicode_lower(entry->key, &lower);
  dem_slice nearest = {0};
  for (uint32_t i = 0; i < model_of(answers)->question_count && !nearest.size; ++i) {
    const dem_slice name = name_of(answers, i);
    nearest = dem_nearest(dem_buffer_slice(&lower), &name, 1);
  }
  dem_buffer_clear(&lower);
  if (nearest.size) {
    dem_diagnose_label(answers->diagnostics, "did you mean '%.*s'?", (int)nearest.size,
                       nearest.bytes);
  } else if (dem_slice_is(entry->key, "date")) {
    dem_diagnose_label(answers->diagnostics, "the day that advice is for is given with --date");
  } else if (holds_answers(answers, entry->value)) {
    dem_diagnose_label(answers->diagnostics, "write what stands in it without it, at the top");
  }
}

DEM_COLD dem_status dem_mistake_field(dem_answers *answers, const dem_entry *entry, bool is_first)
{
  const dem_status status =
      dem_diagnose(answers->diagnostics, DEM_DIAG_UNKNOWN_QUESTION, entry->key_place,
                   "no question is called '%.*s'", (int)entry->key.size, entry->key.bytes);
  dem_diagnose_field(answers->diagnostics, entry->key);
  suggest_field(answers, entry);
  if (!is_first) {
    return status;
  }
  if (entry->key_place.column == 0) {
    dem_diagnose_note(answers->diagnostics, "the first row of a table names the questions");
  }
  dem_buffer list;
  dem_buffer_init(&list, answers->allocator);
  for (uint32_t i = 0; i < model_of(answers)->question_count; ++i) {
    dem_buffer_add_text(&list, i ? ", " : "");
    dem_buffer_add(&list, name_of(answers, i));
  }
  dem_diagnose_note(answers->diagnostics, "the questions are: %.*s", (int)list.size,
                    list.bytes ? list.bytes : "");
  dem_buffer_clear(&list);
  return status;
}

// Documents ---------------------------------------------------------------------------

DEM_COLD dem_status dem_mistake_document(dem_answers *answers, const dem_node *document)
{
  const bool is_nothing = dem_node_is_null(document);
  const dem_status status = dem_diagnose(
      answers->diagnostics, is_nothing ? DEM_DIAG_EMPTY_DOCUMENT : DEM_DIAG_WRONG_SHAPE,
      document->place, "a profile is a mapping from questions to answers, not %s",
      dem_node_describe(document));
  if (document->kind == DEM_NODE_SEQUENCE) {
    dem_diagnose_label(answers->diagnostics,
                       "in YAML, '---' on a line of its own stands between several profiles");
  } else if (!is_nothing && document->style == DEM_SCALAR_PLAIN) {
    dem_diagnose_label(answers->diagnostics, "a ':' and a space stand behind each question");
  }
  return status;
}

/// Keys by which files are told that are no profiles, unless the pack has a question of that name.
static const struct {
  const char *key;
  const char *what;
  const char *help;
} other_files[] = {
    {"demarche", "an advice", "'demarche verify' runs the answers of an advice again"},
    {"rules", "a file of rules", "'demarche check DIR' checks the pack that it belongs to"},
    {"facts", "a file of facts", "'demarche check DIR' checks the pack that it belongs to"},
    {"relations", "the schema of a pack", "'demarche check DIR' checks the pack"},
    {"sources", "a file of sources", "'demarche check DIR' checks the pack that it belongs to"},
    {"tests", "a file of tests", "'demarche test DIR' runs the tests of a pack"},
};

DEM_COLD bool dem_mistake_is_other_file(dem_answers *answers, const dem_node *mapping)
{
  for (size_t i = 0; i < sizeof other_files / sizeof *other_files; ++i) {
    const dem_slice key = dem_slice_of(other_files[i].key);
    const dem_entry *const entry = dem_node_find_entry(mapping, key);
    if (entry && find_question(answers, key) == DEM_NONE) {
      (void)dem_diagnose(answers->diagnostics, DEM_DIAG_WRONG_SHAPE, entry->key_place,
                         "this is %s, not a profile", other_files[i].what);
      dem_diagnose_note(answers->diagnostics, "%s", other_files[i].help);
      return true;
    }
  }
  return false;
}

DEM_COLD dem_status dem_mistake_missing(const dem_answers *answers, uint32_t question)
{
  const dem_question *const q = question_of(answers, question);
  const dem_slice field = name_of(answers, question);
  dem_place place = answers->place;
  place.length = 1; // Its beginning: what is missing is nowhere.
  const dem_status status = dem_diagnose(
      answers->diagnostics, DEM_DIAG_MISSING_ANSWER, place, "'%.*s' needs an answer: %.*s",
      (int)field.size, field.bytes, (int)q->ask.size, q->ask.bytes ? q->ask.bytes : "");
  dem_diagnose_field(answers->diagnostics, field);
  dem_diagnose_note(answers->diagnostics, "write '%.*s: …' into the profile", (int)field.size,
                    field.bytes);
  return status;
}
