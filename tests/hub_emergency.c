/* An emergency from the hub: said in one language or four, heard and believed by boards, ended for good. */
#include "test.h"

#include "commands.h"
#include "emergency.h"
#include "file.h"
#include "folder.h"
#include "help/agent_process.h"
#include "help/desk.h"
#include "voice.h"

#include <jansson.h>
#include <signal.h>
#include <unistd.h>

static struct event_folder f;
static struct desk desk;

static void say(const char *words)
{
	char line[1024];

	snprintf(line, sizeof(line), "DIR %s", words);
	event_must(&f, &verb_emergency, line);
}

static int fresh(void **state)
{
	UNUSED(state);
	event_folder_make(&f);
	event_put(&f, "list/staff.csv", "person,rights\nd4,admin\n");
	event_must(&f, &verb_build, "DIR");
	desk_open(&desk, &f, 1);
	desk_unlock(&desk, "d4");
	return 0;
}

static int done(void **state)
{
	UNUSED(state);
	event_folder_remove(&f);
	return 0;
}

/* What stands after "since …" of what holds now; "" if nothing does. */
static const char *holds(void)
{
	event_must(&f, &verb_emergency, "DIR");
	const char *end = strchr(f.said, '\n');
	if (!end)
		return "";
	assert_memory_equal(f.said, "since ", 6);
	return end + 1;
}

TEST(without_an_emergency_it_says_so)
{
	assert_string_equal(holds(), "");
	assert_non_null(strstr(f.talked, "No emergency holds"));
}

TEST(a_text_for_everybody_holds_until_it_is_ended)
{
	say("Leave by the north door");
	assert_string_equal(holds(), "Leave by the north door\n");
	say("Assemble at the fountain");
	assert_string_equal(holds(), "Assemble at the fountain\n");
	say("--end");
	assert_string_equal(holds(), "");
	say("-- --end of the alarm, but stay");
	assert_string_equal(holds(), "--end of the alarm, but stay\n");
}

TEST(each_language_has_its_text_and_json_names_them)
{
	json_t *all, *texts;

	say("--nl Noorddeur --fr Nord! --en North --de Nordtür");
	assert_string_equal(holds(), "de Nordtür\nen North\nfr Nord!\nnl Noorddeur\n");
	event_must(&f, &verb_emergency, "DIR --json");
	all = json_loads(f.said, 0, NULL);
	texts = json_object_get(all, "texts");
	assert_true(json_is_true(json_object_get(all, "holds")));
	assert_string_equal(json_string_value(json_object_get(texts, "de")), "Nordtür");
	assert_int_equal(json_object_size(texts), LANGUAGES);
	assert_string_equal(json_string_value(json_object_get(all, "everybody")), "");
	json_decref(all);
	say("--end");
	event_must(&f, &verb_emergency, "DIR --json");
	assert_non_null(strstr(f.said, "\"holds\": false"));
}

TEST(what_no_screen_could_show_is_refused_with_its_reason)
{
	static const struct {
		const char *words, *why;
	} rows[] = {
		{"", "a folder is wanted"},
		{"DIR Out --fr Dehors", "either one text for everybody"},
		{"DIR --fr Dehors --fr Sortez", "one text a language"},
		{"DIR --fr", "a language wants its text"},
		{"DIR --end Out", "--end says no words"},
		{"DIR --json Out", "--json shows what holds"},
		{"DIR ''", "the text is empty; --end ends an emergency"},
		{"DIR --fr ''", "--fr is empty; --end ends an emergency"},
		{"DIR --it Fuori", "a folder is wanted, then a text"},
		{"DIR --store", "--store wants an address"},
		{"DIR Bell\a", "the text is no UTF-8, or holds a control character"},
		{"DIR --nl \xc3(", "--nl is no UTF-8, or holds a control character"},
	};
	char line[1024];

	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(event_run(&f, &verb_emergency, rows[i].words), EXIT_WRONG_USE);
		if (!strstr(f.talked, rows[i].why))
			fail_msg("%s: %s", rows[i].words, f.talked);
	}
	snprintf(line, sizeof(line), "DIR %0161d", 0);
	assert_int_equal(event_run(&f, &verb_emergency, line), EXIT_WRONG_USE);
	assert_non_null(strstr(f.talked, "the text has 161 bytes; it may have 160"));
	snprintf(line, sizeof(line), "DIR --fr %0160d --nl %0160d --de %097d", 0, 0, 0);
	assert_int_equal(event_run(&f, &verb_emergency, line), EXIT_WRONG_USE);
	assert_non_null(strstr(f.talked, "the texts have 417 bytes together; they may have 416"));
	snprintf(line, sizeof(line), "DIR %0500d", 0);
	assert_int_equal(event_run(&f, &verb_emergency, line), EXIT_WRONG_USE);
	assert_string_equal(holds(), "");
}

