/* The fold: a set of events says the same in any order, any number of times. */
#include "test.h"

#include "fold.h"
#include "help/journal_bench.h"
#include "help/judges.h"

static const uint8_t anna[EVENT_PERSON] = {0xa, 1}, ben[EVENT_PERSON] = {0xb, 2};
static const uint8_t nobody[EVENT_PERSON] = {0};
static const uint8_t here[EVENT_BOARD] = {1}, there[EVENT_BOARD] = {2};

static struct fold *fold;
static uint64_t seq;

static int set_up(void **state)
{
	seq = 0;
	if (bench_set_up(state) != 0 || fold_open(&fold) != OK)
		return -1;
	fold_believe(fold, judge_all, NULL);
	return 0;
}

static int tear_down(void **state)
{
	fold_close(fold);
	return bench_tear_down(state);
}

/* An event of board `here`, a second later than the one before. */
static struct event event(unsigned kind, const uint8_t person[static EVENT_PERSON])
{
	struct event e = {.kind = (uint16_t)kind, .trusted = true, .issue = 1};

	seq++;
	memcpy(e.id.board, here, EVENT_BOARD);
	e.id.epoch = 1;
	e.id.seq = seq;
	e.wall_ms = 1000 * (int64_t)seq;
	e.hash[0] = (uint8_t)seq;
	e.hash[1] = (uint8_t)(seq >> 8);
	memcpy(e.person, person, EVENT_PERSON);
	return e;
}

static struct event_id add(struct event e)
{
	assert_ok(fold_add(fold, &e));
	return e.id;
}

static struct event_id add_kind(unsigned kind, const uint8_t person[static EVENT_PERSON])
{
	return add(event(kind, person));
}

static struct event_id add_stage(
	unsigned kind, const uint8_t person[static EVENT_PERSON], struct event_id job)
{
	struct event e = event(kind, person);

	e.target = job;
	return add(e);
}

static struct event_id undo(struct event_id target)
{
	return add_stage(EVENT_UNDO, nobody, target);
}

static struct fold_person find(const uint8_t person[static EVENT_PERSON])
{
	struct fold_person p;

	assert_ok(fold_find(fold, person, &p));
	return p;
}

TEST(nobody_is_known_at_first)
{
	struct fold_person p;
	UNUSED(state);

	assert_err(fold_find(fold, anna, &p), ERR_ABSENT);
	assert_false(p.arrived);
	assert_int_equal(fold_people(fold), 0);
	assert_int_equal(fold_arrived(fold), 0);
}

/* Anybody with a certificate can write so much; a kiosk asks this while somebody stands there. */
TEST(thousands_of_jobs_of_one_person_are_each_counted_once)
{
	enum { JOBS = 10000 };
	struct fold_badge b;
	UNUSED(state);

	for (int i = 0; i < JOBS; i++) {
		struct event_id job = add_kind(EVENT_BADGE_PREPARED, anna);
		if (i % 2)
			add_stage(EVENT_BADGE_PRINTED, anna, job);
	}
	assert_int_equal(find(anna).printed, JOBS / 2);
	assert_ok(fold_badge(fold, anna, 1, &b));
	assert_int_equal(b.printed, JOBS / 2);
	assert_int_equal(b.prepared, JOBS / 2);
}

TEST(an_arrival_is_known_with_its_time)
{
	UNUSED(state);
	struct event_id id = add_kind(EVENT_ARRIVED, anna);
	struct fold_person p = find(anna);
	assert_true(p.arrived);
	assert_int_equal(p.arrival.wall_ms, 1000);
	assert_int_equal(event_id_compare(&p.arrival.id, &id), 0);
	assert_int_equal(p.doubles, 0);
	assert_int_equal(fold_arrived(fold), 1);
}

TEST(the_earliest_arrival_counts_and_the_others_are_doubles)
{
	struct fold_arrival d;
	UNUSED(state);

	struct event first = event(EVENT_ARRIVED, anna), second = event(EVENT_ARRIVED, anna),
		     third = event(EVENT_ARRIVED, anna);
	add(third);
	add(first);
	add(second);
	struct fold_person p = find(anna);
	assert_int_equal(p.arrival.wall_ms, first.wall_ms);
	assert_int_equal(p.doubles, 2);
	assert_ok(fold_double(fold, anna, 0, &d));
	assert_int_equal(d.wall_ms, second.wall_ms);
	assert_ok(fold_double(fold, anna, 1, &d));
	assert_int_equal(d.wall_ms, third.wall_ms);
	assert_err(fold_double(fold, anna, 2, &d), ERR_ABSENT);
	assert_err(fold_double(fold, ben, 0, &d), ERR_ABSENT);
	assert_int_equal(fold_arrived(fold), 1);
}

