/* The event's secrets, on disk and derived. */
#include "keys.h"

#include "file.h"
#include "hex.h"
#include "paper.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH = 4096, DELEGATION_EPOCH = 1, HEX_MAX = 2 * KEYS_DELEGATION + 2 };

/* A delegation outlives the event; the roster has a last day of its own. 2100-01-01. */
static const int64_t delegation_until = 4102444800;

struct key_file {
	const char *name;
	const uint8_t *bytes;
	size_t n;
};

static bool key_path(const char *dir, const char *name, char out[static PATH])
{
	return snprintf(out, PATH, "%s/keys/%s", dir, name) < PATH;
}

static enum err refuse_key(const char *dir, const struct key_file *f)
{
	char path[PATH];
	struct stat st;

	if (!key_path(dir, f->name, path))
		return ERR_FULL;
	return stat(path, &st) == 0 ? ERR_BUSY : OK;
}

static enum err write_key(const char *dir, const struct key_file *f)
{
	char path[PATH], hex[HEX_MAX];

	if (!key_path(dir, f->name, path))
		return ERR_FULL;
	hex_write((struct span){f->bytes, f->n}, hex);
	hex[2 * f->n] = '\n';
	enum err e = file_write(path, (struct span){(const uint8_t *)hex, 2 * f->n + 1}, 0600);
	seal_wipe(hex, sizeof(hex));
	return e;
}

static void seed_from(uint64_t seed, const char *word, uint8_t out[static SEAL_SEED])
{
	uint8_t key[16] = "foyer demo seed", message[32];
	struct sink k = sink_on(message, sizeof(message));

	sink_u64(&k, seed);
	sink_bytes(&k, word, strlen(word));
	seal_hash((struct span){key, sizeof(key)}, (struct span){message, k.n}, out, SEAL_SEED);
}

enum err keys_create(const char *dir, const uint64_t *seed)
{
	uint8_t root_seed[SEAL_SEED], root[SEAL_PUBLIC], hub[SEAL_PUBLIC];
	char path[PATH];
	struct keys k;

	if (!key_path(dir, "", path))
		return ERR_FULL;
	enum err e = file_make_folder(path);
	if (e)
		return e;
	seal_random(root_seed, sizeof(root_seed));
	seal_random(k.hub_seed, sizeof(k.hub_seed));
	seal_random(k.secret, sizeof(k.secret));
	if (seed) {
		seed_from(*seed, "root", root_seed);
		seed_from(*seed, "hub", k.hub_seed);
		seed_from(*seed, "event", k.secret);
	}
	seal_keypair(root_seed, root);
	seal_keypair(k.hub_seed, hub);
	roster_delegate(root_seed, hub, DELEGATION_EPOCH, delegation_until, k.delegation);
	const struct key_file files[] = {
		{"event", k.secret, sizeof(k.secret)},
		{"root", root_seed, sizeof(root_seed)},
		{"root.pub", root, sizeof(root)},
		{"hub", k.hub_seed, sizeof(k.hub_seed)},
		{"delegation", k.delegation, sizeof(k.delegation)},
	};
	for (size_t i = 0; i < COUNT(files) && e == OK; i++)
		e = refuse_key(dir, &files[i]);
	for (size_t i = 0; i < COUNT(files) && e == OK; i++)
		e = write_key(dir, &files[i]);
	seal_wipe(root_seed, sizeof(root_seed));
	keys_wipe(&k);
	return e;
}

/* A secret that others could read is a secret no more: nothing is made with it until somebody looks. */
static bool is_private(const char *path, const char *name)
{
	struct stat st;

	if (strcmp(name, "root.pub") == 0 || stat(path, &st) != 0 || (st.st_mode & 077) == 0)
		return true;
	fprintf(stderr, "foyer: %s may be read by others than its owner; chmod 600 it\n", path);
	return false;
}

static enum err read_key(const char *dir, const char *name, uint8_t *out, size_t n)
{
	char path[PATH];
	struct file_bytes f;

	if (!key_path(dir, name, path))
		return ERR_FULL;
	if (!is_private(path, name))
		return ERR_DENIED;
	enum err e = file_read(&f, path, HEX_MAX);
	if (e == OK)
		e = f.bytes.n == 2 * n + 1 && f.bytes.p[2 * n] == '\n'
			    ? hex_read((struct span){f.bytes.p, 2 * n}, out, n)
			    : ERR_FORMAT;
	file_free(&f);
	if (e)
		fprintf(stderr,
			"foyer: %s: %s; keys are made by `foyer new` and must be kept together\n",
			path, err_text(e));
	return e;
}

/* A delegation by another root, or of another hub key, would make rosters that no board believes. */
static enum err check_together(const struct keys *k, const char *dir)
{
	struct delegation d;
	uint8_t hub[SEAL_PUBLIC];

