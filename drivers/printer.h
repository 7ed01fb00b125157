/* A badge printer: what it is, how it is, and one page on its paper.
 *
 * Three tables are joined behind it: models (model.h), languages (language.h) and links (link.h).
 * A printer is used by one thread at a time; only printer_wake may come from another. What is
 * plugged in may change at any moment: a printer that is gone is looked for again, and a fault ends
 * by itself when its cause does. Nothing is ever printed twice, nor sent again after a byte left. */
#ifndef DRIVERS_PRINTER_H
#define DRIVERS_PRINTER_H

#include "bitmap.h"

enum printer_state {
	PRINTER_NONE,   /* never seen since printer_open */
	PRINTER_ASKING, /* found, has not answered yet */
	PRINTER_READY,
	PRINTER_PRINTING,
	PRINTER_PAPER_OUT,
	PRINTER_COVER_OPEN,
	PRINTER_WRONG_ROLL,    /* the roll in it is not the media asked for */
	PRINTER_JAM,           /* cutter or paper path */
	PRINTER_HOT,           /* the head cools down; goes on by itself */
	PRINTER_UNPLUGGED,     /* was there, is gone; or switched off */
	PRINTER_BUSY,          /* another program holds it: detail names it where it can be found */
	PRINTER_EDITOR_LITE,   /* a Brother that pretends to be a disk */
	PRINTER_NO_PERMISSION, /* this user may not open it */
	PRINTER_NO_FILE,       /* file: cannot be made or opened; detail has path and cause */
	PRINTER_UNKNOWN,       /* a printer, but no row of the models table fits */
	PRINTER_SILENT,        /* takes bytes or not, but does not answer */
	PRINTER_FAULT,         /* it reports a fault that has no word of its own */
	PRINTER_STATES
};

/* One word ("paper-out", the FAULT words of stories), what it means, and what to do about it; plain
 * English. Static. */
const char *printer_state_word(enum printer_state s);
const char *printer_state_text(enum printer_state s);
const char *printer_state_remedy(enum printer_state s);

enum { PRINTER_DETAIL = 192 };

struct printer_status {
	enum printer_state state;
	bool near_end;      /* little paper is left, where the printer can tell */
	unsigned width_mm;  /* the roll that is in it, 0 where it cannot tell */
	unsigned length_mm; /* of a die-cut label, 0 for continuous paper */
	uint16_t vid, pid;  /* USB, 0 on other links */
	char serial[64];
	char model[32]; /* name of the models row, "" until known */
	char detail
		[PRINTER_DETAIL]; /* for a technician: who holds it, what it said; never a person's data */
};

/* What a page for this printer must be like. Paper without labels takes any height up to
 * max_height; height is then the usual one of a badge. */
struct printer_page {
	const char *model, *media;          /* static: "QL-820NWB", "62x100" */
	uint32_t width, height, max_height; /* dots */
	unsigned dpi;
};

/* How long things may take, in milliseconds, and whose clock says so. Tests hand in small ones. */
struct printer_times {
	int64_t (*now)(void *context); /* milliseconds that never go back; NULL: CLOCK_MONOTONIC */
	void *context;
	unsigned poll;    /* between two looks at the status (1000; 500 while a job runs) */
	unsigned answer;  /* until a question counts as not answered (2000) */
	unsigned chunk;   /* for one piece of 8 KiB, then its progress is looked at (10000) */
	unsigned stuck;   /* no progress and no cause known: the job is given up (20000) */
	unsigned refill;  /* no progress, but a cause that ends: paper, cover, heat (600000) */
	unsigned confirm; /* from the last byte to the printer's word that it came out (30000) */
	unsigned search;  /* between two looks for a printer that is not there (1000) */
	unsigned backoff; /* first pause after an empty answer, doubled up to poll (10) */
};
extern const struct printer_times printer_times_usual;

struct printer;

/* Take a printer's address. It need not be there:
 *   usb:                     the first known printer
 *   usb:VID:PID[:SERIAL]     that one; numbers in hexadecimal
 *   file:PATH                append the very bytes a printer would get; made with the first of them
 * then ?model=NAME&media=62x100|62|80, where it cannot be asked; NAME as printed on the device, in
 * any case; all percent-decoded. A file without a model is a QL-820NWB. times may be NULL.
 * returns: OK
 *          ERR_FORMAT, if the address is none, or names an unknown link, model or media, or a media
 *                      that the model does not take
 *          ERR_FULL, if a part of it is too long
 *          ERR_IO, if USB cannot be used at all, or memory is out */
