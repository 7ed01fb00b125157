/* Serial scanners, RS-232 or USB (CDC ACM): 9600 8N1, the setting they leave the factory with. */
#include "scanner_link.h"

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static enum err set_up(int fd)
{
	struct termios t;

	if (tcgetattr(fd, &t) != 0)
		return ERR_FORMAT;
	cfmakeraw(&t);
	cfsetispeed(&t, B9600);
	cfsetospeed(&t, B9600);
	t.c_cflag |= CLOCAL | CREAD;
	t.c_cflag &= ~(tcflag_t)(CSTOPB | CRTSCTS);
	t.c_cc[VMIN] = 1;
	t.c_cc[VTIME] = 0;
	/* Exclusive: a login or modem manager on the same line would eat half of each code. */
	if (tcsetattr(fd, TCSANOW, &t) != 0 || ioctl(fd, TIOCEXCL) != 0)
		return ERR_IO;
	/* Half a code from before we listened is no code. */
	tcflush(fd, TCIFLUSH);
	return OK;
}

static enum err open_serial(struct scanner_input *in, const char *where, int64_t now_ms, int *fd)
{
	(void)in;
	(void)now_ms;
	if (where[0] != '/')
		return ERR_FORMAT;
	*fd = open(where, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (*fd < 0)
		return errno == EBUSY ? ERR_BUSY : file_error(errno);
	enum err e = set_up(*fd);
	if (e != OK)
		close(*fd);
	return e;
}

static int64_t quiet_in(const struct scanner_input *in, int64_t now_ms)
{
	const struct scanner_line *l = &in->line;

	if (l->n == 0 && !l->too_long)
		return -1;
	int64_t left = l->last_ms + SCANNER_QUIET_MS - now_ms;
	return left > 0 ? left : 0;
}

const struct scanner_link scanner_serial = {
	.scheme = "serial:",
	.comes_back = true,
	.unit = 1,
	.open = open_serial,
	.feed = scanner_text_feed,
	.quiet_in = quiet_in,
	.end = scanner_text_end,
};
