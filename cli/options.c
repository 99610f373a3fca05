// SPDX-License-Identifier: Apache-2.0

// What was asked for on the command line.

#include "options.h"

#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "nearest.h"

typedef enum option_kind {
  OPTION_FLAG,     ///< A bool; takes no value.
  OPTION_TEXT,     ///< A const char *.
  OPTION_DATE,     ///< A const char *, YYYY-MM-DD.
  OPTION_LIST,     ///< A text_list of FIELD=ANSWER: may be given again.
  OPTION_COLOR,    ///< A color_choice.
  OPTION_PROGRESS, ///< A progress_choice.
  OPTION_SIZE,     ///< A size_t, with K, M or G.
  OPTION_COUNT,    ///< A uint64_t, likewise.
  OPTION_SECONDS,  ///< A uint32_t.
  OPTION_PERCENT,  ///< A uint32_t up to 100; a % may follow.
} option_kind;

typedef struct option_row {
  const char *name;
  char letter; ///< 0 for none.
  option_kind kind;
  size_t offset;     ///< Where in `options` its value goes.
  unsigned commands; ///< Set of command_id.
  const char *value; ///< What its value is, as the help shows it; NULL for a flag.
  const char *help;
} option_row;

enum {
  RUNS = COMMAND_ASK | COMMAND_QUESTIONS | COMMAND_ADVISE | COMMAND_FACTS | COMMAND_EXPLAIN |
         COMMAND_DIFF,
  READS = RUNS | COMMAND_CHECK | COMMAND_SHOW | COMMAND_TEST | COMMAND_VERIFY | COMMAND_GRAPH |
          COMMAND_BATCH | COMMAND_SCHEMA | COMMAND_TRANSLATE,
  TELLS = COMMAND_COMPLETION | COMMAND_MANUAL,
  ALL = READS | TELLS | COMMAND_HELP | COMMAND_INIT,
};

enum { DEFAULT_DEPTH = 8 }; // Most proofs are told whole.

