/* foyer requests: what desks and guests ask of the organiser, as a diff against the list. */
#include "commands.h"
#include "folder_store.h"
#include "wish.h"
#include "zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH = 4096, NAMES = 256, FILE_MOST = 512 << 20 };

struct wanted {
	const char *dir, *store;
	const char *names[NAMES]; /* requests, or "all" */
	size_t name_count;
	enum request_state as; /* waiting: only show */
};

struct work {
	const struct wanted *w;
	struct folder *f;
	struct census census;
	struct grow requests, people; /* struct request; list/people.csv */
	bool *taken;                  /* by request: it is to be noted */
	size_t refused, dealt;
};

static bool is_named(const struct wanted *w, const struct request *r)
{
	char name[REQUEST_NAME];

	request_name(&r->event.id, name);
	for (size_t i = 0; i < w->name_count; i++)
		if (strcmp(w->names[i], name) == 0 || strcmp(w->names[i], "all") == 0)
			return true;
	return false;
}

static void print(const struct work *k, const struct request *r, const struct wish *w)
{
	const struct board *b = census_board(&k->census, r->event.id.board);
	char name[REQUEST_NAME], iso[ZONE_ISO];

	request_name(&r->event.id, name);
	zone_iso(census_zone(&k->census, r->wall_ms), r->wall_ms, iso);
	printf("%s  %s  %s\n  %-9s %s%s%s\n", name, iso, b ? b->certificate.name : "",
		wish_words[w->verdict], w->id, *w->why ? ": " : "", w->why);
	for (size_t i = 0; i < w->n; i++)
		if (w->before[i])
			printf("            %s: %s -> %s\n", w->values[i].column, w->before[i],
				w->values[i].text);
		else
			printf("            %s: %s\n", w->values[i].column, w->values[i].text);
}

/* Both are right: two people, or one who was taken in anew. */
static void print_twins(const struct work *k, const struct request *r, const struct wish *w)
{
	const struct request *all = GROW_ARRAY(&k->requests, const struct request);
	char name[REQUEST_NAME];

	for (size_t i = 0; i < GROW_COUNT(&k->requests, struct request); i++) {
		if (all[i].state != REQUEST_WAITING ||
			!wish_is_twin(&k->f->keys, r, &w->asked, &all[i]))
			continue;
		request_name(&all[i].event.id, name);
		printf("            another late guest of this name: %s\n"
		       "            if it is one, taken in anew: apply both, then take the older "
		       "row "
		       "out; its badge dies with the next version\n",
			name);
	}
}

static enum err take(struct work *k, size_t i, const struct wish *w)
{
	const struct request *r = GROW_ARRAY(&k->requests, const struct request) + i;
	bool possible = w->verdict <= WISH_UNCHANGED;
	enum err e = OK;

	if (k->w->as == REQUEST_APPLIED && !possible) {
		k->refused++;
		return OK;
	}
	if (k->w->as == REQUEST_APPLIED && w->verdict != WISH_UNCHANGED)
		e = wish_apply(k->f, r, w, &k->people);
	k->taken[i] = e == OK;
	k->dealt += e == OK;
	return e;
}

static enum err look_at_all(struct work *k)
{
	const struct request *r = GROW_ARRAY(&k->requests, const struct request);
	enum err e = OK;

	for (size_t i = 0; i < GROW_COUNT(&k->requests, struct request) && e == OK; i++) {
		struct wish w;
		if (r[i].state != REQUEST_WAITING)
			continue;
		if (k->w->name_count && !is_named(k->w, &r[i]))
			continue;
		wish_make(&k->census, &r[i], &w);
		print(k, &r[i], &w);
		print_twins(k, &r[i], &w);
		if (k->w->as != REQUEST_WAITING)
			e = take(k, i, &w);
		seal_wipe(&w, sizeof(w));
	}
	return e;
}

static enum err read_people(struct work *k)
{
	struct file_bytes f;
	char path[PATH];

	if (snprintf(path, sizeof(path), "%s/list/people.csv", k->f->dir) >= PATH)
		return ERR_FULL;
	enum err e = file_read(&f, path, FILE_MOST);
	if (e)
		return e;
	grow_bytes(&k->people, f.bytes.p, f.bytes.n);
	file_free(&f);
	return k->people.failed ? ERR_IO : OK;
}

/* The state first: a handle without a row is nothing, a row without its handle would be somebody else. */
static enum err keep(struct work *k)
{
	struct stat st;
	char path[PATH];

	enum err e = state_save(&k->f->state, k->f->dir);
	if (e == OK && snprintf(path, sizeof(path), "%s/list/people.csv", k->f->dir) >= PATH)
		e = ERR_FULL;
	if (e == OK && stat(path, &st) != 0)
		e = ERR_IO;
	return e ? e : file_write(path, (struct span){k->people.p, k->people.n}, st.st_mode & 0777);
}

static enum err note(struct work *k)
{
	const struct request *r = GROW_ARRAY(&k->requests, const struct request);
	struct store *s;

