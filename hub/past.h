/* What has happened: the events of the hub's store, folded. What staff say in them is believed by the last
 * roster, as boards believe it. One thread. */
#ifndef HUB_PAST_H
#define HUB_PAST_H

#include "file.h"
#include "fold.h"
#include "folder.h"
#include "roster.h"
#include "store.h"

struct past {
	struct store *store; /* NULL: there is none, so nothing has happened */
	struct fold *fold;
	size_t events;     /* in the store */
	size_t statements; /* those that need a card's signature, or the hub's */
	bool has_roster;   /* the version that the state speaks of was found: */
	struct roster roster;
	struct file_bytes bytes; /* its */
};

/* Where to look. The roster is the one of the state's version among roster (may be NULL),
 * DIR/roster.foyer and what a serving hub keeps in DIR/publish. */
struct past_places {
	const char *store, *roster; /* NULL: as folder_store; none */
};

/* Read all of it. f has keys and state. What fails is said on standard error under the verb's name; a roster
 * that is not found is no failure.
 * returns: OK; as folder_store and the store's read; ERR_IO also if memory is out */
MUST_CHECK enum err past_open(
	struct past *out, const char *verb, const struct folder *f, const struct past_places *at);
void past_close(struct past *p);

/* Walk all events again, board after board in order, as far as each has been uploaded. e lives until each
 * returns; an error of each ends the walk and is returned. p->store may be NULL. */
typedef enum err past_each(void *arg, const struct event *e);
MUST_CHECK enum err past_walk(const struct past *p, past_each *each, void *arg);

#endif
