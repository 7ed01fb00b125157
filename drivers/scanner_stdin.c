/* Codes as lines of standard input: pipes, tests, a technician's paste. */
#include "scanner_link.h"

#include <fcntl.h>
#include <unistd.h>

/* A copy, so that closing the scanner leaves the program its standard input. */
static enum err open_stdin(struct scanner_input *in, const char *where, int64_t now_ms, int *fd)
{
	(void)in;
	(void)now_ms;
	if (where[0] != '\0')
		return ERR_FORMAT;
	*fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	return *fd < 0 ? ERR_IO : OK;
}

/* A person types slowly: only a line's end ends a line. */
static int64_t never(const struct scanner_input *in, int64_t now_ms)
{
	(void)in;
	(void)now_ms;
	return -1;
}

const struct scanner_link scanner_stdin = {
	.scheme = "stdin:",
	.comes_back = false,
	.unit = 1,
	.open = open_stdin,
	.feed = scanner_text_feed,
	.quiet_in = never,
	.end = scanner_text_end,
};
