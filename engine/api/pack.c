// SPDX-License-Identifier: Apache-2.0

// The pack's handle: files → model → program, and what people browse.

#include "api/folder.h"
#include "api/handles.h"
#include "base/try.h"
#include "demarche/language.h"
#include "lang/pack_reader.h"
#include "lang/scalar.h"
#include "plan/listing.h"
#include "render/pack_dot.h"

dem_text_limits dem_limits_of_text(const dem_limits *limits)
{
  return (dem_text_limits){limits->max_bytes, limits->max_depth, limits->max_nodes};
}

// Opening -----------------------------------------------------------------------------

static dem_status new_pack(const dem_pack_options *options, dem_pack **pack_out)
{
  const dem_allocator allocator =
      options && options->allocator ? *options->allocator : dem_allocator_default();
  dem_pack *const pack = allocator.resize(allocator.context, NULL, 0, sizeof *pack);
  *pack_out = pack;
  DEM_TRY_MEMORY(pack);
  *pack = (dem_pack){.allocator = allocator};
  pack->limits = options && options->limits ? *options->limits : dem_limits_default();
  pack->counted = dem_budget_init(&pack->budget, allocator, pack->limits.max_memory);
  dem_model_init(&pack->model, pack->counted);
  dem_report_init(&pack->report, allocator, &pack->model.files);
  dem_arena_init(&pack->arena, pack->counted);
  return DEM_OK;
}

static dem_status read_date(dem_pack *pack, const char *text, int64_t *date_out)
{
  const dem_type type = {.kind = DEM_TYPE_DATE, .storage = DEM_STORAGE_DATE};
  dem_word word = 0;
  if (!text) {
    *date_out = pack->model.date;
    return DEM_OK;
  }
  if (dem_scalar_read(NULL, &type, dem_slice_of(text), &word) != DEM_SCALAR_OK) {
    return dem_diagnose(&pack->report.diagnostics, DEM_DIAG_WRONG_TYPE, DEM_PLACE_NONE,
                        "'%s' is no date (YYYY-MM-DD)", text);
  }
  *date_out = dem_word_integer(word);
  return DEM_OK;
}

static dem_status keep_date(dem_pack *pack, int64_t date)
{
  dem_buffer text;
  dem_buffer_init(&text, pack->allocator);
  dem_word_write(NULL, DEM_STORAGE_DATE, dem_word_of_integer(date), &text);
  for (size_t i = 0; i < text.size && i + 1 < sizeof pack->date; ++i) {
    pack->date[i] = text.bytes[i];
  }
  const bool has_failed = text.has_failed;
  dem_buffer_clear(&text);
  return has_failed ? DEM_ERR_NO_MEMORY : DEM_OK;
}

/// Errors of a run show lines of rules, in any thread.
static dem_status prepare_places(dem_pack *pack)
{
  for (uint32_t i = 0; i < pack->model.rule_count; ++i) {
    const dem_place place = pack->model.rules[i].place;
    if (!dem_place_is_none(place) && !dem_files_prepare(&pack->model.files, place.file)) {
      return DEM_ERR_NO_MEMORY;
    }
  }
  return DEM_OK;
}

static dem_status translate_names(dem_pack *pack)
{
  const uint32_t count = pack->model.language_count;
  pack->translated = DEM_ARENA_ARRAY(&pack->arena, dem_names, count);
  DEM_TRY_MEMORY(pack->translated);
  for (uint32_t i = 0; i < count; ++i) {
    DEM_TRY(dem_names_init_for(&pack->translated[i], pack->counted, &pack->names,
                               &pack->model.languages[i]));
  }
  return DEM_OK;
}

static dem_status compile_for(dem_pack *pack, const char *date_text)
{
  int64_t date = 0;
  DEM_TRY(read_date(pack, date_text, &date));
  DEM_TRY(keep_date(pack, date));
  const dem_status status = (pack->has_probes ? dem_program_new_with_probes : dem_program_new)(
      pack->counted, &pack->model, date, &pack->limits, &pack->report.diagnostics, &pack->program);
  dem_diagnostics_sort(&pack->report.diagnostics, &pack->model.files);
  DEM_TRY(status);
  DEM_TRY(prepare_places(pack));
  DEM_TRY(dem_names_init(&pack->names, pack->counted, pack->program));
  return translate_names(pack);
}

