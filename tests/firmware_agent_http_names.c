/* A network whose name server never answers must not hold the agent: it has peers to speak to. */
#include "test.h"

#include "agent_http.h"

#include <errno.h>
#include <netdb.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <time.h>

enum { STUCK_S = 5 };

static sem_t asked, let_go;
static atomic_bool inside;

/* In place of the C library's, for libcurl too: it answers nothing until it is let go. */
int getaddrinfo(
	const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **out)
{
	struct timespec until;

	UNUSED(name);
	UNUSED(service);
	UNUSED(hints);
	*out = NULL;
	atomic_store(&inside, true);
	sem_post(&asked);
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += STUCK_S;
	while (sem_timedwait(&let_go, &until) != 0 && errno == EINTR)
		;
	atomic_store(&inside, false);
	return EAI_AGAIN;
}

static struct http *ask(void)
{
	struct http *h;

	assert_ok(http_open(&h));
	assert_ok(http_start(
		h, &(struct http_request){.url = "http://hub.invalid/v1/manifest", .max = 100}));
	while (sem_trywait(&asked) != 0)
		assert_ok(http_wait(h, NULL, 0, 1));
	return h;
}

TEST(a_request_is_dropped_while_its_name_is_still_asked_for)
{
	struct http *h = ask();

	http_cancel(h);
	assert_true(atomic_load(&inside));
	assert_false(http_busy(h));
	sem_post(&let_go);
	http_close(h);
}

static int set_up(void **state)
{
	UNUSED(state);
	return sem_init(&asked, 0, 0) | sem_init(&let_go, 0, 0);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_request_is_dropped_while_its_name_is_still_asked_for),
};

int main(void)
{
	return cmocka_run_group_tests(tests, set_up, NULL);
}
