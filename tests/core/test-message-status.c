/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ruf-message-status.h"

#include <string.h>

static void
test_words (void)
{
  for (int i = 0; i < RUF_N_MESSAGE_STATUSES; i++)
    {
      RufMessageStatus status;

      g_assert_true (ruf_message_status_from_string (ruf_message_status_to_string (i), &status));
      g_assert_cmpint (status, ==, i);
    }
  for (int i = 0; i < RUF_N_EXCLUDE_REASONS; i++)
    {
      RufExcludeReason reason;

      g_assert_true (ruf_exclude_reason_from_string (ruf_exclude_reason_to_string (i), &reason));
      g_assert_cmpint (reason, ==, i);
    }
  g_assert_false (ruf_message_status_from_string ("held", &(RufMessageStatus) { 0 }));
  g_assert_false (ruf_exclude_reason_from_string (NULL, &(RufExcludeReason) { 0 }));
}

/* One line a status of the row, one sign a status of the receipt. */
static void
test_can_advance (void)
{
  /* receipt:               q e x s u f S D R */
  static const char * const table[RUF_N_MESSAGE_STATUSES] = {
    [RUF_MESSAGE_QUEUED] =    ".........",
    [RUF_MESSAGE_EXCLUDED] =  ".........",
    [RUF_MESSAGE_EXPIRED] =   ".........",
    [RUF_MESSAGE_SENDING] =   ".....++++",
    [RUF_MESSAGE_UNKNOWN] =   ".....++++",
    [RUF_MESSAGE_FAILED] =    ".......++",
    [RUF_MESSAGE_SENT] =      ".....+.++",
    [RUF_MESSAGE_DELIVERED] = "........+",
    [RUF_MESSAGE_READ] =      ".........",
  };

  for (int from = 0; from < RUF_N_MESSAGE_STATUSES; from++)
    for (int to = 0; to < RUF_N_MESSAGE_STATUSES; to++)
      {
        g_test_message ("%s to %s", ruf_message_status_to_string (from),
                        ruf_message_status_to_string (to));
        g_assert_cmpint (ruf_message_status_can_advance (from, to), ==, table[from][to] == '+');
      }
}

/* Four receipts in all their orders, any of them twice: one end. */
static void
test_any_order (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint set = 1; set < 16; set++)
    {
      int end = -1;

      for (guint round = 0; round < 200; round++)
        {
          RufMessageStatus status = RUF_MESSAGE_SENDING;
          guint seen = 0;

          while (seen != set)
            {
              guint i = g_rand_int_range (rand, 0, 4);

              if (!(set & 1u << i))
                continue;
              seen |= 1u << i;
              if (ruf_message_status_can_advance (status, RUF_MESSAGE_FAILED + i))
                status = RUF_MESSAGE_FAILED + i;
            }
          if (end < 0)
            end = status;
          g_assert_cmpint (status, ==, end);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/message-status/words", test_words);
  g_test_add_func ("/core/message-status/can-advance", test_can_advance);
  g_test_add_func ("/core/message-status/any-order", test_any_order);

  return g_test_run ();
}
