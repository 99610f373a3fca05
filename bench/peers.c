// SPDX-License-Identifier: Apache-2.0

#include "peers.h"

#include <stdlib.h>
#include <string.h>

enum { PATIENCE = 120, MOST_ARGUMENTS = 12 };

// Files ---------------------------------------------------------------------------------

void peers_write_pack(const char *folder)
{
  const file_path kb = path_in(folder, "kb");
  make_folder(kb.text);
  make_folder(path_in(folder, "rules").text);
  FILE *const pack = open_file(kb.text, "pack.yaml");
  (void)fputs("name: bench\nversion: 1.0.0\ntitle: A benchmark\nlanguages: [en]\n"
              "date: 2025-01-01\n",
              pack);
  (void)fclose(pack);
  FILE *const sources = open_file(kb.text, "sources.yaml");
  (void)fputs("sources: {made: {title: Generated}}\n", sources);
  (void)fclose(sources);
}

void peers_write_count(const char *folder, const char *result, int width)
{
  const char *const variables = width == 1 ? "X" : width == 2 ? "X,Y" : "X,Y,Z";
  FILE *const file = open_file(folder, "count.lp");
  (void)fprintf(file, "#show n/1.\nn(N) :- N = #count{%s : %s(%s)}.\n", variables, result,
                variables);
  (void)fclose(file);
}

// Runs ----------------------------------------------------------------------------------

static process_run last_run; // Its room for output is large.

/// The first number of the answer; in clingo's, the one in "n(…)".
static long count_in(const char *output)
{
  const char *const answer = strstr(output, "n(");
  return strtol(answer ? answer + 2 : output, NULL, 10);
}

static void run_once(peer *p, char *const arguments[])
{
  process_measure(arguments, PATIENCE, &last_run);
  p->has_failed = p->has_failed || !last_run.is_done;
  p->count = count_in(last_run.output);
  samples_add(&p->microseconds, (uint64_t)(last_run.milliseconds * 1e3));
  samples_add(&p->kibibytes, (uint64_t)(last_run.mebibytes * 1024));
}

void peers_measure(const char *demarche, const char *folder, const char *result, int turns,
                   peer peers[PEERS])
{
  file_path ours = path_in(demarche, "");
  ours.text[strlen(ours.text) - 1] = '\0'; // A copy that may be an argument.
  file_path program = path_in(folder, "program.lp");
  file_path counting = path_in(folder, "count.lp");
  file_path prolog = path_in(folder, "program.pl");
  file_path pack = path_in(folder, ".");
  char relation[64];
  (void)snprintf(relation, sizeof relation, "%s", result);
  char *const arguments[PEERS][MOST_ARGUMENTS] = {
      {ours.text, "facts", relation, "--count", "--pack", pack.text},
      {"clingo", "--stats", program.text},
      {"swipl", "--stack-limit=4g", "--table-space=4g", "-g", "main", "-t", "halt", prolog.text},
  };
  static const char *const names[PEERS] = {"demarche", "clingo", "SWI-Prolog"};
  for (int i = 0; i < PEERS; ++i) {
    peers[i] =
        (peer){.name = names[i], .is_there = i == PEER_DEMARCHE || process_exists(arguments[i][0])};
  }
  for (int turn = 0; turn < turns; ++turn) {
    for (int i = 0; i < PEERS; ++i) {
      if (peers[i].is_there && !peers[i].has_failed) {
        run_once(&peers[i], arguments[i]);
      }
    }
  }
  if (peers[PEER_CLINGO].is_there && !peers[PEER_CLINGO].has_failed) {
    process_measure((char *[]){"clingo", program.text, counting.text, NULL}, PATIENCE, &last_run);
    peers[PEER_CLINGO].count = last_run.is_done ? count_in(last_run.output) : -1;
  }
}

void peers_clear(peer peers[PEERS])
{
  for (int i = 0; i < PEERS; ++i) {
    samples_clear(&peers[i].microseconds);
    samples_clear(&peers[i].kibibytes);
  }
}

double peer_milliseconds(peer *p)
{
  return samples_quantile(&p->microseconds, 0.5) / 1e3;
}

double peer_mebibytes(peer *p)
{
  return samples_quantile(&p->kibibytes, 0.5) / 1024;
}

bool peers_agree(const peer peers[PEERS])
{
  bool agrees = !peers[PEER_DEMARCHE].has_failed;
  for (int i = 1; i < PEERS; ++i) {
    if (peers[i].is_there && !peers[i].has_failed && peers[i].count != peers[PEER_DEMARCHE].count) {
      printf("  %s counts %ld!", peers[i].name, peers[i].count);
      agrees = false;
    }
  }
  return agrees;
}
