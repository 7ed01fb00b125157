/* What the organiser tells the desk: who can read it, and what its place in the file tells others. */
#include "help/small_roster.h"
#include "roster_inside.h"
#include "test.h"

enum { ENTRY = NOTE_AROUND + NOTE_UNIT };

static struct small_roster s;
static struct roster r;
static struct visit *v;
static struct staff_keys all, desk, door, protocol;
static char note[ROSTER_NOTE];

static void open_person(const struct roster *of, uint32_t slot)
{
	struct found f;

	assert_ok(roster_find_slot(of, &all, slot, &f));
	assert_ok(roster_visit(of, &f, v));
}

/* What keys read of her note, once the record is open. */
static enum err read_note(const struct roster *of, const struct staff_keys *keys, uint32_t slot)
{
	open_person(of, slot);
	memset(note, 'x', sizeof(note));
	return roster_note(of, keys, v, note);
}

static void rebuild(struct small_roster *other, struct roster *opened)
{
	struct roster_fault fault;

	assert_ok(small_roster_build(other, &fault));
	small_roster_open(other, opened);
}

TEST(a_note_is_read_with_the_desks_key_alone)
{
	static const struct staff_keys none;
	UNUSED(state);

	assert_ok(read_note(&r, &desk, SMALL_DELEGATE));
	assert_string_equal(note, "Badge in large print, please");
	assert_err(read_note(&r, &door, SMALL_DELEGATE), ERR_ABSENT);
	assert_err(read_note(&r, &protocol, SMALL_DELEGATE), ERR_ABSENT);
	assert_err(read_note(&r, &none, SMALL_DELEGATE), ERR_ABSENT);
	assert_string_equal(note, "");
}

TEST(a_protected_persons_note_is_read_with_the_protocols_key_alone)
{
	UNUSED(state);
	assert_ok(read_note(&r, &protocol, SMALL_PROTECTED));
	assert_string_equal(note, "Enters by the east gate");
	assert_err(read_note(&r, &desk, SMALL_PROTECTED), ERR_ABSENT);
	assert_err(read_note(&r, &door, SMALL_PROTECTED), ERR_ABSENT);
}

TEST(of_whom_nothing_is_told_there_is_no_note)
{
	UNUSED(state);
	assert_err(read_note(&r, &all, SMALL_VIP), ERR_ABSENT);
	v->slot = UINT32_MAX;
	assert_err(roster_note(&r, &all, v, note), ERR_ABSENT);
}

/* Her own code opens her record and no more. */
TEST(no_key_of_a_record_opens_its_note)
{
	const struct source_person *p = &s.people[SMALL_DELEGATE];
	const uint8_t *entry = r.section[SECTION_NOTES].bytes.p;
	uint8_t ad[BOX_AD], plain[NOTE_UNIT], card[SEAL_RECORD_KEY];
	UNUSED(state);

	roster_card_key(p->day_key, card);
	roster_box_ad(r.event, p->handle, BOX_NOTE, ad);
	for (uint32_t i = 0; i < r.section[SECTION_NOTES].count; i++, entry += ENTRY) {
		struct span box = {entry + TOKEN_LABEL, ENTRY - TOKEN_LABEL};
		assert_err(seal_open(p->day_key, (struct span){ad, sizeof(ad)}, box, plain),
			ERR_FORGED);
		assert_err(seal_open(card, (struct span){ad, sizeof(ad)}, box, plain), ERR_FORGED);
	}
}

TEST(a_short_note_and_a_long_one_take_the_same_room)
{
	struct small_roster other;
	struct roster opened;
	UNUSED(state);

	small_roster_init(&other, 1, false);
	other.people[SMALL_DELEGATE].note = span_of("X");
	rebuild(&other, &opened);
	assert_int_equal(opened.file.n, r.file.n);
	other.people[SMALL_DELEGATE].note =
		span_of("Sixty-four bytes and the length before them are one step more.");
	rebuild(&other, &opened);
	assert_int_equal(roster_note_bytes(&opened.section[SECTION_NOTES]), NOTE_UNIT);
	other.people[SMALL_DELEGATE].note =
		span_of("Sixty-four bytes and the length before them are one step more.+1");
	rebuild(&other, &opened);
	assert_int_equal(roster_note_bytes(&opened.section[SECTION_NOTES]), 2 * NOTE_UNIT);
	assert_int_equal(opened.section[SECTION_NOTES].count, 2);
	small_roster_free(&other);
}

