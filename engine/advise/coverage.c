// SPDX-License-Identifier: Apache-2.0

// How much of a pack its tests reach.
//
// Rules and conditions are asked for, by probes of the facts that a run left behind: so it does not
// matter by which of several rules a fact was derived first. Facts and sources are found by
// following proofs and citations. What was seen once is not looked for again.

#include "advise/coverage.h"

#include <stdlib.h>

#include "advise/account.h"
#include "base/try.h"
#include "infer/probe.h"

/// What is known of one program, which compiles the model for one date.
typedef struct seen_program {
  const dem_program *program;
  dem_table seen; ///< relation, row: pack facts whose proofs were followed.
} seen_program;

// What there is to reach --------------------------------------------------------------------

static dem_status list_conditions(dem_coverage_tracker *t, uint32_t rule,
                                  const dem_conditions *conditions)
{
  // Recursion is as deep as choices are nested, which the reader bounds.
  for (uint32_t i = 0; i < conditions->count; ++i) {
    const dem_condition *const c = &conditions->items[i];
    if (c->kind == DEM_CONDITION_ANY) {
      for (uint32_t j = 0; j < c->any.count; ++j) {
        DEM_TRY(list_conditions(t, rule, &c->any.branches[j]));
      }
    } else if (c->kind != DEM_CONDITION_LET) {
      const dem_seen_condition seen = {.condition = c, .rule = rule};
      if (!dem_vector_add(&t->conditions, &seen)) {
        return DEM_ERR_NO_MEMORY;
      }
    }
  }
  return DEM_OK;
}

static dem_status list_rules(dem_coverage_tracker *t)
{
  const uint32_t count = t->model->rule_count;
  t->has_fired = DEM_ARENA_ARRAY(&t->arena, bool, count);
  t->rule_begin = DEM_ARENA_ARRAY(&t->arena, uint32_t, (size_t)count + 1);
  DEM_TRY_MEMORY(t->has_fired);
  DEM_TRY_MEMORY(t->rule_begin);
  for (uint32_t i = 0; i < count; ++i) {
    t->rule_begin[i] = (uint32_t)t->conditions.count;
    if (!t->model->rules[i].is_hidden) {
      DEM_TRY(list_conditions(t, i, &t->model->rules[i].when));
    }
  }
  t->rule_begin[count] = (uint32_t)t->conditions.count;
  return DEM_OK;
}

static dem_status note_read(void *context, uint32_t relation, bool is_negative, dem_place place)
{
  (void)is_negative;
  (void)place;
  ((dem_coverage_tracker *)context)->facts[relation].is_read = true;
  return DEM_OK;
}

static dem_status list_facts(dem_coverage_tracker *t, uint32_t relation)
{
  dem_seen_facts *const seen = &t->facts[relation];
  const dem_given_facts *const given = &t->model->facts[relation];
  const uint32_t width = t->model->relations[relation].field_count;
  seen->reached = DEM_ARENA_ARRAY(&t->arena, bool, given->givens.count);
  seen->given = DEM_ARENA_ARRAY(&t->arena, uint32_t, given->givens.count);
  DEM_TRY_MEMORY(seen->reached);
  DEM_TRY_MEMORY(seen->given);
  for (size_t i = 0; i < given->givens.count; ++i) {
    bool is_new = false;
    const dem_word *const words = given->words.items;
    const uint32_t row = dem_table_put(&seen->rows, words + i * width, &is_new);
    if (row == DEM_NONE) {
      return DEM_ERR_NO_MEMORY;
    }
    if (is_new) {
      seen->given[row] = DEM_VECTOR_AT(&given->givens, uint32_t, i);
    }
  }
  return DEM_OK;
}

static dem_status list_all_facts(dem_coverage_tracker *t)
{
  t->facts = DEM_ARENA_ARRAY(&t->arena, dem_seen_facts, t->model->relation_count);
  DEM_TRY_MEMORY(t->facts);
  for (uint32_t i = 0; i < t->model->relation_count; ++i) {
    const uint32_t width = t->model->relations[i].field_count;
    DEM_TRY(dem_table_init(&t->facts[i].rows, t->allocator, width, false, NULL, 0));
  }
  for (uint32_t i = 0; i < t->model->rule_count; ++i) {
    if (!t->model->rules[i].is_hidden) {
      DEM_TRY(dem_conditions_visit(&t->model->rules[i].when, false, note_read, t));
    }
  }
  for (uint32_t i = 0; i < t->model->relation_count; ++i) {
    if (t->facts[i].is_read) {
      DEM_TRY(list_facts(t, i));
    }
  }
  return DEM_OK;
}

