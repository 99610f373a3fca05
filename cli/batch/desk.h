// SPDX-License-Identifier: Apache-2.0

// What one thread needs to turn records into results, and the turning.

#ifndef CLI_BATCH_DESK_H
#define CLI_BATCH_DESK_H

#include "chunk.h"

/// What is to be made of every record. Shared by threads, never changed.
typedef struct desk_order {
  const dem_pack *pack;
  dem_limits limits;              ///< Of a record and its evaluation.
  const dem_selection *selection; ///< For lines and rows; NULL for reports.
  bool is_brief;                  ///< The selection needs no reasons.
  dem_advice_options more;        ///< That the selection or the reports need.
  dem_render_options report;      ///< Of reports.
  const char *folder;             ///< Of reports that may be there already; NULL otherwise.
  bool knows_refused;             ///< By an earlier run: what is there need not be evaluated.
  const char *ending;             ///< Of reports' names: ".txt"
  uint64_t first_needed; ///< Records with a smaller number were written before, or refused.
  uint32_t shard;        ///< 0 for none.
  bool wants_refusals;   ///< For `--errors`.
  bool wants_warnings;
  bool has_color; ///< Of what is said.
} desk_order;

typedef struct desk {
  const desk_order *order;
  dem_session *session;
  bool is_warm; ///< The session has seen a profile.
  dem_profiles *profiles;
  dem_renderer *renderer;
  text path;
} desk;

/// @return False without memory. In both cases it may be cleared.
bool desk_init(desk *d, const desk_order *order);
void desk_clear(desk *d);

/// Work through a chunk's records, each by itself.
void desk_work(desk *d, chunk *c);

/// Work through one record that seemed to be written before, and was not.
/// @param again  An empty chunk, which gets the record and its texts.
void desk_work_again(desk *d, const chunk_record *record, chunk *again);

#endif