MUST_CHECK enum err printer_open(
	struct printer **out, const char *uri, const struct printer_times *times);
/* Which part of an address is wrong and what may stand there; "" if printer_open takes it. Static. */
const char *printer_uri_fault(const char *uri);
/* NULL is fine. */
void printer_close(struct printer *p);

/* Let at most ms pass, or less if the status changes; asks the printer when that is due. *out (may
 * be NULL) is the status then, as printer_now. Uses no time while nothing happens. */
void printer_wait(struct printer *p, unsigned ms, struct printer_status *out);
/* End a printer_wait that runs in another thread, or the next one if none does. */
void printer_wake(struct printer *p);
/* The status as last seen, at once. */
void printer_now(const struct printer *p, struct printer_status *out);
/* Wait until it is known how the printer is (not PRINTER_ASKING), at most ms. */
void printer_settle(struct printer *p, unsigned ms, struct printer_status *out);

/* The page to draw, by the model and media of the address, by the printer that is there, else as of
 * a QL-820NWB with 62x100. */
void printer_page(const struct printer *p, struct printer_page *out);

/* The life of a job. After SENDING at least one byte may have left: from there a job that does not
 * reach CONFIRMED is UNCERTAIN, whatever happened, and somebody has to look. */
enum printer_job {
	PRINTER_JOB_PREPARED,  /* the page is encoded whole, nothing has left */
	PRINTER_JOB_SENDING,   /* the printer is ready, the next thing is byte 0 */
	PRINTER_JOB_SENT,      /* the link took the last byte */
	PRINTER_JOB_CONFIRMED, /* the printer says that it came out (file: fsync) */
	PRINTER_JOB_UNCERTAIN, /* it may have come out, whole, half or not */
	PRINTER_JOB_FAILED,    /* nothing has left */
};

/* Both are called in the thread of printer_print. */
struct printer_watch {
	/* Before each state is entered: write it down, then return OK. An error at PREPARED or
	 * SENDING ends the job there (FAILED, no byte leaves); from SENT on it is disregarded,
	 * since the paper is already moving. NULL: nobody writes. */
	enum err (*note)(void *context, enum printer_job state);
	/* While the job waits, at each look and change: false ends the waiting, and the job is
	 * UNCERTAIN. NULL: wait as long as printer_times allows. */
	bool (*wait)(void *context, const struct printer_status *status);
	void *context;
};

/* Print one page: encode, note, send, wait for the printer's word. *end is CONFIRMED, UNCERTAIN or
 * FAILED; watch->note has had it too. The page's dots are not touched and not needed afterwards.
 * returns: OK, confirmed
 *          ERR_FORMAT, if the page does not fit the model and media (FAILED)
 *          ERR_ABSENT, if the printer is not there (FAILED), or went away (UNCERTAIN)
 *          ERR_BUSY, if it is not ready (FAILED): printer_now says why
 *          ERR_TIMEOUT, if it took too long, or wait said so (UNCERTAIN)
 *          ERR_IO, if the link or the printer reports a fault (UNCERTAIN), or memory is out (FAILED)
 *          what note returned (FAILED) */
MUST_CHECK enum err printer_print(struct printer *p, const struct bitmap *page,
	const struct printer_watch *watch, enum printer_job *end);

/* A printer that is plugged in, as `foyer-print list` shows it. */
struct printer_found {
	char uri[128];
	char model[32]; /* of the models table, else what the device calls itself */
	uint16_t vid, pid;
	enum printer_state state; /* ASKING: usable; BUSY, NO_PERMISSION, EDITOR_LITE, UNKNOWN */
	char detail[PRINTER_DETAIL];
};

/* What is plugged in now, at most cap; *n is how many are written.
 * returns: OK
 *          ERR_IO, if USB cannot be used at all */
MUST_CHECK enum err printer_list(struct printer_found *out, size_t cap, size_t *n);

#endif
