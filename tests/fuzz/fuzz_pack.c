// SPDX-License-Identifier: Apache-2.0

// Any bytes as a whole pack: a line "=== PATH" begins each of its files. Opened, run with every
// question open, advised.

#include <stdlib.h>
#include <string.h>

#include "demarche/demarche.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_FILES = 16, LONGEST_PATH = 64 };

typedef struct folder {
  dem_memory_file files[MOST_FILES];
  char paths[MOST_FILES][LONGEST_PATH];
  size_t count;
} folder;

static const char mark[] = "=== ";

static const char *find_mark(const char *at, const char *end)
{
  for (; at + sizeof mark - 1 <= end; ++at) {
    if (memcmp(at, mark, sizeof mark - 1) == 0) {
      return at;
    }
  }
  return end;
}

static void split(folder *f, const char *at, const char *end)
{
  at = find_mark(at, end);
  while (at < end && f->count < MOST_FILES) {
    const char *const name = at + sizeof mark - 1;
    const char *const line = memchr(name, '\n', (size_t)(end - name));
    const char *const bytes = line ? line + 1 : end;
    const size_t size = (size_t)((line ? line : end) - name);
    const size_t kept = size < LONGEST_PATH - 1 ? size : LONGEST_PATH - 1;
    memcpy(f->paths[f->count], name, kept);
    f->paths[f->count][kept] = '\0';
    at = find_mark(bytes, end);
    f->files[f->count] = (dem_memory_file){f->paths[f->count], bytes, (size_t)(at - bytes)};
    ++f->count;
  }
}

static dem_status ignore(void *context, const char *bytes, size_t size)
{
  *(size_t *)context += size ? (unsigned char)bytes[size - 1] : 0;
  return DEM_OK;
}

static void run(dem_pack *pack)
{
  size_t seen = 0;
  dem_session *session = NULL;
  const dem_advice *advice = NULL;
  const dem_questions *questions = NULL;
  if (dem_session_new(pack, &session) != DEM_OK) {
    abort();
  }
  if (dem_session_run(session, NULL) == DEM_OK && dem_advice_new(session, &advice) == DEM_OK) {
    (void)dem_advice_render(advice, NULL, ignore, &seen);
    (void)dem_questions_new(session, &questions);
  }
  (void)dem_report_render(dem_session_report(session), false, ignore, &seen);
  dem_questions_free(questions);
  dem_advice_free(advice);
  dem_session_free(session);
  (void)dem_pack_list_plan(pack, ignore, &seen);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  const dem_limits limits = {.max_bytes = 1 << 16,
                             .max_depth = 32,
                             .max_nodes = 10000,
                             .max_facts = 2000,
                             .max_rounds = 100,
                             .max_seconds = 5};
  const dem_pack_options options = {.limits = &limits};
  folder f = {.count = 0};
  size_t seen = 0;
  dem_pack *pack = NULL;
  split(&f, (const char *)data, (const char *)data + size);
  const dem_status status = dem_pack_open_files(f.files, f.count, &options, &pack);
  if (status == DEM_OK) {
    run(pack);
  }
  (void)dem_report_render(dem_pack_report(pack), true, ignore, &seen);
  dem_pack_free(pack);
  return 0;
}
