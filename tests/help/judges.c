/* Judges of statements for tests of the fold. */
#include "help/judges.h"

enum err judge_all(const void *context, const struct event *e, uint16_t *rights)
{
	(void)context;
	(void)e;
	*rights = JUDGE_ALL_RIGHTS;
	return OK;
}

enum err judge_by_hash(const void *context, const struct event *e, uint16_t *rights)
{
	const uint8_t *number = context;
	unsigned v = load_u16(e->hash) * 2654435761u >> 8 ^ (number ? *number * 40503u : 0);

	*rights = (uint16_t)(v >> 2 & JUDGE_ALL_RIGHTS);
	return v % 4 == 0 ? ERR_FORGED : OK;
}
