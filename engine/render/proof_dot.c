// SPDX-License-Identifier: Apache-2.0

// A proof as a graph: what rests on what, read upwards.

#include "render/dot_writer.h"
#include "render/explain.h"

enum { LABEL_WIDTH = 36 };

static const char *style_of(const dem_proof_step *step)
{
  switch (step->origin) {
  case DEM_PROOF_RULE:
    return "shape=box, style=\"rounded,filled\", fillcolor=\"#eef3fb\"";
  case DEM_PROOF_RECORD:
    return "shape=box, style=filled, fillcolor=\"#f5f5f5\"";
  case DEM_PROOF_ANSWER:
    return "shape=box, style=filled, fillcolor=\"#fff6dd\"";
  }
  return "";
}

static void add_place(dem_buffer *out, const char *file, uint32_t line)
{
  if (file[0]) {
    dem_buffer_add_text(out, "\\n");
    dem_dot_lines(out, dem_slice_of(file), 0);
    dem_buffer_add_format(out, ":%u", (unsigned)line);
  }
}

static void add_step(dem_buffer *out, const dem_proof_step *step, size_t number)
{
  dem_buffer_add_format(out, "  s%zu [%s%s, label=\"", number, style_of(step),
                        step->is_certain ? "" : ", color=\"#b58900\"");
  dem_dot_lines(out, dem_slice_of(step->text), LABEL_WIDTH);
  add_place(out, step->file, step->line);
  for (size_t i = 0; i < step->record_count; ++i) {
    add_place(out, step->records[i].file, step->records[i].line);
  }
  dem_buffer_add_text(out, "\"];\n");
}

static void add_edges(dem_buffer *out, const dem_proof_step *step, size_t number)
{
  for (size_t i = 0; i < step->premise_count; ++i) {
    dem_buffer_add_format(out, "  s%zu -> s%zu;\n", number, step->premises[i]);
  }
  for (size_t i = 0; i < step->counted_count; ++i) {
    dem_buffer_add_format(out, "  s%zu -> s%zu [style=dotted];\n", number, step->counted[i]);
  }
  for (size_t i = 0; i < step->check_count; ++i) {
    dem_buffer_add_format(out, "  s%zuc%zu [shape=plaintext, label=\"", number, i);
    dem_dot_lines(out, dem_slice_of(step->checks[i].text), LABEL_WIDTH);
    dem_buffer_add_format(out, "\"];\n  s%zu -> s%zuc%zu [style=dashed];\n", number, number, i);
  }
}

void dem_why_dot(const dem_why *why, dem_buffer *out)
{
  dem_buffer_add_text(out, "digraph proof {\n  label=\"Why ");
  dem_dot_lines(out, dem_slice_of(why->about.subject), 0);
  dem_buffer_add_text(out, "\";\n  labelloc=t;\n  rankdir=TB;\n"
                           "  node [fontname=\"sans-serif\", fontsize=10];\n"
                           "  edge [color=\"#555555\"];\n");
  for (size_t i = 0; i < why->proof.step_count; ++i) {
    add_step(out, &why->proof.steps[i], i);
  }
  for (size_t i = 0; i < why->proof.step_count; ++i) {
    add_edges(out, &why->proof.steps[i], i);
  }
  dem_buffer_add_text(out, "}\n");
}
