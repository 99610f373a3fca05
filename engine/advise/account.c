// SPDX-License-Identifier: Apache-2.0

// Facts and where they come from, in words.

#include "advise/account.h"

#include "base/try.h"
#include "lang/scalar.h"

static const dem_model *model_of(const dem_account *account)
{
  return dem_program_model(account->program);
}

void dem_account_place(const dem_model *model, dem_place place, dem_buffer *out)
{
  if (!dem_place_is_none(place)) {
    dem_buffer_add(out, dem_files_name(&model->files, place.file));
    dem_buffer_add_format(out, ":%u", (unsigned)place.line);
  }
}

// Facts -------------------------------------------------------------------------------

/// Whether a text reads as itself inside `{}` and `[]` of YAML.
static bool is_plain(dem_slice text)
{
  if (text.size == 0) {
    return false;
  }
  for (size_t i = 0; i < text.size; ++i) {
    const unsigned char byte = (unsigned char)text.bytes[i];
    const bool is_word = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                         (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
    if (!is_word && (i == 0 || !strchr("-_./+", byte))) {
      return false;
    }
  }
  return true;
}

static void add_quoted(dem_slice text, dem_buffer *out)
{
  dem_buffer_add_char(out, '"');
  for (size_t i = 0; i < text.size; ++i) {
    const char byte = text.bytes[i];
    if (byte == '"' || byte == '\\') {
      dem_buffer_add_char(out, '\\');
    }
    if (byte == '\n') {
      dem_buffer_add_text(out, "\\n");
    } else {
      dem_buffer_add_char(out, byte);
    }
  }
  dem_buffer_add_char(out, '"');
}

void dem_account_value(const dem_symbols *symbols, dem_storage storage, dem_word word,
                       dem_buffer *out)
{
  if (storage != DEM_STORAGE_STRING) {
    dem_word_write(symbols, storage, word, out);
    return;
  }
  const dem_slice text = dem_symbols_text(symbols, dem_word_symbol(word));
  if (is_plain(text)) {
    dem_buffer_add(out, text);
  } else {
    add_quoted(text, out);
  }
}

void dem_account_row(const dem_model *model, const dem_symbols *symbols, uint32_t relation,
                     const dem_word *row, dem_buffer *out)
{
  const dem_relation *const r = &model->relations[relation];
  bool has_fields = false;
  dem_buffer_add(out, dem_symbols_text(model->symbols, r->name));
  dem_buffer_add_text(out, " {");
  for (uint32_t i = 0; i < r->field_count; ++i) {
    if (r->fields[i].is_optional && row[i] == DEM_ABSENT) {
      continue;
    }
    dem_buffer_add_text(out, has_fields ? ", " : "");
    dem_buffer_add(out, dem_symbols_text(model->symbols, r->fields[i].name));
    dem_buffer_add_text(out, ": ");
    if (row[i] == DEM_OPEN) {
      dem_buffer_add_text(out, "any");
    } else {
      dem_account_value(symbols, r->fields[i].type.storage, row[i], out);
    }
    has_fields = true;
  }
  dem_buffer_add_char(out, '}');
}

void dem_account_fact(const dem_account *account, dem_fact fact, dem_buffer *out)
{
  dem_account_row(model_of(account), account->symbols, fact.relation,
                  dem_facts_row(account->facts, fact), out);
}

// Proofs ------------------------------------------------------------------------------

static void add_given(const dem_account *account, dem_fact fact, uint32_t origin, dem_buffer *out)
{
  const dem_model *const model = model_of(account);
  uint32_t count = 0;
  const uint32_t *const givens = dem_facts_givens(account->facts, fact, &count);
  if (count > 0) {
    const dem_given *const given = &DEM_VECTOR_AT(&model->givens, dem_given, givens[0]);
    dem_buffer_add_text(out, ", given (");
    dem_account_place(model, given->place, out);
    dem_buffer_add_char(out, ')');
  } else if (origin < model->question_count) {
    dem_buffer_add_text(out, ", an answer to '");
    dem_buffer_add(out, dem_symbols_text(model->symbols, model->questions[origin].field));
    dem_buffer_add_char(out, '\'');
  }
}

static void add_rule(const dem_account *account, uint32_t rule, dem_buffer *out)
{
  const dem_model *const model = model_of(account);
  const dem_rule *const r = &model->rules[rule];
  const uint32_t question = dem_model_question_of(model, rule);
  if (question != DEM_NONE) {
    dem_buffer_add_text(out, ", if that is the answer to '");
    dem_buffer_add(out, dem_symbols_text(model->symbols, model->questions[question].field));
    dem_buffer_add_char(out, '\'');
    return;
  }
  dem_buffer_add_text(out, ", by ");
  dem_buffer_add(out, dem_symbols_text(model->symbols, r->id));
  dem_buffer_add_text(out, " (");
  dem_account_place(model, r->place, out);
  dem_buffer_add_char(out, ')');
}

void dem_account_line(const dem_account *account, dem_fact fact, dem_buffer *out)
{
  const dem_justification why = dem_facts_justify(account->facts, fact);
  dem_account_fact(account, fact, out);
  if (why.rule == DEM_NONE) {
    add_given(account, fact, why.origin, out);
  } else {
    add_rule(account, why.rule, out);
  }
}

enum { MOST_LINES = 30 }; // Of one proof: what an aggregate ran over may be thousands of facts.

/// A fact on the way to being written, and how deep it stands.
typedef struct pending {
  dem_fact fact;
  uint32_t depth;
} pending;

/// Push what a fact rests on, so that it is taken in its order.
static dem_status push_support(const dem_account *account, const pending *of, dem_vector *todo)
{
  dem_vector support;
  dem_vector_init(&support, todo->allocator, sizeof(dem_fact));
  dem_status status = dem_program_support(account->program, account->facts, of->fact, &support);
  for (size_t i = support.count; i > 0 && status == DEM_OK; --i) {
    const dem_fact fact = DEM_VECTOR_AT(&support, dem_fact, i - 1);
    const pending next = {fact, of->depth + 1};
    if (!model_of(account)->relations[fact.relation].is_hidden && !dem_vector_add(todo, &next)) {
      status = DEM_ERR_NO_MEMORY;
    }
  }
  dem_vector_clear(&support);
  return status;
}

static void begin_line(uint32_t indent, uint32_t depth, dem_buffer *out)
{
  for (uint32_t i = 0; i < indent + 2 * depth; ++i) {
    dem_buffer_add_char(out, ' ');
  }
}

static dem_status write_pending(const dem_account *account, const pending *p, uint32_t indent,
                                uint32_t depth, dem_vector *todo, dem_buffer *out)
{
  const dem_justification why = dem_facts_justify(account->facts, p->fact);
  begin_line(indent, p->depth, out);
  dem_account_line(account, p->fact, out);
  dem_buffer_add_char(out, '\n');
  if (why.rule == DEM_NONE) {
    return DEM_OK;
  }
  if (p->depth < depth) {
    return push_support(account, p, todo);
  }
  if (why.fact_count > 0) {
    begin_line(indent, p->depth + 1, out);
    dem_buffer_add_text(out, "…\n");
  }
  return DEM_OK;
}

dem_status dem_account_proof(const dem_account *account, dem_fact fact, uint32_t indent,
                             uint32_t depth, dem_buffer *out)
{
  dem_vector todo;
  dem_vector_init(&todo, out->allocator, sizeof(pending));
  const pending first = {fact, 0};
  dem_status status = dem_vector_add(&todo, &first) ? DEM_OK : DEM_ERR_NO_MEMORY;
  for (uint32_t lines = 0; status == DEM_OK && todo.count > 0; ++lines) {
    const pending next = DEM_VECTOR_AT(&todo, pending, todo.count - 1);
    --todo.count;
    if (lines == MOST_LINES) {
      begin_line(indent, next.depth, out);
      dem_buffer_add_text(out, "…\n");
      break;
    }
    status = write_pending(account, &next, indent, depth, &todo, out);
  }
  dem_vector_clear(&todo);
  return status == DEM_OK && out->has_failed ? DEM_ERR_NO_MEMORY : status;
}
