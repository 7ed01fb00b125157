/* What of a venue's value is shown, and whose turn it is. */
#include "venue.h"

#include "when.h"

#include <string.h>

const char *const venue_layout_names[VENUE_LAYOUTS] = {"", "room", "lobby", "transfers"};

void venue_count(struct venue_entry *e, const struct fold_activity *counts)
{
	if (counts->entered == 0 || e->capacity == 0)
		return;
	e->seats_left = counts->inside < e->capacity ? e->capacity - counts->inside : 0;
	e->seats_at = counts->last_ms / 1000;
	e->seats = e->seats_left > 0 ? VENUE_SEATS_LEFT : VENUE_SEATS_NONE;
}

struct span venue_text(const struct venue *v, struct text t)
{
	return span_cut((struct span){v->text, v->text_n}, t.at, t.n);
}

bool venue_runs(const struct venue_entry *e, int64_t now)
{
	return e->start <= now && now < e->end && !venue_is_gone(e);
}

struct venue_moment venue_when(const struct venue *v, const struct venue_entry *e)
{
	if (v->layout == VENUE_TRANSFERS)
		return (struct venue_moment){e->leave, e->leave_offset};
	return (struct venue_moment){e->start, e->offset};
}

static int64_t day_of(const struct venue *v, const struct venue_entry *e)
{
	struct venue_moment m = venue_when(v, e);

	return when_day_number(m.at, m.offset);
}

/* What began before midnight and still runs is of today as well. */
struct venue_day venue_day_of(const struct venue *v, int64_t now)
{
	int64_t today = when_day_number(now, v->offset);
	int64_t ahead = now - now % VENUE_ROUND_S + VENUE_AHEAD_S;
	struct venue_day d = {.today = true, .at = now, .offset = v->offset};

	while (d.n < v->entry_n && (day_of(v, &v->entries[d.n]) <= today ||
					   venue_when(v, &v->entries[d.n]).at < ahead))
		d.n++;
	if (d.n > 0 || v->entry_n == 0)
		return d;
	struct venue_moment first = venue_when(v, &v->entries[0]);
	d = (struct venue_day){.at = first.at, .offset = first.offset};
	while (d.n < v->entry_n && day_of(v, &v->entries[d.n]) == day_of(v, &v->entries[0]))
		d.n++;
	return d;
}

enum venue_state venue_state_of(const struct venue *v, int64_t now)
{
	if (!v->known)
		return VENUE_NO_LIST;
	if (v->where == VENUE_UNKNOWN && v->gone_n == 0)
		return VENUE_PLACE_UNKNOWN;
	if (v->first == 0)
		return VENUE_NOTHING_YET;
	if (v->entry_n == 0)
		return now >= v->last ? VENUE_OVER : VENUE_OVER_HERE;
	if (venue_day_of(v, now).today)
		return VENUE_ON;
	bool begun = when_day_number(v->first, v->first_offset) <= when_day_number(now, v->offset);
	return begun ? VENUE_OVER_TODAY : VENUE_BEFORE;
}

enum venue_coach venue_coach_of(const struct venue_entry *e, int64_t now)
{
	if (now >= e->leave)
		return VENUE_COACH_LEFT;
	return now >= e->leave - VENUE_BOARDING_S ? VENUE_COACH_BOARDING : VENUE_COACH_LATER;
}

uint32_t venue_soon_of(const struct venue *v, int64_t now)
{
	struct venue_day d = venue_day_of(v, now);
	int64_t until = now - now % VENUE_ROUND_S + VENUE_ROUND_S + VENUE_SOON_S;
	uint32_t n = 0;

	while (n < d.n && venue_when(v, &v->entries[d.first + n]).at <= until)
		n++;
	return n;
}

struct venue_turn venue_turn_of(const struct venue *v, uint32_t pages, uint32_t soon, int64_t now)
{
	uint64_t languages = v->language_n > 0 ? v->language_n : 1;
	uint64_t turn = (uint64_t)(now > 0 ? now : 0) / VENUE_TURN_S, show = turn / languages;
	uint64_t often = soon > 0 && soon < pages ? soon : pages - 1, others = pages - often;
	uint64_t is = show % (often + 1);

	is = is < often ? is : often + show / (often + 1) % others;
	return (struct venue_turn){(uint32_t)is, v->languages[turn % languages]};
}

int64_t venue_tick_ms(const struct venue *v, int64_t now)
{
	int64_t step = v->layout == VENUE_ROOM && v->language_n == 1 ? 60 : VENUE_TURN_S;

	return (step - (now % step + step) % step) * 1000;
}
