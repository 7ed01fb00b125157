/* Every screen as it is drawn: in four languages, sizes and looks. FOYER_SHOTS=DIR writes PNGs. */
#include "test.h"

#include <sys/stat.h>

#include "scenes.h"
#include "shot.h"

static struct visitor v;
static struct draw d;
static struct painter *painter;

static void see(const struct scene *s, enum language l, const struct size *z, const struct style *y)
{
	scene_see(&v, &d, s, l, z, y);
	assert_int_equal(v.m.screen, s->screen);
}

static size_t faults;

static void fault(const char *where, const char *what, struct rect r)
{
	if (faults++ < 12)
		print_error("%s: %s at %d,%d %dx%d\n", where, what, r.x, r.y, r.w, r.h);
}

static void judge_list(const char *where, const struct size *z, const struct style *y)
{
	UNUSED(y);
	struct rect all = {0, 0, z->width, z->height};
	if (d.full)
		fault(where, "the draw list is full", all);
	for (size_t i = 0; i < d.n; i++) {
		struct rect r = d.commands[i].at;
		if (r.w < 0 || r.h < 0 || r.x < 0 || r.y < 0 || r.x + r.w > all.w ||
			r.y + r.h > all.h)
			fault(where, "outside the glass", r);
	}
}

TEST(every_screen_fits_its_list_and_its_glass)
{
	faults = 0;
	scene_each(&v, &d, judge_list);
	assert_int_equal(faults, 0);
}

