/* What a serving hub gives to anybody: the roster and the ways to it, the time, its health. */
#include "commands.h"
#include "file.h"
#include "help/event_folder.h"
#include "help/hub_process.h"
#include "hex.h"
#include "manifest.h"
#include "patch.h"
#include "test.h"

#include <curl/curl.h>
#include <jansson.h>
#include <signal.h>
#include <unistd.h>

static struct event_folder f;
static struct hub_process hub;
static struct hub_reply reply;
static struct keys keys;

static int fresh(void **state)
{
	UNUSED(state);
	event_folder_make(&f);
	if (event_run(&f, &verb_build, "DIR") != EXIT_DONE || keys_load(&keys, f.dir))
		return -1;
	hub_start(&hub, f.dir, "");
	return 0;
}

static int done(void **state)
{
	UNUSED(state);
	hub_reply_free(&reply);
	int status = hub_stop(&hub, SIGTERM);
	event_folder_remove(&f);
	return status;
}

static void get(const char *target)
{
	hub_reply_free(&reply);
	hub_get(&hub, target, &reply);
}

static void ask(const char *method, const char *target, struct span body)
{
	hub_reply_free(&reply);
	hub_ask(&hub, method, target, body, NULL, &reply);
}

static void assert_refused(int status, const char *why)
{
	char json[256];

	snprintf(json, sizeof(json), "{\"error\":\"%s\"}\n", why);
	assert_int_equal(reply.status, status);
	assert_string_equal(hub_header(&reply, "Content-Type"), "application/json");
	assert_int_equal(reply.body.n, strlen(json));
	assert_memory_equal(reply.body.p, json, strlen(json));
}

static struct manifest get_manifest(void)
{
	const struct manifest_floor none = {0};
	struct manifest m;

	get("/v1/manifest");
	assert_int_equal(reply.status, 200);
	assert_ok(manifest_open(&m, reply.body, keys.root, &none));
	return m;
}

static const char *target_of(const char *kind, const uint8_t *hash, const uint8_t *to)
{
	static char text[256];
	char a[65], b[65] = "";

	hex_write((struct span){hash, MANIFEST_HASH}, a);
	if (to)
		hex_write((struct span){to, MANIFEST_HASH}, b);
	snprintf(text, sizeof(text), "/v1/%s/%s%s%s", kind, a, to ? "/" : "", b);
	return text;
}

static void assert_body_is_file(const char *name)
{
	struct file_bytes file;

	assert_ok(file_read(&file, event_path(&f, name), ROSTER_MAX));
	assert_true(span_equal(reply.body, file.bytes));
	file_free(&file);
}

TEST(the_manifest_names_the_roster_and_is_signed_when_it_is_asked_for)
{
	UNUSED(state);
	int64_t before = clock_now().wall_ms / 1000;
	struct manifest m = get_manifest();

	assert_true(m.live);
	assert_int_equal(m.sequence, 1);
	assert_true(m.signed_at >= before && m.signed_at <= clock_now().wall_ms / 1000);
	assert_int_equal(m.revoked_count, 0);
	assert_string_equal(hub_header(&reply, "Cache-Control"), "no-store");
	get(target_of("roster", m.hash, NULL));
	assert_int_equal(reply.status, 200);
	assert_int_equal(reply.body.n, m.size);
	assert_body_is_file("roster.foyer");
}

TEST(head_tells_what_get_would_send)
{
	UNUSED(state);
	struct manifest m = get_manifest();

	ask("HEAD", target_of("roster", m.hash, NULL), (struct span){NULL, 0});
	assert_int_equal(reply.status, 200);
	assert_int_equal(strtoul(hub_header(&reply, "Content-Length"), NULL, 10), m.size);
	assert_int_equal(reply.body.n, 0);
	ask("HEAD", "/v1/manifest", (struct span){NULL, 0});
	assert_int_equal(reply.status, 200);
}

