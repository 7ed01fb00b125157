/* What the generator's parts share: chance, a scene, the canvas. */
#ifndef TESTS_HELP_STRESS_INSIDE_H
#define TESTS_HELP_STRESS_INSIDE_H

#include "stress.h"
#include "symbol.h"

enum { STRESS_PIXELS = STRESS_WIDTH * STRESS_HEIGHT };

/* Chance that is the same on every machine: splitmix64. */
struct chance {
	uint64_t state;
};
struct chance chance_of(uint64_t a, uint64_t b, uint64_t c);
uint32_t chance_below(struct chance *c, uint32_t n);
double chance_between(struct chance *c, double low, double high);
double chance_normal(struct chance *c);

/* How a frame is taken. Only doubles, so that an axis can name the one it changes. */
struct scene {
	double size;                 /* pixels a side, if the symbol had 29 modules */
	double rotation, tilt, lean; /* degrees: in the picture, out of it, about which axis */
	double arc;                  /* degrees of a cylinder that the code is wrapped round */
	double x, y;                 /* where its middle is, pixels */
	double quiet;                /* modules of light round it */
	double page;                 /* modules of page round that */
	double page_dark;            /* grey levels are exchanged where 1 */
	double inverted;             /* likewise for the code itself */
	double white, black;         /* grey levels of the code before light */
	double damage;               /* % of the code's area under blots and scratches */
	double blur, motion;         /* modules: sigma, length of the smear */
	double motion_way;           /* degrees */
	double glare;                /* % of the code's area under a reflection */
	double shadow;               /* how much light is left in it; 1: no shadow */
	double bloom;                /* how far overexposed; 0: not */
	double moire;                /* grey levels */
	double noise;                /* sigma, grey levels */
	double jpeg;                 /* quality; 0: not compressed */
};

/* The code's pose in the picture: modules <-> pixels. */
struct pose {
	double turn[3][3]; /* object to camera */
	double at[3];      /* the code's middle, in modules, before the camera */
	double radius;     /* of the cylinder; 0: flat */
	double focal;      /* pixels */
};
struct pose pose_of(const struct scene *s, unsigned side);
/* The picture's place of a point (modules from the code's middle). */
void pose_project(const struct pose *p, double u, double v, double *x, double *y);
/* returns: false, if the ray through the pixel misses. */
bool pose_meet(const struct pose *p, double x, double y, double *u, double *v);

/* Room things behind the code, the code on its page, then what optics and electronics do to both. */
void stress_background(float *canvas, struct chance *c);
void stress_code(
	float *canvas, const struct scene *s, const struct symbol *symbol, struct chance *c);
void stress_light(float *canvas, const struct scene *s, unsigned side, struct chance *c);
void stress_sensor(uint8_t *grey, const float *canvas, const struct scene *s, struct chance *c);

#endif
