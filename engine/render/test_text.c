// SPDX-License-Identifier: Apache-2.0

// The results of a pack's tests for people.
//
//   FAILED  Morocco brings its parliament into the dialogue      tests/advice/x.yaml:4
//     tests/advice/x.yaml:8: recommend {partner: ipu} does not hold
//       nearest: recommend {partner: iom, …}
//   …
//   152 tests: 150 passed, 2 failed

#include "render/test_text.h"

#include <string.h>

#include "render/escape.h"

typedef struct text {
  const dem_test_render_options *options;
  dem_buffer *out;
} text;

static void add_styled(text *t, const char *style, const char *words)
{
  if (t->options->has_color) {
    dem_buffer_add_text(t->out, style);
  }
  dem_escape_terminal(dem_slice_of(words), t->out);
  if (t->options->has_color) {
    dem_buffer_add_text(t->out, "\x1b[0m");
  }
}

static void add_place(text *t, const char *file, uint32_t line)
{
  dem_escape_terminal(dem_slice_of(file), t->out);
  dem_buffer_add_format(t->out, ":%u", (unsigned)line);
}

/// Lines, each behind a margin.
static void add_lines(text *t, const char *margin, const char *lines)
{
  while (*lines) {
    const size_t size = strcspn(lines, "\n");
    size_t blanks = 0;
    while (blanks < size && lines[blanks] == ' ') {
      ++blanks;
    }
    dem_buffer_add_text(t->out, margin);
    dem_buffer_add(t->out, (dem_slice){lines, blanks});
    dem_escape_terminal((dem_slice){lines + blanks, size - blanks}, t->out);
    dem_buffer_add_char(t->out, '\n');
    lines += size + (lines[size] == '\n');
  }
}

static void add_test(text *t, const dem_test_result *test)
{
  static const struct {
    const char *word;
    const char *style;
  } verdicts[] = {[DEM_TEST_PASSED] = {"passed ", "\x1b[32m"},
                  [DEM_TEST_FAILED] = {"FAILED ", "\x1b[1;31m"},
                  [DEM_TEST_BROKEN] = {"BROKEN ", "\x1b[1;35m"},
                  [DEM_TEST_SKIPPED] = {"skipped", "\x1b[2m"}};
  add_styled(t, verdicts[test->verdict].style, verdicts[test->verdict].word);
  dem_buffer_add_char(t->out, ' ');
  dem_escape_terminal(dem_slice_of(test->name), t->out);
  dem_buffer_add_text(t->out, "  (");
  add_place(t, test->file, test->line);
  dem_buffer_add_text(t->out, ")\n");
  for (size_t i = 0; i < test->failure_count; ++i) {
    const dem_test_failure *const failure = &test->failures[i];
    dem_buffer_add_text(t->out, "  ");
    add_place(t, failure->file, failure->line);
    dem_buffer_add_text(t->out, ": ");
    add_styled(t, "\x1b[1m", failure->message);
    dem_buffer_add_char(t->out, '\n');
    add_lines(t, "    ", failure->details);
  }
}

static void add_count(text *t, size_t count, const char *word)
{
  if (count > 0) {
    dem_buffer_add_format(t->out, ", %zu %s", count, word);
  }
}

/// What was run besides.
static void add_further_runs(text *t, const dem_test_results *results)
{
  const unsigned long long seed = results->seed;
  if (results->shuffles > 0) {
    dem_buffer_add_format(t->out, "Run again in %u other orders (seed %llu)\n", results->shuffles,
                          seed);
  }
  if (results->refinements > 0) {
    dem_buffer_add_format(t->out, "Open questions answered step by step %u times (seed %llu)\n",
                          results->refinements, seed);
  }
  dem_buffer_add_text(t->out, results->shuffles + results->refinements > 0 ? "\n" : "");
}

