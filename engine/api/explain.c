// SPDX-License-Identifier: Apache-2.0

// The public explanations: a session's state, handed to the stage that explains.

#include "demarche/explain.h"

#include "advise/advice.h"
#include "advise/how_to.h"
#include "advise/subject.h"
#include "advise/why.h"
#include "advise/why_not.h"
#include "api/handles.h"
#include "base/try.h"

static dem_advice_input input_of(dem_session *session)
{
  return (dem_advice_input){.allocator = session->allocator,
                            .program = session->pack->program,
                            .names = session->names,
                            .symbols = session->symbols,
                            .evaluation = &session->evaluation,
                            .answers = &session->answers,
                            .date = session->pack->date};
}

/// What a text names, for a session.
static dem_status find_subject(dem_session *session, const char *what, dem_subject *subject)
{
  dem_subject_init(subject, session->allocator);
  return dem_subject_find(subject, session->names, session->symbols,
                          dem_evaluation_facts(&session->evaluation), what,
                          &session->report.diagnostics);
}

static dem_status explain_why(dem_session *session, const char *what, bool has_all,
                              const dem_why **why_out)
{
  const dem_advice_input input = input_of(session);
  dem_subject subject;
  *why_out = NULL;
  dem_status status = find_subject(session, what, &subject);
  if (status == DEM_OK) {
    status = dem_why_build(&input, &subject, has_all, why_out);
  }
  dem_subject_clear(&subject);
  return dem_session_settle(session, status);
}

dem_status dem_why_new(dem_session *session, const char *what, const dem_why **why_out)
{
  return explain_why(session, what, false, why_out);
}

dem_status dem_why_all_new(dem_session *session, const char *what, const dem_why **why_out)
{
  return explain_why(session, what, true, why_out);
}

dem_status dem_why_not_new(dem_session *session, const char *what, const dem_why_not **why_not_out)
{
  const dem_advice_input input = input_of(session);
  dem_subject subject;
  *why_not_out = NULL;
  dem_status status = find_subject(session, what, &subject);
  if (status == DEM_OK) {
    status = dem_why_not_build(&input, &subject, why_not_out);
  }
  dem_subject_clear(&subject);
  return dem_session_settle(session, status);
}

dem_status dem_how_to_new(dem_session *session, const char *what, const dem_how_to_options *options,
                          const dem_how_to **how_to_out)
{
  const dem_advice_input input = input_of(session);
  dem_subject subject;
  *how_to_out = NULL;
  dem_status status = find_subject(session, what, &subject);
  if (status == DEM_OK) {
    status = dem_how_to_build(&input, &subject, options, &session->pack->limits, how_to_out);
  }
  dem_subject_clear(&subject);
  return dem_session_settle(session, status);
}
