// SPDX-License-Identifier: Apache-2.0

// Any bytes as a file of rules, over a schema with a field of every type: a model, planned and with
// what follows from it derived, or diagnostics.

#include <stdlib.h>

#include "infer/program.h"
#include "lang/pack_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char pack[] =
    "name: fuzz\nversion: 1.0.0\ntitle: T\nlanguages: [en]\ndate: 2025-06-01\n";
static const char sources[] = "sources: {s: {title: T, sections: {one: O}}}\n";
static const char schema[] =
    "relations:\n"
    "  node: {key: id, label: name, fields: {id: symbol, name: {type: text, optional: true}}}\n"
    "  edge: {fields: {from: node, to: node}}\n"
    "  thing: {fields: {n: integer, x: number, b: boolean, d: date, t: text, e: [red, green]}}\n"
    "  out: {shows_as: recommendation, fields: {node: node, n: {type: integer, default: 1}}}\n";
static const char facts[] = "cite: [s/one]\n"
                            "facts:\n"
                            "  node: [{id: a, name: A}, {id: b}, {id: c}]\n"
                            "  edge: [{from: a, to: [b, c]}, {from: c, to: a}]\n"
                            "  thing: [{n: -7, x: 0.5, b: yes, d: 2024-02-29, t: 'Å', e: red}]\n";

static dem_pack_file file_of(const char *path, const char *bytes, size_t size)
{
  return (dem_pack_file){.path = dem_slice_of(path), .bytes = {.bytes = bytes, .size = size}};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  const dem_allocator allocator = dem_allocator_default();
  dem_model model;
  dem_diagnostics diagnostics;
  dem_model_init(&model, allocator);
  dem_diagnostics_init(&diagnostics, allocator);

  const dem_pack_file files[] = {
      file_of("kb/pack.yaml", pack, sizeof pack - 1),
      file_of("kb/schema.yaml", schema, sizeof schema - 1),
      file_of("kb/sources.yaml", sources, sizeof sources - 1),
      file_of("kb/facts.yaml", facts, sizeof facts - 1),
      file_of("rules/rules.yaml", (const char *)data, size),
  };
  const dem_text_limits text_limits = {.max_bytes = 1 << 16, .max_depth = 64, .max_nodes = 10000};
  dem_status status =
      dem_pack_read(files, sizeof files / sizeof files[0], &text_limits, &model, &diagnostics);
  if ((status == DEM_OK) != (diagnostics.error_count == 0)) {
    abort();
  }

  if (status == DEM_OK) {
    dem_limits limits = dem_limits_default();
    limits.max_facts = 2000;
    limits.max_rounds = 200;
    limits.max_seconds = 5;
    dem_program *program = NULL;
    status = dem_program_new(allocator, &model, model.date, &limits, &diagnostics, &program);
    dem_program_free(program);
  }

  dem_diagnostics_clear(&diagnostics);
  dem_model_clear(&model);
  return 0;
}
