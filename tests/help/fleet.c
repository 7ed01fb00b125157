/* A fleet of real programs. */
#include "fleet.h"

#include "status.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LINE = 2048, HUB_PORT = 8600, PATIENCE_MS = 60000, WORLD_MS = 10000, AGAIN_MS = 200 };

static void must(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "fleet: %s\n", what);
	exit(3);
}

int64_t fleet_now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

const char *fleet_path(const struct fleet *f, size_t board, const char *name)
{
	static char path[FLEET_PATH];

	snprintf(path, sizeof(path), "%s/board%zu/%s", f->folder, board, name);
	return path;
}

/* Run a shell line; its first line of output into out, where out is wanted. */
static void shell(char *out, size_t cap, const char *format, ...) PRINTF_LIKE(3, 4);
static void shell(char *out, size_t cap, const char *format, ...)
{
	char line[LINE], said[LINE];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	FILE *p = popen(line, "re");
	must(p != NULL, line);
	bool some = fgets(said, sizeof(said), p) != NULL;
	must(pclose(p) == 0, line);
	if (!out)
		return;
	must(some, line);
	said[strcspn(said, "\n")] = '\0';
	must(strlen(said) < cap, line);
	strcpy(out, said);
}

static void start_hub(struct fleet *f, struct player *p)
{
	char program[FLEET_PATH], listen[64], log[FLEET_PATH];
	const struct space *s = &f->spaces.at[FLEET_BOARDS + p->index];
	char event[FLEET_PATH];

	snprintf(event, sizeof(event), "%s/hub%zu", f->folder, p->index);
	snprintf(program, sizeof(program), "%s/foyer", f->bin);
	snprintf(listen, sizeof(listen), "%s:%d", s->address, HUB_PORT);
	snprintf(log, sizeof(log), "%s/hub%zu.log", f->folder, p->index);
	const char *argv[] = {
		program, "serve", event, "--listen", listen, "--store", f->store, NULL};
	p->pid = spaces_start(&f->spaces, FLEET_BOARDS + p->index, argv, log);
}

static void start_agent(struct fleet *f, struct player *p, const char *code)
{
	char program[FLEET_PATH], data[FLEET_PATH], log[FLEET_PATH];

	snprintf(program, sizeof(program), "%s/foyer-agent", f->bin);
	snprintf(data, sizeof(data), "%s/board%zu", f->folder, p->index);
	snprintf(log, sizeof(log), "%s/agent%zu.log", f->folder, p->index);
	const char *argv[] = {program, "--data", data, code ? "--enrol" : NULL, code, NULL};
	p->pid = spaces_start(&f->spaces, p->index, argv, log);
}

static void start_writer(struct fleet *f, struct player *p)
{
	char data[FLEET_PATH];

	snprintf(data, sizeof(data), "%s/board%zu", f->folder, p->index);
	unsigned number = (unsigned)(p->index * 1000 + p->kills);
	if (f->pace_ms > 0) {
		p->pid = arrivals_start(data, number, f->pace_ms, -1, -1);
		return;
	}
	int ask[2], answer[2];
	must(pipe2(ask, O_CLOEXEC) == 0 && pipe2(answer, O_CLOEXEC) == 0, "pipe");
	p->pid = arrivals_start(data, number, 0, ask[0], answer[1]);
	close(ask[0]);
	close(answer[1]);
	f->ask[p->index] = ask[1];
	f->answer[p->index] = answer[0];
}

void fleet_start(struct fleet *f, struct player *p)
{
	if (p->pid != 0)
		return;
	p->again_ms = 0;
	p->killed = false;
	switch (p->kind) {
	case PLAYER_AGENT:
		start_agent(f, p, NULL);
		break;
	case PLAYER_WRITER:
		start_writer(f, p);
		break;
	case PLAYER_HUB:
		start_hub(f, p);
		break;
	}
	must(p->pid > 0, "fork");
}

void fleet_kill(struct fleet *f, struct player *p, int64_t again_after_ms)
{
	(void)f;
	p->again_ms = again_after_ms < 0 ? 0 : fleet_now_ms() + again_after_ms;
	if (p->pid == 0)
		return;
	p->killed = true;
	p->kills++;
	kill(p->pid, SIGKILL);
	waitpid(p->pid, NULL, 0);
	p->pid = 0;
}

/* A hub that finds no store gives the word to its supervisor, with 3: the world failed. */
static bool may_end(const struct fleet *f, const struct player *p, int status)
{
	return p->kind == PLAYER_HUB && WIFEXITED(status) && WEXITSTATUS(status) == 3 &&
	       fleet_now_ms() - f->world_failed_ms < WORLD_MS;
}

/* Who else ends by itself was not meant to. */
static void look_after(struct fleet *f, struct player *p)
{
	static const char *const names[] = {"agent", "writer", "hub"};
	int status;

	if (p->pid != 0 && waitpid(p->pid, &status, WNOHANG) == p->pid) {
		p->pid = 0;
		p->again_ms = fleet_now_ms() + AGAIN_MS;
		if (!may_end(f, p, status)) {
			fprintf(stderr, "fleet: %s %zu ended by itself, status %x\n",
				names[p->kind], p->index, (unsigned)status);
			f->fell++;
		}
	}
	if (p->pid == 0 && p->again_ms != 0 && fleet_now_ms() >= p->again_ms)
		fleet_start(f, p);
}

