/* The ear: inotify on the board's folder, and one look at all of it. */
#include "ear.h"

#include "file.h"
#include "news.h"
#include "seal.h"

#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

/* A commit's last write shows before the commit itself does: so what changed is looked at once more
 * a moment later, and once again for a machine that is slow. */
static const int again_ms[] = {30, 300};

enum { SLOTS = 4 };

struct post {
	uint32_t visit;
	size_t n;
	uint8_t code[TOKEN_TEXT_MAX];
};

struct ear {
	struct mailbox box;
	struct post slots[SLOTS];
	struct mailbox *ui;
	struct notes *notes;
	struct others *others;
	char folder[PATH_MAX], status[PATH_MAX];
	uint8_t board[EVENT_BOARD];
	struct news told; /* NEWS_STATUS as last told */
	enum err state;   /* of the reading of others, as last logged */
	unsigned looks;   /* after the last change */
	int watch, ring;  /* inotify, eventfd */
	pthread_t thread;
};

static void hear(void *arg, const struct event *e)
{
	struct ear *ear = arg;

	notes_hear(ear->notes, e);
}

static void log_state(struct ear *e, enum err state)
{
	if (state == e->state || state == ERR_BUSY)
		return;
	e->state = state;
	if (state)
		log_line(
			LOG_WARN, "kiosk/ear", "other boards cannot be heard: %s", err_text(state));
}

static bool same(const struct news *a, const struct news *b)
{
	return a->on == b->on && a->undelivered == b->undelivered &&
	       status_equal(&a->status, &b->status);
}

/* A full box is no loss: nothing counts as told, and there is another look. */
static void tell(struct ear *e, const struct news *now)
{
	struct news n = *now;

	if (!same(now, &e->told) && news_put(e->ui, &n) == OK)
		e->told = *now;
}

static void look(struct ear *e)
{
	struct news n = {.kind = NEWS_STATUS};

	/* The status first: what it speaks of is in the store that is read after it. */
	enum err err = status_read(&n.status, e->status);
	log_state(e, others_read(e->others, e->board, hear, e));
	notes_heard(e->notes);
	if (err == ERR_FORMAT)
		log_line(LOG_WARN, "kiosk/ear", "the agent's status is damaged");
	n.on = err == OK;
	n.undelivered = n.on ? others_undelivered(e->others, e->board) : 0;
	status_steer_clock(n.on ? &n.status : NULL);
	tell(e, &n);
}

/* Through a name in the folder itself: the agent must not meet half a code in its inbox. */
static enum err put_code(struct ear *e, struct span code)
{
	char inbox[PATH_MAX], fresh[PATH_MAX], path[PATH_MAX];
	uint64_t name;

	seal_random(&name, sizeof(name));
	if (snprintf(inbox, PATH_MAX, "%s/inbox", e->folder) >= PATH_MAX ||
		snprintf(fresh, PATH_MAX, "%s/code-%016" PRIx64, e->folder, name) >= PATH_MAX ||
		snprintf(path, PATH_MAX, "%s/inbox/%016" PRIx64, e->folder, name) >= PATH_MAX)
		return ERR_FULL;
	enum err err = file_make_folder(inbox);
	if (err == OK)
		err = file_write(fresh, code, 0600);
	if (err)
		return err;
	if (rename(fresh, path) == 0)
		return OK;
	unlink(fresh);
	return ERR_IO;
}

static void post_one(struct ear *e, struct post *p)
{
	enum err err = put_code(e, (struct span){p->code, p->n});

	if (err)
		log_line(LOG_FAULT, "kiosk/ear", "a code cannot be handed to the agent: %s",
			err_text(err));
	news_tell(e->ui, &(struct news){.kind = NEWS_POSTED, .visit = p->visit, .result = err});
	seal_wipe(p, sizeof(*p));
}

static bool begins_with(const char *name, const char *prefix)
{
	return strncmp(name, prefix, strlen(prefix)) == 0;
}

/* The event is over for this board (wipe.h): what this process holds in memory goes as well. */
static void leave_if_wiped(const struct inotify_event *i)
{
	if (strcmp(i->name, "wiped") != 0 && strcmp(i->name, "was-wiped") != 0)
		return;
	log_line(LOG_WARN, "kiosk/ear", "this board is being wiped: leaving");
	kill(getpid(), SIGTERM);
}

