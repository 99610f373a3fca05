// SPDX-License-Identifier: Apache-2.0

// The SHA-256 of a pack, by which advice can be reproduced.

#ifndef DEM_LANG_PACK_HASH_H
#define DEM_LANG_PACK_HASH_H

#include "lang/pack_reader.h"

/// Hash the files: for each, in the order given, its path, a NUL, its size in decimal, a NUL, its
/// bytes.
///
/// @param hash_out  64 hexadecimal digits and a NUL.
void dem_pack_hash(const dem_pack_file *const *files, size_t count, char hash_out[65]);

#endif
