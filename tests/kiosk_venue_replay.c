/* Whole events on venue screens, with a clock that runs thousands of times as fast: what every frame
 * says is held against the organiser's own CSV files. */
#include "test.h"

#include <malloc.h>
#include <time.h>

#include "file.h"
#include "help/plan.h"
#include "kiosk_runs.h"
#include "seal.h"
#include "stage.h"

/* A headline of so many bytes says enough; so many events of a room are shown at once; a list is renewed so
 * often; a coach is called and remembered so long. */
enum {
	GROWTH = 128 * 1024,
	DAY = 86400,
	ALONE = 10,
	SHOWN_IN_ROOM = 3,
	ROUND_S = 300,
	QUARTER = 15 * 60
};

/* 2 November 2025, 02:00 of summer time in California, which is then 01:00. */
#define SWITCH ((int64_t)1762074000)

static struct plan plan;
static struct file_bytes file;
static struct roster roster;
static struct programme programme;
static struct model m;
static struct venue v;
static struct draw frames[2];
static struct draw *frame;

/* One screen's run. */
struct run {
	enum venue_layout layout;
	const struct plan_place *place;
	int64_t now;
	uint64_t ticks, distinct;
	/* in which languages a row was seen before it began, a bit each */
	unsigned seen[PLAN_ROWS];
	bool any_language[LANGUAGES];
};

/* What is replayed: the whole event, from the day before it to the day after. */
static int64_t from, to;

static void all_days(void)
{
	from = INT64_MAX;
	to = 0;
	for (size_t i = 0; i < plan.row_n; i++) {
		from = plan.rows[i].start < from ? plan.rows[i].start : from;
		to = plan.rows[i].end > to ? plan.rows[i].end : to;
	}
	from -= from % DAY + DAY;
	to += DAY;
}

static void open_event(const char *dir, const char *name)
{
	struct trust nobody = {0};

	plan_read(&plan, scratch_name(&runs_folder, dir));
	all_days();
	file_free(&file);
	assert_ok(file_read(&file, scratch_name(&runs_folder, name), ROSTER_MAX));
	assert_ok(roster_open(&roster, file.bytes, &nobody, 0));
}

/* The words of a frame, for whoever reads why a test failed. */
static void complain(const struct run *r, const char *what, const char *about)
{
	char clock[8];

	plan_clock(r->now, clock);
	print_error("%s %s, %d %s: %s: %s\n", venue_layout_names[r->layout], r->place->id,
		plan_day(r->now), clock, what, about);
	for (size_t i = 0; i < frame->n; i++) {
		struct span t = draw_text_of(frame, &frame->commands[i]);
		if (frame->commands[i].op == DRAW_TEXT)
			print_error("  \"%.*s\"\n", (int)t.n, t.p);
	}
	fail();
}

/* A title stands alone, or up to its colon where that says enough. */
static bool is_title(struct span t, const char *title)
{
	if (t.n == 0 || *t.p != (uint8_t)*title)
		return false;
	size_t n = strlen(title);
	if (t.n > n || memcmp(t.p, title, t.n) != 0)
		return false;
	if (t.n == n)
		return true;
	const char *rest = title + t.n;
	rest += *rest == ' ';
	rest += strncmp(rest, "\xc2\xa0", 2) == 0 ? 2 : 0;
	rest += strncmp(rest, "\xe2\x80\xaf", 3) == 0 ? 3 : 0;
	return t.n >= ALONE && *rest == ':';
}

/* Headlines are bold: the kind of what has "Signing: …" for a title is not it. */
static const struct draw_command *find_title(const struct plan_row *row, int language)
{
	for (size_t i = 0; i < frame->n; i++)
		if (frame->commands[i].op == DRAW_TEXT && frame->commands[i].style.weight > 4 &&
			is_title(draw_text_of(frame, &frame->commands[i]), row->titles[language]))
			return &frame->commands[i];
	return NULL;
}

static bool inside(struct rect in, struct rect out)
{
	return in.x >= out.x && in.y >= out.y && in.x < out.x + out.w && in.y < out.y + out.h;
}

