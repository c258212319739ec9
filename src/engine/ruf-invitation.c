/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Posters and table cards that invite people to agree. Nothing is stored: what comes back
 * carries the code, and with it each poster's success can be counted. */

#include "config.h"

#include "ruf-invitation.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "ruf-controller.h"
#include "ruf-document-file.h"
#include "ruf-error.h"
#include "ruf-intake.h"
#include "ruf-phone.h"
#include "ruf-start-link.h"
#include "ruf-words.h"

#define BOT_LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"

/* What the database says about the invitation. */
typedef struct
{
  char *start_purpose;
  char *controller;
} Settings;

static void
settings_clear (Settings *self)
{
  g_free (self->start_purpose);
  g_free (self->controller);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Settings, settings_clear)

static gboolean
read_settings (RufDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Settings *settings = data;

  settings->start_purpose = ruf_intake_dup_start_purpose (db, error);
  return settings->start_purpose != NULL &&
         ruf_controller_read (db, &settings->controller, error);
}

static char *
parse_number (RufContext  *context,
              const char  *text,
              GError     **error)
{
  g_autofree char *region = ruf_context_dup_region (context, error);
  RufPhone phone;

  if (region == NULL)
    return NULL;

  ruf_phone_parse (text, region, &phone);
  if (phone.outcome == RUF_PHONE_VALID)
    return g_strdup (phone.e164);

  g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
               _("“%s” is no phone number. Write it with its country code, such as "
                 "+49 171 3920000."), text);
  return NULL;
}

/* "@huber_bot", "t.me/huber_bot" and "https://t.me/huber_bot" name the same one. */
static char *
parse_bot (const char  *text,
           GError     **error)
{
  const char *slash = strrchr (text, '/');
  const char *name = slash != NULL ? slash + 1 : text;

  name += *name == '@';
  if (strlen (name) >= 5 && strlen (name) <= 32 && strspn (name, BOT_LETTERS) == strlen (name))
    return g_strdup (name);

  g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
               _("“%s” is no name of a Telegram bot. It has 5 to 32 letters, digits and "
                 "underscores, such as @huber_bot."), text);
  return NULL;
}

static char *
parse_mail (const char  *text,
            GError     **error)
{
  char *address;

  if (ruf_email_parse (text, &address))
    return address;

  g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID, _("“%s” is no e-mail address."), text);
  return NULL;
}

static char *
parse_address (RufContext           *context,
               const RufInvitation  *self,
               GError              **error)
{
  switch (self->channel)
    {
    case RUF_CHANNEL_WHATSAPP:
    case RUF_CHANNEL_SMS:
      return parse_number (context, self->address, error);
    case RUF_CHANNEL_TELEGRAM:
      return parse_bot (self->address, error);
    case RUF_CHANNEL_EMAIL:
      return parse_mail (self->address, error);
    case RUF_CHANNEL_SIGNAL:
    default:
      g_set_error_literal (error, RUF_ERROR, RUF_ERROR_REFUSED,
                           _("Signal’s links carry no message, so a code cannot open one. "
                             "Choose another channel."));
      return NULL;
    }
}

static char *
dup_source (const RufInvitation  *self,
            GError              **error)
{
  if (self->source == NULL)
    return ruf_source_code_new ();
  if (ruf_source_code_is_valid (self->source))
    return g_strdup (self->source);

  g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
               _("“%s” cannot be a code: use 2 to 16 letters from A to Z and digits, such as "
                 "Q7F."), self->source);
  return NULL;
}

/* What people see of an address of ours. */
static char *
show_address (RufChannel  channel,
              const char *address)
{
  if (channel == RUF_CHANNEL_TELEGRAM)
    return g_strconcat ("@", address, NULL);
  return ruf_words_address (ruf_channel_get_address_kind (channel), address);
}

static gboolean
make_message (const RufInvitation  *self,
              const char           *purpose,
              const char           *address,
              const char           *start_purpose,
              RufInvitationResult  *result,
              GError              **error)
{
  g_autofree char *payload = ruf_start_payload_new (purpose, result->source, start_purpose);

  result->message = ruf_start_text_new (purpose, ruf_words_purpose (purpose), result->source,
                                        start_purpose);
  if (result->message != NULL && payload != NULL)
    {
      result->link = ruf_start_link_new (self->channel, address, result->message, payload);
      return TRUE;
    }

  g_set_error (error, RUF_ERROR, RUF_ERROR_REFUSED,
               _("START with “%s” and “%s” would not come back as consent to this purpose. Choose "
                 "weekly-offer, news, story, live or service, or another code."),
               purpose, result->source);
  return FALSE;
}

static gboolean
print (RufContext                 *context,
       const RufInvitation        *self,
       const char                 *purpose,
       const char                 *shop,
       const char                 *address,
       const char                 *path,
       const RufInvitationResult  *result,
       GError                    **error)
{
  g_autofree char *shown = show_address (self->channel, address);
  g_autoptr (GBytes) pdf = NULL;
  const RufPoster poster = {
    .size = self->size,
    .channel = self->channel,
    .purpose = purpose,
    .title = self->title,
    .shop = shop,
    .message = result->message,
    .address = shown,
    .link = result->link,
    .source = result->source,
    .wording = self->wording,
    .made_at = ruf_context_get_now (context),
  };

  pdf = ruf_poster_print (&poster, error);
  return pdf != NULL && ruf_document_file_put (path, pdf, error);
}

/**
 * ruf_invitation_result_clear:
 * @self: a result
 *
 * Frees what it holds.
 */
void
ruf_invitation_result_clear (RufInvitationResult *self)
{
  g_clear_pointer (&self->source, g_free);
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->link, g_free);
}

/**
 * ruf_invitation_write:
 * @context: the context
 * @self: what to invite to
 * @path: the PDF file
 * @result: (out caller-allocates): code, message and link; free with
 *   [func@invitation_result_clear]
 * @error: return location; INVALID where a part of it cannot be, or is too long for the paper;
 *   REFUSED for Signal, and where the message would not come back as consent; IO, FULL
 *
 * Writes a poster or a table card. Its message was read by the rules of replies before, so that
 * nothing hangs on a wall that would be misunderstood.
 *
 * Returns: whether the file is there
 */
gboolean
ruf_invitation_write (RufContext           *context,
                      const RufInvitation  *self,
                      const char           *path,
                      RufInvitationResult  *result,
                      GError              **error)
{
  const char *key = ruf_purpose_from_words (self->purpose);
  const char *purpose = key != NULL ? key : self->purpose;
  g_auto (Settings) settings = { 0 };
  g_autofree char *address = NULL;
  const char *shop;

  g_return_val_if_fail (self->address != NULL && path != NULL, FALSE);

  *result = (RufInvitationResult) { 0 };
  if (!ruf_store_read_sync (ruf_context_get_store (context), read_settings, &settings, NULL,
                            error))
    return FALSE;

  address = parse_address (context, self, error);
  result->source = address != NULL ? dup_source (self, error) : NULL;
  if (result->source == NULL ||
      !make_message (self, purpose, address, settings.start_purpose, result, error))
    return FALSE;

  shop = self->shop != NULL ? self->shop : settings.controller;
  result->has_shop = shop != NULL;
  return print (context, self, purpose, shop, address, path, result, error);
}
