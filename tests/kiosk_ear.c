/* The ear: what the agent writes into the board's folder is known here at once. */
#include "test.h"

#include <dirent.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent_own.h"
#include "ear.h"
#include "file.h"
#include "journal.h"
#include "news.h"
#include "scratch.h"
#include "store.h"
#include "wire.h"

enum { PATIENCE_MS = 20 * 1000, STEP_MS = 10 };

static struct scratch dir;
static struct traffic traffic;
static struct mailbox ui;
static struct news slots[NEWS_SLOTS];
static struct notes *notes;
static struct ear *ear;
static struct wire_hub hub;
static struct wire_device device;
static struct wire_board elsewhere;
static struct news last; /* NEWS_STATUS */
static bool posted;
static enum err posted_result;

static const char *in_folder(const char *name)
{
	return scratch_name(&dir, name);
}

static void start_board(void)
{
	struct others *others;
	char journal[160];

	assert_ok(others_make(&others, dir.folder));
	snprintf(journal, sizeof(journal), "%s", in_folder("journal.db"));
	struct notes_options n = {.path = journal,
		.seen_epoch = others_seen_epoch(others, journal),
		.ui = &ui,
		.traffic = &traffic};
	assert_ok(notes_start(&notes, &n));
	struct ear_options e = {dir.folder, others, notes, &ui, &traffic};
	assert_ok(ear_start(&ear, &e));
}

static void drain(int timeout_ms)
{
	struct news n;

	while (mailbox_take(&ui, &n, timeout_ms) == OK) {
		if (n.kind == NEWS_STATUS)
			last = n;
		if (n.kind == NEWS_POSTED) {
			posted = true;
			posted_result = n.result;
		}
		news_wipe(&n);
		mailbox_settle(&ui);
		timeout_ms = 0;
	}
}

static void stop_board(void)
{
	ear_stop(ear);
	notes_stop(notes);
	ear = NULL;
	notes = NULL;
	drain(0);
}

static int set_up(void **state)
{
	UNUSED(state);
	assert_ok(seal_start());
	scratch_make(&dir);
	mailbox_init(&ui, slots, sizeof(*slots), COUNT(slots), &traffic);
	wire_hub(&hub, 1, 1);
	wire_device(&device, &hub, 1);
	wire_board(&elsewhere, &device, 9);
	last = (struct news){0};
	posted = false;
	return 0;
}

static int tear_down(void **state)
{
	char line[256];

	UNUSED(state);
	stop_board();
	mailbox_done(&ui);
	snprintf(line, sizeof(line), "%s", in_folder("inbox"));
	(void)rmdir(line);
	scratch_remove(&dir);
	return 0;
}

static struct store *open_peers(void)
{
	struct store_options o = {.where = in_folder("peers.db"), .relaxed = true};
	struct store *s;

	assert_ok(store_sqlite.open(&s, &o));
	return s;
}

static void merge(struct store *s, const struct grow *runs)
{
	struct cursor c = cursor_at((struct span){runs->p, runs->n});
	struct store_item item = {0};

	while (run_read(&c, &item.run) == OK) {
		assert_ok(s->kind->merge(s, &item, 1));
		assert_ok(item.result);
	}
}

/* Somebody's arrival at the other board. */
static struct event arrival(uint8_t who, unsigned minute)
{
	return wire_event(EVENT_ARRIVED, who, minute);
}

static void hear_of(struct store *s, struct event e)
{
	struct grow runs = {0};

	wire_events(&elsewhere, 1, &e, 1, &runs);
	merge(s, &runs);
	grow_free(&runs);
}

static bool knows(const struct event *e)
{
	struct fold_person p;

	return notes_find(notes, e->person, &p) == OK && p.arrived;
}

#define EVENTUALLY(condition)                                                                      \
	do {                                                                                       \
		for (int waited = 0; !(condition); waited += STEP_MS) {                            \
			assert_true(waited < PATIENCE_MS);                                         \
			drain(STEP_MS);                                                            \
		}                                                                                  \
	} while (0)

TEST(a_board_without_an_agent_hears_nothing_and_works)
{
	struct event e = arrival(1, 0);

	start_board();
	assert_ok(notes_commit(notes, &e));
	assert_true(knows(&e));
	drain(0);
	assert_int_equal(last.kind, NEWS_WAKE);
}

TEST(what_others_wrote_before_the_start_is_known_at_the_start)
{
	struct event e = arrival(1, 0);
	struct store *s = open_peers();

	hear_of(s, e);
	start_board();
	assert_true(knows(&e));
	store_close(s);
}

