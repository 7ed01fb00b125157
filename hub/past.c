/* What has happened: the events of the hub's store, folded. */
#include "past.h"

#include "folder_store.h"
#include "publish.h"
#include "staff.h"

#include <stdio.h>
#include <string.h>

enum { PATH = 4096, AT_ONCE = 1 << 20 };

static enum err walk_runs(struct span runs, past_each *each, void *arg)
{
	struct cursor all = cursor_at(runs);
	uint8_t chain[EVENT_HASH];
	struct event event;
	struct run run;
	enum err e;

	while ((e = run_read(&all, &run)) == OK) {
		struct cursor c = run_events(&run);
		memcpy(chain, run.before, EVENT_HASH);
		while (c.rest.n > 0 && e == OK) {
			run_next_event(&c, chain, &event);
			e = each(arg, &event);
		}
		if (e)
			return e;
	}
	return e == ERR_ABSENT ? OK : e;
}

enum err past_walk(const struct past *p, past_each *each, void *arg)
{
	struct store_cursor cursor = {0};
	struct grow runs = {0};
	bool more = p->store != NULL;
	enum err e = OK;

	while (more && e == OK) {
		runs.n = 0;
		e = p->store->kind->read(p->store, &cursor, AT_ONCE, &runs);
		more = runs.n > 0;
		if (e == OK && runs.failed)
			e = ERR_IO;
		if (e == OK)
			e = walk_runs((struct span){runs.p, runs.n}, each, arg);
	}
	grow_free(&runs);
	return e;
}

/* Of two events with one id the fold keeps one, on boards and here alike: ERR_FORGED is the hub's alarm when
 * they come in, not ours. */
static enum err add(void *arg, const struct event *event)
{
	struct past *p = arg;

	p->events++;
	p->statements += staff_rights_for(event) != 0;
	enum err e = fold_add(p->fold, event);
	return e == ERR_FORGED ? OK : e;
}

/* Believe path, if it holds the very version that was built last. */
static bool try_roster(struct past *p, const struct folder *f, const char *path)
{
	struct trust trust = {.known = true};

	memcpy(trust.root, f->keys.root, SEAL_PUBLIC);
	if (file_read(&p->bytes, path, ROSTER_MAX) != OK)
		return false;
	if (roster_open(&p->roster, p->bytes.bytes, &trust, 0) == OK &&
		p->roster.sequence == f->state.sequence) {
		p->has_roster = true;
		return true;
	}
	file_free(&p->bytes);
	return false;
}

static void try_published(struct past *p, const struct folder *f)
{
	char tree[PATH], path[PUBLISH_PATH];
	struct grow versions = {0};

	if (snprintf(tree, sizeof(tree), "%s/publish", f->dir) >= PATH ||
		publish_versions(tree, f->keys.root, &versions) != OK)
		return;
	const struct published *v = GROW_ARRAY(&versions, const struct published);
	for (size_t i = 0; i < GROW_COUNT(&versions, struct published); i++)
		if (v[i].sequence == f->state.sequence &&
			publish_roster_path(path, tree, v[i].hash) && try_roster(p, f, path))
			break;
	grow_free(&versions);
}

static void find_roster(struct past *p, const struct folder *f, const struct past_places *at)
{
	char path[PATH];

	if (at->roster && try_roster(p, f, at->roster))
		return;
	if (snprintf(path, sizeof(path), "%s/roster.foyer", f->dir) < PATH &&
		try_roster(p, f, path))
		return;
	try_published(p, f);
}

enum err past_open(
	struct past *out, const char *verb, const struct folder *f, const struct past_places *at)
{
	*out = (struct past){0};
	enum err e = folder_store(&out->store, verb, f->dir, at->store, true);
	if (e)
		return e;
	e = fold_open(&out->fold);
	if (e == OK && f->state.sequence > 0)
		find_roster(out, f, at);
	if (e == OK && out->has_roster)
		fold_believe(out->fold, staff_judge, &out->roster);
	if (e == OK)
		e = past_walk(out, add, out);
	if (e) {
		fprintf(stderr, "foyer %s: the store cannot be read: %s\n", verb, err_text(e));
		past_close(out);
	}
	return e;
}

void past_close(struct past *p)
{
	fold_close(p->fold);
	store_close(p->store);
	file_free(&p->bytes);
	*p = (struct past){0};
}
