/* The agent of a story. */
#include "pretence.h"

#include "cable.h"
#include "stage.h"

#include <string.h>

enum { REAL_MS = 30 * 1000, TURN_MS = 50, MINUTE_MS = 60 * 1000 };

void pretence_tell(const struct pretence *p, struct stage *s)
{
	if (p->on)
		stage_take_status(s, p->none ? NULL : &p->status, p->undelivered);
}

static void hear_hub(struct pretence *p, const struct stage *s)
{
	struct instant now = clock_now();

	status_count(&p->status, s->boot, now.boot_ms);
	if (p->status.online)
		status_freshen(&p->status, now.wall_ms / 1000, s->boot, now.boot_ms);
}

void pretence_tick(struct pretence *p, struct stage *s)
{
	if (!p->on)
		return;
	hear_hub(p, s);
	pretence_tell(p, s);
}

/* A board that is enrolled and online, unless the story says otherwise. */
static void begin(struct pretence *p, const struct stage *s)
{
	if (p->on)
		return;
	p->on = true;
	p->status = (struct board_status){.enrolled = true, .online = true, .name = "Kiosk 1"};
	hear_hub(p, s);
}

static void be_board(struct pretence *p, enum story_board kind)
{
	p->none = kind == STORY_NO_AGENT;
	p->status.enrolled = kind == STORY_ENROLLED || kind == STORY_REVOKED;
	p->status.revoked = kind == STORY_REVOKED;
	p->status.words[0] = '\0';
}

static void pretend(struct pretence *p, const struct story_step *step)
{
	struct board_status *b = &p->status;

	switch ((int)step->verb) {
	case STORY_NETWORK:
		b->online = step->number;
		break;
	case STORY_UNDELIVERED:
		p->undelivered = (uint64_t)step->number;
		break;
	case STORY_LEASE:
		b->online = false;
		b->counted_ms = step->number * MINUTE_MS;
		break;
	case STORY_BOARD:
		be_board(p, (enum story_board)step->number);
		break;
	case STORY_WORDS:
		b->enrolled = false;
		memcpy(b->words, step->text.p, step->text.n);
		b->words[step->text.n] = '\0';
		break;
	case STORY_ANSWER:
		b->codes++;
		b->answer = (enum status_answer)step->number;
		break;
	}
}

/* The clock of a story stands still meanwhile; the agent's does not. */
static enum err ask_real(struct stage *s, const struct story_step *step)
{
	uint64_t wanted = (uint64_t)step->number;
	bool network = step->verb == STORY_NETWORK;
	enum err e = network ? cable_set(s->data, wanted) : OK;

	if (!network && step->verb != STORY_UNDELIVERED)
		return ERR_BUSY;
	for (int ms = 0; e == OK && ms < REAL_MS; ms += TURN_MS) {
		if ((network ? s->status.online : s->undelivered) == wanted)
			return OK;
		stage_turn(s, TURN_MS);
	}
	return e ? e : ERR_TIMEOUT;
}

enum err pretence_act(struct pretence *p, struct stage *s, const struct story_step *step)
{
	if (!p->on && s->has_status)
		return ask_real(s, step);
	begin(p, s);
	pretend(p, step);
	hear_hub(p, s);
	pretence_tell(p, s);
	return OK;
}
