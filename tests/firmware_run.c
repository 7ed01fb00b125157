/* Runs and bundles: signed stretches of a board's chain, as they travel and as they are kept. */
#include "test.h"

#include "help/golden.h"
#include "help/wire.h"

static struct wire_hub hub;
static struct wire_device device, other;

static struct span span_of_grow(const struct grow *g)
{
	return (struct span){g->p, g->n};
}

static enum err read_one(struct span bytes, struct run *out)
{
	struct cursor c = cursor_at(bytes);

	enum err e = run_read(&c, out);
	if (!e)
		assert_int_equal(c.rest.n, 0);
	return e;
}

/* Three events in epoch 2 of board 1, whose chain begins with them. */
static struct wire_board make_run(struct grow *g)
{
	struct wire_board b;

	wire_board(&b, &device, 1);
	wire_run(&b, 2, 3, g);
	return b;
}

TEST(a_run_comes_back_as_it_was_written)
{
	struct grow g = {0};
	struct run r;
	UNUSED(state);

	struct wire_board b = make_run(&g);
	assert_int_equal(g.n, RUN_HEAD + 3 * EVENT_BYTES + SEAL_SIGNATURE);
	assert_ok(read_one(span_of_grow(&g), &r));
	assert_memory_equal(r.device, device.id, PAPER_DEVICE);
	assert_memory_equal(r.board, b.id, EVENT_BOARD);
	assert_int_equal(r.count, 3);
	assert_int_equal(r.first.epoch, 2);
	assert_int_equal(r.first.seq, 1);
	assert_int_equal(r.last.seq, 3);
	assert_memory_equal(r.hash, b.hash, EVENT_HASH);
	assert_int_equal(r.bytes.n, g.n);
	assert_ok(run_verify(&r, device.key));
	grow_free(&g);
}

TEST(the_events_of_a_run_are_those_that_were_signed)
{
	struct event events[3], e;
	struct wire_board b;
	struct grow g = {0};
	struct run r;
	uint8_t chain[EVENT_HASH];
	UNUSED(state);

	for (size_t i = 0; i < COUNT(events); i++)
		events[i] = wire_event(EVENT_ARRIVED, (uint8_t)i, (unsigned)i);
	events[1].payload_n = EVENT_PAYLOAD;
	memset(events[1].payload, 'x', EVENT_PAYLOAD);
	wire_board(&b, &device, 1);
	wire_events(&b, 1, events, COUNT(events), &g);
	assert_ok(read_one(span_of_grow(&g), &r));
	struct cursor c = run_events(&r);
	memcpy(chain, r.before, EVENT_HASH);
	for (size_t i = 0; i < COUNT(events); i++) {
		assert_true(c.rest.n > 0);
		run_next_event(&c, chain, &e);
		assert_memory_equal(&e, &events[i], sizeof(e));
	}
	assert_int_equal(c.rest.n, 0);
	assert_memory_equal(chain, r.hash, EVENT_HASH);
	grow_free(&g);
}

TEST(runs_of_one_chain_continue_each_other)
{
	struct wire_board b;
	struct grow g = {0};
	struct run first, second, third;
	UNUSED(state);

	wire_board(&b, &device, 1);
	wire_run(&b, 1, 5, &g);
	wire_run(&b, 1, 2, &g);
	wire_run(&b, 4, 1, &g);
	struct cursor c = cursor_at(span_of_grow(&g));
	assert_ok(run_read(&c, &first));
	assert_ok(run_read(&c, &second));
	assert_ok(run_read(&c, &third));
	assert_err(run_read(&c, &third), ERR_ABSENT);
	assert_false(c.bad);
	assert_memory_equal(first.hash, second.before, EVENT_HASH);
	assert_int_equal(second.first.seq, 6);
	c = cursor_at(span_of_grow(&g));
	for (int i = 0; i < 3; i++)
		assert_ok(run_read(&c, &third));
	assert_int_equal(third.first.epoch, 4);
	assert_int_equal(third.first.seq, 1);
	assert_memory_equal(second.hash, third.before, EVENT_HASH);
	assert_ok(run_verify(&third, device.key));
	grow_free(&g);
}

