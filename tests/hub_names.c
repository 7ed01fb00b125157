/* The whole demo mission: every invitation opens the right record, and no family name stands in the
 * file. The count of words that were not looked for is printed, with the words. */
#include "commands.h"
#include "demo.h"
#include "file.h"
#include "help/event_folder.h"
#include "help/names.h"
#include "keys.h"
#include "list.h"
#include "roster.h"
#include "source.h"
#include "test.h"

#include <sys/stat.h>

enum { PEOPLE = 560, LEAST = 6 };

static struct event_folder f;
static struct list list;
static struct keys keys;
static struct file_bytes file;
static struct roster r;
static struct visit *v;

static void same(struct span got, const char *want, const char *column, const char *id)
{
	if (!span_equal(got, span_of(want)))
		fail_msg("%s: %s is \"%.*s\", not \"%s\"", id, column, (int)got.n,
			(const char *)got.p, want);
}

static void open_invitation(const struct list_person *p)
{
	struct token t;
	struct found found;

	keys_token(&keys, TOKEN_INVITATION, 1, 1, p->id, &t);
	assert_ok(roster_find(&r, &t, &found));
	assert_ok(roster_visit(&r, &found, v));
	assert_int_equal(v->kind, TOKEN_INVITATION);
}

static void assert_person(const struct list_person *p)
{
	const struct list_organisation *o =
		p->organisation < 0 ? NULL : &list.organisations[p->organisation];

	same(v->id, p->id, "id", p->id);
	same(v->given_name, p->given_name, "given_name", p->id);
	same(v->family_name, p->family_name, "family_name", p->id);
	same(v->display_name, p->display_name, "display_name", p->id);
	same(v->honorific, p->honorific, "honorific", p->id);
	same(v->organisation_id, p->organisation_id, "organisation", p->id);
	same(v->organisation, o ? o->name : "", "organisation's name", p->id);
	same(v->organisation_short, o ? o->short_name : "", "organisation's short name", p->id);
	same(v->function, p->function, "function", p->id);
	same(v->delegation, p->delegation, "delegation", p->id);
	same(v->badge, p->badge, "badge", p->id);
	assert_int_equal(v->role, p->role);
	assert_int_equal(v->language, p->language);
	assert_int_equal(v->family_first, p->family_first);
	assert_int_equal(v->badge_issue, 1);
	assert_true(v->day_open);
}

static const struct list_person *person_of(struct span id)
{
	for (size_t i = 0; i < list.people_n; i++)
		if (span_equal(id, span_of(list.people[i].id)))
			return &list.people[i];
	fail_msg("nobody has that id");
	return NULL;
}

/* Those of a card with all rights. */
static void all_keys(struct staff_keys *k)
{
	uint8_t directory[SEAL_KEY];

	keys_derive(&keys, KEY_DIRECTORY, 1, directory);
	seal_hash((struct span){directory, SEAL_KEY}, span_of("desk"), k->desk, SEAL_KEY);
	keys_derive(&keys, KEY_PROTOCOL, 1, k->protocol);
}

TEST(every_invitation_opens_the_right_record)
{
	size_t opened = 0, of_protected = 0;
	UNUSED(state);

	for (size_t i = 0; i < list.people_n; i++) {
		const struct list_person *p = &list.people[i];
		open_invitation(p);
		assert_int_equal(v->is_protected, p->is_protected);
		if (p->is_protected) {
			assert_int_equal(v->family_name.n + v->given_name.n + v->id.n, 0);
			assert_int_equal(v->language, p->language);
			of_protected++;
		} else {
			assert_person(p);
			opened++;
		}
	}
	assert_int_equal(opened + of_protected, PEOPLE);
	print_message("%zu records right, %zu protected ones closed\n", opened, of_protected);
}

/* A desk with the protocol right, and what the list tells it of everybody. */
TEST(every_note_for_the_desk_is_told_it_and_stands_nowhere_else)
{
	struct staff_keys k = {0};
	char note[ROSTER_NOTE];
	size_t notes = 0, of_protected = 0;
	UNUSED(state);

	all_keys(&k);
	for (uint32_t slot = 0; slot < roster_slot_count(&r); slot++) {
		struct found found;
		assert_ok(roster_find_slot(&r, &k, slot, &found));
		assert_ok(roster_visit(&r, &found, v));
		const struct list_person *p = person_of(v->id);
		enum err e = roster_note(&r, &k, v, note);
		assert_err(e, *p->note_for_desk ? OK : ERR_ABSENT);
		same(span_of(note), p->note_for_desk, "note_for_desk", p->id);
		if (e)
			continue;
		assert_null(names_found(file.bytes, span_of(note)));
		notes++;
		of_protected += p->is_protected;
	}
	print_message("%zu notes, %zu of them of protected people\n", notes, of_protected);
	assert_true(notes > 5 && of_protected > 0);
}

static bool booked(const struct list_activity *a, const struct visit *visit)
{
	for (size_t i = 0; i < visit->booking_count; i++) {
		struct activity open;
		assert_ok(roster_activity(&r, v, visit->bookings[i].activity, &open));
		if (span_equal(open.id, span_of(a->id)))
			return true;
	}
	return false;
}

