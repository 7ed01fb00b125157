/* Grey pictures. */
#include "luma.h"

bool luma_sound(const struct luma *l)
{
	return l->at != NULL && l->width > 0 && l->height > 0 && l->width <= LUMA_SIDE &&
	       l->height <= LUMA_SIDE && l->stride >= l->width;
}
