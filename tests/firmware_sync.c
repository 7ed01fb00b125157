/* The sync machine: its path, its waits, and boards that agree over a network that loses things. */
#include "sync.h"
#include "test.h"

static const struct sync_facts enrolled = {.addresses = 2, .trusted = true, .enrolled = true};

static struct sync machine;
static struct sync_action action;
static int64_t now;

static void step_with(struct sync_event e)
{
	e.now_ms = now;
	if (e.facts.addresses == 0)
		e.facts = enrolled;
	sync_step(&machine, &e, &action);
}

static void step(enum sync_happening what)
{
	step_with((struct sync_event){.what = what});
}

static void assert_task(enum sync_task want)
{
	assert_int_equal(action.task, want);
}

static void begin_at(int64_t ms)
{
	now = ms;
	sync_init(&machine);
	step(SYNC_TRY);
	assert_task(SYNC_ASK_MANIFEST);
	assert_int_equal(machine.state, SYNC_HELLO);
}

/* Hello, time, an empty upload and an empty download. */
static void come_to_rest(void)
{
	begin_at(5000);
	step(SYNC_DONE);
	assert_task(SYNC_ASK_TIME);
	step(SYNC_DONE);
	assert_task(SYNC_SEND_EVENTS);
	assert_true(action.introduce);
	step(SYNC_DONE);
	assert_task(SYNC_ASK_EVENTS);
	step(SYNC_DONE);
	assert_task(SYNC_WAIT);
	assert_int_equal(machine.state, SYNC_REST);
	assert_true(machine.online);
}

TEST(a_round_goes_from_the_manifest_to_rest)
{
	come_to_rest();
	assert_in_range(action.until_ms - now, SYNC_POLL_MS * 3 / 4, SYNC_POLL_MS);
}

TEST(at_rest_events_are_asked_for_and_a_manifest_every_half_minute)
{
	unsigned polls = 0, manifests = 0;

	come_to_rest();
	for (int64_t end = now + 60 * 1000; now < end;) {
		now = action.until_ms;
		for (step(SYNC_WAKE); action.task != SYNC_WAIT; step(SYNC_DONE)) {
			polls += action.task == SYNC_ASK_EVENTS;
			manifests += action.task == SYNC_ASK_MANIFEST;
		}
	}
	assert_in_range(polls, 30, 41);
	assert_int_equal(manifests, 2);
}

TEST(own_events_are_sent_at_once)
{
	struct sync_event news = {.what = SYNC_WAKE, .facts = enrolled};

	come_to_rest();
	news.facts.pending = true;
	now += SYNC_BATCH_MS;
	step_with(news);
	assert_task(SYNC_SEND_EVENTS);
	assert_false(action.introduce);
	step_with((struct sync_event){.what = SYNC_DONE, .more = true});
	assert_task(SYNC_SEND_EVENTS);
	step(SYNC_DONE);
	assert_task(SYNC_WAIT);
}

TEST(a_hub_that_tells_of_another_roster_is_asked_for_its_manifest_once)
{
	come_to_rest();
	now = action.until_ms;
	step(SYNC_WAKE);
	step_with((struct sync_event){.what = SYNC_DONE, .sequence = 8});
	assert_task(SYNC_ASK_MANIFEST);
	step_with((struct sync_event){
		.what = SYNC_DONE, .sequence = 8, .wanted = true, .patch = true});
	assert_task(SYNC_ASK_PATCH);
	assert_int_equal(machine.state, SYNC_PULL);
	step(SYNC_WRONG);
	assert_task(SYNC_ASK_ROSTER);
	step(SYNC_WRONG);
	assert_task(SYNC_WAIT);
	/* That roster is no good; the hub goes on telling of it. */
	now = action.until_ms;
	step(SYNC_WAKE);
	assert_task(SYNC_ASK_EVENTS);
	step_with((struct sync_event){.what = SYNC_DONE, .sequence = 8});
	assert_task(SYNC_WAIT);
}

TEST(a_hub_with_a_bad_roster_still_gets_the_events)
{
	begin_at(0);
	step_with((struct sync_event){.what = SYNC_DONE, .wanted = true});
	assert_task(SYNC_ASK_TIME);
	step(SYNC_WRONG);
	assert_task(SYNC_ASK_ROSTER);
	step(SYNC_WRONG);
	assert_task(SYNC_SEND_EVENTS);
	/* The next manifest that names it finds it held back for a minute. */
	machine.manifest_ms = 0;
	step(SYNC_DONE);
	step(SYNC_DONE);
	now = action.until_ms;
	step(SYNC_WAKE);
	assert_task(SYNC_ASK_MANIFEST);
	step_with((struct sync_event){.what = SYNC_DONE, .wanted = true});
	assert_int_not_equal(action.task, SYNC_ASK_ROSTER);
}

