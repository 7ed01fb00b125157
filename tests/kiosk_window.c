/* The windows: real SDL windows on a real X server (Xvfb) show the painter's very pixels, each its own, and sleep
 * when nothing changes. Xvfb has one monitor, wide enough for two windows beside each other. */
#include "test.h"

#include "app.h"
#include "display.h"
#include "painter.h"
#include "seal.h"

#include <dlfcn.h>
#include <errno.h>
#include <SDL.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>

/* SDL unloads libraries that keep memory (libdbus does), and then the leak checker can no longer name
 * them, nor leave out what tests/lsan.supp lists. So none is unloaded. */
int dlclose(void *handle)
{
	(void)handle;
	return 0;
}

enum { WIDTH = 800, HEIGHT = 480 };

static pid_t server;
static struct display *display, *other;
static struct draw first, second;

/* Xvfb chooses a free number itself and tells it through a pipe when it is ready. */
static bool start_server(void)
{
	int ends[2];
	char number[16] = "", name[32], fd[16];

	if (pipe(ends))
		return false;
	server = fork();
	if (server == 0) {
		close(ends[0]);
		snprintf(fd, sizeof(fd), "%d", ends[1]);
		(void)!freopen("/dev/null", "w", stderr);
		execlp("Xvfb", "Xvfb", "-displayfd", fd, "-screen", "0", "2600x800x24", "-nolisten",
			"tcp", (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	size_t n = 0;
	while (n < sizeof(number) - 1 && !strchr(number, '\n') && read(ends[0], number + n, 1) == 1)
		n++;
	close(ends[0]);
	if (!strchr(number, '\n'))
		return false;
	number[n - 1] = '\0';
	snprintf(name, sizeof(name), ":%s", number);
	setenv("DISPLAY", name, 1);
	setenv("SDL_VIDEODRIVER", "x11", 1);
	setenv("SDL_RENDER_DRIVER", "software", 1);
	unsetenv("WAYLAND_DISPLAY");
	return true;
}

static int set_up(void **state)
{
	struct display_options o = {.width = WIDTH, .height = HEIGHT, .window = true};
	static struct model model;
	struct look look = {.language = LANGUAGE_EN, .width = WIDTH, .height = HEIGHT};

	UNUSED(state);
	if (!start_server()) {
		printf("skipped: Xvfb cannot be started here\n");
		return 0;
	}
	assert_ok(seal_start());
	assert_ok(display_open(&display, &o));
	o.number = 1;
	assert_ok(display_open(&other, &o));
	app_start(&model, look, MODE_KIOSK);
	app_view(&model, &look, &first);
	model.programme.known = true;
	model.wall = 3600;
	app_view(&model, &look, &second);
	return 0;
}

static int tear_down(void **state)
{
	UNUSED(state);
	display_close(display);
	display_close(other);
	SDL_Quit();
	if (server > 0) {
		kill(server, SIGTERM);
		waitpid(server, NULL, 0);
	}
	return 0;
}

static Window find_window(Display *x, Window root, const char *title)
{
	Window parent, *children = NULL, found = 0;
	unsigned n = 0;
	char *name = NULL;

	if (!XQueryTree(x, root, &root, &parent, &children, &n))
		return 0;
	for (unsigned i = 0; i < n && !found; i++)
		if (XFetchName(x, children[i], &name) && name) {
			found = strcmp(name, title) == 0 ? children[i] : 0;
			XFree(name);
		}
	XFree(children);
	return found;
}

/* How many pixels of the window differ from want; asked until they agree or two seconds are over,
 * since a server shows when it pleases. */
static size_t differing_in(struct display *which, const uint8_t *want, size_t stride)
{
	Display *x = XOpenDisplay(NULL);
	size_t wrong = SIZE_MAX;

	assert_non_null(x);
	for (int tries = 0; tries < 200 && wrong > 0; tries++) {
		Window w = find_window(
			x, DefaultRootWindow(x), which == display ? "Foyer" : "Foyer 2");
		SDL_PumpEvents();
		display_expose(which);
		if (!w || !(usleep(10000) == 0))
			continue;
		XImage *image = XGetImage(x, w, 0, 0, WIDTH, HEIGHT, AllPlanes, ZPixmap);
		if (!image)
			continue;
		wrong = 0;
		for (int r = 0; r < HEIGHT; r++)
			for (int c = 0; c < WIDTH; c++)
				wrong += (XGetPixel(image, c, r) & 0xffffff) !=
					 (load_u32(want + (size_t)r * stride + (size_t)c * 4) &
						 0xffffff);
		XDestroyImage(image);
	}
	XCloseDisplay(x);
	return wrong;
}

static size_t differing(const uint8_t *want, size_t stride)
{
	return differing_in(display, want, stride);
}

#define NEED_SERVER()                                                                              \
	if (!display)                                                                              \
	skip()

TEST(the_window_shows_the_painters_very_pixels)
{
	static uint32_t pixels[WIDTH * HEIGHT];
	struct glass g = {pixels, WIDTH, HEIGHT, (size_t)WIDTH * 4, PALETTE_NORMAL};
	struct painter *p;
	size_t stride;

	UNUSED(state);
	NEED_SERVER();
	assert_ok(painter_new(&p));
	assert_ok(painter_glass(p, &g, &first, NULL, 0, NULL));
	display_show(display, NULL, &first);
	assert_memory_equal(display_pixels(display, &stride), pixels, sizeof(pixels));
	assert_int_equal(differing((const uint8_t *)pixels, g.stride), 0);
	painter_free(p);
}

TEST(a_change_is_painted_in_part_and_the_whole_is_right)
{
	static uint32_t pixels[WIDTH * HEIGHT];
	struct glass g = {pixels, WIDTH, HEIGHT, (size_t)WIDTH * 4, PALETTE_NORMAL};
	struct painter *p;

	UNUSED(state);
	NEED_SERVER();
	assert_ok(painter_new(&p));
	assert_ok(painter_glass(p, &g, &second, NULL, 0, NULL));
	display_show(display, NULL, &first);
	display_show(display, &first, &second);
	assert_int_equal(differing((const uint8_t *)pixels, g.stride), 0);
	painter_free(p);
}

TEST(nothing_is_painted_when_nothing_changes)
{
	UNUSED(state);
	NEED_SERVER();
	display_show(display, NULL, &first);
	struct display_work before = display_work(display);
	for (int i = 0; i < 10; i++)
		display_show(display, &first, &first);
	assert_true(display_work(display).frames == before.frames);
	assert_true(display_work(display).pixels == before.pixels);
}

TEST(after_a_wipe_neither_memory_nor_window_holds_the_frame)
{
	static const uint8_t black[WIDTH * HEIGHT * 4];
	size_t stride;

	UNUSED(state);
	NEED_SERVER();
	display_show(display, NULL, &first);
	display_wipe(display);
	assert_memory_equal(display_pixels(display, &stride), black, sizeof(black));
	assert_int_equal(differing(black, (size_t)WIDTH * 4), 0);
}

TEST(a_frame_after_a_wipe_is_painted_whole)
{
	static uint32_t pixels[WIDTH * HEIGHT];
	struct glass g = {pixels, WIDTH, HEIGHT, (size_t)WIDTH * 4, PALETTE_NORMAL};
	struct painter *p;

	UNUSED(state);
	NEED_SERVER();
	assert_ok(painter_new(&p));
	assert_ok(painter_glass(p, &g, &first, NULL, 0, NULL));
	display_show(display, NULL, &first);
	display_wipe(display);
	display_show(display, &first, &first);
	assert_int_equal(differing((const uint8_t *)pixels, g.stride), 0);
	painter_free(p);
}

TEST(two_windows_show_two_frames)
{
	size_t stride, other_stride;

	NEED_SERVER();
	display_show(display, NULL, &first);
	display_show(other, NULL, &second);
	const uint8_t *one = display_pixels(display, &stride);
	const uint8_t *two = display_pixels(other, &other_stride);
	assert_memory_not_equal(one, two, (size_t)HEIGHT * stride);
	assert_int_equal(differing_in(display, one, stride), 0);
	assert_int_equal(differing_in(other, two, other_stride), 0);
	display_wipe(display);
	assert_int_equal(differing_in(other, two, other_stride), 0);
}

TEST(a_window_of_neither_is_known_by_neither)
{
	NEED_SERVER();
	assert_false(display_is(display, 0));
	assert_true(display_is(display, 1) != display_is(other, 1));
	assert_false(display_is(display, 1000));
	assert_false(display_is(other, 1000));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(two_windows_show_two_frames),
	cmocka_unit_test(a_window_of_neither_is_known_by_neither),
	cmocka_unit_test(the_window_shows_the_painters_very_pixels),
	cmocka_unit_test(a_change_is_painted_in_part_and_the_whole_is_right),
	cmocka_unit_test(nothing_is_painted_when_nothing_changes),
	cmocka_unit_test(after_a_wipe_neither_memory_nor_window_holds_the_frame),
	cmocka_unit_test(a_frame_after_a_wipe_is_painted_whole),
};

int main(void)
{
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
