/* Visits of what was typed. */
#include "typed_visit.h"

#include <string.h>

static enum err keep(struct visit *v, const char *text, struct span *out)
{
	size_t n = strlen(text);

	if (n > sizeof(v->memory) - v->memory_used)
		return ERR_FULL;
	uint8_t *to = v->memory + v->memory_used;
	memcpy(to, text, n);
	v->memory_used += n;
	*out = (struct span){to, n};
	return OK;
}

enum err typed_visit_late(struct visit *out, const struct late *l)
{
	visit_wipe(out);
	out->kind = TOKEN_LATE;
	out->issue = out->badge_issue = l->issue;
	out->day_open = true;
	memcpy(out->handle, l->person, sizeof(out->handle));
	out->role = l->role;
	out->language = l->language;
	enum err e = keep(out, l->name, &out->display_name);
	return e ? e : keep(out, l->organisation, &out->organisation);
}

enum err typed_visit_correct(struct visit *v, const struct asked *a)
{
	struct span *const to[ASKED_FIELDS] = {
		[ASKED_GIVEN] = &v->given_name,
		[ASKED_FAMILY] = &v->family_name,
		[ASKED_DISPLAY] = &v->display_name,
		[ASKED_ORGANISATION] = &v->organisation,
		[ASKED_FUNCTION] = &v->function,
	};
	enum err e = OK;

	for (int i = 1; i < ASKED_FIELDS && e == OK; i++)
		if (a->has[i])
			e = keep(v, a->text[i], to[i]);
	if (a->has[ASKED_ORGANISATION])
		v->organisation_short = (struct span){0};
	return e;
}
