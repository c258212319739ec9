/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ruf-error.h"

G_DEFINE_QUARK (ruf-error-quark, ruf_error)
