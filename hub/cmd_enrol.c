/* foyer enrol: a code that lets a board in, and the organiser's word that it was that board. */
#include "boards_show.h"
#include "commands.h"
#include "enrolment.h"
#include "folder_store.h"
#include "own_addresses.h"
#include "signed_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MINUTES = 10, MINUTES_MAX = 10080 };

struct wanted {
	const char *dir, *board, *png, *store, *confirm;
	const char *addresses[CODE_ADDRESSES];
	size_t address_count;
	unsigned role;
	uint32_t minutes;
	bool unattended, json, fresh;
	bool described; /* an option says what the code is to be */
};

static void say_what_next(const struct wanted *w, const struct enrolment *e, int64_t now)
{
	int64_t left = (e->until - now + 59) / 60;

	fprintf(stderr, "Show this code to the board's scanner within %" PRId64 " minutes. ", left);
	if (e->unattended)
		fprintf(stderr,
			"The first board that\nshows it is let in as %s without a further "
			"question.\n",
			e->name);
	else
		fprintf(stderr, "Then compare four words: foyer enrol %s \"%s\"\n", w->dir,
			e->name);
}

static int say_store_failed(enum err e)
{
	fprintf(stderr, "foyer enrol: the store failed: %s\n", err_text(e));
	return EXIT_WORLD;
}

static int make_code(struct folder *f, struct store *s, const struct wanted *w)
{
	int64_t now = clock_now().wall_ms / 1000;
	struct signed_code c = {.kind = TOKEN_ENROLMENT};
	char text[CODE_TEXT];
	struct enrolment e = {.role = w->role ? w->role : BOARD_KIOSK,
		.unattended = w->unattended,
		.until = now + 60 * (int64_t)w->minutes};

	memcpy(e.name, w->board, strlen(w->board) + 1);
	enum err err = enrolment_begin(s, &f->keys, &e, now);
	if (err == ERR_BUSY) {
		fprintf(stderr,
			"foyer enrol: a board is called %s already; choose another name, or `foyer "
			"revoke %s \"%s\"` first\n",
			w->board, w->dir, w->board);
		return EXIT_NO;
	}
	if (err)
		return say_store_failed(err);
	memcpy(c.secret, e.code, sizeof(c.secret));
	c.until = e.until;
	for (size_t i = 0; i < w->address_count; i++)
		memcpy(c.addresses[i], w->addresses[i], strlen(w->addresses[i]) + 1);
	c.address_count = (uint8_t)w->address_count;
	if (w->address_count == 0)
		c.address_count = own_addresses(c.addresses);
	for (size_t i = 0; i < c.address_count; i++)
		fprintf(stderr, "The board will look for the hub at %s\n", c.addresses[i]);
	int status = signed_words_make(f, &c, "enrol", text);
	err = status == EXIT_DONE ? enrolment_keep_text(s, &e, text) : OK;
	if (err)
		status = say_store_failed(err);
	if (status == EXIT_DONE)
		status = signed_words_show(text, "enrol", w->png);
	if (status == EXIT_DONE)
		say_what_next(w, &e, now);
	seal_wipe(text, sizeof(text));
	seal_wipe(&c, sizeof(c));
	seal_wipe(&e, sizeof(e));
	return status;
}

/* Is the code that waits what the options ask for? How long it is good for is said anyway. */
static bool is_as_wanted(
	const struct wanted *w, const struct enrolment *e, const struct signed_code *c)
{
	bool same = !w->described ||
		    ((!w->role || w->role == (unsigned)e->role) && w->unattended == e->unattended);

	if (w->address_count > 0)
		same = same && w->address_count == c->address_count;
	for (size_t i = 0; i < w->address_count && same; i++)
		same = strcmp(w->addresses[i], c->addresses[i]) == 0;
	return same;
}

/* Whoever just looks spoils nothing: the code that waits, once more. */
static int show_code(const struct wanted *w, const struct enrolment *e, const char *text)
{
	struct signed_code c;
	int status = EXIT_NO;

	if (signed_code_read(&c, span_of(text)) != OK || !is_as_wanted(w, e, &c))
		fprintf(stderr,
			"foyer enrol: another code for %s waits already; without these options it "
			"is printed\nagain, with --new as well it is dead and there is a new one\n",
			e->name);
	else
		status = signed_words_show(text, "enrol", w->png);
	if (status == EXIT_DONE)
		say_what_next(w, e, clock_now().wall_ms / 1000);
	seal_wipe(&c, sizeof(c));
	return status;
}

