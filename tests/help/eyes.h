/* Decoders side by side, for benches: each looks at the same picture and is judged alike. */
#ifndef TESTS_HELP_EYES_H
#define TESTS_HELP_EYES_H

#include "luma.h"

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

/* What each eye did on a set of pictures. */
struct score {
	unsigned pictures, read, false_reads;
	double *ms; /* CPU, a picture each; of EYE_LIVE its longest frame */
};
struct scores {
	struct score of[EYES];
};

/* Is text right? Asked once of each text that an eye read. */
typedef bool eye_judge(void *to, const char *text);

struct eyes;
struct eyes *eyes_open(void);
void eyes_close(struct eyes *e);
/* Let every eye look at l. What judge calls wrong is a false read, unless both libraries read it. */
void eyes_look(struct eyes *e, const struct luma *l, eye_judge *judge, void *to, struct scores *s);
/* The CPU time of the last look, in ms. */
double eyes_ms(const struct eyes *e, enum eye which);
bool eyes_read(const struct eyes *e, enum eye which);

void scores_add(struct scores *to, const struct scores *more);
void scores_done(struct scores *s);
/* A line an eye: what of the pictures it read, %, false reads, median and 95th percentile of ms. */
void scores_print(const char *title, const struct scores *s);

#endif