TEST(the_most_and_longest_events_a_run_holds_fit)
{
	struct event *events = calloc(RUN_EVENTS, sizeof(*events));
	struct wire_board b;
	struct grow g = {0};
	struct run r;
	UNUSED(state);

	assert_non_null(events);
	for (size_t i = 0; i < RUN_EVENTS; i++) {
		events[i] = wire_event(EVENT_HEALTH, 0, (unsigned)i);
		events[i].payload_n = EVENT_PAYLOAD;
	}
	wire_board(&b, &device, 1);
	wire_events(&b, 1, events, RUN_EVENTS, &g);
	assert_ok(read_one(span_of_grow(&g), &r));
	assert_int_equal(r.count, RUN_EVENTS);
	assert_ok(run_verify(&r, device.key));
	free(events);
	grow_free(&g);
}

TEST(a_run_is_refused_at_every_shorter_length)
{
	static const struct run nothing;
	struct grow g = {0};
	struct run r;
	UNUSED(state);

	make_run(&g);
	for (size_t n = 0; n < g.n; n++) {
		struct cursor c = cursor_at((struct span){g.p, n});
		assert_err(run_read(&c, &r), n == 0 ? ERR_ABSENT : ERR_FORMAT);
		assert_memory_equal(&r, &nothing, sizeof(r));
		assert_true(c.bad == (n != 0));
		assert_err(run_read(&c, &r), n == 0 ? ERR_ABSENT : ERR_FORMAT);
	}
	grow_free(&g);
}

