// SPDX-License-Identifier: Apache-2.0

// The same program in demarche, clingo and SWI-Prolog, each a whole process: start, load, evaluate,
// count.

#ifndef DEM_BENCH_PEERS_H
#define DEM_BENCH_PEERS_H

#include "measure.h"

enum { PEER_DEMARCHE, PEER_CLINGO, PEER_PROLOG, PEERS };

typedef struct peer {
  const char *name;
  bool is_there;
  bool has_failed;
  long count; ///< Facts of the result.
  samples microseconds;
  samples kibibytes; ///< At the peak.
} peer;

/// Begin what the three read: pack.yaml and sources.yaml, in the folder that is then a pack.
void peers_write_pack(const char *folder);

/// What clingo is to count, in a file of its own: count.lp.
void peers_write_count(const char *folder, const char *result, int width);

/// Run a folder's pack, program.lp and program.pl, the programs taking turns.
///
/// clingo counts in a run of its own, which is not timed.
void peers_measure(const char *demarche, const char *folder, const char *result, int turns,
                   peer peers[PEERS]);
void peers_clear(peer peers[PEERS]);

double peer_milliseconds(peer *p);
double peer_mebibytes(peer *p);

/// Whether all that ran count the same; says which does not.
bool peers_agree(const peer peers[PEERS]);

#endif
