/* The words of the screens in four languages.
 *
 * The sources name a text by its English wording; kiosk/po holds a gettext catalogue a language,
 * and the compiled catalogues (.mo) are part of the program. So nothing is loaded, no locale need be
 * installed, all four are at hand at once, and every function here is pure. Spans point into the
 * program itself. Placeholders are {1} to {9}. */
#ifndef KIOSK_WORDS_H
#define KIOSK_WORDS_H

#include "visit.h"

/* msgid in language; msgid itself where the catalogue lacks it. */
struct span say(enum language language, const char *msgid);
/* The form that language uses for n things. */
struct span say_many(enum language language, const char *one, const char *many, uint32_t n);
/* Write pattern with {1} … {count} replaced; a placeholder without argument is left out. */
void say_fill(struct sink *k, struct span pattern, const struct span *args, size_t count);
/* say and say_fill in one. */
void say_into(struct sink *k, enum language language, const char *msgid, const struct span *args,
	size_t count);
/* "Deutsch", "English", "Français", "Nederlands": each in itself. */
const char *language_name(enum language language);

/* The reader of one compiled catalogue (GNU gettext manual, "The Format of GNU MO Files"),
 * little-endian, major revision 0, sorted as msgfmt writes it. The found text ends before its NUL.
 * For a plural, key is the singular and form counts from 0.
 * returns: OK
 *          ERR_ABSENT, if key is not in it, or is not translated
 *          ERR_FORMAT, if a length or place in it does not hold */
MUST_CHECK enum err words_find(struct span mo, const char *key, uint32_t form, struct span *out);
/* The embedded catalogue. */
struct span words_catalogue(enum language language);

#endif
