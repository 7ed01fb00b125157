/* An emergency's words: any bytes; what is read is written back to the same bytes. */
#include "emergency.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const struct emergency nothing;
	uint8_t out[STAFF_SAID];
	struct emergency e;
	size_t written = 0;

	enum err err = emergency_read(&e, (struct span){p, n});
	if (err) {
		if (memcmp(&e, &nothing, sizeof(e)) != 0)
			abort();
		return 0;
	}
	if (emergency_write(&e, out, &written) != OK || written != n || memcmp(out, p, n) != 0)
		abort();
	return 0;
}
