/* Reading a template's fields, before anything is drawn: a strict walk by expat.
 *
 * expat because it is in the process already (fontconfig reads its settings with it), keeps no
 * tree, fetches nothing and stops entity bombs. librsvg then draws what passed. */
#include "badge_inside.h"

#include <expat.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { DEPTH = 64 };

struct scan {
	XML_Parser parser;
	struct badge_wish *wishes;
	char *fault;
	bool bad;
	unsigned depth, turned_at; /* turned_at: depth of the outermost turned element, 0: none */
	unsigned style_at;         /* depth of the <style> around us, 0: none */
};

void badge_fault(char fault[BADGE_FAULT], const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(fault, BADGE_FAULT, fmt, ap);
	va_end(ap);
}

/* The first fault is the one that is told. */
static void refuse(struct scan *s, const char *id, const char *what)
{
	if (s->bad)
		return;
	s->bad = true;
	badge_fault(s->fault, "line %lu: %.40s: %s", XML_GetCurrentLineNumber(s->parser), id, what);
	XML_StopParser(s->parser, XML_FALSE);
}

static const char *local_name(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon != NULL ? colon + 1 : name;
}

static const char *value_of(const char **attributes, const char *name)
{
	for (; *attributes != NULL; attributes += 2)
		if (strcmp(attributes[0], name) == 0)
			return attributes[1];
	return NULL;
}

/* Does text refer, by url(...) or @import, to anything but an element or data of this file? */
static bool refers_outside(const char *text)
{
	if (strcasestr(text, "@import") != NULL)
		return true;
	for (const char *at = strcasestr(text, "url("); at != NULL; at = strcasestr(at, "url(")) {
		at += strlen("url(");
		at += strspn(at, " \t\r\n'\"");
		if (*at != '#' && strncmp(at, "data:", 5) != 0)
			return true;
	}
	return false;
}

static bool is_outside(const char *name, const char *value)
{
	if (strcmp(local_name(name), "href") == 0)
		return value[0] != '#' && strncmp(value, "data:", 5) != 0;
	return refers_outside(value);
}

/* Only moving and stretching keep a field's box upright. */
static bool turns(const char *transform)
{
	static const char *const upright[] = {"translate", "scale"};

	for (const char *at = transform + strspn(transform, " ,\t\r\n"); *at != 0;) {
		size_t n = 0;

		for (size_t i = 0; i < COUNT(upright); i++)
			if (strncmp(at, upright[i], strlen(upright[i])) == 0)
				n = strlen(upright[i]);
		at = n > 0 ? strchr(at, ')') : NULL;
		if (at == NULL)
			return true;
		at++;
		at += strspn(at, " ,\t\r\n");
	}
	return false;
}

static bool is_turned(const char **attributes)
{
	const char *transform = value_of(attributes, "transform");
	const char *style = value_of(attributes, "style");

	return (transform != NULL && turns(transform)) ||
	       (style != NULL &&
		       (strstr(style, "transform:") != NULL || strstr(style, "rotate:") != NULL));
}

/* A number with at most two places after the point, in hundredths. */
static bool read_hundredths(const char *text, uint32_t max, uint32_t *out)
{
	uint32_t v = 0, unit = 100;
	const char *at = text;

	for (; *at >= '0' && *at <= '9' && v <= max; at++)
		v = v * 10 + 100 * (uint32_t)(*at - '0');
	if (*at == '.')
		for (at++; *at >= '0' && *at <= '9' && unit > 1; at++) {
			unit /= 10;
			v += unit * (uint32_t)(*at - '0');
		}
	*out = v;
	return at != text && *at == 0 && v > 0 && v <= max;
}

static bool read_align(const char *text, uint8_t *out)
{
	static const char *const words[] = {"start", "centre", "end"};

	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i], text) == 0) {
			*out = (uint8_t)i;
			return true;
		}
	return false;
}

static void read_field(struct scan *s, struct badge_wish *wish, const char *id, const char **a)
{
	const char *across = value_of(a, "data-align"), *down = value_of(a, "data-down");
	const char *weight = value_of(a, "data-weight"), *size = value_of(a, "data-size");
	const char *aim = value_of(a, "data-aim"), *lines = value_of(a, "data-lines");
	uint32_t v = 0;

	*wish = (struct badge_wish){true, ALIGN_CENTRE, ALIGN_CENTRE, 4, 1, 0, 0};
	if (across != NULL && !read_align(across, &wish->across))
		refuse(s, id, "data-align is start, centre or end");
	if (down != NULL && !read_align(down, &wish->down))
		refuse(s, id, "data-down is start, centre or end");
	if (size != NULL && !read_hundredths(size, 10000, &wish->size))
		refuse(s, id, "data-size is millimetres, e.g. 4.5");
	if (aim != NULL && !read_hundredths(aim, 10000, &wish->aim))
		refuse(s, id, "data-aim is millimetres, e.g. 4.5");
	if (lines != NULL && (!read_hundredths(lines, 900, &v) || v % 100 != 0))
		refuse(s, id, "data-lines is 1 to 9");
	wish->lines = lines != NULL ? (uint8_t)(v / 100) : 1;
	if (weight == NULL)
		return;
	if (strcmp(weight, "400") != 0 && strcmp(weight, "600") != 0 && strcmp(weight, "700") != 0)
		refuse(s, id, "data-weight is 400, 600 or 700");
	wish->weight = (uint8_t)(weight[0] - '0');
}

