/* A keyboard-wedge scanner: text to key presses under a keyboard layout. */
#include "help/typist.h"

#include <linux/input-event-codes.h>
#include <string.h>

/* Key positions by rows of the US keyboard; what each layout's maker printed on them. */
static const unsigned rows[] = {KEY_1, KEY_2, KEY_3, KEY_4, KEY_5, KEY_6, KEY_7, KEY_8, KEY_9,
	KEY_0, KEY_Q, KEY_W, KEY_E, KEY_R, KEY_T, KEY_Y, KEY_U, KEY_I, KEY_O, KEY_P, KEY_A, KEY_S,
	KEY_D, KEY_F, KEY_G, KEY_H, KEY_J, KEY_K, KEY_L, KEY_SEMICOLON, KEY_Z, KEY_X, KEY_C, KEY_V,
	KEY_B, KEY_N, KEY_M, KEY_SLASH, KEY_DOT, KEY_MINUS};

static const char *const printed[TYPISTS] = {
	[TYPIST_US] = "1234567890QWERTYUIOPASDFGHJKL;ZXCVBNM/.-",
	[TYPIST_UK] = "1234567890QWERTYUIOPASDFGHJKL;ZXCVBNM/.-",
	[TYPIST_DE] = "1234567890QWERTZUIOPASDFGHJKL\001YXCVBNM-.\001",
	[TYPIST_FR] = "1234567890AZERTYUIOPQSDFGHJKLMWXCVBN\001\001\001\001",
	[TYPIST_BE] = "1234567890AZERTYUIOPQSDFGHJKLMWXCVBN\001\001\001\001",
};

static bool needs_shift(const struct typist *t, char c)
{
	bool letter = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';

	if (t->no_shift)
		return false;
	if (letter)
		return !t->caps_lock;
	return digit && (t->layout == TYPIST_FR || t->layout == TYPIST_BE);
}

size_t typist_type(const struct typist *t, const char *text, bool enter, struct press *out)
{
	size_t n = 0;

	for (; *text; text++) {
		const char *at = strchr(printed[t->layout], *text);
		if (!at)
			continue;
		unsigned key = rows[at - printed[t->layout]];
		bool shift = needs_shift(t, *text);
		if (shift)
			out[n++] = (struct press){KEY_LEFTSHIFT, 1};
		out[n++] = (struct press){key, 1};
		out[n++] = (struct press){key, 0};
		if (shift)
			out[n++] = (struct press){KEY_LEFTSHIFT, 0};
	}
	if (enter) {
		out[n++] = (struct press){KEY_ENTER, 1};
		out[n++] = (struct press){KEY_ENTER, 0};
	}
	return n;
}
