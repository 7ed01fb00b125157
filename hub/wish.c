/* What a request would change in the list. */
#include "wish.h"

#include "csv_out.h"
#include "source.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

const char *const wish_words[] = {[WISH_CHANGED] = "changed",
	[WISH_ADDED] = "added",
	[WISH_UNCHANGED] = "unchanged",
	[WISH_DOUBTFUL] = "doubtful",
	[WISH_TALK] = "to ask"};

static void doubt(struct wish *w, const char *why)
{
	w->verdict = WISH_DOUBTFUL;
	w->why = why;
}

static void put(struct wish *w, const char *column, const char *text, const char *before)
{
	w->values[w->n] = (struct csv_value){column, text};
	w->before[w->n++] = before;
}

static bool same_words(const char *a, const char *b)
{
	char *x = g_utf8_casefold(a, -1), *y = g_utf8_casefold(b, -1);
	bool same = strcmp(x, y) == 0;

	g_free(x);
	g_free(y);
	return same;
}

/* The id of the organisation that people call so; NULL. */
static const char *organisation_id(const struct list *l, const char *name)
{
	if (!*name)
		return "";
	for (size_t i = 0; i < l->organisations_n; i++) {
		const struct list_organisation *o = &l->organisations[i];
		if (same_words(o->name, name) ||
			(*o->short_name && same_words(o->short_name, name)))
			return o->id;
	}
	return NULL;
}

/* What a desk sends goes into a file that people open with a spreadsheet. */
static bool is_harmless(const struct asked *a)
{
	for (int i = 1; i < ASKED_FIELDS; i++)
		if (a->has[i] && csv_is_formula(a->text[i]))
			return false;
	return true;
}

static void put_changed(struct wish *w, const char *column, const char *text, const char *before)
{
	if (strcmp(text, before) != 0)
		put(w, column, text, before);
}

static void correct(const struct census *c, const struct request *r, struct wish *w)
{
	const struct census_person *p = census_find(c, r->event.person);
	const struct list_person *row = census_row(c, p);
	const struct asked *a = &w->asked;

	if (!row) {
		doubt(w, "she is not in the list");
		return;
	}
	snprintf(w->id, sizeof(w->id), "%s", row->id);
	const char *organisation = row->organisation_id, *found = "";
	if (a->has[ASKED_ORGANISATION]) {
		found = organisation_id(&c->folder->list, a->text[ASKED_ORGANISATION]);
		organisation = found ? found : a->text[ASKED_ORGANISATION];
	}
	if (a->has[ASKED_GIVEN])
		put_changed(w, "given_name", a->text[ASKED_GIVEN], row->given_name);
	w->both_names = w->n > 0;
	size_t n = w->n;
	if (a->has[ASKED_FAMILY])
		put_changed(w, "family_name", a->text[ASKED_FAMILY], row->family_name);
	w->both_names = w->both_names && w->n > n;
	if (a->has[ASKED_DISPLAY])
		put_changed(w, "display_name", a->text[ASKED_DISPLAY], row->display_name);
	if (a->has[ASKED_FUNCTION])
		put_changed(w, "function", a->text[ASKED_FUNCTION], row->function);
	put_changed(w, "organisation", organisation, row->organisation_id);
	w->verdict = w->n > 0 ? WISH_CHANGED : WISH_UNCHANGED;
	if (a->has[ASKED_FAMILY] && !a->text[ASKED_FAMILY][0])
		doubt(w, "a family name must be there");
	if (!found)
		doubt(w, "list/organisations.csv has no such name; add a row for it first");
}

/* The first id of the form late-N that nobody has or had. */
static void free_id(const struct folder *f, char out[static LIST_ID + 1])
{
	unsigned n = 0;

	do
		snprintf(out, LIST_ID + 1, "late-%u", ++n);
	while (state_person(&f->state, out) || list_person_by_id(&f->list, out) >= 0);
}

static const struct list_person *namesake(const struct list *l, const char *name)
{
	char whole[2 * LIST_NAME_BYTES + 2];

	for (size_t i = 0; i < l->people_n; i++) {
		const struct list_person *p = &l->people[i];
		snprintf(whole, sizeof(whole), "%s%s%s", p->given_name, *p->given_name ? " " : "",
			p->family_name);
		if (same_words(whole, name) ||
			(*p->display_name && same_words(p->display_name, name)))
			return p;
	}
	return NULL;
}

