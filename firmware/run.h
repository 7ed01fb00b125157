/* Runs: consecutive events of one board, as they travel and as they are kept; bundles of them.
 *
 * A run continues a board's hash chain (event.h) from the hash before it to its own last hash, and
 * carries the device's signature over that last hash: so it vouches for all before it. A device is a
 * machine with one key and a certificate (paper.h); it may write several journals, each of which is
 * a "board" in the sense of event.h.
 *
 * THE FORMAT OF A RUN (little-endian):
 *
 *   at  bytes
 *    0      4  length of the run, these 4 included, at most 1 MiB
 *    4      8  device: id of the key that signs (paper.h)
 *   12      8  board: of every event in it
 *   20     32  hash before the first event; zeros before a board's first ever, which has seq 1
 *   52      2  number of events, 1 to 1024
 *   54      n  events, each as in event.h, in order of (epoch, seq); an epoch begins with seq 1,
 *              within one seq goes up by 1
 *   54+n   64  signature by the device, label "foyer run", over board 8, epoch 4 and seq 8 of the
 *              last event, and its hash 32. The chain binds all else but the device, whose key's
 *              id it must be
 *
 * THE FORMAT OF A BUNDLE, which is an upload, an answer, a peer's message and a stick's file:
 *
 *    0      8  magic 46 4f 59 52 55 4e 53 31 ("FOYRUNS1")
 *    8      2  number of certificates, at most 64, then each: PAPER_CERTIFICATE bytes
 *           n  runs to the end; every device that signed one has its certificate above
 *
 * All functions are pure and thread-safe: no memory is taken, spans point into the caller's bytes. */
#ifndef FIRMWARE_RUN_H
#define FIRMWARE_RUN_H

#include "event.h"
#include "paper.h"

enum {
	RUN_HEAD = 54,
	RUN_EVENTS = 1024,
	RUN_MAX = 1 << 20,
	BUNDLE_HEAD = 10,
	BUNDLE_CERTIFICATES = 64,
	BUNDLE_MAX = 8 << 20, /* no receiver takes more at once */
};

struct run {
	struct span bytes; /* the whole run */
	uint8_t device[PAPER_DEVICE], board[EVENT_BOARD];
	uint8_t before[EVENT_HASH]; /* the hash before its first event */
	uint16_t count;
	struct span events;          /* the encodings, one after the other */
	struct event_id first, last; /* of its events */
	uint8_t hash[EVENT_HASH];    /* of its last event, computed */
	struct span signature;       /* not yet verified */
};

/* Read one run off c and check all but the signature: lengths, order, the board of every event; the
 * chain's last hash is computed.
 * returns: OK
 *          ERR_ABSENT, if c is at its end
 *          ERR_FORMAT, if it is not well-formed; c is then bad, and out zeroed */
MUST_CHECK enum err run_read(struct cursor *c, struct run *out);

/* One Ed25519 verification.
 * returns: OK
 *          ERR_FORGED, if key is not the run's device, or did not sign its end */
MUST_CHECK enum err run_verify(const struct run *r, const uint8_t key[static SEAL_PUBLIC]);

/* The part of r that follows the event `after` (which is in r), signed by the same signature, written
 * into k, whose fullness tells whether it fitted. For a receiver that has the first ones already.
 * returns: OK
 *          ERR_ABSENT, if nothing follows, or after is not in r */
MUST_CHECK enum err run_rest(const struct run *r, const struct event_id *after, struct sink *k);

/* Sign and write one run of n events (1 to RUN_EVENTS, of one board, with their hashes filled in) into
 * k, whose fullness tells whether it fitted. So many always stay below RUN_MAX. */
void run_write(struct sink *k, const struct event *events, size_t n,
	const uint8_t before[static EVENT_HASH], const uint8_t device_seed[static SEAL_SEED]);

/* The events of a run, one by one: start with run_events, until c.rest.n is 0; hash is filled in from
 * the chain that *chain holds (start it with r->before). */
struct cursor run_events(const struct run *r);
void run_next_event(struct cursor *c, uint8_t chain[static EVENT_HASH], struct event *out);

/* A bundle being read. */
struct bundle {
	struct span certificates; /* count x PAPER_CERTIFICATE */
	uint16_t count;
	struct cursor runs; /* for run_read */
};
/* returns: OK
 *          ERR_FORMAT, if it is no bundle or longer than BUNDLE_MAX */
MUST_CHECK enum err bundle_open(struct bundle *out, struct span bytes);
/* The certificate of a device, unverified. returns: OK, ERR_ABSENT */
MUST_CHECK enum err bundle_certificate(
	const struct bundle *b, const uint8_t device[static PAPER_DEVICE], struct span *out);
/* The head of a bundle: magic and certificates (each PAPER_CERTIFICATE bytes). Runs follow. */
void bundle_write_head(struct sink *k, const struct span *certificates, size_t n);

#endif
