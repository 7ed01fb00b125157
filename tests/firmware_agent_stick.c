/* The stick: a roster and codes in, events out; and what a stick can never do. */
#include "agent_world.h"
#include "file.h"
#include "hex.h"
#include "journal.h"
#include "run.h"
#include "signed_code.h"
#include "small_roster.h"
#include "test.h"
#include "trust.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static struct agent_world w;
static char stick[96];

static int open_world(void **state)
{
	UNUSED(state);
	agent_world_open(&w, 1);
	agent_world_offer(&w, 7);
	assert_int_equal(agent_world_round(&w), 0);
	fake_hub_lie(w.server, "", FAKE_SILENT);
	snprintf(stick, sizeof(stick), "%s/stick", w.dir.folder);
	assert_int_equal(mkdir(stick, 0700), 0);
	w.options.stick = stick;
	return 0;
}

static int close_world(void **state)
{
	UNUSED(state);
	agent_world_close(&w);
	return 0;
}

/* A path on the stick. Static memory. */
static const char *on_stick(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", stick, name);
	return path;
}

static void put(const char *name, struct span bytes)
{
	(void)mkdir(on_stick("foyer"), 0700);
	(void)unlink(on_stick(name));
	assert_ok(file_write(on_stick(name), bytes, 0600));
}

/* The manifest of m, and a roster beside it, which need not fit. */
static void put_version(const struct manifest_source *m, struct span roster)
{
	uint8_t bytes[1024];
	struct sink k = sink_on(bytes, sizeof(bytes));

	manifest_write(&k, m);
	assert_false(k.full);
	put("foyer/manifest", (struct span){bytes, k.n});
	if (roster.p)
		put("foyer/roster.foyer", roster);
}

static void put_sound(const struct wire_hub *hub, uint64_t sequence)
{
	struct span roster = agent_world_roster(hub, sequence);
	struct manifest_source m = agent_world_manifest(hub, sequence, roster);

	m.m.live = false;
	put_version(&m, roster);
	free((void *)(uintptr_t)roster.p);
}

TEST(a_newer_roster_is_taken_without_a_network)
{
	put_sound(&w.hub, 8);
	assert_int_equal(agent_world_round(&w), 3);
	assert_int_equal(agent_world_version(&w), 8);
}

TEST(an_older_roster_or_another_events_is_not)
{
	struct wire_hub other;
	struct trust before, after;

	assert_ok(trust_read(&before, agent_world_name(&w, "trust")));
	put_sound(&w.hub, 6);
	assert_int_equal(agent_world_round(&w), 3);
	assert_int_equal(agent_world_version(&w), 7);
	wire_hub(&other, 2, 1);
	put_sound(&other, 8);
	assert_int_equal(agent_world_round(&w), 1);
	assert_int_equal(agent_world_version(&w), 7);
	assert_ok(trust_read(&after, agent_world_name(&w, "trust")));
	assert_memory_equal(&before, &after, sizeof(before));
}

TEST(a_board_that_trusts_nobody_learns_no_trust_from_a_stick)
{
	assert_int_equal(unlink(agent_world_name(&w, "trust")), 0);
	assert_int_equal(unlink(agent_world_name(&w, "credential")), 0);
	assert_int_equal(unlink(agent_world_name(&w, "roster.foyer")), 0);
	put_sound(&w.hub, 8);
	(void)agent_world_round(&w);
	assert_int_equal(access(agent_world_name(&w, "trust"), F_OK), -1);
	assert_int_equal(access(agent_world_name(&w, "roster.foyer"), F_OK), -1);
}

TEST(mix_and_match_on_a_stick)
{
	struct span old = agent_world_roster(&w.hub, 8), new = agent_world_roster(&w.hub, 9);
	struct manifest_source m = agent_world_manifest(&w.hub, 9, new);

	put_version(&m, old);
	assert_int_equal(agent_world_round(&w), 1);
	assert_int_equal(agent_world_version(&w), 7);
	free((void *)(uintptr_t)old.p);
	free((void *)(uintptr_t) new.p);
}

