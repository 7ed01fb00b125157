/* Enrolment: from a code on the hub's screen to a credential in the folder. The key comes first and the
 * credential last, so a cut at any point leaves a board that is enrolled or one that is not. */
#include "agent_inside.h"

#include "trust.h"

#include <stdio.h>
#include <string.h>

enum { ENROL_LEAST_MS = 60 * 1000, ENROL_MOST_MS = 60 * 60 * 1000 };

static const char where[] = "firmware/enrol";

/* The board's clock may be anything, so it only shortens or lengthens the wait within bounds; whether
 * the code still holds is for the hub to say. */
static int64_t patience_ms(const struct signed_code *code)
{
	struct instant now = clock_now();
	int64_t left_s = code->until - now.wall_ms / 1000;

	if (left_s > ENROL_MOST_MS / 1000)
		return ENROL_MOST_MS;
	return left_s < ENROL_LEAST_MS / 1000 ? ENROL_LEAST_MS : left_s * 1000;
}

enum status_answer enrol_begin(struct agent *a, const struct signed_code *code)
{
	uint8_t event[ROSTER_EVENT];

	if (a->board.enrolled)
		return STATUS_CODE_ENROLLED;
	if (a->board.trust.known) {
		paper_event(a->board.trust.root, event);
		if (memcmp(event, code->event, ROSTER_EVENT) != 0)
			return STATUS_CODE_FOREIGN;
	}
	enrol_end(a);
	a->enrolment = (struct enrolment){
		.active = true, .code = *code, .until_ms = clock_now().boot_ms + patience_ms(code)};
	a->try_now = true;
	log_line(LOG_NOTE, where, "enrolling");
	return STATUS_CODE_TAKEN;
}

enum err enrol_request(struct agent *a)
{
	uint8_t body[PROTOCOL_ENROL];
	struct board *b = &a->board;

	enum err e = board_make_key(b);
	if (e) {
		log_line(LOG_FAULT, where, "cannot make the board's key why=\"%s\"", err_text(e));
		return e;
	}
	protocol_enrol_id(a->enrolment.code.secret, body);
	memcpy(body + 8, b->key, SEAL_PUBLIC);
	protocol_enrol_mac(a->enrolment.code.secret, b->key, body + 8 + SEAL_PUBLIC);
	grow_bytes(&a->upload, body, sizeof(body));
	return a->upload.failed ? ERR_IO : OK;
}

enum err enrol_answer(struct agent *a, struct span body)
{
	const struct signed_code *code = &a->enrolment.code;
	uint8_t mac[PROTOCOL_MAC], event[ROSTER_EVENT];
	struct delegation by;

	if (body.n != PROTOCOL_ENROLLED)
		return ERR_FORMAT;
	protocol_enrolled_mac(code->secret, body.p, a->board.key, mac);
	if (!seal_equal(mac, body.p + PAPER_DELEGATION, PROTOCOL_MAC))
		return ERR_FORGED;
	enum err e = delegation_open(&by, body.p, NULL);
	if (e)
		return e;
	paper_event(by.root, event);
	if (memcmp(event, code->event, ROSTER_EVENT) != 0)
		return ERR_FOREIGN;
	a->enrolment.by = by;
	protocol_enrol_words(code->secret, a->board.key, by.hub, a->status.words);
	fprintf(stderr, "foyer-agent: compare with the hub: %s\n", a->status.words);
	return OK;
}

static enum err write_trust(struct agent *a, const struct trust *t)
{
	char path[PATH_MAX];

	board_path(&a->board, "trust", path);
	return trust_write(t, path);
}

enum err enrol_finish(struct agent *a, struct span body)
{
	struct board *b = &a->board;
	struct trust before = b->trust;
	struct credential c;
	bool changed;

	/* What is known already (of a first roster) is of the same event, and is not lowered. */
	if (!b->trust.known) {
		b->trust = (struct trust){.known = true, .epoch = a->enrolment.by.epoch};
		memcpy(b->trust.root, a->enrolment.by.root, SEAL_PUBLIC);
	}
	enum err e = credential_open(&c, body, b->trust.root, a->enrolment.by.epoch, b->seed);
	seal_wipe(&c, sizeof(c));
	if (!e && !before.known)
		e = write_trust(a, &b->trust);
	for (unsigned i = 0; i < a->enrolment.code.address_count; i++)
		board_add_hub(b, a->enrolment.code.addresses[i]);
	if (!e)
		e = board_write_hubs(b);
	if (!e)
		e = board_take_credential(b, body, &changed);
	if (e) {
		b->trust = before;
		return e;
	}
	judge_trust(&a->judge, &b->trust);
	a->credential_asked = true;
	log_line(LOG_NOTE, where, "enrolled");
	enrol_end(a);
	return OK;
}

void enrol_end(struct agent *a)
{
	seal_wipe(&a->enrolment, sizeof(a->enrolment));
	a->status.words[0] = '\0';
}
