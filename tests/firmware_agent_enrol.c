/* Enrolment: from a code to a credential; a cut at any point leaves a board that is enrolled or one that
 * is not; and nobody but the hub of the code lets a board in. */
#include "agent_world.h"
#include "file.h"
#include "hex.h"
#include "protocol.h"
#include "signed_code.h"
#include "test.h"
#include "trust.h"

#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

static const uint8_t secret[CODE_SECRET] = "a one-time code";
static struct agent_world w;
static char code[CODE_TEXT];

/* What the hub shows. */
static void make_code(const struct wire_hub *hub, const uint8_t with[static CODE_SECRET])
{
	struct signed_code c = {
		.kind = TOKEN_ENROLMENT, .number = 1, .until = WIRE_NOW + 600, .address_count = 1};

	memcpy(c.event, hub->event, ROSTER_EVENT);
	memcpy(c.secret, with, CODE_SECRET);
	strcpy(c.addresses[0], fake_hub_address(w.server));
	assert_ok(signed_code_write(&c, 0, NULL, code));
}

static int open_world(void **state)
{
	UNUSED(state);
	agent_world_open_new(&w, 1);
	agent_world_offer(&w, 7);
	fake_hub_code(w.server, secret);
	fake_hub_confirm(w.server, true);
	make_code(&w.hub, secret);
	w.options.enrol = code;
	return 0;
}

static int close_world(void **state)
{
	UNUSED(state);
	agent_world_close(&w);
	return 0;
}

static bool there(const char *name)
{
	return access(agent_world_name(&w, name), F_OK) == 0;
}

static mode_t mode_of(const char *name)
{
	struct stat st;

	assert_int_equal(stat(agent_world_name(&w, name), &st), 0);
	return st.st_mode & 0777;
}

static void assert_enrolled(void)
{
	struct board_status s = agent_world_status(&w);

	assert_true(s.enrolled);
	assert_string_equal(s.name, "newcomer");
	assert_string_equal(s.words, "");
	assert_true(there("credential") && there("hubs") && there("trust") && there("key"));
	assert_int_equal(mode_of("key"), 0600);
	assert_int_equal(mode_of("credential"), 0600);
}

static void assert_not_enrolled(void)
{
	assert_int_equal(agent_world_round(&w), 1);
	assert_false(agent_world_status(&w).enrolled);
	assert_false(there("credential"));
	assert_false(there("trust"));
	assert_false(there("hubs"));
}

TEST(a_code_makes_a_board_of_an_empty_folder)
{
	assert_int_equal(agent_world_round(&w), 0);
	assert_enrolled();
	assert_int_equal(agent_world_version(&w), 7);
	/* From then on without the code. */
	w.options.enrol = NULL;
	assert_int_equal(agent_world_round(&w), 0);
	assert_int_equal(fake_hub_asked(w.server, "/v1/enrol"), 1);
}

static void *confirm_later(void *arg)
{
	struct timespec t = {0, 10 * 1000000};

	UNUSED(arg);
	while (fake_hub_asked(w.server, "/v1/board/") == 0)
		nanosleep(&t, NULL);
	fake_hub_confirm(w.server, true);
	return NULL;
}

TEST(the_board_waits_until_the_organiser_has_compared_the_words)
{
	pthread_t organiser;

	clock_fake(NULL); /* it waits two seconds, by a clock that goes */
	fake_hub_confirm(w.server, false);
	assert_int_equal(pthread_create(&organiser, NULL, confirm_later, NULL), 0);
	assert_int_equal(agent_world_round(&w), 0);
	pthread_join(organiser, NULL);
	assert_enrolled();
	assert_true(fake_hub_asked(w.server, "/v1/board/") >= 2);
}

TEST(a_code_that_the_hub_does_not_know_is_a_no)
{
	make_code(&w.hub, (const uint8_t *)"another code...");
	assert_not_enrolled();
}

