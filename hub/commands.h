/* The verbs of the program foyer. A verb is a struct in its own cmd_*.c and a row in foyer_main.c.
 *
 * run gets argv[0] = its name and answers an enum exit_status; `--help` is answered before it is
 * called. */
#ifndef HUB_COMMANDS_H
#define HUB_COMMANDS_H

enum exit_status {
	EXIT_DONE = 0,      /* done */
	EXIT_NO = 1,        /* the answer is no: faults found, unknown token, damaged file */
	EXIT_WRONG_USE = 2, /* the command line is wrong */
	EXIT_WORLD = 3,     /* a file, the network or a device failed */
};

struct verb {
	const char *name, *summary;
	const char *help; /* the usage line, then what it does and its options */
	int (*run)(int argc, char **argv);
};

extern const struct verb verb_new, verb_demo, verb_check, verb_build, verb_show, verb_token,
	verb_pin;
extern const struct verb verb_revoke, verb_invitations, verb_serve, verb_enrol, verb_lease;
extern const struct verb verb_report, verb_export, verb_requests, verb_forget, verb_emergency;

/* Say on standard error why the command line of verb is wrong and where help is.
 * returns: EXIT_WRONG_USE */
int command_misused(const char *verb, const char *why);

#endif
