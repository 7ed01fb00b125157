/* Papers: delegation, certificate, credential. */
#include "test.h"

#include "help/golden.h"
#include "help/wire.h"
#include "roster_inside.h"
#include "roster_write.h"

static struct wire_hub hub;
static struct wire_device device;

static struct span certificate_of(const struct wire_device *d)
{
	return (struct span){d->certificate, sizeof(d->certificate)};
}

static enum err open_at(struct span bytes, int64_t now)
{
	struct certificate c;

	return certificate_open(&c, bytes, hub.root, 1, now);
}

/* The device's certificate with these differences. */
static void write_other(const struct certificate_source *s, uint8_t out[static PAPER_CERTIFICATE])
{
	struct certificate_source other = *s;

	memcpy(other.key, device.key, SEAL_PUBLIC);
	other.role = s->role ? s->role : BOARD_KIOSK;
	other.name = s->name ? s->name : "board 1";
	other.until = s->until ? s->until : WIRE_UNTIL;
	other.delegation = s->delegation ? s->delegation : hub.delegation;
	other.hub_seed = s->hub_seed ? s->hub_seed : hub.seed;
	certificate_write(&other, out);
}

static enum err open_other(struct certificate_source s)
{
	uint8_t bytes[PAPER_CERTIFICATE];

	write_other(&s, bytes);
	return open_at((struct span){bytes, sizeof(bytes)}, WIRE_NOW);
}

static void sign_again(uint8_t *bytes)
{
	enum { SIGNED = PAPER_CERTIFICATE - SEAL_SIGNATURE };

	seal_sign(hub.seed, "foyer certificate", (struct span){bytes, SIGNED}, bytes + SIGNED);
}

TEST(a_delegation_says_who_speaks_for_the_root)
{
	struct delegation d;
	UNUSED(state);

	assert_ok(delegation_open(&d, hub.delegation, hub.root));
	assert_memory_equal(d.root, hub.root, SEAL_PUBLIC);
	assert_memory_equal(d.hub, hub.key, SEAL_PUBLIC);
	assert_int_equal(d.role, 1);
	assert_int_equal(d.epoch, 1);
	assert_int_equal(d.until, WIRE_UNTIL);
	assert_ok(delegation_open(&d, hub.delegation, NULL));
}

