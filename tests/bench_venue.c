/* Venue screens: what a frame, a turned page and an emergency cost in CPU time of the real views and painter, and
 * what the real program costs while a programme is on show, on one output and on two. */
#include "alarm_scenes.h"
#include "bench.h"
#include "cpu_of.h"
#include "file.h"
#include "painter.h"
#include "venue.h"
#include "visitor.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATH = 1024, SETTLE_MS = 2000, WATCH_MS = 20000, SIZES = 2 };

/* 6 October 2025, 09:30 in San Francisco: halls are full. */
static const int64_t now = 1759768200;
static const char clock_text[] = "2025-10-06T09:30-07:00";
static const struct {
	uint16_t width, height;
} sizes[SIZES] = {{1920, 1080}, {3840, 2160}};

struct hall_bench {
	char dir[PATH / 2], roster_path[PATH], kiosk[PATH];
	struct file_bytes bytes;
	struct roster roster;
	struct venue venue;
	struct model models[3]; /* a page, the next one, and an emergency over the first */
	struct painter *painter;
	struct glass glass;
	struct draw frames[2];
};

static struct venue_ask asked(enum venue_layout layout, const char *place, uint32_t languages)
{
	struct venue_ask ask = {.layout = layout,
		.language_n = languages,
		.languages = {LANGUAGE_DE, LANGUAGE_EN, LANGUAGE_FR, LANGUAGE_NL}};

	snprintf(ask.place, sizeof(ask.place), "%s", place);
	return ask;
}

static void tell(struct model *m, struct msg e)
{
	struct todo todo;

	e.wall = m->wall;
	e.offset = VISITOR_OFFSET;
	app_next(m, &e, &todo);
}

/* A model that shows what is asked, so many seconds after the instant. */
static void begin(struct hall_bench *b, struct model *m, const struct venue_ask *ask, int64_t later)
{
	struct look look = {.language = LANGUAGE_EN,
		.width = (uint16_t)b->glass.width,
		.height = (uint16_t)b->glass.height};

	app_start(m, look, MODE_SCREEN);
	m->wall = now + later;
	venue_take(&b->venue, &b->roster, ask, NULL, m->wall);
	tell(m, (struct msg){.kind = MSG_VENUE, .venue = &b->venue});
}

static void paint(struct hall_bench *b, const struct draw *old, const struct draw *next)
{
	struct rect damage[PAINTER_RECTS];
	size_t n = painter_damage(old, next, b->glass.width, b->glass.height, damage);

	if (n > 0 && painter_glass(b->painter, &b->glass, next, damage, n, NULL) != OK)
		die("a frame cannot be painted");
}

static void whole(void *argument, size_t i)
{
	struct hall_bench *b = argument;
	struct model *m = &b->models[i % 2];

	painter_forget(b->painter);
	app_view(m, &m->look, &b->frames[0]);
	paint(b, NULL, &b->frames[0]);
}

/* From each to the other, as a screen goes: view, damage, paint. */
static void turn_to(struct hall_bench *b, const struct model *m, size_t i)
{
	app_view(m, &m->look, &b->frames[i % 2]);
	paint(b, &b->frames[(i + 1) % 2], &b->frames[i % 2]);
}

static void page(void *argument, size_t i)
{
	struct hall_bench *b = argument;

	turn_to(b, &b->models[i % 2], i);
}

static void alarm_and_back(void *argument, size_t i)
{
	struct hall_bench *b = argument;

	turn_to(b, &b->models[i % 2 ? 2 : 0], i);
}

/* What a board does ten times a minute though nothing has changed: look into the roster, view, compare. */
static void nothing_new(void *argument, size_t i)
{
	struct hall_bench *b = argument;
	struct venue_ask ask = asked(VENUE_LOBBY, "sf-lobby", 1);

	venue_take(&b->venue, &b->roster, &ask, NULL, now);
	tell(&b->models[0], (struct msg){.kind = MSG_VENUE, .venue = &b->venue});
	turn_to(b, &b->models[0], i);
}

static double in_ms(struct hall_bench *b, void (*once)(void *, size_t), size_t n)
{
	for (size_t i = 0; i < 2; i++)
		once(b, i);
	return bench_ns(once, b, n) / 1e6;
}