// clang-format off
static const option_row rows[] = {
  {"pack", 'p', OPTION_TEXT, offsetof(options, pack), READS, "DIR", "use this pack instead of the built-in one"},
  {"set", 's', OPTION_LIST, offsetof(options, set), RUNS, "FIELD=ANSWER", "answer a field, over or instead of a profile; ';' between several answers"},
  {"date", 'd', OPTION_DATE, offsetof(options, date), READS, "YYYY-MM-DD", "the day that it is for; by default the pack's own"},
  {"lang", 'l', OPTION_TEXT, offsetof(options, lang), RUNS | COMMAND_CHECK | COMMAND_SHOW | COMMAND_BATCH, "LANG", "the language of texts, one of the pack's; of check: list what its translation lacks"},
  {"format", 'f', OPTION_TEXT, offsetof(options, format), RUNS | COMMAND_SHOW | COMMAND_TEST | COMMAND_VERIFY | COMMAND_GRAPH | COMMAND_BATCH, "FORMAT", "how to print the result"},
  {"output", 'o', OPTION_TEXT, offsetof(options, output), READS | TELLS, "FILE", "write the result to a file, whole or not at all"},
  {"answers", 0, OPTION_TEXT, offsetof(options, answers), COMMAND_ASK, "FILE", "answer with the lines of a file, - for standard input"},
  {"accessible", 0, OPTION_FLAG, offsetof(options, is_accessible), COMMAND_ASK, NULL, "lines instead of screens, for screen readers"},
  {"next", 0, OPTION_FLAG, offsetof(options, has_next), COMMAND_QUESTIONS, NULL, "only the question to ask now"},
  {"all", 'a', OPTION_FLAG, offsetof(options, has_all), COMMAND_FACTS | COMMAND_EXPLAIN, NULL, "of facts: every relation that a rule concludes; of explain: every independent proof, every rule in full"},
  {"why", 0, OPTION_TEXT, offsetof(options, why), COMMAND_EXPLAIN, "WHAT", "why a partner, an item or a fact is in the advice"},
  {"why-not", 0, OPTION_TEXT, offsetof(options, why_not), COMMAND_EXPLAIN, "WHAT", "why it is not: the rules that could have concluded it, and what each lacks"},
  {"how-to", 0, OPTION_TEXT, offsetof(options, how_to), COMMAND_EXPLAIN, "WHAT", "the smallest changes of answers that would make it certain"},
  {"what-if", 0, OPTION_LIST, offsetof(options, what_if), COMMAND_EXPLAIN, "FIELD=ANSWER", "what would change with this answer; may be given again"},
  {"graph", 0, OPTION_FLAG, offsetof(options, has_graph), COMMAND_EXPLAIN, NULL, "the proof as a graph, as --format dot gives it; alone: of all recommendations"},
  {"depth", 0, OPTION_SIZE, offsetof(options, depth), COMMAND_EXPLAIN, "N", "fold what lies deeper than N steps (0: nothing)"},
  {"count", 'c', OPTION_FLAG, offsetof(options, has_count), COMMAND_FACTS, NULL, "how many facts there are, instead of the facts"},
  {"plan", 0, OPTION_FLAG, offsetof(options, has_plan), COMMAND_CHECK, NULL, "also print the order in which rules run and facts are looked up"},
  {"filter", 'k', OPTION_TEXT, offsetof(options, filter), COMMAND_TEST, "WORD", "run only the tests with this in their names"},
  {"min", 0, OPTION_PERCENT, offsetof(options, min_percent), COMMAND_TEST, "PERCENT", "fail if the tests reach less than this of the rules and conditions"},
  {"shuffle", 0, OPTION_FLAG, offsetof(options, has_shuffle), COMMAND_TEST, NULL, "run all again with files, facts, rules and conditions in other orders"},
  {"refine", 0, OPTION_FLAG, offsetof(options, has_refine), COMMAND_TEST, NULL, "answer open questions step by step: nothing certain or impossible may be taken back"},
  {"seed", 0, OPTION_COUNT, offsetof(options, seed), COMMAND_TEST, "N", "which orders and answers these are"},
  {"from", 0, OPTION_TEXT, offsetof(options, from), COMMAND_BATCH, "FORMAT", "what the inputs are in: jsonl, json, yaml or csv; by default told by name or first line"},
  {"select", 0, OPTION_TEXT, offsetof(options, select), COMMAND_BATCH, "FIELDS", "only these fields, with commas between them: id,country,partners.id"},
  {"errors", 0, OPTION_TEXT, offsetof(options, errors), COMMAND_BATCH, "FILE", "write what is refused to a file, as JSON lines"},
  {"jobs", 'j', OPTION_SECONDS, offsetof(options, jobs), COMMAND_BATCH, "N", "threads; by default one a core"},
  {"shard", 0, OPTION_TEXT, offsetof(options, shard), COMMAND_BATCH, "K/N", "only the K-th of N parts of the inputs"},
  {"resume", 0, OPTION_FLAG, offsetof(options, is_resumed), COMMAND_BATCH, NULL, "go on behind what the output holds from an interrupted run"},
  {"fail-fast", 0, OPTION_FLAG, offsetof(options, fails_fast), COMMAND_BATCH, NULL, "stop at the first profile that is refused"},
  {"progress", 0, OPTION_PROGRESS, offsetof(options, progress), COMMAND_BATCH, "WHEN", "auto, always or never"},
  {"color", 0, OPTION_COLOR, offsetof(options, color), READS, "WHEN", "auto, always or never"},
  {"quiet", 'q', OPTION_FLAG, offsetof(options, is_quiet), READS | COMMAND_INIT, NULL, "no warnings and no notes"},
  {"verbose", 'v', OPTION_FLAG, offsetof(options, is_verbose), READS, NULL, "say what is done and how long it took; text in full"},
  {"max-bytes", 0, OPTION_SIZE, offsetof(options, limits.max_bytes), READS, "N", "most bytes of a document (K, M, G; 0: no bound)"},
  {"max-depth", 0, OPTION_SIZE, offsetof(options, limits.max_depth), READS, "N", "deepest nesting of a document or rule"},
  {"max-nodes", 0, OPTION_SIZE, offsetof(options, limits.max_nodes), READS, "N", "most nodes of a document, aliases written out"},
  {"max-facts", 0, OPTION_COUNT, offsetof(options, limits.max_facts), READS, "N", "most facts, given and derived"},
  {"max-rounds", 0, OPTION_COUNT, offsetof(options, limits.max_rounds), READS, "N", "most rounds until nothing new follows"},
  {"max-seconds", 0, OPTION_SECONDS, offsetof(options, limits.max_seconds), READS, "N", "longest evaluation"},
  {"max-memory", 0, OPTION_COUNT, offsetof(options, limits.max_memory), READS, "N", "most bytes that a pack or an evaluation may hold (K, M, G)"},
  {"help", 'h', OPTION_FLAG, offsetof(options, wants_help), ALL, NULL, "say how to use a command"},
  {"version", 0, OPTION_FLAG, offsetof(options, wants_version), ALL, NULL, "say which version this is"},
};
// clang-format on

