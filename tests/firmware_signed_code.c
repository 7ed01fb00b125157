/* Signed codes: revocation, lease and enrolment as a scanner reads them. */
#include "test.h"

#include "code_text.h"
#include "help/golden.h"
#include "help/wire.h"
#include "signed_code.h"

static struct wire_hub hub, later, foreign;
enum { NUMBER = 1000 };

static struct signed_code revocation(size_t n)
{
	struct signed_code c = {
		.kind = TOKEN_REVOCATION, .number = NUMBER, .revoked_count = (uint8_t)n};

	memcpy(c.event, hub.event, ROSTER_EVENT);
	for (size_t i = 0; i < n && i < CODE_REVOKED; i++) {
		store_u64(c.revoked[i].person, 0x1111111111111111 * (i + 1));
		c.revoked[i].issue = (uint32_t)i + 1;
	}
	return c;
}

static struct signed_code lease(void)
{
	struct signed_code c = {.kind = TOKEN_LEASE, .number = NUMBER, .time = WIRE_NOW};

	memcpy(c.event, hub.event, ROSTER_EVENT);
	return c;
}

static struct signed_code enrolment(void)
{
	struct signed_code c = {.kind = TOKEN_ENROLMENT,
		.number = NUMBER,
		.until = WIRE_NOW + 600,
		.secret = {1, 2, 3},
		.address_count = 2,
		.addresses = {"http://10.0.0.2:8080", "https://hub.example:8443/x"}};

	memcpy(c.event, hub.event, ROSTER_EVENT);
	return c;
}

static const char *write_text(const struct signed_code *c)
{
	static char text[CODE_TEXT];

	assert_ok(signed_code_write(c, 1, hub.seed, text));
	return text;
}

static enum err read_text(struct signed_code *c, const char *text)
{
	return signed_code_read(c, span_of(text));
}

static enum err verify(const struct signed_code *c)
{
	return signed_code_verify(c, hub.event, hub.key, 1, 0);
}

TEST(a_revocation_comes_back_as_it_was_written)
{
	UNUSED(state);

	for (size_t n = 1; n <= CODE_REVOKED; n++) {
		struct signed_code c = revocation(n), got;
		assert_ok(read_text(&got, write_text(&c)));
		assert_int_equal(got.kind, TOKEN_REVOCATION);
		assert_memory_equal(got.event, hub.event, ROSTER_EVENT / 2);
		assert_int_equal(got.number, NUMBER);
		assert_int_equal(got.revoked_count, n);
		assert_memory_equal(got.revoked, c.revoked, sizeof(c.revoked));
		assert_int_equal(got.n, 18 + 12 * n + SEAL_SIGNATURE);
		assert_ok(verify(&got));
	}
}

TEST(a_lease_comes_back_as_it_was_written)
{
	struct signed_code c = lease(), got;
	UNUSED(state);

	assert_ok(read_text(&got, write_text(&c)));
	assert_int_equal(got.kind, TOKEN_LEASE);
	assert_int_equal(got.time, WIRE_NOW);
	assert_ok(verify(&got));
}

TEST(an_enrolment_comes_back_as_it_was_written)
{
	struct signed_code c = enrolment(), got;
	UNUSED(state);

	assert_ok(read_text(&got, write_text(&c)));
	assert_int_equal(got.kind, TOKEN_ENROLMENT);
	assert_memory_equal(got.event, hub.event, ROSTER_EVENT);
	assert_int_equal(got.number, NUMBER);
	assert_memory_equal(got.secret, c.secret, CODE_SECRET);
	assert_int_equal(got.until, WIRE_NOW + 600);
	assert_int_equal(got.address_count, 2);
	assert_memory_equal(got.addresses, c.addresses, sizeof(c.addresses));
	assert_err(verify(&got), ERR_FORGED);
}

