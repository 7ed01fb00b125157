/* Events at the hub: what is taken, what is told, what is kept aside, and what others get. */
#include "commands.h"
#include "help/event_folder.h"
#include "help/hub_process.h"
#include "hex.h"
#include "manifest.h"
#include "protocol.h"
#include "test.h"

#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

static struct event_folder f;
static struct hub_process hub;
static struct hub_reply reply;
static struct keys keys;
static struct hub_board a, b;
static struct grow bundle;

static int fresh(void **state)
{
	UNUSED(state);
	event_folder_make(&f);
	if (event_run(&f, &verb_build, "DIR") != EXIT_DONE || keys_load(&keys, f.dir))
		return -1;
	hub_board_enrol(&a, f.dir, 1);
	hub_board_enrol(&b, f.dir, 2);
	hub_start(&hub, f.dir, "");
	return 0;
}

static int done(void **state)
{
	UNUSED(state);
	hub_reply_free(&reply);
	grow_free(&bundle);
	bundle = (struct grow){0};
	int status = hub_stop(&hub, SIGTERM);
	event_folder_remove(&f);
	return status;
}

/* Where the hub knows who asked, its answer is vouched for: nobody on the way made it up. */
static void assert_vouched(
	const struct hub_board *by, const char *method, const char *target, struct span body)
{
	const char *mac = hub_header(&reply, PROTOCOL_HEADER_MAC), *value;
	uint8_t request[PROTOCOL_MAC], want[PROTOCOL_MAC];
	char digits[2 * PROTOCOL_MAC + 1], said[2 * PROTOCOL_MAC + 1], cursor[STORE_CURSOR_TEXT];

	if (!mac) {
		assert_true(reply.status != 200 && reply.status != 409);
		return;
	}
	snprintf(said, sizeof(said), "%s", mac);
	value = hub_header(&reply, PROTOCOL_HEADER_CURSOR);
	snprintf(cursor, sizeof(cursor), "%s", value ? value : "");
	value = hub_header(&reply, PROTOCOL_HEADER_MORE);
	struct protocol_answer answer = {.status = (unsigned)reply.status,
		.more = value && *value == '1',
		.cursor = cursor,
		.body = reply.status == 403 ? (struct span){NULL, 0} : reply.body};
	protocol_mac(by->pair, method, target, body, request);
	protocol_answer_mac(by->pair, request, &answer, want);
	hex_write((struct span){want, sizeof(want)}, digits);
	assert_string_equal(said, digits);
}

static void ask(
	const struct hub_board *by, const char *method, const char *target, struct span body)
{
	hub_reply_free(&reply);
	hub_ask(&hub, method, target, body, by, &reply);
	assert_vouched(by, method, target, body);
}

static void post(const struct hub_board *by)
{
	ask(by, "POST", "/v1/events", (struct span){bundle.p, bundle.n});
}

/* The board writes n more events and sends them. */
static void send_more(struct hub_board *by, size_t n)
{
	bundle.n = 0;
	hub_board_write(by, n, &bundle);
	post(by);
}

static void fetch(const struct hub_board *by, const char *cursor)
{
	char target[1024];

	snprintf(target, sizeof(target), "/v1/events?after=%s", cursor);
	ask(by, "GET", target, (struct span){NULL, 0});
}

static void assert_refused(int status, const char *why)
{
	char json[256];

	snprintf(json, sizeof(json), "{\"error\":\"%s\"}\n", why);
	assert_int_equal(reply.status, status);
	assert_int_equal(reply.body.n, strlen(json));
	assert_memory_equal(reply.body.p, json, strlen(json));
}

/* The one mark of the answer. */
static void assert_mark(const struct hub_board *of, uint64_t seq)
{
	struct cursor c = cursor_at(reply.body);

	assert_int_equal(reply.body.n, PROTOCOL_MARK);
	assert_memory_equal(cursor_bytes(&c, EVENT_BOARD).p, of->journal.id, EVENT_BOARD);
	assert_int_equal(cursor_u32(&c), seq ? 1 : 0);
	assert_int_equal(cursor_u64(&c), seq);
	if (seq == of->journal.last.seq)
		assert_memory_equal(c.rest.p, of->journal.hash, EVENT_HASH);
	assert_string_equal(hub_header(&reply, PROTOCOL_HEADER_SEQUENCE), "1");
}

static uint64_t quarantined(void)
{
	struct store *s = hub_store(f.dir);
	struct store_stats stats;

	assert_ok(s->kind->stats(s, &stats));
	store_close(s);
	return stats.quarantined;
}

