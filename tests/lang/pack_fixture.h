// SPDX-License-Identifier: Apache-2.0

// A small pack in memory, for tests of what the readers make of its files: what they
// report, and which facts they read, written as a short text.

#ifndef DEM_TESTS_LANG_PACK_FIXTURE_H
#define DEM_TESTS_LANG_PACK_FIXTURE_H

#include "base/buffer.h"
#include "base/diagnostic.h"
#include "lang/pack_reader.h"

enum { PACK_FIXTURE_MOST_FILES = 6 };

typedef struct pack_fixture {
  dem_model model;
  dem_diagnostics diagnostics;
  dem_status status;
  dem_buffer text; ///< What was described last.
} pack_fixture;

/// A file as tests write it. The list ends with a NULL path.
typedef struct pack_fixture_file {
  const char *path;
  const char *text;
} pack_fixture_file;

/// Read a pack of these files. pack.yaml, schema.yaml and sources.yaml that are not among them
/// are the fixture's own: see pack_fixture.c.
void pack_fixture_read(pack_fixture *fixture, const pack_fixture_file *files);

/// The same, with the memory of `allocator` and at most `max_nodes` nodes.
void pack_fixture_read_with(pack_fixture *fixture, const pack_fixture_file *files,
                            dem_allocator allocator, size_t max_nodes);
void pack_fixture_clear(pack_fixture *fixture);

/// "FILE:LINE:COLUMN slug" for each diagnostic, separated by ", ", sorted by place.
const char *pack_fixture_verdict(pack_fixture *fixture);

/// All that the diagnostics say, as people see it.
const char *pack_fixture_report(pack_fixture *fixture);

/// The facts of a relation: "dog(id=rex, age=3) dog(id=fido, age=)".
const char *pack_fixture_facts(pack_fixture *fixture, const char *relation);

#endif
