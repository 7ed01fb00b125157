/* What the keys do. */
#include "keyboard.h"

#include <string.h>

#include "accents.h"
#include "keyboard_inside.h"

static const char *const letters[KEY_LAYOUTS][3] = {
	[LAYOUT_QWERTY] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"},
	[LAYOUT_QWERTZ] = {"qwertzuiopü", "asdfghjklöä", "yxcvbnmß"},
	[LAYOUT_AZERTY] = {"azertyuiop", "qsdfghjklm", "wxcvbné"},
};
/* The first row is in place of what the last letter can become, where it can become nothing. */
static const char *const accents[3] = {"áíóúñčřžłø", "éèêëàâäåæç", "öôüûïßœ"};
static const char *const signs[3] = {"1234567890", ".,&()/@+%€", ":;!?’–\"#"};

void keyboard_start(struct keyboard *k, enum language language, bool names)
{
	static const enum key_layout used[LANGUAGES] = {
		[LANGUAGE_DE] = LAYOUT_QWERTZ,
		[LANGUAGE_EN] = LAYOUT_QWERTY,
		[LANGUAGE_FR] = LAYOUT_AZERTY,
		[LANGUAGE_NL] = LAYOUT_QWERTY,
	};
	memset(k, 0, sizeof(*k));
	k->layout = used[language < LANGUAGES ? language : LANGUAGE_EN];
	k->names = names;
}

static bool word_begins(const struct field *f)
{
	static const char *const before[] = {" ", "-", "'", "’", "("};
	struct span last = field_last(f);
	for (size_t i = 0; i < COUNT(before); i++)
		if (span_equal(last, span_of(before[i])))
			return true;
	return last.n == 0;
}

/* What the next letter will be. */
static void look_ahead(struct keyboard *k, const struct field *f)
{
	if (k->shift == SHIFT_LOCK || (k->shift == SHIFT_ONCE && !k->by_itself))
		return;
	k->by_itself = k->names && word_begins(f);
	k->shift = k->by_itself ? SHIFT_ONCE : SHIFT_OFF;
}

void keyboard_turn(struct keyboard *k, const struct field *f)
{
	k->sheet = SHEET_LETTERS;
	if (k->shift == SHIFT_ONCE)
		k->shift = SHIFT_OFF;
	look_ahead(k, f);
}

/* Letters of text as keys of a row, a column each. */
static void add_letters(struct key_row *r, enum key_deed deed, struct span text)
{
	while (text.n > 0 && r->n < KEYS_IN_ROW) {
		size_t n = span_character(text);
		r->keys[r->n++] = (struct key_cap){deed, 2, {text.p, n}};
		text = span_cut(text, n, text.n - n);
	}
}

static void add(struct key_row *r, enum key_deed deed, uint8_t halves)
{
	r->keys[r->n++] = (struct key_cap){deed, halves, {0}};
}

static void bottom_row(struct key_row *r, uint8_t halves)
{
	add(r, DEED_SIGNS, 2);
	add(r, DEED_ACCENTS, 2);
	add(r, DEED_LAYOUT, 3);
	add_letters(r, DEED_WRITE, span_of("'"));
	add(r, DEED_SPACE, (uint8_t)(halves - 16));
	add_letters(r, DEED_WRITE, span_of("-"));
	add(r, DEED_CLEAR, 2);
	add(r, DEED_DONE, 3);
}

void keyboard_row(
	const struct keyboard *k, const struct field *f, unsigned index, struct key_row *out)
{
	memset(out, 0, sizeof(*out));
	bool wide = k->sheet == SHEET_LETTERS && k->layout == LAYOUT_QWERTZ;
	out->halves = wide ? 22 : 20;
	if (index > 2) {
		bottom_row(out, out->halves);
		return;
	}
	struct span become = accents_of(field_last(f));
	if (k->sheet == SHEET_ACCENTS && index == 0 && become.n > 0) {
		add_letters(out, DEED_SWAP, become);
		return;
	}
	bool last = index == 2;
	if (last && k->sheet != SHEET_SIGNS)
		add(out, DEED_SHIFT, 3);
	const char *const *rows = k->sheet == SHEET_SIGNS     ? signs
				  : k->sheet == SHEET_ACCENTS ? accents
							      : letters[k->layout];
	add_letters(out, DEED_WRITE, span_of(rows[index]));
	if (last)
		add(out, DEED_ERASE, k->sheet == SHEET_SIGNS ? 4 : 3);
}

struct span keyboard_writes(const struct keyboard *k, const struct field *f,
	const struct key_cap *cap, uint8_t room[static 4])
{
	bool capital = cap->deed == DEED_SWAP ? accents_is_capital(field_last(f))
					      : cap->deed == DEED_WRITE && k->shift != SHIFT_OFF;
	if (!capital)
		return cap->letter;
	return (struct span){room, accents_capital(cap->letter, room)};
}

