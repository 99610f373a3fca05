// SPDX-License-Identifier: Apache-2.0

// `demarche translate LANG`: the file in which a translator goes on.

#include <stdio.h>

#include "command.h"
#include "demarche/language.h"
#include "input.h"
#include "text.h"

static int translate(const options *opts, const char *code, const char *folder, dem_pack **pack_out)
{
  text result = {0};
  const dem_language *language = NULL;
  dem_status status = input_open_pack_in(opts, folder, code, pack_out);
  if (*pack_out && status != DEM_OK) {
    input_show_report(opts, dem_pack_report(*pack_out));
  }
  status = status == DEM_OK ? dem_pack_find_language(*pack_out, code, &language) : status;
  if (status == DEM_OK && !language) {
    (void)fputs("demarche: English is written in place, in the pack's own files\n", stderr);
    return EXIT_USAGE;
  }
  status = status == DEM_OK ? dem_language_render(language, text_write, &result) : status;
  const int answer = status == DEM_OK ? text_deliver(&result, opts) : input_exit_status(status);
  text_clear(&result);
  return answer;
}

int cmd_translate(const options *opts)
{
  const size_t count = opts->arguments.count;
  if (count < 2 || count > 3 || (count == 3 && opts->pack)) {
    (void)fputs("demarche: translate takes the code of a language, and one pack\n", stderr);
    return EXIT_USAGE;
  }
  dem_pack *pack;
  const int status = translate(opts, opts->arguments.items[1],
                               count == 3 ? opts->arguments.items[2] : NULL, &pack);
  dem_pack_free(pack);
  return status;
}
