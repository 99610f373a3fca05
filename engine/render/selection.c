// SPDX-License-Identifier: Apache-2.0

// Which fields of an advice to show.

#include "render/selection.h"

#include <string.h>

// clang-format off
#define REASON(path)                                                                              \
  {path "because", true}, {path "certainty", true}, {path "if", false}, {path "if.field", true},  \
  {path "if.answer", true}, {path "if.label", true}, {path "if.not", true}, {path "rule", true},  \
  {path "file", true}, {path "line", true}, {path "cites", true}
#define ITEMS(path)                                                                               \
  {path, false}, {path ".order", true}, {path ".text", true}, {path ".route", true}, REASON(path ".")

const dem_selectable dem_selectables[] = {
  {"demarche", true}, {"id", true},
  {"pack", false}, {"pack.name", true}, {"pack.version", true}, {"pack.title", true}, {"pack.sha256", true},
  {"date", true},
  {"answers", false}, {"answers.field", true}, {"answers.ask", true}, {"answers.state", true},
  {"answers.relevant", true},
  {"answers.values", false}, {"answers.values.id", true}, {"answers.values.label", true},
  {"partners", false}, {"partners.id", true}, {"partners.label", true}, {"partners.kind", true},
  {"partners.un", true}, {"partners.certainty", true}, {"partners.weight", true},
  {"partners.purposes", false}, {"partners.purposes.id", true}, {"partners.purposes.label", true},
  {"partners.purposes.certainty", true},
  {"partners.purposes.weight", true}, {"partners.purposes.reasons", false},
  {"partners.purposes.reasons.weight", true}, REASON("partners.purposes.reasons."),
  ITEMS("partners.steps"), ITEMS("partners.caveats"), ITEMS("partners.references"),
  ITEMS("steps"), ITEMS("caveats"), ITEMS("references"),
  {"ruled_out", false}, {"ruled_out.id", true}, {"ruled_out.label", true}, {"ruled_out.by", true},
  {"ruled_out.text", true}, {"ruled_out.distance", true}, {"ruled_out.rule", true},
  {"ruled_out.title", true}, {"ruled_out.file", true}, {"ruled_out.line", true},
  {"sources", false}, {"sources.id", true}, {"sources.title", true}, {"sources.section", true},
  {"sources.work", true}, {"sources.author", true}, {"sources.publisher", true},
  {"sources.date", true}, {"sources.url", true}, {"sources.as_of", true},
  {NULL, false},
};
// clang-format on

const dem_selectable *dem_selectable_find(dem_slice path)
{
  for (const dem_selectable *s = dem_selectables; s->path; ++s) {
    if (dem_slice_is(path, s->path)) {
      return s;
    }
  }
  return NULL;
}

bool dem_selectable_is_brief(dem_slice path)
{
  static const char *const paths[] = {"demarche",
                                      "id",
                                      "pack",
                                      "pack.name",
                                      "pack.version",
                                      "pack.title",
                                      "pack.sha256",
                                      "date",
                                      "answers.field",
                                      "answers.ask",
                                      "answers.state",
                                      "answers.values",
                                      "answers.values.id",
                                      "answers.values.label",
                                      "partners.id",
                                      "partners.label",
                                      "partners.kind",
                                      "partners.un",
                                      "partners.certainty",
                                      "partners.weight",
                                      "partners.purposes.id",
                                      "partners.purposes.label",
                                      "partners.purposes.certainty",
                                      "partners.purposes.weight"};
  for (size_t i = 0; i < sizeof paths / sizeof *paths; ++i) {
    if (dem_slice_is(path, paths[i])) {
      return true;
    }
  }
  return false;
}

bool dem_selectable_is_ruled_out(dem_slice path)
{
  const dem_slice list = DEM_SLICE("ruled_out");
  return path.size >= list.size && memcmp(path.bytes, list.bytes, list.size) == 0;
}

const dem_selected *dem_selected_find(const dem_selected *above, dem_slice key)
{
  for (const dem_selected *s = above->first; s; s = s->next) {
    if (dem_slice_is_equal(s->key, key)) {
      return s;
    }
  }
  return NULL;
}

bool dem_selected_add(dem_selected *root, dem_slice path, dem_arena *arena)
{
  dem_selected *above = root;
  while (path.size > 0) {
    const char *const dot = memchr(path.bytes, '.', path.size);
    const dem_slice key = {path.bytes, dot ? (size_t)(dot - path.bytes) : path.size};
    dem_selected *below = (dem_selected *)(uintptr_t)dem_selected_find(above, key);
    if (!below) {
      below = DEM_ARENA_NEW(arena, dem_selected);
      if (!below) {
        return false;
      }
      *below = (dem_selected){.key = key, .next = above->first};
      above->first = below;
    }
    above = below;
    path = dot ? (dem_slice){dot + 1, path.size - key.size - 1} : (dem_slice){path.bytes, 0};
  }
  above->is_whole = true;
  return true;
}
