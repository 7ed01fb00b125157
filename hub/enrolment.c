/* Enrolments under way, as notes in the hub's store. */
#include "enrolment.h"

#include "hex.h"

#include <stdio.h>
#include <string.h>

enum {
	ID = 8,
	HEAD = 4 + 8 + ENROLMENT_CODE,
	NOTE = HEAD + PAPER_NAME,
	FORGET_S = 86400, /* a board may ask again so long after the last moment */
};

static void note_key(const char *kind, const uint8_t id[static ID], char out[static STORE_KEY + 1])
{
	int n = snprintf(out, STORE_KEY + 1, "%s/", kind);

	hex_write((struct span){id, ID}, out + n);
}

static enum err read_note(struct enrolment *out, struct span note)
{
	struct cursor c = cursor_at(note);

	*out = (struct enrolment){.state = cursor_u8(&c)};
	out->role = cursor_u8(&c);
	out->unattended = cursor_u8(&c) != 0;
	out->wrong = cursor_u8(&c);
	out->until = (int64_t)cursor_u64(&c);
	struct span code = cursor_bytes(&c, ENROLMENT_CODE);
	if (c.bad)
		return ERR_FORMAT;
	memcpy(out->code, code.p, ENROLMENT_CODE);
	return span_copy_text(c.rest, out->name, sizeof(out->name)) ? ERR_FORMAT : OK;
}

static enum err put(struct store *s, const struct enrolment *e)
{
	uint8_t note[NOTE], id[ID];
	char key[STORE_KEY + 1];
	struct sink k = sink_on(note, sizeof(note));

	sink_u8(&k, (uint8_t)e->state);
	sink_u8(&k, (uint8_t)e->role);
	sink_u8(&k, e->unattended);
	sink_u8(&k, e->wrong);
	sink_u64(&k, (uint64_t)e->until);
	sink_bytes(&k, e->code, ENROLMENT_CODE);
	sink_bytes(&k, e->name, strlen(e->name));
	protocol_enrol_id(e->code, id);
	note_key("enrol", id, key);
	enum err err = s->kind->note_put(s, key, (struct span){note, k.n}, false);
	seal_wipe(note, sizeof(note));
	return err;
}

/* Who committed, if somebody did. */
static enum err get_commit(struct store *s, struct enrolment *e)
{
	uint8_t id[ID];
	char key[STORE_KEY + 1];
	size_t n;

	protocol_enrol_id(e->code, id);
	note_key("commit", id, key);
	enum err err = store_note(s, key, e->key, sizeof(e->key), &n);
	e->committed = err == OK && n == sizeof(e->key);
	return err == ERR_ABSENT ? OK : err;
}

static void load_one(void *arg, const char *key, struct span value)
{
	struct grow *out = arg;
	struct enrolment e;

	if (read_note(&e, value) == OK)
		grow_bytes(out, &e, sizeof(e));
	else
		log_line(LOG_FAULT, "hub/enrolment", "note %.6s… is damaged", key);
}

static enum err load_all(struct store *s, struct grow *out)
{
	enum err err = s->kind->note_each(s, "enrol/", load_one, out);

	return err == OK && out->failed ? ERR_IO : err;
}

enum err enrolment_load(struct store *s, struct grow *out)
{
	struct grow all = {0};

	enum err err = load_all(s, &all);
	for (size_t i = 0; err == OK && i < GROW_COUNT(&all, struct enrolment); i++) {
		struct enrolment *e = &GROW_ARRAY(&all, struct enrolment)[i];
		if (e->state != ENROLMENT_WAITING)
			continue;
		err = get_commit(s, e);
		grow_bytes(out, e, sizeof(*e));
	}
	if (all.p)
		seal_wipe(all.p, all.n);
	grow_free(&all);
	return err == OK && out->failed ? ERR_IO : err;
}

enum err enrolment_find(struct store *s, const char *name, struct enrolment *out)
{
	struct grow all = {0};

	enum err err = enrolment_load(s, &all);
	const struct enrolment *found = NULL;
	for (size_t i = 0; err == OK && i < GROW_COUNT(&all, struct enrolment); i++) {
		const struct enrolment *e = &GROW_ARRAY(&all, const struct enrolment)[i];
		if (strcmp(e->name, name) == 0)
			found = e;
	}
	if (found)
		*out = *found;
	if (all.p)
		seal_wipe(all.p, all.n);
	grow_free(&all);
	return err == OK && !found ? ERR_ABSENT : err;
}

enum err enrolment_keep_text(struct store *s, const struct enrolment *e, const char *text)
{
	char key[STORE_KEY + 1];
	uint8_t id[ID];

	protocol_enrol_id(e->code, id);
	note_key("shown", id, key);
	return s->kind->note_put(s, key, span_of(text), false);
}

enum err enrolment_text(struct store *s, const struct enrolment *e, char out[static CODE_TEXT])
{
	char key[STORE_KEY + 1];
	uint8_t id[ID];
	size_t n;

	protocol_enrol_id(e->code, id);
	note_key("shown", id, key);
	enum err err = store_note(s, key, (uint8_t *)out, CODE_TEXT - 1, &n);
	out[n] = '\0';
	return err == ERR_FULL ? ERR_FORMAT : err;
}

/* The enrolment last: without it the others would stay for ever. */
static enum err forget(struct store *s, const struct enrolment *e)
{
	static const char *const kinds[] = {"commit", "shown", "enrol"};
	char key[STORE_KEY + 1];
	uint8_t id[ID];
	enum err err = OK;

	protocol_enrol_id(e->code, id);
	for (size_t i = 0; i < COUNT(kinds) && !err; i++) {
		note_key(kinds[i], id, key);
		err = s->kind->note_put(s, key, (struct span){NULL, 0}, false);
	}
	return err;
}

