/* Reads a printer's address: its link, its place, then model and media. */
#include "printer_inside.h"

#include <string.h>

static const struct link *const links[] = {&link_usb, &link_file};

const char printer_no_media[] = "no such media for it; there are 62x100, 62 and 80";

static int hex_digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Percent-decode s into out. A byte 00 cannot be part of any name. */
static enum err decode(struct span s, char *out, size_t cap)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		uint8_t c = s.p[i];
		if (c == '%') {
			int high = s.n - i > 2 ? hex_digit(s.p[i + 1]) : -1;
			int low = s.n - i > 2 ? hex_digit(s.p[i + 2]) : -1;
			if (high < 0 || low < 0)
				return ERR_FORMAT;
			c = (uint8_t)(high << 4 | low);
			i += 2;
		}
		if (c == 0)
			return ERR_FORMAT;
		if (n + 1 >= cap)
			return ERR_FULL;
		out[n++] = (char)c;
	}
	out[n] = '\0';
	return OK;
}

/* What stands before the first c goes to head, what follows it stays in s; all if there is none. */
static struct span cut_at(struct span *s, char c)
{
	const uint8_t *at = s->n > 0 ? memchr(s->p, c, s->n) : NULL;
	struct span head = {s->p, at ? (size_t)(at - s->p) : s->n};
	size_t used = head.n + (at ? 1 : 0);

	s->p += used;
	s->n -= used;
	return head;
}

static enum err read_id(struct span s, uint16_t *out)
{
	unsigned v = 0;

	if (s.n == 0 || s.n > 4)
		return ERR_FORMAT;
	for (size_t i = 0; i < s.n; i++) {
		int digit = hex_digit(s.p[i]);
		if (digit < 0)
			return ERR_FORMAT;
		v = v << 4 | (unsigned)digit;
	}
	*out = (uint16_t)v;
	return OK;
}

static enum err refused(struct link_address *a, enum err e, const char *fault)
{
	if (e != OK)
		a->fault = fault;
	return e;
}

static enum err read_usb(struct span s, struct link_address *a)
{
	if (s.n == 0) {
		a->any = true;
		return OK;
	}
	enum err e = read_id(cut_at(&s, ':'), &a->vid);
	if (e == OK)
		e = read_id(cut_at(&s, ':'), &a->pid);
	if (e == OK)
		e = decode(s, a->serial, sizeof(a->serial));
	return refused(a, e, "usb: wants VID:PID or VID:PID:SERIAL, the numbers in hexadecimal");
}

static enum err read_query(struct span s, struct link_address *a, char media[static 16])
{
	char name[32];

	while (s.n > 0) {
		struct span value = cut_at(&s, '&'), key = cut_at(&value, '=');
		enum err e;

		if (span_equal(key, span_of("media"))) {
			e = refused(a, decode(value, media, 16), printer_no_media);
		} else if (span_equal(key, span_of("model"))) {
			e = decode(value, name, sizeof(name));
			a->model = e == OK ? model_by_name(span_of(name)) : NULL;
			if (e == OK && !a->model)
				e = ERR_FORMAT;
			e = refused(a, e, "no such model; foyer-print list --models shows them");
		} else {
			e = refused(a, ERR_FORMAT,
				"behind ? stand only model=NAME and media=NAME, joined by &");
		}
		if (e != OK)
			return e;
	}
	return OK;
}

enum err printer_uri_read(const char *uri, const struct link **link, struct link_address *address,
	char media[static 16])
{
	struct span rest = span_of(uri);
	struct span query = rest;
	struct span place = cut_at(&query, '?');
	struct span scheme = cut_at(&place, ':');
	enum err e;

	memset(address, 0, sizeof(*address));
	*link = NULL;
	media[0] = '\0';
	for (size_t i = 0; i < COUNT(links); i++)
		if (span_equal(scheme, span_of(links[i]->scheme)))
			*link = links[i];
	/* "usb" without its colon is no address. */
	if (!*link || scheme.n == rest.n || rest.p[scheme.n] != ':')
		return refused(address, ERR_FORMAT, "it begins with usb: or file:");
	e = read_query(query, address, media);
	if (e != OK)
		return e;
	if (*link == &link_usb)
		return read_usb(place, address);
	e = decode(place, address->path, sizeof(address->path));
	if (e == OK && address->path[0] == '\0')
		e = ERR_FORMAT;
	return refused(address, e,
		"the path behind file: is missing, too long, or has a % without a code");
}