static void bench_frames(struct hall_bench *b)
{
	struct venue_ask lobby = asked(VENUE_LOBBY, "sf-lobby", LANGUAGES);
	struct venue_ask room = asked(VENUE_ROOM, "sf-bayline-1", 1);
	struct venue_ask one = asked(VENUE_LOBBY, "sf-lobby", 1);
	struct alarm alarm = {.on = true, .since = now, .n = strlen(alarm_four)};

	begin(b, &b->models[0], &lobby, 0);
	begin(b, &b->models[1], &lobby, VENUE_TURN_S);
	b->models[2] = b->models[0];
	memcpy(alarm.said, alarm_four, alarm.n);
	tell(&b->models[2], (struct msg){.kind = MSG_ALARM, .alarm = &alarm});
	printf("venue screens, %d x %d\n", b->glass.width, b->glass.height);
	bench_line(
		"a page of the lobby, whole frame of new words, ms", "%.2f", in_ms(b, whole, 20));
	bench_line("a turned page: view, damage, paint, ms", "%.2f", in_ms(b, page, 20));
	bench_line("an emergency in four languages over a page, ms", "%.2f",
		in_ms(b, alarm_and_back, 20));
	begin(b, &b->models[0], &room, 0);
	begin(b, &b->models[1], &room, 60);
	bench_line("a room, a minute later: view, damage, paint, ms", "%.2f", in_ms(b, page, 40));
	begin(b, &b->models[0], &one, 0);
	bench_line("a tick with nothing new: roster, view, damage, ms", "%.3f",
		in_ms(b, nothing_new, 200));
}

static void nap(long ms)
{
	nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

static void bench_program(const struct hall_bench *b, const char *what, const char *const words[])
{
	const char *argv[24] = {
		b->kiosk, "--mode", "screen", "--roster", b->roster_path, "--now", clock_text};
	size_t n = 7;

	for (size_t i = 0; words[i]; i++)
		argv[n++] = words[i];
	pid_t child = fork();
	if (child == 0) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(127);
		execv(b->kiosk, (char *const *)argv);
		_exit(127);
	}
	nap(SETTLE_MS);
	double pss = bench_number_in(child, "smaps_rollup", "Pss:"), before = bench_cpu_of(child);
	nap(WATCH_MS);
	double share = (bench_cpu_of(child) - before) / (WATCH_MS * 1e6) * 100;
	kill(child, SIGTERM);
	if (waitpid(child, NULL, 0) != child || pss < 0)
		die("the kiosk does not run");
	bench_line(what, "%.3f; %.1f", share, pss / 1024);
}

static void bench_programs(const struct hall_bench *b)
{
	printf("a board with venue screens: %% of a CPU (aim <= 0.05 at rest); PSS, MiB\n");
	bench_program(b, "1920 x 1080, a room in one language: a minute's tick",
		(const char *[]){"--size", "1920x1080", "--screen", "room:sf-bayline-1",
			"--languages", "en", NULL});
	bench_program(b, "1920 x 1080, a lobby in four: a page each 10 s",
		(const char *[]){"--size", "1920x1080", "--screen", "lobby:sf-lobby", NULL});
	bench_program(b, "two outputs of 1920 x 1080, both of these",
		(const char *[]){"--size", "1920x1080", "--screen", "room:sf-bayline-1", "--screen",
			"lobby:sf-lobby", NULL});
	bench_program(b, "3840 x 2160, a room in one language: a minute's tick",
		(const char *[]){"--size", "3840x2160", "--screen", "room:sf-bayline-1",
			"--languages", "en", NULL});
}

static void set_up(struct hall_bench *b)
{
	const char *bin = getenv("FOYER_BIN"), *tmp = getenv("TMPDIR");
	struct trust anybody = {0};
	char command[8 * PATH];

	snprintf(b->dir, sizeof(b->dir), "%s/foyer-bench-XXXXXX", tmp ? tmp : "/tmp");
	if (!bin || !mkdtemp(b->dir))
		die("FOYER_BIN must name the folder of the programs");
	snprintf(b->kiosk, sizeof(b->kiosk), "%s/foyer-kiosk", bin);
	snprintf(b->roster_path, sizeof(b->roster_path), "%s/r", b->dir);
	snprintf(command, sizeof(command),
		"{ '%s/foyer' demo '%s/m' && '%s/foyer' build '%s/m' -o '%s/r'; } >/dev/null 2>&1",
		bin, b->dir, bin, b->dir, b->dir);
	if (system(command) != 0 || file_read(&b->bytes, b->roster_path, ROSTER_MAX) != OK ||
		roster_open(&b->roster, b->bytes.bytes, &anybody, 0) != OK)
		die("foyer demo and build failed");
}

int main(void)
{
	struct hall_bench *b = calloc(1, sizeof(*b));
	char command[PATH];

	if (!b)
		die("memory is out");
	set_up(b);
	for (size_t i = 0; i < SIZES; i++) {
		size_t stride = (size_t)sizes[i].width * 4;
		b->glass = (struct glass){calloc(sizes[i].height, stride), sizes[i].width,
			sizes[i].height, stride, PALETTE_NORMAL};
		if (!b->glass.pixels || painter_new(&b->painter) != OK)
			die("the painter cannot be set up");
		bench_frames(b);
		painter_free(b->painter);
		free(b->glass.pixels);
	}
	bench_programs(b);
	snprintf(command, sizeof(command), "rm -rf '%s'", b->dir);
	if (system(command) != 0)
		fprintf(stderr, "bench: %s stays\n", b->dir);
	file_free(&b->bytes);
	free(b);
	return 0;
}
