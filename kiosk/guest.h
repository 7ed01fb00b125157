/* What a screen knows of people and programme: copies out of the roster, without a pointer in them.
 *
 * Views show texts in whichever language is chosen at that moment, so a copy holds all four. Plain
 * values; the copying is pure (no memory taken, no clock). */
#ifndef KIOSK_GUEST_H
#define KIOSK_GUEST_H

#include "event.h"
#include "roster.h"
#include "text.h"

/* Something at a time and a place: an activity, or a meeting of two. */
struct entry {
	bool meeting;
	enum activity_kind kind; /* of an activity */
	enum booking_status status;
	bool conflict;      /* overlaps another one that is not cancelled */
	int64_t start, end; /* seconds since 1970, UTC */
	int64_t leave_by;   /* the same; 0: not said */
	int32_t offset;     /* the place's minutes east of UTC at start */
	int track;          /* -1: none */
	struct texts title, directions;
	struct text place, room, city, meeting_point, dress, seat;
	struct text table, subject, counterpart, counterpart_organisation;
};

enum { GUEST_ENTRIES = VISIT_BOOKINGS + VISIT_MEETINGS, GUEST_TEXT = 96 * 1024 };

/* One guest. Everything personal that the model knows is in here and nowhere else. */
struct guest {
	bool known;        /* false: all zero, nobody is there */
	bool is_protected; /* then only handle, issue and language are set, but for the protocol */
	enum token_kind shown; /* what the code was; 0: opened by staff */
	uint32_t issue;        /* of the code shown */
	uint32_t badge_issue;  /* the newest the roster knows */
	bool day_open;
	uint8_t handle[EVENT_PERSON];
	enum role role;
	enum language language;
	bool family_first;
	struct text name, given, family, display, honorific, organisation, function;
	uint32_t entry_count;
	struct entry entries[GUEST_ENTRIES]; /* by start */
	uint32_t text_n;
	uint8_t text[GUEST_TEXT];
};

/* Copy what screens show of v. Cancelled bookings and meetings that v holds no key for are left
 * out; what is sealed is opened into v's memory on the way.
 * returns: OK
 *          ERR_FULL, if the texts are too long for the memory: what fitted is there
 *          ERR_FORGED, ERR_FORMAT, as roster_activity; *out is then wiped */
MUST_CHECK enum err guest_take(struct guest *out, const struct roster *r, struct visit *v);

enum { PROGRAMME_ENTRIES = 24, PROGRAMME_TEXT = 24 * 1024 };

/* What anyone may know: the event and the next public activities. */
struct programme {
	bool known; /* false: no roster, the rest is zero */
	bool demo;
	int64_t built_at;
	uint64_t sequence;
	uint32_t lease_amber_min, lease_withhold_min;
	struct texts event;
	struct text desk;  /* where help is: the desk's place and room, may be empty */
	struct text place; /* where this board stands, may be empty */
	bool more;         /* there are later ones that did not fit */
	uint32_t entry_count;
	struct entry entries[PROGRAMME_ENTRIES]; /* by start, not over yet */
	uint32_t text_n;
	uint8_t text[PROGRAMME_TEXT];
};

/* Copy the public activities of r that end after now (seconds since 1970). place: the id of the
 * place where the board stands, or empty. What does not fit is left out and sets more. */
void programme_take(struct programme *out, const struct roster *r, struct span place, int64_t now);

/* A text of g or p, or an empty span. */
struct span guest_text(const struct guest *g, struct text t);
struct span programme_text(const struct programme *p, struct text t);

#endif