TEST(the_longest_note_fits_and_one_byte_more_names_the_person)
{
	char longest[ROSTER_NOTE];
	struct small_roster other;
	struct roster_fault fault;
	struct roster opened;
	UNUSED(state);

	memset(longest, 'n', sizeof(longest));
	small_roster_init(&other, 1, false);
	/* Two bytes say how long it is. */
	other.people[SMALL_VIP].note = (struct span){(uint8_t *)longest, ROSTER_NOTE - 2};
	rebuild(&other, &opened);
	assert_ok(read_note(&opened, &desk, SMALL_VIP));
	assert_int_equal(strlen(note), ROSTER_NOTE - 2);
	other.people[SMALL_VIP].note.n++;
	assert_err(small_roster_build(&other, &fault), ERR_FULL);
	assert_int_equal(fault.person, SMALL_VIP);
	assert_string_equal(fault.words, "the note for the desk is too long");
	small_roster_free(&other);
}

TEST(without_notes_there_is_no_section_and_nothing_else_is_changed)
{
	struct small_roster other;
	struct roster opened;
	UNUSED(state);

	small_roster_init(&other, 1, false);
	for (int who = 0; who < SMALL_PEOPLE; who++)
		other.people[who].note = (struct span){0};
	rebuild(&other, &opened);
	assert_null(opened.section[SECTION_NOTES].bytes.p);
	assert_int_equal(load_u32(opened.file.p + HEADER_SECTIONS_AT), SECTION_ORDER);
	for (unsigned id = 1; id < SECTION_NOTES; id++)
		assert_true(span_equal(opened.section[id].bytes, r.section[id].bytes));
	assert_err(read_note(&opened, &all, SMALL_DELEGATE), ERR_ABSENT);
	small_roster_free(&other);
}

/* A badge was replaced, or a staff card lost: what the old keys read is over. */
TEST(with_another_generation_or_desk_key_nothing_of_a_note_is_as_it_was)
{
	const uint8_t *before = r.section[SECTION_NOTES].bytes.p;
	struct small_roster other;
	struct roster opened;
	UNUSED(state);

	small_roster_init(&other, 1, false);
	other.people[SMALL_PROTECTED].note = (struct span){0};
	for (int change = 0; change < 2; change++) {
		other.people[SMALL_DELEGATE].generation = 2;
		if (change)
			memset(other.source.keys.desk, 7, SEAL_KEY);
		rebuild(&other, &opened);
		const uint8_t *after = opened.section[SECTION_NOTES].bytes.p;
		for (int old = 0; old < 2; old++)
			assert_memory_not_equal(before + old * ENTRY, after, TOKEN_LABEL);
		if (change) {
			v->slot = SMALL_DELEGATE;
			v->is_protected = false;
			assert_err(roster_note(&opened, &desk, v, note), ERR_ABSENT);
		} else {
			assert_ok(read_note(&opened, &desk, SMALL_DELEGATE));
		}
	}
	small_roster_free(&other);
}

TEST(any_changed_byte_of_a_note_is_seen_and_no_box_stands_for_another)
{
	uint8_t *file = malloc(s.file.n);
	struct roster changed;
	UNUSED(state);

	assert_non_null(file);
	memcpy(file, s.file.p, s.file.n);
	uint8_t *notes = file + small_section_at(&r, SECTION_NOTES);
	bool first = memcmp(notes, notes + ENTRY, 1) < 0;
	assert_true(first);
	for (size_t at = 0; at < 2 * ENTRY; at++) {
		if (at % ENTRY < TOKEN_LABEL)
			continue;
		notes[at] ^= 1;
		small_roster_resign(&s, file, s.file.n);
		assert_ok(roster_open(
			&changed, (struct span){file, s.file.n}, &(struct trust){0}, 0));
		enum err of_delegate = read_note(&changed, &all, SMALL_DELEGATE);
		enum err of_protected = read_note(&changed, &all, SMALL_PROTECTED);
		assert_int_equal((of_delegate == ERR_FORGED) + (of_protected == ERR_FORGED), 1);
		assert_int_equal((of_delegate == OK) + (of_protected == OK), 1);
		notes[at] ^= 1;
	}
	uint8_t box[ENTRY];
	memcpy(box, notes + TOKEN_LABEL, ENTRY - TOKEN_LABEL);
	memcpy(notes + TOKEN_LABEL, notes + ENTRY + TOKEN_LABEL, ENTRY - TOKEN_LABEL);
	memcpy(notes + ENTRY + TOKEN_LABEL, box, ENTRY - TOKEN_LABEL);
	small_roster_resign(&s, file, s.file.n);
	assert_ok(roster_open(&changed, (struct span){file, s.file.n}, &(struct trust){0}, 0));
	assert_err(read_note(&changed, &all, SMALL_DELEGATE), ERR_FORGED);
	assert_err(read_note(&changed, &all, SMALL_PROTECTED), ERR_FORGED);
	assert_string_equal(note, "");
	free(file);
}

/* A note's box around plain, signed by the right keys. */
static enum err open_crafted(const char *plain, size_t n)
{
	uint8_t *file = malloc(s.file.n), whole[NOTE_UNIT] = {0}, ad[BOX_AD], secrets[NOTE_SECRETS];
	struct roster crafted;

