/* Who is believed, and what becomes of what they say. */
#include "agent_judge.h"

#include "hex.h"

#include <stdio.h>
#include <string.h>

enum { NOTE_DEVICES = STORE_NOTE / PAPER_DEVICE };

static const char *const revoked_notes[] = {"revoked", "revoked.1"};
_Static_assert(COUNT(revoked_notes) * NOTE_DEVICES >= MANIFEST_REVOKED, "all find room");

static void certificate_note(const uint8_t device[static PAPER_DEVICE], char out[static STORE_KEY])
{
	char digits[2 * PAPER_DEVICE + 1];

	hex_write((struct span){device, PAPER_DEVICE}, digits);
	snprintf(out, STORE_KEY, "certificate/%s", digits);
}

static enum err read_revoked(struct judge *j)
{
	for (size_t i = 0; i < COUNT(revoked_notes); i++) {
		size_t n = 0, room = sizeof(j->revoked) - j->revoked_count * PAPER_DEVICE;
		enum err e = store_note(
			j->store, revoked_notes[i], j->revoked[j->revoked_count], room, &n);
		if (e == ERR_ABSENT)
			return OK;
		if (e)
			return e;
		j->revoked_count += n / PAPER_DEVICE;
	}
	return OK;
}

void judge_trust(struct judge *j, const struct trust *trust)
{
	if (j->trusts && trust->known && j->min_epoch == trust->epoch &&
		memcmp(j->root, trust->root, SEAL_PUBLIC) == 0)
		return;
	j->trusts = trust->known;
	memcpy(j->root, trust->root, SEAL_PUBLIC);
	j->min_epoch = trust->epoch;
	j->known_count = j->known_next = 0;
}

enum err judge_init(struct judge *j, struct store *store, const struct trust *trust)
{
	memset(j, 0, sizeof(*j));
	j->store = store;
	judge_trust(j, trust);
	return read_revoked(j);
}

static enum err write_revoked(struct judge *j)
{
	size_t n = j->revoked_count;
	enum err e = OK;

	for (size_t i = 0; i < COUNT(revoked_notes) && !e; i++) {
		size_t from = i * NOTE_DEVICES < n ? i * NOTE_DEVICES : n;
		size_t many = n - from < NOTE_DEVICES ? n - from : NOTE_DEVICES;
		e = j->store->kind->note_put(j->store, revoked_notes[i],
			(struct span){j->revoked[from < MANIFEST_REVOKED ? from : 0],
				many * PAPER_DEVICE},
			false);
	}
	j->unwritten = e != OK;
	return e;
}

enum err judge_revoke(struct judge *j, struct span devices, bool *changed)
{
	size_t n = devices.n / PAPER_DEVICE < MANIFEST_REVOKED ? devices.n / PAPER_DEVICE
							       : MANIFEST_REVOKED;

	*changed = n != j->revoked_count ||
		   (n > 0 && memcmp(j->revoked, devices.p, n * PAPER_DEVICE) != 0);
	if (!*changed && !j->unwritten)
		return OK;
	j->revoked_count = n;
	if (n > 0)
		memmove(j->revoked, devices.p, n * PAPER_DEVICE);
	return write_revoked(j);
}

enum err judge_use(struct judge *j, struct store *store)
{
	j->store = store;
	j->known_count = j->known_next = 0;
	return write_revoked(j);
}

bool judge_refuses(const struct judge *j, const uint8_t device[static PAPER_DEVICE])
{
	for (size_t i = 0; i < j->revoked_count; i++)
		if (memcmp(j->revoked[i], device, PAPER_DEVICE) == 0)
			return true;
	return false;
}

enum err judge_certificate(struct judge *j, const uint8_t device[static PAPER_DEVICE],
	uint8_t out[static PAPER_CERTIFICATE])
{
	char key[STORE_KEY];
	size_t n;

	certificate_note(device, key);
	enum err e = store_note(j->store, key, out, PAPER_CERTIFICATE, &n);
	if (e == ERR_FULL || (!e && n != PAPER_CERTIFICATE))
		return ERR_ABSENT;
	return e;
}

static const struct judge_known *find_known(
	const struct judge *j, const uint8_t device[static PAPER_DEVICE])
{
	for (size_t i = 0; i < j->known_count; i++)
		if (memcmp(j->known[i].device, device, PAPER_DEVICE) == 0)
			return &j->known[i];
	return NULL;
}

/* Write the certificate down, unless that is done already. */
static enum err keep_certificate(
	struct judge *j, const uint8_t device[static PAPER_DEVICE], struct span certificate)
{
	uint8_t there[PAPER_CERTIFICATE];
	char key[STORE_KEY];

	enum err e = store_failure(judge_certificate(j, device, there));
	if (e && e != ERR_ABSENT)
		return e;
	if (!e && memcmp(there, certificate.p, PAPER_CERTIFICATE) == 0)
		return OK;
	certificate_note(device, key);
	return store_failure(j->store->kind->note_put(j->store, key, certificate, false));
}

/* The key of the device that signed a run, if the bundle's certificate of it is believed. Its last
 * day is the hub's business: a board's clock may be wrong, and what was said before it stays said.
 * returns: OK, ERR_ABSENT (none in the bundle), as certificate_open, as the store */
