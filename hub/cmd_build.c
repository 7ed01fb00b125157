/* foyer build: from the checked list to the sealed, signed file. */
#include "carry.h"
#include "commands.h"
#include "folder.h"
#include "folder_store.h"
#include "four_words.h"
#include "publish.h"
#include "source.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PATH = 4096 };

struct wanted {
	const char *dir, *out, *publish, *store;
};

/* When the build is, unless the packager's clock says otherwise (reproducible-builds.org). */
static bool build_time(int64_t *now)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	char *end;

	*now = (int64_t)time(NULL);
	if (!epoch || !*epoch)
		return true;
	*now = (int64_t)strtoll(epoch, &end, 10);
	return *end == '\0' && *now >= 0 && *now <= UINT32_MAX;
}

static bool refuse_faults(const struct list *l, const char *dir)
{
	if (l->errors_n == 0)
		return false;
	for (size_t i = 0; i < l->faults_n; i++) {
		const struct fault *f = &l->faults[i];
		if (f->severity == SEVERITY_ERROR)
			printf("%s:%u: %s%serror: %s\n", f->at.file, f->at.line, f->column,
				*f->column ? ": " : "", f->words);
	}
	fprintf(stderr,
		"foyer build: the list has %zu error%s; nothing was built. `foyer check %s` says "
		"all\n",
		l->errors_n, l->errors_n == 1 ? "" : "s", dir);
	return true;
}

static void say_fault(const struct source *s, const struct roster_fault *fault, enum err e)
{
	if (fault->person >= 0 && (size_t)fault->person < s->roster.person_count)
		fprintf(stderr, "foyer build: person %.*s: %s\n",
			(int)s->roster.people[fault->person].id.n,
			(const char *)s->roster.people[fault->person].id.p, fault->words);
	else
		fprintf(stderr, "foyer build: %s\n", *fault->words ? fault->words : err_text(e));
}

/* What the writer decided, back into the state. */
static void remember(struct state *s, const struct source *source, uint32_t card_bytes)
{
	struct state_person *people = GROW_ARRAY(&s->people, struct state_person);

	for (size_t i = 0; i < source->roster.person_count; i++) {
		const struct source_person *p = &source->roster.people[i];
		people[p->slot].at = p->at;
		people[p->slot].units = p->units;
	}
	s->card_bytes = card_bytes;
	s->units = source->roster.units;
}

/* Unchanged content keeps its number and date, so that building twice changes nothing anywhere. */
static bool number_it(struct state *s, struct span file)
{
	uint8_t content[32];

	roster_content(file, content);
	bool changed = s->sequence == 0 || memcmp(content, s->content, sizeof(content)) != 0;
	if (changed) {
		s->sequence++;
		(void)build_time(&s->built_at);
		memcpy(s->content, content, sizeof(content));
	}
	return changed;
}

/* The static part of the hub's API, for a web server or mirror. */
static int publish_it(struct folder *f, struct span file, const struct wanted *w)
{
	const struct trust nobody = {0};
	struct publication p = {.out = w->publish, .keys = &f->keys};
	struct roster r;

	enum err e = roster_open(&r, file, &nobody, 0);
	if (e == OK)
		e = folder_store(&p.store, "build", f->dir, w->store, true);
	if (e)
		return EXIT_WORLD;
	p.roster = &r;
	(void)build_time(&p.now);
	e = publish(&p);
	store_close(p.store);
	if (e == ERR_OLDER)
		fprintf(stderr,
			"foyer build: %s holds a newer version; with an old state no board would "
			"take what is built\n",
			w->publish);
	else if (e)
		fprintf(stderr, "foyer build: %s: %s\n", w->publish, folder_unwritten(e));
	else
		fprintf(stderr, "%s: version %" PRIu64 " is published\n", w->publish, r.sequence);
	return e == ERR_OLDER ? EXIT_NO : e ? EXIT_WORLD : EXIT_DONE;
}

static int write_out(
	struct folder *f, const struct source *source, const char *out, const struct wanted *w)
{
	struct roster_fault fault;
	struct span file;
	uint32_t card_bytes;
	char words[FOUR_WORDS];
	struct source *s = (struct source *)(uintptr_t)source;

