/* The hub's own voice. */
#include "voice.h"

#include "run.h"
#include "status.h"

#include <string.h>

enum { TRIES = 5, RUN_BYTES = RUN_HEAD + EVENT_BYTES_MAX + SEAL_SIGNATURE };

static const char name[] = "hub";

void voice_device(const struct keys *k, uint8_t out[static PAPER_DEVICE])
{
	uint8_t key[SEAL_PUBLIC];

	seal_keypair(k->hub_seed, key);
	paper_device(key, out);
}

enum err voice_certificate(const struct keys *k, uint8_t out[static PAPER_CERTIFICATE])
{
	struct delegation by;

	memset(out, 0, PAPER_CERTIFICATE);
	enum err e = delegation_open(&by, k->delegation, k->root);
	if (e)
		return e;
	struct certificate_source c = {.role = BOARD_HUB,
		.name = name,
		.until = by.until,
		.delegation = k->delegation,
		.hub_seed = k->hub_seed};
	memcpy(c.key, by.hub, SEAL_PUBLIC);
	certificate_write(&c, out);
	return OK;
}

/* The journal to go on with: a new one, or the last of the hub's own where it has begun so many. */
static enum err choose_head(
	struct store *s, const uint8_t device[static PAPER_DEVICE], struct store_head *out)
{
	struct grow heads = {0};
	size_t own = 0;

	enum err e = s->kind->heads(s, &heads);
	const struct store_head *h = GROW_ARRAY(&heads, const struct store_head);
	for (size_t i = 0; e == OK && i < GROW_COUNT(&heads, struct store_head); i++)
		if (memcmp(h[i].device, device, PAPER_DEVICE) == 0) {
			*out = h[i];
			own++;
		}
	grow_free(&heads);
	if (e || own >= VOICE_BOARDS)
		return e;
	*out = (struct store_head){0};
	seal_random(out->board, EVENT_BOARD);
	return OK;
}

static void place_after(struct event *e, const struct store_head *head)
{
	struct instant now = clock_now();

	memcpy(e->id.board, head->board, EVENT_BOARD);
	e->id.epoch = head->id.epoch > 0 ? head->id.epoch : 1;
	e->id.seq = head->id.seq + 1;
	status_boot_id(e->boot);
	e->boot_ms = now.boot_ms;
	e->wall_ms = now.wall_ms;
	e->trusted = now.trusted;
	event_hash(e, head->hash, e->hash);
}

/* returns: OK; ERR_FORGED or ERR_FULL, if others came first; as the store */
static enum err try_once(struct store *s, const struct keys *k, struct event *e)
{
	uint8_t device[PAPER_DEVICE], bytes[RUN_BYTES];
	struct sink run = sink_on(bytes, sizeof(bytes));
	struct store_item item = {0};
	struct store_head head;

	voice_device(k, device);
	enum err err = choose_head(s, device, &head);
	if (err)
		return err;
	place_after(e, &head);
	run_write(&run, e, 1, head.hash, k->hub_seed);
	struct cursor c = cursor_at((struct span){bytes, run.n});
	if (run.full || run_read(&c, &item.run) != OK)
		return ERR_BUG;
	err = store_failure(s->kind->merge(s, &item, 1));
	return err ? err : item.result;
}

enum err voice_say(struct store *s, const struct keys *k, struct event *e)
{
	enum err err = ERR_BUSY;

	for (int i = 0; i < TRIES; i++) {
		err = try_once(s, k, e);
		if (err != ERR_FORGED && err != ERR_ABSENT)
			return err;
	}
	return ERR_BUSY;
}
