/* The hub under load, beside the least hub that makes a POST durable, plain PostgreSQL and nginx.
 *
 * Each server runs on the first processor, the load on the second, both on loopback; every figure is of
 * this one run. CPU is what the server's threads (for PostgreSQL: the hub's) took. */
#include "bench.h"
#include "help/bare_hub.h"
#include "help/bench_servers.h"
#include "help/crowd.h"
#include "help/http_load.h"
#include "hex.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	CLIENTS = 64,
	ROUNDS = 3,
	SINGLE = 1500, /* requests of one event, a connection */
	BATCHED = 60,  /* requests of BATCH events */
	BATCH = 100,
	BOARDS = 500,
	STEADY_S = 20,
	BACKLOG = 2000, /* events a board */
	BACKLOG_BATCH = 1000,
	ROSTER_GETS = 400, /* a connection */
	SECOND = 1000000000,
	LONG = 600,
};

static struct bench_folder folder;

/* Requests made beforehand, a list a connection. */
struct script {
	struct grow *bytes; /* of a connection */
	struct grow *ends;  /* size_t: where each request ends */
	size_t *next;
	size_t connections;
	double *took; /* milliseconds, of each answer */
	size_t answers, refused, cap;
};

static void script_make(struct script *s, size_t connections, size_t requests)
{
	*s = (struct script){.connections = connections, .cap = connections * requests};
	s->bytes = calloc(connections, sizeof(*s->bytes));
	s->ends = calloc(connections, sizeof(*s->ends));
	s->next = calloc(connections, sizeof(*s->next));
	s->took = calloc(s->cap, sizeof(*s->took));
	if (!s->bytes || !s->ends || !s->next || !s->took)
		bench_die("memory");
}

static void script_end_request(struct script *s, size_t connection)
{
	size_t *end = GROW_ONE(&s->ends[connection], size_t);

	if (!end || s->bytes[connection].failed)
		bench_die("memory");
	*end = s->bytes[connection].n;
}

static void script_free(struct script *s)
{
	for (size_t i = 0; i < s->connections; i++) {
		grow_free(&s->bytes[i]);
		grow_free(&s->ends[i]);
	}
	free(s->bytes);
	free(s->ends);
	free(s->next);
	free(s->took);
}

static struct span script_next(void *arg, size_t c, int64_t now, int64_t *at)
{
	struct script *s = arg;
	size_t i = s->next[c]++;
	const size_t *ends = GROW_ARRAY(&s->ends[c], size_t);

	(void)now;
	*at = INT64_MAX;
	if (i >= GROW_COUNT(&s->ends[c], size_t))
		return (struct span){0};
	size_t from = i ? ends[i - 1] : 0;
	return (struct span){s->bytes[c].p + from, ends[i] - from};
}

static void script_answered(void *arg, const struct http_answer *a)
{
	struct script *s = arg;

	s->refused += a->status != 200;
	if (s->answers < s->cap)
		s->took[s->answers++] = (double)(a->got_ns - a->sent_ns) / 1e6;
}

static double percentile(struct script *s, double part)
{
	qsort(s->took, s->answers, sizeof(*s->took), bench_order);
	return s->answers ? s->took[(size_t)(part * (double)(s->answers - 1))] : 0;
}

struct figures {
	double per_second, cpu_us, p50_ms, p99_ms;
};

static struct figures play(struct script *s, uint16_t port, pid_t server, double units)
{
	struct http_load l = {port, s->connections, s, script_next, script_answered};
	double cpu = bench_cpu_of(server);
	int64_t start = http_now_ns();

	memset(s->next, 0, s->connections * sizeof(*s->next));
	s->answers = s->refused = 0;
	if (http_load_run(&l, start + (int64_t)LONG * SECOND) != OK || s->refused > 0) {
		fprintf(stderr, "bench: %zu of %zu requests were refused\n", s->refused,
			s->answers);
		bench_die("load");
	}
	double seconds = (double)(http_now_ns() - start) / SECOND;
	return (struct figures){units / seconds, (bench_cpu_of(server) - cpu) / 1e3 / units,
		percentile(s, 0.5), percentile(s, 0.99)};
}