/* The card a title stands on, or the whole glass. */
static struct rect card_of(const struct draw_command *title)
{
	struct rect card = {0, 0, m.look.width, m.look.height};

	for (size_t i = 0; i < frame->n; i++)
		if (frame->commands[i].op == DRAW_FILL && frame->commands[i].ink == INK_PANEL &&
			inside(title->at, frame->commands[i].at))
			card = frame->commands[i].at;
	return card;
}

static bool card_says(struct rect card, const char *text)
{
	for (size_t i = 0; i < frame->n; i++) {
		struct span t = draw_text_of(frame, &frame->commands[i]);
		if (frame->commands[i].op == DRAW_TEXT && inside(frame->commands[i].at, card) &&
			memmem(t.p, t.n, text, strlen(text)))
			return true;
	}
	return false;
}

/* The one language in which all rows stand that a frame shows; -1: it shows none. Of words that several
 * languages share it is the one whose turn it is. */
static int language_of(struct run *r)
{
	unsigned all = (1u << LANGUAGES) - 1, language = all;
	bool any = false;

	for (size_t i = 0; i < plan.row_n; i++) {
		unsigned of = 0;
		for (int l = 0; l < LANGUAGES; l++)
			of |= find_title(&plan.rows[i], l) ? 1u << l : 0;
		if (of && !plan.rows[i].is_public)
			complain(r, "not public", plan.rows[i].id);
		language &= of ? of : all;
		any |= of != 0;
		if (!language)
			complain(r, "two languages on one frame", plan.rows[i].id);
	}
	int turn = (int)(r->now / 10 % LANGUAGES);
	return !any ? -1 : language & 1u << turn ? turn : __builtin_ctz(language);
}

static void must_say(struct run *r, const struct plan_row *row, int language, const char *text)
{
	const struct draw_command *title = find_title(row, language);

	if (!title)
		complain(r, "not shown", row->id);
	else if (!card_says(card_of(title), text))
		complain(r, row->id, text);
}

static void saw(struct run *r, const struct plan_row *row, int language)
{
	int64_t begins = r->layout == VENUE_TRANSFERS ? row->leave : row->start;

	if (r->now < begins)
		r->seen[row - plan.rows] |= 1u << language;
}

/* A text of its own, not a part of one. */
static bool card_has(struct rect card, const char *text)
{
	for (size_t i = 0; i < frame->n; i++)
		if (frame->commands[i].op == DRAW_TEXT && inside(frame->commands[i].at, card) &&
			span_equal(draw_text_of(frame, &frame->commands[i]), span_of(text)))
			return true;
	return false;
}

/* "25 minutes left", "In 25 minutes": what stands before the number and after it, of one, of more, and on a
 * card, where lines are short. */
struct phrase {
	const char *before, *one, *many, *brief;
};
static const struct phrase left[LANGUAGES] = {{"Noch ", " Minute", " Minuten", " Min."},
	{"", " minute left", " minutes left", " min left"},
	{"Encore ", " minute", " minutes", " min"}, {"Nog ", " minuut", " minuten", " min"}};
static const struct phrase ahead[LANGUAGES] = {{"In ", " Minute", " Minuten", " Min."},
	{"In ", " minute", " minutes", " min"}, {"Dans ", " minute", " minutes", " min"},
	{"Over ", " minuut", " minuten", " min"}};

static void must_count(struct run *r, const struct plan_row *row, int language)
{
	bool runs = row->start <= r->now;
	int64_t seconds = (runs ? row->end : row->start) - r->now;
	int minutes = (int)((seconds + 59) / 60);
	const struct phrase *form = &(runs ? left : ahead)[language];
	const struct draw_command *title = find_title(row, language);
	bool on_card = title && card_of(title).w < m.look.width;
	char text[64];

	if (!runs && minutes > (r->layout == VENUE_ROOM ? 90 : 60))
		return;
	snprintf(text, sizeof(text), "%s%d%s", form->before, minutes,
		on_card        ? form->brief
		: minutes == 1 ? form->one
			       : form->many);
	must_say(r, row, language, text);
}

