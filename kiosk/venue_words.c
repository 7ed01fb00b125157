/* The words of venue screens. */
#include "venue_words.h"

#include <string.h>

#include "when.h"

/* Minutes are counted from then on. */
enum { SOON_S = 90 * 60 };

/* The shortest first part of a title that says what it is about: "Visit" does not. */
enum { MAIN_TITLE_LEAST = 10 };

/* A board that has no hub may hear the doors all the same; a count so old is dated. */
enum { COUNT_OLD_S = 5 * 60 };

static struct span text_of(const struct ui *u, struct text t)
{
	return venue_text(&u->m->venue, t);
}

struct span venue_title(const struct ui *u, const struct venue_entry *e)
{
	return text_of(u, texts_in(&e->title, u->language));
}

/* French has a space before its colon. */
static size_t without_space(struct span title, size_t n)
{
	if (n > 0 && title.p[n - 1] == ' ')
		return n - 1;
	if (n > 1 && title.p[n - 1] == 0xa0 && title.p[n - 2] == 0xc2)
		return n - 2;
	return n > 2 && title.p[n - 1] == 0xaf && title.p[n - 2] == 0x80 ? n - 3 : n;
}

static size_t colon_of(struct span title)
{
	const uint8_t *colon = title.n > 2 ? memchr(title.p, ':', title.n - 2) : NULL;
	size_t n = colon ? (size_t)(colon - title.p) : 0;

	return without_space(title, n) >= MAIN_TITLE_LEAST && title.p[n + 1] == ' ' ? n : title.n;
}

struct span venue_main_title(struct span title)
{
	size_t n = colon_of(title);

	return (struct span){title.p, n < title.n ? without_space(title, n) : n};
}

struct span venue_sub_title(struct span title)
{
	size_t n = colon_of(title);

	return n < title.n ? (struct span){title.p + n + 2, title.n - n - 2} : (struct span){0};
}

void venue_where_words(const struct ui *u, const struct venue_entry *e, struct line *t)
{
	line_start(t);
	line_join(t, ", ", text_of(u, e->room));
	line_join(t, ", ", text_of(u, e->place));
}

void venue_when_words(const struct venue_entry *e, struct line *t)
{
	line_start(t);
	when_time(&t->k, e->start, e->offset);
	line_add(t, span_of(" – "));
	when_time(&t->k, e->end, e->end_offset);
}

static bool has_track(const struct venue *v, const struct venue_entry *e)
{
	return e->track >= 0 && (uint32_t)e->track < v->track_n;
}

void venue_sort_words(const struct ui *u, const struct venue_entry *e, struct line *t)
{
	static const char *const kinds[ACTIVITY_KINDS] = {
		[ACTIVITY_SEMINAR] = N_("Seminar"),
		[ACTIVITY_VISIT] = N_("Visit"),
		[ACTIVITY_B2B] = N_("Business meetings"),
		[ACTIVITY_SIGNING] = N_("Signing"),
		[ACTIVITY_RECEPTION] = N_("Reception"),
		[ACTIVITY_OFFICIAL] = N_("Official moment"),
		[ACTIVITY_TRANSFER] = N_("Transfer"),
		[ACTIVITY_OTHER] = N_("For everybody"),
	};
	const struct venue *v = &u->m->venue;

	line_start(t);
	if (has_track(v, e))
		line_add(t, text_of(u, texts_in(&v->tracks[e->track], u->language)));
	line_join(t, " · ", ui_say(u, kinds[e->kind]));
}

enum ink venue_ink(const struct venue *v, const struct venue_entry *e)
{
	return has_track(v, e) ? (enum ink)(INK_TRACK + e->track) : INK_LINE;
}

void venue_countdown(const struct ui *u, const struct venue_entry *e, struct line *t)
{
	int64_t now = u->m->wall;

	int64_t days =
		when_day_number(e->start, e->offset) - when_day_number(now, u->m->venue.offset);

	line_start(t);
	if (venue_is_gone(e))
		return;
	if (venue_runs(e, now))
		line_count(t, u->language, "{1} minute left", "{1} minutes left",
			(uint64_t)((e->end - now + 59) / 60));
	else if (e->start - now <= SOON_S)
		when_next(&t->k, u->language, now, e->start, e->offset);
	else if (days == 1)
		line_add(t, ui_say(u, "Tomorrow"));
	else if (days > 1)
		when_heading(&t->k, u->language, e->start, e->offset);
	else
		line_add(t, ui_say(u, "Next"));
}

static void add_minutes(const struct ui *u, struct line *t, const char *msgid, int64_t seconds)
{
	uint8_t number[24];
	struct line n = {.k = sink_on(number, sizeof(number))};

	line_number(&n, (uint64_t)((seconds + 59) / 60));
	struct span arg = {number, n.k.n};
	say_into(&t->k, u->language, msgid, &arg, 1);
}

void venue_brief_countdown(const struct ui *u, const struct venue_entry *e, struct line *t)
{
	int64_t now = u->m->wall;

	venue_countdown(u, e, t);
	if (venue_is_gone(e) || e->start - now > SOON_S)
		return;
	line_start(t);
	if (venue_runs(e, now))
		add_minutes(u, t, N_("{1} min left"), e->end - now);
	else
		add_minutes(u, t, N_("In {1} min"), e->start - now);
}

