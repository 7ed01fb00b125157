/* A roster and a guest's record as JSON or as lines. */
#include "show.h"

#include "four_words.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static json_t *text(struct span s)
{
	return json_stringn((const char *)s.p, s.n);
}

static void put(json_t *o, const char *key, struct span s)
{
	json_object_set_new(o, key, s.p ? text(s) : json_string(""));
}

/* Local time at a place, ISO 8601 with the offset; "" for none. */
static void put_time(json_t *o, const char *key, const struct roster *r, uint16_t zone, int64_t utc)
{
	char iso[64];
	struct tm tm;
	int32_t east = roster_offset(r, zone, utc).minutes;
	time_t local = (time_t)(utc + east * 60);

	if (utc == 0 || !gmtime_r(&local, &tm)) {
		json_object_set_new(o, key, json_string(""));
		return;
	}
	size_t n = strftime(iso, sizeof(iso), "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(iso + n, sizeof(iso) - n, "%c%02d:%02d", east < 0 ? '-' : '+', abs(east) / 60,
		abs(east) % 60);
	json_object_set_new(o, key, json_string(iso));
}

static void put_words(json_t *o, const char *stem, const struct words *w)
{
	char key[32];

	for (int i = 0; i < LANGUAGES; i++) {
		snprintf(key, sizeof(key), "%s_%s", stem, language_codes[i]);
		put(o, key, w->in[i]);
	}
}

static void put_place(json_t *o, const struct place *p)
{
	put(o, "place", p->id);
	put(o, "place_name", p->name);
	put(o, "room", p->room);
	put(o, "city", p->city);
}

/* A card knows which activities are booked; only a day opens those that are not public. */
static enum err booking_json(const struct roster *r, struct visit *v, size_t i, json_t *o)
{
	const struct booking *b = &v->bookings[i];
	struct activity a;
	struct place p;

	json_object_set_new(o, "status", json_string(booking_status_codes[b->status]));
	put(o, "seat", b->seat);
	enum err e = roster_activity(r, v, b->activity, &a);
	if (e == OK)
		e = roster_place(r, v, a.place, &p);
	if (e)
		return e;
	put(o, "activity", a.id);
	json_object_set_new(o, "kind", json_string(activity_kind_codes[a.kind]));
	put(o, "title", words_in(&a.title, v->language));
	put_words(o, "title", &a.title);
	put_time(o, "start", r, p.zone, a.start);
	put_time(o, "end", r, p.zone, a.end);
	put_time(o, "leave_by", r, p.zone, a.leave_by);
	put(o, "meeting_point", a.meeting_point);
	put_place(o, &p);
	json_object_set_new(o, "table", json_string("")); /* of meetings; one reader for both */
	json_object_set_new(o, "counterpart", json_string(""));
	return OK;
}

static enum err bookings_json(const struct roster *r, struct visit *v, json_t *list)
{
	for (size_t i = 0; i < v->booking_count; i++) {
		json_t *o = json_object();
		enum err e = booking_json(r, v, i, o);
		if (e == OK)
			json_array_append_new(list, o);
		else
			json_decref(o);
		if (e && e != ERR_ABSENT)
			return e;
	}
	return OK;
}

static enum err meetings_json(const struct roster *r, struct visit *v, json_t *list)
{
	struct place p;

	for (size_t i = 0; i < v->meeting_count; i++) {
		const struct meeting *m = &v->meetings[i];
		enum err e = roster_place(r, v, m->place, &p);
		if (e)
			return e;
		json_t *o = json_object();
		put(o, "id", m->id);
		put(o, "activity", m->id);
		put(o, "title", m->subject);
		put(o, "subject", m->subject);
		put_time(o, "start", r, p.zone, m->start);
		put_time(o, "end", r, p.zone, m->end);
		put_place(o, &p);
		put(o, "table", m->table);
		put(o, "counterpart", m->counterpart);
		put(o, "counterpart_organisation", m->counterpart_organisation);
		json_object_set_new(o, "host", json_boolean(m->host));
		json_array_append_new(list, o);
	}
	return OK;
}

