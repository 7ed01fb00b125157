/* What the hub's bench starts and stops. */
#include "bench_servers.h"

#include "bare_hub.h"
#include "bench.h"
#include "boards.h"
#include "file.h"
#include "folder_store.h"
#include "hex.h"
#include "http_load.h"
#include "keys.h"
#include "postgres.h"
#include "roster.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FSYNCS = 200, PAGE = 4096, SMALL = 60000, LINE = 512 };

void bench_die(const char *why)
{
	fprintf(stderr, "bench: %s\n", why);
	exit(3);
}

static int on_processor = 0;

void bench_use_processor(int which)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(which, &set);
	/* A machine with one processor shares it. */
	(void)sched_setaffinity(0, sizeof(set), &set);
	on_processor = which;
}

static void shell(const char *command)
{
	if (system(command) != 0)
		bench_die(command);
}

static double fsync_ms(const char *folder)
{
	static uint8_t page[PAGE];
	double took[FSYNCS];
	char path[128];

	snprintf(path, sizeof(path), "%s/fsync", folder);
	int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	for (int i = 0; i < FSYNCS; i++) {
		int64_t start = http_now_ns();
		if (write(fd, page, PAGE) != PAGE || fdatasync(fd) != 0)
			bench_die("fsync");
		took[i] = (double)(http_now_ns() - start) / 1e6;
	}
	close(fd);
	unlink(path);
	qsort(took, FSYNCS, sizeof(*took), bench_order);
	return took[FSYNCS / 2];
}

static const char *bin(void)
{
	const char *folder = getenv("FOYER_BIN");

	return folder ? folder : "build/bin";
}

static void look_at_roster(struct bench_folder *f)
{
	char path[128];
	struct stat st;

	snprintf(path, sizeof(path), "%s/roster.foyer", f->event);
	if (stat(path, &st) != 0)
		bench_die("roster");
	f->roster_bytes = (size_t)st.st_size;
}

void bench_folder_make(struct bench_folder *f)
{
	char command[LINE];
	struct keys k;

	*f = (struct bench_folder){.top = "/var/tmp/foyer-bench-XXXXXX"};
	if (!mkdtemp(f->top) || chmod(f->top, 0755) != 0)
		bench_die("a folder");
	snprintf(f->event, sizeof(f->event), "%s/event", f->top);
	f->fsync_ms = fsync_ms(f->top);
	snprintf(command, sizeof(command), "{ %s/foyer demo %s && %s/foyer build %s; } 2>/dev/null",
		bin(), f->event, bin(), f->event);
	shell(command);
	snprintf(command, sizeof(command), "mkdir %s/www && head -c %d /dev/urandom >%s/www/small",
		f->top, SMALL, f->top);
	shell(command);
	if (keys_load(&k, f->event) != OK)
		bench_die("keys");
	memcpy(f->root, k.root, sizeof(f->root));
	keys_wipe(&k);
	f->small_bytes = SMALL;
	look_at_roster(f);
}

void bench_folder_remove(struct bench_folder *f)
{
	char command[LINE];

	snprintf(command, sizeof(command), "rm -rf %s", f->top);
	shell(command);
}

void bench_new_roster(struct bench_folder *f)
{
	char command[LINE];

	snprintf(command, sizeof(command),
		"sed -i '2s/^\\([^,]*\\),[^,]*/\\1,Isaura/' %s/list/people.csv && "
		"taskset -c 1 %s/foyer build %s 2>/dev/null",
		f->event, bin(), f->event);
	shell(command);
	look_at_roster(f);
}

uint64_t bench_sequence(const struct bench_folder *f)
{
	char path[128];
	struct file_bytes file;
	struct roster r;

	snprintf(path, sizeof(path), "%s/roster.foyer", f->event);
	if (file_read(&file, path, ROSTER_MAX) != OK ||
		roster_open(&r, file.bytes, &(struct trust){0}, 0) != OK)
		bench_die("roster");
	uint64_t sequence = r.sequence;
	file_free(&file);
	return sequence;
}

void bench_start_bare(
	struct bench_folder *f, struct bench_server *out, unsigned rows, unsigned skip)
{
	char command[LINE], path[128];
	int mine = on_processor;

	*out = (struct bench_server){.is_bare = true};
	snprintf(path, sizeof(path), "%s/bare.db", f->top);
	snprintf(command, sizeof(command), "rm -f %s*", path);
	shell(command);
	bench_use_processor(0);
	out->pid = bare_hub_start(path, rows, skip, &out->port);
	bench_use_processor(mine);
}