static void field(struct scan *s, const char *name, const char *id, const char **attributes)
{
	for (size_t i = 0; i < BADGE_FIELDS; i++) {
		if (strcmp(badge_field_names[i], id) != 0)
			continue;
		if (strcmp(name, "rect") != 0)
			refuse(s, id, "a field is a <rect>; give this element another id");
		else if (s->wishes[i].there)
			refuse(s, id, "this id is given twice");
		else if (s->turned_at > 0)
			refuse(s, id, "a field stands upright; take the rotation or skew away");
		else
			read_field(s, &s->wishes[i], id, attributes);
	}
}

static void XMLCALL on_start(void *data, const char *name, const char **attributes)
{
	struct scan *s = data;
	const char *id = value_of(attributes, "id");

	if (s->bad)
		return;
	name = local_name(name);
	if (++s->depth > DEPTH) {
		refuse(s, name, "elements are nested too deep");
		return;
	}
	if (s->depth == 1 && strcmp(name, "svg") != 0)
		refuse(s, name, "this is no SVG drawing");
	for (const char **a = attributes; *a != NULL; a += 2)
		if (is_outside(a[0], a[1]))
			refuse(s, id != NULL ? id : name,
				"refers to something outside the file; embed it");
	if (s->turned_at == 0 && is_turned(attributes))
		s->turned_at = s->depth;
	if (strcmp(name, "style") == 0)
		s->style_at = s->depth;
	if (id != NULL)
		field(s, name, id, attributes);
}

static void XMLCALL on_end(void *data, const char *name)
{
	struct scan *s = data;

	(void)name;
	if (s->turned_at == s->depth)
		s->turned_at = 0;
	if (s->style_at == s->depth)
		s->style_at = 0;
	s->depth--;
}

/* expat hands a style sheet over in pieces, at the latest at each line's end; a reference torn
 * between two pieces is caught by librsvg, which has no place to load it from. */
static void XMLCALL on_text(void *data, const char *text, int n)
{
	struct scan *s = data;
	char line[1024];
	size_t length = (size_t)n;

	if (s->style_at == 0 || s->bad)
		return;
	if (length >= sizeof(line)) {
		refuse(s, "style", "a line of the style sheet is longer than 1000 bytes");
		return;
	}
	memcpy(line, text, length);
	line[length] = 0;
	if (refers_outside(line))
		refuse(s, "style", "refers to something outside the file; embed it");
	else if (strstr(line, "transform:") != NULL)
		refuse(s, "style", "a style sheet may not transform");
}

static void XMLCALL on_doctype(
	void *data, const char *name, const char *system, const char *public, int internal)
{
	(void)system;
	(void)public;
	if (internal)
		refuse(data, name, "a document type with declarations of its own is refused");
}

static void XMLCALL on_instruction(void *data, const char *target, const char *text)
{
	(void)text;
	if (strcmp(target, "xml-stylesheet") == 0)
		refuse(data, target, "refers to something outside the file; embed it");
}

enum err badge_scan(
	struct span svg, struct badge_wish wishes[BADGE_FIELDS], char fault[BADGE_FAULT])
{
	struct scan s = {.wishes = wishes, .fault = fault};
	enum err e = OK;

	memset(wishes, 0, BADGE_FIELDS * sizeof(*wishes));
	s.parser = XML_ParserCreate(NULL);
	if (s.parser == NULL)
		return ERR_IO;
	XML_SetUserData(s.parser, &s);
	XML_SetElementHandler(s.parser, on_start, on_end);
	XML_SetCharacterDataHandler(s.parser, on_text);
	XML_SetStartDoctypeDeclHandler(s.parser, on_doctype);
	XML_SetProcessingInstructionHandler(s.parser, on_instruction);
	if (XML_Parse(s.parser, (const char *)svg.p, (int)svg.n, 1) != XML_STATUS_OK && !s.bad) {
		enum XML_Error x = XML_GetErrorCode(s.parser);

		s.bad = true;
		e = x == XML_ERROR_NO_MEMORY ? ERR_IO : OK;
		badge_fault(fault, "line %lu: this is no well-formed SVG: %s",
			XML_GetCurrentLineNumber(s.parser), XML_ErrorString(x));
	}
	XML_ParserFree(s.parser);
	return e != OK ? e : s.bad ? ERR_FORMAT : OK;
}
