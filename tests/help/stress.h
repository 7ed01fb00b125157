/* Camera frames of a code, spoilt on purpose: one axis a fault, its levels from mild to hard.
 *
 * Every byte of a frame follows from (axis, level, n) alone: the same call draws the same frame, and
 * no two n share code, background or pose. The codes are drivers/symbol.h's: four in five are tokens
 * (`ZQM1` and 32 characters, version 3-Q), the fifth is a longer text at as many pixels a module.
 * Scratch memory is static: one thread at a time. */
#ifndef TESTS_HELP_STRESS_H
#define TESTS_HELP_STRESS_H

#include "base.h"

enum { STRESS_WIDTH = 1280, STRESS_HEIGHT = 720, STRESS_LEVELS = 5, STRESS_TEXT = 160 };

/* Axes and severities of facts/qr.md section 6: lengths in modules, angles in degrees, light in grey
 * levels, areas in percent of the code. */
struct stress_axis {
	const char *name;
	unsigned levels; /* at most STRESS_LEVELS */
	unsigned frames; /* how many of a level count: 20, and 40 of the two that hold everything */
	double severity[STRESS_LEVELS];
};
extern const struct stress_axis stress_axes[];
extern const unsigned stress_axis_count;

/* Row of the axis of that name; stress_axis_count if none. */
unsigned stress_axis_named(const char *name);

/* Draw frame n of a level into grey, STRESS_WIDTH x STRESS_HEIGHT bytes, and what its code says
 * into text. */
void stress_frame(
	uint8_t *grey, unsigned axis, unsigned level, uint32_t n, char text[static STRESS_TEXT]);

/* A frame of what a camera sees when nobody holds a code up: n as above. */
void stress_empty(uint8_t *grey, uint32_t n);

/* Frame at of the film in which guest n holds a code up at 30 frames a second: it comes in from a
 * side, smeared by its speed, slows down and is held by a hand that trembles.
 * returns: true once the whole code with its quiet zone is in the picture. */
bool stress_film(uint8_t *grey, uint32_t n, unsigned at, char text[static STRESS_TEXT]);

#endif
