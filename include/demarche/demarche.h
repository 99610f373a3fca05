// SPDX-License-Identifier: Apache-2.0

// Everything an embedder needs: pack → session → advice.

#ifndef DEMARCHE_DEMARCHE_H
#define DEMARCHE_DEMARCHE_H

#include "demarche/advice.h"
#include "demarche/allocator.h"
#include "demarche/answers.h"
#include "demarche/browse.h"
#include "demarche/choices.h"
#include "demarche/diagnostic.h"
#include "demarche/difference.h"
#include "demarche/explain.h"
#include "demarche/language.h"
#include "demarche/limits.h"
#include "demarche/pack.h"
#include "demarche/profile.h"
#include "demarche/profile_stream.h"
#include "demarche/questions.h"
#include "demarche/render.h"
#include "demarche/renderer.h"
#include "demarche/sayings.h"
#include "demarche/schema.h"
#include "demarche/session.h"
#include "demarche/status.h"
#include "demarche/test.h"
#include "demarche/verify.h"
#include "demarche/write.h"

#endif