	seal_keypair(k->hub_seed, hub);
	if (delegation_open(&d, k->delegation, k->root) == OK &&
		memcmp(d.hub, hub, SEAL_PUBLIC) == 0)
		return OK;
	fprintf(stderr, "foyer: %s/keys: root.pub, hub and delegation do not belong together\n",
		dir);
	return ERR_FORMAT;
}

enum err keys_load(struct keys *out, const char *dir)
{
	enum err e = read_key(dir, "event", out->secret, sizeof(out->secret));

	if (e == OK)
		e = read_key(dir, "root.pub", out->root, sizeof(out->root));
	if (e == OK)
		e = read_key(dir, "hub", out->hub_seed, sizeof(out->hub_seed));
	if (e == OK)
		e = read_key(dir, "delegation", out->delegation, sizeof(out->delegation));
	if (e == OK)
		e = check_together(out, dir);
	if (e)
		keys_wipe(out);
	return e;
}

void keys_wipe(struct keys *k)
{
	seal_wipe(k, sizeof(*k));
}

void keys_derive(
	const struct keys *k, enum key_name name, uint32_t epoch, uint8_t out[static SEAL_KEY])
{
	static const char *const names[] = {
		"invitation", "badge", "card", "record", "person", "directory", "protocol"};
	uint8_t message[32];
	struct sink m = sink_on(message, sizeof(message));

	sink_bytes(&m, names[name], strlen(names[name]));
	sink_u32(&m, epoch);
	seal_hash((struct span){k->secret, SEAL_KEY}, (struct span){message, m.n}, out, SEAL_KEY);
}

/* BLAKE2b under a derived key of what the parts say, one after the other. */
static void derive_from(
	const uint8_t key[static SEAL_KEY], struct sink *message, const char *id, struct span out)
{
	sink_bytes(message, id, strlen(id));
	seal_hash((struct span){key, SEAL_KEY}, (struct span){message->p, message->n},
		(uint8_t *)out.p, out.n);
}

void keys_token(const struct keys *k, enum token_kind kind, uint32_t epoch, uint32_t issue,
	const char *id, struct token *out)
{
	static const enum key_name of[] = {[TOKEN_INVITATION] = KEY_INVITATION,
		[TOKEN_BADGE] = KEY_BADGE,
		[TOKEN_CARD] = KEY_CARD};
	const struct token_name name = {kind, (uint8_t)epoch, issue, span_of(id)};
	uint8_t key[SEAL_KEY];

	keys_derive(k, of[kind], epoch, key);
	token_derive(out, key, &name);
	seal_wipe(key, sizeof(key));
}

void keys_record(const struct keys *k, struct record_key which, uint8_t out[static SEAL_RECORD_KEY])
{
	uint8_t key[SEAL_KEY], message[64];
	struct sink m = sink_on(message, sizeof(message));

	if (which.is_protected)
		keys_derive(k, KEY_PROTOCOL, which.staff_epoch, key);
	else
		keys_derive(k, KEY_RECORD, 1, key);
	sink_u32(&m, which.incarnation);
	sink_u32(&m, which.generation);
	derive_from(key, &m, which.id, (struct span){out, SEAL_RECORD_KEY});
	seal_wipe(key, sizeof(key));
}

void keys_handle(const struct keys *k, const char *id, uint32_t incarnation, uint8_t out[static 8])
{
	uint8_t key[SEAL_KEY], message[64];
	struct sink m = sink_on(message, sizeof(message));

	keys_derive(k, KEY_PERSON, 1, key);
	sink_u32(&m, incarnation);
	derive_from(key, &m, id, (struct span){out, 8});
	seal_wipe(key, sizeof(key));
}

static void card_derive(
	const struct keys *k, const char *word, const struct card_pin *which, struct span out)
{
	uint8_t key[SEAL_KEY], message[64];
	struct sink m = sink_on(message, sizeof(message));

	keys_derive(k, KEY_CARD, 1, key);
	sink_bytes(&m, word, strlen(word));
	sink_u32(&m, which->issue);
	sink_u32(&m, which->number);
	derive_from(key, &m, which->id, out);
	seal_wipe(key, sizeof(key));
}

void keys_pin(const struct keys *k, struct card_pin which, char out[static PIN_DIGITS + 1])
{
	enum { PINS = 100000000 };
	uint8_t hash[8];

	card_derive(k, "pin", &which, (struct span){hash, sizeof(hash)});
	snprintf(out, PIN_DIGITS + 1, "%08u", (unsigned)(load_u64(hash) % PINS));
	seal_wipe(hash, sizeof(hash));
}

void keys_card_salt(const struct keys *k, struct card_pin which, uint8_t out[static SEAL_SALT])
{
	card_derive(k, "salt", &which, (struct span){out, SEAL_SALT});
}