static void print_figures(const char *what, struct figures f)
{
	printf("  %-44s %8.0f /s, %5.1f us CPU, p50 %.1f p99 %.1f ms\n", what, f.per_second,
		f.cpu_us, f.p50_ms, f.p99_ms);
}

static void script_posts(struct script *s, struct crowd *c, size_t requests, unsigned events)
{
	script_make(s, c->n, requests);
	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < requests; k++) {
			crowd_post(&c->boards[i], events, &s->bytes[i]);
			script_end_request(s, i);
		}
}

/* The same requests to the bare hub and to ours, each with a fresh database. What a fsync takes changes from
 * one second to the next: so they take turns, and the ratio is the median of the rounds. */
struct rounds {
	struct figures of[ROUNDS];
	double ratio[ROUNDS];
	size_t n;
};

static void print_rounds(const char *what, const char *who, struct rounds *r, bool is_bare)
{
	char line[96];

	snprintf(line, sizeof(line), "%s, %s", what, who);
	for (size_t i = 0; i < r->n; i++)
		print_figures(line, r->of[i]);
	if (is_bare || r->n == 0)
		return;
	qsort(r->ratio, r->n, sizeof(*r->ratio), bench_order);
	printf("  %s: %.2f x bare (median of %zu rounds; aim 0.7)\n", line, r->ratio[r->n / 2],
		r->n);
}

static void durable_round(
	struct script *s, struct crowd *crowd, double units, unsigned events, struct rounds *r)
{
	static const char *const stores[] = {"sqlite", "postgresql"};
	struct bench_server hub;

	bench_start_bare(&folder, &hub, events, BUNDLE_HEAD + PAPER_CERTIFICATE + RUN_HEAD);
	struct figures bare = play(s, hub.port, hub.pid, units);
	bench_stop(&hub);
	r[0].of[r[0].n++] = bare;
	for (size_t i = 0; i < COUNT(stores); i++) {
		if (!bench_start_hub(&folder, &hub, stores[i], crowd))
			continue;
		struct rounds *ours = &r[i + 1];
		ours->of[ours->n] = play(s, hub.port, hub.pid, units);
		ours->ratio[ours->n] = ours->of[ours->n].per_second / bare.per_second;
		ours->n++;
		bench_expect_events(&hub, (uint64_t)units);
		bench_stop(&hub);
	}
}

static void durable_events(const char *what, size_t requests, unsigned events)
{
	static const char *const who[] = {
		"bare: libmicrohttpd + SQLite", "hub on sqlite", "hub on postgresql"};
	struct rounds rounds[COUNT(who)] = {0};
	struct crowd crowd;
	struct script s;
	double units = (double)CLIENTS * (double)requests * events;

	crowd_make(&crowd, CLIENTS, folder.event);
	script_posts(&s, &crowd, requests, events);
	for (size_t i = 0; i < ROUNDS; i++)
		durable_round(&s, &crowd, units, events, rounds);
	for (size_t i = 0; i < COUNT(who); i++)
		print_rounds(what, who[i], &rounds[i], i == 0);
	script_free(&s);
	crowd_free(&crowd);
}

/* Many boards, one event a second each, at moments spread over the second. */
struct steady {
	struct script script;
	int64_t start;
};

static struct span steady_next(void *arg, size_t c, int64_t now, int64_t *at)
{
	struct steady *s = arg;
	int64_t due = s->start + (int64_t)s->script.next[c] * SECOND +
		      (int64_t)c * SECOND / (int64_t)s->script.connections;

	if (now >= due)
		return script_next(&s->script, c, now, at);
	*at = due;
	return (struct span){0};
}

static void steady_answered(void *arg, const struct http_answer *a)
{
	script_answered(&((struct steady *)arg)->script, a);
}

