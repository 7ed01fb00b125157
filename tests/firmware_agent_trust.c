/* The whole agent against hubs that lie, attack or are ill: the cases have the names of TUF's
 * conformance tests where there is one. Whatever comes, the roster in use is one that was believed. */
#include "agent_world.h"
#include "file.h"
#include "hex.h"
#include "patch.h"
#include "small_roster.h"
#include "test.h"
#include "trust.h"

static struct agent_world b;

static int open_bench(void **state)
{
	UNUSED(state);
	agent_world_open(&b, 1);
	return 0;
}

static int close_bench(void **state)
{
	UNUSED(state);
	agent_world_close(&b);
	return 0;
}

static void free_span(struct span s)
{
	free((void *)(uintptr_t)s.p);
}

/* The hub offers version n, and the board takes it. */
static void have_version(uint64_t n)
{
	agent_world_offer(&b, n);
	assert_int_equal(agent_world_round(&b), 0);
	assert_int_equal(agent_world_version(&b), n);
}

/* The round is a no, and the board keeps the version it had. */
static void assert_refused(uint64_t stays)
{
	assert_int_equal(agent_world_round(&b), 1);
	assert_int_equal(agent_world_version(&b), stays);
}

TEST(a_new_roster_is_fetched_and_put_in_use)
{
	struct trust t;

	have_version(7);
	assert_ok(trust_read(&t, agent_world_name(&b, "trust")));
	assert_int_equal(t.sequence, 7);
	/* Once: it is not fetched again. */
	have_version(7);
	assert_int_equal(fake_hub_asked(b.server, "/v1/roster/"), 1);
	have_version(8);
}

TEST(roster_rollback)
{
	unsigned polls;

	have_version(7);
	polls = fake_hub_asked(b.server, "/v1/events?");
	agent_world_offer(&b, 6);
	assert_refused(7);
	assert_int_equal(fake_hub_asked(b.server, "/v1/roster/"), 1);
	/* Events still go to it: it may have been put back to yesterday in good faith. */
	assert_true(fake_hub_asked(b.server, "/v1/events?") > polls);
}

/* The roster is renamed into place, then trust: the power goes in between. */
TEST(a_cut_between_roster_and_trust_is_made_good_at_the_next_start)
{
	struct file_bytes old;
	struct trust t;

	have_version(7);
	assert_ok(file_read(&old, agent_world_name(&b, "trust"), 4096));
	have_version(8);
	agent_world_put(&b, "trust", old.bytes);
	file_free(&old);
	/* Also without a hub: the older version cannot come back. */
	fake_hub_lie(b.server, "", FAKE_SILENT);
	assert_int_equal(agent_world_round(&b), 3);
	assert_ok(trust_read(&t, agent_world_name(&b, "trust")));
	assert_int_equal(t.sequence, 8);
	assert_int_equal(fake_hub_asked(b.server, "/v1/roster/"), 2);
}

/* A roster that is older than trust says is no roster: the right one is fetched again. */
TEST(an_older_roster_in_the_folder_is_replaced)
{
	struct file_bytes old;

	have_version(7);
	assert_ok(file_read(&old, agent_world_name(&b, "roster.foyer"), 1 << 20));
	have_version(8);
	agent_world_put(&b, "roster.foyer", old.bytes);
	file_free(&old);
	assert_int_equal(agent_world_version(&b), 0);
	assert_int_equal(agent_world_round(&b), 0);
	assert_int_equal(agent_world_version(&b), 8);
}

TEST(fresh_rollback)
{
	struct board_status before, after;

	have_version(7);
	before = agent_world_status(&b);
	b.now.wall_ms -= 3600 * 1000;
	agent_world_offer(&b, 7);
	b.now.wall_ms += 3600 * 1000;
	b.now.boot_ms += 60 * 1000;
	/* An old word is no crime, a mirror may say it; but nothing gets fresh by it. */
	assert_int_equal(agent_world_round(&b), 0);
	after = agent_world_status(&b);
	assert_int_equal(after.fresh, before.fresh);
	assert_int_equal(status_age_ms(&after, after.boot, b.now.boot_ms), 60 * 1000);
}

