// SPDX-License-Identifier: Apache-2.0

// Every diagnostic, a row each: name, severity, code, slug. A code keeps its meaning for
// ever: users search for it and tests name it. New rows go at the end of their hundred.

#ifndef DEM_BASE_DIAGNOSTIC_CODES_H
#define DEM_BASE_DIAGNOSTIC_CODES_H

// clang-format off
#define DEM_DIAGNOSTIC_CODES                                                    \
  /* Bytes and documents: E0xx */                                               \
  DEM_DIAGNOSTIC(CANNOT_READ,        ERROR,   "E001", "cannot-read")            \
  DEM_DIAGNOSTIC(NOT_UTF8,           ERROR,   "E002", "not-utf8")               \
  DEM_DIAGNOSTIC(SYNTAX,             ERROR,   "E003", "syntax")                 \
  DEM_DIAGNOSTIC(DUPLICATE_KEY,      ERROR,   "E004", "duplicate-key")          \
  DEM_DIAGNOSTIC(UNSUPPORTED_YAML,   ERROR,   "E005", "unsupported-yaml")       \
  DEM_DIAGNOSTIC(LIMIT,              ERROR,   "E006", "limit")                  \
  DEM_DIAGNOSTIC(CSV_SHAPE,          ERROR,   "E007", "csv-shape")              \
  DEM_DIAGNOSTIC(EMPTY_DOCUMENT,     ERROR,   "E008", "empty-document")         \
  /* Names and types: E1xx */                                                   \
  DEM_DIAGNOSTIC(MISSING_KEY,        ERROR,   "E101", "missing-key")            \
  DEM_DIAGNOSTIC(UNKNOWN_KEY,        ERROR,   "E102", "unknown-key")            \
  DEM_DIAGNOSTIC(UNKNOWN_RELATION,   ERROR,   "E103", "unknown-relation")       \
  DEM_DIAGNOSTIC(UNKNOWN_FIELD,      ERROR,   "E104", "unknown-field")          \
  DEM_DIAGNOSTIC(WRONG_TYPE,         ERROR,   "E105", "wrong-type")             \
  DEM_DIAGNOSTIC(NOT_IN_ENUMERATION, ERROR,   "E106", "not-in-enumeration")     \
  DEM_DIAGNOSTIC(DANGLING_REFERENCE, ERROR,   "E107", "dangling-reference")     \
  DEM_DIAGNOSTIC(UNKNOWN_SOURCE,     ERROR,   "E108", "unknown-source")         \
  DEM_DIAGNOSTIC(UNKNOWN_SECTION,    ERROR,   "E109", "unknown-section")        \
  DEM_DIAGNOSTIC(MISSING_FIELD,      ERROR,   "E110", "missing-field")          \
  DEM_DIAGNOSTIC(DUPLICATE_ID,       ERROR,   "E111", "duplicate-id")           \
  DEM_DIAGNOSTIC(WRONG_SHAPE,        ERROR,   "E112", "wrong-shape")            \
  DEM_DIAGNOSTIC(DUPLICATE_FACT_KEY, ERROR,   "E113", "duplicate-fact-key")     \
  DEM_DIAGNOSTIC(UNCITED,            ERROR,   "E114", "uncited")                \
  DEM_DIAGNOSTIC(UNKNOWN_TYPE,       ERROR,   "E115", "unknown-type")           \
  DEM_DIAGNOSTIC(WRONG_VERSION,      ERROR,   "E116", "wrong-version")          \
  DEM_DIAGNOSTIC(UNKNOWN_TEXT,       ERROR,   "E117", "unknown-text")           \
  DEM_DIAGNOSTIC(WRONG_PLACES,       ERROR,   "E118", "wrong-places")           \
  DEM_DIAGNOSTIC(WRONG_LANGUAGE,     ERROR,   "E119", "wrong-language")         \
  /* Rules: E2xx */                                                             \
  DEM_DIAGNOSTIC(UNBOUND_VARIABLE,   ERROR,   "E201", "unbound-variable")       \
  DEM_DIAGNOSTIC(NEGATIVE_LOOP,      ERROR,   "E202", "negative-loop")          \
  DEM_DIAGNOSTIC(BAD_EXPRESSION,     ERROR,   "E203", "bad-expression")         \
  DEM_DIAGNOSTIC(BAD_REGEX,          ERROR,   "E204", "bad-regex")              \
  DEM_DIAGNOSTIC(UNKNOWN_CONDITION,  ERROR,   "E205", "unknown-condition")      \
  DEM_DIAGNOSTIC(REBOUND_VARIABLE,   ERROR,   "E206", "rebound-variable")       \
  DEM_DIAGNOSTIC(TOO_MANY_BRANCHES,  ERROR,   "E207", "too-many-branches")      \
  /* Running: E3xx */                                                           \
  DEM_DIAGNOSTIC(ARITHMETIC,         ERROR,   "E301", "arithmetic")             \
  DEM_DIAGNOSTIC(REGEX_LIMIT,        ERROR,   "E302", "regex-limit")            \
  /* Profiles: E4xx */                                                          \
  DEM_DIAGNOSTIC(UNKNOWN_QUESTION,   ERROR,   "E401", "unknown-question")       \
  DEM_DIAGNOSTIC(WRONG_ANSWER,       ERROR,   "E402", "wrong-answer")           \
  DEM_DIAGNOSTIC(MISSING_ANSWER,     ERROR,   "E403", "missing-answer")         \
  DEM_DIAGNOSTIC(AMBIGUOUS_ANSWER,   ERROR,   "E404", "ambiguous-answer")       \
  /* Explanations: E45x */                                                       \
  DEM_DIAGNOSTIC(UNKNOWN_SUBJECT,    ERROR,   "E451", "unknown-subject")        \
  DEM_DIAGNOSTIC(AMBIGUOUS_SUBJECT,  ERROR,   "E452", "ambiguous-subject")      \
  DEM_DIAGNOSTIC(SUBJECT_SYNTAX,     ERROR,   "E453", "subject-syntax")         \
  DEM_DIAGNOSTIC(NOT_AN_ADVICE,      ERROR,   "E454", "not-an-advice")          \
  /* Warnings: W5xx */                                                          \
  DEM_DIAGNOSTIC(NO_REASON,          WARNING, "W501", "no-reason")              \
  DEM_DIAGNOSTIC(CUT_BY_COMMENT,     WARNING, "W502", "cut-by-comment")         \
  DEM_DIAGNOSTIC(UNUSED_VARIABLE,    WARNING, "W503", "unused-variable")        \
  DEM_DIAGNOSTIC(NEVER_DERIVED,      WARNING, "W504", "never-derived")
// clang-format on

#endif
