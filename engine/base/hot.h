// SPDX-License-Identifier: Apache-2.0

// Hints to the compiler, for the few paths that every answer of every profile takes.

#ifndef DEM_BASE_HOT_H
#define DEM_BASE_HOT_H

#if defined(__GNUC__)
/// Put what the function calls into the function itself: calls of a dozen instructions each.
#define DEM_FLATTEN __attribute__((flatten))
/// Put the function into those that call it, even where the compiler thinks it too large.
#define DEM_INLINE __attribute__((always_inline)) inline
/// Leave it out of those: what is rare there would cost the rest its registers.
#define DEM_NOINLINE __attribute__((noinline))
/// The same, far away: it reports what is wrong.
#define DEM_COLD __attribute__((noinline, cold))
#else
#define DEM_FLATTEN
#define DEM_INLINE inline
#define DEM_NOINLINE
#define DEM_COLD
#endif

#endif