static enum err find_key(struct judge *j, const struct bundle *b,
	const uint8_t device[static PAPER_DEVICE], const uint8_t **key)
{
	struct certificate c;
	struct span bytes;

	enum err e = bundle_certificate(b, device, &bytes);
	if (e)
		return e;
	const struct judge_known *known = find_known(j, device);
	if (known && memcmp(known->certificate, bytes.p, PAPER_CERTIFICATE) == 0) {
		*key = known->key;
		return OK;
	}
	e = certificate_open(&c, bytes, j->root, j->min_epoch, 0);
	if (!e)
		e = keep_certificate(j, device, bytes);
	if (e)
		return e;
	struct judge_known *place = known ? &j->known[known - j->known] : &j->known[j->known_next];
	if (!known) {
		j->known_next = (j->known_next + 1) % JUDGE_KNOWN;
		if (j->known_count < JUDGE_KNOWN)
			j->known_count++;
	}
	memcpy(place->device, device, PAPER_DEVICE);
	memcpy(place->key, c.key, SEAL_PUBLIC);
	memcpy(place->certificate, bytes.p, PAPER_CERTIFICATE);
	*key = place->key;
	return OK;
}

static bool is_world(enum err e)
{
	return e == ERR_IO || e == ERR_FULL || e == ERR_BUSY || e == ERR_BUG;
}

/* returns: OK, the reason to refuse it, or the store's error (is_world) */
static enum err believe(struct judge *j, const struct bundle *b, const struct run *r)
{
	const uint8_t *key;

	if (judge_refuses(j, r->device))
		return ERR_DENIED;
	enum err e = find_key(j, b, r->device, &key);
	return e ? e : run_verify(r, key);
}

static void say_refused(const struct run *r, enum err why)
{
	char device[2 * PAPER_DEVICE + 1];

	hex_write((struct span){r->device, PAPER_DEVICE}, device);
	log_line(LOG_WARN, "firmware/judge", "events refused device=%s why=\"%s\"", device,
		why == ERR_DENIED ? "the device is revoked" : err_text(why));
}

static void say_too_many(const struct run *r)
{
	char device[2 * PAPER_DEVICE + 1];

	hex_write((struct span){r->device, PAPER_DEVICE}, device);
	log_line(LOG_FAULT, "firmware/judge",
		"ALARM: a device has more than %d boards; the new one is refused device=%s",
		STORE_BOARDS, device);
}

/* All runs are read before any is believed: a bundle that is torn is not taken in part. */
static enum err read_runs(
	struct judge *j, const struct bundle *b, struct grow *items, struct judgement *out)
{
	struct cursor c = b->runs;

	for (;;) {
		struct run r;
		enum err e = run_read(&c, &r);
		if (e == ERR_ABSENT)
			return OK;
		if (e)
			return e;
		out->runs++;
		e = believe(j, b, &r);
		if (is_world(e))
			return e;
		if (e) {
			out->refused++;
			say_refused(&r, e);
			continue;
		}
		struct store_item *item = GROW_ONE(items, struct store_item);
		if (!item)
			return ERR_IO;
		item->run = r;
	}
}

/* Whoever has a certificate can tell any number of histories. */
static enum err look_for_room(struct judge *j, size_t bytes, bool *room)
{
	struct store_stats s;

	enum err e = store_failure(j->store->kind->stats(j->store, &s));
	*room = !e && s.quarantined < JUDGE_ASIDE && s.quarantined_bytes < JUDGE_ASIDE_BYTES &&
		bytes <= JUDGE_ASIDE_BYTES - s.quarantined_bytes;
	if (e || *room || j->full)
		return e;
	j->full = true;
	log_line(LOG_FAULT, "firmware/judge",
		"ALARM: the quarantine is full; no more is kept runs=%llu",
		(unsigned long long)s.quarantined);
	return OK;
}

/* Somebody has two histories of one board: a copied card, or a stolen key. */
static enum err put_aside(struct judge *j, const struct store_item *item)
{
	char board[2 * EVENT_BOARD + 1];
	bool room;

	hex_write((struct span){item->run.board, EVENT_BOARD}, board);
	log_line(LOG_FAULT, "firmware/judge",
		"ALARM: two histories of one board; the later one is put aside board=%s epoch=%u",
		board, item->run.first.epoch);
	enum err e = look_for_room(j, item->run.bytes.n, &room);
	if (e || !room)
		return e;
	return store_failure(j->store->kind->quarantine(
		j->store, item->run.device, "another history", item->run.bytes));
}

static enum err merge(struct judge *j, struct grow *items, struct judgement *out)
{
	struct store_item *all = GROW_ARRAY(items, struct store_item);
	size_t n = GROW_COUNT(items, struct store_item);

	if (n == 0)
		return OK;
	enum err e = store_failure(j->store->kind->merge(j->store, all, n));
	if (e)
		return e;
	for (size_t i = 0; i < n; i++) {
		out->added += all[i].added;
		out->missing = out->missing || all[i].result == ERR_ABSENT;
		out->forks += all[i].result == ERR_FORGED;
		if (all[i].result == ERR_FULL) {
			out->refused++;
			say_too_many(&all[i].run);
		}
	}
	for (size_t i = 0; i < n && !e; i++)
		if (all[i].result == ERR_FORGED)
			e = put_aside(j, &all[i]);
	return e;
}

enum err judge_bundle(struct judge *j, struct span bytes, struct judgement *out)
{
	struct grow items = {0};
	struct bundle b;

	memset(out, 0, sizeof(*out));
	if (!j->trusts)
		return ERR_DENIED;
	enum err e = bundle_open(&b, bytes);
	if (!e)
		e = read_runs(j, &b, &items, out);
	if (!e)
		e = merge(j, &items, out);
	grow_free(&items);
	return e;
}
