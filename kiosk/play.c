/* Playing a story: the clock, the steps, the verdicts. */
#include "play.h"

#include "demo.h"
#include "elsewhere.h"
#include "file.h"
#include "full_disk.h"
#include "pretence.h"
#include "seal.h"
#include "stage.h"
#include "story.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
	STORY_MAX = 1 << 20,
	REST_MS = 60 * 1000,
	TYPED = TOKEN_TEXT_MAX,
	BOOT_MS = 1000 * 1000,
	REAL_MS = 20 * 1000,
	REAL_TURN_MS = 50
};

struct counts {
	uint64_t sounds, alerts, confirmed, events;
};

struct play {
	const struct options *options;
	const char *data;
	struct instant clock;
	struct story story;
	struct stage stage;
	struct demo demo;
	struct counts before; /* the last step that was no expectation */
	uint64_t printed;     /* by stages before a restart */
	size_t typed_n;
	char typed[TYPED];
	bool full, real; /* real: an agent runs on this board */
	size_t output;   /* that expectations are about */
	enum fault fault;
	struct pretence pretence;
};

static struct counts count(struct play *p)
{
	struct stage *s = &p->stage;

	return (struct counts){s->sounds, s->alerts, s->confirmed, notes_count(s->notes)};
}

/* Turn until nobody has anything left to say. */
static enum err rest(struct play *p)
{
	struct stage *s = &p->stage;

	for (int waited = 0; waited < REST_MS; waited += 10) {
		stage_turn(s, 0);
		if (traffic_is_calm(&s->traffic)) {
			stage_show(s);
			return OK;
		}
		stage_turn(s, 10);
	}
	return ERR_TIMEOUT;
}

static enum err start(struct play *p)
{
	enum err e = stage_start(&p->stage, p->options, p->data, true, full_disk_vfs);

	if (e)
		return e;
	demo_load(&p->demo, p->options, p->stage.roster_path);
	if (p->clock.wall_ms == 0) {
		p->clock.wall_ms = stage_first_instant(&p->stage);
		stage_tell_roster(&p->stage);
	}
	if (p->fault != FAULT_NONE)
		press_fault(p->stage.press, p->fault);
	pretence_tell(&p->pretence, &p->stage);
	return rest(p);
}

static enum err restart(struct play *p)
{
	p->printed += p->stage.confirmed;
	stage_stop(&p->stage);
	p->typed_n = 0;
	p->before = (struct counts){0};
	return start(p);
}

/* The clock never jumps over an instant at which the model wants to act. */
static enum err wait(struct play *p, int64_t ms)
{
	while (ms > 0) {
		int64_t step = stage_patience_ms(&p->stage);
		if (step < 1)
			step = 1;
		if (step > ms)
			step = ms;
		p->clock.wall_ms += step;
		p->clock.boot_ms += step;
		ms -= step;
		pretence_tick(&p->pretence, &p->stage);
		stage_tick(&p->stage);
		enum err e = rest(p);
		if (e)
			return e;
	}
	return OK;
}

/* Where staff work, what is typed is for the screen; only a code is for the scanner. */
static void type(struct play *p, struct span text)
{
	static const char magic[] = {'Z', 'Q', 'M', '1'};
	bool code = text.n > sizeof(magic) && memcmp(text.p, magic, sizeof(magic)) == 0;

	if (p->options->mode != MODE_KIOSK && !code) {
		stage_type(&p->stage, text);
		return;
	}
	if (text.n > sizeof(p->typed) - p->typed_n)
		return;
	memcpy(p->typed + p->typed_n, text.p, text.n);
	p->typed_n += text.n;
}

/* Enter ends what was typed, as it does for a scanner that is a keyboard. */
static void key(struct play *p, enum key k)
{
	if (k == KEY_ENTER && p->typed_n > 0)
		stage_scan(&p->stage, (struct span){(const uint8_t *)p->typed, p->typed_n});
	else
		stage_key(&p->stage, k);
	p->typed_n = 0;
}

static enum err shoot(struct play *p, struct span name)
{
	char path[PATH_MAX];

	if (!p->options->shots)
		return OK;
	if (mkdir(p->options->shots, 0777) && errno != EEXIST)
		return ERR_IO;
	for (size_t i = 0; i < p->stage.output_n; i++) {
		const char *which = i > 0 ? "-2" : "";
		if (snprintf(path, sizeof(path), "%s/%.*s%s.png", p->options->shots, (int)name.n,
			    name.p, which) >= (int)sizeof(path))
			return ERR_FULL;
		enum err e = display_write_png(p->stage.outputs[i].display, path);
		if (e)
			return e;
	}
	return OK;
}

