/* The whole agent on a disk that fills up or fails, write by write and sync by sync: it may say no, but
 * afterwards everything is delivered once, and the roster is one that was believed. */
#include "agent_world.h"
#include "test.h"
#include "vfs_fault.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>

enum { STEPS = 60 };

static struct agent_world w;
static uint64_t written;

static int open_world(void **state)
{
	UNUSED(state);
	agent_world_open(&w, 1);
	agent_world_offer(&w, 7);
	/* The hub's database is open already, on the sound disk. */
	vfs_fault_set(NULL);
	written = 0;
	return sqlite3_vfs_register(sqlite3_vfs_find(vfs_fault_name), 1);
}

static int close_world(void **state)
{
	UNUSED(state);
	vfs_fault_set(NULL);
	agent_world_close(&w);
	return sqlite3_vfs_register(sqlite3_vfs_find("unix"), 1);
}

static void arrive(void)
{
	agent_world_arrivals(&w, 3, NULL);
	written += 3;
}

static void assert_all_is_well(void)
{
	assert_int_equal(agent_world_round(&w), 0);
	assert_int_equal(agent_world_undelivered(&w), 0);
	assert_int_equal(
		fake_hub_events(w.server), written + agent_world_own_events(&w, EVENT_CLOCK));
	assert_int_equal(agent_world_version(&w), 7);
}

/* In each round the next write (or sync) is the one that fails; until all went well. */
static void fail_each(const struct vfs_fault *how)
{
	for (int n = 1; n <= STEPS; n++) {
		struct vfs_fault f = *how;
		if (f.write_at)
			f.write_at = n;
		if (f.sync_at)
			f.sync_at = n;
		arrive();
		vfs_fault_set(&f);
		(void)agent_world_round(&w);
		struct vfs_fault seen = vfs_fault_seen();
		vfs_fault_set(NULL);
		assert_all_is_well();
		if ((f.write_at ? seen.writes : seen.syncs) < n)
			return;
	}
}

TEST(a_full_disk_loses_nothing)
{
	fail_each(&(struct vfs_fault){.write_at = 1, .rc = SQLITE_FULL});
}

TEST(a_write_that_fails_loses_nothing)
{
	fail_each(&(struct vfs_fault){.write_at = 1, .rc = SQLITE_IOERR_WRITE, .half = true});
}

TEST(a_write_that_fails_once_loses_nothing)
{
	fail_each(&(struct vfs_fault){.write_at = 1, .rc = SQLITE_IOERR_WRITE, .once = true});
}

TEST(a_sync_that_fails_loses_nothing)
{
	fail_each(&(struct vfs_fault){.sync_at = 1, .rc = SQLITE_IOERR_FSYNC});
}

/* Files may not grow at all: the new roster, the status and the databases find no room. */
TEST(no_room_for_a_new_roster_leaves_the_old_one)
{
	struct rlimit none = {64, 64}, before;

	assert_all_is_well();
	agent_world_offer(&w, 8);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	none.rlim_max = before.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	int status = agent_world_round(&w);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_not_equal(status, 1);
	assert_int_equal(agent_world_version(&w), 7);
	assert_int_equal(agent_world_round(&w), 0);
	assert_int_equal(agent_world_version(&w), 8);
}

#define WHOLE(t) cmocka_unit_test_setup_teardown(t, open_world, close_world)

static const struct CMUnitTest tests[] = {
	WHOLE(a_full_disk_loses_nothing),
	WHOLE(a_write_that_fails_loses_nothing),
	WHOLE(a_write_that_fails_once_loses_nothing),
	WHOLE(a_sync_that_fails_loses_nothing),
	WHOLE(no_room_for_a_new_roster_leaves_the_old_one),
};

RUN_TESTS(tests)