	enum err e = folder_store(&s, "requests", k->f->dir, k->w->store, false);
	for (size_t i = 0; i < GROW_COUNT(&k->requests, struct request) && e == OK; i++)
		if (k->taken[i])
			e = request_note(s, &r[i].event.id, k->w->as);
	store_close(s);
	return e;
}

static int finish(struct work *k, enum err e)
{
	bool apply = k->w->as == REQUEST_APPLIED;

	if (e == OK && apply && k->dealt)
		e = keep(k);
	if (e) {
		fprintf(stderr, "foyer requests: %s; nothing was applied\n", folder_unwritten(e));
		return EXIT_WORLD;
	}
	if (k->dealt && note(k)) {
		fprintf(stderr, "foyer requests: what is done could not be noted in the store; it "
				"will be shown again as unchanged\n");
		return EXIT_WORLD;
	}
	if (apply && k->dealt)
		fprintf(stderr, "%zu applied. Now: foyer check %s && foyer build %s\n", k->dealt,
			k->f->dir, k->f->dir);
	if (k->refused)
		fprintf(stderr, "%zu cannot be applied; do what is said by hand, then --done ID\n",
			k->refused);
	bool unknown = k->w->name_count && k->dealt + k->refused == 0;
	if (unknown)
		fprintf(stderr, "foyer requests: none of these is waiting\n");
	return k->refused || unknown ? EXIT_NO : EXIT_DONE;
}

static int work(const struct wanted *w, struct folder *f, const struct past *p)
{
	struct work k = {.w = w, .f = f};
	int status = EXIT_WORLD;

	enum err e = census_make(&k.census, f, p);
	if (e == OK)
		e = requests_collect(p, &k.requests);
	k.taken = calloc(GROW_COUNT(&k.requests, struct request) + 1, sizeof(*k.taken));
	if (e == OK && w->as == REQUEST_APPLIED)
		e = read_people(&k);
	if (e || !k.taken)
		fprintf(stderr, "foyer requests: %s\n", err_text(e ? e : ERR_IO));
	else
		status = finish(&k, look_at_all(&k));
	if (status == EXIT_DONE && GROW_COUNT(&k.requests, struct request) == 0)
		fputs("Nobody has asked for anything yet\n", stderr);
	free(k.taken);
	if (k.people.p)
		seal_wipe(k.people.p, k.people.n);
	grow_free(&k.people);
	grow_free(&k.requests);
	census_free(&k.census);
	return status;
}

static int requests(const struct wanted *w)
{
	struct folder f;
	struct past p;

	enum err e = folder_open(&f, "requests", w->dir, FOLDER_LIST | FOLDER_KEYS | FOLDER_STATE);
	if (e)
		return folder_exit(e);
	if (w->as == REQUEST_APPLIED && f.list.errors_n > 0) {
		fprintf(stderr, "foyer requests: the list has errors; foyer check %s names them\n",
			w->dir);
		folder_close(&f);
		return EXIT_NO;
	}
	e = past_open(&p, "requests", &f, &(struct past_places){.store = w->store});
	int status = e ? EXIT_WORLD : work(w, &f, &p);
	past_close(&p);
	folder_close(&f);
	return status;
}

static int run_requests(int argc, char **argv)
{
	struct wanted w = {0};

	for (int i = 1; i < argc; i++) {
		bool apply = strcmp(argv[i], "--apply") == 0, done = strcmp(argv[i], "--done") == 0;
		if ((apply || done) && w.as == REQUEST_WAITING)
			w.as = apply ? REQUEST_APPLIED : REQUEST_DONE;
		else if (strcmp(argv[i], "--store") == 0 && i + 1 < argc)
			w.store = argv[++i];
		else if (argv[i][0] == '-' || (w.dir && w.as == REQUEST_WAITING))
			return command_misused("requests", "one folder is wanted, then options");
		else if (!w.dir)
			w.dir = argv[i];
		else if (w.name_count < NAMES)
			w.names[w.name_count++] = argv[i];
	}
	if (!w.dir || (w.as != REQUEST_WAITING && w.name_count == 0))
		return command_misused(
			"requests", "a folder is wanted, and after --apply or --done requests");
	return requests(&w);
}

const struct verb verb_requests = {
	.name = "requests",
	.summary = "show and apply what desks ask for: corrections, late guests",
	.help = "usage: foyer requests DIR [--store URL]\n"
		"       foyer requests DIR --apply ID... | --done ID... [--store URL]\n"
		"\n"
		"Shows what waits as a diff against the list: what would be added or changed,\n"
		"what is so already, what is doubtful and why. What a card that nobody believes\n"
		"has asked is not shown.\n"
		"\n"
		"  --apply ID...  write these (or: all) into list/people.csv; all else stays as\n"
		"                 it is, byte by byte. A late guest's row keeps her badge valid.\n"
		"                 Then check and build\n"
		"  --done ID...   they were dealt with otherwise: do not show them again\n"
		"  --store URL    the hub's store (sqlite:DIR/hub.db)\n",
	.run = run_requests,
};
