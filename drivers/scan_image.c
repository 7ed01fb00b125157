/* foyer-scan --image. */
#include "scan_image.h"

#include "decode.h"
#include "picture_in.h"
#include "scan_sandbox.h"
#include "scan_say.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct look {
	const struct scan_options *o;
	const char *source;
	struct picture picture;
	struct decoder *decoder;
	enum err said;
};

/* A name is as foreign as a text: another's file may bear it. */
static void complain(const char *source, const char *what)
{
	uint8_t name[1024];
	struct sink k = sink_on(name, sizeof(name));

	scan_escape(&k, span_of(source));
	fprintf(stderr, "foyer-scan: %.*s: %s\n", (int)k.n, (const char *)name, what);
}

static void on_reading(void *to, const struct reading *r)
{
	struct look *l = to;

	if (l->said == OK)
		l->said = scan_say(l->o->form, l->source, 0, r);
}

static int look_at(struct look *l, int fd)
{
	scan_sandbox_grant(SCAN_PICTURE_CPU_MS);
	enum err e = picture_read_fd(&l->picture, fd);
	if (e) {
		complain(l->source, l->picture.fault);
		return e == ERR_IO ? SCAN_WORLD : SCAN_NO;
	}
	e = decode_picture(l->decoder, &l->picture.luma, l->o->budget_ms, on_reading, l);
	if (l->said) {
		fputs("foyer-scan: standard output cannot be written\n", stderr);
		return SCAN_WORLD;
	}
	if (e == ERR_ABSENT)
		complain(l->source, "no code was found");
	else if (e)
		complain(l->source, "memory is out: try a smaller picture");
	return e == OK ? SCAN_DONE : e == ERR_ABSENT ? SCAN_NO : SCAN_WORLD;
}

static const char *why_not(int error)
{
	switch (error) {
	case ENOENT:
		return "is not there: mend the name";
	case EACCES:
		return "may not be read by this user: chmod it";
	case EMFILE:
		return "too many files at once: give fewer";
	default:
		return strerror(error);
	}
}

static int open_picture(const char *name)
{
	struct stat st;
	int fd = strcmp(name, "-") == 0 ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
					: open(name, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		complain(name, why_not(errno));
	else if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		complain(name, "a folder: give the pictures in it, or look through --camera");
		close(fd);
		return -1;
	}
	return fd;
}

static int look_at_all(struct look *l, const int *fds)
{
	int status = SCAN_DONE;

	if (scan_sandbox_enter(SCAN_SANDBOX_PICTURES) != OK) {
		fputs("foyer-scan: the kernel gives no sandbox; no picture is looked at\n", stderr);
		return SCAN_WORLD;
	}
	for (size_t i = 0; i < l->o->images_n; i++) {
		l->source = l->o->images[i];
		int one = fds[i] < 0 ? SCAN_WORLD : look_at(l, fds[i]);
		status = one > status ? one : status;
	}
	return status;
}

int scan_images(const struct scan_options *o)
{
	struct look l = {.o = o};
	int status = SCAN_WORLD;
	int *fds = calloc(o->images_n, sizeof(*fds));

	if (fds && decode_open(&l.decoder) == OK) {
		for (size_t i = 0; i < o->images_n; i++)
			fds[i] = open_picture(o->images[i]);
		status = look_at_all(&l, fds);
	} else
		fputs("foyer-scan: memory is out\n", stderr);
	decode_close(l.decoder);
	picture_done(&l.picture);
	free(fds);
	return status;
}
