/* Any bytes as a patch: an error or n bytes, within bounded time and memory. The first byte says how
 * many are wanted, the second how much of the old file there is. */
#include "patch.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	enum { OLD = 8192, UNIT = 64 };
	static uint8_t old[OLD];

	if (n < 2)
		return 0;
	/* Of the old file's own making: a corpus is made beside it. */
	for (size_t i = 0; i < OLD; i++)
		old[i] = (uint8_t)(i * 131 >> 3 ^ i >> 5);
	size_t want = (size_t)p[0] * UNIT;
	struct span from = {old, (size_t)p[1] * (OLD / 255)};
	/* Of exactly that length: a byte more is seen. */
	uint8_t *out = malloc(want > 0 ? want : 1);
	if (!out)
		return 0;
	enum err e = patch_apply(from, (struct span){p + 2, n - 2}, out, want);
	if (e != OK && e != ERR_FORMAT)
		abort();
	free(out);
	return 0;
}
