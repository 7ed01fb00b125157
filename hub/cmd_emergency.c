/* foyer emergency: words that take every screen at once, and their end. */
#include "census.h"
#include "commands.h"
#include "emergency.h"
#include "folder_store.h"
#include "voice.h"
#include "zone.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { WRONG = 160 };

struct wanted {
	const char *dir, *store;
	const char *in[LANGUAGES];
	struct sink text; /* for everybody: the words, joined */
	bool end, json;
	uint8_t room[STAFF_SAID];
};

static bool says(const struct wanted *w)
{
	bool any = w->text.n > 0;

	for (size_t i = 0; i < LANGUAGES; i++)
		any |= w->in[i] != NULL;
	return any;
}

/* What is wrong with one text; "" if nothing is. */
static void judge_text(struct span text, const char *whose, char out[static WRONG])
{
	enum err e = emergency_text(text);

	out[0] = '\0';
	if (e == ERR_ABSENT)
		snprintf(out, WRONG, "%s is empty; --end ends an emergency", whose);
	else if (e == ERR_FULL)
		snprintf(out, WRONG, "%s has %zu bytes; it may have %d", whose, text.n,
			EMERGENCY_TEXT);
	else if (e)
		snprintf(out, WRONG, "%s is no UTF-8, or holds a control character", whose);
}

/* The words as they travel, into e's payload. why: what is wrong with them; "" if nothing is. */
static void compose(const struct wanted *w, struct event *e, char why[static WRONG])
{
	struct emergency words = {0};
	size_t n = 0, sum = 0;
	char whose[16];

	why[0] = '\0';
	if (w->text.n > 0) {
		words.everybody = (struct span){w->text.p, w->text.n};
		judge_text(words.everybody, "the text", why);
	}
	for (size_t i = 0; i < LANGUAGES && !*why; i++) {
		if (!w->in[i])
			continue;
		words.in[i] = span_of(w->in[i]);
		sum += words.in[i].n;
		snprintf(whose, sizeof(whose), "--%s", language_codes[i]);
		judge_text(words.in[i], whose, why);
	}
	if (!*why && emergency_write(&words, e->payload, &n) != OK)
		snprintf(why, WRONG, "the texts have %zu bytes together; they may have %d", sum,
			EMERGENCY_TOGETHER);
	e->payload_n = (uint16_t)n;
}

static void say_reach(const struct folder *f, const struct past *p, const char *store, bool over)
{
	uint8_t key[SEAL_PUBLIC];

	seal_keypair(f->keys.hub_seed, key);
	if (!p->has_roster)
		fprintf(stderr, "foyer emergency: no roster was found; boards believe the hub key "
				"that theirs names\n");
	else if (memcmp(p->roster.hub, key, SEAL_PUBLIC) != 0)
		fprintf(stderr,
			"foyer emergency: the last roster names another hub key: no board believes "
			"this before `foyer build %s`\n",
			f->dir);
	if (!folder_store_is_served(f->dir, store))
		fprintf(stderr,
			"foyer emergency: no hub serves from this store: no board hears this "
			"before "
			"`foyer serve %s`\n",
			f->dir);
	fprintf(stderr,
		"%s. Boards that hear the hub (`foyer serve`) or one another %s within seconds\n",
		over ? "The emergency is over" : "It is said", over ? "go back" : "show it");
	if (!over)
		fprintf(stderr, "`foyer emergency %s --end` ends it\n", f->dir);
}

