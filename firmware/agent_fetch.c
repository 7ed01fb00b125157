/* Manifests and rosters: what is believed of them, and how a roster is put in use. */
#include "agent_inside.h"

#include "patch.h"
#include "trust.h"

#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

/* Hubs' clocks differ a little, and a mirror's word may be an hour old. */
enum { FETCH_SLACK_S = 10 * 60 };

static const char where[] = "firmware/fetch";

void fetch_free(struct fetch *f)
{
	grow_free(&f->bytes);
	*f = (struct fetch){0};
}

/* Above the roster in use, which a manifest that is no fresh word must be to count. */
static bool is_newer(const struct agent *a, const struct manifest *m)
{
	const struct trust *t = &a->board.trust;

	return m->by.epoch > t->epoch || (m->by.epoch == t->epoch && m->sequence > t->sequence);
}

static void look_at_roster(struct agent *a, struct fetch *f)
{
	const struct manifest *m = &f->manifest;
	const struct board *b = &a->board;

	if (m->sequence == 0 || m->size > ROSTER_MAX)
		return;
	f->wanted = !b->has_roster || memcmp(b->roster_hash, m->hash, MANIFEST_HASH) != 0;
	if (f->stale && b->has_roster && !is_newer(a, m))
		f->wanted = false;
	/* A patch that is longer than what it makes is none. */
	f->has_patch = f->wanted && b->has_roster &&
		       manifest_patch_from(m, b->roster_hash, &f->patch) == OK &&
		       f->patch.size <= m->size;
}

static enum err open_manifest(struct agent *a, struct fetch *f, struct span bytes)
{
	const struct trust *t = &a->board.trust;
	struct manifest_floor floor = {
		.epoch = t->epoch, .sequence = t->sequence, .signed_at = a->status.fresh};

	if (!t->known)
		return ERR_DENIED;
	if (floor.signed_at > FETCH_SLACK_S)
		floor.signed_at -= FETCH_SLACK_S;
	enum err e = manifest_open(&f->manifest, bytes, t->root, &floor);
	if (e != ERR_OLDER)
		return e;
	floor.signed_at = 0;
	f->stale = true;
	return manifest_open(&f->manifest, bytes, t->root, &floor);
}

/* The root has begun a new epoch: where the hub's clock ran ahead in the one before, this is the way
 * back. */
static void begin_epoch(struct board_status *s, int64_t signed_at)
{
	if (s->fresh <= signed_at && s->floor <= signed_at)
		return;
	log_line(LOG_WARN, where, "a new epoch sets the clock's floor back seconds=%lld",
		(long long)(s->floor - signed_at));
	s->fresh = s->floor = s->offset_ms = 0;
}

static void take_revoked(struct agent *a, const struct manifest *m)
{
	bool changed;

	enum err e = judge_revoke(&a->judge, m->revoked, &changed);
	if (e)
		log_line(LOG_WARN, where, "cannot write down who is revoked why=\"%s\"",
			err_text(e));
	if (changed) {
		log_line(LOG_NOTE, where, "revoked devices=%u", (unsigned)m->revoked_count);
		a->credential_asked = false;
	}
}

/* A fresh word: how long the lease runs, and, if none was newer, who is no longer one of us. */
static void take_word(struct agent *a, const struct manifest *m)
{
	if (m->by.epoch > a->board.trust.epoch)
		begin_epoch(&a->status, m->signed_at);
	a->wipe = a->wipe || m->wipe;
	a->wipe_now = a->wipe_now || (m->wipe && !m->live);
	bool newest = m->signed_at >= a->status.fresh;
	status_freshen(&a->status, m->signed_at, a->boot, clock_now().boot_ms);
	if (newest)
		take_revoked(a, m);
	if (!a->board.enrolled)
		return;
	a->listed = manifest_revokes(m, a->board.device);
	a->status.revoked = a->status.revoked || a->listed;
	a->refused = a->refused || a->listed;
	if (m->by.epoch > a->board.credential.certificate.by.epoch)
		a->credential_asked = false;
}