TEST(a_trusted_clock_goes_before_an_earlier_untrusted_one)
{
	UNUSED(state);
	struct event doubtful = event(EVENT_ARRIVED, anna), sure = event(EVENT_ARRIVED, anna);
	doubtful.trusted = false;
	add(doubtful);
	add(sure);
	assert_int_equal(find(anna).arrival.wall_ms, sure.wall_ms);
}

TEST(equal_times_are_ordered_by_board_epoch_and_number)
{
	struct event e[4];
	UNUSED(state);

	for (size_t i = 0; i < COUNT(e); i++) {
		e[i] = event(EVENT_ARRIVED, anna);
		e[i].wall_ms = 5;
		e[i].id = (struct event_id){.board = {1}, .epoch = 1, .seq = 1};
	}
	e[1].id.seq = 2;
	e[2].id.epoch = 2;
	memcpy(e[3].id.board, there, EVENT_BOARD);
	for (size_t i = 0; i + 1 < COUNT(e); i++) {
		assert_true(event_compare(&e[i], &e[i + 1]) < 0);
		assert_true(event_compare(&e[i + 1], &e[i]) > 0);
	}
	assert_int_equal(event_compare(&e[0], &e[0]), 0);
	add(e[3]);
	add(e[2]);
	add(e[1]);
	assert_int_equal(find(anna).arrival.id.epoch, 1);
	assert_int_equal(find(anna).arrival.id.seq, 2);
	add(e[0]);
	assert_int_equal(find(anna).arrival.id.seq, 1);
}

TEST(a_repeat_changes_nothing)
{
	UNUSED(state);
	struct event e = event(EVENT_ARRIVED, anna);
	for (int i = 0; i < 5; i++)
		add(e);
	assert_int_equal(find(anna).doubles, 0);
}

TEST(people_do_not_mix)
{
	UNUSED(state);
	add_kind(EVENT_ARRIVED, anna);
	add_kind(EVENT_BADGE_ISSUED, ben);
	assert_true(find(anna).arrived);
	assert_false(find(ben).arrived);
	assert_int_equal(find(anna).newest_issue, 0);
	assert_int_equal(find(ben).newest_issue, 1);
	assert_int_equal(fold_people(fold), 2);
	assert_int_equal(fold_arrived(fold), 1);
}

TEST(an_undone_arrival_never_was)
{
	UNUSED(state);
	undo(add_kind(EVENT_ARRIVED, anna));
	assert_false(find(anna).arrived);
	assert_int_equal(fold_arrived(fold), 0);
}

TEST(an_undo_may_come_before_its_target)
{
	UNUSED(state);
	struct event e = event(EVENT_ARRIVED, anna);
	undo(e.id);
	add(e);
	assert_false(find(anna).arrived);
}

TEST(undoing_the_first_arrival_makes_the_second_one_count)
{
	UNUSED(state);
	struct event_id first = add_kind(EVENT_ARRIVED, anna);
	add_kind(EVENT_ARRIVED, anna);
	undo(first);
	assert_int_equal(find(anna).arrival.wall_ms, 2000);
	assert_int_equal(find(anna).doubles, 0);
}

TEST(an_undo_cannot_be_undone)
{
	UNUSED(state);
	undo(undo(add_kind(EVENT_ARRIVED, anna)));
	assert_false(find(anna).arrived);
}

TEST(a_badge_goes_through_its_states)
{
	struct fold_badge b;
	UNUSED(state);

	struct event_id job = add_kind(EVENT_BADGE_PREPARED, anna);
	assert_ok(fold_badge(fold, anna, 1, &b));
	assert_int_equal(b.prepared, 1);
	add_stage(EVENT_BADGE_SENDING, anna, job);
	assert_ok(fold_badge(fold, anna, 1, &b));
	assert_int_equal(b.sending, 1);
	assert_int_equal(b.prepared, 0);
	assert_int_equal(find(anna).running, 1);
	add_stage(EVENT_BADGE_SENT, anna, job);
	assert_ok(fold_badge(fold, anna, 1, &b));
	assert_int_equal(b.sent, 1);
	assert_int_equal(find(anna).running, 1);
	add_stage(EVENT_BADGE_PRINTED, anna, job);
	assert_ok(fold_badge(fold, anna, 1, &b));
	assert_int_equal(b.printed, 1);
	assert_int_equal(b.sent, 0);
	assert_int_equal(find(anna).printed, 1);
	assert_int_equal(find(anna).running, 0);
	assert_err(fold_badge(fold, anna, 2, &b), ERR_ABSENT);
	assert_err(fold_badge(fold, ben, 1, &b), ERR_ABSENT);
}

