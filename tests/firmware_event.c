/* Events: one encoding, one hash, one order. */
#include "test.h"

#include "event.h"

static struct event arrival(uint8_t who)
{
	return (struct event){.kind = EVENT_ARRIVED, .person = {who, 1, 2, 3}, .issue = 1};
}

TEST(an_event_reads_back_from_its_encoding)
{
	struct event e = arrival(3), got;
	uint8_t bytes[EVENT_BYTES_MAX];
	struct sink k = sink_on(bytes, sizeof(bytes));
	UNUSED(state);

	e.id.epoch = 7;
	e.id.seq = 9;
	e.payload_n = 3;
	memcpy(e.payload, "abc", 3);
	event_write(&k, &e);
	assert_int_equal(k.n, EVENT_BYTES + 3);
	struct cursor c = cursor_at((struct span){bytes, k.n});
	event_read(&c, &got);
	assert_false(c.bad);
	assert_memory_equal(&got, &e, sizeof(e));
	for (size_t n = 0; n < k.n; n++) {
		c = cursor_at((struct span){bytes, n});
		event_read(&c, &got);
		assert_true(c.bad);
	}
}

TEST(an_encoding_with_impossible_fields_is_refused)
{
	struct event e = arrival(3), got;
	uint8_t sound[EVENT_BYTES], bytes[EVENT_BYTES];
	struct sink k = sink_on(sound, sizeof(sound));
	const struct {
		size_t at;
		uint8_t value;
	} faults[] = {{52, 2}, {90, 3}, {8, 0}, {19, 0x80}, {88, 0x80}};
	UNUSED(state);

	e.id.epoch = 1;
	event_write(&k, &e);
	for (size_t i = 0; i < COUNT(faults); i++) {
		memcpy(bytes, sound, sizeof(bytes));
		bytes[faults[i].at] = faults[i].value;
		struct cursor c = cursor_at((struct span){bytes, sizeof(bytes)});
		event_read(&c, &got);
		assert_true(c.bad);
		assert_int_equal(got.kind, 0);
	}
}

TEST(every_bit_of_an_event_is_in_its_hash)
{
	uint8_t previous[EVENT_HASH] = {0}, first[EVENT_HASH], other[EVENT_HASH];
	uint8_t bytes[EVENT_BYTES_MAX];
	struct event e = arrival(3);
	UNUSED(state);

	e.id.epoch = 1;
	e.payload_n = 1;
	event_hash(&e, previous, first);
	struct sink k = sink_on(bytes, sizeof(bytes));
	event_write(&k, &e);
	for (size_t bit = 0; bit < k.n * 8; bit++) {
		struct event changed;
		bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
		struct cursor c = cursor_at((struct span){bytes, k.n});
		event_read(&c, &changed);
		bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
		if (c.bad)
			continue;
		event_hash(&changed, previous, other);
		assert_memory_not_equal(first, other, EVENT_HASH);
	}
	previous[0] = 1;
	event_hash(&e, previous, other);
	assert_memory_not_equal(first, other, EVENT_HASH);
}

TEST(every_kind_has_a_name)
{
	UNUSED(state);
	assert_string_equal(event_kind_name(EVENT_ARRIVED), "arrived");
	assert_string_equal(event_kind_name(EVENT_HEALTH), "health");
	assert_string_equal(event_kind_name(0), "unknown");
	assert_string_equal(event_kind_name(EVENT_CLOCK), "clock");
	assert_string_equal(event_kind_name(EVENT_LATE), "late guest");
	assert_string_equal(event_kind_name(EVENT_LOOKED_UP), "looked up");
	assert_string_equal(event_kind_name(EVENT_SEARCHED), "searched");
	assert_string_equal(event_kind_name(EVENT_SEARCHED + 1), "unknown");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(an_event_reads_back_from_its_encoding),
	cmocka_unit_test(an_encoding_with_impossible_fields_is_refused),
	cmocka_unit_test(every_bit_of_an_event_is_in_its_hash),
	cmocka_unit_test(every_kind_has_a_name),
};

RUN_TESTS(tests)
