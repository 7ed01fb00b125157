/* What staff ask: any bytes; what is read is written back to the same bytes. */
#include "asked.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const struct asked nothing;
	uint8_t out[ASKED_BYTES];
	struct asked a;
	size_t written = 0;

	enum err e = asked_read(&a, (struct span){p, n});
	if (e) {
		if (memcmp(&a, &nothing, sizeof(a)) != 0)
			abort();
		return 0;
	}
	if (asked_write(&a, out, &written) != OK || written != n || memcmp(out, p, n) != 0)
		abort();
	return 0;
}
