/* Real foyer-agent processes beside a real hub: boards of an event folder, each in a folder of its own.
 * A failure ends the program. */
#ifndef TESTS_HELP_AGENT_PROCESS_H
#define TESTS_HELP_AGENT_PROCESS_H

#include "event.h"
#include "fold.h"
#include "store.h"

#include <sys/types.h>

struct agent_process {
	char data[192]; /* the board's folder */
	pid_t pid;      /* 0: it does not run */
	int said;       /* its standard error, read by agent_process_line */
};

/* Start it with these words (separated by spaces) after `--data DATA --peers off`. */
void agent_process_start(struct agent_process *p, const char *words);
/* The next line it says that holds text, into out; false if it ended before. */
bool agent_process_line(struct agent_process *p, const char *text, char *out, size_t cap);
/* Send a signal (0: none) and wait. returns: the exit status, or minus the signal that ended it */
int agent_process_end(struct agent_process *p, int signal);
/* Start, and wait until it ends by itself. returns: as agent_process_end */
int agent_process_run(struct agent_process *p, const char *words);

/* n arrivals more in the board's journal, as a kiosk writes them. last: the newest, may be NULL. */
void agent_process_arrivals(struct agent_process *p, size_t n, struct event *last);
/* The board's store, read only. */
struct store *agent_process_store(const struct agent_process *p);
/* The fold of all events of a store, as fold_write gives it, appended to out. */
void agent_process_fold(struct store *s, struct grow *out);

#endif
