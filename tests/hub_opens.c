/* What one code opens, on the bytes of the demo mission's roster: the thief has the file, knows this
 * program, and has one code. For each kind of code he tries every person's record with every key that it
 * gives him, and the table says what he read. It is what design §15 promises, and not more. */
#include "commands.h"
#include "demo.h"
#include "file.h"
#include "help/event_folder.h"
#include "help/needles.h"
#include "keys.h"
#include "list.h"
#include "roster.h"
#include "test.h"

#include <unistd.h>

enum { PEOPLE = 560 };

static struct event_folder f;
static struct list list;
static struct keys keys;
static struct file_bytes file;
static struct roster r;
static struct visit *v;
static struct needles *names; /* each once */
static struct span public_names[PEOPLE];
static size_t public_n;

/* What came out of all tries with one code. */
struct loot {
	size_t records; /* that opened */
	size_t named;   /* of those that say whose they are */
	size_t days;
	size_t names; /* different family names that are not public, anywhere in what opened */
	size_t bookings, meetings;
	size_t notes;
	bool badge; /* a badge's token is in it */
	bool own;   /* her own record is among them */
};

/* The file's public texts name speakers. */
static void leave_out_public(void)
{
	struct needle_found found;

	needles_begin(names);
	needles_search(names, file.bytes, "the file");
	for (size_t i = 0; i < needles_count(names); i++)
		if (needles_found(names, i, &found)) {
			print_message("in the public programme: %.*s\n", (int)found.word.n,
				(const char *)found.word.p);
			needles_drop(names, i);
			public_names[public_n++] = found.word;
		}
}

static void take(struct loot *l, const char *id)
{
	static const struct token no_token;

	l->records++;
	l->own |= span_equal(v->id, span_of(id));
	l->named += v->family_name.n > 0;
	l->days += v->day_open;
	l->bookings += v->booking_count;
	l->meetings += v->meeting_count;
	l->badge |= memcmp(&v->badge_token, &no_token, sizeof(no_token)) != 0;
	needles_search(names, (struct span){v->memory, v->memory_used}, "a record");
}

static size_t names_read(void)
{
	struct needle_found found;
	size_t n = 0;

	for (size_t i = 0; i < needles_count(names); i++)
		n += needles_found(names, i, &found);
	return n;
}

/* The key that a code gives is tried on the record of every slot, and as the day's and the card's. */
static void try_code(const struct token *t, const char *id, struct loot *l)
{
	struct found found, other;

	*l = (struct loot){0};
	needles_begin(names);
	if (roster_find(&r, t, &found) == OK)
		for (uint32_t slot = 0; slot < roster_slot_count(&r); slot++)
			for (int only = 0; only < 2; only++) {
				other = found;
				other.slot = slot;
				other.card_only = only;
				if (roster_visit(&r, &other, v) == OK)
					take(l, id);
			}
	l->names = names_read();
}

static void try_staff(const struct staff_keys *k, const char *id, struct loot *l)
{
	char note[ROSTER_NOTE];
	struct found found;

	*l = (struct loot){0};
	needles_begin(names);
	for (uint32_t slot = 0; slot < roster_slot_count(&r); slot++)
		if (roster_find_slot(&r, k, slot, &found) == OK &&
			roster_visit(&r, &found, v) == OK) {
			take(l, id);
			l->notes += roster_note(&r, k, v, note) == OK;
		}
	l->names = names_read();
}

static void head(void)
{
	print_message("%-34s %7s %5s %5s %5s %8s %8s %5s %5s\n", "code", "records", "named", "days",
		"names", "bookings", "meetings", "notes", "badge");
}

static void row(const char *code, const struct loot *l)
{
	print_message("%-34s %7zu %5zu %5zu %5zu %8zu %8zu %5zu %5s\n", code, l->records, l->named,
		l->days, l->names, l->bookings, l->meetings, l->notes, l->badge ? "yes" : "no");
}

