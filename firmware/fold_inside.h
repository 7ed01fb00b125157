/* What the files of the fold share; nobody else includes it.
 *
 * Nothing is added up when an event comes in: the set is kept, and a question walks the events of one
 * person, few as a rule and a few times at most. So order, repeats and undoing need no case of their
 * own. */
#ifndef FIRMWARE_FOLD_INSIDE_H
#define FIRMWARE_FOLD_INSIDE_H

#include "fold.h"

/* What an id stands for: an event, an undo of it that came first, or both. */
struct slot {
	struct event_id id, target;
	int64_t wall_ms; /* mended, as trusted is */
	int64_t said_wall_ms, boot_ms, offset_ms;
	struct boot *boot; /* of which it is a slot, or NULL */
	uint8_t person[EVENT_PERSON], hash[EVENT_HASH];
	uint32_t issue;
	uint16_t kind, activity;
	bool trusted, there;
	bool believed;                  /* it needs no card, or its card is believed */
	uint16_t needs, rights;         /* to say it, and of whoever said it */
	struct event *said;             /* the whole of what needs a card, for another judge */
	struct slot *undos, *next_undo; /* those that name it; the next that names the same */
	struct slot *job;               /* what names the badge job it is about, or NULL */
	struct slot *job_first;         /* for one walk, where this names a job: its first event, */
	uint32_t job_issue;             /* highest issue, */
	unsigned job_seen;              /* and the kinds of its events */
};

/* One run of a machine from power on to power off: its signed times, and the events about a person
 * whose clock was not trusted. Few have any. */
struct boot {
	uint8_t id[EVENT_BOOT];
	struct slot **slots;
	size_t n, cap;
	const struct slot *clock; /* the one that counts, or NULL */
};

struct person {
	uint8_t handle[EVENT_PERSON];
	struct slot **slots; /* by event_compare */
	size_t n, cap;
	uint32_t seen_issue; /* fold_saw */
};

/* Open addressing over pointers; cap is a power of two, at most three quarters are used. */
struct table {
	void **at;
	size_t cap, n;
};

struct fold {
	struct table slots, people, boots;
	struct person nobody; /* what is said to everybody: emergencies */
	fold_judge *judge;
	const void *context;
};

/* Make room for one more entry; put one in, by its hash. */
typedef uint64_t fold_hash(const void *entry);
MUST_CHECK enum err fold_table_reserve(struct table *t, fold_hash *hash);
void fold_table_place(struct table *t, uint64_t hash, void *entry);
uint64_t fold_mix(uint64_t v);

/* The person with that handle, or NULL. */
struct person *fold_person_at(const struct fold *f, const uint8_t handle[static EVENT_PERSON]);

/* Put a slot into its person's order, and take it out; no memory is needed. */
void fold_seat(struct fold *f, struct slot *s);
void fold_unseat(struct fold *f, struct slot *s);
bool fold_is_seated(unsigned kind, const uint8_t person[static EVENT_PERSON]);

/* Belief (fold_belief.c). A copy of e into *said if it needs a card, else NULL. */
MUST_CHECK enum err fold_said_copy(const struct event *e, struct event **said);
void fold_judge_slot(const struct fold *f, struct slot *s);
/* undo, which is there, has come to its target, or is to leave it. */
void fold_undo_enter(struct fold *f, struct slot *undo, struct slot *target);
void fold_undo_leave(struct fold *f, struct slot *undo, struct slot *target);
/* It is there, believed, and not undone. */
bool fold_counts(const struct slot *s);

/* For fold_state.c: what an activity's events of one person say (fold_activity.c). */
void fold_attend(const struct person *p, uint16_t activity, struct fold_attendance *out);
void fold_write_activities(const struct person *p, struct sink *k);

/* Clocks (fold_clock.c). The boot that e belongs to, with room for one more slot, into *out; NULL if
 * it need not be kept by boot. */
MUST_CHECK enum err fold_boot_need(struct fold *f, const struct event *e, struct boot **out);
/* s, not seated, has come into s->boot, or is to leave it. */
void fold_boot_enter(struct fold *f, struct slot *s);
void fold_boot_leave(struct fold *f, struct slot *s);
/* s was undone, or is no longer; anything may have been. */
void fold_boot_review(struct fold *f, const struct slot *s);
void fold_boots_review(struct fold *f);
void fold_boots_free(struct fold *f);

#endif
