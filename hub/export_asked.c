/* The results: what was asked of the organiser. */
#include "export_inside.h"
#include "requests.h"
#include "wish.h"

static const char *const states[] = {"waiting", "applied", "done"};

static enum err put_request(const struct exporting *x, struct csv_out *c, const struct request *r,
	const struct asked *a)
{
	char name[REQUEST_NAME];

	request_name(&r->event.id, name);
	csv_cell(c, name);
	csv_time(c, census_zone(x->census, r->wall_ms), r->wall_ms);
	export_board(x, c, &r->event.id);
	enum err e = export_signer(x, c, &r->event);
	csv_cell(c, states[r->state]);
	if (a->what == ASKED_LATE) {
		csv_cell(c, a->text[ASKED_DISPLAY]);
		csv_cell(c, a->text[ASKED_ORGANISATION]);
		csv_cell(c, role_codes[a->role]);
		csv_cell(c, language_codes[a->language]);
	}
	return e;
}

static enum err put_correction(
	const struct exporting *x, struct csv_out *c, const struct request *r)
{
	struct asked a;
	enum err opened = request_open(&x->census->folder->keys, r, &a);

	a.what = ASKED_CORRECTION;
	enum err e = put_request(x, c, r, &a);
	export_who(x, c, census_find(x->census, r->event.person));
	csv_cell(c, opened == OK ? "" : opened == ERR_ABSENT ? "the guest herself" : "unreadable");
	for (int i = 1; i < ASKED_FIELDS; i++)
		csv_cell(c, a.has[i] ? a.text[i] : "");
	csv_end_row(c);
	seal_wipe(&a, sizeof(a));
	return e;
}

static bool has_twin(const struct exporting *x, const struct grow *all, const struct request *r,
	const struct asked *a)
{
	const struct request *other = GROW_ARRAY(all, const struct request);

	for (size_t i = 0; i < GROW_COUNT(all, struct request); i++)
		if (wish_is_twin(&x->census->folder->keys, r, a, &other[i]))
			return true;
	return false;
}

static enum err put_late(const struct exporting *x, struct csv_out *c, const struct grow *all,
	const struct request *r)
{
	const struct census_person *p = census_find(x->census, r->event.person);
	struct asked a;
	enum err opened = request_open(&x->census->folder->keys, r, &a);

	a.what = ASKED_LATE;
	enum err e = put_request(x, c, r, &a);
	csv_cell(c, opened                    ? "unreadable"
		    : has_twin(x, all, r, &a) ? "another late guest has this name"
					      : "");
	csv_cell(c, p ? census_id(x->census, p) : "");
	struct fold_person said;
	bool here = fold_find(x->past->fold, r->event.person, &said) == OK && said.arrived;
	csv_time(c, census_zone(x->census, said.arrival.wall_ms), here ? said.arrival.wall_ms : 0);
	csv_end_row(c);
	seal_wipe(&a, sizeof(a));
	return e;
}

static enum err put_all(const struct exporting *x, struct csv_out *c, unsigned kind)
{
	struct grow all = {0};

	enum err e = requests_collect(x->past, &all);
	const struct request *r = GROW_ARRAY(&all, const struct request);
	for (size_t i = 0; i < GROW_COUNT(&all, struct request) && e == OK; i++)
		if (r[i].event.kind == kind)
			e = kind == EVENT_LATE ? put_late(x, c, &all, &r[i])
					       : put_correction(x, c, &r[i]);
	grow_free(&all);
	return e;
}

enum err export_corrections(const struct exporting *x, struct csv_out *c)
{
	csv_header(c, "request asked board by by_family_name state " EXPORT_WHO
		      " note new_given_name new_family_name new_display_name new_organisation "
		      "new_function");
	return put_all(x, c, EVENT_CORRECTION_ASKED);
}

enum err export_late(const struct exporting *x, struct csv_out *c)
{
	csv_header(c, "request asked board by by_family_name state name organisation role language "
		      "note person arrived");
	return put_all(x, c, EVENT_LATE);
}
