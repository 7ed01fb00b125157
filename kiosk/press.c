/* The print thread: requests in, steps written down, states out. */
#include "press.h"

#include "news.h"
#include "press_page.h"
#include "printer.h"
#include "seal.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SLOTS = 32, PATIENCE_MS = 60 * 1000, SETTLE_MS = 1000, LAST_MS = 5000 };

enum kind { RENDER, PRINT, LOOK, FAULT, ROSTER }; /* LOOK: a guest has left */

struct request {
	enum kind kind;
	unsigned left; /* how many guests had left when it was put */
	uint32_t visit;
	enum print what;
	enum fault fault;
	struct holding *holding;  /* ROSTER: shared, the taker owns a share */
	struct found found;       /* RENDER: holds a key … */
	struct press_badge badge; /* … and maybe a token */
};

/* A job that waits for the printer, or is on its way. */
struct work {
	uint32_t visit;
	enum print what; /* PRINT_NOTHING: none */
	enum fault told;
	enum err failed;       /* what a step before the first byte failed with */
	struct event prepared; /* with its id, once committed */
	bool is_prepared;
};

struct press {
	struct mailbox box;
	struct request slots[SLOTS];
	struct mailbox *ui;
	struct notes *notes;
	struct printer *printer; /* NULL: none is configured */
	bool story;
	struct press_page *page;
	/* what was drawn ahead, and for whom */
	struct holding *holding;
	struct visit *guest; /* in seal_secret_memory */
	uint32_t visit;      /* 0: nobody's */
	struct work work;
	enum fault forced, told; /* by a story; last told to the UI */
	bool told_once;
	atomic_uint left;    /* guests who have left; the UI thread counts */
	unsigned forgotten;  /* how many of them the thread has forgotten */
	atomic_bool looking; /* a LOOK is in the box */
	atomic_bool quit;
	int64_t quit_ms; /* set before quit */
	pthread_t thread;
};

static int64_t steady_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static enum fault fault_of(enum printer_state s)
{
	switch (s) {
	case PRINTER_READY:
	case PRINTER_PRINTING:
	case PRINTER_ASKING:
		return FAULT_NONE;
	case PRINTER_PAPER_OUT:
		return FAULT_PAPER_OUT;
	case PRINTER_COVER_OPEN:
		return FAULT_COVER_OPEN;
	case PRINTER_WRONG_ROLL:
		return FAULT_WRONG_ROLL;
	case PRINTER_JAM:
		return FAULT_JAM;
	case PRINTER_HOT:
		return FAULT_HOT;
	case PRINTER_NONE:
	case PRINTER_UNPLUGGED:
		return FAULT_UNPLUGGED;
	case PRINTER_BUSY:
		return FAULT_BUSY;
	case PRINTER_EDITOR_LITE:
		return FAULT_EDITOR_LITE;
	case PRINTER_NO_PERMISSION:
		return FAULT_NO_PERMISSION;
	case PRINTER_UNKNOWN:
	case PRINTER_SILENT:
	case PRINTER_NO_FILE:
	case PRINTER_FAULT:
	case PRINTER_STATES:
		break;
	}
	return FAULT_OTHER;
}

static enum fault fault_now(struct press *p)
{
	struct printer_status st;

	if (p->forced != FAULT_NONE)
		return p->forced;
	if (!p->printer)
		return FAULT_UNPLUGGED;
	printer_now(p->printer, &st);
	return fault_of(st.state);
}

static const char *fault_name(enum fault fault)
{
	static const char *const names[FAULTS] = {"ready", "paper out", "cover open", "wrong roll",
		"jam", "hot", "not there", "another program holds it", "Editor Lite",
		"no permission", "a fault without a name"};

	return names[fault];
}

static void log_fault(struct press *p, enum fault f)
{
	struct printer_status st = {0};

	if (p->forced == FAULT_NONE && f != FAULT_NONE)
		printer_now(p->printer, &st);
	log_line(f == FAULT_NONE ? LOG_NOTE : LOG_WARN, "kiosk/press", "printer: %s%s%s",
		fault_name(f), st.detail[0] ? ": " : "", st.detail);
}

static void tell_fault(struct press *p)
{
	enum fault f = p->printer ? fault_now(p) : FAULT_NONE;

	if (p->told_once && f == p->told)
		return;
	if (f != FAULT_NONE || p->told_once)
		log_fault(p, f);
	p->told = f;
	p->told_once = true;
	news_tell(
		p->ui, &(struct news){.kind = NEWS_PRINTER, .fault = f, .on = p->printer != NULL});
}