TEST(what_is_acknowledged_is_in_the_store)
{
	UNUSED(state);
	send_more(&a, 3);
	assert_int_equal(reply.status, 200);
	assert_mark(&a, 3);
	assert_int_equal(hub_head(f.dir, &a).id.seq, 3);
	send_more(&a, 1000);
	assert_int_equal(reply.status, 200);
	assert_mark(&a, 1003);
	assert_int_equal(hub_head(f.dir, &a).id.seq, 1003);
}

/* The organiser who waits for a board sees it in the list, though other contacts are noted in turn. */
static bool is_noted(void *arg)
{
	const struct hub_board *want = arg;
	struct store *s = hub_store(f.dir);
	struct grow all = {0};
	bool found = false;

	assert_ok(boards_seen_load(s, &all));
	for (size_t i = 0; i < GROW_COUNT(&all, struct board_seen); i++)
		found |= memcmp(GROW_ARRAY(&all, struct board_seen)[i].device, want->device.id,
				 PAPER_DEVICE) == 0;
	grow_free(&all);
	store_close(s);
	return found;
}

TEST(the_first_contact_of_a_board_is_noted_at_once)
{
	send_more(&a, 1);
	send_more(&b, 1);
	assert_true(hub_wait(is_noted, &a));
	assert_true(hub_wait(is_noted, &b));
}

TEST(the_same_upload_again_changes_nothing)
{
	struct store_stats stats;
	UNUSED(state);

	send_more(&a, 3);
	post(&a);
	assert_int_equal(reply.status, 200);
	assert_mark(&a, 3);
	struct store *s = hub_store(f.dir);
	assert_ok(s->kind->stats(s, &stats));
	assert_int_equal(stats.events, 3);
	assert_int_equal(stats.runs, 1);
	store_close(s);
}

TEST(an_empty_upload_introduces_a_board_and_is_told_nothing)
{
	UNUSED(state);
	send_more(&a, 0);
	assert_int_equal(reply.status, 200);
	assert_int_equal(reply.body.n, 0);
	assert_string_equal(hub_header(&reply, PROTOCOL_HEADER_SEQUENCE), "1");
}

TEST(who_does_not_say_who_speaks_is_not_heard)
{
	UNUSED(state);
	hub_board_write(&a, 1, &bundle);
	post(NULL);
	assert_refused(401, "Authorization: Foyer DEVICE MAC is wanted");
	post(&a);
	assert_int_equal(reply.status, 200);
	/* Another's MAC, and a MAC of other bytes. */
	struct hub_board liar = a;
	memcpy(liar.pair, b.pair, SEAL_KEY);
	post(&liar);
	assert_refused(401, "the MAC does not hold");
	struct grow request = {0};
	hub_request(&request, "POST", "/v1/events", (struct span){bundle.p, bundle.n}, &a);
	request.p[request.n - 1] ^= 1;
	int fd = hub_dial(&hub);
	hub_send(fd, (struct span){request.p, request.n});
	hub_reply_free(&reply);
	hub_read(fd, false, &reply);
	assert_refused(401, "the MAC does not hold");
	close(fd);
	grow_free(&request);
}

TEST(a_device_that_the_store_does_not_know_is_kept_aside)
{
	struct hub_board stranger;
	UNUSED(state);

	hub_board_make(&stranger, f.dir, 9);
	send_more(&stranger, 2);
	assert_refused(403, "this device is not believed; what it sent is kept aside");
	assert_int_equal(quarantined(), 1);
	assert_int_equal(hub_head(f.dir, &stranger).id.epoch, 0);
	fetch(&stranger, "");
	assert_refused(401, "this device is not known here");
}

TEST(a_device_of_another_event_is_not_even_kept)
{
	struct hub_board stranger;
	struct wire_hub other;
	UNUSED(state);

	hub_board_make(&stranger, f.dir, 9);
	wire_hub(&other, 3, 1);
	wire_device(&stranger.device, &other, 9);
	send_more(&stranger, 2);
	assert_refused(401, "this device is not known here");
	assert_int_equal(quarantined(), 0);
}

