/* Peers over UDP multicast and TCP, in a network namespace of the test's own, with loopback and
 * nothing else in it. */
#include "test.h"

#include "help/peer_room.h"

#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000, PORT = 7189 };

static struct room room;

static bool loopback(bool up)
{
	struct ifreq r = {.ifr_name = "lo", .ifr_flags = up ? IFF_UP : 0};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	bool done = fd >= 0 && ioctl(fd, SIOCSIFFLAGS, &r) == 0;

	if (fd >= 0)
		close(fd);
	return done;
}

/* As root, or as the root of a namespace of users. */
static int own_network(void **state)
{
	static bool own;

	own = (unshare(CLONE_NEWNET) == 0 || unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0) &&
	      loopback(true);
	*state = own ? &own : NULL;
	return 0;
}

static void skip_without(void **state)
{
	if (*state)
		return;
	print_message("skipped: no network namespace may be made\n");
	skip();
}

static void until(bool (*done)(void))
{
	int64_t end = clock_now().boot_ms + PATIENCE_MS;

	while (!done()) {
		assert_true(room.now_ms < end);
		room_pass_real(&room);
	}
}

static bool agreed(void)
{
	return room_agrees(&room);
}

static bool all_near(void)
{
	for (size_t i = 0; i < room.n; i++) {
		struct peers_stats s;
		room_stats(&room, i, &s);
		if (s.near != room.n - 1)
			return false;
	}
	return true;
}

TEST(boards_on_one_network_find_each_other_and_agree)
{
	struct peers_stats s;

	skip_without(state);
	room_open_real(&room, 3, "239.255.70.90", PORT);
	until(all_near);
	room_write(&room, 0, 1, true);
	until(agreed);
	assert_int_equal(room_events(&room, 2), 1);
	room_write(&room, 1, 3000, true); /* more than sockets hold at once */
	until(agreed);
	assert_int_equal(room_events(&room, 0), 3001);
	room_stats(&room, 1, &s);
	assert_true(s.bytes_out > 3000 * EVENT_BYTES);
	room_close(&room);
}

TEST(an_interface_that_comes_back_is_used_again)
{
	skip_without(state);
	assert_true(loopback(false));
	room_open_real(&room, 2, "239.255.70.91", PORT);
	for (size_t i = 0; i < 2; i++)
		room_pass_real(&room);
	room_write(&room, 0, 1, true);
	room_pass_real(&room);
	assert_false(all_near());
	assert_true(loopback(true));
	until(all_near);
	until(agreed);
	room_close(&room);
}

TEST(a_group_that_is_none_is_refused)
{
	static const char *const wrong[] = {"", "10.0.0.1", "239.255.70", "ff02::1", "peers"};
	struct peers_net *net;
	UNUSED(state);

	for (size_t i = 0; i < COUNT(wrong); i++) {
		assert_err(peers_net_open(&net, wrong[i], PORT), ERR_DENIED);
		assert_null(net);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_interface_that_comes_back_is_used_again),
		cmocka_unit_test(boards_on_one_network_find_each_other_and_agree),
		cmocka_unit_test(a_group_that_is_none_is_refused),
	};

	if (seal_start() != OK)
		return 3;
	return cmocka_run_group_tests(tests, own_network, NULL);
}
