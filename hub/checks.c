/* Run ends taken on the word of a MAC, verified afterwards: a MAC does not convince others. */
#include "hex.h"
#include "serve_inside.h"

#include <string.h>

/* Verifications in one turn of the loop, so that nobody waits long for them. */
enum { A_FEW = 4 };

static void find_broken(struct hub *h, struct device *d)
{
	char hex[2 * PAPER_DEVICE + 1];

	hex_write((struct span){d->board.certificate.device, PAPER_DEVICE}, hex);
	log_line(LOG_FAULT, "hub/checks",
		"alarm: signature does not hold; what it sends is kept aside device=%s", hex);
	d->board.state = BOARD_BROKEN;
	int64_t now = clock_now().wall_ms / 1000;
	enum err e = h->store ? boards_mark(h->store, &d->board, BOARD_BROKEN, now) : ERR_IO;
	if (e)
		hub_store_failed(h, e);
}

static void check(struct hub *h, struct device *d, struct run_end *end)
{
	end->due = false;
	end->run.count = 0;
	if (d->board.state == BOARD_ENROLLED && run_verify(&end->run, d->board.certificate.key))
		find_broken(h, d);
}

/* The place for a board's newest end: its own, a free one, or one that is looked at first. */
static struct run_end *place_of(struct hub *h, struct device *d, const uint8_t *board)
{
	struct run_end *free_one = NULL;

	for (size_t i = 0; i < DEVICE_JOURNALS; i++) {
		struct run_end *e = &d->ends[i];
		if (e->run.count > 0 && memcmp(e->run.board, board, EVENT_BOARD) == 0)
			return e;
		if (e->run.count == 0)
			free_one = e;
	}
	if (!free_one) {
		free_one = &d->ends[0];
		check(h, d, free_one);
	}
	return free_one;
}

void checks_note(struct hub *h, struct device *d, const struct run *r)
{
	struct run_end *e = place_of(h, d, r->board);
	bool due = e->due;

	memcpy(e->signature, r->signature.p, SEAL_SIGNATURE);
	e->run = *r;
	e->run.signature.p = e->signature;
	e->run.bytes = e->run.events = (struct span){NULL, 0};
	e->due = due;
}

void checks_begin(struct hub *h)
{
	for (size_t i = 0; i < h->devices.cap; i++) {
		struct device *d = h->devices.at[i];
		for (size_t j = 0; d && j < DEVICE_JOURNALS; j++)
			if (d->ends[j].run.count > 0)
				d->ends[j].due = h->checks_due = true;
	}
	h->next_check = 0;
}

void checks_turn(struct hub *h)
{
	unsigned done = 0;

	for (; h->checks_due && h->next_check < h->devices.cap; h->next_check++) {
		struct device *d = h->devices.at[h->next_check];
		for (size_t j = 0; d && j < DEVICE_JOURNALS; j++) {
			if (!d->ends[j].due)
				continue;
			check(h, d, &d->ends[j]);
			done++;
		}
		if (done >= A_FEW) {
			h->next_check++;
			return;
		}
	}
	h->checks_due = false;
}
