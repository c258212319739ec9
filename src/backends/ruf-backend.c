/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What all backends share: their name, what is true of their type, and the checks
 * before a call. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ruf-backend.h"
#include "ruf-error.h"
#include "ruf-file-backend.h"
#include "ruf-sandbox-backend.h"

typedef struct
{
  char *name;
  guint retry_after;
} RufBackendPrivate;

enum
{
  PROP_0,
  PROP_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RufBackend, ruf_backend, G_TYPE_OBJECT)

#define PRIVATE(self) ((RufBackendPrivate *) ruf_backend_get_instance_private (self))
#define TRAITS(self) (RUF_BACKEND_GET_CLASS (self)->traits)

typedef RufBackend *(*RufBackendMake) (const char  *name,
                                       GHashTable  *settings,
                                       const char  *secret,
                                       GError     **error);

static const struct
{
  const char     *type;
  RufBackendMake  make;
} makers[] = {
  { "sandbox", ruf_sandbox_backend_new },
  { "file", ruf_file_backend_new },
};

static void
ruf_backend_finalize (GObject *object)
{
  RufBackend *self = RUF_BACKEND (object);

  g_free (PRIVATE (self)->name);
  G_OBJECT_CLASS (ruf_backend_parent_class)->finalize (object);
}

static void
ruf_backend_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  if (prop_id == PROP_NAME)
    g_value_set_string (value, PRIVATE (RUF_BACKEND (object))->name);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ruf_backend_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  if (prop_id == PROP_NAME)
    PRIVATE (RUF_BACKEND (object))->name = g_value_dup_string (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ruf_backend_class_init (RufBackendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ruf_backend_finalize;
  object_class->get_property = ruf_backend_get_property;
  object_class->set_property = ruf_backend_set_property;

  properties[PROP_NAME] =
    g_param_spec_string ("name", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                         | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ruf_backend_init (RufBackend *self)
{
}

/**
 * ruf_backend_get_name:
 * @self: a backend
 *
 * Returns: (transfer none): the name the user gave it
 */
const char *
ruf_backend_get_name (RufBackend *self)
{
  g_return_val_if_fail (RUF_IS_BACKEND (self), NULL);
  return PRIVATE (self)->name;
}

/**
 * ruf_backend_get_type_name:
 * @self: a backend
 *
 * Returns: (transfer none): its type, as [func@Backend.get_types] lists it
 */
const char *
ruf_backend_get_type_name (RufBackend *self)
{
  g_return_val_if_fail (RUF_IS_BACKEND (self), NULL);
  return TRAITS (self)->type_name;
}

/**
 * ruf_backend_is_idempotent:
 * @self: a backend
 *
 * Returns: whether a chunk handed over twice under one key is one chunk, so that an attempt
 *   with an unknown end may be repeated
 */
gboolean
ruf_backend_is_idempotent (RufBackend *self)
{
  g_return_val_if_fail (RUF_IS_BACKEND (self), FALSE);
  return TRAITS (self)->idempotent;
}

/**
 * ruf_backend_is_real:
 * @self: a backend
 *
 * Returns: whether people get what it is given; %FALSE for practice and for files
 */
gboolean
ruf_backend_is_real (RufBackend *self)
{
  g_return_val_if_fail (RUF_IS_BACKEND (self), TRUE);
  return TRAITS (self)->real;
}

/**
 * ruf_backend_has_receipts:
 * @self: a backend
 *
 * Returns: whether ruf_backend_collect() can ever bring something
 */
gboolean
ruf_backend_has_receipts (RufBackend *self)
{
  g_return_val_if_fail (RUF_IS_BACKEND (self), FALSE);
  return TRAITS (self)->receipts;
}

/**
 * ruf_backend_get_risk:
 * @self: a backend
 *
 * Returns: (transfer none): what using it means, in the user's language
 */
const char *
ruf_backend_get_risk (RufBackend *self)
{
  g_return_val_if_fail (RUF_IS_BACKEND (self), NULL);
  return _(TRAITS (self)->risk);
}

/**
 * ruf_backend_get_chunk_size:
 * @self: a backend
 *
 * Returns: the number of messages that one call of ruf_backend_submit() may hold
 */
guint
ruf_backend_get_chunk_size (RufBackend *self)
{
  g_return_val_if_fail (RUF_IS_BACKEND (self), 1);
  return TRAITS (self)->chunk_size;
}

/**
 * ruf_backend_get_retry_after:
 * @self: a backend
 *
 * Returns: seconds to wait before the next call, as the last one was told; 0 = not said
 */
guint
ruf_backend_get_retry_after (RufBackend *self)
{
  g_return_val_if_fail (RUF_IS_BACKEND (self), 0);
  return PRIVATE (self)->retry_after;
}

/**
 * ruf_backend_set_retry_after:
 * @self: a backend
 * @seconds: how long the other side asks to wait
 *
 * For subclasses; every call begins with 0.
 */
void
ruf_backend_set_retry_after (RufBackend *self,
                             guint       seconds)
{
  g_return_if_fail (RUF_IS_BACKEND (self));
  PRIVATE (self)->retry_after = seconds;
}

/**
 * ruf_backend_test:
 * @self: a backend
 * @detail: (out) (transfer full): what was found, for people
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Asks the other side whether it is there and what it should be. Sends nothing.
 *
 * Returns: %TRUE where messages could be handed over now
 */
gboolean
ruf_backend_test (RufBackend    *self,
                  char         **detail,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_return_val_if_fail (RUF_IS_BACKEND (self), FALSE);
  g_return_val_if_fail (detail != NULL, FALSE);

  ruf_backend_set_retry_after (self, 0);
  *detail = NULL;
  return RUF_BACKEND_GET_CLASS (self)->test (self, detail, cancellable, error);
}

/**
 * ruf_backend_open:
 * @self: a backend
 * @manifest: what the batch is
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Announces a batch. May be repeated: a batch that is there stays as it is.
 *
 * Returns: %TRUE where messages may follow; else an error of %RUF_ERROR
 */
gboolean
ruf_backend_open (RufBackend         *self,
                  const RufManifest  *manifest,
                  GCancellable       *cancellable,
                  GError            **error)
{
  g_return_val_if_fail (RUF_IS_BACKEND (self), FALSE);
  g_return_val_if_fail (manifest != NULL && manifest->batch_id != NULL, FALSE);

  ruf_backend_set_retry_after (self, 0);
  return RUF_BACKEND_GET_CLASS (self)->open (self, manifest, cancellable, error);
}

/**
 * ruf_backend_submit:
 * @self: a backend
 * @batch_id: the batch, opened before
 * @idempotency_key: the attempt's key; a repeat of the attempt uses it again
 * @messages: (array length=n_messages): what to hand over; the answer is written into it
 * @n_messages: at most ruf_backend_get_chunk_size()
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Hands messages over. On %TRUE each message is either accepted or has a code.
 * %RUF_ERROR_UNREACHABLE means that nothing arrived, %RUF_ERROR_RATE_LIMITED and
 * %RUF_ERROR_CONFLICT that nothing was taken this time (see ruf_backend_get_retry_after()).
 * After %RUF_ERROR_UNCERTAIN and %RUF_ERROR_PROTOCOL nobody knows; the same call again under
 * the same key tells, if the backend is idempotent.
 *
 * Returns: %TRUE where the backend answered for every message
 */
gboolean
ruf_backend_submit (RufBackend    *self,
                    const char    *batch_id,
                    const char    *idempotency_key,
                    RufOutgoing   *messages,
                    guint          n_messages,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_return_val_if_fail (RUF_IS_BACKEND (self), FALSE);
  g_return_val_if_fail (batch_id != NULL && idempotency_key != NULL, FALSE);
  g_return_val_if_fail (n_messages > 0 && n_messages <= TRAITS (self)->chunk_size, FALSE);

  ruf_backend_set_retry_after (self, 0);
  for (guint i = 0; i < n_messages; i++)
    ruf_outgoing_clear (&messages[i]);
  return RUF_BACKEND_GET_CLASS (self)->submit (self, batch_id, idempotency_key, messages,
                                               n_messages, cancellable, error);
}

/**
 * ruf_backend_commit:
 * @self: a backend
 * @batch_id: the batch
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Says that all messages are there and may go. May be repeated.
 *
 * Returns: %TRUE where they go
 */
gboolean
ruf_backend_commit (RufBackend    *self,
                    const char    *batch_id,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_return_val_if_fail (RUF_IS_BACKEND (self), FALSE);
  g_return_val_if_fail (batch_id != NULL, FALSE);

  ruf_backend_set_retry_after (self, 0);
  return RUF_BACKEND_GET_CLASS (self)->commit (self, batch_id, cancellable, error);
}

/**
 * ruf_backend_cancel:
 * @self: a backend
 * @batch_id: the batch
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Takes a batch back that was not committed.
 *
 * Returns: %TRUE where nothing of it goes; %RUF_ERROR_REFUSED where it is too late
 */
gboolean
ruf_backend_cancel (RufBackend    *self,
                    const char    *batch_id,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_return_val_if_fail (RUF_IS_BACKEND (self), FALSE);
  g_return_val_if_fail (batch_id != NULL, FALSE);

  ruf_backend_set_retry_after (self, 0);
  return RUF_BACKEND_GET_CLASS (self)->cancel (self, batch_id, cancellable, error);
}

/**
 * ruf_backend_collect:
 * @self: a backend
 * @cursor: where the last call ended, "" from the start
 * @next_cursor: (out) (transfer full): where the next call begins; keep it with what came
 * @cancellable: (nullable): a cancellable
 * @error: return location
 *
 * Fetches the next receipts.
 *
 * Returns: (transfer full) (element-type RufReceipt): receipts; an empty array where there is
 *   nothing new for now; %NULL on errors
 */
GPtrArray *
ruf_backend_collect (RufBackend    *self,
                     const char    *cursor,
                     char         **next_cursor,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_return_val_if_fail (RUF_IS_BACKEND (self), NULL);
  g_return_val_if_fail (cursor != NULL && next_cursor != NULL, NULL);

  ruf_backend_set_retry_after (self, 0);
  *next_cursor = NULL;
  if (!TRAITS (self)->receipts)
    {
      *next_cursor = g_strdup (cursor);
      return g_ptr_array_new_with_free_func ((GDestroyNotify) ruf_receipt_free);
    }
  return RUF_BACKEND_GET_CLASS (self)->collect (self, cursor, next_cursor, cancellable, error);
}

/**
 * ruf_outgoing_clear:
 * @self: a message
 *
 * Frees the answer that ruf_backend_submit() wrote; the borrowed strings stay.
 */
void
ruf_outgoing_clear (RufOutgoing *self)
{
  self->accepted = FALSE;
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->detail, g_free);
}

/**
 * ruf_backend_new:
 * @name: the user's name for it
 * @type: one of [func@Backend.get_types]
 * @settings: (element-type utf8 utf8): what the type needs
 * @secret: (nullable): access key
 * @error: return location
 *
 * Makes a backend; connects to nothing yet.
 *
 * Returns: (transfer full): the backend, or %NULL with %RUF_ERROR_INVALID that names the setting
 */
RufBackend *
ruf_backend_new (const char  *name,
                 const char  *type,
                 GHashTable  *settings,
                 const char  *secret,
                 GError     **error)
{
  g_autofree char *known = NULL;

  g_return_val_if_fail (name != NULL && type != NULL && settings != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    if (g_str_equal (type, makers[i].type))
      return makers[i].make (name, settings, secret, error);

  known = g_strjoinv (", ", (char **) ruf_backend_get_types ());
  g_set_error (error, RUF_ERROR, RUF_ERROR_INVALID,
               _("There is no backend of type “%s”. Choose one of: %s."), type, known);
  return NULL;
}

/**
 * ruf_backend_get_types:
 *
 * Returns: (transfer none) (array zero-terminated=1): the types there are
 */
const char * const *
ruf_backend_get_types (void)
{
  static const char * const types[] = { "sandbox", "file", NULL };

  return types;
}
