/* foyer forget: one person leaves no name behind. */
#include "carry.h"
#include "commands.h"
#include "folder_store.h"
#include "forget.h"
#include "forget_event.h"
#include "remove_tree.h"
#include "source.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PATH = 4096 };

struct wanted {
	const char *dir, *id, *store;
	bool yes, event, finish;
};

/* Older versions, where her own codes still open her record, and the cache that has her id. */
static enum err forget_copies(const struct folder *f)
{
	static const char *const copies[] = {"publish/v1/roster", "publish/v1/patch", "keys/pins"};
	char path[PATH];
	enum err e = OK;

	for (size_t i = 0; i < COUNT(copies) && e == OK; i++)
		e = snprintf(path, sizeof(path), "%s/%s", f->dir, copies[i]) < PATH
			    ? remove_tree(path)
			    : ERR_FULL;
	return e;
}

static enum err forget_in_store(const struct wanted *w, const struct past *p, const uint8_t *handle)
{
	struct store *s;

	if (!p->store)
		return OK;
	enum err e = folder_store(&s, "forget", w->dir, w->store, false);
	if (e == OK)
		e = forget_requests(s, p, handle);
	store_close(s);
	return e;
}

/* The list last: until it is done the same command finds her and does it all again. */
static enum err erase(struct folder *f, const struct wanted *w, const struct past *p,
	const struct forgotten *what)
{
	uint8_t handle[EVENT_PERSON];
	size_t carried;
	enum err e = OK;

	if (what->in_state) {
		e = carry(f, "forget", p, &carried);
		if (e == OK) {
			source_handle(&f->keys, state_person(&f->state, w->id), handle);
			e = forget_in_store(w, p, handle);
		}
		if (e == OK)
			e = forget_in_state(f, w->id);
	}
	if (e == OK)
		e = forget_copies(f);
	if (e == OK)
		e = state_save(&f->state, f->dir);
	return e ? e : forget_in_list(f, w->id);
}

static void print_receipt(const struct wanted *w, const struct forgotten *what)
{
	const char *did = w->yes ? "erased" : "would be erased";

	for (size_t i = 0; i < FORGET_FILES; i++)
		printf("%-20s %zu row%s %s\n", forget_files[i], what->rows[i],
			what->rows[i] == 1 ? "" : "s", did);
	if (what->in_state)
		printf("%-20s her id and hashes of her names %s; a tombstone under a keyed hash\n"
		       "%-20s stays, so that her codes stay void\n"
		       "%-20s older versions of the roster, patches to them, %s\n",
			"state/", did, "", "publish/", did);
	printf("\nWhat cannot be recalled:\n");
	printf("  %zu events about her stay in the boards' chains, under a handle without a name;\n"
	       "  %zu of them with words that are sealed to the hub key. The hub opens them no "
	       "more;\n"
	       "  whoever holds keys/hub could, until `foyer forget %s --event` destroys it\n",
		what->events, what->sealed, w->dir);
	printf("  versions of the roster that boards, mirrors or sticks hold: her own codes open "
	       "her\n"
	       "  record in them until boards have the next build\n");
	printf("  badges and invitations that were printed or mailed; results of `foyer export`;\n"
	       "  copies of this folder\n");
}

static int carry_out(struct folder *f, const struct wanted *w, const struct past *p)
{
	struct forgotten what;
	bool any = false;

	enum err e = forget_look(f, p, w->id, &what);
	for (size_t i = 0; i < FORGET_FILES; i++)
		any |= what.rows[i] > 0;
	if (e == OK && !any && !what.in_state) {
		fprintf(stderr, "foyer forget: neither list nor state knows %s\n", w->id);
		return EXIT_NO;
	}
	if (e == OK && w->yes)
		e = erase(f, w, p, &what);
	if (e) {
		fprintf(stderr, "foyer forget: %s; run it again\n", folder_unwritten(e));
		return EXIT_WORLD;
	}
	print_receipt(w, &what);
	if (w->yes)
		fprintf(stderr, "Done. Boards forget her with the next build: foyer build %s\n",
			w->dir);
	else
		fprintf(stderr, "Nothing was erased. --yes does it, and it cannot be undone\n");
	return EXIT_DONE;
}

static int forget(const struct wanted *w)
{
	struct folder f;
	struct past p;

	enum err e = folder_open(&f, "forget", w->dir, FOLDER_LIST | FOLDER_KEYS | FOLDER_STATE);
	if (e)
		return folder_exit(e);
	e = past_open(&p, "forget", &f, &(struct past_places){.store = w->store});
	int status = e ? EXIT_WORLD : carry_out(&f, w, &p);
	past_close(&p);
	folder_close(&f);
	return status;
}

static int run_forget(int argc, char **argv)
{
	struct wanted w = {0};

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--yes") == 0)
			w.yes = true;
		else if (strcmp(argv[i], "--event") == 0)
			w.event = true;
		else if (strcmp(argv[i], "--finish") == 0)
			w.finish = true;
		else if (strcmp(argv[i], "--store") == 0 && i + 1 < argc)
			w.store = argv[++i];
		else if (argv[i][0] == '-' || w.id)
			return command_misused("forget", "a folder and a person's id are wanted");
		else if (w.dir)
			w.id = argv[i];
		else
			w.dir = argv[i];
	}
	if (w.event && w.dir && !w.id)
		return forget_event(&(struct forget_order){w.dir, w.store, w.yes, w.finish});
	if (!w.id || w.event || w.finish)
		return command_misused("forget", "a folder and a person's id are wanted");
	return forget(&w);
}

const struct verb verb_forget = {
	.name = "forget",
	.summary = "erase a person, or after it the event",

	.help = "usage: foyer forget DIR PERSON [--yes] [--store URL]\n"
		"       foyer forget DIR --event [--finish] [--yes] [--store URL]\n"
		"\n"
		"Takes her rows out of the list (people, bookings, meetings, staff), her id and\n"
		"hashes of her names out of DIR/state, and older versions out of DIR/publish.\n"
		"All her codes are void with the next build. What is printed is a receipt: what\n"
		"was erased, and what cannot be recalled. It names her nowhere.\n"
		"\n"
		"  --event      the event is over: while `foyer serve` runs, every board that it\n"
		"               hears sends what it has, wipes itself and says so, signed. Shows\n"
		"               which have\n"
		"  --finish     then, with serve stopped: keys, list, state and the hub's store\n"
		"               (in PostgreSQL: its tables) are overwritten and removed. "
		"DIR/report.json keeps the counts,\n"
		"               DIR/forgotten.txt is a signed receipt, and "
		"DIR/publish/v1/manifest\n"
		"               goes on telling boards, wherever it is put\n"
		"  --yes        do it; without, say what would go\n"
		"  --store URL  the hub's store (sqlite:DIR/hub.db)\n",
	.run = run_forget,
};