TEST(a_revoked_board_is_refused_and_what_it_sends_is_kept)
{
	const struct manifest_floor none = {0};
	struct manifest m;
	UNUSED(state);

	send_more(&a, 1);
	assert_int_equal(reply.status, 200);
	char device[2 * PAPER_DEVICE + 1], words[64];
	hex_write((struct span){a.device.id, PAPER_DEVICE}, device);
	snprintf(words, sizeof(words), "DIR %s", device);
	if (event_run(&f, &verb_revoke, words) != EXIT_DONE)
		fail_msg("%s", f.talked);
	/* The hub looks at its notes once a second; until then the board is what it was. */
	int64_t until = clock_now().boot_ms + 10000;
	do
		send_more(&a, 1);
	while (reply.status == 200 && clock_now().boot_ms < until);
	assert_refused(403, "this device is not believed; what it sent is kept aside");
	assert_string_equal(hub_header(&reply, PROTOCOL_HEADER_SEQUENCE), "1");
	assert_non_null(hub_header(&reply, PROTOCOL_HEADER_MAC));
	assert_true(quarantined() >= 1);
	uint64_t kept = quarantined();
	post(&a);
	assert_int_equal(reply.status, 403);
	assert_int_equal(quarantined(), kept);
	fetch(&a, "");
	assert_refused(403, "this device is not believed");
	hub_reply_free(&reply);
	hub_get(&hub, "/v1/manifest", &reply);
	assert_ok(manifest_open(&m, reply.body, keys.root, &none));
	assert_int_equal(m.revoked_count, 1);
	assert_true(manifest_revokes(&m, a.device.id));
	assert_false(manifest_revokes(&m, b.device.id));
}

TEST(a_run_after_a_gap_is_told_where_to_go_on)
{
	UNUSED(state);
	send_more(&a, 2);
	bundle.n = 0;
	hub_board_write(&a, 2, &bundle); /* never sent */
	send_more(&a, 2);
	assert_int_equal(reply.status, 409);
	assert_mark(&a, 2);
	assert_int_equal(hub_head(f.dir, &a).id.seq, 2);
	assert_int_equal(quarantined(), 0);
}

TEST(another_history_of_a_board_is_an_alarm)
{
	struct hub_board twin;
	UNUSED(state);

	send_more(&a, 2);
	twin = a;
	send_more(&a, 2);
	assert_int_equal(reply.status, 200);
	/* Other events after the same beginning. */
	struct event other = wire_event(EVENT_ENTERED, 9, 9);
	const struct wire_device *speaker = &twin.device;
	bundle.n = 0;
	twin.journal.device = speaker;
	wire_bundle(&bundle, &speaker, 1);
	wire_events(&twin.journal, 1, &other, 1, &bundle);
	post(&twin);
	assert_int_equal(reply.status, 409);
	assert_mark(&a, 4);
	assert_int_equal(quarantined(), 1);
	struct store_head head = hub_head(f.dir, &a);
	assert_memory_equal(head.hash, a.journal.hash, EVENT_HASH);
}

TEST(a_torn_upload_is_refused_whole)
{
	UNUSED(state);
	hub_board_write(&a, 3, &bundle);
	wire_run(&a.journal, 1, 3, &bundle);
	bundle.n--;
	post(&a);
	assert_refused(400, "the body is no bundle of whole runs");
	assert_int_equal(hub_head(f.dir, &a).id.epoch, 0);
	bundle.n = 5;
	post(&a);
	assert_refused(400, "the body is no bundle of whole runs");
	bundle.n = 0;
	post(&a);
	assert_refused(400, "the body is no bundle of whole runs");
	/* In one turn with it others are served. */
	send_more(&b, 1);
	assert_int_equal(reply.status, 200);
}

TEST(a_relayed_run_is_taken_with_its_certificate_and_signature)
{
	const struct wire_device *both[2];
	UNUSED(state);

	both[0] = &a.device;
	both[1] = &b.device;
	b.journal.device = &b.device;
	wire_bundle(&bundle, both, 2);
	wire_run(&b.journal, 1, 4, &bundle);
	post(&a);
	assert_int_equal(reply.status, 200);
	assert_mark(&b, 4);
	assert_int_equal(hub_head(f.dir, &b).id.seq, 4);
}

TEST(a_relayed_run_without_certificate_or_signature_is_kept_aside)
{
	const struct wire_device *both[2];
	UNUSED(state);

	both[0] = &a.device;
	both[1] = &b.device;
	b.journal.device = &b.device;
	wire_bundle(&bundle, both, 1);
	wire_run(&b.journal, 1, 4, &bundle);
	post(&a);
	assert_int_equal(reply.status, 200);
	assert_mark(&b, 0);
	assert_int_equal(quarantined(), 1);
	hub_board_enrol(&b, f.dir, 2);
	b.journal.device = &b.device;
	bundle.n = 0;
	wire_bundle(&bundle, both, 2);
	wire_run(&b.journal, 1, 3, &bundle);
	bundle.p[bundle.n - 1] ^= 1;
	post(&a);
	assert_int_equal(reply.status, 200);
	assert_mark(&b, 0);
	assert_int_equal(quarantined(), 2);
	assert_int_equal(hub_head(f.dir, &b).id.epoch, 0);
}

