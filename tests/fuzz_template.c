/* Attack the reading of badge templates. */
#include "badge.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const struct badge_paper *const papers[] = {&badge_paper_62x100, &badge_paper_80};
	char fault[BADGE_FAULT];

	for (size_t i = 0; i < COUNT(papers); i++) {
		struct badge_template *t = NULL;

		if (badge_template_load(&t, (struct span){data, n}, papers[i], fault) == OK)
			badge_template_free(t);
	}
	return 0;
}
