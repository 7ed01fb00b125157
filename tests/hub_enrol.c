/* Letting boards in: one-time codes, four words, and the organiser who compares them. */
#include "commands.h"
#include "enrolment.h"
#include "help/event_folder.h"
#include "help/hub_process.h"
#include "hex.h"
#include "manifest.h"
#include "signed_code.h"
#include "test.h"

#include <jansson.h>
#include <signal.h>
#include <unistd.h>

static struct event_folder f;
static struct hub_process hub;
static struct hub_reply reply;
static struct keys keys;
static uint8_t hub_key[SEAL_PUBLIC];

static int fresh(void **state)
{
	UNUSED(state);
	event_folder_make(&f);
	if (event_run(&f, &verb_build, "DIR") != EXIT_DONE || keys_load(&keys, f.dir))
		return -1;
	seal_keypair(keys.hub_seed, hub_key);
	hub_start(&hub, f.dir, "");
	return 0;
}

static int done(void **state)
{
	UNUSED(state);
	hub_reply_free(&reply);
	int status = hub_stop(&hub, SIGTERM);
	event_folder_remove(&f);
	return status;
}

static void enrol(const char *words, int status)
{
	char line[256];

	snprintf(line, sizeof(line), "DIR %s", words);
	if (event_run(&f, &verb_enrol, line) != status)
		fail_msg("enrol %s: %s%s", words, f.said, f.talked);
}

/* `foyer enrol DIR words`, whose answer is a code and nothing else. */
static struct signed_code code_for(const char *words)
{
	struct signed_code c;

	enrol(words, EXIT_DONE);
	assert_ok(signed_code_read(&c, span_of(f.said)));
	assert_int_equal(c.kind, TOKEN_ENROLMENT);
	return c;
}

/* What a board does that scanned c. */
static void commit(const struct signed_code *c, const struct wire_device *d)
{
	uint8_t body[PROTOCOL_ENROL];

	protocol_enrol_id(c->secret, body);
	memcpy(body + 8, d->key, SEAL_PUBLIC);
	protocol_enrol_mac(c->secret, d->key, body + 8 + SEAL_PUBLIC);
	hub_reply_free(&reply);
	hub_ask(&hub, "POST", "/v1/enrol", (struct span){body, sizeof(body)}, NULL, &reply);
}

static void assert_committed(const struct signed_code *c, const struct wire_device *d)
{
	uint8_t mac[PROTOCOL_MAC];

	assert_int_equal(reply.status, 200);
	assert_int_equal(reply.body.n, PROTOCOL_ENROLLED);
	assert_memory_equal(reply.body.p, keys.delegation, PAPER_DELEGATION);
	protocol_enrolled_mac(c->secret, keys.delegation, d->key, mac);
	assert_memory_equal(reply.body.p + PAPER_DELEGATION, mac, PROTOCOL_MAC);
}

static void assert_refused(int status, const char *why)
{
	char json[256];

	snprintf(json, sizeof(json), "{\"error\":\"%s\"}\n", why);
	assert_int_equal(reply.status, status);
	assert_int_equal(reply.body.n, strlen(json));
	assert_memory_equal(reply.body.p, json, strlen(json));
}

static int ask_credential(const struct wire_device *d)
{
	char target[64], device[2 * PAPER_DEVICE + 1];

	hex_write((struct span){d->id, PAPER_DEVICE}, device);
	snprintf(target, sizeof(target), "/v1/board/%s", device);
	hub_reply_free(&reply);
	hub_get(&hub, target, &reply);
	return reply.status;
}

static struct credential assert_credential(const struct wire_device *d, const char *name)
{
	struct credential c;

	assert_int_equal(ask_credential(d), 200);
	assert_ok(credential_open(&c, reply.body, keys.root, 1, d->seed));
	assert_string_equal(c.certificate.name, name);
	assert_memory_equal(c.certificate.key, d->key, SEAL_PUBLIC);
	return c;
}

static struct wire_device device(uint8_t number)
{
	struct hub_board b;

	hub_board_make(&b, f.dir, number);
	return b.device;
}

static const char *words_of(const struct signed_code *c, const struct wire_device *d)
{
	static char words[20];

	protocol_enrol_words(c->secret, d->key, hub_key, words);
	return words;
}

static int confirm(const char *board, const char *words)
{
	char name[64], dir[128], text[32], option[16] = "--confirm", verb[16] = "enrol";
	char *argv[] = {verb, dir, name, option, text, NULL};

	snprintf(dir, sizeof(dir), "%s", f.dir);
	snprintf(name, sizeof(name), "%s", board);
	snprintf(text, sizeof(text), "%s", words);
	return verb_enrol.run(5, argv);
}