TEST(what_others_write_later_is_known_as_soon_as_it_is_there)
{
	struct store *s = open_peers();

	start_board();
	for (uint8_t who = 1; who <= 20; who++) {
		struct event e = arrival(who, who);
		assert_false(knows(&e));
		hear_of(s, e);
		EVENTUALLY(knows(&e));
	}
	store_close(s);
}

TEST(a_database_that_comes_later_or_is_made_anew_is_read)
{
	struct event first = arrival(1, 0), second = arrival(2, 1);

	start_board();
	struct store *s = open_peers();
	hear_of(s, first);
	EVENTUALLY(knows(&first));
	store_close(s);
	assert_int_equal(unlink(in_folder("peers.db")), 0);
	(void)unlink(in_folder("peers.db-wal"));
	(void)unlink(in_folder("peers.db-shm"));
	s = open_peers();
	wire_board(&elsewhere, &device, 10);
	hear_of(s, second);
	EVENTUALLY(knows(&second));
	store_close(s);
}

TEST(a_database_that_is_no_database_disturbs_nobody)
{
	struct event e = arrival(1, 0);

	assert_ok(file_write(in_folder("peers.db"), span_of("certainly not"), 0600));
	start_board();
	assert_ok(notes_commit(notes, &e));
	assert_true(knows(&e));
}

TEST(a_badge_printed_elsewhere_is_not_printed_here_by_itself)
{
	struct store *s = open_peers();
	struct event printed = wire_event(EVENT_BADGE_PRINTED, 1, 0);
	struct event sending = wire_event(EVENT_BADGE_SENDING, 1, 1);
	struct fold_person p;

	start_board();
	hear_of(s, printed);
	EVENTUALLY(notes_find(notes, printed.person, &p) == OK && p.printed == 1);
	assert_err(notes_commit(notes, &sending), ERR_DENIED);
	store_close(s);
}

static void write_status(const struct board_status *s)
{
	assert_ok(status_write(s, in_folder("status")));
}

TEST(what_the_agent_says_is_told_and_so_is_its_end)
{
	struct board_status s = {.enrolled = true, .online = true, .name = "Lobby"};

	start_board();
	write_status(&s);
	EVENTUALLY(last.on && last.status.online);
	assert_string_equal(last.status.name, "Lobby");
	s.online = false;
	write_status(&s);
	EVENTUALLY(last.on && !last.status.online);
	assert_int_equal(unlink(in_folder("status")), 0);
	EVENTUALLY(last.kind == NEWS_STATUS && !last.on);
}

TEST(the_clock_goes_by_the_status)
{
	struct board_status s = {.enrolled = true};

	start_board();
	assert_true(clock_now().trusted);
	write_status(&s);
	EVENTUALLY(!clock_now().trusted);
	status_boot_id(s.boot);
	s.offset_ms = 4102444800000;
	write_status(&s);
	EVENTUALLY(clock_now().trusted);
	assert_true(clock_now().wall_ms >= s.offset_ms);
	stop_board();
	assert_true(clock_now().wall_ms < s.offset_ms);
}

static void put_note(struct store *s, const char *key, uint64_t v, size_t n)
{
	uint8_t bytes[8];

	store_u64(bytes, v);
	assert_ok(s->kind->note_put(s, key, (struct span){bytes, n}, false));
}

TEST(undelivered_is_what_the_agent_counted_and_what_it_has_not_yet_seen)
{
	struct board_status status = {.enrolled = true};
	struct store *s = open_peers();

	write_status(&status);
	start_board();
	EVENTUALLY(last.on);
	assert_int_equal(last.undelivered, 0);
	for (uint8_t who = 1; who <= 3; who++) {
		struct event e = arrival(who, who);
		assert_ok(notes_commit(notes, &e));
	}
	EVENTUALLY(last.undelivered == 3);
	put_note(s, "undelivered", 40, 8);
	EVENTUALLY(last.undelivered == 43);
	store_close(s);
}

/* The agent counts before it cuts, and of a board that is forked it cuts nothing. */
TEST(what_the_agent_has_counted_is_not_counted_twice)
{
	struct board_status status = {.enrolled = true};
	uint8_t note[OWN_UNDELIVERED];
	struct sink k = sink_on(note, sizeof(note));
	struct store *s = open_peers();
	struct event e;

	write_status(&status);
	start_board();
	for (uint8_t who = 1; who <= 3; who++) {
		e = arrival(who, who);
		assert_ok(notes_commit(notes, &e));
	}
	EVENTUALLY(last.undelivered == 3);
	/* Two of them, and seven of the agent's own; nothing is in the store. */
	sink_u64(&k, 9);
	sink_bytes(&k, "another.", EVENT_BOARD);
	sink_u32(&k, 1);
	sink_u64(&k, 7);
	sink_bytes(&k, e.id.board, EVENT_BOARD);
	sink_u32(&k, e.id.epoch);
	sink_u64(&k, e.id.seq - 1);
	assert_ok(s->kind->note_put(s, "undelivered", (struct span){note, k.n}, false));
	EVENTUALLY(last.undelivered == 10);
	store_close(s);
}

