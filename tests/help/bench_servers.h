/* What the hub's bench starts and stops: an event's folder, hubs, and the peers beside them. Whatever cannot be
 * done ends the program and says why; a peer that is not installed is said aloud and left out. */
#ifndef TESTS_HELP_BENCH_SERVERS_H
#define TESTS_HELP_BENCH_SERVERS_H

#include "cpu_of.h"
#include "crowd.h"
#include "manifest.h"

#include <sys/types.h>

struct bench_folder {
	char top[64], event[80]; /* all of it, and the event in it */
	uint8_t root[SEAL_PUBLIC];
	double fsync_ms; /* the median of appending a page and fdatasync */
	size_t roster_bytes, small_bytes;
};

struct bench_server {
	pid_t pid;
	uint16_t port;
	char target[160]; /* of the file of 60 KB, for GET */
	bool is_bare;
};

void bench_die(const char *why) __attribute__((noreturn));
/* This process and its threads run on that processor from now on; what it starts, on the first. */
void bench_use_processor(int which);

void bench_folder_make(struct bench_folder *f);
void bench_folder_remove(struct bench_folder *f);
/* Change a name in the list and build. */
void bench_new_roster(struct bench_folder *f);
uint64_t bench_sequence(const struct bench_folder *f);

/* rows and skip: see bare_hub.h. */
void bench_start_bare(
	struct bench_folder *f, struct bench_server *out, unsigned rows, unsigned skip);
/* foyer serve with an empty store ("sqlite", "postgresql") in which the crowd is enrolled; false: there is no
 * such store here. */
bool bench_start_hub(struct bench_folder *f, struct bench_server *out, const char *store,
	const struct crowd *crowd);
/* Both serve a file of about 60 KB. nginx: false, if it is not installed. */
bool bench_start_nginx(struct bench_folder *f, struct bench_server *out);
void bench_start_static_hub(struct bench_folder *f, struct bench_server *out);
void bench_stop(struct bench_server *s);

/* Each board says something once, so that the hub knows it. */
void bench_introduce(const struct bench_server *hub, struct crowd *crowd);
/* The hub's health says that it has so many events. */
void bench_expect_events(const struct bench_server *hub, uint64_t n);
/* Plain inserts by pgbench, printed. */
void bench_plain_postgres(struct bench_folder *f, int clients);

#endif
