/* The fold: what the set of events says, question by question. */
#include "fold_inside.h"

#include <stdlib.h>
#include <string.h>

/* Badge jobs: several events, one state. */
static bool about_a_job(const struct slot *s)
{
	return s->job && fold_counts(s);
}

struct job {
	const struct event_id *id;
	uint32_t issue;
	enum event_kind state;
};

/* What is known for certain outweighs what is not, whatever came first. */
static enum event_kind job_state(unsigned seen)
{
	static const enum event_kind weight[] = {EVENT_BADGE_PRINTED, EVENT_BADGE_FAILED,
		EVENT_BADGE_UNCERTAIN, EVENT_BADGE_SENT, EVENT_BADGE_SENDING};

	for (size_t i = 0; i < COUNT(weight); i++)
		if (seen >> weight[i] & 1)
			return weight[i];
	return EVENT_BADGE_PREPARED;
}

/* Look through a person's jobs, so that job_at can tell them: once before a walk, however many events
 * there are, since anybody with a certificate may write thousands. */
static void find_jobs(const struct person *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->slots[i]->job)
			p->slots[i]->job->job_first = NULL;
	for (size_t i = 0; i < p->n; i++) {
		struct slot *s = p->slots[i], *job = s->job;
		if (!about_a_job(s))
			continue;
		if (!job->job_first) {
			job->job_first = s;
			job->job_issue = job->job_seen = 0;
		}
		job->job_seen |= 1u << s->kind;
		if (s->issue > job->job_issue)
			job->job_issue = s->issue;
	}
}

/* The job whose first event is the person's i-th; false where that is not a job's first. */
static bool job_at(const struct person *p, size_t i, struct job *out)
{
	const struct slot *s = p->slots[i], *job = s->job;

	if (!job || job->job_first != s)
		return false;
	*out = (struct job){&job->id, job->job_issue, job_state(job->job_seen)};
	return true;
}

static void count_job(struct fold_badge *b, enum event_kind state)
{
	b->prepared += state == EVENT_BADGE_PREPARED;
	b->sending += state == EVENT_BADGE_SENDING;
	b->sent += state == EVENT_BADGE_SENT;
	b->printed += state == EVENT_BADGE_PRINTED;
	b->uncertain += state == EVENT_BADGE_UNCERTAIN;
	b->failed += state == EVENT_BADGE_FAILED;
}

static bool arrived_at(const struct slot *s)
{
	return s->kind == EVENT_ARRIVED && fold_counts(s);
}

static struct fold_arrival arrival_of(const struct slot *s)
{
	return (struct fold_arrival){.id = s->id, .wall_ms = s->wall_ms, .trusted = s->trusted};
}

static void see_arrival(struct fold_person *out, const struct slot *s)
{
	if (out->arrived)
		out->doubles++;
	else
		out->arrival = arrival_of(s);
	out->arrived = true;
}

static void raise_to(uint32_t *highest, uint32_t v)
{
	if (*highest < v)
		*highest = v;
}

static void see_job(struct fold_person *out, const struct job *job)
{
	raise_to(&out->newest_issue, job->issue > 0);
	out->printed += job->state == EVENT_BADGE_PRINTED;
	out->running += job->state == EVENT_BADGE_SENDING || job->state == EVENT_BADGE_SENT;
	if (job->state != EVENT_BADGE_UNCERTAIN)
		return;
	if (out->uncertain == 0 || job->issue > out->uncertain_issue) {
		out->uncertain_issue = job->issue;
		out->uncertain_job = *job->id;
	}
	out->uncertain++;
}

static void see_statement(struct fold_person *out, const struct slot *s)
{
	if (!fold_counts(s)) {
		out->late_undone |= s->kind == EVENT_LATE && s->believed;
		return;
	}
	if (s->kind == EVENT_BADGE_ISSUED)
		raise_to(&out->newest_issue, s->issue);
	else if (s->kind == EVENT_REVOKED)
		raise_to(&out->revoked_issue, s->issue);
	out->corrections += s->kind == EVENT_CORRECTION_ASKED;
	out->late |= s->kind == EVENT_LATE;
}

static void look_at(const struct person *p, struct fold_person *out)
{
	struct job job;

	memset(out, 0, sizeof(*out));
	out->seen_issue = p->seen_issue;
	find_jobs(p);
	for (size_t i = 0; i < p->n; i++) {
		const struct slot *s = p->slots[i];
		if (arrived_at(s))
			see_arrival(out, s);
		else if (job_at(p, i, &job))
			see_job(out, &job);
		else
			see_statement(out, s);
	}
	out->late_undone &= !out->late;
}

enum err fold_find(
	const struct fold *f, const uint8_t person[static EVENT_PERSON], struct fold_person *out)
{
	const struct person *p = fold_person_at(f, person);

	memset(out, 0, sizeof(*out));
	if (!p || (p->n == 0 && p->seen_issue == 0))
		return ERR_ABSENT;
	look_at(p, out);
	return OK;
}

enum err fold_double(const struct fold *f, const uint8_t person[static EVENT_PERSON], size_t i,
	struct fold_arrival *out)
{
	const struct person *p = fold_person_at(f, person);
	size_t arrivals = 0;

	memset(out, 0, sizeof(*out));
	for (size_t k = 0; p && k < p->n; k++)
		if (arrived_at(p->slots[k]) && arrivals++ > i) {
			*out = arrival_of(p->slots[k]);
			return OK;
		}
	return ERR_ABSENT;
}

