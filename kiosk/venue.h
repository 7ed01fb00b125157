/* A venue screen as a value: what one room, one city or one coach stop shows, and when.
 *
 * A copy out of the roster's public sections, without a pointer in it: no secret, nobody's bookings,
 * nothing that is not public. stage takes a fresh one at every tick, so that a view is a pure function
 * of it: of (roster, what is asked, the wall clock, who is inside). Two screens with the same roster and
 * the same clock show the same page.
 *
 * Times are seconds since 1970, UTC; offsets are minutes east of UTC at that very time, so that summer
 * time may begin between a start and its end. A day is a local day, from midnight to midnight. */
#ifndef KIOSK_VENUE_H
#define KIOSK_VENUE_H

#include "changes.h"
#include "fold.h"
#include "roster.h"
#include "text.h"

enum venue_layout {
	VENUE_BY_PLACE,  /* a room where the board's place has one, else the lobby */
	VENUE_ROOM,      /* one place: now, next */
	VENUE_LOBBY,     /* one city: what starts next */
	VENUE_TRANSFERS, /* one city: what leaves, from where, to what */
	VENUE_LAYOUTS
};
extern const char *const venue_layout_names[VENUE_LAYOUTS]; /* "", "room", "lobby", "transfers" */

enum {
	VENUE_ENTRIES = 64,
	VENUE_TEXT = 48 * 1024,
	VENUE_TRACKS = 16,           /* as many as there are colours */
	VENUE_PLACE = 64,            /* of an id, and its NUL */
	VENUE_TURN_S = 10,           /* a page in one language; divides a minute */
	VENUE_ROUND_S = 300,         /* what is over leaves a list of pages when this turns */
	VENUE_SOON_S = 60 * 60,      /* before something begins it is time to walk */
	VENUE_AHEAD_S = 6 * 60 * 60, /* so far one looks past midnight */
	VENUE_BOARDING_S = 15 * 60,  /* before a coach leaves … */
	VENUE_LEFT_S = 15 * 60,      /* … and how long it is shown afterwards */
};

/* What one output shows. */
struct venue_ask {
	enum venue_layout layout;
	char place[VENUE_PLACE]; /* a place's id, or "" */
	/* The languages that take turns, in this order; at least one. */
	uint32_t language_n;
	enum language languages[LANGUAGES];
};

/* Does the roster know where this is? */
enum venue_where {
	VENUE_ANYWHERE, /* no place was said: all cities */
	VENUE_HERE,
	VENUE_UNKNOWN, /* this roster has no such place, or it is not public */
};

enum venue_seats {
	VENUE_SEATS_UNSAID, /* no door counts there, or nobody said how many it holds */
	VENUE_SEATS_LEFT,
	VENUE_SEATS_NONE,
};

/* What was changed within the last hour, a bit each. */
enum venue_mark {
	VENUE_NEW = 1 << 0,
	VENUE_NEW_TIME = 1 << 1,   /* was: when it was to begin, or its coach to leave */
	VENUE_MOVED_HERE = 1 << 2, /* was_place */
	VENUE_MOVED_AWAY = 1 << 3, /* it was to be here: place is where it is now */
	VENUE_CANCELLED = 1 << 4,
};

struct venue_entry {
	uint16_t activity; /* its number: stays with it from one roster to the next */
	enum activity_kind kind;
	int track; /* -1: none */
	int64_t start, end;
	int64_t leave; /* when the coach leaves; 0: nobody leaves for it */
	int32_t offset, end_offset, leave_offset;
	uint32_t capacity; /* 0: not said */
	enum venue_seats seats;
	uint32_t seats_left;
	int64_t seats_at; /* when a door last said something */
	struct texts title;
	struct text speakers; /* names separated by ", " */
	struct text place, room, city, meeting_point;
	struct texts
		follows; /* VENUE_TRANSFERS: the title of what it takes people to, where that can be told */
	uint8_t marks; /* of enum venue_mark */
	int64_t was;
	int32_t was_offset;
	struct text was_place; /* "Room 1, Bayline Conference Center" */
};