enum { ROW_COUNT = sizeof rows / sizeof rows[0] };

// Finding -------------------------------------------------------------------------

/// An option as it was typed: `--name`, `--name=value`, `-x`, `-xVALUE`.
typedef struct typed_option {
  const option_row *row;
  const char *value; ///< What stands in the same word; NULL for nothing.
} typed_option;

static const option_row *find_name(const char *name, size_t size)
{
  for (size_t i = 0; i < ROW_COUNT; ++i) {
    if (strlen(rows[i].name) == size && strncmp(rows[i].name, name, size) == 0) {
      return &rows[i];
    }
  }
  return NULL;
}

static const option_row *find_letter(char letter)
{
  for (size_t i = 0; i < ROW_COUNT; ++i) {
    if (rows[i].letter && rows[i].letter == letter) {
      return &rows[i];
    }
  }
  return NULL;
}

static bool is_option(const char *word)
{
  return word[0] == '-' && word[1] != '\0';
}

static typed_option find_option(const char *word)
{
  if (word[1] == '-') {
    const char *const equals = strchr(word, '=');
    const size_t size = equals ? (size_t)(equals - word) - 2 : strlen(word + 2);
    return (typed_option){find_name(word + 2, size), equals ? equals + 1 : NULL};
  }
  return (typed_option){find_letter(word[1]), word[2] ? word + 2 : NULL};
}

static bool reject_unknown(const char *word)
{
  const char *names[ROW_COUNT];
  char typed[64] = "";
  for (size_t i = 0; i < ROW_COUNT; ++i) {
    names[i] = rows[i].name;
  }
  if (word[1] == '-' && strlen(word) < sizeof typed) {
    memcpy(typed, word + 2, strcspn(word + 2, "="));
  }
  const char *const near = nearest_word(typed, names, ROW_COUNT);
  (void)fprintf(stderr, "demarche: unknown option '%s'", word);
  if (near) {
    (void)fprintf(stderr, "; did you mean '--%s'?", near);
  }
  (void)fputs("\n", stderr);
  return false;
}

// Values --------------------------------------------------------------------------

static bool reject_value(const option_row *row, const char *value, const char *expected)
{
  (void)fprintf(stderr, "demarche: option '--%s' needs %s, not '%s'\n", row->name, expected, value);
  return false;
}

/// `--set country = MA`, `--set country:MA`
static bool reject_pair(const option_row *row, const char *value)
{
  (void)reject_value(row, value, row->value);
  (void)fprintf(stderr,
                "  = no blanks around the '=', and quotes where the answer has some: --%s '%s'\n",
                row->name, row->value);
  return false;
}

static bool add_to_list(text_list *list, const char *text)
{
  // Grows by one: command lines are short.
  const char **const items = realloc(list->items, (list->count + 1) * sizeof *items);
  if (!items) {
    (void)fputs("demarche: out of memory\n", stderr);
    return false;
  }
  items[list->count++] = text;
  list->items = items;
  return true;
}