TEST(a_hub_that_does_not_know_the_code_cannot_let_a_board_in)
{
	struct wire_hub other;
	uint8_t body[PROTOCOL_ENROLLED] = {0};

	/* It has a delegation of the right root, and guesses the rest. */
	memcpy(body, w.hub.delegation, PAPER_DELEGATION);
	fake_hub_page(w.server, "/v1/enrol", 200, (struct span){body, sizeof(body)});
	assert_not_enrolled();
	fake_hub_page(w.server, "/v1/enrol", 200, (struct span){body, sizeof(body) - 1});
	assert_not_enrolled();
	/* A hub of another event that has seen the code. */
	wire_hub(&other, 2, 1);
	fake_hub_page(w.server, "/v1/enrol", 0, (struct span){0});
	fake_hub_becomes(w.server, &other);
	assert_not_enrolled();
	fake_hub_becomes(w.server, &w.hub);
	assert_int_equal(agent_world_round(&w), 0);
	assert_enrolled();
}

TEST(a_credential_for_another_board_is_refused)
{
	char path[64] = "/v1/board/", digits[2 * SEAL_SEED + 2];
	uint8_t key[SEAL_PUBLIC], id[PAPER_DEVICE];
	struct wire_device other;

	memset(digits, '1', sizeof(digits) - 1);
	digits[2 * SEAL_SEED] = '\0';
	agent_world_put(&w, "key", span_of(digits));
	uint8_t seed[SEAL_SEED];
	assert_ok(hex_read(span_of(digits), seed, SEAL_SEED));
	seal_keypair(seed, key);
	paper_device(key, id);
	hex_write((struct span){id, PAPER_DEVICE}, path + strlen(path));
	wire_device(&other, &w.hub, 9);
	fake_hub_page(w.server, path, 200, (struct span){other.credential, PAPER_CREDENTIAL});
	assert_not_enrolled();
}

TEST(an_enrolled_board_takes_no_other_code)
{
	assert_int_equal(agent_world_round(&w), 0);
	assert_enrolled();
	assert_int_equal(agent_world_round(&w), 1);
	assert_int_equal(fake_hub_asked(w.server, "/v1/enrol"), 1);
	w.options.enrol = NULL;
	assert_ok(file_make_folder(agent_world_name(&w, "inbox")));
	agent_world_put(&w, "inbox/1", span_of(code));
	assert_int_equal(agent_world_round(&w), 0);
	assert_int_equal(agent_world_status(&w).answer, STATUS_CODE_ENROLLED);
	assert_int_equal(agent_world_status(&w).codes, 1);
	assert_false(there("inbox/1"));
}

TEST(a_board_of_another_event_takes_no_code)
{
	struct wire_hub other;
	struct trust t = {.known = true};

	wire_hub(&other, 2, 1);
	memcpy(t.root, other.root, SEAL_PUBLIC);
	assert_ok(trust_write(&t, agent_world_name(&w, "trust")));
	assert_int_equal(agent_world_round(&w), 1);
	assert_int_equal(fake_hub_asked(w.server, "/v1/enrol"), 0);
	assert_false(there("key"));
}

TEST(a_code_from_the_scanner_enrols_as_well)
{
	w.options.enrol = NULL;
	assert_ok(file_make_folder(agent_world_name(&w, "inbox")));
	agent_world_put(&w, "inbox/1", span_of(code));
	assert_int_equal(agent_world_round(&w), 0);
	assert_enrolled();
	assert_int_equal(agent_world_status(&w).answer, STATUS_CODE_TAKEN);
	assert_false(there("inbox/1"));
}

TEST(what_is_no_code_is_said_to_be_none)
{
	w.options.enrol = "ZQM1 NOT A CODE";
	assert_int_equal(agent_world_round(&w), 1);
	assert_false(there("key"));
}

