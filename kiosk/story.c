/* Stories: their grammar, a row for each verb. */
#include "story.h"

#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A step's argument, as text with a NUL: no argument that is not free text is longer. */
enum { WORD = 128 };

static const char *const fault_names[FAULTS] = {"ok", "paper-out", "cover-open", "wrong-roll",
	"jam", "hot", "unplugged", "busy", "editor-lite", "no-permission", "other"};

static bool read_number(const char *word, int64_t max, int64_t *out)
{
	char *end;

	if (*word < '0' || *word > '9')
		return false;
	long long v = strtoll(word, &end, 10);
	*out = v;
	return *end == '\0' && v <= max;
}

static bool read_tap(struct story_step *s, const char *word)
{
	char extra;

	if (sscanf(word, "%5d,%5d%c", &s->x, &s->y, &extra) == 2)
		s->verb = STORY_TAP_AT;
	return *word && strlen(word) < APP_NAME;
}

static bool read_key(struct story_step *s, const char *word)
{
	static const char *const names[] = {
		"next", "back", "up", "down", "enter", "escape", "erase"};

	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(word, names[i]) == 0) {
			s->number = (int64_t)i;
			return true;
		}
	s->verb = STORY_DEMO_KEY;
	return word[0] == 'f' && read_number(word + 1, 8, &s->number) && s->number > 0;
}

static bool read_count(struct story_step *s, const char *word)
{
	return read_number(word, INT64_MAX, &s->number);
}

static bool read_output(struct story_step *s, const char *word)
{
	return read_number(word, OPTIONS_SCREENS, &s->number) && s->number > 0;
}

static bool read_lease(struct story_step *s, const char *word)
{
	return read_number(word, 366 * 24 * 60, &s->number);
}

static bool read_one_of(
	struct story_step *s, const char *word, const char *const *names, size_t n, int64_t first)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(word, names[i]) == 0) {
			s->number = first + (int64_t)i;
			return true;
		}
	return false;
}

static bool read_board(struct story_step *s, const char *word)
{
	static const char *const names[] = {"none", "new", "enrolled", "revoked"};

	return read_one_of(s, word, names, COUNT(names), STORY_NO_AGENT);
}

static bool read_answer(struct story_step *s, const char *word)
{
	static const char *const names[] = {"taken", "older", "foreign", "forged", "enrolled"};

	return read_one_of(s, word, names, COUNT(names), STATUS_CODE_TAKEN);
}

static bool read_words(struct story_step *s, const char *word)
{
	(void)s;
	return *word && strlen(word) < FOUR_WORDS;
}

static bool read_wait(struct story_step *s, const char *word)
{
	return read_number(word, 7 * 86400000LL, &s->number);
}

static bool read_now(struct story_step *s, const char *word)
{
	return options_read_instant(word, &s->number, NULL) == OK;
}

static bool read_printer(struct story_step *s, const char *word)
{
	for (int i = 0; i < FAULT_OTHER; i++)
		if (strcmp(word, fault_names[i]) == 0) {
			s->number = i;
			return true;
		}
	return false;
}

static bool read_switch(struct story_step *s, const char *word)
{
	bool disk = s->verb == STORY_DISK;

	s->number = strcmp(word, disk ? "full" : "on") == 0;
	return s->number || strcmp(word, disk ? "ok" : "off") == 0;
}

static bool read_name(struct story_step *s, const char *word)
{
	(void)s;
	return *word != '\0';
}

/* The name becomes a file's. */
static bool read_shot(struct story_step *s, const char *word)
{
	(void)s;
	return *word && !strchr(word, '/') && *word != '.';
}

static bool read_nothing(struct story_step *s, const char *word)
{
	(void)s;
	return *word == '\0';
}

/* What stands between the first and the last quote of the step. */
static bool read_quoted(struct story_step *s, struct span rest)
{
	if (rest.n < 3 || rest.p[0] != '"' || rest.p[rest.n - 1] != '"')
		return false;
	s->text = span_cut(rest, 1, rest.n - 2);
	return true;
}

static bool skip_word(struct span *s, const char *word)
{
	size_t n = strlen(word);

	if (s->n <= n || memcmp(s->p, word, n) != 0)
		return false;
	*s = span_cut(*s, n, s->n - n);
	return true;
}

static bool read_expect(struct story_step *s, const char *word)
{
	struct span rest = s->text;

	if (skip_word(&rest, "text ")) {
		s->verb = STORY_EXPECT_TEXT;
		return read_quoted(s, rest);
	}
	if (skip_word(&rest, "no text ")) {
		s->verb = STORY_EXPECT_NO_TEXT;
		return read_quoted(s, rest);
	}
	if (skip_word(&rest, "picture ")) {
		s->verb = STORY_EXPECT_PICTURE;
		s->text = rest;
		return true;
	}
	if (strcmp(word, "silence") == 0) {
		s->verb = STORY_EXPECT_SILENCE;
		return true;
	}
	if (strncmp(word, "printed ", 8) == 0) {
		s->verb = STORY_EXPECT_PRINTED;
		return read_number(word + 8, 1000000, &s->number);
	}
	for (int i = 0; i < SCREENS; i++)
		if (strcmp(word, app_screen_name((enum screen_id)i)) == 0) {
			s->number = i;
			return true;
		}
	return false;
}