	assert_non_null(file);
	memcpy(file, s.file.p, s.file.n);
	memcpy(whole, plain, n);
	roster_derive((struct span){desk.desk, SEAL_KEY},
		(struct derive){"note", {SMALL_DELEGATE, 1}, 2}, secrets, sizeof(secrets));
	uint8_t *entry = file + small_section_at(&r, SECTION_NOTES);
	if (memcmp(entry, secrets, TOKEN_LABEL) != 0)
		entry += ENTRY;
	roster_box_ad(r.event, s.people[SMALL_DELEGATE].handle, BOX_NOTE, ad);
	seal_box(secrets + TOKEN_LABEL, (struct span){ad, sizeof(ad)},
		(struct span){whole, sizeof(whole)}, entry + TOKEN_LABEL);
	small_roster_resign(&s, file, s.file.n);
	assert_ok(roster_open(&crafted, (struct span){file, s.file.n}, &(struct trust){0}, 0));
	enum err e = read_note(&crafted, &desk, SMALL_DELEGATE);
	free(file);
	return e;
}

TEST(a_note_that_is_no_text_is_not_well_formed)
{
	UNUSED(state);
	assert_ok(open_crafted("\x02ok", 3));
	assert_string_equal(note, "ok");
	assert_err(open_crafted("\x02\xc3(", 3), ERR_FORMAT);
	assert_err(open_crafted("\x40", 1), ERR_FORMAT);
	assert_err(open_crafted("\x80\x00", 2), ERR_FORMAT);
	assert_string_equal(note, "");
}

/* The counts and lengths of the section's line, signed by the right key. */
static enum err open_with(uint32_t count, uint64_t bytes)
{
	uint8_t *file = malloc(s.file.n);
	struct roster changed;

	assert_non_null(file);
	memcpy(file, s.file.p, s.file.n);
	uint8_t *line = file + HEADER_FIXED + (SECTION_NOTES - 1) * SECTION_ENTRY;
	store_u32(line + 4, count);
	store_u64(line + 16, bytes);
	memset(file + small_section_at(&r, SECTION_NOTES) + bytes, 0,
		s.file.n - SEAL_SIGNATURE - small_section_at(&r, SECTION_NOTES) - bytes);
	small_roster_resign(&s, file, s.file.n);
	enum err e = roster_open(&changed, (struct span){file, s.file.n}, &(struct trust){0}, 0);
	free(file);
	return e;
}

TEST(notes_of_an_impossible_size_are_refused)
{
	UNUSED(state);
	assert_ok(open_with(2, 2 * ENTRY));
	assert_ok(open_with(1, ENTRY));
	assert_ok(open_with(0, 0));
	assert_err(open_with(0, ENTRY), ERR_FORMAT);
	assert_err(open_with(1, 2 * ENTRY), ERR_FORMAT);
	assert_err(open_with(2, 2 * ENTRY - 1), ERR_FORMAT);
	assert_err(open_with(1, NOTE_AROUND), ERR_FORMAT);
	assert_err(open_with(1, 0), ERR_FORMAT);
	assert_err(open_with(1, ENTRY - 1), ERR_FORMAT);
	assert_err(open_with(UINT32_MAX, 2 * ENTRY), ERR_FORMAT);
}

static int start(void **state)
{
	UNUSED(state);
	small_roster_make(&s);
	small_roster_open(&s, &r);
	v = seal_secret_memory(sizeof(*v));
	memcpy(desk.desk, s.source.keys.desk, SEAL_KEY);
	memcpy(door.door, s.source.keys.door, SEAL_KEY);
	memcpy(protocol.protocol, s.source.keys.protocol, SEAL_KEY);
	all = desk;
	memcpy(all.protocol, s.source.keys.protocol, SEAL_KEY);
	return v ? 0 : -1;
}

static int stop(void **state)
{
	UNUSED(state);
	seal_secret_free(v);
	small_roster_free(&s);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_note_is_read_with_the_desks_key_alone),
	cmocka_unit_test(a_protected_persons_note_is_read_with_the_protocols_key_alone),
	cmocka_unit_test(of_whom_nothing_is_told_there_is_no_note),
	cmocka_unit_test(no_key_of_a_record_opens_its_note),
	cmocka_unit_test(a_short_note_and_a_long_one_take_the_same_room),
	cmocka_unit_test(the_longest_note_fits_and_one_byte_more_names_the_person),
	cmocka_unit_test(without_notes_there_is_no_section_and_nothing_else_is_changed),
	cmocka_unit_test(with_another_generation_or_desk_key_nothing_of_a_note_is_as_it_was),
	cmocka_unit_test(any_changed_byte_of_a_note_is_seen_and_no_box_stands_for_another),
	cmocka_unit_test(a_note_that_is_no_text_is_not_well_formed),
	cmocka_unit_test(notes_of_an_impossible_size_are_refused),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
