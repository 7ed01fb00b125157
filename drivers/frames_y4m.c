/* Y4M: a line that says what comes, then each frame as a line and its planes. Only the first plane is
 * of use. The format has no better paper than the tools that write it (mjpegtools, ffmpeg). */
#include "frames_inside.h"

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE = 256, SCRATCH = 1 << 16, RATE_DEFAULT = 30, RATE_MOST = 240 };

/* What lies behind the grey plane. */
struct sampling {
	const char *name;
	uint32_t across, down, planes; /* pixels a sample covers, and how many planes of those */
};

static const struct sampling samplings[] = {
	{"420", 2, 2, 2},
	{"420jpeg", 2, 2, 2},
	{"420mpeg2", 2, 2, 2},
	{"420paldv", 2, 2, 2},
	{"411", 4, 1, 2},
	{"422", 2, 1, 2},
	{"444", 1, 1, 2},
	{"444alpha", 1, 1, 3},
	{"mono", 1, 1, 0},
};

enum part { PART_LINE, PART_GREY, PART_COLOUR };

struct y4m {
	int fd;
	uint32_t width, height;
	size_t grey, colour; /* bytes a frame */
	enum part part;
	size_t got; /* of that part */
	char line[LINE];
	uint8_t scratch[SCRATCH];
	uint8_t pixels[];
};

static bool is_readable(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	return poll(&p, 1, 0) > 0;
}

/* Up to want bytes, as many as are there. returns: OK, *n; ERR_ABSENT; ERR_EXPIRED, the end; ERR_IO */
static enum err take(int fd, void *to, size_t want, size_t *n)
{
	*n = 0;
	if (!is_readable(fd))
		return ERR_ABSENT;
	ssize_t got = read(fd, to, want);
	if (got < 0)
		return errno == EINTR || errno == EAGAIN ? ERR_ABSENT : ERR_IO;
	*n = (size_t)got;
	return got > 0 ? OK : ERR_EXPIRED;
}

/* One line into line, its LF replaced by NUL. Byte by byte: lines are short, and nothing that follows
 * may be taken. */
static enum err take_line(int fd, char line[static LINE], size_t *got)
{
	size_t n;

	for (;;) {
		enum err e = take(fd, line + *got, 1, &n);
		if (e)
			return e;
		if (line[*got] == '\n') {
			line[*got] = '\0';
			*got = 0;
			return OK;
		}
		if (++*got == LINE)
			return ERR_FORMAT;
	}
}

/* A number of at most six digits; *text moves behind it. */
static uint32_t number(const char **text)
{
	uint32_t v = 0;

	for (int i = 0; i < 6 && **text >= '0' && **text <= '9'; i++)
		v = v * 10 + (uint32_t)(*(*text)++ - '0');
	return v;
}

static const struct sampling *find_sampling(const char *name)
{
	for (size_t i = 0; i < COUNT(samplings); i++)
		if (strcmp(samplings[i].name, name) == 0)
			return &samplings[i];
	return NULL;
}

static uint32_t rate_of(const char *text)
{
	uint32_t frames = number(&text), seconds = *text == ':' ? (text++, number(&text)) : 1;
	uint32_t rate = seconds > 0 ? (frames + seconds / 2) / seconds : 0;

	return rate >= 1 && rate <= RATE_MOST ? rate : RATE_DEFAULT;
}

