/* The keeper thread: inotify on the roster's folder, since files are replaced by rename. */
#include "keeper.h"

#include "news.h"

#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

enum { SLOTS = 4 };

struct request {
	char path[PATH_MAX];
};

struct keeper {
	struct mailbox box;
	struct request slots[SLOTS];
	struct mailbox *ui;
	char path[PATH_MAX], trust_path[PATH_MAX];
	const char *name; /* the last part of path */
	struct trust trust;
	int watch, ring; /* inotify, eventfd */
	pthread_t thread;
};

struct holding *holding_share(struct holding *h)
{
	if (h)
		h->users++;
	return h;
}

void holding_close(struct holding *h)
{
	if (!h || --h->users > 0)
		return;
	file_free(&h->file);
	free(h);
}

/* The last day counts for a new file only: one that is in use goes on. */
static bool is_too_late(const struct roster *r, const struct trust *t, int64_t now)
{
	bool in_use = t->known && t->epoch == r->epoch && t->sequence == r->sequence;

	return !in_use && now > r->expires_at;
}

enum err holding_open(
	struct holding **out, const char *path, const struct trust *trust, int64_t now)
{
	struct holding *h = calloc(1, sizeof(*h));

	*out = NULL;
	if (!h)
		return ERR_IO;
	h->users = 1;
	enum err e = file_read(&h->file, path, ROSTER_MAX);
	if (e == OK)
		e = roster_open(&h->roster, h->file.bytes, trust, 0);
	if (e == OK && is_too_late(&h->roster, trust, now))
		e = ERR_EXPIRED;
	if (e) {
		holding_close(h);
		return e;
	}
	*out = h;
	return OK;
}

enum roster_news keeper_news_of(enum err e)
{
	if (e == OK)
		return ROSTER_FINE;
	if (e == ERR_EXPIRED)
		return ROSTER_EXPIRED;
	return e == ERR_ABSENT ? ROSTER_MISSING : ROSTER_DAMAGED;
}

static void look(struct keeper *k, const char *path)
{
	struct news n = {.kind = NEWS_ROSTER};
	enum err e = holding_open(&n.holding, path, &k->trust, clock_now().wall_ms / 1000);

	n.roster_news = keeper_news_of(e);
	if (e) {
		log_line(LOG_FAULT, "kiosk/keeper", "the new roster is not used: %s", err_text(e));
		news_tell(k->ui, &n);
		return;
	}
	const struct roster *r = &n.holding->roster;
	if (k->trust.known && r->epoch == k->trust.epoch && r->sequence == k->trust.sequence) {
		news_tell(k->ui, &n);
		return;
	}
	k->trust = roster_trust(r);
	e = trust_write(&k->trust, k->trust_path);
	if (e)
		log_line(
			LOG_WARN, "kiosk/keeper", "the trust file is not written: %s", err_text(e));
	log_line(LOG_NOTE, "kiosk/keeper", "new roster epoch=%u sequence=%llu", k->trust.epoch,
		(unsigned long long)k->trust.sequence);
	news_tell(k->ui, &n);
}

/* True if one of the events waiting is about the roster. */
static bool is_about_roster(struct keeper *k)
{
	_Alignas(struct inotify_event) char buffer[4096];
	bool ours = false;
	ssize_t got;

	while ((got = read(k->watch, buffer, sizeof(buffer))) > 0)
		for (ssize_t at = 0; at < got;) {
			const struct inotify_event *e = (const void *)(buffer + at);
			ours |= (e->mask & IN_Q_OVERFLOW) ||
				(e->len > 0 && strcmp(e->name, k->name) == 0);
			at += (ssize_t)(sizeof(*e) + e->len);
		}
	return ours;
}

static void *run(void *arg)
{
	struct keeper *k = arg;
	struct request r;
	eventfd_t rings;

	for (;;) {
		struct pollfd fds[] = {{k->watch, POLLIN, 0}, {k->ring, POLLIN, 0}};
		if (poll(fds, COUNT(fds), -1) < 0)
			continue;
		if (fds[0].revents && is_about_roster(k))
			look(k, k->path);
		if (fds[1].revents && eventfd_read(k->ring, &rings))
			continue;
		enum err e = OK;
		while ((e = mailbox_take(&k->box, &r, 0)) == OK) {
			look(k, r.path);
			mailbox_settle(&k->box);
		}
		if (e == ERR_ABSENT)
			return NULL;
	}
}

static void ring(void *arg)
{
	struct keeper *k = arg;

	(void)eventfd_write(k->ring, 1);
}

/* Watch the folder of path, where renames happen. */
static enum err watch_folder(struct keeper *k)
{
	char folder[PATH_MAX];
	char *slash = strrchr(k->path, '/');

	k->name = slash ? slash + 1 : k->path;
	snprintf(folder, sizeof(folder), "%.*s", slash ? (int)(slash - k->path) : 1,
		slash ? k->path : ".");
	if (slash == k->path)
		snprintf(folder, sizeof(folder), "/");
	k->watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	k->ring = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (k->watch < 0 || k->ring < 0)
		return ERR_IO;
	if (inotify_add_watch(k->watch, folder, IN_MOVED_TO | IN_CLOSE_WRITE | IN_DELETE) < 0)
		return ERR_IO;
	return OK;
}

static void give_back(struct keeper *k)
{
	mailbox_done(&k->box);
	if (k->watch >= 0)
		close(k->watch);
	if (k->ring >= 0)
		close(k->ring);
	free(k);
}

enum err keeper_start(struct keeper **out, const struct keeper_options *options)
{
	struct keeper *k = calloc(1, sizeof(*k));

	*out = NULL;
	if (!k)
		return ERR_IO;
	k->ui = options->ui;
	k->trust = options->believed;
	k->watch = k->ring = -1;
	mailbox_init(&k->box, k->slots, sizeof(*k->slots), SLOTS, options->traffic);
	mailbox_set_wake(&k->box, ring, k);
	enum err e = span_copy_text(span_of(options->path), k->path, sizeof(k->path));
	if (e == OK)
		e = span_copy_text(span_of(options->trust), k->trust_path, sizeof(k->trust_path));
	if (e == OK)
		e = watch_folder(k);
	if (e == OK && pthread_create(&k->thread, NULL, run, k))
		e = ERR_IO;
	if (e) {
		give_back(k);
		return ERR_IO;
	}
	*out = k;
	return OK;
}

void keeper_stop(struct keeper *k)
{
	if (!k)
		return;
	mailbox_close(&k->box);
	pthread_join(k->thread, NULL);
	give_back(k);
}

enum err keeper_try(struct keeper *k, const char *path)
{
	struct request r = {0};
	enum err e = span_copy_text(span_of(path), r.path, sizeof(r.path));

	return e ? e : mailbox_put(&k->box, &r);
}