static enum err watch(struct play *p, size_t output)
{
	if (output >= p->stage.output_n)
		return ERR_ABSENT;
	p->output = output;
	return OK;
}

static const struct output *watched(const struct play *p)
{
	return &p->stage.outputs[p->output];
}

static enum err put_roster(struct play *p, struct span name)
{
	char path[PATH_MAX];

	enum err e = span_copy_text(name, path, sizeof(path));
	return e ? e : keeper_try(p->stage.keeper, path);
}

static enum err tap(struct play *p, struct span name)
{
	const struct draw *d = stage_frame(&p->stage);
	char text[APP_NAME];

	for (size_t i = 0; i < d->n; i++) {
		const struct draw_command *c = &d->commands[i];
		if (c->op != DRAW_REGION || !span_equal(draw_name_of(d, c), name))
			continue;
		if (c->state == REGION_DISABLED)
			return ERR_ABSENT;
		enum err e = span_copy_text(name, text, sizeof(text));
		if (e == OK)
			stage_tap(&p->stage, text);
		return e;
	}
	return ERR_ABSENT;
}

static enum err set_disk(struct stage *stage, bool full)
{
	full_disk_set(full);
	if (!full)
		notes_probe(stage->notes);
	return OK;
}

static void type_pin(struct stage *stage, struct span digits)
{
	stage_type(stage, digits);
	stage_key(stage, KEY_ENTER);
}

/* What somebody at the board does. */
static enum err hand(struct play *p, const struct story_step *s)
{
	struct stage *stage = &p->stage;

	if (s->verb == STORY_TAP)
		return tap(p, s->text);
	if (s->verb == STORY_DEMO_KEY)
		return demo_scan(&p->demo, stage, (unsigned)s->number);
	if (s->verb == STORY_SCAN)
		stage_scan(stage, s->text);
	if (s->verb == STORY_TAP_AT)
		stage_touch(stage, s->x, s->y);
	if (s->verb == STORY_TYPE)
		type(p, s->text);
	if (s->verb == STORY_PIN)
		type_pin(stage, s->text);
	if (s->verb == STORY_KEY)
		key(p, (enum key)s->number);
	return OK;
}

static enum err act(struct play *p, const struct story_step *s)
{
	struct stage *stage = &p->stage;

	switch (s->verb) {
	case STORY_SCAN:
	case STORY_TAP:
	case STORY_TAP_AT:
	case STORY_TYPE:
	case STORY_PIN:
	case STORY_KEY:
	case STORY_DEMO_KEY:
		return hand(p, s);
	case STORY_WAIT:
		return wait(p, s->number);
	case STORY_NOW:
		p->clock.wall_ms = s->number;
		stage_tick(stage);
		return OK;
	case STORY_PRINTER:
		p->fault = (enum fault)s->number;
		press_fault(stage->press, p->fault);
		return OK;
	case STORY_NETWORK:
	case STORY_UNDELIVERED:
	case STORY_LEASE:
	case STORY_BOARD:
	case STORY_WORDS:
	case STORY_ANSWER:
		return pretence_act(&p->pretence, stage, s);
	case STORY_DISK:
		return set_disk(stage, s->number);
	case STORY_EMERGENCY:
		return elsewhere_say(stage, s->text);
	case STORY_ROSTER:
		return put_roster(p, s->text);
	case STORY_RESTART:
		return restart(p);
	case STORY_SHOT:
		return shoot(p, s->text);
	case STORY_OUTPUT:
		return watch(p, (size_t)s->number - 1);
	case STORY_EXPECT_SCREEN:
	case STORY_EXPECT_TEXT:
	case STORY_EXPECT_NO_TEXT:
	case STORY_EXPECT_PICTURE:
	case STORY_EXPECT_PRINTED:
	case STORY_EXPECT_SILENCE:
		break;
	}
	return ERR_BUG;
}

static bool is_silent(struct play *p)
{
	struct counts now = count(p);

	return now.sounds == p->before.sounds && now.alerts == p->before.alerts &&
	       now.confirmed == p->before.confirmed && now.events == p->before.events;
}

static bool holds(struct play *p, const struct story_step *s)
{
	if (s->verb == STORY_EXPECT_SCREEN)
		return watched(p)->face->model.screen == (enum screen_id)s->number;
	if (s->verb == STORY_EXPECT_PRINTED)
		return p->printed + p->stage.confirmed == (uint64_t)s->number;
	if (s->verb == STORY_EXPECT_SILENCE)
		return is_silent(p);
	if (s->verb == STORY_EXPECT_PICTURE)
		return story_shows(output_frame(watched(p)), s->text);
	return story_sees(output_frame(watched(p)), s->text) == (s->verb == STORY_EXPECT_TEXT);
}