TEST(the_epoch_goes_by_what_anybody_saw_of_this_board)
{
	uint8_t board[EVENT_BOARD];
	char key[STORE_KEY] = "seen-epoch/";
	struct event e = arrival(1, 0);
	struct store *s = open_peers();

	start_board();
	notes_board(notes, board);
	stop_board();
	for (size_t i = 0; i < EVENT_BOARD; i++)
		snprintf(key + strlen(key), sizeof(key) - strlen(key), "%02x", board[i]);
	put_note(s, key, 41, 4);
	start_board();
	assert_ok(notes_commit(notes, &e));
	assert_int_equal(e.id.epoch, 42);
	store_close(s);
}

/* The only file in the inbox, its name into path. */
static bool find_code(char path[static 512])
{
	char inbox[160];
	size_t n = 0;

	snprintf(inbox, sizeof(inbox), "%s", in_folder("inbox"));
	DIR *d = opendir(inbox);
	for (struct dirent *e; d && (e = readdir(d)) != NULL;)
		if (e->d_name[0] != '.') {
			snprintf(path, 512, "%s/%s", inbox, e->d_name);
			n++;
		}
	if (d)
		closedir(d);
	return n == 1;
}

TEST(a_code_lies_whole_in_the_inbox_and_nowhere_else)
{
	char path[512];
	struct file_bytes f;

	start_board();
	assert_ok(ear_post(ear, 7, span_of("ZQM1CODE")));
	EVENTUALLY(posted);
	assert_ok(posted_result);
	assert_true(find_code(path));
	assert_ok(file_read(&f, path, 100));
	assert_true(span_equal(f.bytes, span_of("ZQM1CODE")));
	file_free(&f);
	assert_int_equal(unlink(path), 0);
	DIR *d = opendir(dir.folder);
	for (struct dirent *e; (e = readdir(d)) != NULL;)
		assert_null(strstr(e->d_name, "code"));
	closedir(d);
}

TEST(a_code_that_cannot_be_handed_over_is_told)
{
	static const uint8_t endless[TOKEN_TEXT_MAX + 1];

	start_board();
	assert_err(ear_post(ear, 7, (struct span){endless, sizeof(endless)}), ERR_FULL);
	assert_ok(file_write(in_folder("inbox"), span_of("in the way"), 0600));
	assert_ok(ear_post(ear, 7, span_of("ZQM1CODE")));
	EVENTUALLY(posted);
	assert_err(posted_result, ERR_FORMAT);
	assert_int_equal(unlink(in_folder("inbox")), 0);
}

/* Threads inherit what is blocked, so the test can wait for the signal itself. */
TEST(a_board_that_is_wiped_ends_its_kiosk)
{
	const struct timespec patience = {.tv_sec = 10};
	sigset_t term;

	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	assert_int_equal(pthread_sigmask(SIG_BLOCK, &term, NULL), 0);
	start_board();
	assert_ok(file_write(in_folder("wiped"), span_of("a statement"), 0600));
	assert_int_equal(sigtimedwait(&term, NULL, &patience), SIGTERM);
	stop_board();
}

#define AT(sentence) cmocka_unit_test_setup_teardown(sentence, set_up, tear_down)

static const struct CMUnitTest tests[] = {
	AT(a_board_without_an_agent_hears_nothing_and_works),
	AT(what_others_wrote_before_the_start_is_known_at_the_start),
	AT(what_others_write_later_is_known_as_soon_as_it_is_there),
	AT(a_database_that_comes_later_or_is_made_anew_is_read),
	AT(a_database_that_is_no_database_disturbs_nobody),
	AT(a_badge_printed_elsewhere_is_not_printed_here_by_itself),
	AT(what_the_agent_says_is_told_and_so_is_its_end),
	AT(the_clock_goes_by_the_status),
	AT(undelivered_is_what_the_agent_counted_and_what_it_has_not_yet_seen),
	AT(what_the_agent_has_counted_is_not_counted_twice),
	AT(the_epoch_goes_by_what_anybody_saw_of_this_board),
	AT(a_code_lies_whole_in_the_inbox_and_nowhere_else),
	AT(a_code_that_cannot_be_handed_over_is_told),
	AT(a_board_that_is_wiped_ends_its_kiosk),
};

RUN_TESTS(tests)