TEST(the_bytes_alone_say_the_same_and_every_other_length_is_refused)
{
	static const struct signed_code nothing;
	struct signed_code codes[] = {revocation(CODE_REVOKED), lease(), enrolment()}, whole, got;
	uint8_t longer[CODE_BYTES + 1] = {0};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(codes); i++) {
		assert_ok(read_text(&whole, write_text(&codes[i])));
		assert_ok(signed_code_bytes(&got, (struct span){whole.bytes, whole.n}));
		assert_memory_equal(&got, &whole, sizeof(got));
		memcpy(longer, whole.bytes, whole.n);
		for (size_t n = 0; n <= sizeof(longer); n++) {
			/* A revocation and a lease end where they say; an enrolment by its sum. */
			if (n == whole.n)
				continue;
			assert_err(signed_code_bytes(&got, (struct span){longer, n}), ERR_FORMAT);
			assert_memory_equal(&got, &nothing, sizeof(got));
		}
	}
}

TEST(a_scanner_hands_every_signed_code_on_as_one)
{
	struct signed_code codes[] = {
		revocation(1), revocation(CODE_REVOKED), lease(), enrolment()};
	struct token t;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(codes); i++) {
		const char *text = write_text(&codes[i]);
		assert_true(strlen(text) <= TOKEN_TEXT_MAX);
		assert_err(token_read(&t, span_of(text)), ERR_FULL);
	}
}

TEST(spaces_dashes_and_small_letters_are_fine)
{
	struct signed_code c = lease(), got;
	char spelt[2 * CODE_TEXT];
	size_t n = 0;
	UNUSED(state);

	for (const char *p = write_text(&c); *p; p++) {
		char small = (char)(*p >= 'A' && *p <= 'Z' ? *p + 32 : *p);
		spelt[n++] = small == '0' ? 'o' : small;
		if (n % 7 == 0)
			spelt[n++] = '-';
		if (n % 11 == 0)
			spelt[n++] = ' ';
	}
	spelt[n] = '\0';
	assert_ok(read_text(&got, spelt));
	assert_ok(verify(&got));
}

TEST(a_code_of_another_event_is_foreign)
{
	struct signed_code c = revocation(2), got;
	char text[CODE_TEXT];
	UNUSED(state);

	memcpy(c.event, foreign.event, ROSTER_EVENT);
	assert_ok(signed_code_write(&c, 1, foreign.seed, text));
	assert_ok(read_text(&got, text));
	assert_err(verify(&got), ERR_FOREIGN);
	/* the second half is not in the code, but under its signature */
	memcpy(c.event, hub.event, ROSTER_EVENT);
	c.event[ROSTER_EVENT - 1] ^= 1;
	assert_ok(read_text(&got, write_text(&c)));
	assert_err(verify(&got), ERR_FORGED);
}

TEST(a_code_signed_by_a_retired_key_or_for_another_epoch_is_forged)
{
	struct signed_code c = lease(), got;
	char text[CODE_TEXT];
	UNUSED(state);

	assert_ok(read_text(&got, write_text(&c)));
	assert_err(signed_code_verify(&got, hub.event, later.key, 2, 0), ERR_FORGED);
	assert_err(signed_code_verify(&got, hub.event, hub.key, 2, 0), ERR_FORGED);
	assert_ok(signed_code_write(&c, 2, later.seed, text));
	assert_ok(read_text(&got, text));
	assert_ok(signed_code_verify(&got, hub.event, later.key, 2, 0));
	assert_err(verify(&got), ERR_FORGED);
}

TEST(an_old_code_is_not_played_again)
{
	struct signed_code c = revocation(1), got;
	UNUSED(state);

	assert_ok(read_text(&got, write_text(&c)));
	assert_ok(signed_code_verify(&got, hub.event, hub.key, 1, NUMBER - 1));
	assert_err(signed_code_verify(&got, hub.event, hub.key, 1, NUMBER), ERR_OLDER);
	assert_err(signed_code_verify(&got, hub.event, hub.key, 1, UINT64_MAX), ERR_OLDER);
}