static dem_status list_sources(dem_coverage_tracker *t)
{
  t->section_reached = DEM_ARENA_ARRAY(&t->arena, bool *, t->model->source_count);
  DEM_TRY_MEMORY(t->section_reached);
  for (uint32_t i = 0; i < t->model->source_count; ++i) {
    t->section_reached[i] =
        DEM_ARENA_ARRAY(&t->arena, bool, (size_t)t->model->sources[i].section_count + 1);
    DEM_TRY_MEMORY(t->section_reached[i]);
  }
  return DEM_OK;
}

dem_status dem_coverage_init(dem_coverage_tracker *t, dem_allocator allocator,
                             const dem_model *model)
{
  *t = (dem_coverage_tracker){.allocator = allocator, .model = model};
  dem_arena_init(&t->arena, allocator);
  dem_vector_init(&t->conditions, allocator, sizeof(dem_seen_condition));
  dem_vector_init(&t->programs, allocator, sizeof(seen_program));
  dem_vector_init(&t->todo, allocator, sizeof(dem_fact));
  dem_vector_init(&t->support, allocator, sizeof(dem_fact));
  dem_vector_init(&t->barred, allocator, sizeof(dem_fact));
  (void)dem_table_init(&t->seen, allocator, 2, false, NULL, 0);
  DEM_TRY(list_rules(t));
  DEM_TRY(list_all_facts(t));
  return list_sources(t);
}

void dem_coverage_clear(dem_coverage_tracker *t)
{
  if (!t->model) {
    return; // Never begun.
  }
  for (size_t i = 0; i < t->programs.count; ++i) {
    dem_table_clear(&DEM_VECTOR_AT(&t->programs, seen_program, i).seen);
  }
  for (uint32_t i = 0; t->facts && i < t->model->relation_count; ++i) {
    dem_table_clear(&t->facts[i].rows);
  }
  dem_table_clear(&t->seen);
  dem_vector_clear(&t->barred);
  dem_vector_clear(&t->support);
  dem_vector_clear(&t->todo);
  dem_vector_clear(&t->programs);
  dem_vector_clear(&t->conditions);
  dem_arena_clear(&t->arena);
}

// Rules and conditions ------------------------------------------------------------------------

static dem_seen_condition *find_condition(dem_coverage_tracker *t, uint32_t rule,
                                          const dem_condition *condition)
{
  for (uint32_t i = t->rule_begin[rule]; i < t->rule_begin[rule + 1]; ++i) {
    dem_seen_condition *const seen = &DEM_VECTOR_AT(&t->conditions, dem_seen_condition, i);
    if (seen->condition == condition) {
      return seen;
    }
  }
  return NULL; // A `let`.
}

static void add_probed(dem_coverage_tracker *t, const dem_plan *plan)
{
  for (uint32_t i = 0; i < plan->probed_count; ++i) {
    const dem_probed_condition *const probed = &plan->probed[i];
    dem_seen_condition *const seen = find_condition(t, probed->rule, probed->condition);
    if (seen) {
      seen->is_known = true;
      seen->can_fail = seen->can_fail || probed->can_fail;
    }
  }
}

static seen_program *find_program(dem_coverage_tracker *t, const dem_program *program)
{
  for (size_t i = 0; i < t->programs.count; ++i) {
    seen_program *const seen = &DEM_VECTOR_AT(&t->programs, seen_program, i);
    if (seen->program == program) {
      return seen;
    }
  }
  seen_program added = {.program = program};
  (void)dem_table_init(&added.seen, t->allocator, 2, false, NULL, 0);
  if (!dem_vector_add(&t->programs, &added)) {
    return NULL;
  }
  add_probed(t, dem_program_plan(program));
  return &DEM_VECTOR_AT(&t->programs, seen_program, t->programs.count - 1);
}

