/* An appointment as a row of a list: the times at the left, a mark, then what and where. Pure. */
#ifndef KIOSK_ROWS_H
#define KIOSK_ROWS_H

#include "ui.h"

/* Sizes of a row's text, and the width of its column of times. */
struct row_size {
	int32_t title, text, time_w;
};
/* percent of the usual ones. */
struct row_size rows_size(const struct ui *u, int32_t percent);

/* What a row says; note and where are filled in place, and may be empty. */
struct row_words {
	int64_t start, end; /* seconds since 1970, UTC */
	int32_t offset;     /* minutes east of UTC */
	bool conflict;
	struct span title;
	struct line note, where;
};

/* Height that w is estimated to need in a row so wide. */
int32_t rows_height(
	const struct ui *u, const struct row_words *w, const struct row_size *s, int32_t width);
void rows_draw(struct ui *u, struct rect at, const struct row_words *w, const struct row_size *s);
/* The least space between two rows. */
int32_t rows_gap(const struct ui *u);
/* The heading of a day, with the space below it. */
int32_t rows_day_height(const struct ui *u);
void rows_day(struct ui *u, struct rect at, int64_t start, int32_t offset);

#endif
