// SPDX-License-Identifier: Apache-2.0

// How an advice is printed: what --format, --output, --color and the terminal say.

#ifndef CLI_ADVICE_FORM_H
#define CLI_ADVICE_FORM_H

#include <stdbool.h>

#include "demarche/advice.h"
#include "demarche/render.h"
#include "options.h"

/// @return False after saying on standard error which formats there are.
bool advice_form(const options *opts, dem_render_options *render_out);

/// What a form shows of an advice beyond the usual.
dem_advice_options advice_form_contents(dem_advice_format format);

#endif