/* One board, one code: the last one made counts. */
static enum err clear_way(struct store *s, const char *name, int64_t now)
{
	struct grow all = {0};

	enum err err = load_all(s, &all);
	for (size_t i = 0; err == OK && i < GROW_COUNT(&all, struct enrolment); i++) {
		struct enrolment *e = &GROW_ARRAY(&all, struct enrolment)[i];
		if (e->until < now - FORGET_S) {
			err = forget(s, e);
		} else if (e->state == ENROLMENT_WAITING && strcmp(e->name, name) == 0) {
			e->state = ENROLMENT_DEAD;
			err = put(s, e);
		}
	}
	if (all.p)
		seal_wipe(all.p, all.n);
	grow_free(&all);
	return err;
}

enum err enrolment_begin(struct store *s, const struct keys *k, struct enrolment *e, int64_t now)
{
	struct grow boards = {0};

	enum err err = boards_load(s, k->root, &boards);
	const struct board *taken = err == OK ? boards_find(&boards, e->name) : NULL;
	if (taken && taken->state != BOARD_REVOKED)
		err = ERR_BUSY;
	grow_free(&boards);
	if (err == OK)
		err = clear_way(s, e->name, now);
	if (err)
		return err;
	e->state = ENROLMENT_WAITING;
	e->wrong = 0;
	e->committed = false;
	seal_random(e->code, ENROLMENT_CODE);
	return put(s, e);
}

static enum err enrol(struct store *s, const struct keys *k, struct enrolment *e, int64_t now)
{
	struct board_order order = {.name = e->name, .role = e->role, .now = now};

	memcpy(order.key, e->key, SEAL_PUBLIC);
	enum err err = boards_enrol(s, k, &order);
	if (err)
		return err;
	e->state = ENROLMENT_CONFIRMED;
	return put(s, e);
}

/* Write the key where nobody wrote one; the same device may say it twice. */
static enum err commit_key(struct store *s, const uint8_t id[static ID], struct enrolment *e,
	const uint8_t device_key[static SEAL_PUBLIC])
{
	char key[STORE_KEY + 1];

	note_key("commit", id, key);
	enum err err = s->kind->note_put(s, key, (struct span){device_key, SEAL_PUBLIC}, true);
	if (err && err != ERR_BUSY)
		return err;
	err = get_commit(s, e);
	if (err)
		return err;
	return e->committed && memcmp(e->key, device_key, SEAL_PUBLIC) == 0 ? OK : ERR_DENIED;
}

enum err enrolment_commit(struct store *s, const struct keys *k, struct span body, int64_t now,
	uint8_t answer[static PROTOCOL_ENROLLED])
{
	struct cursor c = cursor_at(body);
	struct span id = cursor_bytes(&c, ID), device_key = cursor_bytes(&c, SEAL_PUBLIC);
	struct span mac = cursor_bytes(&c, PROTOCOL_MAC);
	uint8_t note[NOTE], expected[PROTOCOL_MAC], device[PAPER_DEVICE];
	char key[STORE_KEY + 1];
	struct enrolment e;
	size_t n;

	if (c.bad || c.rest.n)
		return ERR_FORMAT;
	note_key("enrol", id.p, key);
	enum err err = store_note(s, key, note, sizeof(note), &n);
	if (err == OK)
		err = read_note(&e, (struct span){note, n});
	seal_wipe(note, sizeof(note));
	if (err)
		return err == ERR_ABSENT ? ERR_DENIED : err;
	protocol_enrol_mac(e.code, device_key.p, expected);
	if (!seal_equal(expected, mac.p, PROTOCOL_MAC) || e.state == ENROLMENT_DEAD ||
		e.until < now)
		return ERR_DENIED;
	err = commit_key(s, id.p, &e, device_key.p);
	if (err == OK && e.unattended && e.state == ENROLMENT_WAITING)
		err = enrol(s, k, &e, now);
	if (err)
		return err == ERR_BUSY || err == ERR_FORGED ? ERR_DENIED : err;
	memcpy(answer, k->delegation, PAPER_DELEGATION);
	protocol_enrolled_mac(e.code, k->delegation, device_key.p, answer + PAPER_DELEGATION);
	seal_wipe(e.code, sizeof(e.code));
	paper_device(device_key.p, device);
	hex_write((struct span){device, PAPER_DEVICE}, key);
	log_line(LOG_NOTE, "hub/enrolment", "device %s committed to a code", key);
	return OK;
}

void enrolment_words(const struct enrolment *e, const struct keys *k, char out[static 20])
{
	uint8_t hub[SEAL_PUBLIC];

	seal_keypair(k->hub_seed, hub);
	protocol_enrol_words(e->code, e->key, hub, out);
}

/* People type capitals and more than one space. */
static bool same_words(const char *typed, const char *right)
{
	for (; *typed == ' '; typed++)
		;
	for (; *right; right++, typed++) {
		if (*right == ' ' && *typed == ' ')
			while (typed[1] == ' ')
				typed++;
		char c = *typed;
		if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != *right)
			return false;
	}
	for (; *typed == ' '; typed++)
		;
	return *typed == '\0';
}

enum err enrolment_confirm(
	struct store *s, const struct keys *k, struct enrolment *e, const char *words, int64_t now)
{
	char right[20];

	enrolment_words(e, k, right);
	if (same_words(words, right))
		return enrol(s, k, e, now);
	e->wrong++;
	if (e->wrong >= ENROLMENT_TRIES)
		e->state = ENROLMENT_DEAD;
	enum err err = put(s, e);
	if (err)
		return err;
	return e->state == ENROLMENT_DEAD ? ERR_EXPIRED : ERR_DENIED;
}