static bool is_gone(void *arg)
{
	const struct hub_board *board = arg;
	char target[64], device[2 * PAPER_DEVICE + 1];

	hex_write((struct span){board->device.id, PAPER_DEVICE}, device);
	snprintf(target, sizeof(target), "/v1/board/%s", device);
	hub_reply_free(&reply);
	hub_get(&hub, target, &reply);
	return reply.status == 404;
}

TEST(a_board_that_signs_what_does_not_hold_is_found_out)
{
	UNUSED(state);
	hub_board_write(&a, 2, &bundle);
	bundle.p[bundle.n - 1] ^= 1;
	post(&a);
	/* Its MAC says that it came from the board; the signature is looked at a little later. */
	assert_int_equal(reply.status, 200);
	assert_false(is_gone(&b));
	assert_true(hub_wait(is_gone, &a));
	send_more(&a, 1);
	assert_int_equal(reply.status, 403);
	assert_int_equal(quarantined(), 1);
	send_more(&b, 1);
	assert_int_equal(reply.status, 200);
	assert_int_equal(hub_stop(&hub, SIGTERM), 0);
	hub_start(&hub, f.dir, "");
	send_more(&a, 1);
	assert_int_equal(reply.status, 403);
}

/* Read all that cursor leaves, page by page, into a store of the reader's own. returns: the last cursor */
static size_t read_on(const struct hub_board *by, struct store *into, char cursor[static 1024])
{
	size_t pages = 0;
	bool more;

	do {
		struct bundle got;
		struct run r;
		fetch(by, cursor);
		assert_int_equal(reply.status, 200);
		assert_ok(bundle_open(&got, reply.body));
		while (run_read(&got.runs, &r) == OK) {
			struct store_item item = {.run = r};
			struct certificate c;
			struct span certificate;
			assert_ok(bundle_certificate(&got, r.device, &certificate));
			assert_ok(certificate_open(&c, certificate, keys.root, 1, 0));
			assert_ok(run_verify(&r, c.key));
			assert_ok(into->kind->merge(into, &item, 1));
			assert_ok(item.result);
		}
		assert_false(got.runs.bad);
		more = strcmp(hub_header(&reply, PROTOCOL_HEADER_MORE), "1") == 0;
		const char *next = hub_header(&reply, PROTOCOL_HEADER_CURSOR);
		strcpy(cursor, next ? next : "");
		pages++;
	} while (more);
	return pages;
}

static struct store *reader_store(void)
{
	struct store_options o = {.where = event_path(&f, "reader.db")};
	struct store *s;

	assert_ok(store_sqlite.open(&s, &o));
	return s;
}

TEST(a_reader_gets_every_event_once_and_goes_on_from_its_cursor)
{
	struct store *mine = reader_store();
	struct store_stats stats;
	char cursor[1024] = "";
	UNUSED(state);

	assert_int_equal(read_on(&b, mine, cursor), 1);
	assert_string_equal(cursor, "");
	for (int i = 0; i < 5; i++)
		send_more(&a, 10);
	assert_int_equal(read_on(&b, mine, cursor), 1);
	send_more(&b, 7);
	assert_int_equal(read_on(&b, mine, cursor), 1);
	fetch(&b, cursor);
	assert_int_equal(reply.body.n, BUNDLE_HEAD);
	assert_ok(mine->kind->stats(mine, &stats));
	assert_int_equal(stats.events, 57);
	assert_int_equal(stats.runs, 6);
	store_close(mine);
}

TEST(more_boards_than_a_bundle_has_room_for_come_in_pages)
{
	enum { BOARDS = 150 };
	struct store *mine = reader_store();
	struct store_stats stats;
	char cursor[1024] = "";
	UNUSED(state);

	for (uint8_t i = 0; i < BOARDS; i++) {
		struct hub_board one;
		hub_board_enrol(&one, f.dir, (uint8_t)(i + 10));
		send_more(&one, 1);
		assert_int_equal(reply.status, 200);
	}
	assert_int_equal(read_on(&b, mine, cursor), 3);
	assert_ok(mine->kind->stats(mine, &stats));
	assert_int_equal(stats.events, BOARDS);
	assert_int_equal(stats.boards, BOARDS);
	store_close(mine);
}

