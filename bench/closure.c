// SPDX-License-Identifier: Apache-2.0

// Forward chaining at size, as whole processes: start, load, evaluate, count.
//
// usage: closure DEMARCHE FOLDER [WORKLOAD…]
//
// Each workload is written once, as facts and as clauses; the clauses are translated for demarche,
// clingo and SWI-Prolog (with tabling). All three must count the same facts. Times and peak memory
// are medians of five runs, the programs taking turns.

#include <stdlib.h>
#include <string.h>

#include "measure.h"
#include "peers.h"
#include "random.h"

enum { RUNS = 5 };

/// Writes a relation's facts: one call of `put_pair` or `put_one` each.
typedef struct fact_files {
  const char *relation;
  FILE *table;   ///< demarche: CSV
  FILE *clauses; ///< The others.
} fact_files;

typedef struct input {
  const char *relation; ///< Ends in its number of fields: "edge/2".
  void (*generate)(const fact_files *files, uint32_t size, uint32_t count);
  uint32_t size;  ///< Values.
  uint32_t count; ///< Facts, where it is free.
} input;

typedef struct workload {
  const char *name;
  const char *result;
  input inputs[6];     ///< Ends with one without a relation.
  const char *derived; ///< "path/2 far/1": what the clauses conclude.
  const char *clauses; ///< "~" stands for negation.
} workload;

// Facts -------------------------------------------------------------------------------

static void put_pair(const fact_files *files, uint32_t a, uint32_t b)
{
  (void)fprintf(files->table, "n%u,n%u\n", a, b);
  (void)fprintf(files->clauses, "%s(n%u,n%u).\n", files->relation, a, b);
}

static void put_one(const fact_files *files, uint32_t a)
{
  (void)fprintf(files->table, "n%u\n", a);
  (void)fprintf(files->clauses, "%s(n%u).\n", files->relation, a);
}

static void chain(const fact_files *files, uint32_t size, uint32_t count)
{
  (void)count;
  for (uint32_t i = 1; i < size; ++i) {
    put_pair(files, i, i + 1);
  }
}

static void cycle(const fact_files *files, uint32_t size, uint32_t count)
{
  chain(files, size, count);
  put_pair(files, size, 1);
}

static void nodes(const fact_files *files, uint32_t size, uint32_t count)
{
  (void)count;
  for (uint32_t i = 1; i <= size; ++i) {
    put_one(files, i);
  }
}

/// From a child to its parent in a binary tree of `size` nodes.
static void tree(const fact_files *files, uint32_t size, uint32_t count)
{
  (void)count;
  for (uint32_t i = 2; i <= size; ++i) {
    put_pair(files, i, i / 2);
  }
}

/// `count` different pairs.
static void pairs(const fact_files *files, uint32_t size, uint32_t count)
{
  random_source source = {size * UINT64_C(1000003) + count};
  for (const char *c = files->relation; *c; ++c) {
    source.state = source.state * 31 + (unsigned char)*c;
  }
  char *const seen = calloc(size, size);
  if (!seen) {
    exit(1);
  }
  for (uint32_t i = 0; i < count;) {
    const uint32_t a = random_below(&source, size);
    const uint32_t b = random_below(&source, size);
    if (!seen[(size_t)a * size + b]) {
      seen[(size_t)a * size + b] = 1;
      put_pair(files, a + 1, b + 1);
      ++i;
    }
  }
  free(seen);
}

// The workloads --------------------------------------------------------------------------

#define CLOSURE                                                                                    \
  "path(X,Y) :- edge(X,Y).\n"                                                                      \
  "path(X,Z) :- path(X,Y), edge(Y,Z).\n"

