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

/// @param report_out  What was said of it, and by whom last.
static dem_status evaluate(desk *d, const chunk_record *r, const dem_report **report_out)
{
  *report_out = dem_profiles_report(d->profiles);
  if (!make_room(d)) {
    return DEM_ERR_NO_MEMORY;
  }
  dem_session_reset(d->session);
  dem_status status = dem_profiles_read_record(d->profiles, source_stream(r->input), &r->record);
  if (status != DEM_OK) {
    return status;
  }
  *report_out = dem_session_report(d->session);
  d->is_warm = true;
  status = dem_session_set_profile(d->session, d->profiles, 0);
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

static dem_status finish(desk *d, chunk *c, chunk_record *r)
{
  const size_t begin = c->names.size;
  r->is_unwritten = r->number < d->order->first_needed;
  if (!d->order->selection) {
    report_name_add(&c->names, dem_profiles_id(d->profiles, 0), r->number, d->order->shard);
    r->is_unwritten = !c->names.has_failed && d->order->folder &&
                      is_there(d, c->names.bytes + begin, c->names.size - begin);
  }
  return r->is_unwritten ? DEM_OK : render(d, &c->results);
}

/// Whether a failure may be due to what earlier records left in the session: the bound on memory
/// was reached, and not by this record alone. So which records a thread had before decides nothing.
static bool deserves_another(const desk *d, dem_status status, bool was_warm)
{
  return status == DEM_ERR_LIMIT && was_warm && dem_session_is_full(d->session);
}

static dem_status render_once(desk *d, const chunk_record *record, text *result)
{
  const dem_report *report;
  const dem_status status = evaluate(d, record, &report);
  return status == DEM_OK ? render(d, result) : status;
}

bool desk_render_again(desk *d, const chunk_record *record, text *result)
{
  const size_t before = result->size;
  const bool was_warm = is_warm(d);
  dem_status status = render_once(d, record, result);
  if (deserves_another(d, status, was_warm)) {
    result->size = before;
    status = render_once(d, record, result);
  }
  return status == DEM_OK;
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

static dem_status work_once(desk *d, chunk *c, chunk_record *r, const dem_report **report_out)
{
  const size_t results = c->results.size;
  const size_t names = c->names.size;
  const size_t said = c->said.size;
  dem_status status = evaluate(d, r, report_out);
  if (status == DEM_OK) {
    if (dem_report_count(*report_out) > 0 && d->order->wants_warnings) {
      say(d, c, r, *report_out);
    }
    status = finish(d, c, r);
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
