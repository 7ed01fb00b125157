/* Joins model, language and link, and keeps the status of the printer that is there. */
#include "printer_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

const struct printer_times printer_times_usual = {
	.poll = 1000,
	.answer = 2000,
	.chunk = 10000,
	.stuck = 20000,
	.refill = 600000,
	.confirm = 30000,
	.search = 1000,
	.backoff = 10,
};

enum { SILENT_AFTER = 2 };

int64_t printer_times_now(const struct printer_times *times)
{
	struct timespec t;

	if (times->now)
		return times->now(times->context);
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t printer_time(const struct printer *p)
{
	return printer_times_now(&p->times);
}

bool printer_there(const struct printer *p)
{
	const struct link_device *d = p->link->device(p->line);
	return d->state == PRINTER_ASKING && d->arrivals == p->arrivals && p->model;
}

static enum err choose_model(struct printer *p, const struct printer_model *m)
{
	p->model = m;
	p->wanted = media_by_name(m, span_of(p->media_name[0] ? p->media_name : m->media));
	p->media = p->wanted;
	return p->wanted ? OK : ERR_FORMAT;
}

static void greet(struct printer *p, const struct link_device *d)
{
	const struct printer_model *m = p->address.model ? p->address.model : d->model;

	p->arrivals = d->arrivals;
	memset(&p->lang, 0, sizeof(p->lang));
	p->lang.fault = PRINTER_READY;
	p->known = p->asking = p->dirty = p->has_port = false;
	p->flush = p->link->answers;
	p->in_n = 0;
	p->unanswered = 0;
	/* Ask at once. */
	p->asked_at = printer_time(p) - p->times.poll;
	if (m && choose_model(p, m) != OK)
		p->model = NULL;
}

static void take_answers(struct printer *p)
{
	size_t used = 0, n = 1;

	while (used < p->in_n && n > 0) {
		struct span rest = {p->in + used, p->in_n - used};
		if (p->model->language->answer(rest, &p->lang, &n) == REPLY_MORE)
			n = 0;
		used += n;
	}
	memmove(p->in, p->in + used, p->in_n - used);
	p->in_n -= used;
	/* No answer is that long: what fills the buffer can only be noise. */
	if (p->in_n == sizeof(p->in))
		p->in_n = 0;
}

static void receive(struct printer *p)
{
	for (;;) {
		size_t got = p->link->receive(p->line, p->in + p->in_n, sizeof(p->in) - p->in_n);
		if (got == 0)
			return;
		p->in_n += got;
		take_answers(p);
	}
}

void printer_look_at_port(struct printer *p)
{
	p->looked_at = printer_time(p);
	p->has_port = p->link->port(p->line, &p->port) == OK;
}

/* A wish for a die-cut label is met by endless paper of the same width. */
static bool fitting_roll(struct printer *p)
{
	const struct media *roll;

	if (p->lang.width_mm == 0)
		return true;
	if (p->lang.two_colour)
		return false;
	roll = media_by_size(p->model, p->lang.width_mm, p->lang.length_mm);
	if (!roll || roll->width_mm != p->wanted->width_mm ||
		(roll != p->wanted && roll->length_mm != 0))
		return false;
	p->media = roll;
	return true;
}

static enum printer_state by_port(const struct printer *p, enum printer_state otherwise)
{
	if (!p->has_port)
		return otherwise;
	if (p->port & 0x20)
		return PRINTER_PAPER_OUT;
	return p->port & 0x08 ? otherwise : PRINTER_FAULT;
}

static enum printer_state state_of(struct printer *p, const struct link_device *d)
{
	if (d->state != PRINTER_ASKING)
		return d->state;
	if (!p->model)
		return PRINTER_UNKNOWN;
	if (!p->link->answers)
		return PRINTER_READY;
	if (p->unanswered >= SILENT_AFTER)
		return by_port(p, PRINTER_SILENT);
	if (!p->known)
		return PRINTER_ASKING;
	if (p->lang.fault != PRINTER_READY)
		return p->lang.fault;
	if (p->lang.hot)
		return PRINTER_HOT;
	if (!fitting_roll(p))
		return PRINTER_WRONG_ROLL;
	if (p->in_job)
		return by_port(p, PRINTER_PRINTING);
	return p->lang.printing ? PRINTER_PRINTING : PRINTER_READY;
}

static void describe(struct printer *p, const struct link_device *d)
{
	struct printer_status *s = &p->status;

	s->state = state_of(p, d);
	s->near_end = p->lang.near_end;
	s->width_mm = p->lang.width_mm;
	s->length_mm = p->lang.length_mm;
	s->vid = d->vid;
	s->pid = d->pid;
	snprintf(s->serial, sizeof(s->serial), "%s", d->serial);
	snprintf(s->model, sizeof(s->model), "%s", p->model ? p->model->name : "");
	snprintf(s->detail, sizeof(s->detail), "%s", d->detail);
	if (s->state == PRINTER_WRONG_ROLL && p->lang.width_mm > 0)
		snprintf(s->detail, sizeof(s->detail), "in it: %u mm%s%.0u%s, wanted: %s",
			p->lang.width_mm, p->lang.length_mm ? " x " : " endless", p->lang.length_mm,
			p->lang.two_colour ? ", two-colour" : "", p->wanted->name);
}

void printer_ask(struct printer *p)
{
	struct sink k = sink_on(p->out, sizeof(p->out));
	struct link_progress moving;

	p->link->progress(p->line, &moving);
	if (moving.moving || !printer_there(p))
		return;
	/* What came before the question is not its answer. But the first half of the word that a page
	 * came out must wait for the second. */
	receive(p);
	if (!p->in_job)
		p->in_n = 0;
	if (p->dirty)
		p->model->language->reset(&k);
	p->model->language->ask(&p->lang, &k);
	p->asked_at = printer_time(p);
	p->asking = p->link->send(p->line, (struct span){k.p, k.n}) == OK;
}

static void follow_question(struct printer *p)
{
	if (p->asking && p->lang.answered) {
		p->asking = p->dirty = false;
		p->known = true;
		p->unanswered = 0;
		p->answers++;
	} else if (p->asking && printer_time(p) - p->asked_at >= p->times.answer) {
		p->link->stop(p->line);
		p->asking = false;
		p->unanswered++;
		printer_look_at_port(p);
		/* It may be waiting for the rest of a job that somebody else began. */
		p->dirty = p->unanswered >= SILENT_AFTER &&
			   by_port(p, PRINTER_SILENT) == PRINTER_SILENT;
	}
}

void printer_step(struct printer *p, unsigned ms)
{
	const struct link_device *d;

	p->link->wait(p->line, ms);
	d = p->link->device(p->line);
	if (d->state == PRINTER_ASKING && d->arrivals != p->arrivals)
		greet(p, d);
	if (printer_there(p) && p->link->answers) {
		receive(p);
		follow_question(p);
		if (!p->in_job && !p->asking && printer_time(p) - p->asked_at >= p->times.poll) {
			p->has_port = false;
			printer_ask(p);
		}
	}
	describe(p, d);
}

static unsigned until_due(const struct printer *p, int64_t now, unsigned ms)
{
	int64_t due = p->asked_at + (p->asking ? p->times.answer : p->times.poll) - now;

	if (!printer_there(p) || !p->link->answers)
		due = p->times.search;
	if (due < 1)
		due = 1;
	return due < ms ? (unsigned)due : ms;
}

void printer_wait(struct printer *p, unsigned ms, struct printer_status *out)
{
	enum printer_state before = p->status.state;
	int64_t now = printer_time(p), end = now + ms;

	do {
		printer_step(p, until_due(p, now, (unsigned)(end - now)));
		now = printer_time(p);
	} while (now < end && p->status.state == before && !atomic_exchange(&p->woken, false));
	printer_now(p, out);
}

void printer_wake(struct printer *p)
{
	atomic_store(&p->woken, true);
	p->link->wake(p->line);
}

void printer_now(const struct printer *p, struct printer_status *out)
{
	if (out)
		*out = p->status;
}

void printer_settle(struct printer *p, unsigned ms, struct printer_status *out)
{
	int64_t now = printer_time(p), end = now + ms;

	do {
		printer_step(p, until_due(p, now, (unsigned)(end - now)));
		now = printer_time(p);
	} while (now < end && p->status.state == PRINTER_ASKING);
	printer_now(p, out);
}

void printer_page(const struct printer *p, struct printer_page *out)
{
	const struct printer_model *m = p->model ? p->model : model_by_name(span_of("QL-820NWB"));
	const struct media *media = p->model ? p->media : media_by_name(m, span_of(m->media));

	*out = (struct printer_page){
		.model = m->name,
		.media = p->model ? p->wanted->name : media->name,
		.width = media->width,
		.height = media->height,
		.max_height = media->max_height,
		.dpi = m->dpi,
	};
}

enum err printer_open_link(struct printer **out, const struct link *link,
	const struct link_address *address, const char *media, const struct printer_times *times)
{
	struct printer *p = calloc(1, sizeof(*p));
	enum err e;

	*out = NULL;
	if (!p)
		return ERR_IO;
	p->link = link;
	p->address = *address;
	p->times = *times;
	p->lang.fault = PRINTER_READY;
	snprintf(p->media_name, sizeof(p->media_name), "%s", media);
	e = address->model ? choose_model(p, address->model) : OK;
	if (e == OK)
		e = link->open(&p->line, address, &p->times);
	if (e != OK) {
		free(p);
		return e;
	}
	printer_step(p, 0);
	*out = p;
	return OK;
}

static enum err take_address(const char *uri, const struct link **link,
	struct link_address *address, char media[static 16])
{
	enum err e = printer_uri_read(uri, link, address, media);
	struct span name = span_of(media);

	if (e != OK)
		return e;
	if (!(*link)->answers && !address->model)
		address->model = model_by_name(span_of("QL-820NWB"));
	/* Without a model there is no telling which papers it takes: any known one may be meant. */
	if (name.n == 0 || (address->model ? media_by_name(address->model, name) != NULL
					   : media_is_known(name)))
		return OK;
	address->fault = printer_no_media;
	return ERR_FORMAT;
}

const char *printer_uri_fault(const char *uri)
{
	struct link_address address;
	const struct link *link;
	char media[16];

	return take_address(uri, &link, &address, media) == OK ? "" : address.fault;
}

enum err printer_open(struct printer **out, const char *uri, const struct printer_times *times)
{
	struct link_address address;
	const struct link *link;
	char media[16];
	enum err e = take_address(uri, &link, &address, media);

	*out = NULL;
	if (e != OK)
		return e;
	return printer_open_link(out, link, &address, media, times ? times : &printer_times_usual);
}

void printer_close(struct printer *p)
{
	if (!p)
		return;
	p->link->close(p->line);
	free(p);
}

enum err printer_list(struct printer_found *out, size_t cap, size_t *n)
{
	return link_usb.list(out, cap, n);
}
