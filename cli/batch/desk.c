// SPDX-License-Identifier: Apache-2.0

// One thread's way from records to results. Needs POSIX (access).

#define _POSIX_C_SOURCE 200809L

#include "desk.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "report_name.h"
#include "source.h"

bool desk_init(desk *d, const desk_order *order)
{
  *d = (desk){.order = order};
  return dem_session_new(order->pack, &d->session) == DEM_OK &&
         dem_profiles_new(NULL, &order->limits, &d->profiles) == DEM_OK &&
         dem_renderer_new(NULL, &d->renderer) == DEM_OK;
}

void desk_clear(desk *d)
{
  text_clear(&d->path);
  dem_renderer_free(d->renderer);
  dem_session_free(d->session); // Before the profiles that it borrows.
  dem_profiles_free(d->profiles);
}

// A record ----------------------------------------------------------------------------

/// Whether the session holds memory of earlier records.
static bool is_warm(const desk *d)
{
  return d->is_warm && !dem_session_is_full(d->session);
}

/// A session that is full is replaced by a new one.
static bool make_room(desk *d)
{
  if (!dem_session_is_full(d->session)) {
    return true;
  }
  dem_session_free(d->session);
  d->session = NULL;
  d->is_warm = false;
  return dem_session_new(d->order->pack, &d->session) == DEM_OK;
}

/// @param report_out  What was said of it.
static dem_status read_record(desk *d, const chunk_record *r, const dem_report **report_out)
{
  *report_out = dem_profiles_report(d->profiles);
  if (!make_room(d)) {
    return DEM_ERR_NO_MEMORY;
  }
  dem_session_reset(d->session);
  return dem_profiles_read_record(d->profiles, source_stream(r->input), &r->record);
}

static dem_status evaluate(desk *d, const dem_report **report_out)
{
  *report_out = dem_session_report(d->session);
  d->is_warm = true;
  const dem_status status = dem_session_set_profile(d->session, d->profiles, 0);
  return status == DEM_OK ? dem_session_run(d->session, &d->order->limits) : status;
}

static dem_status render(desk *d, text *result)
{
  const dem_advice *advice;
  const dem_status status = d->order->is_brief
                                ? dem_session_advise_briefly(d->session, &advice)
                                : dem_session_advise_with(d->session, &d->order->more, &advice);
  if (status != DEM_OK) {
    return status;
  }
  return d->order->selection
             ? dem_renderer_write_selected(d->renderer, advice, d->order->selection, text_write,
                                           result)
             : dem_renderer_write(d->renderer, advice, &d->order->report, text_write, result);
}

/// Whether a report of that name is there from an earlier run.
static bool is_there(desk *d, const char *name, size_t size)
{
  text_reset(&d->path);
  text_add(&d->path, d->order->folder);
  text_add(&d->path, "/");
  (void)text_write(&d->path, name, size);
  text_add(&d->path, d->order->ending);
  (void)text_write(&d->path, "", 1);
  return !d->path.has_failed && access(d->path.bytes, F_OK) == 0;
}

/// Whether it seems that the record was written before.
static bool find_written(desk *d, chunk *c, const chunk_record *r)
{
  const size_t begin = c->names.size;
  if (d->order->selection) {
    return r->number < d->order->first_needed;
  }
  report_name_add(&c->names, dem_profiles_id(d->profiles, 0), r->number, d->order->shard);
  return !c->names.has_failed && d->order->folder &&
         is_there(d, c->names.bytes + begin, c->names.size - begin);
}

/// Whether a failure may be due to what earlier records left in the session: the bound on memory
/// was reached, and not by this record alone. So which records a thread had before decides nothing.
static bool deserves_another(const desk *d, dem_status status, bool was_warm)
{
  return status == DEM_ERR_LIMIT && was_warm && dem_session_is_full(d->session);
}

// What is wrong -----------------------------------------------------------------------

/// Errors of a run point at a rule or nowhere: say which record it was.
static void say_place(chunk *c, const chunk_record *r, const dem_report *report)
{
  const char *const name = dem_profile_stream_name(source_stream(r->input));
  for (size_t i = 0; i < dem_report_count(report); ++i) {
    if (strcmp(dem_report_at(report, i).file, name) == 0) {
      return;
    }
  }
  char line[32];
  (void)snprintf(line, sizeof line, ":%u:\n", (unsigned)r->record.line);
  text_add(&c->said, "demarche: ");
  text_add_safe(&c->said, name);
  text_add(&c->said, line);
}

static void say(desk *d, chunk *c, const chunk_record *r, const dem_report *report)
{
  say_place(c, r, report);
  (void)dem_report_render(report, d->order->has_color, text_write, &c->said);
  text_add(&c->said, "\n");
}

static void refuse(desk *d, chunk *c, chunk_record *r, const dem_report *report)
{
  r->is_refused = true;
  say(d, c, r, report);
  if (d->order->wants_refusals) {
    (void)dem_profiles_render_refusal(d->profiles, source_stream(r->input), &r->record, report,
                                      text_write, &c->refusals);
  }
}

// Chunks ------------------------------------------------------------------------------

/// Whether what was written of the record before need not be looked at: it was not refused then.
static bool is_known(const desk *d, const chunk_record *r)
{
  return r->is_unwritten && d->order->knows_refused && !r->was_refused;
}

static dem_status make(desk *d, chunk *c, const chunk_record *r, const dem_report **report_out)
{
  const dem_status status = evaluate(d, report_out);
  if (status == DEM_OK && dem_report_count(*report_out) > 0 && d->order->wants_warnings) {
    say(d, c, r, *report_out);
  }
  return status == DEM_OK && !r->is_unwritten ? render(d, &c->results) : status;
}

static dem_status work_once(desk *d, chunk *c, chunk_record *r, const dem_report **report_out)
{
  const size_t results = c->results.size;
  const size_t names = c->names.size;
  const size_t said = c->said.size;
  dem_status status = read_record(d, r, report_out);
  if (status == DEM_OK) {
    r->is_unwritten = find_written(d, c, r);
    status = is_known(d, r) ? DEM_OK : make(d, c, r, report_out);
  }
  if (status != DEM_OK) {
    c->results.size = results;
    c->names.size = names;
    c->said.size = said;
  }
  return status;
}

static void work(desk *d, chunk *c, chunk_record *r)
{
  const dem_report *report;
  const bool was_warm = is_warm(d);
  dem_status status = work_once(d, c, r, &report);
  if (deserves_another(d, status, was_warm)) {
    status = work_once(d, c, r, &report);
  }
  if (status == DEM_ERR_INVALID || status == DEM_ERR_LIMIT) {
    refuse(d, c, r, report);
    status = DEM_OK;
  }
  c->has_failed = c->has_failed || status != DEM_OK;
  r->result_end = c->results.size;
  r->refusal_end = c->refusals.size;
  r->said_end = c->said.size;
  r->name_end = c->names.size;
}

void desk_work(desk *d, chunk *c)
{
  for (size_t i = 0; i < c->count && !c->has_failed; ++i) {
    work(d, c, &c->records[i]);
  }
  c->has_failed = c->has_failed || c->results.has_failed || c->refusals.has_failed ||
                  c->said.has_failed || c->names.has_failed;
}

void desk_work_again(desk *d, const chunk_record *record, chunk *again)
{
  desk_order order = *d->order;
  order.folder = NULL;
  const desk_order *const usual = d->order;
  d->order = &order;
  if (chunk_add(again, record)) {
    again->records[0].record.bytes = record->record.bytes;
    desk_work(d, again);
  } else {
    again->has_failed = true;
  }
  d->order = usual;
}
