/* A disk that is full on demand. */
#include "full_disk.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <string.h>

const char full_disk_vfs[] = "foyer-full-disk";

static atomic_bool is_full;
static sqlite3_vfs vfs, *below;
/* The usual VFS has one set of methods for the database and another for its log. */
static sqlite3_io_methods methods[2];
static const sqlite3_io_methods *real[2];

static const sqlite3_io_methods *real_of(const sqlite3_file *f)
{
	return real[f->pMethods == &methods[1]];
}

static int write_unless_full(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	return is_full ? SQLITE_FULL : real_of(f)->xWrite(f, p, n, at);
}

static int open_file(
	sqlite3_vfs *v, sqlite3_filename name, sqlite3_file *f, int flags, int *out_flags)
{
	(void)v;
	int code = below->xOpen(below, name, f, flags, out_flags);
	int which = (flags & SQLITE_OPEN_WAL) != 0;

	if (code != SQLITE_OK || !f->pMethods || !(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)))
		return code;
	if (!real[which]) {
		real[which] = f->pMethods;
		methods[which] = *real[which];
		methods[which].xWrite = write_unless_full;
	}
	if (f->pMethods == real[which])
		f->pMethods = &methods[which];
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
