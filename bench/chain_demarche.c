// SPDX-License-Identifier: Apache-2.0

// The chain as a pack in memory, through the public interface. Needs POSIX for open_memstream.

#define _POSIX_C_SOURCE 200809L // NOLINT: open_memstream

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chain_rules.h"
#include "clauses.h"
#include "demarche/demarche.h"

typedef struct demarche {
  dem_pack *pack;
  dem_session *session;
  uint32_t country; ///< Questions.
  uint32_t needs;
  uint32_t derived[CHAIN_DERIVED]; ///< Relations.
  const chain_rules *chain;
} demarche;

static void write_relation(FILE *file, const chain_relation *r)
{
  (void)fprintf(file, "  %s: {fields: {", r->name);
  for (int i = 0; i < r->width; ++i) {
    (void)fprintf(file, "%s%c: symbol", i ? ", " : "", 'a' + i);
  }
  (void)fputs("}}\n", file);
}

static void write_schema(FILE *file, const chain_rules *chain)
{
  (void)fputs("relations:\n", file);
  for (int i = 0; i < CHAIN_GIVEN; ++i) {
    write_relation(file, &chain->given[i]);
  }
  for (int i = 0; i < CHAIN_PROFILE; ++i) {
    write_relation(file, &chain->profile[i]);
  }
  for (int i = 0; i < CHAIN_DERIVED; ++i) {
    write_relation(file, &chain->derived[i]);
  }
}

static void write_facts(FILE *file, const chain_rules *chain)
{
  (void)fputs("cite: [made]\nfacts:\n", file);
  for (int i = 0; i < CHAIN_GIVEN; ++i) {
    const chain_relation *const r = &chain->given[i];
    (void)fprintf(file, "  %s:\n", r->name);
    for (int j = 0; j < r->count; ++j) {
      (void)fputs("    - {", file);
      const char *c = r->facts[j];
      for (char field = 'a'; *c; ++field) {
        const size_t size = strcspn(c, ",");
        (void)fprintf(file, "%s%c: %.*s", field == 'a' ? "" : ", ", field, (int)size, c);
        c += size + (c[size] == ',');
      }
      (void)fputs("}\n", file);
    }
  }
}

static void write_rules(FILE *file, const chain_rules *chain)
{
  (void)fputs("cite: [made]\nrules:\n", file);
  clauses_write_yaml(file, chain->clauses[0], 100000);
  clauses_write_yaml(file, chain->clauses[1], 200000);
  clauses_write_yaml(file, chain->more, 300000);
}

static void open_pack(demarche *d, const chain_rules *chain)
{
  static const char about[] = "name: chain\nversion: 1.0.0\ntitle: A chain\nlanguages: [en]\n"
                              "date: 2025-01-01\n";
  static const char sources[] = "sources: {made: {title: Generated}}\n";
  static const char questions[] =
      "profile:\n"
      "  - {field: country, ask: Where?, type: symbol, gives: {subject: {a: $answer}}}\n"
      "  - {field: needs, ask: What?, type: symbol, many: true, gives: {need: {a: $answer}}}\n";
  static void (*const writers[])(FILE * file, const chain_rules *chain) = {
      write_schema, write_facts, write_rules};
  dem_memory_file files[] = {{"kb/pack.yaml", about, sizeof about - 1},
                             {"kb/sources.yaml", sources, sizeof sources - 1},
                             {"kb/profile.yaml", questions, sizeof questions - 1},
                             {.path = "kb/schema.yaml"},
                             {.path = "kb/facts.yaml"},
                             {.path = "rules/rules.yaml"}};
  char *texts[3] = {0};
  for (int i = 0; i < 3; ++i) {
    FILE *const file = open_memstream(&texts[i], &files[3 + i].size);
    if (!file) {
      perror("demarche");
      exit(1);
    }
    writers[i](file, chain);
    (void)fclose(file);
    files[3 + i].bytes = texts[i];
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

static void *make(const chain_rules *chain)
{
  demarche *const d = calloc(1, sizeof *d);
  if (!d) {
    perror("demarche");
    exit(1);
  }
  d->chain = chain;
  open_pack(d, chain);
  d->country = dem_pack_find_question(d->pack, "country");
  d->needs = dem_pack_find_question(d->pack, "needs");
  for (int i = 0; i < CHAIN_DERIVED; ++i) {
    d->derived[i] = dem_pack_find_relation(d->pack, chain->derived[i].name);
  }
  return d;
}

static void read_texts(demarche *d, int relation, dem_fact_handle fact, char *out)
{
  const chain_relation *const r = &d->chain->derived[relation];
  size_t size = (size_t)snprintf(out, RESULT_SIZE, "%s(", r->name);
  for (int i = 0; i < r->width; ++i) {
    size += (size_t)snprintf(out + size, RESULT_SIZE - size, "%s%s", i ? "," : "",
                             dem_session_fact_text(d->session, fact, (uint32_t)i));
  }
  (void)snprintf(out + size, RESULT_SIZE - size, ")");
}

static void run(void *engine, const chain_profile *profile, int with_texts, chain_results *out)
{
  demarche *const d = engine;
  const char *const country[] = {profile->country};
  const char *needs[NEEDS];
  for (int i = 0; i < NEEDS; ++i) {
    needs[i] = profile->needs[i];
  }
  dem_session_reset(d->session);
  if (dem_session_answer(d->session, d->country, country, 1) != DEM_OK ||
      dem_session_answer(d->session, d->needs, needs, NEEDS) != DEM_OK ||
      dem_session_run(d->session, NULL) != DEM_OK) {
    abort();
  }
  out->count = 0;
  for (int i = 0; i < CHAIN_DERIVED; ++i) {
    const uint32_t count = dem_session_fact_count(d->session, d->derived[i]);
    for (uint32_t j = 0; j < count; ++j) {
      const dem_fact_handle fact = dem_session_fact(d->session, d->derived[i], j);
      const uint32_t reasons = dem_session_fact_support_count(d->session, fact);
      for (uint32_t k = 0; k < reasons; ++k) {
        out->support += dem_session_fact_support(d->session, fact, k).row != UINT32_MAX;
      }
      if (with_texts) {
        read_texts(d, i, fact, out->items[out->count]);
      }
      ++out->count;
    }
  }
}

static void free_demarche(void *engine)
{
  demarche *const d = engine;
  dem_session_free(d->session);
  dem_pack_free(d->pack);
  free(d);
}

const chain_engine chain_demarche = {"demarche", make, run, free_demarche};
