/* Status: the agent's file for the board's other programs, the lease and the clock. */
#include "status.h"

#include "file.h"
#include "hex.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { STATUS_MAX = 640, BOOT_DIGITS = 2 * EVENT_BOOT, CLOCK_SLACK_MS = 2 * 60 * 1000 };

/* The last second of the year 9999: what is above is no time, and a sum of two cannot overflow. */
static const int64_t latest_s = INT64_C(253402300799);
static const int64_t latest_ms = INT64_C(253402300799) * 1000;

/* The agent writes what it was told; a line end in a name must not become a line. */
static void put_text(struct sink *k, const char *key, const char *value)
{
	sink_bytes(k, key, strlen(key));
	if (*value)
		sink_u8(k, ' ');
	for (const char *p = value; *p; p++)
		sink_u8(k, (uint8_t)*p < ' ' || *p == 0x7f ? ' ' : (uint8_t)*p);
	sink_u8(k, '\n');
}

static void put_number(struct sink *k, const char *key, int64_t v)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%" PRId64, v);
	put_text(k, key, digits);
}

static struct span write_lines(const struct board_status *s, uint8_t out[static STATUS_MAX])
{
	char boot[BOOT_DIGITS + 1], codes[24];
	struct sink k = sink_on(out, STATUS_MAX);

	hex_write((struct span){s->boot, EVENT_BOOT}, boot);
	snprintf(codes, sizeof(codes), "%" PRIu64, s->codes);
	put_number(&k, "enrolled", s->enrolled);
	put_number(&k, "online", s->online);
	put_number(&k, "revoked", s->revoked);
	put_text(&k, "name", s->name);
	put_text(&k, "words", s->words);
	put_number(&k, "floor", s->floor);
	put_number(&k, "fresh", s->fresh);
	put_number(&k, "counted", s->counted_ms);
	put_text(&k, "boot", boot);
	put_number(&k, "counted-at", s->counted_at_ms);
	put_number(&k, "offset", s->offset_ms);
	put_text(&k, "code", codes);
	put_number(&k, "answer", s->answer);
	return (struct span){out, k.n};
}

/* The value of the next line, which must have that key; bad tells that it has not. */
static struct span take_text(struct cursor *c, const char *key)
{
	size_t n = strlen(key);
	const uint8_t *end = c->rest.n > 0 ? memchr(c->rest.p, '\n', c->rest.n) : NULL;

	if (!end || !span_equal(cursor_bytes(c, n), span_of(key))) {
		c->bad = true;
		return (struct span){0};
	}
	struct span value = cursor_bytes(c, (size_t)(end - c->rest.p));
	cursor_u8(c);
	if (value.n == 0)
		return value;
	if (value.p[0] != ' ')
		c->bad = true;
	return span_cut(value, 1, value.n - 1);
}

static uint64_t take_unsigned(struct cursor *c, const char *key, uint64_t max)
{
	struct span text = take_text(c, key);
	uint64_t v = 0;

	for (size_t i = 0; i < text.n && !c->bad; i++) {
		unsigned digit = text.p[i] - (unsigned)'0';
		if (digit > 9 || digit > max || v > (max - digit) / 10)
			c->bad = true;
		else
			v = v * 10 + digit;
	}
	return c->bad ? 0 : v;
}

static void take_words(struct cursor *c, const char *key, char *out, size_t cap)
{
	struct span text = take_text(c, key);

	if (!span_is_utf8(text) || span_copy_text(text, out, cap) != OK)
		c->bad = true;
}

/* One status, one spelling: what write_lines would not write is refused. */
static enum err read_lines(struct board_status *s, struct span whole)
{
	struct cursor c = cursor_at(whole);
	uint8_t again[STATUS_MAX];

	s->enrolled = take_unsigned(&c, "enrolled", 1);
	s->online = take_unsigned(&c, "online", 1);
	s->revoked = take_unsigned(&c, "revoked", 1);
	take_words(&c, "name", s->name, sizeof(s->name));
	take_words(&c, "words", s->words, sizeof(s->words));
	s->floor = (int64_t)take_unsigned(&c, "floor", latest_s);
	s->fresh = (int64_t)take_unsigned(&c, "fresh", latest_s);
	s->counted_ms = (int64_t)take_unsigned(&c, "counted", latest_ms);
	if (hex_read(take_text(&c, "boot"), s->boot, EVENT_BOOT) != OK)
		c.bad = true;
	s->counted_at_ms = (int64_t)take_unsigned(&c, "counted-at", latest_ms);
	s->offset_ms = (int64_t)take_unsigned(&c, "offset", latest_ms);
	s->codes = take_unsigned(&c, "code", UINT64_MAX);
	s->answer = (enum status_answer)take_unsigned(&c, "answer", STATUS_CODE_ENROLLED);
	return !c.bad && span_equal(whole, write_lines(s, again)) ? OK : ERR_FORMAT;
}

enum err status_read(struct board_status *out, const char *path)
{
	struct file_bytes f;

	memset(out, 0, sizeof(*out));
	enum err e = file_read(&f, path, STATUS_MAX);
	if (e)
		return e == ERR_FULL ? ERR_FORMAT : e;
	e = read_lines(out, f.bytes);
	file_free(&f);
	if (e)
		memset(out, 0, sizeof(*out));
	return e;
}

