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
	bool unattended, json, fresh; /* fresh: an option says that a new code is wanted */
};

static void say_what_next(const struct wanted *w, const struct enrolment *e)
{
	if (w->unattended)
		fprintf(stderr,
			"Show this code to the board's scanner within %" PRIu32 " minutes. The "
			"first board that\nshows it is let in as %s without a further question.\n",
			w->minutes, e->name);
	else
		fprintf(stderr,
			"Show this code to the board's scanner within %" PRIu32
			" minutes. Then compare four words: foyer enrol %s \"%s\"\n",
			w->minutes, w->dir, e->name);
}

static int make_code(struct folder *f, struct store *s, const struct wanted *w)
{
	int64_t now = clock_now().wall_ms / 1000;
	struct signed_code c = {.kind = TOKEN_ENROLMENT};
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
	if (err) {
		fprintf(stderr, "foyer enrol: the store failed: %s\n", err_text(err));
		return EXIT_WORLD;
	}
	memcpy(c.secret, e.code, sizeof(c.secret));
	c.until = e.until;
	for (size_t i = 0; i < w->address_count; i++)
		memcpy(c.addresses[i], w->addresses[i], strlen(w->addresses[i]) + 1);
	c.address_count = (uint8_t)w->address_count;
	if (w->address_count == 0)
		c.address_count = own_addresses(c.addresses);
	for (size_t i = 0; i < c.address_count; i++)
		fprintf(stderr, "The board will look for the hub at %s\n", c.addresses[i]);
	int status = signed_words_print(f, &c, "enrol", w->png);
	if (status == EXIT_DONE)
		say_what_next(w, &e);
	seal_wipe(&c, sizeof(c));
	seal_wipe(&e, sizeof(e));
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
		"--role %s\n",
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
	if (err && err != ERR_ABSENT) {
		fprintf(stderr, "foyer enrol: the store failed: %s\n", err_text(err));
		return EXIT_WORLD;
	}
	int status;
	if (w->confirm && err == ERR_ABSENT) {
		fprintf(stderr,
			"foyer enrol: nothing waits under the name %s; make a code first: foyer "
			"enrol %s \"%s\"\n",
			w->board, w->dir, w->board);
		status = EXIT_NO;
	} else if (w->confirm) {
		status = confirm(f, s, w, &e);
	} else if (err == OK && e.committed && !w->fresh) {
		status = show_words(f, w, &e);
	} else {
		status = make_code(f, s, w);
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
	w->fresh = true;
	if (strcmp(name, "--png") == 0)
		w->png = value;
	else if (strcmp(name, "--role") == 0)
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

static int run_enrol(int argc, char **argv)
{
	struct wanted w = {.minutes = MINUTES};
	const char *wrong = NULL;

	for (int i = 1; i < argc && !wrong; i++) {
		if (strcmp(argv[i], "--unattended") == 0)
			w.unattended = w.fresh = true;
		else if (strcmp(argv[i], "--json") == 0)
			w.json = true;
		else if (argv[i][0] != '-')
			wrong = take_word(&w, argv[i]);
		else if (i + 1 == argc)
			wrong = "unknown option, or its value is missing";
		else
			wrong = take_value(&w, argv[i], argv[i + 1]);
		i += argv[i][0] == '-' && strcmp(argv[i], "--unattended") != 0 &&
		     strcmp(argv[i], "--json") != 0;
	}
	if (!wrong && !w.dir)
		wrong = "a folder is wanted, and the name of a board";
	if (!wrong && !w.board && (w.fresh || w.confirm))
		wrong = "the name of a board is wanted";
	if (!wrong && w.confirm && w.fresh)
		wrong = "--confirm goes with no option but --store";
	return wrong ? command_misused("enrol", wrong) : enrol(&w);
}

const struct verb verb_enrol = {
	.name = "enrol",
	.summary = "let a board in, or list the boards",
	.help = "usage: foyer enrol DIR [--json]\n"
		"       foyer enrol DIR BOARD [--role R] [--png FILE] [--address URL]...\n"
		"                   [--minutes N] [--unattended]\n"
		"       foyer enrol DIR BOARD\n"
		"       foyer enrol DIR BOARD --confirm \"WORDS\"\n"
		"\n"
		"Prints a one-time code alone on standard output; BOARD is the name you give\n"
		"the board. Show it to the board's scanner: board and hub (`foyer serve`) agree\n"
		"on keys. Then the same command without options prints four words; if the board\n"
		"shows the same, --confirm lets it in. With DIR alone: the boards that are\n"
		"known, and when they were last heard.\n"
		"\n"
		"  --role R       kiosk (unless told otherwise), desk, door or screen\n"
		"  --png FILE     write the code as a QR symbol as well\n"
		"  --address URL  where the board finds the hub, up to four; otherwise this\n"
		"                 machine's own addresses, port 8600\n"
		"  --minutes N    how long the code is good for (10)\n"
		"  --unattended   ask for no words: for boards set up where nobody else can scan\n"
		"  --confirm W    the four words that the board shows\n"
		"  --store URL    the hub's store (sqlite:DIR/hub.db)\n"
		"  --json         the list as JSON\n",
	.run = run_enrol,
};
