/* Real foyer-agent processes. */
#include "help/agent_process.h"

#include "help/wire.h"
#include "journal.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS = 24, LINE = 4096, RUNS = 1 << 20 };

static void need(bool ok, const char *what)
{
	if (ok)
		return;
	perror(what);
	abort();
}

void agent_process_start(struct agent_process *p, const char *words)
{
	char program[512], text[LINE], *argv[WORDS + 8], *rest = NULL;
	int talk[2], n = 0;

	snprintf(program, sizeof(program), "%s/foyer-agent", getenv("FOYER_BIN"));
	snprintf(text, sizeof(text), "%s", words);
	argv[n++] = program;
	argv[n++] = (char *)(uintptr_t) "--data";
	argv[n++] = p->data;
	argv[n++] = (char *)(uintptr_t) "--peers";
	argv[n++] = (char *)(uintptr_t) "off";
	for (char *w = strtok_r(text, " ", &rest); w && n < WORDS; w = strtok_r(NULL, " ", &rest))
		argv[n++] = w;
	argv[n] = NULL;
	need(pipe(talk) == 0, "pipe");
	p->pid = fork();
	need(p->pid >= 0, "fork");
	if (p->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(talk[1], STDERR_FILENO);
		close(talk[0]);
		close(talk[1]);
		execv(program, argv);
		_exit(127);
	}
	close(talk[1]);
	p->said = talk[0];
}

bool agent_process_line(struct agent_process *p, const char *text, char *out, size_t cap)
{
	do {
		size_t n = 0;
		char c = 0;
		while (c != '\n' && read(p->said, &c, 1) == 1)
			if (n + 1 < cap && c != '\n')
				out[n++] = c;
		out[n] = '\0';
		if (c != '\n')
			return false;
	} while (!strstr(out, text));
	return true;
}

int agent_process_end(struct agent_process *p, int signal)
{
	char rest[512];
	int status;

	if (signal)
		kill(p->pid, signal);
	/* Its last words go to the test's own log. */
	for (ssize_t n; (n = read(p->said, rest, sizeof(rest))) > 0;)
		(void)!write(STDERR_FILENO, rest, (size_t)n);
	close(p->said);
	need(waitpid(p->pid, &status, 0) == p->pid, "waitpid");
	p->pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int agent_process_run(struct agent_process *p, const char *words)
{
	agent_process_start(p, words);
	return agent_process_end(p, 0);
}

void agent_process_arrivals(struct agent_process *p, size_t n, struct event *last)
{
	char path[256];
	struct journal *j;
	struct event *e = calloc(n, sizeof(*e));

	snprintf(path, sizeof(path), "%s/journal.db", p->data);
	need(e && journal_open(&j, &(struct journal_options){.path = path}) == OK, path);
	for (size_t i = 0; i < n; i++)
		e[i] = wire_event(EVENT_ARRIVED, (uint8_t)(i + 1), (unsigned)i);
	need(journal_append(j, e, n) == OK, path);
	if (last)
		*last = e[n - 1];
	journal_close(j);
	free(e);
}

struct store *agent_process_store(const struct agent_process *p)
{
	char path[256];
	struct store *s;

	snprintf(path, sizeof(path), "%s/peers.db", p->data);
	need(store_sqlite.open(&s, &(struct store_options){.where = path, .read_only = true}) == OK,
		path);
	return s;
}

static void fold_runs(struct fold *f, struct span bytes)
{
	struct cursor c = cursor_at(bytes);
	struct run r;

	while (run_read(&c, &r) == OK) {
		struct cursor events = run_events(&r);
		uint8_t chain[EVENT_HASH];
		struct event e;
		memcpy(chain, r.before, sizeof(chain));
		while (events.rest.n > 0) {
			run_next_event(&events, chain, &e);
			need(fold_add(f, &e) == OK, "fold");
		}
	}
	need(!c.bad, "run");
}

void agent_process_fold(struct store *s, struct grow *out)
{
	struct store_cursor c = {0};
	struct fold *f;

	need(fold_open(&f) == OK, "fold");
	for (;;) {
		struct grow g = {0};
		need(s->kind->read(s, &c, RUNS, &g) == OK, "store");
		fold_runs(f, (struct span){g.p, g.n});
		bool end = g.n == 0;
		grow_free(&g);
		if (end)
			break;
	}
	struct sink k = sink_on(NULL, 0);
	fold_write(f, &k);
	uint8_t *to = grow_room(out, k.n);
	need(to != NULL, "memory");
	struct sink real = sink_on(to, k.n);
	fold_write(f, &real);
	fold_close(f);
}
