// SPDX-License-Identifier: Apache-2.0

// Puts the advice together: partners with purposes, reasons, steps, caveats; sources once each.
//
// Drafts are collected as flat rows, then sorted by total keys and cut into the nested arrays of
// the public structure: no order of files, facts or hashes reaches the result.

#include "advise/advice.h"

#include <assert.h>
#include <string.h>

#include "advise/bibliography.h"
#include "advise/hinge.h"
#include "advise/presentation.h"
#include "advise/proof.h"
#include "advise/relevance.h"
#include "advise/ruled_out.h"
#include "advise/wording.h"
#include "base/sort.h"
#include "base/try.h"
#include "lang/scalar.h"

/// One shown fact.
typedef struct draft {
  dem_shows_as shows_as;
  bool has_partner;
  dem_word partner;
  uint32_t partner_relation;
  const char *partner_label;
  const char *purpose_id;
  const char *purpose_label;
  const char *text;
  const char *route;
  int64_t order;
  dem_advice_reason reason;
} draft;

/// An advice and the memory that it lies in, which is kept from one advice to the next.
typedef struct dem_adviser builder;
struct dem_adviser {
  dem_advice advice;          ///< Stands first: dem_advice_free is told nothing else.
  const dem_advice_input *in; ///< During a build.
  const dem_model *model;
  dem_facts *facts; ///< The model that the item at hand is explained in.
  dem_hinge_finder hinges;
  dem_relevance relevance;
  dem_arena arena; ///< What the advice points to.
  dem_citer citer;
  dem_vector drafts;        ///< draft
  dem_bibliography sources; ///< All that any item cites.
  dem_vector partners;      ///< dem_advice_partner
  dem_vector known;         ///< dem_word
  dem_vector spare;         ///< char: room to sort in.
  dem_wording words;
  dem_prover *prover; ///< During a build; NULL: no proof was asked for.
};

// Reasons -----------------------------------------------------------------------------

static dem_status cite(builder *b, dem_fact fact, dem_advice_reason *reason)
{
  DEM_TRY(dem_citer_walk(&b->citer, fact));
  size_t *citations;
  DEM_TRY(dem_bibliography_add(&b->sources, &b->citer.found, &b->arena, &citations));
  reason->citations = citations;
  reason->citation_count = b->citer.found.count;
  return DEM_OK;
}

static const char *describe_answer_word(builder *b, const dem_type *type, dem_word word,
                                        bool is_label)
{
  return word == DEM_OPEN ? ""
         : is_label       ? dem_wording_label(&b->words, type, word)
                          : dem_wording_key(&b->words, type, word);
}

/// Which answers it hangs on.
static dem_status add_hinges(builder *b, dem_fact possible, dem_advice_reason *reason)
{
  const dem_vector *const found = &b->hinges.found;
  DEM_TRY(dem_hinge_find(&b->hinges, b->in->evaluation, possible));
  dem_advice_hinge *const hinges = DEM_ARENA_ARRAY(&b->arena, dem_advice_hinge, found->count);
  DEM_TRY_MEMORY(hinges);
  for (size_t i = 0; i < found->count; ++i) {
    const dem_hinge hinge = DEM_VECTOR_AT(found, dem_hinge, i);
    const dem_question *const q = &b->model->questions[hinge.question];
    hinges[i] =
        (dem_advice_hinge){.field = dem_wording_of(dem_symbols_text(b->model->symbols, q->field)),
                           .name = dem_wording_field(&b->words, hinge.question),
                           .ask = dem_wording_ask(&b->words, hinge.question),
                           .value = describe_answer_word(b, &q->type, hinge.answer, false),
                           .label = describe_answer_word(b, &q->type, hinge.answer, true),
                           .is_negative = hinge.is_negative};
    DEM_TRY_MEMORY(hinges[i].value);
    DEM_TRY_MEMORY(hinges[i].label);
  }
  reason->hinges = hinges;
  reason->hinge_count = found->count;
  return DEM_OK;
}

