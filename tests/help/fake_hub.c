/* A hub that may lie. */
#include "fake_hub.h"

#include "hex.h"
#include "manifest.h"
#include "protocol.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PAGES = 64, LIES = 8, PATH_LONG = 1024, REQUEST_HEAD = 16 << 10, ENDLESS = 64 << 20 };

struct page {
	char path[PATH_LONG];
	unsigned status, asked;
	struct grow body;
};

struct fake_hub {
	pthread_t thread;
	pthread_mutex_t lock;
	int listener, quit[2];
	char address[64];
	const struct wire_hub *w;
	struct store *store;
	struct page pages[PAGES];
	size_t count;
	struct {
		char path[PATH_LONG];
		enum fake_lie lie;
	} lies[LIES];
	size_t lie_count;
	int64_t clock_ms;
	unsigned refuses;
	uint8_t code[16], newcomer[SEAL_PUBLIC];
	bool confirmed;
	uint64_t sent;
	struct grow not_there; /* a mirror's page */
	bool no_word;          /* it does not vouch for its answers */
};

struct request {
	char method[8], path[PATH_LONG];
	struct grow body;
	bool known; /* it has a well-formed Authorization */
	uint8_t device[PAPER_DEVICE], mac[PROTOCOL_MAC];
};

struct reply {
	unsigned status;
	struct grow body;
	bool more;
	char cursor[STORE_CURSOR_TEXT];
	char mac[2 * PROTOCOL_MAC + 1]; /* "" for none */
};

static void need(bool holds)
{
	if (!holds)
		abort();
}

static struct page *page_at(struct fake_hub *h, const char *path)
{
	for (size_t i = 0; i < h->count; i++)
		if (strcmp(h->pages[i].path, path) == 0)
			return &h->pages[i];
	return NULL;
}

static struct page *page_for(struct fake_hub *h, const char *path)
{
	struct page *p = page_at(h, path);

	if (p)
		return p;
	need(h->count < PAGES && strlen(path) < PATH_LONG);
	p = &h->pages[h->count++];
	memset(p, 0, sizeof(*p));
	strcpy(p->path, path);
	return p;
}

/* Reading a request: false if the other side is gone. */
static bool read_request(int fd, struct request *r)
{
	char head[REQUEST_HEAD + 1];
	size_t n = 0;
	char *end = NULL;

	while (!end && n < REQUEST_HEAD) {
		ssize_t got = recv(fd, head + n, REQUEST_HEAD - n, 0);
		if (got <= 0)
			return false;
		n += (size_t)got;
		head[n] = '\0';
		end = strstr(head, "\r\n\r\n");
	}
	if (!end || sscanf(head, "%7s %1023s", r->method, r->path) != 2)
		return false;
	const char *length = strcasestr(head, "\r\ncontent-length:");
	size_t want = length && length < end ? strtoul(length + 17, NULL, 10) : 0;
	char *who = strcasestr(head, "\r\nauthorization: ");
	if (who && who < end) {
		char text[PROTOCOL_AUTHORIZATION + 1];
		snprintf(text, sizeof(text), "%s", who + 17);
		r->known = protocol_authorization_read(text, r->device, r->mac) == OK;
	}
	grow_bytes(&r->body, end + 4, n - (size_t)(end + 4 - head));
	while (r->body.n < want) {
		char more[4096];
		ssize_t got = recv(fd, more, sizeof(more), 0);
		if (got <= 0)
			return false;
		grow_bytes(&r->body, more, (size_t)got);
	}
	return true;
}

static void put_mark(struct grow *out, const struct store_head *head)
{
	uint8_t bytes[PROTOCOL_MARK];
	struct sink k = sink_on(bytes, sizeof(bytes));

	sink_bytes(&k, head->board, EVENT_BOARD);
	sink_u32(&k, head->id.epoch);
	sink_u64(&k, head->id.seq);
	sink_bytes(&k, head->hash, EVENT_HASH);
	grow_bytes(out, bytes, k.n);
}

/* Merge run by run; what does not fit is told as a hub does. */
static void take_events(struct fake_hub *h, struct span bundle, struct reply *a)
{
	struct bundle b;
	struct store_item item;

	a->status = bundle_open(&b, bundle) == OK ? 200 : 400;
	while (a->status != 400 && run_read(&b.runs, &item.run) == OK) {
		need(h->store->kind->merge(h->store, &item, 1) == OK);
		if (item.result != OK)
			a->status = 409;
		put_mark(&a->body, &item.head);
	}
}

