/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUF_TYPE_APPLICATION (ruf_application_get_type ())
G_DECLARE_FINAL_TYPE (RufApplication, ruf_application, RUF, APPLICATION, AdwApplication)

RufApplication *ruf_application_new  (void);
gboolean        ruf_application_open (RufApplication  *self,
                                      const char      *path,
                                      gboolean         sample,
                                      GError         **error);

G_END_DECLS
