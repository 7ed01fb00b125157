/* foyer revoke: a code that was lost dies with the next build; a board that was lost, at once. */
#include "boards.h"
#include "carry.h"
#include "commands.h"
#include "folder.h"
#include "folder_store.h"
#include "signed_words.h"
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

struct wanted {
	const char *dir, *png, *store;
	const char *ids[CODE_REVOKED];
	size_t id_count;
	unsigned what, ways; /* enum what; how many options said it */
	bool code, again;
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
		{"staff", WHAT_CARD}, /* as `token` calls it */
		{"all", WHAT_ALL},
	};
	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i].word, word) == 0)
			return words[i].what;
	return 0;
}

/* A card knows keys, so its loss changes the keys. */
static enum err revoke_card(struct folder *f, struct state_person *p)
{
	enum err e = source_drop(&f->keys, &f->state, p, TOKEN_CARD, p->card);

	p->card++;
	state_renew_staff(&f->state);
	return e;
}

static enum err revoke(struct folder *f, struct state_person *p, unsigned what)
{
	/* The card first: the next badge is then made under the keys that the card never held. */
	enum err e = what & WHAT_CARD ? revoke_card(f, p) : OK;

	if (e == OK && (what & WHAT_INVITATION)) {
		e = source_drop(&f->keys, &f->state, p, TOKEN_INVITATION, p->invitation);
		p->invitation++;
	}
	if (e == OK && (what & WHAT_BADGE)) {
		e = source_drop(&f->keys, &f->state, p, TOKEN_BADGE, p->badge);
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
		e = source_drop(&f->keys, &f->state, p, TOKEN_BADGE, p->badge + ahead);
	if (e == OK)
		e = revoke(f, p, WHAT_INVITATION | WHAT_BADGE);
	p->badge += 2;
	p->incarnation++;
	state_drop_late(&f->state, p);
	p->given = p->family = 0;
	return e;
}

static enum err change(struct folder *f, struct state_person *p, unsigned what)
{
	if (what == WHAT_ALL && !list_is_staff(&f->list, p->id))
		what = WHAT_INVITATION | WHAT_BADGE;
	if (what == WHAT_NEW_PERSON)
		return replace_person(f, p);
	if (what != WHAT_SAME_PERSON)
		return revoke(f, p, what);
	p->given = p->family = 0;
	return OK;
}

/* Everybody is looked up before anybody is changed. */
static bool know_all(struct folder *f, const struct wanted *w)
{
	struct state_person p;

	for (size_t i = 0; i < w->id_count; i++) {
		if (folder_person(f, "revoke", w->ids[i], &p))
			return false;
		if (w->what == WHAT_CARD && !list_is_staff(&f->list, w->ids[i])) {
			fprintf(stderr,
				"foyer revoke: %s has no row in list/staff.csv, so no card\n",
				w->ids[i]);
			return false;
		}
	}
	return true;
}

/* For boards that see no network: the issues that are dead, signed. */
static int print_code(struct folder *f, const struct wanted *w)
{
	struct signed_code c = {.kind = TOKEN_REVOCATION};

	for (size_t i = 0; i < w->id_count; i++) {
		const struct state_person *p = state_person(&f->state, w->ids[i]);
		if (p->badge < 2) {
			fprintf(stderr, "foyer revoke: no badge of %s was revoked yet\n", p->id);
			return EXIT_NO;
		}
		struct code_revoked *r = &c.revoked[c.revoked_count++];
		source_handle(&f->keys, p, r->person);
		r->issue = p->badge - 1;
		fprintf(stderr, "The code says of %s: badges up to %u are void\n", p->id, r->issue);
	}
	return signed_words_print(f, &c, "revoke", w->png);
}

/* The badge that is lost is the last that a desk printed. Without the last version nobody knows whether to
 * believe desks; what the list says is then revoked all the same, and the next build asks for it. */
static enum err carry_past(struct folder *f, const struct wanted *w)
{
	struct past p;
	size_t people;

