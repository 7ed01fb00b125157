/* The door: from a badge's code to its light, by the clock on the wall, on the whole kiosk with its
 * journal, its note thread and its painter; without scanner and glass. */
#include "bench.h"
#include "options.h"
#include "seal.h"
#include "stage.h"

#include <string.h>
#include <unistd.h>

enum { PATH = 1024, PEOPLE = 10000, BADGES = 60, CODES = 2 * BADGES + 2, PATIENCE_MS = 5000 };

static struct stage stage;
static char codes[CODES][64];
static size_t code_n;

static bool is_lit(void)
{
	const struct model *m = stage_model(&stage);

	return m->screen == SCREEN_DOOR_ANSWER && m->gate.step != GATE_ASKED;
}

static void until(enum screen_id screen)
{
	double end = wall_ms() + PATIENCE_MS;

	while (stage_model(&stage)->screen != screen) {
		if (wall_ms() > end)
			die("the door does not go on");
		stage_turn(&stage, 5);
	}
	stage_show(&stage);
}

/* Milliseconds until its light is in the frame. */
static double light(const char *code)
{
	double start = wall_ms();

	stage_scan(&stage, span_of(code));
	do {
		stage_turn(&stage, 5);
		stage_show(&stage);
	} while (!is_lit() && wall_ms() < start + PATIENCE_MS);
	double took = wall_ms() - start;
	if (!is_lit())
		die("no light");
	return took;
}

static void lights(const char *what, size_t from, enum door_light want)
{
	double took[BADGES];

	for (size_t i = 0; i < BADGES; i++) {
		took[i] = light(codes[from + i]);
		if (stage_model(&stage)->gate.verdict.light != want)
			die("another light");
	}
	qsort(took, BADGES, sizeof(took[0]), bench_order);
	bench_line(what, "%.1f; %.1f", took[BADGES / 2], took[BADGES - 1]);
}

/* Badges of those who are booked for the opening session, of some who are not, a steward's card, its PIN. */
static void make(const char *dir)
{
	char command[4 * PATH], path[PATH];
	const char *bin = getenv("FOYER_BIN");

	if (!bin)
		die("FOYER_BIN must name the folder of the programs");
	snprintf(command, sizeof(command),
		"set -e; F='%s/foyer'; cd '%s'; { $F demo m --people %d; $F build m -o r; } "
		">/dev/null 2>&1; a=$(awk -F, '/sf-ballroom/ { print $1; exit }' "
		"m/list/activities.csv); awk -F, -v a=$a '$2 == a && $3 == \"confirmed\" { print "
		"$1 }' m/list/bookings.csv | sort -u >in; awk -F, 'NR > 1 { print $1 }' "
		"m/list/bookings.csv | sort -u | comm -23 - in >out; awk -F, '/,yes,/ { print $1 "
		"}' "
		"m/list/people.csv | sort >secret; s=$(awk -F, '$2 == \"door\" { print $1; exit }' "
		"m/list/staff.csv); { for p in $(comm -23 in secret | head -%d; comm -23 out "
		"secret "
		"| head -%d); do $F token m $p --kind badge; done; $F token m $s --kind staff; $F "
		"pin m $s; } >codes 2>/dev/null",
		bin, dir, PEOPLE, BADGES, BADGES);
	if (system(command) != 0)
		die("the demo event");
	snprintf(path, sizeof(path), "%s/codes", dir);
	FILE *f = fopen(path, "r");
	for (; f && code_n < CODES && fgets(codes[code_n], sizeof(codes[0]), f); code_n++)
		codes[code_n][strcspn(codes[code_n], "\n")] = '\0';
	if (f)
		fclose(f);
	if (code_n != CODES)
		die("too few codes");
}

static void open_door(void)
{
	stage_scan(&stage, span_of(codes[CODES - 2]));
	until(SCREEN_STAFF);
	double end = wall_ms() + PATIENCE_MS;
	while (stage_model(&stage)->desk.lock != LOCK_PIN && wall_ms() < end)
		stage_turn(&stage, 5);
	stage_type(&stage, span_of(codes[CODES - 1]));
	stage_show(&stage);
	stage_key(&stage, KEY_ENTER);
	until(SCREEN_DOOR_CHOOSE);
	end = wall_ms() + PATIENCE_MS;
	while (stage_model(&stage)->gate.list.n == 0 && wall_ms() < end)
		stage_turn(&stage, 5);
	stage_tap(&stage, "choose-0");
	until(SCREEN_DOOR);
}

/* Everybody has arrived and was at another door: what a count has to walk over. */
static void hear_of_all(void)
{
	for (uint32_t i = 0; i < 2 * PEOPLE; i++) {
		struct event e = {.id = {"another", 1, i + 1},
			.wall_ms = clock_now().wall_ms,
			.kind = i < PEOPLE ? EVENT_ARRIVED : EVENT_ENTERED,
			.activity = i < PEOPLE ? 0 : 999};
		store_u32(e.person, i % PEOPLE);
		store_u32(e.hash, i + 1);
		notes_hear(stage.notes, &e);
	}
}

int main(void)
{
	const char *tmp = getenv("TMPDIR");
	char dir[PATH / 2], data[PATH], roster[PATH], command[PATH];
	int64_t at_ms;

	snprintf(dir, sizeof(dir), "%s/foyer-bench-XXXXXX", tmp ? tmp : "/tmp");
	if (seal_start() || !mkdtemp(dir))
		die("no folder");
	make(dir);
	snprintf(data, sizeof(data), "%s", dir);
	snprintf(roster, sizeof(roster), "%s/r", dir);
	struct options o = {.mode = MODE_DOOR,
		.language = LANGUAGE_EN,
		.roster = roster,
		.data = data,
		.place = "sf-ballroom",
		.width = 1280,
		.height = 800};
	if (options_read_instant("2025-10-06T08:40-07:00", &at_ms, NULL))
		die("an instant");
	log_level_set(LOG_FAULT);
	clock_shift(at_ms - clock_now().wall_ms);
	if (stage_start(&stage, &o, data, true, NULL))
		die("the kiosk does not start");
	hear_of_all();
	open_door();
	printf("door, %d people with two events each, 1280 x 800\n", PEOPLE);
	lights("code -> green in the frame, written down, ms: median; worst (aim <= 150)", 0,
		DOOR_GREEN);
	lights("code -> amber in the frame, ms: median; worst (aim <= 150)", BADGES, DOOR_AMBER);
	stage_stop(&stage);
	snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	if (system(command) != 0)
		fprintf(stderr, "bench: %s stays\n", dir);
	return 0;
}
