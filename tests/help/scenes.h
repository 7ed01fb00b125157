/* Every screen in the states it can be in, in four languages, sizes and styles. */
#ifndef TESTS_SCENES_H
#define TESTS_SCENES_H

#include "painter.h"
#include "visitor.h"

struct size {
	const char *name;
	uint16_t width, height;
};
struct style {
	const char *name;
	uint8_t scale;
	bool contrast, reach;
};
struct scene {
	const char *name;
	void (*go)(struct visitor *v, enum language l);
	enum screen_id screen;
};

enum { SCENES = 32, SCENE_SIZES = 4, SCENE_STYLES = 3 };
extern const struct scene scenes[SCENES];
extern const struct size scene_sizes[SCENE_SIZES];
extern const struct style scene_styles[SCENE_STYLES];

/* Bring v to scene s and draw it into d. */
void scene_see(struct visitor *v, struct draw *d, const struct scene *s, enum language l,
	const struct size *z, const struct style *y);
/* Scenes, three looks and four sizes, of which the first are the usual ones. */
struct scene_set {
	const struct scene *scenes;
	size_t n;
	const struct style *styles;
	const struct size *sizes;
};
extern const struct scene_set all_scenes;
/* Each scene in each language, size and style; where names it for a message. */
void scene_each(const struct scene_set *set, struct visitor *v, struct draw *d,
	void (*judge)(const char *where, const struct size *z, const struct style *y));
/* Does the painter find room for c's text? */
bool scene_fits(struct painter *p, const struct draw *d, const struct draw_command *c);

#endif
