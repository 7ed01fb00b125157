/* What staff ask of the organiser. */
#include "asked.h"

#include <string.h>

enum { FORMAT = 1 };
_Static_assert((int)ASKED_BYTES < (int)EVENT_PAYLOAD, "it is sealed into a payload");

static bool correction_is_fit(const struct asked *a)
{
	bool any = false;

	for (int i = 1; i < ASKED_FIELDS; i++)
		any |= a->has[i];
	return any && a->role == 0 && a->language == 0;
}

static bool late_is_fit(const struct asked *a)
{
	bool other = a->has[ASKED_GIVEN] || a->has[ASKED_FAMILY] || a->has[ASKED_FUNCTION];
	size_t name = strlen(a->text[ASKED_DISPLAY]);

	return !other && a->has[ASKED_DISPLAY] && name > 0 && name <= LATE_NAME &&
	       strlen(a->text[ASKED_ORGANISATION]) <= LATE_ORGANISATION && a->role < ROLES &&
	       a->role != ROLE_STAFF && a->language < LANGUAGES;
}

static bool is_fit(const struct asked *a)
{
	for (int i = 0; i < ASKED_FIELDS; i++)
		if (a->has[i] && (i == 0 || !span_is_line(span_of(a->text[i]))))
			return false;
	if (a->what == ASKED_LATE)
		return late_is_fit(a);
	return a->what == ASKED_CORRECTION && correction_is_fit(a);
}

enum err asked_write(const struct asked *a, uint8_t out[static ASKED_BYTES], size_t *n)
{
	struct sink k = sink_on(out, ASKED_BYTES);

	*n = 0;
	if (!is_fit(a))
		return ERR_FORMAT;
	sink_u8(&k, FORMAT);
	sink_u8(&k, (uint8_t)a->what);
	sink_u8(&k, (uint8_t)a->role);
	sink_u8(&k, (uint8_t)a->language);
	for (int i = 1; i < ASKED_FIELDS; i++) {
		if (!a->has[i])
			continue;
		sink_u8(&k, (uint8_t)i);
		sink_u8(&k, (uint8_t)strlen(a->text[i]));
		sink_bytes(&k, a->text[i], strlen(a->text[i]));
	}
	if (k.full) {
		seal_wipe(out, ASKED_BYTES);
		return ERR_FULL;
	}
	*n = k.n;
	return OK;
}

static void read_text(struct cursor *c, struct asked *out, unsigned *last)
{
	unsigned field = cursor_u8(c);
	struct span text = cursor_bytes(c, cursor_u8(c));

	c->bad |= field <= *last || field >= ASKED_FIELDS;
	if (c->bad)
		return;
	c->bad |=
		!span_is_line(text) || span_copy_text(text, out->text[field], ASKED_TEXT + 1) != OK;
	out->has[field] = true;
	*last = field;
}

enum err asked_read(struct asked *out, struct span plain)
{
	struct cursor c = cursor_at(plain);
	unsigned last = 0;

	memset(out, 0, sizeof(*out));
	uint8_t format = cursor_u8(&c);
	if (!c.bad && format > FORMAT)
		return ERR_VERSION;
	c.bad |= format != FORMAT || plain.n > ASKED_BYTES;
	uint8_t what = cursor_u8(&c);
	uint8_t role = cursor_u8(&c);
	uint8_t language = cursor_u8(&c);
	while (!c.bad && c.rest.n > 0)
		read_text(&c, out, &last);
	out->what = (enum asked_what)what;
	out->role = (enum role)role;
	out->language = (enum language)language;
	if (!c.bad && is_fit(out))
		return OK;
	seal_wipe(out, sizeof(*out));
	return ERR_FORMAT;
}
