/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ruf-cli-call.h"

G_BEGIN_DECLS

/* The table, ended by an entry without noun; entries of one noun stand together. */
const RufCliVerb *ruf_cli_verbs_get      (void);
const RufCliVerb *ruf_cli_verbs_find     (const char *noun,
                                          const char *name);
gboolean          ruf_cli_verbs_has_noun (const char *noun);
char             *ruf_cli_verbs_guess    (const char *noun,
                                          const char *name);

/* Each verb by its file. */
gboolean ruf_cli_contacts_import  (RufCliCall *call, GError **error);
gboolean ruf_cli_contacts_list    (RufCliCall *call, GError **error);
gboolean ruf_cli_contacts_export  (RufCliCall *call, GError **error);
gboolean ruf_cli_contacts_access  (RufCliCall *call, GError **error);
gboolean ruf_cli_contacts_imports (RufCliCall *call, GError **error);
gboolean ruf_cli_contacts_undo    (RufCliCall *call, GError **error);
gboolean ruf_cli_contacts_forget  (RufCliCall *call, GError **error);
gboolean ruf_cli_consent_record   (RufCliCall *call, GError **error);
gboolean ruf_cli_consent_withdraw (RufCliCall *call, GError **error);
gboolean ruf_cli_consent_log      (RufCliCall *call, GError **error);
gboolean ruf_cli_consent_verify   (RufCliCall *call, GError **error);
gboolean ruf_cli_consent_proof    (RufCliCall *call, GError **error);
gboolean ruf_cli_message_save     (RufCliCall *call, GError **error);
gboolean ruf_cli_message_list     (RufCliCall *call, GError **error);
gboolean ruf_cli_message_render   (RufCliCall *call, GError **error);
gboolean ruf_cli_message_measure  (RufCliCall *call, GError **error);
gboolean ruf_cli_campaign_save    (RufCliCall *call, GError **error);
gboolean ruf_cli_campaign_list    (RufCliCall *call, GError **error);
gboolean ruf_cli_campaign_plan    (RufCliCall *call, GError **error);
gboolean ruf_cli_run_list         (RufCliCall *call, GError **error);
gboolean ruf_cli_run_people       (RufCliCall *call, GError **error);
gboolean ruf_cli_run_import       (RufCliCall *call, GError **error);
gboolean ruf_cli_run_export       (RufCliCall *call, GError **error);
gboolean ruf_cli_run_send         (RufCliCall *call, GError **error);
gboolean ruf_cli_run_status       (RufCliCall *call, GError **error);
gboolean ruf_cli_run_pause        (RufCliCall *call, GError **error);
gboolean ruf_cli_run_resume       (RufCliCall *call, GError **error);
gboolean ruf_cli_run_cancel       (RufCliCall *call, GError **error);
gboolean ruf_cli_backend_add      (RufCliCall *call, GError **error);
gboolean ruf_cli_backend_list     (RufCliCall *call, GError **error);
gboolean ruf_cli_backend_test     (RufCliCall *call, GError **error);
gboolean ruf_cli_receipts_import  (RufCliCall *call, GError **error);
gboolean ruf_cli_receipts_collect (RufCliCall *call, GError **error);
gboolean ruf_cli_replies_import   (RufCliCall *call, GError **error);
gboolean ruf_cli_replies_list     (RufCliCall *call, GError **error);
gboolean ruf_cli_replies_settle   (RufCliCall *call, GError **error);
gboolean ruf_cli_reach_import     (RufCliCall *call, GError **error);
gboolean ruf_cli_reach_report     (RufCliCall *call, GError **error);
gboolean ruf_cli_reach_chart      (RufCliCall *call, GError **error);
gboolean ruf_cli_poster           (RufCliCall *call, GError **error);
gboolean ruf_cli_backup           (RufCliCall *call, GError **error);
gboolean ruf_cli_restore          (RufCliCall *call, GError **error);
gboolean ruf_cli_check            (RufCliCall *call, GError **error);
gboolean ruf_cli_demo             (RufCliCall *call, GError **error);

G_END_DECLS