TEST(addresses_are_tried_in_turn_and_then_the_wait_doubles_to_a_minute)
{
	int64_t wait = SYNC_BACKOFF_MS;

	begin_at(0);
	assert_int_equal(action.address, 0);
	for (int i = 0; i < 10; i++) {
		step(i % 2 ? SYNC_FAILED : SYNC_WRONG);
		assert_task(SYNC_ASK_MANIFEST);
		assert_int_equal(action.address, 1);
		step_with((struct sync_event){.what = SYNC_FAILED, .chance = (uint32_t)i * 97});
		assert_task(SYNC_WAIT);
		assert_int_equal(machine.state, SYNC_OFFLINE);
		assert_in_range(action.until_ms - now, wait / 2, wait);
		wait = 2 * wait > SYNC_BACKOFF_MAX_MS ? SYNC_BACKOFF_MAX_MS : 2 * wait;
		now = action.until_ms - 1;
		step(SYNC_WAKE);
		assert_task(SYNC_WAIT);
		now++;
		step(SYNC_WAKE);
		assert_int_equal(action.address, 0);
	}
}

TEST(a_network_that_is_back_is_tried_at_once)
{
	begin_at(0);
	for (int i = 0; i < 6; i++)
		step(SYNC_FAILED);
	while (action.task != SYNC_WAIT)
		step(SYNC_FAILED);
	step(SYNC_TRY);
	assert_task(SYNC_ASK_MANIFEST);
	step(SYNC_CUT);
	assert_task(SYNC_WAIT);
	assert_true(action.until_ms == INT64_MAX);
	assert_false(machine.online);
	step(SYNC_TRY);
	assert_task(SYNC_ASK_MANIFEST);
}

TEST(a_hub_that_does_not_know_the_board_gets_an_upload_first)
{
	come_to_rest();
	machine.introduced = false;
	now = action.until_ms;
	step(SYNC_WAKE);
	assert_task(SYNC_ASK_EVENTS);
	step(SYNC_STRANGER);
	assert_task(SYNC_SEND_EVENTS);
	assert_true(action.introduce);
	step(SYNC_DONE);
	assert_task(SYNC_ASK_EVENTS);
	/* It was introduced and is unknown again: no endless loop. */
	step(SYNC_STRANGER);
	assert_task(SYNC_WAIT);
}

TEST(a_hub_that_knows_nobody_and_takes_nothing_is_left_alone_for_a_while)
{
	come_to_rest();
	machine.introduced = false;
	now = action.until_ms;
	step(SYNC_WAKE);
	assert_task(SYNC_ASK_EVENTS);
	step(SYNC_STRANGER);
	assert_task(SYNC_SEND_EVENTS);
	step(SYNC_WRONG);
	/* Not a second upload at once, and so on for ever. */
	assert_task(SYNC_ASK_EVENTS);
	step(SYNC_STRANGER);
	assert_task(SYNC_WAIT);
	assert_true(action.until_ms > now);
}

/* Any answers, as long as none says that there is more of it. */
TEST(no_answers_keep_a_board_from_waiting)
{
	unsigned seed = 20251005, longest = 0;

	for (unsigned world = 0; world < 2000; world++) {
		begin_at(world);
		for (unsigned waits = 0, asked = 0; waits < 20; asked++) {
			int what = SYNC_DONE + rand_r(&seed) % (SYNC_REFUSED - SYNC_DONE + 1);
			if (action.task == SYNC_WAIT) {
				longest = asked > longest ? asked : longest;
				asked = 0;
				waits++;
				now = action.until_ms > now ? action.until_ms : now + 1;
				what = SYNC_WAKE;
			}
			assert_true(asked < 64);
			step_with((struct sync_event){.what = (enum sync_happening)what,
				.chance = (uint32_t)rand_r(&seed),
				.wanted = rand_r(&seed) % 2,
				.patch = rand_r(&seed) % 2,
				.credential = rand_r(&seed) % 2,
				.sequence = (uint64_t)(rand_r(&seed) % 4)});
		}
	}
	print_message("at most %u requests in a row\n", longest);
}

