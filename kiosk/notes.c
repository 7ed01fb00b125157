/* The note thread: one box, one journal, one fold. */
#include "notes.h"

#include "journal.h"
#include "news.h"
#include "staff.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS = 32, LEFT_OVER = 16 };

/* Where a worker waits for its commit. */
struct wait {
	pthread_mutex_t lock;
	pthread_cond_t over;
	bool done;
	enum err result;
	struct event *event;
};

struct request {
	uint32_t visit;
	bool probe, target_uncertain;
	struct wait *wait; /* lives on the waiting thread's stack until it is told */
	struct event event;
};

struct notes {
	struct mailbox box;
	struct request slots[SLOTS];
	struct mailbox *ui;
	pthread_t thread;
	struct journal *journal; /* NULL: could not be opened */
	enum err state;          /* of the journal, as last told */
	pthread_mutex_t fold_lock;
	struct fold *fold;
	uint64_t count;
	void (*arrived)(void *arg, const struct event *e);
	void *arrived_arg;
	struct notes_emergency told; /* the UI was told of it */
	bool look;                   /* another may hold since */
};

static void tell_state(struct notes *n, enum err e)
{
	if (n->state == e)
		return;
	n->state = e;
	if (e)
		log_line(LOG_FAULT, "kiosk/notes", "the journal cannot be written: %s",
			e == ERR_FULL ? "the disk is full" : err_text(e));
	else
		log_line(LOG_NOTE, "kiosk/notes", "the journal can be written");
	news_tell(n->ui, &(struct news){.kind = NEWS_JOURNAL, .result = e});
}

/* Under the lock, so that whoever ends the watch is not told afterwards. */
static void tell_watcher(const struct notes *n, const struct event *e)
{
	if (n->arrived && e->kind == EVENT_ARRIVED)
		n->arrived(n->arrived_arg, e);
}

static enum err emergency(const struct notes *n, struct notes_emergency *out)
{
	struct fold_emergency now;
	enum err e = fold_emergency(n->fold, &now);

	memset(out, 0, sizeof(*out));
	out->newest_ms = now.newest_ms;
	out->since_ms = now.since_ms;
	out->n = now.said.n < sizeof(out->said) ? now.said.n : sizeof(out->said);
	if (out->n > 0)
		memcpy(out->said, now.said.p, out->n);
	return e;
}

/* A full box is no loss: it does not count as told, and whoever ticks looks by himself. Under the lock. */
static void tell_emergency(struct notes *n)
{
	struct news news = {.kind = NEWS_EMERGENCY};
	struct notes_emergency now;

	bool holds = emergency(n, &now) == OK;
	now.newest_ms = 0;
	if (memcmp(&now, &n->told, sizeof(now)) == 0)
		return;
	if (news_put(n->ui, &news) != OK)
		return;
	log_line(LOG_WARN, "kiosk/notes", holds ? "an emergency holds" : "the emergency is over");
	n->told = now;
}

static bool is_of_emergency(const struct event *e)
{
	return e->kind == EVENT_EMERGENCY || e->kind == EVENT_UNDO;
}

enum err notes_emergency(struct notes *n, struct notes_emergency *out)
{
	pthread_mutex_lock(&n->fold_lock);
	enum err e = emergency(n, out);
	pthread_mutex_unlock(&n->fold_lock);
	return e;
}

static void fold_in(struct notes *n, const struct event *e)
{
	pthread_mutex_lock(&n->fold_lock);
	enum err err = fold_add(n->fold, e);
	n->count++;
	tell_watcher(n, e);
	if (is_of_emergency(e))
		tell_emergency(n);
	pthread_mutex_unlock(&n->fold_lock);
	if (err)
		log_line(LOG_FAULT, "kiosk/notes", "fold: %s", err_text(err));
}

/* Two histories under one name: a board was cloned. That is for staff to find out, not for a guest. */
void notes_hear(struct notes *n, const struct event *e)
{
	pthread_mutex_lock(&n->fold_lock);
	enum err err = fold_add(n->fold, e);
	tell_watcher(n, e);
	n->look |= is_of_emergency(e);
	pthread_mutex_unlock(&n->fold_lock);
	if (err)
		log_line(LOG_FAULT, "kiosk/notes", "an event of another board: %s", err_text(err));
}

