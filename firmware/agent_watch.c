/* Signals, inotify and netlink, as a few words. */
#include "agent_watch.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CHANGES = IN_CREATE | IN_MOVED_TO | IN_MODIFY | IN_CLOSE_WRITE | IN_DELETE | IN_MOVED_FROM };

static int open_addresses(void)
{
	struct sockaddr_nl groups = {.nl_family = AF_NETLINK,
		.nl_groups = RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_LINK};

	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE);
	if (fd >= 0 && bind(fd, (const struct sockaddr *)&groups, sizeof(groups)) != 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static int open_folder(const char *folder)
{
	char inbox[4096];

	int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (fd < 0)
		return -1;
	snprintf(inbox, sizeof(inbox), "%s/inbox", folder);
	/* The inbox may come later: that shows in the folder, and it is then looked into at times. */
	(void)inotify_add_watch(fd, inbox, IN_MOVED_TO | IN_CLOSE_WRITE);
	if (inotify_add_watch(fd, folder, CHANGES) < 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

enum err watch_open(struct watch *out, const char *folder)
{
	sigset_t mine;

	*out = (struct watch){-1, -1, -1, {{0}}};
	sigemptyset(&mine);
	sigaddset(&mine, SIGTERM);
	sigaddset(&mine, SIGINT);
	if (pthread_sigmask(SIG_BLOCK, &mine, &out->before) != 0)
		return ERR_IO;
	out->signals = signalfd(-1, &mine, SFD_NONBLOCK | SFD_CLOEXEC);
	if (out->signals < 0)
		return ERR_IO;
	out->folder = open_folder(folder);
	out->addresses = open_addresses();
	return OK;
}

void watch_close(struct watch *w)
{
	const int fds[] = {w->signals, w->folder, w->addresses};

	for (size_t i = 0; i < COUNT(fds); i++)
		if (fds[i] >= 0)
			close(fds[i]);
	pthread_sigmask(SIG_SETMASK, &w->before, NULL);
}

size_t watch_fds(const struct watch *w, struct pollfd out[static WATCH_FDS])
{
	const int fds[] = {w->signals, w->folder, w->addresses};
	size_t n = 0;

	for (size_t i = 0; i < COUNT(fds); i++)
		if (fds[i] >= 0)
			out[n++] = (struct pollfd){.fd = fds[i], .events = POLLIN};
	return n;
}

static bool begins(const char *name, const char *with)
{
	return strncmp(name, with, strlen(with)) == 0;
}

static void notice(const struct inotify_event *e, struct noticed *out)
{
	const char *name = e->len > 0 ? e->name : "";

	if (e->mask & IN_Q_OVERFLOW)
		out->journal = out->inbox = out->roster = out->trust = out->network = true;
	else if (begins(name, "journal.db"))
		out->journal = true;
	else if (strcmp(name, "roster.foyer") == 0)
		out->roster = (e->mask & (IN_MOVED_TO | IN_CLOSE_WRITE)) || out->roster;
	else if (strcmp(name, "trust") == 0)
		out->trust = (e->mask & IN_MOVED_TO) || out->trust;
	else if (strcmp(name, "network-off") == 0)
		out->network = true;
	else if (!begins(name, "peers.db") && !begins(name, "agent.db") && !begins(name, "status"))
		out->inbox = true; /* the inbox itself, or a file in it */
}

static void read_folder(int fd, struct noticed *out)
{
	_Alignas(struct inotify_event) char bytes[4096];

	for (ssize_t n; (n = read(fd, bytes, sizeof(bytes))) > 0;)
		for (size_t at = 0; at + sizeof(struct inotify_event) <= (size_t)n;) {
			const struct inotify_event *e =
				(const struct inotify_event *)(void *)(bytes + at);
			notice(e, out);
			at += sizeof(*e) + e->len;
		}
}

static void read_addresses(int fd, struct noticed *out)
{
	uint8_t bytes[8192];

	for (ssize_t n; (n = recv(fd, bytes, sizeof(bytes), 0)) > 0;) {
		struct nlmsghdr h;
		for (struct span rest = {bytes, (size_t)n}; rest.n >= sizeof(h);) {
			memcpy(&h, rest.p, sizeof(h));
			if (h.nlmsg_type == RTM_NEWADDR || h.nlmsg_type == RTM_NEWLINK)
				out->address = true;
			size_t whole = NLMSG_ALIGN((size_t)h.nlmsg_len);
			if (h.nlmsg_len < sizeof(h) || whole > rest.n)
				break;
			rest = span_cut(rest, whole, rest.n - whole);
		}
	}
}

void watch_read(struct watch *w, struct noticed *out)
{
	struct signalfd_siginfo s;

	*out = (struct noticed){0};
	if (w->signals >= 0 && read(w->signals, &s, sizeof(s)) == (ssize_t)sizeof(s))
		out->stop = true;
	if (w->folder >= 0)
		read_folder(w->folder, out);
	if (w->addresses >= 0)
		read_addresses(w->addresses, out);
}
