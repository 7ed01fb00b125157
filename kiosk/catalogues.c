/* The compiled catalogues, as parts of the program. */
#include "words.h"

#define EMBED(name, file)                                                                          \
	__asm__(".section .rodata\n.balign 4\n" #name ":\n.incbin \"" file "\"\n" #name            \
		"_end:\n.byte 0\n.previous\n");                                                    \
	extern const uint8_t name[] __attribute__((visibility("hidden")));                         \
	extern const uint8_t name##_end[] __attribute__((visibility("hidden")))

EMBED(words_de, "build/mo/de.mo");
EMBED(words_en, "build/mo/en.mo");
EMBED(words_fr, "build/mo/fr.mo");
EMBED(words_nl, "build/mo/nl.mo");

struct span words_catalogue(enum language language)
{
	switch (language) {
	case LANGUAGE_DE:
		return (struct span){words_de, (size_t)(words_de_end - words_de)};
	case LANGUAGE_FR:
		return (struct span){words_fr, (size_t)(words_fr_end - words_fr)};
	case LANGUAGE_NL:
		return (struct span){words_nl, (size_t)(words_nl_end - words_nl)};
	case LANGUAGE_EN:
	case LANGUAGES:
		break;
	}
	return (struct span){words_en, (size_t)(words_en_end - words_en)};
}
