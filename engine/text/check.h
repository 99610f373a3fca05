// SPDX-License-Identifier: Apache-2.0

// Is a file text that a reader may read at all?

#ifndef DEM_TEXT_CHECK_H
#define DEM_TEXT_CHECK_H

#include "text/document.h"

/// Refuse what is larger than the limit, no UTF-8, or what another program wrote: a PDF, a
/// spreadsheet, a web page.
///
/// @return DEM_OK; DEM_ERR_LIMIT; DEM_ERR_INVALID. What is wrong was said.
dem_status dem_text_check(const dem_reader_context *context, dem_file_id file);

#endif