TEST(a_board_is_let_in_by_a_code_and_four_words)
{
	struct wire_device d = device(1);
	uint8_t event[ROSTER_EVENT], peer[SEAL_KEY];
	UNUSED(state);

	struct signed_code c = code_for("lobby --role desk --address http://10.0.0.2:8600");
	paper_event(keys.root, event);
	assert_memory_equal(c.event, event, ROSTER_EVENT);
	assert_int_equal(c.address_count, 1);
	assert_string_equal(c.addresses[0], "http://10.0.0.2:8600");
	commit(&c, &d);
	assert_committed(&c, &d);
	assert_int_equal(ask_credential(&d), 404);
	enrol("lobby", EXIT_DONE);
	assert_int_equal(strlen(f.said), strlen(words_of(&c, &d)) + 1);
	assert_memory_equal(f.said, words_of(&c, &d), strlen(words_of(&c, &d)));
	assert_int_equal(confirm("lobby", words_of(&c, &d)), EXIT_DONE);
	struct credential got = assert_credential(&d, "lobby");
	assert_int_equal(got.certificate.role, BOARD_DESK);
	paper_peer_key(keys.secret, 1, peer);
	assert_int_equal(got.peer_epoch, 1);
	assert_memory_equal(got.peer_key, peer, SEAL_KEY);
}

TEST(words_may_be_typed_with_capitals_and_more_spaces)
{
	struct wire_device d = device(1);
	char typed[64];
	UNUSED(state);

	struct signed_code c = code_for("lobby");
	commit(&c, &d);
	const char *w = words_of(&c, &d);
	snprintf(typed, sizeof(typed), " %.4s  %.4s %.4s   %.4s ", w, w + 5, w + 10, w + 15);
	for (char *t = typed; *t; t++)
		if (*t >= 'a' && *t <= 'z' && (t - typed) % 2)
			*t = (char)(*t - 'a' + 'A');
	assert_int_equal(confirm("lobby", typed), EXIT_DONE);
	assert_credential(&d, "lobby");
}

TEST(wrong_words_let_nobody_in_and_after_five_the_code_is_dead)
{
	struct wire_device d = device(1);
	UNUSED(state);

	struct signed_code c = code_for("lobby");
	assert_int_equal(confirm("lobby", "some words of mine"), EXIT_NO); /* nobody came yet */
	commit(&c, &d);
	for (int i = 0; i < 4; i++)
		assert_int_equal(confirm("lobby", "some words of mine"), EXIT_NO);
	assert_int_equal(ask_credential(&d), 404);
	enrol("lobby", EXIT_DONE); /* the code still waits */
	assert_memory_equal(f.said, words_of(&c, &d), 19);
	assert_int_equal(confirm("lobby", "some words of mine"), EXIT_NO);
	assert_int_equal(confirm("lobby", words_of(&c, &d)), EXIT_NO);
	assert_int_equal(ask_credential(&d), 404);
	commit(&c, &d);
	assert_refused(403, "this code is unknown, used or too old");
}

TEST(a_code_is_for_one_device_which_may_ask_again)
{
	struct wire_device d = device(1), other = device(2);
	UNUSED(state);

	struct signed_code c = code_for("lobby");
	commit(&c, &d);
	assert_committed(&c, &d);
	commit(&c, &other);
	assert_refused(403, "this code is unknown, used or too old");
	commit(&c, &d);
	assert_committed(&c, &d);
	assert_int_equal(confirm("lobby", words_of(&c, &d)), EXIT_DONE);
	commit(&c, &other);
	assert_refused(403, "this code is unknown, used or too old");
	assert_int_equal(ask_credential(&other), 404);
}

TEST(who_does_not_know_the_code_does_not_get_in)
{
	struct wire_device d = device(1);
	uint8_t body[PROTOCOL_ENROL + 1] = {0};
	UNUSED(state);

	struct signed_code c = code_for("lobby"), guess = c;
	guess.secret[0] ^= 1;
	commit(&guess, &d);
	assert_refused(403, "this code is unknown, used or too old");
	/* The id is in clear on the wire; the code is not. */
	protocol_enrol_id(c.secret, body);
	memcpy(body + 8, d.key, SEAL_PUBLIC);
	hub_reply_free(&reply);
	hub_ask(&hub, "POST", "/v1/enrol", (struct span){body, PROTOCOL_ENROL}, NULL, &reply);
	assert_refused(403, "this code is unknown, used or too old");
	hub_reply_free(&reply);
	hub_ask(&hub, "POST", "/v1/enrol", (struct span){body, PROTOCOL_ENROL - 1}, NULL, &reply);
	assert_refused(400, "an enrolment has 72 bytes");
	hub_reply_free(&reply);
	hub_ask(&hub, "POST", "/v1/enrol", (struct span){body, PROTOCOL_ENROL + 1}, NULL, &reply);
	assert_refused(413, "the body is too long");
	commit(&c, &d);
	assert_committed(&c, &d);
}