enum err status_write(const struct board_status *s, const char *path)
{
	uint8_t text[STATUS_MAX];

	return file_write(path, write_lines(s, text), 0600);
}

bool status_equal(const struct board_status *a, const struct board_status *b)
{
	uint8_t one[STATUS_MAX], two[STATUS_MAX];

	return span_equal(write_lines(a, one), write_lines(b, two));
}

void status_boot_id(uint8_t out[static EVENT_BOOT])
{
	char text[64] = "", digits[BOOT_DIGITS + 1];
	size_t n = 0;

	FILE *f = fopen("/proc/sys/kernel/random/boot_id", "re");
	if (f && !fgets(text, sizeof(text), f))
		text[0] = '\0';
	if (f)
		fclose(f);
	for (const char *p = text; *p && *p != '\n' && n < BOOT_DIGITS; p++)
		if (*p != '-')
			digits[n++] = *p;
	digits[n] = '\0';
	if (hex_read(span_of(digits), out, EVENT_BOOT) != OK)
		memset(out, 0, EVENT_BOOT);
}

static int64_t within(int64_t v, int64_t low, int64_t high)
{
	return v < low ? low : v > high ? high : v;
}

/* Without a boot id from the kernel, a clock that went back is what tells a new boot. With one, the
 * agent may have written a moment after the caller looked at the clock. */
static bool same_boot(
	const struct board_status *s, const uint8_t boot[static EVENT_BOOT], int64_t boot_ms)
{
	static const uint8_t none[EVENT_BOOT];

	return memcmp(s->boot, boot, EVENT_BOOT) == 0 &&
	       (boot_ms >= s->counted_at_ms || memcmp(boot, none, EVENT_BOOT) != 0);
}

int64_t status_age_ms(
	const struct board_status *s, const uint8_t boot[static EVENT_BOOT], int64_t boot_ms)
{
	int64_t now = within(boot_ms, 0, latest_ms);
	int64_t since = now;

	if (same_boot(s, boot, now))
		since = within(now - s->counted_at_ms, 0, latest_ms);
	return within(s->counted_ms + since, 0, latest_ms);
}

void status_count(struct board_status *s, const uint8_t boot[static EVENT_BOOT], int64_t boot_ms)
{
	int64_t now = within(boot_ms, 0, latest_ms);

	s->counted_ms = status_age_ms(s, boot, now);
	if (!same_boot(s, boot, now))
		s->offset_ms = 0;
	memcpy(s->boot, boot, EVENT_BOOT);
	s->counted_at_ms = now;
}

void status_freshen(struct board_status *s, int64_t signed_at,
	const uint8_t boot[static EVENT_BOOT], int64_t boot_ms)
{
	status_count(s, boot, boot_ms);
	if (signed_at <= s->fresh || signed_at > latest_s)
		return;
	s->fresh = signed_at;
	s->counted_ms = 0;
	if (s->floor < signed_at)
		s->floor = signed_at;
}

int status_lease(
	const struct board_status *s, int64_t age_ms, uint32_t amber_min, uint32_t withhold_min)
{
	int64_t minutes = age_ms / (60 * 1000);

	if (!s->enrolled)
		return 0;
	if (withhold_min > 0 && minutes >= withhold_min)
		return 2;
	return amber_min > 0 && minutes >= amber_min ? 1 : 0;
}

int64_t status_wall_ms(const struct board_status *s, const uint8_t boot[static EVENT_BOOT],
	int64_t boot_ms, int64_t system_wall_ms, bool *trusted)
{
	int64_t floor_ms = s->floor * 1000;
	/* What was counted since the last signed time makes a lower bound that goes on. */
	int64_t counted_ms = s->fresh > 0 ? s->fresh * 1000 + status_age_ms(s, boot, boot_ms) : 0;
	int64_t least_ms = counted_ms > floor_ms ? counted_ms : floor_ms;

	*trusted = false;
	if (s->offset_ms > 0 && same_boot(s, boot, boot_ms)) {
		int64_t known_ms = within(boot_ms, 0, latest_ms) + s->offset_ms;
		bool agrees = system_wall_ms > known_ms - CLOCK_SLACK_MS &&
			      system_wall_ms < known_ms + CLOCK_SLACK_MS;
		int64_t wall_ms = agrees ? system_wall_ms : known_ms;
		*trusted = wall_ms >= floor_ms;
		return *trusted ? wall_ms : least_ms;
	}
	return system_wall_ms < floor_ms || system_wall_ms < least_ms - CLOCK_SLACK_MS
		       ? least_ms
		       : system_wall_ms;
}

static pthread_mutex_t steering_lock = PTHREAD_MUTEX_INITIALIZER;
static struct board_status steering;
static uint8_t steering_boot[EVENT_BOOT];

static struct instant judge_clock(struct instant system)
{
	struct instant now = system;

	pthread_mutex_lock(&steering_lock);
	now.wall_ms = status_wall_ms(
		&steering, steering_boot, system.boot_ms, system.wall_ms, &now.trusted);
	pthread_mutex_unlock(&steering_lock);
	return now;
}

void status_steer_clock(const struct board_status *s)
{
	if (!s) {
		clock_correct(NULL);
		return;
	}
	pthread_mutex_lock(&steering_lock);
	steering = *s;
	status_boot_id(steering_boot);
	pthread_mutex_unlock(&steering_lock);
	clock_correct(judge_clock);
}
