/* A board's folder, read and written. */
#include "agent_board.h"

#include "agent_http.h"
#include "file.h"
#include "hex.h"
#include "trust.h"

#include <stdio.h>
#include <string.h>

static const char where[] = "firmware/board";

void board_path(const struct board *b, const char *name, char out[static PATH_MAX])
{
	snprintf(out, PATH_MAX, "%s/%s", b->folder, name);
}

static void say_unread(const char *name, enum err e)
{
	log_line(LOG_WARN, where, "cannot use file=%s why=\"%s\"", name, err_text(e));
}

void board_read_trust(struct board *b)
{
	char path[PATH_MAX];
	struct trust t;

	board_path(b, "trust", path);
	enum err e = trust_read(&t, path);
	if (!e)
		b->trust = t;
	else if (e != ERR_ABSENT)
		say_unread("trust", e);
}

/* A cut between a new roster and its trust: the roster is believed, so trust goes up to it. */
static void raise_trust(struct board *b, const struct roster *r)
{
	struct trust t = roster_trust(r);
	char path[PATH_MAX];

	if (!b->trust.known || (t.epoch == b->trust.epoch && t.sequence == b->trust.sequence))
		return;
	b->trust = t;
	board_path(b, "trust", path);
	enum err e = trust_write(&t, path);
	if (e)
		log_line(LOG_WARN, where, "cannot write file=trust why=\"%s\"", err_text(e));
}

void board_read_roster(struct board *b)
{
	char path[PATH_MAX];
	struct file_bytes f;
	struct roster r;

	b->has_roster = false;
	board_path(b, "roster.foyer", path);
	enum err e = file_read(&f, path, ROSTER_MAX);
	if (e) {
		if (e != ERR_ABSENT)
			say_unread("roster.foyer", e);
		return;
	}
	e = roster_open(&r, f.bytes, &b->trust, 0);
	if (!e) {
		b->has_roster = true;
		b->roster_epoch = r.epoch;
		b->roster_sequence = r.sequence;
		memcpy(b->roster_hub, r.hub, SEAL_PUBLIC);
		seal_hash((struct span){0}, f.bytes, b->roster_hash, MANIFEST_HASH);
		raise_trust(b, &r);
	} else
		say_unread("roster.foyer", e);
	file_free(&f);
}

void board_add_hub(struct board *b, const char *address)
{
	if (b->hub_count == BOARD_HUBS || !http_address_is_fit(address))
		return;
	char *to = b->hubs[b->hub_count];
	snprintf(to, CODE_ADDRESS + 1, "%s", address);
	for (size_t n = strlen(to); n > 0 && to[n - 1] == '/'; n--)
		to[n - 1] = '\0';
	for (unsigned i = 0; i < b->hub_count; i++)
		if (strcmp(b->hubs[i], to) == 0)
			return;
	b->hub_count++;
}

void board_read_hubs(struct board *b)
{
	char path[PATH_MAX], line[CODE_ADDRESS + 1];
	struct file_bytes f;

	board_path(b, "hubs", path);
	enum err e = file_read(&f, path, BOARD_HUBS * (CODE_ADDRESS + 1));
	if (e) {
		if (e != ERR_ABSENT)
			say_unread("hubs", e);
		return;
	}
	for (struct span rest = f.bytes; rest.n > 0;) {
		const uint8_t *end = memchr(rest.p, '\n', rest.n);
		size_t n = end ? (size_t)(end - rest.p) : rest.n;
		if (span_copy_text(span_cut(rest, 0, n), line, sizeof(line)) == OK)
			board_add_hub(b, line);
		size_t skip = end ? n + 1 : n;
		rest = (struct span){rest.p + skip, rest.n - skip};
	}
	file_free(&f);
}

enum err board_write_hubs(const struct board *b)
{
	uint8_t text[BOARD_HUBS * (CODE_ADDRESS + 1)];
	struct sink k = sink_on(text, sizeof(text));
	char path[PATH_MAX];

	for (unsigned i = 0; i < b->hub_count; i++) {
		sink_bytes(&k, b->hubs[i], strlen(b->hubs[i]));
		sink_u8(&k, '\n');
	}
	board_path(b, "hubs", path);
	return file_write(path, (struct span){text, k.n}, 0600);
}

