/* Keyboard wedges: what a scanner typed, undone to what the code says. */
#include "wedge.h"

#include "wedge_layouts.h"

#include <linux/input-event-codes.h>
#include <string.h>

static const char magic[4] = {'Z', 'Q', 'M', '1'};

/* An AIM symbology identifier (ISO/IEC 15424): "]", a letter, a digit. Some scanners send it. */
enum { AIM = 3 };

void wedge_init(struct wedge *w)
{
	memset(w, 0, sizeof(*w));
}

void wedge_reset(struct wedge *w)
{
	memset(w->keys, 0, sizeof(w->keys));
	w->n = 0;
	w->too_long = false;
	w->shift = w->ctrl = w->alt = w->altgr = false;
	w->alt_code = 0;
}

/* What key number i means in a code under a family, 0 if it can be in no code. */
static char code_char(const struct wedge *w, size_t i, enum wedge_family family)
{
	uint8_t c = w->keys[i].plain;

	if (c == 0)
		return wedge_code_char(family, w->keys[i].key);
	if (c >= 'a' && c <= 'z')
		return (char)(c - 'a' + 'A');
	return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? (char)c : 0;
}

static bool begins_with_magic(const struct wedge *w, size_t at, enum wedge_family family)
{
	if (w->n < sizeof(magic) || at > w->n - sizeof(magic))
		return false;
	for (size_t i = 0; i < sizeof(magic); i++)
		if (code_char(w, at + i, family) != magic[i])
			return false;
	return true;
}

static bool read_code(const struct wedge *w, size_t at, enum wedge_family family, struct scan *out)
{
	if (!begins_with_magic(w, at, family))
		return false;
	for (size_t i = at; i < w->n; i++) {
		char c = code_char(w, i, family);
		if (c == 0)
			return false;
		out->text[out->n++] = c;
	}
	out->kind = SCAN_CODE;
	return true;
}

/* A best guess: the layout that stands for the family last seen. */
static void read_foreign(const struct wedge *w, struct scan *out)
{
	static const enum wedge_layout layouts[WEDGE_FAMILIES] = {
		[WEDGE_QWERTY] = LAYOUT_US, [WEDGE_QWERTZ] = LAYOUT_DE, [WEDGE_AZERTY] = LAYOUT_FR};

	out->kind = SCAN_FOREIGN;
	for (size_t i = 0; i < w->n; i++) {
		char one[2] = {(char)w->keys[i].plain, '\0'};
		const char *text = one;
		if (w->keys[i].plain == 0)
			text = w->keys[i].altgr ? ""
						: wedge_key_text(layouts[w->family], w->keys[i].key,
							  w->keys[i].shift);
		size_t n = strlen(text);
		if (n > WEDGE_TEXT - out->n)
			break;
		memcpy(out->text + out->n, text, n);
		out->n += n;
	}
}

static enum err finish(struct wedge *w, struct scan *out)
{
	static const size_t starts[] = {0, AIM};

	memset(out, 0, sizeof(*out));
	if (w->too_long) {
		out->kind = SCAN_LONG;
		wedge_reset(w);
		return OK;
	}
	if (w->n == 0)
		return ERR_ABSENT;
	for (unsigned f = 0; f < WEDGE_FAMILIES; f++)
		for (size_t i = 0; i < COUNT(starts); i++) {
			enum wedge_family family = (w->family + f) % WEDGE_FAMILIES;
			memset(out, 0, sizeof(*out));
			if (!read_code(w, starts[i], family, out))
				continue;
			w->family = family;
			wedge_reset(w);
			return OK;
		}
	memset(out, 0, sizeof(*out));
	read_foreign(w, out);
	wedge_reset(w);
	return OK;
}

static void remember(struct wedge *w, unsigned key, uint8_t plain)
{
	if (w->n == COUNT(w->keys)) {
		w->too_long = true;
		return;
	}
	w->keys[w->n].key = (uint8_t)key;
	w->keys[w->n].shift = w->shift != (w->caps && wedge_is_letter(key));
	w->keys[w->n].altgr = w->altgr;
	w->keys[w->n].plain = plain;
	w->n++;
}

/* "Alt mode": Alt held, the character's number on the keypad. Every host knows it, so some scanners
 * use it for all characters. */
static void end_alt(struct wedge *w)
{
	if (w->alt_code >= 0x20 && w->alt_code < 0x7f)
		remember(w, 0, (uint8_t)w->alt_code);
	w->alt_code = 0;
}

static bool is_modifier(struct wedge *w, unsigned key, bool down)
{
	switch (key) {
	case KEY_LEFTSHIFT:
	case KEY_RIGHTSHIFT:
		w->shift = down;
		return true;
	case KEY_CAPSLOCK:
		w->caps = w->caps != down;
		return true;
	case KEY_LEFTALT:
		if (!down)
			end_alt(w);
		w->alt = down;
		return true;
	case KEY_LEFTCTRL:
	case KEY_RIGHTCTRL:
	case KEY_LEFTMETA:
	case KEY_RIGHTMETA:
		w->ctrl = down;
		return true;
	case KEY_RIGHTALT:
		w->altgr = down;
		return true;
	default:
		return false;
	}
}

