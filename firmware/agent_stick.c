/* The stick: a roster and codes in, events out. It can be made by anybody, so it is read like a
 * stranger's letter: three names only, no links, no devices, bounded, and believed by signatures. */
#include "agent_inside.h"

#include "hex.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { STICK_LOOK_MS = 1000, CODES_MAX = 64 << 10, FILE_NAME = 96 };

static const char where[] = "firmware/stick";

/* A whole regular file of at most max bytes that does not change its length meanwhile.
 * returns: OK
 *          ERR_ABSENT, if there is none
 *          ERR_FORMAT, if it is no regular file, or a link
 *          ERR_FULL, if it is longer
 *          ERR_IO, also if it was changed meanwhile */
static enum err read_file(int folder, const char *name, size_t max, struct grow *out)
{
	struct stat st;

	int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return errno == ELOOP || errno == ENXIO ? ERR_FORMAT : file_error(errno);
	enum err e = fstat(fd, &st) != 0          ? ERR_IO
		     : !S_ISREG(st.st_mode)       ? ERR_FORMAT
		     : (uint64_t)st.st_size > max ? ERR_FULL
						  : OK;
	size_t n = e ? 0 : (size_t)st.st_size;
	uint8_t *to = e ? NULL : grow_room(out, n + 1);
	if (!e && !to)
		e = ERR_IO;
	for (size_t got = 0; !e;) {
		ssize_t r = read(fd, to + got, n + 1 - got);
		if (r < 0 && errno == EINTR)
			continue;
		if (r > 0)
			got += (size_t)r;
		if (r < 0 || got > n || (r == 0 && got < n))
			e = ERR_IO;
		if (r <= 0)
			break;
	}
	close(fd);
	out->n = e ? 0 : n;
	return e;
}

/* Half of what is free stays free. */
static size_t room_for_roster(const struct agent *a)
{
	struct statvfs s;

	if (statvfs(a->board.folder, &s) != 0)
		return 0;
	uint64_t half = (uint64_t)s.f_bavail * s.f_frsize / 2;
	return half < ROSTER_MAX ? (size_t)half : ROSTER_MAX;
}

static void refuse(struct agent *a, const char *what, enum err e)
{
	log_line(LOG_WARN, where, "not taken from the stick what=%s why=\"%s\"", what, err_text(e));
	if (e == ERR_FORGED || e == ERR_FOREIGN || e == ERR_FORMAT || e == ERR_FULL)
		a->refused = true;
}

static void take_roster(struct agent *a, int folder)
{
	struct grow bytes = {0};
	struct fetch f = {0};

	enum err e = read_file(folder, "manifest", MANIFEST_MAX, &bytes);
	if (e == ERR_ABSENT)
		return; /* a stick for events, or codes */
	if (!e)
		e = fetch_manifest(a, &f, (struct span){bytes.p, bytes.n});
	if (e)
		refuse(a, "manifest", e);
	grow_free(&bytes);
	if (!e && f.wanted) {
		size_t room = room_for_roster(a);
		size_t max = f.manifest.size < room ? (size_t)f.manifest.size : room;
		e = read_file(folder, "roster.foyer", max, &bytes);
		if (!e)
			e = fetch_roster(a, &f, (struct span){bytes.p, bytes.n});
		if (e)
			refuse(a, "roster", e);
		grow_free(&bytes);
	}
	fetch_free(&f);
}

static void take_codes(struct agent *a, int folder)
{
	struct grow bytes = {0};

	enum err e = read_file(folder, "codes.txt", CODES_MAX, &bytes);
	if (e && e != ERR_ABSENT)
		refuse(a, "codes", e);
	for (struct span rest = {bytes.p, e ? 0 : bytes.n}; rest.n > 0;) {
		const uint8_t *end = memchr(rest.p, '\n', rest.n);
		size_t n = end ? (size_t)(end - rest.p) : rest.n;
		size_t skip = end ? n + 1 : n;
		struct span line = span_cut(rest, 0, n);
		if (line.n > 0 && line.p[line.n - 1] == '\r')
			line.n--;
		if (line.n > 0)
			(void)code_take(a, line, false);
		rest = (struct span){rest.p + skip, rest.n - skip};
	}
	grow_free(&bytes);
}

static enum err write_all(int fd, struct span s)
{
	while (s.n > 0) {
		ssize_t r = write(fd, s.p, s.n);
		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			return file_error(errno);
		s = (struct span){s.p + r, s.n - (size_t)r};
	}
	return OK;
}

/* Whole or not at all, as far as a stick keeps its word. */
static enum err write_file(int folder, const char *name, struct span content)
{
	char part[FILE_NAME + 8];

