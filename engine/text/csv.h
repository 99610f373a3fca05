// SPDX-License-Identifier: Apache-2.0

// CSV (RFC 4180) → rows, by libcsv. The first row is the header.
//
// A cell's place is its line and the column (from 1, in code points) where it begins.

#ifndef DEM_TEXT_CSV_H
#define DEM_TEXT_CSV_H

#include "text/document.h"

/// Called for each row after the header.
///
/// @param header  The column names, `count` of them; valid during dem_csv_read.
/// @param cells   Scalars, `count` of them; their texts and the nodes are valid during
///                this call only: large tables are read in constant memory.
/// @return DEM_OK to go on; anything else stops and is returned by dem_csv_read.
typedef dem_status dem_csv_row(void *context, const dem_node *header, const dem_node *cells,
                               size_t count);

/// The names of the columns, which a stream reads once.
typedef struct dem_csv_header {
  const dem_node *names;
  size_t count;
} dem_csv_header;

/// Read a header that stands alone in its file.
/// @param header_out  In the context's arena.
dem_status dem_csv_read_header(const dem_reader_context *context, dem_file_id file,
                               dem_csv_header *header_out);

/// Read a file that holds rows without a header. Otherwise as dem_csv_read.
dem_status dem_csv_read_rows(const dem_reader_context *context, dem_file_id file,
                             const dem_csv_header *header, dem_csv_row *on_row, void *row_context);

/// Read a file row by row. A row with another number of cells than the header is an error with its
/// place, and reading goes on with the next row. An unfinished quote is an error.
dem_status dem_csv_read(const dem_reader_context *context, dem_file_id file, dem_csv_row *on_row,
                        void *row_context);

#endif
