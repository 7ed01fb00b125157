/* What a printer language is: pure functions over bytes. No device, no clock, no memory of its own.
 *
 * A language knows how to put a page into bytes, how to ask a printer for its status, and how to
 * read what comes back, whole or in pieces. */
#ifndef DRIVERS_LANGUAGE_H
#define DRIVERS_LANGUAGE_H

#include "bitmap.h"
#include "printer.h"

struct printer_model;
struct media;

/* What the answers say so far; zeroed at first. fault is PRINTER_READY where there is none. */
struct lang_state {
	enum printer_state fault;
	bool answered; /* a question was answered whole since ask */
	bool printing; /* the printer says that paper moves */
	bool hot;      /* cooling has begun and not ended */
	bool near_end;
	bool two_colour; /* a two-colour roll is in it */
	unsigned width_mm, length_mm;
	uint8_t model[2]; /* Brother: bytes 3 and 4 of its status */
	/* of the job that runs; language->begin clears them */
	bool completed; /* it says that a page came out */
	bool received;  /* and, after that, that it waits for the next */
	bool failed;    /* an error was reported while the job ran */
	uint8_t job[4]; /* ESC/POS: the process id that is waited for */
	/* ESC/POS: which of the four answers of a round comes next */
	uint8_t round, pieces[4];
};

enum reply {
	REPLY_WHOLE, /* consumed bytes were an answer; state has it */
	REPLY_MORE,  /* an answer has begun; nothing is consumed */
	REPLY_WRONG, /* consumed bytes were no answer; go on behind them */
};

struct lang_job {
	const struct printer_model *model;
	const struct media *media;
	const struct bitmap *page;
	uint8_t id[4]; /* printable ASCII */
	bool flush;    /* a job may have been cut off before: get it out of the printer's way */
};

struct printer_language {
	const char *name;
	/* Bytes that encode never exceeds for a page of so many rows. */
	size_t (*bound)(const struct printer_model *model, uint32_t height);
	/* The whole job. The page's width and height are those of the media.
	 * returns: OK; ERR_FULL, if k is smaller than bound; ERR_FORMAT, if the page does not fit */
	enum err (*encode)(const struct lang_job *job, struct sink *k);
	/* A question for the status; the answers fold into state, whose round begins anew. */
	void (*ask)(struct lang_state *state, struct sink *k);
	/* Get out of whatever a cut-off job left behind, dropping what has not been printed. */
	void (*reset)(struct sink *k);
	/* A job with that id begins. */
	void (*begin)(struct lang_state *state, const uint8_t id[static 4]);
	/* Read the first thing in in, which is not empty. */
	enum reply (*answer)(struct span in, struct lang_state *state, size_t *consumed);
	/* All bytes are sent: does the state say that the page came out? asked: a whole status was
	 * asked for and answered since the last byte. */
	bool (*confirmed)(
		const struct printer_model *model, const struct lang_state *state, bool asked);
	/* May the status be asked for while a page prints? */
	bool asks_while_printing;
	/* Does an error make the printer drop what it has not read, so that the job is over? */
	bool error_drops_job;
};

extern const struct printer_language lang_brother, lang_escpos;

#endif
