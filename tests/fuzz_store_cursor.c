/* Any text as a reader's cursor is read or refused; what is read is written back the same. */
#include "store.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	char again[STORE_CURSOR_TEXT];
	struct store_cursor c;

	if (store_cursor_read(&c, (struct span){p, n}) != OK)
		return 0;
	store_cursor_write(&c, again);
	if (strlen(again) != n || memcmp(again, p, n) != 0)
		abort();
	return 0;
}