static const workload workloads[] = {
    {"closure, chain of 1,000", "path", {{"edge/2", chain, 1000, 0}}, "path/2", CLOSURE},
    {"closure, cycle of 1,000", "path", {{"edge/2", cycle, 1000, 0}}, "path/2", CLOSURE},
    {"closure, random 1,000/3,000", "path", {{"edge/2", pairs, 1000, 3000}}, "path/2", CLOSURE},
    {"double recursion, chain of 300",
     "path",
     {{"edge/2", chain, 300, 0}},
     "path/2",
     "path(X,Y) :- edge(X,Y).\n"
     "path(X,Z) :- path(X,Y), path(Y,Z).\n"},
    {"same generation, tree of 1,023",
     "same",
     {{"parent/2", tree, 1023, 0}},
     "same/2",
     "same(X,Y) :- parent(X,P), parent(Y,P).\n"
     "same(X,Y) :- parent(X,P), same(P,Q), parent(Y,Q).\n"},
    {"tree of four joins, 20,000",
     "a",
     {{"c2/2", pairs, 1000, 4000},
      {"c3/2", pairs, 1000, 4000},
      {"c4/2", pairs, 1000, 4000},
      {"d1/2", pairs, 1000, 4000},
      {"d2/2", pairs, 1000, 4000}},
     "a/2 b1/2 b2/2 c1/2",
     "a(X,Y) :- b1(X,Z), b2(Z,Y).\n"
     "b1(X,Y) :- c1(X,Z), c2(Z,Y).\n"
     "b2(X,Y) :- c3(X,Z), c4(Z,Y).\n"
     "c1(X,Y) :- d1(X,Z), d2(Z,Y).\n"},
    {"set difference, 50,000 − 50,000",
     "rest",
     {{"left/2", pairs, 400, 50000}, {"right/2", pairs, 400, 50000}},
     "rest/2",
     "rest(X,Y) :- left(X,Y), ~right(X,Y).\n"},
    {"complement of a closure, 600/900",
     "apart",
     {{"node/1", nodes, 600, 0}, {"edge/2", pairs, 600, 900}},
     "path/2 apart/2",
     CLOSURE "apart(X,Y) :- node(X), node(Y), ~path(X,Y).\n"},
};

enum { WORKLOAD_COUNT = sizeof workloads / sizeof *workloads };

// Translations ---------------------------------------------------------------------------

static void write_clauses(FILE *file, const char *clauses, const char *negation)
{
  for (const char *c = clauses; *c; ++c) {
    if (*c == '~') {
      (void)fputs(negation, file);
    } else {
      (void)fputc(*c, file);
    }
  }
}

/// Writes `name(X,Y)` as `{name: {a: $X, b: $Y}}`. Returns where it ends.
static const char *write_pattern(FILE *file, const char *atom)
{
  const size_t name = strcspn(atom, "(");
  (void)fprintf(file, "{%.*s: {", (int)name, atom);
  const char *c = atom + name + 1;
  for (char field = 'a'; *c != ')'; ++field) {
    const size_t size = strcspn(c, ",)");
    (void)fprintf(file, "%s%c: $%.*s", field == 'a' ? "" : ", ", field, (int)size, c);
    c += size + (c[size] == ',');
  }
  (void)fputs("}}", file);
  return c + 1;
}

static const char *write_rule(FILE *file, const char *clause, unsigned number)
{
  (void)fprintf(file, "  - id: bench/%u\n    then: [", number);
  const char *c = write_pattern(file, clause);
  (void)fputs("]\n    when:\n", file);
  for (c += strlen(" :- "); *c != '\n'; c += *c == ',' ? 2 : 1) {
    const bool is_negative = *c == '~';
    (void)fprintf(file, "      - %s", is_negative ? "not: [" : "");
    c = write_pattern(file, c + is_negative);
    (void)fputs(is_negative ? "]\n" : "\n", file);
  }
  return c + 1;
}

static void write_relation(FILE *file, const char *relation)
{
  const size_t name = strcspn(relation, "/");
  (void)fprintf(file, "  %.*s: {fields: {a: symbol%s}}\n", (int)name, relation,
                relation[name + 1] == '2' ? ", b: symbol" : "");
}

static void each_word(const char *words, FILE *file, void (*write)(FILE *file, const char *word))
{
  while (*words) {
    char word[64];
    const size_t size = strcspn(words, " ");
    (void)snprintf(word, sizeof word, "%.*s", (int)size, words);
    write(file, word);
    words += size + (words[size] == ' ');
  }
}

static void write_table_directive(FILE *file, const char *relation)
{
  (void)fprintf(file, ":- table %s.\n", relation);
}

