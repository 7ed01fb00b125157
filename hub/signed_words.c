/* Signed codes for people to carry. */
#include "signed_words.h"

#include "code_png.h"
#include "commands.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { PATH = 4096, DIGITS = 20 };

static enum err read_number(const char *path, uint64_t *out)
{
	struct file_bytes f;
	uint64_t n = 0;

	*out = 0;
	enum err e = file_read(&f, path, DIGITS);
	if (e)
		return e == ERR_ABSENT ? OK : e == ERR_FULL ? ERR_FORMAT : e;
	size_t digits = f.bytes.n - (f.bytes.n > 0);
	if (digits == 0 || digits >= DIGITS || f.bytes.p[digits] != '\n')
		e = ERR_FORMAT;
	for (size_t i = 0; e == OK && i < digits; i++) {
		if (f.bytes.p[i] < '0' || f.bytes.p[i] > '9')
			e = ERR_FORMAT;
		n = n * 10 + (uint64_t)(f.bytes.p[i] - '0');
	}
	file_free(&f);
	*out = n;
	return e;
}

/* The number of the next code: now in milliseconds since 1970, or one more than the last, which state/number
 * remembers. returns: OK; ERR_FORMAT, if state/number is damaged; as file_read, file_write */
static enum err next_number(const char *dir, uint64_t *out)
{
	char path[PATH], line[DIGITS + 2];
	uint64_t last;

	if (snprintf(path, sizeof(path), "%s/state/number", dir) >= PATH)
		return ERR_FULL;
	enum err e = read_number(path, &last);
	if (e)
		return e;
	uint64_t now = (uint64_t)clock_now().wall_ms;
	*out = now > last ? now : last + 1;
	int n = snprintf(line, sizeof(line), "%" PRIu64 "\n", *out);
	return file_write(path, (struct span){(const uint8_t *)line, (size_t)n}, 0644);
}

int signed_words_make(const struct folder *f, struct signed_code *c, const char *verb,
	char text[static CODE_TEXT])
{
	struct delegation by;

	paper_event(f->keys.root, c->event);
	enum err e = delegation_open(&by, f->keys.delegation, f->keys.root);
	if (e == OK)
		e = next_number(f->dir, &c->number);
	if (e) {
		fprintf(stderr, "foyer %s: %s/state/number: %s\n", verb, f->dir,
			folder_unwritten(e));
		return EXIT_WORLD;
	}
	e = signed_code_write(c, by.epoch, f->keys.hub_seed, text);
	if (e)
		fprintf(stderr, "foyer %s: this is more than one code can say\n", verb);
	return e ? EXIT_NO : EXIT_DONE;
}

int signed_words_show(const char *text, const char *verb, const char *png)
{
	enum err e = png ? code_png(text, png) : OK;

	if (e)
		fprintf(stderr, "foyer %s: %s: %s\n", verb, png, folder_unwritten(e));
	else
		puts(text);
	return e ? EXIT_WORLD : EXIT_DONE;
}

int signed_words_print(
	const struct folder *f, struct signed_code *c, const char *verb, const char *png)
{
	char text[CODE_TEXT];

	int status = signed_words_make(f, c, verb, text);
	if (status == EXIT_DONE)
		status = signed_words_show(text, verb, png);
	seal_wipe(text, sizeof(text));
	return status;
}