static void know_key(struct board *b)
{
	seal_keypair(b->seed, b->key);
	paper_device(b->key, b->device);
	b->has_key = true;
}

/* returns: OK, ERR_ABSENT, ERR_FORMAT, as file_read */
static enum err read_key(struct board *b)
{
	char path[PATH_MAX];
	struct file_bytes f;

	board_path(b, "key", path);
	enum err e = file_read(&f, path, 2 * SEAL_SEED + 1);
	if (e)
		return e == ERR_FULL ? ERR_FORMAT : e;
	struct span digits = f.bytes;
	if (digits.n > 0 && digits.p[digits.n - 1] == '\n')
		digits.n--;
	e = hex_read(digits, b->seed, SEAL_SEED);
	file_free(&f);
	if (!e)
		know_key(b);
	return e;
}

enum err board_make_key(struct board *b)
{
	char path[PATH_MAX], text[2 * SEAL_SEED + 2];

	if (b->has_key)
		return OK;
	enum err e = read_key(b);
	if (e != ERR_ABSENT)
		return e;
	seal_random(b->seed, SEAL_SEED);
	hex_write((struct span){b->seed, SEAL_SEED}, text);
	text[2 * SEAL_SEED] = '\n';
	board_path(b, "key", path);
	e = file_write(path, (struct span){(const uint8_t *)text, 2 * SEAL_SEED + 1}, 0600);
	seal_wipe(text, sizeof(text));
	if (!e)
		know_key(b);
	return e;
}

/* The last day and the epoch are the hub's business: an old credential is still ours, and the hub says
 * when it has a newer one. */
static enum err open_credential(const struct board *b, struct span bytes, struct credential *out)
{
	enum err e = credential_open(out, bytes, b->trust.root, 0, b->seed);

	if (!e && memcmp(out->certificate.key, b->key, SEAL_PUBLIC) != 0)
		return ERR_DENIED;
	return e;
}

static enum err read_credential(struct board *b)
{
	char path[PATH_MAX];
	struct file_bytes f;

	board_path(b, "credential", path);
	enum err e = file_read(&f, path, PAPER_CREDENTIAL);
	if (e)
		return e;
	e = b->has_key && b->trust.known ? open_credential(b, f.bytes, &b->credential) : ERR_DENIED;
	file_free(&f);
	b->enrolled = e == OK;
	return e;
}

static bool same_credential(const struct credential *a, const struct credential *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0 &&
	       a->peer_epoch == b->peer_epoch && seal_equal(a->peer_key, b->peer_key, SEAL_KEY);
}

enum err board_take_credential(struct board *b, struct span bytes, bool *changed)
{
	char path[PATH_MAX];
	struct credential c;

	*changed = false;
	enum err e = open_credential(b, bytes, &c);
	if (e)
		return e;
	/* An older one played again would bring back a peer key that was taken from a thief. */
	if (b->enrolled && (c.certificate.by.epoch < b->credential.certificate.by.epoch ||
				   c.peer_epoch < b->credential.peer_epoch))
		return ERR_OLDER;
	if (b->enrolled && same_credential(&c, &b->credential))
		return OK;
	board_path(b, "credential", path);
	e = file_write(path, bytes, 0600);
	if (e)
		return e;
	b->credential = c;
	b->enrolled = *changed = true;
	return OK;
}

enum err board_open(struct board *out, const char *folder)
{
	memset(out, 0, sizeof(*out));
	if (strlen(folder) >= sizeof(out->folder))
		return ERR_FULL;
	enum err e = file_make_folder(folder);
	if (e)
		return e;
	memcpy(out->folder, folder, strlen(folder) + 1);
	board_read_trust(out);
	e = read_key(out);
	if (e && e != ERR_ABSENT)
		say_unread("key", e);
	e = read_credential(out);
	if (e == ERR_FOREIGN)
		return e;
	if (e && e != ERR_ABSENT)
		say_unread("credential", e);
	board_read_roster(out);
	return OK;
}

void board_close(struct board *b)
{
	seal_wipe(b->seed, sizeof(b->seed));
	seal_wipe(&b->credential, sizeof(b->credential));
	b->has_key = b->enrolled = false;
}
