/* The program foyer-kiosk: reads its command line and runs what it asks for. */
#include "harden.h"
#include "live.h"
#include "options.h"
#include "picture.h"
#include "play.h"
#include "seal.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_DONE = 0, EXIT_WRONG_USE = 2, EXIT_WORLD = 3 };

/* A folder of this run only. */
static const char *make_folder(char path[PATH_MAX])
{
	const char *base = getenv("TMPDIR");

	snprintf(path, PATH_MAX, "%s/foyer-kiosk-XXXXXX", base && *base ? base : "/tmp");
	if (mkdtemp(path))
		return path;
	perror("foyer-kiosk: a temporary folder");
	return NULL;
}

static void remove_files(const char *path)
{
	DIR *d = opendir(path);

	for (struct dirent *e; d && (e = readdir(d)) != NULL;)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			(void)unlinkat(dirfd(d), e->d_name, 0);
	if (d)
		closedir(d);
	(void)rmdir(path);
}

static void remove_folder(const char *path)
{
	char inbox[PATH_MAX];

	if (snprintf(inbox, PATH_MAX, "%s/inbox", path) < PATH_MAX)
		remove_files(inbox);
	remove_files(path);
}

static int status_of_story(enum err e)
{
	if (e == ERR_FORMAT)
		return EXIT_WRONG_USE;
	return e == OK || e == ERR_ABSENT ? err_exit(e) : EXIT_WORLD;
}

static int status_of_live(enum err e)
{
	if (e == ERR_FORMAT)
		return EXIT_WRONG_USE;
	return e == OK ? EXIT_DONE : EXIT_WORLD;
}

static int run_kiosk(const struct options *o)
{
	char temporary[PATH_MAX];
	const char *data = o->data ? o->data : make_folder(temporary);

	if (!data)
		return EXIT_WORLD;
	int status =
		o->story ? status_of_story(play_story(o, data)) : status_of_live(live_run(o, data));
	if (!o->data)
		remove_folder(data);
	return status;
}

int main(int argc, char **argv)
{
	struct options o;

	if (options_read(&o, argc, (const char *const *)argv))
		return EXIT_WRONG_USE;
	if (o.help) {
		fputs(options_help, stdout);
		return EXIT_DONE;
	}
	harden_process(argv);
	if (seal_start())
		return EXIT_WORLD;
	return o.badge || o.slip ? picture_run(&o) : run_kiosk(&o);
}
