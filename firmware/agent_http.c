/* libcurl's multi interface, kept to one transfer. */
#include "agent_http.h"

#include "hex.h"
#include "signed_code.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WAIT_FDS = 64 };

struct http {
	CURLM *multi;
	CURL *easy;
	struct curl_slist *headers;
	bool busy, ready;
	size_t max, header_bytes;
	struct http_answer answer;
};

bool http_address_is_fit(const char *address)
{
	size_t n = strlen(address);

	if (n > CODE_ADDRESS ||
		(strncmp(address, "http://", 7) != 0 && strncmp(address, "https://", 8) != 0))
		return false;
	for (size_t i = 0; i < n; i++)
		if (address[i] <= ' ' || address[i] > '~')
			return false;
	const char *host = strstr(address, "//") + 2;
	return *host != '\0' && *host != '/';
}

enum err http_open(struct http **out)
{
	*out = NULL;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return ERR_IO;
	struct http *h = calloc(1, sizeof(*h));
	if (h)
		h->multi = curl_multi_init();
	if (!h || !h->multi) {
		free(h);
		curl_global_cleanup();
		return ERR_IO;
	}
	*out = h;
	return OK;
}

static void end_transfer(struct http *h)
{
	if (h->easy) {
		curl_multi_remove_handle(h->multi, h->easy);
		curl_easy_cleanup(h->easy);
	}
	curl_slist_free_all(h->headers);
	h->easy = NULL;
	h->headers = NULL;
	h->busy = false;
}

void http_close(struct http *h)
{
	if (!h)
		return;
	end_transfer(h);
	curl_multi_cleanup(h->multi);
	grow_free(&h->answer.body);
	free(h);
	curl_global_cleanup();
}

void http_cancel(struct http *h)
{
	end_transfer(h);
	h->ready = false;
}

bool http_busy(const struct http *h)
{
	return h->busy;
}

/* Refuses the first byte too many: an answer without end costs no more than a long one. */
static size_t on_body(char *p, size_t size, size_t n, void *arg)
{
	struct http *h = arg;
	struct http_answer *a = &h->answer;

	n *= size;
	if (n > h->max - a->body.n) {
		a->err = ERR_FULL;
		return 0;
	}
	grow_bytes(&a->body, p, n);
	return a->body.failed ? 0 : n;
}

/* The value of header `name: value`, trimmed, or an empty span. */
static struct span header_value(struct span line, const char *name)
{
	size_t n = strlen(name);

	if (line.n <= n || line.p[n] != ':' || strncasecmp((const char *)line.p, name, n) != 0)
		return (struct span){0};
	struct span v = span_cut(line, n + 1, line.n - n - 1);
	while (v.n > 0 && (v.p[0] == ' ' || v.p[0] == '\t'))
		v = span_cut(v, 1, v.n - 1);
	while (v.n > 0 && v.p[v.n - 1] <= ' ')
		v.n--;
	return v;
}

static uint64_t number_of(struct span s)
{
	uint64_t v = 0;

	if (s.n == 0 || s.n > 19)
		return 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return 0;
		v = v * 10 + (s.p[i] - (unsigned)'0');
	}
	return v;
}

static size_t on_header(char *p, size_t size, size_t n, void *arg)
{
	struct http *h = arg;
	struct http_answer *a = &h->answer;
	struct span line = {(const uint8_t *)p, n * size};

	h->header_bytes += line.n;
	if (h->header_bytes > HTTP_HEADERS_MAX) {
		a->err = ERR_FORMAT;
		return 0;
	}
	struct span v = header_value(line, PROTOCOL_HEADER_SEQUENCE);
	if (v.n > 0)
		a->sequence = number_of(v);
	v = header_value(line, PROTOCOL_HEADER_MORE);
	if (v.n > 0)
		a->more = v.n == 1 && v.p[0] == '1';
	v = header_value(line, PROTOCOL_HEADER_CURSOR);
	if (v.n > 0 && span_copy_text(v, a->cursor, sizeof(a->cursor)) != OK)
		a->cursor[0] = '\0';
	v = header_value(line, PROTOCOL_HEADER_MAC);
	if (v.n > 0)
		a->has_mac = hex_read(v, a->mac, sizeof(a->mac)) == OK;
	return line.n;
}

static enum err add_header(struct http *h, const char *line)
{
	struct curl_slist *more = curl_slist_append(h->headers, line);

	if (!more)
		return ERR_IO;
	h->headers = more;
	return OK;
}

static enum err set_headers(struct http *h, const struct http_request *r)
{
	char line[32 + PROTOCOL_AUTHORIZATION];
	enum err e = OK;

	if (r->authorization) {
		snprintf(line, sizeof(line), "Authorization: %s", r->authorization);
		e = add_header(h, line);
	}
	/* libcurl would wait a second for "100 Continue", and call a bundle a form. */
	if (!e && r->post)
		e = add_header(h, "Expect:");
	if (!e && r->post)
		e = add_header(h, "Content-Type: application/octet-stream");
	return e;
}

