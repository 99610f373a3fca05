// SPDX-License-Identifier: Apache-2.0

// The SHA-256 of a pack, by libmd.

#include "lang/pack_hash.h"

#include <sys/types.h>

#include <sha2.h>
#include <stdio.h>

static void add(SHA2_CTX *context, const void *bytes, size_t size)
{
  SHA256Update(context, bytes, size);
}

void dem_pack_hash(const dem_pack_file *const *files, size_t count, char hash_out[65])
{
  SHA2_CTX context;
  SHA256Init(&context);
  for (size_t i = 0; i < count; ++i) {
    char size[32];
    const int digits = snprintf(size, sizeof size, "%zu", files[i]->bytes.size);
    add(&context, files[i]->path.bytes, files[i]->path.size);
    add(&context, "", 1);
    add(&context, size, (size_t)digits + 1);
    add(&context, files[i]->bytes.bytes, files[i]->bytes.size);
  }
  unsigned char digest[32];
  SHA256Final(digest, &context);
  for (size_t i = 0; i < sizeof digest; ++i) {
    (void)snprintf(hash_out + 2 * i, 3, "%02x", (unsigned)digest[i]);
  }
}
