/* What sync asks for, as HTTP requests. */
#include "agent_inside.h"

#include "hex.h"

#include <stdio.h>
#include <string.h>

enum { TARGET = HTTP_URL - CODE_ADDRESS - 1 };
_Static_assert(TARGET > 24 + STORE_CURSOR_TEXT, "a cursor fits a target");

/* The address sync means. */
static const char *address(const struct agent *a)
{
	unsigned i = a->action.address;

	if (a->enrolment.active)
		return i < a->enrolment.code.address_count ? a->enrolment.code.addresses[i] : "";
	return i < a->board.hub_count ? a->board.hubs[i] : "";
}

/* A cursor belongs to one hub's store; a hub is known by its address. */
void agent_cursor_note(const struct agent *a, char out[static STORE_KEY])
{
	uint8_t hash[8];
	char digits[2 * sizeof(hash) + 1];

	seal_hash((struct span){0}, span_of(address(a)), hash, sizeof(hash));
	hex_write((struct span){hash, sizeof(hash)}, digits);
	snprintf(out, STORE_KEY, "cursor/%s", digits);
}

static void hash_target(const char *what, const uint8_t hash[static MANIFEST_HASH], char *out)
{
	char digits[2 * MANIFEST_HASH + 1];

	hex_write((struct span){hash, MANIFEST_HASH}, digits);
	snprintf(out, TARGET, "%s%s", what, digits);
}

static void patch_target(const struct agent *a, char *out)
{
	size_t n;

	hash_target("/v1/patch/", a->board.roster_hash, out);
	n = strlen(out);
	char digits[2 * MANIFEST_HASH + 1];
	hex_write((struct span){a->fetch.manifest.hash, MANIFEST_HASH}, digits);
	snprintf(out + n, TARGET - n, "/%s", digits);
}

static void board_target(const struct agent *a, char *out)
{
	char digits[2 * PAPER_DEVICE + 1];

	hex_write((struct span){a->board.device, PAPER_DEVICE}, digits);
	snprintf(out, TARGET, "/v1/board/%s", digits);
}

static void time_target(struct agent *a, char *out)
{
	char digits[2 * TIME_NONCE + 1];

	seal_random(a->nonce, sizeof(a->nonce));
	hex_write((struct span){a->nonce, TIME_NONCE}, digits);
	snprintf(out, TARGET, "/v1/time/%s", digits);
}

static enum err events_target(struct agent *a, char *out)
{
	char key[STORE_KEY], cursor[STORE_CURSOR_TEXT] = "";
	size_t n = 0;

	agent_cursor_note(a, key);
	enum err e = store_note(a->store, key, (uint8_t *)cursor, sizeof(cursor) - 1, &n);
	if (e && e != ERR_ABSENT)
		return e;
	cursor[n] = '\0';
	snprintf(out, TARGET, "/v1/events?after=%s", cursor);
	return OK;
}

/* The key this board shares with the hub whose manifest was believed last, else with the one that
 * signed its certificate. */
static enum err pair_with_hub(struct agent *a)
{
	const uint8_t *hub = a->fetch.bytes.n > 0 && !a->fetch.stale
				     ? a->fetch.manifest.by.hub
				     : a->board.credential.certificate.by.hub;

	if (a->has_pair && memcmp(a->pair_hub, hub, SEAL_PUBLIC) == 0)
		return OK;
	enum err e = protocol_pair_key(a->board.seed, hub, false, a->pair_key);
	a->has_pair = e == OK;
	memcpy(a->pair_hub, hub, SEAL_PUBLIC);
	return e;
}

static enum err authorize(struct agent *a, const char *method, const char *target, char *out)
{
	enum err e = pair_with_hub(a);
	if (e)
		return e;
	protocol_mac(a->pair_key, method, target, (struct span){a->upload.p, a->upload.n},
		a->request_mac);
	protocol_authorization(a->board.device, a->request_mac, out);
	return OK;
}

/* Target, body and bound of the request. */
static enum err prepare(struct agent *a, char *target, struct http_request *r)
{
	const struct manifest *m = &a->fetch.manifest;

	switch (a->action.task) {
	case SYNC_SEND_ENROLMENT:
		snprintf(target, TARGET, "/v1/enrol");
		*r = (struct http_request){.post = true, .max = PROTOCOL_ENROLLED};
		return enrol_request(a);
	case SYNC_ASK_CONFIRMED:
	case SYNC_ASK_CREDENTIAL:
		board_target(a, target);
		*r = (struct http_request){.max = PAPER_CREDENTIAL};
		return OK;
	case SYNC_ASK_MANIFEST:
		snprintf(target, TARGET, "/v1/manifest");
		*r = (struct http_request){.max = MANIFEST_MAX};
		return OK;
	case SYNC_ASK_TIME:
		time_target(a, target);
		*r = (struct http_request){.max = TIME_BYTES};
		return OK;
	case SYNC_ASK_PATCH:
		patch_target(a, target);
		*r = (struct http_request){.max = (size_t)a->fetch.patch.size};
		return OK;
	case SYNC_ASK_ROSTER:
		hash_target("/v1/roster/", m->hash, target);
		*r = (struct http_request){.max = (size_t)m->size};
		return OK;
	case SYNC_SEND_EVENTS:
		snprintf(target, TARGET, "/v1/events");
		*r = (struct http_request){.post = true, .max = PROTOCOL_MARK * 256};
		if (a->look_own)
			agent_gather(a); /* the clock's event, most often */
		return own_bundle(&a->own, a->action.introduce, &a->upload);
	case SYNC_ASK_EVENTS:
		*r = (struct http_request){.max = PROTOCOL_ANSWER_MAX + RUN_MAX};
		return events_target(a, target);
	case SYNC_WAIT:
	case SYNC_TASKS:
		break;
	}
	return ERR_BUG;
}

enum err agent_request(struct agent *a)
{
	char target[TARGET], url[HTTP_URL], authorization[PROTOCOL_AUTHORIZATION + 1];
	struct http_request r = {0};

	grow_free(&a->upload);
	enum err e = prepare(a, target, &r);
	if (e)
		return e;
	if (a->action.task == SYNC_SEND_EVENTS || a->action.task == SYNC_ASK_EVENTS) {
		e = authorize(a, r.post ? "POST" : "GET", target, authorization);
		r.authorization = authorization;
	}
	if (e)
		return e;
	snprintf(url, sizeof(url), "%s%s", address(a), target);
	r.url = url;
	r.body = (struct span){a->upload.p, a->upload.n};
	r.ca = a->options->ca;
	return http_start(a->http, &r);
}
