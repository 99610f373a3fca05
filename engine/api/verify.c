// SPDX-License-Identifier: Apache-2.0

// An advice in a file, its answers run again, and what differs.

#include "demarche/verify.h"

#include "api/handles.h"
#include "base/try.h"
#include "demarche/language.h"
#include "render/json.h"
#include "render/recheck.h"
#include "text/json.h"
#include "text/tree_difference.h"

struct dem_recheck {
  dem_allocator allocator;
  const dem_profiles *profiles;
  dem_arena arena;
  dem_files files;             ///< The advices made today, to be read back.
  dem_diagnostics diagnostics; ///< Of reading them: stays empty.
  dem_vector items;            ///< dem_recheck_item
  dem_buffer pretty;           ///< What `advise --format json` writes, an array's brackets aside.
  dem_buffer lines;            ///< What `advise --format jsonl` writes.
};

// Reading ---------------------------------------------------------------------------------

static const dem_node *root_of(const dem_profiles *profiles, size_t index)
{
  return DEM_VECTOR_AT(&profiles->roots, const dem_node *, index);
}

static const char *text_at(const dem_node *mapping, const char *key)
{
  const dem_node *const node =
      mapping && mapping->kind == DEM_NODE_MAPPING ? dem_node_find(mapping, key) : NULL;
  return node && node->kind == DEM_NODE_SCALAR && node->text.bytes ? node->text.bytes : "";
}

dem_status dem_recorded_find(dem_profiles *profiles, size_t index,
                             dem_recorded_advice *recorded_out)
{
  const dem_node *const root = root_of(profiles, index);
  const dem_node *const pack = root->kind == DEM_NODE_MAPPING ? dem_node_find(root, "pack") : NULL;
  const dem_node *const answers = pack ? dem_node_find(root, "answers") : NULL;
  *recorded_out = (dem_recorded_advice){.pack_name = text_at(pack, "name"),
                                        .pack_version = text_at(pack, "version"),
                                        .pack_sha256 = text_at(pack, "sha256"),
                                        .date = text_at(root, "date")};
  recorded_out->options.has_ruled_out = pack && dem_node_find(root, "ruled_out");
  if (answers && answers->kind == DEM_NODE_SEQUENCE &&
      strcmp(text_at(root, "demarche"), "1") == 0) {
    return DEM_OK;
  }
  const dem_status status = dem_diagnose(&profiles->report.diagnostics, DEM_DIAG_NOT_AN_ADVICE,
                                         root->place, "this is no advice");
  dem_diagnose_note(&profiles->report.diagnostics,
                    "an advice is what 'demarche advise --format json' writes");
  return status;
}

// Answers -----------------------------------------------------------------------------------

static dem_status take_values(dem_answers *answers, uint32_t question, const dem_node *values)
{
  dem_answers_set(answers, question, DEM_ANSWER_GIVEN, values->place);
  dem_status status = DEM_OK;
  for (size_t i = 0; i < values->count && status != DEM_ERR_NO_MEMORY; ++i) {
    const dem_node *const value = values->items[i];
    const dem_node *const id = value->kind == DEM_NODE_MAPPING ? dem_node_find(value, "id") : NULL;
    if (id && id->kind == DEM_NODE_SCALAR) {
      const dem_status one = dem_answers_add(answers, question, id->text, id->place);
      status = dem_status_worse(status, one);
    }
  }
  return status;
}

/// A question that was open although the kb could have filled it in was answered "unknown".
static dem_status take_answer(dem_session *session, uint32_t question, const dem_node *answer)
{
  const char *const state = text_at(answer, "state");
  const dem_node *const values = dem_node_find(answer, "values");
  if (strcmp(state, "open") == 0) {
    if (session->pack->model.questions[question].known_rule != DEM_NONE) {
      dem_answers_set(&session->answers, question, DEM_ANSWER_UNKNOWN, answer->place);
    }
    return DEM_OK;
  }
  if (strcmp(state, "answered") == 0 && values && values->kind == DEM_NODE_SEQUENCE) {
    return take_values(&session->answers, question, values);
  }
  return DEM_OK; // Known: the kb fills it in again.
}