/// The language that it was opened for must be one that it has.
static dem_status choose_language(dem_pack *pack)
{
  const char *const code = pack->model.only_language;
  pack->model.only_language = NULL; // The caller's text.
  if (!code || dem_pack_find_language(pack, code, &pack->language) == DEM_OK) {
    return DEM_OK;
  }
  const dem_status status = dem_diagnose(&pack->report.diagnostics, DEM_DIAG_WRONG_LANGUAGE,
                                         DEM_PLACE_NONE, "the pack does not speak '%.40s'", code);
  dem_buffer codes;
  dem_buffer_init(&codes, pack->allocator);
  for (uint32_t i = 0; i < dem_pack_language_count(pack); ++i) {
    dem_buffer_add_format(&codes, "%s%s", i > 0 ? ", " : "", dem_pack_language_code(pack, i));
  }
  dem_diagnose_note(&pack->report.diagnostics, "its languages are: %.*s", (int)codes.size,
                    codes.bytes ? codes.bytes : "");
  dem_buffer_clear(&codes);
  return status;
}

static dem_status compile(dem_pack *pack, const dem_pack_file *files, size_t count,
                          const dem_pack_variant *variant, const dem_pack_options *options)
{
  const dem_text_limits limits = dem_limits_of_text(&pack->limits);
  pack->has_probes = variant->has_probes;
  pack->model.only_language = options ? options->language : NULL;
  if (variant->sha256) {
    memcpy(pack->model.sha256, variant->sha256, sizeof pack->model.sha256);
  }
  DEM_TRY(variant->is_shuffled
              ? dem_pack_read_shuffled(files, count, &limits, variant->seed, &pack->model,
                                       &pack->report.diagnostics)
              : dem_pack_read(files, count, &limits, &pack->model, &pack->report.diagnostics));
  DEM_TRY(choose_language(pack));
  return compile_for(pack, options ? options->date : NULL);
}

/// A pack that is wrong or too large stays, for its report; one without memory goes.
static dem_status finish(dem_status failure, dem_pack **pack_out)
{
  dem_pack *const pack = *pack_out;
  const dem_status status = dem_budget_settle(&pack->budget, failure, &pack->report.diagnostics);
  if (status == DEM_ERR_NO_MEMORY) {
    dem_pack_free(pack);
    *pack_out = NULL;
  }
  return status;
}

dem_status dem_pack_open(const char *folder, const dem_pack_options *options, dem_pack **pack_out)
{
  DEM_TRY(new_pack(options, pack_out));
  dem_pack *const pack = *pack_out;
  dem_vector files;
  dem_vector_init(&files, pack->counted, sizeof(dem_pack_file));
  dem_status status = dem_folder_read(&pack->arena, folder, pack->limits.max_bytes,
                                      &pack->report.diagnostics, &files);
  if (status == DEM_OK) {
    static const dem_pack_variant usual = {0};
    status = compile(pack, files.items, files.count, &usual, options);
  }
  dem_vector_clear(&files);
  return finish(status, pack_out);
}

dem_status dem_pack_open_variant(const dem_memory_file *files, size_t count,
                                 const dem_pack_options *options, const dem_pack_variant *variant,
                                 dem_pack **pack_out)
{
  DEM_TRY(new_pack(options, pack_out));
  dem_pack *const pack = *pack_out;
  dem_pack_file *const items = DEM_ARENA_ARRAY(&pack->arena, dem_pack_file, count);
  for (size_t i = 0; items && i < count; ++i) {
    items[i] = (dem_pack_file){.path = dem_slice_of(files[i].path),
                               .bytes = {files[i].bytes, files[i].size}};
    if (variant->images) {
      items[i].image = variant->images[i];
    }
  }
  const dem_status status =
      items ? compile(pack, items, count, variant, options) : DEM_ERR_NO_MEMORY;
  return finish(status, pack_out);
}

dem_status dem_pack_open_files(const dem_memory_file *files, size_t count,
                               const dem_pack_options *options, dem_pack **pack_out)
{
  static const dem_pack_variant usual = {0};
  return dem_pack_open_variant(files, count, options, &usual, pack_out);
}

dem_status dem_pack_open_for(const dem_pack *pack, const char *date, dem_pack **pack_out)
{
  const dem_pack_options options = {.allocator = &pack->allocator, .limits = &pack->limits};
  DEM_TRY(new_pack(&options, pack_out));
  dem_model_clear(&(*pack_out)->model);
  (*pack_out)->model = pack->model;
  (*pack_out)->has_borrowed_model = true;
  (*pack_out)->language = pack->language;
  (*pack_out)->has_probes = pack->has_probes;
  return finish(compile_for(*pack_out, date), pack_out);
}