static void tell_job(struct press *p, enum job job, enum fault fault, enum err result)
{
	news_tell(p->ui, &(struct news){.kind = NEWS_JOB,
				 .visit = p->work.visit,
				 .job = job,
				 .print = p->work.what,
				 .fault = fault,
				 .result = result});
}

/* Write a step down; the job is named by its first one. */
static enum err note_step(struct press *p, enum event_kind kind)
{
	struct event e = {.kind = (uint16_t)kind, .issue = p->guest->badge_issue};

	/* A slip is no badge: nobody counts it. */
	if (p->work.what != PRINT_BADGE)
		return OK;
	if (kind == EVENT_BADGE_PREPARED && p->work.is_prepared)
		return OK;
	memcpy(e.person, p->guest->handle, sizeof(e.person));
	if (p->work.is_prepared)
		e.target = p->work.prepared.id;
	enum err err = notes_commit(p->notes, &e);
	if (err == OK && kind == EVENT_BADGE_PREPARED) {
		p->work.prepared = e;
		p->work.is_prepared = true;
	}
	return err;
}

static enum err note_job(void *context, enum printer_job state)
{
	static const struct {
		enum event_kind kind;
		enum job job;
	} steps[] = {
		[PRINTER_JOB_PREPARED] = {EVENT_BADGE_PREPARED, JOB_WAITING},
		[PRINTER_JOB_SENDING] = {EVENT_BADGE_SENDING, JOB_SENDING},
		[PRINTER_JOB_SENT] = {EVENT_BADGE_SENT, JOB_SENT},
		[PRINTER_JOB_CONFIRMED] = {EVENT_BADGE_PRINTED, JOB_CONFIRMED},
		[PRINTER_JOB_UNCERTAIN] = {EVENT_BADGE_UNCERTAIN, JOB_UNCERTAIN},
		[PRINTER_JOB_FAILED] = {EVENT_BADGE_FAILED, JOB_FAILED},
	};
	struct press *p = context;

	/* A job that was never prepared cannot fail: there is nothing to name. */
	bool nameless = state == PRINTER_JOB_FAILED && !p->work.is_prepared;
	enum err e = nameless ? OK : note_step(p, steps[state].kind);
	if (e && state <= PRINTER_JOB_SENDING) {
		p->work.failed = e;
		return e;
	}
	if (e)
		log_line(LOG_FAULT, "kiosk/press", "a step is not in the journal: %s", err_text(e));
	tell_job(p, steps[state].job, state == PRINTER_JOB_FAILED ? fault_now(p) : FAULT_NONE,
		p->work.failed);
	return OK;
}

static bool wait_on(void *context, const struct printer_status *status)
{
	struct press *p = context;
	enum fault f = fault_of(status->state);

	if (f != p->work.told) {
		p->work.told = f;
		tell_fault(p);
		tell_job(p, JOB_SENDING, f, OK);
	}
	return !p->quit || steady_ms() < p->quit_ms;
}

static void end_work(struct press *p)
{
	seal_wipe(&p->work, sizeof(p->work));
}

static enum err print_badge(struct press *p, const struct printer_watch *watch)
{
	enum printer_job end;
	struct bitmap page;

	enum err e = press_page_badge(p->page, &page);
	if (e)
		(void)!note_job(p, PRINTER_JOB_FAILED);
	return e ? e : printer_print(p->printer, &page, watch, &end);
}

/* Of all the pages of a slip, or several, only the last one's word ends the job. */
struct slip_run {
	const struct printer_watch *watch;
	enum printer_job end; /* of the page printed last */
	bool told;            /* the last one's word is out */
};

/* Labels take as many as the days are long. */
static enum err print_pages(
	struct press *p, struct slip_run *run, const struct bitmap *slip, bool goes_on)
{
	const struct printer_watch quiet = {NULL, run->watch->wait, run->watch->context};
	struct press_paper paper = press_paper_of(p->printer);
	struct bitmap page;
	uint32_t at = 0;
	enum err e = OK;

	while (e == OK && at < slip->height) {
		e = press_page_cut(p->page, slip, &paper, &at, &page);
		if (e)
			break;
		run->told = at >= slip->height && !goes_on;
		e = printer_print(p->printer, &page, run->told ? run->watch : &quiet, &run->end);
	}
	return e;
}

static enum err print_slip(struct press *p, const struct printer_watch *watch)
{
	struct press_paper paper = press_paper_of(p->printer);
	struct slip_run run = {watch, PRINTER_JOB_FAILED, false};
	struct bitmap slip;
	size_t first = 0;
	enum err e = OK;

