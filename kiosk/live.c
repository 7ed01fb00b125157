/* The live kiosk: events of the window, news of the workers, the clock. */
#include "live.h"

#include "demo.h"
#include "seal.h"
#include "stage.h"

#include <SDL.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* A scanner that is a keyboard types a code within some milliseconds a letter; nobody else does. */
enum { TYPED = TOKEN_TEXT_MAX, BURST_MS = 35, BURST = 16 };

struct live {
	struct stage stage;
	struct demo demo;
	struct draw panel;
	bool panel_dirty;
	size_t typed_n;
	char typed[TYPED];
	int64_t typed_ms; /* when the last of it came */
	atomic_bool stop;
	sigset_t signals;
	pthread_t watcher;
	Uint32 wake_event;
};

static void wake_window(void *arg)
{
	const struct live *l = arg;
	SDL_Event e = {.type = l->wake_event};

	(void)SDL_PushEvent(&e);
}

static void *watch_signals(void *arg)
{
	struct live *l = arg;
	int which;

	while (sigwait(&l->signals, &which))
		continue;
	l->stop = true;
	news_tell(&l->stage.ui, &(struct news){.kind = NEWS_WAKE});
	return NULL;
}

static void show_panel(struct live *l)
{
	int w, h;

	if (!stage_has_panel(&l->stage) || (!demo_look(&l->demo, &l->stage) && !l->panel_dirty))
		return;
	display_size(l->stage.outputs[0].display, &w, &h);
	demo_view(&l->demo, STAGE_PANEL, h, &l->panel);
	display_set_panel_badge(
		l->stage.outputs[0].display, l->demo.page.dots ? &l->demo.page : NULL);
	display_show_panel(l->stage.outputs[0].display, &l->panel);
	l->panel_dirty = false;
}

static void move_cable(struct live *l)
{
	enum err e = stage_has_panel(&l->stage) ? demo_cable(&l->demo, &l->stage) : ERR_ABSENT;

	if (e && e != ERR_ABSENT)
		log_line(LOG_WARN, "kiosk/live", "the cable cannot be moved: %s", err_text(e));
}

static void touch(struct live *l, int x, int y)
{
	char name[APP_NAME];
	unsigned i;
	int w, h;

	display_size(l->stage.outputs[0].display, &w, &h);
	if (x < w) {
		stage_touch(&l->stage, x, y);
		return;
	}
	if (app_touch(&l->panel, x - w, y, name) != OK)
		return;
	if (strcmp(name, "demo-cable") == 0)
		move_cable(l);
	else if (sscanf(name, "demo-%u", &i) == 1 && demo_scan(&l->demo, &l->stage, i) == OK)
		l->typed_n = 0;
}

static void type(struct live *l, const char *text)
{
	size_t n = strlen(text);

	if (n > sizeof(l->typed) - l->typed_n)
		return;
	memcpy(l->typed + l->typed_n, text, n);
	l->typed_n += n;
	l->typed_ms = clock_now().boot_ms;
}

static bool by_hand(const struct live *l)
{
	return l->stage.options->mode != MODE_KIOSK;
}

/* Where staff work, what was typed is for the screen as soon as it can be no scanner's. */
static void give_typed(struct live *l)
{
	if (!by_hand(l) || l->typed_n == 0)
		return;
	stage_type(&l->stage, (struct span){(const uint8_t *)l->typed, l->typed_n});
	seal_wipe(l->typed, sizeof(l->typed));
	l->typed_n = 0;
}

/* Milliseconds until that is so; -1: nothing waits. */
static int typed_wait_ms(const struct live *l)
{
	if (!by_hand(l) || l->typed_n == 0)
		return -1;
	int64_t left = l->typed_ms + BURST_MS - clock_now().boot_ms;
	return left > 0 ? (int)left : 0;
}

static void scan_typed(struct live *l)
{
	stage_scan(&l->stage, (struct span){(const uint8_t *)l->typed, l->typed_n});
	seal_wipe(l->typed, sizeof(l->typed));
	l->typed_n = 0;
}

static void paste(struct live *l)
{
	char *text = SDL_GetClipboardText();

	if (!text)
		return;
	l->typed_n = 0;
	type(l, text);
	SDL_free(text);
	if (l->typed_n > 0)
		scan_typed(l);
}

