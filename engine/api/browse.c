// SPDX-License-Identifier: Apache-2.0

// The public way to browse a pack.

#include "demarche/browse.h"

#include "advise/catalogue.h"
#include "advise/description.h"
#include "api/handles.h"
#include "base/try.h"
#include "render/listing.h"
#include "render/sink.h"

struct dem_browser {
  dem_allocator allocator;
  dem_catalogue catalogue;
};

dem_status dem_browser_new(const dem_pack *pack, dem_browser **browser_out)
{
  const dem_allocator allocator = pack->allocator;
  dem_browser *const browser = allocator.resize(allocator.context, NULL, 0, sizeof *browser);
  *browser_out = NULL;
  DEM_TRY_MEMORY(browser);
  browser->allocator = allocator;
  const dem_status status = dem_catalogue_init(&browser->catalogue, allocator, pack->program,
                                               dem_pack_names(pack, pack->language));
  if (status != DEM_OK) {
    dem_browser_free(browser);
    return status;
  }
  *browser_out = browser;
  return DEM_OK;
}

void dem_browser_free(dem_browser *browser)
{
  if (browser) {
    const dem_allocator allocator = browser->allocator;
    dem_catalogue_clear(&browser->catalogue);
    (void)allocator.resize(allocator.context, browser, sizeof *browser, 0);
  }
}

bool dem_browser_has_kind(const dem_browser *browser, const char *kind)
{
  dem_thing found;
  return dem_catalogue_find_kind(&browser->catalogue, kind, &found);
}

dem_status dem_browser_list(dem_browser *browser, const char *kind, const dem_listing **listing_out)
{
  dem_thing found;
  return dem_catalogue_find_kind(&browser->catalogue, kind, &found)
             ? dem_catalogue_list(&browser->catalogue, &found, listing_out)
             : DEM_ERR_NOT_FOUND;
}

dem_status dem_browser_search(dem_browser *browser, const char *kind, const char *text,
                              dem_found *found_out, const dem_listing **listing_out,
                              dem_pack_item *entry_out)
{
  dem_thing found;
  if (kind && !dem_catalogue_find_kind(&browser->catalogue, kind, &found)) {
    return DEM_ERR_NOT_FOUND;
  }
  return dem_catalogue_search(&browser->catalogue, kind ? &found : NULL, text, found_out,
                              listing_out, entry_out);
}

dem_status dem_browser_describe(dem_browser *browser, const dem_pack_item *entry,
                                const dem_description **description_out)
{
  dem_thing kind;
  const dem_thing *const thing = dem_catalogue_find_kind(&browser->catalogue, entry->kind, &kind)
                                     ? dem_catalogue_find(&browser->catalogue, &kind, entry->id)
                                     : NULL;
  return thing ? dem_description_build(&browser->catalogue, thing, description_out)
               : DEM_ERR_NOT_FOUND;
}

// Rendering -------------------------------------------------------------------------------

static const dem_browse_options usual = {.format = DEM_BROWSE_TEXT};

dem_status dem_listing_render(const dem_listing *listing, const dem_browse_options *options,
                              dem_write_function write, void *context)
{
  dem_sink sink;
  dem_sink_init(&sink, dem_allocator_default(), write, context);
  dem_listing_add(listing, options ? options : &usual, &sink.buffer);
  const dem_status status = dem_sink_flush(&sink);
  dem_sink_clear(&sink);
  return status;
}

dem_status dem_description_render(const dem_description *description,
                                  const dem_browse_options *options, dem_write_function write,
                                  void *context)
{
  dem_sink sink;
  dem_sink_init(&sink, dem_allocator_default(), write, context);
  dem_description_add(description, options ? options : &usual, &sink.buffer);
  const dem_status status = dem_sink_flush(&sink);
  dem_sink_clear(&sink);
  return status;
}
