/* The words of the emergency that holds, as screens show them. Pure; spans point into the model or the program. */
#ifndef KIOSK_ALARM_H
#define KIOSK_ALARM_H

#include "app.h"

/* The texts that are given, in the order of enum language, and whose each is; LANGUAGES: everybody's, and the
 * only one. At least one while an emergency holds. */
struct alarm_texts {
	size_t n;
	struct span text[LANGUAGES];
	enum language language[LANGUAGES];
};
void alarm_texts(const struct model *m, struct alarm_texts *out);
/* The one that somebody who reads language understands best; empty if no emergency holds. */
struct span alarm_words(const struct model *m, enum language language);

#endif
