/* foyer show: what a roster says, to anybody or to whoever holds a code. */
#include "commands.h"
#include "file.h"
#include "four_words.h"
#include "show.h"
#include "trust.h"

#include <stdio.h>
#include <string.h>

struct asked {
	const char *file, *token, *trust;
	bool json;
};

/* Without --trust the file vouches for itself, and says by whom in words that can be compared. */
static enum err open_file(const struct asked *a, struct file_bytes *bytes, struct roster *r)
{
	struct trust trust = {0};
	char words[FOUR_WORDS];

	enum err e = file_read(bytes, a->file, ROSTER_MAX);
	if (e) {
		fprintf(stderr, "foyer show: %s: %s\n", a->file, err_text(e));
		return e == ERR_FULL ? ERR_FORMAT : ERR_IO;
	}
	if (a->trust && (e = trust_read(&trust, a->trust)) != OK) {
		fprintf(stderr,
			"foyer show: %s: %s; a board's trust file or keys/root.pub is wanted\n",
			a->trust, err_text(e));
		return e == ERR_FORMAT ? e : ERR_IO;
	}
	e = roster_open(r, bytes->bytes, &trust, 0);
	if (e) {
		fprintf(stderr, "foyer show: %s: %s\n", a->file, err_text(e));
		return e;
	}
	four_words((struct span){r->root, sizeof(r->root)}, words);
	if (!a->trust)
		fprintf(stderr, "signed under the root \"%s\" (not compared; see --trust)\n",
			words);
	return OK;
}

static enum err read_token(const struct asked *a, struct token *t)
{
	char line[TOKEN_TEXT_MAX];
	const char *text = a->token;

	if (strcmp(text, "-") == 0) {
		if (!fgets(line, sizeof(line), stdin))
			line[0] = '\0';
		text = line;
	}
	enum err e = token_read(t, span_of(text));
	if (e == ERR_ABSENT)
		fputs("foyer show: this is no Foyer code\n", stderr);
	else if (e == ERR_FULL)
		fputs("foyer show: this is a signed code; it opens no record\n", stderr);
	else if (e)
		fputs("foyer show: the code is torn or misread; scan or type it again\n", stderr);
	seal_wipe(line, sizeof(line));
	return e;
}

static int show_person(const struct roster *r, const struct asked *a)
{
	struct token t;
	struct found f;

	enum err e = read_token(a, &t);
	if (e)
		return EXIT_NO;
	e = roster_find(r, &t, &f);
	if (e == ERR_EXPIRED)
		fputs("foyer show: this code was replaced or revoked\n", stderr);
	else if (e && t.kind == TOKEN_CARD)
		fputs("foyer show: a staff card opens nothing here without its PIN\n", stderr);
	else if (e)
		fputs("foyer show: this file does not know the code\n", stderr);
	struct visit *v = e ? NULL : seal_secret_memory(sizeof(*v));
	if (e == OK && !v) {
		fputs("foyer show: no memory for secrets\n", stderr);
		e = ERR_IO;
	}
	if (v) {
		e = roster_visit(r, &f, v);
		if (e)
			fprintf(stderr, "foyer show: %s\n", err_text(e));
		else
			e = show_visit(r, v, a->json);
	}
	seal_wipe(&f, sizeof(f));
	seal_wipe(&t, sizeof(t));
	seal_secret_free(v);
	return e == ERR_IO ? EXIT_WORLD : e ? EXIT_NO : EXIT_DONE;
}

static int run_show(int argc, char **argv)
{
	struct asked a = {0};
	struct file_bytes bytes = {0};
	struct roster r;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			a.json = true;
		else if (strcmp(argv[i], "--trust") == 0 && i + 1 < argc)
			a.trust = argv[++i];
		else if ((argv[i][0] == '-' && argv[i][1]) || a.token)
			return command_misused("show", "a file is wanted, and perhaps a code");
		else if (a.file)
			a.token = argv[i];
		else
			a.file = argv[i];
	}
	if (!a.file)
		return command_misused("show", "a file is wanted");
	enum err e = open_file(&a, &bytes, &r);
	int status = err_exit(e);
	if (e == OK && a.token)
		status = show_person(&r, &a);
	else if (e == OK)
		status = err_exit(show_roster(&r, a.json));
	file_free(&bytes);
	return status;
}

const struct verb verb_show = {
	.name = "show",
	.summary = "say what a sealed file holds",
	.help = "usage: foyer show FILE [TOKEN] [--json] [--trust FILE]\n"
		"\n"
		"Without TOKEN: the event, the version and where the bytes are. With TOKEN (- "
		"reads\n"
		"it from standard input): the person it opens, with the columns of the list.\n"
		"\n"
		"  --json        print JSON\n"
		"  --trust FILE  believe only this root: keys/root.pub, or a board's trust file\n"
		"\n"
		"Exit status 1: the code is unknown, or the file is damaged, older or of another\n"
		"event; the reason is on standard error.\n",
	.run = run_show,
};