/// A number of digits that were checked.
static int digits(const char *text, int count)
{
  int value = 0;
  for (int i = 0; i < count; ++i) {
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

static bool is_in_calendar(int year, int month, int day)
{
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return year > 0 && month >= 1 && month <= 12 && day >= 1 &&
         day <= days[month - 1] + (month == 2 && is_leap);
}

static bool is_date(const char *text)
{
  static const char shape[] = "dddd-dd-dd";
  for (size_t i = 0; i < sizeof shape - 1; ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == 'd' ? !is_digit : text[i] != '-') {
      return false; // Also at the end of a text that is too short.
    }
  }
  return text[sizeof shape - 1] == '\0' &&
         is_in_calendar(digits(text, 4), digits(text + 5, 2), digits(text + 8, 2));
}

/// @param when  0, 1 or 2, as the enumerations have them.
static bool read_when(const option_row *row, const char *value, size_t *when)
{
  static const char *const names[] = {"auto", "always", "never"};
  for (size_t i = 0; i < 3; ++i) {
    if (strcmp(value, names[i]) == 0) {
      *when = i;
      return true;
    }
  }
  return reject_value(row, value, "auto, always or never");
}

/// Read a whole number up to `most`, with K, M or G for 2 to the 10th, 20th, 30th.
static bool read_count(const option_row *row, const char *value, uint64_t most, uint64_t *count)
{
  static const char units[] = "KMG";
  char *end;
  errno = 0;
  const unsigned long long number = strtoull(value, &end, 10);
  const char *const unit = *end ? strchr(units, *end) : NULL;
  const unsigned shift = unit ? 10 * (unsigned)(unit - units + 1) : 0;
  const bool is_number = value[0] >= '0' && value[0] <= '9' && errno == 0;
  if (!is_number || end[unit ? 1 : 0] != '\0' || number > most >> shift) {
    return reject_value(row, value, "a whole number (K, M and G may follow)");
  }
  *count = (uint64_t)number << shift;
  return true;
}

static bool take_number(const option_row *row, const char *value, void *target)
{
  uint64_t count;
  const uint64_t most = row->kind == OPTION_SIZE      ? SIZE_MAX
                        : row->kind == OPTION_SECONDS ? UINT32_MAX
                                                      : UINT64_MAX;
  if (!read_count(row, value, most, &count)) {
    return false;
  }
  if (row->kind == OPTION_SIZE) {
    *(size_t *)target = (size_t)count;
  } else if (row->kind == OPTION_SECONDS) {
    *(uint32_t *)target = (uint32_t)count;
  } else {
    *(uint64_t *)target = count;
  }
  return true;
}

static bool take_percent(const option_row *row, const char *value, uint32_t *percent)
{
  char *end;
  errno = 0;
  const unsigned long number = strtoul(value, &end, 10);
  const bool is_number = value[0] >= '0' && value[0] <= '9' && errno == 0 && number <= 100;
  if (!is_number || (*end != '\0' && strcmp(end, "%") != 0)) {
    return reject_value(row, value, "a whole number up to 100");
  }
  *percent = (uint32_t)number;
  return true;
}

static bool is_path(const option_row *row)
{
  return strcmp(row->value, "FILE") == 0 || strcmp(row->value, "DIR") == 0;
}

static bool take_value(options *opts, const option_row *row, const char *value)
{
  void *const target = (char *)opts + row->offset;
  size_t when;
  switch (row->kind) {
  case OPTION_FLAG:
    *(bool *)target = true;
    return true;
  case OPTION_TEXT:
    *(const char **)target = value;
    return value[0] || !is_path(row) || reject_value(row, value, row->value);
  case OPTION_DATE:
    *(const char **)target = value;
    return is_date(value) || reject_value(row, value, "a date, YYYY-MM-DD");
  case OPTION_LIST:
    return strchr(value, '=') ? add_to_list(target, value) : reject_pair(row, value);
  case OPTION_COLOR:
  case OPTION_PROGRESS:
    if (!read_when(row, value, &when)) {
      return false;
    }
    if (row->kind == OPTION_COLOR) {
      *(color_choice *)target = (color_choice)when;
    } else {
      *(progress_choice *)target = (progress_choice)when;
    }
    return true;
  case OPTION_SIZE:
  case OPTION_COUNT:
  case OPTION_SECONDS:
    return take_number(row, value, target);
  case OPTION_PERCENT:
    return take_percent(row, value, target);
  }
  return false;
}

// The command line ------------------------------------------------------------------

/// Read the option at argv[*index]; its value may be the next word.
static bool parse_option(options *opts, int argc, char *const *argv, int *index)
{
  const typed_option typed = find_option(argv[*index]);
  const char *value = typed.value;
  if (!typed.row) {
    return reject_unknown(argv[*index]);
  }
  if (typed.row->kind == OPTION_FLAG && value) {
    (void)fprintf(stderr, "demarche: option '--%s' takes no value; '%s' has one\n", typed.row->name,
                  argv[*index]);
    return false;
  }
  if (typed.row->kind != OPTION_FLAG && !value) {
    value = *index + 1 < argc ? argv[++*index] : NULL;
    if (!value) {
      (void)fprintf(stderr, "demarche: option '--%s' needs a value: --%s %s\n", typed.row->name,
                    typed.row->name, typed.row->value);
      return false;
    }
  }
  return take_value(opts, typed.row, value);
}

bool options_parse(options *opts, int argc, char *const *argv)
{
  *opts = (options){.limits = dem_limits_default(), .depth = DEFAULT_DEPTH};
  bool has_ended = false;
  for (int i = 1; i < argc; ++i) {
    if (!has_ended && strcmp(argv[i], "--") == 0) {
      has_ended = true;
    } else if (!has_ended && is_option(argv[i])) {
      if (!parse_option(opts, argc, argv, &i)) {
        return false;
      }
    } else if (!add_to_list(&opts->arguments, argv[i])) {
      return false;
    }
  }
  return true;
}

bool options_check(int argc, char *const *argv, command_id command, const char *name)
{
  for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; ++i) {
    if (!is_option(argv[i])) {
      continue;
    }
    const typed_option typed = find_option(argv[i]);
    assert(typed.row);
    if (!(typed.row->commands & (unsigned)command)) {
      (void)fprintf(stderr, "demarche: '%s' has no option '--%s'; see 'demarche help %s'\n", name,
                    typed.row->name, name);
      return false;
    }
    i += typed.row->kind != OPTION_FLAG && !typed.value;
  }
  return true;
}