/* Rows in their order: running ones, and all that begin next. */
static size_t expect_in_room(const struct run *r, const struct plan_row *out[SHOWN_IN_ROOM])
{
	int64_t next = INT64_MAX;
	size_t n = 0;

	for (size_t i = 0; i < plan.row_n; i++) {
		const struct plan_row *x = &plan.rows[i];
		if (!x->is_public || x->place != r->place)
			continue;
		if (x->start <= r->now && r->now < x->end && n < SHOWN_IN_ROOM)
			out[n++] = x;
		if (x->start > r->now && x->start < next)
			next = x->start;
	}
	for (size_t i = 0; i < plan.row_n && n < SHOWN_IN_ROOM; i++)
		if (plan.rows[i].is_public && plan.rows[i].place == r->place &&
			plan.rows[i].start == next)
			out[n++] = &plan.rows[i];
	return n;
}

static bool is_among(const struct plan_row *row, const struct plan_row *const *all, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (all[i] == row)
			return true;
	return false;
}

static void check_room(struct run *r)
{
	const struct plan_row *want[SHOWN_IN_ROOM];
	size_t n = expect_in_room(r, want);
	int language = language_of(r);
	char text[24];

	if (n > 0 && language < 0)
		complain(r, "nothing is shown", want[0]->id);
	for (size_t i = 0; i < n; i++) {
		must_say(r, want[i], language, want[i]->start_clock);
		if (want[i]->start <= r->now && n - i == 1) {
			snprintf(text, sizeof(text), "%s – %s", want[i]->start_clock,
				want[i]->end_clock);
			must_say(r, want[i], language, text);
		}
		must_count(r, want[i], language);
		saw(r, want[i], language);
	}
	for (size_t i = 0; i < plan.row_n && language >= 0; i++)
		if (find_title(&plan.rows[i], language) && !is_among(&plan.rows[i], want, n))
			complain(r, "not now, or not here", plan.rows[i].id);
}

static int64_t key(const struct run *r, const struct plan_row *x)
{
	return r->layout == VENUE_TRANSFERS ? x->leave : x->start;
}

/* Of what begins at once, what ends first; then as the organiser lists it. */
static bool is_after(const struct run *r, const struct plan_row *a, const struct plan_row *b)
{
	return key(r, a) != key(r, b) ? key(r, a) > key(r, b) : a->end > b->end;
}

static bool is_listed(const struct run *r, const struct plan_row *x, int64_t since)
{
	if (!x->is_public || strcmp(x->place->city, r->place->city) != 0)
		return false;
	if (r->layout == VENUE_TRANSFERS)
		return x->leave > 0 && x->leave + QUARTER > since;
	return x->end > since;
}

/* Today's list goes on into the small hours. */
static int list_day(const struct run *r, const struct plan_row *x, int64_t since)
{
	int day = r->layout == VENUE_TRANSFERS ? x->leave_day : x->start_day;
	int today = plan_day(r->now);

	return day < today || key(r, x) < since + 6 * 3600 ? today : day;
}

/* The day's rows in their order: today's, or else those of the next day that has any. */
static size_t expect_in_list(const struct run *r, const struct plan_row *out[PLAN_ROWS])
{
	int64_t since = r->now - r->now % ROUND_S;
	int day = 0;
	size_t n = 0;

	for (size_t i = 0; i < plan.row_n; i++) {
		const struct plan_row *x = &plan.rows[i];
		if (!is_listed(r, x, since))
			continue;
		int is = list_day(r, x, since);
		day = day == 0 || is < day ? is : day;
	}
	for (size_t i = 0; i < plan.row_n; i++) {
		const struct plan_row *x = &plan.rows[i];
		if (!is_listed(r, x, since) || list_day(r, x, since) != day)
			continue;
		size_t at = n++;
		for (; at > 0 && is_after(r, out[at - 1], x); at--)
			out[at] = out[at - 1];
		out[at] = x;
	}
	return n;
}

