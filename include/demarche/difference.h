// SPDX-License-Identifier: Apache-2.0

// What changes from one advice to another: for other answers, or by another pack.

#ifndef DEMARCHE_DIFFERENCE_H
#define DEMARCHE_DIFFERENCE_H

#include "demarche/advice.h"
#include "demarche/explain.h"

typedef enum dem_change_kind {
  DEM_CHANGE_GAINED, ///< There is no `before`.
  DEM_CHANGE_LOST,   ///< There is no `after`.
  DEM_CHANGE_MOVED,  ///< Both are there and differ.
} dem_change_kind;

/// A question that is answered otherwise. NULL where one of the packs does not ask it.
typedef struct dem_answer_change {
  const dem_advice_answer *before;
  const dem_advice_answer *after;
} dem_answer_change;

/// A reason that is gone or new. One whose words, weight or certainty differ is both.
typedef struct dem_reason_change {
  dem_change_kind kind; ///< Gained or lost.
  const dem_advice_purpose *purpose;
  const dem_advice_reason *reason;
} dem_reason_change;

typedef enum dem_item_part { DEM_PART_STEP, DEM_PART_CAVEAT, DEM_PART_REFERENCE } dem_item_part;

/// A step, caveat or reference that is gone or new, or has another order, route or reason.
typedef struct dem_item_change {
  dem_change_kind kind;
  dem_item_part part;
  const dem_advice_item *before;
  const dem_advice_item *after;
} dem_item_change;

typedef struct dem_partner_change {
  dem_change_kind kind;
  const dem_advice_partner *before;
  const dem_advice_partner *after;
  size_t rank_before; ///< From 1; 0 for none.
  size_t rank_after;
  size_t reason_count;
  const dem_reason_change *reasons; ///< Lost ones first.
  size_t item_count;
  const dem_item_change *items;
} dem_partner_change;

/// Points into both advices, which must outlive it.
typedef struct dem_difference {
  const dem_advice *before;
  const dem_advice *after;
  bool is_other_pack; ///< Of another hash.
  size_t answer_count;
  const dem_answer_change *answers;
  size_t partner_count;
  const dem_partner_change *partners; ///< Gained, then lost, then moved ones, each by their rank.
  size_t item_count;
  const dem_item_change *items; ///< Of no partner.
  size_t unchanged_count;       ///< Partners that stay as they are, rank included.
} dem_difference;

/// Compare two advices.
///
/// @param before, after   Borrowed; must outlive the difference.
/// @param difference_out  Yours: dem_difference_free.
/// @return DEM_OK; DEM_ERR_NO_MEMORY.
/// Cost: the product of what both say of one partner, summed over the partners.
DEM_API dem_status dem_difference_new(const dem_advice *before, const dem_advice *after,
                                      const dem_difference **difference_out);
DEM_API void dem_difference_free(const dem_difference *difference);

/// Whether anything but the answers changes.
DEM_API bool dem_difference_is_empty(const dem_difference *difference);

/// Write a difference. DEM_EXPLAIN_DOT has nothing to draw and writes nothing.
///
/// @param options  Borrowed; NULL stands for text of 80 columns. `depth` is not used.
/// @param heading  Stands in the title; NULL for "What changes".
/// @return DEM_OK; DEM_ERR_NO_MEMORY; what `write` returned.
DEM_API dem_status dem_difference_render(const dem_difference *difference,
                                         const dem_explain_options *options, const char *heading,
                                         dem_write_function write, void *context);

#endif
