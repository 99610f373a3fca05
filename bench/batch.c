// SPDX-License-Identifier: Apache-2.0

// Many profiles: `demarche batch` as a whole process, and what its parts cost in process.
//
// usage: batch DEMARCHE FOLDER [PROFILES]
//
// The profiles are drawn from what the shipped pack asks, a seed each, and lie in a file of JSON
// lines. Results go to /dev/null, so that no disk is measured; that 1 and 2 threads write the same
// bytes is checked on files. Runs on 1 and 2 threads take turns, the best of RUNS counts: what else
// runs on the machine only ever adds.

#include <stdlib.h>
#include <string.h>

#include "demarche/demarche.h"
#include "measure.h"
#include "random.h"

enum { RUNS = 2, PATIENCE = 7200, USUAL_COUNT = 1000000, FEW = 10000, CHECKED = 2000 };

// Profiles ------------------------------------------------------------------------------

typedef struct choice {
  const char *field;
  uint32_t most; ///< Answers: from none to as many.
  const char *const *answers;
  uint32_t count;
} choice;

#define ANSWERS(...)                                                                               \
  (const char *const[]){__VA_ARGS__},                                                              \
      (uint32_t)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static const choice choices[] = {
    {"country", 0,
     ANSWERS("MA", "NE", "FR", "DE", "SN", "PH", "JP", "CO", "FJ", "HT", "GT", "KZ", "CA", "TR",
             "NO", "BR", "IN", "NG", "KE", "ZA", "MX", "ID", "EG", "UA")},
    {"needs", 2, ANSWERS("access-funding", "concerted-approach", "involve-constituencies")},
    {"themes", 2,
     ANSWERS("labour-mobility", "counter-trafficking", "crisis-response", "environment-climate",
             "financial-well-being", "reintegration")},
    {"situations", 1, ANSWERS("crisis", "destination", "donor", "remittances")},
    {"activities", 1, ANSWERS("compact-review", "national-data", "national-policy")},
};

static void write_profile(FILE *file, uint32_t number)
{
  random_source source = {number * UINT64_C(0x9E3779B97F4A7C15)};
  (void)fprintf(file, "{\"id\": \"p%u\"", number);
  for (size_t i = 0; i < sizeof choices / sizeof *choices; ++i) {
    const choice *const c = &choices[i];
    if (c->most == 0) {
      (void)fprintf(file, ", \"%s\": \"%s\"", c->field,
                    c->answers[random_below(&source, c->count)]);
      continue;
    }
    (void)fprintf(file, ", \"%s\": [", c->field);
    const uint32_t count = random_below(&source, c->most + 1);
    const uint32_t first = random_below(&source, c->count);
    for (uint32_t j = 0; j < count; ++j) {
      (void)fprintf(file, "%s\"%s\"", j ? ", " : "", c->answers[(first + j) % c->count]);
    }
    (void)fputs("]", file);
  }
  (void)fputs("}\n", file);
}

/// @return Bytes.
static long write_profiles(const char *folder, const char *name, uint32_t count)
{
  FILE *const file = open_file(folder, name);
  for (uint32_t i = 1; i <= count; ++i) {
    write_profile(file, i);
  }
  const long size = ftell(file);
  (void)fclose(file);
  return size;
}

// Parts -----------------------------------------------------------------------------------

static dem_status read_file(void *context, char *bytes, size_t capacity, size_t *size_out)
{
  *size_out = fread(bytes, 1, capacity, context);
  return DEM_OK;
}

static dem_status count_bytes(void *context, const char *bytes, size_t size)
{
  (void)bytes;
  *(uint64_t *)context += size;
  return DEM_OK;
}

typedef struct parts {
  dem_pack *pack;
  dem_session *session;
  dem_profiles *profiles;
  dem_renderer *renderer;
  dem_selection *selection;
  uint64_t reading, evaluating, advising, writing; ///< Nanoseconds.
  uint64_t count;
  uint64_t bytes; ///< Written.
} parts;

