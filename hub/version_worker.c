/* The thread that makes patches. */
#include "version_worker.h"

#include "file.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct version_worker {
	const char *roster, *tree; /* borrowed; the thread's, and never change */
	uint8_t root[SEAL_PUBLIC];
	int made_fd;
	pthread_t thread;

	pthread_mutex_t mutex; /* of all below */
	pthread_cond_t wake;
	bool asked, stop;
	uint8_t to[MANIFEST_HASH];
	struct published from[PUBLISH_VERSIONS];
	size_t n;
};

static bool is_wanted_no_more(struct version_worker *w)
{
	pthread_mutex_lock(&w->mutex);
	bool wanted = !w->asked && !w->stop;
	pthread_mutex_unlock(&w->mutex);
	return !wanted;
}

static void tell(struct version_worker *w, const struct published *from)
{
	const uint64_t one = 1;

	pthread_mutex_lock(&w->mutex);
	w->from[w->n++] = *from;
	pthread_mutex_unlock(&w->mutex);
	if (write(w->made_fd, &one, sizeof(one)) != (ssize_t)sizeof(one))
		log_line(LOG_FAULT, "hub/versions", "a patch cannot be announced");
}

static enum err put_roster(const struct version_worker *w)
{
	struct trust trust = {.known = true};
	struct file_bytes f;
	struct roster r;

	memcpy(trust.root, w->root, SEAL_PUBLIC);
	enum err e = file_read(&f, w->roster, ROSTER_MAX);
	if (e)
		return e;
	e = roster_open(&r, f.bytes, &trust, 0);
	if (e == OK)
		e = publish_roster(w->tree, &r);
	file_free(&f);
	return e;
}

static enum err make_all(struct version_worker *w)
{
	struct grow versions = {0};

	enum err e = put_roster(w);
	if (e == OK)
		e = publish_versions(w->tree, w->root, &versions);
	const struct published *v = GROW_ARRAY(&versions, const struct published);
	size_t n = GROW_COUNT(&versions, struct published);
	pthread_mutex_lock(&w->mutex);
	w->n = 0;
	if (n > 0)
		memcpy(w->to, v[0].hash, sizeof(w->to));
	pthread_mutex_unlock(&w->mutex);
	for (size_t i = 1; e == OK && i < n && i < PUBLISH_VERSIONS && !is_wanted_no_more(w); i++) {
		e = publish_patch(w->tree, &v[i], &v[0]);
		if (e == OK)
			tell(w, &v[i]);
		else if (e == ERR_ABSENT)
			e = OK;
	}
	if (e == OK && !is_wanted_no_more(w))
		publish_prune(w->tree, &versions);
	grow_free(&versions);
	return e;
}

static void *work(void *arg)
{
	struct version_worker *w = arg;

	pthread_mutex_lock(&w->mutex);
	while (!w->stop) {
		if (!w->asked) {
			pthread_cond_wait(&w->wake, &w->mutex);
			continue;
		}
		w->asked = false;
		pthread_mutex_unlock(&w->mutex);
		enum err e = make_all(w);
		if (e)
			log_line(LOG_WARN, "hub/versions", "no patches: %s", err_text(e));
		pthread_mutex_lock(&w->mutex);
	}
	pthread_mutex_unlock(&w->mutex);
	return NULL;
}

enum err version_worker_start(struct version_worker **out, const char *roster, const char *tree,
	const uint8_t root[static SEAL_PUBLIC])
{
	struct version_worker *w = calloc(1, sizeof(*w));

	*out = NULL;
	if (!w)
		return ERR_IO;
	w->roster = roster;
	w->tree = tree;
	memcpy(w->root, root, SEAL_PUBLIC);
	pthread_mutex_init(&w->mutex, NULL);
	pthread_cond_init(&w->wake, NULL);
	w->made_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (w->made_fd < 0 || pthread_create(&w->thread, NULL, work, w) != 0) {
		if (w->made_fd >= 0)
			close(w->made_fd);
		free(w);
		return ERR_IO;
	}
	*out = w;
	return OK;
}

void version_worker_ask(struct version_worker *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->mutex);
	w->asked = true;
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->mutex);
}

int version_worker_fd(const struct version_worker *w)
{
	return w->made_fd;
}

size_t version_worker_made(struct version_worker *w, struct published from[static PUBLISH_VERSIONS],
	uint8_t to[static MANIFEST_HASH])
{
	uint64_t count;

	if (read(w->made_fd, &count, sizeof(count)) < 0)
		return 0;
	pthread_mutex_lock(&w->mutex);
	size_t n = w->n;
	memcpy(from, w->from, n * sizeof(*from));
	memcpy(to, w->to, MANIFEST_HASH);
	pthread_mutex_unlock(&w->mutex);
	return n;
}

void version_worker_stop(struct version_worker *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->mutex);
	w->stop = true;
	pthread_cond_signal(&w->wake);
	pthread_mutex_unlock(&w->mutex);
	pthread_join(w->thread, NULL);
	pthread_cond_destroy(&w->wake);
	pthread_mutex_destroy(&w->mutex);
	close(w->made_fd);
	free(w);
}
