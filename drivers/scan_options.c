/* The words behind foyer-scan. */
#include "scan_options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUDGET_MOST = 600000, FD_MOST = 1023 };

static const char help[] =
	"usage: foyer-scan --image FILE... [--json] [--budget MS]\n"
	"       foyer-scan --camera DEV [--json] [--budget MS] [--live]\n"
	"       foyer-scan --camera DEV --pipe [--budget MS] [--view FD]\n\n"
	"Reads QR codes. For each one it prints a line: where it was, a TAB, its text.\n\n"
	"  --image FILE...  look at pictures: PNG, JPEG or PGM; - is standard input\n"
	"  --camera DEV     look through a camera (/dev/video0) until it is told to stop; a\n"
	"                   code is told again when it was out of sight for 3 seconds. DEV\n"
	"                   may also be a film (Y4M; - is standard input) or a folder of\n"
	"                   pictures, which end\n"
	"  --live           a film or folder at its own pace, 30 pictures a second, skipping\n"
	"                   what comes too late, as with a camera\n"
	"  --json           a JSON object a line: source, text, path (who read it from what),\n"
	"                   corners (pixels; the symbol's top left, then clockwise), frame\n"
	"  --budget MS      time to spend on a picture at most, or on a frame of a camera (60)\n"
	"  --pipe           for the kiosk: lines with a heartbeat\n"
	"  --view FD        for the kiosk: memory to show what the camera sees\n\n"
	"In texts and names a control character, a mark that ends lines or turns direction, a\n"
	"backslash and what is no UTF-8 are written \\xHH, a byte each: a code cannot forge a\n"
	"line. JSON has its own way.\n\n"
	"Exit status: 0 done, 1 a picture holds no code or cannot be read as one, 2 wrong use,\n"
	"3 a file or camera does not work.\n";

static int wrong(const char *what, const char *says)
{
	fprintf(stderr, "foyer-scan: %s %s; `foyer-scan --help` says more\n", what, says);
	return SCAN_WRONG_USE;
}

/* The number behind the option at argv[*i], which moves on. */
static bool take_number(int argc, char **argv, int *i, long least, long most, long *out)
{
	char *end;

	if (++*i >= argc)
		return false;
	*out = strtol(argv[*i], &end, 10);
	return argv[*i][0] >= '0' && argv[*i][0] <= '9' && *end == '\0' && *out >= least &&
	       *out <= most;
}

static bool is_word(const char *text)
{
	return text[0] != '-' || text[1] == '\0';
}

static int take_option(struct scan_options *o, int argc, char **argv, int *i)
{
	const char *name = argv[*i];
	long n;

	if (strcmp(name, "--json") == 0)
		o->form = SCAN_AS_JSON;
	else if (strcmp(name, "--pipe") == 0)
		o->form = SCAN_AS_LINES;
	else if (strcmp(name, "--live") == 0)
		o->live = true;
	else if (strcmp(name, "--image") == 0) {
		o->images = argv + *i + 1;
		while (*i + 1 < argc && is_word(argv[*i + 1])) {
			o->images_n++;
			++*i;
		}
		return o->images_n > 0 ? -1 : wrong(name, "wants at least one file");
	} else if (strcmp(name, "--camera") == 0) {
		if (*i + 1 >= argc || !is_word(argv[*i + 1]))
			return wrong(name, "wants a device, a film or a folder");
		o->camera = argv[++*i];
	} else if (strcmp(name, "--budget") == 0) {
		if (!take_number(argc, argv, i, 1, BUDGET_MOST, &n))
			return wrong(name, "wants milliseconds, 1 to 600000");
		o->budget_ms = (unsigned)n;
	} else if (strcmp(name, "--view") == 0) {
		if (!take_number(argc, argv, i, 3, FD_MOST, &n))
			return wrong(name, "wants a file descriptor, 3 to 1023");
		o->view_fd = (int)n;
	} else
		return wrong(name,
			is_word(name) ? "is given for nothing: --image or --camera goes before it"
				      : "is not understood");
	return -1;
}

static int check(const struct scan_options *o)
{
	if (!o->images == !o->camera)
		return wrong("--image or --camera", "is wanted, one of them");
	if (o->images && (o->live || o->view_fd >= 0 || o->form == SCAN_AS_LINES))
		return wrong("--live, --pipe and --view", "go with --camera");
	if (o->view_fd >= 0 && o->form != SCAN_AS_LINES)
		return wrong("--view", "goes with --pipe");
	return -1;
}

int scan_options_read(struct scan_options *out, int argc, char **argv)
{
	*out = (struct scan_options){.view_fd = -1};
	if (argc < 2) {
		fputs(help, stderr);
		return SCAN_WRONG_USE;
	}
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
			fputs(help, stdout);
			return fflush(stdout) == 0 ? SCAN_DONE : SCAN_WORLD;
		}
		int status = take_option(out, argc, argv, &i);
		if (status >= 0)
			return status;
	}
	return check(out);
}
