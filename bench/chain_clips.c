// SPDX-License-Identifier: Apache-2.0

// The chain in CLIPS, embedded: the kb's facts stay, the profile's come and go with all that was
// derived from them.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chain_rules.h"

#ifdef DEM_BENCH_CLIPS

#include <clips/clips.h>

#include "clauses.h"

typedef struct clips {
  void *environment;
  void *profile[CHAIN_PROFILE]; ///< Deftemplates.
  void *derived[CHAIN_DERIVED];
  const chain_rules *chain;
} clips;

static void build(void *context, const char *construct)
{
  clips *const c = context;
  if (!EnvBuild(c->environment, construct)) {
    (void)fprintf(stderr, "CLIPS: %s\n", construct);
    exit(1);
  }
}

static void *make_template(clips *c, const chain_relation *r)
{
  char construct[128];
  size_t size = (size_t)snprintf(construct, sizeof construct, "(deftemplate %s", r->name);
  for (int i = 0; i < r->width; ++i) {
    size += (size_t)snprintf(construct + size, sizeof construct - size, " (slot %c)", 'a' + i);
  }
  (void)snprintf(construct + size, sizeof construct - size, ")");
  build(c, construct);
  return EnvFindDeftemplate(c->environment, r->name);
}

/// Arguments stand between commas.
static void assert_fact(clips *c, void *template, const char *arguments)
{
  struct fact *const f = EnvCreateFact(c->environment, template);
  for (int i = 0; *arguments; ++i) {
    char word[RESULT_SIZE];
    const size_t size = strcspn(arguments, ",");
    (void)snprintf(word, sizeof word, "%.*s", (int)size, arguments);
    f->theProposition.theFields[i].type = SYMBOL;
    f->theProposition.theFields[i].value = EnvAddSymbol(c->environment, word);
    arguments += size + (arguments[size] == ',');
  }
  (void)EnvAssert(c->environment, f);
}

static void *make(const chain_rules *chain)
{
  clips *const c = calloc(1, sizeof *c);
  if (!c) {
    perror("CLIPS");
    exit(1);
  }
  c->chain = chain;
  c->environment = CreateEnvironment();
  void *given[CHAIN_GIVEN];
  for (int i = 0; i < CHAIN_GIVEN; ++i) {
    given[i] = make_template(c, &chain->given[i]);
  }
  for (int i = 0; i < CHAIN_PROFILE; ++i) {
    c->profile[i] = make_template(c, &chain->profile[i]);
  }
  for (int i = 0; i < CHAIN_DERIVED; ++i) {
    c->derived[i] = make_template(c, &chain->derived[i]);
  }
  clauses_write_clips(chain->clauses[0], 0, 100000, build, c);
  clauses_write_clips(chain->clauses[1], -10, 200000, build, c);
  clauses_write_clips(chain->more, -10, 300000, build, c);
  for (int i = 0; i < CHAIN_GIVEN; ++i) {
    for (int j = 0; j < chain->given[i].count; ++j) {
      assert_fact(c, given[i], chain->given[i].facts[j]);
    }
  }
  (void)EnvRun(c->environment, -1);
  return c;
}

static void retract_all(clips *c, void *template)
{
  for (struct fact *f = EnvGetNextFactInTemplate(c->environment, template, NULL); f;
       f = EnvGetNextFactInTemplate(c->environment, template, NULL)) {
    (void)EnvRetract(c->environment, f);
  }
}

static void read_texts(const clips *c, int relation, const struct fact *f, char *out)
{
  const chain_relation *const r = &c->chain->derived[relation];
  size_t size = (size_t)snprintf(out, RESULT_SIZE, "%s(", r->name);
  for (int i = 0; i < r->width; ++i) {
    size += (size_t)snprintf(out + size, RESULT_SIZE - size, "%s%s", i ? "," : "",
                             ValueToString(f->theProposition.theFields[i].value));
  }
  (void)snprintf(out + size, RESULT_SIZE - size, ")");
}

static void run(void *engine, const chain_profile *profile, int with_texts, chain_results *out)
{
  clips *const c = engine;
  // What was derived goes with what it came from; then it goes itself.
  for (int i = 0; i < CHAIN_PROFILE; ++i) {
    retract_all(c, c->profile[i]);
  }
  for (int i = 0; i < CHAIN_DERIVED; ++i) {
    retract_all(c, c->derived[i]);
  }
  assert_fact(c, c->profile[0], profile->country);
  for (int i = 0; i < NEEDS; ++i) {
    assert_fact(c, c->profile[1], profile->needs[i]);
  }
  (void)EnvRun(c->environment, -1);
  out->count = 0;
  for (int i = 0; i < CHAIN_DERIVED; ++i) {
    for (struct fact *f = EnvGetNextFactInTemplate(c->environment, c->derived[i], NULL); f;
         f = EnvGetNextFactInTemplate(c->environment, c->derived[i], f)) {
      if (with_texts) {
        read_texts(c, i, f, out->items[out->count]);
      }
      ++out->count;
    }
  }
}

static void free_clips(void *engine)
{
  clips *const c = engine;
  (void)DestroyEnvironment(c->environment);
  free(c);
}

#else

static void *make(const chain_rules *chain)
{
  (void)chain;
  return NULL;
}

static void run(void *engine, const chain_profile *profile, int with_texts, chain_results *out)
{
  (void)engine;
  (void)profile;
  (void)with_texts;
  (void)out;
}

static void free_clips(void *engine)
{
  (void)engine;
}

#endif

const chain_engine chain_clips = {"CLIPS", make, run, free_clips};