static void put_certificate(void *arg, __attribute__((unused)) const char *key, struct span value)
{
	struct grow *all = arg;

	grow_bytes(all, value.p, value.n);
}

static void give_events(struct fake_hub *h, const char *after, struct reply *a)
{
	uint8_t head[BUNDLE_HEAD + BUNDLE_CERTIFICATES * PAPER_CERTIFICATE];
	struct span certificates[BUNDLE_CERTIFICATES];
	struct grow all = {0};
	struct store_cursor c;
	size_t n = 0;

	a->status = store_cursor_read(&c, span_of(after)) == OK ? 200 : 400;
	if (a->status != 200)
		return;
	need(h->store->kind->note_each(h->store, "certificate/", put_certificate, &all) == OK);
	for (; n < all.n / PAPER_CERTIFICATE && n < BUNDLE_CERTIFICATES; n++)
		certificates[n] = (struct span){all.p + n * PAPER_CERTIFICATE, PAPER_CERTIFICATE};
	struct sink k = sink_on(head, sizeof(head));
	bundle_write_head(&k, certificates, n);
	grow_bytes(&a->body, head, k.n);
	grow_free(&all);
	size_t before = a->body.n;
	need(h->store->kind->read(h->store, &c, 64 << 10, &a->body) == OK);
	store_cursor_write(&c, a->cursor);
	a->more = a->body.n > before;
}

static void keep_certificates(struct fake_hub *h, struct span bundle)
{
	struct bundle b;
	uint8_t id[PAPER_DEVICE];
	char key[STORE_KEY], digits[2 * PAPER_DEVICE + 1];

	if (bundle_open(&b, bundle) != OK)
		return;
	for (size_t i = 0; i < b.count; i++) {
		const uint8_t *c = b.certificates.p + i * PAPER_CERTIFICATE;
		paper_device(c + PAPER_CERTIFICATE_KEY, id);
		hex_write((struct span){id, PAPER_DEVICE}, digits);
		snprintf(key, sizeof(key), "certificate/%s", digits);
		need(h->store->kind->note_put(
			     h->store, key, (struct span){c, PAPER_CERTIFICATE}, false) == OK);
	}
}

static void tell_time(struct fake_hub *h, const char *nonce_text, struct reply *a)
{
	uint8_t nonce[TIME_NONCE], bytes[TIME_BYTES];

	a->status = hex_read(span_of(nonce_text), nonce, TIME_NONCE) == OK ? 200 : 400;
	if (a->status != 200)
		return;
	time_write(bytes, h->w->delegation, h->w->seed, nonce, h->clock_ms);
	grow_bytes(&a->body, bytes, sizeof(bytes));
}

static void enrol(struct fake_hub *h, const struct request *r, struct reply *a)
{
	uint8_t id[8], mac[PROTOCOL_MAC];

	a->status = 403;
	protocol_enrol_id(h->code, id);
	if (r->body.n != PROTOCOL_ENROL || memcmp(r->body.p, id, sizeof(id)) != 0)
		return;
	protocol_enrol_mac(h->code, r->body.p + 8, mac);
	if (memcmp(mac, r->body.p + 8 + SEAL_PUBLIC, sizeof(mac)) != 0)
		return;
	a->status = 200;
	memcpy(h->newcomer, r->body.p + 8, SEAL_PUBLIC);
	protocol_enrolled_mac(h->code, h->w->delegation, h->newcomer, mac);
	grow_bytes(&a->body, h->w->delegation, PAPER_DELEGATION);
	grow_bytes(&a->body, mac, sizeof(mac));
}

/* The credential of whoever came with the code. */
static void give_credential(struct fake_hub *h, const char *device, struct reply *a)
{
	uint8_t id[PAPER_DEVICE], certificate[PAPER_CERTIFICATE], credential[PAPER_CREDENTIAL];
	char digits[2 * PAPER_DEVICE + 1];
	struct certificate_source s = {.role = BOARD_KIOSK,
		.name = "newcomer",
		.until = WIRE_UNTIL,
		.delegation = h->w->delegation,
		.hub_seed = h->w->seed};

	paper_device(h->newcomer, id);
	hex_write((struct span){id, PAPER_DEVICE}, digits);
	a->status = h->confirmed && strcmp(digits, device) == 0 ? 200 : 404;
	if (a->status != 200)
		return;
	memcpy(s.key, h->newcomer, SEAL_PUBLIC);
	certificate_write(&s, certificate);
	need(credential_write(certificate, 1, h->w->peer_key, h->w->seed, credential) == OK);
	grow_bytes(&a->body, credential, sizeof(credential));
}

