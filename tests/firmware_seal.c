/* Seals, signatures and hashes: known answers, and every changed bit refused. */
#include "seal.h"
#include "test.h"

static const uint8_t secret[SEAL_RECORD_KEY] = {
	0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
static const uint8_t other[SEAL_RECORD_KEY] = {1};
enum { PLAIN = 10, BOX = PLAIN + SEAL_OVERHEAD };

static void from_hex(const char *hex, uint8_t *out)
{
	for (unsigned v; sscanf(hex, "%2x", &v) == 1; hex += 2)
		*out++ = (uint8_t)v;
}

static void make_box(uint8_t box[static BOX])
{
	seal_box(secret, span_of("ad"), span_of("plain text"), box);
}

static enum err open_as(const uint8_t *key, const char *ad, const uint8_t *box, uint8_t *out)
{
	return seal_open(key, span_of(ad), (struct span){box, BOX}, out);
}

TEST(a_hash_is_that_of_rfc_7693)
{
	uint8_t got[64], want[64];
	UNUSED(state);

	from_hex("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
		 "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
		want);
	seal_hash((struct span){0}, span_of("abc"), got, sizeof(got));
	assert_memory_equal(got, want, sizeof(want));
}

TEST(a_hash_in_parts_is_the_hash_in_one)
{
	uint8_t whole[32], parts[32];
	struct seal_hash h;
	struct span key = {secret, sizeof(secret)};
	UNUSED(state);

	seal_hash(key, span_of("one two"), whole, sizeof(whole));
	seal_hash_init(&h, key, sizeof(parts));
	seal_hash_add(&h, "one", 3);
	seal_hash_add(&h, " two", 4);
	seal_hash_done(&h, parts);
	assert_memory_equal(whole, parts, sizeof(whole));
}

TEST(a_public_key_is_that_of_rfc_8032)
{
	uint8_t seed[SEAL_SEED], got[SEAL_PUBLIC], want[SEAL_PUBLIC];
	UNUSED(state);

	from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", seed);
	from_hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", want);
	seal_keypair(seed, got);
	assert_memory_equal(got, want, sizeof(want));
}

/* Worked out by another implementation of RFC 8439 and RFC 7693 from the words of seal.h alone. */
TEST(a_box_is_what_the_format_says_byte_for_byte)
{
	uint8_t got[BOX], want[BOX];
	UNUSED(state);

	from_hex("e5dcca868113431426681bf45784fe17fd3feb070164a7786a56fb7f1aa7332b5b5c39c24fb1",
		want);
	make_box(got);
	assert_memory_equal(got, want, BOX);
}

TEST(what_was_sealed_opens)
{
	uint8_t box[BOX], plain[PLAIN];
	UNUSED(state);

	make_box(box);
	assert_ok(open_as(secret, "ad", box, plain));
	assert_memory_equal(plain, "plain text", PLAIN);
}

TEST(the_same_content_gives_the_same_box_and_other_content_another_nonce)
{
	uint8_t one[BOX], two[BOX];
	UNUSED(state);

	make_box(one);
	make_box(two);
	assert_memory_equal(one, two, BOX);
	seal_box(secret, span_of("ad"), span_of("plain tEXT"), two);
	assert_memory_not_equal(one, two, SEAL_NONCE);
}

TEST(every_changed_bit_of_nonce_cipher_and_tag_is_refused_and_leaves_zeros)
{
	static const uint8_t zeros[PLAIN];
	uint8_t box[BOX], plain[PLAIN];
	UNUSED(state);

	make_box(box);
	for (size_t bit = 0; bit < BOX * 8; bit++) {
		box[bit / 8] ^= (uint8_t)(1 << bit % 8);
		memset(plain, 0xaa, sizeof(plain));
		assert_err(open_as(secret, "ad", box, plain), ERR_FORGED);
		assert_memory_equal(plain, zeros, PLAIN);
		box[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}

/* Made by the other implementation with a nonce of zeros: the tag holds, the nonce is not the content's. */
TEST(a_box_under_another_nonce_is_refused_though_its_tag_holds)
{
	uint8_t box[BOX], plain[PLAIN];
	UNUSED(state);

	from_hex("000000000000000000000000066fa91d747996d135a211f40d74ae4fdbc534b5720a040e1450",
		box);
	assert_err(open_as(secret, "ad", box, plain), ERR_FORGED);
}

TEST(other_associated_data_and_another_secret_are_refused)
{
	uint8_t box[BOX], plain[PLAIN];
	UNUSED(state);

	make_box(box);
	assert_err(open_as(secret, "AD", box, plain), ERR_FORGED);
	assert_err(open_as(secret, "", box, plain), ERR_FORGED);
	assert_err(open_as(other, "ad", box, plain), ERR_FORGED);
}

TEST(a_box_shorter_than_its_overhead_is_not_well_formed)
{
	uint8_t box[BOX], plain[PLAIN];
	UNUSED(state);

	make_box(box);
	for (size_t n = 0; n < SEAL_OVERHEAD; n++)
		assert_err(
			seal_open(secret, span_of("ad"), (struct span){box, n}, plain), ERR_FORMAT);
}

TEST(a_signature_holds_for_its_key_label_and_message_only)
{
	uint8_t seed[SEAL_SEED] = {5}, key[SEAL_PUBLIC], wrong[SEAL_PUBLIC], s[SEAL_SIGNATURE];
	UNUSED(state);

	seal_keypair(seed, key);
	seal_sign(seed, "label", span_of("message"), s);
	assert_ok(seal_verify(key, "label", span_of("message"), s));
	assert_err(seal_verify(key, "labem", span_of("message"), s), ERR_FORGED);
	assert_err(seal_verify(key, "label", span_of("messagE"), s), ERR_FORGED);
	seed[0] = 6;
	seal_keypair(seed, wrong);
	assert_err(seal_verify(wrong, "label", span_of("message"), s), ERR_FORGED);
	for (size_t bit = 0; bit < SEAL_SIGNATURE * 8; bit++) {
		s[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_err(seal_verify(key, "label", span_of("message"), s), ERR_FORGED);
		s[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}

TEST(label_and_message_do_not_run_into_each_other)
{
	uint8_t seed[SEAL_SEED] = {5}, key[SEAL_PUBLIC], s[SEAL_SIGNATURE];
	UNUSED(state);

	seal_keypair(seed, key);
	seal_sign(seed, "ab", span_of("c"), s);
	assert_err(seal_verify(key, "a", span_of("bc"), s), ERR_FORGED);
}

TEST(a_letter_to_the_hub_opens_with_its_seed_only)
{
	uint8_t seed[SEAL_SEED] = {7}, key[SEAL_PUBLIC], box[5 + SEAL_TO_OVERHEAD], plain[5];
	UNUSED(state);

	seal_keypair(seed, key);
	assert_ok(seal_to(key, span_of("hello"), box));
	assert_ok(seal_from(seed, (struct span){box, sizeof(box)}, plain));
	assert_memory_equal(plain, "hello", 5);
	seed[0] = 8;
	assert_err(seal_from(seed, (struct span){box, sizeof(box)}, plain), ERR_FORGED);
	assert_err(seal_from(seed, (struct span){box, 47}, plain), ERR_FORGED);
}

TEST(a_key_that_is_no_point_takes_no_letter)
{
	uint8_t key[SEAL_PUBLIC], box[5 + SEAL_TO_OVERHEAD];
	UNUSED(state);

	memset(key, 0xff, sizeof(key));
	assert_err(seal_to(key, span_of("hello"), box), ERR_FORGED);
}

TEST(two_holders_of_keys_share_a_secret_and_nobody_else_does)
{
	uint8_t seeds[3][SEAL_SEED] = {{1}, {2}, {3}}, keys[3][SEAL_PUBLIC];
	uint8_t mine[SEAL_KEY], theirs[SEAL_KEY], thirds[SEAL_KEY];
	UNUSED(state);

	for (size_t i = 0; i < COUNT(seeds); i++)
		seal_keypair(seeds[i], keys[i]);
	assert_ok(seal_shared(seeds[0], keys[1], mine));
	assert_ok(seal_shared(seeds[1], keys[0], theirs));
	assert_ok(seal_shared(seeds[2], keys[0], thirds));
	assert_memory_equal(mine, theirs, SEAL_KEY);
	assert_memory_not_equal(mine, thirds, SEAL_KEY);
}

TEST(nothing_is_shared_with_a_key_that_is_no_point)
{
	/* all ones is no point; 1 (little-endian) is the neutral one, of small order */
	uint8_t seed[SEAL_SEED] = {1}, key[SEAL_PUBLIC], zeros[SEAL_KEY] = {0}, out[SEAL_KEY];
	UNUSED(state);

	memset(key, 0xff, sizeof(key));
	assert_err(seal_shared(seed, key, out), ERR_FORGED);
	assert_memory_equal(out, zeros, SEAL_KEY);
	memset(key, 0, sizeof(key));
	key[0] = 1;
	assert_err(seal_shared(seed, key, out), ERR_FORGED);
	assert_memory_equal(out, zeros, SEAL_KEY);
}

TEST(a_message_opens_under_its_key_and_data_only)
{
	uint8_t key[SEAL_KEY] = {1}, box[5 + SEAL_MESSAGE_OVERHEAD], again[sizeof(box)], plain[5];
	UNUSED(state);

	seal_message(key, span_of("ad"), span_of("hello"), box);
	seal_message(key, span_of("ad"), span_of("hello"), again);
	assert_memory_not_equal(box, again, SEAL_MESSAGE_NONCE);
	assert_ok(seal_message_open(key, span_of("ad"), (struct span){box, sizeof(box)}, plain));
	assert_memory_equal(plain, "hello", 5);
	assert_err(seal_message_open(key, span_of("AD"), (struct span){box, sizeof(box)}, plain),
		ERR_FORGED);
	key[31] = 1;
	assert_err(seal_message_open(key, span_of("ad"), (struct span){box, sizeof(box)}, plain),
		ERR_FORGED);
}

TEST(every_bit_and_every_length_of_a_message_counts)
{
	uint8_t key[SEAL_KEY] = {1}, box[5 + SEAL_MESSAGE_OVERHEAD], plain[5], zeros[5] = {0};
	UNUSED(state);

	seal_message(key, span_of("ad"), span_of("hello"), box);
	for (size_t bit = 0; bit < sizeof(box) * 8; bit++) {
		box[bit / 8] ^= (uint8_t)(1 << bit % 8);
		memset(plain, 1, sizeof(plain));
		assert_err(seal_message_open(
				   key, span_of("ad"), (struct span){box, sizeof(box)}, plain),
			ERR_FORGED);
		assert_memory_equal(plain, zeros, sizeof(plain));
		box[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	for (size_t n = 0; n < sizeof(box); n++)
		assert_err(seal_message_open(key, span_of("ad"), (struct span){box, n}, plain),
			n < SEAL_MESSAGE_OVERHEAD ? ERR_FORMAT : ERR_FORGED);
}

TEST(memory_for_secrets_starts_as_zeros)
{
	uint8_t *p = seal_secret_memory(64);
	uint8_t zeros[64] = {0};
	UNUSED(state);

	assert_non_null(p);
	assert_memory_equal(p, zeros, 64);
	assert_true(seal_equal(p, zeros, 64));
	p[63] = 1;
	assert_false(seal_equal(p, zeros, 64));
	seal_secret_free(p);
	seal_secret_free(NULL);
}

static int start(void **state)
{
	UNUSED(state);
	return seal_start();
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_hash_is_that_of_rfc_7693),
	cmocka_unit_test(a_hash_in_parts_is_the_hash_in_one),
	cmocka_unit_test(a_public_key_is_that_of_rfc_8032),
	cmocka_unit_test(a_box_is_what_the_format_says_byte_for_byte),
	cmocka_unit_test(what_was_sealed_opens),
	cmocka_unit_test(the_same_content_gives_the_same_box_and_other_content_another_nonce),
	cmocka_unit_test(every_changed_bit_of_nonce_cipher_and_tag_is_refused_and_leaves_zeros),
	cmocka_unit_test(a_box_under_another_nonce_is_refused_though_its_tag_holds),
	cmocka_unit_test(other_associated_data_and_another_secret_are_refused),
	cmocka_unit_test(a_box_shorter_than_its_overhead_is_not_well_formed),
	cmocka_unit_test(a_signature_holds_for_its_key_label_and_message_only),
	cmocka_unit_test(label_and_message_do_not_run_into_each_other),
	cmocka_unit_test(a_letter_to_the_hub_opens_with_its_seed_only),
	cmocka_unit_test(a_key_that_is_no_point_takes_no_letter),
	cmocka_unit_test(two_holders_of_keys_share_a_secret_and_nobody_else_does),
	cmocka_unit_test(nothing_is_shared_with_a_key_that_is_no_point),
	cmocka_unit_test(a_message_opens_under_its_key_and_data_only),
	cmocka_unit_test(every_bit_and_every_length_of_a_message_counts),
	cmocka_unit_test(memory_for_secrets_starts_as_zeros),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, NULL);
}