static dem_status explain(builder *b, dem_fact fact, dem_advice_reason *reason)
{
  const dem_justification why = dem_facts_justify(b->facts, fact);
  *reason = (dem_advice_reason){
      .text = "", .rule = "", .file = "", .is_certain = b->facts == b->in->evaluation->certain};
  if (b->in->is_brief) {
    b->citer.is_stale = false; // No proof is walked.
    return DEM_OK;
  }
  if (why.rule != DEM_NONE) {
    const dem_rule *const rule = &b->model->rules[why.rule];
    DEM_TRY(dem_wording_add_reason(&b->words, rule, fact));
    reason->text = dem_wording_keep(&b->words);
    DEM_TRY_MEMORY(reason->text);
    reason->rule = dem_wording_of(dem_symbols_text(b->model->symbols, rule->id));
    if (!dem_place_is_none(rule->place)) {
      reason->file = dem_wording_of(dem_files_name(&b->model->files, rule->place.file));
      reason->line = rule->place.line;
    }
  }
  DEM_TRY(cite(b, fact, reason));
  return reason->is_certain ? DEM_OK : add_hinges(b, fact, reason);
}

// Drafts ------------------------------------------------------------------------------

static dem_status fill_texts(builder *b, const dem_relation *relation, const dem_presentation *p,
                             const dem_word *row, draft *d)
{
  d->purpose_id = d->purpose_label = d->text = d->route = "";
  if (d->has_partner) {
    const dem_type *const type = &relation->fields[p->partner].type;
    d->partner_relation = type->relation;
    d->partner_label = dem_wording_label(&b->words, type, d->partner);
    DEM_TRY_MEMORY(d->partner_label);
  }
  if (p->purpose != DEM_NONE) {
    d->purpose_id = dem_wording_key(&b->words, &relation->fields[p->purpose].type, row[p->purpose]);
    d->purpose_label =
        dem_wording_label(&b->words, &relation->fields[p->purpose].type, row[p->purpose]);
    DEM_TRY_MEMORY(d->purpose_id);
    DEM_TRY_MEMORY(d->purpose_label);
  }
  if (p->text != DEM_NONE) {
    d->text = dem_wording_label(&b->words, &relation->fields[p->text].type, row[p->text]);
    DEM_TRY_MEMORY(d->text);
  }
  if (p->route != DEM_NONE) {
    d->route = dem_wording_label(&b->words, &relation->fields[p->route].type, row[p->route]);
    DEM_TRY_MEMORY(d->route);
  }
  return DEM_OK;
}

