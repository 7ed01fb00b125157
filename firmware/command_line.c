/* The command line of a program. */
#include "command_line.h"

#include <stdio.h>
#include <string.h>

enum err command_line_wrong(const char *program, const char *what, const char *why)
{
	fprintf(stderr, "%s: %s: %s (see --help)\n", program, what[0] ? what : "\"\"", why);
	return ERR_FORMAT;
}

static const struct command_option *find(const struct command_line *line, struct span name)
{
	for (size_t i = 0; i < line->n; i++)
		if (span_equal(span_of(line->options[i].name), name))
			return &line->options[i];
	return NULL;
}

static enum err set(const struct command_option *o, void *out, const char *value)
{
	bool yes = true;

	if (o->read)
		return o->read(out, value);
	if (o->flag)
		memcpy((char *)out + o->at, &yes, sizeof(yes));
	else
		memcpy((char *)out + o->at, &value, sizeof(value));
	return OK;
}

enum err command_line_read(
	const struct command_line *line, int argc, const char *const *argv, void *out)
{
	enum err e = OK;

	for (int i = 1; i < argc && e == OK; i++) {
		const char *arg = argv[i];
		const char *equals = strncmp(arg, "--", 2) == 0 ? strchr(arg, '=') : NULL;
		size_t n = equals ? (size_t)(equals - arg) : strlen(arg);
		const struct command_option *o = find(line, span_cut(span_of(arg), 0, n));
		const char *why = NULL;

		if (!o)
			why = arg[0] == '-' ? "unknown option" : "no argument is wanted here";
		else if (o->flag && equals)
			why = "this option takes no value";
		else if (!o->flag && !equals && i + 1 >= argc)
			why = "a value is missing";
		if (why)
			e = command_line_wrong(line->program, arg, why);
		else
			e = set(o, out, equals ? equals + 1 : o->flag ? NULL : argv[++i]);
	}
	return e;
}
