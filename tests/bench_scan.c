/* The eye beside the libraries it is made of: photographs of others, the stress set, no code. */
#include "bench.h"

#include "confuse.h"
#include "corpus.h"
#include "crew.h"
#include "stress.h"

#include <string.h>

enum { EMPTY_FRAMES = 172, CONFUSING = 120, EVERY = 5, SETS_MAX = 16 };

static struct eyes *eyes;
static uint8_t frame[STRESS_WIDTH * STRESS_HEIGHT];
static const struct luma view = {frame, STRESS_WIDTH, STRESS_HEIGHT, STRESS_WIDTH};

/* What the table at the end is made of. */
static struct {
	char title[64];
	struct scores scores;
} set[SETS_MAX];
static unsigned sets;

/* The set is kept until the end. */
static void conclude(const char *title, const struct scores *s)
{
	if (sets == SETS_MAX)
		die("more sets than SETS_MAX");
	snprintf(set[sets].title, sizeof(set[sets].title), "%s", title);
	set[sets++].scores = *s;
	scores_print(title, s);
	for (unsigned i = 0; i < s->n; i++)
		if (s->at[i].note[0] != '\0')
			printf("      %s\n", s->at[i].note);
	fflush(stdout);
}

/* Nobody wrote down what some codes say: the first text counts, and whatever differs is false. */
static enum verdict compare(char **right, size_t *n, bool same, const char *text)
{
	if (*right == NULL) {
		*right = strdup(text);
		*n = strlen(text);
		return VERDICT_RIGHT;
	}
	return same ? VERDICT_RIGHT : VERDICT_FALSE;
}

static enum verdict judge_specimen(void *to, const char *text, struct corner middle)
{
	struct specimen *s = to;
	struct mark *m = NULL;

	if (s->empty)
		return VERDICT_FALSE;
	if (s->marks == 0)
		return compare(&s->text, &s->n, corpus_right(s, text), text);
	m = corpus_mark(s, middle.x, middle.y);
	if (m == NULL)
		return VERDICT_NONE;
	return compare(&m->text, &m->n, m->text != NULL && strcmp(m->text, text) == 0, text);
}

static enum verdict judge_frame(void *to, const char *text, struct corner middle)
{
	const char *right = to;

	(void)middle;
	return right != NULL && strcmp(right, text) == 0 ? VERDICT_RIGHT : VERDICT_FALSE;
}

/* Photographs: those of a corpus, or one in so many. */
struct photographs {
	struct corpus corpus;
	unsigned each;
};

static void look_at_photograph(void *to, unsigned item, struct look *out)
{
	const struct photographs *p = to;
	struct specimen *s = &p->corpus.at[item * p->each];
	bool known = s->text != NULL || s->empty;
	const char *name = s->path + strlen(s->path), *note = NULL;
	struct luma l = {0};

	for (unsigned up = 0; up < 4 && name > s->path;)
		up += *--name == '/';
	*out = (struct look){0};
	if (!corpus_load(s, &l)) {
		snprintf(out->note, sizeof(out->note), "%s: cannot be read as a picture", name);
		return;
	}
	eyes_look(eyes, &l, judge_specimen, s, out);
	free((void *)l.at);
	if (out->false_reads[EYE_OURS] + out->false_reads[EYE_LIVE] > 0)
		note = "our reading is not what is written down for it";
	else if (!s->empty && !out->read[EYE_OURS])
		note = "not read";
	else if (!known && s->marks == 0 && !out->read[EYE_UNION])
		note = "nobody wrote down what it says, and we alone read it";
	if (note != NULL)
		snprintf(out->note, sizeof(out->note), "%s: %s", name, note);
}

static void photographs(const char *dir, enum corpus_name name, bool empty, unsigned each)
{
	struct photographs p = {corpus_read(dir, name, empty), each};
	char title[64];

	if (p.corpus.unconverted > 0)
		printf("  %s: %zu webp pictures are left out, make bench-scan says how to convert "
		       "them\n",
			corpus_text(name), p.corpus.unconverted);
	snprintf(title, sizeof(title), "%s, %s%s", corpus_text(name), empty ? "no code" : "codes",
		each > 1 ? ", every 5th" : "");
	if (p.corpus.n > 0) {
		unsigned items = ((unsigned)p.corpus.n + each - 1) / each;
		struct scores s = crew_run(title, items, look_at_photograph, &p);

		conclude(title, &s);
	} else if (!empty) {
		printf("  %s is not there: SKIPPED\n", corpus_text(name));
	}
	corpus_done(&p.corpus);
}

/* `axis  zxing 100/100/..  union ..  ours ..`: percent read at each level. */
static void print_axis(const char *name, unsigned levels, const struct scores *at)
{
	static const enum eye shown[] = {
		EYE_ZBAR_INVERTED, EYE_ZXING, EYE_UNION, EYE_FRAME, EYE_LIVE, EYE_OURS};

	printf("  %-12s", name);
	for (size_t i = 0; i < COUNT(shown); i++) {
		char text[64] = "";

		for (unsigned level = 0; level < levels; level++) {
			size_t n = strlen(text);

			snprintf(text + n, sizeof(text) - n, "%s%.0f", level == 0 ? "" : "/",
				scores_read(&at[level], shown[i]));
		}
		printf(" %-20s", text);
	}
	printf("\n");
	fflush(stdout);
}