static void check_lobby(struct run *r, const struct plan_row *x, int language)
{
	static const char *const now[LANGUAGES] = {"Jetzt", "Now", "Maintenant", "Nu"};
	bool runs = x->start <= r->now && r->now < x->end;

	must_say(r, x, language, x->start_clock);
	must_say(r, x, language, *x->place->room ? x->place->room : x->place->name);
	if (card_has(card_of(find_title(x, language)), now[language]) != runs)
		complain(r, x->id, now[language]);
	if (r->now < x->start)
		must_count(r, x, language);
}

static void check_coach(struct run *r, const struct plan_row *x, int language)
{
	static const char *const boarding[LANGUAGES] = {
		"Einsteigen", "Boarding", "Embarquement", "Instappen"};
	static const char *const gone[LANGUAGES] = {"Abgefahren", "Left", "Parti", "Vertrokken"};
	struct rect card = card_of(find_title(x, language));
	bool boards = r->now >= x->leave - QUARTER && r->now < x->leave;

	if (card_says(card, boarding[language]) != boards)
		complain(r, x->id, boarding[language]);
	if (card_says(card, gone[language]) != (r->now >= x->leave))
		complain(r, x->id, gone[language]);
	must_say(r, x, language, x->leave_clock);
	if (*x->meeting_point)
		must_say(r, x, language, x->meeting_point);
}

static void check_list(struct run *r)
{
	const struct plan_row *want[PLAN_ROWS];
	size_t n = expect_in_list(r, want);
	int language = language_of(r);
	size_t first = n, last = 0, shown = 0;

	if (n > 0 && language < 0)
		complain(r, "nothing is shown", want[0]->id);
	for (size_t i = 0; i < plan.row_n && language >= 0; i++)
		if (find_title(&plan.rows[i], language) && !is_among(&plan.rows[i], want, n))
			complain(r, "not today, not ahead or not in this city", plan.rows[i].id);
	for (size_t i = 0; i < n; i++) {
		if (!find_title(want[i], language))
			continue;
		first = i < first ? i : first;
		last = i;
		shown++;
		if (r->layout == VENUE_TRANSFERS)
			check_coach(r, want[i], language);
		else
			check_lobby(r, want[i], language);
		saw(r, want[i], language);
	}
	if (shown > 0 && last - first + 1 != shown)
		complain(r, "a page has a gap", want[first]->id);
}

static void check_clock(struct run *r)
{
	char clock[8];

	plan_clock(r->now, clock);
	for (size_t i = 0; i < frame->n; i++)
		if (frame->commands[i].op == DRAW_TEXT &&
			span_equal(draw_text_of(frame, &frame->commands[i]), span_of(clock)))
			return;
	complain(r, "the clock does not say", clock);
}

static bool same(const struct draw *a, const struct draw *b)
{
	return a->n == b->n && a->bytes_n == b->bytes_n &&
	       memcmp(a->commands, b->commands, a->n * sizeof(*a->commands)) == 0 &&
	       memcmp(a->bytes, b->bytes, a->bytes_n) == 0;
}

static void tell(const struct run *r, struct msg e)
{
	struct todo todo;

	e.wall = r->now;
	e.boot_ms = r->now * 1000;
	app_next(&m, &e, &todo);
}

static void tick(struct run *r, const struct venue_ask *ask)
{
	venue_take(&v, &roster, ask, NULL, r->now);
	tell(r, (struct msg){.kind = MSG_VENUE, .venue = &v});
	tell(r, (struct msg){.kind = MSG_TICK});
	struct draw *next = frame == &frames[0] ? &frames[1] : &frames[0];
	app_view(&m, &m.look, next);
	assert_false(next->full);
	r->distinct += r->ticks == 0 || !same(frame, next);
	r->ticks++;
	frame = next;
}

static void begin(struct run *r)
{
	struct look look = {.language = LANGUAGE_EN, .width = 1920, .height = 1080};

	app_start(&m, look, MODE_SCREEN);
	programme_take(&programme, &roster, (struct span){0}, r->now);
	tell(r, (struct msg){.kind = MSG_ROSTER, .programme = &programme});
}

