// SPDX-License-Identifier: Apache-2.0

// What is wrong where libyaml gives up, in words that help.

#ifndef DEM_TEXT_YAML_MISTAKES_H
#define DEM_TEXT_YAML_MISTAKES_H

#include <yaml.h>

#include "text/document.h"

/// Report the parser's error.
///
/// @param bom  Bytes before those that it was given.
/// @return DEM_ERR_INVALID; DEM_ERR_NO_MEMORY if that was the error.
dem_status dem_yaml_report(const dem_reader_context *context, dem_file_id file, size_t bom,
                           const yaml_parser_t *parser);

#endif
