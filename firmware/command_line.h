/* The command line of a program: a table of options, read in one pass. --NAME VALUE and --NAME=VALUE are
 * the same. What is wrong is said on standard error under the program's name. One thread. */
#ifndef FIRMWARE_COMMAND_LINE_H
#define FIRMWARE_COMMAND_LINE_H

#include "base.h"

struct command_option {
	const char *name; /* "--data" */
	size_t at; /* of its field in what is read: a const char *, which points into argv … */
	bool flag; /* … or, without a value, a bool … */
	/* … or whatever read makes of the value. returns: OK; an error, once it has said why */
	enum err (*read)(void *out, const char *value);
};

struct command_line {
	const char *program;
	const struct command_option *options;
	size_t n;
};

/* returns: OK
 *          ERR_FORMAT, if an option is unknown, has a value too many or too few, or there is an argument
 *          that is none; as read, of the first that refuses */
MUST_CHECK enum err command_line_read(
	const struct command_line *line, int argc, const char *const *argv, void *out);

/* Say what is wrong, and where the help is. returns: ERR_FORMAT */
MUST_CHECK enum err command_line_wrong(const char *program, const char *what, const char *why);

#endif
