/* Photographs of codes that other projects test themselves with, for benches only.
 *
 * They are not ours to keep. Below one folder are looked for, under any name, checkouts of
 *   github.com/zxing-cpp/zxing-cpp   test/samples/
 *   github.com/zxing/zxing           core/src/test/resources/blackbox/
 *   github.com/cozmo/jsQR            tests/end-to-end/
 *   github.com/paulmillr/qr-code-vectors   boofcv-v3/detection/, the benchmark of BoofCV
 * F.webp is looked for as F.webp.png, which dwebp makes. */
#ifndef TESTS_HELP_CORPUS_H
#define TESTS_HELP_CORPUS_H

#include "luma.h"

enum { CORPUS_WIDTH = 1280, CORPUS_HEIGHT = 720 };

/* Where somebody marked a code, and what it says. */
struct mark {
	double corner[4][2]; /* pixels of the file; of the picture, once that is loaded */
	char *text;          /* as below */
	size_t n;
};

struct specimen {
	char *path;
	char *text; /* what its code says, UTF-8; NULL: nobody wrote it down */
	size_t n;
	bool empty;        /* no QR code is in it */
	struct mark *mark; /* of BoofCV's; those beside a mark are not judged */
	size_t marks;
};

struct corpus {
	struct specimen *at;
	size_t n;
	size_t unconverted; /* webp files that nobody has converted */
};

enum corpus_name { CORPUS_ZXING_CPP, CORPUS_ZXING_JAVA, CORPUS_JSQR, CORPUS_BOOFCV, CORPUS_NAMES };
const char *corpus_text(enum corpus_name name);

/* The pictures of a corpus below dir, in the order of their names: of codes, or (empty) of no code:
 * false positives and other kinds of code. The corpus is empty where it is not below dir. */
struct corpus corpus_read(const char *dir, enum corpus_name name, bool empty);
void corpus_done(struct corpus *c);

/* The picture fitted into CORPUS_WIDTH x CORPUS_HEIGHT, never made larger.
 * returns: false, if it is no picture we can read; else free out->at. */
bool corpus_load(struct specimen *s, struct luma *out);

/* Is that what the code says? Line ends do not count: people wrote the texts down with editors. */
bool corpus_right(const struct specimen *s, const char *text);

/* The mark that a pixel of the loaded picture lies within; NULL: none. */
struct mark *corpus_mark(const struct specimen *s, double x, double y);

#endif
