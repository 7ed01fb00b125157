/* The boards of an event, as notes in the hub's store. */
#include "boards.h"

#include "hex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	NOTE = 1 + 8 + PAPER_CREDENTIAL,
	CERTIFICATE_NAME = 60, /* where the name stands in it (paper.h) */
};

const char *board_state_name(enum board_state s)
{
	if (s == BOARD_REVOKED)
		return "revoked";
	return s == BOARD_BROKEN ? "broken" : "enrolled";
}

/* KIND/DEVICE */
static void note_key(
	const char *kind, const uint8_t device[static PAPER_DEVICE], char out[static STORE_KEY + 1])
{
	int n = snprintf(out, STORE_KEY + 1, "%s/", kind);

	hex_write((struct span){device, PAPER_DEVICE}, out + n);
}

/* A board that is not believed any more. The later of two in a list outweighs. */
struct mark {
	uint8_t device[PAPER_DEVICE];
	enum board_state state;
	int64_t since;
};
static const enum board_state marked[] = {BOARD_BROKEN, BOARD_REVOKED};

struct marking {
	struct grow *out;
	enum board_state state;
};

static void load_mark(void *arg, const char *key, struct span value)
{
	const struct marking *l = arg;
	struct mark m = {.state = l->state};
	const char *digits = strchr(key, '/') + 1;

	if (value.n == 8 && hex_read(span_of(digits), m.device, PAPER_DEVICE) == OK) {
		m.since = (int64_t)load_u64(value.p);
		grow_bytes(l->out, &m, sizeof(m));
	} else
		log_line(LOG_FAULT, "hub/boards", "note %s is damaged", key);
}

static enum err load_marks(struct store *s, struct grow *out)
{
	enum err e = OK;

	for (size_t i = 0; i < COUNT(marked) && e == OK; i++) {
		char prefix[16];
		snprintf(prefix, sizeof(prefix), "%s/", board_state_name(marked[i]));
		e = s->kind->note_each(s, prefix, load_mark, &(struct marking){out, marked[i]});
	}
	return e == OK && out->failed ? ERR_IO : e;
}

static const struct mark *find_mark(
	const struct grow *marks, const uint8_t device[static PAPER_DEVICE])
{
	const struct mark *found = NULL;

	for (size_t i = 0; i < GROW_COUNT(marks, struct mark); i++) {
		const struct mark *m = &GROW_ARRAY(marks, const struct mark)[i];
		if (memcmp(m->device, device, PAPER_DEVICE) == 0)
			found = m;
	}
	return found;
}

static void apply_mark(struct board *b, const struct mark *m)
{
	if (!m)
		return;
	b->state = m->state;
	b->since = m->since;
}

enum err board_read(struct board *out, struct span note, const uint8_t root[static SEAL_PUBLIC])
{
	struct cursor c = cursor_at(note);
	struct credential credential;
	uint8_t state = cursor_u8(&c);

	*out = (struct board){.state = (enum board_state)state, .since = (int64_t)cursor_u64(&c)};
	struct span bytes = cursor_bytes(&c, PAPER_CREDENTIAL);
	if (c.bad || state < BOARD_ENROLLED || state > BOARD_BROKEN)
		return ERR_FORMAT;
	enum err e = credential_open(&credential, bytes, root, 0, NULL);
	/* A board past its last day is still one that was heard and may be revoked. */
	if (e && e != ERR_EXPIRED)
		return e;
	memcpy(out->credential, bytes.p, PAPER_CREDENTIAL);
	out->certificate = credential.certificate;
	out->peer_epoch = credential.peer_epoch;
	return OK;
}

struct loading {
	struct grow *out;
	const uint8_t *root;
	struct grow marks;
};

static void load_one(void *arg, const char *key, struct span value)
{
	const struct loading *l = arg;
	struct board b;

	enum err e = board_read(&b, value, l->root);
	if (e)
		log_line(LOG_FAULT, "hub/boards", "note %s is not believed: %s", key, err_text(e));
	else {
		apply_mark(&b, find_mark(&l->marks, b.certificate.device));
		grow_bytes(l->out, &b, sizeof(b));
	}
}

