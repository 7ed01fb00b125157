/* The agent's loop. */
#include "agent_loop.h"

#include "agent_inside.h"
#include "agent_watch.h"
#include "notify.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	EXIT_DONE = 0,
	EXIT_NO = 1,
	EXIT_WORLD = 3,
	AGAIN_MS = 4,
	LOOK_MS = 5000, /* between two looks at the folder that nothing asked for */
	STICK_MS = 1000,
	WIPED_MS = 500,
};

static const char where[] = "firmware/agent";

static int64_t now_ms(void)
{
	return clock_now().boot_ms;
}

struct sync_facts agent_facts(const struct agent *a)
{
	return (struct sync_facts){
		.addresses =
			a->enrolment.active ? a->enrolment.code.address_count : a->board.hub_count,
		.trusted = a->board.trust.known,
		.enrolled = a->board.enrolled,
		.joining = a->enrolment.active,
		.pending = own_pending(&a->own),
		.sequence = a->board.has_roster ? a->board.roster_sequence : 0,
	};
}

/* Tell sync what happened, and do what it says. A request that cannot even be started has failed. */
static void tell_sync(struct agent *a, struct sync_event *e)
{
	bool online = a->sync.online;

	for (bool started = false; !started;) {
		e->now_ms = now_ms();
		e->facts = agent_facts(a);
		seal_random(&e->chance, sizeof(e->chance));
		sync_step(&a->sync, e, &a->action);
		if (a->action.task == SYNC_WAIT)
			break;
		enum err err = agent_request(a);
		started = err == OK;
		bool hello = a->action.task == SYNC_ASK_MANIFEST ||
			     a->action.task == SYNC_SEND_ENROLMENT;
		*e = (struct sync_event){.what = hello ? SYNC_FAILED : SYNC_WRONG};
		if (err)
			log_line(LOG_WARN, where, "cannot ask the hub why=\"%s\"", err_text(err));
	}
	a->status.online = a->sync.online;
	if (a->sync.online != online)
		log_line(LOG_NOTE, where, "%s", a->sync.online ? "online" : "offline");
}

static void turn_sync(struct agent *a)
{
	struct sync_event e = {.what = SYNC_WAKE};
	struct http_answer *r = http_take(a->http);

	if (r) {
		agent_answer(a, r, &e);
		tell_sync(a, &e);
		return;
	}
	if (a->network_off || http_busy(a->http))
		return;
	if (a->try_now) {
		a->try_now = false;
		e.what = SYNC_TRY;
	} else if (now_ms() < a->action.until_ms &&
		   !(a->sync.state == SYNC_REST && own_pending(&a->own)))
		return;
	tell_sync(a, &e);
}

/* The demo's key: as if no network were there. */
static void look_at_network(struct agent *a)
{
	char path[PATH_MAX];

	board_path(&a->board, "network-off", path);
	bool off = access(path, F_OK) == 0;
	if (off == a->network_off)
		return;
	a->network_off = off;
	log_line(LOG_NOTE, where, "the network is %s", off ? "switched off" : "back");
	agent_restart_peers(a);
	if (off) {
		http_cancel(a->http);
		tell_sync(a, &(struct sync_event){.what = SYNC_CUT});
	} else
		a->try_now = true;
}

void agent_gather(struct agent *a)
{
	struct grow fresh = {0};
	bool more = false;

	a->look_own = false;
	time_settle(a);
	enum err e = own_gather(&a->own, &fresh, &more);
	if (e)
		log_line(LOG_WARN, where, "cannot take over own events why=\"%s\"", err_text(e));
	a->held = a->held || e == ERR_IO;
	a->look_own = a->look_own || more;
	if (a->peers && fresh.n > 0)
		peers_news(a->peers, (struct span){fresh.p, fresh.n}, now_ms());
	grow_free(&fresh);
}

enum err agent_append(struct agent *a, struct event *events, size_t n)
{
	struct journal *j;

	enum err e = own_journal(&a->own, &j);
	if (!e)
		e = journal_append(j, events, n);
	a->dead = a->dead || e == ERR_IO;
	a->look_own = a->look_own || e == OK;
	return e;
}

static void follow(struct agent *a, const struct noticed *n)
{
	if (a->wiping)
		return;
	a->look_own = a->look_own || n->journal;
	if (n->journal) {
		a->again_after_ms = AGAIN_MS;
		a->again_ms = now_ms() + AGAIN_MS;
	}
	a->look_inbox = a->look_inbox || n->inbox;
	a->try_now = a->try_now || (n->address && a->sync.state == SYNC_OFFLINE);
	if (n->trust) {
		bool known = a->board.trust.known;
		board_read_trust(&a->board);
		judge_trust(&a->judge, &a->board.trust);
		a->try_now = a->try_now || !known;
	}
	if (n->roster) {
		board_read_roster(&a->board);
		judge_trust(&a->judge, &a->board.trust);
	}
	if (n->network)
		look_at_network(a);
}

/* What is told of the journal is a write; that it is committed shows after the kiosk's fsync, and nothing
 * tells of that. So look again, less and less often. */
static void look_again(struct agent *a, int64_t now)
{
	if (a->again_ms == 0 || now < a->again_ms)
		return;
	a->look_own = true;
	a->again_after_ms *= 2;
	a->again_ms = a->again_after_ms < LOOK_MS ? now + a->again_after_ms : 0;
}

