/* What peers say to each other: every bit counts, nothing is taken twice, nothing elsewhere. */
#include "test.h"

#include "help/wire.h"
#include "peer.h"

static const uint8_t key[SEAL_KEY] = {1, 2, 3}, other_key[SEAL_KEY] = {1, 2, 4};

static struct store_head head(uint8_t board, uint32_t epoch, uint64_t seq)
{
	struct store_head h = {.id = {.epoch = epoch, .seq = seq}};

	memset(h.board, board, EVENT_BOARD);
	memset(h.id.board, board, EVENT_BOARD);
	memset(h.hash, board ^ 0x55, EVENT_HASH);
	return h;
}

static size_t sound_beacon(uint8_t out[PEER_DATAGRAM])
{
	static uint8_t body[3 * PEER_MARK];
	struct sink k = sink_on(body, sizeof(body));
	struct peer_datagram d = {
		.kind = PEER_BEACON, .session = 77, .counter = 5, .port = 4242, .device = "device"};

	for (uint8_t i = 1; i <= 3; i++) {
		struct store_head h = head(i, i, 10 * i);
		peer_mark_write(&k, &h);
	}
	assert_false(k.full);
	memset(d.digest, 9, sizeof(d.digest));
	d.body = (struct span){body, k.n};
	return peer_datagram_seal(&d, key, out);
}

TEST(a_beacon_comes_back_as_it_was_said)
{
	uint8_t bytes[PEER_DATAGRAM], plain[PEER_DATAGRAM];
	struct peer_datagram d;
	struct peer_mark m;
	UNUSED(state);

	size_t n = sound_beacon(bytes);
	assert_ok(peer_datagram_open(&d, (struct span){bytes, n}, key, plain));
	assert_int_equal(d.kind, PEER_BEACON);
	assert_memory_equal(d.device, "device\0", PAPER_DEVICE);
	assert_int_equal(d.session, 77);
	assert_int_equal(d.counter, 5);
	assert_int_equal(d.port, 4242);
	assert_int_equal(d.digest[PEER_DIGEST - 1], 9);
	struct cursor c = cursor_at(d.body);
	for (uint8_t i = 1; i <= 3; i++) {
		struct store_head h = head(i, i, 10 * i);
		peer_mark_read(&c, &m);
		assert_int_equal(event_id_compare(&m.id, &h.id), 0);
		assert_memory_equal(m.hash, h.hash, sizeof(m.hash));
	}
	assert_false(c.bad);
	assert_int_equal(c.rest.n, 0);
}

TEST(as_many_heads_fit_a_beacon_as_the_format_says)
{
	static uint8_t body[PEER_BODY];
	uint8_t bytes[PEER_DATAGRAM], plain[PEER_DATAGRAM];
	struct sink k = sink_on(body, sizeof(body));
	struct store_head h = head(1, 1, 1);
	struct peer_datagram d = {.kind = PEER_BEACON, .counter = 1};
	UNUSED(state);

	for (size_t i = 0; i < PEER_MARKS; i++)
		peer_mark_write(&k, &h);
	assert_false(k.full);
	d.body = (struct span){body, k.n};
	size_t n = peer_datagram_seal(&d, key, bytes);
	assert_true(n <= PEER_DATAGRAM);
	assert_ok(peer_datagram_open(&d, (struct span){bytes, n}, key, plain));
	assert_int_equal(d.body.n, PEER_MARKS * PEER_MARK);
}

TEST(a_datagram_of_every_other_length_is_refused)
{
	uint8_t bytes[PEER_DATAGRAM + 1] = {0}, plain[PEER_DATAGRAM];
	static const struct peer_datagram nothing;
	struct peer_datagram d;
	UNUSED(state);

	size_t n = sound_beacon(bytes);
	for (size_t i = 0; i <= PEER_DATAGRAM + 1; i++) {
		if (i == n)
			continue;
		bool cut = i < SEAL_MESSAGE_OVERHEAD + PEER_HEAD || i > PEER_DATAGRAM;
		assert_err(peer_datagram_open(&d, (struct span){bytes, i}, key, plain),
			cut ? ERR_FORMAT : ERR_FORGED);
		assert_memory_equal(&d, &nothing, sizeof(d));
	}
}

