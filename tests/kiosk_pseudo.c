/* The screens in languages two fifths wordier than ours: this program brings its own catalogues. */
#include "test.h"

#include "desk_scenes.h"
#include "door_scenes.h"
#include "eye_scenes.h"
#include "words.h"

static struct visitor v;
static struct draw d;
static struct painter *painter;
static size_t faults;

enum { MO_MAX = 256 * 1024 };
static uint8_t longer[LANGUAGES][MO_MAX];
static size_t longer_n[LANGUAGES];

/* Takes the place of the one in kiosk/catalogues.c. */
struct span words_catalogue(enum language language)
{
	return (struct span){longer[language], longer_n[language]};
}

/* Append text and two fifths more of it, its plural forms one by one. No text ends with a space. */
static void stretch(struct sink *k, struct span text)
{
	static const char filler[] = " ipsa laborum emendo";
	for (size_t from = 0; from <= text.n;) {
		const uint8_t *nul = memchr(text.p + from, 0, text.n - from);
		size_t n = (nul ? (size_t)(nul - text.p) : text.n) - from;
		sink_bytes(k, text.p + from, n);
		for (size_t i = 0; i < n * 2 / 5; i++) {
			char c = filler[i % (sizeof(filler) - 1)];
			sink_u8(k, (uint8_t)(c == ' ' && i + 1 == n * 2 / 5 ? 'o' : c));
		}
		if (nul)
			sink_u8(k, 0);
		from += n + 1;
	}
}

static struct span text_of(const uint8_t *mo, uint32_t table, uint32_t i)
{
	const uint8_t *at = mo + load_u32(mo + table) + 8 * (size_t)i;
	return (struct span){mo + load_u32(at + 4), load_u32(at)};
}

static void lengthen(const uint8_t *mo, size_t mo_n, int language)
{
	uint8_t *to = longer[language];
	struct sink k = sink_on(to, MO_MAX);
	sink_bytes(&k, mo, mo_n);
	for (uint32_t i = 1; i < load_u32(mo + 8); i++) {
		size_t at = k.n;
		stretch(&k, text_of(mo, 16, i));
		uint8_t *row = to + load_u32(mo + 16) + 8 * (size_t)i;
		store_u32(row, (uint32_t)(k.n - at));
		store_u32(row + 4, (uint32_t)at);
		sink_u8(&k, 0);
	}
	assert_false(k.full);
	longer_n[language] = k.n;
}

static int start(void **state)
{
	UNUSED(state);
	static uint8_t mo[MO_MAX];
	for (int l = 0; l < LANGUAGES; l++) {
		char path[32];
		snprintf(path, sizeof(path), "build/mo/%s.mo", language_codes[l]);
		FILE *f = fopen(path, "rb");
		if (!f)
			return -1;
		size_t n = fread(mo, 1, sizeof(mo), f);
		fclose(f);
		lengthen(mo, n, l);
	}
	return painter_new(&painter) == OK ? 0 : -1;
}

static int stop(void **state)
{
	UNUSED(state);
	painter_free(painter);
	return 0;
}

TEST(the_catalogues_are_the_longer_ones)
{
	struct span text = say(LANGUAGE_EN, "Show your code");
	assert_int_equal(text.n, 19);
}

static void judge(const char *where, const struct size *z, const struct style *y)
{
	UNUSED(z);
	if (y->scale > 0)
		return;
	if (d.full)
		faults++;
	for (size_t i = 0; i < d.n; i++) {
		struct span t = draw_text_of(&d, &d.commands[i]);
		if (scene_fits(painter, &d, &d.commands[i]) || faults++ > 12)
			continue;
		print_error("%s: %.*s\n", where, (int)(t.n < 60 ? t.n : 60), (const char *)t.p);
	}
}

TEST(texts_longer_by_two_fifths_still_fit)
{
	static const struct scene_set door = {door_scenes, DOOR_SCENES, scene_styles, scene_sizes};
	static const struct scene_set eye = {eye_scenes, EYE_SCENES, scene_styles, scene_sizes};
	static const struct scene_set desk = {desk_scenes, DESK_SCENES, desk_styles, scene_sizes};
	faults = 0;
	scene_each(&all_scenes, &v, &d, judge);
	scene_each(&door, &v, &d, judge);
	scene_each(&desk, &v, &d, judge);
	scene_each(&eye, &v, &d, judge);
	assert_int_equal(faults, 0);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(the_catalogues_are_the_longer_ones),
	cmocka_unit_test(texts_longer_by_two_fifths_still_fit),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
