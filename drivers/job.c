/* The life of one job: encoded whole, noted, sent without pause, confirmed or uncertain. */
#include "printer_inside.h"

#include <stdlib.h>

struct job {
	struct printer *p;
	const struct printer_watch *watch;
	uint8_t *memory;
	struct span bytes;
	unsigned arrivals; /* of the device that the job is for */
	int64_t since;     /* when it last got on */
	int64_t held;      /* when a cause that ends last held it up */
	uint8_t id[4];
};

static enum err note(const struct job *j, enum printer_job state)
{
	return j->watch && j->watch->note ? j->watch->note(j->watch->context, state) : OK;
}

/* Nothing can be done if this cannot be written: the paper moves, and unwritten means uncertain. */
static void note_only(const struct job *j, enum printer_job state)
{
	enum err noted = note(j, state);
	if (noted != OK)
		log_line(LOG_WARN, "drivers/job", "a state was not noted: %s", err_text(noted));
}

static bool goes_on(const struct job *j)
{
	return !j->watch || !j->watch->wait || j->watch->wait(j->watch->context, &j->p->status);
}

/* Four printable characters, another for each job. */
static void name_job(struct job *j)
{
	uint32_t n = ++j->p->jobs;
	for (size_t i = 0; i < sizeof(j->id); i++, n /= 26)
		j->id[i] = (uint8_t)('A' + n % 26);
}

/* Wait until the status is known and no earlier page or question is under way. */
static enum err be_ready(struct job *j)
{
	struct printer *p = j->p;
	int64_t now = printer_time(p), end = now + p->times.confirm;

	for (;;) {
		enum printer_state s = p->status.state;
		bool moving = s == PRINTER_PRINTING || (s == PRINTER_READY && p->asking);
		if (s != PRINTER_ASKING && !moving)
			break;
		if (now >= end || !goes_on(j))
			break;
		printer_step(p, p->times.poll / 2 + 1);
		now = printer_time(p);
	}
	if (p->status.state == PRINTER_READY)
		return p->asking ? ERR_BUSY : OK;
	if (p->status.state == PRINTER_NONE || p->status.state == PRINTER_UNPLUGGED ||
		p->status.state == PRINTER_NO_FILE)
		return ERR_ABSENT;
	return ERR_BUSY;
}

static enum err encode(struct job *j, const struct bitmap *page)
{
	struct printer *p = j->p;
	const struct printer_language *l = p->model->language;
	size_t n = l->bound(p->model, page->height);
	const struct lang_job what = {.model = p->model,
		.media = p->media,
		.page = page,
		.id = {j->id[0], j->id[1], j->id[2], j->id[3]},
		.flush = p->flush};
	struct sink k;
	enum err e;

	j->memory = malloc(n);
	if (!j->memory)
		return ERR_IO;
	k = sink_on(j->memory, n);
	e = l->encode(&what, &k);
	j->bytes = (struct span){k.p, k.n};
	return e == ERR_FULL ? ERR_BUG : e;
}

/* Causes that end without the job being given up. */
static bool will_end(enum printer_state s)
{
	return s == PRINTER_PAPER_OUT || s == PRINTER_COVER_OPEN || s == PRINTER_HOT;
}

/* May the job not be waited for any longer? It may stand still for limit milliseconds by itself. */
static bool too_late(struct job *j, unsigned limit)
{
	int64_t now = printer_time(j->p);

	if (will_end(j->p->status.state)) {
		j->held = now;
		return now - j->since >= j->p->times.refill;
	}
	/* A printer that got its paper draws it in first. */
	return now - (j->held > j->since ? j->held : j->since) >= limit;
}

/* One turn of waiting; limit as above. */
static enum err turn(struct job *j, unsigned limit)
{
	struct printer *p = j->p;
	unsigned pause = p->times.poll / 2 + 1;