TEST(a_revoked_board_asks_seldom_and_keeps_its_roster_fresh)
{
	unsigned uploads = 0, manifests = 0;
	int64_t end;

	come_to_rest();
	now = action.until_ms;
	step(SYNC_WAKE);
	step(SYNC_REFUSED);
	assert_true(machine.revoked);
	for (end = now + 20 * 60 * 1000; now < end;) {
		assert_task(SYNC_WAIT);
		now = action.until_ms;
		for (step(SYNC_WAKE); action.task != SYNC_WAIT;) {
			bool events =
				action.task == SYNC_SEND_EVENTS || action.task == SYNC_ASK_EVENTS;
			uploads += events;
			manifests += action.task == SYNC_ASK_MANIFEST;
			step(events ? SYNC_REFUSED : SYNC_DONE);
		}
	}
	assert_in_range(uploads, 3, 5);
	assert_in_range(manifests, 38, 41);
	/* Taken back into grace. */
	while (machine.revoked) {
		now = action.until_ms;
		for (step(SYNC_WAKE); action.task != SYNC_WAIT; step(SYNC_DONE))
			;
	}
	assert_int_equal(machine.state, SYNC_REST);
}

TEST(enrolment_sends_the_code_waits_for_the_organiser_and_says_hello)
{
	struct sync_event e = {.what = SYNC_TRY, .facts = {.addresses = 1, .joining = true}};

	sync_init(&machine);
	now = 0;
	step_with(e);
	assert_task(SYNC_SEND_ENROLMENT);
	assert_int_equal(machine.state, SYNC_JOIN);
	e.what = SYNC_DONE;
	step_with(e);
	assert_task(SYNC_ASK_CONFIRMED);
	for (int i = 0; i < 3; i++) {
		e.what = SYNC_NOT_YET;
		step_with(e);
		assert_task(SYNC_WAIT);
		assert_int_equal(action.until_ms - now, SYNC_CONFIRM_MS);
		now = action.until_ms;
		e.what = SYNC_WAKE;
		step_with(e);
		assert_task(SYNC_ASK_CONFIRMED);
	}
	step(SYNC_DONE);
	assert_task(SYNC_ASK_MANIFEST);
}

TEST(a_code_that_is_no_good_ends_the_enrolment)
{
	struct sync_event e = {.what = SYNC_TRY, .facts = {.addresses = 1, .joining = true}};

	sync_init(&machine);
	step_with(e);
	e.what = SYNC_REFUSED;
	e.facts = (struct sync_facts){.addresses = 1};
	step_with(e);
	assert_task(SYNC_WAIT);
	assert_int_equal(machine.state, SYNC_OFFLINE);
	assert_true(action.until_ms == INT64_MAX);
}

TEST(a_board_that_trusts_nobody_asks_nobody)
{
	sync_init(&machine);
	step_with((struct sync_event){.what = SYNC_TRY, .facts = {.addresses = 1}});
	assert_task(SYNC_WAIT);
	assert_true(action.until_ms == INT64_MAX);
}

/* Boards and a hub over a network that loses a third of what is sent, either way. */
enum { BOARDS = 12, QUIET_MS = 240 * 1000, END_MS = QUIET_MS + 900 * 1000 };

static struct hub {
	uint64_t of[BOARDS], all, sequence;
	bool away;
} hub;
static struct board {
	struct sync sync;
	struct sync_action action;
	int64_t until; /* the answer's, or the wait's */
	uint64_t made, acked, seen, sequence, wanted;
} board[BOARDS];
static uint32_t random_state;
static unsigned requests;

static uint32_t chance(void)
{
	random_state = random_state * 1664525 + 1013904223;
	return random_state >> 8;
}

/* What the hub does with a request that reaches it. */
static void serve(size_t i, struct sync_event *e)
{
	struct board *b = &board[i];

	e->what = SYNC_DONE;
	e->sequence = hub.sequence;
	switch ((unsigned)b->action.task) {
	case SYNC_ASK_MANIFEST:
		b->wanted = hub.sequence;
		e->wanted = b->wanted != b->sequence;
		e->patch = chance() % 2 == 0;
		break;
	case SYNC_ASK_PATCH:
	case SYNC_ASK_ROSTER:
		if (chance() % 4 == 0)
			e->what = SYNC_WRONG;
		break;
	case SYNC_SEND_EVENTS:
		hub.all += b->made - hub.of[i];
		hub.of[i] = b->made;
		break;
	default:
		break;
	}
}