TEST(a_failed_badge_does_not_count)
{
	struct fold_badge b;
	UNUSED(state);

	struct event_id job = add_kind(EVENT_BADGE_PREPARED, anna);
	add_stage(EVENT_BADGE_SENDING, anna, job);
	add_stage(EVENT_BADGE_FAILED, anna, job);
	assert_ok(fold_badge(fold, anna, 1, &b));
	assert_int_equal(b.failed, 1);
	assert_int_equal(find(anna).printed, 0);
	assert_int_equal(find(anna).running, 0);
}

TEST(an_uncertain_badge_is_named_until_it_is_answered)
{
	UNUSED(state);
	struct event_id job = add_kind(EVENT_BADGE_PREPARED, anna);
	add_stage(EVENT_BADGE_SENT, anna, job);
	add_stage(EVENT_BADGE_UNCERTAIN, anna, job);
	struct fold_person p = find(anna);
	assert_int_equal(p.uncertain, 1);
	assert_int_equal(p.uncertain_issue, 1);
	assert_int_equal(event_id_compare(&p.uncertain_job, &job), 0);
	add_stage(EVENT_BADGE_PRINTED, anna, job);
	p = find(anna);
	assert_int_equal(p.uncertain, 0);
	assert_int_equal(p.printed, 1);
}

TEST(two_jobs_of_one_issue_are_two_badges)
{
	UNUSED(state);
	for (int i = 0; i < 2; i++) {
		struct event_id job = add_kind(EVENT_BADGE_PREPARED, anna);
		add_stage(EVENT_BADGE_PRINTED, anna, job);
		add_stage(EVENT_BADGE_PRINTED, anna, job);
	}
	assert_int_equal(find(anna).printed, 2);
}

TEST(the_newest_issue_is_the_highest_issued)
{
	UNUSED(state);
	struct event third = event(EVENT_BADGE_ISSUED, anna);
	third.issue = 3;
	add(third);
	add_kind(EVENT_BADGE_ISSUED, anna);
	assert_int_equal(find(anna).newest_issue, 3);
	undo(third.id);
	assert_int_equal(find(anna).newest_issue, 1);
}

TEST(a_job_prints_an_unissued_number_and_replaces_nothing)
{
	struct fold_badge b;
	UNUSED(state);

	struct event printed = event(EVENT_BADGE_PRINTED, anna);
	printed.issue = 4;
	add(printed);
	assert_int_equal(find(anna).newest_issue, 1);
	assert_int_equal(find(anna).printed, 1);
	assert_ok(fold_badge(fold, anna, 4, &b));
	assert_int_equal(b.printed, 1);
}

TEST(a_revocation_names_the_issue_it_reaches)
{
	UNUSED(state);
	struct event e = event(EVENT_REVOKED, anna);
	e.issue = 2;
	add(e);
	assert_int_equal(find(anna).revoked_issue, 2);
}

TEST(of_several_uncertain_issues_the_highest_is_named)
{
	UNUSED(state);
	for (uint32_t issue = 1; issue <= 3; issue++) {
		struct event e = event(EVENT_BADGE_UNCERTAIN, anna);
		e.issue = issue == 2 ? 9 : issue;
		add(e);
	}
	assert_int_equal(find(anna).uncertain, 3);
	assert_int_equal(find(anna).uncertain_issue, 9);
}

TEST(kinds_without_a_person_change_nobody)
{
	UNUSED(state);
	add_kind(EVENT_HEALTH, nobody);
	add_kind(EVENT_STAFF_UNLOCKED, anna);
	add_kind(EVENT_ARRIVED, nobody);
	add_kind(60000, anna);
	assert_int_equal(fold_people(fold), 0);
}

TEST(a_cloned_board_is_told_and_the_lower_hash_counts)
{
	UNUSED(state);
	struct event low = event(EVENT_ARRIVED, anna), high = low;
	high.hash[0]++;
	memcpy(high.person, ben, EVENT_PERSON);
	assert_ok(fold_add(fold, &high));
	assert_true(find(ben).arrived);
	assert_err(fold_add(fold, &low), ERR_FORGED);
	assert_err(fold_add(fold, &high), ERR_FORGED);
	assert_true(find(anna).arrived);
	struct fold_person p;
	assert_err(fold_find(fold, ben, &p), ERR_ABSENT);
	assert_int_equal(fold_people(fold), 1);
}

