/* From the master list, the keys and the state to what the roster's writer takes. */
#ifndef HUB_SOURCE_H
#define HUB_SOURCE_H

#include "keys.h"
#include "list.h"
#include "state.h"

/* A roster's source and all the memory behind it. The list must outlive it. */
struct source {
	struct roster_source roster;
	struct grow zones, rules, places, activities, tracks, legs, people, bookings, meetings,
		cards, revoked;
	struct grow files;
	struct grow kept; /* char *, each malloc'd: names put together, templates read */
	uint16_t *place_numbers, *activity_numbers; /* by index in the list */
};

/* Bring the state up to the list (new people get slots, people who left become tombstones), then
 * gather the source. Nothing is written to disk but the cache of PIN work in keys/pins.
 * returns: OK
 *          ERR_DENIED, if a person's given and family name both changed; she is named by id and line on
 *          standard error with what to do
 *          ERR_FULL, if there are more activities or places than numbers
 *          ERR_IO, if memory, a template or the cache failed */
MUST_CHECK enum err source_make(struct source *out, const struct list *l, const struct keys *k,
	struct state *s, const char *dir);
void source_free(struct source *s);

enum { SOURCE_BADGES_AHEAD = 2 }; /* badge issues that a roster knows above the current one */

/* The tokens a person has now: her invitation, her badge, and (cards) her card. */
void source_token(const struct keys *k, const struct state_person *p, enum token_kind kind,
	uint32_t issue, struct token *out, uint32_t staff_epoch);

/* A code is void from the next build on; of a late guest's badge, her codes up to that issue as well.
 * returns: OK; ERR_IO, if memory is out */
MUST_CHECK enum err source_drop(const struct keys *k, struct state *s, const struct state_person *p,
	enum token_kind kind, uint32_t issue);
/* Her late codes up to that issue alone, if she is a late guest. returns: as source_drop */
MUST_CHECK enum err source_drop_late(struct state *s, const struct state_person *p, uint32_t issue);

/* What the state calls somebody whom it has forgotten: "gone-" and a keyed hash of her id. */
void source_tombstone(const struct keys *k, const char *id, char out[static LIST_ID + 1]);
/* Bring a person into the state who is not there yet. If somebody of that id was forgotten it is her slot,
 * with other codes and another handle. returns: as state_add_person */
MUST_CHECK enum err source_add_person(const struct keys *k, struct state *s, const char *id);
/* P, what events call her. */
void source_handle(
	const struct keys *k, const struct state_person *p, uint8_t out[static EVENT_PERSON]);

#endif