TEST(every_bit_of_a_datagram_counts)
{
	uint8_t bytes[PEER_DATAGRAM], plain[PEER_DATAGRAM];
	struct peer_datagram d;
	UNUSED(state);

	size_t n = sound_beacon(bytes);
	for (size_t bit = 0; bit < n * 8; bit++) {
		bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_err(peer_datagram_open(&d, (struct span){bytes, n}, key, plain), ERR_FORGED);
		bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	assert_err(peer_datagram_open(&d, (struct span){bytes, n}, other_key, plain), ERR_FORGED);
	assert_ok(peer_datagram_open(&d, (struct span){bytes, n}, key, plain));
}

TEST(a_datagram_that_the_key_s_holder_made_wrong_is_refused)
{
	static const uint8_t body[PEER_MARK + 1];
	uint8_t bytes[PEER_DATAGRAM], plain[PEER_DATAGRAM];
	const struct peer_datagram wrong[] = {
		{.kind = 0, .counter = 1},
		{.kind = 3, .counter = 1},
		{.kind = PEER_BEACON, .counter = 0},
		{.kind = PEER_BEACON, .counter = 1, .body = {body, PEER_MARK + 1}},
		{.kind = PEER_BEACON, .counter = 1, .body = {body, PEER_MARK - 1}},
	};
	struct peer_datagram d;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(wrong); i++) {
		size_t n = peer_datagram_seal(&wrong[i], key, bytes);
		assert_err(peer_datagram_open(&d, (struct span){bytes, n}, key, plain), ERR_FORMAT);
	}
}

TEST(another_peer_key_gives_other_keys)
{
	static const uint8_t challenge[PEER_CHALLENGE] = {1}, another[PEER_CHALLENGE] = {2};
	uint8_t keys[4][SEAL_KEY];
	UNUSED(state);

	peer_datagram_key(key, keys[0]);
	peer_datagram_key(other_key, keys[1]);
	peer_pull_key(key, challenge, keys[2]);
	peer_pull_key(key, another, keys[3]);
	for (size_t i = 0; i < 4; i++)
		for (size_t j = 0; j < i; j++)
			assert_memory_not_equal(keys[i], keys[j], SEAL_KEY);
}

TEST(a_counter_is_taken_once_in_any_order)
{
	struct peer_window w = {0};
	UNUSED(state);

	assert_true(peer_window_take(&w, 1));
	assert_false(peer_window_take(&w, 1));
	assert_true(peer_window_take(&w, 5));
	for (uint64_t i = 2; i < 5; i++) {
		assert_true(peer_window_take(&w, i));
		assert_false(peer_window_take(&w, i));
	}
	assert_true(peer_window_take(&w, 100));
	assert_true(peer_window_take(&w, 37)); /* 63 below */
	assert_false(peer_window_take(&w, 37));
	assert_false(peer_window_take(&w, 36)); /* 64 below: too far to know */
	assert_true(peer_window_take(&w, UINT64_MAX));
	assert_false(peer_window_take(&w, 100));
	assert_false(peer_window_take(&w, UINT64_MAX));
}

TEST(the_digest_tells_equal_heads_from_others)
{
	struct store_head heads[] = {head(1, 1, 1), head(2, 2, 2)};
	uint8_t first[PEER_DIGEST], second[PEER_DIGEST];
	UNUSED(state);

	peer_digest(heads, 2, first);
	peer_digest(heads, 2, second);
	assert_memory_equal(first, second, PEER_DIGEST);
	uint8_t *const parts[] = {heads[1].board, (uint8_t *)&heads[1].id.epoch,
		(uint8_t *)&heads[1].id.seq, &heads[1].hash[EVENT_HASH - 1]};
	for (size_t i = 0; i < COUNT(parts); i++) {
		*parts[i] ^= 1;
		peer_digest(heads, 2, second);
		assert_memory_not_equal(first, second, PEER_DIGEST);
		*parts[i] ^= 1;
	}
	peer_digest(heads, 1, second);
	assert_memory_not_equal(first, second, PEER_DIGEST);
}

