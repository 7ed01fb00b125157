/* Files: read whole into memory of our own, written whole or not at all, one program a folder. */
#ifndef FIRMWARE_FILE_H
#define FIRMWARE_FILE_H

#include "base.h"

#include <sys/types.h>

/* A file's content as it was when it was read. The memory is anonymous, read-only and locked where
 * the limits allow: what happens to the file afterwards cannot reach it, and no read of it can
 * fail. */
struct file_bytes {
	struct span bytes; /* never NULL after OK, also for an empty file */
	bool locked;       /* kept out of swap (RLIMIT_MEMLOCK permitting) */
	size_t mapped;
};

/* Read the regular file at path, of at most max bytes; give back with file_free. On an error out is
 * zeroed.
 * returns: OK
 *          ERR_ABSENT, if there is no such file
 *          ERR_DENIED, if it may not be read
 *          ERR_FORMAT, if it is no regular file
 *          ERR_FULL, if it is longer than max
 *          ERR_IO, if reading failed, memory is out, or the file changed its length meanwhile */
MUST_CHECK enum err file_read(struct file_bytes *out, const char *path, size_t max);
/* Wipe nothing, unmap. A zeroed f is fine. */
void file_free(struct file_bytes *f);

/* Put content at path, whole or not at all: a temporary file beside it, fsync, rename, fsync of the
 * folder. mode is the new file's (0600, 0644). On an error the old file stands and no temporary one
 * is left; only after a failed fsync of the folder may the new one stand already.
 * returns: OK
 *          ERR_ABSENT, if the folder is not there
 *          ERR_DENIED, if the folder may not be written
 *          ERR_FULL, if the disk or quota is full, or the path is too long
 *          ERR_IO, if writing or syncing failed */
MUST_CHECK enum err file_write(const char *path, struct span content, mode_t mode);

/* Make the folder, mode 0700; one that is there and ours gets that mode.
 * returns: OK
 *          ERR_ABSENT, if its parent is not there
 *          ERR_DENIED, if it belongs to somebody else or may not be made
 *          ERR_FORMAT, if something else has its name
 *          ERR_FULL, if the disk is full
 *          ERR_IO */
MUST_CHECK enum err file_make_folder(const char *path);

/* Make the name of path durable: fsync of the folder it is in.
 * returns: OK, ERR_ABSENT, ERR_DENIED, ERR_FULL (path too long), ERR_IO */
MUST_CHECK enum err file_sync_name(const char *path);

/* One program a path: a flock on a file that holds the owner's process id in decimal. The lock ends
 * with the process, however it ends; the file stays. */
struct file_lock {
	int fd; /* -1 when not held */
};
#define FILE_LOCK_NONE                                                                             \
	{                                                                                          \
		-1                                                                                 \
	}

/* Take the lock at path (a board's folder has kiosk.lock and agent.lock).
 * returns: OK
 *          ERR_BUSY, if another holds it; *holder is its process id, 0 if it did not say
 *          ERR_ABSENT, if the folder is not there
 *          ERR_DENIED, if the file may not be made or opened
 *          ERR_FULL, if the disk is full
 *          ERR_IO */
MUST_CHECK enum err file_lock(struct file_lock *out, const char *path, pid_t *holder);
void file_unlock(struct file_lock *l);

/* The error that an errno of open, write, fsync or rename means: ERR_ABSENT, ERR_DENIED, ERR_FULL
 * or ERR_IO. */
enum err file_error(int number);

#endif
