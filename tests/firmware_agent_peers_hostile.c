/* Peers on a LAN where strangers, floods, recordings and false events are: nothing false is taken,
 * and the others go on agreeing. */
#include "test.h"

#include "help/peer_room.h"

static struct room room;

static struct peers_stats stats_of(size_t board)
{
	struct peers_stats s;

	room_stats(&room, board, &s);
	return s;
}

static void say_as(size_t host, const struct peer_datagram *d, const uint8_t *peer_key)
{
	uint8_t key[SEAL_KEY], bytes[PEER_DATAGRAM];

	peer_datagram_key(peer_key, key);
	size_t n = peer_datagram_seal(d, key, bytes);
	memory_lan_say(&room.lan, host, (struct span){bytes, n});
}

/* A bundle with the papers of one device, which the runs follow. */
static struct span bundle_with(
	struct grow *g, const struct wire_device *device, const struct grow *runs)
{
	wire_bundle(g, &device, 1);
	grow_bytes(g, runs->p, runs->n);
	return (struct span){g->p, g->n};
}

TEST(a_stranger_s_datagrams_are_not_heard)
{
	static const uint8_t body[PEER_MARK] = {9, 9, 9};
	uint8_t key[SEAL_KEY];
	struct peer_datagram d = {
		.kind = PEER_BEACON, .counter = 1, .session = 5, .body = {body, PEER_MARK}};
	UNUSED(state);

	room_open(&room, 2, 1);
	room_pass(&room, 1000);
	uint64_t refused = stats_of(0).refused;
	memcpy(key, room.hub.peer_key, SEAL_KEY);
	key[0] ^= 1;
	say_as(8, &d, key);
	room_pass(&room, 1000);
	assert_int_equal(stats_of(0).refused, refused + 1);
	assert_int_equal(stats_of(0).near, 1);
	assert_int_equal(room.lan.calls, 0);
	say_as(8, &d, room.hub.peer_key);
	room_pass(&room, 10);
	assert_int_equal(stats_of(0).near, 2);
	room_close(&room);
}

TEST(a_flood_of_noise_does_not_keep_boards_from_agreeing)
{
	uint8_t noise[1280];
	unsigned seed = 1;
	UNUSED(state);

	room_open(&room, 4, 2);
	room_pass(&room, 500);
	for (size_t i = 0; i < 500; i++) {
		for (size_t j = 0; j < 40; j++) {
			seal_random(noise, sizeof(noise));
			memory_lan_say(&room.lan, 8,
				(struct span){noise, (size_t)rand_r(&seed) % sizeof(noise)});
		}
		if (i % 50 == 0)
			room_write(&room, i / 50 % 4, 2, true);
		room_pass(&room, ROOM_STEP_MS);
	}
	assert_in_range(room_until_agreed(&room, 20000), 0, 2000);
	assert_int_equal(room_events(&room, 3), 20);
	assert_true(stats_of(0).refused > 10000);
	room_close(&room);
}

TEST(a_recorded_datagram_is_taken_once)
{
	struct lan_datagram recorded;
	UNUSED(state);

	room_open(&room, 2, 3);
	room_pass(&room, 1000);
	room_write(&room, 0, 1, true);
	recorded = room.lan.last;
	room_pass(&room, 1000);
	uint64_t heard = stats_of(1).heard, refused = stats_of(1).refused;
	size_t judged = room.boards[1].judged;
	room.lan.hosts[0].part = 1;
	for (size_t i = 0; i < 100; i++)
		memory_lan_say(&room.lan, 8, (struct span){recorded.bytes, recorded.n});
	room_pass(&room, 10);
	assert_int_equal(stats_of(1).heard, heard);
	assert_int_equal(stats_of(1).refused, refused + 100);
	assert_int_equal(room.boards[1].judged, judged);
	room_close(&room);
}

/* What comes of saying n bytes to a board that somebody called: how many it says after its
 * challenge. */
