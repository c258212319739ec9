/* SPDX-FileCopyrightText: 2026 The Rundruf authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Loaded into the program by driver.py: where it crashes, says which calls led there, so that a
 * crash of GTK alone can be told from one of ours. */

#include <execinfo.h>
#include <signal.h>
#include <unistd.h>

#define GREETING "crashed, innermost call first:\n"

/* The signal comes again, and ends the process as it would have without this. */
static void
crashed_cb (int number)
{
  void *calls[64];
  int n = backtrace (calls, 64);

  if (write (STDERR_FILENO, GREETING, sizeof GREETING - 1) > 0)
    backtrace_symbols_fd (calls, n, STDERR_FILENO);
  raise (number);
}

__attribute__ ((constructor)) static void
wait_for_crash (void)
{
  struct sigaction action = { .sa_handler = crashed_cb, .sa_flags = SA_RESETHAND };
  void *calls[1];

  /* The first call loads what it needs; in a crash it is too late for that. */
  backtrace (calls, 1);
  sigaction (SIGSEGV, &action, NULL);
}
