/* The staff's room at a door: what takes place today, and who is missing. */
#include "staffroom_inside.h"

#include <string.h>

static struct gate_day today(const struct staffroom *s)
{
	return (struct gate_day){.roster = &s->holding->roster,
		.keys = &s->x->keys,
		.place = s->place ? span_of(s->place) : (struct span){0},
		.now = clock_now().wall_ms / 1000};
}

void staffroom_read_day(struct staffroom *s, struct staff_answer *out)
{
	struct gate_day day = today(s);
	struct staffroom_parcel *p = &s->x->parcel;

	out->word = STAFF_WORD_DAY;
	pthread_mutex_lock(&s->lock);
	gate_list_read(&p->day, &p->booked, &day, &s->x->visit);
	p->has_day = true;
	pthread_mutex_unlock(&s->lock);
}

void staffroom_read_missing(
	struct staffroom *s, const struct staff_ask *ask, struct staff_answer *out)
{
	struct gate_day day = today(s);
	struct staffroom_parcel *p = &s->x->parcel;

	out->word = STAFF_WORD_MISSING;
	out->result = staffroom_note_list(s, ask->activity);
	if (out->result)
		return;
	pthread_mutex_lock(&s->lock);
	gate_missing_read(&p->missing, &day, ask->activity, s->notes, &s->x->visit);
	p->has_missing = true;
	pthread_mutex_unlock(&s->lock);
}

enum err staffroom_day(struct staffroom *s, struct gate_list *list, struct gate_booked *booked)
{
	struct staffroom_parcel *p = &s->x->parcel;

	pthread_mutex_lock(&s->lock);
	bool there = p->has_day;
	if (there) {
		memcpy(list, &p->day, sizeof(*list));
		memcpy(booked, &p->booked, sizeof(*booked));
	}
	seal_wipe(&p->day, sizeof(p->day));
	seal_wipe(&p->booked, sizeof(p->booked));
	p->has_day = false;
	pthread_mutex_unlock(&s->lock);
	return there ? OK : ERR_ABSENT;
}

enum err staffroom_missing(struct staffroom *s, struct gate_missing *out)
{
	struct staffroom_parcel *p = &s->x->parcel;

	pthread_mutex_lock(&s->lock);
	bool there = p->has_missing;
	if (there)
		memcpy(out, &p->missing, sizeof(*out));
	seal_wipe(&p->missing, sizeof(p->missing));
	p->has_missing = false;
	pthread_mutex_unlock(&s->lock);
	return there ? OK : ERR_ABSENT;
}