static dem_status take_record(parts *p, dem_profile_stream *stream)
{
  dem_profile_record record;
  const dem_advice *advice = NULL;
  const uint64_t begin = clock_ns();
  dem_status status = dem_profile_stream_next(stream, &record);
  if (status != DEM_OK) {
    return status;
  }
  dem_session_reset(p->session);
  status = dem_profiles_read_record(p->profiles, stream, &record);
  const uint64_t read = clock_ns();
  status = status == DEM_OK ? dem_session_set_profile(p->session, p->profiles, 0) : status;
  status = status == DEM_OK ? dem_session_run(p->session, NULL) : status;
  const uint64_t evaluated = clock_ns();
  status = status == DEM_OK ? dem_session_advise(p->session, &advice) : status;
  const uint64_t advised = clock_ns();
  status = status == DEM_OK ? dem_renderer_write_selected(p->renderer, advice, p->selection,
                                                          count_bytes, &p->bytes)
                            : status;
  p->reading += read - begin;
  p->evaluating += evaluated - read;
  p->advising += advised - evaluated;
  p->writing += clock_ns() - advised;
  ++p->count;
  return status;
}

/// @return Whether every profile was right.
static bool measure_parts(const char *path, uint64_t *bytes_out)
{
  parts p = {0};
  FILE *const file = fopen(path, "rb");
  dem_profile_stream *stream = NULL;
  const dem_profile_stream_options options = {.name = path};
  bool is_good = file && dem_pack_open_builtin(NULL, &p.pack) == DEM_OK &&
                 dem_session_new(p.pack, &p.session) == DEM_OK &&
                 dem_profiles_new(NULL, NULL, &p.profiles) == DEM_OK &&
                 dem_renderer_new(NULL, &p.renderer) == DEM_OK &&
                 dem_selection_new(p.pack, NULL, DEM_SELECTION_JSON, &p.selection) == DEM_OK &&
                 dem_profile_stream_new(&options, read_file, file, &stream) == DEM_OK;
  dem_status status = DEM_OK;
  while (is_good && status == DEM_OK) {
    status = take_record(&p, stream);
  }
  is_good = is_good && status == DEM_ERR_NOT_FOUND && p.count > 0;
  if (is_good) {
    const double all = (double)(p.reading + p.evaluating + p.advising + p.writing);
    const double each = 1e-3 / (double)p.count;
    printf("In process, µs a profile (%llu of them), and %%\n\n"
           "  reading JSON %6.1f %3.0f   evaluating %6.1f %3.0f   advice %6.1f %3.0f   "
           "writing JSON %6.1f %3.0f\n\n",
           (unsigned long long)p.count, (double)p.reading * each, (double)p.reading / all * 100,
           (double)p.evaluating * each, (double)p.evaluating / all * 100, (double)p.advising * each,
           (double)p.advising / all * 100, (double)p.writing * each, (double)p.writing / all * 100);
    *bytes_out = p.bytes / p.count;
  }
  dem_profile_stream_free(stream);
  dem_selection_free(p.selection);
  dem_renderer_free(p.renderer);
  dem_session_free(p.session);
  dem_profiles_free(p.profiles);
  dem_pack_free(p.pack);
  if (file) {
    (void)fclose(file);
  }
  return is_good;
}

// Whole processes ---------------------------------------------------------------------------

typedef struct row {
  const char *name;
  const char *fields; ///< NULL for full advice.
  const char *threads;
  double milliseconds; ///< The best.
  double mebibytes;    ///< The most.
} row;

static bool run_batch(char *demarche, const char *input, const char *output, const row *r,
                      process_run *run)
{
  char in[1024];
  char out[1024];
  char fields[128];
  char threads[16];
  (void)snprintf(in, sizeof in, "%s", input);
  (void)snprintf(out, sizeof out, "%s", output);
  (void)snprintf(fields, sizeof fields, "%s", r->fields ? r->fields : "");
  (void)snprintf(threads, sizeof threads, "%s", r->threads);
  char *full[] = {demarche, "batch", in, "-q", "-j", threads, "-o", out, NULL};
  char *some[] = {demarche, "batch", in, "-q", "-j", threads, "-o", out, "--select", fields, NULL};
  process_measure(r->fields ? some : full, PATIENCE, run);
  return run->is_done;
}

static bool measure_row(char *demarche, const char *input, row *r)
{
  static process_run run;
  if (!run_batch(demarche, input, "/dev/null", r, &run)) {
    return false;
  }
  r->milliseconds = r->milliseconds == 0 || run.milliseconds < r->milliseconds ? run.milliseconds
                                                                               : r->milliseconds;
  r->mebibytes = run.mebibytes > r->mebibytes ? run.mebibytes : r->mebibytes;
  return true;
}

