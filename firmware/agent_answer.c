/* HTTP answers, as what sync is told. What an answer is worth is decided here and below; sync only
 * hears whether it was of use. */
#include "agent_inside.h"

#include <string.h>

enum { CURSOR_AGAIN_MS = 60 * 60 * 1000 };

static const char where[] = "firmware/agent";

static const char *const task_names[SYNC_TASKS] = {"wait", "enrolment", "credential", "manifest",
	"time", "credential", "patch", "roster", "upload", "events"};

static struct span body_of(const struct http_answer *r)
{
	return (struct span){r->body.p, r->body.n};
}

/* An answer that was not believed. For --once it is a no. */
static enum sync_happening refuse(struct agent *a, enum err why)
{
	log_line(LOG_WARN, where, "hub's answer refused what=%s why=\"%s\"",
		task_names[a->action.task], err_text(why));
	a->refused = true;
	return SYNC_WRONG;
}

static bool is_world(enum err e)
{
	return e == ERR_IO || e == ERR_FULL || e == ERR_BUSY;
}

/* One that could not be kept: the disk is full or fails. The hub is not to blame. */
static enum sync_happening wrong(struct agent *a, enum err why)
{
	if (!is_world(why))
		return refuse(a, why);
	log_line(LOG_WARN, where, "cannot keep the hub's answer what=%s why=\"%s\"",
		task_names[a->action.task], err_text(why));
	return SYNC_WRONG;
}

static void enrolment(struct agent *a, const struct http_answer *r, struct sync_event *e)
{
	if (r->status == 403) {
		log_line(LOG_WARN, where, "the hub does not take this enrolment code");
		e->what = SYNC_REFUSED;
	} else if (r->status != 200)
		e->what = SYNC_FAILED;
	else {
		enum err err = enrol_answer(a, body_of(r));
		e->what = err ? wrong(a, err) : SYNC_DONE;
	}
	if (e->what == SYNC_REFUSED || e->what == SYNC_WRONG) {
		a->refused = true;
		enrol_end(a);
	}
}

static void confirmation(struct agent *a, const struct http_answer *r, struct sync_event *e)
{
	if (r->status == 200) {
		enum err err = enrol_finish(a, body_of(r));
		/* On a full disk it can be asked for again. */
		e->what = err == OK ? SYNC_DONE : is_world(err) ? SYNC_NOT_YET : wrong(a, err);
		if (e->what == SYNC_WRONG)
			enrol_end(a);
		if (e->what == SYNC_DONE)
			agent_restart_peers(a);
		return;
	}
	e->what = SYNC_NOT_YET;
	if (r->answered_ms < a->enrolment.until_ms)
		return;
	log_line(LOG_WARN, where, "nobody has confirmed this board; its code has run out");
	a->refused = true;
	enrol_end(a);
	e->what = SYNC_REFUSED;
}

static void manifest(struct agent *a, const struct http_answer *r, struct sync_event *e)
{
	if (r->status != 200) {
		e->what = SYNC_FAILED;
		return;
	}
	enum err err = fetch_manifest(a, &a->fetch, body_of(r));
	e->what = SYNC_DONE;
	/* A hub that was put back to an earlier day has nothing new to say, and still wants events. */
	if (err == ERR_OLDER)
		(void)refuse(a, err);
	else if (err) {
		e->what = wrong(a, err);
		return;
	}
	e->wanted = a->fetch.wanted;
	e->patch = a->fetch.has_patch;
	e->sequence = err ? 0 : a->fetch.manifest.sequence;
	e->credential = a->board.enrolled && !a->credential_asked;
}

static void credential(struct agent *a, const struct http_answer *r, struct sync_event *e)
{
	bool changed = false;

	a->credential_asked = true;
	e->what = SYNC_WRONG;
	if (r->status != 200)
		return;
	enum err err = board_take_credential(&a->board, body_of(r), &changed);
	if (err == ERR_OLDER)
		err = OK;
	e->what = err ? wrong(a, err) : SYNC_DONE;
	if (is_world(err))
		a->credential_asked = false;
	if (changed) {
		a->has_pair = false;
		agent_restart_peers(a);
	}
}

static void roster(struct agent *a, const struct http_answer *r, struct sync_event *e)
{
	enum err err = ERR_ABSENT;
	bool refused = a->refused;

	if (r->status == 200 && a->action.task == SYNC_ASK_PATCH)
		err = fetch_patch(a, &a->fetch, body_of(r));
	else if (r->status == 200)
		err = fetch_roster(a, &a->fetch, body_of(r));
	e->what = err ? wrong(a, err) : SYNC_DONE;
	/* The whole roster may be right where a patch was not. */
	if (err && a->action.task == SYNC_ASK_PATCH)
		a->refused = refused;
}

/* Did the hub itself answer so, and just this request? Marks, cursors and revocations have no
 * signature of their own. */
