/* Answers that ask the store: others' events, enrolment, health. */
#include "enrolment.h"
#include "hex.h"
#include "protocol.h"
#include "serve_inside.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	PAGE_MAX = PROTOCOL_ANSWER_MAX - BUNDLE_HEAD - BUNDLE_CERTIFICATES * PAPER_CERTIFICATE,
	PAGE_MIN = 16 << 10,
	RUN_DEVICE = 4, /* where the device stands in a run (run.h) */
};

struct answer {
	struct grow runs;
	struct store_cursor cursor;
	bool more;
	struct span certificates[BUNDLE_CERTIFICATES];
	size_t count;
};

/* A device that is not known any more has none: nobody will believe its runs. */
static enum err add_certificate(
	struct hub *h, struct answer *a, const uint8_t device[static PAPER_DEVICE])
{
	const uint8_t *certificate = NULL;
	struct device *d;

	enum err e = devices_find(&h->devices, h->store, &h->keys, device, &d);
	if (e == OK)
		certificate = d->board.credential;
	else if (e == ERR_ABSENT && memcmp(device, h->voice_device, PAPER_DEVICE) == 0)
		certificate = h->voice;
	if (certificate)
		a->certificates[a->count++] = (struct span){certificate, PAPER_CERTIFICATE};
	return e == ERR_ABSENT ? OK : e;
}

/* The certificates of the devices that signed the runs, as many as a bundle holds; *fits: how many
 * bytes of the runs those are for. */
static enum err list_certificates(struct hub *h, struct answer *a, size_t *fits)
{
	const uint8_t *seen[BUNDLE_CERTIFICATES];
	struct span runs = {a->runs.p, a->runs.n};
	size_t devices = 0;

	a->count = *fits = 0;
	while (*fits < runs.n) {
		struct span head = span_cut(runs, *fits, RUN_HEAD);
		size_t i = 0;
		if (!head.p || !span_cut(runs, *fits, load_u32(head.p)).p ||
			load_u32(head.p) < RUN_HEAD)
			return ERR_FORMAT;
		while (i < devices && memcmp(seen[i], head.p + RUN_DEVICE, PAPER_DEVICE) != 0)
			i++;
		if (i == BUNDLE_CERTIFICATES)
			return OK;
		if (i == devices) {
			seen[devices++] = head.p + RUN_DEVICE;
			enum err e = add_certificate(h, a, head.p + RUN_DEVICE);
			if (e)
				return e;
		}
		*fits += load_u32(head.p);
	}
	return OK;
}

/* Is there a run after the cursor? */
static enum err look_further(struct hub *h, const struct store_cursor *cursor, bool *more)
{
	struct store_cursor copy = *cursor;
	struct grow one = {0};

	enum err e = h->store->kind->read(h->store, &copy, 1, &one);
	*more = one.n > 0;
	grow_free(&one);
	return e;
}

/* A page ends where it is long, or where a bundle has no room for another certificate. Many boards that
 * say little fill a bundle with certificates long before; so a page is as long as the last one was
 * good for, and read twice only when that has changed. */
static enum err read_runs(struct hub *h, struct answer *a)
{
	const struct store_cursor from = a->cursor;
	size_t limit = h->page ? h->page : PAGE_MAX, fits = 0;
	bool cut = false;

	for (;;) {
		enum err e = h->store->kind->read(h->store, &a->cursor, limit, &a->runs);
		if (e == OK)
			e = list_certificates(h, a, &fits);
		if (e)
			return e;
		if (fits == a->runs.n)
			break;
		cut = true;
		limit = fits;
		a->cursor = from;
		a->runs.n = 0;
	}
	a->more = cut;
	if (cut)
		h->page = limit > PAGE_MIN ? limit : PAGE_MIN;
	if (cut || (a->runs.n <= limit && limit - a->runs.n >= RUN_MAX))
		return OK;
	enum err e = look_further(h, &a->cursor, &a->more);
	if (e == OK && a->more)
		h->page = limit < PAGE_MAX / 2 ? 2 * limit : PAGE_MAX;
	return e;
}

static struct MHD_Response *make_bundle(
	struct hub *h, const struct answer *a, const struct request *q)
{
	size_t head = BUNDLE_HEAD + a->count * PAPER_CERTIFICATE, n = head + a->runs.n;
	uint8_t *bytes = httpd_room(&h->httpd, n);
	struct sink k = sink_on(bytes, n);
	char cursor[STORE_CURSOR_TEXT];

	if (!bytes)
		return NULL;
	bundle_write_head(&k, a->certificates, a->count);
	sink_bytes(&k, a->runs.p, a->runs.n);
	store_cursor_write(&a->cursor, cursor);
	struct protocol_answer said = {MHD_HTTP_OK, a->more, cursor, {bytes, n}};
	struct MHD_Response *r = httpd_room_response("application/octet-stream", bytes);
	if (!r)
		return NULL;
	httpd_set(r, PROTOCOL_HEADER_CURSOR, cursor);
	httpd_set(r, PROTOCOL_HEADER_MORE, a->more ? "1" : "0");
	hub_set_mac(q, r, &said);
	return r;
}

