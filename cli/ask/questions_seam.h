// SPDX-License-Identifier: Apache-2.0

// Stands in for demarche/questions.h until the engine tells which questions matter:
// here every open one does.

#ifndef CLI_ASK_QUESTIONS_SEAM_H
#define CLI_ASK_QUESTIONS_SEAM_H

#include "demarche/demarche.h"

typedef struct dem_option {
  const char *value;
  const char *label;
} dem_option;
typedef struct dem_stake {
  const char *what;
  const char *label;
  const char *rule;
  const char *rule_title;
} dem_stake;
typedef struct dem_open_question {
  uint32_t question;
  bool is_deferred;
  bool takes_any;
  size_t option_count;
  const dem_option *options;
  size_t stake_count;
  const dem_stake *stakes;
} dem_open_question;
typedef struct dem_questions {
  size_t count;
  const dem_open_question *items;
  size_t certain_count;
  size_t possible_count;
} dem_questions;
dem_status dem_questions_new(dem_session *session, const dem_pack *pack,
                             const dem_questions **questions_out);
void dem_questions_free(const dem_questions *questions);

#endif
