/* A desk elsewhere: an emergency, said with a card. */
#include "elsewhere.h"

#include "emergency.h"
#include "seal.h"
#include "stage.h"

#include <string.h>

enum { CODE = 2 };

static struct span trim(struct span s)
{
	while (s.n > 0 && s.p[0] == ' ')
		s = span_cut(s, 1, s.n - 1);
	while (s.n > 0 && s.p[s.n - 1] == ' ')
		s.n--;
	return s;
}

/* What stands before the first c, or all of it; *rest: what stands behind. */
static struct span cut_at(struct span *rest, char c)
{
	struct span s = *rest;
	size_t n = 0;

	while (n < s.n && s.p[n] != (uint8_t)c)
		n++;
	*rest = n < s.n ? span_cut(s, n + 1, s.n - n - 1) : (struct span){0};
	return span_cut(s, 0, n);
}

/* "fr: TEXT" into its language. False: it is none of that. */
static bool take_language(struct emergency *e, struct span part)
{
	for (size_t i = 0; i < LANGUAGES; i++)
		if (part.n > CODE && part.p[CODE] == ':' &&
			span_equal(span_cut(part, 0, CODE), span_of(language_codes[i]))) {
			e->in[i] = trim(span_cut(part, CODE + 1, part.n - CODE - 1));
			return true;
		}
	return false;
}

static enum err write_words(struct event *e, struct span text)
{
	struct emergency words = {0};
	struct span rest = trim(text);
	size_t n = 0;

	while (rest.n > 0)
		if (!take_language(&words, trim(cut_at(&rest, '|')))) {
			words = (struct emergency){.everybody = trim(text)};
			break;
		}
	enum err err = emergency_write(&words, e->payload, &n);
	e->payload_n = (uint16_t)n;
	return err;
}

/* As another board's agent passes it on. */
static void hear(struct stage *s, struct event *e)
{
	static const uint8_t before[EVENT_HASH];
	struct instant now = clock_now();

	seal_random(e->id.board, EVENT_BOARD);
	e->id.epoch = 1;
	e->id.seq = 1;
	e->wall_ms = now.wall_ms;
	e->boot_ms = now.boot_ms;
	event_hash(e, before, e->hash);
	notes_hear(s->notes, e);
	notes_heard(s->notes);
}

enum err elsewhere_say(struct stage *s, struct span line)
{
	struct event e = {.kind = EVENT_EMERGENCY};
	struct notes_emergency last;
	struct staff_keys keys;
	struct token card;
	int64_t now = clock_now().wall_ms;

	struct span code = cut_at(&line, ' '), pin = cut_at(&line, ' ');
	enum err err = s->holding ? token_read(&card, code) : ERR_ABSENT;
	if (err == OK)
		err = roster_unlock(&s->holding->roster, &card, pin, now / 1000, &keys);
	if (err)
		return err;
	err = write_words(&e, line);
	(void)!notes_emergency(s->notes, &last);
	if (err == OK)
		err = staff_sign(&e, &s->holding->roster, &keys,
			now > last.newest_ms ? now : last.newest_ms + 1, false);
	seal_wipe(&keys, sizeof(keys));
	if (err == OK)
		hear(s, &e);
	return err;
}