static void tell_screen(struct play *p)
{
	const struct draw *d = output_frame(watched(p));

	fprintf(stderr, "  on screen: %s, printed %llu\n",
		app_screen_name(watched(p)->face->model.screen),
		(unsigned long long)(p->printed + p->stage.confirmed));
	if (!p->stage.holding || !p->stage.holding->roster.demo)
		return;
	for (size_t i = 0; i < d->n; i++) {
		struct span t = draw_text_of(d, &d->commands[i]);
		struct span n = draw_name_of(d, &d->commands[i]);
		if (d->commands[i].op == DRAW_TEXT)
			fprintf(stderr, "    \"%.*s\"\n", (int)t.n, t.p);
		if (d->commands[i].op == DRAW_REGION)
			fprintf(stderr, "    tap %.*s\n", (int)n.n, n.p);
	}
}

/* What a real agent does, or a camera, takes its own time, while the story's clock stands still. */
static bool comes_true(struct play *p, const struct story_step *s)
{
	bool others = p->real || p->stage.eye;
	int patience_ms = others && s->verb != STORY_EXPECT_SILENCE ? REAL_MS : 0;

	for (int ms = 0; !holds(p, s); ms += REAL_TURN_MS) {
		if (ms >= patience_ms)
			return false;
		stage_turn(&p->stage, REAL_TURN_MS);
		stage_show(&p->stage);
	}
	return true;
}

static enum err play_step(struct play *p, const struct story_step *s)
{
	if (s->verb >= STORY_EXPECT_SCREEN) {
		if (comes_true(p, s))
			return OK;
		fprintf(stderr, "%s:%u: the expectation does not hold\n", p->options->story,
			s->line);
		tell_screen(p);
		return ERR_ABSENT;
	}
	p->before = count(p);
	enum err e = act(p, s);
	if (e == OK)
		e = rest(p);
	if (e) {
		fprintf(stderr, "%s:%u: the step cannot be done: %s\n", p->options->story, s->line,
			err_text(e));
		if (e == ERR_ABSENT)
			tell_screen(p);
	}
	/* The answer was no, whatever it was: the story does not hold. */
	return err_exit(e) == err_exit(ERR_ABSENT) ? ERR_ABSENT : e;
}

static enum err play_steps(struct play *p)
{
	enum err e = start(p);

	for (size_t i = 0; e == OK && i < p->story.n; i++)
		e = play_step(p, &p->story.steps[i]);
	stage_stop(&p->stage);
	return e;
}

static enum err read_story(struct play *p, struct file_bytes *file)
{
	char why[STORY_WHY];
	unsigned line;

	enum err e = file_read(file, p->options->story, STORY_MAX);
	if (e) {
		fprintf(stderr, "foyer-kiosk: %s: %s\n", p->options->story, err_text(e));
		return e == ERR_ABSENT ? ERR_IO : e;
	}
	e = story_read(&p->story, file->bytes, &line, why);
	if (e)
		fprintf(stderr, "%s:%u: %s\n", p->options->story, line, why);
	return e ? ERR_ABSENT : OK;
}

/* Beside a real agent the events are really sent: then the boot clock is the real one, by which a signed
 * time tells when they were, and the story's own wall clock is not trusted. */
static void start_clock(struct play *p)
{
	struct board_status status;
	char path[PATH_MAX];

	p->real = snprintf(path, PATH_MAX, "%s/status", p->data) < PATH_MAX &&
		  status_read(&status, path) == OK;
	p->clock = (struct instant){
		p->options->now_ms, p->real ? clock_now().boot_ms : BOOT_MS, !p->real};
}

enum err play_story(const struct options *options, const char *data)
{
	struct file_bytes file = {0};
	struct play *p = calloc(1, sizeof(*p));

	if (!p)
		return ERR_IO;
	p->options = options;
	p->data = data;
	start_clock(p);
	enum err e = read_story(p, &file);
	if (e == OK)
		e = full_disk_register();
	if (e == OK) {
		clock_fake(&p->clock);
		e = play_steps(p);
		clock_fake(NULL);
	}
	demo_wipe(&p->demo);
	file_free(&file);
	seal_wipe(p, sizeof(*p));
	free(p);
	return e;
}
