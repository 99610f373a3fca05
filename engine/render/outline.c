// SPDX-License-Identifier: Apache-2.0

// What every form of an advice says alike.

#include "render/outline.h"

#include <string.h>

#include "model/saying.h"

bool dem_partner_group_has(dem_partner_group group, const dem_advice_partner *partner)
{
  return partner->is_un == (group == DEM_GROUP_UN);
}

size_t dem_partner_group_size(dem_partner_group group, const dem_advice *advice)
{
  size_t size = 0;
  for (size_t i = 0; i < advice->partner_count; ++i) {
    size += dem_partner_group_has(group, &advice->partners[i]);
  }
  return size;
}

size_t dem_partner_group_certain(dem_partner_group group, const dem_advice *advice)
{
  size_t count = 0;
  for (size_t i = 0; i < advice->partner_count; ++i) {
    const dem_advice_partner *const partner = &advice->partners[i];
    count += partner->is_certain && dem_partner_group_has(group, partner);
  }
  return count;
}

const char *dem_partner_group_title(dem_partner_group group, const dem_advice *advice)
{
  const bool has_both = dem_partner_group_size(DEM_GROUP_UN, advice) > 0;
  return dem_saying_plain(advice->language, group == DEM_GROUP_UN ? DEM_SAY_WITHIN_UN
                                            : has_both            ? DEM_SAY_OUTSIDE_UN
                                                                  : DEM_SAY_PARTNERS);
}

const char *dem_advice_subject(const dem_advice *advice)
{
  const bool has_one = advice->answer_count > 0 && advice->answers[0].value_count == 1;
  return !has_one ? NULL : advice->subject ? advice->subject : advice->answers[0].labels[0];
}

void dem_advice_add_title(const dem_advice *advice, dem_buffer *out)
{
  const char *const subject = dem_advice_subject(advice);
  dem_say(out, advice->language,
          subject ? DEM_SAID(ADVICE_FOR, subject) : (dem_said){.saying = DEM_SAY_ADVICE});
}

size_t dem_advice_certain_count(const dem_advice *advice)
{
  size_t count = 0;
  while (count < advice->partner_count && advice->partners[count].is_certain) {
    ++count;
  }
  return count;
}

size_t dem_advice_open_count(const dem_advice *advice)
{
  size_t count = 0;
  for (size_t i = 0; i < advice->answer_count; ++i) {
    count += advice->answers[i].is_open;
  }
  return count;
}

size_t dem_advice_relevant_count(const dem_advice *advice)
{
  size_t count = 0;
  for (size_t i = 0; i < advice->answer_count; ++i) {
    count += advice->answers[i].is_relevant;
  }
  return count;
}

const dem_advice_reason *dem_partner_first_reason(const dem_advice_partner *partner)
{
  return &partner->purposes[0].reasons[0];
}

static void add_hinge(const dem_language *language, const dem_advice_hinge *hinge, dem_buffer *out)
{
  const bool has_answer = hinge->label[0] != '\0';
  const dem_saying saying = has_answer
                                ? hinge->is_negative ? DEM_SAY_ANSWER_IS_NOT : DEM_SAY_ANSWER_IS
                            : hinge->is_negative ? DEM_SAY_ANSWER_ALLOWS
                                                 : DEM_SAY_ANSWER_FITS;
  dem_say(out, language,
          (dem_said){.saying = saying, .values = (const char *const[]){hinge->name, hinge->label}});
}

void dem_advice_add_hinges(const dem_advice *advice, const dem_advice_reason *reason, size_t first,
                           dem_buffer *out)
{
  dem_buffer all;
  dem_buffer_init(&all, out->allocator);
  for (size_t i = first; i < reason->hinge_count; ++i) {
    dem_buffer_add_text(&all, i == first ? "" : dem_saying_plain(advice->language, DEM_SAY_AND));
    add_hinge(advice->language, &reason->hinges[i], &all);
  }
  if (all.size > 0) {
    dem_buffer_add_char(&all, '\0');
    dem_say(out, advice->language, DEM_SAID(IF, all.has_failed ? "" : all.bytes));
  }
  out->has_failed = out->has_failed || all.has_failed;
  dem_buffer_clear(&all);
}

bool dem_advice_reason_adds(const dem_advice_reason *reason, const char *text)
{
  return reason->text[0] != '\0' && strcmp(reason->text, text) != 0;
}

const char *dem_sentence_end(const char *text)
{
  const size_t size = strlen(text);
  return size > 0 && strchr(".?!", text[size - 1]) ? "" : ".";
}

const char *dem_source_last_part(const dem_advice_source *source)
{
  const char *const parts[] = {source->date, source->publisher, source->work, source->section};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; ++i) {
    if (parts[i][0]) {
      return parts[i];
    }
  }
  return source->title;
}