static void take_in(const struct census *c, const struct request *r, struct wish *w)
{
	const struct folder *f = c->folder;
	const struct state_person *s = state_late(&f->state, r->event.person);
	const struct asked *a = &w->asked;

	w->verdict = WISH_ADDED;
	if (!s && census_find(c, r->event.person)) {
		doubt(w, "a desk gave her the handle of somebody who is there");
		return;
	}
	if (s)
		snprintf(w->id, sizeof(w->id), "%s", s->id);
	else
		free_id(f, w->id);
	if (list_person_by_id(&f->list, w->id) >= 0) {
		w->verdict = WISH_UNCHANGED;
		return;
	}
	const char *organisation = organisation_id(&f->list, a->text[ASKED_ORGANISATION]);
	put(w, "id", w->id, NULL);
	put(w, "family_name", a->text[ASKED_DISPLAY], NULL);
	put(w, "organisation", organisation ? organisation : a->text[ASKED_ORGANISATION], NULL);
	put(w, "role", role_codes[a->role], NULL);
	put(w, "language", language_codes[a->language], NULL);
	if (!organisation)
		doubt(w, "list/organisations.csv has no such name; add a row for it first");
	const struct list_person *same = namesake(&f->list, a->text[ASKED_DISPLAY]);
	const struct state_person *known = same ? state_person(&f->state, same->id) : NULL;
	if (known && known->late)
		doubt(w, "a late guest of this name is in the list. If it is she, taken in anew: "
			 "take "
			 "the older row out, then apply this; her first badge dies with the next "
			 "version");
	else if (same)
		doubt(w, "somebody of this name is in the list; is it she?");
}

bool wish_is_twin(const struct keys *k, const struct request *r, const struct asked *a,
	const struct request *other)
{
	struct asked hers;

	if (a->what != ASKED_LATE || other->event.kind != EVENT_LATE ||
		memcmp(r->event.person, other->event.person, EVENT_PERSON) == 0)
		return false;
	bool twin = request_open(k, other, &hers) == OK &&
		    same_words(hers.text[ASKED_DISPLAY], a->text[ASKED_DISPLAY]);
	seal_wipe(&hers, sizeof(hers));
	return twin;
}

void wish_make(const struct census *c, const struct request *r, struct wish *out)
{
	*out = (struct wish){.why = ""};
	enum err e = request_open(&c->folder->keys, r, &out->asked);
	const struct list_person *row = census_row(c, census_find(c, r->event.person));

	if (row)
		snprintf(out->id, sizeof(out->id), "%s", row->id);
	if (e == ERR_ABSENT)
		out->verdict = WISH_TALK;
	else if (e == ERR_FORGED)
		doubt(out, "it cannot be opened: it is sealed to another key than this hub's");
	else if (e)
		doubt(out, "it is not well-formed");
	else if (out->asked.what == ASKED_LATE)
		take_in(c, r, out);
	else
		correct(c, r, out);
	if (e == OK && !is_harmless(&out->asked))
		doubt(out, "a text begins as a formula does; write it into the list by hand");
}

enum err wish_apply(
	struct folder *f, const struct request *r, const struct wish *w, struct grow *people)
{
	if (w->verdict == WISH_CHANGED) {
		struct state_person *p = state_person(&f->state, w->id);
		if (w->both_names && p)
			p->given = p->family = 0;
		return csv_edit_set(people, w->id, w->values, w->n);
	}
	enum err e =
		state_person(&f->state, w->id) ? OK : source_add_person(&f->keys, &f->state, w->id);
	if (e)
		return e;
	struct state_person *p = state_person(&f->state, w->id);
	/* Asked twice in one go. */
	if (p->late && csv_edit_set(people, w->id, NULL, 0) == OK)
		return OK;
	if (!p->late)
		e = state_take_late(&f->state, p, r->event.person);
	return e == OK ? csv_edit_add(people, w->values, w->n) : e;
}
