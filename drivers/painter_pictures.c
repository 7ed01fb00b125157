/* The pictures: one family of icons on a grid of 24, lines of 2 with round ends.
 *
 * Each is a line of words, coordinates of the grid: M x y, L x y, C six numbers (Bezier), Z close,
 * O x y r a circle, D x y r a filled one, R x y w h r a box with round corners. */
#include "painter_inside.h"

#include <string.h>

struct picture {
	const char *name, *path;
};

/* clang-format off */
static const struct picture pictures[] = {
	{"access",
		"D 12 4.5 1.9 M 4.5 8.5 L 12 9.7 L 19.5 8.5 M 12 9.7 L 12 14 L 8.5 21 M 12 14 L "
		"15.5 21"},
	{"back",
		"M 20 12 L 4.5 12 M 11 5 L 4 12 L 11 19"},
	{"badge",
		"R 5 6.5 14 15 2 M 9.5 6.5 L 9.5 3 L 14.5 3 L 14.5 6.5 O 12 12 2 M 8.5 18 C 8.5 "
		"15.2 15.5 15.2 15.5 18"},
	{"bus",
		"R 4 4 16 13.5 2.5 M 4 11.5 L 20 11.5 D 8 14.5 1 D 16 14.5 1 M 7 17.5 L 7 20 M "
		"17 17.5 L 17 20"},
	{"calendar",
		"R 4 5 16 16 2 M 4 10 L 20 10 M 8.5 2.8 L 8.5 6.5 M 15.5 2.8 L 15.5 6.5 D 8.5 "
		"14 1 D 12 14 1 D 15.5 14 1 D 8.5 17.5 1 D 12 17.5 1"},
	{"check",
		"M 4.5 12.8 L 9.8 18 L 19.5 6.5"},
	{"clock",
		"O 12 12 9 M 12 6.8 L 12 12 L 15.6 14.2"},
	{"code",
		"M 3 8 L 3 3 L 8 3 M 16 3 L 21 3 L 21 8 M 21 16 L 21 21 L 16 21 M 8 21 L 3 21 L 3 "
		"16 R 8.5 8.5 7 7 1 D 12 12 1.6"},
	{"cross",
		"M 6 6 L 18 18 M 18 6 L 6 18"},
	{"cup",
		"M 5 9 L 17 9 L 17 14 C 17 20 5 20 5 14 Z M 17 10.5 C 21.8 9.5 21.8 15.5 16.6 "
		"15 M 9 3 L 9 5.5 M 13 3 L 13 5.5"},
	{"door",
		"M 3 21 L 21 21 M 6 21 L 6 3.5 L 18 3.5 L 18 21 D 14.5 12.5 1.1"},
	{"handshake",
		"M 2.5 7 L 6.5 6 L 11.5 8 L 17 6 L 21.5 7 M 2.5 16 L 5 16 L 10.5 20.5 L 19 15.5 "
		"L 21.5 15.5 M 11.5 8 L 8.5 12 L 11 13 L 13.5 11 L 19 15.5"},
	{"help",
		"O 12 12 9 M 9.2 9.5 C 9.2 5.6 15 5.8 14.8 9.5 C 14.7 11.6 12 11.8 12 14 D 12 "
		"17.2 1.2"},
	{"home",
		"M 3 11.5 L 12 4 L 21 11.5 M 5.5 9.8 L 5.5 20.5 L 18.5 20.5 L 18.5 9.8 M 10 "
		"20.5 L 10 14.5 L 14 14.5 L 14 20.5"},
	{"lock",
		"R 5 10.5 14 10.5 2 M 8 10.5 L 8 7.5 C 8 2 16 2 16 7.5 L 16 10.5 D 12 15.7 1.4"},
	{"logo",
		"M 4 21 L 4 11 C 4 0.4 20 0.4 20 11 L 20 21 M 9 21 L 9 12 C 9 7.8 15 7.8 15 12 "
		"L 15 21 M 2.5 21 L 21.5 21"},
	{"microphone",
		"R 9 2.8 6 11 3 M 5.5 11 C 5.5 20 18.5 20 18.5 11 M 12 17.8 L 12 21.2 M 8.5 "
		"21.2 L 15.5 21.2"},
	{"offline",
		"M 2.5 9.2 C 8 4.2 16 4.2 21.5 9.2 M 5.8 13 C 9.5 9.8 14.5 9.8 18.2 13 M 9 16.6 "
		"C 10.8 15.2 13.2 15.2 15 16.6 D 12 19.8 1.3 M 4 3.5 L 20 21"},
	{"paper",
		"M 6 3 L 14.5 3 L 19 7.5 L 19 21 L 6 21 Z M 14 3.2 L 14 8 L 18.8 8 M 9.5 12.5 L "
		"15.5 12.5 M 9.5 16.5 L 15.5 16.5"},
	{"pen",
		"M 4 20 L 5 15.5 L 16.5 4 L 20 7.5 L 8.5 19 Z M 13.8 6.8 L 17.2 10.2"},
	{"person",
		"O 12 7.5 4 M 4 21 C 4 12.2 20 12.2 20 21"},
	{"phone",
		"R 6.5 2.5 11 19 2.2 M 10.7 18.3 L 13.3 18.3"},
	{"place",
		"M 12 21.5 C 7 16 5 13 5 9.8 C 5 0.8 19 0.8 19 9.8 C 19 13 17 16 12 21.5 Z O 12 "
		"9.8 2.4"},
	{"printer",
		"M 7 8.5 L 7 3 L 17 3 L 17 8.5 M 7 17 L 3.5 17 L 3.5 8.5 L 20.5 8.5 L 20.5 17 L "
		"17 17 M 7 14 L 17 14 L 17 21 L 7 21 Z D 17 11.4 0.9"},
	{"scan-here",
		"R 6 1.5 12 16.5 2 D 9.9 6.6 1.4 D 14.1 6.6 1.4 D 9.9 10.8 1.4 D 13.6 10.3 0.8 "
		"D 14.8 11.6 0.7 M 2.5 22 L 21.5 22"},
	{"search",
		"O 10.5 10.5 6.5 M 15.5 15.5 L 21 21"},
	{"sound",
		"M 3.5 9.5 L 7 9.5 L 12 5 L 12 19 L 7 14.5 L 3.5 14.5 Z M 15.5 9 C 17.2 10.6 "
		"17.2 13.4 15.5 15 M 18.3 6.3 C 21.8 9.4 21.8 14.6 18.3 17.7"},
	{"warning",
		"M 12 3.5 L 22 20.5 L 2 20.5 Z M 12 10 L 12 14.2 D 12 17.2 1.2"},
};
/* clang-format on */

