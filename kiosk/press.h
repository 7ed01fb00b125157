/* The print thread: draws badges ahead of the tap, prints them, and journals each step first.
 *
 * A job is prepared, waits until the printer is ready, is sent, and is confirmed or uncertain; each
 * of these is committed before it is acted on. A job whose guest has left before a byte was sent is
 * dropped and noted as failed. */
#ifndef KIOSK_PRESS_H
#define KIOSK_PRESS_H

#include "app.h"
#include "keeper.h"
#include "mailbox.h"
#include "notes.h"
#include "typed_visit.h"

struct press;

struct press_options {
	const char *uri; /* NULL: no printer */
	bool story;      /* faults come from press_fault alone, and no time is waited away */
	struct notes *notes;
	struct mailbox *ui;
	struct traffic *traffic;
};

/* Open the printer (one that is not there yet is no error) and start the thread. NEWS_PRINTER
 * tells each change of its state.
 * returns: OK
 *          ERR_FORMAT, if uri is wrong (said on standard error)
 *          ERR_IO */
MUST_CHECK enum err press_start(struct press **out, const struct press_options *options);
/* Gives a job under way five seconds. NULL is fine. */
void press_stop(struct press *p);

/* The badge that staff have made for somebody: which issue, and its token, or that of a late guest, who
 * is in no record. issue 0: hers, as her own invitation opens it. Holds names and a token: wipe it. */
struct press_badge {
	uint32_t issue;
	struct token token;
	bool is_late, is_corrected;
	struct late late;
	struct asked asked; /* what stands on it in place of what the record says */
};

/* A roster is in use from now on; the thread shares h. Call between two guests. */
void press_roster(struct press *p, struct holding *h);
/* Open the guest whom found leads to in that roster and draw her badge ahead; badge may be NULL. The
 * answer is NEWS_RENDERED with the dots. A late code must be believed (late_check). returns: OK, ERR_BUSY */
MUST_CHECK enum err press_render(struct press *p, uint32_t visit, const struct found *found,
	const struct press_badge *badge);
/* Print what was drawn for visit. Answers are NEWS_JOB. returns: OK, ERR_BUSY */
MUST_CHECK enum err press_print(struct press *p, uint32_t visit, enum print what);
/* The guest has left: forget her dots, drop a job that has not begun. Never refused. The functions
 * from here up are for one thread. */
void press_forget(struct press *p);
/* Stories: the printer has this fault from now on; FAULT_NONE: it is ready. */
void press_fault(struct press *p, enum fault fault);

#endif