TEST(freeze_lets_the_lease_run_out)
{
	struct board_status s;

	have_version(7);
	/* The same word, played again for five days, by somebody who cannot sign the time. */
	fake_hub_lie(b.server, "/v1/time", FAKE_SILENT);
	for (int hour = 0; hour < 120; hour += 12) {
		b.now.boot_ms += 12 * 3600 * 1000;
		b.now.wall_ms += 12 * 3600 * 1000;
		assert_int_equal(agent_world_round(&b), 0);
	}
	s = agent_world_status(&b);
	int64_t age = status_age_ms(&s, s.boot, b.now.boot_ms);
	assert_int_equal(age, 120LL * 3600 * 1000);
	assert_int_equal(status_lease(&s, age, 12 * 60, 96 * 60), 2);
	/* One fresh word mends it. */
	agent_world_offer(&b, 7);
	assert_int_equal(agent_world_round(&b), 0);
	s = agent_world_status(&b);
	assert_int_equal(status_age_ms(&s, s.boot, b.now.boot_ms), 0);
}

TEST(fast_forward_recovery)
{
	struct wire_hub next;

	have_version(7);
	agent_world_offer(&b, 7 + 1000001);
	assert_refused(7);
	/* A thief of the hub key goes as far as he may; the root's next epoch begins anew. */
	have_version(7 + 1000000);
	wire_hub(&next, 1, 2);
	b.hub = next;
	have_version(1);
	wire_hub(&next, 1, 1);
	b.hub = next;
	agent_world_offer(&b, 2000007);
	assert_refused(1);
}

TEST(wrong_event)
{
	struct wire_hub mine = b.hub;

	have_version(7);
	wire_hub(&b.hub, 2, 1);
	agent_world_offer(&b, 8);
	assert_refused(7);
	b.hub = mine;
}

TEST(every_flipped_bit_of_a_manifest_is_refused)
{
	struct span roster = agent_world_roster(&b.hub, 8);
	struct manifest_source m = agent_world_manifest(&b.hub, 8, roster);
	uint8_t bytes[1024];
	struct sink k = sink_on(bytes, sizeof(bytes));

	have_version(7);
	manifest_write(&k, &m);
	agent_world_serve(&b, roster);
	for (size_t i = 0; i < k.n; i += 7) {
		bytes[i] ^= (uint8_t)(1U << i % 8);
		fake_hub_page(b.server, "/v1/manifest", 200, (struct span){bytes, k.n});
		assert_refused(7);
		bytes[i] ^= (uint8_t)(1U << i % 8);
	}
	fake_hub_page(b.server, "/v1/manifest", 200, (struct span){bytes, k.n - 1});
	assert_refused(7);
	fake_hub_page(b.server, "/v1/manifest", 200, (struct span){bytes, k.n});
	assert_int_equal(agent_world_round(&b), 0);
	assert_int_equal(agent_world_version(&b), 8);
	free_span(roster);
}

/* The page of the roster that m names holds these bytes. */
static void put_at_hash(const struct manifest_source *m, struct span bytes)
{
	char path[128] = "/v1/roster/";

	hex_write((struct span){m->m.hash, MANIFEST_HASH}, path + strlen(path));
	fake_hub_page(b.server, path, 200, bytes);
}

TEST(mix_and_match)
{
	struct span old = agent_world_roster(&b.hub, 8), new = agent_world_roster(&b.hub, 9);
	struct manifest_source m = agent_world_manifest(&b.hub, 9, new);

	have_version(7);
	agent_world_say(&b, &m);
	put_at_hash(&m, old);
	assert_refused(7);
	/* A manifest that names another version than the file is: the hub errs, and is not believed. */
	m = agent_world_manifest(&b.hub, 9, old);
	agent_world_say(&b, &m);
	put_at_hash(&m, old);
	assert_refused(7);
	free_span(old);
	free_span(new);
}

TEST(hash_mismatch)
{
	struct span roster = agent_world_roster(&b.hub, 8);
	struct manifest_source m = agent_world_manifest(&b.hub, 8, roster);
	uint8_t *bytes = (uint8_t *)(uintptr_t)roster.p;

	have_version(7);
	agent_world_say(&b, &m);
	for (size_t i = 0; i < roster.n; i += roster.n / 11) {
		bytes[i] ^= 1;
		put_at_hash(&m, roster);
		assert_refused(7);
		bytes[i] ^= 1;
	}
	put_at_hash(&m, (struct span){roster.p, roster.n - 1});
	assert_refused(7);
	put_at_hash(&m, roster);
	assert_int_equal(agent_world_round(&b), 0);
	assert_int_equal(agent_world_version(&b), 8);
	free_span(roster);
}