static bool is_public(const char *name)
{
	for (size_t i = 0; i < public_n; i++)
		if (span_equal(public_names[i], span_of(name)))
			return true;
	return false;
}

/* Somebody of the role, a delegate with a meeting; if there is one, whose name is in no public text. */
static const struct list_person *somebody(enum role role)
{
	const struct list_person *other = NULL;

	for (size_t i = 0; i < list.people_n; i++) {
		const struct list_person *p = &list.people[i];
		bool meets = role != ROLE_DELEGATE;
		for (size_t k = 0; k < list.meetings_n; k++)
			meets |= list.meetings[k].host == (int32_t)i;
		if (p->role != role || p->is_protected || !meets || list_is_staff(&list, p->id))
			continue;
		if (!is_public(p->family_name))
			return p;
		other = p;
	}
	assert_non_null(other);
	return other;
}

static struct token code_of(const struct list_person *p, enum token_kind kind)
{
	struct token t;

	keys_token(&keys, kind, 1, 1, p->id, &t);
	return t;
}

/* Her counterparts' names are part of her day. */
TEST(an_invitation_opens_its_persons_day_and_no_other_record)
{
	const struct list_person *p = somebody(ROLE_DELEGATE);
	struct token t = code_of(p, TOKEN_INVITATION);
	struct loot l;
	UNUSED(state);

	try_code(&t, p->id, &l);
	head();
	row("a delegate's invitation", &l);
	assert_int_equal(l.records, 1);
	assert_true(l.own && l.badge);
	assert_int_equal(l.days, 1);
	assert_in_range(l.names, 1, 1 + l.meetings);
	assert_true(l.meetings > 0);
}

TEST(a_delegates_badge_opens_its_day)
{
	const struct list_person *p = somebody(ROLE_DELEGATE);
	struct token t = code_of(p, TOKEN_BADGE);
	struct loot l;
	UNUSED(state);

	try_code(&t, p->id, &l);
	row("a delegate's badge", &l);
	assert_int_equal(l.records, 1);
	assert_true(l.own);
	assert_int_equal(l.days, 1);
	assert_in_range(l.names, 1, 1 + l.meetings);
}

/* event.ini: badge_opens_official is card; all the demo's vips are protected. */
TEST(an_officials_badge_opens_what_is_printed_on_it)
{
	const struct list_person *p = somebody(ROLE_OFFICIAL);
	struct token t = code_of(p, TOKEN_BADGE);
	struct loot l;
	UNUSED(state);

	try_code(&t, p->id, &l);
	row("an official's badge", &l);
	assert_int_equal(l.records, 1);
	assert_true(l.own && !l.badge);
	assert_int_equal(l.days, 0);
	assert_int_equal(l.meetings, 0);
	assert_int_equal(l.names, !is_public(p->family_name));
}

TEST(a_protected_persons_codes_name_nobody)
{
	static const enum token_kind kinds[] = {TOKEN_INVITATION, TOKEN_BADGE};
	const struct list_person *p = NULL;
	struct loot l;
	UNUSED(state);

	for (size_t i = 0; !p && i < list.people_n; i++)
		if (list.people[i].is_protected)
			p = &list.people[i];
	assert_non_null(p);
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct token t = code_of(p, kinds[i]);
		try_code(&t, p->id, &l);
		row(i ? "a protected person's badge" : "a protected person's invitation", &l);
		assert_int_equal(l.records, 1);
		assert_int_equal(l.named + l.days + l.names + l.bookings + l.meetings, 0);
		assert_true(!l.own && !l.badge);
	}
}

TEST(nobodys_code_opens_anybody_elses_record)
{
	struct loot l;
	UNUSED(state);

	for (size_t i = 0; i < list.people_n; i++)
		for (int badge = 0; badge < 2; badge++) {
			const struct list_person *p = &list.people[i];
			struct token t = code_of(p, badge ? TOKEN_BADGE : TOKEN_INVITATION);
			try_code(&t, p->id, &l);
			assert_int_equal(l.records, 1);
			assert_true(l.own || p->is_protected);
		}
}

