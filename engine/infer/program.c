// SPDX-License-Identifier: Apache-2.0

// Compiles a model for one date: given facts in force in canonical order, the kb's fixpoint, the
// indexes that sessions need.
//
// Canonical order (rows by value, strings by bytes) makes everything after it independent of the
// order of files and facts.

#include "infer/program.h"

#include <stdlib.h>
#include <string.h>

#include "base/try.h"
#include "infer/fixpoint.h"
#include "infer/kb_facts.h"
#include "plan/probe.h"

struct dem_program {
  dem_allocator allocator;
  const dem_model *model;
  dem_symbols *symbols; ///< On the model's: strings that the kb's rules make.
  dem_plan plan;
  dem_arena arena;    ///< Widths, shapes, what the base needs beside tables.
  dem_base empty;     ///< What the kb's evaluation stands on.
  dem_base base;      ///< What sessions stand on.
  uint32_t *widths;   ///< By relation.
  uint64_t **columns; ///< By relation: the session phase's indexes.
  uint32_t *index_counts;
  bool has_probes; ///< Sessions may be asked which conditions held and failed.
};

// Setting up ------------------------------------------------------------------------------

static dem_status init_base(dem_program *p, dem_base *base)
{
  const uint32_t count = p->model->relation_count;
  base->relation_count = count;
  base->tables = DEM_ARENA_ARRAY(&p->arena, dem_table, count);
  base->given_begin = DEM_ARENA_ARRAY(&p->arena, uint32_t *, count);
  base->given_list = DEM_ARENA_ARRAY(&p->arena, uint32_t *, count);
  base->given_rows = DEM_ARENA_ARRAY(&p->arena, uint32_t, count);
  base->idle_count = DEM_ARENA_ARRAY(&p->arena, uint32_t, count);
  base->idle_list = DEM_ARENA_ARRAY(&p->arena, uint32_t *, count);
  if (!base->tables || !base->given_begin || !base->given_list || !base->given_rows ||
      !base->idle_count || !base->idle_list) {
    return DEM_ERR_NO_MEMORY;
  }
  for (uint32_t i = 0; i < count; ++i) {
    base->tables[i] = (dem_table){.allocator = p->allocator, .width = p->widths[i]};
  }
  return DEM_OK;
}

static dem_status fill_widths(dem_program *p)
{
  const uint32_t count = p->model->relation_count;
  p->widths = DEM_ARENA_ARRAY(&p->arena, uint32_t, count);
  p->columns = DEM_ARENA_ARRAY(&p->arena, uint64_t *, count);
  p->index_counts = DEM_ARENA_ARRAY(&p->arena, uint32_t, count);
  if (!p->widths || !p->columns || !p->index_counts) {
    return DEM_ERR_NO_MEMORY;
  }
  for (uint32_t i = 0; i < count; ++i) {
    p->widths[i] = p->model->relations[i].field_count;
  }
  return DEM_OK;
}

static void take_indexes(dem_program *p, const dem_phase *phase)
{
  for (uint32_t i = 0; i < p->model->relation_count; ++i) {
    p->columns[i] = phase->indexes[i].columns;
    p->index_counts[i] = phase->indexes[i].count;
  }
}

static dem_status fill_shapes(dem_program *p)
{
  dem_body_shape *const shapes = DEM_ARENA_ARRAY(&p->arena, dem_body_shape, p->plan.body_count);
  DEM_TRY_MEMORY(shapes);
  for (uint32_t i = 0; i < p->plan.body_count; ++i) {
    const dem_body *const body = &p->plan.bodies[i];
    uint32_t *const relations = DEM_ARENA_ARRAY(&p->arena, uint32_t, body->pattern_count);
    DEM_TRY_MEMORY(relations);
    for (uint32_t j = 0; j < body->pattern_count; ++j) {
      relations[j] = body->patterns[j]->pattern.relation;
    }
    shapes[i] = (dem_body_shape){body->rule, body->pattern_count, relations};
  }
  p->empty.shapes = p->base.shapes = shapes;
  return DEM_OK;
}