TEST(what_is_not_there_is_404)
{
	static const uint8_t other[MANIFEST_HASH] = {1};
	UNUSED(state);

	get("/");
	assert_refused(404, "there is nothing at this address");
	get("/v1/manifest/");
	assert_refused(404, "there is nothing at this address");
	get("/v1/manifest?x=1");
	assert_refused(404, "there is nothing at this address");
	get("/v1/events");
	assert_refused(405, "this method is not for this address");
	get(target_of("roster", other, NULL));
	assert_refused(404, "there is nothing of this hash");
	get("/v1/roster/../../../keys/root");
	assert_refused(404, "a hash has 64 hexadecimal digits");
	get(target_of("patch", other, other));
	assert_refused(404, "there is nothing of this hash");
	get(target_of("patch", other, NULL));
	assert_refused(404, "two hashes of 64 hexadecimal digits are wanted");
	get("/v1/board/0123456789abcdef");
	assert_refused(404, "no such board is enrolled");
	get("/v1/board/0123456789abcde");
	assert_refused(404, "a device has 16 hexadecimal digits");
}

TEST(a_wrong_method_is_405_and_told_the_right_one)
{
	static const char *const rows[][3] = {
		{"POST", "/v1/manifest", "GET, HEAD"},
		{"DELETE", "/v1/health", "GET, HEAD"},
		{"PUT", "/v1/enrol", "POST"},
		{"GET", "/v1/enrol", "POST"},
		{"HEAD", "/v1/time/00112233445566778899aabbccddeeff", "GET"},
	};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(rows); i++) {
		ask(rows[i][0], rows[i][1], (struct span){NULL, 0});
		assert_int_equal(reply.status, 405);
		assert_string_equal(hub_header(&reply, "Allow"), rows[i][2]);
	}
}

TEST(the_time_is_signed_for_who_asks)
{
	static const char nonce_text[] = "00112233445566778899aabbccddeeff";
	uint8_t nonce[TIME_NONCE];
	char target[64];
	int64_t at;
	UNUSED(state);

	assert_ok(hex_read(span_of(nonce_text), nonce, sizeof(nonce)));
	snprintf(target, sizeof(target), "/v1/time/%s", nonce_text);
	int64_t before = clock_now().wall_ms;
	get(target);
	assert_int_equal(reply.status, 200);
	assert_ok(time_open(&at, reply.body, keys.root, 1, nonce));
	assert_true(at >= before && at <= clock_now().wall_ms);
	get("/v1/time/0011");
	assert_refused(400, "a nonce has 32 hexadecimal digits");
}

TEST(health_is_for_people_and_says_nothing_personal)
{
	struct hub_board b;
	json_error_t error;
	UNUSED(state);

	hub_board_enrol(&b, f.dir, 1);
	struct grow bundle = {0};
	hub_board_write(&b, 3, &bundle);
	ask("GET", "/v1/manifest", (struct span){NULL, 0});
	hub_reply_free(&reply);
	hub_ask(&hub, "POST", "/v1/events", (struct span){bundle.p, bundle.n}, &b, &reply);
	assert_int_equal(reply.status, 200);
	grow_free(&bundle);
	get("/v1/health");
	assert_int_equal(reply.status, 200);
	json_t *j = json_loadb((const char *)reply.body.p, reply.body.n, 0, &error);
	assert_non_null(j);
	assert_int_equal(json_integer_value(json_object_get(j, "version")), 1);
	assert_int_equal(json_integer_value(json_object_get(j, "events")), 3);
	assert_int_equal(json_integer_value(json_object_get(j, "runs")), 1);
	assert_int_equal(json_integer_value(json_object_get(j, "quarantined")), 0);
	assert_string_equal(json_string_value(json_object_get(j, "store")), "sqlite");
	json_t *boards = json_object_get(j, "boards");
	assert_int_equal(json_integer_value(json_object_get(boards, "enrolled")), 1);
	assert_int_equal(json_array_size(json_object_get(boards, "heard")), 1);
	assert_null(memmem(reply.body.p, reply.body.n, "board 1", 7));
	json_decref(j);
	/* A hub that starts anew still knows when a board was heard. */
	assert_int_equal(hub_stop(&hub, SIGTERM), 0);
	assert_int_equal(event_run(&f, &verb_enrol, "DIR"), EXIT_DONE);
	assert_non_null(strstr(f.said, "enrolled     20"));
	hub_start(&hub, f.dir, "");
	get("/v1/health");
	assert_non_null(memmem(reply.body.p, reply.body.n, "last_contact", 12));
}

static uint64_t wanted_sequence;
static bool offers_it(void *arg)
{
	UNUSED(arg);
	return get_manifest().sequence == wanted_sequence;
}

