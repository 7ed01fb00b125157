/* The eye beside the libraries it is made of: photographs of others, the stress set, no code. */
#include "bench.h"

#include "corpus.h"
#include "decode.h"
#include "eyes.h"
#include "stress.h"
#include "zxing.h"

#include <string.h>

enum { EMPTY_FRAMES = 172, FRAMES_MAX = 40, UNSURE_MAX = 64 };

static struct eyes *eyes;
static uint8_t frame[STRESS_WIDTH * STRESS_HEIGHT];
static const struct luma view = {frame, STRESS_WIDTH, STRESS_HEIGHT, STRESS_WIDTH};

/* Nobody wrote down what some pictures say: the first text counts, and whatever differs is false. */
static bool judge_specimen(void *to, const char *text)
{
	struct specimen *s = to;

	if (s->empty)
		return false;
	if (s->text == NULL) {
		s->text = strdup(text);
		s->n = strlen(text);
		return true;
	}
	return corpus_right(s, text);
}

static bool judge_frame(void *to, const char *text)
{
	const char *right = to;

	return right != NULL && strcmp(right, text) == 0;
}

static bool lonely(void)
{
	return !eyes_read(eyes, EYE_UNION) && eyes_read(eyes, EYE_OURS);
}

static void look_at(struct specimen *s, struct scores *scores)
{
	bool known = s->text != NULL || s->empty;
	unsigned before = scores->of[EYE_OURS].false_reads;
	struct luma l = {0};

	if (!corpus_load(s, &l)) {
		printf("    %s: cannot be read as a picture\n", s->path);
		return;
	}
	eyes_look(eyes, &l, judge_specimen, s, scores);
	free((void *)l.at);
	if (!known && lonely())
		printf("    %s: nobody says what it holds, and we alone read \"%s\"\n", s->path,
			s->text);
	if (scores->of[EYE_OURS].false_reads > before)
		printf("    %s: our reading is not what is written down for it\n", s->path);
}

static void photographs(const char *dir, enum corpus_name name, bool empty, unsigned each)
{
	struct corpus c = corpus_read(dir, name, empty);
	struct scores scores = {0};
	char title[64];

	if (c.unconverted > 0)
		printf("  %s: %zu webp pictures are left out, make bench-scan says how to convert "
		       "them\n",
			corpus_text(name), c.unconverted);
	for (size_t i = 0; i < c.n; i += each)
		look_at(&c.at[i], &scores);
	snprintf(title, sizeof(title), "%s, %s %u", corpus_text(name), empty ? "no code" : "codes",
		scores.of[EYE_OURS].pictures);
	if (c.n > 0)
		scores_print(title, &scores);
	else if (!empty)
		printf("  %s is not there: SKIPPED\n", corpus_text(name));
	scores_done(&scores);
	corpus_done(&c);
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
			const struct score *s = &at[level].of[shown[i]];
			size_t n = strlen(text);

			snprintf(text + n, sizeof(text) - n, "%s%u", level == 0 ? "" : "/",
				s->pictures == 0 ? 0 : 100 * s->read / s->pictures);
		}
		printf(" %-20s", text);
	}
	printf("\n");
	fflush(stdout);
}

static void stress(unsigned frames)
{
	struct scores all = {0};
	char text[STRESS_TEXT];

	printf("\n  %-12s %-20s %-20s %-20s %-20s %-20s %-20s\n", "stress set", "zbar, inverted",
		"zxing", "union", "ours, one frame", "ours, 15 frames", "ours, no budget");
	for (unsigned axis = 0; axis < stress_axis_count; axis++) {
		struct scores at[STRESS_LEVELS] = {0};

		for (unsigned level = 0; level < stress_axes[axis].levels; level++) {
			for (uint32_t n = 0; n < stress_axes[axis].frames * frames / 20; n++) {
				stress_frame(frame, axis, level, n, text);
				eyes_look(eyes, &view, judge_frame, text, &at[level]);
			}
			scores_add(&all, &at[level]);
		}
		print_axis(stress_axes[axis].name, stress_axes[axis].levels, at);
		for (unsigned level = 0; level < stress_axes[axis].levels; level++)
			scores_done(&at[level]);
	}
	printf("\n");
	scores_print("all of the stress set", &all);
	scores_done(&all);
}

static void empty_frames(void)
{
	struct scores all = {0};

	for (uint32_t n = 0; n < EMPTY_FRAMES; n++) {
		stress_empty(frame, n);
		eyes_look(eyes, &view, judge_frame, NULL, &all);
	}
	scores_print("frames without a code, 172", &all);
	scores_done(&all);
}

static void no_recipe_needed(const char *dir)
{
	struct corpus c = corpus_read(dir, CORPUS_JSQR, false);

	if (c.n == 0)
		fputs("The photographs are other projects'. To get them into DIR:\n"
		      "  cd DIR\n"
		      "  git clone --depth 1 https://github.com/zxing-cpp/zxing-cpp\n"
		      "  git clone --depth 1 https://github.com/zxing/zxing\n"
		      "  git clone --depth 1 https://github.com/cozmo/jsQR\n"
		      "  apt-get install webp\n"
		      "  find . -name '*.webp' -exec dwebp -quiet {} -o {}.png \\;\n"
		      "  make bench-scan CORPUS=DIR\n",
			stdout);
	corpus_done(&c);
}

int main(int argc, char **argv)
{
	const char *dir = argc > 1 ? argv[1] : "";
	unsigned frames = argc > 2 ? (unsigned)atoi(argv[2]) : 20;

	setvbuf(stdout, NULL, _IOLBF, 0);
	eyes = eyes_open();
	printf("Scan: photographs fitted into 1280x720, frames of 1280x720; CPU time, one "
	       "thread\n");
	no_recipe_needed(dir);
	for (enum corpus_name name = 0; name < CORPUS_NAMES; name++)
		photographs(dir, name, false, 1);
	for (enum corpus_name name = 0; name < CORPUS_NAMES; name++)
		photographs(dir, name, true, 1);
	empty_frames();
	stress(frames);
	eyes_close(eyes);
	return 0;
}
