/* The end of an event on a board. */
#include "wipe.h"

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	SIGNED = WIPE_STATEMENT - SEAL_SIGNATURE,
	EVENT_AT = 8,
	DEVICE_AT = 24,
	TIME_AT = 32,
	DEEP = 8
};
_Static_assert(TIME_AT + 8 == (int)SIGNED, "the format");

static const uint8_t magic[8] = {'F', 'O', 'Y', 'W', 'I', 'P', 'E', 'D'};
static const char label[] = "foyer wiped";

/* What nftw's function cannot be handed: one thread wipes. */
static enum err worst;

void wipe_write(const uint8_t event[static ROSTER_EVENT], const uint8_t seed[static SEAL_SEED],
	int64_t at, uint8_t out[static WIPE_STATEMENT])
{
	uint8_t key[SEAL_PUBLIC];

	seal_keypair(seed, key);
	memcpy(out, magic, sizeof(magic));
	memcpy(out + EVENT_AT, event, ROSTER_EVENT);
	paper_device(key, out + DEVICE_AT);
	store_u64(out + TIME_AT, (uint64_t)at);
	seal_sign(seed, label, (struct span){out, SIGNED}, out + SIGNED);
}

enum err wipe_device(struct span statement, uint8_t out[static PAPER_DEVICE])
{
	memset(out, 0, PAPER_DEVICE);
	if (statement.n != WIPE_STATEMENT || memcmp(statement.p, magic, sizeof(magic)) != 0)
		return ERR_FORMAT;
	memcpy(out, statement.p + DEVICE_AT, PAPER_DEVICE);
	return OK;
}

enum err wipe_read(struct span statement, const uint8_t event[static ROSTER_EVENT],
	const uint8_t key[static SEAL_PUBLIC], int64_t *at)
{
	uint8_t device[PAPER_DEVICE], said[PAPER_DEVICE];

	*at = 0;
	enum err e = wipe_device(statement, said);
	if (e)
		return e;
	if (memcmp(statement.p + EVENT_AT, event, ROSTER_EVENT) != 0)
		return ERR_FOREIGN;
	paper_device(key, device);
	if (memcmp(device, said, PAPER_DEVICE) != 0 ||
		seal_verify(key, label, (struct span){statement.p, SIGNED}, statement.p + SIGNED))
		return ERR_FORGED;
	*at = (int64_t)load_u64(statement.p + TIME_AT);
	return OK;
}

enum err wipe_at(const char *folder, int64_t *at)
{
	static const char *const names[] = {"wiped", "was-wiped"};
	const int64_t last = 253402300799; /* of the year 9999 */
	uint8_t device[PAPER_DEVICE];
	struct file_bytes f;
	char path[PATH_MAX];
	enum err e = ERR_ABSENT;

	*at = 0;
	for (size_t i = 0; i < COUNT(names) && e == ERR_ABSENT; i++) {
		if (snprintf(path, sizeof(path), "%s/%s", folder, names[i]) >= PATH_MAX)
			return ERR_FULL;
		e = file_read(&f, path, WIPE_STATEMENT);
	}
	if (e)
		return e;
	if (wipe_device(f.bytes, device) == OK)
		*at = (int64_t)load_u64(f.bytes.p + TIME_AT);
	if (*at < 0 || *at > last)
		*at = 0;
	file_free(&f);
	return OK;
}

static void note(int number)
{
	if (number != ENOENT)
		worst = file_error(number);
}

static void overwrite(const char *path, off_t size)
{
	static const uint8_t zeros[64 << 10];
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0) {
		note(errno);
		return;
	}
	while (size > 0) {
		ssize_t n = write(
			fd, zeros, size < (off_t)sizeof(zeros) ? (size_t)size : sizeof(zeros));
		if (n <= 0)
			break;
		size -= n;
	}
	if (size > 0 || fsync(fd) != 0)
		note(errno);
	close(fd);
}

static bool stays(const char *name, int level)
{
	static const char *const names[] = {
		"wiped", "was-wiped", "hubs", "agent.lock", "kiosk.lock"};

	for (size_t i = 0; i < COUNT(names); i++)
		if (level == 1 && strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static int wipe_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	if (where->level == 0 || stays(path + where->base, where->level))
		return 0;
	if (kind == FTW_F && S_ISREG(st->st_mode))
		overwrite(path, st->st_size);
	if (remove(path) != 0)
		note(errno);
	return 0;
}

static void wipe_path(const char *path)
{
	struct stat st;

	if (lstat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return;
	overwrite(path, st.st_size);
	if (unlink(path) != 0)
		note(errno);
}

enum err wipe_file(const char *path)
{
	worst = OK;
	wipe_path(path);
	return worst;
}

enum err wipe_folder(const char *folder)
{
	static const char *const first[] = {"key", "credential"};
	char path[PATH_MAX];

	worst = OK;
	for (size_t i = 0; i < COUNT(first); i++) {
		if (snprintf(path, sizeof(path), "%s/%s", folder, first[i]) >= PATH_MAX)
			return ERR_FULL;
		wipe_path(path);
	}
	if (nftw(folder, wipe_one, DEEP, FTW_DEPTH | FTW_PHYS) != 0)
		note(errno);
	snprintf(path, sizeof(path), "%s/wiped", folder);
	enum err e = file_sync_name(path);
	return worst ? worst : e;
}
