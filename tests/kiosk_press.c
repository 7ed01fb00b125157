/* The press's box: who has left is forgotten, also while the thread is busy and the box full. */
#include "test.h"

#include "news.h"
#include "press.h"
#include "seal.h"

#include <semaphore.h>

static struct traffic traffic;
static struct mailbox ui;
static struct news slots[NEWS_SLOTS];
static struct press *press;
static sem_t busy, go_on;
static bool was_busy;

/* The press's thread tells its first state when it begins; it is held there. */
static void hold(void *arg)
{
	UNUSED(arg);
	if (was_busy)
		return;
	was_busy = true;
	sem_post(&busy);
	sem_wait(&go_on);
}

static int setup(void **state)
{
	UNUSED(state);
	assert_ok(seal_start());
	was_busy = false;
	sem_init(&busy, 0, 0);
	sem_init(&go_on, 0, 0);
	mailbox_init(&ui, slots, sizeof(*slots), COUNT(slots), &traffic);
	mailbox_set_wake(&ui, hold, NULL);
	assert_ok(press_start(
		&press, &(struct press_options){.story = true, .ui = &ui, .traffic = &traffic}));
	sem_wait(&busy);
	return 0;
}

static int teardown(void **state)
{
	UNUSED(state);
	press_stop(press);
	mailbox_done(&ui);
	sem_destroy(&busy);
	sem_destroy(&go_on);
	return 0;
}

/* Let the thread go on until nothing moves; how many renderings were answered, and the last one's. */
static unsigned answered(uint32_t *visit)
{
	struct news n;
	unsigned count = 0;

	sem_post(&go_on);
	while (!traffic_is_calm(&traffic)) {
		if (mailbox_take(&ui, &n, 100) != OK)
			continue;
		if (n.kind == NEWS_RENDERED) {
			count++;
			*visit = n.visit;
		}
		news_wipe(&n);
		mailbox_settle(&ui);
	}
	return count;
}

TEST(a_full_box_does_not_refuse_to_forget)
{
	UNUSED(state);
	struct found found = {0};
	unsigned asked = 1;
	uint32_t visit = 0;

	while (press_render(press, asked, &found, NULL) == OK)
		asked++;
	press_forget(press);
	assert_int_equal(answered(&visit), 0);
}

TEST(a_thousand_who_left_do_not_fill_the_box)
{
	UNUSED(state);
	struct found found = {0};
	uint32_t visit = 0;

	for (int i = 0; i < 1000; i++)
		press_forget(press);
	assert_ok(press_render(press, 7, &found, NULL));
	assert_int_equal(answered(&visit), 1);
	assert_int_equal(visit, 7);
}

TEST(who_comes_next_is_not_forgotten_with_who_left)
{
	UNUSED(state);
	struct found found = {0};
	uint32_t visit = 0;

	assert_ok(press_render(press, 1, &found, NULL));
	press_forget(press);
	assert_ok(press_render(press, 2, &found, NULL));
	assert_int_equal(answered(&visit), 1);
	assert_int_equal(visit, 2);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const struct CMUnitTest tests[] = {
	CASE(a_full_box_does_not_refuse_to_forget),
	CASE(a_thousand_who_left_do_not_fill_the_box),
	CASE(who_comes_next_is_not_forgotten_with_who_left),
};
RUN_TESTS(tests)
