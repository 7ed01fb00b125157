/* Signed time: the lease counts on, the clock's floor, and the event that mends a boot's clocks. */
#include "agent_inside.h"

#include <string.h>

/* An answer that took longer than this is no clock; a hub's clock may be behind its own signatures by
 * no more than the other. */
enum { TIME_SLOW_MS = 10 * 1000, TIME_BEHIND_S = 2 * 60 };

static const char where[] = "firmware/time";

void time_start(struct agent *a)
{
	status_boot_id(a->boot);
	status_count(&a->status, a->boot, clock_now().boot_ms);
	a->clock_owed = a->status.offset_ms != 0;
}

int64_t agent_now_s(const struct agent *a)
{
	struct instant now = clock_now();
	bool trusted;

	int64_t ms = status_wall_ms(&a->status, a->boot, now.boot_ms, now.wall_ms, &trusted);
	return trusted ? ms / 1000 : a->status.floor;
}

/* Does the journal have a clock of this boot already? */
static enum err find_clock(struct agent *a, bool *found)
{
	struct event_id after = {0};
	struct journal *j;
	struct event e;
	size_t n = 1;

	*found = false;
	enum err err = own_journal(&a->own, &j);
	while (!err && n == 1 && !*found) {
		err = journal_read(j, &after, &e, 1, &n);
		after = e.id;
		*found =
			n == 1 && e.kind == EVENT_CLOCK && memcmp(e.boot, a->boot, EVENT_BOOT) == 0;
	}
	return err;
}

void time_settle(struct agent *a)
{
	struct event e = {.kind = EVENT_CLOCK, .payload_n = 8};
	bool found;

	if (!a->clock_owed || !a->board.enrolled || a->status.offset_ms == 0 ||
		find_clock(a, &found))
		return;
	a->clock_owed = !found;
	if (found)
		return;
	store_u64(e.payload, (uint64_t)a->status.offset_ms);
	enum err err = agent_append(a, &e, 1);
	if (err)
		log_line(LOG_WARN, where, "cannot write down the clock why=\"%s\"", err_text(err));
	else
		a->clock_owed = false;
}

enum err time_take(struct agent *a, const struct http_answer *r)
{
	struct span bytes = {r->body.p, r->body.n};
	int64_t signed_ms;

	enum err e =
		time_open(&signed_ms, bytes, a->board.trust.root, a->board.trust.epoch, a->nonce);
	if (e)
		return e;
	if (r->answered_ms - r->asked_ms > TIME_SLOW_MS)
		return ERR_TIMEOUT;
	if (signed_ms / 1000 < a->status.floor - TIME_BEHIND_S)
		return ERR_OLDER;
	struct instant now = clock_now();
	status_count(&a->status, a->boot, now.boot_ms);
	/* The first of a boot mends the clocks of all events of the boot. */
	if (a->status.offset_ms == 0)
		a->clock_owed = true;
	a->status.offset_ms = signed_ms - (r->asked_ms + r->answered_ms) / 2;
	int64_t off_s = (now.wall_ms - now.boot_ms - a->status.offset_ms) / 1000;
	if (off_s > TIME_BEHIND_S || off_s < -TIME_BEHIND_S)
		log_line(LOG_WARN, where, "the system's clock is wrong seconds=%lld",
			(long long)off_s);
	time_settle(a);
	return OK;
}