TEST(a_code_past_its_time_is_dead)
{
	struct enrolment e = {.role = BOARD_KIOSK, .name = "late"};
	struct wire_device d = device(1);
	struct signed_code c = {0};
	UNUSED(state);

	int64_t now = clock_now().wall_ms / 1000;
	e.until = now - 1;
	struct store *s = hub_store(f.dir);
	assert_ok(enrolment_begin(s, &keys, &e, now));
	store_close(s);
	memcpy(c.secret, e.code, sizeof(c.secret));
	commit(&c, &d);
	assert_refused(403, "this code is unknown, used or too old");
	enrol("", EXIT_DONE);
	assert_non_null(strstr(f.said, "code expired"));
}

TEST(an_unattended_code_asks_for_no_words)
{
	struct wire_device d = device(1), other = device(2);
	UNUSED(state);

	struct signed_code c = code_for("lobby --unattended");
	commit(&c, &d);
	assert_committed(&c, &d);
	assert_credential(&d, "lobby");
	commit(&c, &other);
	assert_refused(403, "this code is unknown, used or too old");
	commit(&c, &d);
	assert_committed(&c, &d);
}

TEST(a_new_code_for_the_same_board_replaces_the_one_before)
{
	struct wire_device d = device(1);
	UNUSED(state);

	struct signed_code first = code_for("lobby"), second = code_for("lobby --new");
	assert_true(second.number > first.number);
	commit(&first, &d);
	assert_refused(403, "this code is unknown, used or too old");
	commit(&second, &d);
	assert_committed(&second, &d);
	struct signed_code third = code_for("lobby --new --role door");
	commit(&second, &d);
	assert_refused(403, "this code is unknown, used or too old");
	commit(&third, &d);
	assert_committed(&third, &d);
}

TEST(who_just_looks_gets_the_code_that_waits)
{
	struct wire_device d = device(1);
	char png[200], text[sizeof(f.said)];
	UNUSED(state);

	struct signed_code c = code_for("lobby --role desk --address http://10.0.0.2:8600");
	snprintf(text, sizeof(text), "%s", f.said);
	enrol("lobby", EXIT_DONE);
	assert_string_equal(f.said, text);
	assert_non_null(strstr(f.talked, "within 10 minutes"));
	/* The very same words, and a picture of it. */
	snprintf(png, sizeof(png),
		"lobby --role desk --address http://10.0.0.2:8600 --png %s/c.png", f.dir);
	enrol(png, EXIT_DONE);
	assert_string_equal(f.said, text);
	/* What was not asked for then is another code. */
	enrol("lobby --role door", EXIT_NO);
	assert_non_null(strstr(f.talked, "another code for lobby waits already"));
	enrol("lobby --unattended", EXIT_NO);
	enrol("lobby --address http://10.0.0.3:8600", EXIT_NO);
	assert_string_equal(f.said, "");
	commit(&c, &d);
	assert_committed(&c, &d);
	enrol("lobby --role desk", EXIT_DONE);
	assert_memory_equal(f.said, words_of(&c, &d), 19);
}

TEST(a_code_past_its_time_is_not_shown_again)
{
	struct enrolment e = {.role = BOARD_KIOSK, .name = "lobby"};
	UNUSED(state);

	int64_t now = clock_now().wall_ms / 1000;
	e.until = now - 1;
	struct store *s = hub_store(f.dir);
	assert_ok(enrolment_begin(s, &keys, &e, now));
	assert_ok(enrolment_keep_text(s, &e, "past"));
	store_close(s);
	struct signed_code c = code_for("lobby");
	assert_true(c.until > now);
}