/// A fact that was last checked too long ago is said with what rests on it.
static dem_status warn_of_age(builder *b, const draft *about)
{
  if (!b->citer.is_stale || !about->has_partner) {
    return DEM_OK;
  }
  draft d = *about;
  d.shows_as = DEM_SHOWS_CAVEAT;
  d.purpose_id = d.purpose_label = d.route = "";
  d.order = 0;
  const char *const day = dem_wording_day(&b->words, b->citer.oldest);
  DEM_TRY_MEMORY(day);
  dem_wording_say(&b->words, DEM_SAID(CHECK_AGAIN, day));
  d.text = dem_wording_keep(&b->words);
  DEM_TRY_MEMORY(d.text);
  d.reason.weight = 0;
  d.reason.text = "";
  size_t *const citations = DEM_ARENA_ARRAY(&b->arena, size_t, about->reason.citation_count);
  DEM_TRY_MEMORY(citations);
  for (size_t i = 0; i < about->reason.citation_count; ++i) {
    citations[i] = about->reason.citations[i];
  }
  d.reason.citations = citations;
  for (size_t i = 0; i < b->drafts.count; ++i) { // Once a partner and day.
    const draft *const known = &DEM_VECTOR_AT(&b->drafts, draft, i);
    if (known->shows_as == DEM_SHOWS_CAVEAT && known->has_partner && known->partner == d.partner &&
        strcmp(known->text, d.text) == 0) {
      return DEM_OK;
    }
  }
  return dem_vector_add(&b->drafts, &d) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static int64_t number_in(const dem_word *row, uint32_t column)
{
  const bool has_number =
      column != DEM_NONE && row[column] != DEM_ABSENT && row[column] != DEM_OPEN;
  return has_number ? dem_word_integer(row[column]) : 0;
}

/// What is certain is explained among the certain facts, the rest among the possible ones.
static dem_fact choose_model(builder *b, dem_fact widest)
{
  const dem_evaluation *const e = b->in->evaluation;
  const dem_fact certain = dem_evaluation_find_certain(e, widest);
  b->facts = dem_fact_is_none(certain) ? e->possible : e->certain;
  b->citer.facts = b->words.facts = b->facts;
  return dem_fact_is_none(certain) ? widest : certain;
}

static dem_status add_fact(builder *b, uint32_t relation, const dem_presentation *p, dem_fact fact)
{
  const dem_relation *const r = &b->model->relations[relation];
  dem_word row[DEM_MAX_FIELDS];
  const dem_word *const words = dem_facts_row(b->facts, fact);
  for (uint32_t i = 0; i < r->field_count; ++i) {
    row[i] = words[i]; // Rows move when facts are added.
  }
  draft d = {.shows_as = r->shows_as};
  if (p->partner != DEM_NONE && row[p->partner] == DEM_OPEN) {
    return DEM_OK; // Nothing can be said of a partner that may be any.
  }
  d.has_partner = p->partner != DEM_NONE && row[p->partner] != DEM_ABSENT;
  d.partner = d.has_partner ? row[p->partner] : 0;
  DEM_TRY(fill_texts(b, r, p, row, &d));
  DEM_TRY(explain(b, fact, &d.reason));
  d.reason.step = DEM_NO_STEP;
  if (b->prover && r->shows_as == DEM_SHOWS_RECOMMENDATION) {
    DEM_TRY(d.reason.is_certain ? dem_prover_add_certain(b->prover, fact, &d.reason.step)
                                : dem_prover_add(b->prover, fact, &d.reason.step));
  }
  d.reason.weight = number_in(row, p->weight);
  d.order = number_in(row, p->order);
  if (!dem_vector_add(&b->drafts, &d)) {
    return DEM_ERR_NO_MEMORY;
  }
  return r->shows_as == DEM_SHOWS_RECOMMENDATION ? warn_of_age(b, &d) : DEM_OK;
}

static dem_status collect(builder *b)
{
  for (uint32_t i = 0; i < b->model->relation_count; ++i) {
    const dem_shows_as shows_as = b->model->relations[i].shows_as;
    if (shows_as == DEM_SHOWS_NOTHING ||
        (b->in->is_brief && shows_as != DEM_SHOWS_RECOMMENDATION)) {
      continue;
    }
    const dem_presentation p = dem_presentation_of(b->model, i);
    const dem_facts *const widest = dem_evaluation_facts(b->in->evaluation);
    const uint32_t count = dem_facts_count(widest, i);
    for (uint32_t j = 0; j < count; ++j) {
      DEM_TRY(add_fact(b, i, &p, choose_model(b, dem_facts_at(widest, i, j))));
    }
  }
  return DEM_OK;
}

// Order -------------------------------------------------------------------------------

static int compare_numbers(int64_t a, int64_t b)
{
  return (a > b) - (a < b);
}

/// Recommendations first; by partner; then the heaviest of a purpose, or the steps in their order.
static int compare_drafts(const void *left, const void *right)
{
  const draft *const a = left;
  const draft *const b = right;
  int order = compare_numbers(b->has_partner, a->has_partner);
  order = order || !a->has_partner ? order : strcmp(a->partner_label, b->partner_label);
  order = order ? order : compare_numbers((int64_t)a->partner, (int64_t)b->partner);
  order = order ? order : compare_numbers(a->shows_as, b->shows_as);
  order = order ? order : strcmp(a->purpose_id, b->purpose_id);
  order = order ? order : compare_numbers(b->reason.is_certain, a->reason.is_certain);
  order = order ? order : compare_numbers(b->reason.weight, a->reason.weight);
  order = order ? order : compare_numbers(a->order, b->order);
  order = order ? order : strcmp(a->text, b->text);
  order = order ? order : strcmp(a->reason.rule, b->reason.rule);
  return order ? order : strcmp(a->reason.text, b->reason.text);
}

static int compare_purposes(const void *left, const void *right)
{
  const dem_advice_purpose *const a = left;
  const dem_advice_purpose *const b = right;
  int order = compare_numbers(b->is_certain, a->is_certain);
  order = order ? order : compare_numbers(b->weight, a->weight);
  return order ? order : strcmp(a->label, b->label);
}

static int compare_partners(const void *left, const void *right)
{
  const dem_advice_partner *const a = left;
  const dem_advice_partner *const b = right;
  int order = compare_numbers(b->is_certain, a->is_certain);
  order = order ? order : compare_numbers(b->weight, a->weight);
  order = order ? order : strcmp(a->label, b->label);
  return order ? order : strcmp(a->id, b->id);
}

static int compare_items(const void *left, const void *right)
{
  const dem_advice_item *const a = left;
  const dem_advice_item *const b = right;
  int order = compare_numbers(b->reason.is_certain, a->reason.is_certain);
  order = order ? order : compare_numbers(a->order, b->order);
  order = order ? order : strcmp(a->text, b->text);
  return order ? order : strcmp(a->reason.text, b->reason.text);
}

static dem_status sort(builder *b, void *items, size_t count, size_t size, dem_compare *compare)
{
  if (!dem_vector_reserve(&b->spare, count * size)) {
    return DEM_ERR_NO_MEMORY;
  }
  dem_sort(items, count, size, compare, b->spare.items);
  return DEM_OK;
}

// Nesting -----------------------------------------------------------------------------

static bool says_the_same(const dem_advice_item *a, const dem_advice_item *b)
{
  return strcmp(a->text, b->text) == 0 && strcmp(a->reason.text, b->reason.text) == 0;
}

static bool is_said(const dem_advice_item *items, size_t count, const dem_advice_item *item)
{
  bool is_said = false;
  for (size_t i = 0; i < count && !is_said; ++i) {
    is_said = says_the_same(&items[i], item);
  }
  return is_said;
}

/// The drafts from `first` to before `end` that are shown as steps, caveats or references. What
/// is said once, for the same reason, is not said again; one caveat for two themes has two reasons.
static dem_status take_items(builder *b, size_t first, size_t end, dem_shows_as shows_as,
                             dem_advice_items *out)
{
  dem_advice_item *const items = DEM_ARENA_ARRAY(&b->arena, dem_advice_item, end - first);
  DEM_TRY_MEMORY(items);
  size_t count = 0;
  for (size_t i = first; i < end; ++i) {
    const draft *const d = &DEM_VECTOR_AT(&b->drafts, draft, i);
    if (d->shows_as == shows_as) {
      items[count++] = (dem_advice_item){d->order, d->text, d->route, d->reason};
    }
  }
  if (count) {
    DEM_TRY(sort(b, items, count, sizeof *items, compare_items));
  }
  size_t kept = 0;
  for (size_t i = 0; i < count; ++i) {
    if (!is_said(items, kept, &items[i])) {
      items[kept++] = items[i];
    }
  }
  *out = (dem_advice_items){kept, items};
  return DEM_OK;
}

/// What is only possible adds nothing to what is certain.
static void weigh(dem_advice_purpose *purposes, dem_advice_partner *partner)
{
  for (size_t i = 0; i < partner->purpose_count; ++i) {
    dem_advice_purpose *const purpose = &purposes[i];
    for (size_t j = 0; j < purpose->reason_count; ++j) {
      const dem_advice_reason *const reason = &purpose->reasons[j];
      purpose->weight += reason->is_certain || !purpose->is_certain ? reason->weight : 0;
      partner->weight += reason->is_certain || !partner->is_certain ? reason->weight : 0;
    }
  }
}

static dem_status take_purposes(builder *b, size_t first, size_t end, dem_advice_partner *partner)
{
  dem_advice_purpose *const purposes = DEM_ARENA_ARRAY(&b->arena, dem_advice_purpose, end - first);
  dem_advice_reason *const reasons = DEM_ARENA_ARRAY(&b->arena, dem_advice_reason, end - first);
  DEM_TRY_MEMORY(purposes);
  DEM_TRY_MEMORY(reasons);
  size_t reason_count = 0;
  for (size_t i = first; i < end; ++i) {
    const draft *const d = &DEM_VECTOR_AT(&b->drafts, draft, i);
    if (d->shows_as != DEM_SHOWS_RECOMMENDATION) {
      continue;
    }
    dem_advice_purpose *last =
        partner->purpose_count ? &purposes[partner->purpose_count - 1] : NULL;
    if (!last || strcmp(last->id, d->purpose_id) != 0) {
      last = &purposes[partner->purpose_count++];
      *last = (dem_advice_purpose){
          .id = d->purpose_id, .label = d->purpose_label, .reasons = &reasons[reason_count]};
    }
    reasons[reason_count++] = d->reason;
    ++last->reason_count;
    last->is_certain = last->is_certain || d->reason.is_certain;
    partner->is_certain = partner->is_certain || d->reason.is_certain;
  }
  weigh(purposes, partner);
  if (partner->purpose_count) {
    DEM_TRY(sort(b, purposes, partner->purpose_count, sizeof *purposes, compare_purposes));
  }
  partner->purposes = purposes;
  return DEM_OK;
}

/// The kind as people write it.
static dem_status word_kind(builder *b, dem_advice_partner *partner)
{
  const char *const un = "un-";
  const bool says_un = partner->is_un && strncmp(partner->kind, un, strlen(un)) == 0;
  for (const char *at = partner->kind + (says_un ? strlen(un) : 0); *at; ++at) {
    dem_buffer_add_char(&b->words.text, *at == '-' ? ' ' : *at);
  }
  partner->kind_words = dem_wording_keep(&b->words);
  return partner->kind_words ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// What the language calls a kind; NULL for English, and where it stands in.
static const char *translate_kind(const builder *b, const dem_type *type, dem_word word)
{
  const dem_text_id id = {DEM_TEXT_VALUE, 0, word};
  const dem_text *const text =
      type->kind == DEM_TYPE_ENUMERATION ? dem_language_find(b->in->names->language, id) : NULL;
  return text ? text->text.bytes : NULL;
}

/// What the partner's own row says of it.
static dem_status describe_partner(builder *b, const draft *d, dem_advice_partner *partner)
{
  const dem_relation *const r = &b->model->relations[d->partner_relation];
  const dem_names *const names = b->in->names;
  const dem_fact fact = dem_names_row(names, d->partner_relation, d->partner);
  const uint32_t kind = dem_relation_find_field(b->model, r, DEM_SLICE("kind"));
  const uint32_t system = dem_relation_find_field(b->model, r, DEM_SLICE("system"));
  *partner = (dem_advice_partner){.label = d->partner_label, .kind = ""};
  partner->id = dem_wording_key(&b->words, &r->fields[r->key].type, d->partner);
  DEM_TRY_MEMORY(partner->id);
  if (dem_fact_is_none(fact)) {
    partner->kind_words = "";
    return DEM_OK;
  }
  const dem_word *const row = dem_facts_row(names->facts, fact);
  if (kind != DEM_NONE) {
    partner->kind = dem_wording_key(&b->words, &r->fields[kind].type, row[kind]);
    DEM_TRY_MEMORY(partner->kind);
    partner->kind_words = translate_kind(b, &r->fields[kind].type, row[kind]);
  }
  if (system != DEM_NONE && row[system] != DEM_ABSENT &&
      r->fields[system].type.storage == DEM_STORAGE_STRING) {
    const dem_slice text = dem_symbols_text(b->model->symbols, dem_word_symbol(row[system]));
    partner->is_un = dem_slice_is(text, "un");
  }
  return partner->kind_words ? DEM_OK : word_kind(b, partner);
}

static dem_status take_partner(builder *b, size_t first, size_t end)
{
  dem_advice_partner partner;
  DEM_TRY(describe_partner(b, &DEM_VECTOR_AT(&b->drafts, draft, first), &partner));
  DEM_TRY(take_purposes(b, first, end, &partner));
  DEM_TRY(take_items(b, first, end, DEM_SHOWS_STEP, &partner.steps));
  DEM_TRY(take_items(b, first, end, DEM_SHOWS_CAVEAT, &partner.caveats));
  DEM_TRY(take_items(b, first, end, DEM_SHOWS_REFERENCE, &partner.references));
  return dem_vector_add(&b->partners, &partner) ? DEM_OK : DEM_ERR_NO_MEMORY;
}

static bool is_same_partner(const draft *a, const draft *b)
{
  return a->has_partner && b->has_partner && a->partner == b->partner &&
         a->partner_relation == b->partner_relation;
}

/// A partner that nothing recommends has no place of its own: what is said of it goes to the
/// general lists.
static dem_status nest(builder *b)
{
  const size_t count = b->drafts.count;
  draft *const drafts = b->drafts.items;
  if (count) {
    DEM_TRY(sort(b, drafts, count, sizeof *drafts, compare_drafts));
  }
  for (size_t first = 0, end; first < count; first = end) {
    bool is_recommended = false;
    for (end = first;
         end < count && (end == first || is_same_partner(&drafts[first], &drafts[end])); ++end) {
      is_recommended = is_recommended || drafts[end].shows_as == DEM_SHOWS_RECOMMENDATION;
    }
    if (drafts[first].has_partner && is_recommended) {
      DEM_TRY(take_partner(b, first, end));
    }
    for (size_t i = first; i < end && !is_recommended; ++i) {
      drafts[i].has_partner = false;
    }
  }
  dem_advice_partner *const partners =
      DEM_ARENA_ARRAY(&b->arena, dem_advice_partner, b->partners.count);
  DEM_TRY_MEMORY(partners);
  for (size_t i = 0; i < b->partners.count; ++i) {
    partners[i] = DEM_VECTOR_AT(&b->partners, dem_advice_partner, i);
  }
  if (b->partners.count) {
    DEM_TRY(sort(b, partners, b->partners.count, sizeof *partners, compare_partners));
  }
  b->advice.partners = partners;
  b->advice.partner_count = b->partners.count;
  return DEM_OK;
}

static dem_status take_general(builder *b)
{
  dem_advice *const advice = &b->advice;
  size_t kept = 0; // Those without a partner move to the front.
  for (size_t i = 0; i < b->drafts.count; ++i) {
    const draft d = DEM_VECTOR_AT(&b->drafts, draft, i);
    if (!d.has_partner) {
      DEM_VECTOR_AT(&b->drafts, draft, kept++) = d;
    }
  }
  DEM_TRY(take_items(b, 0, kept, DEM_SHOWS_STEP, &advice->steps));
  DEM_TRY(take_items(b, 0, kept, DEM_SHOWS_CAVEAT, &advice->caveats));
  return take_items(b, 0, kept, DEM_SHOWS_REFERENCE, &advice->references);
}

// Sources -----------------------------------------------------------------------------

/// Sort the sources by id and renumber what the reasons cite.
static dem_status settle_sources(builder *b)
{
  dem_advice *const advice = &b->advice;
  const size_t *after;
  DEM_TRY(dem_bibliography_settle(&b->sources, &b->words, &advice->sources, &after));
  advice->source_count = b->sources.cited.count;
  for (size_t i = 0; i < b->drafts.count; ++i) {
    const dem_advice_reason *const reason = &DEM_VECTOR_AT(&b->drafts, draft, i).reason;
    dem_bibliography_renumber(after, (size_t *)(uintptr_t)reason->citations,
                              reason->citation_count);
  }
  return DEM_OK;
}

// Answers -----------------------------------------------------------------------------

static dem_status describe_values(builder *b, const dem_question *q, const dem_word *words,
                                  size_t count, dem_advice_answer *out)
{
  const char **const values = DEM_ARENA_ARRAY(&b->arena, const char *, count);
  const char **const labels = DEM_ARENA_ARRAY(&b->arena, const char *, count);
  DEM_TRY_MEMORY(values);
  DEM_TRY_MEMORY(labels);
  for (size_t i = 0; i < count; ++i) {
    values[i] = dem_wording_key(&b->words, &q->type, words[i]);
    labels[i] = dem_wording_label(&b->words, &q->type, words[i]);
    DEM_TRY_MEMORY(values[i]);
    DEM_TRY_MEMORY(labels[i]);
  }
  out->values = values;
  out->labels = labels;
  out->value_count = count;
  return DEM_OK;
}

/// The answers that the kb filled in: what the question's `known` rule derived.
static dem_status collect_known(builder *b, const dem_question *q, dem_vector *words)
{
  for (uint32_t i = 0; i < q->gives_count; ++i) {
    const dem_conclusion *const c = &q->gives[i];
    uint32_t column = 0;
    while (column < b->model->relations[c->relation].field_count &&
           c->outputs[column].kind != DEM_OUTPUT_VARIABLE) {
      ++column;
    }
    const dem_facts *const facts = b->in->evaluation->certain;
    const uint32_t count = dem_facts_count(facts, c->relation);
    for (uint32_t j = 0; j < count; ++j) {
      const dem_fact fact = dem_facts_at(facts, c->relation, j);
      const dem_justification why = dem_facts_justify(facts, fact);
      if (why.rule == q->known_rule && column < b->model->relations[c->relation].field_count &&
          !dem_vector_add(words, &dem_facts_row(facts, fact)[column])) {
        return DEM_ERR_NO_MEMORY;
      }
    }
    break; // Each conclusion says the same answers.
  }
  return DEM_OK;
}

static dem_status describe_answer(builder *b, uint32_t question, dem_advice_answer *out)
{
  const dem_question *const q = &b->model->questions[question];
  const dem_answers *const answers = b->in->answers;
  const dem_answer *const answer = &answers->items[question];
  *out = (dem_advice_answer){.field = dem_wording_of(dem_symbols_text(b->model->symbols, q->field)),
                             .name = dem_wording_field(&b->words, question),
                             .ask = dem_wording_ask(&b->words, question),
                             .is_open = answer->state != DEM_ANSWER_GIVEN};
  if (answer->state == DEM_ANSWER_GIVEN) {
    const dem_word *const words = answers->values.items;
    return describe_values(b, q, words ? words + answer->first : NULL, answer->count, out);
  }
  if (answer->state == DEM_ANSWER_UNKNOWN || q->known_rule == DEM_NONE) {
    return DEM_OK;
  }
  dem_vector_reset(&b->known);
  DEM_TRY(collect_known(b, q, &b->known));
  if (b->known.count == 0) {
    return DEM_OK;
  }
  out->is_open = false;
  out->is_known = true;
  return describe_values(b, q, b->known.items, b->known.count, out);
}

static dem_status mark_relevant(builder *b, dem_advice_answer *answers)
{
  DEM_TRY(dem_relevance_find(&b->relevance, b->in->evaluation));
  for (uint32_t i = 0; i < b->model->question_count; ++i) {
    answers[i].is_relevant = answers[i].is_open && dem_relevance_matters(&b->relevance, i);
  }
  return DEM_OK;
}

static dem_status describe_answers(builder *b)
{
  const uint32_t count = b->model->question_count;
  dem_advice_answer *const answers = DEM_ARENA_ARRAY(&b->arena, dem_advice_answer, count);
  DEM_TRY_MEMORY(answers);
  for (uint32_t i = 0; i < count; ++i) {
    DEM_TRY(describe_answer(b, i, &answers[i]));
    b->advice.wants_references =
        b->advice.wants_references || (b->model->questions[i].wants_references &&
                                       !answers[i].is_known && answers[i].value_count > 0);
  }
  if (!b->in->is_brief) {
    DEM_TRY(mark_relevant(b, answers));
  }
  b->advice.answers = answers;
  b->advice.answer_count = count;
  return DEM_OK;
}

// The whole ---------------------------------------------------------------------------

/// Whom it is for, in a language in which labels have forms.
static dem_status name_subject(builder *b)
{
  const dem_answer *const first = b->model->question_count ? &b->in->answers->items[0] : NULL;
  if (!dem_wording_has_forms(&b->words) || !first || first->state != DEM_ANSWER_GIVEN ||
      first->count != 1) {
    return DEM_OK;
  }
  const dem_word word = DEM_VECTOR_AT(&b->in->answers->values, dem_word, first->first);
  dem_wording_add_subject(&b->words, &b->model->questions[0].type, word);
  b->advice.subject = dem_wording_keep(&b->words);
  return b->advice.subject ? DEM_OK : DEM_ERR_NO_MEMORY;
}

/// Let the proof cite the advice's sources: its own are among them.
static dem_status settle_proof(builder *b)
{
  dem_proof *const proof = DEM_ARENA_NEW(&b->arena, dem_proof);
  const dem_advice *const advice = &b->advice;
  DEM_TRY_MEMORY(proof);
  DEM_TRY(dem_prover_finish(b->prover, proof, NULL));
  size_t *const numbers = DEM_ARENA_ARRAY(&b->arena, size_t, proof->source_count);
  DEM_TRY_MEMORY(numbers);
  for (size_t i = 0, j = 0; i < proof->source_count; ++i) { // Both are sorted by id.
    while (j < advice->source_count && strcmp(advice->sources[j].id, proof->sources[i].id) != 0) {
      ++j;
    }
    assert(j < advice->source_count);
    numbers[i] = j;
  }
  for (size_t i = 0; i < proof->step_count; ++i) {
    dem_bibliography_renumber(numbers, (size_t *)(uintptr_t)proof->steps[i].citations,
                              proof->steps[i].citation_count);
  }
  proof->source_count = advice->source_count;
  proof->sources = advice->sources;
  b->advice.proof = proof;
  return DEM_OK;
}

static dem_status build(builder *b)
{
  dem_advice *const advice = &b->advice;
  advice->profile_id = dem_arena_copy(&b->arena, b->in->profile_id);
  DEM_TRY_MEMORY(advice->profile_id);
  advice->pack_name = dem_wording_of(dem_symbols_text(b->model->symbols, b->model->name));
  advice->pack_version = dem_wording_of(b->model->version);
  advice->pack_title = dem_wording_of(dem_language_or(
      b->in->names->language, (dem_text_id){.kind = DEM_TEXT_PACK_TITLE}, b->model->title));
  advice->language = b->in->names->language;
  advice->pack_sha256 = b->model->sha256;
  advice->date = b->in->date;
  DEM_TRY(describe_answers(b));
  DEM_TRY(name_subject(b));
  DEM_TRY(collect(b));
  if (b->prover) { // Rules on the way to an item are cited by its proof alone.
    size_t *numbers;
    DEM_TRY(dem_bibliography_add(&b->sources, &b->prover->sources.cited, &b->arena, &numbers));
  }
  DEM_TRY(settle_sources(b));
  DEM_TRY(nest(b));
  DEM_TRY(take_general(b));
  if (b->in->options.has_ruled_out) {
    DEM_TRY(
        dem_ruled_out_find(b->in, advice, &b->arena, &advice->ruled_out, &advice->ruled_out_count));
  }
  return b->prover ? settle_proof(b) : DEM_OK;
}

/// Build with a prover, which needs memory of its own for the time.
static dem_status build_with_proof(builder *b)
{
  dem_prover prover;
  dem_status status = dem_prover_init(&prover, b->in, &b->arena);
  if (status == DEM_OK) {
    b->prover = &prover;
    status = build(b);
    b->prover = NULL;
  }
  dem_prover_clear(&prover);
  return status;
}

dem_status dem_adviser_new(const dem_advice_input *input, dem_adviser **adviser_out)
{
  const dem_allocator allocator = input->allocator;
  builder *const b = allocator.resize(allocator.context, NULL, 0, sizeof *b);
  *adviser_out = b;
  DEM_TRY_MEMORY(b);
  *b = (builder){.model = dem_program_model(input->program)};
  dem_arena_init(&b->arena, allocator);
  dem_citer_init(&b->citer, allocator, input->program, input->evaluation->certain);
  dem_vector_init(&b->drafts, allocator, sizeof(draft));
  dem_bibliography_init(&b->sources, allocator);
  dem_vector_init(&b->partners, allocator, sizeof(dem_advice_partner));
  dem_hinge_finder_init(&b->hinges, allocator);
  dem_relevance_init(&b->relevance, allocator);
  dem_vector_init(&b->known, allocator, sizeof(dem_word));
  dem_vector_init(&b->spare, allocator, 1);
  dem_wording_init(&b->words, allocator, input->program, input->names, input->symbols,
                   input->evaluation->certain, &b->arena);
  return DEM_OK;
}

void dem_adviser_free(dem_adviser *adviser)
{
  if (!adviser) {
    return;
  }
  const dem_allocator allocator = adviser->arena.allocator;
  dem_wording_clear(&adviser->words);
  dem_relevance_clear(&adviser->relevance);
  dem_hinge_finder_clear(&adviser->hinges);
  dem_vector_clear(&adviser->spare);
  dem_vector_clear(&adviser->known);
  dem_vector_clear(&adviser->partners);
  dem_bibliography_clear(&adviser->sources);
  dem_vector_clear(&adviser->drafts);
  dem_citer_clear(&adviser->citer);
  dem_arena_clear(&adviser->arena);
  (void)allocator.resize(allocator.context, adviser, sizeof *adviser, 0);
}

dem_status dem_adviser_build(dem_adviser *adviser, const dem_advice_input *input,
                             const dem_advice **advice_out)
{
  *advice_out = NULL;
  adviser->in = input;
  adviser->advice = (dem_advice){0};
  dem_arena_reset(&adviser->arena);
  dem_vector_reset(&adviser->drafts);
  dem_vector_reset(&adviser->sources.cited);
  dem_vector_reset(&adviser->partners);
  dem_citer_reset(&adviser->citer);
  DEM_TRY(dem_wording_reset(&adviser->words));
  DEM_TRY(input->options.has_proof ? build_with_proof(adviser) : build(adviser));
  *advice_out = &adviser->advice;
  return DEM_OK;
}

dem_status dem_advice_build(const dem_advice_input *input, const dem_advice **advice_out)
{
  dem_adviser *adviser;
  *advice_out = NULL;
  DEM_TRY(dem_adviser_new(input, &adviser));
  const dem_status status = dem_adviser_build(adviser, input, advice_out);
  if (status != DEM_OK) {
    dem_adviser_free(adviser);
  }
  return status;
}

void dem_advice_free(const dem_advice *advice)
{
  dem_adviser_free((dem_adviser *)(uintptr_t)advice); // The advice is its first member.
}