TEST(endless_data)
{
	uint64_t before;

	have_version(7);
	agent_world_offer(&b, 8);
	fake_hub_lie(b.server, "/v1/roster", FAKE_ENDLESS);
	before = fake_hub_sent(b.server);
	assert_refused(7);
	/* Some of it lay in the kernel's buffers; the most was never sent. */
	assert_true(fake_hub_sent(b.server) - before < 16 << 20);
	fake_hub_lie(b.server, "/v1/manifest", FAKE_ENDLESS);
	assert_refused(7);
	fake_hub_lie(b.server, "/v1/manifest", FAKE_HEADERS);
	assert_refused(7);
	fake_hub_lie(b.server, "", FAKE_HONEST);
	assert_int_equal(agent_world_round(&b), 0);
	assert_int_equal(agent_world_version(&b), 8);
}

TEST(a_file_cut_short_is_not_taken_and_the_events_go_on)
{
	unsigned polls;

	have_version(7);
	polls = fake_hub_asked(b.server, "/v1/events?");
	agent_world_offer(&b, 8);
	fake_hub_lie(b.server, "/v1/roster", FAKE_CUT);
	assert_int_equal(agent_world_round(&b), 0);
	assert_int_equal(agent_world_version(&b), 7);
	assert_true(fake_hub_asked(b.server, "/v1/events?") > polls);
	fake_hub_lie(b.server, "/v1/manifest", FAKE_CUT);
	assert_int_equal(agent_world_round(&b), 3);
	fake_hub_lie(b.server, "", FAKE_SILENT);
	assert_int_equal(agent_world_round(&b), 3);
	assert_int_equal(agent_world_version(&b), 7);
}

TEST(a_roster_that_is_not_there_is_a_no)
{
	struct span roster = agent_world_roster(&b.hub, 8);
	struct manifest_source m = agent_world_manifest(&b.hub, 8, roster);

	have_version(7);
	agent_world_say(&b, &m);
	assert_refused(7);
	free_span(roster);
}

TEST(a_mirror_has_no_time_and_takes_no_events_and_is_good_for_rosters)
{
	static uint8_t page[2000];

	/* A web server's own page for what is not there, longer than any answer. */
	fake_hub_mirror(b.server, (struct span){page, sizeof(page)});
	agent_world_offer(&b, 7);
	assert_int_equal(agent_world_round(&b), 0);
	assert_int_equal(agent_world_version(&b), 7);
}

TEST(a_drip_is_given_up)
{
	have_version(7);
	agent_world_offer(&b, 8);
	fake_hub_lie(b.server, "/v1/manifest", FAKE_DRIP);
	assert_int_equal(agent_world_round(&b), 3);
	assert_int_equal(agent_world_version(&b), 7);
}

TEST(a_patch_is_taken_where_one_is_offered)
{
	struct span old = agent_world_roster(&b.hub, 7), new = agent_world_roster(&b.hub, 8), patch;
	struct manifest_source m = agent_world_manifest(&b.hub, 8, new);
	struct manifest_patch p = {0};
	char path[256] = "/v1/patch/";

	have_version(7);
	assert_ok(patch_make(old, new, &patch));
	p.size = patch.n;
	seal_hash((struct span){0}, old, p.from, MANIFEST_HASH);
	seal_hash((struct span){0}, patch, p.hash, MANIFEST_HASH);
	m.patches = &p;
	m.m.patch_count = 1;
	agent_world_say(&b, &m);
	hex_write((struct span){p.from, MANIFEST_HASH}, path + strlen(path));
	strcat(path, "/");
	hex_write((struct span){m.m.hash, MANIFEST_HASH}, path + strlen(path));
	/* A patch that was tampered with: the whole roster is asked for, and is not there. */
	((uint8_t *)(uintptr_t)patch.p)[patch.n / 2] ^= 1;
	fake_hub_page(b.server, path, 200, patch);
	assert_refused(7);
	((uint8_t *)(uintptr_t)patch.p)[patch.n / 2] ^= 1;
	fake_hub_page(b.server, path, 200, patch);
	assert_int_equal(agent_world_round(&b), 0);
	assert_int_equal(agent_world_version(&b), 8);
	/* The second round asked for the patch only. */
	assert_int_equal(fake_hub_asked(b.server, "/v1/roster/"), 2);
	free_span(old);
	free_span(new);
	free_span(patch);
}