static void add_counts(text *t, const dem_test_results *results)
{
  dem_buffer_add_format(t->out, "%zu test%s: %zu passed", results->test_count,
                        results->test_count == 1 ? "" : "s", results->passed);
  add_count(t, results->failed, "failed");
  add_count(t, results->broken, "could not be run");
  add_count(t, results->skipped, "skipped");
  dem_buffer_add_char(t->out, '\n');
}

// Coverage ----------------------------------------------------------------------------

enum { MOST_SHOWN = 5 }; // Of each list, unless all are asked for

static void add_item(text *t, const dem_coverage_item *item)
{
  dem_buffer_add_text(t->out, "    ");
  if (item->line > 0) {
    add_place(t, item->file, item->line);
    dem_buffer_add_text(t->out, ": ");
  }
  dem_escape_terminal(dem_slice_of(item->what), t->out);
  if (item->note[0]) {
    dem_buffer_add_text(t->out, "  ");
    add_styled(t, "\x1b[33m", item->note);
  }
  dem_buffer_add_char(t->out, '\n');
}

/// How many facts of which relations: "member 1200, organization 3".
static void add_groups(text *t, const dem_coverage_part *part)
{
  dem_buffer_add_text(t->out, "    not reached:");
  bool is_first = true;
  for (size_t i = 0; i < part->missed_count; ++i) {
    const char *const group = part->missed[i].group;
    bool is_known = false;
    size_t count = 0;
    for (size_t j = 0; j < part->missed_count; ++j) {
      const bool is_same = strcmp(part->missed[j].group, group) == 0;
      is_known = is_known || (is_same && j < i);
      count += is_same;
      if (is_known) {
        break;
      }
    }
    if (!is_known) {
      dem_buffer_add_text(t->out, is_first ? " " : ", ");
      dem_escape_terminal(dem_slice_of(group), t->out);
      dem_buffer_add_format(t->out, " %zu", count);
      is_first = false;
    }
  }
  dem_buffer_add_text(t->out, " (-v lists all)\n");
}

static void add_part(text *t, const dem_coverage_part *part)
{
  const size_t reached = part->total - part->missed_count;
  dem_buffer_add_format(t->out, "  %-10s %3zu%%  %zu of %zu\n", part->name,
                        part->total ? reached * 100 / part->total : 100, reached, part->total);
  if (!t->options->is_verbose && part->missed_count > MOST_SHOWN &&
      strcmp(part->name, "facts") == 0) {
    add_groups(t, part);
    return;
  }
  const size_t shown =
      t->options->is_verbose || part->missed_count <= MOST_SHOWN ? part->missed_count : MOST_SHOWN;
  for (size_t i = 0; i < shown; ++i) {
    add_item(t, &part->missed[i]);
  }
  if (shown < part->missed_count) {
    dem_buffer_add_format(t->out, "    and %zu more (-v lists all)\n", part->missed_count - shown);
  }
}

static void add_coverage(text *t, const dem_coverage *coverage)
{
  dem_buffer_add_format(t->out, "Coverage of rules and conditions: %u%%\n", coverage->percent);
  for (size_t i = 0; i < DEM_COVERAGE_PARTS; ++i) {
    add_part(t, &coverage->parts[i]);
  }
  dem_buffer_add_char(t->out, '\n');
}

void dem_test_text_render(const dem_test_results *results, const dem_test_render_options *options,
                          dem_buffer *out)
{
  text t = {options, out};
  bool has_shown = false;
  for (size_t i = 0; i < results->test_count; ++i) {
    const dem_test_result *const test = &results->tests[i];
    const bool is_bad = test->verdict == DEM_TEST_FAILED || test->verdict == DEM_TEST_BROKEN;
    if (is_bad || (options->is_verbose && test->verdict == DEM_TEST_PASSED)) {
      add_test(&t, test);
      has_shown = true;
    }
  }
  dem_buffer_add_text(out, has_shown ? "\n" : "");
  if (results->coverage) {
    add_coverage(&t, results->coverage);
  }
  add_further_runs(&t, results);
  add_counts(&t, results);
}
