// SPDX-License-Identifier: Apache-2.0

// Time, memory and the order statistics that the tables show.

#ifndef DEM_BENCH_MEASURE_H
#define DEM_BENCH_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/// Nanoseconds of the monotonic clock.
uint64_t clock_ns(void);

/// Times of one kind, in nanoseconds.
typedef struct samples {
  size_t count;
  size_t capacity;
  uint64_t *items; ///< Owned.
} samples;

void samples_add(samples *s, uint64_t item);
/// The item below which `part` of all are: 0.5 gives the median. Sorts them.
double samples_quantile(samples *s, double part);
void samples_clear(samples *s);

/// How a program ran.
typedef struct process_run {
  bool is_done; ///< It ended by itself and with status 0.
  double milliseconds;
  double mebibytes;   ///< Most memory that it held.
  char output[65536]; ///< The beginning of its standard output, zero-terminated.
} process_run;

/// Run a program and wait for it, for `seconds` at most.
/// @param arguments  The program, its arguments, NULL.
void process_measure(char *const arguments[], unsigned seconds, process_run *run);

/// Whether the shell would find a program of that name.
bool process_exists(const char *program);

typedef struct file_path {
  char text[1024];
} file_path;

/// Ends the program when the path is too long.
file_path path_in(const char *folder, const char *name);

/// Open a file to write; ends the program when it cannot be.
FILE *open_file(const char *folder, const char *name);
/// Make a folder and those above it.
void make_folder(const char *folder);

#endif