TEST(a_roster_of_another_size_than_was_signed_is_not_read)
{
	struct span roster = agent_world_roster(&w.hub, 8);
	struct manifest_source m = agent_world_manifest(&w.hub, 8, roster);
	uint8_t *longer = calloc(1, roster.n + 1);

	memcpy(longer, roster.p, roster.n);
	put_version(&m, (struct span){longer, roster.n + 1});
	assert_int_equal(agent_world_round(&w), 1);
	put_version(&m, (struct span){roster.p, roster.n - 1});
	assert_int_equal(agent_world_round(&w), 1);
	put_version(&m, (struct span){roster.p, 0});
	assert_int_equal(agent_world_round(&w), 1);
	assert_int_equal(agent_world_version(&w), 7);
	put_version(&m, roster);
	assert_int_equal(agent_world_round(&w), 3);
	assert_int_equal(agent_world_version(&w), 8);
	free(longer);
	free((void *)(uintptr_t)roster.p);
}

/* Move a file of the stick away and leave a link to it. */
static void make_link(const char *name)
{
	char away[300];

	snprintf(away, sizeof(away), "%s/away-%zu", w.dir.folder, strlen(name));
	assert_int_equal(rename(on_stick(name), away), 0);
	assert_int_equal(symlink(away, on_stick(name)), 0);
}

TEST(links_are_not_followed)
{
	static const char *const names[] = {"foyer/manifest", "foyer/roster.foyer", "foyer"};

	for (size_t i = 0; i < COUNT(names); i++) {
		put_sound(&w.hub, 8);
		make_link(names[i]);
		(void)agent_world_round(&w);
		assert_int_equal(agent_world_version(&w), 7);
		assert_int_equal(unlink(on_stick(names[i])), 0);
	}
}

TEST(what_is_no_file_does_not_hold_the_agent)
{
	put_sound(&w.hub, 8);
	assert_int_equal(unlink(on_stick("foyer/roster.foyer")), 0);
	assert_int_equal(mkfifo(on_stick("foyer/roster.foyer"), 0600), 0);
	assert_int_equal(agent_world_round(&w), 1);
	assert_int_equal(unlink(on_stick("foyer/manifest")), 0);
	assert_int_equal(mkfifo(on_stick("foyer/manifest"), 0600), 0);
	assert_int_equal(agent_world_round(&w), 1);
	assert_int_equal(unlink(on_stick("foyer/manifest")), 0);
	assert_int_equal(mkdir(on_stick("foyer/manifest"), 0700), 0);
	assert_int_equal(agent_world_round(&w), 1);
	assert_int_equal(agent_world_version(&w), 7);
	assert_int_equal(rmdir(on_stick("foyer/manifest")), 0);
	assert_int_equal(unlink(on_stick("foyer/roster.foyer")), 0);
}

TEST(a_huge_file_is_not_read)
{
	put_sound(&w.hub, 8);
	assert_int_equal(truncate(on_stick("foyer/roster.foyer"), (off_t)1 << 40), 0);
	assert_int_equal(agent_world_round(&w), 1);
	assert_int_equal(truncate(on_stick("foyer/manifest"), (off_t)1 << 40), 0);
	assert_int_equal(agent_world_round(&w), 1);
	assert_int_equal(agent_world_version(&w), 7);
}

TEST(codes_are_taken_and_no_enrolment)
{
	char text[4 * CODE_TEXT], one[CODE_TEXT];
	struct signed_code c = {.kind = TOKEN_LEASE, .number = 1, .time = WIRE_NOW + 7200};
	struct signed_code e = {.kind = TOKEN_ENROLMENT, .number = 1, .address_count = 1};
	struct wire_hub other;

	wire_hub(&other, 2, 1);
	memcpy(e.event, other.event, ROSTER_EVENT);
	strcpy(e.addresses[0], fake_hub_address(w.server));
	assert_ok(signed_code_write(&e, 0, NULL, one));
	snprintf(text, sizeof(text), "%s\r\nnonsense\n\n", one);
	memcpy(c.event, w.hub.event, ROSTER_EVENT);
	assert_ok(signed_code_write(&c, w.hub.epoch, w.hub.seed, one));
	strcat(text, one);
	put_sound(&w.hub, 7);
	put("foyer/codes.txt", span_of(text));
	/* A board without papers: a code on a stick does not enrol it. */
	assert_int_equal(unlink(agent_world_name(&w, "credential")), 0);
	assert_int_equal(unlink(agent_world_name(&w, "key")), 0);
	assert_int_equal(agent_world_round(&w), 3);
	assert_int_equal(access(agent_world_name(&w, "key"), F_OK), -1);
	assert_int_equal(agent_world_status(&w).fresh, WIRE_NOW + 7200);
}

/* The one file in foyer/out, or "" if there is none. */
static const char *only_file(void)
{
	static char name[300];
	DIR *d = opendir(on_stick("foyer/out"));

	name[0] = '\0';
	for (struct dirent *e; d && (e = readdir(d)) != NULL;)
		if (e->d_name[0] != '.') {
			assert_string_equal(name, "");
			snprintf(name, sizeof(name), "foyer/out/%s", e->d_name);
		}
	if (d)
		closedir(d);
	return name;
}

