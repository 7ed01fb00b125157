/* What the agent is woken by besides the network: signals, changes in its folder, and an address that
 * the machine was given. */
#ifndef FIRMWARE_AGENT_WATCH_H
#define FIRMWARE_AGENT_WATCH_H

#include "base.h"

#include <poll.h>
#include <signal.h>

enum { WATCH_FDS = 3 };

struct watch {
	int signals, folder, addresses; /* -1: not to be had */
	sigset_t before;
};

/* What was noticed since the last time. */
struct noticed {
	bool stop;    /* SIGTERM or SIGINT */
	bool journal; /* the kiosk's journal was written */
	bool inbox;   /* something lies there */
	bool roster;  /* roster.foyer was replaced */
	bool trust;   /* so was trust */
	bool network; /* network-off came or went */
	bool address; /* the machine has a new address */
};

/* From now on SIGTERM and SIGINT are noticed here. Where the kernel gives no inotify or netlink, that
 * is left out: the loop looks by itself every few seconds.
 * returns: OK, ERR_IO */
MUST_CHECK enum err watch_open(struct watch *out, const char *folder);
/* Signals are as before. */
void watch_close(struct watch *w);
size_t watch_fds(const struct watch *w, struct pollfd out[static WATCH_FDS]);
/* What became readable, or nothing. */
void watch_read(struct watch *w, struct noticed *out);

#endif
