/* A program that stands in for a kiosk. */
#include "arrivals.h"

#include "journal.h"
#include "seal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { PEOPLE = 300, ACTIVITIES = 9, AT_ONCE = 3, FAULT = 3 };

struct writer {
	struct journal *journal;
	int meant, acked;
	unsigned seed;
	struct event_id last;
};

static unsigned chance(struct writer *w, unsigned below)
{
	return (unsigned)rand_r(&w->seed) % below;
}

/* Its own end is a failure of the test, so it says why. */
_Noreturn static void give_up(const char *what, const char *why)
{
	fprintf(stderr, "arrivals: %s: %s\n", what, why);
	exit(FAULT);
}

static int open_notes(const char *folder, const char *name)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0)
		give_up(path, strerror(errno));
	return fd;
}

/* One write a row, so that a kill leaves whole rows. */
static void note(int fd, const void *row, size_t n)
{
	if (write(fd, row, n) != (ssize_t)n)
		give_up("a note", strerror(errno));
}

/* Mostly arrivals, of a few people, so that boards see the same ones; and all else that a fold must
 * agree on. */
static void make_event(struct writer *w, struct event *e)
{
	static const uint16_t kinds[] = {EVENT_ARRIVED, EVENT_ARRIVED, EVENT_ARRIVED, EVENT_ENTERED,
		EVENT_LEFT, EVENT_BADGE_ISSUED, EVENT_UNDO};
	uint64_t number;

	*e = (struct event){.kind = kinds[chance(w, COUNT(kinds))]};
	store_u32(e->person, chance(w, PEOPLE));
	e->issue = 1 + chance(w, 3);
	e->activity = (uint16_t)chance(w, ACTIVITIES);
	if (e->kind == EVENT_UNDO)
		e->target = w->last;
	seal_random(&number, sizeof(number));
	e->payload_n = sizeof(number);
	store_u64(e->payload, number);
}

static void append(struct writer *w, size_t n)
{
	struct event events[AT_ONCE];

	for (size_t i = 0; i < n; i++) {
		make_event(w, &events[i]);
		note(w->meant, events[i].payload, sizeof(uint64_t));
	}
	enum err e = journal_append(w->journal, events, n);
	if (e != OK)
		give_up("append", err_text(e));
	for (size_t i = 0; i < n; i++) {
		struct arrival a = {.number = load_u64(events[i].payload), .id = events[i].id};
		memcpy(a.hash, events[i].hash, EVENT_HASH);
		note(w->acked, &a, sizeof(a));
	}
	w->last = events[n - 1].id;
}

static void write_at_pace(struct writer *w, int pace_ms)
{
	for (;;) {
		append(w, 1 + chance(w, AT_ONCE));
		(void)poll(NULL, 0, 1 + (int)chance(w, 2 * (unsigned)pace_ms));
	}
}

static void write_when_asked(struct writer *w, int ask, int answer)
{
	char c;

	while (read(ask, &c, 1) == 1) {
		append(w, 1);
		note(answer, &w->last, sizeof(w->last));
	}
	exit(0);
}

void arrivals_main(int argc, char **argv)
{
	struct writer w = {0};
	char path[512];

	if (argc != 7 || strcmp(argv[1], "arrivals") != 0)
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (seal_start() != OK)
		give_up("seal", "no randomness");
	w.seed = (unsigned)strtoul(argv[3], NULL, 10);
	w.meant = open_notes(argv[2], "meant");
	w.acked = open_notes(argv[2], "acked");
	snprintf(path, sizeof(path), "%s/journal.db", argv[2]);
	struct journal_options o = {.path = path};
	enum err e = journal_open(&w.journal, &o);
	if (e != OK)
		give_up(path, err_text(e));
	int pace = atoi(argv[4]);
	if (pace > 0)
		write_at_pace(&w, pace);
	write_when_asked(&w, atoi(argv[5]), atoi(argv[6]));
}

pid_t arrivals_start(const char *folder, unsigned number, int pace_ms, int ask, int answer)
{
	char words[4][16];
	const int values[] = {(int)number, pace_ms, ask, answer};
	pid_t p = fork();

	if (p != 0)
		return p;
	for (size_t i = 0; i < COUNT(words); i++)
		snprintf(words[i], sizeof(words[i]), "%d", values[i]);
	if (ask >= 0)
		(void)fcntl(ask, F_SETFD, 0);
	if (answer >= 0)
		(void)fcntl(answer, F_SETFD, 0);
	signal(SIGPIPE, SIG_DFL);
	execl("/proc/self/exe", "arrivals", "arrivals", folder, words[0], words[1], words[2],
		words[3], (char *)NULL);
	_exit(127);
}

/* Rows of size bytes from FOLDER/name, each handed to add. */
static void read_rows(const char *folder, const char *name, size_t size, struct grow *out,
	void (*add)(struct grow *out, const uint8_t *row))
{
	char path[512];
	uint8_t row[sizeof(struct arrival)];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	FILE *f = fopen(path, "re");
	while (f && fread(row, size, 1, f) == 1)
		add(out, row);
	if (f)
		fclose(f);
}

static void add_meant(struct grow *out, const uint8_t *row)
{
	struct arrival a = {.number = load_u64(row)};

	grow_bytes(out, &a, sizeof(a));
}

static void add_acked(struct grow *out, const uint8_t *row)
{
	grow_bytes(out, row, sizeof(struct arrival));
}

void arrivals_meant(const char *folder, struct grow *out)
{
	read_rows(folder, "meant", sizeof(uint64_t), out, add_meant);
}

void arrivals_acked(const char *folder, struct grow *out)
{
	read_rows(folder, "acked", sizeof(struct arrival), out, add_acked);
}