static size_t answer_to(const uint8_t *bytes, size_t n)
{
	static uint8_t back[1 << 16];
	int stream = memory_lan_call(&room.lan, 8, 0);

	assert_true(stream >= 0);
	room_pass(&room, 10);
	assert_int_equal(memory_lan_read(&room.lan, stream, back, sizeof(back)), PEER_CHALLENGE);
	for (size_t at = 0; at < n;) {
		size_t put = memory_lan_write(&room.lan, stream, (struct span){bytes + at, n - at});
		at += put;
		room_pass(&room, ROOM_STEP_MS);
		if (put == 0 || memory_lan_over(&room.lan, stream))
			break;
	}
	room_pass(&room, 5000);
	assert_true(memory_lan_over(&room.lan, stream));
	size_t got = memory_lan_read(&room.lan, stream, back, sizeof(back));
	memory_lan_hang_up(&room.lan, stream);
	return got;
}

TEST(a_stranger_who_calls_learns_nothing_and_is_hung_up_on)
{
	static uint8_t bytes[200 << 10];
	UNUSED(state);

	room_open(&room, 1, 4);
	room_write(&room, 0, 10, true);
	assert_int_equal(answer_to(bytes, 0), 0);
	assert_int_equal(answer_to(bytes, 3), 0);
	assert_int_equal(answer_to(bytes, sizeof(bytes)), 0); /* a frame of length 0 */
	store_u32(bytes, UINT32_MAX);
	assert_int_equal(answer_to(bytes, sizeof(bytes)), 0);
	store_u32(bytes, 100);
	assert_int_equal(answer_to(bytes, 104), 0);
	assert_int_equal(answer_to(bytes, 50), 0);
	store_u32(bytes, PEER_ASK_MAX);
	assert_int_equal(answer_to(bytes, PEER_ASK_MAX + 4), 0);
	assert_int_equal(stats_of(0).answered, 0);
	room_close(&room);
}

static void write_ask(struct grow *out, const uint8_t *challenge, const uint8_t *peer_key)
{
	const struct peer_place place = {0};
	uint8_t key[SEAL_KEY];

	peer_pull_key(peer_key, challenge, key);
	(void)peer_frame_seal(out, &place, key, span_of("deviceid"));
}

TEST(a_recorded_ask_is_answered_once)
{
	static uint8_t back[1 << 16];
	struct grow ask = {0};
	UNUSED(state);

	room_open(&room, 1, 5);
	room_write(&room, 0, 10, true);
	int stream = memory_lan_call(&room.lan, 8, 0);
	room_pass(&room, 10);
	assert_int_equal(memory_lan_read(&room.lan, stream, back, sizeof(back)), PEER_CHALLENGE);
	write_ask(&ask, back, room.hub.peer_key);
	assert_int_equal(memory_lan_write(&room.lan, stream, (struct span){ask.p, ask.n}), ask.n);
	room_pass(&room, 100);
	assert_true(memory_lan_read(&room.lan, stream, back, sizeof(back)) > 10 * EVENT_BYTES);
	assert_true(memory_lan_over(&room.lan, stream));
	memory_lan_hang_up(&room.lan, stream);
	assert_int_equal(stats_of(0).answered, 1);
	assert_int_equal(answer_to(ask.p, ask.n), 0);
	assert_int_equal(stats_of(0).answered, 1);
	grow_free(&ask);
	room_close(&room);
}

/* They call again as soon as they are hung up on. */
static void callers_pass(int *streams, size_t n, int64_t ms)
{
	for (int64_t end = room.now_ms + ms; room.now_ms < end;) {
		for (size_t i = 0; i < n; i++) {
			if (streams[i] >= 0 && !memory_lan_over(&room.lan, streams[i]))
				continue;
			if (streams[i] >= 0)
				memory_lan_hang_up(&room.lan, streams[i]);
			streams[i] = memory_lan_call(&room.lan, 8, 0);
		}
		room_pass(&room, 20);
	}
}

TEST(callers_who_say_nothing_do_not_keep_others_out)
{
	int streams[12];
	UNUSED(state);

	room_open(&room, 2, 6);
	room_pass(&room, 1000);
	memset(streams, 0xff, sizeof(streams));
	callers_pass(streams, COUNT(streams), 1000);
	for (size_t i = 0; i < 20; i++) {
		room_write(&room, 0, 30, true); /* too long for a datagram: must be pulled */
		callers_pass(streams, COUNT(streams), 1000);
	}
	assert_int_equal(room_events(&room, 1), 600);
	for (size_t i = 0; i < COUNT(streams); i++)
		if (streams[i] >= 0)
			memory_lan_hang_up(&room.lan, streams[i]);
	room_close(&room);
}

