/* The program foyer: finds the verb and runs it. */
#include "base.h"
#include "commands.h"
#include "nearest.h"
#include "seal.h"

#include <stdio.h>
#include <string.h>

static const struct verb *const verbs[] = {
	&verb_new,
	&verb_demo,
	&verb_check,
	&verb_build,
	&verb_show,
	&verb_token,
	&verb_invitations,
	&verb_serve,
	&verb_enrol,
	&verb_revoke,
	&verb_pin,
	&verb_lease,
	&verb_report,
	&verb_export,
	&verb_requests,
	&verb_forget,
	&verb_emergency,
};

static void print_help(FILE *to)
{
	fputs("usage: foyer VERB [ARGUMENTS]\n\n"
	      "Makes the master list of an event into the sealed file the kiosks read.\n\n",
		to);
	for (size_t i = 0; i < COUNT(verbs); i++)
		fprintf(to, "  %-12s %s\n", verbs[i]->name, verbs[i]->summary);
	fputs("\n`foyer VERB --help` says more. Exit status: 0 done, 1 the answer is no,\n"
	      "2 wrong use, 3 a file, the network or a device failed.\n",
		to);
}

static bool asks_help(const char *arg)
{
	return strcmp(arg, "--help") == 0 || strcmp(arg, "-h") == 0;
}

static int unknown_verb(const char *word)
{
	const char *names[COUNT(verbs)];

	for (size_t i = 0; i < COUNT(verbs); i++)
		names[i] = verbs[i]->name;
	const char *near = nearest_of(names, COUNT(verbs), word);
	fprintf(stderr, "foyer: there is no verb `%s`", word);
	if (near)
		fprintf(stderr, "; did you mean `%s`?\n", near);
	else
		fputs("; `foyer --help` lists them\n", stderr);
	return EXIT_WRONG_USE;
}

static int run_verb(const struct verb *v, int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (asks_help(argv[i])) {
			fputs(v->help, stdout);
			return EXIT_DONE;
		}
	return v->run(argc, argv);
}

int main(int argc, char **argv)
{
	if (seal_start() != OK)
		return EXIT_WORLD;
	if (argc < 2) {
		print_help(stderr);
		return EXIT_WRONG_USE;
	}
	if (asks_help(argv[1]) || strcmp(argv[1], "help") == 0) {
		print_help(stdout);
		return EXIT_DONE;
	}
	for (size_t i = 0; i < COUNT(verbs); i++)
		if (strcmp(verbs[i]->name, argv[1]) == 0) {
			int status = run_verb(verbs[i], argc - 1, argv + 1);
			if (fflush(stdout) != 0 && status == EXIT_DONE) {
				perror("foyer: standard output");
				return EXIT_WORLD;
			}
			return status;
		}
	return unknown_verb(argv[1]);
}
