/* The agent's boot list, its loop, and the boot list backwards. */
#include "agent.h"

#include "agent_inside.h"
#include "agent_loop.h"
#include "database.h"
#include "notify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_DONE = 0, EXIT_NO = 1, EXIT_WORLD = 3, CODE_LONGEST = 2 * TOKEN_TEXT_MAX };

static const char where[] = "firmware/agent";

/* Said to whoever started the program: what, and what can be done. */
static int complain(const char *what, const char *name, enum err e)
{
	fprintf(stderr, "foyer-agent: %s: %s: %s\n", name, what,
		e == ERR_FULL ? "the disk is full, or the name too long" : err_text(e));
	return e == ERR_FOREIGN ? EXIT_NO : EXIT_WORLD;
}

static int take_lock(struct agent *a)
{
	char path[PATH_MAX];
	pid_t holder;

	board_path(&a->board, "agent.lock", path);
	enum err e = file_lock(&a->lock, path, &holder);
	if (e == ERR_BUSY) {
		fprintf(stderr, "foyer-agent: %s: another agent uses this folder (process %d)\n",
			a->board.folder, (int)holder);
		return EXIT_WORLD;
	}
	return e ? complain("cannot lock the folder", path, e) : EXIT_DONE;
}

/* peers.db can be made again from the journals, the hub and the peers. */
static enum err open_store(struct store **out, const char *path)
{
	struct store_options o = {.where = path, .relaxed = true};
	char aside[PATH_MAX];

	enum err e = store_sqlite.open(out, &o);
	if (e != ERR_FORMAT)
		return e;
	e = database_put_aside(path, aside);
	if (e)
		return e;
	log_line(LOG_FAULT, where, "peers.db is damaged and was put aside; it is filled again");
	return store_sqlite.open(out, &o);
}

enum err agent_reopen_store(struct agent *a)
{
	struct store *store;
	char path[PATH_MAX];

	board_path(&a->board, "peers.db", path);
	peers_close(a->peers);
	a->peers = NULL;
	store_close(a->store);
	a->store = a->judge.store = a->own.store = NULL;
	enum err e = open_store(&store, path);
	if (e)
		return e;
	a->store = store;
	own_use(&a->own, store);
	e = judge_use(&a->judge, store);
	agent_restart_peers(a);
	return e;
}

static void read_status(struct agent *a)
{
	char path[PATH_MAX];

	board_path(&a->board, "status", path);
	enum err e = status_read(&a->status, path);
	if (e && e != ERR_ABSENT)
		log_line(LOG_WARN, where, "cannot use file=status why=\"%s\"", err_text(e));
	a->status.online = false;
	a->status.words[0] = '\0';
	a->written_ms = INT64_MIN;
	time_start(a);
}

static int open_parts(struct agent *a)
{
	char path[PATH_MAX];

	board_path(&a->board, "peers.db", path);
	enum err e = open_store(&a->store, path);
	if (e)
		return complain("cannot open the store", path, e);
	e = judge_init(&a->judge, a->store, &a->board.trust);
	if (e)
		return complain("cannot read the store", path, e);
	e = own_open(&a->own, &a->board, a->store);
	if (!e)
		e = http_open(&a->http);
	return e ? complain("cannot begin", a->board.folder, e) : EXIT_DONE;
}

static int read_code(struct agent *a)
{
	char line[CODE_LONGEST] = "";
	const char *text = a->options->enrol;
	struct signed_code code;

	if (!text)
		return EXIT_DONE;
	if (strcmp(text, "-") == 0)
		text = fgets(line, sizeof(line), stdin) ? line : "";
	enum err e = signed_code_read(&code, span_of(text));
	if (e || code.kind != TOKEN_ENROLMENT) {
		fputs("foyer-agent: --enrol: this is no enrolment code; `foyer enrol` on the hub "
		      "makes one\n",
			stderr);
		return EXIT_NO;
	}
	enum status_answer answer = enrol_begin(a, &code);
	if (answer == STATUS_CODE_TAKEN)
		return EXIT_DONE;
	fprintf(stderr, "foyer-agent: --enrol: this board %s\n",
		answer == STATUS_CODE_ENROLLED ? "is enrolled already" : "is of another event");
	return EXIT_NO;
}

static int start(struct agent *a)
{
	const struct agent_options *o = a->options;
	char path[PATH_MAX];

	enum err e = board_open(&a->board, o->data);
	if (e)
		return complain("cannot use this folder", o->data, e);
	int status = take_lock(a);
	if (status)
		return status;
	for (unsigned i = 0; i < o->hub_count; i++)
		board_add_hub(&a->board, o->hubs[i]);
	board_read_hubs(&a->board);
	if (wiped_resume(a)) {
		e = http_open(&a->http);
		return e ? complain("cannot begin", a->board.folder, e) : EXIT_DONE;
	}
	read_status(a);
	/* The scanner's program may come first or later; a file in a folder that is watched is seen. */
	board_path(&a->board, "inbox", path);
	e = file_make_folder(path);
	if (e)
		return complain("cannot make the folder", path, e);
	status = open_parts(a);
	if (!status)
		status = read_code(a);
	if (status)
		return status;
	sync_init(&a->sync);
	a->look_own = a->look_inbox = a->try_now = true;
	agent_restart_peers(a);
	return EXIT_DONE;
}

static void stop(struct agent *a)
{
	peers_close(a->peers);
	a->status.online = false;
	a->written_ms = INT64_MIN;
	if (a->lock.fd >= 0 && a->store && agent_write_status(a) != OK)
		log_line(LOG_WARN, where, "cannot write file=status");
	http_close(a->http);
	own_close(&a->own);
	store_close(a->store);
	fetch_free(&a->fetch);
	grow_free(&a->upload);
	file_unlock(&a->lock);
	enrol_end(a);
	board_close(&a->board);
}

int agent_run(const struct agent_options *options)
{
	if (seal_start() != OK)
		return complain("no randomness", "this machine", ERR_BUG);
	struct agent *a = seal_secret_memory(sizeof(*a));
	if (!a)
		return complain("no memory", options->data, ERR_IO);
	memset(a, 0, sizeof(*a));
	a->options = options;
	a->lock.fd = -1;
	int status = start(a);
	if (!status)
		status = agent_loop(a);
	notify_send("STOPPING=1");
	stop(a);
	seal_secret_free(a);
	return status;
}