/// Whether some condition of a body was not seen to hold yet.
static bool misses_some(dem_coverage_tracker *t, const dem_body *body)
{
  bool misses = !t->has_fired[body->rule];
  for (uint32_t i = 0; i < body->pattern_count && !misses; ++i) {
    misses = !find_condition(t, body->rule, body->patterns[i])->has_held;
  }
  for (uint32_t i = 0; i < body->other_count && !misses; ++i) {
    const dem_seen_condition *const seen = find_condition(t, body->rule, body->others[i]);
    misses = seen && !seen->has_held;
  }
  return misses;
}

static void note_match(dem_coverage_tracker *t, const dem_body *body)
{
  t->has_fired[body->rule] = true;
  for (uint32_t i = 0; i < body->pattern_count; ++i) {
    find_condition(t, body->rule, body->patterns[i])->has_held = true;
  }
  for (uint32_t i = 0; i < body->other_count; ++i) {
    dem_seen_condition *const seen = find_condition(t, body->rule, body->others[i]);
    if (seen) {
      seen->has_held = true;
    }
  }
}

static void run_probe(dem_coverage_tracker *t, const dem_plan *plan, const dem_probe *probe,
                      dem_facts *facts)
{
  const dem_body *const body = &plan->bodies[probe->body];
  if (probe->kind == DEM_PROBE_MATCH) {
    if (misses_some(t, body) && dem_probe_run(facts, probe) == DEM_PROBE_YES) {
      note_match(t, body);
    }
    return;
  }
  dem_seen_condition *const seen = find_condition(t, body->rule, probe->condition);
  if (seen && !seen->has_failed) {
    const dem_probe_verdict verdict = dem_probe_run(facts, probe);
    seen->has_failed = verdict == DEM_PROBE_YES;
    seen->is_given_up = seen->is_given_up || verdict == DEM_PROBE_GIVEN_UP;
  }
}

// Facts -----------------------------------------------------------------------------------------

