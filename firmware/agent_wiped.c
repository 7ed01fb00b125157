/* The hub says that the event is over: what a board is wiped of, and how it tells. */
#include "agent_inside.h"

#include "wipe.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { AGAIN_MS = 30 * 1000, ANSWER_MAX = 256, HTTP_OK = 200 };

static const char where[] = "firmware/wiped";

/* What the hub does not have yet is sent first, unless it wants nothing of this board, or there is no hub any
 * more: a manifest that lies somewhere outlives it. */
bool wiped_is_due(const struct agent *a)
{
	return a->wipe && (a->wipe_now || a->status.revoked || !own_pending(&a->own));
}

static void forget_board(struct agent *a)
{
	struct board *b = &a->board;

	seal_wipe(b->seed, sizeof(b->seed));
	seal_wipe(&b->credential, sizeof(b->credential));
	seal_wipe(a->pair_key, sizeof(a->pair_key));
	b->has_key = b->enrolled = b->has_roster = a->has_pair = false;
	memset(&b->trust, 0, sizeof(b->trust));
	memset(&a->status, 0, sizeof(a->status));
}

static void close_all(struct agent *a)
{
	http_cancel(a->http);
	peers_close(a->peers);
	own_close(&a->own);
	store_close(a->store);
	fetch_free(&a->fetch);
	memset(&a->own, 0, sizeof(a->own));
	a->peers = NULL;
	a->store = a->judge.store = NULL;
}

/* Twice the same is the same: power may go at any instant. */
static void wipe_all(struct agent *a)
{
	enum err e = wipe_folder(a->board.folder);
	if (e)
		log_line(
			LOG_FAULT, where, "something could not be removed why=\"%s\"", err_text(e));
	a->written_ms = INT64_MIN;
	if (agent_write_status(a) != OK)
		log_line(LOG_WARN, where, "cannot write file=status");
	a->wiping = true;
	log_line(LOG_NOTE, where, "this board was wiped: the event is over");
}

enum err wiped_begin(struct agent *a)
{
	uint8_t event[ROSTER_EVENT];
	char path[PATH_MAX];

	paper_event(a->board.trust.root, event);
	enum err e = board_write_hubs(&a->board);
	/* A board without a key can tell nobody. */
	a->wiped_told = !a->board.has_key;
	if (a->board.has_key)
		wipe_write(event, a->board.seed, agent_now_s(a), a->statement);
	board_path(&a->board, a->board.has_key ? "wiped" : "was-wiped", path);
	if (!e)
		e = file_write(path, (struct span){a->statement, sizeof(a->statement)}, 0600);
	if (e)
		return e;
	close_all(a);
	forget_board(a);
	wipe_all(a);
	return OK;
}

bool wiped_resume(struct agent *a)
{
	struct file_bytes f;
	char path[PATH_MAX];

	board_path(&a->board, "wiped", path);
	if (file_read(&f, path, sizeof(a->statement)) != OK)
		return false;
	if (f.bytes.n == sizeof(a->statement))
		memcpy(a->statement, f.bytes.p, f.bytes.n);
	file_free(&f);
	forget_board(a);
	wipe_all(a);
	return true;
}

static void told(struct agent *a)
{
	char from[PATH_MAX], to[PATH_MAX];

	board_path(&a->board, "wiped", from);
	board_path(&a->board, "was-wiped", to);
	if (rename(from, to) != 0)
		return;
	board_path(&a->board, "hubs", from);
	(void)unlink(from);
	a->wiped_told = true;
	log_line(LOG_NOTE, where, "the hub knows that this board was wiped");
}

static void tell_next(struct agent *a, int64_t now)
{
	char url[HTTP_URL];
	const struct http_request r = {.url = url,
		.post = true,
		.body = {a->statement, sizeof(a->statement)},
		.ca = a->options->ca,
		.max = ANSWER_MAX};

	if (a->wiped_hub >= a->board.hub_count) {
		a->wiped_hub = 0;
		a->wiped_rounds++;
		a->wiped_ms = now + AGAIN_MS;
		return;
	}
	snprintf(url, sizeof(url), "%s/v1/wiped", a->board.hubs[a->wiped_hub++]);
	if (http_start(a->http, &r) != OK)
		log_line(LOG_WARN, where, "cannot ask the hub");
}

bool wiped_turn(struct agent *a, int64_t now)
{
	struct http_answer *r = http_take(a->http);

	if (r && r->err == OK && r->status == HTTP_OK)
		told(a);
	if (!a->wiped_told && !http_busy(a->http) && now >= a->wiped_ms)
		tell_next(a, now);
	return a->wiped_told || (a->options->once && a->wiped_rounds > 0);
}
