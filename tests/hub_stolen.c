/* A stolen board: a real kiosk with a real agent has served 200 guests of the demo mission. Neither its
 * folder nor the memory of the idle kiosk, two seconds of its clock after a guest has left, holds one of
 * the mission's names, nor a code.
 *
 * Looked for: every family name of six bytes or more, in every form of help/names.h, and whether or not
 * letters stand around it. Left out are words that were in the kiosk's memory before the first guest
 * came (the public programme, the program's own words): they are printed. What is deleted on the
 * disk's surface is not looked for: only files can be read here. The memory is what a core dump holds;
 * the programs are the released ones (build/bin), whose allocator is the one that boards have. */
#include "commands.h"
#include "demo.h"
#include "file.h"
#include "help/agent_process.h"
#include "help/event_folder.h"
#include "help/hub_process.h"
#include "help/memory_image.h"
#include "help/needles.h"
#include "help/story_halt.h"
#include "journal.h"
#include "keys.h"
#include "list.h"
#include "test.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PEOPLE = 560, GUESTS = 200, SLIP = 6, SCANS = 20, CODES = 3, LINE = 1024 };

#define RELEASED "build/bin"

static struct event_folder f;
static struct list list;
static struct keys keys;
static struct hub_process hub;
static struct agent_process board;
static struct story_halt kiosk, desk;
static pid_t live; /* a kiosk with a scanner */
static struct needles *names, *codes, *shown;
static char code_text[CODES][PEOPLE][TOKEN_TEXT + 1];
static struct token code[CODES][PEOPLE];
static size_t guest_n, last;
static bool allowed; /* to read the memory of others */

#define NEED_ALLOWANCE()                                                                           \
	if (!allowed) {                                                                            \
		print_message("skipped: to read others' memory needs CAP_SYS_PTRACE\n");           \
		skip();                                                                            \
	}

static void verb(const struct verb *v, const char *words)
{
	if (event_run(&f, v, words) != EXIT_DONE) {
		fprintf(stderr, "%s: %s%s", words, f.said, f.talked);
		exit(3);
	}
}

/* Files. */

static void search_file(const char *path)
{
	struct file_bytes bytes;
	enum err e = ERR_IO;

	/* A running program renames and removes its own files, and one that grows is read again. */
	for (int tries = 0; e == ERR_IO && tries < 100; tries++)
		e = file_read(&bytes, path, ROSTER_MAX);
	if (e == ERR_ABSENT)
		return;
	assert_ok(e);
	needles_search(names, bytes.bytes, "a file");
	needles_search(codes, bytes.bytes, "a file");
	needles_search(shown, bytes.bytes, "a file");
	file_free(&bytes);
}

static size_t search_folder(const char *path)
{
	char name[LINE];
	struct stat st;
	size_t n = 0;
	DIR *d = opendir(path);

	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d)) != NULL;) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		snprintf(name, sizeof(name), "%s/%s", path, e->d_name);
		if (lstat(name, &st) != 0) {
			assert_int_equal(errno, ENOENT);
			continue;
		}
		if (S_ISDIR(st.st_mode)) {
			n += search_folder(name);
		} else if (S_ISREG(st.st_mode)) {
			print_message("%10lld %s\n", (long long)st.st_size, e->d_name);
			search_file(name);
			n++;
		}
	}
	closedir(d);
	return n;
}

/* Memory. */

static char mappings[64][256];

/* where is the reader's own until the next one. */
static const char *keep(const char *where)
{
	size_t i = 0;

	for (; i < COUNT(mappings) - 1 && mappings[i][0]; i++)
		if (strcmp(mappings[i], where) == 0)
			return mappings[i];
	snprintf(mappings[i], sizeof(mappings[i]), "%s", where);
	return mappings[i];
}

static void search_stretch(void *context, struct span bytes, const char *where)
{
	UNUSED(context);
	where = keep(where);
	needles_search(names, bytes, where);
	needles_search(codes, bytes, where);
	needles_search(shown, bytes, where);
}

static void begin(void)
{
	needles_begin(names);
	needles_begin(codes);
	needles_begin(shown);
}

static uint64_t search_memory(pid_t process)
{
	uint64_t total = 0;

	begin();
	assert_ok(memory_image(process, search_stretch, NULL, &total));
	return total;
}

