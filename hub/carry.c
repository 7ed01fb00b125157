/* From the past into the state. */
#include "carry.h"

#include "source.h"

#include <inttypes.h>
#include <stdio.h>

struct carrying {
	struct folder *f;
	const struct past *past;
	const char *verb;
};

/* The token of this issue as the last roster has it: under which staff epoch a desk made it. false: the
 * roster knows none. */
static bool known_token(const struct carrying *c, const char *id, uint32_t issue, struct token *out,
	uint32_t *epoch)
{
	struct found found;

	for (*epoch = c->f->state.staff_epoch; *epoch > 0; --*epoch) {
		keys_token(&c->f->keys, TOKEN_BADGE, *epoch, issue, id, out);
		enum err e = roster_find(&c->past->roster, out, &found);
		seal_wipe(&found, sizeof(found));
		if (e == OK)
			return true;
	}
	return false;
}

/* The codes below issue that boards may still take for good. */
static enum err drop_below(const struct carrying *c, const struct state_person *p, uint32_t issue)
{
	uint32_t epoch;
	struct token t;
	enum err e = OK;

	for (uint32_t i = p->badge; i < issue && i <= p->badge + SOURCE_BADGES_AHEAD && e == OK;
		i++)
		if (known_token(c, p->id, i, &t, &epoch))
			e = state_revoke(&c->f->state, &t);
	if (e == OK)
		e = source_drop_late(&c->f->state, p, issue - 1);
	seal_wipe(&t, sizeof(t));
	return e;
}

/* What was printed keeps its epoch; what is yet to be printed is made under the keys of today. */
static uint32_t epoch_of(const struct carrying *c, const struct state_person *p, uint32_t issue)
{
	uint32_t epoch = 0;
	struct token t;

	if (known_token(c, p->id, issue, &t, &epoch)) {
		seal_wipe(&t, sizeof(t));
		return epoch;
	}
	/* A late guest's badge may be a code of her own, which needs no key of the roster's. */
	if (p->late)
		return c->f->state.staff_epoch;
	fprintf(stderr,
		"foyer %s: badge %" PRIu32 " of %s was made under keys that are no longer in use: "
		"doors do not know it. Print her another\n",
		c->verb, issue, p->id);
	return c->f->state.staff_epoch;
}

static enum err carry_person(const struct carrying *c, struct state_person *p, size_t *changed)
{
	uint8_t handle[EVENT_PERSON];
	struct fold_person said;

	source_handle(&c->f->keys, p, handle);
	if (fold_find(c->past->fold, handle, &said) != OK)
		return OK;
	if (said.newest_issue > CARRY_ISSUE_MAX || said.revoked_issue >= CARRY_ISSUE_MAX) {
		fprintf(stderr,
			"foyer %s: a card says that %s has badge %" PRIu32
			"; nobody has so many. Revoke that card: foyer export tells whose it is\n",
			c->verb, p->id,
			said.newest_issue > CARRY_ISSUE_MAX ? said.newest_issue
							    : said.revoked_issue);
		return OK;
	}
	bool revoked = said.revoked_issue >= said.newest_issue;
	uint32_t issue = revoked ? said.revoked_issue + 1 : said.newest_issue;
	if (issue <= p->badge)
		return OK;
	enum err e = drop_below(c, p, issue);
	if (e)
		return e;
	p->badge_epoch = revoked ? c->f->state.staff_epoch : epoch_of(c, p, issue);
	p->badge = issue;
	p->generation++;
	++*changed;
	return OK;
}

enum err carry(struct folder *f, const char *verb, const struct past *p, size_t *changed)
{
	const struct carrying c = {f, p, verb};
	struct state_person *people = GROW_ARRAY(&f->state.people, struct state_person);
	enum err e = OK;

	*changed = 0;
	if (!p->store || f->state.sequence == 0 || p->statements == 0)
		return OK;
	if (!p->has_roster) {
		fprintf(stderr,
			"foyer %s: staff have said something (%zu in the store), and only version "
			"%" PRIu64 " tells what to believe. Put it back as %s/roster.foyer\n",
			verb, p->statements, f->state.sequence, f->dir);
		return ERR_ABSENT;
	}
	for (size_t i = 0; i < GROW_COUNT(&f->state.people, struct state_person) && e == OK; i++)
		e = carry_person(&c, &people[i], changed);
	return e;
}
