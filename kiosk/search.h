/* Finding people by what the desk types, key by key.
 *
 * The index lives in the memory the caller gives (seal_secret_memory: it holds names) and nowhere
 * else; whoever wipes that memory wipes it all. Names become letters as fold_text.h says.
 *
 * A query is words in any order. Somebody is found when each of them is the beginning of a word of her
 * name, her organisation or her function; or is so with one letter wrong, missing, too much or swapped
 * with its neighbour, where four letters or more are there and it is no function. Words may be written
 * as one or apart (vandenbroeck, van den broeck; long ones two at most). A particle may be typed that
 * is not in the name, but not as the last word, or be left out, even of a name that is written as one
 * (smet finds Desmet). ä ö ü ø match with and without their e, å as aa. Chinese, Japanese and Korean
 * match by any run of characters.
 *
 * Better is: a whole word, then a beginning, then a beginning behind a glued particle, then a typing
 * error, last one in the first letter; each in family name, given name, display name, organisation,
 * function, in this order; but the beginning of a name is better than a whole word of an organisation,
 * and words that stand together as they were typed are a little better. Equals stand by family name,
 * given name, slot. Pure. One thread at a time. */
#ifndef KIOSK_SEARCH_H
#define KIOSK_SEARCH_H

#include "base.h"

enum search_field {
	SEARCH_FAMILY,
	SEARCH_GIVEN,
	SEARCH_DISPLAY, /* words of the display name that the two others lack */
	SEARCH_ORGANISATION,
	SEARCH_SHORT, /* the organisation's short name */
	SEARCH_FUNCTION,
	SEARCH_FIELDS
};

/* Of a query no more than this is read: so many bytes, of these so many words. */
enum { SEARCH_QUERY = 256, SEARCH_WORDS = 8 };

/* One person, as opened from the directory. Nothing is kept of the spans. Texts may be empty;
 * bytes that are no UTF-8 are left out. role and flags are the caller's, given back with a hit. */
struct search_entry {
	struct span text[SEARCH_FIELDS];
	uint32_t slot;
	uint8_t role, flags;
};

struct search_hit {
	uint32_t slot;
	uint16_t score;  /* comparable within one query only */
	uint8_t matched; /* a bit (1 << field) for each field that holds a word of the query best */
	uint8_t role, flags;
};

struct search_found {
	size_t n;       /* hits written, the best first */
	uint32_t total; /* people found, written or not */
	uint32_t sound; /* of these, found without a typing error */
};

struct search;

/* The most that one person takes, where nobody shares a word with her. */
size_t search_entry_bytes(const struct search_entry *e);
/* The memory for people that take so many bytes together: never too small. */
size_t search_bytes(size_t entries_bytes);

/* Begin an empty index in n bytes at memory, which *out points into: it ends with the memory.
 * returns: OK
 *          ERR_FULL, if memory is too small for nobody at all; *out is NULL */
MUST_CHECK enum err search_start(void *memory, size_t n, struct search **out);
/* Add one person; the same slot twice is two people.
 * returns: OK
 *          ERR_FULL, if she does not fit; she is not added, and all others stay */
MUST_CHECK enum err search_add(struct search *s, const struct search_entry *e);
/* search_start, search_add for each, and what the first search would else do.
 * returns: OK
 *          ERR_FULL, as these two; *out is NULL */
MUST_CHECK enum err search_build(void *memory, size_t n, const struct search_entry *entries,
	size_t count, struct search **out);
/* Bytes in use, and people. */
size_t search_used(const struct search *s);
uint32_t search_people(const struct search *s);

/* The best cap people for query, any bytes. A query without a letter or digit finds nobody. After
 * search_add the first search puts the new people into order; many at once take some milliseconds. */
void search_find(struct search *s, struct span query, struct search_hit *hits, size_t cap,
	struct search_found *out);

#endif
