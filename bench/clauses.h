// SPDX-License-Identifier: Apache-2.0

// Rules as clauses, the same for every engine: "path(X,Z) :- path(X,Y), edge(Y,Z).", a line each.
//
// Arguments that begin with a capital are variables, others constants; "~" negates. Fields are
// called a, b, c, …

#ifndef DEM_BENCH_CLAUSES_H
#define DEM_BENCH_CLAUSES_H

#include <stdio.h>

/// As the rules of a pack, without the key `rules`. Ids are "bench/" and a number from `first`.
void clauses_write_yaml(FILE *file, const char *clauses, unsigned first);

/// As CLIPS constructs, each followed by a NUL: `take` is called for each.
/// @param salience  Of all of them: rules of a later stratum have a lower one.
void clauses_write_clips(const char *clauses, int salience, unsigned first,
                         void (*take)(void *context, const char *construct), void *context);

#endif