static void steady_events(const char *store)
{
	struct crowd crowd;
	struct steady s;
	struct bench_server hub;

	crowd_make(&crowd, BOARDS, folder.event);
	script_posts(&s.script, &crowd, STEADY_S, 1);
	if (bench_start_hub(&folder, &hub, store, &crowd)) {
		double cpu = bench_cpu_of(hub.pid);
		s.start = http_now_ns();
		struct http_load l = {hub.port, BOARDS, &s, steady_next, steady_answered};
		if (http_load_run(&l, s.start + (int64_t)LONG * SECOND) != OK || s.script.refused)
			bench_die("steady load");
		double n = (double)s.script.answers;
		printf("  %zu boards x 1 event/s, %-10s ack p50 %.1f p99 %.1f ms, %.0f us CPU an "
		       "event; 2 fsync (p50 %.2f ms) + 5 = %.1f ms\n",
			(size_t)BOARDS, store, percentile(&s.script, 0.5),
			percentile(&s.script, 0.99), (bench_cpu_of(hub.pid) - cpu) / 1e3 / n,
			folder.fsync_ms, 2 * folder.fsync_ms + 5);
		bench_stop(&hub);
	}
	script_free(&s.script);
	crowd_free(&crowd);
}

static void backlog(const char *store)
{
	struct crowd crowd;
	struct script s;
	struct bench_server hub;
	double units = (double)BOARDS * BACKLOG;

	crowd_make(&crowd, BOARDS, folder.event);
	script_posts(&s, &crowd, BACKLOG / BACKLOG_BATCH, BACKLOG_BATCH);
	if (bench_start_hub(&folder, &hub, store, &crowd)) {
		struct figures f = play(&s, hub.port, hub.pid, units);
		char line[96];
		snprintf(line, sizeof(line), "backlog of %.0f events, hub on %s: %.1f s", units,
			store, units / f.per_second);
		print_figures(line, f);
		bench_expect_events(&hub, (uint64_t)units);
		bench_stop(&hub);
	}
	script_free(&s);
	crowd_free(&crowd);
}

/* Boards that ask for events every two seconds, as foyer-agent does at rest, and fetch a new roster as soon
 * as an answer says that there is one. */
enum step { STEP_EVENTS, STEP_MANIFEST, STEP_ROSTER, STEP_THERE };
struct waiting {
	struct crowd crowd;
	enum step step[BOARDS];
	struct grow request[BOARDS];
	int64_t due[BOARDS], there_ns[BOARDS];
	uint64_t first; /* the sequence before */
	char target[BOARDS][96];
	size_t there;
	bool built;
	int64_t built_ns;
};

static struct span waiting_next(void *arg, size_t c, int64_t now, int64_t *at)
{
	struct waiting *w = arg;

	if (w->step[c] == STEP_THERE) {
		*at = INT64_MAX;
		return (struct span){0};
	}
	if (!w->built && now >= w->built_ns) {
		w->built = true;
		w->built_ns = http_now_ns();
		bench_new_roster(&folder);
	}
	if (now < w->due[c]) {
		*at = w->due[c];
		return (struct span){0};
	}
	w->request[c].n = 0;
	const char *target = w->step[c] == STEP_EVENTS     ? "/v1/events?after="
			     : w->step[c] == STEP_MANIFEST ? "/v1/manifest"
							   : w->target[c];
	crowd_get(&w->crowd.boards[c], target, &w->request[c]);
	return (struct span){w->request[c].p, w->request[c].n};
}

static void name_roster(struct waiting *w, size_t c, struct span manifest)
{
	char hex[2 * MANIFEST_HASH + 1];
	struct manifest m;

	if (manifest_open(&m, manifest, folder.root, &(struct manifest_floor){0}) != OK)
		bench_die("manifest");
	hex_write((struct span){m.hash, sizeof(m.hash)}, hex);
	snprintf(w->target[c], sizeof(w->target[c]), "/v1/roster/%s", hex);
}