static void person_json(const struct visit *v, json_t *o)
{
	static const char *const yes_no[] = {"no", "yes"};

	bool closed = v->is_protected && !v->day_open;

	put(o, "id", v->id);
	put(o, "given_name", v->given_name);
	put(o, "family_name", v->family_name);
	put(o, "display_name", v->display_name);
	json_object_set_new(o, "name_order",
		json_string(closed            ? ""
			    : v->family_first ? "family-given"
					      : "given-family"));
	put(o, "honorific", v->honorific);
	put(o, "organisation", v->organisation_id);
	put(o, "organisation_name", v->organisation);
	put(o, "function", v->function);
	json_object_set_new(o, "role", json_string(closed ? "" : role_codes[v->role]));
	json_object_set_new(o, "protected", json_string(yes_no[v->is_protected]));
	json_object_set_new(o, "language", json_string(language_codes[v->language]));
	put(o, "delegation", v->delegation);
	put(o, "badge", v->badge);
	json_object_set_new(o, "kind", json_string(token_kind_name(v->kind)));
	json_object_set_new(o, "issue", json_integer(v->issue));
	json_object_set_new(o, "badge_issue", json_integer(v->badge_issue));
	json_object_set_new(o, "opens", json_string(v->day_open ? "day" : "card"));
}

/* The same object as lines: `key: value`, nested ones indented. */
static void print_lines(json_t *o, int indent)
{
	const char *key;
	json_t *value, *item;
	size_t i;

	json_object_foreach(o, key, value)
	{
		if (json_is_array(value)) {
			printf("%*s%s: %zu\n", indent, "", key, json_array_size(value));
			json_array_foreach(value, i, item)
			{
				print_lines(item, indent + 2);
				putchar('\n');
			}
		} else if (json_is_integer(value)) {
			printf("%*s%s: %" JSON_INTEGER_FORMAT "\n", indent, "", key,
				json_integer_value(value));
		} else if (json_is_string(value) && json_string_length(value) > 0) {
			printf("%*s%s: %s\n", indent, "", key, json_string_value(value));
		}
	}
}

static enum err print_json(json_t *o, bool json)
{
	if (!json) {
		print_lines(o, 0);
		return OK;
	}
	int failed = json_dumpf(o, stdout, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
	putchar('\n');
	return failed ? ERR_IO : OK;
}

enum err show_visit(const struct roster *r, struct visit *v, bool json)
{
	json_t *o = json_object(), *bookings = json_array(), *meetings = json_array();

	person_json(v, o);
	enum err e = bookings_json(r, v, bookings);
	if (e == OK)
		e = meetings_json(r, v, meetings);
	json_object_set_new(o, "bookings", bookings);
	json_object_set_new(o, "meetings", meetings);
	if (e == OK)
		e = print_json(o, json);
	json_decref(o);
	return e;
}

static void put_date(json_t *o, const char *key, int64_t utc)
{
	char iso[32];
	struct tm tm;
	time_t t = (time_t)utc;

	if (gmtime_r(&t, &tm) && strftime(iso, sizeof(iso), "%Y-%m-%dT%H:%M:%SZ", &tm))
		json_object_set_new(o, key, json_string(iso));
}

static json_t *sections_json(const struct roster *r)
{
	static const char *const names[ROSTER_SECTIONS] = {"", "event", "legs", "zones", "places",
		"tracks", "activities", "objects", "index", "slots", "records", "directory",
		"cards", "revoked", "files", "order", "notes"};
	json_t *list = json_array();

	for (size_t i = 1; i < ROSTER_SECTIONS; i++) {
		json_t *o = json_object();
		json_object_set_new(o, "section", json_string(names[i]));
		json_object_set_new(o, "count", json_integer(r->section[i].count));
		json_object_set_new(o, "bytes", json_integer((json_int_t)r->section[i].bytes.n));
		json_array_append_new(list, o);
	}
	return list;
}

enum err show_roster(const struct roster *r, bool json)
{
	json_t *o = json_object();
	struct event_info event;
	char words[FOUR_WORDS];

	roster_event(r, &event);
	put(o, "event", event.id);
	put(o, "name", words_in(&event.name, LANGUAGE_EN));
	put_words(o, "name", &event.name);
	json_object_set_new(o, "demo", json_string(r->demo ? "yes" : "no"));
	json_object_set_new(o, "epoch", json_integer(r->epoch));
	json_object_set_new(o, "sequence", json_integer((json_int_t)r->sequence));
	put_date(o, "built_at", r->built_at);
	put_date(o, "expires_at", r->expires_at);
	four_words((struct span){r->root, sizeof(r->root)}, words);
	json_object_set_new(o, "root", json_string(words));
	json_object_set_new(o, "bytes", json_integer((json_int_t)r->file.n));
	json_object_set_new(o, "card_box_bytes", json_integer(r->card_bytes));
	json_object_set_new(o, "sections", sections_json(r));
	enum err e = print_json(o, json);
	json_decref(o);
	return e;
}
