/* Any bytes as a compiled catalogue: what is found lies inside it, and patterns fill bounded. */
#include "words.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void fill(struct span pattern)
{
	static const struct span args[2] = {
		{(const uint8_t *)"one", 3}, {(const uint8_t *)"two", 3}};
	uint8_t room[256];
	struct sink k = sink_on(room, sizeof(room));

	say_fill(&k, pattern, args, COUNT(args));
	if (k.n > sizeof(room))
		abort();
}

/* The first byte is the plural's form. */
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const char *const keys[] = {"", "a", "Welcome", "{1} minute"};

	if (n == 0)
		return 0;
	struct span mo = {p + 1, n - 1}, out;
	fill(mo);
	for (size_t i = 0; i < COUNT(keys); i++) {
		enum err e = words_find(mo, keys[i], p[0], &out);
		if (e && (e != ERR_ABSENT && e != ERR_FORMAT))
			abort();
		if (!e && (out.n == 0 || out.p < mo.p || out.n > mo.n ||
				  out.p > mo.p + (mo.n - out.n) || memchr(out.p, 0, out.n)))
			abort();
	}
	return 0;
}
