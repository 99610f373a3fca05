// SPDX-License-Identifier: Apache-2.0

// The flat rules in CLIPS, embedded, in two styles: a fact a field, or one fact with a slot a
// field.

#include <stdlib.h>

#include "flat_engines.h"

#ifdef DEM_BENCH_CLIPS

#include <clips/clips.h>

typedef struct clips {
  void *environment;
  void *fires; ///< Deftemplates.
  void *fields[FIELDS];
  void *profile;
} clips;

static void build(clips *c, const char *construct)
{
  if (!EnvBuild(c->environment, construct)) {
    (void)fprintf(stderr, "CLIPS: %s\n", construct);
    exit(1);
  }
}

static clips *make_environment(void)
{
  clips *const c = calloc(1, sizeof *c);
  if (!c) {
    perror("CLIPS");
    exit(1);
  }
  c->environment = CreateEnvironment();
  build(c, "(deftemplate fires (slot rule))");
  c->fires = EnvFindDeftemplate(c->environment, "fires");
  return c;
}

static void free_clips(void *engine)
{
  clips *const c = engine;
  (void)DestroyEnvironment(c->environment);
  free(c);
}

typedef struct text {
  size_t size;
  char bytes[4096];
} text;

#define ADD(text, ...)                                                                             \
  ((text)->size += (size_t)snprintf((text)->bytes + (text)->size,                                  \
                                    sizeof(text)->bytes - (text)->size, __VA_ARGS__))

static void add_values(text *t, const condition *c)
{
  for (uint32_t i = 0; i < c->value_count; ++i) {
    ADD(t, "%sv%u", i ? "|" : "", c->values[i]);
  }
}

static void add_threshold(text *t, const condition *c, unsigned number)
{
  const bool is_less = (c->kind == CONDITION_LESS) != c->is_negated;
  ADD(t, "?x%u&:(%s ?x%u %u)", number, is_less ? "<" : ">=", number, c->values[0]);
}

// A fact a field ----------------------------------------------------------------------------------

static void add_pattern(text *t, const condition *c, unsigned number)
{
  const bool has_not = c->is_negated && c->kind == CONDITION_AMONG;
  ADD(t, "%s(f%u (value ", has_not ? "(not " : "", c->field);
  if (c->kind == CONDITION_AMONG) {
    add_values(t, c);
  } else {
    add_threshold(t, c, number);
  }
  ADD(t, "))%s ", has_not ? ")" : "");
}

static void *make_facts(const flat_rules *flat)
{
  clips *const c = make_environment();
  for (unsigned field = 0; field < FIELDS; ++field) {
    char name[16];
    char construct[64];
    (void)snprintf(name, sizeof name, "f%u", field);
    (void)snprintf(construct, sizeof construct, "(deftemplate %s (slot value))", name);
    build(c, construct);
    c->fields[field] = EnvFindDeftemplate(c->environment, name);
  }
  for (uint32_t i = 0; i < flat->rule_count; ++i) {
    text t = {0};
    ADD(&t, "(defrule r%u ", i);
    for (unsigned j = 0; j < flat->rules[i].count; ++j) {
      add_pattern(&t, &flat->rules[i].conditions[j], j);
    }
    ADD(&t, "=> (assert (fires (rule %u))))", i);
    build(c, t.bytes);
  }
  return c;
}

static void read_firings(clips *c, firings *out)
{
  out->count = 0;
  for (struct fact *f = EnvGetNextFactInTemplate(c->environment, c->fires, NULL); f;
       f = EnvGetNextFactInTemplate(c->environment, c->fires, f)) {
    out->rules[out->count++] = (uint32_t)ValueToLong(f->theProposition.theFields[0].value);
  }
}

static void set_value(clips *c, struct field *out, uint32_t field, const char *answer)
{
  const bool is_number = field >= FIRST_NUMBER;
  out->type = is_number ? INTEGER : SYMBOL;
  out->value = is_number ? EnvAddLong(c->environment, strtol(answer, NULL, 10))
                         : EnvAddSymbol(c->environment, answer);
}