/* What the board does with an answer that reaches it. */
static void take(size_t i, const struct sync_event *e)
{
	struct board *b = &board[i];

	if (e->what != SYNC_DONE)
		return;
	if (b->action.task == SYNC_ASK_PATCH || b->action.task == SYNC_ASK_ROSTER)
		b->sequence = b->wanted;
	else if (b->action.task == SYNC_SEND_EVENTS)
		b->acked = hub.of[i];
	else if (b->action.task == SYNC_ASK_EVENTS)
		b->seen = hub.all;
}

static void turn(size_t i)
{
	struct board *b = &board[i];
	struct sync_event e = {.what = SYNC_WAKE, .now_ms = now, .chance = chance()};

	if (b->action.task != SYNC_WAIT) {
		requests++;
		e.what = SYNC_FAILED;
		if (!hub.away && chance() % 3 != 0) {
			serve(i, &e);
			if (chance() % 3 == 0)
				e.what = SYNC_FAILED;
			take(i, &e);
		}
	}
	e.facts = (struct sync_facts){.addresses = 1,
		.trusted = true,
		.enrolled = true,
		.pending = b->made != b->acked,
		.sequence = b->sequence};
	sync_step(&b->sync, &e, &b->action);
	/* A wait may be over already: something fell due during the last request. */
	b->until = b->action.task == SYNC_WAIT ? b->action.until_ms : now + 1 + chance() % 200;
}

static bool agreed(void)
{
	for (size_t i = 0; i < BOARDS; i++)
		if (board[i].acked != board[i].made || board[i].seen != hub.all ||
			board[i].sequence != hub.sequence)
			return false;
	return true;
}

static void world(uint32_t seed)
{
	random_state = seed;
	memset(&hub, 0, sizeof(hub));
	memset(board, 0, sizeof(board));
	requests = 0;
	for (now = 1; now < END_MS && !(now > QUIET_MS && agreed()); now++) {
		if (now < QUIET_MS && chance() % 100 == 0)
			board[chance() % BOARDS].made++;
		if (now < QUIET_MS && chance() % 20000 == 0)
			hub.sequence++;
		if (now < QUIET_MS && chance() % 20000 == 0)
			hub.away = !hub.away;
		if (now == QUIET_MS)
			hub.away = false;
		for (size_t i = 0; i < BOARDS; i++)
			if (now >= board[i].until)
				turn(i);
	}
}

TEST(boards_and_hub_agree_whatever_the_network_loses)
{
	unsigned all = 0;
	int64_t longest = 0;

	for (uint32_t seed = 1; seed <= 20; seed++) {
		uint64_t made = 0;
		world(seed);
		assert_true(agreed());
		for (size_t i = 0; i < BOARDS; i++) {
			made += board[i].made;
			assert_int_equal(hub.of[i], board[i].made);
		}
		assert_true(made > 1000);
		assert_int_equal(hub.all, made);
		/* Nobody hammers: two or three requests a second and board at the most. */
		assert_true(requests < BOARDS * (now / 1000) * 3);
		all += requests;
		longest = now - QUIET_MS > longest ? now - QUIET_MS : longest;
	}
	print_message("20 worlds: %u requests; agreed after %lld s of quiet at the latest\n", all,
		(long long)longest / 1000);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_round_goes_from_the_manifest_to_rest),
	cmocka_unit_test(at_rest_events_are_asked_for_and_a_manifest_every_half_minute),
	cmocka_unit_test(own_events_are_sent_at_once),
	cmocka_unit_test(a_hub_that_tells_of_another_roster_is_asked_for_its_manifest_once),
	cmocka_unit_test(a_hub_with_a_bad_roster_still_gets_the_events),
	cmocka_unit_test(addresses_are_tried_in_turn_and_then_the_wait_doubles_to_a_minute),
	cmocka_unit_test(a_network_that_is_back_is_tried_at_once),
	cmocka_unit_test(a_hub_that_does_not_know_the_board_gets_an_upload_first),
	cmocka_unit_test(a_hub_that_knows_nobody_and_takes_nothing_is_left_alone_for_a_while),
	cmocka_unit_test(no_answers_keep_a_board_from_waiting),
	cmocka_unit_test(a_revoked_board_asks_seldom_and_keeps_its_roster_fresh),
	cmocka_unit_test(enrolment_sends_the_code_waits_for_the_organiser_and_says_hello),
	cmocka_unit_test(a_code_that_is_no_good_ends_the_enrolment),
	cmocka_unit_test(a_board_that_trusts_nobody_asks_nobody),
	cmocka_unit_test(boards_and_hub_agree_whatever_the_network_loses),
};

RUN_TESTS(tests)