/* The word for the answer, as protocol.h has it, to a device whose certificate is known. */
static void vouch(struct fake_hub *h, const struct request *r, struct reply *a)
{
	struct protocol_answer said = {
		a->status, a->more, a->cursor, {a->body.p, a->status == 403 ? 0 : a->body.n}};
	uint8_t certificate[PAPER_CERTIFICATE], key[SEAL_KEY], mac[PROTOCOL_MAC];
	char note[STORE_KEY], digits[2 * PAPER_DEVICE + 1];
	size_t n;

	hex_write((struct span){r->device, PAPER_DEVICE}, digits);
	snprintf(note, sizeof(note), "certificate/%s", digits);
	if (!r->known || h->no_word ||
		store_note(h->store, note, certificate, sizeof(certificate), &n) != OK ||
		protocol_pair_key(h->w->seed, certificate + PAPER_CERTIFICATE_KEY, true, key) != OK)
		return;
	protocol_answer_mac(key, r->mac, &said, mac);
	hex_write((struct span){mac, sizeof(mac)}, a->mac);
}

static void answer(struct fake_hub *h, const struct request *r, struct reply *a)
{
	/* Nonces and cursors are of no end: those pages are counted as one. */
	bool is_time = strncmp(r->path, "/v1/time/", 9) == 0;
	bool is_poll = strncmp(r->path, "/v1/events?", 11) == 0;
	struct page *p = page_for(h, is_time ? "/v1/time/" : is_poll ? "/v1/events?" : r->path);

	p->asked++;
	if (p->status != 0) {
		a->status = p->status;
		grow_bytes(&a->body, p->body.p, p->body.n);
	} else if (h->not_there.n > 0) {
		a->status = 404;
		grow_bytes(&a->body, h->not_there.p, h->not_there.n);
	} else if (strcmp(r->path, "/v1/events") == 0) {
		keep_certificates(h, (struct span){r->body.p, r->body.n});
		if (h->refuses == 0)
			take_events(h, (struct span){r->body.p, r->body.n}, a);
		else
			a->status = h->refuses;
	} else if (strncmp(r->path, "/v1/events?after=", 17) == 0)
		give_events(h, r->path + 17, a);
	else if (strncmp(r->path, "/v1/time/", 9) == 0)
		tell_time(h, r->path + 9, a);
	else if (strcmp(r->path, "/v1/enrol") == 0)
		enrol(h, r, a);
	else if (strncmp(r->path, "/v1/board/", 10) == 0)
		give_credential(h, r->path + 10, a);
	else
		a->status = 404;
	if (strncmp(r->path, "/v1/events", 10) == 0)
		vouch(h, r, a);
}

static enum fake_lie lie_about(const struct fake_hub *h, const char *path)
{
	for (size_t i = h->lie_count; i-- > 0;)
		if (strncmp(path, h->lies[i].path, strlen(h->lies[i].path)) == 0)
			return h->lies[i].lie;
	return FAKE_HONEST;
}

static bool send_all(struct fake_hub *h, int fd, const void *p, size_t n)
{
	const char *at = p;

	while (n > 0) {
		ssize_t sent = send(fd, at, n, MSG_NOSIGNAL);
		if (sent <= 0)
			return false;
		at += sent;
		n -= (size_t)sent;
		pthread_mutex_lock(&h->lock);
		h->sent += (uint64_t)sent;
		pthread_mutex_unlock(&h->lock);
	}
	return true;
}

/* Wait, unless the hub is stopped meanwhile. */
static bool pause_ms(struct fake_hub *h, int ms)
{
	struct pollfd quit = {.fd = h->quit[0], .events = POLLIN};

	return poll(&quit, 1, ms) == 0;
}