void fleet_tick(struct fleet *f)
{
	for (size_t i = 0; i < FLEET_BOARDS; i++) {
		look_after(f, &f->agents[i]);
		look_after(f, &f->writers[i]);
	}
	for (size_t i = 0; i < f->hub_n; i++)
		look_after(f, &f->hubs[i]);
}

void fleet_all_up(struct fleet *f)
{
	for (size_t i = 0; i < FLEET_BOARDS + FLEET_HUBS; i++)
		spaces_cable(&f->spaces, i, true);
	for (size_t i = 0; i < FLEET_BOARDS; i++)
		fleet_start(f, &f->agents[i]);
	for (size_t i = 0; i < f->hub_n; i++)
		fleet_start(f, &f->hubs[i]);
}

struct store *fleet_peers(const struct fleet *f, size_t board)
{
	struct store_options o = {.where = fleet_path(f, board, "peers.db"), .read_only = true};
	struct store *s;

	return store_sqlite.open(&s, &o) == OK ? s : NULL;
}

static void wait_for_hub(struct fleet *f, size_t hub)
{
	char line[LINE];

	snprintf(line, sizeof(line), "grep -q ready %s/hub%zu.log 2>&1", f->folder, hub);
	for (int64_t end = fleet_now_ms() + PATIENCE_MS; system(line) != 0; fleet_tick(f)) {
		must(fleet_now_ms() < end, "a hub was not ready in time");
		(void)poll(NULL, 0, 20);
	}
}

static bool enrolled(const struct fleet *f, size_t board)
{
	struct board_status s;

	return status_read(&s, fleet_path(f, board, "status")) == OK && s.enrolled;
}

static void enrol(struct fleet *f, size_t board)
{
	char code[512];
	const char *a = f->spaces.at[FLEET_BOARDS].address;
	const char *b = f->spaces.at[FLEET_BOARDS + f->hub_n - 1].address;

	shell(code, sizeof(code),
		"%s/foyer enrol %s board%zu --unattended --store '%s' --address http://%s:%d "
		"--address http://%s:%d 2>>%s/enrol.log",
		f->bin, f->event, board, f->store, a, HUB_PORT, b, HUB_PORT, f->folder);
	must(mkdir(fleet_path(f, board, ""), 0700) == 0, "a board's folder");
	start_agent(f, &f->agents[board], code);
	for (int64_t end = fleet_now_ms() + PATIENCE_MS; !enrolled(f, board); fleet_tick(f)) {
		must(fleet_now_ms() < end, "a board was not enrolled in time");
		(void)poll(NULL, 0, 20);
	}
}

static void line_up(struct player *p, size_t n, enum player_kind kind)
{
	for (size_t i = 0; i < n; i++)
		p[i] = (struct player){.kind = kind, .index = i};
}

void fleet_open(struct fleet *f, const char *folder, const char *store, unsigned seed)
{
	*f = (struct fleet){.store = store, .bin = getenv("FOYER_BIN")};
	f->hub_n = strncmp(store, "sqlite:", 7) == 0 ? 1 : FLEET_HUBS;
	must(f->bin != NULL, "FOYER_BIN is not set; use make check");
	must(strlen(folder) < sizeof(f->folder), "the folder's name is too long");
	/* A writer that ended is seen by fleet_tick, which says so. */
	signal(SIGPIPE, SIG_IGN);
	strcpy(f->folder, folder);
	snprintf(f->event, sizeof(f->event), "%s/event", folder);
	line_up(f->agents, FLEET_BOARDS, PLAYER_AGENT);
	line_up(f->writers, FLEET_BOARDS, PLAYER_WRITER);
	line_up(f->hubs, FLEET_HUBS, PLAYER_HUB);
	must(spaces_open(&f->spaces, FLEET_BOARDS + FLEET_HUBS, seed) == OK, "namespaces");
	shell(NULL, 0, "%s/foyer demo %s --people 40 >%s/demo.log 2>&1", f->bin, f->event, folder);
	shell(NULL, 0, "%s/foyer build %s >%s/demo.log 2>&1", f->bin, f->event, folder);
	for (size_t i = 0; i < f->hub_n; i++) {
		shell(NULL, 0, "cp -a %s %s/hub%zu", f->event, folder, i);
		fleet_start(f, &f->hubs[i]);
		wait_for_hub(f, i);
	}
	for (size_t i = 0; i < FLEET_BOARDS; i++)
		enrol(f, i);
}

size_t fleet_logged(const struct fleet *f, const char *word)
{
	char line[LINE], count[32];

	snprintf(line, sizeof(line), "grep -h '%s' %s/*.log | sort | uniq -c | head -20 >&2", word,
		f->folder);
	(void)!system(line);
	shell(count, sizeof(count), "cat %s/*.log | grep -c '%s' || true", f->folder, word);
	return strtoul(count, NULL, 10);
}

void fleet_close(struct fleet *f)
{
	for (size_t i = 0; i < FLEET_BOARDS; i++) {
		fleet_kill(f, &f->writers[i], -1);
		fleet_kill(f, &f->agents[i], -1);
	}
	for (size_t i = 0; i < f->hub_n; i++)
		fleet_kill(f, &f->hubs[i], -1);
	spaces_close(&f->spaces);
}
