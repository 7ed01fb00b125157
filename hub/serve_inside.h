/* What the parts of `foyer serve` share. One thread runs them all; nobody else includes this. */
#ifndef HUB_SERVE_INSIDE_H
#define HUB_SERVE_INSIDE_H

#include "devices.h"
#include "httpd.h"
#include "intake.h"
#include "protected.h"
#include "protocol.h"
#include "versions.h"

#include <signal.h>

struct hub {
	const char *dir, *store_url; /* borrowed */
	struct keys keys;
	struct delegation by; /* read from keys */
	uint8_t voice[PAPER_CERTIFICATE], voice_device[PAPER_DEVICE];
	struct store *store; /* NULL: it failed, and is opened again by and by */
	bool store_local;    /* SQLite: a failed disk stays so until somebody has looked */
	bool store_lost;     /* not local, and to be opened anew */
	struct devices devices;
	struct protected_people protected_people;
	struct versions versions;
	struct httpd httpd;
	struct intake intake;
	/* the last manifest: what it was made of, and the bytes */
	struct MHD_Response *manifest;
	int64_t manifest_s;
	uint64_t manifest_change, manifest_devices;
	/* the last health, likewise */
	struct MHD_Response *health;
	int64_t health_s;
	int64_t started_ms; /* CLOCK_BOOTTIME */
	size_t next_check;  /* where checks_turn goes on */
	size_t page;        /* how much of others' events one answer is tried with */
	bool checks_due;
	unsigned ticks;
};

/* The signals that end the loop, which no thread may take. */
void serve_signals(sigset_t *set);
/* Say that url is ready, then serve until one of them comes.
 * returns: OK, ERR_IO */
MUST_CHECK enum err serve_loop(struct hub *h, const char *url);

/* Who is protected may have changed. */
void serve_read_protected(struct hub *h);

/* The routes, for httpd_start. */
extern const struct route hub_routes[];
extern const size_t hub_route_count;

/* An operation of the store failed with e: it may be opened again between two turns. */
void hub_store_failed(struct hub *h, enum err e);

/* Who speaks, by the Authorization header and the key that both sides share, into q's id and device (NULL:
 * the store does not know it, but its upload begins with a certificate of ours).
 * returns: false, if q is refused already */
bool hub_hear(struct hub *h, struct request *q);
/* Foyer-Sequence. NULL is passed over. */
void hub_set_sequence(const struct hub *h, struct MHD_Response *r);
/* Foyer-Mac, where the hub knows who asked. */
void hub_set_mac(const struct request *q, struct MHD_Response *r, const struct protocol_answer *a);
/* httpd_refuse, with both. */
void hub_refuse(const struct hub *h, struct request *q, unsigned status, const char *why);
/* 503 */
void hub_refuse_for_store(struct hub *h, struct request *q, enum err e);

/* Run ends that were uploaded unverified (protocol.h): looked at once a second for each board, a few at
 * a time. */
void checks_note(struct hub *h, struct device *d, const struct run *r);
/* Once a second: everything noted is due. */
void checks_begin(struct hub *h);
/* Verify a few of those due. */
void checks_turn(struct hub *h);

/* The routes' functions, see struct route. */
void answer_manifest(struct hub *h, struct request *q);
void answer_roster(struct hub *h, struct request *q);
void answer_patch(struct hub *h, struct request *q);
void answer_board(struct hub *h, struct request *q);
void answer_time(struct hub *h, struct request *q);
void answer_enrol(struct hub *h, struct request *q);
void answer_upload(struct hub *h, struct request *q);
void answer_events(struct hub *h, struct request *q);
void answer_wiped(struct hub *h, struct request *q);
void answer_health(struct hub *h, struct request *q);

#endif
