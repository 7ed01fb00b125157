/* What a printer may send back, in both languages and in pieces of any size: reading it gets on, and
 * says the same however the bytes are cut. */
#include "model.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

/* As the printer's own loop: what is consumed is gone, what has only begun waits for more. */
static size_t take(const struct printer_language *l, struct span in, struct lang_state *state)
{
	size_t used = 0, n = 1;

	while (used < in.n && n > 0) {
		struct span rest = {in.p + used, in.n - used};
		enum reply r = l->answer(rest, state, &n);
		if (n > rest.n || (r == REPLY_MORE) != (n == 0))
			abort();
		if (state->fault >= PRINTER_STATES || state->round > sizeof(state->pieces))
			abort();
		used += n;
	}
	return used;
}

static struct lang_state begin(const struct printer_language *l)
{
	struct lang_state s = {.fault = PRINTER_READY};
	uint8_t room[64];
	struct sink k = sink_on(room, sizeof(room));

	l->begin(&s, (const uint8_t *)"ABCD");
	l->ask(&s, &k);
	return s;
}

static void read_all(const struct printer_language *l, struct span in, size_t piece)
{
	struct lang_state whole = begin(l), cut = begin(l);
	size_t used = 0;

	take(l, in, &whole);
	for (size_t end = 0; end < in.n;) {
		end = in.n - end < piece ? in.n : end + piece;
		used += take(l, (struct span){in.p + used, end - used}, &cut);
	}
	if (memcmp(&whole, &cut, sizeof(whole)) != 0)
		abort();
	for (size_t i = 0; i < model_count; i++)
		if (models[i].language == l && l->confirmed(&models[i], &whole, false) &&
			!whole.completed)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	if (n < 2)
		return 0;
	struct span in = {p + 1, n - 1};
	read_all(&lang_brother, in, p[0] % 40u + 1);
	read_all(&lang_escpos, in, p[0] % 40u + 1);
	return 0;
}
