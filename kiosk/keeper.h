/* The keeper thread: reads the roster, believes it or not, and notices when it is replaced.
 *
 * A new file is read into memory of our own, verified and checked here; only a sound one is handed
 * to the UI thread, which takes it between two guests. Whatever is wrong with it, the old one
 * stays. The board's trust (root key, highest version) is kept in a small file beside it. */
#ifndef KIOSK_KEEPER_H
#define KIOSK_KEEPER_H

#include "app.h"
#include "file.h"
#include "mailbox.h"
#include "trust.h"

#include <stdatomic.h>

/* A roster with the memory it lies in, for whoever still reads in it. */
struct holding {
	atomic_uint users;
	struct roster roster;
	struct file_bytes file;
};

/* One more user. Any thread. */
struct holding *holding_share(struct holding *h);
/* One user less; the last one gives the memory back. NULL is fine. */
void holding_close(struct holding *h);

/* Read and judge the roster at path. trust: what is believed so far. now: seconds since 1970.
 * returns: OK
 *          ERR_ABSENT, ERR_DENIED, ERR_IO, if the file cannot be read
 *          else as roster_open */
MUST_CHECK enum err holding_open(
	struct holding **out, const char *path, const struct trust *trust, int64_t now);

/* What the screens are told of the error that
 * holding_open gave. */
enum roster_news keeper_news_of(enum err e);

struct keeper;

struct keeper_options {
	const char *path;  /* of the roster */
	const char *trust; /* of the trust file; written when a newer roster is believed */
	struct trust believed;
	struct mailbox *ui;
	struct traffic *traffic;
};

/* Watch path from now on, and tell NEWS_ROSTER when something new lies there.
 * returns: OK
 *          ERR_IO, if there is no thread or nothing to watch with */
MUST_CHECK enum err keeper_start(struct keeper **out, const struct keeper_options *options);
/* NULL is fine. */
void keeper_stop(struct keeper *k);
/* Look at another file as if it had been put at path. returns: OK, ERR_BUSY, ERR_FULL (too long) */
MUST_CHECK enum err keeper_try(struct keeper *k, const char *path);

#endif
