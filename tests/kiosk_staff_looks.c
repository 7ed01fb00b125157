/* The staff's room: who was searched for and looked up is written down before it is shown. */
#include "test.h"

#include "help/staff_board.h"
#include "journal.h"

enum { MOST = 64, MANY = 40 };

static struct event seen[MOST];
static size_t seen_n;

/* What the journal holds of this kind, in order. */
static size_t written(enum event_kind kind)
{
	struct journal_options o = {.path = board.journal, .read_only = true};
	struct event_id after = {0};
	struct journal *j;
	struct event e;
	size_t n;

	seen_n = 0;
	assert_ok(journal_open(&j, &o));
	for (;; after = e.id) {
		assert_ok(journal_read(j, &after, &e, 1, &n));
		if (n == 0)
			break;
		if (e.kind == kind)
			seen[seen_n++] = e;
	}
	journal_close(j);
	return seen_n;
}

static void look_at(enum small_person who)
{
	struct staff_ask open = staff_board_about(&board, STAFF_OPEN, who);

	staff_board_ask(&board, &open);
	assert_int_equal(board.got.word, STAFF_WORD_OPENED);
}

TEST(a_page_that_is_opened_is_written_down_with_the_card_that_opened_it)
{
	struct staff_ask hers = staff_board_about(&board, STAFF_OPEN, SMALL_VIP);
	struct token card = small_card_token(SMALL_CARD_DESK);
	uint8_t signer[STAFF_SIGNER], said[STAFF_SIGNER];

	staff_board_unlock(&board, RIGHT_PRINT);
	look_at(SMALL_VIP);
	assert_ok(board.got.result);
	assert_int_equal(written(EVENT_LOOKED_UP), 1);
	assert_memory_equal(seen[0].person, hers.person, EVENT_PERSON);
	assert_ok(staff_signer_of(&board.room.roster, &card, signer));
	assert_ok(staff_noted(&seen[0], said));
	assert_memory_equal(said, signer, STAFF_SIGNER);
	assert_int_equal(seen[0].payload_n, STAFF_SIGNER);
}

TEST(who_was_looked_up_is_written_down_once_each_time_the_desk_is_unlocked)
{
	staff_board_unlock(&board, RIGHT_PRINT);
	look_at(SMALL_VIP);
	look_at(SMALL_DELEGATE);
	look_at(SMALL_VIP);
	assert_int_equal(written(EVENT_LOOKED_UP), 2);
	staff_board_show_desk(&board);
	staff_board_show_desk(&board);
	staff_board_enter(&board, SMALL_PIN);
	look_at(SMALL_VIP);
	assert_int_equal(written(EVENT_LOOKED_UP), 3);
}

TEST(who_may_not_be_opened_was_not_looked_up)
{
	staff_board_unlock(&board, RIGHT_PRINT);
	look_at(SMALL_PROTECTED);
	assert_err(board.got.result, ERR_DENIED);
	assert_int_equal(written(EVENT_LOOKED_UP), 0);
}

TEST(searching_is_written_down_without_what_was_typed)
{
	static const char typed[] = "Lecoqueux";

	staff_board_unlock(&board, RIGHT_PRINT);
	staff_board_search(&board, "");
	assert_int_equal(written(EVENT_SEARCHED), 0);
	staff_board_search(&board, typed);
	assert_ok(board.got.result);
	assert_int_equal(written(EVENT_SEARCHED), 1);
	assert_int_equal(seen[0].payload_n, STAFF_SIGNER + 4);
	assert_int_equal(load_u32(seen[0].payload + STAFF_SIGNER), 1);
	assert_null(memmem(seen[0].payload, seen[0].payload_n, typed, 4));
}

/* Whoever reads the list letter by letter leaves more traces, whatever becomes of the board's plug. */
TEST(many_searches_are_written_down_each_time_they_are_sixteen_times_as_many)
{
	staff_board_unlock(&board, RIGHT_PRINT);
	for (int i = 0; i < MANY; i++)
		staff_board_search(&board, i % 2 ? "a" : "b");
	assert_int_equal(written(EVENT_SEARCHED), 2);
	assert_int_equal(load_u32(seen[1].payload + STAFF_SIGNER), 16);
	staff_board_show_desk(&board);
	staff_board_show_desk(&board);
	staff_board_enter(&board, SMALL_PIN);
	staff_board_search(&board, "a");
	assert_int_equal(written(EVENT_SEARCHED), 3);
	assert_int_equal(load_u32(seen[2].payload + STAFF_SIGNER), 1);
}

TEST(nobody_is_shown_whose_look_up_cannot_be_written_down)
{
	struct guest *g = malloc(sizeof(*g));

	staff_board_unlock(&board, RIGHT_PRINT);
	staff_board_fill_disk(&board);
	staff_board_search(&board, "a");
	assert_int_equal(board.got.word, STAFF_WORD_FOUND);
	assert_err(board.got.result, ERR_FULL);
	assert_int_equal(board.got.row_n, 0);
	look_at(SMALL_VIP);
	assert_err(board.got.result, ERR_FULL);
	assert_int_equal(board.got.row_n, 0);
	assert_err(staffroom_guest(board.staff, g), ERR_ABSENT);
	free(g);
}

TEST(a_page_where_something_was_done_is_on_the_days_list_as_that_alone)
{
	struct staff_ask hers = staff_board_about(&board, STAFF_OPEN, SMALL_DELEGATE);

	staff_board_unlock(&board, RIGHT_PRINT);
	look_at(SMALL_VIP);
	look_at(SMALL_DELEGATE);
	staff_board_write(&board, EVENT_ARRIVED, &hers, 1);
	staff_board_ask(&board, &(struct staff_ask){.verb = STAFF_TODAY});
	assert_int_equal(board.got.deeds[0].kind, EVENT_ARRIVED);
	assert_int_equal(board.got.deeds[1].kind, EVENT_LOOKED_UP);
	assert_true(board.got.deeds[1].named);
	assert_false(board.got.deeds[1].may_undo);
	assert_int_equal(board.got.deeds[2].kind, EVENT_STAFF_UNLOCKED);
	assert_int_equal(board.got.deed_n, 3);
}

static const struct CMUnitTest tests[] = {
	ON_A_BOARD(a_page_that_is_opened_is_written_down_with_the_card_that_opened_it),
	ON_A_BOARD(who_was_looked_up_is_written_down_once_each_time_the_desk_is_unlocked),
	ON_A_BOARD(who_may_not_be_opened_was_not_looked_up),
	ON_A_BOARD(searching_is_written_down_without_what_was_typed),
	ON_A_BOARD(many_searches_are_written_down_each_time_they_are_sixteen_times_as_many),
	ON_A_BOARD(nobody_is_shown_whose_look_up_cannot_be_written_down),
	ON_A_BOARD(a_page_where_something_was_done_is_on_the_days_list_as_that_alone),
};

RUN_TESTS(tests)