void notes_heard(struct notes *n)
{
	pthread_mutex_lock(&n->fold_lock);
	if (n->look)
		tell_emergency(n);
	n->look = false;
	pthread_mutex_unlock(&n->fold_lock);
}

void notes_board(const struct notes *n, uint8_t out[static EVENT_BOARD])
{
	memset(out, 0, EVENT_BOARD);
	if (n->journal)
		memcpy(out, journal_board(n->journal), EVENT_BOARD);
}

static enum err append(struct notes *n, struct event *e)
{
	enum err err = n->journal ? journal_append(n->journal, e, 1) : ERR_IO;

	if (err == OK)
		fold_in(n, e);
	tell_state(n, err);
	return err;
}

void notes_believe(struct notes *n, const struct roster *r)
{
	pthread_mutex_lock(&n->fold_lock);
	fold_believe(n->fold, r ? staff_judge : NULL, r);
	tell_emergency(n);
	pthread_mutex_unlock(&n->fold_lock);
}

void notes_saw(struct notes *n, const uint8_t person[static EVENT_PERSON], uint32_t issue)
{
	pthread_mutex_lock(&n->fold_lock);
	enum err e = fold_saw(n->fold, person, issue);
	pthread_mutex_unlock(&n->fold_lock);
	if (e)
		log_line(LOG_FAULT, "kiosk/notes", "fold: %s", err_text(e));
}

enum err notes_find(
	struct notes *n, const uint8_t person[static EVENT_PERSON], struct fold_person *out)
{
	pthread_mutex_lock(&n->fold_lock);
	enum err e = fold_find(n->fold, person, out);
	pthread_mutex_unlock(&n->fold_lock);
	return e;
}

enum err notes_trace(struct notes *n, const uint8_t person[static EVENT_PERSON], size_t i,
	struct fold_trace *out)
{
	pthread_mutex_lock(&n->fold_lock);
	enum err e = fold_trace(n->fold, person, i, out);
	pthread_mutex_unlock(&n->fold_lock);
	return e;
}

void notes_watch(struct notes *n, void (*arrived)(void *arg, const struct event *e), void *arg)
{
	pthread_mutex_lock(&n->fold_lock);
	n->arrived = arrived;
	n->arrived_arg = arg;
	pthread_mutex_unlock(&n->fold_lock);
}

enum err notes_badge(struct notes *n, const uint8_t person[static EVENT_PERSON], uint32_t issue,
	struct fold_badge *out)
{
	pthread_mutex_lock(&n->fold_lock);
	enum err e = fold_badge(n->fold, person, issue, out);
	pthread_mutex_unlock(&n->fold_lock);
	return e;
}

enum err notes_attendance(struct notes *n, const uint8_t person[static EVENT_PERSON],
	uint16_t activity, struct fold_attendance *out)
{
	pthread_mutex_lock(&n->fold_lock);
	enum err e = fold_attendance(n->fold, person, activity, out);
	pthread_mutex_unlock(&n->fold_lock);
	return e;
}

void notes_activity(struct notes *n, uint16_t activity, struct fold_activity *out)
{
	pthread_mutex_lock(&n->fold_lock);
	fold_activity(n->fold, activity, out);
	pthread_mutex_unlock(&n->fold_lock);
}

/* The last line of defence: whatever a screen asked for, no second badge leaves unasked. */
static bool may_send(struct notes *n, const struct event *e)
{
	struct fold_badge b;

	return notes_badge(n, e->person, e->issue, &b) ||
	       b.sending + b.sent + b.printed + b.uncertain == 0;
}

static void target_uncertain(struct notes *n, struct event *e)
{
	struct fold_person p;

	if (notes_find(n, e->person, &p) == OK && p.uncertain > 0) {
		e->target = p.uncertain_job;
		e->issue = p.uncertain_issue;
	}
}

static enum err write_down(struct notes *n, struct request *r)
{
	if (r->target_uncertain)
		target_uncertain(n, &r->event);
	if (r->event.kind == EVENT_BADGE_SENDING && !may_send(n, &r->event))
		return ERR_DENIED;
	return append(n, &r->event);
}

static void tell_waiting(struct wait *w, const struct event *e, enum err result)
{
	pthread_mutex_lock(&w->lock);
	*w->event = *e;
	w->result = result;
	w->done = true;
	pthread_cond_signal(&w->over);
	pthread_mutex_unlock(&w->lock);
}