/* Where a digit is misread, the code does not read, is another event's, or its signature does not hold. */
static void assert_misread(const struct signed_code *c, const char *text, bool of_kind)
{
	static const struct signed_code nothing;
	struct signed_code got;

	enum err e = read_text(&got, text);
	if (e == OK) {
		bool other = memcmp(got.event, c->event, ROSTER_EVENT / 2) != 0;
		assert_err(verify(&got), other ? ERR_FOREIGN : ERR_FORGED);
		assert_int_not_equal(c->kind, TOKEN_ENROLMENT);
		return;
	}
	if (e != ERR_ABSENT || of_kind)
		assert_err(e, ERR_FORMAT);
	assert_memory_equal(&got, &nothing, sizeof(got));
}

static void misread_every_digit(const struct signed_code *c)
{
	static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	char text[CODE_TEXT];
	struct signed_code got;

	strcpy(text, write_text(c));
	for (size_t at = 4; text[at]; at++) {
		char sound = text[at];
		for (const char *p = alphabet; *p; p++) {
			text[at] = *p;
			if (*p != sound)
				assert_misread(c, text, at >= 6);
		}
		text[at] = 'U';
		assert_err(read_text(&got, text), ERR_FORMAT);
		text[at] = sound;
	}
}

TEST(any_misread_digit_is_noticed)
{
	struct signed_code codes[] = {revocation(2), lease(), enrolment()};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(codes); i++)
		misread_every_digit(&codes[i]);
}

TEST(a_torn_code_is_refused_at_every_length)
{
	struct signed_code codes[] = {revocation(2), lease(), enrolment()}, got;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(codes); i++) {
		struct span text = span_of(write_text(&codes[i]));
		for (size_t n = 0; n < text.n; n++)
			assert_err(signed_code_read(&got, span_cut(text, 0, n)),
				n < 4 ? ERR_ABSENT : ERR_FORMAT);
	}
}

TEST(a_lengthened_code_is_refused)
{
	struct signed_code codes[] = {revocation(2), lease(), enrolment()}, got;
	char text[2 * CODE_TEXT];
	UNUSED(state);

	for (size_t i = 0; i < COUNT(codes); i++) {
		strcpy(text, write_text(&codes[i]));
		for (size_t n = strlen(text); n < sizeof(text) - 1; n++) {
			text[n] = '0';
			text[n + 1] = '\0';
			assert_err(read_text(&got, text), ERR_FORMAT);
		}
	}
}

TEST(other_codes_are_none)
{
	struct token t = {.kind = TOKEN_BADGE};
	char text[TOKEN_TEXT + 1];
	struct signed_code got;
	UNUSED(state);

	for (unsigned kind = 0; kind < 256; kind++) {
		if (kind >= TOKEN_REVOCATION && kind <= TOKEN_ENROLMENT)
			continue;
		t.kind = (uint8_t)kind;
		token_text(&t, text);
		assert_err(read_text(&got, text), ERR_ABSENT);
	}
	assert_err(read_text(&got, "https://example.org/ZQM1"), ERR_ABSENT);
	assert_err(read_text(&got, ""), ERR_ABSENT);
	assert_err(signed_code_read(&got, (struct span){0}), ERR_ABSENT);
}

/* Bytes as a code's text, for what signed_code_write refuses to write. */
static enum err read_bytes(struct span bytes)
{
	struct signed_code got;
	char text[2 * CODE_TEXT];

	code_text_write(bytes, text);
	return read_text(&got, text);
}

TEST(counts_beyond_the_format_are_refused)
{
	struct signed_code c = revocation(CODE_REVOKED);
	char text[CODE_TEXT];
	uint8_t bytes[18 + 17 * 12 + SEAL_SIGNATURE] = {TOKEN_REVOCATION};
	UNUSED(state);

	c.revoked_count = 0;
	assert_err(signed_code_write(&c, 1, hub.seed, text), ERR_FORMAT);
	assert_string_equal(text, "");
	c.revoked_count = CODE_REVOKED + 1;
	assert_err(signed_code_write(&c, 1, hub.seed, text), ERR_FORMAT);
	bytes[17] = 17;
	assert_err(read_bytes((struct span){bytes, sizeof(bytes)}), ERR_FORMAT);
	bytes[17] = 16;
	assert_ok(read_bytes((struct span){bytes, sizeof(bytes) - 12}));
	bytes[17] = 0;
	assert_err(read_bytes((struct span){bytes, 18 + SEAL_SIGNATURE}), ERR_FORMAT);
	c.kind = TOKEN_LATE;
	assert_err(signed_code_write(&c, 1, hub.seed, text), ERR_FORMAT);
}

