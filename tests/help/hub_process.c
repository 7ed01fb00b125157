/* A real `foyer serve` process, and requests to it. */
#include "help/hub_process.h"

#include "help/http_load.h"
#include "protocol.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WORDS = 16, LINE = 512, PATIENCE_S = 30, WAIT_MS = 10, SAYS_MS = 10000 };

static void need(bool ok, const char *what)
{
	if (ok)
		return;
	perror(what);
	abort();
}

/* RLIMIT_FSIZE of the next process; 0: as it is. */
static size_t largest_file;

static void limit_files(void)
{
	const struct rlimit most = {largest_file, largest_file};

	if (largest_file == 0)
		return;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &most);
}

/* Fork and become `foyer serve`. said: where its standard error can be read. */
static pid_t launch(const char *dir, const char *words, int *said)
{
	char program[LINE], text[LINE], *argv[WORDS + 8], *rest = NULL;
	int talk[2], n = 0;

	snprintf(program, sizeof(program), "%s/foyer", getenv("FOYER_BIN"));
	snprintf(text, sizeof(text), "%s", words);
	argv[n++] = program;
	argv[n++] = (char *)(uintptr_t) "serve";
	argv[n++] = (char *)(uintptr_t)dir;
	argv[n++] = (char *)(uintptr_t) "--listen";
	argv[n++] = (char *)(uintptr_t) "127.0.0.1:0";
	for (char *w = strtok_r(text, " ", &rest); w && n < WORDS; w = strtok_r(NULL, " ", &rest))
		argv[n++] = w;
	argv[n] = NULL;
	need(pipe(talk) == 0, "pipe");
	pid_t pid = fork();
	need(pid >= 0, "fork");
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(talk[1], STDERR_FILENO);
		close(talk[0]);
		close(talk[1]);
		limit_files();
		execv(program, argv);
		_exit(127);
	}
	close(talk[1]);
	*said = talk[0];
	return pid;
}

/* The next line the process says, with its end; false at the end. */
static bool read_line(int fd, char out[static LINE])
{
	size_t n = 0;

	while (n < LINE - 1 && read(fd, out + n, 1) == 1)
		if (out[n++] == '\n')
			break;
	out[n] = '\0';
	return n > 0;
}

void hub_start(struct hub_process *p, const char *dir, const char *words)
{
	char line[LINE], scheme[8];
	unsigned port = 0;

	*p = (struct hub_process){0};
	p->pid = launch(dir, words, &p->said);
	while (port == 0 && read_line(p->said, line))
		if (sscanf(line, "foyer serve: %7[a-z]://127.0.0.1:%u ready", scheme, &port) != 2)
			fputs(line, stderr);
	need(port != 0, "foyer serve is not ready");
	p->port = (uint16_t)port;
	p->tls = strcmp(scheme, "https") == 0;
}

void hub_start_full(struct hub_process *p, const char *dir, const char *words, size_t bytes)
{
	largest_file = bytes;
	hub_start(p, dir, words);
	largest_file = 0;
}

bool hub_says(struct hub_process *p, const char *words)
{
	struct pollfd said = {.fd = p->said, .events = POLLIN};
	char line[LINE];

	while (poll(&said, 1, SAYS_MS) == 1 && read_line(p->said, line))
		if (strstr(line, words))
			return true;
	return false;
}