/* Between two ticks nothing changes: a second before the next, the same frame. */
static void check_quiet(struct run *r, const struct venue_ask *ask, int64_t step)
{
	uint64_t before = r->distinct;

	r->now += step - 1;
	tick(r, ask);
	if (r->distinct != before)
		complain(r, "something changed before its time", "");
	r->now -= step - 1;
}

/* From the midnight before the first day to the one after the last, at each moment at which the model
 * wants to be shown again. */
static void replay(struct run *r, const struct venue_ask *ask)
{
	r->now = from;
	begin(r);
	while (r->now < to) {
		tick(r, ask);
		check_clock(r);
		if (r->layout == VENUE_ROOM)
			check_room(r);
		else
			check_list(r);
		int64_t step = app_next_tick_ms(&m) / 1000;
		assert_in_range(step, 1, 60);
		if (r->ticks % 61 == 0)
			check_quiet(r, ask, step);
		r->now += step;
	}
}

#ifdef __SANITIZE_ADDRESS__
size_t __sanitizer_get_current_allocated_bytes(void);
#endif

/* Bytes of the heap in use. */
static size_t allocated(void)
{
#ifdef __SANITIZE_ADDRESS__
	return __sanitizer_get_current_allocated_bytes();
#else
	return mallinfo2().uordblks;
#endif
}

static double seconds_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Every row this screen is to announce was announced in each of its languages, before it began. */
static void check_seen(const struct run *r, unsigned languages)
{
	for (size_t i = 0; i < plan.row_n; i++) {
		const struct plan_row *x = &plan.rows[i];
		bool here = r->layout == VENUE_ROOM ? x->place == r->place
						    : strcmp(x->place->city, r->place->city) == 0;
		if (r->layout == VENUE_TRANSFERS)
			here = here && x->leave > 0;
		bool begins = key(r, x) > from + DAY && key(r, x) < to;
		if (!x->is_public || !here || !begins || (r->seen[i] & languages) == languages)
			continue;
		print_error("%s %s: %s was seen in languages %x of %x\n",
			venue_layout_names[r->layout], r->place->id, x->id, r->seen[i], languages);
		fail();
	}
}

static void run_screen(enum venue_layout layout, const struct plan_place *place, size_t n,
	const enum language *languages)
{
	struct venue_ask ask = {.layout = layout, .language_n = (uint32_t)n};
	struct run r = {.layout = layout, .place = place};
	unsigned wanted = 0;

	assert_ok(span_copy_text(span_of(place->id), ask.place, sizeof(ask.place)));
	for (size_t i = 0; i < n; i++) {
		ask.languages[i] = languages[i];
		wanted |= 1u << languages[i];
	}
	plan_zone(place->zone);
	(void)plan_day(from);
	size_t used = allocated();
	double started = seconds_now();
	replay(&r, &ask);
	assert_int_equal(allocated(), used);
	check_seen(&r, wanted);
	double took = seconds_now() - started;
	printf("%-9s %-13s %zu languages: %llu ticks, %llu frames, %.0f times as fast as life\n",
		venue_layout_names[layout], place->id, n, (unsigned long long)r.ticks,
		(unsigned long long)r.distinct, (double)(to - from) / took);
}

static bool is_used(const struct plan_place *place)
{
	for (size_t i = 0; i < plan.row_n; i++)
		if (plan.rows[i].is_public && plan.rows[i].place == place)
			return true;
	return false;
}

/* Each room in a language of its own, each city in all of them. */
static void replay_rooms(void)
{
	enum language language = LANGUAGE_DE;

	for (size_t i = 0; i < plan.place_n; i++)
		if (is_used(&plan.places[i])) {
			run_screen(VENUE_ROOM, &plan.places[i], 1, &language);
			language = (enum language)((language + 1) % LANGUAGES);
		}
}

