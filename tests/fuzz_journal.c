/* A journal whose database or write-ahead log was damaged: it opens, or says why not; what was carried
 * over holds, the next event is kept, and the second opening finds nothing to put aside. */
#include "journal.h"
#include "seal.h"

#include "help/scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { EVENTS = 6, PATCH = 3, FILE_MOST = 1 << 16 };

/* Nothing here survives the power: SQLite and the journal sync for nothing, and a hundred times slower. */
int fsync(int fd)
{
	(void)fd;
	return 0;
}

int fdatasync(int fd)
{
	(void)fd;
	return 0;
}

static struct scratch scratch;
static uint8_t sound[FILE_MOST];
static size_t sound_n;

static const char *name(const char *suffix)
{
	static char path[160];

	snprintf(path, sizeof(path), "%s/journal.db%s", scratch.folder, suffix);
	return path;
}

static void put(const char *path, const uint8_t *p, size_t n)
{
	FILE *f = fopen(path, "wb");

	if (!f || fwrite(p, 1, n, f) != n || fclose(f) != 0)
		abort();
}

static struct journal *open_or_stop(enum err *e)
{
	struct journal *j = NULL;

	*e = journal_open(&j, &(struct journal_options){.path = name("")});
	if ((*e == OK) != (j != NULL))
		abort();
	return j;
}

static void append(struct journal *j)
{
	struct event e = {.kind = EVENT_ARRIVED, .person = {1}, .issue = 1};

	if (journal_append(j, &e, 1) != OK)
		abort();
}

/* Only what the C library writes is silenced: the fuzzer keeps its own voice. */
static void start(void)
{
	enum err e;

	stderr = fopen("/dev/null", "w");
	if (!stderr || seal_start() != OK)
		abort();
	scratch_make(&scratch);
	struct journal *j = open_or_stop(&e);
	for (int i = 0; i < EVENTS; i++)
		append(j);
	journal_close(j);
	FILE *f = fopen(name(""), "rb");
	sound_n = fread(sound, 1, sizeof(sound), f);
	fclose(f);
	scratch_remove(&scratch);
}

static void damage(const uint8_t *p, size_t n)
{
	static uint8_t bytes[FILE_MOST];

	memcpy(bytes, sound, sound_n);
	if (p[0] & 1)
		put(name("-wal"), p + 1, n - 1);
	for (size_t i = 1; !(p[0] & 1) && i + PATCH <= n; i += PATCH)
		bytes[load_u16(p + i) % sound_n] = p[i + 2];
	put(name(""), bytes, sound_n);
}

static void judge(void)
{
	struct event_id at;
	enum err e;

	struct journal *j = open_or_stop(&e);
	if (e && e != ERR_VERSION && e != ERR_FORMAT)
		abort();
	if (e)
		return;
	append(j);
	if (journal_rescued(j) > EVENTS || journal_verify(j, &at) != OK)
		abort();
	journal_close(j);
	j = open_or_stop(&e);
	if (e || journal_quarantine(j))
		abort();
	journal_close(j);
}

/* The first byte chooses: 0, patches {u16 at, u8 value} of the database; 1, the -wal beside it. */
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	if (sound_n == 0)
		start();
	if (n < 2 || n > FILE_MOST)
		return 0;
	scratch_make(&scratch);
	damage(p, n);
	judge();
	scratch_remove(&scratch);
	return 0;
}