static void run_facts(void *engine, const profile *p, firings *out)
{
  clips *const c = engine;
  RemoveAllFacts(c->environment);
  for (uint32_t field = 0; field < FIELDS; ++field) {
    for (uint32_t i = 0; i < p->counts[field]; ++i) {
      struct fact *const f = EnvCreateFact(c->environment, c->fields[field]);
      set_value(c, &f->theProposition.theFields[0], field, p->answers[field][i]);
      (void)EnvAssert(c->environment, f);
    }
  }
  (void)EnvRun(c->environment, -1);
  read_firings(c, out);
}

// One fact --------------------------------------------------------------------------------------

static void add_slot(text *t, const condition *c, unsigned number)
{
  ADD(t, "(f%u ", c->field);
  if (c->kind != CONDITION_AMONG) {
    add_threshold(t, c, number);
  } else if (c->field >= FIRST_LIST && c->is_negated) {
    ADD(t, "$?x%u&:(not (member$ v%u ?x%u))", number, c->values[0], number);
  } else if (c->field >= FIRST_LIST) {
    ADD(t, "$? v%u $?", c->values[0]);
  } else if (c->is_negated) {
    for (uint32_t i = 0; i < c->value_count; ++i) {
      ADD(t, "%s~v%u", i ? "&" : "", c->values[i]);
    }
  } else {
    add_values(t, c);
  }
  ADD(t, ") ");
}

static void *make_one(const flat_rules *flat)
{
  clips *const c = make_environment();
  text t = {0};
  ADD(&t, "(deftemplate profile ");
  for (unsigned field = 0; field < FIELDS; ++field) {
    const bool is_list = field >= FIRST_LIST && field < FIRST_NUMBER;
    ADD(&t, "(%s f%u)", is_list ? "multislot" : "slot", field);
  }
  ADD(&t, ")");
  build(c, t.bytes);
  c->profile = EnvFindDeftemplate(c->environment, "profile");
  for (uint32_t i = 0; i < flat->rule_count; ++i) {
    t.size = 0;
    ADD(&t, "(defrule r%u (profile ", i);
    for (unsigned j = 0; j < flat->rules[i].count; ++j) {
      add_slot(&t, &flat->rules[i].conditions[j], j);
    }
    ADD(&t, ") => (assert (fires (rule %u))))", i);
    build(c, t.bytes);
  }
  return c;
}

static void run_one(void *engine, const profile *p, firings *out)
{
  clips *const c = engine;
  RemoveAllFacts(c->environment);
  struct fact *const f = EnvCreateFact(c->environment, c->profile);
  for (uint32_t field = 0; field < FIELDS; ++field) {
    struct field *const slot = &f->theProposition.theFields[field];
    if (field < FIRST_LIST || field >= FIRST_NUMBER) {
      set_value(c, slot, field, p->answers[field][0]);
      continue;
    }
    struct multifield *const list = CreateMultifield2(c->environment, MOST_VALUES);
    for (uint32_t i = 0; i < MOST_VALUES; ++i) {
      set_value(c, &list->theFields[i], field, p->answers[field][i]);
    }
    slot->type = MULTIFIELD;
    slot->value = list;
  }
  (void)EnvAssert(c->environment, f);
  (void)EnvRun(c->environment, -1);
  read_firings(c, out);
}

#else

static void *make_facts(const flat_rules *flat)
{
  (void)flat;
  return NULL;
}

static void *make_one(const flat_rules *flat)
{
  return make_facts(flat);
}

static void run_facts(void *engine, const profile *p, firings *out)
{
  (void)engine;
  (void)p;
  (void)out;
}

static void run_one(void *engine, const profile *p, firings *out)
{
  run_facts(engine, p, out);
}

static void free_clips(void *engine)
{
  (void)engine;
}

#endif

const flat_engine flat_clips_facts = {"CLIPS, facts", make_facts, run_facts, free_clips};
const flat_engine flat_clips_one = {"CLIPS, slots", make_one, run_one, free_clips};
