/* Forms: from fields to what is asked for. */
#include "form.h"

#include <string.h>

static struct text recorded(const struct guest *g, enum asked_field field)
{
	const struct text texts[ASKED_FIELDS] = {
		[ASKED_GIVEN] = g->given,
		[ASKED_FAMILY] = g->family,
		[ASKED_DISPLAY] = g->display,
		[ASKED_ORGANISATION] = g->organisation,
		[ASKED_FUNCTION] = g->function,
	};

	return texts[field];
}

void form_correct(struct form *f, const struct guest *g)
{
	memset(f, 0, sizeof(*f));
	f->what = ASKED_CORRECTION;
	f->here = ASKED_GIVEN;
	for (int i = ASKED_GIVEN; i < ASKED_FIELDS; i++) {
		field_init(&f->fields[i], ASKED_TEXT, ASKED_TEXT);
		(void)!field_set(&f->fields[i], guest_text(g, recorded(g, (enum asked_field)i)));
	}
}

void form_late(struct form *f, enum language language)
{
	memset(f, 0, sizeof(*f));
	f->what = ASKED_LATE;
	f->here = ASKED_DISPLAY;
	f->language = language;
	field_init(&f->fields[ASKED_DISPLAY], LATE_NAME, LATE_NAME);
	field_init(&f->fields[ASKED_ORGANISATION], LATE_ORGANISATION, LATE_ORGANISATION);
}

bool form_has(const struct form *f, enum asked_field field)
{
	return field > 0 && field < ASKED_FIELDS && f->fields[field].bytes_max > 0;
}

enum asked_field form_next(const struct form *f, enum asked_field field)
{
	unsigned i = field;

	for (unsigned n = 0; n < ASKED_FIELDS; n++) {
		i = (i + 1) % ASKED_FIELDS;
		if (form_has(f, (enum asked_field)i))
			break;
	}
	return (enum asked_field)i;
}

/* Nothing was typed where the record's text did not fit. */
static bool differs(const struct form *f, const struct guest *g, enum asked_field i)
{
	struct span was = guest_text(g, recorded(g, i));
	struct span now = field_trimmed(&f->fields[i]);

	return now.n == 0 && was.n > ASKED_TEXT ? false : !span_equal(was, now);
}

enum err form_write(
	const struct form *f, const struct guest *g, uint8_t out[static ASKED_BYTES], size_t *n)
{
	struct asked a = {.what = f->what, .role = f->role, .language = f->language};

	*n = 0;
	for (unsigned i = 1; i < ASKED_FIELDS; i++) {
		enum asked_field field = (enum asked_field)i;
		struct span text = field_trimmed(&f->fields[i]);
		if (!form_has(f, field))
			continue;
		a.has[i] = f->what == ASKED_LATE ? text.n > 0 : differs(f, g, field);
		if (a.has[i] && span_copy_text(text, a.text[i], sizeof(a.text[i])) != OK)
			a.has[i] = false;
	}
	enum err e = asked_write(&a, out, n);
	seal_wipe(&a, sizeof(a));
	return e == ERR_FORMAT ? ERR_ABSENT : e;
}