	enum err e = roster_write(&s->roster, &file, &card_bytes, &fault);
	if (e) {
		say_fault(s, &fault, e);
		/* Two codes of one label are a fault of the keys, not of the world. */
		return e == ERR_BUSY ? EXIT_NO : err_exit(e);
	}
	remember(&f->state, s, card_bytes);
	bool changed = number_it(&f->state, file);
	roster_sign((uint8_t *)(uintptr_t)file.p, file.n, f->state.sequence, f->state.built_at,
		f->keys.hub_seed);
	e = state_save(&f->state, f->dir);
	if (e)
		fprintf(stderr, "foyer build: %s/state: %s\n", f->dir, folder_unwritten(e));
	else if ((e = file_write(out, file, 0644)) != OK)
		fprintf(stderr, "foyer build: %s: %s\n", out, folder_unwritten(e));
	four_words((struct span){f->keys.root, sizeof(f->keys.root)}, words);
	if (e == OK)
		fprintf(stderr, "%s: version %" PRIu64 "%s, %zu %s, %zu bytes, event \"%s\"\n", out,
			f->state.sequence, changed ? "" : " (unchanged)",
			source->roster.person_count,
			source->roster.person_count == 1 ? "person" : "people", file.n, words);
	int status = e ? EXIT_WORLD : w->publish ? publish_it(f, file, w) : EXIT_DONE;
	free((void *)(uintptr_t)file.p);
	return status;
}

/* What desks have said since the last build goes into this one. */
static enum err carry_past(struct folder *f, const struct wanted *w)
{
	struct past p;
	size_t people;

	enum err e = past_open(
		&p, "build", f, &(struct past_places){.store = w->store, .roster = w->out});
	if (e)
		return e;
	e = carry(f, "build", &p, &people);
	if (e == OK && people > 0)
		fprintf(stderr, "%zu badge%s replaced or revoked at desks: taken over\n", people,
			people == 1 ? "" : "s");
	past_close(&p);
	return e;
}

static int build(const struct wanted *w)
{
	const char *dir = w->dir;
	struct folder f;
	struct source source;
	char path[PATH];

	if (!w->out && snprintf(path, sizeof(path), "%s/roster.foyer", dir) >= PATH)
		return command_misused("build", "the folder's name is too long");
	enum err e = folder_open(&f, "build", dir, FOLDER_LIST | FOLDER_KEYS | FOLDER_STATE);
	if (e)
		return folder_exit(e);
	if (refuse_faults(&f.list, dir)) {
		folder_close(&f);
		return EXIT_NO;
	}
	e = carry_past(&f, w);
	if (e) {
		folder_close(&f);
		return e == ERR_ABSENT ? EXIT_NO : EXIT_WORLD;
	}
	e = source_make(&source, &f.list, &f.keys, &f.state, dir);
	if (e && e != ERR_DENIED && e != ERR_FORMAT)
		fprintf(stderr, "foyer build: %s\n", err_text(e));
	int status = e ? err_exit(e) : write_out(&f, &source, w->out ? w->out : path, w);
	source_free(&source);
	folder_close(&f);
	return status;
}

static int run_build(int argc, char **argv)
{
	struct wanted w = {0};

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "-o") == 0 && i + 1 < argc)
			w.out = argv[++i];
		else if (strcmp(argv[i], "--publish") == 0 && i + 1 < argc)
			w.publish = argv[++i];
		else if (strcmp(argv[i], "--store") == 0 && i + 1 < argc)
			w.store = argv[++i];
		else if (argv[i][0] == '-' || w.dir)
			return command_misused("build", "one folder is wanted, then options");
		else
			w.dir = argv[i];
	}
	if (!w.dir)
		return command_misused("build", "one folder is wanted");
	int64_t now;
	if (!build_time(&now))
		return command_misused(
			"build", "SOURCE_DATE_EPOCH is no number of seconds since 1970");
	return build(&w);
}

const struct verb verb_build = {
	.name = "build",
	.summary = "make the sealed file the kiosks read",
	.help = "usage: foyer build DIR [-o FILE] [--publish OUT] [--store URL]\n"
		"\n"
		"Checks the list, then seals and signs it into FILE (DIR/roster.foyer if not\n"
		"given). The same list and keys give the same bytes; a changed list gives the\n"
		"next version. DIR/state remembers where each record lies: keep it with the\n"
		"list. With errors in the list nothing is written. SOURCE_DATE_EPOCH sets the\n"
		"time of a build. Badges that desks replaced or revoked, as the hub's store\n"
		"tells, stay so in this version and in all later ones.\n"
		"\n"
		"  --publish OUT  write what boards fetch as plain files below OUT/v1 as well,\n"
		"                 for any web server, mirror or stick: the newest versions,\n"
		"                 patches between them, credentials, the manifest\n"
		"  --store URL    the hub's store: events, and the boards (sqlite:DIR/hub.db)\n",
	.run = run_build,
};