static void replay_cities(enum venue_layout layout)
{
	static const enum language all[LANGUAGES] = {
		LANGUAGE_DE, LANGUAGE_EN, LANGUAGE_FR, LANGUAGE_NL};

	for (size_t i = 0; i < plan.place_n; i++) {
		bool first = is_used(&plan.places[i]);
		for (size_t k = 0; k < i && first; k++)
			first = !is_used(&plan.places[k]) ||
				strcmp(plan.places[k].city, plan.places[i].city) != 0;
		if (first)
			run_screen(layout, &plan.places[i], LANGUAGES, all);
	}
}

TEST(every_room_of_the_mission_says_what_the_list_says_for_six_days)
{
	open_event("event", "newer.foyer");
	replay_rooms();
}

TEST(both_lobbies_of_the_mission_say_what_the_list_says_for_six_days)
{
	open_event("event", "newer.foyer");
	replay_cities(VENUE_LOBBY);
}

TEST(both_coach_stops_of_the_mission_say_what_the_list_says_for_six_days)
{
	open_event("event", "newer.foyer");
	replay_cities(VENUE_TRANSFERS);
}

TEST(across_midnights_and_the_end_of_summer_time_it_stays_true)
{
	open_event("autumn", "autumn.foyer");
	replay_rooms();
	from = SWITCH - 3 * DAY / 2;
	to = SWITCH + DAY;
	replay_cities(VENUE_LOBBY);
	replay_cities(VENUE_TRANSFERS);
}

/* A real board, its clock alone pretended: kiosk, painter, journal and all. */
static struct stage stage;
static struct options options;
static struct draw before;

struct board {
	struct instant clock;
	uint64_t ticks, distinct;
};

static void start_board(struct board *b, const char *screen)
{
	/* The options point to these. */
	static char data[256], list[256];
	const char *const argv[] = {"foyer-kiosk", "--roster", list, "--mode", "screen", "--screen",
		screen, "--languages", "nl", "--size", "1280x720", "--data", data};

	assert_ok(seal_start());
	assert_int_equal(runs_shell("rm -rf board"), 0);
	snprintf(data, sizeof(data), "%s/board", runs_folder.folder);
	snprintf(list, sizeof(list), "%s/newer.foyer", runs_folder.folder);
	assert_ok(options_read(&options, COUNT(argv), argv));
	clock_fake(&b->clock);
	assert_ok(stage_start(&stage, &options, data, true, NULL));
	stage_show(&stage);
	before = *stage_frame(&stage);
	b->distinct = 1;
}

static void run_board(struct board *b, int64_t until)
{
	while (b->clock.wall_ms < until * 1000) {
		int step = stage_patience_ms(&stage);
		b->clock.wall_ms += step;
		b->clock.boot_ms += step;
		/* Twice: the second time nothing has changed. */
		for (int i = 0; i < 2; i++, b->ticks++) {
			stage_tick(&stage);
			stage_turn(&stage, 0);
			stage_show(&stage);
			b->distinct += !same(&before, stage_frame(&stage));
			before = *stage_frame(&stage);
		}
	}
}

static void stop_board(void)
{
	stage_stop(&stage);
	clock_fake(NULL);
}

/* The letters of a day's titles are kept by the libraries that draw them; after that nothing grows. */
static void check_board(const char *screen, int64_t start, int64_t warm, int64_t end)
{
	static struct board b;

	b = (struct board){.clock = {.wall_ms = start * 1000, .boot_ms = 1000, .trusted = true}};
	start_board(&b, screen);
	run_board(&b, warm);
	size_t first = allocated();
	double started = seconds_now();
	run_board(&b, end);
	size_t last = allocated();
	uint64_t drawn = display_work(stage.outputs[0].display).frames;
	printf("a board, %s: %llu ticks, %llu different frames, %llu drawn, heap %zu and then %zu "
	       "KiB, %.0f times as fast as life\n",
		screen, (unsigned long long)b.ticks, (unsigned long long)b.distinct,
		(unsigned long long)drawn, first / 1024, last / 1024,
		(double)(end - warm) / (seconds_now() - started));
	stop_board();
	assert_int_equal(drawn, b.distinct);
	assert_true(b.distinct <= b.ticks / 2 + 1);
	assert_true(last <= first + GROWTH);
}