TEST(an_address_is_a_plain_web_address)
{
	static const char *const wrong[] = {"", "http://", "ftp://hub", "file:///etc/passwd",
		"hub:80", "http://hub\n", "http://h b", "http://h\xc3\xbc"};
	struct signed_code c = enrolment();
	char text[CODE_TEXT];
	UNUSED(state);

	for (size_t i = 0; i < COUNT(wrong); i++) {
		strcpy(c.addresses[1], wrong[i]);
		assert_err(signed_code_write(&c, 1, NULL, text), ERR_FORMAT);
	}
	strcpy(c.addresses[1], "http://h");
	assert_ok(signed_code_write(&c, 1, NULL, text));
	c.address_count = 0;
	assert_err(signed_code_write(&c, 1, NULL, text), ERR_FORMAT);
	c.address_count = CODE_ADDRESSES + 1;
	assert_err(signed_code_write(&c, 1, NULL, text), ERR_FORMAT);
}

static size_t put_enrolment(uint8_t *out, const char *const *addresses, size_t n)
{
	struct sink k = sink_on(out, CODE_BYTES);

	sink_u8(&k, TOKEN_ENROLMENT);
	sink_fill(&k, 0, 8 + 8 + 8 + 16 + 8);
	for (size_t i = 0; i < n; i++) {
		sink_u8(&k, (uint8_t)strlen(addresses[i]));
		sink_bytes(&k, addresses[i], strlen(addresses[i]));
	}
	uint16_t crc = token_crc16((struct span){k.p, k.n});
	sink_u8(&k, (uint8_t)(crc >> 8));
	sink_u8(&k, (uint8_t)crc);
	return k.n;
}

TEST(an_enrolment_with_another_address_is_refused_though_its_sum_holds)
{
	static const char *const good[] = {
		"http://a", "http://b", "http://c", "http://d", "http://e"};
	char longest[CODE_ADDRESS + 2] = "http://";
	const char *const wrong[] = {
		"", "http://", "file:///x", "http://a\n", "http://\x7f", longest};
	uint8_t bytes[CODE_BYTES];
	UNUSED(state);

	for (size_t n = 0; n <= COUNT(good); n++)
		assert_err(read_bytes((struct span){bytes, put_enrolment(bytes, good, n)}),
			n >= 1 && n <= CODE_ADDRESSES ? OK : ERR_FORMAT);
	memset(longest + 7, 'x', CODE_ADDRESS + 1 - 7);
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_err(read_bytes((struct span){bytes, put_enrolment(bytes, wrong + i, 1)}),
			ERR_FORMAT);
}

TEST(addresses_that_do_not_fit_a_code_are_told)
{
	struct signed_code c = enrolment(), got;
	char text[CODE_TEXT], longer[CODE_TEXT + 1];
	UNUSED(state);

	c.address_count = CODE_ADDRESSES;
	for (size_t i = 0; i < CODE_ADDRESSES; i++) {
		memset(c.addresses[i], 'x', 64);
		memcpy(c.addresses[i], "http://", 7);
		c.addresses[i][64] = '\0';
	}
	size_t fits = CODE_BYTES - (17 + 32 + 4 + 2 + 3 * 64);
	memset(c.addresses[3], 'x', fits);
	memcpy(c.addresses[3], "http://", 7);
	c.addresses[3][fits] = '\0';
	assert_ok(signed_code_write(&c, 1, NULL, text));
	assert_int_equal(strlen(text), TOKEN_TEXT_MAX);
	memcpy(longer, text, TOKEN_TEXT_MAX);
	strcpy(longer + TOKEN_TEXT_MAX, "0");
	assert_ok(read_text(&got, text));
	assert_err(read_text(&got, longer), ERR_FORMAT);
	c.addresses[3][fits] = 'x';
	c.addresses[3][fits + 1] = '\0';
	assert_err(signed_code_write(&c, 1, NULL, text), ERR_FULL);
	assert_string_equal(text, "");
}

