/* The standard templates, in the program itself: a board needs no file to print a badge. */
#include "badge.h"

#define EMBED(name, path)                                                                          \
	__asm__(".section .rodata\n.globl " #name "_start, " #name "_end\n" #name                  \
		"_start:\n.incbin \"" path "\"\n" #name "_end:\n"                                  \
		".byte 0\n.previous\n");                                                           \
	extern const uint8_t name##_start[] __attribute__((visibility("hidden")));                 \
	extern const uint8_t name##_end[] __attribute__((visibility("hidden")))

EMBED(badge_label, "drivers/badges/standard.62x100.svg");
EMBED(badge_strip, "drivers/badges/standard.80.svg");

struct span badge_standard(const struct badge_paper *paper)
{
	if (paper->label)
		return (struct span){
			badge_label_start, (size_t)(badge_label_end - badge_label_start)};
	return (struct span){badge_strip_start, (size_t)(badge_strip_end - badge_strip_start)};
}
