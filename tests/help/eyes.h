/* Decoders side by side, for benches: each looks at the same picture and is judged alike. */
#ifndef TESTS_HELP_EYES_H
#define TESTS_HELP_EYES_H

#include "luma.h"
#include "reading.h"

enum eye {
	EYE_ZBAR,
	EYE_ZBAR_INVERTED, /* and once more at the picture's negative */
	EYE_ZXING,
	EYE_UNION, /* of the three above */
	EYE_FRAME, /* our chain, the first frame of a live view */
	EYE_LIVE,  /* our chain, up to EYES_FRAMES frames of the same view */
	EYE_OURS,  /* our chain, no budget */
	EYES
};
enum { EYES_FRAMES = 15 };
const char *eye_text(enum eye e);

/* What the eyes made of one picture. */
struct look {
	bool read[EYES];
	unsigned false_reads[EYES];
	double ms[EYES]; /* CPU; of EYE_LIVE its longest frame */
	char note[240];  /* for a reader of the table; "" is none */
};

/* Is text right, that was read where its symbol's middle is? Asked once of each text that an eye read. */
enum verdict { VERDICT_FALSE, VERDICT_RIGHT, VERDICT_NONE /* nobody can say */ };
typedef enum verdict eye_judge(void *to, const char *text, struct corner middle);

struct eyes;
struct eyes *eyes_open(void);
void eyes_close(struct eyes *e);
/* Let every eye look at l. What judge calls false is a false read, unless both libraries read it. */
void eyes_look(struct eyes *e, const struct luma *l, eye_judge *judge, void *to, struct look *out);

/* The looks at a set of pictures. */
struct scores {
	unsigned n;
	struct look *at;
};
void scores_add(struct scores *to, const struct look *more);
void scores_done(struct scores *s);
unsigned scores_false(const struct scores *s, enum eye which);
double scores_read(const struct scores *s, enum eye which); /* % */
/* A line an eye: what of the pictures it read, %, false reads, median and 95th percentile of ms. */
void scores_print(const char *title, const struct scores *s);
/* One line: how many pictures, what the union and ours read, our false reads, our median and p95. */
void scores_print_short(const char *title, const struct scores *s);

#endif
