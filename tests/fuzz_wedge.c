/* Keys in any order, at any pace: a scan is bounded, terminated and of its alphabet. */
#include "wedge.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void judge(const struct scan *s)
{
	if (s->n > WEDGE_TEXT || s->text[s->n] != '\0' || (s->kind == SCAN_LONG && s->n > 0))
		abort();
	for (size_t i = 0; i < s->n; i++) {
		unsigned char c = (unsigned char)s->text[i];
		bool of_code = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (c < ' ' || c == 0x7f || (s->kind == SCAN_CODE && !of_code))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct scan out;
	struct wedge w;
	int64_t now = 0;

	wedge_init(&w);
	/* Three bytes a press: key, its higher bits and value, pace. */
	for (size_t i = 0; i + 3 <= n; i += 3) {
		now += p[i + 2];
		if (wedge_quiet(&w, now, &out) == OK)
			judge(&out);
		unsigned key = p[i] | (unsigned)(p[i + 1] & 3) << 8;
		if (wedge_key(&w, key, p[i + 1] >> 6, now, &out) == OK)
			judge(&out);
	}
	return 0;
}
