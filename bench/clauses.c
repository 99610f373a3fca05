// SPDX-License-Identifier: Apache-2.0

#include "clauses.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

/// Calls back for each argument of an atom. Returns where the atom ends.
static const char *
each_argument(const char *atom,
              void (*put)(void *context, char field, const char *argument, int size), void *context)
{
  const char *c = atom + strcspn(atom, "(") + 1;
  for (char field = 'a'; *c != ')'; ++field) {
    const size_t size = strcspn(c, ",)");
    put(context, field, c, (int)size);
    c += size + (c[size] == ',');
  }
  return c + 1;
}

/// The next atom of a body, or NULL behind the last.
static const char *next_atom(const char *c)
{
  return *c == ',' ? c + strlen(", ") : NULL;
}

static const char *body_of(const char *clause)
{
  return strstr(clause, " :- ") + strlen(" :- ");
}

// YAML --------------------------------------------------------------------------------

static void put_term(void *context, char field, const char *argument, int size)
{
  (void)fprintf(context, "%s%c: %s%.*s", field == 'a' ? "" : ", ", field,
                isupper((unsigned char)*argument) ? "$" : "", size, argument);
}

static const char *write_pattern(FILE *file, const char *atom)
{
  (void)fprintf(file, "{%.*s: {", (int)strcspn(atom, "("), atom);
  const char *const end = each_argument(atom, put_term, file);
  (void)fputs("}}", file);
  return end;
}

void clauses_write_yaml(FILE *file, const char *clauses, unsigned first)
{
  for (const char *clause = clauses; *clause; clause = strchr(clause, '\n') + 1) {
    (void)fprintf(file, "  - id: bench/%u\n    then: [", first++);
    (void)write_pattern(file, clause);
    (void)fputs("]\n    when:\n", file);
    for (const char *c = body_of(clause); c;) {
      const int is_negative = *c == '~';
      (void)fprintf(file, "      - %s", is_negative ? "not: [" : "");
      c = next_atom(write_pattern(file, c + is_negative));
      (void)fputs(is_negative ? "]\n" : "\n", file);
    }
  }
}

// CLIPS -------------------------------------------------------------------------------

typedef struct text {
  size_t size;
  char bytes[4096];
} text;

static void add(text *t, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  t->size += (size_t)vsnprintf(t->bytes + t->size, sizeof t->bytes - t->size, format, arguments);
  va_end(arguments);
}

static void put_slot(void *context, char field, const char *argument, int size)
{
  add(context, " (%c %s%.*s)", field, isupper((unsigned char)*argument) ? "?" : "", size, argument);
}

static const char *write_fact(text *t, const char *atom)
{
  add(t, "(%.*s", (int)strcspn(atom, "("), atom);
  const char *const end = each_argument(atom, put_slot, t);
  add(t, ")");
  return end;
}

void clauses_write_clips(const char *clauses, int salience, unsigned first,
                         void (*take)(void *context, const char *construct), void *context)
{
  for (const char *clause = clauses; *clause; clause = strchr(clause, '\n') + 1) {
    text t = {0};
    add(&t, "(defrule r%u (declare (salience %d)) ", first++, salience);
    for (const char *c = body_of(clause); c;) {
      const int is_negative = *c == '~';
      add(&t, is_negative ? "(not " : "");
      c = next_atom(write_fact(&t, c + is_negative));
      add(&t, is_negative ? ") " : " ");
    }
    add(&t, "=> (assert ");
    (void)write_fact(&t, clause);
    add(&t, "))");
    take(context, t.bytes);
  }
}
