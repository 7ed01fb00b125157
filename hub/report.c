/* Who came: the past counted. */
#include "report.h"

#include "report_inside.h"
#include "requests.h"
#include "zone.h"

#include <string.h>

enum { WORD = 64 };

/* One more of what under a name in a table; "" is "none". */
static void count(json_t *table, const char *name, const char *what)
{
	json_t *row = json_object_get(table, *name ? name : "none");

	if (!row) {
		row = json_object();
		json_object_set_new(table, *name ? name : "none", row);
	}
	json_int_t n = json_integer_value(json_object_get(row, what));
	json_object_set_new(row, what, json_integer(n + 1));
}

void report_raise(json_t *o, const char *key, size_t by)
{
	json_int_t n = json_integer_value(json_object_get(o, key));

	json_object_set_new(o, key, json_integer(n + (json_int_t)by));
}

/* If names are wanted: one more person in a list of the report. */
static void add_name(const struct reporting *r, const char *list, const struct census_person *p)
{
	const struct list_person *row = census_row(r->census, p);
	bool closed = !row || row->is_protected;

	if (!r->names)
		return;
	json_t *all = json_object_get(r->out, list), *one = json_object();
	if (!all) {
		all = json_array();
		json_object_set_new(r->out, list, all);
	}
	report_person(one, r, p, closed);
	json_array_append_new(all, one);
}

void report_person(json_t *o, const struct reporting *r, const struct census_person *p, bool closed)
{
	const struct list_person *row = census_row(r->census, p);

	json_object_set_new(o, "id", json_string(census_id(r->census, p)));
	json_object_set_new(o, "given_name", json_string(closed ? "" : row->given_name));
	json_object_set_new(o, "family_name", json_string(closed ? "" : row->family_name));
}

static json_t *table(json_t *by, const char *name)
{
	json_t *t = json_object_get(by, name);

	if (!t) {
		t = json_object();
		json_object_set_new(by, name, t);
	}
	return t;
}

/* What a row of the list says of a person, under each heading. */
static void count_row(const struct reporting *r, const struct list_person *row, const char *what)
{
	const struct list *l = &r->census->folder->list;
	const char *kind =
		row->organisation < 0
			? ""
			: organisation_kind_codes[l->organisations[row->organisation].kind];

	count(table(r->by, "role"), role_codes[row->role], what);
	count(table(r->by, "language"), language_codes[row->language], what);
	count(table(r->by, "organisation_kind"), kind, what);
	count(table(r->by, "delegation"), row->delegation, what);
}

static void count_arrival(const struct reporting *r, const struct fold_arrival *a)
{
	const struct board *b = census_board(r->census, a->id.board);
	char iso[ZONE_ISO];

	zone_iso(census_zone(r->census, a->wall_ms), a->wall_ms, iso);
	iso[strcspn(iso, "T")] = '\0';
	count(table(r->by, "day"), a->trusted ? iso : "unknown", "arrived");
	count(table(r->by, "board"), b ? b->certificate.name : "unknown", "arrived");
}

static void count_person(struct reporting *r, const struct census_person *p)
{
	const struct list_person *row = census_row(r->census, p);
	const struct state_person *s =
		GROW_ARRAY(&r->census->folder->state.people, const struct state_person) + p->slot;
	struct fold_person said;

	r->known += fold_find(r->past->fold, p->handle, &said) == OK;
	if (said.arrived) {
		report_raise(r->people, "arrived", 1);
		count_arrival(r, &said.arrival);
		if (row)
			count_row(r, row, "arrived");
	} else if (row) {
		add_name(r, "missing", p);
	}
	report_raise(r->people, "protected", row && row->is_protected);
	report_raise(r->people, "protected_arrived", row && row->is_protected && said.arrived);
	report_raise(r->people, "doubles", said.doubles);
	if (said.doubles)
		add_name(r, "doubles", p);
	report_raise(r->people, "late", s->late || said.late);
	report_raise(r->badges, "printed", said.printed);
	report_raise(r->badges, "uncertain", said.uncertain);
	if (said.uncertain)
		add_name(r, "uncertain_badges", p);
	report_raise(r->badges, "running", said.running);
	report_raise(r->badges, "replaced", said.newest_issue > 1 ? said.newest_issue - 1 : 0);
	report_raise(r->badges, "revoked", said.revoked_issue > 0);
}

