// SPDX-License-Identifier: Apache-2.0

// Profiles: what is known of a country's situation, as read from a file.

#ifndef DEMARCHE_PROFILE_H
#define DEMARCHE_PROFILE_H

#include "demarche/pack.h"

typedef enum dem_profile_format {
  DEM_PROFILE_AUTO,       ///< By the name's ending, else by the first byte.
  DEM_PROFILE_YAML,       ///< One document or several, a mapping each.
  DEM_PROFILE_JSON,       ///< An object, or an array of objects.
  DEM_PROFILE_JSON_LINES, ///< An object a line.
  DEM_PROFILE_CSV,        ///< A row each, fields by the header, ";" between a list's items.
} dem_profile_format;

/// Profiles of one file. Their meaning is the pack's: dem_session_set_profile.
typedef struct dem_profiles dem_profiles;

/// Read profiles from bytes in memory.
///
/// @param name          How errors call the bytes: a path, or "<stdin>".
/// @param allocator     NULL: the C library's.
/// @param limits        NULL: dem_limits_default().
/// @param profiles_out  Receives them even when something is wrong, for dem_profiles_report.
/// @return DEM_OK; DEM_ERR_INVALID, DEM_ERR_LIMIT; DEM_ERR_NO_MEMORY.
DEM_API dem_status dem_profiles_read(const char *name, const char *bytes, size_t size,
                                     dem_profile_format format, const dem_allocator *allocator,
                                     const dem_limits *limits, dem_profiles **profiles_out);

/// Read profiles from a file. Also DEM_ERR_IO.
DEM_API dem_status dem_profiles_read_file(const char *path, dem_profile_format format,
                                          const dem_allocator *allocator, const dem_limits *limits,
                                          dem_profiles **profiles_out);

DEM_API void dem_profiles_free(dem_profiles *profiles);
DEM_API size_t dem_profiles_count(const dem_profiles *profiles);
DEM_API const dem_report *dem_profiles_report(const dem_profiles *profiles);

/// The profile's `id`, or "" if it has none.
DEM_API const char *dem_profiles_id(const dem_profiles *profiles, size_t index);

#endif