static enum err open_frame(const struct grow *g, const struct peer_place *at, uint8_t *plain)
{
	size_t n;

	assert_true(g->n >= PEER_FRAME_HEAD);
	assert_ok(peer_frame_length(g->p, g->n, &n));
	assert_int_equal(n, g->n - PEER_FRAME_HEAD);
	return peer_frame_open((struct span){g->p + PEER_FRAME_HEAD, n}, at, key, plain);
}

TEST(a_frame_opens_in_its_own_place_only)
{
	const struct peer_place ask = {0}, first = {.answer = true, .ask = "nonce"},
				second = {.answer = true, .number = 1, .ask = "nonce"},
				another = {.answer = true, .ask = "other"};
	const struct peer_place *const places[] = {&ask, &first, &second, &another};
	uint8_t plain[64];
	UNUSED(state);

	for (size_t i = 0; i < COUNT(places); i++) {
		struct grow g = {0};
		assert_int_equal(peer_frame_seal(&g, places[i], key, span_of("hello")), 4);
		for (size_t j = 0; j < COUNT(places); j++)
			assert_err(open_frame(&g, places[j], plain), i == j ? OK : ERR_FORGED);
		for (size_t bit = PEER_FRAME_HEAD * 8; bit < g.n * 8; bit++) {
			g.p[bit / 8] ^= (uint8_t)(1 << bit % 8);
			assert_err(open_frame(&g, places[i], plain), ERR_FORGED);
			g.p[bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
		assert_ok(open_frame(&g, places[i], plain));
		assert_memory_equal(plain, "hello", 5);
		grow_free(&g);
	}
}

TEST(a_frame_that_would_be_empty_or_too_long_is_refused_by_its_length)
{
	uint8_t bytes[PEER_FRAME_HEAD];
	size_t n;
	UNUSED(state);

	store_u32(bytes, SEAL_MESSAGE_OVERHEAD);
	assert_err(peer_frame_length(bytes, 100, &n), ERR_FORMAT);
	store_u32(bytes, SEAL_MESSAGE_OVERHEAD + 1);
	assert_ok(peer_frame_length(bytes, 100, &n));
	store_u32(bytes, SEAL_MESSAGE_OVERHEAD + 100);
	assert_ok(peer_frame_length(bytes, 100, &n));
	store_u32(bytes, SEAL_MESSAGE_OVERHEAD + 101);
	assert_err(peer_frame_length(bytes, 100, &n), ERR_FORMAT);
	store_u32(bytes, UINT32_MAX);
	assert_err(peer_frame_length(bytes, PEER_ANSWER_MAX, &n), ERR_FORMAT);
}

static size_t sound_ask(uint8_t *out, size_t cap, size_t heads)
{
	struct sink k = sink_on(out, cap);

	sink_bytes(&k, "deviceid", PAPER_DEVICE);
	for (size_t i = 0; i < heads; i++) {
		sink_fill(&k, 0, EVENT_BOARD - 2);
		sink_u8(&k, (uint8_t)(i >> 8));
		sink_u8(&k, (uint8_t)i);
		sink_u32(&k, (uint32_t)i + 1);
		sink_u64(&k, i * 2 + 1);
	}
	assert_false(k.full);
	return k.n;
}

TEST(an_ask_tells_how_far_its_sender_has_come_with_each_board)
{
	uint8_t bytes[PAPER_DEVICE + 300 * PEER_ASKED], board[EVENT_BOARD] = {0};
	struct peer_ask a;
	UNUSED(state);

	size_t n = sound_ask(bytes, sizeof(bytes), 300);
	assert_ok(peer_ask_open(&a, (struct span){bytes, n}));
	assert_int_equal(a.n, 300);
	assert_memory_equal(a.device, "deviceid", PAPER_DEVICE);
	for (size_t i = 0; i < 300; i++) {
		board[EVENT_BOARD - 2] = (uint8_t)(i >> 8);
		board[EVENT_BOARD - 1] = (uint8_t)i;
		struct event_id id = peer_ask_head(&a, board);
		assert_int_equal(id.epoch, i + 1);
		assert_int_equal(id.seq, i * 2 + 1);
	}
	board[0] = 1;
	assert_int_equal(peer_ask_head(&a, board).epoch, 0);
	assert_memory_equal(peer_ask_head(&a, board).board, board, EVENT_BOARD);
}

TEST(an_ask_that_is_cut_out_of_order_or_too_long_is_refused)
{
	static uint8_t bytes[PEER_ASK_MAX + PEER_ASKED];
	struct peer_ask a;
	UNUSED(state);

	size_t n = sound_ask(bytes, sizeof(bytes), 3);
	for (size_t i = 0; i < n; i++) {
		bool whole = i >= PAPER_DEVICE && (i - PAPER_DEVICE) % PEER_ASKED == 0;
		assert_err(peer_ask_open(&a, (struct span){bytes, i}), whole ? OK : ERR_FORMAT);
	}
	bytes[PAPER_DEVICE + EVENT_BOARD - 1] = 1; /* the first board is the second now */
	assert_err(peer_ask_open(&a, (struct span){bytes, n}), ERR_FORMAT);
	n = sound_ask(bytes, sizeof(bytes), PEER_ASKED_MAX);
	assert_ok(peer_ask_open(&a, (struct span){bytes, n}));
	n = sound_ask(bytes, sizeof(bytes), PEER_ASKED_MAX + 1);
	assert_err(peer_ask_open(&a, (struct span){bytes, n}), ERR_FORMAT);
}

TEST(an_answer_is_a_bundle_or_the_last_word)
{
	static const uint8_t bundle[] = {1, 'b'}, last[] = {2, 0}, more[] = {2, 1};
	static const uint8_t wrong[][3] = {{0, 0, 0}, {3, 0, 0}, {2, 2, 0}, {2, 0, 0}};
	struct peer_answer a;
	UNUSED(state);

	assert_ok(peer_answer_open(&a, (struct span){bundle, 2}));
	assert_int_equal(a.bundle.n, 1);
	assert_false(a.last);
	assert_ok(peer_answer_open(&a, (struct span){last, 2}));
	assert_true(a.last && !a.more);
	assert_ok(peer_answer_open(&a, (struct span){more, 2}));
	assert_true(a.last && a.more);
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_err(
			peer_answer_open(&a, (struct span){wrong[i], i < 3 ? 2 : 3}), ERR_FORMAT);
	assert_err(peer_answer_open(&a, (struct span){bundle, 1}), ERR_FORMAT);
	assert_err(peer_answer_open(&a, (struct span){last, 1}), ERR_FORMAT);
	assert_err(peer_answer_open(&a, (struct span){last, 0}), ERR_FORMAT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_beacon_comes_back_as_it_was_said),
		cmocka_unit_test(as_many_heads_fit_a_beacon_as_the_format_says),
		cmocka_unit_test(a_datagram_of_every_other_length_is_refused),
		cmocka_unit_test(every_bit_of_a_datagram_counts),
		cmocka_unit_test(a_datagram_that_the_key_s_holder_made_wrong_is_refused),
		cmocka_unit_test(another_peer_key_gives_other_keys),
		cmocka_unit_test(a_counter_is_taken_once_in_any_order),
		cmocka_unit_test(the_digest_tells_equal_heads_from_others),
		cmocka_unit_test(a_frame_opens_in_its_own_place_only),
		cmocka_unit_test(a_frame_that_would_be_empty_or_too_long_is_refused_by_its_length),
		cmocka_unit_test(an_ask_tells_how_far_its_sender_has_come_with_each_board),
		cmocka_unit_test(an_ask_that_is_cut_out_of_order_or_too_long_is_refused),
		cmocka_unit_test(an_answer_is_a_bundle_or_the_last_word),
	};

	if (seal_start() != OK)
		return 3;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
