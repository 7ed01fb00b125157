/* What the service manager hears. */
#include "notify.h"
#include "scratch.h"
#include "test.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static struct scratch dir;
static int manager = -1;

/* A manager that listens at name; '@' is the abstract name space. */
static void listen_at(const char *name)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};

	manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	memcpy(at.sun_path, name, strlen(name));
	if (name[0] == '@')
		at.sun_path[0] = '\0';
	assert_int_equal(
		bind(manager, (struct sockaddr *)&at,
			(socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(name))),
		0);
	assert_int_equal(setenv("NOTIFY_SOCKET", name, 1), 0);
}

static void assert_heard(const char *want)
{
	char text[64] = "";
	ssize_t n = recv(manager, text, sizeof(text) - 1, 0);

	assert_int_equal(n, strlen(want));
	assert_string_equal(text, want);
}

static int fresh(void **state)
{
	UNUSED(state);
	scratch_make(&dir);
	unsetenv("NOTIFY_SOCKET");
	unsetenv("WATCHDOG_USEC");
	unsetenv("WATCHDOG_PID");
	return 0;
}

static int done(void **state)
{
	UNUSED(state);
	if (manager >= 0)
		close(manager);
	manager = -1;
	scratch_remove(&dir);
	return 0;
}

TEST(a_manager_with_a_path_hears_the_state)
{
	listen_at(scratch_name(&dir, "notify"));
	notify_send("READY=1");
	assert_heard("READY=1");
	notify_send("STOPPING=1");
	assert_heard("STOPPING=1");
}

TEST(a_manager_in_the_abstract_name_space_hears_the_state)
{
	char name[64];

	snprintf(name, sizeof(name), "@foyer-test-%d", (int)getpid());
	listen_at(name);
	notify_send("WATCHDOG=1");
	assert_heard("WATCHDOG=1");
}

TEST(where_nobody_listens_nothing_is_sent_and_nothing_breaks)
{
	char longest[256];

	notify_send("READY=1");
	memset(longest, 'a', sizeof(longest) - 1);
	longest[0] = '/';
	longest[sizeof(longest) - 1] = '\0';
	static const char *const wrong[] = {"", "/", "relative", "vsock:2:1"};
	for (size_t i = 0; i < COUNT(wrong); i++) {
		setenv("NOTIFY_SOCKET", wrong[i], 1);
		notify_send("READY=1");
	}
	setenv("NOTIFY_SOCKET", longest, 1);
	notify_send("READY=1");
	setenv("NOTIFY_SOCKET", scratch_name(&dir, "gone"), 1);
	notify_send("READY=1");
}

TEST(the_watchdog_is_fed_twice_a_period_if_it_is_ours)
{
	char mine[16];

	assert_int_equal(notify_watchdog_ms(), 0);
	setenv("WATCHDOG_USEC", "30000000", 1);
	assert_int_equal(notify_watchdog_ms(), 15000);
	setenv("WATCHDOG_PID", "1", 1);
	assert_int_equal(notify_watchdog_ms(), 0);
	snprintf(mine, sizeof(mine), "%d", (int)getpid());
	setenv("WATCHDOG_PID", mine, 1);
	assert_int_equal(notify_watchdog_ms(), 15000);
	setenv("WATCHDOG_USEC", "100", 1);
	assert_int_equal(notify_watchdog_ms(), 1);
	setenv("WATCHDOG_USEC", "nonsense", 1);
	assert_int_equal(notify_watchdog_ms(), 0);
}

#define WHOLE(t) cmocka_unit_test_setup_teardown(t, fresh, done)

static const struct CMUnitTest tests[] = {
	WHOLE(a_manager_with_a_path_hears_the_state),
	WHOLE(a_manager_in_the_abstract_name_space_hears_the_state),
	WHOLE(where_nobody_listens_nothing_is_sent_and_nothing_breaks),
	WHOLE(the_watchdog_is_fed_twice_a_period_if_it_is_ours),
};

RUN_TESTS(tests)
