/* Words all rooms share: errors, spans of foreign bytes, a bounded writer, the log and the clock.
 *
 * Foreign bytes are read through one door: span_cut and the cursor on top of it compare by
 * subtraction and never look past the end. Everything here is thread-safe unless a line says
 * otherwise; nothing allocates. */
#ifndef FIRMWARE_BASE_H
#define FIRMWARE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_CHECK           __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, at) __attribute__((format(printf, fmt, at)))
#define COUNT(array)         (sizeof(array) / sizeof(*(array)))

/* One list for every room; the class of a code tells the caller what to do. */
enum err {
	OK = 0,
	/* ordinary answers: the caller decides, nobody logs */
	ERR_ABSENT, /* no such thing */
	ERR_BUSY,   /* taken by somebody else, or a queue is full */
	ERR_FULL,   /* the result does not fit the space given */
	ERR_DENIED, /* the key or right for it is not there */
	/* the world: retry later, or show trouble */
	ERR_IO,
	ERR_TIMEOUT,
	/* the bytes: drop the new, keep the old */
	ERR_FORMAT,  /* not well-formed */
	ERR_FORGED,  /* well-formed, but a signature or seal does not hold */
	ERR_VERSION, /* made for a newer reader than this one */
	ERR_FOREIGN, /* made for another event */
	ERR_OLDER,   /* older than one already trusted */
	ERR_EXPIRED, /* past its last day */
	/* us: log and stop, the watchdog brings the program back */
	ERR_BUG,
};

/* A few plain words for a log or a technician, never for a guest. The string is static. */
const char *err_text(enum err e);

/* The exit status of design.md section 2 for e: 0 done, 1 the answer is no, 3 the world failed. */
int err_exit(enum err e);

/* Some bytes that somebody else owns. */
struct span {
	const uint8_t *p;
	size_t n;
};

/* The n bytes of s from at on, or an empty span with p == NULL where they are not all there. */
struct span span_cut(struct span s, size_t at, size_t n);
struct span span_of(const char *text);
bool span_equal(struct span a, struct span b);
/* FNV-1a of 64 bits (G. Fowler, L. Noll, K.-P. Vo): for tables of one's own. Whoever chooses the bytes can
 * choose what collides. */
uint64_t span_hash(struct span s);
/* The bytes of the character that s begins with, 0 where it is not well-formed or s is empty. */
size_t span_character(struct span s);
/* The same, and its code point; 0 where there is none. */
size_t span_point(struct span s, uint32_t *point);
/* Well-formed UTF-8 (RFC 3629: no surrogates, nothing overlong, nothing above U+10FFFF). */
bool span_is_utf8(struct span s);
/* Why a code point has no place in a name, or in a text of one line: it is a control character, which ending a
 * line is as well, turns the direction of writing, or is nothing that is seen. Static; NULL, if it has. */
const char *point_fault(uint32_t point);
/* Well-formed UTF-8 of which every character has its place in a name. */
bool span_is_line(struct span s);
/* Copy s and a final NUL into out.
 * returns: OK
 *          ERR_FULL, if s with its NUL is longer than cap; out is then "" */
MUST_CHECK enum err span_copy_text(struct span s, char *out, size_t cap);

/* Little-endian loads and stores, byte by byte: no alignment is asked of p. */
uint16_t load_u16(const uint8_t *p);
uint32_t load_u32(const uint8_t *p);
uint64_t load_u64(const uint8_t *p);
void store_u16(uint8_t *p, uint16_t v);
void store_u32(uint8_t *p, uint32_t v);
void store_u64(uint8_t *p, uint64_t v);

/* A reader of foreign bytes that stops at the first fault: after it every read gives zero or an
 * empty span and bad stays true, so that a whole record is read first and judged once. */
struct cursor {
	struct span rest;
	bool bad;
};

struct cursor cursor_at(struct span s);
uint8_t cursor_u8(struct cursor *c);
uint16_t cursor_u16(struct cursor *c);
uint32_t cursor_u32(struct cursor *c);
uint64_t cursor_u64(struct cursor *c);
/* Little-endian base 128, at most ten bytes, no needless last byte 00 (one number, one spelling).
 */
uint64_t cursor_varint(struct cursor *c);
/* As cursor_varint, and a fault where the number is above max. */
uint64_t cursor_varint_max(struct cursor *c, uint64_t max);
struct span cursor_bytes(struct cursor *c, size_t n);
/* A varint length, then so many bytes. They point into the cursor's bytes. */
struct span cursor_text(struct cursor *c);

/* A writer into the caller's memory that refuses rather than grows: what does not fit whole is not
 * written, and full stays true. With p == NULL it only counts, and is never full. */
struct sink {
	uint8_t *p;
	size_t cap;
	size_t n;
	bool full;
};

struct sink sink_on(uint8_t *p, size_t cap);
void sink_u8(struct sink *k, uint8_t v);
void sink_u16(struct sink *k, uint16_t v);
void sink_u32(struct sink *k, uint32_t v);
void sink_u64(struct sink *k, uint64_t v);
void sink_varint(struct sink *k, uint64_t v);
void sink_bytes(struct sink *k, const void *p, size_t n);
void sink_fill(struct sink *k, uint8_t v, size_t n);
/* A varint length and the bytes: what cursor_text reads. */
void sink_text(struct sink *k, struct span s);

enum log_level { LOG_DEBUG, LOG_NOTE, LOG_WARN, LOG_FAULT };

/* One line to standard error: "level room/module words key=value". Names and tokens never go in;
 * record numbers may. A line equal to one of the last few within a minute is left out. */
void log_line(enum log_level level, const char *where, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* Lines below level are left out. Default: LOG_NOTE. Call before threads start. */
void log_level_set(enum log_level level);

/* The clocks of one instant, in milliseconds. */
struct instant {
	int64_t wall_ms; /* since 1970, UTC */
	int64_t boot_ms; /* CLOCK_BOOTTIME: since power on, sleep included */
	bool trusted;    /* the wall clock is known to be right; true where nobody judges it */
};

struct instant clock_now(void);
/* From now on judge is asked what is to be thought of the system's clocks, at each clock_now; NULL:
 * they are believed. Thread-safe; judge is called by any thread and must not ask for the time. */
typedef struct instant clock_judge(struct instant system);
void clock_correct(clock_judge *judge);
/* From now on the wall clock of clock_now is ahead of the system's by so much (--now). A clock set by
 * hand is nobody's to judge, and is not trusted; 0: it is no longer. Before threads start. */
void clock_shift(int64_t ms);
/* By how much that is. */
int64_t clock_shifted(void);
/* The seam of tests and stories: from now on clock_now answers *fake, which the caller may move
 * between calls. NULL brings the real clock back. */
void clock_fake(const struct instant *fake);

#endif