/* There is no other word about this board: the code that waits, or else a new one. */
static int one_code(
	struct folder *f, struct store *s, const struct wanted *w, const struct enrolment *waiting)
{
	char text[CODE_TEXT];
	enum err e = ERR_ABSENT;

	if (waiting && !w->fresh && waiting->until >= clock_now().wall_ms / 1000)
		e = enrolment_text(s, waiting, text);
	if (e && e != ERR_ABSENT)
		return say_store_failed(e);
	int status = e ? make_code(f, s, w) : show_code(w, waiting, text);
	seal_wipe(text, sizeof(text));
	return status;
}

static int show_words(const struct folder *f, const struct wanted *w, const struct enrolment *e)
{
	char words[20];

	enrolment_words(e, &f->keys, words);
	puts(words);
	fprintf(stderr,
		"A board used the code for %s. If it shows these words: foyer enrol %s \"%s\" "
		"--confirm \"%s\"\n"
		"If it shows others, another machine used the code: make a new one with "
		"--new --role %s\n",
		e->name, w->dir, e->name, words, board_role_name(e->role));
	return EXIT_DONE;
}

static int say_refusal(const struct wanted *w, const struct enrolment *e, enum err err)
{
	if (err == ERR_DENIED && e->state != ENROLMENT_CONFIRMED && e->wrong > 0)
		fprintf(stderr,
			"foyer enrol: these are not the board's words; nothing was done. After %d "
			"more wrong tries the code is dead\n",
			ENROLMENT_TRIES - e->wrong);
	else if (err == ERR_EXPIRED)
		fprintf(stderr,
			"foyer enrol: wrong once too often: the code is dead. A new one: foyer "
			"enrol %s \"%s\"\n",
			w->dir, w->board);
	else if (err == ERR_BUSY)
		fprintf(stderr, "foyer enrol: a board is called %s already\n", w->board);
	else if (err == ERR_DENIED)
		fputs("foyer enrol: this device was revoked; wipe it, so that it makes a new key\n",
			stderr);
	else
		fprintf(stderr, "foyer enrol: the store failed: %s\n", err_text(err));
	return err == ERR_DENIED || err == ERR_EXPIRED || err == ERR_BUSY ? EXIT_NO : EXIT_WORLD;
}

static int confirm(struct folder *f, struct store *s, const struct wanted *w, struct enrolment *e)
{
	if (!e->committed) {
		fprintf(stderr,
			"foyer enrol: no board has used the code for %s yet; show it to the "
			"board's scanner first\n",
			w->board);
		return EXIT_NO;
	}
	enum err err = enrolment_confirm(s, &f->keys, e, w->confirm, clock_now().wall_ms / 1000);
	if (err)
		return say_refusal(w, e, err);
	fprintf(stderr, "%s is enrolled as a %s. It will fetch its credentials by itself\n",
		e->name, board_role_name(e->role));
	return EXIT_DONE;
}

static int one_board(struct folder *f, struct store *s, const struct wanted *w)
{
	struct enrolment e;

	enum err err = enrolment_find(s, w->board, &e);
	if (err && err != ERR_ABSENT)
		return say_store_failed(err);
	int status;
	if (w->confirm && err == ERR_ABSENT) {
		fprintf(stderr,
			"foyer enrol: nothing waits under the name %s; make a code first: foyer "
			"enrol %s \"%s\"\n",
			w->board, w->dir, w->board);
		status = EXIT_NO;
	} else if (w->confirm) {
		status = confirm(f, s, w, &e);
	} else if (err == OK && e.committed && !w->fresh && !(e.unattended && w->unattended)) {
		status = show_words(f, w, &e);
	} else {
		/* Who used an unattended code and is not in, may not come in. */
		status = one_code(f, s, w, err == OK && !e.committed ? &e : NULL);
	}
	seal_wipe(&e, sizeof(e));
	return status;
}

static int enrol(const struct wanted *w)
{
	struct store *s = NULL;
	struct folder f;

	enum err e = folder_open(&f, "enrol", w->dir, FOLDER_KEYS | (w->board ? FOLDER_STATE : 0));
	if (e)
		return folder_exit(e);
	e = folder_store(&s, "enrol", w->dir, w->store, !w->board);
	int status = EXIT_WORLD;
	if (e == OK)
		status = w->board ? one_board(&f, s, w) : boards_show(s, &f.keys, w->dir, w->json);
	store_close(s);
	folder_close(&f);
	return status;
}