static enum err count_requests(const struct reporting *r)
{
	struct grow all = {0};

	enum err e = requests_collect(r->past, &all);
	const struct request *q = GROW_ARRAY(&all, const struct request);
	for (size_t i = 0; i < GROW_COUNT(&all, struct request) && e == OK; i++) {
		if (q[i].state != REQUEST_WAITING)
			continue;
		bool late = q[i].event.kind == EVENT_LATE;
		/* A guest of no list arrives, too. */
		report_raise(r->people, late ? "late_waiting" : "corrections_waiting", 1);
	}
	grow_free(&all);
	return e;
}

static enum err count_boards(const struct reporting *r)
{
	const struct board *b = GROW_ARRAY(&r->census->boards, const struct board);
	json_t *list = json_array();
	struct store_stats stats = {0};
	char iso[ZONE_ISO];

	for (size_t i = 0; i < GROW_COUNT(&r->census->boards, struct board); i++) {
		const char *role = board_role_name(b[i].certificate.role);
		zone_iso("UTC", census_seen(r->census, b[i].certificate.device), iso);
		json_array_append_new(
			list, json_pack("{s:s, s:s, s:s, s:s}", "name", b[i].certificate.name,
				      "role", role ? role : "other", "state",
				      board_state_name(b[i].state), "last_contact", iso));
	}
	json_object_set_new(r->out, "boards", list);
	enum err e = r->past->store ? r->past->store->kind->stats(r->past->store, &stats) : OK;
	json_object_set_new(r->out, "quarantined", json_integer((json_int_t)stats.quarantined));
	return e;
}

/* Days and boards stand in the order of their names. */
static void sort_table(json_t *by, const char *name)
{
	json_t *t = json_object_get(by, name);
	char *text = json_dumps(t, JSON_SORT_KEYS);

	if (text)
		json_object_set_new(by, name, json_loads(text, 0, NULL));
	free(text);
}

static void begin(struct reporting *r)
{
	static const char *const people[] = {"listed", "arrived", "doubles", "protected",
		"protected_arrived", "late", "late_waiting", "corrections_waiting", "unknown"};
	static const char *const badges[] = {
		"printed", "uncertain", "running", "replaced", "revoked"};
	const struct folder *f = r->census->folder;

	r->people = json_object();
	r->by = json_object();
	r->badges = json_object();
	for (size_t i = 0; i < COUNT(people); i++)
		report_raise(r->people, people[i], 0);
	for (size_t i = 0; i < COUNT(badges); i++)
		report_raise(r->badges, badges[i], 0);
	json_object_set_new(r->out, "event", json_string(f->list.event.id));
	json_object_set_new(r->out, "version", json_integer((json_int_t)f->state.sequence));
	json_object_set_new(r->out, "events", json_integer((json_int_t)r->past->events));
	json_object_set_new(r->out, "people", r->people);
	json_object_set_new(r->out, "by", r->by);
	json_object_set_new(r->out, "badges", r->badges);
	report_raise(r->people, "listed", f->list.people_n);
	for (size_t i = 0; i < f->list.people_n; i++)
		count_row(r, &f->list.people[i], "listed");
	(void)table(r->by, "day");
	(void)table(r->by, "board");
	(void)table(r->by, "place");
}

enum err report_make(const struct census *c, const struct past *p, bool names, json_t **out)
{
	struct reporting r = {.census = c, .past = p, .names = names, .out = json_object()};
	const struct census_person *person;

	begin(&r);
	for (size_t i = 0; (person = census_at(c, i)) != NULL; i++)
		count_person(&r, person);
	report_raise(r.people, "unknown", fold_people(p->fold) - r.known);
	sort_table(r.by, "day");
	sort_table(r.by, "board");
	report_activities(&r);
	enum err e = count_requests(&r);
	if (e == OK)
		e = count_boards(&r);
	*out = r.out;
	if (e) {
		json_decref(r.out);
		*out = NULL;
	}
	return e;
}
