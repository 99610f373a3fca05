// SPDX-License-Identifier: Apache-2.0

// demarche schema: JSON Schemas for editors and tools.

#include <stdio.h>
#include <string.h>

#include "command.h"
#include "demarche/schema.h"
#include "input.h"
#include "nearest.h"
#include "text.h"

static const char *const names[] = {"profile", "facts", "rules", "advice"};
static const dem_schema_kind kinds[] = {DEM_SCHEMA_PROFILE, DEM_SCHEMA_FACTS, DEM_SCHEMA_RULES,
                                        DEM_SCHEMA_ADVICE};

enum { KIND_COUNT = sizeof names / sizeof names[0] };

static int reject(const char *name)
{
  const char *const near = name ? nearest_word(name, names, KIND_COUNT) : NULL;
  (void)fputs("demarche: schema takes one of profile, facts, rules, advice", stderr);
  if (near) {
    (void)fprintf(stderr, "; did you mean '%s'?", near);
  }
  (void)fputs("\n", stderr);
  return EXIT_USAGE;
}

static int write_schema(const options *opts, dem_schema_kind kind, dem_pack **pack_out)
{
  text result = {0};
  dem_status status = input_open_pack(opts, NULL, pack_out);
  if (status != DEM_OK) {
    if (*pack_out) {
      input_show_report(opts, dem_pack_report(*pack_out));
    }
    return input_exit_status(status);
  }
  status = dem_pack_render_schema(*pack_out, kind, text_write, &result);
  const int delivered = status == DEM_OK ? text_deliver(&result, opts) : input_exit_status(status);
  text_clear(&result);
  return delivered;
}

int cmd_schema(const options *opts)
{
  const char *const name = opts->arguments.count == 2 ? opts->arguments.items[1] : NULL;
  for (size_t i = 0; name && i < KIND_COUNT; ++i) {
    if (strcmp(names[i], name) == 0) {
      dem_pack *pack = NULL;
      const int status = write_schema(opts, kinds[i], &pack);
      dem_pack_free(pack);
      return status;
    }
  }
  return reject(name);
}