void dem_pack_free(dem_pack *pack)
{
  if (!pack) {
    return;
  }
  for (uint32_t i = 0; pack->translated && i < pack->model.language_count; ++i) {
    dem_names_clear(&pack->translated[i]);
  }
  dem_names_clear(&pack->names);
  dem_program_free(pack->program);
  dem_report_clear(&pack->report);
  if (!pack->has_borrowed_model) {
    dem_model_clear(&pack->model);
  }
  dem_arena_clear(&pack->arena);
  (void)pack->allocator.resize(pack->allocator.context, pack, sizeof *pack, 0);
}

const dem_report *dem_pack_report(const dem_pack *pack)
{
  return &pack->report;
}

// Facts about the pack ------------------------------------------------------------------

static const char *text_of(dem_slice slice)
{
  return slice.bytes ? slice.bytes : "";
}

static const char *symbol_text(const dem_pack *pack, dem_symbol symbol)
{
  return text_of(dem_symbols_text(pack->model.symbols, symbol));
}

/// A text in the language that the pack was opened for.
static const char *text_in(const dem_pack *pack, dem_text_id id, dem_slice english)
{
  return text_of(dem_language_or(pack->language, id, english));
}

const char *dem_pack_name(const dem_pack *pack)
{
  return symbol_text(pack, pack->model.name);
}

const char *dem_pack_version(const dem_pack *pack)
{
  return text_of(pack->model.version);
}

const char *dem_pack_title(const dem_pack *pack)
{
  return text_in(pack, (dem_text_id){.kind = DEM_TEXT_PACK_TITLE}, pack->model.title);
}

const char *dem_pack_sha256(const dem_pack *pack)
{
  return pack->model.sha256;
}

const char *dem_pack_date(const dem_pack *pack)
{
  return pack->date;
}

dem_status dem_pack_list_plan(const dem_pack *pack, dem_write_function write, void *context)
{
  dem_buffer out;
  dem_buffer_init(&out, pack->allocator);
  dem_plan_list(dem_program_plan(pack->program), &out);
  const dem_status status =
      out.has_failed ? DEM_ERR_NO_MEMORY : write(context, out.bytes, out.size);
  dem_buffer_clear(&out);
  return status;
}

dem_status dem_pack_render_graph(const dem_pack *pack, dem_write_function write, void *context)
{
  dem_buffer out;
  dem_buffer_init(&out, pack->allocator);
  dem_pack_dot(dem_program_plan(pack->program), &out);
  const dem_status status =
      out.has_failed ? DEM_ERR_NO_MEMORY : write(context, out.bytes, out.size);
  dem_buffer_clear(&out);
  return status;
}

// Browsing ------------------------------------------------------------------------------

static const char *file_name(const dem_pack *pack, dem_place place)
{
  return dem_place_is_none(place) ? "" : text_of(dem_files_name(&pack->model.files, place.file));
}

uint32_t dem_pack_relation_count(const dem_pack *pack)
{
  uint32_t count = 0; // The hidden ones come last.
  while (count < pack->model.relation_count && !pack->model.relations[count].is_hidden) {
    ++count;
  }
  return count;
}

dem_relation_info dem_pack_relation(const dem_pack *pack, uint32_t relation)
{
  static const char *const shows_as[] = {"", "recommendation", "step", "caveat", "reference"};
  const dem_relation *const r = &pack->model.relations[relation];
  return (dem_relation_info){.name = symbol_text(pack, r->name),
                             .about = text_of(r->about),
                             .field_count = r->field_count,
                             .key = r->key,
                             .label = r->label,
                             .is_derived =
                                 dem_program_plan(pack->program)->stratum_of[relation] != DEM_NONE,
                             .shows_as = shows_as[r->shows_as],
                             .file = file_name(pack, r->place),
                             .line = r->place.line};
}

static const char *describe_type(const dem_type *type)
{
  static const char *const names[] = {"symbol",  "text", "integer",     "number",
                                      "boolean", "date", "enumeration", "reference"};
  return names[type->kind];
}