/* Signed after all that is known, whatever the clocks of desks say: else it would not be the last. */
static int say(
	const struct wanted *w, const struct folder *f, const struct past *p, struct event *e)
{
	struct fold_emergency last;
	uint8_t id[ROSTER_EVENT];
	struct store *s = NULL;

	bool none = fold_emergency(p->fold, &last) != OK;
	if (none && w->end)
		fprintf(stderr, "No emergency was known here; its end is said all the same\n");
	int64_t now = clock_now().wall_ms;
	paper_event(f->keys.root, id);
	enum err err = staff_sign_hub(
		e, id, f->keys.hub_seed, now > last.newest_ms ? now : last.newest_ms + 1);
	if (err == OK && folder_store(&s, "emergency", f->dir, w->store, false) != OK)
		return EXIT_WORLD;
	if (err == OK)
		err = voice_say(s, &f->keys, e);
	store_close(s);
	if (err) {
		fprintf(stderr,
			"foyer emergency: it is NOT said, the store failed: %s; do it again\n",
			err_text(err));
		return EXIT_WORLD;
	}
	say_reach(f, p, w->store, w->end);
	return EXIT_DONE;
}

static void print_words(const struct emergency *e, const char *since)
{
	printf("since %s\n", since);
	if (e->everybody.p)
		printf("%.*s\n", (int)e->everybody.n, (const char *)e->everybody.p);
	for (size_t i = 0; i < LANGUAGES; i++)
		if (e->in[i].p)
			printf("%s %.*s\n", language_codes[i], (int)e->in[i].n,
				(const char *)e->in[i].p);
}

static int print_json(const struct emergency *e, const char *since)
{
	json_t *texts = json_object();

	for (size_t i = 0; i < LANGUAGES; i++)
		if (e->in[i].p)
			json_object_set_new(texts, language_codes[i],
				json_stringn((const char *)e->in[i].p, e->in[i].n));
	json_t *all = json_pack("{s:b, s:s, s:s%, s:o}", "holds", *since != '\0', "since", since,
		"everybody", e->everybody.p ? (const char *)e->everybody.p : "", e->everybody.n,
		"texts", texts);
	bool failed = !all || json_dumpf(all, stdout, JSON_INDENT(1) | JSON_PRESERVE_ORDER) ||
		      putchar('\n') == EOF;
	json_decref(all);
	return failed ? EXIT_WORLD : EXIT_DONE;
}

/* The time is the hall's; without a list that can be read it is UTC. */
static int show(const struct wanted *w, struct folder *f, const struct past *p)
{
	const struct census zones = {.folder = f};
	struct fold_emergency now;
	struct emergency e = {0};
	char since[ZONE_ISO] = "";

	bool holds = fold_emergency(p->fold, &now) == OK;
	if (holds && list_load(&f->list, f->dir) != OK)
		fprintf(stderr, "foyer emergency: the list cannot be read, so the time is UTC\n");
	if (holds)
		zone_iso(census_zone(&zones, now.since_ms), now.since_ms, since);
	if (holds && emergency_read(&e, now.said) != OK)
		fprintf(stderr, "foyer emergency: its words are for a newer program\n");
	if (w->json)
		return print_json(&e, since);
	if (holds)
		print_words(&e, since);
	else
		fprintf(stderr, "No emergency holds\n");
	return EXIT_DONE;
}

/* No lock: whoever builds meanwhile must not keep people in a burning house. */
static int work(const struct wanted *w, struct event *e)
{
	struct folder f;
	struct past p;

	enum err err = folder_open(&f, "emergency", w->dir, FOLDER_KEYS);
	if (err)
		return folder_exit(err);
	err = state_load(&f.state, w->dir);
	if (err) {
		folder_close(&f);
		return folder_exit(err);
	}
	int status = EXIT_WORLD;
	err = past_open(&p, "emergency", &f, &(struct past_places){.store = w->store});
	if (err == OK) {
		status = w->end || says(w) ? say(w, &f, &p, e) : show(w, &f, &p);
		past_close(&p);
	}
	folder_close(&f);
	return status;
}

/* An empty text is what a script says whose variable is: it must not pass for a question.
 *
 * returns: NULL, or what is wrong */
