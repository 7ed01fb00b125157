/* Photographs of codes: where they are, what they say, and how they get to the size of a frame. */
#include "corpus.h"

#include "picture_in.h"

#include <ctype.h>
#include <dirent.h>
#include <glob.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH = 4096, TEXT_MAX = 8192 };

static const struct {
	const char *text;
	const char *below; /* of the folder with checkouts */
	const char *codes; /* folders with codes */
} corpora[CORPUS_NAMES] = {
	[CORPUS_ZXING_CPP] = {"zxing-cpp", "test/samples", "qrcode-*"},
	[CORPUS_ZXING_JAVA] = {"zxing-java", "core/src/test/resources/blackbox", "qrcode-*"},
	[CORPUS_JSQR] = {"jsQR", "tests/end-to-end", "*"},
	[CORPUS_BOOFCV] = {"BoofCV", "boofcv-v3/detection", "*"},
};

const char *corpus_text(enum corpus_name name)
{
	return corpora[name].text;
}

static char *join(const char *a, const char *b)
{
	char *path = NULL;

	return asprintf(&path, "%s%s", a, b) < 0 ? NULL : path;
}

/* A whole small file and a final NUL; NULL: there is none. */
static char *slurp(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	char *text = NULL;

	*n = 0;
	if (f == NULL)
		return NULL;
	text = calloc(1, TEXT_MAX + 1);
	if (text != NULL)
		*n = fread(text, 1, TEXT_MAX, f);
	fclose(f);
	return text;
}

/* Some were written down in Latin-1. */
static void to_utf8(struct specimen *s)
{
	char *out = NULL;
	size_t n = 0;

	if (s->text == NULL || span_is_utf8((struct span){(const uint8_t *)s->text, s->n}))
		return;
	out = calloc(1, 2 * s->n + 1);
	for (size_t i = 0; out != NULL && i < s->n; i++) {
		uint8_t c = (uint8_t)s->text[i];

		if (c >= 0x80)
			out[n++] = (char)(0xc0 | c >> 6);
		out[n++] = (char)(c < 0x80 ? c : 0x80 | (c & 0x3f));
	}
	free(s->text);
	s->text = out;
	s->n = n;
}

/* jsQR keeps its own answers beside each picture; what it cannot read or spell is null or empty. */
static void read_answer(struct specimen *s, const char *path)
{
	json_t *root = json_load_file(path, JSON_DECODE_ANY, NULL);
	const json_t *data = json_object_get(root, "data");

	if (json_is_string(data) && json_string_length(data) > 0) {
		s->text = strdup(json_string_value(data));
		s->n = strlen(s->text);
	}
	json_decref(root);
}

static bool ends_in(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	return n >= m && strcasecmp(name + n - m, end) == 0;
}

static void keep(struct corpus *c, const struct specimen *s)
{
	struct specimen *more = realloc(c->at, (c->n + 1) * sizeof(*s));

	if (more == NULL)
		abort();
	c->at = more;
	c->at[c->n++] = *s;
}

/* zxing's qrcode-2/13 says photography; the text beside it, photograph. Of what jsQR's 182 says jsQR
 * kept two letters. */
static bool mislabelled(const struct specimen *s)
{
	return ends_in(s->path, "/blackbox/qrcode-2/13.png") ||
	       ends_in(s->path, "/end-to-end/182/input.png");
}

/* Beside a picture of BoofCV's are corners, eight numbers a code, and words that do not matter here. */
static void read_marks(struct specimen *s, const char *path)
{
	size_t n = 0, have = 0;
	char *text = slurp(path, &n), *line = NULL, *rest = text, *end = NULL;
	struct mark m = {0};

	while ((line = strsep(&rest, "\n")) != NULL)
		for (double v = strtod(line, &end); end != line; v = strtod(line = end, &end)) {
			m.corner[have / 2][have % 2] = v;
			if (++have < 8)
				continue;
			have = 0;
			s->mark = realloc(s->mark, (s->marks + 1) * sizeof(m));
			if (s->mark == NULL)
				abort();
			s->mark[s->marks++] = m;
		}
	free(text);
}

/* A picture without a text beside it is a part of another thing. */
static void add(struct corpus *c, const char *folder, const char *name, bool empty)
{
	char base[PATH], other[PATH];
	struct specimen s = {.empty = empty};
	bool answered = ends_in(name, "input.png"), marked = strstr(folder, "/boofcv-") != NULL;

	snprintf(base, sizeof(base), "%s/%s", folder, name);
	s.path = join(base, ends_in(name, ".webp") ? ".png" : "");
	if (!empty && answered) {
		snprintf(other, sizeof(other), "%s/output.json", folder);
		read_answer(&s, other);
	} else if (!empty) {
		*strrchr(base, '.') = '\0';
		snprintf(other, sizeof(other), "%.*s.txt", PATH - 8, base);
		if (marked)
			read_marks(&s, other);
		else
			s.text = slurp(other, &s.n);
		to_utf8(&s);
	}
	if (!empty && !answered && s.text == NULL && s.marks == 0) {
		free(s.path);
		return;
	}
	if (mislabelled(&s)) {
		free(s.text);
		s.text = NULL;
		s.n = 0;
	}
	keep(c, &s);
}

