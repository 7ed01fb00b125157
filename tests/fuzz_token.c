/* Whatever a scanner reads: a token comes back as the text it was, or an error and nothing else. */
#include "seal.h"
#include "token.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const struct token nothing;
	char text[TOKEN_TEXT + 1];
	struct token t, again;

	enum err e = token_read(&t, (struct span){p, n});
	if (e && e != ERR_ABSENT && e != ERR_FULL && e != ERR_FORMAT)
		abort();
	if (e && memcmp(&t, &nothing, sizeof(t)) != 0)
		abort();
	if (e)
		return 0;
	token_text(&t, text);
	if (token_read(&again, span_of(text)) != OK || memcmp(&t, &again, sizeof(t)) != 0)
		abort();
	return 0;
}