TEST(a_long_history_comes_in_pages)
{
	enum { UPLOADS = 50 };
	struct store *mine = reader_store();
	struct store_stats stats;
	char cursor[1024] = "";
	UNUSED(state);

	for (int i = 0; i < UPLOADS; i++) {
		send_more(&a, RUN_EVENTS);
		assert_int_equal(reply.status, 200);
	}
	assert_true(read_on(&b, mine, cursor) > 1);
	assert_ok(mine->kind->stats(mine, &stats));
	assert_int_equal(stats.events, UPLOADS * RUN_EVENTS);
	store_close(mine);
}

TEST(what_is_no_cursor_is_refused)
{
	static const char *const wrong[] = {"x", "0123", "0123456789abcdef",
		"0123456789abcdef:", "0123456789abcdef:x", "0123456789abcdef:1,",
		"0123456789abcdef:-1", "%30", "&after="};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(wrong); i++) {
		fetch(&a, wrong[i]);
		assert_refused(400, "this is no cursor");
	}
	fetch(NULL, "");
	assert_refused(401, "Authorization: Foyer DEVICE MAC is wanted");
}

TEST(a_store_that_is_held_up_promises_nothing)
{
	sqlite3 *db;
	UNUSED(state);

	assert_int_equal(sqlite3_open(event_path(&f, "hub.db"), &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	send_more(&a, 2);
	assert_refused(503, "the store failed; nothing was taken, send it again");
	assert_string_equal(hub_header(&reply, "Retry-After"), "1");
	assert_int_equal(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	post(&a);
	assert_int_equal(reply.status, 200);
	assert_mark(&a, 2);
}

TEST(a_full_disk_ends_the_promises_and_breaks_none)
{
	enum { LARGEST = 600 << 10, TRIES = 200 };
	uint64_t promised = 0;
	UNUSED(state);

	assert_int_equal(hub_stop(&hub, SIGTERM), 0);
	hub_start_full(&hub, f.dir, "", LARGEST);
	for (int i = 0; i < TRIES && reply.status != 503; i++) {
		send_more(&a, 100);
		if (reply.status == 200)
			promised = a.journal.last.seq;
	}
	assert_int_equal(reply.status, 503);
	assert_string_equal(hub_header(&reply, "Retry-After"), "1");
	assert_true(promised > 0);
	/* The roster does not need the disk. */
	hub_reply_free(&reply);
	hub_get(&hub, "/v1/manifest", &reply);
	assert_int_equal(reply.status, 200);
	hub_reply_free(&reply);
	hub_get(&hub, "/v1/health", &reply);
	assert_int_equal(reply.status, 200);
	assert_int_equal(hub_stop(&hub, SIGTERM), 0);
	assert_true(hub_head(f.dir, &a).id.seq >= promised);
	hub_start(&hub, f.dir, "");
	post(&a);
	assert_int_equal(reply.status, 200);
	assert_mark(&a, a.journal.last.seq);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, fresh, done)

static const struct CMUnitTest tests[] = {
	EACH(what_is_acknowledged_is_in_the_store),
	EACH(the_first_contact_of_a_board_is_noted_at_once),
	EACH(the_same_upload_again_changes_nothing),
	EACH(an_empty_upload_introduces_a_board_and_is_told_nothing),
	EACH(who_does_not_say_who_speaks_is_not_heard),
	EACH(a_device_that_the_store_does_not_know_is_kept_aside),
	EACH(a_device_of_another_event_is_not_even_kept),
	EACH(a_revoked_board_is_refused_and_what_it_sends_is_kept),
	EACH(a_run_after_a_gap_is_told_where_to_go_on),
	EACH(another_history_of_a_board_is_an_alarm),
	EACH(a_torn_upload_is_refused_whole),
	EACH(a_relayed_run_is_taken_with_its_certificate_and_signature),
	EACH(a_relayed_run_without_certificate_or_signature_is_kept_aside),
	EACH(a_board_that_signs_what_does_not_hold_is_found_out),
	EACH(a_reader_gets_every_event_once_and_goes_on_from_its_cursor),
	EACH(more_boards_than_a_bundle_has_room_for_come_in_pages),
	EACH(a_long_history_comes_in_pages),
	EACH(what_is_no_cursor_is_refused),
	EACH(a_store_that_is_held_up_promises_nothing),
	EACH(a_full_disk_ends_the_promises_and_breaks_none),
};
RUN_TESTS(tests)