enum err boards_load(struct store *s, const uint8_t root[static SEAL_PUBLIC], struct grow *out)
{
	struct loading l = {.out = out, .root = root};

	enum err e = load_marks(s, &l.marks);
	if (e == OK)
		e = s->kind->note_each(s, "board/", load_one, &l);
	grow_free(&l.marks);
	return e == OK && out->failed ? ERR_IO : e;
}

static int by_name(const void *a, const void *b)
{
	const struct certificate *x = &((const struct board *)a)->certificate;
	const struct certificate *y = &((const struct board *)b)->certificate;
	int order = strcmp(x->name, y->name);

	return order ? order : memcmp(x->device, y->device, PAPER_DEVICE);
}

void boards_sort(struct grow *boards)
{
	size_t n = GROW_COUNT(boards, struct board);

	if (n > 1)
		qsort(boards->p, n, sizeof(struct board), by_name);
}

enum err boards_get(struct store *s, const uint8_t device[static PAPER_DEVICE],
	const uint8_t root[static SEAL_PUBLIC], struct board *out)
{
	char key[STORE_KEY + 1];
	uint8_t note[NOTE];
	size_t n;

	note_key("board", device, key);
	enum err e = store_note(s, key, note, sizeof(note), &n);
	if (e == OK)
		e = board_read(out, (struct span){note, n}, root);
	for (size_t i = 0; i < COUNT(marked) && e == OK; i++) {
		note_key(board_state_name(marked[i]), device, key);
		e = store_note(s, key, note, sizeof(note), &n);
		if (e == OK && n == 8)
			apply_mark(out, &(struct mark){.state = marked[i],
						.since = (int64_t)load_u64(note)});
		e = e == ERR_ABSENT ? OK : e;
	}
	return e == ERR_FULL ? ERR_FORMAT : e;
}

const struct board *boards_find(const struct grow *boards, const char *name)
{
	const struct board *all = GROW_ARRAY(boards, const struct board);
	uint8_t device[PAPER_DEVICE];
	bool is_device = hex_read(span_of(name), device, PAPER_DEVICE) == OK;

	for (size_t i = 0; i < GROW_COUNT(boards, struct board); i++)
		if (all[i].state != BOARD_REVOKED && strcmp(all[i].certificate.name, name) == 0)
			return &all[i];
	for (size_t i = 0; is_device && i < GROW_COUNT(boards, struct board); i++)
		if (memcmp(all[i].certificate.device, device, PAPER_DEVICE) == 0)
			return &all[i];
	return NULL;
}