/* "YUV4MPEG2 W1280 H720 F30:1 Ip A1:1 C420jpeg XWHATEVER" */
static enum err read_header(
	char *line, struct frames_about *about, const struct sampling **sampling)
{
	char *rest = NULL;
	const char *word = strtok_r(line, " ", &rest);

	*about = (struct frames_about){.format = "Y4M", .rate = RATE_DEFAULT};
	*sampling = &samplings[0];
	if (!word || strcmp(word, "YUV4MPEG2") != 0)
		return ERR_FORMAT;
	while ((word = strtok_r(NULL, " ", &rest))) {
		const char *value = word + 1;
		if (word[0] == 'W')
			about->width = number(&value);
		else if (word[0] == 'H')
			about->height = number(&value);
		else if (word[0] == 'F')
			about->rate = rate_of(value);
		else if (word[0] == 'C')
			*sampling = find_sampling(value);
	}
	if (!*sampling || about->width == 0 || about->height == 0)
		return ERR_FORMAT;
	if (about->width > LUMA_SIDE || about->height > LUMA_SIDE ||
		(uint64_t)about->width * about->height > FRAMES_PIXELS)
		return ERR_FULL;
	return OK;
}

/* The first line is waited for: what is coming must be known before memory is taken. */
static enum err wait_header(int fd, char line[static LINE])
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	size_t got = 0;
	enum err e = ERR_ABSENT;

	while (e == ERR_ABSENT) {
		if (poll(&p, 1, -1) < 0 && errno != EINTR)
			return ERR_IO;
		e = take_line(fd, line, &got);
	}
	return e == ERR_EXPIRED ? ERR_FORMAT : e;
}

static enum err open_fd(int fd, void **self, struct frames_about *about)
{
	char line[LINE];
	const struct sampling *s;
	enum err e = wait_header(fd, line);

	if (e == OK)
		e = read_header(line, about, &s);
	if (e)
		return e;
	size_t grey = (size_t)about->width * about->height;
	struct y4m *y = calloc(1, sizeof(*y) + grey);
	if (!y)
		return ERR_IO;
	y->fd = fd;
	y->width = about->width;
	y->height = about->height;
	y->grey = grey;
	y->colour = (size_t)((y->width + s->across - 1) / s->across) *
		    ((y->height + s->down - 1) / s->down) * s->planes;
	*self = y;
	return OK;
}

static enum err open_y4m(void **self, const char *where, struct frames_about *about)
{
	int fd = strcmp(where, "-") == 0 ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
					 : open(where, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return file_error(errno);
	enum err e = open_fd(fd, self, about);
	if (e)
		close(fd);
	return e;
}

static void close_y4m(void *self)
{
	struct y4m *y = self;

	close(y->fd);
	free(y);
}

static int fd_of(const void *self)
{
	return ((const struct y4m *)self)->fd;
}

static enum err take_plane(struct y4m *y, uint8_t *to, size_t cap, size_t want)
{
	while (y->got < want) {
		size_t at = cap == want ? y->got : 0, n;
		size_t room = want - y->got < cap - at ? want - y->got : cap - at;
		enum err e = take(y->fd, to + at, room, &n);
		if (e)
			return e;
		y->got += n;
	}
	y->got = 0;
	return OK;
}

/* What has come of a frame is kept until the rest is there. A frame that is cut off is none. */
static enum err read_y4m(void *self, struct luma *out, bool skip)
{
	struct y4m *y = self;
	enum err e = OK;

	if (y->part == PART_LINE) {
		e = take_line(y->fd, y->line, &y->got);
		if (e)
			return e == ERR_FORMAT ? ERR_IO : e;
		if (strncmp(y->line, "FRAME", 5) != 0 || (y->line[5] != '\0' && y->line[5] != ' '))
			return ERR_IO;
		y->part = PART_GREY;
	}
	if (y->part == PART_GREY) {
		e = take_plane(y, y->pixels, y->grey, y->grey);
		if (e)
			return e;
		y->part = PART_COLOUR;
	}
	e = take_plane(y, y->scratch, SCRATCH, y->colour);
	if (e)
		return e;
	y->part = PART_LINE;
	if (!skip)
		*out = (struct luma){y->pixels, y->width, y->height, y->width};
	return OK;
}

const struct frames_kind frames_y4m = {
	.paced = true,
	.open = open_y4m,
	.close = close_y4m,
	.fd = fd_of,
	.read = read_y4m,
};
