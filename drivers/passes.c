/* The table of passes, and how their steps are taken. */
#include "passes.h"

#define BOTH(name) "zxing/" name, "zbar/" name, false
#define U(radius, gain)                                                                            \
	{                                                                                          \
		STEP_UNSHARP, radius, gain                                                         \
	}
#define T(radius, bias)                                                                            \
	{                                                                                          \
		STEP_THRESHOLD, radius, bias                                                       \
	}
#define G(tenths)                                                                                  \
	{                                                                                          \
		STEP_GAMMA, tenths, 0                                                              \
	}
#define INV                                                                                        \
	{                                                                                          \
		STEP_INVERT, 0, 0                                                                  \
	}

/* The order was found by measuring what each pass reads of the photographs and drawn frames that
 * those before it do not, over what it costs. */
const struct pass passes[] = {
	{"zxing/raw", NULL, false, PASS_WHOLE, 0, {{STEP_NONE, 0, 0}}},
	{BOTH("half+unsharp"), PASS_HALF, 0, {U(6, 80)}},
	{BOTH("half+unsharp+inverted"), PASS_HALF, 0, {U(6, 80), INV}},
	{NULL, "zbar/raw", false, PASS_WHOLE, 0, {{STEP_NONE, 0, 0}}},
	{"zxing/inverted", NULL, false, PASS_WHOLE, 0, {INV}},
	{BOTH("quarter+unsharp"), PASS_QUARTER, 0, {U(3, 80)}},
	{NULL, NULL, true, PASS_WHOLE, 0, {{STEP_NONE, 0, 0}}},
	{BOTH("native"), PASS_NATIVE, 0, {{STEP_NONE, 0, 0}}},
	{NULL, NULL, true, PASS_PART, 480, {{STEP_NONE, 0, 0}}},
	{BOTH("part-480+unsharp"), PASS_PART, 480, {U(12, 40)}},
	{BOTH("part-320+gamma"), PASS_PART, 320, {G(25)}},
	{BOTH("part-480+wide"), PASS_WIDE, 480, {U(6, 80)}},
	{BOTH("part-480+tall"), PASS_TALL, 480, {U(6, 80)}},
	{BOTH("part-480+unsharp+inverted"), PASS_PART, 480, {U(8, 80), INV}},
	{BOTH("part-240+threshold"), PASS_PART, 240, {T(8, 3)}},
	{BOTH("part-720+unsharp"), PASS_PART, 720, {U(8, 80)}},
	{BOTH("part-480+threshold"), PASS_PART, 480, {T(8, 3)}},
	{BOTH("part-480+equalised"), PASS_PART, 480, {{STEP_EQUALISE, 3, 0}}},
	{BOTH("part-720+threshold"), PASS_PART, 720, {T(16, 4)}},
	{BOTH("part-720+median"), PASS_PART, 720, {{STEP_MEDIAN, 0, 0}}},
	{NULL, NULL, true, PASS_WIDE, 480, {{STEP_NONE, 0, 0}}},
	{NULL, NULL, true, PASS_TALL, 480, {{STEP_NONE, 0, 0}}},
};
const size_t passes_count = COUNT(passes);
_Static_assert(COUNT(passes) <= PASSES_MAX, "costs of passes are kept in an array");

/* Where the next picture may be written: a room that l does not lie in, nor spare. */
static uint8_t *room(const struct passes_rooms *rooms, const uint8_t *l, const uint8_t *spare)
{
	size_t i = 0;

	while (rooms->at[i] == l || rooms->at[i] == spare)
		i++;
	return rooms->at[i];
}

static struct luma take(
	const struct step *s, const struct luma *l, const struct passes_rooms *rooms)
{
	uint8_t *to = room(rooms, l->at, NULL), table[256];
	struct luma mean;

	switch (s->what) {
	case STEP_NONE:
		return *l;
	case STEP_INVERT:
		return luma_invert(l, to);
	case STEP_BLUR:
		return luma_blur(l, to);
	case STEP_MEDIAN:
		return luma_median(l, to);
	case STEP_UNSHARP:
		mean = luma_mean(l, room(rooms, l->at, to), s->a);
		return luma_unsharp(l, &mean, to, s->b);
	case STEP_THRESHOLD:
		mean = luma_mean(l, room(rooms, l->at, to), s->a);
		return luma_threshold(l, &mean, to, s->b);
	case STEP_EQUALISE:
		return luma_equalise(l, to, s->a);
	case STEP_GAMMA:
		luma_gamma(s->a / 10.0, table);
		return luma_map(l, to, table);
	case STEP_STRETCH:
		luma_stretch(l, s->a, table);
		return luma_map(l, to, table);
	}
	return *l;
}

static void halve(struct passed *p, const struct passes_rooms *rooms)
{
	p->luma = luma_half(&p->luma, room(rooms, p->luma.at, NULL));
	p->step_x *= 2;
	p->step_y *= 2;
}

static void bring_to(struct passed *p, const struct pass *pass, const struct passes_rooms *rooms)
{
	uint32_t longer = p->luma.width > p->luma.height ? p->luma.width : p->luma.height;
	uint32_t across = pass->side * (pass->what == PASS_WIDE ? 2 : 1);
	uint32_t down = pass->side * (pass->what == PASS_TALL ? 2 : 1);
	uint32_t width = (uint32_t)((uint64_t)p->luma.width * across / longer);
	uint32_t height = (uint32_t)((uint64_t)p->luma.height * down / longer);

	p->luma = luma_scale(&p->luma, room(rooms, p->luma.at, NULL), width > 0 ? width : 1,
		height > 0 ? height : 1);
	p->step_x = (double)longer / across;
	p->step_y = (double)longer / down;
}

bool passes_part(const struct pass *pass)
{
	return pass->what == PASS_PART || pass->what == PASS_WIDE || pass->what == PASS_TALL;
}

bool passes_make(const struct pass *pass, const struct luma *picture, const struct luma *fitted,
	struct luma_box box, struct passes_rooms *rooms, struct passed *out)
{
	bool native = pass->what == PASS_NATIVE || passes_part(pass);

	*out = (struct passed){native ? *picture : *fitted, 0, 0, 1, 1};
	if (!native)
		out->step_x = out->step_y = (double)picture->width / fitted->width;
	switch (pass->what) {
	case PASS_NATIVE:
		if (picture->width == fitted->width)
			return false;
		break;
	case PASS_PART:
	case PASS_WIDE:
	case PASS_TALL:
		out->luma = luma_cut(picture, box);
		out->x = box.x;
		out->y = box.y;
		bring_to(out, pass, rooms);
		break;
	case PASS_QUARTER:
		halve(out, rooms);
		halve(out, rooms);
		break;
	case PASS_HALF:
		halve(out, rooms);
		break;
	case PASS_WHOLE:
		break;
	}
	for (size_t i = 0; i < PASSES_STEPS; i++)
		out->luma = take(&pass->step[i], &out->luma, rooms);
	return true;
}
