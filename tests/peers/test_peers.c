// SPDX-License-Identifier: Apache-2.0

// The command against other rule engines: on random programs `demarche facts` prints what clingo's
// one answer and SWI-Prolog's tables hold. Needs POSIX, and the programs; without either of them
// the test is skipped.
//
// usage: test_peers DEMARCHE FOLDER [FIRST_SEED COUNT]

#define _POSIX_C_SOURCE 200809L // NOLINT: popen, mkdir

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "peers/peer_program.h"
#include "peers/peer_writers.h"

enum { SKIPPED = 77, MOST_LINES = 200000, LINE_SIZE = 64 };

/// Lines of text, sorted.
typedef struct lines {
  int count;
  char items[MOST_LINES][LINE_SIZE];
} lines;

typedef struct trial {
  const char *program; ///< The command.
  char folder[512];
  peer_program made;
  lines ours;
  lines theirs;
} trial;

// Files -------------------------------------------------------------------------------

typedef void write_part(const peer_program *program, FILE *file);

static void die(const char *what)
{
  perror(what);
  exit(1);
}

static void write_file(const trial *t, const char *name, const char *text, write_part *write)
{
  char path[600];
  (void)snprintf(path, sizeof path, "%s/%s", t->folder, name);
  FILE *const file = fopen(path, "w");
  if (!file) {
    die(path);
  }
  if (text) {
    (void)fputs(text, file);
  } else {
    write(&t->made, file);
  }
  (void)fclose(file);
}

static void make_folder(const trial *t, const char *name)
{
  char path[600];
  (void)snprintf(path, sizeof path, "%s/%s", t->folder, name);
  if (mkdir(path, 0777) != 0 && errno != EEXIST) {
    die(path);
  }
}

static void write_all(const trial *t)
{
  make_folder(t, "");
  make_folder(t, "kb");
  make_folder(t, "rules");
  write_file(t, "kb/pack.yaml",
             "name: peers\nversion: 1.0.0\ntitle: A random program\nlanguages: [en]\n"
             "date: 2025-01-01\n",
             NULL);
  write_file(t, "kb/sources.yaml", "sources: {made: {title: Generated}}\n", NULL);
  write_file(t, "kb/schema.yaml", NULL, peer_write_schema);
  write_file(t, "kb/profile.yaml", NULL, peer_write_questions);
  write_file(t, "kb/facts.yaml", NULL, peer_write_facts);
  write_file(t, "rules/rules.yaml", NULL, peer_write_rules);
  write_file(t, "profile.yaml", NULL, peer_write_profile);
  write_file(t, "program.lp", NULL, peer_write_clingo);
  write_file(t, "program.pl", NULL, peer_write_prolog);
}

// Runs ----------------------------------------------------------------------------------

static int compare_lines(const void *left, const void *right)
{
  return strcmp(left, right);
}

static void add_line(lines *all, const char *text, size_t size)
{
  if (size > 0 && all->count < MOST_LINES && size < LINE_SIZE) {
    memcpy(all->items[all->count], text, size);
    all->items[all->count++][size] = '\0';
  }
}

/// Runs a command of the shell, and takes what it prints apart at spaces or line ends.
static int run(lines *all, const char *command, const char *separators)
{
  static char text[MOST_LINES * LINE_SIZE];
  FILE *const out = popen(command, "r");
  if (!out) {
    die(command);
  }
  const size_t size = fread(text, 1, sizeof text - 1, out);
  text[size] = '\0';
  const int status = pclose(out);
  all->count = 0;
  for (const char *at = text; *at; at += strspn(at, separators)) {
    const size_t length = strcspn(at, separators);
    add_line(all, at, length);
    at += length;
  }
  qsort(all->items, (size_t)all->count, LINE_SIZE, compare_lines);
  return status;
}

/// r1(2,a) → r1, tab, 2, tab, a
static void untie_atoms(lines *all)
{
  int kept = 0;
  for (int i = 0; i < all->count; ++i) {
    char *const line = all->items[i];
    if (!strchr(line, '(')) {
      continue; // clingo's own words.
    }
    for (char *c = line; *c; ++c) {
      *c = *c == '(' || *c == ',' ? '\t' : *c == ')' ? '\0' : *c;
    }
    memmove(all->items[kept++], line, LINE_SIZE);
  }
  all->count = kept;
  qsort(all->items, (size_t)all->count, LINE_SIZE, compare_lines);
}

static bool is_same(const trial *t, const char *peer, unsigned long seed)
{
  for (int i = 0; i < t->ours.count || i < t->theirs.count; ++i) {
    const char *const ours = i < t->ours.count ? t->ours.items[i] : "(end)";
    const char *const theirs = i < t->theirs.count ? t->theirs.items[i] : "(end)";
    if (strcmp(ours, theirs) != 0) {
      printf("seed %lu: demarche has '%s' where %s has '%s' (%d and %d facts); see %s\n", seed,
             ours, peer, theirs, t->ours.count, t->theirs.count, t->folder);
      return false;
    }
  }
  return true;
}

static bool try_seed(trial *t, unsigned long seed)
{
  char command[2048];
  peer_program_make(&t->made, seed);
  write_all(t);
  (void)snprintf(command, sizeof command,
                 "%s facts r0 r1 r2 r3 r4 r5 r6 r7 r8 r9 --pack %s %s/profile.yaml", t->program,
                 t->folder, t->folder);
  if (run(&t->ours, command, "\n") != 0) {
    printf("seed %lu: demarche fails; see %s\n", seed, t->folder);
    return false;
  }
  (void)snprintf(command, sizeof command, "clingo -Wnone --verbose=0 %s/program.lp", t->folder);
  (void)run(&t->theirs, command, " \n");
  untie_atoms(&t->theirs);
  if (!is_same(t, "clingo", seed)) {
    return false;
  }
  // It has no join order of its own, and a few programs take it minutes: those are let go.
  (void)snprintf(command, sizeof command, "timeout 10 swipl -g main -t halt %s/program.pl",
                 t->folder);
  return run(&t->theirs, command, "\n") != 0 || is_same(t, "swipl", seed);
}

int main(int argc, char **argv)
{
  if (argc < 3) {
    (void)fprintf(stderr, "usage: test_peers DEMARCHE FOLDER [FIRST_SEED COUNT]\n");
    return 2;
  }
  if (system("clingo --version >/dev/null 2>&1 && swipl --version >/dev/null 2>&1") != 0) {
    printf("skipped: clingo or swipl is missing\n");
    return SKIPPED;
  }
  const unsigned long first = argc > 3 ? strtoul(argv[3], NULL, 10) : 1;
  const unsigned long count = argc > 4 ? strtoul(argv[4], NULL, 10) : 40;
  trial *const t = calloc(1, sizeof *t);
  if (!t) {
    die("memory");
  }
  t->program = argv[1];
  (void)snprintf(t->folder, sizeof t->folder, "%s", argv[2]);
  unsigned long facts = 0;
  int failures = 0;
  for (unsigned long seed = first; seed < first + count && failures < 5; ++seed) {
    failures += !try_seed(t, seed);
    facts += (unsigned long)t->ours.count;
  }
  printf("%lu programs, %lu facts, %d differ\n", count, facts, failures);
  free(t);
  return failures ? 1 : 0;
}
