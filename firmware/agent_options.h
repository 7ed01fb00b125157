/* The command line of foyer-agent. */
#ifndef FIRMWARE_AGENT_OPTIONS_H
#define FIRMWARE_AGENT_OPTIONS_H

#include "base.h"

enum { AGENT_HUBS = 8 };

struct agent_options {
	const char *data;  /* the board's folder */
	const char *enrol; /* text of an enrolment code, or NULL */
	const char *stick; /* where a stick is mounted, or NULL */
	const char *peers; /* NULL: the usual group; "off"; or another multicast group */
	const char *ca;    /* certificates for https://, or NULL for the system's */
	const char *hubs[AGENT_HUBS];
	unsigned hub_count; /* addresses given here come before those of the folder */
	bool once, verbose, help;
};

/* Read argv into *out. What is wrong is said on standard error.
 * returns: OK
 *          ERR_FORMAT, if the use is wrong */
MUST_CHECK enum err agent_options_read(
	struct agent_options *out, int argc, const char *const *argv);

/* The whole help, for --help. */
extern const char agent_options_help[];

#endif
