/* The stage and the board's agent: status, lease, codes. */
#include "stage.h"

#include <string.h>

/* An agent that has not written its status for so long is not there (status.h). */
enum { AGENT_MS = 12 * 60 * 1000, MINUTE_MS = 60 * 1000 };

static bool agent_lives(const struct stage *s, int64_t now)
{
	const struct board_status *b = &s->status;

	return memcmp(b->boot, s->boot, EVENT_BOOT) == 0 && now - b->counted_at_ms < AGENT_MS;
}

static void describe(const struct stage *s, int64_t now, int64_t age_ms, struct network *out)
{
	const struct board_status *b = &s->status;

	*out = (struct network){0};
	if (!s->has_status)
		return;
	out->agent = true;
	out->enrolled = b->enrolled;
	out->revoked = b->revoked;
	out->online = b->online && agent_lives(s, now);
	out->undelivered = s->undelivered;
	out->silent_min = b->fresh > 0 ? age_ms / MINUTE_MS : -1;
	out->codes = b->codes;
	out->answer = b->answer;
	memcpy(out->name, b->name, sizeof(out->name));
	memcpy(out->words, b->words, sizeof(out->words));
}

static bool same(const struct network *a, const struct network *b)
{
	return a->agent == b->agent && a->enrolled == b->enrolled && a->revoked == b->revoked &&
	       a->online == b->online && a->undelivered == b->undelivered &&
	       a->silent_min == b->silent_min && a->codes == b->codes && a->answer == b->answer &&
	       strcmp(a->name, b->name) == 0 && strcmp(a->words, b->words) == 0;
}

void stage_judge(struct stage *s)
{
	static const enum lease leases[] = {LEASE_FRESH, LEASE_AMBER, LEASE_WITHHELD};
	int64_t now = clock_now().boot_ms;
	int64_t age_ms = status_age_ms(&s->status, s->boot, now);
	int lease = s->has_status ? status_lease(&s->status, age_ms, s->programme.lease_amber_min,
					    s->programme.lease_withhold_min)
				  : 0;
	struct network network;

	describe(s, now, age_ms, &network);
	if (stage_model(s)->lease != leases[lease])
		stage_tell(s, &(struct msg){.kind = MSG_LEASE, .lease = leases[lease]});
	if (same(&network, &s->network))
		return;
	s->network = network;
	stage_tell(s, &(struct msg){.kind = MSG_NETWORK, .network = &s->network});
}

void stage_take_status(struct stage *s, const struct board_status *status, uint64_t undelivered)
{
	s->has_status = status != NULL;
	s->status = status ? *status : (struct board_status){0};
	s->undelivered = undelivered;
	stage_judge(s);
}

void stage_post(struct stage *s, uint32_t visit, struct span code)
{
	enum err e = s->has_status ? ear_post(s->ear, visit, code) : ERR_ABSENT;

	if (e)
		stage_tell(s, &(struct msg){.kind = MSG_POSTED, .visit = visit, .result = e});
}