static void waiting_answered(void *arg, const struct http_answer *a)
{
	struct waiting *w = arg;
	size_t c = a->connection;
	char number[24] = "";

	if (a->status != 200)
		bench_die("a board was refused");
	switch (w->step[c]) {
	case STEP_EVENTS:
		(void)!span_copy_text(
			http_header(a, PROTOCOL_HEADER_SEQUENCE), number, sizeof(number));
		if (strtoull(number, NULL, 10) > w->first)
			w->step[c] = STEP_MANIFEST;
		else
			w->due[c] = a->got_ns + 2LL * SECOND;
		break;
	case STEP_MANIFEST:
		name_roster(w, c, a->body);
		w->step[c] = STEP_ROSTER;
		break;
	case STEP_ROSTER:
		w->step[c] = STEP_THERE;
		w->there_ns[c] = a->got_ns;
		w->there++;
		break;
	case STEP_THERE:
		break;
	}
}

static void new_roster(void)
{
	struct waiting *w = calloc(1, sizeof(*w));
	struct bench_server hub;
	int64_t last = 0;

	if (!w)
		bench_die("memory");
	crowd_make(&w->crowd, BOARDS, folder.event);
	w->first = bench_sequence(&folder);
	if (bench_start_hub(&folder, &hub, "sqlite", &w->crowd)) {
		bench_introduce(&hub, &w->crowd);
		int64_t start = http_now_ns();
		for (size_t i = 0; i < BOARDS; i++)
			w->due[i] = start + (int64_t)i * 2 * SECOND / BOARDS;
		w->built_ns = start + 3LL * SECOND;
		struct http_load l = {hub.port, BOARDS, w, waiting_next, waiting_answered};
		if (http_load_run(&l, start + 60LL * SECOND) != OK)
			bench_die("not all boards got the new roster");
		for (size_t i = 0; i < BOARDS; i++)
			last = w->there_ns[i] > last ? w->there_ns[i] : last;
		printf("  new roster (%zu bytes) at all of %zu boards: %.1f s after foyer build "
		       "began "
		       "(aim 10)\n",
			folder.roster_bytes, w->there, (double)(last - w->built_ns) / SECOND);
		bench_stop(&hub);
	}
	for (size_t i = 0; i < BOARDS; i++)
		grow_free(&w->request[i]);
	crowd_free(&w->crowd);
	free(w);
}

/* One file of 60 KB, from the hub and from nginx: CPU of the server for each. */
static void static_files(void)
{
	struct bench_server servers[2];
	struct script s;
	struct figures f[2] = {0};

	bench_start_static_hub(&folder, &servers[1]);
	if (!bench_start_nginx(&folder, &servers[0])) {
		bench_stop(&servers[1]);
		return;
	}
	for (int i = 0; i < 2; i++) {
		script_make(&s, 32, ROSTER_GETS);
		for (size_t c = 0; c < 32; c++)
			for (size_t k = 0; k < ROSTER_GETS; k++) {
				char text[160];
				int n = snprintf(text, sizeof(text),
					"GET %s HTTP/1.1\r\nHost: hub\r\n\r\n", servers[i].target);
				grow_bytes(&s.bytes[c], text, (size_t)n);
				script_end_request(&s, c);
			}
		f[i] = play(&s, servers[i].port, servers[i].pid, 32.0 * ROSTER_GETS);
		script_free(&s);
		bench_stop(&servers[i]);
	}
	printf("  GET of %zu bytes: nginx %.1f us, hub %.1f us CPU, %.2f x (aim 1.5)\n",
		folder.small_bytes, f[0].cpu_us, f[1].cpu_us, f[1].cpu_us / f[0].cpu_us);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	bench_folder_make(&folder);
	printf("hub: %d clients on loopback, fsync of this disk %.2f ms\n", CLIENTS,
		folder.fsync_ms);
	bench_plain_postgres(&folder, CLIENTS);
	bench_use_processor(1);
	durable_events("single events", SINGLE, 1);
	durable_events("batches of 100", BATCHED, BATCH);
	steady_events("sqlite");
	steady_events("postgresql");
	backlog("sqlite");
	backlog("postgresql");
	new_roster();
	static_files();
	bench_folder_remove(&folder);
	return 0;
}