TEST(a_board_draws_a_frame_only_when_something_changes_and_takes_no_memory)
{
	open_event("event", "newer.foyer");
	check_board("room:sf-bayline-1", from, from + 3 * DAY, to);
	check_board("lobby:la-lobby", from + 5 * DAY, from + 5 * DAY + 6 * 3600,
		from + 5 * DAY + 18 * 3600);
}

/* The mission around the night of 2 November, when summer time ends in California: with public coaches, things
 * that take place across midnights, two at once in a room, and a third city in another zone. */
static const char autumn[] =
	"$FOYER demo autumn --people 12 --seed 3 --start 2025-10-30 >autumn.log 2>&1 && cd autumn "
	"&& "
	"sed -i 's/^\\(a[0-9]*,transfer,.*,booked,\\)no,/\\1yes,/' list/activities.csv && "
	"cat >>list/places.csv <<'END' && cat >>list/activities.csv <<'END2' && cd .. && "
	"$FOYER build autumn -o autumn.foyer >>autumn.log 2>&1\n"
	"ph-tower,Copper Tower,Phoenix,America/Phoenix,Sky Deck,1 Copper Way,,,,,90\n"
	"END\n"
	"n01,reception,Nuit des musées,Museumnacht,Museumsnacht,Museum night,2025-10-31 22:00,"
	"2025-11-01 01:30,sf-museum,media,380,booked,yes,,,2025-10-31 21:30,\n"
	"n02,reception,Nuit de l'heure double,Nacht van het dubbele uur,Nacht der doppelten Stunde,"
	"Night of the double hour,2025-11-01 23:00,2025-11-02 "
	"04:15,la-ballroom,,560,booked,yes,,,,\n"
	"n03,other,Petit déjeuner d'hiver,Winterontbijt,Winterfrühstück,Winter breakfast,"
	"2025-11-02 07:05,2025-11-02 08:07,la-ballroom,,560,booked,yes,,,,\n"
	"n04,seminar,Deux à la fois (un),Twee tegelijk (een),Zwei zugleich (eins),Two at once "
	"(one),"
	"2025-11-02 10:00,2025-11-02 11:30,la-lobby,,,open,yes,,,,\n"
	"n05,seminar,Deux à la fois (deux),Twee tegelijk (twee),Zwei zugleich (zwei),Two at once "
	"(two),"
	"2025-11-02 10:30,2025-11-02 11:00,la-lobby,,,open,yes,,,,\n"
	"n06,seminar,Vue du désert,Zicht op de woestijn,Blick auf die Wüste,View of the desert,"
	"2025-11-01 20:00,2025-11-02 00:30,ph-tower,,90,booked,yes,,,,\n"
	"n07,transfer,Navette de minuit,Middernachtbus,Mitternachtsbus,Midnight shuttle,"
	"2025-11-02 00:00,2025-11-02 00:25,la-coach,,60,open,yes,,Quai 1,2025-11-01 23:55,\n"
	"n08,official,Réunion secrète,Geheime vergadering,Geheimes Treffen,Clandestine meeting,"
	"2025-11-02 10:00,2025-11-02 11:00,la-ballroom,,20,invited,no,,,,\n"
	"END2\n";

static int set_up(void **state)
{
	if (runs_set_up(state) != 0)
		return -1;
	int status = runs_shell(autumn);
	if (status != 0)
		(void)(runs_shell("cat autumn.log"), print_error("%s\n", runs_said));
	return status;
}

static int tear_down(void **state)
{
	file_free(&file);
	return runs_tear_down(state);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_room_of_the_mission_says_what_the_list_says_for_six_days),
	cmocka_unit_test(both_lobbies_of_the_mission_say_what_the_list_says_for_six_days),
	cmocka_unit_test(both_coach_stops_of_the_mission_say_what_the_list_says_for_six_days),
	cmocka_unit_test(a_board_draws_a_frame_only_when_something_changes_and_takes_no_memory),
	cmocka_unit_test(across_midnights_and_the_end_of_summer_time_it_stays_true),
};

int main(void)
{
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
