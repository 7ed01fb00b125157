/* The boards' API: who speaks, and how a device is taken in. */
#include "test.h"

#include "help/wire.h"
#include "hex.h"
#include "protocol.h"

static struct wire_hub hub;
static struct wire_device device, other;
static const uint8_t code[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

TEST(a_hub_and_a_device_find_the_same_key)
{
	uint8_t mine[SEAL_KEY], theirs[SEAL_KEY];
	UNUSED(state);

	assert_ok(protocol_pair_key(device.seed, hub.key, false, mine));
	assert_ok(protocol_pair_key(hub.seed, device.key, true, theirs));
	assert_memory_equal(mine, theirs, SEAL_KEY);
	assert_ok(protocol_pair_key(other.seed, hub.key, false, mine));
	assert_memory_not_equal(mine, theirs, SEAL_KEY);
}

TEST(who_is_the_hub_is_part_of_the_key)
{
	uint8_t one[SEAL_KEY], two[SEAL_KEY];
	UNUSED(state);

	assert_ok(protocol_pair_key(device.seed, hub.key, false, one));
	assert_ok(protocol_pair_key(device.seed, hub.key, true, two));
	assert_memory_not_equal(one, two, SEAL_KEY);
}

TEST(there_is_no_key_with_what_is_no_key)
{
	uint8_t none[SEAL_PUBLIC], key[SEAL_KEY], zeros[SEAL_KEY] = {0};
	UNUSED(state);

	memset(none, 0xff, sizeof(none));
	assert_err(protocol_pair_key(device.seed, none, false, key), ERR_FORGED);
	assert_memory_equal(key, zeros, SEAL_KEY);
}

TEST(the_pair_key_is_the_hash_that_the_format_says)
{
	uint8_t message[10 + 3 * 32], want[SEAL_KEY], got[SEAL_KEY];
	UNUSED(state);

	memcpy(message, "foyer pair", 10);
	assert_ok(seal_shared(device.seed, hub.key, message + 10));
	memcpy(message + 42, device.key, 32);
	memcpy(message + 74, hub.key, 32);
	seal_hash((struct span){0}, (struct span){message, sizeof(message)}, want, SEAL_KEY);
	assert_ok(protocol_pair_key(device.seed, hub.key, false, got));
	assert_memory_equal(got, want, SEAL_KEY);
}

TEST(a_mac_covers_method_target_and_body)
{
	uint8_t key[SEAL_KEY] = {1}, want[PROTOCOL_MAC], got[PROTOCOL_MAC];
	UNUSED(state);

	seal_hash(
		(struct span){key, SEAL_KEY}, span_of("POST /v1/events\nbody"), want, PROTOCOL_MAC);
	protocol_mac(key, "POST", "/v1/events", span_of("body"), got);
	assert_memory_equal(got, want, PROTOCOL_MAC);
	protocol_mac(key, "PUT", "/v1/events", span_of("body"), got);
	assert_memory_not_equal(got, want, PROTOCOL_MAC);
	protocol_mac(key, "POST", "/v1/event", span_of("body"), got);
	assert_memory_not_equal(got, want, PROTOCOL_MAC);
	protocol_mac(key, "POST", "/v1/events", span_of("bodies"), got);
	assert_memory_not_equal(got, want, PROTOCOL_MAC);
	key[0] = 2;
	protocol_mac(key, "POST", "/v1/events", span_of("body"), got);
	assert_memory_not_equal(got, want, PROTOCOL_MAC);
}

TEST(a_mac_without_a_body_ends_with_the_line)
{
	uint8_t key[SEAL_KEY] = {1}, want[PROTOCOL_MAC], got[PROTOCOL_MAC];
	UNUSED(state);

	seal_hash((struct span){key, SEAL_KEY}, span_of("GET /v1/events?after=\n"), want,
		PROTOCOL_MAC);
	protocol_mac(key, "GET", "/v1/events?after=", (struct span){0}, got);
	assert_memory_equal(got, want, PROTOCOL_MAC);
}

TEST(the_mac_of_an_answer_is_the_hash_that_the_format_says)
{
	uint8_t key[SEAL_KEY] = {1}, request[PROTOCOL_MAC] = {9}, message[128];
	uint8_t want[PROTOCOL_MAC], got[PROTOCOL_MAC];
	struct sink k = sink_on(message, sizeof(message));
	UNUSED(state);

	sink_bytes(&k, "answer", 6);
	sink_bytes(&k, request, sizeof(request));
	sink_u32(&k, 200);
	sink_u8(&k, 1);
	sink_u16(&k, 18);
	sink_bytes(&k, "0123456789abcdef:7body", 22);
	seal_hash((struct span){key, SEAL_KEY}, (struct span){message, k.n}, want, PROTOCOL_MAC);
	struct protocol_answer a = {200, true, "0123456789abcdef:7", span_of("body")};
	protocol_answer_mac(key, request, &a, got);
	assert_memory_equal(got, want, PROTOCOL_MAC);
}

TEST(the_mac_of_an_answer_covers_request_status_headers_and_body)
{
	const struct protocol_answer sound = {200, false, "a:1", span_of("body")};
	uint8_t key[SEAL_KEY] = {1}, request[PROTOCOL_MAC] = {9};
	uint8_t want[PROTOCOL_MAC], got[PROTOCOL_MAC];
	struct protocol_answer others[] = {sound, sound, sound, sound, sound};
	UNUSED(state);

	others[0].status = 409;
	others[1].more = true;
	others[2].cursor = "a:2";
	others[3].body = span_of("bodies");
	/* The same bytes, but the line is drawn elsewhere. */
	others[4].cursor = "a:";
	others[4].body = span_of("1body");
	protocol_answer_mac(key, request, &sound, want);
	for (size_t i = 0; i < COUNT(others); i++) {
		protocol_answer_mac(key, request, &others[i], got);
		assert_memory_not_equal(got, want, PROTOCOL_MAC);
	}
	request[0] = 8;
	protocol_answer_mac(key, request, &sound, got);
	assert_memory_not_equal(got, want, PROTOCOL_MAC);
	request[0] = 9;
	key[0] = 2;
	protocol_answer_mac(key, request, &sound, got);
	assert_memory_not_equal(got, want, PROTOCOL_MAC);
}

TEST(an_authorization_reads_back)
{
	char text[PROTOCOL_AUTHORIZATION + 1];
	uint8_t mac[PROTOCOL_MAC], got_mac[PROTOCOL_MAC], got[PAPER_DEVICE];
	UNUSED(state);

	for (size_t i = 0; i < sizeof(mac); i++)
		mac[i] = (uint8_t)(i * 7);
	protocol_authorization(device.id, mac, text);
	assert_int_equal(strlen(text), PROTOCOL_AUTHORIZATION);
	assert_memory_equal(text, "Foyer ", 6);
	assert_ok(protocol_authorization_read(text, got, got_mac));
	assert_memory_equal(got, device.id, PAPER_DEVICE);
	assert_memory_equal(got_mac, mac, PROTOCOL_MAC);
}

TEST(an_authorization_has_one_spelling)
{
	char sound[PROTOCOL_AUTHORIZATION + 1], text[PROTOCOL_AUTHORIZATION + 2];
	uint8_t mac[PROTOCOL_MAC] = {1}, id[PAPER_DEVICE], zeros[PROTOCOL_MAC] = {0};
	UNUSED(state);

	protocol_authorization(device.id, mac, sound);
	for (size_t n = 0; n < PROTOCOL_AUTHORIZATION; n++) {
		memcpy(text, sound, n);
		text[n] = '\0';
		assert_err(protocol_authorization_read(text, id, mac), ERR_FORMAT);
		strcpy(text, sound);
		text[n] = '~';
		assert_err(protocol_authorization_read(text, id, mac), ERR_FORMAT);
		assert_memory_equal(id, zeros, PAPER_DEVICE);
		assert_memory_equal(mac, zeros, PROTOCOL_MAC);
	}
	snprintf(text, sizeof(text), "%s0", sound);
	assert_err(protocol_authorization_read(text, id, mac), ERR_FORMAT);
	assert_err(protocol_authorization_read(NULL, id, mac), ERR_FORMAT);
	assert_err(protocol_authorization_read("Basic Zm95ZXI6Zm95ZXI=", id, mac), ERR_FORMAT);
}

TEST(enrolment_speaks_as_the_format_says)
{
	uint8_t message[3 + PAPER_DELEGATION + 32], want[PROTOCOL_MAC], got[PROTOCOL_MAC];
	struct span key = {code, sizeof(code)};
	UNUSED(state);

	memcpy(message, "enrol id", 8);
	memcpy(message + 8, code, sizeof(code));
	seal_hash((struct span){0}, (struct span){message, 8 + sizeof(code)}, want, 8);
	protocol_enrol_id(code, got);
	assert_memory_equal(got, want, 8);

	memcpy(message + 5, device.key, 32);
	seal_hash(key, (struct span){message, 5 + 32}, want, PROTOCOL_MAC);
	protocol_enrol_mac(code, device.key, got);
	assert_memory_equal(got, want, PROTOCOL_MAC);

	memcpy(message, "hub", 3);
	memcpy(message + 3, hub.delegation, PAPER_DELEGATION);
	memcpy(message + 3 + PAPER_DELEGATION, device.key, 32);
	seal_hash(key, (struct span){message, sizeof(message)}, want, PROTOCOL_MAC);
	protocol_enrolled_mac(code, hub.delegation, device.key, got);
	assert_memory_equal(got, want, PROTOCOL_MAC);
}

TEST(another_code_key_or_hub_has_other_words)
{
	uint8_t changed[16];
	char words[20], again[20];
	UNUSED(state);

	protocol_enrol_words(code, device.key, hub.key, words);
	assert_int_equal(strlen(words), 19);
	protocol_enrol_words(code, device.key, hub.key, again);
	assert_string_equal(words, again);
	protocol_enrol_words(code, other.key, hub.key, again);
	assert_string_not_equal(words, again);
	protocol_enrol_words(code, device.key, other.key, again);
	assert_string_not_equal(words, again);
	memcpy(changed, code, sizeof(code));
	changed[15] ^= 1;
	protocol_enrol_words(changed, device.key, hub.key, again);
	assert_string_not_equal(words, again);
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
	cmocka_unit_test(a_hub_and_a_device_find_the_same_key),
	cmocka_unit_test(who_is_the_hub_is_part_of_the_key),
	cmocka_unit_test(there_is_no_key_with_what_is_no_key),
	cmocka_unit_test(the_pair_key_is_the_hash_that_the_format_says),
	cmocka_unit_test(a_mac_covers_method_target_and_body),
	cmocka_unit_test(a_mac_without_a_body_ends_with_the_line),
	cmocka_unit_test(the_mac_of_an_answer_is_the_hash_that_the_format_says),
	cmocka_unit_test(the_mac_of_an_answer_covers_request_status_headers_and_body),
	cmocka_unit_test(an_authorization_reads_back),
	cmocka_unit_test(an_authorization_has_one_spelling),
	cmocka_unit_test(enrolment_speaks_as_the_format_says),
	cmocka_unit_test(another_code_key_or_hub_has_other_words),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, NULL);
}