	enum err e = past_open(&p, "revoke", f, &(struct past_places){.store = w->store});
	if (e)
		return e;
	e = carry(f, "revoke", &p, &people);
	past_close(&p);
	return e == ERR_ABSENT ? OK : e;
}

static void say_done(const struct folder *f, const struct wanted *w, const char *id)
{
	uint32_t badge = state_person(&f->state, id)->badge;

	if (w->what & WHAT_BADGE)
		fprintf(stderr, "%s: badge %u is void, %u is the next. ", id, badge - 1, badge);
	else
		fprintf(stderr, "Done for %s. ", id);
	fprintf(stderr, "Boards know it from the next build: foyer build %s\n", f->dir);
	if (w->what & (WHAT_INVITATION | WHAT_NEW_PERSON))
		fprintf(stderr, "A new invitation: foyer token %s %s\n", f->dir, id);
}

static int revoke_people(struct folder *f, const struct wanted *w)
{
	if (!know_all(f, w))
		return EXIT_NO;
	enum err e = w->what & (WHAT_BADGE | WHAT_NEW_PERSON) ? carry_past(f, w) : OK;
	if (e)
		return EXIT_WORLD;
	for (size_t i = 0; i < w->id_count && e == OK && !w->again; i++)
		e = change(f, state_person(&f->state, w->ids[i]), w->what);
	if (e == OK)
		e = state_save(&f->state, f->dir);
	if (e) {
		fprintf(stderr, "foyer revoke: %s/state: %s\n", f->dir, folder_unwritten(e));
		return EXIT_WORLD;
	}
	for (size_t i = 0; i < w->id_count && !w->again; i++)
		say_done(f, w, w->ids[i]);
	return w->code ? print_code(f, w) : EXIT_DONE;
}

static int say_board_revoked(const struct board *b, enum err e)
{
	if (e) {
		fprintf(stderr, "foyer revoke: the store failed: %s; do it again\n", err_text(e));
		return EXIT_WORLD;
	}
	fprintf(stderr,
		"Board %s is revoked. Boards know it from the hub's next manifest; what it sends "
		"is kept aside\n",
		b->certificate.name);
	return EXIT_DONE;
}

/* returns: an enum exit_status, or -1 if no board has this name or id */
static int revoke_board(struct folder *f, const struct wanted *w)
{
	struct grow boards = {0};
	struct store *s = NULL;
	int status = -1;

	enum err e = folder_store(&s, "revoke", f->dir, w->store, true);
	if (e == OK && s)
		e = boards_load(s, f->keys.root, &boards);
	const struct board *b = e == OK ? boards_find(&boards, w->ids[0]) : NULL;
	store_close(s);
	s = NULL;
	if (b && folder_store(&s, "revoke", f->dir, w->store, false) == OK)
		status = say_board_revoked(
			b, boards_revoke(s, &f->keys, b, clock_now().wall_ms / 1000));
	else if (b || e)
		status = EXIT_WORLD;
	store_close(s);
	grow_free(&boards);
	return status;
}

static int carry_out(struct folder *f, const struct wanted *w)
{
	bool may_be_board = w->id_count == 1 && w->ways == 0 && !w->code;

	if (may_be_board && list_person_by_id(&f->list, w->ids[0]) < 0) {
		int status = revoke_board(f, w);
		if (status >= 0)
			return status;
		fprintf(stderr, "foyer revoke: no board is called %s\n", w->ids[0]);
	}
	return revoke_people(f, w);
}

/* returns: NULL, or what is wrong */
static const char *take_word(struct wanted *w, const char *word)
{
	if (word[0] == '-')
		return "a folder and a person's id, or a board's name, are wanted";
	for (size_t i = 0; i < w->id_count; i++)
		if (strcmp(w->ids[i], word) == 0)
			return "somebody is named twice, and would lose the next badge as well";
	if (!w->dir)
		w->dir = word;
	else if (w->id_count == CODE_REVOKED)
		return "sixteen people at most go into one code";
	else
		w->ids[w->id_count++] = word;
	return NULL;
}

static const char *judge(const struct wanted *w)
{
	if (w->id_count == 0)
		return "a folder and a person's id, or a board's name, are wanted";
	if (w->ways > 1)
		return "only one of --kind, --new-person and --same-person can be meant";
	if (!w->what)
		return "--kind is invitation, badge, card or all";
	if (w->code && !(w->what & WHAT_BADGE))
		return "--code speaks of badges";
	if (!w->code && (w->png || w->again))
		return "--png and --again go with --code";
	return w->id_count > 1 && !w->code ? "one person at a time, but with --code" : NULL;
}

static int run_revoke(int argc, char **argv)
{
	struct wanted w = {.what = WHAT_BADGE};
	const char *wrong = NULL;
	struct folder f;

	for (int i = 1; i < argc && !wrong; i++) {
		bool more = i + 1 < argc;
		w.ways += strcmp(argv[i], "--kind") == 0 || strcmp(argv[i], "--new-person") == 0 ||
			  strcmp(argv[i], "--same-person") == 0;
		if (strcmp(argv[i], "--kind") == 0 && more)
			w.what = what_of(argv[++i]);
		else if (strcmp(argv[i], "--new-person") == 0)
			w.what = WHAT_NEW_PERSON;
		else if (strcmp(argv[i], "--same-person") == 0)
			w.what = WHAT_SAME_PERSON;
		else if (strcmp(argv[i], "--code") == 0)
			w.code = true;
		else if (strcmp(argv[i], "--again") == 0)
			w.again = true;
		else if (strcmp(argv[i], "--png") == 0 && more)
			w.png = argv[++i];
		else if (strcmp(argv[i], "--store") == 0 && more)
			w.store = argv[++i];
		else
			wrong = take_word(&w, argv[i]);
	}
	if (!wrong)
		wrong = judge(&w);
	if (wrong)
		return command_misused("revoke", wrong);
	enum err e = folder_open(&f, "revoke", w.dir, FOLDER_LIST | FOLDER_KEYS | FOLDER_STATE);
	if (e)
		return folder_exit(e);
	int status = carry_out(&f, &w);
	folder_close(&f);
	return status;
}

const struct verb verb_revoke = {
	.name = "revoke",
	.summary = "make a lost code, or a lost board, worthless",
	.help = "usage: foyer revoke DIR PERSON [--kind invitation|badge|card|all]\n"
		"       foyer revoke DIR PERSON --new-person | --same-person\n"
		"       foyer revoke DIR PERSON... --code [--again] [--png FILE]\n"
		"       foyer revoke DIR BOARD [--store URL]\n"
		"\n"
		"Drops the person's current badge, or what --kind names; the next issue takes\n"
		"its place. It cannot be undone, and holds from the next build on. Where a desk\n"
		"replaced a badge the new one is the current: then only --code --again is wanted.\n"
		"A card's loss renews the keys all cards hold; badges already out stay valid.\n"
		"\n"
		"  --new-person   the id belongs to somebody else now: all codes before are void\n"
		"  --same-person  both names were corrected; everything stays valid\n"
		"  --code         print a signed code as well: it tells boards without network\n"
		"  --again        print the code for what was revoked before, or replaced at a\n"
		"                 desk; revoke nothing\n"
		"  --png FILE     write the code as a QR symbol as well\n"
		"\n"
		"A board is named as in `foyer enrol DIR`, or by its device. Its key is void for\n"
		"all others as soon as they hear the hub, and they get a new key among\n"
		"themselves.\n",
	.run = run_revoke,
};