static bool is_same(const char *left, const char *right)
{
  FILE *const a = fopen(left, "rb");
  FILE *const b = fopen(right, "rb");
  bool is_equal = a && b;
  long size = 0;
  for (int c = 0; is_equal && c != EOF; ++size) {
    c = fgetc(a);
    is_equal = c == fgetc(b);
  }
  if (a) {
    (void)fclose(a);
  }
  if (b) {
    (void)fclose(b);
  }
  return is_equal && size > 1;
}

/// Whether 1 and 2 threads write the same.
static bool check_answers(char *demarche, const char *folder, row *rows)
{
  static process_run run;
  (void)write_profiles(folder, "check.jsonl", CHECKED);
  const file_path input = path_in(folder, "check.jsonl");
  const file_path one = path_in(folder, "one.jsonl");
  const file_path two = path_in(folder, "two.jsonl");
  const bool is_good = run_batch(demarche, input.text, one.text, &rows[0], &run) &&
                       run_batch(demarche, input.text, two.text, &rows[1], &run) &&
                       is_same(one.text, two.text);
  (void)remove(one.text);
  (void)remove(two.text);
  printf("1 and 2 threads write %s\n\n", is_good ? "the same bytes" : "DIFFERENT BYTES");
  return is_good;
}

static void print_rows(const row *rows, size_t count, uint32_t profiles, long bytes,
                       uint64_t advice_size)
{
  printf("Whole processes, %u profiles, %.0f MB of JSON lines (best of %d)\n\n"
         "%-26s %8s %8s %11s %12s %10s %10s %8s\n",
         profiles, (double)bytes / 1e6, RUNS, "", "threads", "s", "profiles/s", "µs/profile",
         "MB/s in", "MB/s out", "MiB");
  for (size_t i = 0; i < count; ++i) {
    const row *const r = &rows[i];
    const double seconds = r->milliseconds / 1e3;
    printf("%-26s %8s %8.1f %11.0f %12.1f %10.1f ", r->name, r->threads, seconds,
           profiles / seconds, seconds / profiles * 1e6, (double)bytes / 1e6 / seconds);
    if (r->fields) {
      printf("%10s", "");
    } else {
      printf("%10.0f", (double)advice_size * profiles / 1e6 / seconds);
    }
    printf(" %8.1f", r->mebibytes);
    if (i % 2 == 1) {
      printf("   %.2f × one thread", rows[i - 1].milliseconds / r->milliseconds);
    }
    printf("\n");
  }
}

int main(int argc, char **argv)
{
  if (argc < 3) {
    (void)fprintf(stderr, "usage: batch DEMARCHE FOLDER [PROFILES]\n");
    return 2;
  }
  const uint32_t profiles = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : USUAL_COUNT;
  const char *const folder = argv[2];
  static const char briefly[] = "id,partners.id,partners.certainty,partners.weight";
  row rows[] = {{"full advice", NULL, "1", 0, 0},
                {"full advice", NULL, "2", 0, 0},
                {"partners alone", briefly, "1", 0, 0},
                {"partners alone", briefly, "2", 0, 0}};
  enum { ROWS = sizeof rows / sizeof *rows };
  row few[ROWS];
  memcpy(few, rows, sizeof few);
  make_folder(folder);
  const long bytes = write_profiles(folder, "profiles.jsonl", profiles);
  (void)write_profiles(folder, "few.jsonl", FEW);
  const file_path input = path_in(folder, "profiles.jsonl");
  const file_path few_input = path_in(folder, "few.jsonl");
  uint64_t advice_size = 0;
  bool is_good = measure_parts(few_input.text, &advice_size);
  is_good = is_good && check_answers(argv[1], folder, rows);
  for (size_t i = 0; is_good && i < ROWS; ++i) {
    is_good = measure_row(argv[1], few_input.text, &few[i]);
  }
  for (int turn = 0; turn < RUNS; ++turn) {
    for (size_t i = 0; is_good && i < ROWS; ++i) {
      is_good = measure_row(argv[1], input.text, &rows[i]);
    }
  }
  if (is_good) {
    print_rows(rows, ROWS, profiles, bytes, advice_size);
    printf("\nMiB at the peak with %d profiles: %.1f on 1 thread, %.1f on 2\n", FEW,
           few[0].mebibytes, few[1].mebibytes);
  }
  (void)remove(input.text);
  return is_good ? 0 : 1;
}
