// SPDX-License-Identifier: Apache-2.0

// The one place where a scalar's text becomes a typed word.

#ifndef DEM_LANG_SCALAR_H
#define DEM_LANG_SCALAR_H

#include "base/diagnostic.h"
#include "model/model.h"
#include "text/document.h"

typedef enum dem_scalar_verdict {
  DEM_SCALAR_OK,
  DEM_SCALAR_WRONG_TYPE,
  DEM_SCALAR_NOT_AN_OPTION, ///< Of an enumeration.
  DEM_SCALAR_NO_MEMORY,
} dem_scalar_verdict;

/// Read a text as a value of a type. References are read as their key's type; whether the row
/// exists is checked elsewhere, when all facts are known.
///
/// integer: decimal int64_t with optional sign; number: decimal, finite, with optional exponent, C
/// locale; boolean: true, false, yes, no; date: YYYY-MM-DD, a day that exists in the Gregorian
/// calendar.
///
/// @param symbols  Receives new strings.
dem_scalar_verdict dem_scalar_read(dem_symbols *symbols, const dem_type *type, dem_slice text,
                                   dem_word *word_out);

/// Whether one to eight bytes (as dem_slice_short_word gives them) are a symbol of visible ASCII,
/// as most symbols are: each byte is one of 0x21 to 0x7E. Source: Mycroft's test for zero bytes, as
/// in Warren, Hacker's Delight (2012), 6.1.
static inline bool dem_scalar_is_short_symbol(uint64_t word, size_t size)
{
  const uint64_t ones = UINT64_C(0x0101010101010101);
  const uint64_t tops = ones * 0x80;
  word |= size < 8 ? ones * 0x21 << 8 * size : 0;
  // Below 0x21 the subtraction borrows; 0x7F carries into the top bit; others have it.
  return ((word - ones * 0x21) & ~word & tops) == 0 && ((word | (word + ones)) & tops) == 0;
}

/// "an integer", "a date (YYYY-MM-DD)", "one of full, associate": what a type expects.
void dem_type_describe(const dem_model *model, const dem_type *type, dem_buffer *out);

/// Write a word as its type's text: the inverse of dem_scalar_read.
/// An absent value writes nothing.
void dem_word_write(const dem_symbols *symbols, dem_storage storage, dem_word word,
                    dem_buffer *out);

#endif
