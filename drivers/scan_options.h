/* What foyer-scan was asked to do. */
#ifndef DRIVERS_SCAN_OPTIONS_H
#define DRIVERS_SCAN_OPTIONS_H

#include "base.h"

enum scan_form {
	SCAN_AS_TEXT,  /* source TAB text */
	SCAN_AS_JSON,  /* one object a line */
	SCAN_AS_LINES, /* for the kiosk: scan_pipe.h */
};

struct scan_options {
	char **images; /* NULL: the camera is meant */
	size_t images_n;
	const char *camera; /* frames.h: WHERE */
	enum scan_form form;
	bool live;          /* a file plays at its own pace */
	unsigned budget_ms; /* 0: none was given */
	int view_fd;        /* -1: none */
};

enum { SCAN_DONE, SCAN_NO, SCAN_WRONG_USE, SCAN_WORLD }; /* design.md section 2 */

/* Read the words after the program's name; what is wrong with them, or --help, is said.
 * returns: -1, go on with *out; else the status to exit with */
MUST_CHECK int scan_options_read(struct scan_options *out, int argc, char **argv);

#endif
