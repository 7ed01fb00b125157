/* The intake: uploads of one turn, one transaction, then their answers. */
#include "hex.h"
#include "protocol.h"
#include "serve_inside.h"

#include <stdlib.h>
#include <string.h>

/* What an upload became. */
enum verdict {
	VERDICT_TAKEN,   /* its runs are among the turn's items */
	VERDICT_TORN,    /* no bundle: nothing of it is taken */
	VERDICT_REFUSED, /* the speaker is not believed: all of it is kept aside */
};

struct upload {
	struct request *q;
	enum verdict verdict;
	size_t first, count; /* its items */
	/* boards whose runs were kept aside: marks of them are asked of the store */
	struct grow strange;
};

static bool is_sound(const struct device *d)
{
	return d && d->board.state == BOARD_ENROLLED;
}

static void say_alarm(const char *what, const uint8_t device[static PAPER_DEVICE])
{
	char hex[2 * PAPER_DEVICE + 1];

	hex_write((struct span){device, PAPER_DEVICE}, hex);
	log_line(LOG_FAULT, "hub/intake", "alarm: %s device=%s", what, hex);
}

/* What earlier hubs put there counts, too. */
static enum err count_aside(struct hub *h)
{
	struct store_stats s;

	if (h->intake.counted)
		return OK;
	enum err e = h->store->kind->stats(h->store, &s);
	h->intake.aside = s.quarantined_bytes;
	h->intake.counted = e == OK;
	return e;
}

/* So that nobody fills the disk with what nobody believes, there is a measure for each device. */
static enum err keep_aside(
	struct hub *h, struct device *d, const uint8_t *id, const char *why, struct span bytes)
{
	size_t *kept = d ? &d->kept_aside : &h->intake.strangers;

	enum err e = count_aside(h);
	if (e)
		return e;
	if (h->intake.aside > INTAKE_ASIDE || bytes.n > INTAKE_ASIDE - h->intake.aside) {
		say_alarm("quarantine is full for all; not kept:", id);
		return OK;
	}
	if (*kept > DEVICE_QUARANTINE || bytes.n > DEVICE_QUARANTINE - *kept) {
		say_alarm("quarantine is full for", id);
		return OK;
	}
	e = h->store->kind->quarantine(h->store, id, why, bytes);
	if (e == OK) {
		*kept += bytes.n;
		h->intake.aside += bytes.n;
	}
	return e;
}

void answer_upload(struct hub *h, struct request *q)
{
	if (!hub_hear(h, q))
		return;
	q->next = NULL;
	if (!h->intake.last)
		h->intake.last = &h->intake.first;
	*h->intake.last = q;
	h->intake.last = &q->next;
	httpd_wait(q);
}

/* A run that its device did not bring itself: everything about it is looked at now. */
static bool believe_relayed(
	struct hub *h, const struct bundle *b, const struct run *r, struct device **out)
{
	struct span certificate;

	if (devices_find(&h->devices, h->store, &h->keys, r->device, out) || !is_sound(*out) ||
		bundle_certificate(b, r->device, &certificate))
		return false;
	return run_verify(r, (*out)->board.certificate.key) == OK;
}

/* returns: OK, ERR_FORMAT, or why the store could not keep it aside */
static enum err take_run(
	struct hub *h, struct upload *u, const struct bundle *b, const struct run *r)
{
	struct device *speaker = u->q->device, *device = NULL;
	bool own = memcmp(r->device, speaker->board.certificate.device, PAPER_DEVICE) == 0;

	if (own || believe_relayed(h, b, r, &device)) {
		struct store_item *item = GROW_ONE(&h->intake.items, struct store_item);
		if (!item)
			return ERR_IO;
		item->run = *r;
		u->count++;
		return OK;
	}
	grow_bytes(&u->strange, r->board, EVENT_BOARD);
	say_alarm("a relayed run is not believed", r->device);
	return keep_aside(h, device, r->device, "relayed run not believed", r->bytes);
}

static enum err take_bundle(struct hub *h, struct upload *u)
{
	struct bundle b;
	struct run r;

	enum err e = bundle_open(&b, (struct span){u->q->body.p, u->q->body.n});
	while (e == OK && (e = run_read(&b.runs, &r)) == OK)
		e = take_run(h, u, &b, &r);
	return e == ERR_ABSENT ? OK : e;
}

static enum err take_upload(struct hub *h, struct upload *u)
{
	struct device *d = u->q->device;
	struct span body = {u->q->body.p, u->q->body.n};

	u->first = GROW_COUNT(&h->intake.items, struct store_item);
	if (!is_sound(d)) {
		u->verdict = VERDICT_REFUSED;
		return keep_aside(h, d, u->q->id,
			d ? board_state_name(d->board.state) : "not known here", body);
	}
	enum err e = take_bundle(h, u);
	if (e != ERR_FORMAT)
		return e;
	u->verdict = VERDICT_TORN;
	u->count = 0;
	h->intake.items.n = u->first * sizeof(struct store_item);
	return OK;
}

/* What did not fit to the history in the store is looked at by people. */
static enum err look_at_forks(struct hub *h, const struct upload *u, unsigned *status)
{
	const struct store_item *items = GROW_ARRAY(&h->intake.items, struct store_item);
	enum err e = OK;

