// SPDX-License-Identifier: Apache-2.0

// A document as bytes that are read back some twenty times faster than YAML.
//
// For documents that are compiled into a program: an image is trusted, and only this version of the
// library reads it.

#ifndef DEM_TEXT_DOCUMENT_IMAGE_H
#define DEM_TEXT_DOCUMENT_IMAGE_H

#include "base/buffer.h"
#include "text/document.h"

/// Append a document's image. A node that several aliases share becomes several.
void dem_document_image_write(const dem_node *root, dem_buffer *out);

/// The document of an image.
///
/// @param image  Borrowed as long as the document: texts stay where they are.
/// @param file   That the places are in.
/// @return NULL without memory.
const dem_node *dem_document_image_read(dem_slice image, dem_file_id file, dem_arena *arena);

#endif