static size_t count(const struct needles *n, bool tell)
{
	struct needle_found found;
	size_t c = 0;

	for (size_t i = 0; i < needles_count(n); i++) {
		if (!needles_found(n, i, &found))
			continue;
		c++;
		if (tell)
			print_message("found: %.*s as %s in %s, %llu times\n", (int)found.word.n,
				(const char *)found.word.p, found.how, found.where,
				(unsigned long long)found.times);
	}
	return c;
}

static size_t leave_out(struct needles *n)
{
	struct needle_found found;
	size_t c = 0;

	for (size_t i = 0; i < needles_count(n); i++) {
		if (!needles_found(n, i, &found))
			continue;
		print_message("left out: %.*s (%s in %s)\n", (int)found.word.n,
			(const char *)found.word.p, found.how, found.where);
		needles_drop(n, i);
		c++;
	}
	return c;
}

static bool has_name(const char *name)
{
	struct needle_found found;

	for (size_t i = 0; i < needles_count(names); i++)
		if (needles_found(names, i, &found) && span_equal(found.word, span_of(name)))
			return true;
	return false;
}

/* The story. */

static bool may_come(size_t i)
{
	return !list.people[i].is_protected && !list_is_staff(&list, list.people[i].id);
}

/* Every guest has the badge printed; some do more. */
static void write_guest(FILE *s, size_t i, size_t number)
{
	static const char *const more[] = {
		"tap add-to-phone\n", "tap language-de\n", "tap access\ntap back\n", ""};

	fprintf(s, "scan %s\n", code_text[0][i]);
	if (number == SLIP)
		fputs("tap print-agenda\ntap done\n", s);
	else if (number % 5 == 1)
		fputs(more[number / 5 % COUNT(more)], s);
	if (number % 5 == 1)
		fprintf(s, "scan %s\n", code_text[0][i]);
	if (number + 1 == GUESTS)
		fputs("shot during\n", s);
	fputs("tap print-badge\ntap yes\ntap done\n", s);
	last = i;
}

static void write_story(const char *path)
{
	FILE *s = fopen(path, "w");

	assert_non_null(s);
	fputs("now 2025-10-06T08:40-07:00\nshot before\n", s);
	for (size_t i = 0; i < list.people_n && guest_n < GUESTS; i++)
		if (may_come(i))
			write_guest(s, i, guest_n++);
	fprintf(s, "expect printed %d\nexpect idle\nwait 2000\nshot after\n", GUESTS + 1);
	fclose(s);
	assert_int_equal(guest_n, GUESTS);
}

static void start_kiosk(void)
{
	char words[2 * LINE], path[LINE];

	snprintf(kiosk.shots, sizeof(kiosk.shots), "%s/shots", f.dir);
	if (allowed) {
		story_halt_at(&kiosk, "before");
		story_halt_at(&kiosk, "during");
		story_halt_at(&kiosk, "after");
	}
	snprintf(path, sizeof(path), "%s", event_path(&f, "guests.story"));
	write_story(path);
	snprintf(words, sizeof(words), "--data %s --printer file:%s/paper.bin --story %s",
		board.data, f.dir, path);
	story_halt_start(&kiosk, RELEASED "/foyer-kiosk", words, event_path(&f, "log"));
}

static void halt(const char *shot)
{
	if (story_halt_wait(&kiosk, shot))
		return;
	struct file_bytes log;
	if (file_read(&log, event_path(&f, "log"), 1 << 20) == OK)
		print_error("%.*s\n", (int)log.bytes.n, (const char *)log.bytes.p);
	fail_msg("the kiosk did not come to the shot %s", shot);
}

TEST(a_guests_name_is_in_the_memory_while_she_stands_there)
{
	UNUSED(state);
	start_kiosk();
	NEED_ALLOWANCE();
	halt("before");
	uint64_t n = search_memory(kiosk.pid);
	size_t out = leave_out(names);
	assert_int_equal(count(shown, true), 0);
	print_message("%llu bytes of memory before the first guest; %zu words left out\n",
		(unsigned long long)n, out);
	story_halt_go_on(&kiosk, "before");
	halt("during");
	n = search_memory(kiosk.pid);
	print_message("%llu bytes during the visit of %s; %zu names, %zu badges' codes\n",
		(unsigned long long)n, list.people[last].family_name, count(names, false),
		count(shown, false));
	assert_true(has_name(list.people[last].family_name));
	story_halt_go_on(&kiosk, "during");
}

