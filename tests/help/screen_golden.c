/* What a screen is expected to draw, as text that a reader can compare. */
#include "screen_golden.h"

#include "test.h"

void assert_screen_golden(const struct draw *d, const char *folder, const char *name)
{
	static char printed[256 * 1024], golden[256 * 1024];
	const char *mode = getenv("FOYER_GOLDEN");
	bool write = mode && strcmp(mode, "write") == 0;
	char path[160];

	snprintf(path, sizeof(path), "tests/golden/%s/%s.txt", folder, name);
	assert_ok(draw_print(d, printed, sizeof(printed)));
	FILE *f = fopen(path, write ? "w" : "r");
	if (!f)
		fail_msg("%s cannot be opened", path);
	if (write) {
		fputs(printed, f);
	} else {
		size_t n = fread(golden, 1, sizeof(golden) - 1, f);
		golden[n] = 0;
	}
	fclose(f);
	if (!write && strcmp(printed, golden) != 0)
		fail_msg("%s differs: make golden, and read the difference", path);
}
