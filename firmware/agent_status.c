/* The status file: when it is worth writing. */
#include "agent_inside.h"

#include <stdio.h>
#include <string.h>

enum {
	STATUS_MS = 5 * 60 * 1000,    /* the lease is counted at least so often */
	STATUS_ONLINE_MS = 60 * 1000, /* who is online says so as often; so is a fresher word */
};

static const char where[] = "firmware/agent";

/* What a program would see at once; the rest is worth a write now and then. */
static bool looks_the_same(const struct board_status *a, const struct board_status *b)
{
	return a->enrolled == b->enrolled && a->online == b->online && a->revoked == b->revoked &&
	       strcmp(a->name, b->name) == 0 && strcmp(a->words, b->words) == 0 &&
	       a->codes == b->codes && a->answer == b->answer &&
	       memcmp(a->boot, b->boot, EVENT_BOOT) == 0 &&
	       (a->offset_ms != 0) == (b->offset_ms != 0);
}

enum err agent_write_status(struct agent *a)
{
	char path[PATH_MAX];
	int64_t now = clock_now().boot_ms;

	a->status.enrolled = a->board.enrolled;
	snprintf(a->status.name, sizeof(a->status.name), "%s",
		a->board.enrolled ? a->board.credential.certificate.name : "");
	int64_t since = a->written_ms == INT64_MIN ? INT64_MAX : now - a->written_ms;
	bool often = a->status.online || a->status.fresh != a->written.fresh ||
		     a->status.floor != a->written.floor;
	if (looks_the_same(&a->status, &a->written) &&
		since < (often ? STATUS_ONLINE_MS : STATUS_MS))
		return OK;
	status_count(&a->status, a->boot, now);
	board_path(&a->board, "status", path);
	enum err e = status_write(&a->status, path);
	if (e) {
		log_line(LOG_WARN, where, "cannot write file=status why=\"%s\"", err_text(e));
		return e;
	}
	a->written = a->status;
	a->written_ms = now;
	return OK;
}
