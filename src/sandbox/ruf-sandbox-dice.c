/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Chance that can be repeated: everything follows from the seed, so a run of the sandbox
 * that showed a fault shows it again. */

#include "config.h"

#include "ruf-sandbox-dice.h"

/* FNV-1a, 64 bit. */
static guint64
mix_text (guint64     hash,
          const char *text)
{
  for (; *text != '\0'; text++)
    hash = (hash ^ (guint8) *text) * G_GUINT64_CONSTANT (0x100000001b3);
  return hash;
}

/* The finaliser of SplitMix64: spreads neighbouring inputs over all bits. */
static guint64
spread (guint64 x)
{
  x += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

static double
to_unit (guint64 x)
{
  return (x >> 11) * (1.0 / 9007199254740992.0);
}

/**
 * ruf_sandbox_dice_throw:
 * @seed: the sandbox's seed
 * @turn: number of the request
 * @question: what is asked of this turn
 *
 * Returns: a number in [0, 1), the same for the same arguments
 */
double
ruf_sandbox_dice_throw (guint64     seed,
                        guint64     turn,
                        const char *question)
{
  return to_unit (spread (mix_text (spread (seed) ^ spread (turn), question)));
}

/**
 * ruf_sandbox_dice_tell:
 * @seed: the sandbox's seed
 * @campaign: name of the campaign
 * @recipient: address
 * @story: (out): what becomes of the message
 *
 * Of a hundred messages 4 fail, 3 are never heard of again, 93 arrive; two thirds of these
 * are read. These are the rates of the sample shop. The message id plays no part, so the same
 * campaign to the same people ends the same.
 */
void
ruf_sandbox_dice_tell (guint64          seed,
                       const char      *campaign,
                       const char      *recipient,
                       RufSandboxStory *story)
{
  guint64 hash = mix_text (mix_text (mix_text (spread (seed), campaign), "\n"), recipient);
  double end = to_unit (spread (hash));

  story->code = NULL;
  if (end < 0.04)
    {
      story->fate = RUF_SANDBOX_FAILED;
      story->code = end < 0.03 ? "131026" : "131049";
    }
  else if (end < 0.07)
    story->fate = RUF_SANDBOX_SENT;
  else if (to_unit (spread (hash + 1)) < 0.67)
    story->fate = RUF_SANDBOX_READ;
  else
    story->fate = RUF_SANDBOX_DELIVERED;

  story->seconds_sent = spread (hash + 2) % 2;
  story->seconds_arrived = 2 + spread (hash + 3) % 8;
  story->seconds_read = 10 + spread (hash + 4) % 50;
}