static bool is_the_hubs(const struct agent *a, const struct http_answer *r)
{
	uint8_t mac[PROTOCOL_MAC];
	struct protocol_answer said = {r->status, r->more, r->cursor, body_of(r)};

	if (r->status == 403)
		said = (struct protocol_answer){.status = r->status, .cursor = ""};
	protocol_answer_mac(a->pair_key, a->request_mac, &said, mac);
	return r->has_mac && seal_equal(mac, r->mac, sizeof(mac));
}

/* 403. Where nobody vouches for it, it is only a reason to ask seldom. */
static void denied(struct agent *a, const struct http_answer *r, struct sync_event *e)
{
	bool known = is_the_hubs(a, r);

	if (!a->status.revoked)
		log_line(LOG_WARN, where, "%s",
			known ? "this board is revoked" : "the hub does not take this board");
	a->status.revoked = a->status.revoked || known;
	a->refused = true;
	e->what = SYNC_REFUSED;
}

static void upload(struct agent *a, const struct http_answer *r, struct sync_event *e)
{
	bool moved = false;

	if (r->status == 403) {
		denied(a, r, e);
		return;
	}
	if (r->status != 200 && r->status != 409) {
		/* A hub in need, or a mirror where there is no such thing: another may do better. */
		bool mirror = r->status == 404 || r->status == 405;
		bool other = r->status >= 500 || (mirror && agent_facts(a).addresses > 1);
		e->what = other ? SYNC_FAILED : SYNC_WRONG;
		return;
	}
	if (!is_the_hubs(a, r)) {
		e->what = wrong(a, ERR_FORGED);
		return;
	}
	a->status.revoked = a->listed;
	enum err err = own_marks(&a->own, body_of(r), &moved);
	e->what = err ? wrong(a, err) : SYNC_DONE;
	e->more = own_pending(&a->own) && moved;
	if (!err && r->status == 409 && !moved)
		e->what = SYNC_WRONG;
}

/* Runs that were refused once are past the cursor. If later ones need them, begin again, seldom. */
static void rewind_cursor(struct agent *a, struct http_answer *r)
{
	if (a->cursor_ms != 0 && r->answered_ms - a->cursor_ms < CURSOR_AGAIN_MS)
		return;
	a->cursor_ms = r->answered_ms;
	r->cursor[0] = '\0';
	r->more = false;
	log_line(LOG_NOTE, where, "events are missing before others; asking for all again");
}

static void events(struct agent *a, struct http_answer *r, struct sync_event *e)
{
	struct judgement j;
	char key[STORE_KEY];

	if (r->status == 401) {
		e->what = SYNC_STRANGER;
		return;
	}
	if (r->status == 403) {
		denied(a, r, e);
		return;
	}
	if (r->status != 200) {
		e->what = r->status >= 500 ? SYNC_FAILED : SYNC_WRONG;
		return;
	}
	if (!is_the_hubs(a, r)) {
		e->what = wrong(a, ERR_FORGED);
		return;
	}
	enum err err = agent_take(a, body_of(r), false, &j);
	if (!err && j.missing)
		rewind_cursor(a, r);
	agent_cursor_note(a, key);
	if (!err)
		err = a->store->kind->note_put(a->store, key, span_of(r->cursor), false);
	e->what = err ? wrong(a, err) : SYNC_DONE;
	e->more = r->more && j.runs > 0;
}

static void by_task(struct agent *a, struct http_answer *r, struct sync_event *e)
{
	switch (a->action.task) {
	case SYNC_SEND_ENROLMENT:
		enrolment(a, r, e);
		break;
	case SYNC_ASK_CONFIRMED:
		confirmation(a, r, e);
		break;
	case SYNC_ASK_MANIFEST:
		manifest(a, r, e);
		break;
	case SYNC_ASK_TIME: {
		enum err err = r->status == 200 ? time_take(a, r) : ERR_ABSENT;
		e->what = err == OK ? SYNC_DONE : err == ERR_ABSENT ? SYNC_WRONG : wrong(a, err);
		break;
	}
	case SYNC_ASK_CREDENTIAL:
		credential(a, r, e);
		break;
	case SYNC_ASK_PATCH:
	case SYNC_ASK_ROSTER:
		roster(a, r, e);
		break;
	case SYNC_SEND_EVENTS:
		upload(a, r, e);
		break;
	case SYNC_ASK_EVENTS:
		events(a, r, e);
		break;
	case SYNC_WAIT:
	case SYNC_TASKS:
		break;
	}
}

void agent_answer(struct agent *a, struct http_answer *r, struct sync_event *e)
{
	bool yes = r->status == 200 || r->status == 409;

	e->sequence = r->sequence;
	/* A long page that says no is a no all the same. */
	if (r->err == ERR_FULL && !yes) {
		r->err = OK;
		r->body.n = 0;
	}
	if (r->err == ERR_FULL || r->err == ERR_FORMAT)
		e->what = refuse(a, ERR_FULL);
	else if (r->err || r->status == 0)
		e->what = SYNC_FAILED;
	else
		by_task(a, r, e);
}
