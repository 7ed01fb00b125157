/* Badge: from a guest's record to the bytes of a print job, in CPU time of the real painter. */
#include "badge.h"
#include "bench.h"
#include "model.h"
#include "painter.h"

#include <string.h>

enum { NAMES = 7, JOB_MAX = 1 << 20 };

static void die(const char *what)
{
	fprintf(stderr, "bench: %s\n", what);
	exit(3);
}

struct badges {
	struct painter *painter;
	struct badge_template *template;
	struct bitmap page;
	struct visit visits[NAMES];
	const struct printer_model *model;
	uint8_t *job;
};

/* Seven names in rotation, two of them of other scripts, so that no cache holds just the one. */
static void make_visits(struct badges *b)
{
	static const char *const names[NAMES][2] = {
		{"Anne",           "Peeters"                    },
                {"Jean-Baptiste",  "d'Udekem d'Acoz"            },
		{"Nguyễn Thị", "Phương Thảo"            },
                {"Wilhelmina",     "Van den Broeck-Van de Velde"},
		{"小明",         "王"                        },
                {"Łukasz",        "Grzegorczyk"                },
                {"Γιώργος", "Παπαδόπουλος"   }
        };

	for (size_t i = 0; i < NAMES; i++) {
		struct visit *v = &b->visits[i];
		v->given_name = span_of(names[i][0]);
		v->family_name = span_of(names[i][1]);
		v->organisation = span_of("Fédération des industries technologiques de Belgique");
		v->function = span_of("Directrice du développement international");
		v->badge_token =
			(struct token){.kind = TOKEN_BADGE, .epoch = 1, .secret = {(uint8_t)i}};
	}
}

static void paint_badge(void *argument, size_t i)
{
	struct badges *b = argument;
	const struct badge_words words = {
		.role = "Délégation", .role_english = "Delegate", .event = "Mission"};

	painter_forget(b->painter);
	if (badge_paint(b->painter, b->template, &b->visits[i % NAMES], &words, &b->page, NULL) !=
		OK)
		die("a badge cannot be painted");
}

static void encode_badge(void *argument, size_t i)
{
	struct badges *b = argument;
	struct sink k = sink_on(b->job, JOB_MAX);
	const struct lang_job job = {
		.model = b->model,
		.media = media_by_name(b->model, span_of("62x100")),
		.page = &b->page,
		.id = {'0', '0', '0', '1'}
        };

	(void)i;
	if (b->model->language->encode(&job, &k) != OK)
		die("a badge cannot be encoded");
}

/* What brother_ql does to a page, in Pillow: paint, threshold, mirror, rows. Python's own CPU time. */
static double pillow_ms(void)
{
	FILE *p = popen("/usr/bin/python3 tests/peers/pillow_badge.py 2>/dev/null", "r");
	double ms = 0;

	if (p && fscanf(p, "%lf", &ms) != 1)
		ms = 0;
	if (p)
		pclose(p);
	return ms;
}

int main(void)
{
	struct badges *b = calloc(1, sizeof(*b));
	const struct badge_paper *paper = &badge_paper_62x100;
	size_t n = (paper->width + 7) / 8 * paper->height;

	if (!b || painter_new(&b->painter) ||
		badge_template_load(&b->template, badge_standard(paper), paper, NULL) ||
		bitmap_init(&b->page, paper->width, paper->height, malloc(n), n))
		die("the badge cannot be set up");
	b->model = model_by_name(span_of("QL-820NWB"));
	b->job = malloc(JOB_MAX);
	make_visits(b);
	for (size_t i = 0; i < NAMES; i++)
		paint_badge(b, i);
	double raster = bench_ns(paint_badge, b, 3 * NAMES) / 1e6,
	       encode = bench_ns(encode_badge, b, 50) / 1e6;
	double peer = pillow_ms();
	printf("badge, 62 x 100 mm at 300 dpi, seven names in turn\n");
	bench_line("raster + encode, ms (aim <= 2)", "%.2f (%.2f + %.2f)", raster + encode, raster,
		encode);
	if (peer > 0)
		bench_line("Pillow, the steps of brother_ql, ms; ours / it", "%.1f; %.2f", peer,
			(raster + encode) / peer);
	else
		bench_line("Pillow, the steps of brother_ql", "%s",
			"skipped: python3-pil is not installed");
	badge_template_free(b->template);
	painter_free(b->painter);
	free(b->page.dots);
	free(b->job);
	free(b);
	return 0;
}
