/* foyer lease: the hub's word of what time it is, carried by hand. */
#include "commands.h"
#include "signed_words.h"

#include <stdio.h>
#include <string.h>

static int run_lease(int argc, char **argv)
{
	const char *dir = NULL, *png = NULL;
	struct folder f;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--png") == 0 && i + 1 < argc)
			png = argv[++i];
		else if (argv[i][0] == '-' || dir)
			return command_misused("lease", "one folder is wanted, and --png FILE");
		else
			dir = argv[i];
	}
	if (!dir)
		return command_misused("lease", "one folder is wanted");
	enum err e = folder_open(&f, "lease", dir, FOLDER_KEYS | FOLDER_STATE);
	if (e)
		return folder_exit(e);
	struct signed_code c = {.kind = TOKEN_LEASE, .time = clock_now().wall_ms / 1000};
	int status = signed_words_print(&f, &c, "lease", png);
	folder_close(&f);
	return status;
}

const struct verb verb_lease = {
	.name = "lease",
	.summary = "print a code that tells a board without network the time",
	.help = "usage: foyer lease DIR [--png FILE]\n"
		"\n"
		"A board that has not heard the hub for long withholds the guests' days, because\n"
		"its list may be out of date. This code, shown to its scanner, is as good as\n"
		"hearing the hub at the moment the code was made.\n"
		"\n"
		"  --png FILE  write the code as a QR symbol as well\n",
	.run = run_lease,
};