TEST(two_seconds_later_no_name_and_no_badge_is_left_in_it)
{
	UNUSED(state);
	NEED_ALLOWANCE();
	halt("after");
	uint64_t n = search_memory(kiosk.pid);
	size_t of_names = count(names, true), of_badges = count(shown, true);
	print_message("%llu bytes after %d guests: %zu of %zu names, %zu of %zu badges' codes\n",
		(unsigned long long)n, GUESTS, of_names, needles_count(names), of_badges,
		needles_count(shown));
	assert_int_equal(of_names, 0);
	assert_int_equal(of_badges, 0);
}

TEST(no_name_and_no_code_is_in_the_agents_memory)
{
	UNUSED(state);
	NEED_ALLOWANCE();
	uint64_t n = search_memory(board.pid);
	print_message("%llu bytes of the agent\n", (unsigned long long)n);
	assert_int_equal(count(names, true), 0);
	assert_int_equal(count(codes, true) + count(shown, true), 0);
}

TEST(no_name_and_no_code_is_in_the_boards_folder)
{
	UNUSED(state);
	begin();
	/* While it runs, with its write-ahead logs, and once more when it has stopped. */
	assert_true(search_folder(board.data) >= 10);
	if (allowed)
		story_halt_go_on(&kiosk, "after");
	assert_int_equal(story_halt_end(&kiosk), 0);
	search_folder(board.data);
	size_t found = count(names, true) + count(codes, true) + count(shown, true);
	print_message("%zu of %zu names and codes in the folder\n", found,
		needles_count(names) + needles_count(codes) + needles_count(shown));
	assert_int_equal(found, 0);
}

/* A desk: a card is unlocked, somebody is searched for by a few letters, looked at, given a badge. Then
 * it locks, and knows nobody. */

/* Somebody of whom something is told the desk, whose name any keyboard has. */
static const struct list_person *noted(void)
{
	for (size_t i = 0; i < list.people_n; i++) {
		const struct list_person *p = &list.people[i];
		if (*p->note_for_desk && !p->is_protected && strlen(p->family_name) > 5 &&
			(uint8_t)p->family_name[0] < 0x80)
			return p;
	}
	fail_msg("no notes in the demo");
	return NULL;
}

static void write_desk(const char *path)
{
	FILE *s = fopen(path, "w");
	char pin[PIN_DIGITS + 1];
	size_t i = 0;

	assert_non_null(s);
	while (i < list.staff_n && (list.staff[i].rights & (RIGHT_PRINT | RIGHT_PROTOCOL)) !=
					   (RIGHT_PRINT | RIGHT_PROTOCOL))
		i++;
	assert_true(i < list.staff_n);
	int32_t who = list.staff[i].person;
	keys_pin(&keys, (struct card_pin){1, 1, list.people[who].id}, pin);
	fprintf(s, "now 2025-10-06T08:40-07:00\nshot locked\nscan %s\npin %s\nexpect desk\n",
		code_text[2][who], pin);
	for (const char *letters = "abdeghjklmnoprstvw"; *letters; letters++)
		fprintf(s, "type %c\ntap row-0\nexpect desk-person\nkey escape\nkey escape\n",
			*letters);
	fprintf(s,
		"type ma\ntap row-0\nexpect desk-person\ntap badge\ntap print\n"
		"expect printed 1\nkey escape\nkey escape\ntype %s\ntap row-0\nexpect desk-person\n"
		"shot unlocked\nscan %s\nwait 2000\nshot locked-again\n",
		noted()->family_name, code_text[2][who]);
	fclose(s);
}

static void desk_halt(const char *shot)
{
	struct file_bytes log;

	if (story_halt_wait(&desk, shot))
		return;
	if (file_read(&log, event_path(&f, "desk.log"), 1 << 20) == OK)
		print_error("%.*s\n", (int)log.bytes.n, (const char *)log.bytes.p);
	fail_msg("the desk did not come to the shot %s", shot);
}