TEST(a_name_is_one_boards_until_it_is_revoked)
{
	struct wire_device d = device(1), other = device(2);
	UNUSED(state);

	struct signed_code c = code_for("lobby --unattended");
	commit(&c, &d);
	enrol("lobby --role desk", EXIT_NO);
	assert_non_null(strstr(f.talked, "is called lobby already"));
	assert_int_equal(event_run(&f, &verb_revoke, "DIR lobby"), EXIT_DONE);
	c = code_for("lobby --unattended");
	commit(&c, &d); /* revoked is revoked */
	assert_refused(403, "this code is unknown, used or too old");
	c = code_for("lobby --unattended");
	commit(&c, &other);
	assert_committed(&c, &other);
	assert_credential(&other, "lobby");
}

static struct wire_device waited_for;
static uint32_t peer_epoch;
static bool has_new_key(void *arg)
{
	struct credential c;

	UNUSED(arg);
	return ask_credential(&waited_for) == 200 &&
	       credential_open(&c, reply.body, keys.root, 1, waited_for.seed) == OK &&
	       c.peer_epoch == peer_epoch;
}

static bool is_gone(void *arg)
{
	return ask_credential(arg) == 404;
}

TEST(when_a_board_is_revoked_the_others_get_a_new_key_among_themselves)
{
	struct wire_device d[3];
	uint8_t peer[SEAL_KEY];
	char words[64];
	UNUSED(state);

	for (uint8_t i = 0; i < 3; i++) {
		d[i] = device((uint8_t)(i + 1));
		snprintf(words, sizeof(words), "board%u --unattended", i);
		struct signed_code c = code_for(words);
		commit(&c, &d[i]);
		assert_committed(&c, &d[i]);
	}
	assert_int_equal(event_run(&f, &verb_revoke, "DIR board1"), EXIT_DONE);
	peer_epoch = 2;
	waited_for = d[0];
	assert_true(hub_wait(has_new_key, NULL));
	assert_true(hub_wait(is_gone, &d[1]));
	struct credential c = assert_credential(&d[2], "board2");
	paper_peer_key(keys.secret, 2, peer);
	assert_memory_equal(c.peer_key, peer, SEAL_KEY);
	/* Done twice it changes nothing more. */
	snprintf(words, sizeof(words), "DIR ");
	hex_write((struct span){d[1].id, PAPER_DEVICE}, words + 4);
	assert_int_equal(event_run(&f, &verb_revoke, words), EXIT_DONE);
	c = assert_credential(&d[2], "board2");
	assert_int_equal(c.peer_epoch, 2);
	enrol("", EXIT_DONE);
	assert_non_null(strstr(f.said, "revoked"));
}

TEST(the_list_tells_what_to_do_while_it_is_empty)
{
	json_error_t error;
	UNUSED(state);

	enrol("", EXIT_DONE);
	assert_string_equal(f.said, "");
	assert_non_null(strstr(f.talked, "No board is enrolled yet."));
	enrol("--json", EXIT_DONE);
	assert_string_equal(f.said, "[]\n");
	struct wire_device d = device(1);
	struct signed_code c = code_for("lobby --unattended");
	commit(&c, &d);
	enrol("--json", EXIT_DONE);
	json_t *j = json_loads(f.said, 0, &error);
	assert_int_equal(json_array_size(j), 1);
	const json_t *row = json_array_get(j, 0);
	assert_string_equal(json_string_value(json_object_get(row, "name")), "lobby");
	assert_string_equal(json_string_value(json_object_get(row, "role")), "kiosk");
	assert_string_equal(json_string_value(json_object_get(row, "state")), "enrolled");
	json_decref(j);
}

TEST(boards_are_listed_by_name)
{
	static const char *const names[] = {"zoo", "lobby", "door-2", "door-1"};
	const char *at = f.said;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(names); i++) {
		struct wire_device d = device((uint8_t)(i + 1));
		char words[64];
		snprintf(words, sizeof(words), "%s --unattended", names[i]);
		struct signed_code c = code_for(words);
		commit(&c, &d);
	}
	enrol("", EXIT_DONE);
	for (size_t i = COUNT(names); i-- > 0;) {
		at = strstr(at, names[i]);
		assert_non_null(at);
	}
}

TEST(wrong_words_on_the_command_line_are_wrong_use)
{
	static const char *const wrong[] = {"", "DIR --role desk", "DIR lobby --role waiter",
		"DIR lobby more", "DIR lobby --minutes 0", "DIR lobby --minutes 1x",
		"DIR lobby --address ftp://x", "DIR lobby --confirm", "DIR --confirm x",
		"DIR lobby --role desk --confirm x", "DIR lobby --unattended --confirm x",
		"DIR lobby --new --confirm x", "DIR --new",
		"DIR a-name-that-is-far-too-long-for-a-board",
		"DIR a --address http://1 --address http://2 --address http://3 --address "
		"http://4 --address http://5"};
	UNUSED(state);

	for (size_t i = 0; i < COUNT(wrong); i++)
		if (event_run(&f, &verb_enrol, wrong[i]) != EXIT_WRONG_USE)
			fail_msg("`%s` was taken", wrong[i]);
}