static void with_wrong_clock(int64_t wall_ms)
{
	struct board_status s;
	bool trusted;

	b.now.wall_ms = WIRE_NOW * 1000;
	agent_world_offer(&b, 7);
	b.now.wall_ms = wall_ms;
	assert_int_equal(agent_world_round(&b), 0);
	assert_int_equal(agent_world_version(&b), 7);
	s = agent_world_status(&b);
	assert_int_equal(s.floor, WIRE_NOW);
	assert_int_equal(
		status_wall_ms(&s, s.boot, b.now.boot_ms, wall_ms, &trusted), WIRE_NOW * 1000);
	assert_true(trusted);
	assert_int_equal(agent_world_own_events(&b, EVENT_CLOCK), 1);
	/* Once a boot. */
	assert_int_equal(agent_world_round(&b), 0);
	assert_int_equal(agent_world_own_events(&b, EVENT_CLOCK), 1);
}

TEST(a_clock_in_1970_takes_the_roster_and_is_mended)
{
	with_wrong_clock(0);
}

TEST(a_clock_in_the_next_century_takes_the_roster_and_is_mended)
{
	with_wrong_clock(4102444800000);
}

TEST(the_clocks_floor_survives_reboots)
{
	struct board_status s;
	bool trusted;

	have_version(7);
	s = agent_world_status(&b);
	/* Another boot, no battery, no hub. */
	fake_hub_lie(b.server, "", FAKE_SILENT);
	b.now.wall_ms = 0;
	b.now.boot_ms = 1000;
	assert_int_equal(agent_world_round(&b), 3);
	s = agent_world_status(&b);
	assert_int_equal(s.floor, WIRE_NOW);
	s.boot[0] ^= 1;
	assert_true(status_wall_ms(&s, s.boot, 2000, 0, &trusted) >= WIRE_NOW * 1000);
}

TEST(a_time_that_is_played_again_or_behind_is_refused)
{
	have_version(7);
	fake_hub_clock(b.server, (WIRE_NOW - 3600) * 1000);
	assert_int_equal(agent_world_round(&b), 1);
	fake_hub_clock(b.server, WIRE_NOW * 1000);
	assert_int_equal(agent_world_round(&b), 0);
}

TEST(what_would_not_fit_the_disk_leaves_the_old_roster)
{
	have_version(7);
	agent_world_offer(&b, 8);
	/* A folder in the place of the file: rename cannot put the new one there. */
	assert_int_equal(
		rename(agent_world_name(&b, "roster.foyer"), scratch_name(&b.dir, "kept")), 0);
	assert_ok(file_make_folder(agent_world_name(&b, "roster.foyer")));
	assert_int_not_equal(agent_world_round(&b), 1);
	assert_int_equal(remove(agent_world_name(&b, "roster.foyer")), 0);
	assert_int_equal(agent_world_round(&b), 0);
	assert_int_equal(agent_world_version(&b), 8);
}

#define WHOLE(f) cmocka_unit_test_setup_teardown(f, open_bench, close_bench)

static const struct CMUnitTest tests[] = {
	WHOLE(a_new_roster_is_fetched_and_put_in_use),
	WHOLE(roster_rollback),
	WHOLE(a_cut_between_roster_and_trust_is_made_good_at_the_next_start),
	WHOLE(an_older_roster_in_the_folder_is_replaced),
	WHOLE(fresh_rollback),
	WHOLE(freeze_lets_the_lease_run_out),
	WHOLE(fast_forward_recovery),
	WHOLE(wrong_event),
	WHOLE(every_flipped_bit_of_a_manifest_is_refused),
	WHOLE(mix_and_match),
	WHOLE(hash_mismatch),
	WHOLE(endless_data),
	WHOLE(a_file_cut_short_is_not_taken_and_the_events_go_on),
	WHOLE(a_roster_that_is_not_there_is_a_no),
	WHOLE(a_mirror_has_no_time_and_takes_no_events_and_is_good_for_rosters),
	WHOLE(a_drip_is_given_up),
	WHOLE(a_patch_is_taken_where_one_is_offered),
	WHOLE(a_clock_in_1970_takes_the_roster_and_is_mended),
	WHOLE(a_clock_in_the_next_century_takes_the_roster_and_is_mended),
	WHOLE(the_clocks_floor_survives_reboots),
	WHOLE(a_time_that_is_played_again_or_behind_is_refused),
	WHOLE(what_would_not_fit_the_disk_leaves_the_old_roster),
};

RUN_TESTS(tests)