enum err wedge_key(struct wedge *w, unsigned key, int value, int64_t now_ms, struct scan *out)
{
	memset(out, 0, sizeof(*out));
	if (value != 0 && value != 1)
		return ERR_ABSENT;
	w->last_ms = now_ms;
	if (is_modifier(w, key, value == 1) || value == 0)
		return ERR_ABSENT;
	if (key == KEY_ENTER || key == KEY_KPENTER || key == KEY_TAB)
		return finish(w, out);
	int digit = wedge_keypad_digit(key);
	if (w->alt && digit >= 0)
		w->alt_code = w->alt_code > 99 ? 1000 : w->alt_code * 10 + (unsigned)digit;
	else if (wedge_is_text(key) && !w->alt &&
		 !w->ctrl) /* a code may not command (BadBarcode) */
		remember(w, key, 0);
	return ERR_ABSENT;
}

enum err wedge_quiet(struct wedge *w, int64_t now_ms, struct scan *out)
{
	memset(out, 0, sizeof(*out));
	if ((w->n == 0 && !w->too_long) || now_ms - w->last_ms < WEDGE_QUIET_MS)
		return ERR_ABSENT;
	return finish(w, out);
}

/* Text. A host layout turned key positions into characters: find the positions again, then read
 * them under each family the scanner may have been set to. */

/* The bytes of the printable character that s begins with; 0 for controls (C0, C1) and for what is
 * no character. */
static size_t char_length(struct span s)
{
	size_t n = span_character(s);
	bool c0 = n == 1 && (s.p[0] < ' ' || s.p[0] == 0x7f);
	bool c1 = n == 2 && s.p[0] == 0xc2 && s.p[1] < 0xa0;

	return c0 || c1 ? 0 : n;
}

static bool undo_pair(
	struct span text, enum wedge_layout host, enum wedge_family scanner, struct scan *out)
{
	memset(out, 0, sizeof(*out));
	while (text.n > 0) {
		size_t n = char_length(text);
		unsigned key = n > 0 ? wedge_text_key(host, span_cut(text, 0, n)) : 0;
		char c = key > 0 ? wedge_code_char(scanner, key) : 0;
		if (c == 0 || (out->n < sizeof(magic) && c != magic[out->n]))
			return false;
		out->text[out->n++] = c;
		text = span_cut(text, n, text.n - n);
	}
	out->kind = SCAN_CODE;
	return out->n >= sizeof(magic);
}

static bool undo_any_pair(struct span text, struct scan *out)
{
	for (unsigned host = 0; host < LAYOUTS; host++)
		for (unsigned scanner = 0; scanner < WEDGE_FAMILIES; scanner++)
			if (undo_pair(text, host, scanner, out))
				return true;
	return false;
}

static bool is_blank(uint8_t c)
{
	return c <= ' ' || c == 0x7f;
}

static struct span trim(struct span s)
{
	while (s.n > 0 && is_blank(s.p[0]))
		s = span_cut(s, 1, s.n - 1);
	while (s.n > 0 && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

/* Where the text after an AIM identifier begins. Its "]" may be another character by now, so the
 * first three characters are skipped whatever they are; the magic then decides. */
static struct span after_aim(struct span text)
{
	for (int i = 0; i < AIM; i++) {
		size_t n = char_length(text);
		if (n == 0)
			return (struct span){0};
		text = span_cut(text, n, text.n - n);
	}
	return text;
}

static void keep_printable(struct span text, struct scan *out)
{
	memset(out, 0, sizeof(*out));
	out->kind = SCAN_FOREIGN;
	while (text.n > 0) {
		size_t n = char_length(text);
		memcpy(out->text + out->n, text.p, n);
		out->n += n;
		n += n == 0;
		text = span_cut(text, n, text.n - n);
	}
}

enum err wedge_undo_text(struct span text, struct scan *out)
{
	/* A character of a code is at most three bytes under another layout. */
	enum { WIDEST = 3 };

	memset(out, 0, sizeof(*out));
	text = trim(text);
	if (text.n <= WIDEST * WEDGE_TEXT && text.n > 0 && wedge_characters(text) <= WEDGE_TEXT &&
		(undo_any_pair(text, out) || undo_any_pair(after_aim(text), out)))
		return OK;
	if (text.n > WEDGE_TEXT) {
		memset(out, 0, sizeof(*out));
		out->kind = SCAN_LONG;
		return ERR_FULL;
	}
	keep_printable(text, out);
	return ERR_ABSENT;
}
