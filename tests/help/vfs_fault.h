/* A disk that fails when told: an SQLite VFS over the usual one. */
#ifndef TESTS_HELP_VFS_FAULT_H
#define TESTS_HELP_VFS_FAULT_H

#include <stdbool.h>

extern const char vfs_fault_name[];

/* Counted from now on, over all files: the write (or sync) with that number, 1 for the next, gives
 * rc, as do all later ones unless once. 0: none fails. */
struct vfs_fault {
	int write_at, sync_at;
	int rc; /* SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC … */
	bool once;
	bool half;          /* the failing write leaves half its bytes */
	bool only_database; /* count what goes to the database itself, not to its log */
	int writes, syncs;  /* counted so far */
};

/* Register the VFS if need be and set what fails; NULL: nothing any more. */
void vfs_fault_set(const struct vfs_fault *fault);
/* The syncs and writes since the last set. */
struct vfs_fault vfs_fault_seen(void);

#endif