static void start_desk(void)
{
	static const char *const shots[] = {"locked", "unlocked", "locked-again"};
	char words[4 * LINE];

	snprintf(desk.shots, sizeof(desk.shots), "%s", event_path(&f, "desk-shots"));
	for (size_t i = 0; i < COUNT(shots); i++)
		story_halt_at(&desk, shots[i]);
	write_desk(event_path(&f, "desk.story"));
	snprintf(words, sizeof(words),
		"--mode desk --roster %s/roster.foyer --data %s/desk --printer file:%s/desk.bin "
		"--story %s/desk.story",
		f.dir, f.dir, f.dir, f.dir);
	story_halt_start(&desk, RELEASED "/foyer-kiosk", words, event_path(&f, "desk.log"));
}

TEST(a_desk_that_has_locked_knows_nobody)
{
	UNUSED(state);
	NEED_ALLOWANCE();
	start_desk();
	desk_halt("locked");
	search_memory(desk.pid);
	leave_out(names);
	story_halt_go_on(&desk, "locked");
	desk_halt("unlocked");
	uint64_t n = search_memory(desk.pid);
	size_t of_names = count(names, false);
	print_message(
		"%llu bytes of an unlocked desk: %zu names\n", (unsigned long long)n, of_names);
	/* Those it showed, and those of the search's index whose letters are folded as here. */
	assert_true(of_names > PEOPLE / 2);
	assert_true(has_name(noted()->note_for_desk));
	story_halt_go_on(&desk, "unlocked");
	desk_halt("locked-again");
	n = search_memory(desk.pid);
	of_names = count(names, true);
	size_t of_badges = count(shown, true);
	print_message("%llu bytes two seconds after it locked: %zu names, %zu badges' codes\n",
		(unsigned long long)n, of_names, of_badges);
	story_halt_go_on(&desk, "locked-again");
	assert_int_equal(story_halt_end(&desk), 0);
	assert_int_equal(of_names + of_badges, 0);
	begin();
	search_folder(event_path(&f, "desk"));
	assert_int_equal(count(names, true) + count(codes, true) + count(shown, true), 0);
}

/* A kiosk as it stands in a lobby, that has its codes from a scanner: of them too nothing is left. */

static int scanner;

static void start_live(void)
{
	char path[LINE], data[LINE], program[] = RELEASED "/foyer-kiosk";
	int ends[2];

	snprintf(path, sizeof(path), "%s", event_path(&f, "roster.foyer"));
	snprintf(data, sizeof(data), "%s", event_path(&f, "lobby"));
	assert_int_equal(pipe(ends), 0);
	live = fork();
	if (live == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(ends[0], STDIN_FILENO);
		close(ends[1]);
		execl(program, program, "--roster", path, "--data", data, "--scanner",
			"stdin:", (char *)NULL);
		_exit(127);
	}
	close(ends[0]);
	scanner = ends[1];
}

static void scan(const char *text)
{
	assert_int_equal(dprintf(scanner, "%s\n", text), (int)strlen(text) + 1);
}

/* How many arrivals are in its journal. */
static size_t arrivals(void)
{
	struct journal *j;
	struct event e[64];
	struct event_id after = {0};
	size_t n, of = 0;
	struct journal_options o = {.path = event_path(&f, "lobby/journal.db"), .read_only = true};

	if (journal_open(&j, &o) != OK)
		return 0;
	do {
		assert_ok(journal_read(j, &after, e, COUNT(e), &n));
		for (size_t i = 0; i < n; i++)
			of += e[i].kind == EVENT_ARRIVED;
		after = n ? e[n - 1].id : after;
	} while (n == COUNT(e));
	journal_close(j);
	return of;
}

static bool has_arrived(void *arg)
{
	return arrivals() >= *(size_t *)arg;
}

TEST(of_what_a_scanner_read_nothing_is_left)
{
	size_t want = 0;
	UNUSED(state);
	NEED_ALLOWANCE();
	start_live();
	for (size_t i = 0; i < list.people_n && want < SCANS; i++) {
		if (!may_come(i))
			continue;
		scan(code_text[0][i]);
		last = i;
		want++;
		assert_true(hub_wait(has_arrived, &want));
	}
	uint64_t n = search_memory(live);
	print_message("%llu bytes while %s stands there: %zu names, %zu codes\n",
		(unsigned long long)n, list.people[last].family_name, count(names, false),
		count(codes, false) + count(shown, false));
	assert_true(has_name(list.people[last].family_name));
	/* Whatever is scanned next ends the visit. */
	scan("ZQM1");
	struct timespec two_seconds = {.tv_sec = 2};
	nanosleep(&two_seconds, NULL);
	n = search_memory(live);
	size_t of_names = count(names, true), of_codes = count(codes, true) + count(shown, true);
	print_message("%llu bytes two seconds later: %zu names, %zu codes\n", (unsigned long long)n,
		of_names, of_codes);
	close(scanner);
	assert_int_equal(of_names + of_codes, 0);
}

