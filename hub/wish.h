/* What a request would change in the list, as a diff, and the change itself. One thread. */
#ifndef HUB_WISH_H
#define HUB_WISH_H

#include "census.h"
#include "csv_edit.h"
#include "requests.h"

enum wish_verdict {
	WISH_CHANGED,   /* her row has other texts then */
	WISH_ADDED,     /* a new row, whose person keeps the handle that a desk gave her */
	WISH_UNCHANGED, /* the list says so already */
	WISH_DOUBTFUL,  /* only people can do it: why tells */
	WISH_TALK       /* a guest asked by herself: somebody has to ask her */
};
extern const char *const wish_words[];

enum { WISH_VALUES = 8 };

/* Holds names: wipe it. */
struct wish {
	enum wish_verdict verdict;
	const char *why; /* static; "" */
	char id[LIST_ID + 1];
	bool both_names; /* given and family change: it is the same person all the same */
	size_t n;
	struct csv_value values[WISH_VALUES];
	const char *before[WISH_VALUES]; /* in the list; NULL for a new row */
	struct asked asked;              /* what values point into */
};

/* out must stay where it is: it points into itself and into the list. */
void wish_make(const struct census *c, const struct request *r, struct wish *out);

/* Does other ask for another late guest of the name that r asks for in a? It may be one guest, whom a desk took in
 * anew because neither code nor badge was left. */
bool wish_is_twin(const struct keys *k, const struct request *r, const struct asked *a,
	const struct request *other);

/* Carry it out in people (list/people.csv, as bytes) and in the state. Only for changed and added ones.
 * returns: OK; as csv_edit; ERR_BUSY, if somebody has that handle */
MUST_CHECK enum err wish_apply(
	struct folder *f, const struct request *r, const struct wish *w, struct grow *people);

#endif