static const struct verb {
	const char *name;
	enum story_verb verb;
	bool (*read)(struct story_step *s, const char *word); /* NULL: any text */
	const char *wants;
} verbs[] = {
	{"scan", STORY_SCAN, NULL, "a text"},
	{"tap", STORY_TAP, read_tap, "a region's name, or X,Y"},
	{"type", STORY_TYPE, NULL, "a text"},
	{"pin", STORY_PIN, NULL, "digits"},
	{"key", STORY_KEY, read_key, "next back up down enter escape erase f1 … f8"},
	{"wait", STORY_WAIT, read_wait, "milliseconds"},
	{"now", STORY_NOW, read_now, "an instant as 2025-10-06T08:40-07:00"},
	{"printer", STORY_PRINTER, read_printer,
		"ok paper-out cover-open wrong-roll jam hot unplugged busy editor-lite "
		"no-permission"},
	{"network", STORY_NETWORK, read_switch, "on or off"},
	{"undelivered", STORY_UNDELIVERED, read_count, "a number"},
	{"lease", STORY_LEASE, read_lease, "minutes, at most a year"},
	{"board", STORY_BOARD, read_board, "none, new, enrolled or revoked"},
	{"words", STORY_WORDS, read_words, "four words"},
	{"answer", STORY_ANSWER, read_answer, "taken, older, foreign, forged or enrolled"},
	{"disk", STORY_DISK, read_switch, "full or ok"},
	{"emergency", STORY_EMERGENCY, NULL, "a card, its PIN, and a text"},
	{"roster", STORY_ROSTER, read_name, "a file"},
	{"restart", STORY_RESTART, read_nothing, "nothing"},
	{"shot", STORY_SHOT, read_shot, "a name without /"},
	{"output", STORY_OUTPUT, read_output, "1 or 2"},
	{"expect", STORY_EXPECT_SCREEN, read_expect,
		"a screen's name, text \"…\", no text \"…\", picture NAME, printed N, silence"},
};

static struct span trim(struct span s)
{
	while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t' || s.p[s.n - 1] == '\r'))
		s.n--;
	while (s.n > 0 && (*s.p == ' ' || *s.p == '\t')) {
		s.p++;
		s.n--;
	}
	return s;
}

static const struct verb *find_verb(struct span *line)
{
	for (size_t i = 0; i < COUNT(verbs); i++) {
		size_t n = strlen(verbs[i].name);
		if (line->n < n || memcmp(line->p, verbs[i].name, n) != 0)
			continue;
		if (line->n > n && line->p[n] != ' ' && line->p[n] != '\t')
			continue;
		*line = trim((struct span){line->p + n, line->n - n});
		return &verbs[i];
	}
	return NULL;
}

static enum err read_step(struct story_step *out, struct span line, char why[static STORY_WHY])
{
	char word[WORD];
	const struct verb *v = find_verb(&line);

	if (!v) {
		snprintf(why, STORY_WHY, "there is no such step");
		return ERR_FORMAT;
	}
	out->verb = v->verb;
	out->text = line;
	bool good = true;
	if (!v->read)
		good = line.n > 0;
	else if (span_copy_text(line, word, sizeof(word)) == OK)
		good = v->read(out, word);
	else
		good = v->verb == STORY_EXPECT_SCREEN && v->read(out, "");
	if (good)
		return OK;
	snprintf(why, STORY_WHY, "`%s` wants %s", v->name, v->wants);
	return ERR_FORMAT;
}

enum err story_read(struct story *out, struct span text, unsigned *line, char why[static STORY_WHY])
{
	out->n = 0;
	*line = 0;
	while (text.n > 0) {
		const uint8_t *end = memchr(text.p, '\n', text.n);
		size_t n = end ? (size_t)(end - text.p) : text.n;
		struct span l = trim(span_cut(text, 0, n));
		text = span_cut(text, n + (end != NULL), text.n - n - (end != NULL));
		++*line;
		if (!span_is_utf8(l)) {
			snprintf(why, STORY_WHY, "the line is not UTF-8");
			return ERR_FORMAT;
		}
		if (l.n == 0 || *l.p == '#')
			continue;
		if (out->n == STORY_STEPS) {
			snprintf(why, STORY_WHY, "more than %d steps", STORY_STEPS);
			return ERR_FULL;
		}
		struct story_step *s = &out->steps[out->n];
		*s = (struct story_step){.line = *line};
		enum err e = read_step(s, l, why);
		if (e)
			return e;
		out->n++;
	}
	return OK;
}

/* The next character of s with runs of white space (U+00A0 and U+202F too) as one space. */
static int next_folded(struct span s, size_t *at)
{
	bool space = false;

	for (;;) {
		if (*at < s.n && (s.p[*at] == ' ' || s.p[*at] == '\n' || s.p[*at] == '\t'))
			*at += 1;
		else if (s.n - *at >= 2 && memcmp(s.p + *at, "\xc2\xa0", 2) == 0)
			*at += 2;
		else if (s.n - *at >= 3 && memcmp(s.p + *at, "\xe2\x80\xaf", 3) == 0)
			*at += 3;
		else
			break;
		space = true;
	}
	if (space)
		return ' ';
	return *at < s.n ? s.p[(*at)++] : -1;
}

static bool starts_with(struct span text, size_t at, struct span want)
{
	size_t w = 0;

	for (;;) {
		int c = next_folded(want, &w);
		if (c < 0)
			return true;
		if (next_folded(text, &at) != c)
			return false;
	}
}

bool story_sees(const struct draw *d, struct span want)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct draw_command *c = &d->commands[i];
		struct span text = draw_text_of(d, c);
		if (c->op != DRAW_TEXT)
			continue;
		for (size_t at = 0; at < text.n; at++)
			if (starts_with(text, at, want))
				return true;
	}
	return false;
}

bool story_shows(const struct draw *d, struct span picture)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->commands[i].op == DRAW_PICTURE &&
			span_equal(draw_text_of(d, &d->commands[i]), picture))
			return true;
	return false;
}
