// SPDX-License-Identifier: Apache-2.0

// A pack's files → its checked, typed model.

#ifndef DEM_LANG_PACK_READER_H
#define DEM_LANG_PACK_READER_H

#include "base/diagnostic.h"
#include "model/model.h"
#include "text/document.h"

/// One file of a pack, in memory. Borrowed for the call.
typedef struct dem_pack_file {
  dem_slice path; ///< Relative to the pack: "kb/schema.yaml". "/" separates.
  dem_slice bytes;
  dem_slice image; ///< What they say, read already (text/document_image.h): then the bytes outlive
                   ///< the model. Empty: they are read.
} dem_pack_file;

/// Read, resolve and check everything: schema, sources, facts, rules, profile.
///
/// Reports all the errors that it can find, in one run: sorted by place. The files may come in any
/// order; the result is the same. model->files receives the files, so that the
/// caller can render the diagnostics.
///
/// @param files        `count` of them; files outside kb/ and rules/ are passed over.
/// @param model        Initialised by dem_model_init; filled in, but for a sha256 that is known
///                     already. On failure it may only be cleared
///                     (its files stay readable until then).
/// @param diagnostics  Receives errors and warnings.
/// @return DEM_OK; DEM_ERR_INVALID; DEM_ERR_LIMIT; DEM_ERR_NO_MEMORY.
/// Cost: linear in the bytes.
dem_status dem_pack_read(const dem_pack_file *files, size_t count, const dem_text_limits *limits,
                         dem_model *model, dem_diagnostics *diagnostics);

/// The same, but files, facts, rules and conditions are read in another order, which must make no
/// difference.
/// @param seed  Of the order.
dem_status dem_pack_read_shuffled(const dem_pack_file *files, size_t count,
                                  const dem_text_limits *limits, uint64_t seed, dem_model *model,
                                  dem_diagnostics *diagnostics);

#endif
