// SPDX-License-Identifier: Apache-2.0

// The public way to a pack's languages.

#include "demarche/language.h"

#include "api/handles.h"
#include "base/try.h"
#include "model/saying.h"
#include "render/language_file.h"
#include "render/sink.h"

static const char *text_of(dem_slice slice)
{
  return slice.bytes ? slice.bytes : "";
}

uint32_t dem_pack_language_count(const dem_pack *pack)
{
  return 1 + pack->model.language_count;
}

const char *dem_pack_language_code(const dem_pack *pack, uint32_t index)
{
  return index == 0 ? "en" : text_of(pack->model.languages[index - 1].code);
}

dem_status dem_pack_find_language(const dem_pack *pack, const char *code,
                                  const dem_language **language_out)
{
  *language_out = NULL;
  if (strcmp(code, "en") == 0) {
    return DEM_OK;
  }
  const dem_language *const found = dem_model_find_language(&pack->model, dem_slice_of(code));
  if (!found || !found->is_read) {
    return DEM_ERR_NOT_FOUND;
  }
  *language_out = found;
  return DEM_OK;
}

const dem_language *dem_pack_language(const dem_pack *pack)
{
  return pack->language;
}

const dem_names *dem_pack_names(const dem_pack *pack, const dem_language *language)
{
  return language ? &pack->translated[language - pack->model.languages] : &pack->names;
}

const char *dem_language_code(const dem_language *language)
{
  return dem_language_tag(language);
}

bool dem_language_is_right_to_left(const dem_language *language)
{
  return dem_language_runs_leftward(language);
}

// A session's ---------------------------------------------------------------------------

void dem_session_set_language(dem_session *session, const dem_language *language)
{
  session->names = dem_pack_names(session->pack, language);
  session->answers.names = session->names;
  dem_adviser_free(session->adviser); // It writes in the language that it was made for.
  session->adviser = NULL;
}

const dem_language *dem_session_language(const dem_session *session)
{
  return session->names->language;
}

// The engine's own words ----------------------------------------------------------------

/// Text that is cut where there is no more room.
typedef struct room {
  char *text;
  size_t size;
  size_t used;
} room;

static void add_to_room(void *context, dem_slice text, size_t value)
{
  room *const r = context;
  (void)value;
  for (size_t i = 0; i < text.size; ++i, ++r->used) {
    if (r->used + 1 < r->size) {
      r->text[r->used] = text.bytes[i];
    }
  }
}

size_t dem_language_say(const dem_language *language, dem_saying saying, uint64_t count,
                        const char *const *values, char *text, size_t size)
{
  room r = {.text = text, .size = size};
  dem_say_each(language, &(dem_said){saying, count, values}, add_to_room, &r);
  if (size > 0) {
    text[r.used < size ? r.used : size - 1] = '\0';
  }
  return r.used;
}

const char *dem_language_words(const dem_language *language, dem_saying saying)
{
  return dem_saying_plain(language, saying);
}

// Translating ---------------------------------------------------------------------------

uint32_t dem_language_text_count(const dem_language *language)
{
  return language->text_count;
}

static dem_text_state state_of(const dem_text *text)
{
  if (!text->text.bytes) {
    return DEM_TEXT_MISSING;
  }
  if (!text->made_from.bytes) {
    return DEM_TEXT_UNDATED;
  }
  return dem_slice_is_equal(text->made_from, text->english) ? DEM_TEXT_TRANSLATED
                                                            : DEM_TEXT_OUTDATED;
}

dem_text_info dem_language_text(const dem_language *language, uint32_t index)
{
  const dem_text *const text = &language->texts[index];
  return (dem_text_info){
      .path = text_of(text->path),
      .english = text_of(text->english),
      .text = text_of(text->text),
      .made_from = text_of(text->made_from),
      .form = text->class_index > 0 ? text_of(language->classes[text->class_index]) : "",
      .state = state_of(text),
      .is_optional = text->is_optional};
}

dem_status dem_language_render(const dem_language *language, dem_write_function write,
                               void *context)
{
  dem_sink sink;
  dem_sink_init(&sink, dem_allocator_default(), write, context);
  dem_language_file_add(language, &sink.buffer);
  const dem_status status = dem_sink_flush(&sink);
  dem_sink_clear(&sink);
  return status;
}