	*status = MHD_HTTP_OK;
	for (size_t i = u->first; i < u->first + u->count && e == OK; i++) {
		const struct store_item *item = &items[i];
		if (item->result == OK)
			continue;
		*status = MHD_HTTP_CONFLICT;
		if (item->result == ERR_FULL)
			say_alarm("more boards than one may have; refused:", item->run.device);
		if (item->result != ERR_FORGED)
			continue;
		say_alarm("two histories of one board", item->run.device);
		struct device *d = devices_at(&h->devices, item->run.device);
		e = keep_aside(h, d, item->run.device, "another history", item->run.bytes);
	}
	return e;
}

static void put_mark(struct grow *marks, const struct store_head *head)
{
	uint8_t bytes[PROTOCOL_MARK];
	struct sink k = sink_on(bytes, sizeof(bytes));

	sink_bytes(&k, head->board, EVENT_BOARD);
	sink_u32(&k, head->id.epoch);
	sink_u64(&k, head->id.seq);
	sink_bytes(&k, head->hash, EVENT_HASH);
	for (size_t at = marks->n; at > 0; at -= PROTOCOL_MARK)
		if (memcmp(marks->p + at - PROTOCOL_MARK, head->board, EVENT_BOARD) == 0) {
			memcpy(marks->p + at - PROTOCOL_MARK, bytes, PROTOCOL_MARK);
			return;
		}
	grow_bytes(marks, bytes, sizeof(bytes));
}

static enum err make_marks(struct hub *h, const struct upload *u, struct grow *marks)
{
	const struct store_item *items = GROW_ARRAY(&h->intake.items, struct store_item);
	struct store_head head;
	enum err e = OK;

	for (size_t at = 0; at < u->strange.n && e == OK; at += EVENT_BOARD) {
		e = h->store->kind->head(h->store, u->strange.p + at, &head);
		if (e == OK)
			put_mark(marks, &head);
	}
	for (size_t i = u->first; i < u->first + u->count && e == OK; i++)
		put_mark(marks, &items[i].head);
	return e == OK && marks->failed ? ERR_IO : e;
}

static void note_checks(struct hub *h, const struct upload *u)
{
	const struct store_item *items = GROW_ARRAY(&h->intake.items, struct store_item);
	struct device *speaker = u->q->device;

	for (size_t i = u->first; i < u->first + u->count; i++)
		if (items[i].result == OK && items[i].added > 0 &&
			memcmp(items[i].run.device, speaker->board.certificate.device,
				PAPER_DEVICE) == 0)
			checks_note(h, speaker, &items[i].run);
}

static void answer_taken(struct hub *h, struct upload *u)
{
	struct grow *marks = &h->intake.marks;
	unsigned status;

	marks->n = 0;
	enum err e = look_at_forks(h, u, &status);
	if (e == OK)
		e = make_marks(h, u, marks);
	if (e) {
		hub_refuse_for_store(h, u->q, e);
	} else {
		note_checks(h, u);
		struct span body = {marks->p, marks->n};
		struct MHD_Response *r = httpd_response("application/octet-stream", body);
		hub_set_sequence(h, r);
		hub_set_mac(u->q, r, &(struct protocol_answer){status, false, "", body});
		httpd_answer(u->q, status, r);
	}
	if (marks->failed)
		grow_free(marks);
}

static void answer_one(struct hub *h, struct upload *u, enum err e)
{
	if (e)
		hub_refuse(h, u->q, MHD_HTTP_SERVICE_UNAVAILABLE,
			"the store failed; nothing was taken, send it again");
	else if (u->verdict == VERDICT_TORN)
		hub_refuse(h, u->q, MHD_HTTP_BAD_REQUEST, "the body is no bundle of whole runs");
	else if (u->verdict == VERDICT_REFUSED)
		hub_refuse(h, u->q, MHD_HTTP_FORBIDDEN,
			"this device is not believed; what it sent is kept aside");
	else
		answer_taken(h, u);
	grow_free(&u->strange);
}

/* Take requests off the list into uploads, and their runs into items. */
static enum err gather(struct hub *h, struct grow *uploads)
{
	struct intake *in = &h->intake;
	size_t bytes = 0;
	enum err e = h->store ? OK : ERR_IO;

	if (in->items.failed)
		grow_free(&in->items);
	in->items.n = 0;
	while (in->first && (bytes == 0 || bytes + in->first->body.n <= INTAKE_TURN)) {
		struct upload *u = GROW_ONE(uploads, struct upload);
		if (!u)
			break;
		u->q = in->first;
		in->first = u->q->next;
		bytes += u->q->body.n;
		if (e == OK)
			e = take_upload(h, u);
	}
	if (!in->first)
		in->last = &in->first;
	return e;
}

size_t intake_turn(struct hub *h)
{
	struct grow *uploads = &h->intake.uploads;

	uploads->n = 0;
	if (!h->intake.first)
		return 0;
	enum err e = gather(h, uploads);
	struct store_item *items = GROW_ARRAY(&h->intake.items, struct store_item);
	size_t n = GROW_COUNT(&h->intake.items, struct store_item);
	if (e == OK && n > 0)
		e = h->store->kind->merge(h->store, items, n);
	if (e)
		hub_store_failed(h, e);
	else
		protected_look(&h->protected_people, items, n, &h->devices);
	struct upload *all = GROW_ARRAY(uploads, struct upload);
	size_t count = GROW_COUNT(uploads, struct upload);
	for (size_t i = 0; i < count; i++)
		answer_one(h, &all[i], e);
	if (uploads->failed)
		grow_free(uploads);
	return count;
}

void intake_free(struct intake *in)
{
	grow_free(&in->items);
	grow_free(&in->uploads);
	grow_free(&in->marks);
}
