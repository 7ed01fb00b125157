/* Bytes that grow: for builders, which unlike boards may allocate. One failure sticks, so a whole
 * section is written first and judged once. */
#ifndef FIRMWARE_GROW_H
#define FIRMWARE_GROW_H

#include "base.h"

struct grow {
	uint8_t *p;
	size_t n, cap;
	bool failed; /* memory ran out; p keeps what fitted */
};

/* Room for n more bytes, zeroed and counted in; NULL once failed. Valid until the next call. */
uint8_t *grow_room(struct grow *g, size_t n);
void grow_bytes(struct grow *g, const void *p, size_t n);
void grow_u32(struct grow *g, uint32_t v);
/* Zeros up to the next multiple of unit. */
void grow_align(struct grow *g, size_t unit);
void grow_free(struct grow *g);

/* An array of things of size bytes: one more, zeroed, or NULL once failed. */
#define GROW_ONE(g, type)   ((type *)(void *)grow_room((g), sizeof(type)))
#define GROW_COUNT(g, type) ((g)->n / sizeof(type))
#define GROW_ARRAY(g, type) ((type *)(void *)(g)->p)

#endif
