// SPDX-License-Identifier: Apache-2.0

// Is a file text that a reader may read at all?

#include "text/check.h"

#include "text/utf8.h"

/// How files of other programs begin.
typedef struct signature {
  dem_slice bytes;
  dem_diagnostic_code code;
  const char *what; ///< "this is …"
  const char *help;
} signature;

// clang-format off
#define BEGINS(literal) {"" literal, sizeof(literal) - 1}
static const signature signatures[] = {
  {BEGINS("%PDF-"),            DEM_DIAG_NOT_UTF8, "a PDF document", "copy the text that is wanted into a file of its own"},
  {BEGINS("PK\3\4"),           DEM_DIAG_NOT_UTF8, "a packed file, as spreadsheets and word processors write them", "save a spreadsheet as CSV (UTF-8), a text as plain text"},
  {BEGINS("\xD0\xCF\x11\xE0"), DEM_DIAG_NOT_UTF8, "a document of an office program", "save a spreadsheet as CSV (UTF-8), a text as plain text"},
  {BEGINS("\xFF\xFE"),         DEM_DIAG_NOT_UTF8, "text in UTF-16", "save the file as UTF-8"},
  {BEGINS("\xFE\xFF"),         DEM_DIAG_NOT_UTF8, "text in UTF-16", "save the file as UTF-8"},
  {BEGINS("\x1F\x8B"),         DEM_DIAG_NOT_UTF8, "a compressed file", "unpack it first: gunzip"},
  {BEGINS("{\\rtf"),           DEM_DIAG_SYNTAX,   "a document with formats (RTF)", "save it as plain text"},
  {BEGINS("<!DOCTYPE"),        DEM_DIAG_SYNTAX,   "a web page", NULL},
  {BEGINS("<!doctype"),        DEM_DIAG_SYNTAX,   "a web page", NULL},
  {BEGINS("<html"),            DEM_DIAG_SYNTAX,   "a web page", NULL},
  {BEGINS("<?xml"),            DEM_DIAG_SYNTAX,   "an XML document", NULL},
};
#undef BEGINS
// clang-format on

static const signature *find_signature(dem_slice bytes)
{
  for (size_t i = 0; i < sizeof signatures / sizeof *signatures; ++i) {
    const dem_slice begin = signatures[i].bytes;
    if (bytes.size >= begin.size && memcmp(bytes.bytes, begin.bytes, begin.size) == 0) {
      return &signatures[i];
    }
  }
  return NULL;
}

dem_status dem_text_check(const dem_reader_context *context, dem_file_id file)
{
  const dem_slice bytes = dem_files_bytes(context->files, file);
  const size_t limit = context->limits.max_bytes;
  if (limit && bytes.size > limit) {
    (void)dem_diagnose(context->diagnostics, DEM_DIAG_LIMIT, (dem_place){.file = file},
                       "larger than %zu bytes (the limit max_bytes)", limit);
    return DEM_ERR_LIMIT;
  }
  const signature *const known = find_signature(bytes);
  if (known) {
    const dem_status status = dem_diagnose(context->diagnostics, known->code,
                                           (dem_place){.file = file}, "this is %s", known->what);
    dem_diagnose_note(context->diagnostics, "%s",
                      known->help ? known->help : "read are YAML, JSON and CSV");
    return status;
  }
  const size_t bad = dem_utf8_check(bytes);
  if (bad == bytes.size) {
    return DEM_OK;
  }
  const dem_place place = dem_files_place(context->files, file, bad, 1);
  const dem_status status =
      dem_diagnose(context->diagnostics, DEM_DIAG_NOT_UTF8, place, "byte 0x%02X is not UTF-8",
                   (unsigned)(unsigned char)bytes.bytes[bad]);
  dem_diagnose_label(context->diagnostics, "save the file as UTF-8");
  return status;
}