static void add_folder(struct corpus *c, const char *folder, bool empty)
{
	struct dirent **list = NULL;
	int n = scandir(folder, &list, NULL, versionsort);

	for (int i = 0; i < n; i++) {
		const char *name = list[i]->d_name;
		char made[PATH];

		snprintf(made, sizeof(made), "%s/%s.png", folder, name);
		if (ends_in(name, ".webp") && access(made, R_OK) != 0)
			c->unconverted++;
		else if (ends_in(name, ".webp") || ends_in(name, ".jpg") ||
			 (ends_in(name, ".png") && !ends_in(name, ".webp.png")))
			add(c, folder, name, empty);
		free(list[i]);
	}
	free(list);
}

/* Other kinds of code and false positives hold none; "multi" and what says qr may. */
static bool holds_none(const char *folder)
{
	return strstr(folder, "qr") == NULL && strstr(folder, "multi") == NULL;
}

struct corpus corpus_read(const char *dir, enum corpus_name name, bool empty)
{
	struct corpus c = {0};
	char pattern[PATH];
	glob_t found = {0};

	snprintf(pattern, sizeof(pattern), "%s/*/%s/%s", dir, corpora[name].below,
		empty ? "*" : corpora[name].codes);
	if (empty && (name == CORPUS_JSQR || name == CORPUS_BOOFCV))
		return c;
	if (glob(pattern, GLOB_ONLYDIR, NULL, &found) == 0)
		for (size_t i = 0; i < found.gl_pathc; i++) {
			const char *folder = found.gl_pathv[i];

			if (!empty || holds_none(strrchr(folder, '/')))
				add_folder(&c, folder, empty);
		}
	globfree(&found);
	return c;
}

void corpus_done(struct corpus *c)
{
	for (size_t i = 0; i < c->n; i++) {
		for (size_t k = 0; k < c->at[i].marks; k++)
			free(c->at[i].mark[k].text);
		free(c->at[i].mark);
		free(c->at[i].path);
		free(c->at[i].text);
	}
	free(c->at);
	*c = (struct corpus){0};
}

/* A whole file; p is NULL where it cannot be read. */
static struct span read_file(const char *path)
{
	struct span file = {0};
	uint8_t *bytes = malloc(PICTURE_FILE);
	FILE *f = fopen(path, "rb");

	if (f != NULL && bytes != NULL)
		file = (struct span){bytes, fread(bytes, 1, PICTURE_FILE, f)};
	if (f != NULL)
		fclose(f);
	if (file.p == NULL)
		free(bytes);
	return file;
}

/* The mean of the pixels that one of the smaller picture covers, their parts counted as parts. */
static uint8_t mean(const uint8_t *from, uint32_t w, const double x[2], const double y[2])
{
	double sum = 0, area = 0;

	for (uint32_t j = (uint32_t)y[0]; j < y[1]; j++)
		for (uint32_t i = (uint32_t)x[0]; i < x[1]; i++) {
			double dx = (i + 1 < x[1] ? i + 1 : x[1]) - (i > x[0] ? i : x[0]);
			double dy = (j + 1 < y[1] ? j + 1 : y[1]) - (j > y[0] ? j : y[0]);

			sum += from[(size_t)j * w + i] * dx * dy;
			area += dx * dy;
		}
	return (uint8_t)(sum / area + 0.5);
}

bool corpus_load(struct specimen *s, struct luma *out)
{
	struct span file = read_file(s->path);
	struct picture p = {0};
	double scale = 1;
	uint8_t *fitted = NULL;

	*out = (struct luma){0};
	if (file.p != NULL && picture_read(&p, file) == OK) {
		if (p.luma.width > CORPUS_WIDTH)
			scale = (double)p.luma.width / CORPUS_WIDTH;
		if (p.luma.height > CORPUS_HEIGHT * scale)
			scale = (double)p.luma.height / CORPUS_HEIGHT;
		out->stride = out->width = (uint32_t)(p.luma.width / scale + 1e-6);
		out->height = (uint32_t)(p.luma.height / scale + 1e-6);
		out->at = fitted = malloc((size_t)out->width * out->height);
	}
	for (uint32_t y = 0; fitted != NULL && y < out->height; y++)
		for (uint32_t x = 0; x < out->width; x++)
			fitted[(size_t)y * out->width + x] = mean(p.luma.at, p.luma.stride,
				(double[2]){x * scale, (x + 1) * scale - 1e-9},
				(double[2]){y * scale, (y + 1) * scale - 1e-9});
	for (size_t i = 0; i < 8 * s->marks; i++)
		s->mark[i / 8].corner[i % 8 / 2][i % 2] /= scale;
	picture_done(&p);
	free((void *)file.p);
	return fitted != NULL;
}

struct mark *corpus_mark(const struct specimen *s, double x, double y)
{
	for (size_t i = 0; i < s->marks; i++) {
		unsigned left = 0;

		for (unsigned k = 0; k < 4; k++) {
			const double *a = s->mark[i].corner[k], *b = s->mark[i].corner[(k + 1) % 4];

			left += (b[0] - a[0]) * (y - a[1]) < (b[1] - a[1]) * (x - a[0]);
		}
		if (left == 0 || left == 4)
			return &s->mark[i];
	}
	return NULL;
}

bool corpus_right(const struct specimen *s, const char *text)
{
	size_t n = strlen(text);
	size_t a = 0, b = 0;

	while (s->text != NULL) {
		while (a < s->n && isspace((unsigned char)s->text[a]))
			a++;
		while (b < n && isspace((unsigned char)text[b]))
			b++;
		if (a == s->n || b == n)
			return a == s->n && b == n;
		if (s->text[a++] != text[b++])
			return false;
	}
	return false;
}
