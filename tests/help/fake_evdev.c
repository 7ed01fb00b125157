/* A libevdev that answers for named pipes. */
#include "help/fake_evdev.h"

#include <errno.h>
#include <fcntl.h>
#include <libevdev/libevdev.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEVICES = 8 };

struct libevdev {
	ino_t node;
	int vendor, product;
};

static struct libevdev devices[DEVICES];
static bool grabbed_elsewhere, no_keys;
static int grabs;

static void make_pipe(const char *path)
{
	if (mkfifo(path, 0600) != 0) {
		perror(path);
		abort();
	}
}

int fake_evdev_plug(const char *path, int vendor, int product)
{
	struct stat st;

	make_pipe(path);
	/* Read and write: the end stays open while nobody reads. */
	int fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0)
		abort();
	for (int i = 0; i < DEVICES; i++)
		if (devices[i].node == 0) {
			devices[i] = (struct libevdev){st.st_ino, vendor, product};
			return fd;
		}
	abort();
}

void fake_evdev_plug_other(const char *path)
{
	make_pipe(path);
}

void fake_evdev_unplug(const char *path, int writing_end)
{
	struct stat st;

	fstat(writing_end, &st);
	for (int i = 0; i < DEVICES; i++)
		if (devices[i].node == st.st_ino)
			devices[i].node = 0;
	close(writing_end);
	unlink(path);
}

void fake_evdev_grabbed_elsewhere(bool grabbed)
{
	grabbed_elsewhere = grabbed;
}

void fake_evdev_has_keys(bool keys)
{
	no_keys = !keys;
}

int fake_evdev_grabs(void)
{
	return grabs;
}

static void send(int fd, unsigned type, unsigned code, int value)
{
	struct input_event e = {
		.type = (unsigned short)type, .code = (unsigned short)code, .value = value};

	if (write(fd, &e, sizeof(e)) != (ssize_t)sizeof(e))
		abort();
}

void fake_evdev_key(int writing_end, unsigned key, int value)
{
	send(writing_end, EV_KEY, key, value);
	fake_evdev_sync(writing_end, SYN_REPORT);
}

void fake_evdev_sync(int writing_end, unsigned code)
{
	send(writing_end, EV_SYN, code, 0);
}

int libevdev_new_from_fd(int fd, struct libevdev **out)
{
	struct stat st;

	fstat(fd, &st);
	for (int i = 0; i < DEVICES; i++)
		if (devices[i].node != 0 && devices[i].node == st.st_ino) {
			*out = &devices[i];
			return 0;
		}
	return -ENOTTY;
}

void libevdev_free(struct libevdev *d)
{
	(void)d;
}

int libevdev_get_id_vendor(const struct libevdev *d)
{
	return d->vendor;
}

int libevdev_get_id_product(const struct libevdev *d)
{
	return d->product;
}

int libevdev_has_event_code(const struct libevdev *d, unsigned type, unsigned code)
{
	(void)d;
	return type == EV_KEY && code <= KEY_ENTER * 2 && !no_keys;
}

int libevdev_grab(struct libevdev *d, enum libevdev_grab_mode mode)
{
	(void)d;
	if (grabbed_elsewhere)
		return -EBUSY;
	grabs += mode == LIBEVDEV_GRAB;
	return 0;
}
