/* Words all rooms share. */
#include "base.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

const char *err_text(enum err e)
{
	static const char *const words[] = {
		[OK] = "done",
		[ERR_ABSENT] = "not there",
		[ERR_BUSY] = "busy",
		[ERR_FULL] = "too long for its place",
		[ERR_DENIED] = "not allowed",
		[ERR_IO] = "reading or writing failed",
		[ERR_TIMEOUT] = "no answer in time",
		[ERR_FORMAT] = "damaged or not of this kind",
		[ERR_FORGED] = "signature does not hold",
		[ERR_VERSION] = "made for a newer program",
		[ERR_FOREIGN] = "belongs to another event",
		[ERR_OLDER] = "older than the one already trusted",
		[ERR_EXPIRED] = "past its last day",
		[ERR_BUG] = "fault in this program",
	};
	return (size_t)e < COUNT(words) ? words[e] : "unknown error";
}

int err_exit(enum err e)
{
	switch (e) {
	case OK:
		return 0;
	case ERR_ABSENT:
	case ERR_FULL:
	case ERR_DENIED:
	case ERR_FORMAT:
	case ERR_FORGED:
	case ERR_VERSION:
	case ERR_FOREIGN:
	case ERR_OLDER:
	case ERR_EXPIRED:
		return 1;
	case ERR_BUSY:
	case ERR_IO:
	case ERR_TIMEOUT:
	case ERR_BUG:
		return 3;
	}
	return 3;
}

struct span span_cut(struct span s, size_t at, size_t n)
{
	if (at > s.n || n > s.n - at)
		return (struct span){0};
	return (struct span){s.p + at, n};
}

struct span span_of(const char *text)
{
	return (struct span){(const uint8_t *)text, strlen(text)};
}

bool span_equal(struct span a, struct span b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

uint64_t span_hash(struct span s)
{
	uint64_t h = 0xcbf29ce484222325;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ s.p[i]) * 0x100000001b3;
	return h;
}

size_t span_character(struct span s)
{
	if (s.n == 0)
		return 0;
	uint8_t lead = s.p[0];
	size_t n = lead < 0x80   ? 1
		   : lead < 0xc2 ? 0
		   : lead < 0xe0 ? 2
		   : lead < 0xf0 ? 3
		   : lead < 0xf5 ? 4
				 : 0;

	if (n > s.n)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((s.p[i] & 0xc0) != 0x80)
			return 0;
	bool overlong = (lead == 0xe0 && s.p[1] < 0xa0) || (lead == 0xf0 && s.p[1] < 0x90);
	bool surrogate = lead == 0xed && s.p[1] > 0x9f;
	bool beyond = lead == 0xf4 && s.p[1] > 0x8f;
	return overlong || surrogate || beyond ? 0 : n;
}

