/* Frames: which kind of source, and the pace of those that have none. */
#include "frames_inside.h"

#include "file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct frames {
	const struct frames_kind *kind;
	void *self;
	enum frames_pace pace;
	struct frames_about about;
	uint64_t passed;
	int64_t start_ms; /* when the first frame was due; -1 before */
	bool ended;
	struct luma last;
};

static int64_t now_ms(void)
{
	return clock_now().boot_ms;
}

static enum err find_kind(const char *where, const struct frames_kind **out)
{
	struct stat st;

	*out = &frames_y4m;
	if (strcmp(where, "-") == 0)
		return OK;
	if (stat(where, &st) != 0)
		return file_error(errno);
	if (S_ISCHR(st.st_mode))
		*out = &frames_v4l2;
	else if (S_ISDIR(st.st_mode))
		*out = &frames_folder;
	return OK;
}

enum err frames_open(struct frames **out, const char *where, enum frames_pace pace)
{
	const struct frames_kind *kind;
	enum err e = find_kind(where, &kind);

	*out = NULL;
	if (e)
		return e;
	struct frames *f = calloc(1, sizeof(*f));
	if (!f)
		return ERR_IO;
	f->kind = kind;
	f->pace = kind->paced ? pace : FRAMES_EACH;
	f->start_ms = -1;
	e = kind->open(&f->self, where, &f->about);
	if (e) {
		free(f);
		return e;
	}
	*out = f;
	return OK;
}

void frames_close(struct frames *f)
{
	if (!f)
		return;
	f->kind->close(f->self);
	free(f);
}

struct frames_about frames_about(const struct frames *f)
{
	return f->about;
}

bool frames_is_camera(const struct frames *f)
{
	return !f->kind->paced;
}

/* How long until frame number n is due; not above 0: it is. */
static int64_t due_in(const struct frames *f, uint64_t n)
{
	if (f->pace == FRAMES_EACH || f->start_ms < 0)
		return 0;
	return f->start_ms + (int64_t)(n * 1000 / f->about.rate) - now_ms();
}

int frames_fd(const struct frames *f)
{
	/* A pipe that is full before its time would wake the caller for nothing. */
	return f->ended || due_in(f, f->passed) > 0 ? -1 : f->kind->fd(f->self);
}

int frames_wait_ms(const struct frames *f)
{
	int64_t due = due_in(f, f->passed);

	if (due > 0)
		return (int)due;
	return frames_fd(f) < 0 ? 0 : -1;
}

bool frames_ended(const struct frames *f)
{
	return f->ended && f->pace != FRAMES_HELD;
}

uint64_t frames_passed(const struct frames *f)
{
	return f->passed;
}

static enum err read_one(struct frames *f, bool skip)
{
	enum err e = f->ended ? ERR_EXPIRED : f->kind->read(f->self, &f->last, skip);

	if (e == ERR_EXPIRED) {
		f->ended = true;
		if (f->pace != FRAMES_HELD || !f->last.at)
			return ERR_ABSENT;
		e = OK;
	}
	if (e == ERR_FORMAT)
		memset(&f->last, 0, sizeof(f->last)); /* what it points to may be gone */
	if (e == OK || e == ERR_FORMAT)
		f->passed++;
	return e;
}

enum err frames_read(struct frames *f, struct luma *out)
{
	enum err e = OK;

	memset(out, 0, sizeof(*out));
	if (due_in(f, f->passed) > 0)
		return ERR_ABSENT;
	if (f->start_ms < 0)
		f->start_ms = now_ms();
	while (e == OK && f->pace != FRAMES_EACH && !f->ended && due_in(f, f->passed + 1) <= 0)
		e = read_one(f, true);
	if (e == OK || e == ERR_FORMAT)
		e = read_one(f, false);
	/* The film is late, not we: or its next frames would be skipped to catch up for ever. */
	if (e == ERR_ABSENT && !f->ended && f->pace != FRAMES_EACH)
		f->start_ms = now_ms() - (int64_t)(f->passed * 1000 / f->about.rate);
	if (e == OK)
		*out = f->last;
	return e;
}