	printer_step(p, pause);
	if (p->arrivals != j->arrivals || !printer_there(p))
		return ERR_ABSENT;
	if (p->lang.failed && p->model->language->error_drops_job)
		return ERR_IO;
	if (p->link->answers && printer_time(p) - p->looked_at >= pause)
		printer_look_at_port(p);
	if (!goes_on(j))
		return ERR_TIMEOUT;
	return too_late(j, limit) ? ERR_TIMEOUT : OK;
}

static enum err send(struct job *j)
{
	struct printer *p = j->p;
	size_t done = 0;
	struct link_progress at;
	enum err e = OK;

	j->since = printer_time(p);
	for (;;) {
		p->link->progress(p->line, &at);
		if (!at.moving)
			return at.failed != OK || at.done == j->bytes.n ? at.failed : ERR_IO;
		if (at.done > done)
			j->since = printer_time(p);
		done = at.done;
		e = turn(j, p->times.stuck);
		/* What ended it may have been the last byte. */
		if (e != OK)
			return e;
	}
}

/* May, and should, the status be asked for now? */
static bool time_to_ask(const struct printer *p, bool asked)
{
	if (p->asking)
		return false;
	if (p->model->language->asks_while_printing)
		return !asked || printer_time(p) - p->asked_at >= p->times.poll / 2;
	return p->lang.received && (!asked || printer_time(p) - p->asked_at >= p->times.poll / 2);
}

static enum err confirm(struct job *j)
{
	struct printer *p = j->p;
	unsigned answers = p->answers;
	bool asked = false;

	if (!p->link->answers)
		return p->link->settle(p->line);
	j->since = printer_time(p);
	for (;;) {
		if (time_to_ask(p, asked)) {
			printer_ask(p);
			asked = asked || p->asking;
		}
		enum err e = turn(j, p->times.confirm);
		if (e != OK)
			return e;
		if (p->model->language->confirmed(p->model, &p->lang, p->answers != answers))
			return OK;
	}
}

/* From here on at least one byte may be out. */
static enum err run(struct job *j, enum printer_job *end)
{
	struct printer *p = j->p;
	enum err e;

	*end = PRINTER_JOB_UNCERTAIN;
	p->model->language->begin(&p->lang, j->id);
	p->asking = false;
	p->flush = false;
	p->in_job = true;
	e = p->link->send(p->line, j->bytes);
	if (e == OK)
		e = send(j);
	if (e == OK) {
		note_only(j, PRINTER_JOB_SENT);
		e = confirm(j);
	}
	if (e == OK)
		*end = PRINTER_JOB_CONFIRMED;
	else
		p->link->stop(p->line);
	p->in_job = false;
	p->asking = false;
	p->dirty = e != OK && p->link->answers;
	return e;
}

static enum err prepare(struct job *j, const struct bitmap *page)
{
	struct printer *p = j->p;
	enum err e = be_ready(j);

	/* A page that can never fit is said before the printer's own trouble. */
	if (p->model && (page->width > p->media->width || page->height < p->media->min_height ||
				page->height > p->media->max_height))
		return ERR_FORMAT;
	if (e != OK)
		return e;
	if (p->model == NULL)
		return ERR_BUG;
	j->arrivals = p->arrivals;
	e = encode(j, page);
	if (e == OK)
		e = note(j, PRINTER_JOB_PREPARED);
	if (e == OK)
		e = note(j, PRINTER_JOB_SENDING);
	if (e != OK)
		return e;
	/* Writing that down took its time; the printer may have changed its mind. */
	printer_step(p, 0);
	e = be_ready(j);
	return e == OK && p->arrivals != j->arrivals ? ERR_ABSENT : e;
}

enum err printer_print(struct printer *p, const struct bitmap *page,
	const struct printer_watch *watch, enum printer_job *end)
{
	struct job j = {.p = p, .watch = watch};
	enum err e;

	*end = PRINTER_JOB_FAILED;
	name_job(&j);
	e = prepare(&j, page);
	if (e == OK)
		e = run(&j, end);
	free(j.memory);
	note_only(&j, *end);
	return e;
}
