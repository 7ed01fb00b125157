/* Runs of the real foyer-kiosk on a demo event. */
#include "kiosk_runs.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct scratch runs_folder;
char runs_said[64 * 1024];

static char top[1024];

/* Ends the program: without the event no test of it says anything. */
static void must(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "%s: %s\n", what, runs_said);
	exit(1);
}

int runs_shell(const char *line)
{
	char command[8192];

	snprintf(command, sizeof(command),
		"cd %s && K=%s/foyer-kiosk FOYER=%s/foyer STORIES=%s/tests/stories; { %s\n} 2>&1",
		runs_folder.folder, getenv("FOYER_BIN"), getenv("FOYER_BIN"), top, line);
	FILE *f = popen(command, "r");
	must(f != NULL, "popen");
	size_t n = fread(runs_said, 1, sizeof(runs_said) - 1, f);
	runs_said[n] = '\0';
	int status = pclose(f);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool runs_said_text(const char *text)
{
	return strstr(runs_said, text) != NULL;
}

int runs_set_up(void **state)
{
	char line[4096];

	(void)state;
	must(getcwd(top, sizeof(top)) != NULL, "getcwd");
	must(getenv("FOYER_BIN") != NULL, "FOYER_BIN is not set; use make check");
	scratch_make(&runs_folder);
	snprintf(line, sizeof(line), "%s/tests/demo_event $FOYER .", top);
	must(runs_shell(line) == 0, "the demo event");
	return 0;
}

int runs_tear_down(void **state)
{
	(void)state;
	(void)runs_shell("rm -rf *");
	scratch_remove(&runs_folder);
	return 0;
}

int runs_story(const char *name)
{
	const char *mode = strncmp(name, "desk_", 5) == 0   ? "desk"
			   : strncmp(name, "door_", 5) == 0 ? "door"
							    : "kiosk";
	char line[512];

	snprintf(line, sizeof(line),
		"rm -rf out.bin board; $K --roster roster.foyer --data board --printer "
		"file:out.bin --mode %s --story $STORIES/%s.story --shots shots",
		mode, name);
	return runs_shell(line);
}

int runs_story_text(const char *steps)
{
	FILE *f = fopen(scratch_name(&runs_folder, "text.story"), "w");

	must(f != NULL, "text.story");
	fputs(steps, f);
	fclose(f);
	return runs_shell("rm -rf out.bin board; $K --roster roster.foyer --data board "
			  "--printer file:out.bin --story text.story --shots shots");
}

const char *runs_code(unsigned i)
{
	static char line[128];
	FILE *f = fopen(scratch_name(&runs_folder, "demo-codes"), "r");

	must(f != NULL, "demo-codes");
	while (i-- > 0)
		must(fgets(line, sizeof(line), f) != NULL, "demo-codes");
	fclose(f);
	line[strcspn(line, " ")] = '\0';
	return line;
}

int runs_events(const char *board, const char *where)
{
	char path[256], sql[256];
	sqlite3_stmt *s = NULL;
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/journal.db", scratch_name(&runs_folder, board));
	snprintf(sql, sizeof(sql), "SELECT count(*) FROM event WHERE %s", where);
	must(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
			sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK &&
			sqlite3_step(s) == SQLITE_ROW,
		sql);
	int n = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	sqlite3_close(db);
	return n;
}

long runs_size(const char *name)
{
	struct stat st;

	return stat(scratch_name(&runs_folder, name), &st) == 0 ? (long)st.st_size : -1;
}
