/* Many words looked for at once in a great many bytes, in every form of names.h. Nothing need stand
 * around them: memory has no words. */
#ifndef TESTS_HELP_NEEDLES_H
#define TESTS_HELP_NEEDLES_H

#include "help/names.h"

struct needles;

/* A failure ends the program. */
struct needles *needles_new(void);
void needles_free(struct needles *n);
/* word must outlive n. raw: as it is, and in no other form. Words below six bytes are not taken: they
 * stand everywhere by chance.
 * returns: whether it was taken */
bool needles_add(struct needles *n, struct span word, bool raw);
size_t needles_count(const struct needles *n);

/* Look for all of them; where says in static words what the bytes are. May be called often: a word is
 * found once and for all, until needles_begin. */
void needles_search(struct needles *n, struct span bytes, const char *where);
/* Forget what was found. */
void needles_begin(struct needles *n);

/* Word i, how it was found first and where; false if it was not found. */
struct needle_found {
	struct span word;
	const char *how, *where;
	uint64_t times;
};
bool needles_found(const struct needles *n, size_t i, struct needle_found *out);
/* Never look for word i any more. */
void needles_drop(struct needles *n, size_t i);

#endif
