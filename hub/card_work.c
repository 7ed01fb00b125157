/* The slow hashes of staff cards' PINs, done once and kept beside the keys. */
#include "card_work.h"

#include "file.h"
#include "hex.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH = 4096, LINE = 160, WORKERS = 2, CACHE_MAX = 16 << 20 };

/* One card's work: where its result goes, and whether it is still to do. */
struct job {
	struct card_pin which;
	struct source_card *card;
	bool done;
};

/* Jobs are handed out by number to whoever is free. */
struct work {
	const struct keys *keys;
	struct job *jobs;
	size_t n, next, finished;
	bool failed;
	pthread_mutex_t lock;
};

static void cache_line(const struct job *j, char out[static LINE])
{
	const uint8_t *secret = j->card->secret + TOKEN_SECRET;
	size_t n = (size_t)snprintf(
		out, LINE, "%s,%u,%u,", j->which.id, j->which.issue, j->which.number);

	hex_write((struct span){secret, SEAL_KEY}, out + n);
	memcpy(out + n + 2 * SEAL_KEY, "\n", 2);
}

/* The cached work of j, if the cache has a line for just this card and PIN. */
static void recall(struct job *j, struct span cache)
{
	char head[LINE];
	int n = snprintf(
		head, sizeof(head), "%s,%u,%u,", j->which.id, j->which.issue, j->which.number);

	while (cache.n > 0) {
		const uint8_t *end = memchr(cache.p, '\n', cache.n);
		size_t line = end ? (size_t)(end - cache.p) : cache.n;
		if (line == (size_t)n + 2 * SEAL_KEY && memcmp(cache.p, head, (size_t)n) == 0) {
			struct span hex = {cache.p + n, 2 * SEAL_KEY};
			j->done = hex_read(hex, j->card->secret + TOKEN_SECRET, SEAL_KEY) == OK;
			return;
		}
		size_t step = end ? line + 1 : line;
		cache.p += step;
		cache.n -= step;
	}
}

static bool do_job(const struct keys *k, struct job *j)
{
	char pin[PIN_DIGITS + 1];

	if (j->done)
		return true;
	keys_pin(k, j->which, pin);
	enum err e = seal_pin(span_of(pin), j->card->salt, j->card->secret + TOKEN_SECRET);
	seal_wipe(pin, sizeof(pin));
	return e == OK;
}

static void *work_on(void *argument)
{
	struct work *w = argument;

	pthread_mutex_lock(&w->lock);
	while (w->next < w->n && !w->failed) {
		struct job *j = &w->jobs[w->next++];
		pthread_mutex_unlock(&w->lock);
		bool ok = do_job(w->keys, j);
		pthread_mutex_lock(&w->lock);
		w->failed |= !ok;
		w->finished++;
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

static enum err do_all(struct work *w)
{
	pthread_t threads[WORKERS];
	int started = 0;

	pthread_mutex_init(&w->lock, NULL);
	while (started < WORKERS - 1 && pthread_create(&threads[started], NULL, work_on, w) == 0)
		started++;
	(void)work_on(w);
	for (int i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	pthread_mutex_destroy(&w->lock);
	return w->failed ? ERR_IO : OK;
}

static enum err write_cache(const struct work *w, const char *path)
{
	struct grow out = {0};
	char line[LINE];

	for (size_t i = 0; i < w->n; i++) {
		cache_line(&w->jobs[i], line);
		grow_bytes(&out, line, strlen(line));
	}
	enum err e = out.failed ? ERR_IO : file_write(path, (struct span){out.p, out.n}, 0600);
	grow_free(&out);
	seal_wipe(line, sizeof(line));
	return e;
}

static void prepare(
	struct work *w, struct source_card *cards, const struct list *l, const struct state *s)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct state_person *p = state_person(s, l->people[l->staff[i].person].id);
		struct source_card *card = &cards[i];
		w->jobs[i] = (struct job){{p->card, p->pin, p->id}, card, false};
		keys_token(w->keys, TOKEN_CARD, 1, p->card, p->id, &card->token);
		keys_card_salt(w->keys, w->jobs[i].which, card->salt);
		memcpy(card->secret, card->token.secret, TOKEN_SECRET);
		card->rights = l->staff[i].rights;
		card->until = l->event.retention;
	}
}

enum err card_work(struct grow *cards, const struct list *l, const struct keys *k,
	const struct state *s, const char *dir)
{
	struct work w = {
		.keys = k, .n = l->staff_n, .jobs = calloc(l->staff_n + 1, sizeof(*w.jobs))};
	char path[PATH];
	struct file_bytes cache;
	bool all_known = true;

	(void)grow_room(cards, w.n * sizeof(struct source_card));
	if (!w.jobs || cards->failed || snprintf(path, sizeof(path), "%s/keys/pins", dir) >= PATH) {
		free(w.jobs);
		return ERR_IO;
	}
	prepare(&w, GROW_ARRAY(cards, struct source_card), l, s);
	if (file_read(&cache, path, CACHE_MAX) == OK) {
		for (size_t i = 0; i < w.n; i++)
			recall(&w.jobs[i], cache.bytes);
		file_free(&cache);
	}
	for (size_t i = 0; i < w.n; i++)
		all_known &= w.jobs[i].done;
	enum err e = all_known ? OK : do_all(&w);
	if (e == OK && !all_known)
		e = write_cache(&w, path);
	free(w.jobs);
	return e;
}
