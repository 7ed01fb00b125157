/* What a signed code changes is where the kiosk reads it before the code is said to be taken: whoever
 * stands there shows the lost badge next. */
#include "test.h"

#include "help/agent_parts.h"
#include "signed_code.h"

#include <sys/stat.h>

static struct agent_parts b;

static int set_up(void **state)
{
	UNUSED(state);
	agent_parts_open(&b);
	return mkdir(scratch_name(&b.folder, "inbox"), 0700);
}

static int tear_down(void **state)
{
	UNUSED(state);
	agent_parts_close(&b);
	return 0;
}

static void put_revocation(uint8_t people)
{
	struct signed_code c = {.kind = TOKEN_REVOCATION, .number = 1, .revoked_count = people};
	char text[CODE_TEXT];

	for (uint8_t i = 0; i < people; i++) {
		c.revoked[i].person[0] = (uint8_t)(i + 1);
		c.revoked[i].issue = 1;
	}
	memcpy(c.event, b.hub.event, ROSTER_EVENT);
	assert_ok(signed_code_write(&c, b.hub.epoch, b.hub.seed, text));
	assert_ok(file_write(scratch_name(&b.folder, "inbox/code"), span_of(text), 0600));
}

TEST(a_revocation_is_in_the_store_when_its_code_is_taken)
{
	struct board_status s;

	agent_parts_arrivals(&b, 3);
	put_revocation(2);
	code_look(&b.agent);
	assert_ok(status_read(&s, scratch_name(&b.folder, "status")));
	assert_int_equal(s.codes, 1);
	assert_int_equal(s.answer, STATUS_CODE_TAKEN);
	assert_int_equal(agent_parts_undelivered(&b), 3 + 2);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_setup_teardown(
		a_revocation_is_in_the_store_when_its_code_is_taken, set_up, tear_down),
};

RUN_TESTS(tests)