static bool offers_a_patch(void *arg)
{
	*(struct manifest *)arg = get_manifest();
	return ((struct manifest *)arg)->patch_count > 0;
}

TEST(a_new_roster_is_offered_at_once_and_a_patch_soon_after)
{
	struct hub_reply old, patch;
	struct manifest_patch row;
	struct manifest m;
	UNUSED(state);

	struct manifest before = get_manifest();
	hub_get(&hub, target_of("roster", before.hash, NULL), &old);
	assert_true(hub_wait(offers_it, (wanted_sequence = 1, NULL)));
	event_edit(&f, "list/people.csv", "Anna", "Anne");
	assert_int_equal(event_run(&f, &verb_build, "DIR"), EXIT_DONE);
	wanted_sequence = 2;
	assert_true(hub_wait(offers_it, NULL));
	assert_true(hub_wait(offers_a_patch, &m));
	m = get_manifest();
	assert_ok(manifest_patch_from(&m, before.hash, &row));
	hub_get(&hub, target_of("patch", before.hash, m.hash), &patch);
	assert_int_equal(patch.status, 200);
	assert_int_equal(patch.body.n, row.size);
	uint8_t *bytes = malloc(m.size);
	assert_ok(patch_apply(old.body, patch.body, bytes, m.size));
	get(target_of("roster", m.hash, NULL));
	assert_int_equal(reply.body.n, m.size);
	assert_memory_equal(bytes, reply.body.p, m.size);
	free(bytes);
	/* Who has not looked at the new manifest yet still gets what the old one named. */
	get(target_of("roster", before.hash, NULL));
	assert_int_equal(reply.status, 200);
	assert_true(span_equal(reply.body, old.body));
	hub_reply_free(&old);
	hub_reply_free(&patch);
}

TEST(a_damaged_or_older_roster_is_not_offered)
{
	struct file_bytes old;
	UNUSED(state);

	assert_ok(file_read(&old, event_path(&f, "roster.foyer"), ROSTER_MAX));
	event_edit(&f, "list/people.csv", "Anna", "Anne");
	assert_int_equal(event_run(&f, &verb_build, "DIR"), EXIT_DONE);
	wanted_sequence = 2;
	assert_true(hub_wait(offers_it, NULL));
	assert_ok(file_write(event_path(&f, "roster.foyer"), old.bytes, 0644));
	assert_true(hub_says(&hub, err_text(ERR_OLDER)));
	assert_int_equal(get_manifest().sequence, 2);
	assert_ok(file_write(event_path(&f, "roster.foyer"), span_of("nonsense"), 0644));
	assert_true(hub_says(&hub, err_text(ERR_FORMAT)));
	assert_int_equal(get_manifest().sequence, 2);
	file_free(&old);
}

TEST(connections_are_kept_for_many_requests)
{
	struct grow request = {0};
	int fd = hub_dial(&hub);
	UNUSED(state);

	hub_request(&request, "GET", "/v1/manifest", (struct span){NULL, 0}, NULL);
	for (int i = 0; i < 3; i++) {
		hub_reply_free(&reply);
		hub_send(fd, (struct span){request.p, request.n});
		hub_read(fd, false, &reply);
		assert_int_equal(reply.status, 200);
	}
	grow_free(&request);
	close(fd);
}

TEST(a_folder_is_served_by_one_process_alone)
{
	char said[1024], pid[32];
	UNUSED(state);

	assert_int_equal(hub_refused(f.dir, "", said), EXIT_WORLD);
	snprintf(pid, sizeof(pid), "process %d already", (int)hub.pid);
	assert_non_null(strstr(said, pid));
}

TEST(a_port_that_is_taken_is_named)
{
	struct event_folder other;
	char said[1024], words[64];
	UNUSED(state);

	event_folder_make(&other);
	snprintf(words, sizeof(words), "--listen 127.0.0.1:%u", (unsigned)hub.port);
	assert_int_equal(hub_refused(other.dir, words, said), EXIT_WORLD);
	assert_non_null(strstr(said, "is taken; --listen names another"));
	event_folder_remove(&other);
}