struct span keyboard_name(const struct key_cap *cap, char out[static APP_NAME])
{
	static const char *const names[] = {
		[DEED_WRITE] = "key-",
		[DEED_SWAP] = "swap-",
		[DEED_SHIFT] = "key-shift",
		[DEED_ERASE] = "key-erase",
		[DEED_SIGNS] = "key-signs",
		[DEED_ACCENTS] = "key-accents",
		[DEED_LAYOUT] = "key-layout",
		[DEED_SPACE] = "key-space",
		[DEED_CLEAR] = "key-clear",
		[DEED_DONE] = "key-done",
	};
	struct sink k = sink_on((uint8_t *)out, APP_NAME - 1);
	sink_bytes(&k, names[cap->deed], strlen(names[cap->deed]));
	if (cap->letter.n > 0)
		sink_bytes(&k, cap->letter.p, cap->letter.n);
	out[k.n] = 0;
	return (struct span){(const uint8_t *)out, k.n};
}

static enum keyboard_did write(struct keyboard *k, struct field *f, struct span text)
{
	if (field_insert(f, text) != OK)
		return KEYBOARD_FULL;
	if (k->shift == SHIFT_ONCE)
		k->shift = SHIFT_OFF;
	if (k->sheet == SHEET_ACCENTS || span_equal(text, span_of(" ")))
		k->sheet = SHEET_LETTERS;
	look_ahead(k, f);
	return KEYBOARD_TYPED;
}

/* The last letter makes room for another, or all stays as it was. */
static enum keyboard_did swap(struct keyboard *k, struct field *f, struct span text)
{
	struct field before = *f;
	enum keyboard_did did = KEYBOARD_FULL;
	if (field_erase(f) && field_insert(f, text) == OK) {
		k->sheet = SHEET_LETTERS;
		look_ahead(k, f);
		did = KEYBOARD_TYPED;
	} else {
		*f = before;
	}
	seal_wipe(&before, sizeof(before));
	return did;
}

static void shift(struct keyboard *k)
{
	bool off = k->by_itself || k->shift == SHIFT_LOCK;
	if (k->shift == SHIFT_OFF)
		k->shift = SHIFT_ONCE;
	else
		k->shift = off ? SHIFT_OFF : SHIFT_LOCK;
	k->by_itself = false;
}

static void turn_sheet(struct keyboard *k, enum key_sheet to)
{
	k->sheet = k->sheet == to ? SHEET_LETTERS : to;
}

static enum keyboard_did press(struct keyboard *k, struct field *f, const struct key_cap *cap)
{
	uint8_t room[4];
	struct span text = keyboard_writes(k, f, cap, room);
	switch (cap->deed) {
	case DEED_WRITE:
		return write(k, f, text);
	case DEED_SWAP:
		return swap(k, f, text);
	case DEED_SPACE:
		return write(k, f, span_of(" "));
	case DEED_ERASE:
		if (!field_erase(f))
			return KEYBOARD_MOVED;
		look_ahead(k, f);
		return KEYBOARD_TYPED;
	case DEED_CLEAR:
		field_wipe(f);
		keyboard_turn(k, f);
		return KEYBOARD_TYPED;
	case DEED_SHIFT:
		shift(k);
		return KEYBOARD_MOVED;
	case DEED_SIGNS:
		turn_sheet(k, SHEET_SIGNS);
		return KEYBOARD_MOVED;
	case DEED_ACCENTS:
		turn_sheet(k, SHEET_ACCENTS);
		return KEYBOARD_MOVED;
	case DEED_LAYOUT:
		k->layout = (enum key_layout)((k->layout + 1) % KEY_LAYOUTS);
		k->sheet = SHEET_LETTERS;
		return KEYBOARD_MOVED;
	case DEED_DONE:
		k->folded = true;
		return KEYBOARD_DONE;
	}
	return KEYBOARD_NOTHING;
}

enum keyboard_did keyboard_tap(struct keyboard *k, struct field *f, const char *name)
{
	char at[APP_NAME];
	struct key_row r;
	for (unsigned i = 0; !k->folded && i < KEY_ROWS; i++) {
		keyboard_row(k, f, i, &r);
		for (size_t n = 0; n < r.n; n++)
			if (span_equal(keyboard_name(&r.keys[n], at), span_of(name)))
				return press(k, f, &r.keys[n]);
	}
	return KEYBOARD_NOTHING;
}

enum keyboard_did keyboard_typed(struct keyboard *k, struct field *f, struct span text)
{
	static const uint8_t back = '\b';
	enum keyboard_did did = KEYBOARD_TYPED;
	k->folded = true;
	if (span_equal(text, (struct span){&back, 1}))
		did = field_erase(f) ? KEYBOARD_TYPED : KEYBOARD_MOVED;
	else if (field_insert(f, text) != OK)
		return KEYBOARD_FULL;
	keyboard_turn(k, f);
	return did;
}
