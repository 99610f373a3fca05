// SPDX-License-Identifier: Apache-2.0

// Packs: a knowledge base with its schema, questionnaire and rules, compiled for one date.
//
// A pack is immutable and may be shared by threads; each thread has sessions of its own.

#ifndef DEMARCHE_PACK_H
#define DEMARCHE_PACK_H

#include "demarche/allocator.h"
#include "demarche/diagnostic.h"
#include "demarche/limits.h"

typedef struct dem_pack dem_pack;

/// Names no relation, field, rule or section.
#define DEM_NO_INDEX UINT32_MAX

typedef struct dem_pack_options {
  const dem_allocator *allocator; ///< Copied; NULL: the C library's.
  const dem_limits *limits;       ///< Copied; NULL: dem_limits_default().
  const char *date;               ///< The day that advice is for, YYYY-MM-DD; NULL: the pack's own.
  const char *language; ///< The language of its questions and sessions, and the only one that is
                        ///< read besides English; "en": none. NULL: every one is read, and English
                        ///< spoken. demarche/language.h
} dem_pack_options;

/// One file of a pack in memory. Borrowed for the call.
typedef struct dem_memory_file {
  const char *path; ///< Relative to the pack, "/" between folders: "kb/schema.yaml".
  const char *bytes;
  size_t size;
} dem_memory_file;

/// Read, check and compile the pack in a folder: its kb/ and rules/.
///
/// @param pack_out  Receives a pack even when it is wrong: then only dem_pack_report and
///                  dem_pack_free may be called on it. NULL when DEM_ERR_NO_MEMORY.
/// @return DEM_OK; DEM_ERR_INVALID, DEM_ERR_LIMIT, DEM_ERR_IO and the report says why;
///         DEM_ERR_NO_MEMORY.
/// Cost: linear in the bytes, plus what follows from the kb alone.
DEM_API dem_status dem_pack_open(const char *folder, const dem_pack_options *options,
                                 dem_pack **pack_out);

/// The same for files in memory, in any order.
DEM_API dem_status dem_pack_open_files(const dem_memory_file *files, size_t count,
                                       const dem_pack_options *options, dem_pack **pack_out);

/// The same for the pack that is compiled into the library.
DEM_API dem_status dem_pack_open_builtin(const dem_pack_options *options, dem_pack **pack_out);

/// The same pack compiled for another date. Nothing is read again.
///
/// @param pack      Borrowed; must outlive the new one.
/// @param date      YYYY-MM-DD.
/// @param pack_out  Yours: dem_pack_free. As for dem_pack_open.
/// Cost: what follows from the kb alone.
DEM_API dem_status dem_pack_open_for(const dem_pack *pack, const char *date, dem_pack **pack_out);

/// Every session on the pack must have been freed. NULL is accepted.
DEM_API void dem_pack_free(dem_pack *pack);

/// Errors and warnings, sorted by place.
DEM_API const dem_report *dem_pack_report(const dem_pack *pack);

DEM_API const char *dem_pack_name(const dem_pack *pack);
DEM_API const char *dem_pack_version(const dem_pack *pack);
DEM_API const char *dem_pack_title(const dem_pack *pack);
DEM_API const char *dem_pack_sha256(const dem_pack *pack); ///< 64 hexadecimal digits.
DEM_API const char *dem_pack_date(const dem_pack *pack);   ///< The date that it was compiled for.

/// Write the plan as text: strata, joins, indexes.
DEM_API dem_status dem_pack_list_plan(const dem_pack *pack, dem_write_function write,
                                      void *context);

/// Write the relations and rules as a graph in the DOT language, clustered by stratum and file.
DEM_API dem_status dem_pack_render_graph(const dem_pack *pack, dem_write_function write,
                                         void *context);

// Browsing --------------------------------------------------------------------------
//
// Texts and arrays belong to the pack, and are in the language that it was opened for.

typedef struct dem_field_info {
  const char *name;
  const char *type;  ///< "symbol", "date", the relation that is referred to, "one of a, b".
  uint32_t relation; ///< That is referred to; DEM_NO_INDEX for other types.
  bool is_optional;
} dem_field_info;

typedef struct dem_relation_info {
  const char *name;
  const char *about; ///< May be empty.
  uint32_t field_count;
  uint32_t key;         ///< Field, or DEM_NO_INDEX.
  uint32_t label;       ///< Field, or DEM_NO_INDEX.
  bool is_derived;      ///< Some rule concludes it.
  const char *shows_as; ///< "recommendation", …; empty if advice does not show it.
  const char *file;
  uint32_t line;
} dem_relation_info;

/// Relations of the schema, in its order.
DEM_API uint32_t dem_pack_relation_count(const dem_pack *pack);
DEM_API dem_relation_info dem_pack_relation(const dem_pack *pack, uint32_t relation);
DEM_API dem_field_info dem_pack_field(const dem_pack *pack, uint32_t relation, uint32_t field);

/// The relation of that name, or DEM_NO_INDEX.
DEM_API uint32_t dem_pack_find_relation(const dem_pack *pack, const char *name);

typedef struct dem_rule_info {
  const char *id;
  const char *title;   ///< May be empty.
  const char *because; ///< With `{$variable}` as written; may be empty.
  const char *file;
  uint32_t line;
  uint32_t citation_count; ///< dem_pack_rule_citation
} dem_rule_info;

/// Rules, sorted by id.
DEM_API uint32_t dem_pack_rule_count(const dem_pack *pack);
DEM_API dem_rule_info dem_pack_rule(const dem_pack *pack, uint32_t rule);
/// Citation `index` of a rule: the source and its section (DEM_NO_INDEX for none).
DEM_API void dem_pack_rule_citation(const dem_pack *pack, uint32_t rule, uint32_t index,
                                    uint32_t *source_out, uint32_t *section_out);

typedef struct dem_source_info {
  const char *id;
  const char *title;
  const char *work; ///< May be empty, as may those that follow.
  const char *author;
  const char *publisher;
  const char *date;
  const char *accessed;
  const char *url;
  const char *licence;
  uint32_t section_count; ///< dem_pack_section
} dem_source_info;

/// Sources, sorted by id.
DEM_API uint32_t dem_pack_source_count(const dem_pack *pack);
DEM_API dem_source_info dem_pack_source(const dem_pack *pack, uint32_t source);
/// A section's id and title.
DEM_API void dem_pack_section(const dem_pack *pack, uint32_t source, uint32_t section,
                              const char **id_out, const char **title_out);

typedef struct dem_question_info {
  const char *field;
  const char *ask;
  const char *help; ///< May be empty.
  const char *type;
  bool is_many;
  bool is_required;
  bool is_fixed;
} dem_question_info;

/// The profile's fields, in the questionnaire's order.
DEM_API uint32_t dem_pack_question_count(const dem_pack *pack);
DEM_API dem_question_info dem_pack_question(const dem_pack *pack, uint32_t question);
/// The question of that field, or DEM_NO_INDEX.
DEM_API uint32_t dem_pack_find_question(const dem_pack *pack, const char *field);

#endif
