/* The scan thread. */
#include "eye.h"

#include "news.h"
#include "scanner.h"

#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { BURST_MS = 5000, VIEW_MS = 66 };

struct eye {
	struct scanner *scanner;
	struct mailbox *ui;
	int quit;                 /* eventfd */
	enum scanner_fault fault; /* told last … */
	bool held;                /* … with it */
	bool is_camera;
	atomic_bool watched;
	int64_t viewed_ms; /* when a picture was told last */
	int64_t full_ms;   /* when a scan was last refused; 0: never */
	pthread_t thread;
};

static void tell_state(struct eye *e)
{
	static const char *const why[SCANNER_FAULTS] = {
		[SCANNER_UNPLUGGED] = "it is not plugged in",
		[SCANNER_DENIED] = "this user may not open it",
		[SCANNER_BUSY] = "another program holds it",
		[SCANNER_UNFIT] = "it is no camera whose pictures can be used",
		[SCANNER_BROKEN] = "foyer-scan dies or hangs again and again",
	};
	enum scanner_fault fault = scanner_fault(e->scanner);
	bool held = scanner_holds(e->scanner);

	if (fault == e->fault && held == e->held)
		return;
	if (fault == SCANNER_FINE && e->fault != fault)
		log_line(LOG_NOTE, "kiosk/eye", "the scanner is there");
	else if (e->fault != fault)
		log_line(LOG_WARN, "kiosk/eye", "the scanner has gone: %s", why[fault]);
	e->fault = fault;
	e->held = held;
	news_tell(e->ui, &(struct news){.kind = NEWS_SCANNER, .scanner = fault, .held = held});
}

static void tell_view(struct eye *e)
{
	int64_t now = clock_now().boot_ms;

	if (!e->watched || now - e->viewed_ms < VIEW_MS || !scanner_looks(e->scanner))
		return;
	e->viewed_ms = now;
	/* One that is lost is followed by another. */
	(void)!news_put(e->ui, &(struct news){.kind = NEWS_VIEW});
}

/* Nobody shows so many codes in a second: a scanner that sends that much is out of order, and one
 * line a burst says it. */
static void say_full(struct eye *e)
{
	int64_t now = clock_now().boot_ms;

	if (e->full_ms == 0 || now - e->full_ms > BURST_MS)
		log_line(LOG_NOTE, "kiosk/eye", "scans come too fast; some are not taken");
	e->full_ms = now;
}

static void read_all(struct eye *e)
{
	struct news n = {.kind = NEWS_SCAN, .seen = e->is_camera};

	while (scanner_read(e->scanner, &n.scan) == OK) {
		if (news_put(e->ui, &n) == ERR_BUSY)
			say_full(e);
		n = (struct news){.kind = NEWS_SCAN, .seen = e->is_camera};
	}
}

static void *run(void *arg)
{
	struct eye *e = arg;

	for (;;) {
		struct pollfd fds[] = {{e->quit, POLLIN, 0}, {scanner_fd(e->scanner), POLLIN, 0}};
		if (poll(fds, COUNT(fds), scanner_wait_ms(e->scanner)) < 0)
			continue;
		if (fds[0].revents)
			return NULL;
		read_all(e);
		tell_state(e);
		tell_view(e);
	}
}

bool eye_is_camera(const char *uri)
{
	return strncmp(uri, "camera:", strlen("camera:")) == 0;
}

int eye_view(const struct eye *e)
{
	return scanner_view(e->scanner);
}

void eye_watch(struct eye *e, bool on)
{
	e->watched = on;
}

enum err eye_start(struct eye **out, const char *uri, struct mailbox *ui)
{
	struct eye *e = calloc(1, sizeof(*e));
	enum err err = ERR_IO;

	*out = NULL;
	if (!e)
		return ERR_IO;
	e->ui = ui;
	e->quit = eventfd(0, EFD_CLOEXEC);
	if (e->quit < 0)
		goto out;
	err = scanner_open(&e->scanner, uri);
	if (err)
		goto out;
	e->fault = SCANNER_FINE;
	e->is_camera = eye_is_camera(uri);
	err = pthread_create(&e->thread, NULL, run, e) ? ERR_IO : OK;
out:
	if (err) {
		scanner_close(e->scanner);
		if (e->quit >= 0)
			close(e->quit);
		free(e);
		return err;
	}
	*out = e;
	return OK;
}

void eye_stop(struct eye *e)
{
	if (!e)
		return;
	if (eventfd_write(e->quit, 1) == 0)
		pthread_join(e->thread, NULL);
	scanner_close(e->scanner);
	close(e->quit);
	free(e);
}
