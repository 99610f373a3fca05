// SPDX-License-Identifier: Apache-2.0

// The tests' pack: a harbour with boats.

#include "lang/pack_fixture.h"

#include "lang/scalar.h"

static const pack_fixture_file own_files[] = {
    {"kb/pack.yaml", "name: harbour\ndate: 2025-06-01\n"},
    {"kb/schema.yaml",
     "relations:\n"
     "  person: {key: id, label: name, also: [nick, name, nick], fields: {id: symbol, name: "
     "text, nick: {type: text, optional: true}}}\n"
     "  boat: {key: id, fields: {id: symbol, kind: {type: [sail, motor], default: "
     "sail}, seats: {type: integer, optional: true}}}\n"
     "  owns: {fields: {person: person, boat: boat}}\n"
     "  trip: {fields: {from: symbol, to: symbol}}\n"
     "  log: {fields: {day: date, text: text, depth: number, ok: boolean}}\n"
     "  open: {fields: {}}\n"},
    {"kb/sources.yaml", "sources:\n"
                        "  book: {title: A book, sections: {one: The first, two: The second}}\n"
                        "  web: {title: A page}\n"},
};

enum { OWN_FILES = sizeof own_files / sizeof *own_files };

static bool is_among(const pack_fixture_file *files, const char *path)
{
  for (size_t i = 0; files[i].path; ++i) {
    if (strcmp(files[i].path, path) == 0) {
      return true;
    }
  }
  return false;
}

void pack_fixture_read(pack_fixture *fixture, const pack_fixture_file *files)
{
  pack_fixture_read_with(fixture, files, dem_allocator_default(), 100000);
}

void pack_fixture_read_with(pack_fixture *fixture, const pack_fixture_file *files,
                            dem_allocator allocator, size_t max_nodes)
{
  dem_pack_file all[OWN_FILES + PACK_FIXTURE_MOST_FILES];
  size_t count = 0;
  for (size_t i = 0; i < OWN_FILES; ++i) {
    if (!is_among(files, own_files[i].path)) {
      all[count++] = (dem_pack_file){.path = dem_slice_of(own_files[i].path),
                                     .bytes = dem_slice_of(own_files[i].text)};
    }
  }
  for (size_t i = 0; i < PACK_FIXTURE_MOST_FILES && files[i].path; ++i) {
    if (files[i].text) { // NULL: the fixture's own file is left out.
      all[count++] = (dem_pack_file){.path = dem_slice_of(files[i].path),
                                     .bytes = dem_slice_of(files[i].text)};
    }
  }
  const dem_text_limits limits = {.max_bytes = 1 << 20, .max_depth = 64, .max_nodes = max_nodes};
  dem_model_init(&fixture->model, allocator);
  dem_diagnostics_init(&fixture->diagnostics, allocator);
  dem_buffer_init(&fixture->text, dem_allocator_default());
  fixture->status = dem_pack_read(all, count, &limits, &fixture->model, &fixture->diagnostics);
}

void pack_fixture_clear(pack_fixture *fixture)
{
  dem_buffer_clear(&fixture->text);
  dem_diagnostics_clear(&fixture->diagnostics);
  dem_model_clear(&fixture->model);
}

static const char *finish(pack_fixture *fixture)
{
  dem_buffer_add_char(&fixture->text, '\0');
  return fixture->text.bytes;
}

const char *pack_fixture_verdict(pack_fixture *fixture)
{
  dem_buffer *const out = &fixture->text;
  dem_buffer_reset(out);
  for (size_t i = 0; i < fixture->diagnostics.items.count; ++i) {
    const dem_diagnostic *const d = &DEM_VECTOR_AT(&fixture->diagnostics.items, dem_diagnostic, i);
    dem_buffer_add_text(out, i ? ", " : "");
    if (!dem_place_is_none(d->place)) {
      dem_buffer_add(out, dem_files_name(&fixture->model.files, d->place.file));
      dem_buffer_add_format(out, ":%u:%u ", d->place.line, d->place.column);
    }
    dem_buffer_add_text(out, dem_diagnostic_code_slug(d->code));
  }
  return finish(fixture);
}

const char *pack_fixture_report(pack_fixture *fixture)
{
  dem_buffer_reset(&fixture->text);
  for (size_t i = 0; i < fixture->diagnostics.items.count; ++i) {
    dem_diagnostic_render(&DEM_VECTOR_AT(&fixture->diagnostics.items, dem_diagnostic, i),
                          &fixture->model.files, false, &fixture->text);
  }
  return finish(fixture);
}

const char *pack_fixture_facts(pack_fixture *fixture, const char *relation)
{
  const dem_model *const model = &fixture->model;
  dem_buffer *const out = &fixture->text;
  dem_buffer_reset(out);
  const uint32_t id = dem_model_find_relation(model, dem_slice_of(relation));
  if (id != DEM_NONE) {
    const dem_relation *const r = &model->relations[id];
    const dem_given_facts *const facts = &model->facts[id];
    for (size_t row = 0; row < facts->givens.count; ++row) {
      dem_buffer_add_format(out, "%s%s(", row ? " " : "", relation);
      for (uint32_t i = 0; i < r->field_count; ++i) {
        const dem_word word = DEM_VECTOR_AT(&facts->words, dem_word, row * r->field_count + i);
        dem_buffer_add_text(out, i ? ", " : "");
        dem_buffer_add(out, dem_symbols_text(model->symbols, r->fields[i].name));
        dem_buffer_add_char(out, '=');
        if (word != DEM_ABSENT || !r->fields[i].is_optional) {
          dem_word_write(model->symbols, r->fields[i].type.storage, word, out);
        }
      }
      dem_buffer_add_char(out, ')');
    }
  }
  return finish(fixture);
}