TEST(bytes_have_one_text)
{
	static const uint8_t bytes[5] = {0xff, 0xff, 0xff, 0xff, 0xff};
	char text[CODE_TEXT_LENGTH(5) + 1];
	uint8_t back[5];
	UNUSED(state);

	for (size_t n = 0; n <= 5; n++) {
		code_text_write((struct span){bytes, n}, text);
		size_t digits = strlen(text) - CODE_TEXT_MAGIC;
		assert_int_equal(digits + CODE_TEXT_MAGIC, CODE_TEXT_LENGTH(n));
		assert_ok(code_text_bytes(text + CODE_TEXT_MAGIC, digits, back));
		assert_memory_equal(back, bytes, n);
	}
	assert_err(code_text_bytes("0", 1, back), ERR_FORMAT);
	assert_err(code_text_bytes("000", 3, back), ERR_FORMAT);
	assert_err(code_text_bytes("000000", 6, back), ERR_FORMAT);
	assert_err(code_text_bytes("01", 2, back), ERR_FORMAT);
	assert_ok(code_text_bytes("04", 2, back));
	assert_int_equal(back[0], 1);
}

TEST(the_golden_codes_are_read)
{
	struct signed_code codes[] = {revocation(2), lease(), enrolment()}, got;
	char lines[3 * (CODE_TEXT + 1)];
	struct file_bytes file;
	size_t n = 0, at = 0;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(codes); i++)
		n += (size_t)snprintf(lines + n, sizeof(lines) - n, "%s\n", write_text(&codes[i]));
	golden_read(&file, "codes-1.txt", (struct span){(const uint8_t *)lines, n});
	for (size_t i = 0; i < COUNT(codes); i++) {
		struct span rest = {file.bytes.p + at, file.bytes.n - at};
		const uint8_t *end = memchr(rest.p, '\n', rest.n);
		assert_non_null(end);
		assert_ok(signed_code_read(&got, span_cut(rest, 0, (size_t)(end - rest.p))));
		assert_int_equal(got.kind, TOKEN_REVOCATION + i);
		if (got.kind != TOKEN_ENROLMENT)
			assert_ok(verify(&got));
		at += (size_t)(end - rest.p) + 1;
	}
	assert_string_equal(got.addresses[1], "https://hub.example:8443/x");
	file_free(&file);
}

static int start(void **state)
{
	UNUSED(state);
	wire_hub(&hub, 1, 1);
	wire_hub(&later, 1, 2);
	wire_hub(&foreign, 2, 1);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_revocation_comes_back_as_it_was_written),
	cmocka_unit_test(a_lease_comes_back_as_it_was_written),
	cmocka_unit_test(an_enrolment_comes_back_as_it_was_written),
	cmocka_unit_test(the_bytes_alone_say_the_same_and_every_other_length_is_refused),
	cmocka_unit_test(a_scanner_hands_every_signed_code_on_as_one),
	cmocka_unit_test(spaces_dashes_and_small_letters_are_fine),
	cmocka_unit_test(a_code_of_another_event_is_foreign),
	cmocka_unit_test(a_code_signed_by_a_retired_key_or_for_another_epoch_is_forged),
	cmocka_unit_test(an_old_code_is_not_played_again),
	cmocka_unit_test(any_misread_digit_is_noticed),
	cmocka_unit_test(a_torn_code_is_refused_at_every_length),
	cmocka_unit_test(a_lengthened_code_is_refused),
	cmocka_unit_test(other_codes_are_none),
	cmocka_unit_test(counts_beyond_the_format_are_refused),
	cmocka_unit_test(an_address_is_a_plain_web_address),
	cmocka_unit_test(an_enrolment_with_another_address_is_refused_though_its_sum_holds),
	cmocka_unit_test(addresses_that_do_not_fit_a_code_are_told),
	cmocka_unit_test(bytes_have_one_text),
	cmocka_unit_test(the_golden_codes_are_read),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, NULL);
}
