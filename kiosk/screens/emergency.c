/* What everybody must read now: it takes the whole screen. */
#include "app_venue.h"

static void view(struct ui *u)
{
	const struct alarm *a = &u->m->alarm;
	struct rect all = {0, 0, u->look->width, u->look->height};
	struct block b[LANGUAGES];
	struct emergency e;

	u->l = layout_make(u->look, false, 0, false);
	draw_fill(u->d, all, INK_BAD, 0);
	if (emergency_read(&e, (struct span){a->said, a->n}))
		e = (struct emergency){.everybody = {a->said, a->n}};
	for (int i = 0; i < LANGUAGES; i++)
		b[i] = (struct block){
			e.in[i], u->l.display * 2, true, INK_ON_BAD, i > 0 ? u->l.gap * 2 : 0};
	if (e.everybody.n > 0)
		b[0].text = e.everybody;
	ui_stack(u, inset(all, u->l.margin * 2), b, COUNT(b), ALIGN_CENTRE, ALIGN_CENTRE);
}

const struct screen screen_emergency = {"emergency", venue_on, view, venue_tell, 0, false};
