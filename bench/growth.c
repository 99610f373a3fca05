// SPDX-License-Identifier: Apache-2.0

// How time and memory grow with what is derived, as whole processes: start, load, evaluate, count.
//
// usage: growth DEMARCHE FOLDER [WORKLOAD…]
//
// Each workload runs at growing sizes in demarche, clingo and SWI-Prolog (with tabling), which must
// count the same facts, and as many as a formula says where there is one. Where work is linear in
// the derived facts, the time and the memory of each stay the same from size to size. Aggregates by
// group are spelt out for the others as predicates of their own, so that they compute each once.

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "measure.h"
#include "peers.h"
#include "random.h"

enum { RUNS = 3, MANY_RUNS = 15, SIZES = 3, MOST_INPUTS = 3 };

/// Where a relation's facts go.
typedef struct fact_files {
  const char *relation;
  FILE *table;   ///< demarche: CSV
  FILE *program; ///< clingo
  FILE *prolog;
} fact_files;

typedef struct input {
  const char *relation;
  const char *header; ///< Of the table.
  void (*generate)(const fact_files *files, uint32_t size);
} input;

typedef struct workload {
  const char *name;
  const char *result;
  int width; ///< Of the result.
  uint32_t sizes[SIZES];
  uint32_t (*formula)(uint32_t size); ///< How many facts the result has; or NULL.
  input inputs[MOST_INPUTS];          ///< Ends with one without a relation.
  const char *schema;
  const char *rules;
  const char *program; ///< clingo
  const char *prolog;
} workload;

// Facts -------------------------------------------------------------------------------

__attribute__((format(printf, 2, 3))) static void put(const fact_files *files, const char *format,
                                                      ...)
{
  char fact[128];
  va_list arguments;
  va_start(arguments, format);
  (void)vsnprintf(fact, sizeof fact, format, arguments);
  va_end(arguments);
  (void)fprintf(files->table, "%s\n", fact);
  (void)fprintf(files->program, "%s(%s).\n", files->relation, fact);
  (void)fprintf(files->prolog, "%s(%s).\n", files->relation, fact);
}

enum { CLASSES = 511, PROPERTIES = 63, STATEMENTS_EACH = 5 };

/// A tree of classes, a tree of properties with domains and ranges, and `size` statements.
static void triples(const fact_files *files, uint32_t size)
{
  random_source source = {size};
  for (uint32_t i = 2; i <= CLASSES; ++i) {
    put(files, "c%u,sub_class,c%u", i, i / 2);
  }
  for (uint32_t i = 2; i <= PROPERTIES; ++i) {
    put(files, "p%u,sub_property,p%u", i, i / 2);
  }
  for (uint32_t i = 1; i <= PROPERTIES; ++i) {
    put(files, "p%u,domain,c%u", i, 1 + random_below(&source, CLASSES));
    put(files, "p%u,range,c%u", i, 1 + random_below(&source, CLASSES));
  }
  const uint32_t things = size / STATEMENTS_EACH;
  for (uint32_t i = 0; i < size; ++i) {
    put(files, "x%u,p%u,x%u", i / STATEMENTS_EACH, 1 + random_below(&source, PROPERTIES),
        random_below(&source, things));
  }
}

enum { TARGETS = 4 };

/// From each node to some others.
static void random_edges(const fact_files *files, uint32_t size)
{
  random_source source = {size};
  for (uint32_t i = 0; i < size; ++i) {
    for (uint32_t j = 0; j < TARGETS; ++j) { // Each from a part of its own: they differ.
      const uint32_t part = size / TARGETS;
      put(files, "n%u,n%u", i, j * part + random_below(&source, part));
    }
  }
}

enum { REACH = 8 };

/// From each node on a ring to those that come next.
static void near_edges(const fact_files *files, uint32_t size)
{
  for (uint32_t i = 0; i < size; ++i) {
    for (uint32_t j = 1; j <= REACH; ++j) {
      put(files, "n%u,n%u", i, (i + j) % size);
    }
  }
}

static uint32_t near_triangles(uint32_t size)
{
  return size * (REACH * (REACH - 1) / 2);
}