/* It was to be here and will not, or not any more. */
static inline bool venue_is_gone(const struct venue_entry *e)
{
	return e->marks & (VENUE_CANCELLED | VENUE_MOVED_AWAY);
}

/* What there is to say. From VENUE_BEFORE on rows are shown. */
enum venue_state {
	VENUE_NO_LIST,
	VENUE_LIST_DAMAGED,
	VENUE_LIST_EXPIRED,
	VENUE_PLACE_UNKNOWN,
	VENUE_NOTHING_YET, /* nothing public is in the list */
	VENUE_OVER,        /* the whole event */
	VENUE_OVER_HERE,   /* it goes on elsewhere */
	VENUE_BEFORE,      /* the event has not begun: rows are of its first day here */
	VENUE_OVER_TODAY,  /* nothing more today: rows are of the next day that has any */
	VENUE_ON,
	VENUE_STATES
};

struct venue {
	bool known;               /* false: no roster; of the rest only what was asked is there */
	enum venue_layout layout; /* never VENUE_BY_PLACE where known */
	enum venue_where where;
	uint32_t language_n;
	enum language languages[LANGUAGES];
	int64_t at;     /* when this was taken */
	int32_t offset; /* here, at that time */
	struct text place, room, city;
	/* Of the whole event, whatever is asked: the first start and the last end of what is public; 0: nothing is. */
	int64_t first, last;
	int32_t first_offset;
	uint32_t track_n;
	struct texts tracks[VENUE_TRACKS]; /* their titles */
	bool more;                         /* later ones did not fit */
	/* By start; VENUE_TRANSFERS: by leave. After them, in a room, what was to be here and will not. */
	uint32_t entry_n, gone_n;
	struct venue_entry entries[VENUE_ENTRIES];
	uint32_t text_n;
	uint8_t text[VENUE_TEXT];
};

/* Take what ask wants to show at now. r: NULL, if there is no roster; changes may be NULL. */
void venue_take(struct venue *out, const struct roster *r, const struct venue_ask *ask,
	const struct changes *changes, int64_t now);

/* Put in who is inside, as the doors know: a room's capacity is no news where no door counts. */
void venue_count(struct venue_entry *e, const struct fold_activity *counts);

struct span venue_text(const struct venue *v, struct text t);

/* What it is listed by: when it starts, or its coach leaves. */
struct venue_moment {
	int64_t at;
	int32_t offset;
};
struct venue_moment venue_when(const struct venue *v, const struct venue_entry *e);
/* Does it run, here, at now? */
bool venue_runs(const struct venue_entry *e, int64_t now);

/* The entries of the day a screen is about: this one, and the small hours after it, as long as anything of
 * them is left; else the next day that has any. first + n <= entry_n; n == 0: nothing is left at all. */
struct venue_day {
	uint32_t first, n;
	bool today;
	int64_t at; /* an instant of that day … */
	int32_t offset;
};
struct venue_day venue_day_of(const struct venue *v, int64_t now);

/* VENUE_NO_LIST where there is no roster, whatever the reason. */
enum venue_state venue_state_of(const struct venue *v, int64_t now);

enum venue_coach { VENUE_COACH_LATER, VENUE_COACH_BOARDING, VENUE_COACH_LEFT };
enum venue_coach venue_coach_of(const struct venue_entry *e, int64_t now);

/* How many of that day's first entries run, or come within VENUE_SOON_S of the end of this round. */
uint32_t venue_soon_of(const struct venue *v, int64_t now);

/* Whose turn it is, of so many pages (at least 1): each is shown in all languages before the next. The first
 * soon of them come round after one of the others, which take turns: who waits for what is near waits a short
 * while. 0: all come round alike. It goes by the clock alone, so that two screens that have as many pages show
 * the same one. */
struct venue_turn {
	uint32_t page;
	enum language language;
};
struct venue_turn venue_turn_of(const struct venue *v, uint32_t pages, uint32_t soon, int64_t now);

/* Milliseconds until the next turn, or the next minute where nothing takes turns: nothing that a view
 * shows changes before, for the programme goes by minutes. Above 0. */
int64_t venue_tick_ms(const struct venue *v, int64_t now);

#endif
