/* The eye on a live view: what a frame costs, and how soon a code held up is text. */
#include "bench.h"

#include "decode.h"
#include "frames.h"
#include "scan_gate.h"
#include "scratch.h"
#include "stress.h"

#include <string.h>

enum { RATE = 30, GUESTS = 20, FILM = 36, EMPTY_FRAMES = 172, LATE = 999 };

static uint8_t frame[STRESS_WIDTH * STRESS_HEIGHT];
static const struct luma view = {frame, STRESS_WIDTH, STRESS_HEIGHT, STRESS_WIDTH};
static struct decoder *decoder;

static void give_up(const char *what, enum err e)
{
	fprintf(stderr, "bench: %s: %s\n", what, err_text(e));
	exit(3);
}

static void must(const char *what, enum err e)
{
	if (e != OK)
		give_up(what, e);
}

struct answer {
	const char *text; /* what is right */
	bool read;
	unsigned false_reads;
};

static void judge(void *to, const struct reading *r)
{
	struct answer *a = to;

	if (a->text != NULL && strcmp(r->text, a->text) == 0)
		a->read = true;
	else
		a->false_reads++;
}

static void print_ms(const char *what, double *ms, size_t n, const char *aim)
{
	qsort(ms, n, sizeof(*ms), bench_order);
	printf("  %-44s %8.2f %8.2f %8.2f   %s\n", what, ms[n / 2], ms[n * 95 / 100], ms[n - 1],
		aim);
}

static void look(const struct luma *l, unsigned budget_ms, struct answer *a)
{
	enum err e = decode_frame(decoder, l, budget_ms, judge, a);

	if (e != OK && e != ERR_ABSENT)
		give_up("decode_frame", e);
}

/* CPU time of one look at frame. */
static double look_ms(unsigned budget_ms, struct answer *a)
{
	double start = bench_cpu_ns();

	look(&view, budget_ms, a);
	return (bench_cpu_ns() - start) / 1e6;
}

static void costs(void)
{
	static double raw[EMPTY_FRAMES], whole[EMPTY_FRAMES], still[EMPTY_FRAMES],
		code[EMPTY_FRAMES];
	struct answer none = {0}, some = {0};
	struct scan_gate gate = {0};
	char text[STRESS_TEXT];

	for (uint32_t n = 0; n < EMPTY_FRAMES; n++) {
		stress_frame(frame, 0, 0, n, text);
		some.text = text;
		code[n] = look_ms(0, &some);
		stress_empty(frame, n);
		raw[n] = look_ms(0, &none);
		whole[n] = look_ms(DECODE_BUDGET_MS, &none);
	}
	for (uint32_t n = 0; n < SCAN_GATE_OPEN; n++)
		(void)scan_gate_next(&gate, &view);
	for (uint32_t n = 0; n < EMPTY_FRAMES; n++) {
		double start = bench_cpu_ns();

		/* As the eye does it: a still frame is let through now and then. */
		if (scan_gate_next(&gate, &view) != SCAN_GATE_REST)
			(void)look_ms(0, &none);
		still[n] = (bench_cpu_ns() - start) / 1e6;
	}
	printf("\n  %-44s %8s %8s %8s\n", "CPU ms a frame of 1280x720", "median", "p95", "most");
	print_ms("raw pass, a code in the frame", code, EMPTY_FRAMES, "aim: 6");
	print_ms("raw pass, no code", raw, EMPTY_FRAMES, "aim: 6");
	print_ms("raw pass and others, no code", whole, EMPTY_FRAMES, "aim: 60 and one pass more");
	print_ms("still frame, no code", still, EMPTY_FRAMES, "aim: 5");
	printf("  false reads: %u\n", none.false_reads + some.false_reads);
}

/* Guest n's film as a file. Returns the frame from which on the code is wholly in view. */
static unsigned film(const char *path, uint32_t n, char text[static STRESS_TEXT])
{
	FILE *f = fopen(path, "wb");
	unsigned from = FILM;

	if (f == NULL)
		give_up("the film cannot be written", ERR_IO);
	fprintf(f, "YUV4MPEG2 W%d H%d F%d:1 Cmono\n", STRESS_WIDTH, STRESS_HEIGHT, RATE);
	for (unsigned at = 0; at < FILM; at++) {
		bool whole = stress_film(frame, n, at, text);

		if (whole && from == FILM)
			from = at;
		fputs("FRAME\n", f);
		fwrite(frame, 1, sizeof(frame), f);
	}
	if (fclose(f) != 0)
		give_up("the film cannot be written", ERR_IO);
	return from;
}

/* Frames from the first with the whole code to the one that was read. What comes while we are still
 * busy with the one before is missed, as with a camera. */
static unsigned frames_to_text(const char *path, unsigned from, struct answer *a)
{
	struct frames *frames = NULL;
	struct scan_gate gate = {0};
	struct luma l = {0};
	unsigned at = 0, busy = 0;

	must("the film", frames_open(&frames, path, FRAMES_EACH));
	decode_close(decoder);
	must("decode_open", decode_open(&decoder));
	for (; !a->read && frames_read(frames, &l) == OK; at++) {
		enum scan_gate_answer gated = SCAN_GATE_REST;
		double start = bench_cpu_ns();

		if (busy > 0) {
			busy--;
			continue;
		}
		gated = scan_gate_next(&gate, &l);
		if (gated != SCAN_GATE_REST)
			look(&l, gated == SCAN_GATE_PEEP ? 0 : DECODE_BUDGET_MS, a);
		busy = (unsigned)((bench_cpu_ns() - start) / 1e9 * RATE);
	}
	frames_close(frames);
	if (!a->read)
		return LATE;
	return at > from ? at - from : 0;
}

static void code_to_text(void)
{
	struct scratch folder;
	double took[GUESTS];
	unsigned false_reads = 0, never = 0;

	scratch_make(&folder);
	for (uint32_t n = 0; n < GUESTS; n++) {
		char path[512], text[STRESS_TEXT];
		struct answer a = {.text = text};
		unsigned from = 0;

		snprintf(path, sizeof(path), "%s", scratch_name(&folder, "film.y4m"));
		from = film(path, n, text);
		took[n] = frames_to_text(path, from, &a);
		never += took[n] == LATE;
		false_reads += a.false_reads;
	}
	scratch_remove(&folder);
	qsort(took, GUESTS, sizeof(took[0]), bench_order);
	printf("\n  code in view to text, %d guests at %d frames a second: median %.0f frames, p95 "
	       "%.0f, "
	       "most %.0f; never %u, false %u\n",
		GUESTS, RATE, took[GUESTS / 2], took[GUESTS * 95 / 100], took[GUESTS - 1], never,
		false_reads);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	must("decode_open", decode_open(&decoder));
	printf("Scan, live\n");
	costs();
	code_to_text();
	decode_close(decoder);
	return 0;
}