static bool overlap(struct rect a, struct rect b)
{
	return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static void judge_regions(const char *where, const struct size *z, const struct style *y)
{
	int32_t shorter = z->width < z->height ? z->width : z->height;
	int32_t least = shorter * 83 / 1080;
	for (size_t i = 0; i < d.n; i++) {
		const struct draw_command *a = &d.commands[i];
		if (a->op != DRAW_REGION)
			continue;
		if (a->at.w < least || a->at.h < least)
			fault(where, "a target is too small", a->at);
		if (y->reach && a->at.y < z->height * 3 / 8)
			fault(where, "a target is out of reach", a->at);
		if (draw_text_of(&d, a).n == 0)
			fault(where, "a target says nothing", a->at);
		for (size_t k = i + 1; k < d.n; k++) {
			const struct draw_command *b = &d.commands[k];
			if (b->op != DRAW_REGION)
				continue;
			if (overlap(a->at, b->at))
				fault(where, "two targets overlap", a->at);
			if (a->border == b->border ||
				span_equal(draw_name_of(&d, a), draw_name_of(&d, b)))
				fault(where, "two targets have one order or name", b->at);
		}
	}
}

TEST(every_target_is_large_apart_and_speaks)
{
	faults = 0;
	scene_each(&v, &d, judge_regions);
	assert_int_equal(faults, 0);
}

static void judge_fit(const char *where, const struct size *z, const struct style *y)
{
	UNUSED(z);
	UNUSED(y);
	for (size_t i = 0; i < d.n; i++) {
		const struct draw_command *c = &d.commands[i];
		if (!scene_fits(painter, &d, c)) {
			struct span t = draw_text_of(&d, c);
			char text[64];
			snprintf(text, sizeof(text), "does not fit: %.*s",
				(int)(t.n < 40 ? t.n : 40), (const char *)t.p);
			fault(where, text, c->at);
		}
	}
}

TEST(every_text_fits_its_box)
{
	faults = 0;
	scene_each(&v, &d, judge_fit);
	assert_int_equal(faults, 0);
}

static bool holds(const char *text)
{
	struct span want = span_of(text);
	return memmem(d.bytes, d.bytes_n, want.p, want.n) != NULL;
}

TEST(the_idle_screen_invites_in_four_languages_at_once)
{
	see(&scenes[0], LANGUAGE_FR, &scene_sizes[0], &scene_styles[0]);
	assert_true(holds("Zeigen Sie Ihren Code"));
	assert_true(holds("Show your code"));
	assert_true(holds("Présentez votre code"));
	assert_true(holds("Toon uw code"));
}

TEST(an_unknown_code_is_explained_in_four_languages_with_time_and_desk)
{
	see(&scenes[13], LANGUAGE_FR, &scene_sizes[0], &scene_styles[0]);
	assert_true(holds("This kiosk's list is from 08:15"));
	assert_true(holds("De lijst van deze zuil is van 08:15"));
	assert_true(holds("État de la liste de cette borne : 08:15"));
	assert_true(holds("Stand der Liste dieses Terminals: 08:15"));
	assert_true(holds("Hotel Meridian, Lobby"));
}

TEST(a_protected_person_is_never_named)
{
	see(&scenes[14], LANGUAGE_NL, &scene_sizes[0], &scene_styles[0]);
	assert_false(holds("Anne"));
	assert_false(holds("Peeters"));
	assert_true(holds("protocolbalie"));
}

TEST(a_withheld_day_shows_no_appointment)
{
	see(&scenes[3], LANGUAGE_EN, &scene_sizes[0], &scene_styles[0]);
	assert_false(holds("factory"));
	assert_false(holds("Room 204"));
	assert_false(holds("print-agenda"));
	assert_true(holds("print-badge"));
}

TEST(a_name_of_a_hundred_characters_stands_whole)
{
	see(&scenes[2], LANGUAGE_DE, &scene_sizes[3], &scene_styles[2]);
	assert_true(holds("Marie-Antoinette-Philippine-Wilhelmina-Christophorine-Emmanuelle"));
}

TEST(a_screen_speaks_one_language_only)
{
	static const char *const marks[LANGUAGES] = {"Fertig", "Done", "Terminer", "Klaar"};
	for (int l = 0; l < LANGUAGES; l++) {
		see(&scenes[1], (enum language)l, &scene_sizes[0], &scene_styles[0]);
		for (int k = 0; k < LANGUAGES; k++)
			assert_int_equal(holds(marks[k]), k == l);
	}
}

TEST(demo_and_amber_lease_stand_in_the_strip)
{
	see(&scenes[5], LANGUAGE_EN, &scene_sizes[0], &scene_styles[0]);
	assert_true(holds("DEMO"));
	assert_true(holds("may be out of date"));
}

TEST(the_preview_shows_the_badge_in_its_own_shape)
{
	see(&scenes[7], LANGUAGE_EN, &scene_sizes[0], &scene_styles[0]);
	for (size_t i = 0; i < d.n; i++) {
		const struct draw_command *c = &d.commands[i];
		if (c->op != DRAW_PICTURE || !span_equal(draw_text_of(&d, c), span_of("badge")))
			continue;
		assert_in_range(c->at.h * 696 - c->at.w * 1109 + 2000, 0, 4000);
		return;
	}
	fail_msg("no badge");
}

static bool shows(struct span title)
{
	return title.n > 0 && memmem(d.bytes, d.bytes_n, title.p, title.n) != NULL;
}

TEST(an_agenda_shows_four_appointments_at_a_glance)
{
	for (int l = 0; l < LANGUAGES; l++) {
		for (size_t z = 0; z < 3; z++) {
			unsigned n = 0;
			see(&scenes[1], (enum language)l, &scene_sizes[z], &scene_styles[0]);
			const struct guest *g = &v.m.guest;
			for (uint32_t i = 0; i < g->entry_count; i++) {
				const struct entry *e = &g->entries[i];
				n += shows(guest_text(
					g, e->meeting ? e->counterpart : e->title.in[l]));
			}
			assert_in_range(n, 4, g->entry_count);
		}
	}
}

TEST(the_idle_screen_shows_three_activities_to_come)
{
	unsigned n[LANGUAGES] = {0}, most = 0;
	see(&scenes[0], LANGUAGE_FR, &scene_sizes[0], &scene_styles[0]);
	const struct programme *p = &v.m.programme;
	for (uint32_t i = 0; i < p->entry_count * LANGUAGES; i++) {
		uint32_t l = i % LANGUAGES;
		n[l] += shows(programme_text(p, p->entries[i / LANGUAGES].title.in[l]));
		most = n[l] > most ? n[l] : most;
	}
	assert_in_range(most, 3, p->entry_count);
}

TEST(the_same_model_gives_the_same_list)
{
	static struct draw before;
	see(&scenes[1], LANGUAGE_FR, &scene_sizes[0], &scene_styles[0]);
	memcpy(&before, &d, sizeof(d));
	app_view(&v.m, &v.m.look, &d);
	assert_memory_equal(before.commands, d.commands, d.n * sizeof(*d.commands));
	assert_memory_equal(before.bytes, d.bytes, d.bytes_n);
}

static char printed[256 * 1024], golden[256 * 1024];

/* FOYER_GOLDEN=write writes what is expected from now on. */
static void assert_golden(const char *name)
{
	char path[160];
	snprintf(path, sizeof(path), "tests/golden/kiosk/%s.txt", name);
	assert_ok(draw_print(&d, printed, sizeof(printed)));
	const char *mode = getenv("FOYER_GOLDEN");
	bool write = mode && strcmp(mode, "write") == 0;
	FILE *f = fopen(path, write ? "w" : "r");
	if (!f)
		fail_msg("%s cannot be opened", path);
	if (write) {
		fputs(printed, f);
	} else {
		size_t n = fread(golden, 1, sizeof(golden) - 1, f);
		golden[n] = 0;
	}
	fclose(f);
	if (!write && strcmp(printed, golden) != 0)
		fail_msg("%s differs: make golden, and read the difference", path);
}

TEST(every_screen_is_drawn_as_expected)
{
	for (size_t s = 0; s < SCENES; s++) {
		for (int l = 0; l < LANGUAGES; l++) {
			char name[96];
			snprintf(name, sizeof(name), "%s-%s", scenes[s].name, language_codes[l]);
			see(&scenes[s], (enum language)l, &scene_sizes[0], &scene_styles[0]);
			assert_golden(name);
		}
	}
}

static const char *shots;

static void judge_picture(const char *where, const struct size *z, const struct style *y)
{
	/* Nobody looks: one size and style is enough. */
	if (!shots && (z != &scene_sizes[0] || y != &scene_styles[0]))
		return;
	char path[512];
	struct painter_report report = {0};
	snprintf(path, sizeof(path), "%s/%s.png", shots ? shots : "", where);
	assert_ok(shot(painter, &d, z->width, z->height,
		y->contrast ? PALETTE_CONTRAST : PALETTE_NORMAL, shots ? path : NULL, &report));
	if (report.overflow > 0 || report.unknown > 0)
		fault(where, "the painter complains", report.worst);
}

TEST(the_painter_knows_every_character_and_picture)
{
	shots = getenv("FOYER_SHOTS");
	if (shots)
		(void)mkdir(shots, 0700);
	faults = 0;
	scene_each(&v, &d, judge_picture);
	assert_int_equal(faults, 0);
}

static int start(void **state)
{
	UNUSED(state);
	return painter_new(&painter) == OK ? 0 : -1;
}

static int stop(void **state)
{
	UNUSED(state);
	painter_free(painter);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_screen_fits_its_list_and_its_glass),
	cmocka_unit_test(every_target_is_large_apart_and_speaks),
	cmocka_unit_test(every_text_fits_its_box),
	cmocka_unit_test(the_idle_screen_invites_in_four_languages_at_once),
	cmocka_unit_test(an_unknown_code_is_explained_in_four_languages_with_time_and_desk),
	cmocka_unit_test(a_protected_person_is_never_named),
	cmocka_unit_test(a_withheld_day_shows_no_appointment),
	cmocka_unit_test(a_name_of_a_hundred_characters_stands_whole),
	cmocka_unit_test(a_screen_speaks_one_language_only),
	cmocka_unit_test(demo_and_amber_lease_stand_in_the_strip),
	cmocka_unit_test(the_preview_shows_the_badge_in_its_own_shape),
	cmocka_unit_test(an_agenda_shows_four_appointments_at_a_glance),
	cmocka_unit_test(the_idle_screen_shows_three_activities_to_come),
	cmocka_unit_test(the_same_model_gives_the_same_list),
	cmocka_unit_test(every_screen_is_drawn_as_expected),
	cmocka_unit_test(the_painter_knows_every_character_and_picture),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