static const char *take_text(struct wanted *w, const char *word)
{
	if (!*word)
		return "the text is empty; --end ends an emergency";
	if (w->text.n > 0)
		sink_u8(&w->text, ' ');
	sink_bytes(&w->text, word, strlen(word));
	return w->text.full ? "the text is longer than any screen shows" : NULL;
}

/* The language of an option "--fr", or LANGUAGES. */
static size_t language_of(const char *option)
{
	size_t i = 0;

	while (i < LANGUAGES &&
		(strncmp(option, "--", 2) != 0 || strcmp(option + 2, language_codes[i]) != 0))
		i++;
	return i;
}

/* returns: NULL, or what is wrong */
static const char *take_option(struct wanted *w, const char *option, const char *value)
{
	size_t i = language_of(option);

	if (i < LANGUAGES && w->in[i])
		return "one text a language";
	if (i < LANGUAGES)
		return (w->in[i] = value) ? NULL : "a language wants its text";
	if (strcmp(option, "--store") == 0)
		return (w->store = value) ? NULL : "--store wants an address";
	return "a folder is wanted, then a text, --fr, --nl, --de and --en TEXT, or --end";
}

static const char *judge(const struct wanted *w)
{
	size_t languages = 0;

	for (size_t i = 0; i < LANGUAGES; i++)
		languages += w->in[i] != NULL;
	if (!w->dir)
		return "a folder is wanted";
	if (w->text.n > 0 && languages > 0)
		return "either one text for everybody, or one for each of --fr, --nl, --de, --en";
	if (w->end && says(w))
		return "--end says no words";
	return w->json && (w->end || says(w)) ? "--json shows what holds" : NULL;
}

static int run_emergency(int argc, char **argv)
{
	struct wanted w = {.dir = NULL};
	struct event e = {.kind = EVENT_EMERGENCY};
	const char *wrong = NULL;
	char why[WRONG] = "";
	bool options = true;

	w.text = sink_on(w.room, sizeof(w.room));
	for (int i = 1; i < argc && !wrong; i++) {
		if (options && strcmp(argv[i], "--") == 0)
			options = false;
		else if (options && strcmp(argv[i], "--end") == 0)
			w.end = true;
		else if (options && strcmp(argv[i], "--json") == 0)
			w.json = true;
		else if (options && argv[i][0] == '-') {
			wrong = take_option(&w, argv[i], i + 1 < argc ? argv[i + 1] : NULL);
			i++;
		} else if (!w.dir)
			w.dir = argv[i];
		else
			wrong = take_text(&w, argv[i]);
	}
	if (!wrong)
		wrong = judge(&w);
	if (!wrong && says(&w))
		compose(&w, &e, why);
	if (wrong || *why)
		return command_misused("emergency", wrong ? wrong : why);
	return work(&w, &e);
}

const struct verb verb_emergency = {
	.name = "emergency",
	.summary = "put words on every screen at once",
	.help = "usage: foyer emergency DIR TEXT...\n"
		"       foyer emergency DIR [--de TEXT] [--en TEXT] [--fr TEXT] [--nl TEXT]\n"
		"       foyer emergency DIR --end\n"
		"       foyer emergency DIR [--json]\n"
		"\n"
		"Signs the words with the hub's key and writes them into the store. Boards that\n"
		"hear the hub show them at its next answer, two seconds at most, and pass them on\n"
		"to those that hear only their neighbours: venue screens as a whole, others above\n"
		"what they are doing. With --end they go back. Of several the last one holds,\n"
		"whether it was said here or at a desk. Without words it prints what holds now.\n"
		"It may be run while `foyer serve` or `foyer build` runs.\n"
		"\n"
		"One text is for everybody; or give one in each language that is spoken, and\n"
		"screens show all of them together. A text has at most 160 bytes, all together\n"
		"416. Be short: four texts of 30 letters each can be read from eight metres.\n"
		"\n"
		"  --json       print what holds as JSON\n"
		"  --store URL  the hub's store (sqlite:DIR/hub.db)\n",
	.run = run_emergency,
};
