/* foyer revoke: a code that was lost dies with the next build. */
#include "commands.h"
#include "folder.h"
#include "source.h"

#include <stdio.h>
#include <string.h>

enum what {
	WHAT_INVITATION = 1,
	WHAT_BADGE = 2,
	WHAT_CARD = 4,
	WHAT_ALL = 7,
	WHAT_NEW_PERSON = 8,
	WHAT_SAME_PERSON = 16
};

static unsigned what_of(const char *word)
{
	static const struct {
		const char *word;
		enum what what;
	} words[] = {
		{"invitation", WHAT_INVITATION},
		{"badge", WHAT_BADGE},
		{"card", WHAT_CARD},
		{"all", WHAT_ALL},
	};
	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i].word, word) == 0)
			return words[i].what;
	return 0;
}

static enum err drop(
	struct folder *f, const struct state_person *p, enum token_kind kind, uint32_t issue)
{
	struct token t;

	source_token(&f->keys, p, kind, issue, &t, f->state.staff_epoch);
	enum err e = state_revoke(&f->state, &t);
	seal_wipe(&t, sizeof(t));
	return e;
}

/* A card knows keys, so its loss changes the keys. */
static enum err revoke_card(struct folder *f, struct state_person *p)
{
	enum err e = drop(f, p, TOKEN_CARD, p->card);

	p->card++;
	state_renew_staff(&f->state);
	return e;
}

static enum err revoke(struct folder *f, struct state_person *p, unsigned what)
{
	/* The card first: the next badge is then made under the keys that the card never held. */
	enum err e = what & WHAT_CARD ? revoke_card(f, p) : OK;

	if (e == OK && (what & WHAT_INVITATION)) {
		e = drop(f, p, TOKEN_INVITATION, p->invitation);
		p->invitation++;
	}
	if (e == OK && (what & WHAT_BADGE)) {
		e = drop(f, p, TOKEN_BADGE, p->badge);
		p->badge++;
		p->badge_epoch = f->state.staff_epoch;
	}
	p->generation++;
	return e;
}

/* The id belongs to somebody else now: nothing of the person before may open anything of hers. */
static enum err replace_person(struct folder *f, struct state_person *p)
{
	enum err e = OK;

	for (uint32_t ahead = 1; ahead <= 2 && e == OK; ahead++)
		e = drop(f, p, TOKEN_BADGE, p->badge + ahead);
	if (e == OK)
		e = revoke(f, p, WHAT_INVITATION | WHAT_BADGE);
	p->badge += 2;
	p->incarnation++;
	p->given = p->family = 0;
	return e;
}

static int carry_out(struct folder *f, const char *id, unsigned what)
{
	struct state_person copy;

	if (folder_person(f, "revoke", id, &copy))
		return EXIT_NO;
	if (what == WHAT_CARD && !list_is_staff(&f->list, id)) {
		fprintf(stderr, "foyer revoke: %s has no row in list/staff.csv, so no card\n", id);
		return EXIT_NO;
	}
	struct state_person *p = state_person(&f->state, id);
	enum err e = OK;
	if (what == WHAT_ALL && !list_is_staff(&f->list, id))
		what = WHAT_INVITATION | WHAT_BADGE;
	if (what == WHAT_SAME_PERSON)
		p->given = p->family = 0;
	else if (what == WHAT_NEW_PERSON)
		e = replace_person(f, p);
	else
		e = revoke(f, p, what);
	if (e == OK)
		e = state_save(&f->state, f->dir);
	if (e) {
		fprintf(stderr, "foyer revoke: %s/state: %s\n", f->dir, folder_unwritten(e));
		return EXIT_WORLD;
	}
	fprintf(stderr, "Done for %s. Boards know it from the next build: foyer build %s\n", id,
		f->dir);
	if (what & (WHAT_INVITATION | WHAT_NEW_PERSON))
		fprintf(stderr, "A new invitation: foyer token %s %s\n", f->dir, id);
	return EXIT_DONE;
}

static int run_revoke(int argc, char **argv)
{
	const char *dir = NULL, *person = NULL;
	unsigned what = WHAT_BADGE, ways = 0;
	struct folder f;

	for (int i = 1; i < argc; i++) {
		ways += argv[i][0] == '-';
		if (strcmp(argv[i], "--kind") == 0 && i + 1 < argc)
			what = what_of(argv[++i]);
		else if (strcmp(argv[i], "--new-person") == 0)
			what = WHAT_NEW_PERSON;
		else if (strcmp(argv[i], "--same-person") == 0)
			what = WHAT_SAME_PERSON;
		else if (argv[i][0] == '-' || person)
			return command_misused("revoke", "a folder and a person's id are wanted");
		else if (dir)
			person = argv[i];
		else
			dir = argv[i];
	}
	if (!person)
		return command_misused("revoke", "a folder and a person's id are wanted");
	if (ways > 1)
		return command_misused("revoke",
			"only one of --kind, --new-person and --same-person can be meant");
	if (!what)
		return command_misused("revoke", "--kind is invitation, badge, card or all");
	enum err e = folder_open(&f, "revoke", dir, FOLDER_LIST | FOLDER_KEYS | FOLDER_STATE);
	if (e)
		return folder_exit(e);
	int status = carry_out(&f, person, what);
	folder_close(&f);
	return status;
}

const struct verb verb_revoke = {
	.name = "revoke",
	.summary = "make a lost code worthless",
	.help = "usage: foyer revoke DIR PERSON [--kind invitation|badge|card|all]\n"
		"       foyer revoke DIR PERSON --new-person | --same-person\n"
		"\n"
		"Drops the person's current badge, or what --kind names; the next issue takes its\n"
		"place. It cannot be undone, and holds from the next build on. A card's loss "
		"renews\n"
		"the keys all cards hold; badges already out stay valid.\n"
		"\n"
		"  --new-person   the id belongs to somebody else now: all codes before are void\n"
		"  --same-person  both names were corrected; everything stays valid\n",
	.run = run_revoke,
};
