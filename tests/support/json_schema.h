// SPDX-License-Identifier: Apache-2.0

// Holds JSON against a JSON Schema: the few keywords that our schemas use.
// A keyword it does not know is a failure, so that nothing is passed over.

#ifndef SUPPORT_JSON_SCHEMA_H
#define SUPPORT_JSON_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

/// Whether `value` is what `schema` (a whole schema document) describes.
/// @param message  Receives what is wrong, and where as a JSON Pointer.
bool json_schema_accepts(const json_t *schema, const json_t *value, char *message, size_t size);

#endif