size_t span_point(struct span s, uint32_t *point)
{
	static const uint8_t lead[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	size_t n = span_character(s);

	*point = n > 0 ? s.p[0] & lead[n] : 0;
	for (size_t i = 1; i < n; i++)
		*point = *point << 6 | (s.p[i] & 0x3fu);
	return n;
}

const char *point_fault(uint32_t v)
{
	if (v == 0xfffd)
		return "a letter was lost in an earlier conversion (U+FFFD)";
	if (v < 0x20 || (v >= 0x7f && v < 0xa0) || v == 0x2028 || v == 0x2029)
		return "a control character";
	if (v == 0x061c || v == 0x200e || v == 0x200f || (v >= 0x202a && v <= 0x202e) ||
		(v >= 0x2066 && v <= 0x2069))
		return "an invisible character that turns the direction of writing";
	if (v == 0xfeff || (v >= 0xfdd0 && v <= 0xfdef) || (v & 0xfffe) == 0xfffe)
		return "an invisible character";
	return NULL;
}

bool span_is_line(struct span s)
{
	uint32_t point;

	while (s.n > 0) {
		size_t n = span_point(s, &point);
		if (n == 0 || point_fault(point))
			return false;
		s = span_cut(s, n, s.n - n);
	}
	return true;
}

/* Most text is ASCII: eight bytes at a time until one is not. */
static struct span after_ascii(struct span s)
{
	const uint64_t high = 0x8080808080808080;
	uint64_t eight;

	for (; s.n >= sizeof(eight); s.p += sizeof(eight), s.n -= sizeof(eight)) {
		memcpy(&eight, s.p, sizeof(eight));
		if (eight & high)
			break;
	}
	return s;
}

bool span_is_utf8(struct span s)
{
	for (s = after_ascii(s); s.n > 0;) {
		size_t n = span_character(s);
		if (n == 0)
			return false;
		s.p += n;
		s.n -= n;
	}
	return true;
}

enum err span_copy_text(struct span s, char *out, size_t cap)
{
	if (s.n >= cap) {
		if (cap > 0)
			out[0] = '\0';
		return ERR_FULL;
	}
	if (s.n > 0)
		memcpy(out, s.p, s.n);
	out[s.n] = '\0';
	return OK;
}

uint16_t load_u16(const uint8_t *p)
{
	return (uint16_t)(p[0] | p[1] << 8);
}

uint32_t load_u32(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

uint64_t load_u64(const uint8_t *p)
{
	return (uint64_t)load_u32(p) | (uint64_t)load_u32(p + 4) << 32;
}

void store_u16(uint8_t *p, uint16_t v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
}

void store_u32(uint8_t *p, uint32_t v)
{
	store_u16(p, (uint16_t)v);
	store_u16(p + 2, (uint16_t)(v >> 16));
}

void store_u64(uint8_t *p, uint64_t v)
{
	store_u32(p, (uint32_t)v);
	store_u32(p + 4, (uint32_t)(v >> 32));
}

struct cursor cursor_at(struct span s)
{
	return (struct cursor){.rest = s};
}

struct span cursor_bytes(struct cursor *c, size_t n)
{
	if (c->bad || n > c->rest.n) {
		c->bad = true;
		return (struct span){0};
	}
	struct span s = {c->rest.p, n};
	c->rest.p += n;
	c->rest.n -= n;
	return s;
}

uint8_t cursor_u8(struct cursor *c)
{
	struct span s = cursor_bytes(c, 1);
	return c->bad ? 0 : s.p[0];
}

uint16_t cursor_u16(struct cursor *c)
{
	struct span s = cursor_bytes(c, 2);
	return c->bad ? 0 : load_u16(s.p);
}

uint32_t cursor_u32(struct cursor *c)
{
	struct span s = cursor_bytes(c, 4);
	return c->bad ? 0 : load_u32(s.p);
}

uint64_t cursor_u64(struct cursor *c)
{
	struct span s = cursor_bytes(c, 8);
	return c->bad ? 0 : load_u64(s.p);
}

uint64_t cursor_varint(struct cursor *c)
{
	uint64_t v = 0;

	/* Nearly all lengths are one byte, and a record is full of them. */
	if (!c->bad && c->rest.n > 0 && c->rest.p[0] < 0x80) {
		c->rest.n--;
		return *c->rest.p++;
	}
	for (unsigned shift = 0; shift < 64; shift += 7) {
		uint8_t b = cursor_u8(c);
		bool lost_bits = shift == 63 && b > 1;
		bool needless = shift > 0 && b == 0;
		if (c->bad || lost_bits || needless)
			break;
		v |= (uint64_t)(b & 0x7f) << shift;
		if (b < 0x80)
			return v;
	}
	c->bad = true;
	return 0;
}

uint64_t cursor_varint_max(struct cursor *c, uint64_t max)
{
	uint64_t v = cursor_varint(c);

	if (v > max) {
		c->bad = true;
		return 0;
	}
	return v;
}

struct span cursor_text(struct cursor *c)
{
	uint64_t n = cursor_varint_max(c, c->rest.n);
	return cursor_bytes(c, (size_t)n);
}

struct sink sink_on(uint8_t *p, size_t cap)
{
	return (struct sink){.p = p, .cap = p ? cap : SIZE_MAX};
}

void sink_bytes(struct sink *k, const void *p, size_t n)
{
	if (k->full || n > k->cap - k->n) {
		k->full = true;
		return;
	}
	if (k->p && n > 0)
		memcpy(k->p + k->n, p, n);
	k->n += n;
}

void sink_fill(struct sink *k, uint8_t v, size_t n)
{
	if (k->full || n > k->cap - k->n) {
		k->full = true;
		return;
	}
	if (k->p && n > 0)
		memset(k->p + k->n, v, n);
	k->n += n;
}

void sink_u8(struct sink *k, uint8_t v)
{
	sink_bytes(k, &v, 1);
}

void sink_u16(struct sink *k, uint16_t v)
{
	uint8_t b[2];
	store_u16(b, v);
	sink_bytes(k, b, sizeof(b));
}

void sink_u32(struct sink *k, uint32_t v)
{
	uint8_t b[4];
	store_u32(b, v);
	sink_bytes(k, b, sizeof(b));
}

void sink_u64(struct sink *k, uint64_t v)
{
	uint8_t b[8];
	store_u64(b, v);
	sink_bytes(k, b, sizeof(b));
}

void sink_varint(struct sink *k, uint64_t v)
{
	uint8_t b[10];
	size_t n = 0;

	for (; v >= 0x80; v >>= 7)
		b[n++] = (uint8_t)(v | 0x80);
	b[n++] = (uint8_t)v;
	sink_bytes(k, b, n);
}

void sink_text(struct sink *k, struct span s)
{
	sink_varint(k, s.n);
	sink_bytes(k, s.p, s.n);
}

/* The log: a short memory of the lines said lately keeps a fault that repeats from flooding it. */
enum { LOG_LINE = 256, LOG_MEMORY = 16, LOG_SILENCE_MS = 60 * 1000 };

static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static enum log_level log_least = LOG_NOTE;
static struct {
	int64_t said_ms;
	char line[LOG_LINE];
} log_said[LOG_MEMORY];
static unsigned log_next;

void log_level_set(enum log_level level)
{
	log_least = level;
}

static int64_t monotonic_ms(clockid_t id)
{
	struct timespec t;
	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool said_lately(const char *line, int64_t now_ms)
{
	for (unsigned i = 0; i < LOG_MEMORY; i++)
		if (log_said[i].line[0] && now_ms - log_said[i].said_ms < LOG_SILENCE_MS &&
			strcmp(log_said[i].line, line) == 0)
			return true;
	log_said[log_next].said_ms = now_ms;
	memcpy(log_said[log_next].line, line, strlen(line) + 1);
	log_next = (log_next + 1) % LOG_MEMORY;
	return false;
}

void log_line(enum log_level level, const char *where, const char *fmt, ...)
{
	static const char *const names[] = {"debug", "note", "warn", "fault"};
	char line[LOG_LINE];
	va_list args;

	if (level < log_least)
		return;
	int n = snprintf(line, sizeof(line), "%s %s ", names[level], where);
	va_start(args, fmt);
	vsnprintf(line + n, sizeof(line) - (size_t)n, fmt, args);
	va_end(args);
	pthread_mutex_lock(&log_lock);
	if (!said_lately(line, monotonic_ms(CLOCK_MONOTONIC)))
		fprintf(stderr, "%s\n", line);
	pthread_mutex_unlock(&log_lock);
}

static const struct instant *faked;
static int64_t shifted_ms;
static _Atomic(clock_judge *) judging;

void clock_correct(clock_judge *judge)
{
	atomic_store(&judging, judge);
}

void clock_shift(int64_t ms)
{
	shifted_ms = ms;
}

int64_t clock_shifted(void)
{
	return shifted_ms;
}

void clock_fake(const struct instant *fake)
{
	faked = fake;
}

struct instant clock_now(void)
{
	if (faked)
		return *faked;
	struct instant now = {
		.wall_ms = monotonic_ms(CLOCK_REALTIME) + shifted_ms,
		.boot_ms = monotonic_ms(CLOCK_BOOTTIME),
		.trusted = shifted_ms == 0,
	};
	clock_judge *judge = atomic_load(&judging);
	return judge && shifted_ms == 0 ? judge(now) : now;
}
