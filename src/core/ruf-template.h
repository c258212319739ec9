/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RufTemplate RufTemplate;

/* Returns the value of a placeholder (borrowed until the next call), or NULL. */
typedef const char *(*RufTemplateLookup) (const char *name,
                                          gpointer    user_data);

/* Text with {{name}} and {{name|fallback}}. Unclosed braces are an error with position. */
RufTemplate        *ruf_template_parse            (const char         *text,
                                                   GError            **error);
void                ruf_template_free             (RufTemplate        *self);
char               *ruf_template_render           (const RufTemplate  *self,
                                                   RufTemplateLookup   lookup,
                                                   gpointer            user_data);
/* How many characters the longest value of a placeholder has, 0 for none. */
typedef guint (*RufTemplateLength) (const char *name,
                                    gpointer    user_data);
/* No text has more characters than this. */
guint               ruf_template_get_longest      (const RufTemplate  *self,
                                                   RufTemplateLength   length,
                                                   gpointer            user_data);
/* Names used, each once, in order of appearance; NULL-terminated, owned by @self. */
const char * const *ruf_template_get_placeholders (const RufTemplate  *self);
/* Names that the program can fill: first_name, last_name, name, organisation, city, … */
const char * const *ruf_template_get_known        (void);
gboolean            ruf_template_is_known         (const char         *name);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RufTemplate, ruf_template_free)

/* WhatsApp's *bold* _italic_ ~strike~ ```mono``` `code`, lists and quotes → Pango markup. */
char *ruf_markup_to_pango (const char *text);

G_END_DECLS