/* A child on the first processor whose standard error comes through a pipe. */
static FILE *start(struct bench_server *out, const char *const *argv)
{
	int ends[2];

	if (pipe(ends) != 0)
		bench_die("pipe");
	out->pid = fork();
	if (out->pid == 0) {
		bench_use_processor(0);
		dup2(ends[1], 2);
		close(ends[0]);
		close(ends[1]);
		execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	close(ends[1]);
	return fdopen(ends[0], "r");
}

/* The rest of what it says is of no interest, but must not stop it. */
static void read_on(FILE *f)
{
	if (fork() == 0) {
		char line[LINE];
		while (fgets(line, sizeof(line), f))
			continue;
		_exit(0);
	}
	fclose(f);
}

static void start_serve(struct bench_folder *f, struct bench_server *out, const char *store)
{
	char program[128], line[LINE];
	unsigned port = 0;

	snprintf(program, sizeof(program), "%s/foyer", bin());
	const char *const argv[] = {
		program, "serve", f->event, "--listen", "127.0.0.1:0", "--store", store, NULL};
	FILE *said = start(out, argv);
	while (said && port == 0 && fgets(line, sizeof(line), said)) {
		const char *at = strstr(line, "127.0.0.1:");
		if (at && strstr(line, "ready"))
			port = (unsigned)atoi(at + 10);
	}
	if (port == 0)
		bench_die("foyer serve does not start");
	out->port = (uint16_t)port;
	read_on(said);
}

static void enrol_crowd(const struct bench_folder *f, const char *url, const struct crowd *crowd)
{
	struct store *s;
	struct keys k;
	char name[32];

	if (keys_load(&k, f->event) != OK || folder_store(&s, "bench", f->event, url, false) != OK)
		bench_die("the store does not open");
	for (size_t i = 0; i < crowd->n; i++) {
		snprintf(name, sizeof(name), "crowd-%zu", i);
		struct board_order o = {.name = name, .role = BOARD_KIOSK, .now = 1759765200};
		memcpy(o.key, crowd->boards[i].key, SEAL_PUBLIC);
		if (boards_enrol(s, &k, &o) != OK)
			bench_die("a board is not enrolled");
	}
	keys_wipe(&k);
	store_close(s);
}

/* The address of an empty store of that kind; false: there is none here. */
static bool fresh_store(struct bench_folder *f, const char *kind, char url[static LINE])
{
	char command[LINE];

	if (strcmp(kind, "sqlite") != 0)
		return postgres_place(url, LINE);
	snprintf(url, LINE, "sqlite:%s/hub.db", f->top);
	snprintf(command, sizeof(command), "rm -f %s/hub.db*", f->top);
	shell(command);
	return true;
}

bool bench_start_hub(struct bench_folder *f, struct bench_server *out, const char *store,
	const struct crowd *crowd)
{
	char url[LINE];

	*out = (struct bench_server){0};
	if (!fresh_store(f, store, url))
		return false;
	enrol_crowd(f, url, crowd);
	start_serve(f, out, url);
	return true;
}

void bench_stop(struct bench_server *s)
{
	if (s->is_bare) {
		bare_hub_stop(s->pid);
		return;
	}
	kill(s->pid, SIGTERM);
	waitpid(s->pid, NULL, 0);
}

void bench_plain_postgres(struct bench_folder *f, int clients)
{
	char url[LINE], command[4 * LINE];

	if (!postgres_place(url, sizeof(url)))
		return;
	postgres_sql(url, "CREATE TABLE plain (id bigserial PRIMARY KEY, body bytea)");
	snprintf(command, sizeof(command),
		"cd %s && echo \"INSERT INTO plain (body) VALUES (decode(repeat('ab', 600), "
		"'hex'));\" >i.sql"
		" && %s/pgbench -n -M prepared -f i.sql -c %d -T 10 '%s' 2>/dev/null |"
		" sed -n 's/^tps = \\([0-9]*\\).*/  plain PostgreSQL inserts, %d clients \\1 "
		"\\/s/p'",
		f->top, postgres_programs(), clients, url, clients);
	fflush(stdout);
	shell(command);
}

/* One request, one answer. */
struct once {
	struct span request;
	bool sent;
	int status;
	struct grow body;
};

static struct span once_next(void *arg, size_t c, int64_t now, int64_t *at)
{
	struct once *o = arg;

	(void)c, (void)now;
	*at = INT64_MAX;
	if (o->sent)
		return (struct span){0};
	o->sent = true;
	return o->request;
}

static void once_answered(void *arg, const struct http_answer *a)
{
	struct once *o = arg;

	o->status = a->status;
	grow_bytes(&o->body, a->body.p, a->body.n);
}

static void ask_once(uint16_t port, struct once *o)
{
	struct http_load l = {port, 1, o, once_next, once_answered};

	if (http_load_run(&l, http_now_ns() + 30000000000) != OK)
		bench_die("no answer");
}

void bench_expect_events(const struct bench_server *hub, uint64_t n)
{
	struct once o = {.request = span_of("GET /v1/health HTTP/1.1\r\nHost: hub\r\n\r\n")};
	static const char key[] = "\"events\": ";
	unsigned long long events = 0;

	/* The hub counts no oftener than once a second. */
	sleep(2);
	ask_once(hub->port, &o);
	grow_bytes(&o.body, "", 1);
	const char *at = o.body.p ? strstr((const char *)o.body.p, key) : NULL;
	if (!at || sscanf(at + sizeof(key) - 1, "%llu", &events) != 1 || events != n) {
		fprintf(stderr, "bench: the hub has %llu events of %llu\n", events,
			(unsigned long long)n);
		bench_die("events were lost");
	}
	grow_free(&o.body);
}

void bench_introduce(const struct bench_server *hub, struct crowd *crowd)
{
	for (size_t i = 0; i < crowd->n; i++) {
		struct grow post = {0};
		struct once o = {0};
		crowd_post(&crowd->boards[i], 1, &post);
		o.request = (struct span){post.p, post.n};
		ask_once(hub->port, &o);
		if (o.status != 200)
			bench_die("a board is refused");
		grow_free(&post);
		grow_free(&o.body);
	}
}

bool bench_start_nginx(struct bench_folder *f, struct bench_server *out)
{
	char path[128], text[1024];
	unsigned port = 18600 + (unsigned)getpid() % 1000;

	*out = (struct bench_server){.port = (uint16_t)port, .target = "/small"};
	if (access("/usr/sbin/nginx", X_OK) != 0) {
		puts("  nginx is not installed: make setup and its bench packages bring it");
		return false;
	}
	snprintf(path, sizeof(path), "%s/nginx.conf", f->top);
	snprintf(text, sizeof(text),
		"daemon off; master_process off; worker_processes 1; error_log /dev/null; pid "
		"%s/pid;\n"
		"events { worker_connections 1024; }\n"
		"http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;\n"
		"open_file_cache max=10; client_body_temp_path %s/t; proxy_temp_path %s/t;\n"
		"fastcgi_temp_path %s/t; uwsgi_temp_path %s/t; scgi_temp_path %s/t;\n"
		"server { listen 127.0.0.1:%u; root %s/www; } }\n",
		f->top, f->top, f->top, f->top, f->top, f->top, port, f->top);
	if (file_write(path, span_of(text), 0644) != OK)
		bench_die("nginx.conf");
	const char *const argv[] = {"/usr/sbin/nginx", "-c", path, "-p", f->top, NULL};
	read_on(start(out, argv));
	for (int i = 0; i < 100 && !http_listens(out->port); i++)
		usleep(50000);
	return true;
}

/* A list so small that its roster is about as large as the file that nginx serves. */
void bench_start_static_hub(struct bench_folder *f, struct bench_server *out)
{
	char command[LINE], hex[2 * MANIFEST_HASH + 1], url[LINE];
	uint8_t hash[MANIFEST_HASH];
	struct bench_folder small = *f;
	struct file_bytes file;

	snprintf(small.event, sizeof(small.event), "%s/small", f->top);
	snprintf(command, sizeof(command),
		"{ %s/foyer demo %s --people 22 && %s/foyer build %s; } 2>/dev/null", bin(),
		small.event, bin(), small.event);
	shell(command);
	look_at_roster(&small);
	snprintf(command, sizeof(command), "cp %s/roster.foyer %s/www/small", small.event, f->top);
	shell(command);
	f->small_bytes = small.roster_bytes;
	snprintf(command, sizeof(command), "%s/roster.foyer", small.event);
	if (file_read(&file, command, ROSTER_MAX) != OK)
		bench_die("roster");
	seal_hash((struct span){0}, file.bytes, hash, sizeof(hash));
	file_free(&file);
	hex_write((struct span){hash, sizeof(hash)}, hex);
	*out = (struct bench_server){0};
	snprintf(out->target, sizeof(out->target), "/v1/roster/%s", hex);
	snprintf(url, sizeof(url), "sqlite:%s/small.db", f->top);
	start_serve(&small, out, url);
}
