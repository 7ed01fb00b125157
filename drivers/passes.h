/* The passes of the chain: what is made of a picture before a library looks at it.
 *
 * A pass looks at the whole picture, or at a part of it brought to a fixed size: modules of a far
 * code and of a near one are then of nearly one size, and a pass costs the same at any resolution. */
#ifndef DRIVERS_PASSES_H
#define DRIVERS_PASSES_H

#include "luma_ops.h"

enum {
	PASSES_PIXELS = 1280 * 720, /* the most that a pass makes of a picture */
	PASSES_STEPS = 2,
};

enum pass_what {
	PASS_WHOLE,   /* the whole picture, made to fit into PASSES_PIXELS */
	PASS_HALF,    /* that, half as wide and high */
	PASS_QUARTER, /* a quarter as wide and high */
	PASS_NATIVE,  /* the whole picture as it came, where that is more than PASSES_PIXELS */
	PASS_PART,    /* a part, its longer side as said */
	PASS_WIDE,    /* that, then twice as wide: a symbol seen from the side */
	PASS_TALL,    /* that, then twice as high: a symbol seen from above or below */
};

enum step_what {
	STEP_NONE,
	STEP_INVERT,
	STEP_BLUR,
	STEP_MEDIAN,
	STEP_UNSHARP,   /* radius in pixels, gain in sixteenths */
	STEP_THRESHOLD, /* radius in pixels, bias in grey levels */
	STEP_EQUALISE,  /* limit */
	STEP_GAMMA,     /* tenths */
	STEP_STRETCH,   /* permille */
};

struct step {
	enum step_what what;
	uint8_t a, b;
};

struct pass {
	const char *zxing, *zbar; /* the path of what they read; NULL: it is not asked */
	bool own;                 /* rectify.h is asked instead of them */
	enum pass_what what;
	uint32_t side; /* of a part, pixels; at most 960, and 640 of a wide or tall one */
	struct step step[PASSES_STEPS];
};

/* The likeliest first, and of equally likely ones the cheapest. The first PASSES_FIRST look at the
 * whole picture and cost little; passes[0] is the raw picture, by libzxing. */
extern const struct pass passes[];
extern const size_t passes_count;
enum { PASSES_FIRST = 8, PASSES_MAX = 40 };

/* Does pass look at a part? */
bool passes_part(const struct pass *pass);

/* Rooms of PASSES_PIXELS bytes for pictures on their way. */
struct passes_rooms {
	uint8_t *at[3];
};

/* A picture that a pass made, and where its pixels lie in the picture it was made of. */
struct passed {
	struct luma luma;      /* in one of the rooms, or in the picture itself */
	double x, y;           /* of its first pixel */
	double step_x, step_y; /* pixels from one of its pixels to the next */
};

/* Make what pass wants of picture; box is its part. fitted is the whole picture made to fit.
 * returns: false, if there is nothing to do: no native size of its own */
bool passes_make(const struct pass *pass, const struct luma *picture, const struct luma *fitted,
	struct luma_box box, struct passes_rooms *rooms, struct passed *out);

#endif
