// SPDX-License-Identifier: Apache-2.0

// Holds a page of HTML against what reports promise, with no tool but this
// file. It reads the strict form that we write: every element closed but the
// void ones, every attribute quoted.

#ifndef SUPPORT_HTML_CHECK_H
#define SUPPORT_HTML_CHECK_H

#include <stdbool.h>
#include <stddef.h>

/// Whether a page is well-formed, asks nothing of any network, runs nothing, and can be found one's
/// way in: elements close in order, ids are unique, links into the page arrive, headings begin at
/// one h1 and skip no level, there are `lang`, a title, a main landmark and a skip link.
///
/// @param page     Zero-terminated.
/// @param message  Receives what is wrong, and where.
bool html_check(const char *page, char *message, size_t size);

#endif