TEST(news_said_again_cost_no_judge)
{
	struct wire_board journal;
	struct grow runs = {0}, bundle = {0};
	struct peer_datagram d = {.kind = PEER_NEWS, .session = 5, .device = "someone"};
	UNUSED(state);

	room_open(&room, 1, 13);
	wire_board(&journal, &room.boards[3].device, 60);
	wire_run(&journal, 1, 2, &runs);
	d.body = bundle_with(&bundle, &room.boards[3].device, &runs);
	for (d.counter = 1; d.counter <= 10; d.counter++) {
		say_as(8, &d, room.hub.peer_key);
		room_pass(&room, 10);
	}
	assert_int_equal(room_events(&room, 0), 2);
	assert_int_equal(room.boards[0].judged, 1);
	grow_free(&runs);
	grow_free(&bundle);
	room_close(&room);
}

/* A device of another hub has the peer key, as if it had been stolen: it signs in vain. */
TEST(events_of_a_false_device_are_put_aside_and_not_asked_for_again)
{
	struct wire_hub other;
	struct wire_device thief;
	struct wire_board journal;
	struct grow runs = {0}, bundle = {0};
	UNUSED(state);

	room_open(&room, 2, 7);
	wire_hub(&other, 2, 1);
	wire_device(&thief, &other, 99);
	wire_board(&journal, &thief, 50);
	wire_run(&journal, 1, 1, &runs);
	struct peer_datagram d = {
		.kind = PEER_NEWS, .session = 5, .counter = 1, .port = LAN_PORT + 8};
	memcpy(d.device, thief.id, PAPER_DEVICE);
	d.body = bundle_with(&bundle, &thief, &runs);
	say_as(8, &d, room.hub.peer_key);
	room_pass(&room, 100);
	assert_int_equal(room.boards[0].put_aside, 1);
	assert_int_equal(room_events(&room, 0), 0);

	uint8_t mark[PEER_MARK];
	struct sink k = sink_on(mark, sizeof(mark));
	struct store_head head = {.id = journal.last};
	memcpy(head.board, journal.id, EVENT_BOARD);
	memcpy(head.hash, journal.hash, EVENT_HASH);
	peer_mark_write(&k, &head);
	for (uint64_t i = 2; i < 40; i++) {
		struct peer_datagram beacon = {.kind = PEER_BEACON,
			.session = 5,
			.counter = i,
			.port = LAN_PORT + 8,
			.body = {mark, k.n}};
		memcpy(beacon.device, thief.id, PAPER_DEVICE);
		say_as(8, &beacon, room.hub.peer_key);
		room_pass(&room, 500);
	}
	assert_int_equal(room.lan.calls, 0);
	assert_int_equal(room.boards[0].put_aside, 1);
	grow_free(&runs);
	grow_free(&bundle);
	room_close(&room);
}

/* The neighbour has them in its store (it knows no better) and gives them when asked. */
TEST(what_was_pulled_and_not_believed_is_not_pulled_again)
{
	struct wire_hub other;
	struct wire_device thief;
	struct wire_board journal;
	struct grow runs = {0};
	UNUSED(state);

	room_open(&room, 2, 8);
	wire_hub(&other, 2, 1);
	wire_device(&thief, &other, 99);
	room.boards[7].device = thief; /* its papers are given along */
	wire_board(&journal, &thief, 50);
	wire_run(&journal, 1, 20, &runs);
	room_give(&room, 0, (struct span){runs.p, runs.n});
	room_pass(&room, 20000);
	assert_in_range(room.boards[1].put_aside, 1, 3);
	room_write(&room, 0, 20, true);
	room_pass(&room, 5000);
	assert_int_equal(room_events(&room, 1), 20);
	assert_in_range(room.boards[1].put_aside, 1, 3);
	grow_free(&runs);
	room_close(&room);
}

