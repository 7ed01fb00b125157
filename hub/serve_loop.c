/* The loop of a serving hub. */
#include "folder_store.h"
#include "notify.h"
#include "serve_inside.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum {
	TICK_S = 1,
	SEEN_TICKS = 4, /* from one part of "when were boards heard" to the next of sixteen */
	SEEN_PARTS = 16,
	FAREWELL_MS = 5000, /* for what is under way when we are told to stop */
};

/* What the loop waits for. */
enum source { SOURCE_HTTP, SOURCE_SIGNAL, SOURCE_TICK, SOURCE_FOLDER, SOURCE_PATCH, SOURCES };

struct loop {
	int epoll, fds[SOURCES];
	bool stopping;
	int64_t stop_by_ms;
};

void hub_store_failed(struct hub *h, enum err e)
{
	if (e == OK)
		return;
	log_line(LOG_FAULT, "hub/store", "%s%s", err_text(e),
		e == ERR_IO && h->store_local ? ": look at the disk, then start the hub anew" : "");
	h->store_lost |= e == ERR_IO && !h->store_local;
}

/* A database server may come back; a disk that failed is for people to look at. */
static void find_store(struct hub *h)
{
	if (!h->store_lost)
		return;
	store_close(h->store);
	h->store = NULL;
	if (folder_store(&h->store, "serve", h->dir, h->store_url, false) == OK)
		h->store_lost = false;
}

/* A board's first contact at once, since somebody may be waiting for it; all others in turn. */
static enum err write_seen(struct hub *h)
{
	unsigned part = h->ticks / SEEN_TICKS % SEEN_PARTS;
	bool first = devices_first(&h->devices, &part);

	if (!first && h->ticks % SEEN_TICKS != 0)
		return OK;
	return devices_write_seen(&h->devices, h->store, part);
}

static void tick(struct hub *h)
{
	find_store(h);
	h->ticks++;
	if (h->store) {
		enum err e = devices_refresh(&h->devices, h->store, &h->keys);
		if (e == OK)
			e = write_seen(h);
		if (e)
			hub_store_failed(h, e);
	}
	checks_begin(h);
	httpd_tidy(&h->httpd, clock_now().boot_ms);
	notify_send("WATCHDOG=1");
}

/* A hub that cannot tell of them serves all the same. */
void serve_read_protected(struct hub *h)
{
	enum err e = protected_read(&h->protected_people, h->dir, &h->keys);

	if (e)
		log_line(LOG_FAULT, "hub/intake", "who is protected now is not known: %s",
			err_text(e));
}

static void look_at_folder(struct hub *h, int fd)
{
	_Alignas(struct inotify_event) char buffer[4096];
	bool ours = false;
	ssize_t n;

	while ((n = read(fd, buffer, sizeof(buffer))) > 0)
		for (ssize_t at = 0; at < n;) {
			const struct inotify_event *i = (const void *)(buffer + at);
			ours |= i->len > 0 && strcmp(i->name, "roster.foyer") == 0;
			at += (ssize_t)(sizeof(*i) + i->len);
		}
	enum err e = ours ? versions_reload(&h->versions) : OK;
	if (e)
		log_line(LOG_FAULT, "hub/versions", "the new roster is not offered: %s",
			err_text(e));
	if (ours)
		serve_read_protected(h);
}

static void stop(struct hub *h, struct loop *l)
{
	struct signalfd_siginfo info;

	if (read(l->fds[SOURCE_SIGNAL], &info, sizeof(info)) < 0 || l->stopping)
		return;
	notify_send("STOPPING=1");
	l->stopping = true;
	l->stop_by_ms = clock_now().boot_ms + FAREWELL_MS;
	httpd_quiesce(&h->httpd);
}

static void react(struct hub *h, struct loop *l, enum source source)
{
	uint64_t count;

	switch (source) {
	case SOURCE_HTTP:
		break; /* every turn looks at it */
	case SOURCE_SIGNAL:
		stop(h, l);
		break;
	case SOURCE_TICK:
		if (read(l->fds[SOURCE_TICK], &count, sizeof(count)) > 0)
			tick(h);
		break;
	case SOURCE_FOLDER:
		look_at_folder(h, l->fds[SOURCE_FOLDER]);
		break;
	case SOURCE_PATCH:
	case SOURCES:
		versions_collect(&h->versions);
		break;
	}
}

static int patience_ms(const struct hub *h)
{
	return h->intake.first || h->checks_due ? 0 : httpd_timeout_ms(&h->httpd);
}

/* returns: OK, when we were told to stop; ERR_IO */
static enum err turn_until_stopped(struct hub *h, struct loop *l)
{
	struct epoll_event events[SOURCES];

	while (!l->stopping || (h->httpd.under_way > 0 && clock_now().boot_ms < l->stop_by_ms)) {
		int n = epoll_wait(l->epoll, events, SOURCES, patience_ms(h));
		if (n < 0 && errno != EINTR)
			return ERR_IO;
		for (int i = 0; i < n; i++)
			react(h, l, (enum source)events[i].data.u32);
		httpd_turn(&h->httpd);
		/* One transaction for all that came in; then their answers leave at once. */
		if (intake_turn(h) > 0)
			httpd_turn(&h->httpd);
		checks_turn(h);
	}
	/* libmicrohttpd does not end while a connection waits. */
	while (intake_turn(h) > 0)
		httpd_turn(&h->httpd);
	return OK;
}

static bool watch(struct loop *l, enum source source, int fd)
{
	struct epoll_event e = {.events = EPOLLIN, .data.u32 = source};

	l->fds[source] = fd;
	return fd >= 0 && epoll_ctl(l->epoll, EPOLL_CTL_ADD, fd, &e) == 0;
}

static int tick_fd(void)
{
	const struct itimerspec every = {{TICK_S, 0}, {TICK_S, 0}};
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);

	if (fd >= 0 && timerfd_settime(fd, 0, &every, NULL) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static int folder_fd(const char *dir)
{
	int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);

	if (fd >= 0 && inotify_add_watch(fd, dir, IN_MOVED_TO | IN_CLOSE_WRITE) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

enum err serve_loop(struct hub *h, const char *url)
{
	struct loop l = {.fds = {-1, -1, -1, -1, -1}};
	sigset_t set;

	serve_signals(&set);
	l.epoll = epoll_create1(EPOLL_CLOEXEC);
	bool good = l.epoll >= 0 && watch(&l, SOURCE_HTTP, httpd_fd(&h->httpd)) &&
		    watch(&l, SOURCE_PATCH, versions_fd(&h->versions)) &&
		    watch(&l, SOURCE_SIGNAL, signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC)) &&
		    watch(&l, SOURCE_TICK, tick_fd()) &&
		    watch(&l, SOURCE_FOLDER, folder_fd(h->dir));
	enum err e = good ? OK : ERR_IO;
	if (good) {
		/* The roster may have been replaced before we watched. */
		if (h->versions.have && versions_reload(&h->versions))
			log_line(LOG_WARN, "hub/versions", "the roster changed while starting");
		fprintf(stderr, "foyer serve: %s ready\n", url);
		notify_send("READY=1");
		e = turn_until_stopped(h, &l);
	}
	for (size_t i = SOURCE_SIGNAL; i < SOURCE_PATCH; i++)
		if (l.fds[i] >= 0)
			close(l.fds[i]);
	if (l.epoll >= 0)
		close(l.epoll);
	return e;
}