static void send_reply(struct fake_hub *h, int fd, const struct reply *a, enum fake_lie lie)
{
	static const char filler[64 << 10] = "X-Filler: ";
	char head[1400];

	if (lie == FAKE_SILENT)
		return;
	int n = snprintf(head, sizeof(head),
		"HTTP/1.1 %u Fake\r\nConnection: close\r\nFoyer-More: %d\r\n", a->status, a->more);
	if (a->cursor[0])
		n += snprintf(
			head + n, sizeof(head) - (size_t)n, "Foyer-Cursor: %s\r\n", a->cursor);
	if (a->mac[0])
		n += snprintf(head + n, sizeof(head) - (size_t)n, "Foyer-Mac: %s\r\n", a->mac);
	if (lie != FAKE_ENDLESS)
		n += snprintf(
			head + n, sizeof(head) - (size_t)n, "Content-Length: %zu\r\n", a->body.n);
	if (!send_all(h, fd, head, (size_t)n))
		return;
	for (size_t i = 0; lie == FAKE_HEADERS && i < ENDLESS / 1024; i++)
		if (!send_all(h, fd, "X-Filler: 0123456789012345678901234567890123456789\r\n", 52))
			return;
	if (!send_all(h, fd, "\r\n", 2))
		return;
	if (lie == FAKE_DRIP) {
		for (size_t i = 0; i < a->body.n && pause_ms(h, 1000); i++)
			if (!send_all(h, fd, a->body.p + i, 1))
				return;
		return;
	}
	if (!send_all(h, fd, a->body.p, lie == FAKE_CUT ? a->body.n / 2 : a->body.n))
		return;
	for (size_t i = 0; lie == FAKE_ENDLESS && i < ENDLESS / sizeof(filler); i++)
		if (!send_all(h, fd, filler, sizeof(filler)))
			return;
}

static void serve(struct fake_hub *h, int fd)
{
	struct request r = {0};
	struct reply a = {0};

	if (read_request(fd, &r)) {
		pthread_mutex_lock(&h->lock);
		answer(h, &r, &a);
		enum fake_lie lie = lie_about(h, r.path);
		pthread_mutex_unlock(&h->lock);
		send_reply(h, fd, &a, lie);
	}
	grow_free(&r.body);
	grow_free(&a.body);
}

static void *run(void *arg)
{
	struct fake_hub *h = arg;

	for (;;) {
		struct pollfd fds[] = {{.fd = h->listener, .events = POLLIN},
			{.fd = h->quit[0], .events = POLLIN}};
		if (poll(fds, 2, -1) <= 0)
			continue;
		if (fds[1].revents)
			return NULL;
		int fd = accept(h->listener, NULL, NULL);
		if (fd < 0)
			continue;
		serve(h, fd);
		close(fd);
	}
}

struct fake_hub *fake_hub_start(const struct wire_hub *w, const char *store)
{
	struct sockaddr_in at = {
		.sin_family = AF_INET, .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
	socklen_t n = sizeof(at);
	struct fake_hub *h = calloc(1, sizeof(*h));