TEST(events_the_hub_lacks_are_written_as_a_bundle)
{
	uint8_t board[EVENT_BOARD];
	char want[64] = "foyer/out/";
	struct file_bytes f;
	struct bundle b;
	struct run r;

	agent_world_arrivals(&w, 30, board);
	put_sound(&w.hub, 7);
	assert_int_equal(agent_world_round(&w), 3);
	hex_write((struct span){board, EVENT_BOARD}, want + strlen(want));
	strcat(want, "-1-1-30.events");
	assert_string_equal(only_file(), want);
	assert_ok(file_read(&f, on_stick(want), BUNDLE_MAX));
	assert_ok(bundle_open(&b, f.bytes));
	assert_int_equal(b.count, 1);
	assert_memory_equal(b.certificates.p, w.device.certificate, PAPER_CERTIFICATE);
	assert_ok(run_read(&b.runs, &r));
	assert_ok(run_verify(&r, w.device.key));
	assert_int_equal(r.count, 30);
	assert_err(run_read(&b.runs, &r), ERR_ABSENT);
	/* A hub takes it as it is. */
	fake_hub_merge(w.server, f.bytes);
	file_free(&f);
	fake_hub_lie(w.server, "", FAKE_HONEST);
	assert_int_equal(agent_world_round(&w), 0);
	assert_int_equal(agent_world_undelivered(&w), 0);
}

TEST(delivered_events_are_not_written)
{
	put_sound(&w.hub, 7);
	assert_int_equal(agent_world_round(&w), 3);
	assert_string_equal(only_file(), "");
}

TEST(events_are_not_written_through_links)
{
	char elsewhere[300];

	snprintf(elsewhere, sizeof(elsewhere), "%s/elsewhere", w.dir.folder);
	assert_int_equal(mkdir(elsewhere, 0700), 0);
	agent_world_arrivals(&w, 3, NULL);
	put_sound(&w.hub, 7);
	assert_int_equal(symlink(elsewhere, on_stick("foyer/out")), 0);
	assert_int_equal(agent_world_round(&w), 3);
	/* Empty still. */
	assert_int_equal(rmdir(elsewhere), 0);
	assert_int_equal(unlink(on_stick("foyer/out")), 0);
}

TEST(nothing_else_on_a_stick_is_touched)
{
	static const char *const mine[] = {"foyer/manifest", "foyer/roster.foyer", "photo.jpg",
		"foyer/notes.txt", "autorun.inf"};
	struct stat before[COUNT(mine)], after;

	agent_world_arrivals(&w, 3, NULL);
	put_sound(&w.hub, 8);
	for (size_t i = 2; i < COUNT(mine); i++)
		put(mine[i], span_of("private"));
	for (size_t i = 0; i < COUNT(mine); i++)
		assert_int_equal(stat(on_stick(mine[i]), &before[i]), 0);
	assert_int_equal(agent_world_round(&w), 3);
	for (size_t i = 0; i < COUNT(mine); i++) {
		assert_int_equal(stat(on_stick(mine[i]), &after), 0);
		assert_int_equal(after.st_ino, before[i].st_ino);
		assert_int_equal(after.st_mtim.tv_nsec, before[i].st_mtim.tv_nsec);
		assert_int_equal(after.st_size, before[i].st_size);
	}
}

#define WHOLE(f) cmocka_unit_test_setup_teardown(f, open_world, close_world)

static const struct CMUnitTest tests[] = {
	WHOLE(a_newer_roster_is_taken_without_a_network),
	WHOLE(an_older_roster_or_another_events_is_not),
	WHOLE(a_board_that_trusts_nobody_learns_no_trust_from_a_stick),
	WHOLE(mix_and_match_on_a_stick),
	WHOLE(a_roster_of_another_size_than_was_signed_is_not_read),
	WHOLE(links_are_not_followed),
	WHOLE(what_is_no_file_does_not_hold_the_agent),
	WHOLE(a_huge_file_is_not_read),
	WHOLE(codes_are_taken_and_no_enrolment),
	WHOLE(events_the_hub_lacks_are_written_as_a_bundle),
	WHOLE(delivered_events_are_not_written),
	WHOLE(events_are_not_written_through_links),
	WHOLE(nothing_else_on_a_stick_is_touched),
};

RUN_TESTS(tests)
