/* A ledger of events: what stores and journals hold, counted one by one, and the state they fold
 * to. */
#ifndef TESTS_HELP_LEDGER_H
#define TESTS_HELP_LEDGER_H

#include "arrivals.h"
#include "fold.h"
#include "store.h"

struct ledger {
	struct grow
		rows; /* struct arrival, by id once ledger_sort has run; number 0: no writer's */
	struct fold *fold; /* of all events added */
};

/* Any failure of these ends the program: then nothing can be said. */
void ledger_open(struct ledger *l);
void ledger_close(struct ledger *l);
/* Every event of every run in the store. */
void ledger_add_store(struct ledger *l, struct store *s);
/* Every event of a journal; nothing where there is no such file. */
void ledger_add_journal(struct ledger *l, const char *path);
void ledger_sort(struct ledger *l);

size_t ledger_count(const struct ledger *l);
/* Rows whose id another has too. */
size_t ledger_doubles(const struct ledger *l);
/* Events of a (struct arrival, n of them) that are not in l with the same hash. */
size_t ledger_lacks(const struct ledger *l, const struct arrival *a, size_t n);
/* Writers' events in l whose number is not among meant (struct arrival), and those there twice. */
size_t ledger_invented(const struct ledger *l, const struct grow *meant);
/* The state: fold_write into out. */
void ledger_state(const struct ledger *l, struct grow *out);

#endif