enum err fold_trace(const struct fold *f, const uint8_t person[static EVENT_PERSON], size_t i,
	struct fold_trace *out)
{
	const struct person *p = fold_person_at(f, person);

	memset(out, 0, sizeof(*out));
	if (!p || i >= p->n)
		return ERR_ABSENT;
	const struct slot *s = p->slots[i];
	*out = (struct fold_trace){.id = s->id,
		.wall_ms = s->wall_ms,
		.issue = s->issue,
		.kind = s->kind,
		.activity = s->activity,
		.trusted = s->trusted,
		.counts = fold_counts(s)};
	return OK;
}

enum err fold_badge(const struct fold *f, const uint8_t person[static EVENT_PERSON], uint32_t issue,
	struct fold_badge *out)
{
	const struct person *p = fold_person_at(f, person);
	struct job job;
	bool any = false;

	memset(out, 0, sizeof(*out));
	if (p)
		find_jobs(p);
	for (size_t i = 0; p && i < p->n; i++)
		if (job_at(p, i, &job) && job.issue == issue) {
			count_job(out, job.state);
			any = true;
		}
	return any ? OK : ERR_ABSENT;
}

/* Keep the cap lowest jobs in out, in order. */
static void keep_lowest(struct event *out, size_t cap, size_t *n, const struct event *e)
{
	size_t at = *n;

	while (at > 0 && event_id_compare(&out[at - 1].target, &e->target) > 0)
		at--;
	if (at == cap)
		return;
	size_t moved = (*n < cap ? *n : cap - 1) - at;
	memmove(out + at + 1, out + at, moved * sizeof(*out));
	out[at] = *e;
	if (*n < cap)
		++*n;
}

void fold_left_over(const struct fold *f, const uint8_t board[static EVENT_BOARD],
	struct event *out, size_t cap, size_t *n)
{
	struct job job;

	*n = 0;
	for (size_t i = 0; i < f->people.cap; i++) {
		const struct person *p = f->people.at[i];
		if (p)
			find_jobs(p);
		for (size_t k = 0; p && k < p->n; k++) {
			if (!job_at(p, k, &job) || memcmp(job.id->board, board, EVENT_BOARD) != 0)
				continue;
			if (job.state != EVENT_BADGE_SENDING && job.state != EVENT_BADGE_SENT)
				continue;
			struct event e = {.kind = EVENT_BADGE_UNCERTAIN,
				.issue = job.issue,
				.target = *job.id};
			memcpy(e.person, p->handle, EVENT_PERSON);
			keep_lowest(out, cap, n, &e);
		}
	}
}

/* A person whose only event gave way to its double under another name is as if never heard of. */
static bool is_known(const struct person *p)
{
	return p && p->n > 0;
}

size_t fold_people(const struct fold *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->people.cap; i++)
		n += is_known(f->people.at[i]);
	return n;
}

size_t fold_arrived(const struct fold *f)
{
	struct fold_person seen;
	size_t n = 0;

	for (size_t i = 0; i < f->people.cap; i++)
		if (f->people.at[i]) {
			look_at(f->people.at[i], &seen);
			n += seen.arrived;
		}
	return n;
}

static void write_id(struct sink *k, const struct event_id *id)
{
	sink_bytes(k, id->board, EVENT_BOARD);
	sink_u32(k, id->epoch);
	sink_u64(k, id->seq);
}

static void write_person(struct sink *k, const struct person *p)
{
	struct fold_person seen;
	struct job job;

	look_at(p, &seen);
	sink_bytes(k, p->handle, EVENT_PERSON);
	sink_u32(k, seen.newest_issue);
	sink_u32(k, seen.revoked_issue);
	sink_varint(k, seen.arrived ? 1 + seen.doubles : 0);
	for (size_t i = 0; i < p->n; i++)
		if (arrived_at(p->slots[i])) {
			write_id(k, &p->slots[i]->id);
			sink_u64(k, (uint64_t)p->slots[i]->wall_ms);
			sink_u8(k, p->slots[i]->trusted);
		}
	for (size_t i = 0; i < p->n; i++)
		if (job_at(p, i, &job)) {
			sink_u8(k, (uint8_t)job.state);
			sink_u32(k, job.issue);
			write_id(k, job.id);
		}
	sink_u8(k, 0);
	sink_varint(k, seen.corrections);
	sink_u8(k, seen.late);
	fold_write_activities(p, k);
}

static int by_handle(const void *a, const void *b)
{
	return memcmp((*(struct person *const *)a)->handle, (*(struct person *const *)b)->handle,
		EVENT_PERSON);
}

void fold_write(const struct fold *f, struct sink *k)
{
	struct person **all = calloc(f->people.n + 1, sizeof(struct person *));
	size_t n = 0;

	if (!all) {
		k->full = true;
		return;
	}
	for (size_t i = 0; i < f->people.cap; i++)
		if (is_known(f->people.at[i]))
			all[n++] = f->people.at[i];
	qsort(all, n, sizeof(struct person *), by_handle);
	for (size_t i = 0; i < n; i++)
		write_person(k, all[i]);
	free(all);
	struct fold_emergency now;
	if (fold_emergency(f, &now) == OK) {
		sink_u64(k, (uint64_t)now.since_ms);
		sink_text(k, now.said);
	}
}