static bool is_ours(struct ear *e, const struct inotify_event *i)
{
	if (i->mask & IN_Q_OVERFLOW)
		return true;
	if (i->len == 0)
		return false;
	leave_if_wiped(i);
	if (strcmp(i->name, "peers.db") == 0 && (i->mask & (IN_CREATE | IN_MOVED_TO | IN_DELETE)))
		others_renew(e->others);
	return strcmp(i->name, "status") == 0 || begins_with(i->name, "peers.db") ||
	       strcmp(i->name, "journal.db-wal") == 0;
}

static bool has_changed(struct ear *e)
{
	_Alignas(struct inotify_event) char buffer[4096];
	bool ours = false;
	ssize_t got;

	while ((got = read(e->watch, buffer, sizeof(buffer))) > 0)
		for (ssize_t at = 0; at < got;) {
			const struct inotify_event *i = (const void *)(buffer + at);
			ours |= is_ours(e, i);
			at += (ssize_t)(sizeof(*i) + i->len);
		}
	return ours;
}

static void *run(void *arg)
{
	struct ear *e = arg;
	struct post p;
	eventfd_t rings;

	for (;;) {
		struct pollfd fds[] = {{e->watch, POLLIN, 0}, {e->ring, POLLIN, 0}};
		int wait = e->looks < COUNT(again_ms) ? again_ms[e->looks] : -1;
		int ready = poll(fds, COUNT(fds), wait);
		if (ready < 0)
			continue;
		if (ready == 0) {
			e->looks++;
			look(e);
		}
		if (fds[0].revents && has_changed(e)) {
			e->looks = 0;
			look(e);
		}
		if (fds[1].revents && eventfd_read(e->ring, &rings))
			continue;
		enum err err;
		while ((err = mailbox_take(&e->box, &p, 0)) == OK) {
			post_one(e, &p);
			mailbox_settle(&e->box);
		}
		if (err == ERR_ABSENT)
			return NULL;
	}
}

static void ring(void *arg)
{
	struct ear *e = arg;

	(void)eventfd_write(e->ring, 1);
}

static enum err watch_folder(struct ear *e)
{
	const uint32_t what = IN_CREATE | IN_DELETE | IN_MODIFY | IN_MOVED_TO;

	e->watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	e->ring = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (e->watch < 0 || e->ring < 0)
		return ERR_IO;
	return inotify_add_watch(e->watch, e->folder, what) < 0 ? ERR_IO : OK;
}

static void give_back(struct ear *e)
{
	mailbox_done(&e->box);
	if (e->watch >= 0)
		close(e->watch);
	if (e->ring >= 0)
		close(e->ring);
	others_free(e->others);
	status_steer_clock(NULL);
	free(e);
}

enum err ear_start(struct ear **out, const struct ear_options *options)
{
	struct ear *e = calloc(1, sizeof(*e));

	*out = NULL;
	if (!e) {
		others_free(options->others);
		return ERR_IO;
	}
	e->ui = options->ui;
	e->notes = options->notes;
	e->others = options->others;
	e->watch = e->ring = -1;
	notes_board(e->notes, e->board);
	mailbox_init(&e->box, e->slots, sizeof(*e->slots), SLOTS, options->traffic);
	mailbox_set_wake(&e->box, ring, e);
	enum err err = span_copy_text(span_of(options->folder), e->folder, sizeof(e->folder));
	if (err == OK && snprintf(e->status, PATH_MAX, "%s/status", e->folder) >= PATH_MAX)
		err = ERR_FULL;
	if (err == OK)
		err = watch_folder(e);
	if (err == OK)
		look(e);
	if (err == OK && pthread_create(&e->thread, NULL, run, e))
		err = ERR_IO;
	if (err) {
		give_back(e);
		return err;
	}
	*out = e;
	return OK;
}

void ear_stop(struct ear *e)
{
	if (!e)
		return;
	mailbox_close(&e->box);
	pthread_join(e->thread, NULL);
	give_back(e);
}

enum err ear_post(struct ear *e, uint32_t visit, struct span code)
{
	struct post p = {.visit = visit, .n = code.n};

	if (code.n > sizeof(p.code))
		return ERR_FULL;
	memcpy(p.code, code.p, code.n);
	enum err err = mailbox_put(&e->box, &p);
	seal_wipe(&p, sizeof(p));
	return err;
}
