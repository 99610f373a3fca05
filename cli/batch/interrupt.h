// SPDX-License-Identifier: Apache-2.0

// SIGINT, SIGTERM and SIGHUP as a wish to stop: what is under way is finished first.

#ifndef CLI_BATCH_INTERRUPT_H
#define CLI_BATCH_INTERRUPT_H

#include <stdbool.h>

/// From here on the first signal is a wish; a second one ends the program at once.
/// @return False when the system has no room for it: signals then end the program, as ever.
bool interrupt_watch(void);

/// Whether it was wished that the program stops. Any thread.
bool interrupt_is_wished(void);

/// Wait until a descriptor has bytes (or its end), or the wish comes.
/// @param is_patient  False: say only how things are.
/// @return Whether there is something to read. Any thread.
bool interrupt_wait(int descriptor, bool is_patient);

#endif