/// Everything that the three programs read, in one folder.
static void write_workload(const workload *w, const char *folder)
{
  const file_path kb_path = path_in(folder, "kb");
  const file_path rules_path = path_in(folder, "rules");
  const char *const kb = kb_path.text;
  const char *const rules = rules_path.text;
  peers_write_pack(folder);

  FILE *const schema = open_file(kb, "schema.yaml");
  FILE *const facts = open_file(kb, "facts.yaml");
  FILE *const program = open_file(folder, "program.lp");
  FILE *const prolog = open_file(folder, "program.pl");
  (void)fputs("relations:\n", schema);
  (void)fputs("cite: [made]\nfacts:\n", facts);
  each_word(w->derived, prolog, write_table_directive);
  each_word(w->derived, schema, write_relation);
  FILE *const clauses = tmpfile();
  for (const input *in = w->inputs; in->relation; ++in) {
    char name[64];
    char table[80];
    (void)snprintf(name, sizeof name, "%.*s", (int)strcspn(in->relation, "/"), in->relation);
    (void)snprintf(table, sizeof table, "%s.csv", name);
    write_relation(schema, in->relation);
    (void)fprintf(facts, "  %s: {csv: %s}\n", name, table);
    const fact_files files = {name, open_file(kb, table), clauses};
    (void)fputs(strchr(in->relation, '2') && !strstr(in->relation, "/1") ? "a,b\n" : "a\n",
                files.table);
    in->generate(&files, in->size, in->count);
    (void)fclose(files.table);
  }
  (void)fclose(schema);
  (void)fclose(facts);

  rewind(clauses);
  for (int c = fgetc(clauses); c != EOF; c = fgetc(clauses)) {
    (void)fputc(c, program);
    (void)fputc(c, prolog);
  }
  (void)fclose(clauses);
  write_clauses(program, w->clauses, "not ");
  write_clauses(prolog, w->clauses, "\\+ ");
  const int width = strchr(strstr(w->derived, w->result), '/')[1] - '0';
  (void)fprintf(prolog, "main :- aggregate_all(count, %s(_%s), N), print(N), nl.\n", w->result,
                width == 2 ? ",_" : "");
  (void)fputs("#show.\n", program);
  (void)fclose(program);
  (void)fclose(prolog);
  peers_write_count(folder, w->result, width);

  FILE *const rule_file = open_file(rules, "rules.yaml");
  (void)fputs("cite: [made]\nrules:\n", rule_file);
  unsigned number = 0;
  for (const char *c = w->clauses; *c;) {
    c = write_rule(rule_file, c, ++number);
  }
  (void)fclose(rule_file);
}

// Runs -----------------------------------------------------------------------------------

static void print_cell(peer *p, peer *ours)
{
  if (!p->is_there || p->has_failed) {
    printf(" %24s", !p->is_there ? "not installed" : "failed");
    return;
  }
  printf(" %8.1f %6.1f", peer_milliseconds(p), peer_mebibytes(p));
  if (p != ours) {
    printf(" %7.1f×", peer_milliseconds(p) / peer_milliseconds(ours));
  }
}

/// Whether all counted the same.
static bool measure_workload(const workload *w, const char *demarche, const char *folder)
{
  peer peers[PEERS];
  peers_measure(demarche, folder, w->result, RUNS, peers);
  printf("%-34s %9ld", w->name, peers[PEER_DEMARCHE].count);
  for (int i = 0; i < PEERS; ++i) {
    print_cell(&peers[i], &peers[PEER_DEMARCHE]);
  }
  const bool is_equal = peers_agree(peers);
  printf("\n");
  (void)fflush(stdout);
  peers_clear(peers);
  return is_equal;
}

int main(int argc, char **argv)
{
  if (argc < 3) {
    (void)fprintf(stderr, "usage: closure DEMARCHE FOLDER [WORKLOAD…]\n");
    return 2;
  }
  printf("Whole processes: milliseconds, MiB at the peak, times demarche's time (medians of %d)\n\n"
         "%-34s %9s %15s %24s %24s\n",
         RUNS, "", "facts", "demarche", "clingo", "SWI-Prolog");
  bool is_equal = true;
  for (int i = 0; i < WORKLOAD_COUNT; ++i) {
    bool is_wanted = argc == 3;
    for (int j = 3; j < argc; ++j) {
      is_wanted = is_wanted || strstr(workloads[i].name, argv[j]);
    }
    if (is_wanted) {
      char number[16];
      (void)snprintf(number, sizeof number, "%d", i + 1);
      const file_path folder = path_in(argv[2], number);
      write_workload(&workloads[i], folder.text);
      is_equal = measure_workload(&workloads[i], argv[1], folder.text) && is_equal;
    }
  }
  return is_equal ? 0 : 1;
}
