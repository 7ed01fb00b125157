/* foyer token, foyer pin: what opens what, for one person. */
#include "code_png.h"
#include "commands.h"
#include "folder.h"
#include "source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ISSUE_MAX = 1000000 };

struct wanted {
	const char *dir, *person, *png;
	enum token_kind kind;
	uint32_t issue; /* 0: the current one */
};

static enum token_kind kind_of(const char *word)
{
	if (strcmp(word, "invitation") == 0)
		return TOKEN_INVITATION;
	if (strcmp(word, "badge") == 0)
		return TOKEN_BADGE;
	/* As `revoke` calls it. */
	if (strcmp(word, "card") == 0)
		return TOKEN_CARD;
	return strcmp(word, "staff") == 0 ? TOKEN_CARD : 0;
}

static uint32_t current_issue(const struct state_person *p, enum token_kind kind)
{
	if (kind == TOKEN_INVITATION)
		return p->invitation;
	return kind == TOKEN_BADGE ? p->badge : p->card;
}

static int print_token(struct folder *f, const struct wanted *w)
{
	struct state_person p;
	struct token t;
	char text[TOKEN_TEXT + 1];

	if (folder_person(f, "token", w->person, &p))
		return EXIT_NO;
	if (w->kind == TOKEN_CARD && !list_is_staff(&f->list, w->person)) {
		fprintf(stderr, "foyer token: %s has no row in list/staff.csv, so no card\n",
			w->person);
		return EXIT_NO;
	}
	uint32_t issue = w->issue ? w->issue : current_issue(&p, w->kind);
	source_token(&f->keys, &p, w->kind, issue, &t, f->state.staff_epoch);
	token_text(&t, text);
	enum err e = w->png ? code_png(text, w->png) : OK;
	if (e)
		fprintf(stderr, "foyer token: %s: %s\n", w->png, folder_unwritten(e));
	else
		puts(text);
	seal_wipe(&t, sizeof(t));
	seal_wipe(text, sizeof(text));
	return e ? EXIT_WORLD : EXIT_DONE;
}

static bool issue_of(const char *word, uint32_t *issue)
{
	char *end;
	unsigned long n = strtoul(word, &end, 10);

	*issue = (uint32_t)n;
	return word[0] >= '1' && word[0] <= '9' && *end == '\0' && n <= ISSUE_MAX;
}

static int run_token(int argc, char **argv)
{
	struct wanted w = {.kind = TOKEN_INVITATION};
	struct folder f;
	bool no_issue = false;

	for (int i = 1; i < argc; i++) {
		bool more = i + 1 < argc;
		if (strcmp(argv[i], "--kind") == 0 && more)
			w.kind = kind_of(argv[++i]);
		else if (strcmp(argv[i], "--png") == 0 && more)
			w.png = argv[++i];
		else if (strcmp(argv[i], "--issue") == 0 && more)
			no_issue = !issue_of(argv[++i], &w.issue);
		else if (argv[i][0] == '-' || w.person)
			return command_misused(
				"token", "a folder and a person's id are wanted, then options");
		else if (w.dir)
			w.person = argv[i];
		else
			w.dir = argv[i];
	}
	if (!w.person)
		return command_misused("token", "a folder and a person's id are wanted");
	if (!w.kind)
		return command_misused("token", "--kind is invitation, badge or staff");
	if (no_issue)
		return command_misused("token", "--issue is a number from 1 on");
	enum err e = folder_open(&f, "token", w.dir, FOLDER_LIST | FOLDER_KEYS | FOLDER_STATE);
	if (e)
		return folder_exit(e);
	int status = print_token(&f, &w);
	folder_close(&f);
	return status;
}

const struct verb verb_token = {
	.name = "token",
	.summary = "print one person's code",
	.help = "usage: foyer token DIR PERSON [--kind invitation|badge|staff] [--issue N] [--png "
		"FILE]\n"
		"\n"
		"Prints the token alone on standard output. Without --kind it is the invitation,\n"
		"without --issue the issue that is valid now.\n"
		"\n"
		"  --kind K    invitation (opens agenda and first badge), badge, or staff (a "
		"card)\n"
		"  --issue N   another issue: badges N + 1 and N + 2 are what a desk prints next\n"
		"  --png FILE  write the code as a QR symbol as well\n",
	.run = run_token,
};

/* The row of a person in the state, saved if it changed. */
static int print_pin(struct folder *f, const char *person, bool renew)
{
	char pin[PIN_DIGITS + 1];
	struct state_person p;

	if (folder_person(f, "pin", person, &p))
		return EXIT_NO;
	if (!list_is_staff(&f->list, person)) {
		fprintf(stderr, "foyer pin: %s has no row in list/staff.csv, so no card\n", person);
		return EXIT_NO;
	}
	if (renew) {
		state_person(&f->state, person)->pin = ++p.pin;
		enum err e = state_save(&f->state, f->dir);
		if (e) {
			fprintf(stderr, "foyer pin: %s/state: %s\n", f->dir, folder_unwritten(e));
			return EXIT_WORLD;
		}
		fprintf(stderr,
			"The old PIN works until boards have the next build: foyer build %s\n",
			f->dir);
	}
	keys_pin(&f->keys, (struct card_pin){p.card, p.pin, p.id}, pin);
	puts(pin);
	seal_wipe(pin, sizeof(pin));
	return EXIT_DONE;
}

static int run_pin(int argc, char **argv)
{
	const char *dir = NULL, *person = NULL;
	struct folder f;
	bool renew = false;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--new") == 0)
			renew = true;
		else if (argv[i][0] == '-' || person)
			return command_misused("pin", "a folder and a person's id are wanted");
		else if (dir)
			person = argv[i];
		else
			dir = argv[i];
	}
	if (!person)
		return command_misused("pin", "a folder and a person's id are wanted");
	enum err e = folder_open(&f, "pin", dir, FOLDER_LIST | FOLDER_KEYS | FOLDER_STATE);
	if (e)
		return folder_exit(e);
	int status = print_pin(&f, person, renew);
	folder_close(&f);
	return status;
}

const struct verb verb_pin = {
	.name = "pin",
	.summary = "print the PIN of a staff card",
	.help = "usage: foyer pin DIR PERSON [--new]\n"
		"\n"
		"Prints the eight digits that unlock the person's staff card. Tell them apart "
		"from\n"
		"the card.\n"
		"\n"
		"  --new  give the card another PIN; it holds from the next build on\n",
	.run = run_pin,
};