TEST(wrong_words_are_wrong_use)
{
	static const char *const wrong[] = {"", "DIR more", "DIR --listen 127.0.0.1",
		"DIR --listen localhost:80", "DIR --listen ::1:80", "DIR --cert x", "DIR --key x",
		"DIR --nonsense x", "DIR --listen", "DIR --store mysql://x", "DIR --store sqlite:"};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(wrong); i++)
		if (event_run(&f, &verb_serve, wrong[i]) != EXIT_WRONG_USE)
			fail_msg("`%s` was taken", wrong[i]);
}

TEST(what_is_under_way_is_answered_before_the_end)
{
	struct grow request = {0};
	struct hub_board b;
	struct grow bundle = {0};
	UNUSED(state);

	hub_board_enrol(&b, f.dir, 1);
	hub_board_write(&b, 2, &bundle);
	hub_request(&request, "POST", "/v1/events", (struct span){bundle.p, bundle.n}, &b);
	int fd = hub_dial(&hub);
	hub_send(fd, (struct span){request.p, request.n - 1});
	get("/v1/health"); /* so the hub has the first part */
	assert_int_equal(kill(hub.pid, SIGTERM), 0);
	hub_send(fd, (struct span){request.p + request.n - 1, 1});
	hub_reply_free(&reply);
	hub_read(fd, false, &reply);
	assert_int_equal(reply.status, 200);
	close(fd);
	assert_int_equal(hub_stop(&hub, 0), 0);
	assert_int_equal(hub_head(f.dir, &b).id.seq, 2);
	hub_start(&hub, f.dir, "");
	grow_free(&request);
	grow_free(&bundle);
}

static size_t take(char *bytes, size_t size, size_t n, void *arg)
{
	grow_bytes(arg, bytes, size * n);
	return size * n;
}

TEST(with_a_certificate_the_hub_speaks_https)
{
	const struct manifest_floor none = {0};
	char url[64], said[1024];
	struct grow got = {0};
	struct manifest m;
	UNUSED(state);

	assert_int_equal(hub_stop(&hub, SIGTERM), 0);
	hub_start(&hub, f.dir, "--cert tests/golden/hub-cert.pem --key tests/golden/hub-key.pem");
	assert_true(hub.tls);
	CURL *c = curl_easy_init();
	snprintf(url, sizeof(url), "https://127.0.0.1:%u/v1/manifest", (unsigned)hub.port);
	curl_easy_setopt(c, CURLOPT_URL, url);
	curl_easy_setopt(c, CURLOPT_CAINFO, "tests/golden/hub-cert.pem");
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, &got);
	assert_int_equal(curl_easy_perform(c), CURLE_OK);
	assert_ok(manifest_open(&m, (struct span){got.p, got.n}, keys.root, &none));
	curl_easy_cleanup(c);
	grow_free(&got);
	assert_int_equal(hub_stop(&hub, SIGTERM), 0);
	assert_int_equal(
		hub_refused(f.dir, "--cert tests/golden/hub-key.pem --key tests/golden/hub-key.pem",
			said),
		EXIT_WORLD);
	assert_non_null(strstr(said, "the certificate and its key cannot be used"));
	assert_int_equal(hub_refused(f.dir, "--cert none.pem --key none.pem", said), EXIT_WORLD);
	assert_non_null(strstr(said, "none.pem: "));
	hub_start(&hub, f.dir, "");
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, fresh, done)

static const struct CMUnitTest tests[] = {
	EACH(the_manifest_names_the_roster_and_is_signed_when_it_is_asked_for),
	EACH(head_tells_what_get_would_send),
	EACH(what_is_not_there_is_404),
	EACH(a_wrong_method_is_405_and_told_the_right_one),
	EACH(the_time_is_signed_for_who_asks),
	EACH(health_is_for_people_and_says_nothing_personal),
	EACH(a_new_roster_is_offered_at_once_and_a_patch_soon_after),
	EACH(a_damaged_or_older_roster_is_not_offered),
	EACH(connections_are_kept_for_many_requests),
	EACH(a_folder_is_served_by_one_process_alone),
	EACH(a_port_that_is_taken_is_named),
	EACH(wrong_words_are_wrong_use),
	EACH(what_is_under_way_is_answered_before_the_end),
	EACH(with_a_certificate_the_hub_speaks_https),
};
RUN_TESTS(tests)