void answer_events(struct hub *h, struct request *q)
{
	struct answer a = {0};

	if (store_cursor_read(&a.cursor, span_of(q->tail))) {
		httpd_refuse(q, MHD_HTTP_BAD_REQUEST, "this is no cursor");
		return;
	}
	if (!hub_hear(h, q))
		return;
	const struct device *who = q->device;
	if (who->board.state != BOARD_ENROLLED) {
		hub_refuse(h, q, MHD_HTTP_FORBIDDEN, "this device is not believed");
		return;
	}
	enum err e = read_runs(h, &a);
	if (e == OK) {
		struct MHD_Response *r = make_bundle(h, &a, q);
		hub_set_sequence(h, r);
		httpd_answer(q, MHD_HTTP_OK, r);
	} else {
		hub_refuse_for_store(h, q, e);
	}
	grow_free(&a.runs);
}

void answer_enrol(struct hub *h, struct request *q)
{
	uint8_t answer[PROTOCOL_ENROLLED];
	struct span body = {q->body.p, q->body.n};

	enum err e = h->store ? enrolment_commit(h->store, &h->keys, body,
					clock_now().wall_ms / 1000, answer)
			      : ERR_IO;
	if (e == ERR_FORMAT)
		httpd_refuse(q, MHD_HTTP_BAD_REQUEST, "an enrolment has 72 bytes");
	else if (e == ERR_DENIED)
		httpd_refuse(q, MHD_HTTP_FORBIDDEN, "this code is unknown, used or too old");
	else if (e)
		hub_refuse_for_store(h, q, e);
	else
		httpd_answer(q, MHD_HTTP_OK,
			httpd_response(
				"application/octet-stream", (struct span){answer, sizeof(answer)}));
}

void answer_wiped(struct hub *h, struct request *q)
{
	enum err e = h->store ? boards_note_wiped(
					h->store, &h->keys, (struct span){q->body.p, q->body.n})
			      : ERR_IO;
	if (e == ERR_FORMAT)
		httpd_refuse(q, MHD_HTTP_BAD_REQUEST, "a statement has 104 bytes");
	else if (e == ERR_ABSENT || e == ERR_FORGED || e == ERR_FOREIGN)
		httpd_refuse(q, MHD_HTTP_FORBIDDEN, "of no board that is known");
	else if (e)
		hub_refuse_for_store(h, q, e);
	else
		httpd_answer(q, MHD_HTTP_OK, httpd_response("text/plain", span_of("noted\n")));
}

static json_t *describe_boards(const struct hub *h)
{
	json_t *heard = json_array();
	int64_t counts[BOARD_BROKEN + 1] = {0};
	char device[2 * PAPER_DEVICE + 1], when[24];

	for (size_t i = 0; i < h->devices.cap; i++) {
		const struct device *d = h->devices.at[i];
		struct tm tm;
		if (!d)
			continue;
		counts[d->board.state]++;
		time_t seen = (time_t)(d->seen_ms / 1000);
		if (!seen || !gmtime_r(&seen, &tm))
			continue;
		strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &tm);
		hex_write((struct span){d->board.certificate.device, PAPER_DEVICE}, device);
		json_array_append_new(
			heard, json_pack("{s:s, s:s, s:s}", "device", device, "state",
				       board_state_name(d->board.state), "last_contact", when));
	}
	return json_pack("{s:I, s:I, s:I, s:o}", "enrolled", (json_int_t)counts[BOARD_ENROLLED],
		"revoked", (json_int_t)counts[BOARD_REVOKED], "broken",
		(json_int_t)counts[BOARD_BROKEN], "heard", heard);
}

static struct MHD_Response *make_health(struct hub *h)
{
	struct store_stats s = {0};

	enum err e = h->store ? h->store->kind->stats(h->store, &s) : ERR_IO;
	if (e)
		hub_store_failed(h, e);
	json_t *j = json_pack("{s:i, s:I, s:I, s:s, s:b, s:I, s:I, s:I, s:o}", "api", 1, "version",
		(json_int_t)(h->versions.have ? h->versions.now.sequence : 0), "uptime_s",
		(json_int_t)((clock_now().boot_ms - h->started_ms) / 1000), "store",
		h->store_local ? "sqlite" : "postgresql", "store_ok", e == OK, "events",
		(json_int_t)s.events, "runs", (json_int_t)s.runs, "quarantined",
		(json_int_t)s.quarantined, "boards", describe_boards(h));
	char *text = json_dumps(j, JSON_INDENT(2));
	json_decref(j);
	struct grow line = {0};
	if (text) {
		grow_bytes(&line, text, strlen(text));
		grow_bytes(&line, "\n", 1);
	}
	struct MHD_Response *r =
		line.n > 0 ? httpd_response("application/json", (struct span){line.p, line.n})
			   : NULL;
	grow_free(&line);
	free(text);
	httpd_set(r, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	return r;
}

void answer_health(struct hub *h, struct request *q)
{
	int64_t now = clock_now().boot_ms / 1000;

	if (!h->health || h->health_s != now) {
		struct MHD_Response *fresh = make_health(h);
		if (!fresh) {
			httpd_refuse(q, MHD_HTTP_SERVICE_UNAVAILABLE, "memory is out");
			return;
		}
		if (h->health)
			MHD_destroy_response(h->health);
		h->health = fresh;
		h->health_s = now;
	}
	httpd_answer_shared(q, MHD_HTTP_OK, h->health);
}
