// SPDX-License-Identifier: Apache-2.0

// The forms of explanations. Each appends to a buffer, which has failed without memory.

#ifndef DEM_RENDER_EXPLAIN_H
#define DEM_RENDER_EXPLAIN_H

#include "base/buffer.h"
#include "demarche/difference.h"
#include "demarche/explain.h"
#include "render/json_writer.h"

/// As text, Markdown or HTML.
dem_status dem_why_sheet(const dem_why *why, const dem_explain_options *options, dem_buffer *out);

void dem_why_json(const dem_why *why, dem_buffer *out);
void dem_why_dot(const dem_why *why, dem_buffer *out);

dem_status dem_why_not_sheet(const dem_why_not *why_not, const dem_explain_options *options,
                             dem_buffer *out);
void dem_why_not_json(const dem_why_not *why_not, dem_buffer *out);

void dem_how_to_sheet(const dem_how_to *how_to, const dem_explain_options *options,
                      dem_buffer *out);
void dem_how_to_json(const dem_how_to *how_to, dem_buffer *out);

void dem_difference_sheet(const dem_difference *difference, const dem_explain_options *options,
                          const char *heading, dem_buffer *out);
void dem_difference_json(const dem_difference *difference, dem_buffer *out);

// Parts that several explanations have ------------------------------------------------

/// The keys that every explanation begins with, into the object that is open.
void dem_explained_json(const dem_explained *about, const char *explains, dem_json_writer *json);

/// "steps" and "sources", likewise.
void dem_proof_json(const dem_proof *proof, dem_json_writer *json);

#endif
