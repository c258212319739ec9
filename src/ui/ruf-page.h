/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "ruf-context.h"

G_BEGIN_DECLS

#define RUF_TYPE_PAGE (ruf_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (RufPage, ruf_page, RUF, PAGE, AdwBin)

/**
 * RufPageClass:
 * @refresh: reads the store anew; called when the page comes into view and
 *   after changes of the store while it is in view
 * @take_focus: puts the keyboard focus on the page's main thing, and says whether that was
 *   there yet; without it the first thing that takes the focus gets it
 * @search: puts the keyboard focus into the page's search
 * @create: makes a new one of what the page lists
 * @show_item: brings the thing of this id into view
 *
 * All are optional.
 */
struct _RufPageClass
{
  AdwBinClass parent_class;

  void     (*refresh)    (RufPage *self);
  gboolean (*take_focus) (RufPage *self);
  void     (*search)     (RufPage *self);
  void     (*create)     (RufPage *self);
  void     (*show_item)  (RufPage *self,
                          gint64   id);
};

RufContext *ruf_page_get_context (RufPage    *self);
void        ruf_page_set_context (RufPage    *self,
                                  RufContext *context);
gboolean    ruf_page_get_folded  (RufPage    *self);
void        ruf_page_set_folded  (RufPage    *self,
                                  gboolean    folded);
guint       ruf_page_get_badge   (RufPage    *self);
void        ruf_page_set_badge   (RufPage    *self,
                                  guint       badge);
void        ruf_page_refresh     (RufPage    *self);
void        ruf_page_take_focus  (RufPage    *self);
void        ruf_page_settle      (RufPage    *self);
void        ruf_page_search      (RufPage    *self);
void        ruf_page_create      (RufPage    *self);
void        ruf_page_show_item   (RufPage    *self,
                                  gint64      id);
void        ruf_page_add_toast   (RufPage    *self,
                                  AdwToast   *toast);
void        ruf_page_say         (RufPage    *self,
                                  const char *words);
void        ruf_page_say_error   (RufPage    *self,
                                  GError     *error);

G_END_DECLS
