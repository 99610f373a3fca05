// SPDX-License-Identifier: Apache-2.0

// Values and their types. A value is one 64-bit word; its field's type says how to read it.
//
//   symbol, text, enumeration     the symbol's index
//   reference                     the word of the key that it names
//   integer                       two's complement
//   number                        the double's bits; never NaN, never -0.0
//   boolean                       0 or 1
//   date                          days since 1970-01-01, two's complement
//   a missing value of an optional field    DEM_ABSENT

#ifndef DEM_MODEL_VALUE_H
#define DEM_MODEL_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/symbol.h"

typedef uint64_t dem_word;

/// What an optional field without a value holds. No string and no date has this word, -0.0
/// (its bits) is never stored, and the smallest integer is refused in optional fields.
#define DEM_ABSENT (UINT64_C(1) << 63)

/// A value that hangs on an open question: any of its field's type. Only facts that are possible,
/// not certain, hold it. An integer that happens to have this word is taken for open while
/// questions are open: then too much is possible and too little certain, never the reverse.
#define DEM_OPEN (DEM_ABSENT + 1)

/// The days that dates can be: 0001-01-01 to 9999-12-31.
enum { DEM_FIRST_DAY = -719162, DEM_LAST_DAY = 2932896 };

typedef enum dem_type_kind {
  DEM_TYPE_SYMBOL,
  DEM_TYPE_TEXT,
  DEM_TYPE_INTEGER,
  DEM_TYPE_NUMBER,
  DEM_TYPE_BOOLEAN,
  DEM_TYPE_DATE,
  DEM_TYPE_ENUMERATION,
  DEM_TYPE_REFERENCE,
} dem_type_kind;

/// How words of a type are compared.
typedef enum dem_storage {
  DEM_STORAGE_STRING,  ///< Equal by word, ordered by the symbol's bytes.
  DEM_STORAGE_INTEGER, ///< As int64_t.
  DEM_STORAGE_NUMBER,  ///< As double.
  DEM_STORAGE_BOOLEAN, ///< Equal by word.
  DEM_STORAGE_DATE,    ///< As int64_t.
} dem_storage;

typedef struct dem_type {
  dem_type_kind kind;
  dem_storage storage;       ///< A reference has that of the key it names.
  uint32_t relation;         ///< Of a reference: the relation that is named.
  uint32_t option_count;     ///< Of an enumeration.
  const dem_symbol *options; ///< Of an enumeration, in the schema's order.
} dem_type;

static inline dem_word dem_word_of_integer(int64_t value)
{
  return (dem_word)value;
}

static inline int64_t dem_word_integer(dem_word word)
{
  return (int64_t)word;
}

/// -0.0 becomes 0.0. The value must not be NaN.
static inline dem_word dem_word_of_number(double value)
{
  union {
    double number;
    dem_word word;
  } bits = {.number = value == 0 ? 0.0 : value};
  return bits.word;
}

static inline double dem_word_number(dem_word word)
{
  union {
    dem_word word;
    double number;
  } bits = {.word = word};
  return bits.number;
}

static inline dem_word dem_word_of_symbol(dem_symbol symbol)
{
  return symbol.index;
}

static inline dem_symbol dem_word_symbol(dem_word word)
{
  return (dem_symbol){(uint32_t)word};
}

#endif
