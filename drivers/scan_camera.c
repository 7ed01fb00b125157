/* The keeper of the eye. */
#include "scan_camera.h"

#include "scan_eye.h"
#include "scan_say.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	BEAT_MS = 100,
	OPENING_MOST_MS = 10000, /* a camera that does not wake up in this time never does */
	RETRY_MS = 250,
	KEEPER_PLEDGE_MS = 1000,
};

struct keeper {
	const struct scan_options *o;
	struct scan_view view;
	bool had_one; /* the camera was there already */
	int told;     /* the last reason that was told */
	struct scan_line
		life; /* what is said while there is no frame: a beat, then why there is none */
};

static bool say_life(const struct keeper *k)
{
	return k->o->form != SCAN_AS_LINES || scan_say_line(&k->life) == OK;
}

/* While the eye opens the camera it cannot speak for itself. */
static void wait_ready(const struct keeper *k, int ready, pid_t eye)
{
	struct pollfd p = {.fd = ready, .events = POLLIN};

	for (int ms = 0; k->o->form == SCAN_AS_LINES && poll(&p, 1, BEAT_MS) == 0; ms += BEAT_MS)
		if (ms >= OPENING_MOST_MS || !say_life(k))
			kill(eye, SIGKILL);
}

static _Noreturn void be_eye(struct keeper *k, pid_t keeper, int ready)
{
	/* Whoever kills the keeper means both. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != keeper)
		_exit(SCAN_WORLD);
	/* Nothing is tidied up: the kernel does it, and a sandbox is no place to begin new things. */
	_exit(scan_eye(k->o, &k->view, ready, &k->life));
}

/* Start an eye and wait for its end. */
static int run_eye(struct keeper *k)
{
	int ready[2], status;
	pid_t keeper = getpid();

	if (pipe(ready) != 0)
		return SCAN_WORLD;
	pid_t eye = fork();
	if (eye == 0) {
		close(ready[0]);
		be_eye(k, keeper, ready[1]);
	}
	close(ready[1]);
	if (eye > 0)
		wait_ready(k, ready[0], eye);
	close(ready[0]);
	if (eye < 0 || waitpid(eye, &status, 0) != eye) {
		fprintf(stderr, "foyer-scan: no process can be started: %s\n", strerror(errno));
		return SCAN_WORLD;
	}
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	fprintf(stderr, "foyer-scan: the eye died of signal %d\n", WTERMSIG(status));
	return SCAN_WORLD;
}

static const struct {
	int status;
	enum scan_away why;
	const char *says;
} reasons[] = {
	{SCAN_EYE_GONE, SCAN_UNPLUGGED, "has gone; it is waited for: plug it in"},
	{SCAN_EYE_AWAY + ERR_ABSENT, SCAN_UNPLUGGED, "is not there: plug it in, or mend the name"},
	{SCAN_EYE_AWAY + ERR_DENIED, SCAN_DENIED,
		"may not be opened: put this user into its group (video, by Debian's "
		"50-udev-default.rules); a film or folder: chmod it"},
	{SCAN_EYE_AWAY + ERR_BUSY, SCAN_BUSY, "is in use by another program: stop that one"},
	{SCAN_EYE_AWAY + ERR_FORMAT, SCAN_UNFIT,
		"is no camera of a format that is read here, nor a film: make it Y4M of 8 bits "
		"(ffmpeg -pix_fmt yuv420p); a picture goes behind --image"},
	{SCAN_EYE_AWAY + ERR_FULL, SCAN_UNFIT,
		"is too much: at most 16 million pixels a frame, 4096 pictures a folder"},
	{SCAN_EYE_AWAY + ERR_IO, SCAN_UNPLUGGED, "does not work: plug it in again"},
};

/* A person hears once why, the kiosk each time. returns: false, there is nobody to tell */
static bool say_away(struct keeper *k, int status)
{
	bool waits = k->had_one && status == SCAN_EYE_AWAY + ERR_ABSENT;
	size_t i = 0;

	while (i < COUNT(reasons) - 1 && reasons[i].status != status)
		i++;
	if (status == SCAN_EYE_GONE || (status != k->told && !waits))
		fprintf(stderr, "foyer-scan: %s %s\n", k->o->camera, reasons[i].says);
	k->told = status;
	k->life.news = SCAN_AWAY;
	k->life.why = reasons[i].why;
	return say_life(k);
}

int scan_camera(const struct scan_options *o)
{
	struct keeper k = {.o = o, .life = {.news = SCAN_BEAT, .pledge_ms = KEEPER_PLEDGE_MS}};

	if (o->view_fd >= 0 && scan_view_map(&k.view, o->view_fd, true) != OK) {
		fputs("foyer-scan: --view: this is no memory made by the kiosk\n", stderr);
		return SCAN_WRONG_USE;
	}
	if (o->view_fd >= 0)
		close(o->view_fd);
	for (;;) {
		int status = run_eye(&k);
		if (status < SCAN_EYE_GONE)
			return status;
		k.had_one = k.had_one || status == SCAN_EYE_GONE;
		if (!say_away(&k, status))
			return SCAN_WORLD;
		/* A person who mistyped a name is not kept waiting; a kiosk waits for all. */
		if (!k.had_one && o->form != SCAN_AS_LINES)
			return SCAN_WORLD;
		poll(NULL, 0, RETRY_MS);
	}
}