static bool read_minutes(const char *word, uint32_t *out)
{
	char *end;
	unsigned long n = strtoul(word, &end, 10);

	*out = (uint32_t)n;
	return word[0] >= '1' && word[0] <= '9' && *end == '\0' && n <= MINUTES_MAX;
}

/* One option with its value. returns: NULL, or what is wrong with it */
static const char *take_value(struct wanted *w, const char *name, const char *value)
{
	if (strcmp(name, "--store") == 0) {
		w->store = value;
		return NULL;
	}
	if (strcmp(name, "--confirm") == 0) {
		w->confirm = value;
		return NULL;
	}
	if (strcmp(name, "--png") == 0) {
		w->png = value;
		return NULL;
	}
	w->described = true;
	if (strcmp(name, "--role") == 0)
		return (w->role = board_role_of(value)) ? NULL
							: "--role is kiosk, desk, door or screen";
	else if (strcmp(name, "--minutes") == 0)
		return read_minutes(value, &w->minutes) ? NULL
							: "--minutes is a number from 1 to 10080";
	else if (strcmp(name, "--address") != 0)
		return "unknown option";
	else if (w->address_count == CODE_ADDRESSES)
		return "a code holds four addresses at most";
	else if (strlen(value) > CODE_ADDRESS ||
		 (strncmp(value, "http://", 7) != 0 && strncmp(value, "https://", 8) != 0))
		return "--address is http://… or https://…, at most 96 bytes";
	else
		w->addresses[w->address_count++] = value;
	return NULL;
}

static const char *take_word(struct wanted *w, const char *word)
{
	if (!w->dir)
		w->dir = word;
	else if (w->board)
		return "a folder and the name of one board are wanted";
	else if (!boards_name_fits(word))
		return "a board's name has 1 to 32 bytes and no control character";
	else
		w->board = word;
	return NULL;
}

/* An option without a value. */
static bool take_flag(struct wanted *w, const char *word)
{
	if (strcmp(word, "--unattended") == 0)
		w->unattended = w->described = true;
	else if (strcmp(word, "--new") == 0)
		w->fresh = true;
	else if (strcmp(word, "--json") == 0)
		w->json = true;
	else
		return false;
	return true;
}

static int run_enrol(int argc, char **argv)
{
	struct wanted w = {.minutes = MINUTES};
	const char *wrong = NULL;

	for (int i = 1; i < argc && !wrong; i++) {
		if (take_flag(&w, argv[i]))
			continue;
		if (argv[i][0] != '-')
			wrong = take_word(&w, argv[i]);
		else if (i + 1 == argc)
			wrong = "unknown option, or its value is missing";
		else {
			wrong = take_value(&w, argv[i], argv[i + 1]);
			i++;
		}
	}
	bool about_code = w.fresh || w.described || w.png;
	if (!wrong && !w.dir)
		wrong = "a folder is wanted, and the name of a board";
	if (!wrong && !w.board && (about_code || w.confirm))
		wrong = "the name of a board is wanted";
	if (!wrong && w.confirm && about_code)
		wrong = "--confirm goes with no option but --store";
	return wrong ? command_misused("enrol", wrong) : enrol(&w);
}

const struct verb verb_enrol = {
	.name = "enrol",
	.summary = "let a board in, or list the boards",
	.help = "usage: foyer enrol DIR [--json]\n"
		"       foyer enrol DIR BOARD [--role R] [--png FILE] [--address URL]...\n"
		"                   [--minutes N] [--unattended] [--new]\n"
		"       foyer enrol DIR BOARD --confirm \"WORDS\"\n"
		"\n"
		"Prints a one-time code alone on standard output; BOARD is the name you give the "
		"board.\n"
		"Show it to the board's scanner: board and hub (`foyer serve`) agree on keys. "
		"Until then\n"
		"the same command prints the same code again; after that it prints four words, and "
		"if the\n"
		"board shows the same, --confirm lets it in. With DIR alone: the boards that are "
		"known,\n"
		"and when they were last heard.\n"
		"\n"
		"  --role R       kiosk (unless told otherwise), desk, door or screen\n"
		"  --png FILE     write the code as a QR symbol as well\n"
		"  --address URL  where the board finds the hub, up to four; otherwise this\n"
		"                 machine's own addresses, port 8600\n"
		"  --minutes N    how long the code is good for (10)\n"
		"  --unattended   ask for no words: for boards set up where nobody else can scan\n"
		"  --new          a new code; one that waits is dead then\n"
		"  --confirm W    the four words that the board shows\n"
		"  --store URL    the hub's store (sqlite:DIR/hub.db)\n"
		"  --json         the list as JSON\n",
	.run = run_enrol,
};