TEST(every_bit_of_a_delegation_counts)
{
	uint8_t bytes[PAPER_DELEGATION];
	struct delegation d;
	static const struct delegation nothing;
	UNUSED(state);

	memcpy(bytes, hub.delegation, sizeof(bytes));
	for (size_t bit = 0; bit < sizeof(bytes) * 8; bit++) {
		bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_err(delegation_open(&d, bytes, hub.root),
			bit / 8 < SEAL_PUBLIC ? ERR_FOREIGN : ERR_FORGED);
		assert_memory_equal(&d, &nothing, sizeof(d));
		assert_err(delegation_open(&d, bytes, NULL), ERR_FORGED);
		bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}

TEST(a_delegation_to_another_role_gives_no_word)
{
	uint8_t bytes[PAPER_DELEGATION];
	struct delegation d;
	UNUSED(state);

	memcpy(bytes, hub.delegation, sizeof(bytes));
	store_u32(bytes + DELEGATION_ROLE_AT, 2);
	seal_sign(hub.root_seed, paper_delegation_label, (struct span){bytes, DELEGATION_SIGNED},
		bytes + DELEGATION_SIGNED);
	assert_err(delegation_open(&d, bytes, hub.root), ERR_FORGED);
}

TEST(a_certificate_comes_back_as_it_was_written)
{
	struct certificate c;
	UNUSED(state);

	assert_ok(certificate_open(&c, certificate_of(&device), hub.root, 1, WIRE_NOW));
	assert_memory_equal(c.event, hub.event, ROSTER_EVENT);
	assert_memory_equal(c.key, device.key, SEAL_PUBLIC);
	assert_memory_equal(c.device, device.id, PAPER_DEVICE);
	assert_int_equal(c.role, BOARD_KIOSK);
	assert_string_equal(c.name, "board 1");
	assert_int_equal(c.until, WIRE_UNTIL);
	assert_memory_equal(c.by.hub, hub.key, SEAL_PUBLIC);
	assert_int_equal(c.by.epoch, 1);
}

TEST(every_bit_of_a_certificate_counts)
{
	static const struct certificate nothing;
	uint8_t bytes[PAPER_CERTIFICATE];
	struct certificate c;
	UNUSED(state);

	memcpy(bytes, device.certificate, sizeof(bytes));
	for (size_t bit = 0; bit < sizeof(bytes) * 8; bit++) {
		size_t at = bit / 8;
		bool foreign = at < 24 || (at >= 100 && at < 100 + SEAL_PUBLIC);
		bytes[at] ^= (uint8_t)(1 << bit % 8);
		assert_err(certificate_open(
				   &c, (struct span){bytes, sizeof(bytes)}, hub.root, 1, WIRE_NOW),
			at < 8 ? ERR_FORMAT : (foreign ? ERR_FOREIGN : ERR_FORGED));
		assert_memory_equal(&c, &nothing, sizeof(c));
		bytes[at] ^= (uint8_t)(1 << bit % 8);
	}
}

TEST(a_certificate_has_one_length)
{
	uint8_t bytes[PAPER_CERTIFICATE + 1] = {0};
	UNUSED(state);

	memcpy(bytes, device.certificate, PAPER_CERTIFICATE);
	for (size_t n = 0; n <= sizeof(bytes); n++)
		assert_err(open_at((struct span){bytes, n}, WIRE_NOW),
			n == PAPER_CERTIFICATE ? OK : ERR_FORMAT);
}

TEST(a_certificate_of_another_event_is_foreign)
{
	struct wire_hub other;
	struct wire_device theirs;
	UNUSED(state);

	wire_hub(&other, 2, 1);
	wire_device(&theirs, &other, 1);
	assert_err(open_at(certificate_of(&theirs), WIRE_NOW), ERR_FOREIGN);
}

TEST(a_certificate_by_another_hand_than_the_delegations_is_forged)
{
	struct wire_hub later;
	UNUSED(state);

	wire_hub(&later, 1, 2);
	assert_err(open_other((struct certificate_source){.hub_seed = later.seed}), ERR_FORGED);
	assert_err(open_other((struct certificate_source){.hub_seed = device.seed}), ERR_FORGED);
	assert_ok(open_other((struct certificate_source){
		.hub_seed = later.seed, .delegation = later.delegation}));
}

TEST(a_certificate_of_a_retired_hub_key_is_older)
{
	struct certificate c;
	UNUSED(state);

	assert_err(certificate_open(&c, certificate_of(&device), hub.root, 2, WIRE_NOW), ERR_OLDER);
	assert_ok(certificate_open(&c, certificate_of(&device), hub.root, 0, WIRE_NOW));
}

TEST(a_certificate_ends_with_its_last_day_or_its_delegations)
{
	uint8_t bytes[PAPER_CERTIFICATE];
	struct span s = {bytes, sizeof(bytes)};
	UNUSED(state);

	write_other(&(struct certificate_source){.until = WIRE_NOW}, bytes);
	assert_ok(open_at(s, WIRE_NOW));
	assert_err(open_at(s, WIRE_NOW + 1), ERR_EXPIRED);
	assert_ok(open_at(s, 0));
	write_other(&(struct certificate_source){.until = WIRE_UNTIL + 10}, bytes);
	assert_ok(open_at(s, WIRE_UNTIL));
	assert_err(open_at(s, WIRE_UNTIL + 1), ERR_EXPIRED);
}

TEST(a_name_has_one_spelling_and_no_control_characters)
{
	static const struct {
		const char *name;
		enum err want;
	} cases[] = {
		{"", OK},
		{"Halle 3 \xc3\xa9tage 2", OK},
		{"12345678901234567890123456789012", OK},
		{"\xff", ERR_FORMAT},
		{"kiosk\n1", ERR_FORMAT},
		{"kiosk\x7f", ERR_FORMAT},
		{"1234567890123456789012345678901\xc3", ERR_FORMAT},
	};
	uint8_t bytes[PAPER_CERTIFICATE];
	UNUSED(state);

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_err(open_other((struct certificate_source){.name = cases[i].name}),
			cases[i].want);
	memcpy(bytes, device.certificate, sizeof(bytes));
	bytes[60 + PAPER_NAME - 1] = 'x';
	sign_again(bytes);
	assert_err(open_at((struct span){bytes, sizeof(bytes)}, WIRE_NOW), ERR_FORMAT);
}

TEST(a_role_this_program_does_not_know_is_read_and_none_is_not)
{
	uint8_t bytes[PAPER_CERTIFICATE];
	struct certificate c;
	UNUSED(state);

	memcpy(bytes, device.certificate, sizeof(bytes));
	store_u32(bytes + 56, 9);
	sign_again(bytes);
	assert_ok(certificate_open(&c, (struct span){bytes, sizeof(bytes)}, hub.root, 1, 0));
	assert_int_equal(c.role, 9);
	store_u32(bytes + 56, 0);
	sign_again(bytes);
	assert_err(open_at((struct span){bytes, sizeof(bytes)}, WIRE_NOW), ERR_FORMAT);
}

TEST(every_role_has_a_name_and_every_name_its_role)
{
	UNUSED(state);
	assert_string_equal(board_role_name(BOARD_KIOSK), "kiosk");
	assert_string_equal(board_role_name(BOARD_SCREEN), "screen");
	assert_null(board_role_name(0));
	assert_null(board_role_name(5));
	for (unsigned role = BOARD_KIOSK; role <= BOARD_SCREEN; role++)
		assert_int_equal(board_role_of(board_role_name(role)), role);
	assert_int_equal(board_role_of("hub"), 0);
	assert_int_equal(board_role_of(""), 0);
}

static struct span credential_of(const struct wire_device *d)
{
	return (struct span){d->credential, sizeof(d->credential)};
}

TEST(a_credential_gives_its_device_the_peer_key)
{
	uint8_t zeros[SEAL_KEY] = {0};
	struct credential c;
	UNUSED(state);

	assert_ok(credential_open(&c, credential_of(&device), hub.root, 1, device.seed));
	assert_memory_equal(c.peer_key, hub.peer_key, SEAL_KEY);
	assert_int_equal(c.peer_epoch, 1);
	assert_memory_equal(c.bytes, device.certificate, PAPER_CERTIFICATE);
	assert_string_equal(c.certificate.name, "board 1");
	assert_ok(credential_open(&c, credential_of(&device), hub.root, 1, NULL));
	assert_memory_equal(c.peer_key, zeros, SEAL_KEY);
}

TEST(a_credential_is_of_no_use_to_another_device)
{
	static const struct credential nothing;
	struct wire_device other;
	struct credential c;
	UNUSED(state);

	wire_device(&other, &hub, 2);
	assert_err(
		credential_open(&c, credential_of(&device), hub.root, 1, other.seed), ERR_DENIED);
	assert_memory_equal(&c, &nothing, sizeof(c));
}

TEST(every_byte_and_every_length_of_a_credential_counts)
{
	uint8_t bytes[PAPER_CREDENTIAL + 1] = {0};
	struct credential c;
	UNUSED(state);

	memcpy(bytes, device.credential, PAPER_CREDENTIAL);
	for (size_t n = 0; n <= sizeof(bytes); n++)
		assert_err(credential_open(&c, (struct span){bytes, n}, hub.root, 1, device.seed),
			n == PAPER_CREDENTIAL ? OK : ERR_FORMAT);
	for (size_t at = 0; at < PAPER_CREDENTIAL; at++) {
		bool foreign = at < 24 || (at >= 100 && at < 100 + SEAL_PUBLIC);
		bytes[at] ^= 0x10;
		assert_err(credential_open(&c, (struct span){bytes, PAPER_CREDENTIAL}, hub.root, 1,
				   device.seed),
			at < 8 ? ERR_FORMAT : (foreign ? ERR_FOREIGN : ERR_FORGED));
		bytes[at] ^= 0x10;
	}
}

TEST(a_peer_key_that_the_hub_sealed_to_another_is_denied)
{
	enum { SIGNED = PAPER_CREDENTIAL - SEAL_SIGNATURE };
	uint8_t bytes[PAPER_CREDENTIAL];
	struct credential c;
	UNUSED(state);

	memcpy(bytes, device.credential, sizeof(bytes));
	bytes[320] ^= 1;
	seal_sign(hub.seed, "foyer credential", (struct span){bytes, SIGNED}, bytes + SIGNED);
	assert_err(
		credential_open(&c, (struct span){bytes, sizeof(bytes)}, hub.root, 1, device.seed),
		ERR_DENIED);
}

TEST(a_peer_key_sealed_to_another_device_than_the_certificates_is_denied)
{
	enum { SIGNED = PAPER_CREDENTIAL - SEAL_SIGNATURE };
	uint8_t bytes[PAPER_CREDENTIAL];
	struct wire_device other;
	struct credential c;
	UNUSED(state);

	wire_device(&other, &hub, 2);
	memcpy(bytes, other.credential, sizeof(bytes));
	memcpy(bytes, device.certificate, PAPER_CERTIFICATE);
	seal_sign(hub.seed, "foyer credential", (struct span){bytes, SIGNED}, bytes + SIGNED);
	assert_err(
		credential_open(&c, (struct span){bytes, sizeof(bytes)}, hub.root, 1, other.seed),
		ERR_DENIED);
}

TEST(no_credential_is_written_for_a_key_that_is_none)
{
	uint8_t bytes[PAPER_CERTIFICATE], out[PAPER_CREDENTIAL];
	UNUSED(state);

	memcpy(bytes, device.certificate, sizeof(bytes));
	memset(bytes + PAPER_CERTIFICATE_KEY, 0xff, SEAL_PUBLIC);
	assert_err(credential_write(bytes, 1, hub.peer_key, hub.seed, out), ERR_FORGED);
}

TEST(another_epoch_has_another_peer_key)
{
	uint8_t secret[SEAL_KEY] = {1}, first[SEAL_KEY], second[SEAL_KEY];
	UNUSED(state);

	paper_peer_key(secret, 1, first);
	paper_peer_key(secret, 2, second);
	assert_memory_not_equal(first, second, SEAL_KEY);
}

TEST(the_golden_credential_is_read)
{
	struct file_bytes file;
	struct credential c;
	UNUSED(state);

	golden_read(&file, "credential-1", credential_of(&device));
	assert_ok(credential_open(&c, file.bytes, hub.root, 1, device.seed));
	assert_string_equal(c.certificate.name, "board 1");
	assert_int_equal(c.certificate.until, WIRE_UNTIL);
	assert_memory_equal(c.peer_key, hub.peer_key, SEAL_KEY);
	file_free(&file);
}

static int start(void **state)
{
	UNUSED(state);
	wire_hub(&hub, 1, 1);
	wire_device(&device, &hub, 1);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_delegation_says_who_speaks_for_the_root),
	cmocka_unit_test(every_bit_of_a_delegation_counts),
	cmocka_unit_test(a_delegation_to_another_role_gives_no_word),
	cmocka_unit_test(a_certificate_comes_back_as_it_was_written),
	cmocka_unit_test(every_bit_of_a_certificate_counts),
	cmocka_unit_test(a_certificate_has_one_length),
	cmocka_unit_test(a_certificate_of_another_event_is_foreign),
	cmocka_unit_test(a_certificate_by_another_hand_than_the_delegations_is_forged),
	cmocka_unit_test(a_certificate_of_a_retired_hub_key_is_older),
	cmocka_unit_test(a_certificate_ends_with_its_last_day_or_its_delegations),
	cmocka_unit_test(a_name_has_one_spelling_and_no_control_characters),
	cmocka_unit_test(a_role_this_program_does_not_know_is_read_and_none_is_not),
	cmocka_unit_test(every_role_has_a_name_and_every_name_its_role),
	cmocka_unit_test(a_credential_gives_its_device_the_peer_key),
	cmocka_unit_test(a_credential_is_of_no_use_to_another_device),
	cmocka_unit_test(every_byte_and_every_length_of_a_credential_counts),
	cmocka_unit_test(a_peer_key_that_the_hub_sealed_to_another_is_denied),
	cmocka_unit_test(a_peer_key_sealed_to_another_device_than_the_certificates_is_denied),
	cmocka_unit_test(no_credential_is_written_for_a_key_that_is_none),
	cmocka_unit_test(another_epoch_has_another_peer_key),
	cmocka_unit_test(the_golden_credential_is_read),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, NULL);
}
