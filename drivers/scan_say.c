/* What foyer-scan prints. */
#include "scan_say.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NAME_MOST = 4096 }; /* PATH_MAX */

void scan_say_begin(void)
{
	json_object_seed(1);
}

static enum err write_all(const void *p, size_t n)
{
	const uint8_t *at = p;

	while (n > 0) {
		ssize_t done = write(STDOUT_FILENO, at, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return ERR_IO;
		at += done;
		n -= (size_t)done;
	}
	return OK;
}

static enum err say_text(const char *source, struct span text)
{
	static uint8_t line[4 * (NAME_MOST + READING_TEXT) + 2];
	struct sink k = sink_on(line, sizeof(line));

	scan_escape(&k, span_of(source));
	sink_u8(&k, '\t');
	scan_escape(&k, text);
	sink_u8(&k, '\n');
	return k.full ? ERR_IO : write_all(line, k.n);
}

/* JSON holds characters only: what is none is spelt as in a line of text. */
static json_t *json_of(struct span text)
{
	static uint8_t spelt[4 * READING_TEXT];
	struct sink k = sink_on(spelt, sizeof(spelt));

	if (!span_is_utf8(text)) {
		scan_escape(&k, text);
		text = (struct span){spelt, k.n};
	}
	return json_stringn((const char *)text.p, text.n);
}

static enum err say_json(const char *source, uint64_t frame, const struct reading *r)
{
	json_t *j = json_object(), *corners = json_array();

	json_object_set_new(j, "source", json_of(span_of(source)));
	if (frame > 0)
		json_object_set_new(j, "frame", json_integer((json_int_t)frame));
	json_object_set_new(j, "text", json_of((struct span){(const uint8_t *)r->text, r->n}));
	json_object_set_new(j, "path", json_string(r->path));
	for (size_t i = 0; i < COUNT(r->corner); i++)
		json_array_append_new(
			corners, json_pack("[i,i]", (int)r->corner[i].x, (int)r->corner[i].y));
	json_object_set_new(j, "corners", corners);
	char *line = json_dumps(j, JSON_COMPACT);
	json_decref(j);
	if (!line)
		return ERR_IO;
	size_t n = strlen(line);
	line[n] = '\n'; /* in the place of its NUL */
	enum err e = write_all(line, n + 1);
	free(line);
	return e;
}

enum err scan_say(enum scan_form form, const char *source, uint64_t frame, const struct reading *r)
{
	if (form == SCAN_AS_JSON)
		return say_json(source, frame, r);
	return say_text(source, (struct span){(const uint8_t *)r->text, r->n});
}

enum err scan_say_line(const struct scan_line *l)
{
	uint8_t line[SCAN_PIPE_LINE];
	struct sink k = sink_on(line, sizeof(line));

	scan_line_write(&k, l);
	return k.full ? ERR_BUG : write_all(line, k.n);
}
