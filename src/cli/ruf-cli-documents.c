/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * consent proof, contacts access, poster.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-access.h"
#include "ruf-cli-error.h"
#include "ruf-cli-text.h"
#include "ruf-cli-verbs.h"
#include "ruf-invitation.h"
#include "ruf-proof.h"

/**
 * ruf_cli_consent_proof:
 * @call: the call
 * @error: return location
 *
 * `consent proof PERSON`: a page that shows what somebody agreed to, and how that is known.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_consent_proof (RufCliCall  *call,
                       GError     **error)
{
  g_autofree char *path = NULL;
  RufCliOutput *output = ruf_cli_call_get_output (call);
  RufContext *context;
  gboolean ok;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path, N_("The PDF file"), N_("FILE.pdf") },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) ||
      !ruf_cli_call_require (call, "--output", path, error))
    return FALSE;

  context = ruf_cli_call_open (call, error);
  if (context == NULL)
    return FALSE;

  ruf_cli_call_begin (call, _("Checking the consent log"));
  ok = ruf_proof_write (context, ruf_cli_call_get_word (call, 0), path,
                        ruf_cli_call_get_cancellable (call), error);
  ruf_cli_call_end (call);
  if (!ok)
    return FALSE;

  ruf_cli_output_string (output, "file", path);
  ruf_cli_output_say (output, _("Wrote %s."), path);

  return TRUE;
}

/**
 * ruf_cli_contacts_access:
 * @call: the call
 * @error: return location
 *
 * `contacts access PERSON`: everything that is stored on somebody, for them.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_contacts_access (RufCliCall  *call,
                         GError     **error)
{
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) files = NULL;
  RufCliOutput *output = ruf_cli_call_get_output (call);
  RufContext *context;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &folder,
      N_("The folder for the files; made where it is not there"), N_("DIR") },
    { NULL },
  };

  if (!ruf_cli_call_parse (call, entries, error) ||
      !ruf_cli_call_require (call, "--output", folder, error))
    return FALSE;

  context = ruf_cli_call_open (call, error);
  if (context == NULL)
    return FALSE;

  ruf_cli_call_begin (call, _("Checking the consent log"));
  files = ruf_access_write (context, ruf_cli_call_get_word (call, 0), folder,
                            ruf_cli_call_get_cancellable (call), error);
  ruf_cli_call_end (call);
  if (files == NULL)
    return FALSE;

  ruf_cli_output_begin_array (output, "files");
  for (guint i = 0; i < files->len; i++)
    ruf_cli_output_string (output, NULL, g_ptr_array_index (files, i));
  ruf_cli_output_end (output);
  for (guint i = 0; i < files->len; i++)
    ruf_cli_output_say (output, _("Wrote %s."), (const char *) g_ptr_array_index (files, i));

  return TRUE;
}

typedef struct
{
  char *channel;
  char *purpose;
  char *number;
  char *bot;
  char *mail;
  char *source;
  char *shop;
  char *title;
  char *wording;
  char *size;
  char *output;
} PosterOptions;

static void
poster_options_clear (PosterOptions *self)
{
  g_free (self->channel);
  g_free (self->purpose);
  g_free (self->number);
  g_free (self->bot);
  g_free (self->mail);
  g_free (self->source);
  g_free (self->shop);
  g_free (self->title);
  g_free (self->wording);
  g_free (self->size);
  g_free (self->output);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PosterOptions, poster_options_clear)

static gboolean
parse_size (const char     *text,
            RufPosterSize  *size,
            GError        **error)
{
  static const char * const names[] = {
    [RUF_POSTER_A4] = "a4",
    [RUF_POSTER_A5] = "a5",
    [RUF_POSTER_CARD] = "card",
  };

  *size = RUF_POSTER_A4;
  if (text == NULL)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (text, names[i]) == 0)
      {
        *size = i;
        return TRUE;
      }

  g_set_error (error, RUF_CLI_ERROR, RUF_CLI_ERROR_USAGE,
               _("There is no size “%s”. Use a4, a5 or card."), text);
  return FALSE;
}

/* Where people write to: which option says that follows from the channel. */
static gboolean
find_address (RufCliCall           *call,
              const PosterOptions  *options,
              RufInvitation        *invitation,
              GError              **error)
{
  const char *name = "--number";

  invitation->address = options->number;
  if (invitation->channel == RUF_CHANNEL_TELEGRAM)
    {
      name = "--bot";
      invitation->address = options->bot;
    }
  else if (invitation->channel == RUF_CHANNEL_EMAIL)
    {
      name = "--mail";
      invitation->address = options->mail;
    }
  return ruf_cli_call_require (call, name, invitation->address, error);
}

