// SPDX-License-Identifier: Apache-2.0

// Weights as bars.
//
// The number stands beside the bar in words, so the drawing is hidden from those who listen.

#include "render/score_bar.h"

#include "render/digest.h"

enum { UNITS = 1000 }; // Of a full bar.

/// Where a part ends, in units. The sums come from rules and may be huge: numbers, not integers.
static unsigned units_of(double size, int64_t full)
{
  if (size <= 0.0 || full <= 0) {
    return 0;
  }
  const double units = size / (double)full * UNITS + 0.5;
  return units > UNITS ? UNITS : (unsigned)units;
}

/// What a reason adds to its partner's bar: nothing where it counts against it, or not yet.
static double part_of(const dem_advice_partner *partner, const dem_advice_reason *reason)
{
  const bool counts = reason->weight > 0 && dem_digest_has_reason(partner, reason);
  return counts ? (double)reason->weight : 0.0;
}

static double size_of(const dem_advice_partner *partner)
{
  double size = 0.0;
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    for (size_t j = 0; j < partner->purposes[i].reason_count; ++j) {
      size += part_of(partner, &partner->purposes[i].reasons[j]);
    }
  }
  return size;
}

int64_t dem_score_bar_size(const dem_advice_partner *partner)
{
  const double size = size_of(partner);
  return size < 9e18 ? (int64_t)size : INT64_MAX;
}

static void begin(dem_buffer *out)
{
  dem_buffer_add_format(out,
                        "<svg class=\"bar\" viewBox=\"0 0 %d 10\" preserveAspectRatio=\"none\" "
                        "aria-hidden=\"true\">",
                        UNITS);
}

static void add_part(unsigned from, unsigned to, dem_buffer *out)
{
  if (to > from) {
    dem_buffer_add_format(out, "<rect x=\"%u\" width=\"%u\" height=\"10\"/>", from, to - from);
  }
}

void dem_score_bar_add_partner(const dem_advice_partner *partner, int64_t full, dem_buffer *out)
{
  double size = 0.0;
  begin(out);
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    for (size_t j = 0; j < partner->purposes[i].reason_count; ++j) {
      const unsigned from = units_of(size, full);
      size += part_of(partner, &partner->purposes[i].reasons[j]);
      add_part(from, units_of(size, full), out);
    }
  }
  dem_buffer_add_text(out, "</svg>");
}

void dem_score_bar_add(int64_t weight, int64_t full, dem_buffer *out)
{
  begin(out);
  add_part(0, units_of((double)weight, full), out);
  dem_buffer_add_text(out, "</svg>");
}