static void *run(void *arg)
{
	struct notes *n = arg;
	struct request r;

	while (mailbox_take(&n->box, &r, -1) == OK) {
		if (r.probe) {
			r.event = (struct event){.kind = EVENT_HEALTH};
			if (n->state != OK)
				(void)append(n, &r.event);
		} else {
			enum err e = write_down(n, &r);
			if (r.wait)
				tell_waiting(r.wait, &r.event, e);
			else
				news_tell(n->ui, &(struct news){.kind = NEWS_NOTED,
							 .visit = r.visit,
							 .note = r.event.kind,
							 .result = e});
		}
		mailbox_settle(&n->box);
	}
	return NULL;
}

/* Every board id in this journal was once this board's own. */
static void settle_left_over(struct notes *n)
{
	struct event_id after = {0};
	struct event e, left[LEFT_OVER];
	size_t found = 0, count = 0;

	while (journal_read(n->journal, &after, &e, 1, &found) == OK && found == 1) {
		do {
			fold_left_over(n->fold, e.id.board, left, COUNT(left), &count);
			for (size_t i = 0; i < count; i++)
				if (append(n, &left[i]))
					return;
			if (count > 0)
				log_line(LOG_WARN, "kiosk/notes", "badge jobs left uncertain: %zu",
					count);
		} while (count > 0);
		after = e.id;
		after.epoch = UINT32_MAX;
		after.seq = UINT64_MAX;
	}
}

static void open_journal(struct notes *n, const struct notes_options *options)
{
	struct journal_options j = {
		.path = options->path, .vfs = options->vfs, .seen_epoch = options->seen_epoch};
	enum err e = journal_open(&n->journal, &j);

	if (e == OK && journal_quarantine(n->journal))
		log_line(LOG_FAULT, "kiosk/notes", "a damaged journal was put aside, rescued=%llu",
			(unsigned long long)journal_rescued(n->journal));
	if (e == OK)
		e = fold_add_journal(n->fold, n->journal);
	if (e == OK)
		settle_left_over(n);
	if (e || n->state == OK)
		tell_state(n, e);
}

enum err notes_start(struct notes **out, const struct notes_options *options)
{
	struct notes *n = calloc(1, sizeof(*n));

	*out = NULL;
	if (!n)
		return ERR_IO;
	n->ui = options->ui;
	if (fold_open(&n->fold)) {
		free(n);
		return ERR_IO;
	}
	pthread_mutex_init(&n->fold_lock, NULL);
	mailbox_init(&n->box, n->slots, sizeof(*n->slots), SLOTS, options->traffic);
	open_journal(n, options);
	n->count = 0;
	if (pthread_create(&n->thread, NULL, run, n) == 0) {
		*out = n;
		return OK;
	}
	mailbox_done(&n->box);
	journal_close(n->journal);
	fold_close(n->fold);
	free(n);
	return ERR_IO;
}

void notes_stop(struct notes *n)
{
	if (!n)
		return;
	mailbox_close(&n->box);
	pthread_join(n->thread, NULL);
	mailbox_done(&n->box);
	journal_close(n->journal);
	fold_close(n->fold);
	pthread_mutex_destroy(&n->fold_lock);
	free(n);
}

enum err notes_ask(struct notes *n, uint32_t visit, const struct event *e, bool target)
{
	struct request r = {.visit = visit, .target_uncertain = target, .event = *e};

	return mailbox_put(&n->box, &r);
}

enum err notes_commit(struct notes *n, struct event *e)
{
	struct wait w = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, .event = e};
	struct request r = {.wait = &w, .event = *e};
	enum err err = mailbox_put(&n->box, &r);

	if (err)
		return err;
	pthread_mutex_lock(&w.lock);
	while (!w.done)
		pthread_cond_wait(&w.over, &w.lock);
	pthread_mutex_unlock(&w.lock);
	return w.result;
}

void notes_probe(struct notes *n)
{
	struct request r = {.probe = true};

	if (mailbox_put(&n->box, &r))
		log_line(LOG_WARN, "kiosk/notes", "the box is full");
}

uint64_t notes_count(struct notes *n)
{
	pthread_mutex_lock(&n->fold_lock);
	uint64_t count = n->count;
	pthread_mutex_unlock(&n->fold_lock);
	return count;
}