TEST(signed_codes_rise_and_say_what_was_revoked)
{
	struct signed_code lease, dead, again;
	uint8_t event[ROSTER_EVENT], handle[EVENT_PERSON];
	UNUSED(state);

	paper_event(keys.root, event);
	assert_int_equal(event_run(&f, &verb_lease, "DIR"), EXIT_DONE);
	assert_ok(signed_code_read(&lease, span_of(f.said)));
	assert_ok(signed_code_verify(&lease, event, hub_key, 1, 0));
	assert_int_equal(lease.kind, TOKEN_LEASE);
	assert_true(llabs(lease.time - clock_now().wall_ms / 1000) < 60);
	assert_int_equal(event_run(&f, &verb_revoke, "DIR a1 --code --again"), EXIT_NO);
	assert_int_equal(event_run(&f, &verb_revoke, "DIR a1 b2 --code"), EXIT_DONE);
	assert_ok(signed_code_read(&dead, span_of(f.said)));
	assert_ok(signed_code_verify(&dead, event, hub_key, 1, lease.number));
	assert_int_equal(dead.revoked_count, 2);
	keys_handle(&keys, "b2", 0, handle);
	assert_memory_equal(dead.revoked[1].person, handle, EVENT_PERSON);
	assert_int_equal(dead.revoked[1].issue, 1);
	assert_int_equal(event_run(&f, &verb_revoke, "DIR b2 --code --again"), EXIT_DONE);
	assert_ok(signed_code_read(&again, span_of(f.said)));
	assert_ok(signed_code_verify(&again, event, hub_key, 1, dead.number));
	assert_int_equal(again.revoked_count, 1);
	assert_int_equal(again.revoked[0].issue, 1);
	assert_int_equal(event_run(&f, &verb_revoke, "DIR a1 b2"), EXIT_WRONG_USE);
	assert_int_equal(event_run(&f, &verb_revoke, "DIR a1 --again"), EXIT_WRONG_USE);
	assert_int_equal(event_run(&f, &verb_revoke, "DIR a1 --kind card --code"), EXIT_WRONG_USE);
}

TEST(numbers_rise_even_when_the_clock_stands_or_goes_back)
{
	struct signed_code first, second;
	UNUSED(state);

	event_put(&f, "state/number", "99999999999999\n");
	assert_int_equal(event_run(&f, &verb_lease, "DIR"), EXIT_DONE);
	assert_ok(signed_code_read(&first, span_of(f.said)));
	assert_int_equal(first.number, 100000000000000);
	assert_int_equal(event_run(&f, &verb_lease, "DIR"), EXIT_DONE);
	assert_ok(signed_code_read(&second, span_of(f.said)));
	assert_int_equal(second.number, first.number + 1);
	event_put(&f, "state/number", "12x\n");
	assert_int_equal(event_run(&f, &verb_lease, "DIR"), EXIT_WORLD);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, fresh, done)

static const struct CMUnitTest tests[] = {
	EACH(a_board_is_let_in_by_a_code_and_four_words),
	EACH(words_may_be_typed_with_capitals_and_more_spaces),
	EACH(wrong_words_let_nobody_in_and_after_five_the_code_is_dead),
	EACH(a_code_is_for_one_device_which_may_ask_again),
	EACH(who_does_not_know_the_code_does_not_get_in),
	EACH(a_code_past_its_time_is_dead),
	EACH(an_unattended_code_asks_for_no_words),
	EACH(a_new_code_for_the_same_board_replaces_the_one_before),
	EACH(who_just_looks_gets_the_code_that_waits),
	EACH(a_code_past_its_time_is_not_shown_again),
	EACH(a_name_is_one_boards_until_it_is_revoked),
	EACH(when_a_board_is_revoked_the_others_get_a_new_key_among_themselves),
	EACH(the_list_tells_what_to_do_while_it_is_empty),
	EACH(boards_are_listed_by_name),
	EACH(wrong_words_on_the_command_line_are_wrong_use),
	EACH(signed_codes_rise_and_say_what_was_revoked),
	EACH(numbers_rise_even_when_the_clock_stands_or_goes_back),
};
RUN_TESTS(tests)
