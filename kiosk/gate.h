/* A door as a value: the activities of its day, what it says of a badge, who is still missing.
 *
 * Copies out of roster and fold, without a pointer in them: the model of a board in door mode holds
 * one. Names are in the verdict and in the list of the missing and nowhere else: wipe these. */
#ifndef KIOSK_GATE_H
#define KIOSK_GATE_H

#include "door.h"
#include "guest.h"

enum {
	GATE_ACTIVITIES = 48,
	GATE_TEXT = 32 * 1024,
	GATE_NAMES = 400,
	GATE_NAMES_TEXT = 32 * 1024,
	GATE_NAME = 2 * 256 + 2,
	GATE_ORGANISATION = 1024,
};

struct gate_activity {
	uint16_t number;
	enum access access;
	bool here; /* at the place where this board stands */
	int64_t start, end;
	int32_t offset;    /* the place's minutes east of UTC at start */
	uint32_t capacity; /* of the activity or of its place; 0: not said */
	uint32_t booked;   /* confirmed, of those whom the door key opens */
	struct texts title;
	struct text place, room;
};

/* What is left of this day in this city: here first, each by its start. */
struct gate_list {
	bool more; /* there are some that did not fit */
	uint32_t n;
	struct gate_activity at[GATE_ACTIVITIES];
	uint32_t text_n;
	uint8_t text[GATE_TEXT];
};
struct span gate_text(const struct gate_list *l, struct text t);

struct gate_counts {
	uint32_t inside, entered;
	bool missing_known; /* who is booked was read since the start */
	uint32_t missing;   /* booked, and never seen entering */
};

/* What the door says of one badge. */
struct gate_verdict {
	enum door_light light;
	enum door_reason reason;
	bool known;  /* there is a person: handle, issue, language are set */
	bool inside; /* the last that was seen of her is that she went in */
	bool is_protected;
	uint8_t handle[EVENT_PERSON];
	uint32_t issue;
	enum language language;
	char name[GATE_NAME]; /* "" unless green or amber, and for a protected person always */
	char organisation[GATE_ORGANISATION];
	struct gate_counts counts;
};

/* Who is booked, has a seat and was never seen entering, by family name. */
struct gate_missing {
	uint32_t n, more; /* more: so many did not fit */
	struct {
		struct text name, organisation;
	} at[GATE_NAMES];
	uint32_t text_n;
	uint8_t text[GATE_NAMES_TEXT];
};
struct span gate_missing_text(const struct gate_missing *l, struct text t);

enum gate_step {
	GATE_SHOWN,  /* the verdict is all there is */
	GATE_ASKED,  /* an event is on its way to the journal: no green yet */
	GATE_SAVED,  /* it is written down: entered, or left */
	GATE_FAILED, /* it is not: nothing is promised */
	GATE_NOT_IN, /* she leaves, and was not seen going in */
};

/* The list of who is missing. */
enum gate_names {
	GATE_NAMES_ASKED,   /* it is being read */
	GATE_NAMES_THERE,   /* it is in names */
	GATE_NAMES_REFUSED, /* nobody is named where that cannot be written down */
};

/* What a door did last, to be taken back. */
struct gate_last {
	bool known, left;
	uint8_t handle[EVENT_PERSON];
	uint32_t issue;
	uint16_t activity;
};

/* The door's part of the model. All zero: no activity is chosen. */
struct gate {
	bool chosen;    /* for list.at[at] … */
	bool automatic; /* … or whatever runs or comes next at this place */
	bool out;       /* those who show their badge leave */
	uint32_t at;
	uint32_t first; /* the first line of a list shown */
	struct gate_counts counts;
	enum gate_step step;
	bool overruled;     /* the entry on its way is against the light */
	bool left;          /* what is on its way or saved is a leaving */
	bool undoing;       /* the last is being taken back */
	int64_t pending_ms; /* boot time when the card was shown */
	int64_t unlocked_ms; /* boot time when a card was unlocked, or staff last touched the glass */
	struct gate_last last;
	struct gate_verdict verdict;
	struct gate_verdict pending; /* refused before a card was shown: the card may let it in */
	struct gate_list list;
	enum gate_names named;
	struct gate_missing names;
};

/* The activity this door is for, or NULL. */
const struct gate_activity *gate_chosen(const struct gate *g);
/* When its doors open: DOOR_EARLY_S before it starts. */
int64_t gate_opens(const struct gate_activity *a);
/* Of those here, the one that runs or comes next: its index, or list.n if there is none. */
uint32_t gate_next_here(const struct gate_list *l, int64_t now);
/* Let an automatic door follow its place. true: it is for another activity now. */
bool gate_follow(struct gate *g, int64_t now);
/* The next activity here after the chosen one, or NULL. */
const struct gate_activity *gate_after(const struct gate *g, int64_t now);

#endif