dem_field_info dem_pack_field(const dem_pack *pack, uint32_t relation, uint32_t field)
{
  const dem_field *const f = &pack->model.relations[relation].fields[field];
  const bool is_reference = f->type.kind == DEM_TYPE_REFERENCE;
  return (dem_field_info){
      .name = symbol_text(pack, f->name),
      .type = is_reference ? symbol_text(pack, pack->model.relations[f->type.relation].name)
                           : describe_type(&f->type),
      .relation = is_reference ? f->type.relation : DEM_NO_INDEX,
      .is_optional = f->is_optional};
}

uint32_t dem_pack_find_relation(const dem_pack *pack, const char *name)
{
  const uint32_t relation = dem_model_find_relation(&pack->model, dem_slice_of(name));
  return relation != DEM_NONE && pack->model.relations[relation].is_hidden ? DEM_NO_INDEX
                                                                           : relation;
}

uint32_t dem_pack_rule_count(const dem_pack *pack)
{
  return pack->model.rule_count;
}

dem_rule_info dem_pack_rule(const dem_pack *pack, uint32_t rule)
{
  const dem_rule *const r = &pack->model.rules[rule];
  return (dem_rule_info){
      .id = symbol_text(pack, r->id),
      .title = text_of(dem_language_title(pack->language, &pack->model, r)),
      .because = text_in(pack, (dem_text_id){DEM_TEXT_RULE_BECAUSE, 0, rule}, r->reason_text),
      .file = file_name(pack, r->place),
      .line = r->place.line,
      .citation_count = r->citation_count};
}

void dem_pack_rule_citation(const dem_pack *pack, uint32_t rule, uint32_t index,
                            uint32_t *source_out, uint32_t *section_out)
{
  const dem_citation citation = pack->model.rules[rule].citations[index];
  *source_out = citation.source;
  *section_out = citation.section;
}

uint32_t dem_pack_source_count(const dem_pack *pack)
{
  return pack->model.source_count;
}

dem_source_info dem_pack_source(const dem_pack *pack, uint32_t source)
{
  const dem_source *const s = &pack->model.sources[source];
  return (dem_source_info){
      .id = symbol_text(pack, s->id),
      .title = text_in(pack, (dem_text_id){DEM_TEXT_SOURCE_TITLE, 0, source}, s->title),
      .work = text_in(pack, (dem_text_id){DEM_TEXT_SOURCE_WORK, 0, source}, s->work),
      .author = text_of(s->author),
      .publisher = text_in(pack, (dem_text_id){DEM_TEXT_SOURCE_PUBLISHER, 0, source}, s->publisher),
      .date = text_of(s->date),
      .accessed = text_of(s->accessed),
      .url = text_of(s->url),
      .licence = text_of(s->licence),
      .section_count = s->section_count};
}

void dem_pack_section(const dem_pack *pack, uint32_t source, uint32_t section, const char **id_out,
                      const char **title_out)
{
  const dem_section *const s = &pack->model.sources[source].sections[section];
  *id_out = symbol_text(pack, s->id);
  *title_out = text_in(pack, (dem_text_id){DEM_TEXT_SECTION, section, source}, s->title);
}

uint32_t dem_pack_question_count(const dem_pack *pack)
{
  return pack->model.question_count;
}

dem_question_info dem_pack_question(const dem_pack *pack, uint32_t question)
{
  return dem_pack_question_in(pack, question, pack->language);
}

dem_question_info dem_pack_question_in(const dem_pack *pack, uint32_t question,
                                       const dem_language *language)
{
  const dem_question *const q = &pack->model.questions[question];
  const dem_text_id help = {DEM_TEXT_QUESTION_HELP, 0, question};
  const bool is_reference = q->type.kind == DEM_TYPE_REFERENCE;
  return (dem_question_info){
      .field = symbol_text(pack, q->field),
      .ask = text_of(dem_language_ask(language, &pack->model, question)),
      .help = text_of(dem_language_or(language, help, q->help)),
      .type = is_reference ? symbol_text(pack, pack->model.relations[q->type.relation].name)
                           : describe_type(&q->type),
      .is_many = q->is_many,
      .is_required = q->is_required,
      .is_fixed = q->is_fixed};
}

uint32_t dem_pack_find_question(const dem_pack *pack, const char *field)
{
  const dem_symbol symbol = dem_symbols_find(pack->model.symbols, dem_slice_of(field));
  for (uint32_t i = 0; !dem_symbol_is_none(symbol) && i < pack->model.question_count; ++i) {
    if (dem_symbol_is_equal(pack->model.questions[i].field, symbol)) {
      return i;
    }
  }
  return DEM_NO_INDEX;
}