	snprintf(part, sizeof(part), "%s.part", name);
	(void)unlinkat(folder, part, 0);
	int fd = openat(folder, part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return file_error(errno);
	enum err e = write_all(fd, content);
	if (!e && fsync(fd) != 0)
		e = file_error(errno);
	if (close(fd) != 0 && !e)
		e = file_error(errno);
	if (!e && renameat(folder, part, folder, name) != 0)
		e = file_error(errno);
	if (e)
		(void)unlinkat(folder, part, 0);
	else
		(void)fsync(folder);
	return e;
}

/* One file: the runs of first's epoch that follow each other, as many as one upload takes. *last is
 * the newest event in it. */
static enum err write_runs(struct agent *a, int out, struct cursor *runs, const struct run *first,
	struct event_id *last)
{
	struct span certificate = {a->board.credential.bytes, PAPER_CERTIFICATE};
	uint8_t head[BUNDLE_HEAD + PAPER_CERTIFICATE];
	struct sink k = sink_on(head, sizeof(head));
	char name[FILE_NAME], board[2 * EVENT_BOARD + 1];
	struct grow bytes = {0};
	struct stat st;
	struct run r = *first;

	*last = r.last;
	bundle_write_head(&k, &certificate, 1);
	grow_bytes(&bytes, head, k.n);
	grow_bytes(&bytes, r.bytes.p, r.bytes.n);
	for (struct cursor ahead = *runs; run_read(&ahead, &r) == OK; *runs = ahead) {
		if (r.last.epoch != first->first.epoch || bytes.n + r.bytes.n > PROTOCOL_UPLOAD_MAX)
			break;
		grow_bytes(&bytes, r.bytes.p, r.bytes.n);
		*last = r.last;
	}
	hex_write((struct span){first->board, EVENT_BOARD}, board);
	snprintf(name, sizeof(name), "%s-%" PRIu32 "-%" PRIu64 "-%" PRIu64 ".events", board,
		first->first.epoch, first->first.seq, last->seq);
	enum err e = bytes.failed ? ERR_IO : OK;
	if (!e && fstatat(out, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		e = write_file(out, name, (struct span){bytes.p, bytes.n});
	grow_free(&bytes);
	return e;
}

static enum err write_board(struct agent *a, int out, const struct own_board *b)
{
	struct event_id after = b->acked;
	enum err e = OK;

	while (!e && event_id_compare(&after, &b->head) < 0) {
		struct grow g = {0};
		struct run r;
		e = a->store->kind->read_board(a->store, &after, BUNDLE_MAX / 2, &g);
		struct cursor c = cursor_at((struct span){g.p, g.n});
		if (!e && g.n == 0)
			e = ERR_IO; /* the store has the head, and not what leads to it */
		while (!e && c.rest.n > 0) {
			e = run_read(&c, &r);
			if (!e)
				e = write_runs(a, out, &c, &r, &after);
		}
		grow_free(&g);
	}
	return e;
}

static void give_events(struct agent *a, int folder)
{
	enum err e = OK;

	if (!a->board.enrolled || !own_pending(&a->own))
		return;
	if (mkdirat(folder, "out", 0700) != 0 && errno != EEXIST)
		e = file_error(errno);
	int out = e ? -1 : openat(folder, "out", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (out < 0 && !e)
		e = file_error(errno);
	for (size_t i = 0; i < a->own.count && !e; i++)
		if (!a->own.boards[i].forked)
			e = write_board(a, out, &a->own.boards[i]);
	if (out >= 0)
		close(out);
	if (e)
		log_line(LOG_WARN, where, "cannot write events to the stick why=\"%s\"",
			err_text(e));
	else
		log_line(LOG_NOTE, where, "events are on the stick");
}

/* Is it another folder, or is there another manifest in it, than was looked at last? */
static bool is_new(struct agent *a, int folder)
{
	struct stick now = {.there = true, .looked_ms = a->stick.looked_ms};
	struct stat st;

	if (fstat(folder, &st) != 0) {
		a->stick.there = false;
		return false;
	}
	now.dev = st.st_dev;
	now.ino = st.st_ino;
	if (fstatat(folder, "manifest", &st, AT_SYMLINK_NOFOLLOW) == 0) {
		now.manifest = st.st_ino;
		now.changed_ns = st.st_mtim.tv_sec * INT64_C(1000000000) + st.st_mtim.tv_nsec;
	}
	bool same = a->stick.there && now.dev == a->stick.dev && now.ino == a->stick.ino &&
		    now.manifest == a->stick.manifest && now.changed_ns == a->stick.changed_ns;
	a->stick = now;
	return !same;
}

void stick_look(struct agent *a, int64_t now_ms)
{
	if (!a->options->stick ||
		(a->stick.looked_ms != 0 && now_ms - a->stick.looked_ms < STICK_LOOK_MS))
		return;
	a->stick.looked_ms = now_ms;
	int stick = open(a->options->stick, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int folder =
		stick < 0 ? -1
			  : openat(stick, "foyer", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (folder < 0)
		a->stick.there = false;
	else if (is_new(a, folder)) {
		log_line(LOG_NOTE, where, "a stick is there");
		take_roster(a, folder);
		take_codes(a, folder);
		give_events(a, folder);
	}
	if (folder >= 0)
		close(folder);
	if (stick >= 0)
		close(stick);
}