	do {
		e = press_page_slip(p->page, &p->holding->roster, &paper, p->guest, &first, &slip);
		if (e == OK)
			e = print_pages(p, &run, &slip, first > 0);
	} while (e == OK && first > 0);
	bool none = run.end == PRINTER_JOB_FAILED;
	if (!run.told)
		(void)!note_job(p, none ? PRINTER_JOB_FAILED : PRINTER_JOB_UNCERTAIN);
	return e;
}

static void print_now(struct press *p)
{
	struct printer_watch watch = {note_job, wait_on, p};

	enum err e = p->work.what == PRINT_BADGE ? print_badge(p, &watch) : print_slip(p, &watch);
	if (e)
		log_line(LOG_WARN, "kiosk/press", "the job ended so: %s", err_text(e));
	end_work(p);
}

/* Begin the job that waits, if the printer is ready; else say why not. */
static void advance(struct press *p)
{
	enum fault f = fault_now(p);

	tell_fault(p);
	if (p->work.what == PRINT_NOTHING)
		return;
	if (!p->printer) {
		tell_job(p, JOB_FAILED, f, OK);
		end_work(p);
		return;
	}
	if (f == FAULT_NONE) {
		print_now(p);
		tell_fault(p);
	} else if (f != p->work.told) {
		p->work.told = f;
		tell_job(p, JOB_WAITING, f, OK);
	}
}

static void drop_work(struct press *p)
{
	if (p->work.what != PRINT_NOTHING && p->work.is_prepared &&
		note_step(p, EVENT_BADGE_FAILED))
		log_line(LOG_FAULT, "kiosk/press", "a dropped job is not in the journal");
	end_work(p);
}

static void forget(struct press *p)
{
	drop_work(p);
	press_page_wipe(p->page);
	visit_wipe(p->guest);
	p->visit = 0;
}

/* A record opened by staff is no invitation to print what it holds: only what they made. */
static enum err open_guest(struct press *p, const struct request *r)
{
	if (!p->holding)
		return ERR_ABSENT;
	if (r->badge.is_late)
		return typed_visit_late(p->guest, &r->badge.late);
	if (r->found.by_staff && r->badge.issue == 0)
		return ERR_DENIED;
	enum err e = roster_visit(&p->holding->roster, &r->found, p->guest);
	if (e == OK && r->badge.issue > 0) {
		p->guest->badge_issue = r->badge.issue;
		p->guest->badge_token = r->badge.token;
	}
	if (e == OK && r->badge.is_corrected)
		e = typed_visit_correct(p->guest, &r->badge.asked);
	return e;
}

static enum err draw_ahead(struct press *p, const struct request *r, struct bitmap *out)
{
	struct press_paper paper = press_paper_of(p->printer);

	char code[LATE_TEXT] = "";

	enum err e = open_guest(p, r);
	if (e == OK && r->badge.is_late)
		e = late_write(&r->badge.late, true, code);
	if (e == OK)
		e = press_page_draw(p->page, &p->holding->roster, &paper, p->guest,
			r->badge.is_late ? code : NULL);
	return e ? e : press_page_badge(p->page, out);
}

static void render(struct press *p, const struct request *r)
{
	struct news n = {.kind = NEWS_RENDERED, .visit = r->visit};
	struct bitmap b;

	forget(p);
	p->visit = r->visit;
	n.result = draw_ahead(p, r, &b);
	if (n.result == OK) {
		n.page.dots = seal_secret_memory(b.stride * b.height);
		n.page.width = b.width;
		n.page.height = b.height;
		n.page.stride = b.stride;
		n.result = n.page.dots ? OK : ERR_IO;
	}
	if (n.page.dots)
		memcpy(n.page.dots, b.dots, b.stride * b.height);
	if (n.result)
		log_line(LOG_FAULT, "kiosk/press", "a badge cannot be drawn: %s",
			err_text(n.result));
	news_tell(p->ui, &n);
}

static void start_work(struct press *p, const struct request *r)
{
	if (p->work.what != PRINT_NOTHING)
		return;
	p->work = (struct work){.visit = r->visit, .what = r->what};
	enum err e = r->visit == p->visit ? note_step(p, EVENT_BADGE_PREPARED) : ERR_ABSENT;
	if (e == OK) {
		tell_job(p, JOB_WAITING, FAULT_NONE, OK);
		return;
	}
	tell_job(p, JOB_FAILED, FAULT_NONE, e);
	end_work(p);
}

/* That a guest has left is a count and no message, since a full box would refuse a message. Whoever
 * asked for dots or paper and has left meanwhile gets none. */