/* The list, the keys, the words to look for. */

static void add_codes(void)
{
	static const enum token_kind kinds[CODES] = {TOKEN_INVITATION, TOKEN_BADGE, TOKEN_CARD};

	for (size_t k = 0; k < CODES; k++)
		for (size_t i = 0; i < list.people_n; i++) {
			struct token *t = &code[k][i];
			if (kinds[k] == TOKEN_CARD && !list_is_staff(&list, list.people[i].id))
				continue;
			keys_token(&keys, kinds[k], 1, 1, list.people[i].id, t);
			token_text(t, code_text[k][i]);
			struct needles *n = kinds[k] == TOKEN_BADGE ? shown : codes;
			needles_add(n, (struct span){t->secret, sizeof(t->secret)}, true);
			needles_add(n, span_of(code_text[k][i] + 4), false);
		}
}

static void add_names(void)
{
	for (size_t i = 0; i < list.people_n; i++)
		needles_add(names, span_of(list.people[i].family_name), false);
	print_message("%zu of %zu family names have six bytes or more\n", needles_count(names),
		list.people_n);
	/* What is told the desk of some of them is looked for with the names. */
	for (size_t i = 0; i < list.people_n; i++)
		if (*list.people[i].note_for_desk)
			needles_add(names, span_of(list.people[i].note_for_desk), false);
}

static void enrol(void)
{
	char line[LINE], words[2 * LINE];

	snprintf(line, sizeof(line), "DIR Lobby --address http://127.0.0.1:%u --unattended",
		hub.port);
	verb(&verb_enrol, line);
	f.said[strcspn(f.said, "\n")] = '\0';
	snprintf(words, sizeof(words), "--enrol %.900s --once", f.said);
	assert_int_equal(agent_process_run(&board, words), 0);
	agent_process_start(&board, "");
	assert_true(agent_process_line(&board, "online", line, sizeof(line)));
}

static int start(void **state)
{
	const struct demo_options options = {.people = PEOPLE, .seed = 1};
	const uint64_t seed = 1;
	UNUSED(state);

	setenv("FOYER_BIN", RELEASED, 1);
	strcpy(f.dir, "/tmp/foyer-stolen-XXXXXX");
	if (seal_start() || !mkdtemp(f.dir) || demo_write_list(f.dir, &options))
		return -1;
	enum err e = keys_create(f.dir, &seed);
	if (e && e != ERR_BUSY)
		return -1;
	verb(&verb_build, "DIR");
	if (keys_load(&keys, f.dir) || list_load(&list, f.dir))
		return -1;
	names = needles_new();
	codes = needles_new();
	shown = needles_new();
	allowed = memory_image_allowed();
	add_names();
	add_codes();
	hub_start(&hub, f.dir, "");
	snprintf(board.data, sizeof(board.data), "%s/board", f.dir);
	enrol();
	return 0;
}

static int stop(void **state)
{
	UNUSED(state);
	if (kiosk.pid > 0) {
		kill(kiosk.pid, SIGKILL);
		story_halt_end(&kiosk);
	}
	if (desk.pid > 0) {
		kill(desk.pid, SIGKILL);
		story_halt_end(&desk);
	}
	if (live > 0) {
		kill(live, SIGKILL);
		waitpid(live, NULL, 0);
	}
	agent_process_end(&board, SIGTERM);
	hub_stop(&hub, SIGTERM);
	needles_free(names);
	needles_free(codes);
	needles_free(shown);
	list_free(&list);
	event_folder_remove(&f);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_guests_name_is_in_the_memory_while_she_stands_there),
	cmocka_unit_test(two_seconds_later_no_name_and_no_badge_is_left_in_it),
	cmocka_unit_test(no_name_and_no_code_is_in_the_agents_memory),
	cmocka_unit_test(no_name_and_no_code_is_in_the_boards_folder),
	cmocka_unit_test(a_desk_that_has_locked_knows_nobody),
	cmocka_unit_test(of_what_a_scanner_read_nothing_is_left),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