bool boards_name_fits(const char *name)
{
	size_t n = strlen(name);

	if (n == 0 || n > PAPER_NAME || name[0] == ' ' || name[n - 1] == ' ')
		return false;
	for (const char *c = name; *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			return false;
	return span_is_utf8(span_of(name));
}

enum err boards_changed(struct store *s, uint64_t *number)
{
	uint8_t bytes[8];
	size_t n;

	*number = 0;
	enum err e = store_note(s, "boards-changed", bytes, sizeof(bytes), &n);
	if (e == ERR_ABSENT)
		return OK;
	if (e || n != sizeof(bytes))
		return e ? e : ERR_FORMAT;
	*number = load_u64(bytes);
	return OK;
}

enum err boards_tell_change(struct store *s)
{
	uint64_t number;
	uint8_t bytes[8];

	enum err e = boards_changed(s, &number);
	if (e)
		return e;
	store_u64(bytes, number + 1);
	return s->kind->note_put(s, "boards-changed", (struct span){bytes, sizeof(bytes)}, false);
}

static enum err put(struct store *s, const struct board *b)
{
	char key[STORE_KEY + 1];
	uint8_t note[NOTE];
	struct sink k = sink_on(note, sizeof(note));

	note_key("board", b->certificate.device, key);
	sink_u8(&k, BOARD_ENROLLED);
	sink_u64(&k, (uint64_t)b->since);
	sink_bytes(&k, b->credential, PAPER_CREDENTIAL);
	return s->kind->note_put(s, key, (struct span){note, k.n}, false);
}

enum err boards_mark(struct store *s, const struct board *b, enum board_state state, int64_t now)
{
	char key[STORE_KEY + 1];
	uint8_t since[8];

	store_u64(since, (uint64_t)now);
	note_key(board_state_name(state), b->certificate.device, key);
	enum err e = s->kind->note_put(s, key, (struct span){since, sizeof(since)}, true);
	return e == OK || e == ERR_BUSY ? boards_tell_change(s) : e;
}

static enum err get_peer_epoch(struct store *s, uint32_t *epoch)
{
	uint8_t bytes[4];
	size_t n;

	*epoch = 1;
	enum err e = store_note(s, "peer-epoch", bytes, sizeof(bytes), &n);
	if (e == ERR_ABSENT)
		return OK;
	if (e || n != sizeof(bytes))
		return e ? e : ERR_FORMAT;
	*epoch = load_u32(bytes);
	return OK;
}

static enum err put_peer_epoch(struct store *s, uint32_t epoch)
{
	uint8_t bytes[4];

	store_u32(bytes, epoch);
	return s->kind->note_put(s, "peer-epoch", (struct span){bytes, sizeof(bytes)}, false);
}

static enum err write_credential(
	const struct keys *k, const uint8_t *certificate, uint32_t epoch, uint8_t *out)
{
	uint8_t peer_key[SEAL_KEY], copy[PAPER_CERTIFICATE];

	memcpy(copy, certificate, sizeof(copy));
	paper_peer_key(k->secret, epoch, peer_key);
	enum err e = credential_write(copy, epoch, peer_key, k->hub_seed, out);
	seal_wipe(peer_key, sizeof(peer_key));
	return e;
}

/* Names and keys are read without their signatures: what is looked for is a reason to refuse. */
struct looking {
	const struct board_order *order;
	enum err found;
	struct grow marks;
};

static void look_at(void *arg, const char *key, struct span note)
{
	struct looking *l = arg;
	struct cursor c = cursor_at(note);
	char name[PAPER_NAME + 1] = "";
	uint8_t device[PAPER_DEVICE];

	(void)key, (void)cursor_u8(&c), (void)cursor_u64(&c);
	struct span certificate = cursor_bytes(&c, PAPER_CERTIFICATE);
	if (c.bad)
		return;
	paper_device(certificate.p + PAPER_CERTIFICATE_KEY, device);
	const struct mark *m = find_mark(&l->marks, device);
	enum board_state state = m ? m->state : BOARD_ENROLLED;
	memcpy(name, certificate.p + CERTIFICATE_NAME, PAPER_NAME);
	bool same = memcmp(certificate.p + PAPER_CERTIFICATE_KEY, l->order->key, SEAL_PUBLIC) == 0;
	if (same && state != BOARD_ENROLLED)
		l->found = ERR_DENIED;
	else if (!same && state != BOARD_REVOKED && strcmp(name, l->order->name) == 0)
		l->found = ERR_BUSY;
}

static enum err refuse_name(struct store *s, const struct board_order *o)
{
	struct looking l = {.order = o};

	enum err e = load_marks(s, &l.marks);
	if (e == OK)
		e = s->kind->note_each(s, "board/", look_at, &l);
	grow_free(&l.marks);
	return e ? e : l.found;
}

enum err boards_enrol(struct store *s, const struct keys *k, const struct board_order *o)
{
	struct board b = {.state = BOARD_ENROLLED, .since = o->now};
	uint8_t certificate[PAPER_CERTIFICATE];
	struct delegation by;
	uint32_t epoch;

	enum err e = delegation_open(&by, k->delegation, k->root);
	if (e == OK)
		e = refuse_name(s, o);
	if (e == OK)
		e = get_peer_epoch(s, &epoch);
	if (e)
		return e;
	struct certificate_source source = {.role = o->role,
		.name = o->name,
		.until = by.until,
		.delegation = k->delegation,
		.hub_seed = k->hub_seed};
	memcpy(source.key, o->key, SEAL_PUBLIC);
	certificate_write(&source, certificate);
	e = write_credential(k, certificate, epoch, b.credential);
	if (e)
		return e;
	paper_device(o->key, b.certificate.device);
	e = put(s, &b);
	return e ? e : boards_tell_change(s);
}

static enum err renew_one(
	struct store *s, const struct keys *k, const uint8_t *device, uint32_t epoch)
{
	struct board b;

	/* As it is now: another organiser may have revoked it since it was listed. */
	enum err e = boards_get(s, device, k->root, &b);
	if (e || b.state == BOARD_REVOKED || b.peer_epoch >= epoch)
		return e;
	e = write_credential(k, b.credential, epoch, b.credential);
	return e ? e : put(s, &b);
}

/* Everybody but the revoked ones learns a key that those do not know. */
static enum err renew(struct store *s, const struct keys *k, uint32_t epoch)
{
	struct grow boards = {0};

	enum err e = boards_load(s, k->root, &boards);
	const struct board *all = GROW_ARRAY(&boards, const struct board);
	for (size_t i = 0; e == OK && i < GROW_COUNT(&boards, struct board); i++)
		e = renew_one(s, k, all[i].certificate.device, epoch);
	grow_free(&boards);
	return e;
}

enum err boards_revoke(struct store *s, const struct keys *k, const struct board *b, int64_t now)
{
	uint32_t epoch, newest;

	enum err e = get_peer_epoch(s, &epoch);
	/* The epoch first: if we die in between, asking again finds the board not revoked, or some
	 * board's epoch below the newest, and goes on. */
	if (e == OK && b->state != BOARD_REVOKED) {
		e = put_peer_epoch(s, ++epoch);
		if (e == OK)
			e = boards_mark(s, b, BOARD_REVOKED, now);
	}
	/* Another organiser may have raised it meanwhile: what we wrote last is then too old. */
	for (newest = epoch; e == OK; epoch = newest) {
		e = renew(s, k, epoch);
		if (e == OK)
			e = get_peer_epoch(s, &newest);
		if (newest <= epoch)
			break;
	}
	return e ? e : boards_tell_change(s);
}

static void seen_key(const uint8_t device[static PAPER_DEVICE], char out[static 8])
{
	snprintf(out, 8, "seen/%x", device[0] >> 4);
}

enum err boards_seen_put(struct store *s, const struct board_seen *seen, size_t n)
{
	uint8_t note[BOARDS_SEEN * 16];
	size_t used = 0;
	char key[8];

	if (n == 0)
		return OK;
	seen_key(seen[0].device, key);
	enum err e = store_note(s, key, note, sizeof(note), &used);
	if (e && e != ERR_ABSENT)
		return e;
	for (size_t i = 0; i < n; i++) {
		size_t at = 0;
		while (at < used && memcmp(note + at, seen[i].device, PAPER_DEVICE) != 0)
			at += 16;
		if (at > sizeof(note) - 16)
			continue; /* nothing is decided by it, so the 257th may be missing */
		int64_t known = at < used ? (int64_t)load_u64(note + at + PAPER_DEVICE) : 0;
		memcpy(note + at, seen[i].device, PAPER_DEVICE);
		store_u64(note + at + PAPER_DEVICE,
			(uint64_t)(seen[i].at_ms > known ? seen[i].at_ms : known));
		used = at < used ? used : at + 16;
	}
	return s->kind->note_put(s, key, (struct span){note, used}, false);
}

static void load_seen(void *arg, const char *key, struct span value)
{
	struct cursor c = cursor_at(value);
	struct grow *out = arg;

	(void)key;
	while (c.rest.n >= 16) {
		struct board_seen seen;
		memcpy(seen.device, cursor_bytes(&c, PAPER_DEVICE).p, PAPER_DEVICE);
		seen.at_ms = (int64_t)cursor_u64(&c);
		grow_bytes(out, &seen, sizeof(seen));
	}
}

enum err boards_seen_load(struct store *s, struct grow *out)
{
	enum err e = s->kind->note_each(s, "seen/", load_seen, out);

	return e == OK && out->failed ? ERR_IO : e;
}