TEST(a_cloned_undo_gives_its_target_back)
{
	UNUSED(state);
	struct event_id first = add_kind(EVENT_ARRIVED, anna),
			second = add_kind(EVENT_ARRIVED, ben);
	struct event high = event(EVENT_UNDO, nobody), low;
	high.target = first;
	high.hash[0] = 9;
	low = high;
	low.target = second;
	low.hash[0] = 8;
	assert_ok(fold_add(fold, &high));
	assert_false(find(anna).arrived);
	assert_err(fold_add(fold, &low), ERR_FORGED);
	assert_true(find(anna).arrived);
	assert_false(find(ben).arrived);
}

TEST(jobs_left_in_sending_or_sent_become_uncertain)
{
	struct event left[4];
	size_t n;
	UNUSED(state);

	struct event_id sending = add_kind(EVENT_BADGE_PREPARED, anna);
	add_stage(EVENT_BADGE_SENDING, anna, sending);
	struct event_id sent = add_kind(EVENT_BADGE_PREPARED, ben);
	add_stage(EVENT_BADGE_SENT, ben, sent);
	add_kind(EVENT_BADGE_PREPARED, ben);
	struct event_id done = add_kind(EVENT_BADGE_PREPARED, ben);
	add_stage(EVENT_BADGE_PRINTED, ben, done);
	fold_left_over(fold, here, left, COUNT(left), &n);
	assert_int_equal(n, 2);
	assert_int_equal(left[0].kind, EVENT_BADGE_UNCERTAIN);
	assert_int_equal(left[0].issue, 1);
	assert_memory_equal(left[0].person, anna, EVENT_PERSON);
	assert_int_equal(event_id_compare(&left[0].target, &sending), 0);
	assert_int_equal(event_id_compare(&left[1].target, &sent), 0);
}

TEST(other_boards_jobs_are_left_alone)
{
	struct event left[4];
	size_t n;
	UNUSED(state);

	struct event_id job = add_kind(EVENT_BADGE_PREPARED, anna);
	add_stage(EVENT_BADGE_SENDING, anna, job);
	fold_left_over(fold, there, left, COUNT(left), &n);
	assert_int_equal(n, 0);
}

TEST(what_is_left_over_comes_in_order_and_in_bounded_parts)
{
	struct event_id jobs[10];
	struct event left[3];
	size_t n = 0, seen = 0;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(jobs); i++) {
		uint8_t person[EVENT_PERSON] = {(uint8_t)(17 * i), 5};
		jobs[i] = add_kind(EVENT_BADGE_PREPARED, person);
		add_stage(EVENT_BADGE_SENDING, person, jobs[i]);
	}
	fold_left_over(fold, here, left, 0, &n);
	assert_int_equal(n, 0);
	do {
		fold_left_over(fold, here, left, COUNT(left), &n);
		for (size_t i = 0; i < n; i++) {
			assert_int_equal(event_id_compare(&left[i].target, &jobs[seen++]), 0);
			add_stage(EVENT_BADGE_UNCERTAIN, left[i].person, left[i].target);
		}
	} while (n > 0);
	assert_int_equal(seen, COUNT(jobs));
}

static size_t state_of(const struct fold *f, uint8_t *out, size_t cap)
{
	struct sink k = sink_on(out, cap);

	fold_write(f, &k);
	assert_false(k.full);
	return k.n;
}

TEST(a_different_set_gives_other_bytes)
{
	uint8_t before[256], after[256];
	UNUSED(state);

	add_kind(EVENT_ARRIVED, anna);
	size_t n = state_of(fold, before, sizeof(before));
	add_kind(EVENT_ARRIVED, anna);
	size_t m = state_of(fold, after, sizeof(after));
	assert_true(n != m || memcmp(before, after, n) != 0);
}

