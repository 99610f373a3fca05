// SPDX-License-Identifier: Apache-2.0

// The rich face: what the dialogue looks like on a terminal of a size.

#ifndef CLI_ASK_RICH_H
#define CLI_ASK_RICH_H

#include "ask/dialogue.h"
#include "ask/frame.h"

typedef struct rich_size {
  size_t width;  ///< Columns of the terminal.
  size_t height; ///< Rows of it.
} rich_size;

/// Compose what is shown of the dialogue.
///
/// Whatever the size, it fits and shows the line that the cursor is on. Tells the dialogue how
/// many rows it sees at a time, and keeps its scrolling within the page.
void rich_compose(dialogue *d, rich_size size, bool has_color, frame *f);

/// Compose what stays on the terminal of a question that was answered.
void rich_settle(const dialogue *d, uint32_t question, size_t width, bool has_color, frame *f);

#endif