// The kb's own evaluation -------------------------------------------------------------------

enum { SAMPLE_SIZE = 2048 };

/// Counts the values of columns.
typedef struct counter {
  const dem_model *model;
  dem_arena arena;
  dem_table distinct; ///< Of a column of numbers.
  uint32_t *seen;     ///< By symbol, and one for none: the column in which it was seen last.
  uint32_t none;
  uint32_t column; ///< The columns so far.
} counter;

static dem_status init_counter(counter *c, const dem_program *p)
{
  *c = (counter){.model = p->model, .none = dem_symbols_count(p->symbols)};
  dem_arena_init(&c->arena, p->allocator);
  DEM_TRY(dem_table_init(&c->distinct, p->allocator, 1, false, NULL, 0));
  c->seen = DEM_ARENA_ARRAY(&c->arena, uint32_t, (size_t)c->none + 1);
  return c->seen ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static void clear_counter(counter *c)
{
  dem_table_clear(&c->distinct);
  dem_arena_clear(&c->arena);
}

/// Note a value of the column at hand, and count it if it is new.
static dem_status count_value(counter *c, dem_storage storage, dem_word word, uint32_t *count)
{
  if (storage == DEM_STORAGE_STRING) {
    uint32_t *const seen = &c->seen[word == DEM_ABSENT ? c->none : dem_word_symbol(word).index];
    *count += *seen != c->column;
    *seen = c->column;
    return DEM_OK;
  }
  bool is_new;
  if (dem_table_put(&c->distinct, &word, &is_new) == DEM_NONE) {
    return DEM_ERR_NO_MEMORY;
  }
  *count += is_new;
  return DEM_OK;
}

/// How many values a column has, by a sample: values that hardly repeat in it go on not repeating.
static dem_status measure_column(counter *c, const dem_table *table, dem_storage storage,
                                 uint32_t column, double *distinct_out)
{
  const uint32_t stride = table->count / SAMPLE_SIZE + 1;
  const uint32_t sampled = (table->count + stride - 1) / stride;
  uint32_t count = 0;
  dem_table_reset(&c->distinct);
  ++c->column;
  for (uint32_t row = 0; row < table->count; row += stride) {
    DEM_TRY(count_value(c, storage, dem_table_row(table, row)[column], &count));
  }
  const bool is_many = count * 2 > sampled;
  *distinct_out = is_many ? (double)count * stride : count;
  return DEM_OK;
}

static dem_status measure_columns(counter *c, const dem_table *table, uint32_t relation,
                                  dem_relation_size *size)
{
  const dem_field *const fields = c->model->relations[relation].fields;
  *size = (dem_relation_size){.rows = table->count};
  for (uint32_t column = 0; column < table->width; ++column) {
    DEM_TRY(measure_column(c, table, fields[column].type.storage, column, &size->distinct[column]));
  }
  return DEM_OK;
}

/// Bring sizes up to date: a table with as many rows as when it was measured has not changed.
static dem_status measure_all(dem_program *p, const dem_table *tables, dem_relation_size *sizes)
{
  counter c;
  dem_status status = init_counter(&c, p);
  for (uint32_t i = 0; i < p->model->relation_count && status == DEM_OK; ++i) {
    if (tables[i].count > sizes[i].rows) {
      status = measure_columns(&c, &tables[i], i, &sizes[i]);
    }
  }
  clear_counter(&c);
  return status;
}

static dem_status run_kb(dem_program *p, dem_facts *facts, const dem_limits *limits,
                         dem_diagnostics *diagnostics)
{
  dem_worker worker;
  DEM_TRY(dem_worker_init(&worker, p->allocator, &p->plan, &p->plan.kb, facts, p->symbols));
  const dem_status status = dem_fixpoint_run(&worker, limits, diagnostics);
  dem_worker_clear(&worker);
  return status;
}

/// The kb's tables become the base; its facts object is left without any.
static void seal(dem_program *p, dem_facts *facts)
{
  for (uint32_t i = 0; i < p->model->relation_count; ++i) {
    p->base.tables[i] = facts->tables[i];
    facts->tables[i] = (dem_table){.allocator = p->allocator, .width = p->widths[i]};
    dem_table_complete(&p->base.tables[i]);
  }
}

static dem_status build_indexes(dem_program *p)
{
  for (uint32_t i = 0; i < p->model->relation_count; ++i) {
    dem_table *const table = &p->base.tables[i];
    DEM_TRY(dem_table_set_indexes(table, p->columns[i], p->index_counts[i]));
    for (uint32_t j = 0; j < table->index_count; ++j) {
      DEM_TRY(dem_index_sync(table, &table->indexes[j]));
    }
  }
  return DEM_OK;
}

/// @param sizes  Those of the given facts; brought up to date.
static dem_status compile_on(dem_program *p, dem_facts *facts, dem_relation_size *sizes,
                             const dem_limits *limits, dem_diagnostics *diagnostics)
{
  DEM_TRY(run_kb(p, facts, limits, diagnostics));
  seal(p, facts);
  DEM_TRY(measure_all(p, p->base.tables, sizes));
  DEM_TRY(dem_plan_sessions(&p->plan, sizes, diagnostics));
  if (p->has_probes) {
    DEM_TRY(dem_plan_probes(&p->plan, sizes, diagnostics));
  }
  take_indexes(p, &p->plan.session);
  return build_indexes(p);
}

static dem_status compile(dem_program *p, int64_t date, const dem_limits *limits,
                          dem_diagnostics *diagnostics)
{
  DEM_TRY(fill_widths(p));
  DEM_TRY(init_base(p, &p->empty));
  DEM_TRY(init_base(p, &p->base));
  // The plan needs the sizes of the given facts, and the facts need the plan's indexes: so the
  // given rows are loaded without indexes first.
  dem_facts *const facts =
      dem_facts_new(p->allocator, &p->empty, p->widths, p->columns, p->index_counts);
  DEM_TRY_MEMORY(facts);
  dem_relation_size *const sizes =
      DEM_ARENA_ARRAY(&p->arena, dem_relation_size, p->model->relation_count);
  dem_status status =
      sizes ? dem_kb_facts_load(p->model, date, facts, &p->base, &p->arena) : DEM_ERR_NO_MEMORY;
  if (status == DEM_OK) {
    status = measure_all(p, facts->tables, sizes);
  }
  if (status == DEM_OK) {
    status = dem_plan_init(&p->plan, p->allocator, p->model, date, sizes, diagnostics);
  }
  if (status == DEM_OK) {
    status = fill_shapes(p);
    take_indexes(p, &p->plan.kb);
  }
  for (uint32_t i = 0; status == DEM_OK && i < p->model->relation_count; ++i) {
    status = dem_table_set_indexes(&facts->tables[i], p->columns[i], p->index_counts[i]);
  }
  if (status == DEM_OK) {
    status = compile_on(p, facts, sizes, limits, diagnostics);
  }
  dem_facts_free(facts);
  return status;
}

static dem_status new_program(dem_allocator allocator, const dem_model *model, int64_t date,
                              const dem_limits *limits, bool has_probes,
                              dem_diagnostics *diagnostics, dem_program **program_out)
{
  dem_program *const p = allocator.resize(allocator.context, NULL, 0, sizeof *p);
  DEM_TRY_MEMORY(p);
  *p = (dem_program){.allocator = allocator, .model = model, .has_probes = has_probes};
  dem_arena_init(&p->arena, allocator);
  p->symbols = dem_symbols_new(allocator, model->symbols);
  const dem_status status = p->symbols ? compile(p, date, limits, diagnostics) : DEM_ERR_NO_MEMORY;
  if (status != DEM_OK) {
    dem_program_free(p);
    return status;
  }
  *program_out = p;
  return DEM_OK;
}

dem_status dem_program_new(dem_allocator allocator, const dem_model *model, int64_t date,
                           const dem_limits *limits, dem_diagnostics *diagnostics,
                           dem_program **program_out)
{
  return new_program(allocator, model, date, limits, false, diagnostics, program_out);
}

dem_status dem_program_new_with_probes(dem_allocator allocator, const dem_model *model,
                                       int64_t date, const dem_limits *limits,
                                       dem_diagnostics *diagnostics, dem_program **program_out)
{
  return new_program(allocator, model, date, limits, true, diagnostics, program_out);
}

void dem_program_free(dem_program *p)
{
  if (!p) {
    return;
  }
  for (uint32_t i = 0; p->base.tables && i < p->base.relation_count; ++i) {
    dem_table_clear(&p->base.tables[i]);
  }
  if (p->plan.model) {
    dem_plan_clear(&p->plan);
  }
  dem_symbols_free(p->symbols);
  dem_arena_clear(&p->arena);
  (void)p->allocator.resize(p->allocator.context, p, sizeof *p, 0);
}

const dem_model *dem_program_model(const dem_program *program)
{
  return program->model;
}

const dem_plan *dem_program_plan(const dem_program *program)
{
  return &program->plan;
}

const dem_symbols *dem_program_symbols(const dem_program *program)
{
  return program->symbols;
}

// Sessions --------------------------------------------------------------------------------

static void free_worker(void *worker)
{
  dem_worker *const w = worker;
  const dem_allocator allocator = w->matcher.allocator;
  dem_derivations_clear(&w->derivations);
  dem_worker_clear(w);
  (void)allocator.resize(allocator.context, w, sizeof *w, 0);
}

dem_facts *dem_program_facts(const dem_program *program, dem_allocator allocator,
                             dem_symbols *symbols)
{
  dem_facts *const facts = dem_facts_new(allocator, &program->base, program->widths,
                                         program->columns, program->index_counts);
  if (!facts) {
    return NULL;
  }
  dem_worker *const worker = allocator.resize(allocator.context, NULL, 0, sizeof *worker);
  if (worker && dem_worker_init(worker, allocator, &program->plan, &program->plan.session, facts,
                                symbols) == DEM_OK) {
    facts->worker = worker;
    facts->free_worker = free_worker;
    return facts;
  }
  if (worker) {
    (void)allocator.resize(allocator.context, worker, sizeof *worker, 0);
  }
  dem_facts_free(facts);
  return NULL;
}

dem_status dem_program_run(const dem_program *program, dem_facts *facts, const dem_limits *limits,
                           dem_diagnostics *diagnostics)
{
  (void)program;
  return dem_fixpoint_run(facts->worker, limits, diagnostics);
}

// What is possible ------------------------------------------------------------------------

dem_facts *dem_program_possible(const dem_program *program, dem_allocator allocator,
                                dem_symbols *symbols)
{
  dem_facts *const facts = dem_program_facts(program, allocator, symbols);
  if (facts && dem_facts_allow_open(facts) != DEM_OK) {
    dem_facts_free(facts);
    return NULL;
  }
  if (facts) {
    dem_worker *const worker = facts->worker;
    worker->matcher.derivations = &worker->derivations;
  }
  return facts;
}

const dem_derivations *dem_program_derivations(const dem_facts *possible)
{
  return &((const dem_worker *)possible->worker)->derivations;
}

dem_status dem_program_run_open(const dem_program *program, dem_facts *certain, dem_facts *possible,
                                const dem_limits *limits, dem_diagnostics *diagnostics)
{
  (void)program;
  dem_worker *const worker = possible->worker;
  dem_derivations_reset(&worker->derivations);
  const dem_status status = dem_fixpoint_run_open(certain->worker, worker, limits, diagnostics);
  if (status == DEM_OK) {
    dem_derivations_settle(&worker->derivations, possible);
  }
  return status;
}
