/* Texts in their owner's memory. */
#include "text.h"

#include <string.h>

struct text text_keep(struct text_memory *m, struct span s)
{
	if (s.n == 0)
		return (struct text){0, 0};
	if (s.n > m->cap - *m->n) {
		m->full = true;
		return (struct text){0, 0};
	}
	struct text t = {*m->n, (uint32_t)s.n};
	memcpy(m->p + t.at, s.p, s.n);
	*m->n += t.n;
	return t;
}

struct texts texts_keep(struct text_memory *m, const struct words *w)
{
	struct texts t;
	for (int i = 0; i < LANGUAGES; i++)
		t.in[i] = text_keep(m, w->in[i]);
	return t;
}

struct text texts_in(const struct texts *t, enum language language)
{
	static const enum language order[] = {LANGUAGE_EN, LANGUAGE_FR, LANGUAGE_NL, LANGUAGE_DE};
	if (t->in[language].n > 0)
		return t->in[language];
	for (size_t i = 0; i < COUNT(order); i++) {
		if (t->in[order[i]].n > 0)
			return t->in[order[i]];
	}
	return (struct text){0, 0};
}
