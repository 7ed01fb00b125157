/* A folder of pictures as frames. */
#include "frames_inside.h"

#include "file.h"
#include "picture_in.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { RATE = 30 };

struct folder {
	size_t n, at;
	struct picture picture;
	int fd[FRAMES_PICTURES];
};

static int is_picture(const struct dirent *entry)
{
	static const char *const endings[] = {".png", ".jpg", ".jpeg", ".pgm"};
	const char *dot = strrchr(entry->d_name, '.');

	for (size_t i = 0; dot && i < COUNT(endings); i++)
		if (strcasecmp(dot, endings[i]) == 0)
			return 1;
	return 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void close_folder(void *self)
{
	struct folder *d = self;

	for (size_t i = 0; i < d->n; i++)
		close(d->fd[i]);
	picture_done(&d->picture);
	free(d);
}

static enum err open_pictures(struct folder *d, int folder, struct dirent **names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int fd = openat(folder, names[i]->d_name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
		if (fd < 0)
			return errno == EMFILE ? ERR_FULL : file_error(errno);
		d->fd[d->n++] = fd;
	}
	return OK;
}

static enum err open_folder(void **self, const char *where, struct frames_about *about)
{
	struct dirent **names = NULL;
	int folder = open(where, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (folder < 0)
		return file_error(errno);
	int n = scandirat(folder, ".", &names, is_picture, by_name);
	struct folder *d = n < 0 ? NULL : calloc(1, sizeof(*d));
	enum err e = !d                    ? ERR_IO
		     : n > FRAMES_PICTURES ? ERR_FULL
					   : open_pictures(d, folder, names, (size_t)n);
	for (int i = 0; i < n; i++)
		free(names[i]);
	free(names);
	close(folder);
	if (e) {
		if (d)
			close_folder(d);
		return e;
	}
	d->picture.most = FRAMES_PIXELS;
	*about = (struct frames_about){.format = "pictures", .rate = RATE};
	*self = d;
	return OK;
}

static int fd_of(const void *self)
{
	(void)self;
	return -1;
}

static enum err read_folder(void *self, struct luma *out, bool skip)
{
	struct folder *d = self;

	if (d->at == d->n)
		return ERR_EXPIRED;
	enum err e = skip ? OK : picture_read_fd(&d->picture, d->fd[d->at]);
	d->at++;
	if (e == OK && !skip)
		*out = d->picture.luma;
	/* Whatever is wrong with it, the next one may be sound. */
	return e ? ERR_FORMAT : OK;
}

const struct frames_kind frames_folder = {
	.paced = true,
	.open = open_folder,
	.close = close_folder,
	.fd = fd_of,
	.read = read_folder,
};