static long timeout_of(const struct http_request *r)
{
	return HTTP_LEAST_S + (long)((r->max + r->body.n) / HTTP_SLOWEST);
}

/* clang-format off: a table */
static bool set_options(struct http *h, const struct http_request *r)
{
	CURL *c = h->easy;
	const struct {
		CURLoption option;
		long value;
	} numbers[] = {
		{CURLOPT_NOSIGNAL, 1},
		{CURLOPT_QUICK_EXIT, 1}, /* or a silent name server would hold the loop */
		{CURLOPT_FOLLOWLOCATION, 0},
		{CURLOPT_CONNECTTIMEOUT, HTTP_CONNECT_S},
		{CURLOPT_TIMEOUT, timeout_of(r)},
		{CURLOPT_LOW_SPEED_LIMIT, 64},
		{CURLOPT_LOW_SPEED_TIME, HTTP_LEAST_S / 2},
		{CURLOPT_BUFFERSIZE, 64 << 10},
	};
	bool ok = true;

	for (size_t i = 0; i < COUNT(numbers); i++)
		ok = ok && curl_easy_setopt(c, numbers[i].option, numbers[i].value) == CURLE_OK;
	if (r->ca)
		ok = ok && curl_easy_setopt(c, CURLOPT_CAINFO, r->ca) == CURLE_OK;
	return ok && curl_easy_setopt(c, CURLOPT_URL, r->url) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_HTTPHEADER, h->headers) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_WRITEDATA, h) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_HEADERDATA, h) == CURLE_OK;
}
/* clang-format on */

static bool set_body(struct http *h, const struct http_request *r)
{
	if (!r->post)
		return true;
	return curl_easy_setopt(h->easy, CURLOPT_POST, 1L) == CURLE_OK &&
	       curl_easy_setopt(h->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body.n) ==
		       CURLE_OK &&
	       curl_easy_setopt(h->easy, CURLOPT_POSTFIELDS,
		       r->body.n > 0 ? (const char *)r->body.p : "") == CURLE_OK;
}

enum err http_start(struct http *h, const struct http_request *r)
{
	if (h->busy)
		return ERR_BUSY;
	if (strlen(r->url) >= HTTP_URL)
		return ERR_FULL;
	grow_free(&h->answer.body);
	h->answer = (struct http_answer){.asked_ms = clock_now().boot_ms};
	h->ready = false;
	h->max = r->max;
	h->header_bytes = 0;
	h->easy = curl_easy_init();
	if (!h->easy || set_headers(h, r) != OK || !set_options(h, r) || !set_body(h, r) ||
		curl_multi_add_handle(h->multi, h->easy) != CURLM_OK) {
		end_transfer(h);
		return ERR_IO;
	}
	h->busy = true;
	return OK;
}

static void finish(struct http *h, CURLcode code)
{
	struct http_answer *a = &h->answer;
	long status = 0;

	curl_easy_getinfo(h->easy, CURLINFO_RESPONSE_CODE, &status);
	a->status = status > 0 && status < 1000 ? (unsigned)status : 0;
	a->answered_ms = clock_now().boot_ms;
	if (code == CURLE_OPERATION_TIMEDOUT)
		a->err = ERR_TIMEOUT;
	else if (code != CURLE_OK && a->err == OK)
		a->err = ERR_IO;
	end_transfer(h);
	h->ready = true;
}

static enum err go_on(struct http *h)
{
	int running, left;

	if (curl_multi_perform(h->multi, &running) != CURLM_OK)
		return ERR_IO;
	for (const CURLMsg *m; (m = curl_multi_info_read(h->multi, &left)) != NULL;)
		if (m->msg == CURLMSG_DONE) {
			finish(h, m->data.result);
			return OK;
		}
	return OK;
}

enum err http_wait(struct http *h, struct pollfd *fds, size_t n, int timeout_ms)
{
	struct curl_waitfd extra[WAIT_FDS];

	if (n > WAIT_FDS)
		return ERR_IO;
	for (size_t i = 0; i < n; i++)
		extra[i] = (struct curl_waitfd){.fd = fds[i].fd,
			.events = (short)((fds[i].events & POLLIN ? CURL_WAIT_POLLIN : 0) |
					  (fds[i].events & POLLOUT ? CURL_WAIT_POLLOUT : 0))};
	if (curl_multi_poll(h->multi, extra, (unsigned)n, timeout_ms, NULL) != CURLM_OK)
		return ERR_IO;
	for (size_t i = 0; i < n; i++)
		fds[i].revents = (short)((extra[i].revents & CURL_WAIT_POLLIN ? POLLIN : 0) |
					 (extra[i].revents & CURL_WAIT_POLLOUT ? POLLOUT : 0));
	return h->busy ? go_on(h) : OK;
}

struct http_answer *http_take(struct http *h)
{
	if (!h->ready)
		return NULL;
	h->ready = false;
	return &h->answer;
}
