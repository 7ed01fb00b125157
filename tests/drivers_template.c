/* Badge templates that a designer may not draw so. */
#include "test.h"

#include "badge.h"

static char fault[BADGE_FAULT];

#define PAGE(inside)                                                                               \
	"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' "      \
	"width='62mm' height='100mm' viewBox='0 0 62 100'>" inside "</svg>"
#define NAME "<rect id='name' x='5' y='20' width='50' height='20'/>"
#define QR   "<rect id='qr' x='5' y='60' width='24' height='24'/>"

/* The exact error, and the place in its words. */
static void refuse(const char *svg, enum err e, const char *said)
{
	struct badge_template *t = NULL;

	assert_err(badge_template_load(&t, span_of(svg), &badge_paper_62x100, fault), e);
	assert_null(t);
	if (strstr(fault, said) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", fault, said);
}

TEST(a_page_without_a_size_in_mm_is_refused)
{
	UNUSED(state);
	refuse("<svg xmlns='http://www.w3.org/2000/svg' width='100%' height='100%'>" NAME QR
	       "</svg>",
		ERR_FORMAT, "the page needs width and height in mm");
}

TEST(a_drawing_that_is_nested_without_end_is_refused)
{
	UNUSED(state);
	static char svg[8192];
	size_t n = (size_t)snprintf(svg, sizeof(svg), "<svg xmlns='http://www.w3.org/2000/svg'>");

	for (int i = 0; i < 200; i++)
		n += (size_t)snprintf(svg + n, sizeof(svg) - n, "<g>");
	refuse(svg, ERR_FORMAT, "elements are nested too deep");
}

TEST(a_style_sheet_may_draw_but_neither_load_nor_move)
{
	UNUSED(state);
	struct badge_template *t = NULL;

	assert_ok(badge_template_load(&t,
		span_of(PAGE("<style>.a {\n fill: #000\n}</style><g class='a'>" NAME "</g>" QR)),
		&badge_paper_62x100, fault));
	badge_template_free(t);
	refuse(PAGE("<style>#name { transform: rotate(9deg) }</style>" NAME QR), ERR_FORMAT,
		"a style sheet may not transform");
	refuse(PAGE("<style>a { fill: url(http://a/b) }</style>" NAME QR), ERR_FORMAT,
		"refers to something outside the file");
}

TEST(a_style_sheet_of_one_endless_line_is_refused)
{
	UNUSED(state);
	static char svg[8192], line[3000];

	memset(line, 'a', sizeof(line) - 1);
	snprintf(svg, sizeof(svg),
		"<svg xmlns='http://www.w3.org/2000/svg'><style>%s</style></svg>", line);
	refuse(svg, ERR_FORMAT, "a line of the style sheet is longer than 1000 bytes");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_page_without_a_size_in_mm_is_refused),
	cmocka_unit_test(a_drawing_that_is_nested_without_end_is_refused),
	cmocka_unit_test(a_style_sheet_may_draw_but_neither_load_nor_move),
	cmocka_unit_test(a_style_sheet_of_one_endless_line_is_refused),
};

RUN_TESTS(tests)