TEST(every_booking_and_meeting_of_the_list_is_in_its_persons_day)
{
	int32_t last = -1;
	UNUSED(state);

	for (size_t i = 0; i < list.bookings_n; i++) {
		const struct list_booking *b = &list.bookings[i];
		const struct list_activity *a = &list.activities[b->activity];
		const struct list_person *p = &list.people[b->person];
		if (p->is_protected || (b->status == BOOKING_CANCELLED && !a->open_to_all))
			continue;
		if (b->person != last)
			open_invitation(p);
		last = b->person;
		if (!booked(a, v))
			fail_msg("%s is not booked for %s", p->id, a->id);
	}
	size_t meetings = 0, want = 0;
	for (size_t i = 0; i < list.people_n; i++) {
		open_invitation(&list.people[i]);
		meetings += v->meeting_count;
	}
	for (size_t i = 0; i < list.meetings_n; i++) {
		const struct list_meeting *m = &list.meetings[i];
		want += !list.people[m->host].is_protected;
		want += m->guest >= 0 && !list.people[m->guest].is_protected;
	}
	assert_int_equal(meetings, want);
	print_message("%zu bookings and %zu sides of meetings found\n", list.bookings_n, meetings);
}

/* Whether the public programme, which anybody may read, uses the word. */
static bool is_public_word(struct span word)
{
	for (uint32_t i = 0; i < roster_activity_count(&r); i++) {
		struct activity a;
		struct place p;
		assert_ok(roster_activity_at(&r, i, &a));
		assert_ok(roster_place(&r, NULL, a.place, &p));
		const struct span texts[] = {a.title.in[0], a.title.in[1], a.title.in[2],
			a.title.in[3], a.speakers, a.meeting_point, a.dress, p.name, p.city, p.room,
			p.address, p.directions.in[0], p.directions.in[1], p.directions.in[2],
			p.directions.in[3]};
		for (size_t t = 0; t < COUNT(texts); t++)
			if (texts[t].n && names_whole_word(texts[t], word))
				return true;
	}
	return false;
}

TEST(no_family_name_stands_in_the_file)
{
	size_t looked = 0, found = 0, left_out = 0;
	UNUSED(state);

	for (size_t i = 0; i < list.people_n; i++) {
		struct span name = span_of(list.people[i].family_name);
		if (name.n < LEAST)
			continue;
		if (is_public_word(name)) {
			print_message("in the public programme: %s\n", list.people[i].family_name);
			left_out++;
			continue;
		}
		looked++;
		const char *how = names_found(file.bytes, name);
		if (how)
			print_message("%s as %s\n", list.people[i].family_name, how);
		found += how != NULL;
	}
	print_message("%zu of %zu family names of 6 bytes or more found, %zu left out\n", found,
		looked, left_out);
	assert_int_equal(found, 0);
	assert_true(looked > PEOPLE / 2);
}

TEST(no_organisation_of_a_guest_stands_in_the_file)
{
	UNUSED(state);
	for (size_t i = 0; i < list.organisations_n; i++) {
		struct span name = span_of(list.organisations[i].name);
		if (name.n >= LEAST && !is_public_word(name) && names_found(file.bytes, name))
			fail_msg("%s stands in the file", list.organisations[i].name);
	}
}

TEST(no_title_of_what_is_not_public_stands_in_the_file)
{
	size_t looked = 0;
	UNUSED(state);

	for (size_t i = 0; i < list.activities_n; i++) {
		const struct list_activity *a = &list.activities[i];
		for (int l = 0; l < LANGUAGES && !a->open_to_all; l++) {
			struct span title = span_of(a->title.in[l]);
			if (title.n < LEAST || is_public_word(title))
				continue;
			looked++;
			if (names_found(file.bytes, title))
				fail_msg("%s stands in the file", a->title.in[l]);
		}
	}
	print_message("%zu titles of what is not public looked for\n", looked);
	assert_true(looked > 0);
}

/* Keys and cards' work are made with the seed; the search is the same on every machine. */
static int start(void **state)
{
	struct trust nobody = {0};
	const struct demo_options options = {.people = PEOPLE, .seed = 1};
	const uint64_t seed = 1;
	UNUSED(state);

	if (seal_start())
		return -1;
	strcpy(f.dir, "/tmp/foyer-event-XXXXXX");
	if (!mkdtemp(f.dir) || demo_write_list(f.dir, &options))
		return -1;
	enum err e = keys_create(f.dir, &seed);
	if ((e && e != ERR_BUSY) || event_run(&f, &verb_build, "DIR") != EXIT_DONE)
		return -1;
	if (keys_load(&keys, f.dir) || list_load(&list, f.dir))
		return -1;
	if (file_read(&file, event_path(&f, "roster.foyer"), ROSTER_MAX) ||
		roster_open(&r, file.bytes, &nobody, 0))
		return -1;
	v = seal_secret_memory(sizeof(*v));
	return v ? 0 : -1;
}

static int stop(void **state)
{
	UNUSED(state);
	seal_secret_free(v);
	file_free(&file);
	list_free(&list);
	event_folder_remove(&f);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_invitation_opens_the_right_record),
	cmocka_unit_test(every_note_for_the_desk_is_told_it_and_stands_nowhere_else),
	cmocka_unit_test(every_booking_and_meeting_of_the_list_is_in_its_persons_day),
	cmocka_unit_test(no_family_name_stands_in_the_file),
	cmocka_unit_test(no_organisation_of_a_guest_stands_in_the_file),
	cmocka_unit_test(no_title_of_what_is_not_public_stands_in_the_file),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
