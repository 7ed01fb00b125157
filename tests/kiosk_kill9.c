/* A kiosk that scans and prints is killed (kill -9) at random moments, again and again. What it had
 * acknowledged must be there, no badge may be sent twice, the journal must be readable.
 * FOYER_KILLS=1000 sets how often (default 20), FOYER_SEED the random moments. */
#include "test.h"

#include "fold.h"
#include "journal.h"
#include "kiosk_runs.h"
#include "seal.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A round begins with a fresh board, so that there are always badges left to print. */
enum { GUESTS = 40, VISITS = 10, LATEST_MS = 500, ROUND = 10 };

static char codes[GUESTS][64];
static unsigned seed;
static size_t kills_done, all_acked, all_arrived, all_begun, all_in_file;

static unsigned chance(unsigned below)
{
	return (unsigned)rand_r(&seed) % below;
}

static int number(const char *name, int usual)
{
	const char *text = getenv(name);

	return text ? atoi(text) : usual;
}

static void gather_codes(void)
{
	FILE *f;

	assert_int_equal(runs_shell("for p in $(sed 1d event/list/people.csv | head -40 | cut -d, "
				    "-f1); do $FOYER token event $p; done >codes 2>/dev/null"),
		0);
	f = fopen(scratch_name(&runs_folder, "codes"), "r");
	assert_non_null(f);
	for (int i = 0; i < GUESTS; i++) {
		assert_non_null(fgets(codes[i], sizeof(codes[i]), f));
		codes[i][strcspn(codes[i], "\n")] = '\0';
	}
	fclose(f);
}

/* The taps meet *print my badge*, then *yes* of the preview; for a guest who has her badge, or who
 * is asked whether one came out, they meet nothing that prints. The picture is the proof that the
 * guest saw her arrival acknowledged. */
static void write_story(void)
{
	FILE *f = fopen(scratch_name(&runs_folder, "kill.story"), "w");

	assert_non_null(f);
	for (int i = 0; i < VISITS; i++) {
		unsigned g = chance(GUESTS);
		fprintf(f, "scan %s\nshot g%u\ntap 146,638\ntap 228,636\n", codes[g], g);
	}
	fclose(f);
}

static void run_and_kill(void)
{
	char path[1024];
	const char *bin = getenv("FOYER_BIN");

	write_story();
	snprintf(path, sizeof(path), "%s/foyer-kiosk", bin);
	pid_t kiosk = fork();
	if (kiosk == 0) {
		int quiet = open("/dev/null", O_WRONLY);
		if (chdir(runs_folder.folder) || dup2(quiet, 2) < 0)
			_exit(127);
		execl(path, path, "--roster", "roster.foyer", "--data", "board", "--printer",
			"file:out.bin", "--story", "kill.story", "--shots", "acks", "--size",
			"1280x800", (char *)NULL);
		_exit(127);
	}
	struct timespec t = {0, (long)chance(LATEST_MS) * 1000000};
	nanosleep(&t, NULL);
	kill(kiosk, SIGKILL);
	assert_int_equal(waitpid(kiosk, NULL, 0), kiosk);
	kills_done++;
}

static size_t acknowledged(void)
{
	char name[32];
	struct stat st;
	size_t n = 0;

	for (int i = 0; i < GUESTS; i++) {
		snprintf(name, sizeof(name), "acks/g%d.png", i);
		n += stat(scratch_name(&runs_folder, name), &st) == 0;
	}
	return n;
}

/* How often the printer's own start of a job is in the file. */
static size_t jobs_in_file(void)
{
	static const uint8_t start[] = {0x1b, 0x40, 0x1b, 0x69, 0x61, 0x01};
	FILE *f = fopen(scratch_name(&runs_folder, "out.bin"), "r");
	size_t n = 0, matched = 0;
	int c;

	while (f && (c = fgetc(f)) != EOF) {
		matched = c == start[matched] ? matched + 1 : (c == start[0]);
		if (matched == sizeof(start)) {
			n++;
			matched = 0;
		}
	}
	if (f)
		fclose(f);
	return n;
}

static struct journal *open_journal(void)
{
	char path[160];
	struct journal *j;
	struct event_id at;
	struct journal_options o = {.path = path, .read_only = true};

	snprintf(path, sizeof(path), "%s", scratch_name(&runs_folder, "board/journal.db"));
	assert_ok(journal_open(&j, &o));
	assert_ok(journal_verify(j, &at));
	return j;
}

static void look_at_events(struct journal *j, struct fold *f, size_t *sending)
{
	struct event_id after = {0};
	struct event e;
	struct fold_badge b;
	size_t n;

	while (journal_read(j, &after, &e, 1, &n) == OK && n == 1) {
		after = e.id;
		if (e.kind != EVENT_BADGE_SENDING)
			continue;
		++*sending;
		assert_ok(fold_badge(f, e.person, e.issue, &b));
		assert_true(b.sending + b.sent + b.printed + b.uncertain <= 1);
	}
}

static void check_board(void)
{
	struct fold *f;
	size_t begun = 0;

	struct journal *j = open_journal();
	assert_null(journal_quarantine(j));
	assert_ok(fold_open(&f));
	assert_ok(fold_add_journal(f, j));
	look_at_events(j, f, &begun);
	assert_true(fold_arrived(f) >= acknowledged());
	assert_true(jobs_in_file() <= begun);
	all_acked += acknowledged();
	all_arrived += fold_arrived(f);
	all_begun += begun;
	all_in_file += jobs_in_file();
	fold_close(f);
	journal_close(j);
}

TEST(kill_9_at_any_moment_loses_nothing_and_sends_no_badge_twice)
{
	int kills = number("FOYER_KILLS", 20);

	UNUSED(state);
	seed = (unsigned)number("FOYER_SEED", 1);
	assert_ok(seal_start());
	gather_codes();
	for (int i = 0; i < kills; i++) {
		run_and_kill();
		if ((i + 1) % ROUND != 0 && i + 1 < kills)
			continue;
		/* It starts again, settles what was left over, and is whole. */
		assert_int_equal(runs_shell("echo expect idle >idle.story; $K --roster "
					    "roster.foyer --data board --printer file:out.bin "
					    "--story idle.story"),
			0);
		check_board();
		assert_int_equal(runs_shell("rm -rf board acks out.bin"), 0);
	}
	print_message("%zu kills: %zu guests acknowledged, %zu arrived; %zu badges begun, %zu in "
		      "the printer's file\n",
		kills_done, all_acked, all_arrived, all_begun, all_in_file);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(kill_9_at_any_moment_loses_nothing_and_sends_no_badge_twice),
};

int main(void)
{
	return cmocka_run_group_tests(tests, runs_set_up, runs_tear_down);
}