static dem_status report_field(dem_session *session, const dem_node *answer)
{
  const char *const field = text_at(answer, "field");
  return dem_diagnose(&session->report.diagnostics, DEM_DIAG_UNKNOWN_QUESTION, answer->place,
                      "no question is called '%s'", field);
}

/// The advice is in the language in which it was made.
static dem_status speak(dem_session *session, const dem_node *root)
{
  const dem_node *const node = dem_node_find(root, "language");
  const dem_language *language = NULL;
  if (node &&
      dem_pack_find_language(session->pack, text_at(root, "language"), &language) != DEM_OK) {
    return dem_diagnose(&session->report.diagnostics, DEM_DIAG_WRONG_LANGUAGE, node->place,
                        "the pack does not speak '%.40s'", text_at(root, "language"));
  }
  dem_session_set_language(session, language);
  return DEM_OK;
}

dem_status dem_session_set_recorded(dem_session *session, const dem_profiles *profiles,
                                    size_t index)
{
  const dem_node *const answers = dem_node_find(root_of(profiles, index), "answers");
  session->report.files = (dem_files *)(uintptr_t)&profiles->files;
  session->profile_id = dem_slice_of(dem_profiles_id(profiles, index));
  dem_status status = speak(session, root_of(profiles, index));
  for (size_t i = 0; i < answers->count && status != DEM_ERR_NO_MEMORY; ++i) {
    const dem_node *const answer = answers->items[i];
    const uint32_t question = dem_pack_find_question(session->pack, text_at(answer, "field"));
    const dem_status one = question == DEM_NO_INDEX ? report_field(session, answer)
                                                    : take_answer(session, question, answer);
    status = dem_status_worse(status, one);
  }
  status = dem_session_settle(session, status);
  dem_diagnostics_sort(&session->report.diagnostics, session->report.files);
  return status;
}

// Comparing ---------------------------------------------------------------------------------

dem_status dem_recheck_new(const dem_profiles *profiles, dem_recheck **recheck_out)
{
  const dem_allocator allocator = profiles->allocator;
  dem_recheck *const r = allocator.resize(allocator.context, NULL, 0, sizeof *r);
  *recheck_out = r;
  DEM_TRY_MEMORY(r);
  *r = (dem_recheck){.allocator = allocator, .profiles = profiles};
  dem_arena_init(&r->arena, allocator);
  dem_files_init(&r->files, allocator);
  dem_diagnostics_init(&r->diagnostics, allocator);
  dem_vector_init(&r->items, allocator, sizeof(dem_recheck_item));
  dem_buffer_init(&r->pretty, allocator);
  dem_buffer_init(&r->lines, allocator);
  return DEM_OK;
}

void dem_recheck_free(dem_recheck *r)
{
  if (!r) {
    return;
  }
  dem_buffer_clear(&r->lines);
  dem_buffer_clear(&r->pretty);
  dem_vector_clear(&r->items);
  dem_diagnostics_clear(&r->diagnostics);
  dem_files_clear(&r->files);
  dem_arena_clear(&r->arena);
  (void)r->allocator.resize(r->allocator.context, r, sizeof *r, 0);
}

/// The first answer's label: whom the advice is for.
static const char *subject_of(const dem_node *root)
{
  const dem_node *const answers = dem_node_find(root, "answers");
  const dem_node *const values =
      answers && answers->count > 0 && answers->items[0]->kind == DEM_NODE_MAPPING
          ? dem_node_find(answers->items[0], "values")
          : NULL;
  return values && values->kind == DEM_NODE_SEQUENCE && values->count == 1
             ? text_at(values->items[0], "label")
             : "";
}