TEST(a_fold_of_a_journal_is_the_fold_of_its_events)
{
	struct event_id target = {.epoch = 1};
	UNUSED(state);

	struct journal *j = bench_open();
	for (int i = 0; i < 200; i++)
		assert_ok(bench_append(j, (uint8_t)(i % 100)));
	memcpy(target.board, journal_board(j), EVENT_BOARD);
	target.seq = 1;
	struct event e = {.kind = EVENT_UNDO, .target = target};
	assert_ok(journal_append(j, &e, 1));
	assert_ok(fold_add_journal(fold, j));
	assert_ok(fold_add_journal(fold, j));
	assert_int_equal(fold_people(fold), 100);
	assert_int_equal(fold_arrived(fold), 100);
	assert_int_equal(find((const uint8_t[EVENT_PERSON]){0, 1, 2, 3}).doubles, 0);
	assert_int_equal(find((const uint8_t[EVENT_PERSON]){1, 1, 2, 3}).doubles, 1);
	journal_close(j);
}

TEST(a_journal_that_contradicts_the_fold_is_told_after_all_is_added)
{
	UNUSED(state);
	struct journal *j = bench_open();
	for (uint8_t i = 1; i <= 3; i++)
		assert_ok(bench_append(j, i));
	struct event clone = event(EVENT_ARRIVED, anna);
	memcpy(clone.id.board, journal_board(j), EVENT_BOARD);
	clone.id.seq = 1;
	add(clone);
	assert_err(fold_add_journal(fold, j), ERR_FORGED);
	assert_true(find((const uint8_t[EVENT_PERSON]){3, 1, 2, 3}).arrived);
	journal_close(j);
}

TEST(after_a_crash_a_restart_finds_what_is_uncertain)
{
	struct event e[2] = {{.kind = EVENT_BADGE_PREPARED, .issue = 1, .person = {0xa, 1}}};
	struct event left[4];
	size_t n;
	UNUSED(state);

	struct journal *j = bench_open();
	assert_ok(journal_append(j, e, 1));
	e[1] = (struct event){
		.kind = EVENT_BADGE_SENDING, .issue = 1, .person = {0xa, 1}, .target = e[0].id};
	assert_ok(journal_append(j, e + 1, 1));
	journal_close(j);
	j = bench_open();
	assert_ok(fold_add_journal(fold, j));
	fold_left_over(fold, journal_board(j), left, COUNT(left), &n);
	assert_int_equal(n, 1);
	assert_ok(journal_append(j, left, n));
	assert_ok(fold_add(fold, &left[0]));
	assert_int_equal(find(anna).uncertain, 1);
	fold_left_over(fold, journal_board(j), left, COUNT(left), &n);
	assert_int_equal(n, 0);
	journal_close(j);
}

TEST(closing_nothing_is_fine)
{
	UNUSED(state);
	fold_close(NULL);
}

#define AT(sentence) cmocka_unit_test_setup_teardown(sentence, set_up, tear_down)

static const struct CMUnitTest tests[] = {
	AT(nobody_is_known_at_first),
	AT(an_arrival_is_known_with_its_time),
	AT(thousands_of_jobs_of_one_person_are_each_counted_once),
	AT(the_earliest_arrival_counts_and_the_others_are_doubles),
	AT(a_trusted_clock_goes_before_an_earlier_untrusted_one),
	AT(equal_times_are_ordered_by_board_epoch_and_number),
	AT(a_repeat_changes_nothing),
	AT(people_do_not_mix),
	AT(an_undone_arrival_never_was),
	AT(an_undo_may_come_before_its_target),
	AT(undoing_the_first_arrival_makes_the_second_one_count),
	AT(an_undo_cannot_be_undone),
	AT(a_badge_goes_through_its_states),
	AT(a_failed_badge_does_not_count),
	AT(an_uncertain_badge_is_named_until_it_is_answered),
	AT(two_jobs_of_one_issue_are_two_badges),
	AT(the_newest_issue_is_the_highest_issued),
	AT(a_job_prints_an_unissued_number_and_replaces_nothing),
	AT(a_revocation_names_the_issue_it_reaches),
	AT(of_several_uncertain_issues_the_highest_is_named),
	AT(kinds_without_a_person_change_nobody),
	AT(a_cloned_board_is_told_and_the_lower_hash_counts),
	AT(a_cloned_undo_gives_its_target_back),
	AT(jobs_left_in_sending_or_sent_become_uncertain),
	AT(other_boards_jobs_are_left_alone),
	AT(what_is_left_over_comes_in_order_and_in_bounded_parts),
	AT(a_different_set_gives_other_bytes),
	AT(a_fold_of_a_journal_is_the_fold_of_its_events),
	AT(a_journal_that_contradicts_the_fold_is_told_after_all_is_added),
	AT(after_a_crash_a_restart_finds_what_is_uncertain),
	AT(closing_nothing_is_fine),
};

RUN_TESTS(tests)