static void press_key(struct live *l, const SDL_KeyboardEvent *e)
{
	static const struct {
		SDL_Keycode code;
		enum key key;
	} keys[] = {
		{SDLK_TAB, KEY_NEXT},
		{SDLK_RIGHT, KEY_NEXT},
		{SDLK_LEFT, KEY_BACK},
		{SDLK_UP, KEY_UP},
		{SDLK_DOWN, KEY_DOWN},
		{SDLK_RETURN, KEY_ENTER},
		{SDLK_KP_ENTER, KEY_ENTER},
		{SDLK_ESCAPE, KEY_ESCAPE},
		{SDLK_BACKSPACE, KEY_ERASE},
	};
	SDL_Keycode k = e->keysym.sym;

	if (k >= SDLK_F1 && k <= SDLK_F8) {
		if (stage_has_panel(&l->stage))
			(void)!demo_scan(&l->demo, &l->stage, (unsigned)(k - SDLK_F1) + 1);
		return;
	}
	if (k == SDLK_F9) {
		move_cable(l);
		return;
	}
	if (k == SDLK_v && (e->keysym.mod & KMOD_CTRL)) {
		paste(l);
		return;
	}
	bool enter = k == SDLK_RETURN || k == SDLK_KP_ENTER;
	if (enter && l->typed_n >= (by_hand(l) ? BURST : 1)) {
		scan_typed(l);
		return;
	}
	for (size_t i = 0; i < COUNT(keys); i++) {
		if (keys[i].code != k)
			continue;
		give_typed(l);
		bool back = k == SDLK_TAB && (e->keysym.mod & KMOD_SHIFT);
		stage_key(&l->stage, back ? KEY_BACK : keys[i].key);
	}
}

static void expose(struct live *l, uint32_t window)
{
	for (size_t i = 0; i < l->stage.output_n; i++)
		if (display_is(l->stage.outputs[i].display, window))
			display_expose(l->stage.outputs[i].display);
}

static void take_event(struct live *l, const SDL_Event *e)
{
	if (e->type == SDL_QUIT)
		l->stop = true;
	else if (e->type == SDL_MOUSEBUTTONDOWN && e->button.button == SDL_BUTTON_LEFT)
		touch(l, e->button.x, e->button.y);
	else if (e->type == SDL_MOUSEWHEEL)
		stage_tell(&l->stage, &(struct msg){.kind = MSG_DRAG, .lines = -e->wheel.y});
	else if (e->type == SDL_TEXTINPUT)
		type(l, e->text.text);
	else if (e->type == SDL_KEYDOWN)
		press_key(l, &e->key);
	else if (e->type == SDL_WINDOWEVENT && e->window.event == SDL_WINDOWEVENT_EXPOSED)
		expose(l, e->window.windowID);
}

/* Until something happens, but not past the next tick. */
static void wait_for_something(struct live *l, int ms)
{
	SDL_Event e;
	int typed_ms = typed_wait_ms(l);

	if (typed_ms >= 0 && typed_ms < ms)
		ms = typed_ms;
	if (!l->stage.options->window) {
		stage_turn(&l->stage, ms);
		return;
	}
	if (SDL_WaitEventTimeout(&e, ms)) {
		do
			take_event(l, &e);
		while (SDL_PollEvent(&e));
	}
	if (typed_wait_ms(l) == 0)
		give_typed(l);
	stage_turn(&l->stage, 0);
}

static void turn(struct live *l)
{
	int64_t due = 0;

	while (!l->stop) {
		stage_show(&l->stage);
		show_panel(l);
		int64_t now = clock_now().boot_ms;
		if (due <= now)
			due = now + stage_patience_ms(&l->stage);
		wait_for_something(l, (int)(due - now));
		if (clock_now().boot_ms >= due) {
			stage_tick(&l->stage);
			due = 0;
		} else if (due > clock_now().boot_ms + stage_patience_ms(&l->stage)) {
			due = 0;
		}
	}
}

static void on_printed(void *arg, const struct bitmap *page)
{
	struct live *l = arg;

	demo_printed(&l->demo, page);
	l->panel_dirty = true;
}

/* The watcher alone takes the signals, so the others, made after it, must not. */
static enum err watch(struct live *l)
{
	sigemptyset(&l->signals);
	sigaddset(&l->signals, SIGINT);
	sigaddset(&l->signals, SIGTERM);
	sigaddset(&l->signals, SIGHUP);
	return pthread_sigmask(SIG_BLOCK, &l->signals, NULL) ? ERR_IO : OK;
}

static enum err run(struct live *l, const struct options *options, const char *data)
{
	enum err e = stage_start(&l->stage, options, data, false, NULL);

	if (e)
		return e;
	if (options->window) {
		l->wake_event = SDL_RegisterEvents(1);
		mailbox_set_wake(&l->stage.ui, wake_window, l);
		SDL_StartTextInput();
	}
	if (pthread_create(&l->watcher, NULL, watch_signals, l)) {
		stage_stop(&l->stage);
		return ERR_IO;
	}
	if (stage_has_panel(&l->stage)) {
		demo_load(&l->demo, options, l->stage.roster_path);
		l->stage.on_printed = on_printed;
		l->stage.on_printed_arg = l;
		l->panel_dirty = true;
	}
	turn(l);
	pthread_cancel(l->watcher);
	pthread_join(l->watcher, NULL);
	mailbox_set_wake(&l->stage.ui, NULL, NULL);
	stage_stop(&l->stage);
	demo_wipe(&l->demo);
	return OK;
}

enum err live_run(const struct options *options, const char *data)
{
	struct live *l = calloc(1, sizeof(*l));

	if (!l)
		return ERR_IO;
	if (options->has_now)
		clock_shift(options->now_ms - clock_now().wall_ms);
	enum err e = watch(l);
	if (e == OK)
		e = run(l, options, data);
	seal_wipe(l->typed, sizeof(l->typed));
	free(l);
	return e;
}