/* The files in the order in which they are written; a cut leaves the first n of them. */
TEST(a_cut_at_any_point_leaves_a_board_that_is_enrolled_or_not)
{
	static const char *const order[] = {"key", "trust", "hubs", "credential"};
	struct file_bytes whole[COUNT(order)];
	uint8_t first[SEAL_PUBLIC], again[SEAL_PUBLIC];

	assert_int_equal(agent_world_round(&w), 0);
	fake_hub_newcomer(w.server, first);
	for (size_t i = 0; i < COUNT(order); i++)
		assert_ok(file_read(&whole[i], agent_world_name(&w, order[i]), 4096));
	for (size_t n = 0; n <= COUNT(order); n++) {
		for (size_t i = 0; i < COUNT(order); i++)
			(void)unlink(agent_world_name(&w, order[i]));
		for (size_t i = 0; i < n; i++)
			agent_world_put(&w, order[i], whole[i].bytes);
		if (n == COUNT(order)) {
			w.options.enrol = NULL;
			assert_int_equal(agent_world_round(&w), 0);
			assert_enrolled();
			continue;
		}
		/* Without a code it is a board that is not enrolled … */
		w.options.enrol = NULL;
		(void)agent_world_round(&w);
		assert_false(agent_world_status(&w).enrolled);
		/* … and with it, it comes again, as the same board if it had a key. */
		w.options.enrol = code;
		assert_int_equal(agent_world_round(&w), 0);
		assert_enrolled();
		fake_hub_newcomer(w.server, again);
		assert_int_equal(memcmp(first, again, SEAL_PUBLIC) == 0, n > 0);
	}
	for (size_t i = 0; i < COUNT(order); i++)
		file_free(&whole[i]);
}

TEST(a_newer_credential_replaces_the_old_one_and_never_the_other_way)
{
	struct file_bytes old, new;
	struct wire_hub next;
	struct span roster;
	char path[64] = "/v1/board/";
	uint8_t key[SEAL_PUBLIC], id[PAPER_DEVICE];

	assert_int_equal(agent_world_round(&w), 0);
	w.options.enrol = NULL;
	assert_ok(file_read(&old, agent_world_name(&w, "credential"), 4096));
	/* The root names another hub key: the board asks for a credential signed by that. */
	wire_hub(&next, 1, 2);
	fake_hub_becomes(w.server, &next);
	roster = agent_world_roster(&next, 1);
	struct manifest_source m = agent_world_manifest(&next, 1, roster);
	agent_world_serve(&w, roster);
	agent_world_say(&w, &m);
	assert_int_equal(agent_world_round(&w), 0);
	assert_ok(file_read(&new, agent_world_name(&w, "credential"), 4096));
	assert_false(span_equal(old.bytes, new.bytes));
	assert_enrolled();
	fake_hub_newcomer(w.server, key);
	paper_device(key, id);
	hex_write((struct span){id, PAPER_DEVICE}, path + strlen(path));
	fake_hub_page(w.server, path, 200, old.bytes);
	file_free(&old);
	(void)agent_world_round(&w);
	assert_ok(file_read(&old, agent_world_name(&w, "credential"), 4096));
	assert_true(span_equal(old.bytes, new.bytes));
	file_free(&old);
	file_free(&new);
	free((void *)(uintptr_t)roster.p);
}

#define WHOLE(f) cmocka_unit_test_setup_teardown(f, open_world, close_world)

static const struct CMUnitTest tests[] = {
	WHOLE(a_code_makes_a_board_of_an_empty_folder),
	WHOLE(the_board_waits_until_the_organiser_has_compared_the_words),
	WHOLE(a_code_that_the_hub_does_not_know_is_a_no),
	WHOLE(a_hub_that_does_not_know_the_code_cannot_let_a_board_in),
	WHOLE(a_credential_for_another_board_is_refused),
	WHOLE(an_enrolled_board_takes_no_other_code),
	WHOLE(a_board_of_another_event_takes_no_code),
	WHOLE(a_code_from_the_scanner_enrols_as_well),
	WHOLE(what_is_no_code_is_said_to_be_none),
	WHOLE(a_cut_at_any_point_leaves_a_board_that_is_enrolled_or_not),
	WHOLE(a_newer_credential_replaces_the_old_one_and_never_the_other_way),
};

RUN_TESTS(tests)