static dem_status push(dem_coverage_tracker *t, seen_program *program, dem_fact fact)
{
  const dem_word name[] = {fact.relation, fact.row};
  dem_table *const seen = fact.row & DEM_SESSION_ROW ? &t->seen : &program->seen;
  bool is_new = false;
  if (dem_table_put(seen, name, &is_new) == DEM_NONE) {
    return DEM_ERR_NO_MEMORY;
  }
  return !is_new || dem_vector_add(&t->todo, &fact) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static void note_given(dem_coverage_tracker *t, const dem_facts *facts, dem_fact fact)
{
  dem_seen_facts *const seen = &t->facts[fact.relation];
  const uint32_t row =
      seen->is_read ? dem_table_find(&seen->rows, dem_facts_row(facts, fact)) : DEM_NONE;
  if (row != DEM_NONE) {
    seen->reached[row] = true;
  }
}

static dem_status follow(dem_coverage_tracker *t, seen_program *program, dem_facts *facts)
{
  while (t->todo.count > 0) {
    const dem_fact fact = DEM_VECTOR_AT(&t->todo, dem_fact, --t->todo.count);
    if (dem_facts_justify(facts, fact).rule == DEM_NONE) {
      note_given(t, facts, fact);
      continue;
    }
    dem_vector_reset(&t->support);
    DEM_TRY(dem_program_support(program->program, facts, fact, &t->support));
    for (size_t i = 0; i < t->support.count; ++i) {
      DEM_TRY(push(t, program, DEM_VECTOR_AT(&t->support, dem_fact, i)));
    }
  }
  return DEM_OK;
}

/// Whether conditions name a relation.
typedef struct named_relation {
  uint32_t relation;
  bool is_found;
} named_relation;

static dem_status note_name(void *context, uint32_t relation, bool is_negative, dem_place place)
{
  (void)is_negative;
  (void)place;
  named_relation *const named = context;
  named->is_found = named->is_found || named->relation == relation;
  return DEM_OK;
}

/// What kept a rule from firing, by a `not` that alone decided, was of consequence.
static dem_status push_barring(dem_coverage_tracker *t, seen_program *program,
                               const dem_probe *probe, dem_facts *facts)
{
  dem_vector_reset(&t->barred);
  DEM_TRY(dem_probe_collect(facts, probe, &t->barred));
  for (size_t i = 0; i < t->barred.count; ++i) {
    const dem_fact fact = DEM_VECTOR_AT(&t->barred, dem_fact, i);
    named_relation named = {fact.relation, false};
    (void)dem_conditions_visit(&probe->condition->negated, true, note_name, &named);
    if (named.is_found) {
      DEM_TRY(push(t, program, fact));
    }
  }
  return DEM_OK;
}

/// What a shown fact names is told by its label: its row is of consequence.
static dem_status push_named(dem_coverage_tracker *t, seen_program *program, const dem_names *names,
                             const dem_facts *facts, dem_fact fact)
{
  const dem_relation *const r = &t->model->relations[fact.relation];
  for (uint32_t i = 0; r->shows_as != DEM_SHOWS_NOTHING && i < r->field_count; ++i) {
    const dem_type *const type = &r->fields[i].type;
    const dem_word word = dem_facts_row(facts, fact)[i];
    if (type->kind != DEM_TYPE_REFERENCE || word == DEM_ABSENT) {
      continue;
    }
    const dem_fact named = dem_names_row(names, type->relation, word);
    if (!dem_fact_is_none(named)) {
      DEM_TRY(push(t, program, named));
    }
  }
  return DEM_OK;
}

/// Follow the proofs of all that the session derived, and of what kept it from deriving more.
static dem_status note_facts(dem_coverage_tracker *t, seen_program *program, const dem_names *names,
                             dem_facts *facts)
{
  const dem_plan *const plan = dem_program_plan(program->program);
  dem_table_reset(&t->seen);
  for (uint32_t i = 0; i < plan->probe_count; ++i) {
    const dem_probe *const probe = &plan->probes[i];
    if (probe->kind == DEM_PROBE_FAIL && probe->condition->kind == DEM_CONDITION_NOT) {
      DEM_TRY(push_barring(t, program, probe, facts));
    }
  }
  for (uint32_t i = 0; i < t->model->relation_count; ++i) {
    const uint32_t count = dem_facts_count(facts, i);
    for (uint32_t j = dem_facts_pack_count(facts, i); j < count; ++j) {
      const dem_fact fact = dem_facts_at(facts, i, j);
      if (dem_facts_justify(facts, fact).rule != DEM_NONE) {
        DEM_TRY(push(t, program, fact));
        DEM_TRY(push_named(t, program, names, facts, fact));
      }
    }
  }
  return follow(t, program, facts);
}

// Sources -----------------------------------------------------------------------------------------

/// "emm-igos/examples"
static void note_source(dem_coverage_tracker *t, const char *id)
{
  for (uint32_t i = 0; i < t->model->source_count; ++i) {
    const dem_source *const s = &t->model->sources[i];
    const dem_slice name = dem_symbols_text(t->model->symbols, s->id);
    if (strncmp(id, name.bytes, name.size) != 0) {
      continue;
    }
    if (id[name.size] == '\0') {
      t->section_reached[i][0] = true;
    }
    for (uint32_t j = 0; id[name.size] == '/' && j < s->section_count; ++j) {
      const dem_slice section = dem_symbols_text(t->model->symbols, s->sections[j].id);
      if (dem_slice_is(section, id + name.size + 1)) {
        t->section_reached[i][j + 1] = true;
      }
    }
  }
}

dem_status dem_coverage_note(dem_coverage_tracker *t, const dem_program *program,
                             const dem_names *names, dem_facts *facts, const dem_advice *advice)
{
  seen_program *const seen = find_program(t, program);
  DEM_TRY_MEMORY(seen);
  const dem_plan *const plan = dem_program_plan(program);
  for (uint32_t i = 0; i < plan->probe_count; ++i) {
    run_probe(t, plan, &plan->probes[i], facts);
  }
  for (size_t i = 0; i < advice->source_count; ++i) {
    note_source(t, advice->sources[i].id);
  }
  return note_facts(t, seen, names, facts);
}

// Summing up
// ----------------------------------------------------------------------------------------

typedef struct summary {
  const dem_coverage_tracker *t;
  dem_files *files;
  dem_arena *arena;
  dem_buffer text;
  dem_vector items; ///< sorted_item, of the part that is being summed up.
} summary;

/// An item with its place, to sort by.
typedef struct sorted_item {
  dem_coverage_item item;
  dem_place place;
  const dem_files *files;
} sorted_item;

static int compare_items(const void *left, const void *right)
{
  const sorted_item *const a = left;
  const sorted_item *const b = right;
  const int order = dem_place_compare(a->files, a->place, b->place);
  return order ? order : strcmp(a->item.what, b->item.what);
}

static const char *text_of(const summary *s, dem_symbol symbol)
{
  const dem_slice text = dem_symbols_text(s->t->model->symbols, symbol);
  return text.bytes ? text.bytes : "";
}

/// Add an item whose `what` is the text put together so far.
static dem_status add_item(summary *s, dem_place place, const char *group, const char *note)
{
  sorted_item one = {.place = place, .files = s->files};
  one.item.what = s->text.has_failed ? NULL : dem_arena_copy(s->arena, dem_buffer_slice(&s->text));
  one.item.group = group;
  one.item.note = note;
  one.item.file = dem_place_is_none(place) ? "" : dem_files_name(s->files, place.file).bytes;
  one.item.line = dem_place_is_none(place) ? 0 : place.line;
  dem_buffer_reset(&s->text);
  DEM_TRY_MEMORY(one.item.what);
  return dem_vector_add(&s->items, &one) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static dem_status finish_part(summary *s, const char *name, size_t total, dem_coverage_part *part)
{
  const size_t count = s->items.count;
  dem_coverage_item *const items = DEM_ARENA_ARRAY(s->arena, dem_coverage_item, count);
  DEM_TRY_MEMORY(items);
  if (count) {
    qsort(s->items.items, count, sizeof(sorted_item), compare_items);
  }
  for (size_t i = 0; i < count; ++i) {
    items[i] = DEM_VECTOR_AT(&s->items, sorted_item, i).item;
  }
  *part = (dem_coverage_part){name, total, count, items};
  dem_vector_reset(&s->items);
  return DEM_OK;
}

static dem_status sum_rules(summary *s, dem_coverage_part *part)
{
  size_t total = 0;
  for (uint32_t i = 0; i < s->t->model->rule_count; ++i) {
    const dem_rule *const rule = &s->t->model->rules[i];
    total += !rule->is_hidden;
    if (!rule->is_hidden && !s->t->has_fired[i]) {
      dem_buffer_add_text(&s->text, text_of(s, rule->id));
      DEM_TRY(add_item(s, rule->place, "", ""));
    }
  }
  return finish_part(s, "rules", total, part);
}

enum { MOST_SHOWN = 72 }; // Bytes of a condition's line.

static bool continues(char byte)
{
  return ((unsigned char)byte & 0xC0) == 0x80;
}

/// A line from a column on, without blanks around it.
static dem_slice line_from(const summary *s, dem_place place, uint32_t line, uint32_t column)
{
  dem_slice text = dem_files_line(s->files, place.file, line);
  for (uint32_t i = 1; i < column && text.size > 0; ++i) {
    do {
      text = (dem_slice){text.bytes + 1, text.size - 1};
    } while (text.size > 0 && continues(text.bytes[0]));
  }
  while (text.size > 0 && text.bytes[0] == ' ') {
    text = (dem_slice){text.bytes + 1, text.size - 1};
  }
  while (text.size > 0 && text.bytes[text.size - 1] == ' ') {
    --text.size;
  }
  return text;
}

/// What stands before the bracket that closes something opened before the text.
static dem_slice inner_part(dem_slice text)
{
  int depth = 0;
  for (size_t i = 0; i < text.size; ++i) {
    const char byte = text.bytes[i];
    depth += byte == '{' || byte == '[';
    depth -= byte == '}' || byte == ']';
    if (depth < 0) {
      return (dem_slice){text.bytes, i};
    }
  }
  return text;
}

static void add_cut(summary *s, dem_slice whole)
{
  const dem_slice text = inner_part(whole);
  size_t shown = text.size;
  if (shown > MOST_SHOWN) {
    shown = MOST_SHOWN;
    while (shown > 0 && continues(text.bytes[shown])) {
      --shown;
    }
  }
  dem_buffer_add(&s->text, (dem_slice){text.bytes, shown});
  dem_buffer_add_text(&s->text, shown < text.size ? "…" : "");
}

/// The condition as it stands in its line; where that only opens it (`not:`), with the next one.
static void add_condition_text(summary *s, const dem_condition *c)
{
  const dem_slice first = line_from(s, c->place, c->place.line, c->place.column);
  if (c->kind == DEM_CONDITION_WHERE) {
    dem_buffer_add_text(&s->text, "where: "); // Its place is the expression's.
  }
  add_cut(s, first);
  if (first.size > 0 && first.bytes[first.size - 1] == ':') {
    dem_buffer_add_char(&s->text, ' ');
    add_cut(s, line_from(s, c->place, c->place.line + 1, 1));
  }
}

static const char *describe(const dem_seen_condition *seen)
{
  if (!seen->has_held) {
    return seen->can_fail && !seen->has_failed ? "never held, never failed" : "never held";
  }
  return seen->is_given_up ? "not seen to fail (too many combinations to tell)" : "never failed";
}

static dem_status sum_conditions(summary *s, dem_coverage_part *part)
{
  size_t total = 0;
  for (size_t i = 0; i < s->t->conditions.count; ++i) {
    const dem_seen_condition *const seen = &DEM_VECTOR_AT(&s->t->conditions, dem_seen_condition, i);
    ++total;
    if (!seen->has_held || (seen->can_fail && !seen->has_failed)) {
      add_condition_text(s, seen->condition);
      DEM_TRY(add_item(s, seen->condition->place, text_of(s, s->t->model->rules[seen->rule].id),
                       describe(seen)));
    }
  }
  return finish_part(s, "conditions", total, part);
}

static dem_status sum_facts(summary *s, dem_coverage_part *part)
{
  const dem_model *const model = s->t->model;
  size_t total = 0;
  for (uint32_t i = 0; i < model->relation_count; ++i) {
    const dem_seen_facts *const seen = &s->t->facts[i];
    total += seen->rows.count;
    for (uint32_t j = 0; j < seen->rows.count; ++j) {
      if (!seen->reached[j]) {
        const dem_given *const given = &DEM_VECTOR_AT(&model->givens, dem_given, seen->given[j]);
        dem_account_row(model, model->symbols, i, dem_table_row(&seen->rows, j), &s->text);
        DEM_TRY(add_item(s, given->place, text_of(s, model->relations[i].name), ""));
      }
    }
  }
  return finish_part(s, "facts", total, part);
}

/// A source that has sections is reached section by section; one without, as a whole.
static dem_status sum_sources(summary *s, dem_coverage_part *part)
{
  size_t total = 0;
  for (uint32_t i = 0; i < s->t->model->source_count; ++i) {
    const dem_source *const source = &s->t->model->sources[i];
    const uint32_t first = source->section_count > 0 ? 1 : 0;
    for (uint32_t j = first; j <= source->section_count; ++j) {
      ++total;
      if (s->t->section_reached[i][j]) {
        continue;
      }
      dem_buffer_add_text(&s->text, text_of(s, source->id));
      if (j > 0) {
        dem_buffer_add_format(&s->text, "/%s", text_of(s, source->sections[j - 1].id));
      }
      DEM_TRY(add_item(s, source->place, text_of(s, source->id), ""));
    }
  }
  return finish_part(s, "sources", total, part);
}

static unsigned percent_of(const dem_coverage *c)
{
  const size_t total = c->parts[0].total + c->parts[1].total;
  const size_t missed = c->parts[0].missed_count + c->parts[1].missed_count;
  return total > 0 ? (unsigned)((total - missed) * 100 / total) : 100;
}

dem_status dem_coverage_finish(const dem_coverage_tracker *tracker, dem_files *files,
                               dem_arena *arena, const dem_coverage **coverage_out)
{
  summary s = {.t = tracker, .files = files, .arena = arena};
  dem_coverage *const coverage = DEM_ARENA_NEW(arena, dem_coverage);
  DEM_TRY_MEMORY(coverage);
  dem_buffer_init(&s.text, tracker->allocator);
  dem_vector_init(&s.items, tracker->allocator, sizeof(sorted_item));
  dem_status status = sum_rules(&s, &coverage->parts[0]);
  status = status == DEM_OK ? sum_conditions(&s, &coverage->parts[1]) : status;
  status = status == DEM_OK ? sum_facts(&s, &coverage->parts[2]) : status;
  status = status == DEM_OK ? sum_sources(&s, &coverage->parts[3]) : status;
  coverage->percent = percent_of(coverage);
  dem_vector_clear(&s.items);
  dem_buffer_clear(&s.text);
  *coverage_out = coverage;
  return status;
}