static dem_status compare(dem_recheck *r, const dem_node *before, dem_slice bytes)
{
  const dem_file_id file = dem_files_add(&r->files, DEM_SLICE("today"), bytes);
  const dem_reader_context context = {
      .arena = &r->arena, .files = &r->files, .diagnostics = &r->diagnostics, .limits = {0, 0, 0}};
  const dem_node *after = NULL;
  if (file.index == UINT32_MAX) {
    return DEM_ERR_NO_MEMORY;
  }
  DEM_TRY(dem_json_read(&context, file, &after));
  dem_vector changes;
  dem_vector_init(&changes, r->allocator, sizeof(dem_tree_change));
  dem_status status = dem_tree_compare(&r->arena, before, after, &changes);
  dem_recorded_change *const kept = DEM_ARENA_ARRAY(&r->arena, dem_recorded_change, changes.count);
  status = status == DEM_OK && !kept ? DEM_ERR_NO_MEMORY : status;
  for (size_t i = 0; status == DEM_OK && i < changes.count; ++i) {
    const dem_tree_change *const change = &DEM_VECTOR_AT(&changes, dem_tree_change, i);
    kept[i] = (dem_recorded_change){change->path, change->before, change->after};
  }
  const dem_recheck_item item = {
      .id = text_at(before, "id"),
      .subject = subject_of(before),
      .change_count = changes.count,
      .changes = kept,
  };
  dem_vector_clear(&changes);
  DEM_TRY(status);
  return dem_vector_add(&r->items, &item) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

dem_status dem_recheck_add(dem_recheck *r, const dem_advice *advice)
{
  const dem_node *const before = root_of(r->profiles, r->items.count);
  dem_buffer_add_text(&r->pretty, r->items.count > 0 ? ",\n" : "");
  dem_json_render(advice, true, &r->pretty);
  const size_t begin = r->lines.size;
  dem_json_render(advice, false, &r->lines);
  if (r->pretty.has_failed || r->lines.has_failed) {
    return DEM_ERR_NO_MEMORY;
  }
  return compare(r, before, (dem_slice){r->lines.bytes + begin, r->lines.size - begin});
}

// Findings ----------------------------------------------------------------------------------

size_t dem_recheck_count(const dem_recheck *r)
{
  return r->items.count;
}

dem_recheck_item dem_recheck_at(const dem_recheck *r, size_t index)
{
  return DEM_VECTOR_AT(&r->items, dem_recheck_item, index);
}

bool dem_recheck_is_same(const dem_recheck *r)
{
  for (size_t i = 0; i < r->items.count; ++i) {
    if (dem_recheck_at(r, i).change_count > 0) {
      return false;
    }
  }
  return r->items.count == r->profiles->roots.count;
}

bool dem_recheck_has_same_bytes(const dem_recheck *r)
{
  const dem_slice bytes = dem_files_bytes(&r->profiles->files, (dem_file_id){0});
  const dem_slice pretty = dem_buffer_slice(&r->pretty);
  if (!dem_recheck_is_same(r)) {
    return false;
  }
  if (dem_slice_is_equal(bytes, dem_buffer_slice(&r->lines))) {
    return true;
  }
  if (r->items.count == 1 && dem_slice_is_equal(bytes, pretty)) {
    return true;
  }
  // An array: "[\n", the advices, "]\n".
  return bytes.size == pretty.size + 4 && memcmp(bytes.bytes, "[\n", 2) == 0 &&
         memcmp(bytes.bytes + 2, pretty.bytes, pretty.size) == 0 &&
         memcmp(bytes.bytes + 2 + pretty.size, "]\n", 2) == 0;
}

dem_status dem_recheck_render(const dem_recheck *r, const char *name, bool is_json,
                              dem_write_function write, void *context)
{
  dem_buffer out;
  dem_buffer_init(&out, r->allocator);
  const dem_recheck_findings findings = {.name = name,
                                         .is_same = dem_recheck_is_same(r),
                                         .has_same_bytes = dem_recheck_has_same_bytes(r),
                                         .count = r->items.count,
                                         .items = r->items.items};
  if (is_json) {
    dem_recheck_json(&findings, &out);
  } else {
    dem_recheck_text(&findings, &out);
  }
  const dem_status status =
      out.has_failed ? DEM_ERR_NO_MEMORY : write(context, out.bytes, out.size);
  dem_buffer_clear(&out);
  return status;
}
