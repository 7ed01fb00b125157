/* Keyboard layouts as tables: which character lies where. */
#include "wedge_layouts.h"

#include <linux/input-event-codes.h>
#include <string.h>

/* The keys with characters, in rows from the top, and each layout's characters in that order. */
static const uint8_t keys[] = {
	KEY_GRAVE,
	KEY_1,
	KEY_2,
	KEY_3,
	KEY_4,
	KEY_5,
	KEY_6,
	KEY_7,
	KEY_8,
	KEY_9,
	KEY_0,
	KEY_MINUS,
	KEY_EQUAL,
	KEY_Q,
	KEY_W,
	KEY_E,
	KEY_R,
	KEY_T,
	KEY_Y,
	KEY_U,
	KEY_I,
	KEY_O,
	KEY_P,
	KEY_LEFTBRACE,
	KEY_RIGHTBRACE,
	KEY_A,
	KEY_S,
	KEY_D,
	KEY_F,
	KEY_G,
	KEY_H,
	KEY_J,
	KEY_K,
	KEY_L,
	KEY_SEMICOLON,
	KEY_APOSTROPHE,
	KEY_BACKSLASH,
	KEY_102ND,
	KEY_Z,
	KEY_X,
	KEY_C,
	KEY_V,
	KEY_B,
	KEY_N,
	KEY_M,
	KEY_COMMA,
	KEY_DOT,
	KEY_SLASH,
	KEY_SPACE,
};

struct level {
	const char *at[COUNT(keys)];
};

/* clang-format off */
static const struct level layouts[LAYOUTS][2] = {
	[LAYOUT_US] = {
		{{"`","1","2","3","4","5","6","7","8","9","0","-","=",
		  "q","w","e","r","t","y","u","i","o","p","[","]",
		  "a","s","d","f","g","h","j","k","l",";","'","\\",
		  "","z","x","c","v","b","n","m",",",".","/"," "}},
		{{"~","!","@","#","$","%","^","&","*","(",")","_","+",
		  "Q","W","E","R","T","Y","U","I","O","P","{","}",
		  "A","S","D","F","G","H","J","K","L",":","\"","|",
		  "","Z","X","C","V","B","N","M","<",">","?"," "}}},
	[LAYOUT_UK] = {
		{{"`","1","2","3","4","5","6","7","8","9","0","-","=",
		  "q","w","e","r","t","y","u","i","o","p","[","]",
		  "a","s","d","f","g","h","j","k","l",";","'","#",
		  "\\","z","x","c","v","b","n","m",",",".","/"," "}},
		{{"¬","!","\"","£","$","%","^","&","*","(",")","_","+",
		  "Q","W","E","R","T","Y","U","I","O","P","{","}",
		  "A","S","D","F","G","H","J","K","L",":","@","~",
		  "|","Z","X","C","V","B","N","M","<",">","?"," "}}},
	[LAYOUT_DE] = {
		{{"","1","2","3","4","5","6","7","8","9","0","ß","",
		  "q","w","e","r","t","z","u","i","o","p","ü","+",
		  "a","s","d","f","g","h","j","k","l","ö","ä","#",
		  "<","y","x","c","v","b","n","m",",",".","-"," "}},
		{{"°","!","\"","§","$","%","&","/","(",")","=","?","",
		  "Q","W","E","R","T","Z","U","I","O","P","Ü","*",
		  "A","S","D","F","G","H","J","K","L","Ö","Ä","'",
		  ">","Y","X","C","V","B","N","M",";",":","_"," "}}},
	[LAYOUT_FR] = {
		{{"²","&","é","\"","'","(","-","è","_","ç","à",")","=",
		  "a","z","e","r","t","y","u","i","o","p","","$",
		  "q","s","d","f","g","h","j","k","l","m","ù","*",
		  "<","w","x","c","v","b","n",",",";",":","!"," "}},
		{{"","1","2","3","4","5","6","7","8","9","0","°","+",
		  "A","Z","E","R","T","Y","U","I","O","P","","£",
		  "Q","S","D","F","G","H","J","K","L","M","%","µ",
		  ">","W","X","C","V","B","N","?",".","/","§"," "}}},
	[LAYOUT_BE] = {
		{{"²","&","é","\"","'","(","§","è","!","ç","à",")","-",
		  "a","z","e","r","t","y","u","i","o","p","","$",
		  "q","s","d","f","g","h","j","k","l","m","ù","µ",
		  "<","w","x","c","v","b","n",",",";",":","="," "}},
		{{"³","1","2","3","4","5","6","7","8","9","0","°","_",
		  "A","Z","E","R","T","Y","U","I","O","P","","*",
		  "Q","S","D","F","G","H","J","K","L","M","%","£",
		  ">","W","X","C","V","B","N","?",".","/","+"," "}}},
};
/* clang-format on */

static const uint8_t keypad[10] = {
	KEY_KP0, KEY_KP1, KEY_KP2, KEY_KP3, KEY_KP4, KEY_KP5, KEY_KP6, KEY_KP7, KEY_KP8, KEY_KP9};

int wedge_keypad_digit(unsigned key)
{
	const uint8_t *at = key < 256 ? memchr(keypad, (int)key, sizeof(keypad)) : NULL;
	return at ? (int)(at - keypad) : -1;
}

static int key_index(unsigned key)
{
	const uint8_t *at = key < 256 ? memchr(keys, (int)key, sizeof(keys)) : NULL;
	return at ? (int)(at - keys) : -1;
}

const char *wedge_key_text(enum wedge_layout layout, unsigned key, bool shift)
{
	static const char digits[10][2] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
	int i = key_index(key), digit = wedge_keypad_digit(key);

	if (digit >= 0)
		return digits[digit];
	return i >= 0 ? layouts[layout][shift].at[i] : "";
}

unsigned wedge_text_key(enum wedge_layout layout, struct span character)
{
	for (size_t i = 0; i < COUNT(keys); i++)
		for (int shift = 0; shift < 2; shift++)
			if (span_equal(span_of(layouts[layout][shift].at[i]), character))
				return keys[i];
	return 0;
}

static bool is_code_char(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* In every layout the capital lies on the shifted level; the digit on one of the two. */
char wedge_code_char(enum wedge_family family, unsigned key)
{
	static const enum wedge_layout model[WEDGE_FAMILIES] = {
		[WEDGE_QWERTY] = LAYOUT_US, [WEDGE_QWERTZ] = LAYOUT_DE, [WEDGE_AZERTY] = LAYOUT_FR};

	for (int shift = 0; shift < 2; shift++) {
		const char *text = wedge_key_text(model[family], key, shift == 0);
		if (text[0] != '\0' && text[1] == '\0' && is_code_char(text[0]))
			return text[0];
	}
	return 0;
}

bool wedge_is_letter(unsigned key)
{
	const char *text = wedge_key_text(LAYOUT_US, key, false);
	return text[0] >= 'a' && text[0] <= 'z';
}

bool wedge_is_text(unsigned key)
{
	return key_index(key) >= 0 || wedge_keypad_digit(key) >= 0;
}

size_t wedge_characters(struct span text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		n += (text.p[i] & 0xc0) != 0x80;
	return n;
}
