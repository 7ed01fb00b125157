/* The least that takes a POST and makes it durable. */
#include "bare_hub.h"

#include "grow.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WAITING = 4096 };

struct post {
	struct MHD_Connection *connection;
	struct grow body;
	bool committed;
};

static struct {
	sqlite3 *db;
	sqlite3_stmt *insert, *begin, *commit;
	struct post *waiting[WAITING];
	size_t n;
	unsigned rows, skip;
	struct MHD_Response *done;
} bare;

static void die(const char *why)
{
	fprintf(stderr, "bare hub: %s\n", why);
	_exit(3);
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *c, const char *url,
	const char *method, const char *version, const char *data, size_t *n, void **state)
{
	struct post *p = *state;

	(void)arg, (void)url, (void)method, (void)version;
	if (!p) {
		p = *state = calloc(1, sizeof(*p));
		return p ? MHD_YES : MHD_NO;
	}
	if (*n > 0) {
		grow_bytes(&p->body, data, *n);
		*n = 0;
		return MHD_YES;
	}
	if (p->committed)
		return MHD_queue_response(c, 200, bare.done);
	if (bare.n == WAITING)
		return MHD_NO;
	p->connection = c;
	bare.waiting[bare.n++] = p;
	MHD_suspend_connection(c);
	return MHD_YES;
}

static void on_end(
	void *arg, struct MHD_Connection *c, void **state, enum MHD_RequestTerminationCode why)
{
	struct post *p = *state;

	(void)arg, (void)c, (void)why;
	if (p)
		grow_free(&p->body);
	free(p);
	*state = NULL;
}

static void step(sqlite3_stmt *s)
{
	if (sqlite3_step(s) != SQLITE_DONE)
		die("insert");
	sqlite3_reset(s);
}

static void insert(const struct post *p)
{
	size_t part = p->body.n > bare.skip ? (p->body.n - bare.skip) / bare.rows : 0;

	for (unsigned i = 0; i < bare.rows; i++) {
		sqlite3_bind_blob(
			bare.insert, 1, p->body.p + bare.skip + i * part, (int)part, SQLITE_STATIC);
		step(bare.insert);
	}
}

static void commit_all(void)
{
	if (bare.n == 0)
		return;
	step(bare.begin);
	for (size_t i = 0; i < bare.n; i++)
		insert(bare.waiting[i]);
	step(bare.commit);
	for (size_t i = 0; i < bare.n; i++) {
		bare.waiting[i]->committed = true;
		MHD_resume_connection(bare.waiting[i]->connection);
	}
	bare.n = 0;
}

static void open_database(const char *path)
{
	if (sqlite3_open(path, &bare.db) != SQLITE_OK ||
		sqlite3_exec(bare.db,
			"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
			"CREATE TABLE event (body BLOB)",
			NULL, NULL, NULL) != SQLITE_OK ||
		sqlite3_prepare_v2(
			bare.db, "INSERT INTO event VALUES (?)", -1, &bare.insert, NULL) ||
		sqlite3_prepare_v2(bare.db, "BEGIN", -1, &bare.begin, NULL) ||
		sqlite3_prepare_v2(bare.db, "COMMIT", -1, &bare.commit, NULL))
		die("database");
}

static void serve(const char *path, int tell)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	static char ok[] = "ok";

	open_database(path);
	bare.done = MHD_create_response_from_buffer(2, ok, MHD_RESPMEM_PERSISTENT);
	struct MHD_Daemon *d = MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL,
		NULL, on_request, NULL, MHD_OPTION_SOCK_ADDR, &at, MHD_OPTION_CONNECTION_LIMIT,
		2048u, MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL, MHD_OPTION_END);
	if (!d)
		die("listen");
	uint16_t port = MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT)->port;
	if (write(tell, &port, sizeof(port)) != sizeof(port))
		die("tell");
	close(tell);
	struct pollfd p = {MHD_get_daemon_info(d, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd, POLLIN, 0};
	for (;;) {
		MHD_UNSIGNED_LONG_LONG wait = 1000;
		if (MHD_get_timeout(d, &wait) != MHD_YES || wait > 1000)
			wait = 1000;
		poll(&p, 1, (int)wait);
		MHD_run(d);
		/* Resumed connections are answered in the next run, and may ask anew in it. */
		while (bare.n > 0) {
			commit_all();
			MHD_run(d);
		}
	}
}

pid_t bare_hub_start(const char *path, unsigned rows, unsigned skip, uint16_t *port)
{
	int ends[2];

	if (pipe(ends) != 0)
		die("pipe");
	pid_t pid = fork();
	if (pid == 0) {
		bare.rows = rows;
		bare.skip = skip;
		close(ends[0]);
		serve(path, ends[1]);
	}
	close(ends[1]);
	if (pid < 0 || read(ends[0], port, sizeof(*port)) != sizeof(*port))
		die("start");
	close(ends[0]);
	return pid;
}

void bare_hub_stop(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}