enum { ITEMS_EACH = 50, GROUPS = 20, AMOUNTS = 1000 };

static void items(const fact_files *files, uint32_t count, uint32_t groups)
{
  random_source source = {count};
  for (uint32_t i = 0; i < count; ++i) {
    put(files, "i%u,g%u,%u", i, i % groups, random_below(&source, AMOUNTS));
  }
}

static void groups(const fact_files *files, uint32_t count)
{
  for (uint32_t i = 0; i < count; ++i) {
    put(files, "g%u", i);
  }
}

static void items_of_many(const fact_files *files, uint32_t size)
{
  items(files, size * ITEMS_EACH, size);
}

static void items_of_few(const fact_files *files, uint32_t size)
{
  items(files, size, GROUPS);
}

static void few_groups(const fact_files *files, uint32_t size)
{
  (void)size;
  groups(files, GROUPS);
}

static uint32_t one_each(uint32_t size)
{
  return size;
}

// The workloads --------------------------------------------------------------------------

#define RDFS                                                                                       \
  "t(S,P,O) :- given(S,P,O).\n"                                                                    \
  "t(A,sub_class,C) :- t(A,sub_class,B), t(B,sub_class,C).\n"                                      \
  "t(A,sub_property,C) :- t(A,sub_property,B), t(B,sub_property,C).\n"                             \
  "t(X,is_a,C) :- t(X,is_a,B), t(B,sub_class,C).\n"                                                \
  "t(X,Q,Y) :- t(P,sub_property,Q), t(X,P,Y).\n"                                                   \
  "t(X,is_a,C) :- t(P,domain,C), t(X,P,Y).\n"                                                      \
  "t(Y,is_a,C) :- t(P,range,C), t(X,P,Y).\n"
#define PATH "far(A,D) :- edge(A,B), edge(B,C), edge(C,D).\n"
#define TRIANGLE "triangle(X,Y,Z) :- edge(X,Y), edge(Y,Z), edge(X,Z).\n"
#define ITEMS                                                                                      \
  "  item: {fields: {item: symbol, group: symbol, amount: integer}}\n"                             \
  "  group: {fields: {group: symbol}}\n"

