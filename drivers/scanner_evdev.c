/* Scanners that type (USB HID keyboards): grabbed, raw key codes. */
#include "scanner_link.h"

#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libevdev/libevdev.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

_Static_assert(sizeof(struct input_event) <= SCANNER_UNIT, "a unit is one event");

struct scanner_places scanner_evdev_places = {"/dev/input", "/run/udev/data"};

/* Which device is wanted. */
struct wanted {
	bool marked; /* by our udev rule */
	bool by_id;
	unsigned vendor, product;
};

bool scanner_evdev_marked(const char *node)
{
	static const char mark[] = "E:FOYER_SCANNER=1";
	char path[PATH_MAX], line[256];
	struct stat st;
	bool found = false;

	if (stat(node, &st) != 0)
		return false;
	snprintf(path, sizeof(path), "%s/c%u:%u", scanner_evdev_places.udev, major(st.st_rdev),
		minor(st.st_rdev));
	FILE *f = fopen(path, "re");
	while (f && !found && fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		found = strcmp(line, mark) == 0;
	}
	if (f)
		fclose(f);
	return found;
}

static enum err read_hex(const char **p, unsigned *out)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *at;
	int n = 0;

	*out = 0;
	for (; **p != '\0' && (at = strchr(digits, **p)); ++*p, n++)
		*out = *out << 4 | (unsigned)((at - digits) & 15);
	return n >= 1 && n <= 4 ? OK : ERR_FORMAT;
}

enum err scanner_evdev_ids(const char *text, unsigned *vendor, unsigned *product)
{
	if (read_hex(&text, vendor) != OK || *text++ != ':')
		return ERR_FORMAT;
	return read_hex(&text, product) == OK && *text == '\0' ? OK : ERR_FORMAT;
}

/* A scanner often shows several event nodes; the one that types has letters, digits and Enter. */
static bool types(const struct libevdev *d)
{
	static const unsigned needed[] = {KEY_Z, KEY_Q, KEY_1, KEY_ENTER};

	for (size_t i = 0; i < COUNT(needed); i++)
		if (!libevdev_has_event_code(d, EV_KEY, needed[i]))
			return false;
	return true;
}

static bool fits(const struct libevdev *d, const struct wanted *w)
{
	return !w->by_id || ((unsigned)libevdev_get_id_vendor(d) == w->vendor &&
				    (unsigned)libevdev_get_id_product(d) == w->product);
}

static enum err grab(int fd, const struct wanted *w)
{
	struct libevdev *d = NULL;

	if (libevdev_new_from_fd(fd, &d) != 0)
		return ERR_FORMAT;
	enum err e = OK;
	if (!fits(d, w))
		e = ERR_ABSENT;
	else if (!types(d))
		e = ERR_FORMAT;
	else if (libevdev_grab(d, LIBEVDEV_GRAB) != 0)
		e = ERR_BUSY;
	libevdev_free(d);
	return e;
}

static enum err open_node(const char *path, const struct wanted *w, int *fd)
{
	*fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (*fd < 0)
		return file_error(errno);
	enum err e = grab(*fd, w);
	if (e != OK)
		close(*fd);
	return e;
}

static int is_event(const struct dirent *entry)
{
	return strncmp(entry->d_name, "event", 5) == 0;
}

/* The first that can be had; one that cannot is told only if there is no other. Without our mark an
 * unreadable node may be anything, so it is none of ours. */
static enum err find_node(const struct wanted *w, int *fd)
{
	struct dirent **names;
	enum err e = ERR_ABSENT;
	int n = scandir(scanner_evdev_places.input, &names, is_event, versionsort);

	for (int i = 0; i < n; i++) {
		char path[PATH_MAX];
		snprintf(path, sizeof(path), "%s/%s", scanner_evdev_places.input, names[i]->d_name);
		free(names[i]);
		if (e == OK)
			continue;
		if (w->marked && !scanner_evdev_marked(path))
			continue;
		enum err one = open_node(path, w, fd);
		if (one == OK || one == ERR_BUSY || (one == ERR_DENIED && w->marked))
			e = one;
	}
	if (n >= 0)
		free(names);
	return e;
}

static enum err open_evdev(struct scanner_input *in, const char *where, int64_t now_ms, int *fd)
{
	(void)in;
	(void)now_ms;
	struct wanted w = {.marked = where[0] == '\0'};

	if (where[0] == '/')
		return open_node(where, &w, fd);
	if (where[0] != '\0') {
		w.by_id = true;
		if (scanner_evdev_ids(where, &w.vendor, &w.product) != OK)
			return ERR_FORMAT;
	}
	return find_node(&w, fd);
}

static enum err feed(
	struct scanner_input *in, const uint8_t *unit, int64_t now_ms, struct scan *out)
{
	struct input_event event;

	memcpy(&event, unit, sizeof(event));
	/* The kernel's queue ran over: what was typed has a hole, and half a code is no code. */
	if (event.type == EV_SYN && event.code == SYN_DROPPED) {
		wedge_reset(&in->wedge);
		in->torn = true;
	} else if (event.type == EV_SYN && event.code == SYN_REPORT) {
		in->torn = false;
	} else if (event.type == EV_KEY && !in->torn) {
		return wedge_key(&in->wedge, event.code, event.value, now_ms, out);
	}
	return ERR_ABSENT;
}

static int64_t quiet_in(const struct scanner_input *in, int64_t now_ms)
{
	const struct wedge *w = &in->wedge;

	if (w->n == 0 && !w->too_long)
		return -1;
	int64_t left = w->last_ms + WEDGE_QUIET_MS - now_ms;
	return left > 0 ? left : 0;
}

static enum err end(struct scanner_input *in, struct scan *out)
{
	return wedge_quiet(&in->wedge, INT64_MAX, out);
}

const struct scanner_link scanner_evdev = {
	.scheme = "evdev:",
	.comes_back = true,
	.unit = sizeof(struct input_event),
	.open = open_evdev,
	.feed = feed,
	.quiet_in = quiet_in,
	.end = end,
};
