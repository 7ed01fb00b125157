/* An appointment as iCalendar text. */
#include "ics.h"

#include <string.h>

#include "when.h"

enum { FOLD_AT = 75 };

/* A writer of content lines that folds before a character would pass octet 75. */
struct folder {
	struct sink *out;
	size_t column;
};

static size_t character_n(struct span s, size_t at)
{
	size_t n = 1;
	while (at + n < s.n && (s.p[at + n] & 0xc0) == 0x80)
		n++;
	return n;
}

static void put_character(struct folder *f, const uint8_t *p, size_t n)
{
	if (f->column + n > FOLD_AT) {
		sink_bytes(f->out, "\r\n ", 3);
		f->column = 1;
	}
	sink_bytes(f->out, p, n);
	f->column += n;
}

static void put(struct folder *f, const char *text)
{
	struct span s = span_of(text);
	for (size_t i = 0; i < s.n; i++)
		put_character(f, s.p + i, 1);
}

static void end_line(struct folder *f)
{
	sink_bytes(f->out, "\r\n", 2);
	f->column = 0;
}

/* TEXT of RFC 5545, 3.3.11; other control characters may not appear and are left out. */
static void put_text(struct folder *f, struct span s)
{
	for (size_t i = 0; i < s.n;) {
		size_t n = character_n(s, i);
		uint8_t c = s.p[i];
		if (c == '\n') {
			put_character(f, (const uint8_t *)"\\n", 2);
		} else if (c == '\\' || c == ';' || c == ',') {
			uint8_t escaped[2] = {'\\', c};
			put_character(f, escaped, 2);
		} else if (c >= ' ' && c != 0x7f) {
			put_character(f, s.p + i, n);
		}
		i += n;
	}
}

static void put_named(struct folder *f, const char *name, struct span s)
{
	if (s.n == 0)
		return;
	put(f, name);
	put_text(f, s);
	end_line(f);
}

static void put_stamp(struct folder *f, const char *name, int64_t utc)
{
	uint8_t text[24];
	struct sink k = sink_on(text, sizeof(text));
	when_stamp(&k, utc);
	put(f, name);
	for (size_t i = 0; i < k.n; i++)
		put_character(f, text + i, 1);
	end_line(f);
}

/* The UID must be the same for the same appointment, and need not be secret: FNV-1a, the start as one
 * unit more. */
static void put_uid(struct folder *f, const struct appointment *a)
{
	uint64_t h = (span_hash(a->summary) ^ (uint64_t)a->start) * 0x100000001b3u;
	char hex[17] = {0};
	for (int i = 0; i < 16; i++)
		hex[i] = "0123456789abcdef"[h >> (60 - 4 * i) & 15];
	put(f, "UID:");
	put(f, hex);
	put(f, "@foyer");
	end_line(f);
}

static void write_all(struct sink *out, const struct appointment *a)
{
	struct folder f = {out, 0};
	put(&f, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Foyer//EN\r\nBEGIN:VEVENT\r\n");
	f.column = 0;
	put_uid(&f, a);
	put_stamp(&f, "DTSTAMP:", a->stamp);
	put_stamp(&f, "DTSTART:", a->start);
	put_stamp(&f, "DTEND:", a->end);
	put_named(&f, "SUMMARY:", a->summary);
	put_named(&f, "LOCATION:", a->place);
	put_named(&f, "DESCRIPTION:", a->note);
	put(&f, "END:VEVENT");
	end_line(&f);
	put(&f, "END:VCALENDAR");
	end_line(&f);
}

static size_t bytes_of(const struct appointment *a)
{
	struct sink count = sink_on(NULL, 0);
	write_all(&count, a);
	return count.n;
}

/* Shorten s to at most n bytes at a character; the ellipsis is written into room. */
static struct span shorten(struct span s, size_t n, uint8_t room[static ICS_MAX])
{
	static const char ellipsis[] = "…";
	size_t marks = sizeof(ellipsis) - 1;
	if (n <= marks || n > ICS_MAX)
		return (struct span){NULL, 0};
	size_t keep = n - marks < s.n ? n - marks : s.n;
	while (keep > 0 && keep < s.n && (s.p[keep] & 0xc0) == 0x80)
		keep--;
	memcpy(room, s.p, keep);
	memcpy(room + keep, ellipsis, marks);
	return (struct span){room, keep + marks};
}

enum err ics_write(struct sink *out, const struct appointment *a)
{
	struct appointment b = *a;
	uint8_t room[3][ICS_MAX];
	struct span *parts[] = {&b.note, &b.place, &b.summary};
	for (size_t i = 0; i < COUNT(parts); i++) {
		struct span whole = *parts[i];
		size_t n = whole.n < ICS_MAX ? whole.n : ICS_MAX;
		while (bytes_of(&b) > ICS_MAX && n > 0) {
			n -= n < 8 ? n : 8;
			*parts[i] = shorten(whole, n, room[i]);
		}
	}
	write_all(out, &b);
	return out->full ? ERR_FULL : OK;
}