static const workload workloads[] = {
    {"type inference",
     "t",
     3,
     {2000, 8000, 32000},
     NULL,
     {{"given", "s,p,o", triples}},
     "  given: {fields: {s: symbol, p: symbol, o: symbol}}\n"
     "  t: {fields: {s: symbol, p: symbol, o: symbol}}\n",
     "  - {id: rdfs/given, when: [{given: {s: $s, p: $p, o: $o}}],\n"
     "     then: [{t: {s: $s, p: $p, o: $o}}]}\n"
     "  - {id: rdfs/sub-class, when: [{t: {s: $a, p: sub_class, o: $b}},\n"
     "     {t: {s: $b, p: sub_class, o: $c}}], then: [{t: {s: $a, p: sub_class, o: $c}}]}\n"
     "  - {id: rdfs/sub-property, when: [{t: {s: $a, p: sub_property, o: $b}},\n"
     "     {t: {s: $b, p: sub_property, o: $c}}], then: [{t: {s: $a, p: sub_property, o: $c}}]}\n"
     "  - {id: rdfs/is-a, when: [{t: {s: $x, p: is_a, o: $b}},\n"
     "     {t: {s: $b, p: sub_class, o: $c}}], then: [{t: {s: $x, p: is_a, o: $c}}]}\n"
     "  - {id: rdfs/holds, when: [{t: {s: $p, p: sub_property, o: $q}},\n"
     "     {t: {s: $x, p: $p, o: $y}}], then: [{t: {s: $x, p: $q, o: $y}}]}\n"
     "  - {id: rdfs/domain, when: [{t: {s: $p, p: domain, o: $c}}, {t: {s: $x, p: $p}}],\n"
     "     then: [{t: {s: $x, p: is_a, o: $c}}]}\n"
     "  - {id: rdfs/range, when: [{t: {s: $p, p: range, o: $c}}, {t: {p: $p, o: $y}}],\n"
     "     then: [{t: {s: $y, p: is_a, o: $c}}]}\n",
     RDFS,
     ":- table t/3.\n" RDFS},
    {"three steps",
     "far",
     2,
     {1000, 4000, 16000},
     NULL,
     {{"edge", "a,b", random_edges}},
     "  edge: {fields: {a: symbol, b: symbol}}\n"
     "  far: {fields: {a: symbol, b: symbol}}\n",
     "  - {id: bench/far, when: [{edge: {a: $a, b: $b}}, {edge: {a: $b, b: $c}},\n"
     "     {edge: {a: $c, b: $d}}], then: [{far: {a: $a, b: $d}}]}\n",
     PATH,
     ":- table far/2.\n" PATH},
    {"triangles",
     "triangle",
     3,
     {1000, 4000, 16000},
     near_triangles,
     {{"edge", "a,b", near_edges}},
     "  edge: {fields: {a: symbol, b: symbol}}\n"
     "  triangle: {fields: {a: symbol, b: symbol, c: symbol}}\n",
     "  - {id: bench/triangle, when: [{edge: {a: $x, b: $y}}, {edge: {a: $y, b: $z}},\n"
     "     {edge: {a: $x, b: $z}}], then: [{triangle: {a: $x, b: $y, c: $z}}]}\n",
     TRIANGLE,
     ":- table triangle/3.\n" TRIANGLE},
    {"aggregates, more groups",
     "sums",
     3,
     {400, 1600, 6400},
     one_each,
     {{"item", "item,group,amount", items_of_many}, {"group", "group", groups}},
     ITEMS "  sums: {fields: {group: symbol, total: integer, most: integer}}\n",
     "  - {id: bench/sums, when: [{group: {group: $g}},\n"
     "     {sum: {as: $s, of: $v, over: [{item: {item: $i, group: $g, amount: $v}}]}},\n"
     "     {max: {as: $m, of: $w, over: [{item: {group: $g, amount: $w}}]}}],\n"
     "     then: [{sums: {group: $g, total: $s, most: $m}}]}\n",
     "sums(G,S,M) :- group(G), S = #sum{V,I : item(I,G,V)}, M = #max{V : item(_,G,V)}.\n",
     ":- table sums/3.\n"
     "sums(G,S,M) :- group(G), aggregate_all(sum(V), item(_,G,V), S),\n"
     "  aggregate_all(max(W), item(_,G,W), M).\n"},
    {"aggregates, larger groups",
     "share",
     3,
     {2000, 8000, 32000},
     one_each,
     {{"item", "item,group,amount", items_of_few}, {"group", "group", few_groups}},
     ITEMS "  share: {fields: {item: symbol, amount: integer, total: integer}}\n",
     "  - {id: bench/share, when: [{item: {item: $i, group: $g, amount: $v}},\n"
     "     {sum: {as: $s, of: $w, over: [{item: {item: $j, group: $g, amount: $w}}]}}],\n"
     "     then: [{share: {item: $i, amount: $v, total: $s}}]}\n",
     "total(G,S) :- group(G), S = #sum{V,I : item(I,G,V)}.\n"
     "share(I,V,S) :- item(I,G,V), total(G,S).\n",
     ":- table share/3, total/2.\n"
     "total(G,S) :- group(G), aggregate_all(sum(V), item(_,G,V), S).\n"
     "share(I,V,S) :- item(I,G,V), total(G,S).\n"},
};

enum { WORKLOAD_COUNT = sizeof workloads / sizeof *workloads };

// Files ---------------------------------------------------------------------------------

static void write_pack_file(const char *folder, const char *part, const char *name,
                            const char *begin, const char *rest)
{
  FILE *const file = open_file(path_in(folder, part).text, name);
  (void)fprintf(file, "%s%s", begin, rest);
  (void)fclose(file);
}