/* A level's frames, one after another. */
struct level {
	unsigned axis, level;
};

static void look_at_frame(void *to, unsigned item, struct look *out)
{
	const struct level *l = to;
	char text[STRESS_TEXT];

	stress_frame(frame, l->axis, l->level, item, text);
	eyes_look(eyes, &view, judge_frame, text, out);
}

static void stress(unsigned frames)
{
	struct scores all = {0};

	printf("\n  %-12s %-20s %-20s %-20s %-20s %-20s %-20s\n", "stress set", "zbar, inverted",
		"zxing", "union", "ours, one frame", "ours, 15 frames", "ours, no budget");
	for (unsigned axis = 0; axis < stress_axis_count; axis++) {
		struct scores at[STRESS_LEVELS] = {0};

		for (unsigned level = 0; level < stress_axes[axis].levels; level++) {
			struct level l = {axis, level};

			at[level] = crew_run(stress_axes[axis].name,
				stress_axes[axis].frames * frames / 20, look_at_frame, &l);
			for (unsigned i = 0; i < at[level].n; i++)
				scores_add(&all, &at[level].at[i]);
		}
		print_axis(stress_axes[axis].name, stress_axes[axis].levels, at);
		for (unsigned level = 0; level < stress_axes[axis].levels; level++)
			scores_done(&at[level]);
	}
	printf("\n");
	conclude("all of the stress set", &all);
}

static void look_at_nothing(void *to, unsigned item, struct look *out)
{
	void (*draw)(uint8_t * grey, uint32_t n) = *(void (**)(uint8_t *, uint32_t))to;

	draw(frame, item);
	eyes_look(eyes, &view, judge_frame, NULL, out);
}

static void nothing(const char *title, unsigned n, void (*draw)(uint8_t *grey, uint32_t n))
{
	struct scores s = crew_run(title, n, look_at_nothing, &draw);

	conclude(title, &s);
}

static void recipe(const char *dir)
{
	for (enum corpus_name name = 0; name < CORPUS_NAMES; name++) {
		struct corpus c = corpus_read(dir, name, false);
		bool there = c.n > 0;

		corpus_done(&c);
		if (there)
			continue;
		fputs("The photographs are other projects'. To get them into DIR:\n"
		      "  cd DIR\n"
		      "  git clone --depth 1 https://github.com/zxing-cpp/zxing-cpp\n"
		      "  git clone --depth 1 https://github.com/zxing/zxing\n"
		      "  git clone --depth 1 https://github.com/cozmo/jsQR\n"
		      "  git clone --depth 1 https://github.com/paulmillr/qr-code-vectors\n"
		      "  apt-get install webp\n"
		      "  find . -name '*.webp' -exec dwebp -quiet {} -o {}.png \\;\n"
		      "  make bench-scan CORPUS=DIR\n",
			stdout);
		return;
	}
}

static void conclude_all(void)
{
	printf("\n  %-44s %6s %8s %8s %7s %10s %8s\n", "in short", "", "union", "ours", "ours",
		"ours", "ours");
	printf("  %-44s %6s %8s %8s %7s %10s %8s\n", "", "n", "read %", "read %", "false",
		"median ms", "p95 ms");
	for (unsigned i = 0; i < sets; i++) {
		scores_print_short(set[i].title, &set[i].scores);
		scores_done(&set[i].scores);
	}
}

/* bench_scan DIR FRAMES PARTS: see tests.mk. */
int main(int argc, char **argv)
{
	const char *dir = argc > 1 ? argv[1] : "",
		   *parts = argc > 3 ? argv[3] : "photographs nothing stress";
	unsigned frames = argc > 2 ? (unsigned)atoi(argv[2]) : 4, each = frames < 20 ? EVERY : 1;
	double start = wall_ms();

	setvbuf(stdout, NULL, _IOLBF, 0);
	eyes = eyes_open();
	printf("Scan: photographs fitted into 1280x720, frames of 1280x720; CPU time, one "
	       "thread\n");
	recipe(dir);
	for (enum corpus_name name = 0; strstr(parts, "photographs") && name < CORPUS_NAMES; name++)
		photographs(dir, name, false, 1);
	if (strstr(parts, "nothing")) {
		nothing("frames without a code", EMPTY_FRAMES, stress_empty);
		nothing("noise, pages of text, modules, rings", CONFUSING, confuse);
	}
	for (enum corpus_name name = 0; strstr(parts, "nothing") && name < CORPUS_NAMES; name++)
		photographs(dir, name, true, each);
	if (strstr(parts, "stress"))
		stress(frames);
	conclude_all();
	printf("  it took %.0f minutes\n", (wall_ms() - start) / 60000);
	eyes_close(eyes);
	return 0;
}