static int wait_for(pid_t pid)
{
	int status;

	need(waitpid(pid, &status, 0) == pid, "waitpid");
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int hub_refused(const char *dir, const char *words, char said[static 1024])
{
	size_t n = 0;
	ssize_t got;
	int fd;

	pid_t pid = launch(dir, words, &fd);
	while (n < 1023 && (got = read(fd, said + n, 1023 - n)) > 0)
		n += (size_t)got;
	said[n] = '\0';
	close(fd);
	return wait_for(pid);
}

int hub_stop(struct hub_process *p, int signal)
{
	need(kill(p->pid, signal) == 0, "kill");
	int status = wait_for(p->pid);
	close(p->said);
	p->pid = 0;
	return status;
}

void hub_board_make(struct hub_board *b, const char *dir, uint8_t number)
{
	struct wire_hub hub = {.epoch = 1};
	struct keys k;

	need(seal_start() == OK && keys_load(&k, dir) == OK, "keys");
	memcpy(hub.seed, k.hub_seed, SEAL_SEED);
	memcpy(hub.root, k.root, SEAL_PUBLIC);
	memcpy(hub.delegation, k.delegation, PAPER_DELEGATION);
	seal_keypair(hub.seed, hub.key);
	paper_event(hub.root, hub.event);
	paper_peer_key(k.secret, 1, hub.peer_key);
	wire_device(&b->device, &hub, number);
	wire_board(&b->journal, &b->device, number);
	need(protocol_pair_key(b->device.seed, hub.key, false, b->pair) == OK, "pair");
	keys_wipe(&k);
}

struct store *hub_store(const char *dir)
{
	char path[LINE];
	struct store *s;

	snprintf(path, sizeof(path), "%s/hub.db", dir);
	struct store_options o = {.where = path};
	need(store_sqlite.open(&s, &o) == OK, path);
	return s;
}

void hub_board_enrol_in(struct hub_board *b, const char *dir, uint8_t number, struct store *store)
{
	struct board_order order = {.role = BOARD_KIOSK, .now = WIRE_NOW};
	char name[PAPER_NAME];
	struct keys k;

	hub_board_make(b, dir, number);
	need(keys_load(&k, dir) == OK, "keys");
	snprintf(name, sizeof(name), "board %u", number);
	order.name = name;
	memcpy(order.key, b->device.key, SEAL_PUBLIC);
	need(boards_enrol(store, &k, &order) == OK, "boards_enrol");
	keys_wipe(&k);
}

void hub_board_enrol(struct hub_board *b, const char *dir, uint8_t number)
{
	struct store *s = hub_store(dir);

	hub_board_enrol_in(b, dir, number, s);
	store_close(s);
}

void hub_board_write(struct hub_board *b, size_t n, struct grow *bundle)
{
	const struct wire_device *speaker = &b->device;

	b->journal.device = speaker;
	wire_bundle(bundle, &speaker, 1);
	if (n > 0)
		wire_run(&b->journal, 1, n, bundle);
}

struct store_head hub_head(const char *dir, const struct hub_board *b)
{
	struct store *s = hub_store(dir);
	struct store_head head;

	need(s->kind->head(s, b->journal.id, &head) == OK, "head");
	store_close(s);
	return head;
}

int hub_dial(const struct hub_process *p)
{
	struct sockaddr_in to = {.sin_family = AF_INET,
		.sin_port = htons(p->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	const struct timeval patience = {.tv_sec = PATIENCE_S};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	need(fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0, "connect");
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	return fd;
}

void hub_send(int fd, struct span bytes)
{
	while (bytes.n > 0) {
		ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
		if (n <= 0)
			return; /* the other side closed: its answer, or none, is still to be read */
		bytes = span_cut(bytes, (size_t)n, bytes.n - (size_t)n);
	}
}

/* Reads no byte more than the answer has, so that the next one can be read too. */
static bool read_exactly(int fd, struct grow *g, size_t n)
{
	while (n > 0) {
		uint8_t buffer[65536];
		ssize_t got = recv(fd, buffer, n < sizeof(buffer) ? n : sizeof(buffer), 0);
		need(got >= 0 || errno != EAGAIN, "no answer in time");
		if (got <= 0)
			return false;
		grow_bytes(g, buffer, (size_t)got);
		n -= (size_t)got;
	}
	return true;
}

void hub_read(int fd, bool head_only, struct hub_reply *out)
{
	*out = (struct hub_reply){0};
	while (out->bytes.n < 4 || memcmp(out->bytes.p + out->bytes.n - 4, "\r\n\r\n", 4) != 0)
		if (!read_exactly(fd, &out->bytes, 1))
			return;
	size_t head = out->bytes.n;
	out->head = (struct span){out->bytes.p, head};
	const char *length = hub_header(out, "Content-Length");
	size_t body = length && !head_only ? strtoul(length, NULL, 10) : 0;
	if (!read_exactly(fd, &out->bytes, body))
		return;
	out->head = (struct span){out->bytes.p, head};
	out->body = (struct span){out->bytes.p + head, body};
	out->status = atoi((const char *)out->bytes.p + 9);
}

void hub_request(struct grow *out, const char *method, const char *target, struct span body,
	const struct hub_board *by)
{
	char head[LINE * 4], authorization[PROTOCOL_AUTHORIZATION + 1];
	uint8_t mac[PROTOCOL_MAC];

	int n = snprintf(head, sizeof(head), "%s %s HTTP/1.1\r\nHost: hub\r\n", method, target);
	grow_bytes(out, head, (size_t)n);
	if (by) {
		protocol_mac(by->pair, method, target, body, mac);
		protocol_authorization(by->device.id, mac, authorization);
		n = snprintf(head, sizeof(head), "Authorization: %s\r\n", authorization);
		grow_bytes(out, head, (size_t)n);
	}
	if (body.n > 0 || strcmp(method, "POST") == 0) {
		n = snprintf(head, sizeof(head), "Content-Length: %zu\r\n", body.n);
		grow_bytes(out, head, (size_t)n);
	}
	grow_bytes(out, "\r\n", 2);
	grow_bytes(out, body.p, body.n);
}

void hub_ask(const struct hub_process *p, const char *method, const char *target, struct span body,
	const struct hub_board *by, struct hub_reply *out)
{
	struct grow request = {0};
	int fd = hub_dial(p);

	hub_request(&request, method, target, body, by);
	hub_send(fd, (struct span){request.p, request.n});
	hub_read(fd, strcmp(method, "HEAD") == 0, out);
	close(fd);
	grow_free(&request);
}

void hub_get(const struct hub_process *p, const char *target, struct hub_reply *out)
{
	hub_ask(p, "GET", target, (struct span){NULL, 0}, NULL, out);
}

void hub_reply_free(struct hub_reply *r)
{
	grow_free(&r->bytes);
	*r = (struct hub_reply){0};
}

const char *hub_header(const struct hub_reply *r, const char *name)
{
	static char text[1024];
	struct http_answer a = {.head = r->head};
	struct span value = http_header(&a, name);

	return value.p && span_copy_text(value, text, sizeof(text)) == OK ? text : NULL;
}

bool hub_wait(bool (*done)(void *arg), void *arg)
{
	const struct timespec pause = {0, WAIT_MS * 1000000};
	int64_t until = clock_now().boot_ms + 10000;

	while (!done(arg)) {
		if (clock_now().boot_ms > until)
			return false;
		nanosleep(&pause, NULL);
	}
	return true;
}
