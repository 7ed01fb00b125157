/* A disk that fails when told: an SQLite VFS over the usual one. */
#include "help/vfs_fault.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

const char vfs_fault_name[] = "foyer-fault";

struct fault_file {
	sqlite3_file base;
	bool is_database;
	sqlite3_file *real; /* lies behind this struct */
};

static struct vfs_fault now;
static sqlite3_vfs *usual;

static sqlite3_file *real(sqlite3_file *f)
{
	return ((struct fault_file *)f)->real;
}

static bool due(sqlite3_file *f, int *count, int at)
{
	if (now.only_database && !((struct fault_file *)f)->is_database)
		return false;
	++*count;
	return at > 0 && (now.once ? *count == at : *count >= at);
}

static int on_close(sqlite3_file *f)
{
	return real(f)->pMethods->xClose(real(f));
}

static int on_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
	return real(f)->pMethods->xRead(real(f), p, n, at);
}

static int on_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	if (!due(f, &now.writes, now.write_at))
		return real(f)->pMethods->xWrite(real(f), p, n, at);
	if (now.half)
		real(f)->pMethods->xWrite(real(f), p, n / 2, at);
	return now.rc;
}

static int on_truncate(sqlite3_file *f, sqlite3_int64 n)
{
	return real(f)->pMethods->xTruncate(real(f), n);
}

static int on_sync(sqlite3_file *f, int flags)
{
	if (due(f, &now.syncs, now.sync_at))
		return now.rc;
	return real(f)->pMethods->xSync(real(f), flags);
}

static int on_size(sqlite3_file *f, sqlite3_int64 *n)
{
	return real(f)->pMethods->xFileSize(real(f), n);
}

static int on_lock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xLock(real(f), level);
}

static int on_unlock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xUnlock(real(f), level);
}

static int on_check_lock(sqlite3_file *f, int *out)
{
	return real(f)->pMethods->xCheckReservedLock(real(f), out);
}

static int on_control(sqlite3_file *f, int op, void *arg)
{
	return real(f)->pMethods->xFileControl(real(f), op, arg);
}

static int on_sector(sqlite3_file *f)
{
	return real(f)->pMethods->xSectorSize(real(f));
}

static int on_traits(sqlite3_file *f)
{
	return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static int on_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
	return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}

static int on_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
	return real(f)->pMethods->xShmLock(real(f), at, n, flags);
}

static void on_shm_barrier(sqlite3_file *f)
{
	real(f)->pMethods->xShmBarrier(real(f));
}

static int on_shm_unmap(sqlite3_file *f, int delete)
{
	return real(f)->pMethods->xShmUnmap(real(f), delete);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = on_close,
	.xRead = on_read,
	.xWrite = on_write,
	.xTruncate = on_truncate,
	.xSync = on_sync,
	.xFileSize = on_size,
	.xLock = on_lock,
	.xUnlock = on_unlock,
	.xCheckReservedLock = on_check_lock,
	.xFileControl = on_control,
	.xSectorSize = on_sector,
	.xDeviceCharacteristics = on_traits,
	.xShmMap = on_shm_map,
	.xShmLock = on_shm_lock,
	.xShmBarrier = on_shm_barrier,
	.xShmUnmap = on_shm_unmap,
};

static int on_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
	struct fault_file *file = (struct fault_file *)f;

	(void)vfs;
	file->real = (sqlite3_file *)(file + 1);
	file->is_database = (flags & SQLITE_OPEN_MAIN_DB) != 0;
	int rc = usual->xOpen(usual, name, file->real, flags, out);
	file->base.pMethods = file->real->pMethods ? &methods : NULL;
	return rc;
}

void vfs_fault_set(const struct vfs_fault *fault)
{
	static sqlite3_vfs shim;

	if (!usual) {
		usual = sqlite3_vfs_find(NULL);
		shim = *usual;
		shim.zName = vfs_fault_name;
		shim.pNext = NULL;
		shim.szOsFile = (int)sizeof(struct fault_file) + usual->szOsFile;
		shim.xOpen = on_open;
		sqlite3_vfs_register(&shim, 0);
	}
	now = fault ? *fault : (struct vfs_fault){0};
	now.writes = now.syncs = 0;
}

struct vfs_fault vfs_fault_seen(void)
{
	return now;
}
