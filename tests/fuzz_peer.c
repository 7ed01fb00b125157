/* Whatever a holder of the peer key says on the LAN or in a pull: it is read whole or refused, and
 * what was read is what was said. First byte: 0 a datagram, 1 an ask, 2 an answer, 3 frames as they
 * come in. */
#include "peer.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static const uint8_t key[SEAL_KEY] = {7};

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void datagram(struct span in)
{
	uint8_t sealed[PEER_DATAGRAM], again[PEER_DATAGRAM], plain[PEER_DATAGRAM];
	struct peer_datagram d;
	struct peer_mark m;

	if (in.n > PEER_HEAD + PEER_BODY)
		in.n = PEER_HEAD + PEER_BODY;
	seal_message(key, span_of("datagram"), in, sealed);
	enum err e = peer_datagram_open(
		&d, (struct span){sealed, in.n + SEAL_MESSAGE_OVERHEAD}, key, plain);
	must(e == OK || e == ERR_FORMAT);
	if (e)
		return;
	struct cursor c = cursor_at(d.body);
	while (d.kind == PEER_BEACON && c.rest.n > 0)
		peer_mark_read(&c, &m);
	must(!c.bad);
	size_t length = peer_datagram_seal(&d, key, again);
	must(length == in.n + SEAL_MESSAGE_OVERHEAD);
	e = peer_datagram_open(&d, (struct span){again, length}, key, plain);
	must(e == OK && memcmp(plain, in.p, in.n) == 0);
}

static void ask(struct span in)
{
	struct peer_ask a;

	if (peer_ask_open(&a, in) != OK)
		return;
	must(a.n * PEER_ASKED + PAPER_DEVICE == in.n);
	for (size_t i = 0; i < a.n; i++) {
		const uint8_t *row = a.heads.p + i * PEER_ASKED;
		must(peer_ask_head(&a, row).epoch == load_u32(row + EVENT_BOARD));
	}
}

static void answer(struct span in)
{
	struct peer_answer a;

	if (peer_answer_open(&a, in) == OK)
		must(a.last ? in.n == 2 : a.bundle.n == in.n - 1);
}

static void frames(struct span in)
{
	struct cursor c = cursor_at(in);
	struct peer_place at = {0};
	uint8_t plain[1024];
	size_t n;

	while (!c.bad && c.rest.n >= PEER_FRAME_HEAD) {
		if (peer_frame_length(cursor_bytes(&c, PEER_FRAME_HEAD).p, sizeof(plain), &n) != OK)
			return;
		struct span sealed = cursor_bytes(&c, n);
		if (sealed.n == n)
			must(peer_frame_open(sealed, &at, key, plain) == ERR_FORGED);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static void (*const targets[])(struct span) = {datagram, ask, answer, frames};

	if (n == 0 || p[0] >= COUNT(targets))
		return 0;
	must(seal_start() == OK);
	/* A copy of its own, so that a step past its end is seen. */
	uint8_t *copy = malloc(n);
	must(copy != NULL);
	memcpy(copy, p + 1, n - 1);
	targets[p[0]]((struct span){copy, n - 1});
	free(copy);
	return 0;
}