static void join_filled(
	const struct ui *u, struct line *t, const char *msgid, const struct line *arg)
{
	struct span s = line_text(arg);
	struct line filled;

	line_start(&filled);
	say_into(&filled.k, u->language, msgid, &s, 1);
	line_join(t, " · ", line_text(&filled));
}

void venue_seats_words(const struct ui *u, const struct venue_entry *e, struct line *t)
{
	struct line at;

	line_start(t);
	if (e->seats == VENUE_SEATS_NONE)
		line_add(t, ui_say(u, "Full"));
	else if (e->seats == VENUE_SEATS_LEFT)
		line_count(t, u->language, "{1} seat left", "{1} seats left", e->seats_left);
	if (e->seats == VENUE_SEATS_UNSAID || u->m->network.online ||
		u->m->wall - e->seats_at < COUNT_OLD_S)
		return;
	line_start(&at);
	when_time(&at.k, e->seats_at, u->m->venue.offset);
	join_filled(u, t, N_("as of {1}"), &at);
}

struct span venue_coach_words(const struct ui *u, const struct venue_entry *e)
{
	switch (venue_coach_of(e, u->m->wall)) {
	case VENUE_COACH_BOARDING:
		return ui_say(u, "Boarding");
	case VENUE_COACH_LEFT:
		return ui_say(u, "Left");
	case VENUE_COACH_LATER:
		break;
	}
	return (struct span){NULL, 0};
}

void venue_follows_words(const struct ui *u, const struct venue_entry *e, struct line *t)
{
	struct span title = venue_main_title(text_of(u, texts_in(&e->follows, u->language)));

	line_start(t);
	if (title.n > 0)
		say_into(&t->k, u->language, "For: {1}", &title, 1);
}

/* The time alone where the day stays the same. */
static void was_words(const struct ui *u, const struct venue_entry *e, struct line *t)
{
	struct venue_moment is = venue_when(&u->m->venue, e);

	line_start(t);
	if (when_day_number(is.at, is.offset) != when_day_number(e->was, e->was_offset)) {
		when_day(&t->k, u->language, e->was, e->was_offset);
		line_add(t, span_of(", "));
	}
	when_time(&t->k, e->was, e->was_offset);
}

/* In the same house a room is enough. */
static void where_to(const struct ui *u, const struct venue_entry *e, struct line *t)
{
	if (e->room.n > 0 && span_equal(text_of(u, e->place), text_of(u, u->m->venue.place))) {
		line_start(t);
		line_add(t, text_of(u, e->room));
	} else {
		venue_where_words(u, e, t);
	}
}

void venue_change_words(
	const struct ui *u, const struct venue_entry *e, uint8_t marks, struct line *t)
{
	struct line arg;

	line_start(t);
	if (marks & VENUE_CANCELLED)
		line_join(t, " · ", ui_say(u, "Cancelled"));
	if (marks & VENUE_NEW)
		line_join(t, " · ", ui_say(u, "New in the programme"));
	if (marks & VENUE_NEW_TIME) {
		was_words(u, e, &arg);
		join_filled(u, t, N_("New time, was {1}"), &arg);
	}
	if (marks & VENUE_MOVED_HERE) {
		line_start(&arg);
		line_add(&arg, text_of(u, e->was_place));
		join_filled(u, t, N_("Moved from {1}"), &arg);
	}
	if (marks & VENUE_MOVED_AWAY) {
		where_to(u, e, &arg);
		join_filled(u, t, N_("Moved to {1}"), &arg);
	}
}

enum venue_state venue_state(const struct ui *u)
{
	enum venue_state s = venue_state_of(&u->m->venue, u->m->wall);

	if (s == VENUE_NO_LIST && u->m->roster_news == ROSTER_DAMAGED)
		return VENUE_LIST_DAMAGED;
	if (s == VENUE_NO_LIST && u->m->roster_news == ROSTER_EXPIRED)
		return VENUE_LIST_EXPIRED;
	if (s == VENUE_NO_LIST && u->m->roster_news == ROSTER_WIPED)
		return VENUE_OVER;
	return s;
}

void venue_state_words(const struct ui *u, struct line *t)
{
	static const char *const words[VENUE_STATES] = {
		[VENUE_NO_LIST] = N_("There is no programme on this screen yet."),
		[VENUE_LIST_DAMAGED] = N_("The programme on this screen cannot be read."),
		[VENUE_LIST_EXPIRED] =
			N_("The programme on this screen is of an event that is over."),
		[VENUE_PLACE_UNKNOWN] = N_("The programme says nothing about this place."),
		[VENUE_NOTHING_YET] = N_("Nothing is announced yet."),
		[VENUE_OVER] = N_("The event is over. Thank you for coming."),
		[VENUE_OVER_HERE] = N_("Nothing more takes place here."),
		[VENUE_BEFORE] = N_("The programme begins on {1}."),
		[VENUE_OVER_TODAY] = N_("Nothing more takes place here today."),
	};
	const struct venue *v = &u->m->venue;
	const char *said = words[venue_state(u)];
	struct line first;

	line_start(t);
	line_start(&first);
	when_date(&first.k, u->language, v->first, v->first_offset);
	struct span arg = line_text(&first);
	if (said)
		say_into(&t->k, u->language, said, &arg, 1);
}