/// Everything that the three programs read, in one folder.
static void write_workload(const workload *w, uint32_t size, const char *folder)
{
  static const char *const any[] = {"", "_", "_,_", "_,_,_"};
  peers_write_pack(folder);
  peers_write_count(folder, w->result, w->width);
  write_pack_file(folder, "kb", "schema.yaml", "relations:\n", w->schema);
  write_pack_file(folder, "rules", "rules.yaml", "cite: [made]\nrules:\n", w->rules);
  const file_path kb = path_in(folder, "kb");
  FILE *const facts = open_file(kb.text, "facts.yaml");
  FILE *const program = open_file(folder, "program.lp");
  FILE *const prolog = open_file(folder, "program.pl");
  (void)fputs("cite: [made]\nfacts:\n", facts);
  (void)fprintf(program, "%s#show.\n", w->program);
  (void)fprintf(prolog, "%smain :- aggregate_all(count, %s(%s), N), print(N), nl.\n", w->prolog,
                w->result, any[w->width]);
  for (const input *in = w->inputs; in < w->inputs + MOST_INPUTS && in->relation; ++in) {
    char table[64];
    (void)snprintf(table, sizeof table, "%s.csv", in->relation);
    (void)fprintf(facts, "  %s: {csv: %s}\n", in->relation, table);
    const fact_files files = {in->relation, open_file(kb.text, table), program, prolog};
    (void)fprintf(files.table, "%s\n", in->header);
    in->generate(&files, size);
    (void)fclose(files.table);
  }
  (void)fclose(facts);
  (void)fclose(program);
  (void)fclose(prolog);
}

// Runs -----------------------------------------------------------------------------------

static void print_cell(peer *p, peer *ours)
{
  if (!p->is_there || p->has_failed) {
    printf(" %32s", !p->is_there ? "not installed" : "failed");
    return;
  }
  const double time = peer_milliseconds(p);
  const double memory = peer_mebibytes(p);
  const double facts = ours->count > 0 ? (double)ours->count : 1;
  printf(" %8.1f %6.1f %6.2f %5.0f", time, memory, time * 1e3 / facts,
         memory * 1024 * 1024 / facts);
  if (p != ours) {
    printf(" %5.1f×", time / peer_milliseconds(ours));
  }
}

/// Whether all counted the same.
static bool measure(const workload *w, uint32_t size, int runs, const char *demarche,
                    const char *folder)
{
  peer peers[PEERS];
  write_workload(w, size, folder);
  peers_measure(demarche, folder, w->result, runs, peers);
  printf("%-26s %6u %8ld", w->name, size, peers[PEER_DEMARCHE].count);
  for (int i = 0; i < PEERS; ++i) {
    print_cell(&peers[i], &peers[PEER_DEMARCHE]);
  }
  bool is_right = peers_agree(peers);
  if (w->formula && peers[PEER_DEMARCHE].count != (long)w->formula(size)) {
    printf("  there should be %u!", w->formula(size));
    is_right = false;
  }
  printf("\n");
  (void)fflush(stdout);
  peers_clear(peers);
  return is_right;
}

static bool is_wanted(const workload *w, char *const names[])
{
  bool is_named = !*names;
  for (; *names; ++names) {
    is_named = is_named || strstr(w->name, *names);
  }
  return is_named;
}

int main(int argc, char **argv)
{
  if (argc < 3) {
    (void)fprintf(stderr, "usage: growth DEMARCHE FOLDER [WORKLOAD…]\n");
    return 2;
  }
  printf("Whole processes: milliseconds, MiB at the peak, microseconds and bytes a fact of the "
         "result,\ntimes demarche's time (medians of %d, for the smallest size of %d)\n\n%-26s %6s "
         "%8s %28s %35s %35s\n",
         RUNS, MANY_RUNS, "", "size", "facts", "demarche", "clingo", "SWI-Prolog");
  bool is_right = true;
  for (int i = 0; i < WORKLOAD_COUNT; ++i) {
    for (int j = 0; j < SIZES && is_wanted(&workloads[i], argv + 3); ++j) {
      char number[16]; // A folder each: a pack reads every table that lies in it.
      (void)snprintf(number, sizeof number, "growth-%d", i + 1);
      const file_path folder = path_in(argv[2], number);
      const int runs = j == 0 ? MANY_RUNS : RUNS; // A few milliseconds are soon disturbed.
      is_right =
          measure(&workloads[i], workloads[i].sizes[j], runs, argv[1], folder.text) && is_right;
    }
  }
  return is_right ? 0 : 1;
}
