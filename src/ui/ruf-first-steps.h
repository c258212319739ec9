/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "ruf-overview.h"

G_BEGIN_DECLS

#define RUF_TYPE_FIRST_STEPS (ruf_first_steps_get_type ())
G_DECLARE_FINAL_TYPE (RufFirstSteps, ruf_first_steps, RUF, FIRST_STEPS, AdwBin)

void ruf_first_steps_fill (RufFirstSteps     *self,
                           const RufOverview *overview);

G_END_DECLS