TEST(a_folder_without_keys_and_a_store_that_is_none_are_the_worlds_fault)
{
	assert_int_equal(event_run(&f, &verb_emergency, "DIR/nowhere Out"), EXIT_WORLD);
	event_put(&f, "hub.db", "this is no database, though it is long enough to be looked at");
	assert_int_equal(event_run(&f, &verb_emergency, "DIR Out"), EXIT_WORLD);
	assert_non_null(strstr(f.talked, "the store"));
}

/* In a burning house nobody waits for a build. */
TEST(it_is_said_while_another_program_holds_the_folder)
{
	struct folder busy;

	assert_ok(folder_open(&busy, "test", f.dir, FOLDER_STATE));
	say("Out");
	folder_close(&busy);
	assert_string_equal(holds(), "Out\n");
}

TEST(where_no_hub_serves_it_says_that_nobody_hears_it)
{
	static struct hub_process other;
	const char *nobody = "no hub serves from this store";

	say("Out");
	assert_non_null(strstr(f.talked, nobody));
	hub_start(&other, f.dir, "");
	say("Out");
	assert_null(strstr(f.talked, nobody));
	assert_int_equal(hub_stop(&other, SIGTERM), 0);
	say("--end");
	assert_non_null(strstr(f.talked, nobody));
}

TEST(it_is_said_and_shown_where_nothing_was_built_yet)
{
	assert_int_equal(unlink(event_path(&f, "roster.foyer")), 0);
	say("Out");
	assert_non_null(strstr(f.talked, "no roster was found"));
}

TEST(the_hub_ends_what_a_desk_said_whose_clock_is_ahead)
{
	struct event e = desk_event(&desk, EVENT_EMERGENCY, NULL);

	desk.now_ms = clock_now().wall_ms + 3600000;
	memcpy(e.payload, "Out", 3);
	e.payload_n = 3;
	desk_say(&desk, e);
	assert_string_equal(holds(), "Out\n");
	say("--end");
	assert_string_equal(holds(), "");
	say("In");
	assert_string_equal(holds(), "In\n");
}

TEST(an_emergency_of_a_card_without_the_right_is_shown_nowhere)
{
	struct event e = desk_event(&desk, EVENT_EMERGENCY, NULL);

	memcpy(e.payload, "Out", 3);
	e.payload_n = 3;
	desk_sign(&desk, &e);
	event_put(&f, "list/staff.csv", "person,rights\nd4,print|correct|revoke|door\n");
	event_must(&f, &verb_build, "DIR");
	desk_write(&desk, &e, 1);
	assert_string_equal(holds(), "");
}

static int exported(const char *line)
{
	struct file_bytes bytes;
	char words[256];

	snprintf(words, sizeof(words), "DIR -o %s/out --force", f.dir);
	event_must(&f, &verb_export, words);
	assert_ok(file_read(&bytes, event_path(&f, "out/staff.csv"), 1 << 20));
	int found = memmem(bytes.bytes.p, bytes.bytes.n, line, strlen(line)) != NULL;
	file_free(&bytes);
	return found;
}

TEST(the_export_tells_what_the_hub_said)
{
	say("Leave by the north door");
	assert_true(exported(",hub,,,emergency,yes,"));
	assert_true(exported(",Leave by the north door\r\n"));
}

/* What a board does with what the hub tells: its own store, and the judge that all bundles pass. */

static struct agent_process board;
static struct hub_process hub;

static void board_of(struct agent_process *p, const char *name)
{
	char line[256], words[2048];

	*p = (struct agent_process){0};
	snprintf(p->data, sizeof(p->data), "%s/%s", f.dir, name);
	snprintf(line, sizeof(line), "DIR %s --address http://127.0.0.1:%u --unattended", name,
		hub.port);
	event_must(&f, &verb_enrol, line);
	snprintf(words, sizeof(words), "--once --enrol %.1000s", f.said);
	words[strcspn(words, "\n")] = '\0';
	assert_int_equal(agent_process_run(p, words), 0);
}

static void once(struct agent_process *p)
{
	assert_int_equal(agent_process_run(p, "--once"), 0);
}

static void fold_runs(struct store *s, struct fold *fold)
{
	struct store_cursor cursor = {0};
	struct grow runs = {0};
	uint8_t chain[EVENT_HASH];
	struct event e;
	struct run r;

	assert_ok(s->kind->read(s, &cursor, 1 << 20, &runs));
	struct cursor all = cursor_at((struct span){runs.p, runs.n});
	while (run_read(&all, &r) == OK) {
		struct cursor c = run_events(&r);
		memcpy(chain, r.before, EVENT_HASH);
		while (c.rest.n > 0) {
			run_next_event(&c, chain, &e);
			assert_ok(fold_add(fold, &e));
		}
	}
	grow_free(&runs);
}