int options_format(const options *opts, const char *const *names)
{
  int i = 0;
  if (!opts->format) {
    return 0;
  }
  for (; names[i]; ++i) {
    if (strcmp(opts->format, names[i]) == 0) {
      return i;
    }
  }
  (void)fprintf(stderr, "demarche: option '--format' needs one of");
  for (i = 0; names[i]; ++i) {
    (void)fprintf(stderr, "%s %s", i ? "," : "", names[i]);
  }
  (void)fprintf(stderr, ", not '%s'\n", opts->format);
  return -1;
}

size_t options_count(void)
{
  return ROW_COUNT;
}

static const char *words_of(const option_row *row)
{
  if (row->kind == OPTION_COLOR || row->kind == OPTION_PROGRESS) {
    return "auto always never";
  }
  return strcmp(row->name, "from") == 0 ? "jsonl json yaml csv" : "";
}

option_info options_at(size_t index)
{
  const option_row *const row = &rows[index];
  return (option_info){.name = row->name,
                       .letter = row->letter,
                       .value = row->value,
                       .words = words_of(row),
                       .is_list = row->kind == OPTION_LIST,
                       .commands = row->commands,
                       .help = row->help};
}

void options_describe(command_id command, FILE *stream)
{
  for (size_t i = 0; i < ROW_COUNT; ++i) {
    const option_row *const row = &rows[i];
    if (!(row->commands & (unsigned)command)) {
      continue;
    }
    char names[64];
    (void)snprintf(names, sizeof names, "--%s%s%s", row->name, row->value ? " " : "",
                   row->value ? row->value : "");
    (void)fprintf(stream, "  %c%c%c %-22s %s\n", row->letter ? '-' : ' ',
                  row->letter ? row->letter : ' ', row->letter ? ',' : ' ', names, row->help);
  }
}

void options_clear(options *opts)
{
  free(opts->arguments.items);
  free(opts->set.items);
  free(opts->what_if.items);
}