static void handle(struct press *p, const struct request *r)
{
	if (r->kind == LOOK)
		p->looking = false;
	unsigned left = p->left;
	if (left != p->forgotten)
		forget(p);
	p->forgotten = left;
	switch (r->kind) {
	case RENDER:
		if (r->left == left)
			render(p, r);
		break;
	case PRINT:
		if (r->left == left)
			start_work(p, r);
		break;
	case LOOK:
		break;
	case FAULT:
		p->forced = r->fault;
		break;
	case ROSTER:
		forget(p);
		holding_close(p->holding);
		p->holding = r->holding;
		press_page_new_roster(p->page);
		break;
	}
	advance(p);
}

static void *run(void *arg)
{
	struct press *p = arg;
	struct request r;
	enum err e = OK;

	advance(p);
	for (;;) {
		while ((e = mailbox_take(&p->box, &r, p->printer ? 0 : PATIENCE_MS)) == OK) {
			handle(p, &r);
			seal_wipe(&r, sizeof(r));
			mailbox_settle(&p->box);
		}
		if (e == ERR_ABSENT)
			return NULL;
		if (!p->printer)
			continue;
		printer_wait(p->printer, PATIENCE_MS, NULL);
		if (!p->story)
			advance(p);
	}
}

static void ring(void *arg)
{
	struct press *p = arg;

	if (p->printer)
		printer_wake(p->printer);
}

static void give_back(struct press *p)
{
	mailbox_done(&p->box);
	press_page_close(p->page);
	printer_close(p->printer);
	holding_close(p->holding);
	if (p->guest)
		visit_wipe(p->guest);
	seal_secret_free(p->guest);
	free(p);
}

/* A story's first step wants to know how the printer is; a live kiosk does not wait for it. */
static void look_once(struct press *p)
{
	struct printer_status st;

	printer_wait(p->printer, 0, &st);
	if (p->story && st.state == PRINTER_ASKING)
		printer_settle(p->printer, SETTLE_MS, NULL);
}

enum err press_start(struct press **out, const struct press_options *options)
{
	struct press *p = calloc(1, sizeof(*p));
	enum err e = OK;

	*out = NULL;
	if (!p)
		return ERR_IO;
	p->ui = options->ui;
	p->notes = options->notes;
	p->story = options->story;
	mailbox_init(&p->box, p->slots, sizeof(*p->slots), SLOTS, options->traffic);
	if (options->uri)
		e = printer_open(&p->printer, options->uri, NULL);
	if (e == OK && p->printer)
		look_once(p);
	mailbox_set_wake(&p->box, ring, p);
	p->guest = seal_secret_memory(sizeof(*p->guest));
	if (p->guest)
		memset(p->guest, 0, sizeof(*p->guest));
	if (e == OK)
		e = p->guest ? press_page_open(&p->page) : ERR_IO;
	if (e == OK && pthread_create(&p->thread, NULL, run, p))
		e = ERR_IO;
	if (e) {
		give_back(p);
		return e;
	}
	*out = p;
	return OK;
}

void press_stop(struct press *p)
{
	if (!p)
		return;
	p->quit_ms = steady_ms() + LAST_MS;
	p->quit = true;
	mailbox_close(&p->box);
	pthread_join(p->thread, NULL);
	forget(p);
	give_back(p);
}

enum err press_render(
	struct press *p, uint32_t visit, const struct found *found, const struct press_badge *badge)
{
	struct request r = {.kind = RENDER, .left = p->left, .visit = visit, .found = *found};
	if (badge)
		r.badge = *badge;
	enum err e = mailbox_put(&p->box, &r);

	seal_wipe(&r, sizeof(r));
	return e;
}

enum err press_print(struct press *p, uint32_t visit, enum print what)
{
	return mailbox_put(&p->box,
		&(struct request){.kind = PRINT, .left = p->left, .visit = visit, .what = what});
}

static enum err put(struct press *p, const struct request *r)
{
	enum err e = mailbox_put(&p->box, r);

	if (e)
		log_line(LOG_FAULT, "kiosk/press", "the box: %s", err_text(e));
	return e;
}

/* LOOK only wakes the thread. Where the box is full it is awake, and looks before each request. */
void press_forget(struct press *p)
{
	p->left++;
	if (!atomic_exchange(&p->looking, true) &&
		mailbox_put(&p->box, &(struct request){.kind = LOOK}) != OK)
		p->looking = false;
}

void press_fault(struct press *p, enum fault fault)
{
	(void)!put(p, &(struct request){.kind = FAULT, .fault = fault});
}

void press_roster(struct press *p, struct holding *h)
{
	if (put(p, &(struct request){.kind = ROSTER, .holding = holding_share(h)}))
		holding_close(h);
}
