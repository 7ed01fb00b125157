/* A PostgreSQL server of the test's own. */
#include "help/postgres.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { DEADLINE_S = 60 };

static char folder[64], data[96];
static pid_t server;
static uid_t user;
static gid_t group;

static void need(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "test server: %s: %s\n", what, strerror(errno));
	abort();
}

const char *postgres_programs(void)
{
	static const char path[] = "/usr/lib/postgresql/15/bin";

	return access("/usr/lib/postgresql/15/bin/postgres", X_OK) == 0 ? path : NULL;
}

/* In the child: nobody's rights, no longer alive than the test. */
static void become(void)
{
	int quiet = open("/dev/null", O_RDWR);
	char log[128];

	if (geteuid() == 0 && (setgroups(0, NULL) != 0 || setgid(group) != 0 || setuid(user) != 0))
		_exit(126);
	snprintf(log, sizeof(log), "%s/log", folder);
	int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (chdir(folder) != 0 || dup2(quiet, 0) < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0)
		_exit(126);
	prctl(PR_SET_PDEATHSIG, SIGQUIT);
}

/* arguments[0] becomes the whole path: the server's programs look for each other beside themselves. */
static pid_t begin(const char *program, const char **arguments)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", postgres_programs(), program);
	arguments[0] = path;
	pid_t child = fork();
	need(child >= 0, "fork");
	if (child == 0) {
		become();
		execv(path, (char *const *)(uintptr_t)arguments);
		_exit(127);
	}
	return child;
}

static void make_cluster(void)
{
	const char *arguments[] = {"initdb", "-D", data, "-U", "foyer", "--auth=trust",
		"--encoding=UTF8", "--locale=C", "--no-sync", NULL};
	int status;

	pid_t child = begin("initdb", arguments);
	need(waitpid(child, &status, 0) == child && status == 0, "initdb failed");
}

static void address_of(const char *place, char *out, size_t cap)
{
	snprintf(out, cap, "postgresql://foyer@/postgres?host=%s&options=-csearch_path%%3D%s",
		folder, place);
}

void postgres_restart(void)
{
	const char *arguments[] = {"postgres", "-D", data, "-k", folder, "-c",
		"listen_addresses=", "-c", "fsync=on", NULL};
	const struct timespec pause = {0, 20 * 1000000};
	char address[256];
	time_t end = time(NULL) + DEADLINE_S;

	server = begin("postgres", arguments);
	address_of("public", address, sizeof(address));
	while (PQping(address) != PQPING_OK) {
		need(time(NULL) < end && waitpid(server, NULL, WNOHANG) == 0, "it does not start");
		nanosleep(&pause, NULL);
	}
}

void postgres_crash(void)
{
	if (server > 0) {
		kill(server, SIGQUIT);
		waitpid(server, NULL, 0);
	}
	server = 0;
}

static pid_t owner;

static void end(void)
{
	char command[128];

	if (getpid() != owner)
		return;
	postgres_crash();
	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	if (system(command) != 0)
		fprintf(stderr, "test server: %s stays\n", folder);
}

static void start(void)
{
	strcpy(folder, "/tmp/foyer-pg-XXXXXX");
	need(mkdtemp(folder) != NULL, "mkdtemp");
	owner = getpid();
	atexit(end);
	snprintf(data, sizeof(data), "%s/data", folder);
	if (geteuid() == 0) {
		const struct passwd *nobody = getpwnam("nobody");
		need(nobody != NULL, "there is no user nobody");
		user = nobody->pw_uid;
		group = nobody->pw_gid;
		need(chown(folder, user, group) == 0, "chown");
	}
	make_cluster();
	postgres_restart();
}

void postgres_sql(const char *address, const char *sql)
{
	PGconn *c = PQconnectdb(address);
	PGresult *r = PQexec(c, sql);
	ExecStatusType status = PQresultStatus(r);

	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
		fprintf(stderr, "test server: %s\n", PQerrorMessage(c));
		abort();
	}
	PQclear(r);
	PQfinish(c);
}

bool postgres_place(char *out, size_t cap)
{
	static unsigned places;
	char place[32], sql[64];

	if (!postgres_programs()) {
		printf("skipped: no PostgreSQL server (Debian's postgresql-15)\n");
		return false;
	}
	if (folder[0] == '\0')
		start();
	snprintf(place, sizeof(place), "place_%u", ++places);
	address_of(place, out, cap);
	snprintf(sql, sizeof(sql), "CREATE SCHEMA %s", place);
	postgres_sql(out, sql);
	return true;
}