TEST(two_histories_of_one_board_stay_apart)
{
	struct wire_board clone;
	struct grow runs = {0};
	UNUSED(state);

	room_open(&room, 2, 9);
	room.lan.hosts[1].part = 1;
	room_write(&room, 0, 2, true);
	wire_board(&clone, &room.boards[0].device, 1);
	struct event e[2] = {wire_event(EVENT_ARRIVED, 9, 9), wire_event(EVENT_ARRIVED, 8, 9)};
	wire_events(&clone, 1, e, 2, &runs);
	room_give(&room, 1, (struct span){runs.p, runs.n});
	room_pass(&room, 1000);
	room.lan.hosts[1].part = 0;
	room_pass(&room, 20000);
	assert_int_equal(room_events(&room, 0), 2);
	assert_int_equal(room_events(&room, 1), 2);
	assert_false(room_agrees(&room));
	assert_int_equal(room.lan.calls, 0);
	assert_int_equal(stats_of(0).forks, 1);
	/* The longer one is looked at, each time it is told, and is found not to go on from the
	 * other. */
	room_write(&room, 0, 5, true);
	room_pass(&room, 60000);
	assert_int_equal(room_events(&room, 1), 2);
	assert_in_range(room.boards[1].put_aside, 1, 8);
	grow_free(&runs);
	room_close(&room);
}

TEST(a_refused_device_gives_and_gets_nothing)
{
	UNUSED(state);

	room_open(&room, 2, 10);
	room.boards[0].refused = &room.boards[1].device;
	room_write(&room, 1, 1, true);
	room_write(&room, 0, 30, true);
	room_pass(&room, 10000);
	assert_int_equal(room_events(&room, 0), 30);
	assert_int_equal(room_events(&room, 1), 1);
	assert_int_equal(stats_of(0).near, 0);
	assert_int_equal(stats_of(0).answered, 0);
	assert_true(stats_of(1).pulls_failed > 0);
	assert_in_range(stats_of(1).pulls, 1, 10);
	room_close(&room);
}

TEST(a_pull_that_stands_still_is_given_up_and_tried_again)
{
	UNUSED(state);

	room_open(&room, 2, 11);
	room_pass(&room, 1000);
	room_write(&room, 0, 60000, true);
	while (stats_of(1).bytes_in < 100000)
		room_pass(&room, ROOM_STEP_MS);
	room.lan.hosts[1].part = 1;
	room_pass(&room, 10000);
	assert_int_equal(stats_of(1).pulls_failed, 1);
	assert_true(room_events(&room, 1) < 60000);
	room.lan.hosts[1].part = 0;
	assert_in_range(room_until_agreed(&room, 60000), 1, 20000);
	room_close(&room);
}

TEST(a_credential_without_the_peer_key_opens_nothing)
{
	struct credential c;
	struct peers *p;
	UNUSED(state);

	room_open(&room, 1, 12);
	struct span paper = {room.boards[0].device.credential, PAPER_CREDENTIAL};
	assert_ok(credential_open(&c, paper, room.hub.root, 0, NULL));
	struct peers_options o = {
		.credential = &c, .store = room.boards[0].store, .net = &room.lan.hosts[0].net};
	assert_err(peers_open(&p, &o), ERR_DENIED);
	room_close(&room);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stranger_s_datagrams_are_not_heard),
		cmocka_unit_test(a_flood_of_noise_does_not_keep_boards_from_agreeing),
		cmocka_unit_test(a_recorded_datagram_is_taken_once),
		cmocka_unit_test(a_stranger_who_calls_learns_nothing_and_is_hung_up_on),
		cmocka_unit_test(a_recorded_ask_is_answered_once),
		cmocka_unit_test(callers_who_say_nothing_do_not_keep_others_out),
		cmocka_unit_test(news_said_again_cost_no_judge),
		cmocka_unit_test(events_of_a_false_device_are_put_aside_and_not_asked_for_again),
		cmocka_unit_test(what_was_pulled_and_not_believed_is_not_pulled_again),
		cmocka_unit_test(two_histories_of_one_board_stay_apart),
		cmocka_unit_test(a_refused_device_gives_and_gets_nothing),
		cmocka_unit_test(a_pull_that_stands_still_is_given_up_and_tried_again),
		cmocka_unit_test(a_credential_without_the_peer_key_opens_nothing),
	};

	if (seal_start() != OK)
		return 3;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