	need(h != NULL);
	h->w = w;
	h->clock_ms = WIRE_NOW * 1000;
	need(store_sqlite.open(
		     &h->store, &(struct store_options){.where = store, .relaxed = true}) == OK);
	h->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	need(h->listener >= 0 && bind(h->listener, (struct sockaddr *)&at, sizeof(at)) == 0);
	need(listen(h->listener, 16) == 0 && pipe(h->quit) == 0);
	need(getsockname(h->listener, (struct sockaddr *)&at, &n) == 0);
	snprintf(h->address, sizeof(h->address), "http://127.0.0.1:%u", ntohs(at.sin_port));
	pthread_mutex_init(&h->lock, NULL);
	need(pthread_create(&h->thread, NULL, run, h) == 0);
	return h;
}

void fake_hub_stop(struct fake_hub *h)
{
	need(write(h->quit[1], "", 1) == 1);
	pthread_join(h->thread, NULL);
	close(h->listener);
	close(h->quit[0]);
	close(h->quit[1]);
	store_close(h->store);
	grow_free(&h->not_there);
	for (size_t i = 0; i < h->count; i++)
		grow_free(&h->pages[i].body);
	pthread_mutex_destroy(&h->lock);
	free(h);
}

const char *fake_hub_address(const struct fake_hub *h)
{
	return h->address;
}

void fake_hub_page(struct fake_hub *h, const char *path, unsigned status, struct span body)
{
	pthread_mutex_lock(&h->lock);
	struct page *p = page_for(h, path);
	p->status = status;
	grow_free(&p->body);
	grow_bytes(&p->body, body.p, body.n);
	pthread_mutex_unlock(&h->lock);
}

void fake_hub_lie(struct fake_hub *h, const char *path, enum fake_lie lie)
{
	pthread_mutex_lock(&h->lock);
	need(h->lie_count < LIES && strlen(path) < PATH_LONG);
	strcpy(h->lies[h->lie_count].path, path);
	h->lies[h->lie_count++].lie = lie;
	pthread_mutex_unlock(&h->lock);
}

void fake_hub_mirror(struct fake_hub *h, struct span not_there)
{
	pthread_mutex_lock(&h->lock);
	grow_free(&h->not_there);
	grow_bytes(&h->not_there, not_there.p, not_there.n);
	pthread_mutex_unlock(&h->lock);
}

void fake_hub_becomes(struct fake_hub *h, const struct wire_hub *w)
{
	pthread_mutex_lock(&h->lock);
	h->w = w;
	pthread_mutex_unlock(&h->lock);
}

void fake_hub_clock(struct fake_hub *h, int64_t ms)
{
	pthread_mutex_lock(&h->lock);
	h->clock_ms = ms;
	pthread_mutex_unlock(&h->lock);
}

void fake_hub_refuses(struct fake_hub *h, unsigned status)
{
	pthread_mutex_lock(&h->lock);
	h->refuses = status;
	pthread_mutex_unlock(&h->lock);
}

void fake_hub_vouches(struct fake_hub *h, bool vouches)
{
	pthread_mutex_lock(&h->lock);
	h->no_word = !vouches;
	pthread_mutex_unlock(&h->lock);
}

void fake_hub_code(struct fake_hub *h, const uint8_t secret[static 16])
{
	pthread_mutex_lock(&h->lock);
	memcpy(h->code, secret, sizeof(h->code));
	pthread_mutex_unlock(&h->lock);
}

void fake_hub_confirm(struct fake_hub *h, bool confirmed)
{
	pthread_mutex_lock(&h->lock);
	h->confirmed = confirmed;
	pthread_mutex_unlock(&h->lock);
}

void fake_hub_newcomer(struct fake_hub *h, uint8_t key[static SEAL_PUBLIC])
{
	pthread_mutex_lock(&h->lock);
	memcpy(key, h->newcomer, SEAL_PUBLIC);
	pthread_mutex_unlock(&h->lock);
}

unsigned fake_hub_asked(struct fake_hub *h, const char *path)
{
	unsigned n = 0;

	pthread_mutex_lock(&h->lock);
	for (size_t i = 0; i < h->count; i++)
		if (strncmp(h->pages[i].path, path, strlen(path)) == 0)
			n += h->pages[i].asked;
	pthread_mutex_unlock(&h->lock);
	return n;
}

uint64_t fake_hub_sent(struct fake_hub *h)
{
	pthread_mutex_lock(&h->lock);
	uint64_t n = h->sent;
	pthread_mutex_unlock(&h->lock);
	return n;
}

void fake_hub_merge(struct fake_hub *h, struct span bundle)
{
	struct reply a = {0};

	pthread_mutex_lock(&h->lock);
	keep_certificates(h, bundle);
	take_events(h, bundle, &a);
	need(a.status == 200);
	pthread_mutex_unlock(&h->lock);
	grow_free(&a.body);
}

void fake_hub_forget(struct fake_hub *h, const char *store)
{
	pthread_mutex_lock(&h->lock);
	store_close(h->store);
	need(store_sqlite.open(
		     &h->store, &(struct store_options){.where = store, .relaxed = true}) == OK);
	pthread_mutex_unlock(&h->lock);
}

struct store_head fake_hub_head(struct fake_hub *h, const uint8_t board[static EVENT_BOARD])
{
	struct store_head head;

	pthread_mutex_lock(&h->lock);
	need(h->store->kind->head(h->store, board, &head) == OK);
	pthread_mutex_unlock(&h->lock);
	return head;
}

uint64_t fake_hub_events(struct fake_hub *h)
{
	struct store_stats s;

	pthread_mutex_lock(&h->lock);
	need(h->store->kind->stats(h->store, &s) == OK);
	pthread_mutex_unlock(&h->lock);
	return s.events;
}