/* What a board's screens show, by its own roster; "" if nothing. Static. */
static const char *shown(const struct agent_process *p)
{
	static char text[EVENT_PAYLOAD];
	struct fold_emergency now;
	struct file_bytes bytes;
	struct trust trust = {0};
	struct fold *fold;
	struct roster r;
	char path[256];

	snprintf(path, sizeof(path), "%s/roster.foyer", p->data);
	assert_ok(file_read(&bytes, path, ROSTER_MAX));
	assert_ok(roster_open(&r, bytes.bytes, &trust, 0));
	assert_ok(fold_open(&fold));
	fold_believe(fold, staff_judge, &r);
	struct store *s = agent_process_store(p);
	fold_runs(s, fold);
	store_close(s);
	text[0] = '\0';
	if (fold_emergency(fold, &now) == OK)
		assert_ok(span_copy_text(now.said, text, sizeof(text)));
	fold_close(fold);
	file_free(&bytes);
	return text;
}

static int serving(void **state)
{
	if (fresh(state))
		return -1;
	hub_start(&hub, f.dir, "");
	board_of(&board, "lobby");
	return 0;
}

static int served(void **state)
{
	if (board.pid > 0)
		agent_process_end(&board, SIGKILL);
	int status = hub_stop(&hub, SIGTERM);
	return done(state) | status;
}

TEST(boards_hear_it_from_a_hub_that_serves)
{
	once(&board);
	assert_string_equal(shown(&board), "");
	say("--fr Nord! --nl Noorddeur");
	once(&board);
	assert_string_equal(shown(&board), "fr\tNord!\nnl\tNoorddeur");
	say("--end");
	once(&board);
	assert_string_equal(shown(&board), "");
}

static bool is_shown(void *arg)
{
	return strcmp(shown(arg), "Out") == 0;
}

TEST(a_running_board_hears_it_by_itself)
{
	char line[256];

	agent_process_start(&board, "");
	assert_true(agent_process_line(&board, "online", line, sizeof(line)));
	say("Out");
	assert_true(hub_wait(is_shown, &board));
	assert_int_equal(agent_process_end(&board, SIGTERM), 0);
}

/* Three dozen and more: beyond the journals that the hub begins for itself, and below what boards allow. */
TEST(however_often_the_hub_speaks_boards_go_on_hearing_it)
{
	char words[32];

	for (int i = 0; i < STORE_BOARDS + 6; i++) {
		snprintf(words, sizeof(words), "Call %d", i);
		say(words);
		if (i % 16 == 0)
			once(&board);
	}
	once(&board);
	assert_string_equal(shown(&board), words);
	say("--end");
	once(&board);
	assert_string_equal(shown(&board), "");
}

static void copy(const char *from, const char *to)
{
	struct file_bytes bytes;

	assert_ok(file_read(&bytes, event_path(&f, from), 64 << 20));
	assert_ok(file_write(event_path(&f, to), bytes.bytes, 0600));
	file_free(&bytes);
}

/* The hub's own history is then another than boards have: they must not take it for a fork. */
TEST(a_hub_put_back_from_a_backup_is_heard_all_the_same)
{
	say("Before");
	assert_int_equal(hub_stop(&hub, SIGTERM), 0);
	copy("hub.db", "backup.db");
	hub_start(&hub, f.dir, "");
	char words[64];
	snprintf(words, sizeof(words), "--once --hub http://127.0.0.1:%u", hub.port);
	say("Lost");
	assert_int_equal(agent_process_run(&board, words), 0);
	assert_string_equal(shown(&board), "Lost");
	assert_int_equal(hub_stop(&hub, SIGTERM), 0);
	copy("backup.db", "hub.db");
	hub_start(&hub, f.dir, "");
	snprintf(words, sizeof(words), "--once --hub http://127.0.0.1:%u", hub.port);
	say("After");
	assert_int_equal(agent_process_run(&board, words), 0);
	assert_string_equal(shown(&board), "After");
	struct store *s = agent_process_store(&board);
	struct store_stats stats;
	assert_ok(s->kind->stats(s, &stats));
	assert_int_equal(stats.quarantined, 0);
	store_close(s);
}

#define HERE(t)  cmocka_unit_test_setup_teardown(t, fresh, done)
#define THERE(t) cmocka_unit_test_setup_teardown(t, serving, served)

static const struct CMUnitTest tests[] = {
	HERE(without_an_emergency_it_says_so),
	HERE(a_text_for_everybody_holds_until_it_is_ended),
	HERE(each_language_has_its_text_and_json_names_them),
	HERE(what_no_screen_could_show_is_refused_with_its_reason),
	HERE(a_folder_without_keys_and_a_store_that_is_none_are_the_worlds_fault),
	HERE(it_is_said_while_another_program_holds_the_folder),
	HERE(where_no_hub_serves_it_says_that_nobody_hears_it),
	HERE(it_is_said_and_shown_where_nothing_was_built_yet),
	HERE(the_hub_ends_what_a_desk_said_whose_clock_is_ahead),
	HERE(an_emergency_of_a_card_without_the_right_is_shown_nowhere),
	HERE(the_export_tells_what_the_hub_said),
	THERE(boards_hear_it_from_a_hub_that_serves),
	THERE(a_running_board_hears_it_by_itself),
	THERE(however_often_the_hub_speaks_boards_go_on_hearing_it),
	THERE(a_hub_put_back_from_a_backup_is_heard_all_the_same),
};

RUN_TESTS(tests)