static size_t of_protected(void)
{
	size_t n = 0;

	for (size_t i = 0; i < list.people_n; i++)
		n += list.people[i].is_protected;
	return n;
}

static size_t notes_of(bool protected_people)
{
	size_t n = 0;

	for (size_t i = 0; i < list.people_n; i++)
		n += *list.people[i].note_for_desk &&
		     list.people[i].is_protected == protected_people;
	return n;
}

/* The keys are what roster_unlock gives; without the PIN there are none. */
TEST(a_card_opens_nothing_without_its_pin_and_with_it_what_its_rights_say)
{
	static bool seen[1 << RIGHTS];
	size_t hidden = of_protected();
	UNUSED(state);

	for (size_t i = 0; i < list.staff_n; i++) {
		const struct list_staff *s = &list.staff[i];
		const struct list_person *p = &list.people[s->person];
		struct token t = code_of(p, TOKEN_CARD);
		char pin[PIN_DIGITS + 1], words[128];
		struct staff_keys k = {0};
		struct loot l;
		if (seen[s->rights])
			continue;
		seen[s->rights] = true;
		try_code(&t, p->id, &l);
		snprintf(words, sizeof(words), "a card, rights %02x", s->rights);
		row(words, &l);
		assert_int_equal(l.records, 0);
		assert_err(roster_unlock(&r, &t, span_of("00000000"), 0, &k), ERR_DENIED);
		try_staff(&k, p->id, &l);
		row("  with a wrong PIN", &l);
		assert_int_equal(l.records, 0);
		keys_pin(&keys, (struct card_pin){1, 1, p->id}, pin);
		assert_ok(roster_unlock(&r, &t, span_of(pin), 0, &k));
		try_staff(&k, p->id, &l);
		row("  with its PIN", &l);
		bool desk = s->rights &
			    (RIGHT_PRINT | RIGHT_CORRECT | RIGHT_LATE | RIGHT_REVOKE | RIGHT_ADMIN);
		bool any = desk || (s->rights & RIGHT_DOOR);
		size_t open = any ? PEOPLE - hidden : 0;
		size_t protocol = s->rights & RIGHT_PROTOCOL ? hidden : 0;
		assert_int_equal(l.named, open + protocol);
		assert_true((l.days > 0) == (desk || protocol > 0));
		assert_int_equal(
			l.notes, (desk ? notes_of(false) : 0) + (protocol ? notes_of(true) : 0));
		seal_wipe(&k, sizeof(k));
	}
}

static void add_name(const char *name)
{
	struct needle_found known;

	for (size_t i = 0; i < needles_count(names); i++) {
		(void)needles_found(names, i, &known);
		if (span_equal(known.word, span_of(name)))
			return;
	}
	needles_add(names, span_of(name), false);
}

static int start(void **state)
{
	const struct demo_options options = {.people = PEOPLE, .seed = 1};
	const struct trust nobody = {0};
	const uint64_t seed = 1;
	UNUSED(state);

	strcpy(f.dir, "/tmp/foyer-opens-XXXXXX");
	if (seal_start() || !mkdtemp(f.dir) || demo_write_list(f.dir, &options))
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
	names = needles_new();
	for (size_t i = 0; i < list.people_n; i++)
		add_name(list.people[i].family_name);
	leave_out_public();
	return v ? 0 : -1;
}

static int stop(void **state)
{
	UNUSED(state);
	seal_secret_free(v);
	needles_free(names);
	file_free(&file);
	list_free(&list);
	event_folder_remove(&f);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(an_invitation_opens_its_persons_day_and_no_other_record),
	cmocka_unit_test(a_delegates_badge_opens_its_day),
	cmocka_unit_test(an_officials_badge_opens_what_is_printed_on_it),
	cmocka_unit_test(a_protected_persons_codes_name_nobody),
	cmocka_unit_test(nobodys_code_opens_anybody_elses_record),
	cmocka_unit_test(a_card_opens_nothing_without_its_pin_and_with_it_what_its_rights_say),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
