// SPDX-License-Identifier: Apache-2.0

// A rule while it is being read: what the readers of its parts leave for each other.
//
// Its conditions and conclusions are built in the model's arena at once; what can only be
// filled in when all variables are known (their numbers, types, guards,
// what an aggregate groups by) is noted here as slots and steps.
//
//   read      conditions, conclusions, reason → tree, uses, steps, outputs
//   resolve   uses → numbers                                (lang/variables)
//   bind      every use has a binder; aggregates' groups     (lang/binding)
//   type      uses → types; formulas → expressions           (lang/typing)
//   fit       outputs → fields                               (lang/conclusion_reader)

#ifndef DEM_LANG_DRAFT_H
#define DEM_LANG_DRAFT_H

#include "lang/formula.h"
#include "lang/reader.h"
#include "lang/variables.h"

/// Evaluate an expression; keep in `result` that the user made a mistake or reached a bound, and go
/// on; return anything worse.
#define DEM_TRY_ALL(result, expression)                                                            \
  do {                                                                                             \
    const dem_status dem_try_status = (expression);                                                \
    if (dem_try_status == DEM_ERR_INVALID || dem_try_status == DEM_ERR_LIMIT) {                    \
      (result) = dem_status_worse((result), dem_try_status);                                       \
    } else if (dem_try_status != DEM_OK) {                                                         \
      return dem_try_status;                                                                       \
    }                                                                                              \
  } while (0)

/// A slice as two arguments for "%.*s", of a length that a message can bear.
#define DEM_SHOWN(slice) dem_shown_size(slice), ((slice).bytes ? (slice).bytes : "")

int dem_shown_size(dem_slice text);

/// A condition that needs more than its own place to be finished.
typedef struct dem_step {
  dem_condition *condition;   ///< A where, a let or an aggregate.
  const dem_formula *formula; ///< Of a where or a let.
  size_t first_read;          ///< Of a where or a let: the uses that its formula makes.
  size_t read_count;
  uint32_t scope;  ///< That it stands in.
  uint32_t over;   ///< Of an aggregate: its inner scope.
  uint32_t result; ///< Index of the use that it binds, or DEM_NONE.
  bool has_way;    ///< Of an aggregate: `of` or `per` says what a way is.
  bool is_done;    ///< Its result has a type.
} dem_step;

/// A conclusion's field that is no constant.
typedef struct dem_draft_output {
  dem_output *output;
  const dem_formula *formula; ///< NULL for a variable.
  uint32_t relation;
  uint32_t field;
  dem_place place;
} dem_draft_output;

typedef struct dem_draft {
  dem_reader *reader;
  dem_arena *scratch; ///< Holds formulas.
  dem_variables variables;
  dem_vector steps;   ///< dem_step
  dem_vector outputs; ///< dem_draft_output
  dem_line_walk line;
  bool has_hit_limit; ///< One of the rule's bounds was reported.
} dem_draft;

void dem_draft_init(dem_draft *draft, dem_reader *reader, dem_arena *scratch);
void dem_draft_clear(dem_draft *draft);

/// Forget a rule and open the scope of the next one, which is scope 0.
dem_status dem_draft_begin(dem_draft *draft);

/// Open a scope; reports LIMIT at `place`, once a rule.
dem_status dem_draft_open(dem_draft *draft, uint32_t parent, uint32_t any, dem_place place,
                          uint32_t *scope_out);

/// Note a use of the variable that `text` names: checks that it is a name. `use` gives kind, scope,
/// slot, place and type.
dem_status dem_draft_use(dem_draft *draft, dem_slice text, dem_use use);

/// As dem_draft_use, for a scalar that must be a variable.
dem_status dem_draft_use_scalar(dem_draft *draft, const dem_node *scalar, dem_use use);

/// Parse a formula and note its variables, one after the other, as read in `scope`.
dem_status dem_draft_formula(dem_draft *draft, const dem_node *scalar, uint32_t scope,
                             const dem_formula **formula_out);

/// Count every variable that occurs in a part that was refused as bound, so that it is not
/// reported again.
dem_status dem_draft_forgive(dem_draft *draft, uint32_t scope, const dem_node *node);

/// Report that `node` has the wrong shape: "expected a list of conditions, found a text".
dem_status dem_draft_reject(dem_draft *draft, const dem_node *node, const char *expected);

#endif
