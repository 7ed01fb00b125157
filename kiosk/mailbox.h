/* Mailboxes: how threads hand values to each other.
 *
 * A mailbox is a fixed ring of values of one size, with one mutex and one condition. Values are
 * copied in and out and their slots wiped, since a value may be a code or a name. A full box
 * refuses (ERR_BUSY) and the sender shows that. Any thread may put; one thread takes.
 *
 * Traffic counts the values that were put and are not yet dealt with, over all mailboxes of a
 * program: when none is left nothing moves until something outside does. Stories step by it. */
#ifndef KIOSK_MAILBOX_H
#define KIOSK_MAILBOX_H

#include "base.h"

#include <pthread.h>
#include <stdatomic.h>

struct traffic {
	atomic_uint open;
};

/* True when every value put has been dealt with. */
bool traffic_is_calm(struct traffic *t);

struct mailbox {
	pthread_mutex_t lock;
	pthread_cond_t came;
	uint8_t *slots; /* cap * size bytes, the caller's */
	size_t size, cap, first, n;
	bool closed;
	struct traffic *traffic;
	void (*wake)(void *);
	void *wake_arg;
};

/* A box on the caller's array of cap slots of size bytes each. traffic is shared, not owned. */
void mailbox_init(struct mailbox *m, void *slots, size_t size, size_t cap, struct traffic *traffic);
/* Wipes what is left. No thread may be using it. */
void mailbox_done(struct mailbox *m);

/* From now on wake(arg) is called after each put, and at the closing, by the thread that did it:
 * how a box wakes a thread that sleeps on something else (SDL_PushEvent). NULL for none. */
void mailbox_set_wake(struct mailbox *m, void (*wake)(void *), void *arg);

/* Copy *value in.
 * returns: OK
 *          ERR_BUSY, if the box is full
 *          ERR_ABSENT, if it is closed */
MUST_CHECK enum err mailbox_put(struct mailbox *m, const void *value);
/* The same for what may be lost: it leaves spare slots to values that may not. */
MUST_CHECK enum err mailbox_put_sparing(struct mailbox *m, const void *value, size_t spare);

/* Copy the oldest value out, waiting up to timeout_ms (-1: for ever, 0: not at all). Each value
 * taken is answered by one mailbox_settle when it is dealt with.
 * returns: OK
 *          ERR_TIMEOUT, if none came
 *          ERR_ABSENT, if the box is closed and empty: the thread may end */
MUST_CHECK enum err mailbox_take(struct mailbox *m, void *out, int timeout_ms);
void mailbox_settle(struct mailbox *m);

/* No more puts; what is in it can still be taken. Wakes the taker. */
void mailbox_close(struct mailbox *m);

#endif