static void look(struct agent *a)
{
	int64_t now = now_ms();

	look_again(a, now);

	if (now >= a->look_ms) {
		a->look_ms = now + LOOK_MS;
		a->look_own = a->look_inbox = true;
		look_at_network(a);
		/* A store that failed once is not believed again before it was opened anew. */
		if (a->held && agent_reopen_store(a) == OK)
			a->held = false;
	}
	if (!a->store)
		return;
	if (a->look_own)
		agent_gather(a);
	if (a->look_inbox) {
		a->look_inbox = false;
		code_look(a);
	}
	if (!a->options->once)
		stick_look(a, now);
	if (a->peers && now >= a->peers_ms)
		a->peers_ms = peers_step(a->peers, now);
}

static int wait_ms(const struct agent *a)
{
	int64_t now = now_ms();
	int64_t until = a->look_ms;

	bool idle = !http_busy(a->http) && !a->network_off && a->store;
	if (a->store && (a->look_own || a->look_inbox))
		return 0;
	if (idle && a->try_now)
		return 0;
	if (idle && a->action.until_ms < until)
		until = a->action.until_ms;
	if (a->again_ms != 0 && a->again_ms < until)
		until = a->again_ms;
	if (a->peers && a->peers_ms < until)
		until = a->peers_ms;
	if (a->options->stick && a->stick.looked_ms + STICK_MS < until)
		until = a->stick.looked_ms + STICK_MS;
	return until <= now ? 0 : (int)(until - now);
}

/* Wait, and read what came. returns: false, if the program is to end with *status */
static bool wait_for_something(struct agent *a, struct watch *w, int timeout_ms, int *status)
{
	struct pollfd fds[WATCH_FDS + PEERS_FDS];
	struct noticed n;

	size_t count = watch_fds(w, fds);
	size_t own = count;
	if (a->peers)
		count += peers_fds(a->peers, fds + count, PEERS_FDS);
	if (http_wait(a->http, fds, count, timeout_ms) != OK) {
		log_line(LOG_FAULT, where, "cannot wait for the network");
		*status = EXIT_WORLD;
		return false;
	}
	for (size_t i = own; i < count; i++)
		if (fds[i].revents != 0)
			a->peers_ms = 0;
	watch_read(w, &n);
	follow(a, &n);
	return !n.stop;
}

/* --once: is the round over, and how did it end? */
static bool is_over(struct agent *a, int *status)
{
	if (a->options->once && !a->store) {
		fputs("foyer-agent: the store failed and cannot be opened again\n", stderr);
		*status = EXIT_WORLD;
		return true;
	}
	if (!a->options->once || a->action.task != SYNC_WAIT || a->look_own || a->look_inbox)
		return false;
	if (!a->network_off && (a->sync.state == SYNC_JOIN || a->try_now))
		return false;
	bool reached = a->sync.state == SYNC_REST;
	bool pending = own_pending(&a->own);
	if (reached && pending && a->sync.push_ms - now_ms() <= SYNC_BATCH_MS && !a->refused)
		return false; /* it is sent in a moment */
	stick_look(a, now_ms());
	if (!reached && !a->refused)
		fputs(a->board.hub_count == 0 ? "foyer-agent: no hub is known: enrol the board, or "
						"name one with --hub\n"
					      : "foyer-agent: no hub could be reached\n",
			stderr);
	*status = a->refused ? EXIT_NO : reached && !pending ? EXIT_DONE : EXIT_WORLD;
	return true;
}

static void obey_the_end(struct agent *a)
{
	if (!a->store || !wiped_is_due(a))
		return;
	enum err e = wiped_begin(a);
	if (e) {
		log_line(LOG_FAULT, where, "this board is to be wiped and cannot be why=\"%s\"",
			err_text(e));
		a->wipe = false; /* until the hub says it again */
	}
}

static void turn(struct agent *a)
{
	look(a);
	if (a->store)
		turn_sync(a);
	obey_the_end(a);
}

static int run(struct agent *a, struct watch *w)
{
	int64_t watchdog = notify_watchdog_ms(), told = now_ms();
	int status = EXIT_DONE;

	look_at_network(a);
	notify_send("READY=1");
	for (;;) {
		if (a->wiping && wiped_turn(a, now_ms()))
			return a->wiped_told ? EXIT_DONE : EXIT_WORLD;
		if (!a->wiping)
			turn(a);
		if (a->store && agent_write_status(a) != OK)
			a->look_ms = now_ms() + LOOK_MS;
		if (a->dead) {
			log_line(LOG_FAULT, where, "the agent's journal failed; ending");
			return EXIT_WORLD;
		}
		if (!a->wiping && is_over(a, &status)) {
			obey_the_end(a); /* the stick is looked at last */
			return status;
		}
		int timeout = a->wiping ? WIPED_MS : wait_ms(a);
		if (watchdog > 0 && timeout > watchdog)
			timeout = (int)watchdog;
		if (!wait_for_something(a, w, timeout, &status))
			return status;
		/* Only after a whole turn in which the store answered. */
		if (watchdog > 0 && !a->held && now_ms() - told >= watchdog / 2) {
			notify_send("WATCHDOG=1");
			told = now_ms();
		}
	}
}

int agent_loop(struct agent *a)
{
	struct watch w;
	int status = EXIT_WORLD;

	if (watch_open(&w, a->board.folder) == OK)
		status = run(a, &w);
	watch_close(&w);
	return status;
}
