// SPDX-License-Identifier: Apache-2.0

// A program that asks a pack for advice, with the public headers alone.
//
//   embed PACK FIELD ANSWER      embed examples/garden soil chalk

#include <stdio.h>

#include "demarche/demarche.h"

static dem_status print(void *context, const char *bytes, size_t size)
{
  return fwrite(bytes, 1, size, context) == size ? DEM_OK : DEM_ERR_IO;
}

static dem_status advise(const dem_pack *pack, dem_session *session, const char *field,
                         const char *answer)
{
  const uint32_t question = dem_pack_find_question(pack, field);
  if (question == DEM_NO_INDEX) {
    return DEM_ERR_NOT_FOUND;
  }
  dem_status status = dem_session_answer(session, question, &answer, 1);
  if (status == DEM_OK) {
    status = dem_session_run(session, NULL);
  }
  if (status != DEM_OK) {
    (void)dem_report_render(dem_session_report(session), false, print, stderr);
    return status;
  }

  const dem_advice *advice = NULL;
  status = dem_advice_new(session, &advice);
  for (size_t i = 0; status == DEM_OK && i < advice->partner_count; ++i) {
    const dem_advice_partner *const partner = &advice->partners[i];
    printf("%s, because: %s\n", partner->label, partner->purposes[0].reasons[0].text);
  }
  dem_advice_free(advice);
  return status;
}

int main(int argc, char **argv)
{
  if (argc != 4) {
    fputs("usage: embed PACK FIELD ANSWER\n", stderr);
    return 2;
  }

  dem_pack *pack = NULL;
  dem_session *session = NULL;
  dem_status status = dem_pack_open(argv[1], NULL, &pack);
  if (status == DEM_OK) {
    status = dem_session_new(pack, &session);
  } else if (pack) {
    (void)dem_report_render(dem_pack_report(pack), false, print, stderr);
  }
  if (status == DEM_OK) {
    status = advise(pack, session, argv[2], argv[3]);
  }
  dem_session_free(session);
  dem_pack_free(pack);
  return status == DEM_OK ? 0 : 1;
}
