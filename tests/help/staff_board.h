/* A board with a staff's room on it, of the small roster, and a test in the place of its UI thread. Time
 * stands still until the test moves it. A failure ends the program. */
#ifndef TESTS_HELP_STAFF_BOARD_H
#define TESTS_HELP_STAFF_BOARD_H

#include "help/scratch.h"
#include "help/staff_room.h"
#include "news.h"
#include "staffroom.h"

enum { STAFF_BOARD_ALL = 0x7f }; /* every right */

struct staff_board {
	struct scratch dir;
	char journal[160];
	struct traffic traffic;
	struct mailbox ui;
	struct news slots[NEWS_SLOTS];
	struct notes *notes;
	struct staffroom *staff;
	struct staff_room room;
	struct holding holding; /* the test's own share never ends */
	struct instant now;
	struct staff_answer got; /* the last answer of the last question */
};

/* For cmocka: a fresh board for each test. */
extern struct staff_board board;
int staff_board_set_up(void **state);
int staff_board_tear_down(void **state);
#define ON_A_BOARD(sentence)                                                                       \
	cmocka_unit_test_setup_teardown(sentence, staff_board_set_up, staff_board_tear_down)

/* Its programs alone; the journal stays. */
void staff_board_start(struct staff_board *b);
void staff_board_stop(struct staff_board *b);

/* Wait until all is dealt with; the last answer is in got. */
void staff_board_settle(struct staff_board *b);
/* From now on the desk's card has these rights, and SMALL_PIN opens it. */
void staff_board_rights(struct staff_board *b, uint16_t rights);
void staff_board_show(struct staff_board *b, const struct token *card);
void staff_board_show_desk(struct staff_board *b);
void staff_board_enter(struct staff_board *b, const char *pin);
/* All of these three: the desk is open, with these rights. */
void staff_board_unlock(struct staff_board *b, uint16_t rights);

void staff_board_ask(struct staff_board *b, const struct staff_ask *a);
void staff_board_search(struct staff_board *b, const char *text);
/* From now on nothing can be written on this board's disk. */
void staff_board_fill_disk(struct staff_board *b);
/* A question about somebody of the roster. */
struct staff_ask staff_board_about(
	struct staff_board *b, enum staff_verb verb, enum small_person who);
/* An event about the same person, as the kiosk writes it. */
void staff_board_write(
	struct staff_board *b, uint16_t kind, const struct staff_ask *whose, uint32_t issue);

#endif