/* With a bit changed a run is not well-formed, or its signature does not hold. */
TEST(every_bit_of_a_run_counts)
{
	struct grow g = {0};
	struct run r;
	size_t forged = 0;
	UNUSED(state);

	make_run(&g);
	for (size_t bit = 0; bit < g.n * 8; bit++) {
		g.p[bit / 8] ^= (uint8_t)(1 << bit % 8);
		struct cursor c = cursor_at(span_of_grow(&g));
		enum err e = run_read(&c, &r);
		bool head = bit / 8 < 4 || bit / 8 == 52 || bit / 8 == 53;
		if (head || e)
			assert_err(e, ERR_FORMAT);
		else
			assert_err(run_verify(&r, device.key), ERR_FORGED);
		forged += e == OK;
		g.p[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	/* device, hash before, events but ids, flags and lengths, signature */
	assert_true(forged >= (8 + 32 + 64 + 3 * 60) * 8);
	grow_free(&g);
}

TEST(another_devices_key_does_not_verify)
{
	struct grow g = {0};
	struct run r;
	UNUSED(state);

	make_run(&g);
	assert_ok(read_one(span_of_grow(&g), &r));
	assert_err(run_verify(&r, other.key), ERR_FORGED);
	memcpy(g.p + 4, other.id, PAPER_DEVICE);
	assert_ok(read_one(span_of_grow(&g), &r));
	assert_err(run_verify(&r, other.key), ERR_FORGED);
	assert_err(run_verify(&r, device.key), ERR_FORGED);
	grow_free(&g);
}

/* The fields of one event, by where they stand in the run. */
static size_t at_event(size_t i, size_t offset)
{
	return RUN_HEAD + i * EVENT_BYTES + offset;
}

TEST(events_out_of_order_are_refused)
{
	static const struct {
		size_t event;
		uint32_t epoch;
		uint64_t seq;
	} faults[] = {
		{0, 2, 0},
		{0, 2, 2},
		{0, 1, 1},
		{0, 3, 1}, /* the next does not follow it */
		{1, 2, 3},
		{1, 2, 1},
		{1, 3, 2},
		{1, 1, 2},
		{1, 3, 1}, /* the third does not */
		{2, 2, 2},
		{2, 2, 4},
		{2, 1, 1},
		{2, 3, 3},
		{2, 3, 2},
		{2, 0, 3},
		{2, 2, UINT64_MAX},
	};
	struct grow g = {0};
	struct run r;
	UNUSED(state);

	make_run(&g);
	for (size_t i = 0; i < COUNT(faults); i++) {
		uint8_t kept[12], *at = g.p + at_event(faults[i].event, EVENT_BOARD);
		memcpy(kept, at, sizeof(kept));
		store_u32(at, faults[i].epoch);
		store_u64(at + 4, faults[i].seq);
		assert_err(read_one(span_of_grow(&g), &r), ERR_FORMAT);
		memcpy(at, kept, sizeof(kept));
	}
	store_u32(g.p + at_event(2, EVENT_BOARD), 3);
	store_u64(g.p + at_event(2, EVENT_BOARD + 4), 1);
	assert_ok(read_one(span_of_grow(&g), &r));
	assert_err(run_verify(&r, device.key), ERR_FORGED);
	grow_free(&g);
}

TEST(an_event_of_another_board_has_no_place_in_a_run)
{
	struct grow g = {0};
	struct run r;
	UNUSED(state);

	make_run(&g);
	for (size_t i = 0; i < 3; i++) {
		g.p[at_event(i, 7)] ^= 1;
		assert_err(read_one(span_of_grow(&g), &r), ERR_FORMAT);
		g.p[at_event(i, 7)] ^= 1;
	}
	g.p[12] ^= 1;
	assert_err(read_one(span_of_grow(&g), &r), ERR_FORMAT);
	grow_free(&g);
}

TEST(a_chain_begins_with_sequence_one_only)
{
	struct wire_board b;
	struct grow g = {0};
	struct run r;
	UNUSED(state);

	wire_board(&b, &device, 1);
	b.last = (struct event_id){.epoch = 1, .seq = 4};
	wire_run(&b, 1, 2, &g);
	assert_err(read_one(span_of_grow(&g), &r), ERR_FORMAT);
	g.p[20] = 1;
	assert_ok(read_one(span_of_grow(&g), &r));
	grow_free(&g);
}

TEST(no_event_has_sequence_zero)
{
	struct wire_board b;
	struct grow g = {0};
	struct run r;
	UNUSED(state);

	wire_board(&b, &device, 1);
	wire_run(&b, 1, 1, &g);
	g.p[20] = 1;
	assert_ok(read_one(span_of_grow(&g), &r));
	store_u64(g.p + RUN_HEAD + EVENT_BOARD + 4, 0);
	assert_err(read_one(span_of_grow(&g), &r), ERR_FORMAT);
	grow_free(&g);
}

TEST(a_run_does_not_believe_its_count)
{
	static const uint16_t counts[] = {0, 1, 2, 4, 1024, 1025, 65535};
	struct grow g = {0};
	struct run r;
	UNUSED(state);

	make_run(&g);
	for (size_t i = 0; i < COUNT(counts); i++) {
		store_u16(g.p + 52, counts[i]);
		assert_err(read_one(span_of_grow(&g), &r), ERR_FORMAT);
	}
	grow_free(&g);
}

TEST(a_run_of_no_or_too_many_events_is_refused)
{
	struct event *events = calloc(RUN_EVENTS + 1, sizeof(*events));
	uint8_t zeros[EVENT_HASH] = {0}, *bytes = malloc(RUN_MAX);
	struct sink k = sink_on(bytes, RUN_MAX);
	struct run r;
	UNUSED(state);

	assert_true(events && bytes);
	for (size_t i = 0; i < RUN_EVENTS + 1; i++)
		events[i].id = (struct event_id){{'b'}, 1, i + 1};
	run_write(&k, events, RUN_EVENTS + 1, zeros, device.seed);
	assert_err(read_one((struct span){bytes, k.n}, &r), ERR_FORMAT);
	memset(bytes, 0, RUN_HEAD + SEAL_SIGNATURE);
	store_u32(bytes, RUN_HEAD + SEAL_SIGNATURE);
	assert_err(read_one((struct span){bytes, RUN_HEAD + SEAL_SIGNATURE}, &r), ERR_FORMAT);
	free(events);
	free(bytes);
}

TEST(a_length_beyond_the_end_or_the_most_is_refused)
{
	static const uint32_t lengths[] = {
		0, 3, RUN_HEAD, RUN_HEAD + SEAL_SIGNATURE, RUN_MAX + 1, 0x7fffffff, 0xffffffff};
	struct grow g = {0};
	struct run r;
	UNUSED(state);

	make_run(&g);
	for (size_t i = 0; i < COUNT(lengths); i++) {
		store_u32(g.p, lengths[i]);
		assert_err(read_one(span_of_grow(&g), &r), ERR_FORMAT);
	}
	grow_free(&g);
}

TEST(the_rest_of_a_run_holds_by_the_same_signature)
{
	struct wire_board b;
	struct grow g = {0};
	struct run r, rest;
	uint8_t bytes[1024];
	UNUSED(state);

	wire_board(&b, &device, 1);
	wire_run(&b, 1, 4, &g);
	assert_ok(read_one(span_of_grow(&g), &r));
	for (uint64_t seq = 1; seq < 4; seq++) {
		struct event_id after = r.first;
		struct sink k = sink_on(bytes, sizeof(bytes));
		after.seq = seq;
		assert_ok(run_rest(&r, &after, &k));
		assert_false(k.full);
		assert_ok(read_one((struct span){bytes, k.n}, &rest));
		assert_int_equal(rest.count, 4 - seq);
		assert_int_equal(rest.first.seq, seq + 1);
		assert_memory_equal(rest.hash, r.hash, EVENT_HASH);
		assert_ok(run_verify(&rest, device.key));
	}
	grow_free(&g);
}

TEST(nothing_rests_after_the_last_event_or_one_from_elsewhere)
{
	struct grow g = {0};
	struct run r;
	uint8_t bytes[1024];
	struct sink k = sink_on(bytes, sizeof(bytes));
	UNUSED(state);

	make_run(&g);
	assert_ok(read_one(span_of_grow(&g), &r));
	struct event_id after = r.last;
	assert_err(run_rest(&r, &after, &k), ERR_ABSENT);
	after.seq++;
	assert_err(run_rest(&r, &after, &k), ERR_ABSENT);
	after = r.first;
	after.seq = 0;
	assert_err(run_rest(&r, &after, &k), ERR_ABSENT);
	after = r.first;
	after.board[0] ^= 1;
	assert_err(run_rest(&r, &after, &k), ERR_ABSENT);
	after = r.first;
	after.epoch--;
	assert_err(run_rest(&r, &after, &k), ERR_ABSENT);
	assert_int_equal(k.n, 0);
	grow_free(&g);
}

TEST(what_does_not_fit_the_sink_is_told)
{
	struct grow g = {0};
	struct run r;
	uint8_t bytes[1024];
	UNUSED(state);

	make_run(&g);
	assert_ok(read_one(span_of_grow(&g), &r));
	size_t whole = RUN_HEAD + 2 * EVENT_BYTES + SEAL_SIGNATURE;
	struct sink k = sink_on(bytes, whole - 1);
	assert_ok(run_rest(&r, &r.first, &k));
	assert_true(k.full);
	k = sink_on(bytes, whole);
	assert_ok(run_rest(&r, &r.first, &k));
	assert_false(k.full);
	grow_free(&g);
}

TEST(a_bundle_gives_its_certificates_and_runs)
{
	const struct wire_device *devices[] = {&device, &other};
	struct wire_board b, c;
	struct grow g = {0};
	struct bundle bundle;
	struct certificate paper;
	struct span s;
	struct run r;
	UNUSED(state);

	wire_bundle(&g, devices, 2);
	wire_board(&b, &device, 1);
	wire_board(&c, &other, 2);
	wire_run(&b, 1, 2, &g);
	wire_run(&c, 1, 3, &g);
	assert_ok(bundle_open(&bundle, span_of_grow(&g)));
	assert_int_equal(bundle.count, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_ok(run_read(&bundle.runs, &r));
		assert_ok(bundle_certificate(&bundle, r.device, &s));
		assert_ok(certificate_open(&paper, s, hub.root, 1, WIRE_NOW));
		assert_memory_equal(paper.device, devices[i]->id, PAPER_DEVICE);
		assert_ok(run_verify(&r, paper.key));
	}
	assert_err(run_read(&bundle.runs, &r), ERR_ABSENT);
	assert_err(bundle_certificate(&bundle, b.id, &s), ERR_ABSENT);
	assert_null(s.p);
	grow_free(&g);
}

TEST(a_bundle_may_be_empty_and_is_refused_at_every_shorter_length)
{
	const struct wire_device *devices[] = {&device, &other};
	struct grow g = {0};
	struct bundle bundle;
	struct run r;
	UNUSED(state);

	wire_bundle(&g, devices, 0);
	assert_int_equal(g.n, BUNDLE_HEAD);
	assert_ok(bundle_open(&bundle, span_of_grow(&g)));
	assert_err(run_read(&bundle.runs, &r), ERR_ABSENT);
	g.n = 0;
	wire_bundle(&g, devices, 2);
	for (size_t n = 0; n < g.n; n++)
		assert_err(bundle_open(&bundle, (struct span){g.p, n}), ERR_FORMAT);
	for (size_t bit = 0; bit < 64; bit++) {
		g.p[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_err(bundle_open(&bundle, span_of_grow(&g)), ERR_FORMAT);
		g.p[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	grow_free(&g);
}

TEST(a_bundle_has_a_most_of_certificates_and_bytes)
{
	struct bundle bundle;
	uint8_t *bytes = calloc(1, BUNDLE_MAX + 1);
	UNUSED(state);

	assert_non_null(bytes);
	memcpy(bytes, "FOYRUNS1", 8);
	assert_ok(bundle_open(&bundle, (struct span){bytes, BUNDLE_MAX}));
	assert_err(bundle_open(&bundle, (struct span){bytes, BUNDLE_MAX + 1}), ERR_FORMAT);
	store_u16(bytes + 8, BUNDLE_CERTIFICATES);
	assert_ok(bundle_open(&bundle, (struct span){bytes, BUNDLE_MAX}));
	store_u16(bytes + 8, BUNDLE_CERTIFICATES + 1);
	assert_err(bundle_open(&bundle, (struct span){bytes, BUNDLE_MAX}), ERR_FORMAT);
	free(bytes);
}

TEST(the_golden_bundle_is_read)
{
	const struct wire_device *devices[] = {&device, &other};
	struct event e = wire_event(EVENT_CORRECTION_ASKED, 4, 2);
	struct wire_board b, c;
	struct grow g = {0};
	struct file_bytes file;
	struct bundle bundle;
	struct run r;
	size_t events = 0;
	UNUSED(state);

	wire_bundle(&g, devices, 2);
	wire_board(&b, &device, 1);
	wire_board(&c, &other, 2);
	wire_run(&b, 1, 2, &g);
	wire_run(&b, 3, 1, &g);
	e.payload_n = 5;
	memcpy(e.payload, "hello", 5);
	wire_events(&c, 1, &e, 1, &g);
	golden_read(&file, "bundle-1", span_of_grow(&g));
	assert_ok(bundle_open(&bundle, file.bytes));
	while (run_read(&bundle.runs, &r) == OK) {
		bool first = memcmp(r.device, device.id, PAPER_DEVICE) == 0;
		assert_ok(run_verify(&r, first ? device.key : other.key));
		events += r.count;
	}
	assert_false(bundle.runs.bad);
	assert_int_equal(events, 4);
	grow_free(&g);
	file_free(&file);
}

static int start(void **state)
{
	UNUSED(state);
	wire_hub(&hub, 1, 1);
	wire_device(&device, &hub, 1);
	wire_device(&other, &hub, 2);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_run_comes_back_as_it_was_written),
	cmocka_unit_test(the_events_of_a_run_are_those_that_were_signed),
	cmocka_unit_test(runs_of_one_chain_continue_each_other),
	cmocka_unit_test(the_most_and_longest_events_a_run_holds_fit),
	cmocka_unit_test(a_run_is_refused_at_every_shorter_length),
	cmocka_unit_test(every_bit_of_a_run_counts),
	cmocka_unit_test(another_devices_key_does_not_verify),
	cmocka_unit_test(events_out_of_order_are_refused),
	cmocka_unit_test(an_event_of_another_board_has_no_place_in_a_run),
	cmocka_unit_test(a_chain_begins_with_sequence_one_only),
	cmocka_unit_test(no_event_has_sequence_zero),
	cmocka_unit_test(a_run_does_not_believe_its_count),
	cmocka_unit_test(a_run_of_no_or_too_many_events_is_refused),
	cmocka_unit_test(a_length_beyond_the_end_or_the_most_is_refused),
	cmocka_unit_test(the_rest_of_a_run_holds_by_the_same_signature),
	cmocka_unit_test(nothing_rests_after_the_last_event_or_one_from_elsewhere),
	cmocka_unit_test(what_does_not_fit_the_sink_is_told),
	cmocka_unit_test(a_bundle_gives_its_certificates_and_runs),
	cmocka_unit_test(a_bundle_may_be_empty_and_is_refused_at_every_shorter_length),
	cmocka_unit_test(a_bundle_has_a_most_of_certificates_and_bytes),
	cmocka_unit_test(the_golden_bundle_is_read),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, NULL);
}
