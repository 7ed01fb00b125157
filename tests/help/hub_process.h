/* A real `foyer serve` process on a port of its own, boards that it knows, and requests to it. A failure
 * ends the program. */
#ifndef TESTS_HELP_HUB_PROCESS_H
#define TESTS_HELP_HUB_PROCESS_H

#include "boards.h"
#include "help/wire.h"

#include <sys/types.h>

struct hub_process {
	pid_t pid;
	uint16_t port;
	int said; /* the rest of its standard error */
	bool tls;
};

/* Start `foyer serve dir --listen 127.0.0.1:0 words…` (words separated by spaces, "" for none) and wait
 * until it is ready. */
void hub_start(struct hub_process *p, const char *dir, const char *words);
/* The same where no file may grow beyond so many bytes: to it a full disk. */
void hub_start_full(struct hub_process *p, const char *dir, const char *words, size_t bytes);
/* Run it where it should refuse to start. returns: its exit status; what it said is in said */
int hub_refused(const char *dir, const char *words, char said[static 1024]);
/* Wait until it says a line with these words on its standard error; false after ten seconds. */
bool hub_says(struct hub_process *p, const char *words);
/* Send a signal and wait. returns: the exit status, or minus the signal that ended it */
int hub_stop(struct hub_process *p, int signal);

/* A board: a device, one journal, the key it shares with the hub. */
struct hub_board {
	struct wire_device device;
	struct wire_board journal;
	uint8_t pair[SEAL_KEY];
};
/* Board `number` of the event in dir, with papers signed by its hub; not noted anywhere. */
void hub_board_make(struct hub_board *b, const char *dir, uint8_t number);
/* The same, and dir/hub.db knows it as "board N". */
void hub_board_enrol(struct hub_board *b, const char *dir, uint8_t number);
/* The same in another store. */
void hub_board_enrol_in(struct hub_board *b, const char *dir, uint8_t number, struct store *store);
/* The whole bundle of n more events of the board. */
void hub_board_write(struct hub_board *b, size_t n, struct grow *bundle);

struct hub_reply {
	int status; /* 0: the connection ended without an answer */
	struct span head, body;
	struct grow bytes; /* behind both */
};
/* Connect. returns: the socket, which has a deadline for every read */
int hub_dial(const struct hub_process *p);
void hub_send(int fd, struct span bytes);
/* Read one answer off fd. head_only: to HEAD. The reply is to be freed. */
void hub_read(int fd, bool head_only, struct hub_reply *out);
/* A request as bytes; by: NULL, or who speaks. */
void hub_request(struct grow *out, const char *method, const char *target, struct span body,
	const struct hub_board *by);
/* One request on a connection of its own. */
void hub_ask(const struct hub_process *p, const char *method, const char *target, struct span body,
	const struct hub_board *by, struct hub_reply *out);
void hub_get(const struct hub_process *p, const char *target, struct hub_reply *out);
void hub_reply_free(struct hub_reply *r);
/* The value of a header as text (one at a time), or NULL. */
const char *hub_header(const struct hub_reply *r, const char *name);

/* dir/hub.db, to look into or to write notes. */
struct store *hub_store(const char *dir);
/* How many events of the journal's board are in it. */
struct store_head hub_head(const char *dir, const struct hub_board *b);

/* Ask until done says so; false after ten seconds. */
bool hub_wait(bool (*done)(void *arg), void *arg);

#endif