static gboolean
check_poster (RufCliCall           *call,
              const PosterOptions  *options,
              RufInvitation        *invitation,
              GError              **error)
{
  *invitation = (RufInvitation) {
    .purpose = options->purpose, .source = options->source, .shop = options->shop,
    .title = options->title,
  };

  return ruf_cli_call_parse_channel (call, options->channel, &invitation->channel, error) &&
         ruf_cli_call_require (call, "--purpose", options->purpose, error) &&
         ruf_cli_call_require (call, "--output", options->output, error) &&
         parse_size (options->size, &invitation->size, error) &&
         find_address (call, options, invitation, error);
}

static void
report_poster (RufCliCall                 *call,
               const PosterOptions        *options,
               const RufInvitationResult  *result)
{
  RufCliOutput *output = ruf_cli_call_get_output (call);

  ruf_cli_output_string (output, "file", options->output);
  ruf_cli_output_string (output, "source", result->source);
  ruf_cli_output_string (output, "link", result->link);
  ruf_cli_output_string (output, "text", result->message);
  ruf_cli_output_say (output, _("Wrote %s."), options->output);
  ruf_cli_output_say (output, _("People write “%s”; whoever comes by this poster has the source "
                                "%s."), result->message, result->source);
  if (!result->has_shop)
    ruf_cli_output_warn (output, _("There is room for your stamp, because nobody said who you are. "
                                   "--shop names you."));
  if (options->wording == NULL)
    ruf_cli_output_warn (output, _("Have a lawyer read the words that people agree to. --wording "
                                   "replaces them."));
}

static gboolean
write_poster (RufCliCall           *call,
              const PosterOptions  *options,
              RufInvitation        *invitation,
              GError              **error)
{
  g_auto (RufInvitationResult) result = { 0 };
  g_autofree char *wording = NULL;
  RufContext *context;

  if (options->wording != NULL && (wording = ruf_cli_text_read (options->wording, error)) == NULL)
    return FALSE;

  invitation->wording = wording;
  context = ruf_cli_call_open (call, error);
  if (context == NULL ||
      !ruf_invitation_write (context, invitation, options->output, &result, error))
    return FALSE;

  report_poster (call, options, &result);
  return TRUE;
}

/**
 * ruf_cli_poster:
 * @call: the call
 * @error: return location
 *
 * `poster`: an invitation to agree, with a QR code, for a wall or a table.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ruf_cli_poster (RufCliCall  *call,
                GError     **error)
{
  g_auto (PosterOptions) options = { 0 };
  RufInvitation invitation;
  const GOptionEntry entries[] = {
    { "channel", 0, 0, G_OPTION_ARG_STRING, &options.channel,
      N_("The channel agreed to"), "C" },
    { "purpose", 0, 0, G_OPTION_ARG_STRING, &options.purpose,
      N_("The purpose agreed to, for example weekly-offer"), "P" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, N_("The PDF file"),
      N_("FILE.pdf") },
    { "number", 0, 0, G_OPTION_ARG_STRING, &options.number,
      N_("Your number, for whatsapp and sms"), "N" },
    { "bot", 0, 0, G_OPTION_ARG_STRING, &options.bot, N_("Your bot, for telegram"), "@NAME" },
    { "mail", 0, 0, G_OPTION_ARG_STRING, &options.mail, N_("Your address, for email"), "A" },
    { "source", 0, 0, G_OPTION_ARG_STRING, &options.source,
      N_("A code for this poster (default: a new one)"), "CODE" },
    { "shop", 0, 0, G_OPTION_ARG_STRING, &options.shop,
      N_("Who you are: name and place"), N_("NAME") },
    { "title", 0, 0, G_OPTION_ARG_STRING, &options.title,
      N_("A headline instead of the purpose’s name"), "T" },
    { "wording", 0, 0, G_OPTION_ARG_FILENAME, &options.wording,
      N_("The words that people agree to"), N_("FILE.txt") },
    { "size", 0, 0, G_OPTION_ARG_STRING, &options.size,
      N_("a4 (default), a5, or card to fold for a table"), "S" },
    { NULL },
  };

  return ruf_cli_call_parse (call, entries, error) &&
         check_poster (call, &options, &invitation, error) &&
         write_poster (call, &options, &invitation, error);
}
