// SPDX-License-Identifier: Apache-2.0

// The flat rules as a pack in memory, through the public interface. Needs POSIX for open_memstream.

#define _POSIX_C_SOURCE 200809L // NOLINT: open_memstream

#include <stdlib.h>
#include <string.h>

#include "demarche/demarche.h"
#include "flat_engines.h"

typedef struct demarche {
  dem_pack *pack;
  dem_session *session;
  uint32_t questions[FIELDS];
  uint32_t fires;    ///< The relation.
  uint32_t *rule_of; ///< By the pack's number of the rule: ours.
} demarche;

// The pack ------------------------------------------------------------------------------------

static void write_schema(FILE *file)
{
  (void)fputs("relations:\n  fires: {fields: {rule: symbol}}\n", file);
  for (unsigned field = 0; field < FIELDS; ++field) {
    (void)fprintf(file, "  f%u: {fields: {value: %s}}\n", field,
                  field < FIRST_NUMBER ? "symbol" : "integer");
  }
}

static void write_questions(FILE *file)
{
  (void)fputs("profile:\n", file);
  for (unsigned field = 0; field < FIELDS; ++field) {
    (void)fprintf(file,
                  "  - {field: f%u, ask: 'f%u?', type: %s, many: %s, "
                  "gives: {f%u: {value: $answer}}}\n",
                  field, field, field < FIRST_NUMBER ? "symbol" : "integer",
                  field >= FIRST_LIST && field < FIRST_NUMBER ? "true" : "false", field);
  }
}

static void write_condition(FILE *file, const condition *c)
{
  (void)fprintf(file, "%s{f%u: {value: ", c->is_negated ? "{not: [" : "", c->field);
  switch (c->kind) {
  case CONDITION_AMONG:
    (void)fputc('[', file);
    for (uint32_t i = 0; i < c->value_count; ++i) {
      (void)fprintf(file, "%sv%u", i ? ", " : "", c->values[i]);
    }
    (void)fputc(']', file);
    break;
  case CONDITION_LESS:
    (void)fprintf(file, "{lt: %u}", c->values[0]);
    break;
  case CONDITION_AT_LEAST:
    (void)fprintf(file, "{ge: %u}", c->values[0]);
    break;
  }
  (void)fprintf(file, "}}%s", c->is_negated ? "]}" : "");
}

static void write_rules(FILE *file, const flat_rules *flat)
{
  (void)fputs("cite: [made]\nrules:\n", file);
  for (uint32_t i = 0; i < flat->rule_count; ++i) {
    (void)fprintf(file, "  - id: flat/r%u\n    then: [{fires: {rule: r%u}}]\n    when: [", i, i);
    for (uint32_t j = 0; j < flat->rules[i].count; ++j) {
      (void)fputs(j ? ", " : "", file);
      write_condition(file, &flat->rules[i].conditions[j]);
    }
    (void)fputs("]\n", file);
  }
}

static void open_pack(demarche *d, const flat_rules *flat)
{
  static const char about[] = "name: flat\nversion: 1.0.0\ntitle: Flat rules\nlanguages: [en]\n"
                              "date: 2025-01-01\n";
  static const char sources[] = "sources: {made: {title: Generated}}\n";
  dem_memory_file files[] = {{"kb/pack.yaml", about, sizeof about - 1},
                             {"kb/sources.yaml", sources, sizeof sources - 1},
                             {.path = "kb/schema.yaml"},
                             {.path = "kb/profile.yaml"},
                             {.path = "rules/rules.yaml"}};
  char *texts[3] = {0};
  for (int i = 0; i < 3; ++i) {
    FILE *const file = open_memstream(&texts[i], &files[2 + i].size);
    if (!file) {
      perror("demarche");
      exit(1);
    }
    if (i == 0) {
      write_schema(file);
    } else if (i == 1) {
      write_questions(file);
    } else {
      write_rules(file, flat);
    }
    (void)fclose(file);
    files[2 + i].bytes = texts[i];
  }
  const dem_status status =
      dem_pack_open_files(files, sizeof files / sizeof *files, NULL, &d->pack);
  for (int i = 0; i < 3; ++i) {
    free(texts[i]);
  }
  if (status != DEM_OK || dem_session_new(d->pack, &d->session) != DEM_OK) {
    (void)fprintf(stderr, "demarche: %s\n",
                  d->pack ? dem_report_at(dem_pack_report(d->pack), 0).message : "no memory");
    exit(1);
  }
}

static void *make(const flat_rules *flat)
{
  demarche *const d = calloc(1, sizeof *d);
  if (!d) {
    perror("demarche");
    exit(1);
  }
  open_pack(d, flat);
  uint32_t *const rule_of = calloc(dem_pack_rule_count(d->pack), sizeof *rule_of);
  if (!rule_of) {
    perror("demarche");
    exit(1);
  }
  for (uint32_t field = 0; field < FIELDS; ++field) {
    char name[16];
    (void)snprintf(name, sizeof name, "f%u", field);
    d->questions[field] = dem_pack_find_question(d->pack, name);
  }
  d->fires = dem_pack_find_relation(d->pack, "fires");
  d->rule_of = rule_of;
  for (uint32_t i = 0; i < dem_pack_rule_count(d->pack); ++i) {
    rule_of[i] = (uint32_t)strtoul(dem_pack_rule(d->pack, i).id + strlen("flat/r"), NULL, 10);
  }
  return d;
}

static void free_demarche(void *engine)
{
  demarche *const d = engine;
  dem_session_free(d->session);
  dem_pack_free(d->pack);
  free(d->rule_of);
  free(d);
}

// Running ---------------------------------------------------------------------------------------

static void run(void *engine, const profile *p, firings *out)
{
  demarche *const d = engine;
  dem_session_reset(d->session);
  for (uint32_t field = 0; field < FIELDS; ++field) {
    if (dem_session_answer(d->session, d->questions[field], p->answers[field], p->counts[field]) !=
        DEM_OK) {
      abort();
    }
  }
  if (dem_session_run(d->session, NULL) != DEM_OK) {
    abort();
  }
  out->count = dem_session_fact_count(d->session, d->fires);
  for (uint32_t i = 0; i < out->count; ++i) {
    const dem_fact_handle fact = dem_session_fact(d->session, d->fires, i);
    out->rules[i] = d->rule_of[dem_session_fact_rule(d->session, fact)];
    const uint32_t count = dem_session_fact_support_count(d->session, fact);
    for (uint32_t j = 0; j < count; ++j) {
      out->support += dem_session_fact_support(d->session, fact, j).relation != d->fires;
    }
  }
}

const flat_engine flat_demarche = {"demarche", make, run, free_demarche};
