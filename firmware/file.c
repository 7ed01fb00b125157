/* Files: read whole, written whole or not at all, one program a folder. */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum err file_error(int number)
{
	switch (number) {
	case ENOENT:
	case ENOTDIR:
		return ERR_ABSENT;
	case EACCES:
	case EPERM:
	case EROFS:
		return ERR_DENIED;
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
	case ENAMETOOLONG:
		return ERR_FULL;
	default:
		return ERR_IO;
	}
}

/* One byte more is asked for than the file should have: a file that grew shows itself. */
static enum err read_exactly(int fd, uint8_t *p, size_t n)
{
	uint8_t more;

	for (size_t have = 0; have < n;) {
		ssize_t got = read(fd, p + have, n - have);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return ERR_IO;
		have += (size_t)got;
	}
	return read(fd, &more, 1) == 0 ? OK : ERR_IO;
}

static enum err read_into_memory(struct file_bytes *out, int fd, size_t n)
{
	size_t room = n > 0 ? n : 1;
	uint8_t *p = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		return ERR_IO;
	bool locked = mlock(p, room) == 0;
	enum err e = read_exactly(fd, p, n);
	if (e != OK || mprotect(p, room, PROT_READ) != 0) {
		munmap(p, room);
		return ERR_IO;
	}
	*out = (struct file_bytes){.bytes = {p, n}, .locked = locked, .mapped = room};
	return OK;
}

enum err file_read(struct file_bytes *out, const char *path, size_t max)
{
	struct stat st;

	memset(out, 0, sizeof(*out));
	/* Not blocking: a FIFO with that name must not hold us. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return file_error(errno);
	enum err e = OK;
	if (fstat(fd, &st) != 0)
		e = ERR_IO;
	else if (!S_ISREG(st.st_mode))
		e = ERR_FORMAT;
	else if ((uintmax_t)st.st_size > max)
		e = ERR_FULL;
	else
		e = read_into_memory(out, fd, (size_t)st.st_size);
	close(fd);
	return e;
}

void file_free(struct file_bytes *f)
{
	if (f->bytes.p)
		munmap((void *)f->bytes.p, f->mapped);
	memset(f, 0, sizeof(*f));
}

/* The folder of path, "." where it names none. */
static enum err folder_of(const char *path, char out[static PATH_MAX])
{
	const char *slash = strrchr(path, '/');
	size_t n = slash ? (size_t)(slash - path) : 0;

	if (!slash)
		return span_copy_text(span_of("."), out, PATH_MAX);
	if (n == 0)
		return span_copy_text(span_of("/"), out, PATH_MAX);
	return span_copy_text((struct span){(const uint8_t *)path, n}, out, PATH_MAX);
}

enum err file_sync_name(const char *path)
{
	char folder[PATH_MAX];

	enum err e = folder_of(path, folder);
	if (e != OK)
		return e;
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return file_error(errno);
	e = fsync(fd) == 0 ? OK : ERR_IO;
	close(fd);
	return e;
}

static enum err write_all(int fd, struct span content)
{
	while (content.n > 0) {
		ssize_t put = write(fd, content.p, content.n);
		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return put < 0 ? file_error(errno) : ERR_IO;
		content = span_cut(content, (size_t)put, content.n - (size_t)put);
	}
	return OK;
}

/* A failed close after fsync succeeded loses nothing; the content was on the disk by then. */
static enum err fill(int fd, struct span content, mode_t mode)
{
	enum err e = write_all(fd, content);

	if (e == OK && fchmod(fd, mode) != 0)
		e = file_error(errno);
	if (e == OK && fsync(fd) != 0)
		e = errno == ENOSPC || errno == EDQUOT ? ERR_FULL : ERR_IO;
	close(fd);
	return e;
}

enum err file_write(const char *path, struct span content, mode_t mode)
{
	char fresh[PATH_MAX];

	if ((size_t)snprintf(fresh, sizeof(fresh), "%s.XXXXXX", path) >= sizeof(fresh))
		return ERR_FULL;
	int fd = mkostemp(fresh, O_CLOEXEC);
	if (fd < 0)
		return file_error(errno);
	enum err e = fill(fd, content, mode);
	if (e == OK && rename(fresh, path) != 0)
		e = file_error(errno);
	if (e != OK) {
		unlink(fresh);
		return e;
	}
	return file_sync_name(path) == OK ? OK : ERR_IO;
}

enum err file_make_folder(const char *path)
{
	struct stat st;

	if (mkdir(path, 0700) == 0)
		return OK;
	if (errno != EEXIST)
		return file_error(errno);
	if (stat(path, &st) != 0)
		return file_error(errno);
	if (!S_ISDIR(st.st_mode))
		return ERR_FORMAT;
	if (st.st_uid != geteuid())
		return ERR_DENIED;
	return (st.st_mode & 07777) == 0700 || chmod(path, 0700) == 0 ? OK : file_error(errno);
}

static pid_t read_holder(int fd)
{
	char text[24];
	ssize_t n = pread(fd, text, sizeof(text) - 1, 0);

	if (n <= 0)
		return 0;
	text[n] = '\0';
	long pid = strtol(text, NULL, 10);
	return pid > 0 && pid <= INT_MAX ? (pid_t)pid : 0;
}

static enum err write_holder(int fd)
{
	char text[24];
	int n = snprintf(text, sizeof(text), "%ld\n", (long)getpid());

	if (ftruncate(fd, 0) != 0)
		return file_error(errno);
	ssize_t put = pwrite(fd, text, (size_t)n, 0);
	if (put == n)
		return OK;
	return put < 0 ? file_error(errno) : ERR_FULL;
}

enum err file_lock(struct file_lock *out, const char *path, pid_t *holder)
{
	out->fd = -1;
	*holder = 0;
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return file_error(errno);
	enum err e = OK;
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		e = errno == EWOULDBLOCK ? ERR_BUSY : ERR_IO;
		*holder = e == ERR_BUSY ? read_holder(fd) : 0;
	} else {
		e = write_holder(fd);
	}
	if (e != OK) {
		close(fd);
		return e;
	}
	out->fd = fd;
	return OK;
}

void file_unlock(struct file_lock *l)
{
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
}
