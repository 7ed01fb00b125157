/* News: what the worker threads tell the UI thread, as a value. */
#ifndef KIOSK_NEWS_H
#define KIOSK_NEWS_H

#include "app.h"
#include "mailbox.h"
#include "scanner.h"
#include "status.h"
#include "wedge.h"

struct holding;

enum news_kind {
	NEWS_WAKE,      /* nothing but a turn of the loop */
	NEWS_SCAN,      /* scan */
	NEWS_SCANNER,   /* scanner: how it is; held */
	NEWS_VIEW,      /* the camera has another picture */
	NEWS_NOTED,     /* note, result: an event asked for by the UI is committed, or is not */
	NEWS_JOURNAL,   /* result: the journal can be written (OK), or why not */
	NEWS_ROSTER,    /* roster_news; holding: a new roster, or NULL: keep the old one */
	NEWS_RENDERED,  /* result; page: the badge's dots */
	NEWS_JOB,       /* job, print, fault */
	NEWS_PRINTER,   /* fault, on: a printer is configured */
	NEWS_STATUS,    /* on: there is an agent, and it says status; undelivered */
	NEWS_STAFF,     /* the staff's room has an answer: staffroom_answer */
	NEWS_EMERGENCY, /* another emergency holds, or none: notes_emergency */
	NEWS_POSTED,    /* result: the signed code lies in the agent's inbox (OK), or does not */
};

/* visit: the visit that asked, so that an answer never meets the next guest; 0: nobody's. */
struct news {
	enum news_kind kind;
	uint32_t visit;
	enum err result;
	bool on;
	bool seen; /* a camera read the scan */
	bool held; /* … and a code that was read is still held up to it */
	enum scanner_fault scanner;
	uint16_t note;
	enum roster_news roster_news;
	enum job job;
	enum print print;
	enum fault fault;
	struct holding *holding; /* the taker owns it: holding_close */
	struct {
		uint8_t *dots; /* the taker owns it: seal_secret_free */
		uint32_t width, height;
		size_t stride;
	} page;
	struct board_status status;
	uint64_t undelivered;
	struct scan scan; /* a secret: the taker wipes it */
};

enum { NEWS_SLOTS = 64, NEWS_SPARE = 48 /* slots that no scan takes */ };

/* Put news for the UI; what they own is the box's then, or given back. Says nothing.
 * returns: OK
 *          ERR_BUSY, if the box is full
 *          ERR_ABSENT, if it is closed */
MUST_CHECK enum err news_put(struct mailbox *ui, struct news *n);
/* Put news for the UI; a full box is logged, and what the news owned is given back. */
void news_tell(struct mailbox *ui, struct news *n);
/* Give back what n owns, and wipe it. */
void news_wipe(struct news *n);

#endif
