/* A serving hub: its start and its end. */
#include "serve.h"

#include "commands.h"
#include "file.h"
#include "folder.h"
#include "folder_store.h"
#include "serve_inside.h"
#include "stores.h"
#include "voice.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { PATH = 4096, PEM_MAX = 1 << 20, SEEN_PARTS = 16 };

struct pem {
	char *cert, *key;
};

void serve_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
}

static enum err read_pem(const char *path, char **out)
{
	struct file_bytes f;

	enum err e = file_read(&f, path, PEM_MAX);
	if (e == OK && !(*out = calloc(1, f.bytes.n + 1)))
		e = ERR_IO;
	if (e == OK)
		memcpy(*out, f.bytes.p, f.bytes.n);
	if (e)
		fprintf(stderr, "foyer serve: %s: %s\n", path, err_text(e));
	file_free(&f);
	return e;
}

static void pem_free(struct pem *p)
{
	if (p->key)
		seal_wipe(p->key, strlen(p->key));
	free(p->key);
	free(p->cert);
}

static enum err open_port(const struct serve_options *o, int *fd, char text[static LISTEN_TEXT])
{
	enum err e = listen_open(&o->listen, fd, text);

	if (e == ERR_BUSY)
		fprintf(stderr, "foyer serve: port %u of %s is taken; --listen names another\n",
			(unsigned)o->listen.port, o->listen.host);
	else if (e == ERR_ABSENT)
		fprintf(stderr, "foyer serve: this machine has no address %s\n", o->listen.host);
	else if (e)
		fprintf(stderr, "foyer serve: %s port %u: %s\n", o->listen.host,
			(unsigned)o->listen.port, err_text(e));
	return e;
}

/* As many connections as we said, where the system lets us. */
static void raise_limit(void)
{
	enum { OTHERS = 64 };
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= HTTPD_CONNECTIONS + OTHERS)
		return;
	files.rlim_cur = HTTPD_CONNECTIONS + OTHERS;
	if (files.rlim_cur > files.rlim_max)
		files.rlim_cur = files.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &files) != 0)
		log_line(LOG_WARN, "hub/serve", "few files may be open");
}

static enum err listen_and_loop(struct hub *h, const struct serve_options *o)
{
	char where[LISTEN_TEXT], url[LISTEN_TEXT + 8];
	struct pem pem = {NULL, NULL};
	int fd = -1;

	enum err e = o->cert ? read_pem(o->cert, &pem.cert) : OK;
	if (e == OK && o->cert)
		e = read_pem(o->key, &pem.key);
	if (e == OK)
		e = open_port(o, &fd, where);
	if (e == OK) {
		e = httpd_start(&h->httpd, &(struct httpd_options){.hub = h,
						   .routes = hub_routes,
						   .route_count = hub_route_count,
						   .listening = fd,
						   .cert = pem.cert,
						   .key = pem.key});
		if (e)
			fprintf(stderr, "foyer serve: %s\n",
				o->cert ? "the certificate and its key cannot be used"
					: "the server does not start");
	}
	pem_free(&pem);
	if (e)
		return e;
	snprintf(url, sizeof(url), "%s://%s", o->cert ? "https" : "http", where);
	e = serve_loop(h, url);
	httpd_stop(&h->httpd);
	return e;
}

/* Nothing of this is worth a failed exit: it is told anew when boards are heard again. */
static void last_words(struct hub *h)
{
	for (unsigned part = 0; part < SEEN_PARTS && h->store && !h->store_lost; part++)
		if (devices_write_seen(&h->devices, h->store, part))
			return;
}

static enum err open_hub(struct hub *h, const struct serve_options *o)
{
	enum err e = delegation_open(&h->by, h->keys.delegation, h->keys.root);

	if (e == OK)
		e = voice_certificate(&h->keys, h->voice);
	voice_device(&h->keys, h->voice_device);
	if (e == OK)
		e = folder_store(&h->store, "serve", o->dir, o->store, false);
	if (e)
		return e;
	h->store_local = h->store->kind == &store_sqlite;
	e = devices_refresh(&h->devices, h->store, &h->keys);
	if (e == OK)
		e = devices_read_seen(&h->devices, h->store);
	if (e) {
		fprintf(stderr, "foyer serve: the store does not answer: %s\n", err_text(e));
		return e;
	}
	serve_read_protected(h);
	return versions_start(&h->versions, o->dir, &h->keys);
}

static void close_hub(struct hub *h)
{
	last_words(h);
	versions_stop(&h->versions);
	if (h->manifest)
		MHD_destroy_response(h->manifest);
	if (h->health)
		MHD_destroy_response(h->health);
	intake_free(&h->intake);
	protected_free(&h->protected_people);
	devices_free(&h->devices);
	store_close(h->store);
}

int serve(const struct serve_options *o)
{
	struct hub *h = calloc(1, sizeof(*h));
	struct file_lock lock = FILE_LOCK_NONE;
	struct folder f;
	sigset_t set;

	if (!h)
		return EXIT_WORLD;
	serve_signals(&set);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	raise_limit();
	h->dir = o->dir;
	h->store_url = o->store;
	h->started_ms = clock_now().boot_ms;
	enum err e = folder_open(&f, "serve", o->dir, FOLDER_KEYS);
	if (e) {
		free(h);
		return folder_exit(e);
	}
	h->keys = f.keys;
	folder_close(&f);
	e = folder_store_lock(&lock, "serve", o->dir, o->store);
	if (e == OK)
		e = open_hub(h, o);
	if (e == OK)
		e = listen_and_loop(h, o);
	close_hub(h);
	file_unlock(&lock);
	keys_wipe(&h->keys);
	free(h);
	return e ? EXIT_WORLD : EXIT_DONE;
}
