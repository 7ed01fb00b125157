/* A disk that is full on demand. */
#include "full_disk.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <string.h>

const char full_disk_vfs[] = "foyer-full-disk";

static atomic_bool is_full;
static sqlite3_vfs vfs, *below;
static sqlite3_io_methods methods;
/* The methods of the file below; the usual VFS has one set for files that write and lock. */
static const sqlite3_io_methods *real;

static int write_unless_full(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	return is_full ? SQLITE_FULL : real->xWrite(f, p, n, at);
}

static int truncate_unless_full(sqlite3_file *f, sqlite3_int64 n)
{
	return is_full && n > 0 ? SQLITE_FULL : real->xTruncate(f, n);
}

static int open_file(
	sqlite3_vfs *v, sqlite3_filename name, sqlite3_file *f, int flags, int *out_flags)
{
	(void)v;
	int code = below->xOpen(below, name, f, flags, out_flags);

	if (code != SQLITE_OK || !f->pMethods || !(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)))
		return code;
	if (!real) {
		real = f->pMethods;
		methods = *real;
		methods.xWrite = write_unless_full;
		methods.xTruncate = truncate_unless_full;
	}
	if (f->pMethods == real)
		f->pMethods = &methods;
	return code;
}

enum err full_disk_register(void)
{
	below = sqlite3_vfs_find(NULL);
	if (!below)
		return ERR_IO;
	vfs = *below;
	vfs.zName = full_disk_vfs;
	vfs.pNext = NULL;
	vfs.xOpen = open_file;
	return sqlite3_vfs_register(&vfs, 0) == SQLITE_OK ? OK : ERR_IO;
}

void full_disk_set(bool full)
{
	is_full = full;
}
