/* The PIN pad. */
#include "keypad.h"

#include "ui.h"

#include <string.h>

void keypad_wipe(struct keypad *k)
{
	seal_wipe(k, sizeof(*k));
}

struct span keypad_text(const struct keypad *k)
{
	return (struct span){k->digits, k->n};
}

bool keypad_whole(const struct keypad *k)
{
	return k->n == KEYPAD_DIGITS;
}

static enum keypad_did put(struct keypad *k, uint8_t digit)
{
	if (digit < '0' || digit > '9' || k->n >= KEYPAD_DIGITS)
		return KEYPAD_NOTHING;
	k->digits[k->n++] = digit;
	return KEYPAD_TYPED;
}

enum keypad_did keypad_tap(struct keypad *k, const char *name)
{
	if (strcmp(name, "pin-erase") == 0)
		return keypad_erase(k);
	if (strcmp(name, "pin-enter") == 0)
		return keypad_enter(k);
	if (strncmp(name, "pin-", 4) == 0 && strlen(name) == 5)
		return put(k, (uint8_t)name[4]);
	return KEYPAD_NOTHING;
}

enum keypad_did keypad_typed(struct keypad *k, struct span text)
{
	enum keypad_did did = KEYPAD_NOTHING;
	for (size_t i = 0; i < text.n; i++)
		if ((text.p[i] == '\b' ? keypad_erase(k) : put(k, text.p[i])) == KEYPAD_TYPED)
			did = KEYPAD_TYPED;
	return did;
}

enum keypad_did keypad_erase(struct keypad *k)
{
	if (k->n == 0)
		return KEYPAD_NOTHING;
	seal_wipe(&k->digits[--k->n], 1);
	return KEYPAD_TYPED;
}

enum keypad_did keypad_enter(const struct keypad *k)
{
	return keypad_whole(k) ? KEYPAD_ENTER : KEYPAD_NOTHING;
}

static void view_dots(struct ui *u, struct rect at, const struct keypad *k)
{
	int32_t each = at.w / KEYPAD_DIGITS < at.h ? at.w / KEYPAD_DIGITS : at.h;
	int32_t dot = each * 45 / 100;
	int32_t from = at.x + (at.w - each * KEYPAD_DIGITS) / 2 + (each - dot) / 2;
	for (int32_t i = 0; i < KEYPAD_DIGITS; i++) {
		struct rect r = {from + i * each, at.y + (at.h - dot) / 2, dot, dot};
		bool in = i < k->n;
		draw_box(u->d, r, in ? INK_TEXT : INK_GROUND, (uint32_t)dot / 2,
			in ? INK_TEXT : INK_MUTED, (uint32_t)(2 * u->l.line));
	}
}

static void view_digit(struct ui *u, struct rect at, char digit, bool off)
{
	char name[] = "pin-0";
	name[4] = digit;
	draw_box(u->d, at, off ? INK_SHADE : INK_PANEL, (uint32_t)u->l.radius,
		off ? INK_SHADE : INK_LINE, (uint32_t)u->l.line);
	int32_t size = u->l.title < at.h * 60 / 100 ? u->l.title : at.h * 60 / 100;
	ui_text(u, at, size, true, off ? INK_MUTED : INK_TEXT, ALIGN_CENTRE,
		(struct span){(const uint8_t *)&name[4], 1});
	/* Whoever stands by must not hear it. */
	draw_region(u->d, at, name, REGION_BUTTON, ui_say(u, N_("A digit of the PIN")),
		off ? REGION_DISABLED : REGION_READY, ++u->order);
}

/* Three keys in a row, or six where there is no room for four rows. */
static void view_keys(struct ui *u, struct rect at, const struct keypad *k, bool off)
{
	static const char high[] = "123456789<0>", wide[] = "12345<67890>";
	int32_t gap = u->l.gap / 2;
	int32_t across = at.h < 4 * (u->l.touch_least + gap) ? 6 : 3, down = 12 / across;
	/* Keys higher than half their width look like a wall. */
	int32_t most = u->l.touch * 2 * across, width = most < at.w ? most : at.w;
	struct rect all = {at.x + (at.w - width) / 2, at.y, width, at.h};

	for (int32_t i = 0; i < 12; i++) {
		struct rect r = column(row(all, i / across, down, gap), i % across, across, gap);
		struct action erase = {"pin-erase", N_("Delete"), BUTTON_QUIET, off || k->n == 0};
		struct action enter = {"pin-enter", N_("OK"), BUTTON_MAIN, off || !keypad_whole(k)};
		char key = across == 3 ? high[i] : wide[i];
		if (key == '<')
			ui_buttons(u, r, &erase, 1, 0);
		else if (key == '>')
			ui_buttons(u, r, &enter, 1, 0);
		else
			view_digit(u, r, key, off);
	}
}

void keypad_view(struct ui *u, struct rect at, const struct keypad *k, bool off)
{
	int32_t gap = u->l.gap / 2;
	int32_t least = u->look->height < 700 ? u->l.touch * 3 / 4 : u->l.touch;
	struct rect dots = cut_top(&at, at.h - 4 * (least + gap) < least ? least / 2 : least, gap);

	if (at.h > u->l.touch * 11 / 2)
		at.h = u->l.touch * 11 / 2;
	int32_t width = u->l.touch * 6 < at.w ? u->l.touch * 6 : at.w;
	view_dots(u, (struct rect){at.x + (at.w - width) / 2, dots.y, width, dots.h}, k);
	view_keys(u, at, k, off);
}
