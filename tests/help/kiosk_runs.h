/* Runs of the real foyer-kiosk on a demo event, for the tests of whole programs. */
#ifndef TESTS_HELP_KIOSK_RUNS_H
#define TESTS_HELP_KIOSK_RUNS_H

#include "scratch.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* For cmocka: one demo event a program of tests, made by tests/demo_event. */
int runs_set_up(void **state);
int runs_tear_down(void **state);

extern struct scratch runs_folder; /* roster.foyer, demo-codes, newer.foyer, damaged.foyer … */

/* Run a shell line with the demo's folder as working directory and $K, $FOYER, $STORIES set; returns
 * its exit status, and keeps what it said on both outputs. */
int runs_shell(const char *line);
extern char runs_said[64 * 1024];
bool runs_said_text(const char *text);

/* Play tests/stories/NAME.story with a fresh board and a fresh file printer (out.bin). */
int runs_story(const char *name);
/* The same with a story given as text. */
int runs_story_text(const char *steps);

/* Code i of demo-codes, from 1. Static memory. */
const char *runs_code(unsigned i);
/* How many events of the journal in this board's folder are so: "kind = 1". */
int runs_events(const char *board, const char *where);
/* The length of a file in the folder, or -1. */
long runs_size(const char *name);

#endif
