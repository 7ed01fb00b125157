/* An emergency's words. */
#include "emergency.h"

#include <string.h>

enum { CODE = 2, TAG = CODE + 1 };

enum err emergency_text(struct span text)
{
	bool blank = true;

	if (text.n > EMERGENCY_TEXT)
		return ERR_FULL;
	if (!span_is_line(text))
		return ERR_FORMAT;
	for (size_t i = 0; i < text.n; i++)
		blank &= text.p[i] == ' ';
	return blank ? ERR_ABSENT : OK;
}

/* Which language's line this is; LANGUAGES: none's. */
static size_t language_of(struct span line)
{
	size_t i = 0;

	if (line.n < TAG || line.p[CODE] != '\t')
		return LANGUAGES;
	while (i < LANGUAGES && memcmp(line.p, language_codes[i], CODE) != 0)
		i++;
	return i;
}

static struct span next_line(struct cursor *c)
{
	const uint8_t *end = memchr(c->rest.p, '\n', c->rest.n);
	size_t n = end ? (size_t)(end - c->rest.p) : c->rest.n;
	struct span line = cursor_bytes(c, n);

	/* A line feed stands between two lines, so another one follows it. */
	if (end) {
		(void)cursor_u8(c);
		c->bad |= c->rest.n == 0;
	}
	return line;
}

static enum err read_lines(struct emergency *out, struct span said)
{
	struct cursor c = cursor_at(said);
	size_t least = 0, together = 0;

	while (c.rest.n > 0 && !c.bad) {
		struct span line = next_line(&c);
		size_t i = language_of(line);
		struct span text = span_cut(line, TAG, line.n - TAG);
		if (i == LANGUAGES || i < least || emergency_text(text) != OK)
			return ERR_FORMAT;
		out->in[i] = text;
		least = i + 1;
		together += text.n;
	}
	return c.bad || together > EMERGENCY_TOGETHER ? ERR_FORMAT : OK;
}

enum err emergency_read(struct emergency *out, struct span said)
{
	*out = (struct emergency){0};
	if (said.n == 0)
		return ERR_ABSENT;
	if (emergency_text(said) == OK) {
		out->everybody = said;
		return OK;
	}
	enum err e = read_lines(out, said);
	if (e)
		*out = (struct emergency){0};
	return e;
}

enum err emergency_write(const struct emergency *e, uint8_t out[static STAFF_SAID], size_t *n)
{
	struct sink k = sink_on(out, STAFF_SAID);
	enum err err = e->everybody.p ? emergency_text(e->everybody) : OK;
	size_t together = 0;

	*n = 0;
	sink_bytes(&k, e->everybody.p, e->everybody.n);
	for (size_t i = 0; i < LANGUAGES && err == OK; i++) {
		struct span text = e->in[i];
		if (!text.p)
			continue;
		err = e->everybody.p ? ERR_BUG : emergency_text(text);
		if (k.n > 0)
			sink_u8(&k, '\n');
		sink_bytes(&k, language_codes[i], CODE);
		sink_u8(&k, '\t');
		sink_bytes(&k, text.p, text.n);
		together += text.n;
	}
	if (err == OK && together > EMERGENCY_TOGETHER)
		err = ERR_FULL;
	*n = err == OK ? k.n : 0;
	return err;
}
