/* The file link: appends the very bytes a printer would get; on the disk is printed. */
#include "file.h"
#include "link.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { HOW = O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY, PATH_SAID = 120 };

struct file {
	char path[512];
	int fd, wake;
	struct link_device device;
	struct link_progress progress;
};

/* Whether a file can be made at path; errno says why not. */
static bool can_be_made(const char *path)
{
	const char *slash = strrchr(path, '/');
	char folder[512] = ".";

	if (slash)
		snprintf(folder, sizeof(folder), "%.*s", (int)(slash - path) + 1, path);
	return access(folder, W_OK | X_OK) == 0;
}

static void refuse(struct file *f, int error)
{
	size_t n = strlen(f->path), skip = n > PATH_SAID ? n - PATH_SAID : 0;

	f->device.state = error == EACCES || error == EPERM || error == EROFS
				  ? PRINTER_NO_PERMISSION
				  : PRINTER_NO_FILE;
	snprintf(f->device.detail, sizeof(f->device.detail), "%s%s: %s", skip ? "..." : "",
		f->path + skip, strerror(error));
}

/* A look makes no file: whoever only asks wants none. */
static void file_look(struct file *f)
{
	if (f->fd >= 0)
		return;
	f->fd = open(f->path, HOW);
	if (f->fd < 0 && (errno != ENOENT || !can_be_made(f->path))) {
		refuse(f, errno);
		return;
	}
	if (f->device.state != PRINTER_ASKING)
		f->device.arrivals++;
	f->device.state = PRINTER_ASKING;
	f->device.detail[0] = '\0';
}

static void file_close(void *link)
{
	struct file *f = link;
	if (f->fd >= 0)
		close(f->fd);
	close(f->wake);
	free(f);
}

static enum err file_open(
	void **out, const struct link_address *address, const struct printer_times *times)
{
	struct file *f = calloc(1, sizeof(*f));

	(void)times;
	if (!f)
		return ERR_IO;
	memcpy(f->path, address->path, sizeof(f->path));
	f->fd = -1;
	f->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (f->wake < 0) {
		free(f);
		return ERR_IO;
	}
	f->device.model = address->model;
	file_look(f);
	*out = f;
	return OK;
}

static void file_wait(void *link, unsigned ms)
{
	struct file *f = link;
	struct pollfd p = {.fd = f->wake, .events = POLLIN};
	uint64_t count;

	if (poll(&p, 1, (int)ms) == 1 && read(f->wake, &count, sizeof(count)) < 0)
		log_line(LOG_DEBUG, "drivers/file", "nobody woke it");
	file_look(f);
}

static void file_wake(void *link)
{
	struct file *f = link;
	uint64_t one = 1;
	if (write(f->wake, &one, sizeof(one)) < 0)
		log_line(LOG_DEBUG, "drivers/file", "it is awake already");
}

static const struct link_device *file_device(const void *link)
{
	return &((const struct file *)link)->device;
}

static enum err file_send(void *link, struct span bytes)
{
	struct file *f = link;

	f->progress = (struct link_progress){0, false, OK};
	if (f->fd < 0)
		f->fd = open(f->path, HOW | O_CREAT, 0600);
	while (f->progress.done < bytes.n) {
		ssize_t n = write(f->fd, bytes.p + f->progress.done, bytes.n - f->progress.done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			log_line(
				LOG_WARN, "drivers/file", "cannot be written: %s", strerror(errno));
			f->progress.failed = ERR_IO;
			return OK;
		}
		f->progress.done += (size_t)n;
	}
	return OK;
}

static void file_progress(const void *link, struct link_progress *out)
{
	*out = ((const struct file *)link)->progress;
}

static void file_stop(void *link)
{
	(void)link;
}

static size_t file_receive(void *link, uint8_t *out, size_t cap)
{
	(void)link, (void)out, (void)cap;
	return 0;
}

static enum err file_port(void *link, uint8_t *out)
{
	(void)link, (void)out;
	return ERR_ABSENT;
}

/* A pipe or device cannot be synced, and need not be. */
static enum err file_settle(void *link)
{
	struct file *f = link;
	if (fsync(f->fd) == 0 || errno == EINVAL || errno == ENOTSUP)
		return OK;
	return ERR_IO;
}

const struct link link_file = {
	.scheme = "file",
	.answers = false,
	.open = file_open,
	.close = file_close,
	.wait = file_wait,
	.wake = file_wake,
	.device = file_device,
	.send = file_send,
	.progress = file_progress,
	.stop = file_stop,
	.receive = file_receive,
	.port = file_port,
	.settle = file_settle,
	.list = NULL,
};
