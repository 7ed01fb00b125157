/* A board with a staff's room on it. */
#include "test.h"

#include "help/staff_board.h"
#include "help/vfs_fault.h"
#include "roster_inside.h"

#include <sqlite3.h>

enum { NEVER_LAST = 1000 };

struct staff_board board;

void staff_board_start(struct staff_board *b)
{
	struct notes_options n = {
		.path = b->journal, .vfs = vfs_fault_name, .ui = &b->ui, .traffic = &b->traffic};
	struct staffroom_options o = {.mode = MODE_DESK,
		.folder = b->dir.folder,
		.journal = b->journal,
		.ui = &b->ui,
		.traffic = &b->traffic};

	assert_ok(notes_start(&b->notes, &n));
	notes_believe(b->notes, &b->room.roster);
	o.notes = b->notes;
	assert_ok(staffroom_start(&b->staff, &o));
	staffroom_roster(b->staff, &b->holding);
}

static void hear(struct staff_board *b, struct news *n)
{
	struct staff_answer a;

	if (n->kind == NEWS_STAFF && staffroom_answer(b->staff, &a) == OK)
		b->got = a;
	news_wipe(n);
	mailbox_settle(&b->ui);
}

void staff_board_settle(struct staff_board *b)
{
	struct news n;

	memset(&b->got, 0, sizeof(b->got));
	do {
		while (mailbox_take(&b->ui, &n, 10) == OK)
			hear(b, &n);
	} while (!traffic_is_calm(&b->traffic));
}

void staff_board_stop(struct staff_board *b)
{
	staffroom_stop(b->staff);
	notes_stop(b->notes);
	b->staff = NULL;
	b->notes = NULL;
	staff_board_settle(b);
}

int staff_board_set_up(void **state)
{
	struct staff_board *b = &board;
	UNUSED(state);

	*b = (struct staff_board){.now = {(SMALL_BASE + 3600) * 1000, 5000000, true}};
	assert_ok(seal_start());
	clock_fake(&b->now);
	vfs_fault_set(NULL);
	scratch_make(&b->dir);
	snprintf(b->journal, sizeof(b->journal), "%s", scratch_name(&b->dir, "journal.db"));
	mailbox_init(&b->ui, b->slots, sizeof(*b->slots), COUNT(b->slots), &b->traffic);
	staff_room_open(&b->room, 1);
	b->holding = (struct holding){.users = NEVER_LAST, .roster = b->room.roster};
	staff_board_start(b);
	return 0;
}

int staff_board_tear_down(void **state)
{
	struct staff_board *b = &board;
	UNUSED(state);

	vfs_fault_set(NULL);
	staff_board_stop(b);
	mailbox_done(&b->ui);
	staff_room_close(&b->room);
	scratch_remove(&b->dir);
	clock_fake(NULL);
	return 0;
}

void staff_board_rights(struct staff_board *b, uint16_t rights)
{
	struct source_card *c = &b->room.small.cards[SMALL_CARD_DESK];

	assert_ok(roster_card_secret(&c->token, span_of(SMALL_PIN), c->salt, c->secret));
	notes_believe(b->notes, NULL);
	staff_room_rights(&b->room, SMALL_CARD_DESK, rights, SMALL_EXPIRES);
	b->holding.roster = b->room.roster;
	notes_believe(b->notes, &b->room.roster);
	staffroom_roster(b->staff, &b->holding);
	staff_board_settle(b);
}

void staff_board_show(struct staff_board *b, const struct token *card)
{
	char text[TOKEN_TEXT + 1];

	token_text(card, text);
	assert_ok(staffroom_card(b->staff, 1, span_of(text)));
	staff_board_settle(b);
	assert_int_equal(b->got.visit, 1);
}

void staff_board_show_desk(struct staff_board *b)
{
	struct token t = small_card_token(SMALL_CARD_DESK);

	staff_board_show(b, &t);
}

void staff_board_ask(struct staff_board *b, const struct staff_ask *a)
{
	assert_ok(staffroom_ask(b->staff, 7, a));
	staff_board_settle(b);
	assert_int_equal(b->got.visit, 7);
}

void staff_board_enter(struct staff_board *b, const char *pin)
{
	struct staff_ask a = {.verb = STAFF_PIN, .text_n = strlen(pin)};

	memcpy(a.text, pin, a.text_n);
	staff_board_ask(b, &a);
	assert_int_equal(b->got.word, STAFF_WORD_PIN);
}

void staff_board_unlock(struct staff_board *b, uint16_t rights)
{
	staff_board_rights(b, rights);
	staff_board_show_desk(b);
	assert_int_equal(b->got.word, STAFF_WORD_CARD);
	assert_ok(b->got.result);
	staff_board_enter(b, SMALL_PIN);
	assert_ok(b->got.result);
	assert_int_equal(b->got.rights, rights);
}

void staff_board_search(struct staff_board *b, const char *text)
{
	struct staff_ask a = {.verb = STAFF_SEARCH, .text_n = strlen(text)};

	memcpy(a.text, text, a.text_n);
	staff_board_ask(b, &a);
}

void staff_board_fill_disk(struct staff_board *b)
{
	UNUSED(b);
	vfs_fault_set(&(struct vfs_fault){.write_at = 1, .rc = SQLITE_FULL});
}

struct staff_ask staff_board_about(
	struct staff_board *b, enum staff_verb verb, enum small_person who)
{
	struct staff_ask a = {.verb = verb};
	struct visit *v = seal_secret_memory(sizeof(*v));

	staff_room_visit(&b->room, who, v);
	memcpy(a.person, v->handle, EVENT_PERSON);
	visit_wipe(v);
	seal_secret_free(v);
	return a;
}

void staff_board_write(
	struct staff_board *b, uint16_t kind, const struct staff_ask *whose, uint32_t issue)
{
	struct event e = {.kind = kind, .issue = issue};

	memcpy(e.person, whose->person, EVENT_PERSON);
	assert_ok(notes_commit(b->notes, &e));
}