/* Plain digits with a point: strtod would ask the locale for its comma. */
static double number(const char **s)
{
	double v = 0, unit = 1;

	while (**s == ' ')
		++*s;
	for (; **s >= '0' && **s <= '9'; ++*s)
		v = v * 10 + (**s - '0');
	if (**s == '.')
		for (++*s; **s >= '0' && **s <= '9'; ++*s)
			v += (**s - '0') * (unit /= 10);
	return v;
}

static void round_box(cairo_t *cr, const double *v)
{
	double x = v[0], y = v[1], w = v[2], h = v[3], r = v[4];

	cairo_new_sub_path(cr);
	cairo_arc(cr, x + w - r, y + r, r, -1.5707963267948966, 0);
	cairo_arc(cr, x + w - r, y + h - r, r, 0, 1.5707963267948966);
	cairo_arc(cr, x + r, y + h - r, r, 1.5707963267948966, 3.141592653589793);
	cairo_arc(cr, x + r, y + r, r, 3.141592653589793, 4.71238898038469);
	cairo_close_path(cr);
}

static void circle(cairo_t *cr, const double *v)
{
	cairo_new_sub_path(cr);
	cairo_arc(cr, v[0], v[1], v[2], 0, 6.283185307179586);
	cairo_close_path(cr);
}

static void dot(cairo_t *cr, const double *v)
{
	cairo_stroke(cr);
	circle(cr, v);
	cairo_fill(cr);
}

static size_t numbers_of(char word)
{
	switch (word) {
	case 'M':
	case 'L':
		return 2;
	case 'O':
	case 'D':
		return 3;
	case 'R':
		return 5;
	case 'C':
		return 6;
	default:
		return 0;
	}
}

static void step(cairo_t *cr, char word, const double v[6])
{
	if (word == 'M')
		cairo_move_to(cr, v[0], v[1]);
	else if (word == 'L')
		cairo_line_to(cr, v[0], v[1]);
	else if (word == 'C')
		cairo_curve_to(cr, v[0], v[1], v[2], v[3], v[4], v[5]);
	else if (word == 'O')
		circle(cr, v);
	else if (word == 'D')
		dot(cr, v);
	else if (word == 'R')
		round_box(cr, v);
	else
		cairo_close_path(cr);
}

static const struct picture *find(struct span name)
{
	for (size_t i = 0; i < COUNT(pictures); i++)
		if (span_equal(span_of(pictures[i].name), name))
			return &pictures[i];
	return NULL;
}

bool painter_has_picture(const char *name)
{
	return find(span_of(name)) != NULL;
}

bool picture_known(struct span name)
{
	return find(name) != NULL;
}

void picture_draw(cairo_t *cr, struct span name)
{
	const struct picture *picture = find(name);

	if (picture == NULL)
		return;
	cairo_set_line_width(cr, 2);
	cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
	cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
	for (const char *s = picture->path; *s != 0;) {
		char word = *s++;
		double v[6] = {0};

		for (size_t i = 0; i < numbers_of(word); i++)
			v[i] = number(&s);
		if (word != ' ')
			step(cr, word, v);
	}
	cairo_stroke(cr);
}