enum err fetch_manifest(struct agent *a, struct fetch *f, struct span bytes)
{
	fetch_free(f);
	grow_bytes(&f->bytes, bytes.p, bytes.n);
	if (f->bytes.failed)
		return ERR_IO;
	enum err e = open_manifest(a, f, (struct span){f->bytes.p, f->bytes.n});
	if (e) {
		fetch_free(f);
		return e;
	}
	if (!f->stale)
		take_word(a, &f->manifest);
	look_at_roster(a, f);
	return OK;
}

/* Whatever else a file says, the manifest's hash decides which roster it is. */
static enum err is_that_roster(const struct manifest *m, struct span bytes)
{
	uint8_t hash[MANIFEST_HASH];

	if (bytes.n != m->size)
		return ERR_FORGED;
	seal_hash((struct span){0}, bytes, hash, sizeof(hash));
	return memcmp(hash, m->hash, MANIFEST_HASH) == 0 ? OK : ERR_FORGED;
}

/* Half of what is free stays free: the journal comes first. */
static enum err has_room(const struct agent *a, size_t bytes)
{
	struct statvfs s;

	if (statvfs(a->board.folder, &s) != 0)
		return ERR_IO;
	return bytes / s.f_frsize < s.f_bavail / 2 ? OK : ERR_FULL;
}

static enum err put_in_use(struct agent *a, const struct roster *r, struct span bytes)
{
	struct trust t = roster_trust(r);
	char path[PATH_MAX];

	board_path(&a->board, "roster.foyer", path);
	enum err e = has_room(a, bytes.n);
	if (!e)
		e = file_write(path, bytes, 0600);
	if (e)
		return e;
	a->board.trust = t;
	judge_trust(&a->judge, &t);
	board_read_roster(&a->board);
	log_line(LOG_NOTE, where, "new roster sequence=%llu epoch=%u bytes=%zu",
		(unsigned long long)t.sequence, t.epoch, bytes.n);
	if (r->built_at > a->status.floor)
		a->status.floor = r->built_at;
	board_path(&a->board, "trust", path);
	e = trust_write(&t, path);
	/* The roster is in use and says the same; trust follows at the next start. */
	if (e)
		log_line(LOG_WARN, where, "cannot write file=trust why=\"%s\"", err_text(e));
	return OK;
}

enum err fetch_roster(struct agent *a, const struct fetch *f, struct span bytes)
{
	const struct manifest *m = &f->manifest;
	struct roster r;

	enum err e = is_that_roster(m, bytes);
	if (!e)
		e = roster_open(&r, bytes, &a->board.trust, agent_now_s(a));
	if (!e && r.sequence != m->sequence)
		e = ERR_FORGED;
	if (!e)
		e = put_in_use(a, &r, bytes);
	if (e)
		log_line(LOG_WARN, where, "roster not taken sequence=%llu why=\"%s\"",
			(unsigned long long)m->sequence, err_text(e));
	return e;
}

enum err fetch_patch(struct agent *a, const struct fetch *f, struct span patch)
{
	struct file_bytes old;
	uint8_t hash[MANIFEST_HASH];
	char path[PATH_MAX];

	seal_hash((struct span){0}, patch, hash, sizeof(hash));
	if (patch.n != f->patch.size || memcmp(hash, f->patch.hash, sizeof(hash)) != 0)
		return ERR_FORGED;
	board_path(&a->board, "roster.foyer", path);
	enum err e = file_read(&old, path, ROSTER_MAX);
	if (e)
		return e;
	size_t n = (size_t)f->manifest.size;
	uint8_t *whole = malloc(n > 0 ? n : 1);
	e = whole ? patch_apply(old.bytes, patch, whole, n) : ERR_IO;
	file_free(&old);
	if (!e)
		e = fetch_roster(a, f, (struct span){whole, n});
	free(whole);
	return e;
}
