/* What boards fetch, as plain files: the same bytes that a serving hub gives. */
#include "commands.h"
#include "file.h"
#include "help/event_folder.h"
#include "help/hub_process.h"
#include "hex.h"
#include "manifest.h"
#include "patch.h"
#include "publish.h"
#include "test.h"

#include <dirent.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SIGNED_AT = 236 /* in a manifest */ };

static struct event_folder f;
static struct keys keys;
static struct file_bytes bytes;
static unsigned changes; /* of the list, so far */

static int fresh(void **state)
{
	UNUSED(state);
	event_folder_make(&f);
	changes = 0;
	return keys_load(&keys, f.dir) ? -1 : 0;
}

static int done(void **state)
{
	UNUSED(state);
	file_free(&bytes);
	event_folder_remove(&f);
	return 0;
}

static void publish_it(int status)
{
	char words[300];

	snprintf(words, sizeof(words), "DIR --publish %s/pub", f.dir);
	if (event_run(&f, &verb_build, words) != status)
		fail_msg("%s%s", f.said, f.talked);
}

/* The list changes a little, and is published. */
static void publish_next(void)
{
	char from[32], to[32];

	snprintf(from, sizeof(from), changes ? "Bruno%u" : "Bruno", changes);
	snprintf(to, sizeof(to), "Bruno%u", changes + 1);
	event_edit(&f, "list/people.csv", from, to);
	changes++;
	publish_it(EXIT_DONE);
}

static struct manifest read_manifest(void)
{
	const struct manifest_floor none = {0};
	struct manifest m;

	file_free(&bytes);
	assert_ok(file_read(&bytes, event_path(&f, "pub/v1/manifest"), MANIFEST_MAX));
	assert_ok(manifest_open(&m, bytes.bytes, keys.root, &none));
	return m;
}

static size_t count_in(const char *folder)
{
	DIR *d = opendir(event_path(&f, folder));
	size_t n = 0;

	for (const struct dirent *e; d && (e = readdir(d));)
		n += e->d_name[0] != '.';
	if (d)
		closedir(d);
	return n;
}

TEST(the_manifest_of_a_mirror_says_that_it_was_signed_earlier)
{
	struct stat st;
	UNUSED(state);

	publish_it(EXIT_DONE);
	struct manifest m = read_manifest();
	assert_false(m.live);
	assert_int_equal(m.sequence, 1);
	assert_int_equal(m.patch_count, 0);
	assert_int_equal(m.revoked_count, 0);
	assert_int_equal(count_in("pub/v1/roster"), 1);
	assert_int_equal(stat(event_path(&f, "pub/v1"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0755);
	assert_int_equal(stat(event_path(&f, "pub/v1/manifest"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0644);
}

TEST(patches_lead_from_each_older_version_to_the_newest)
{
	enum { VERSIONS = 5 };
	struct manifest_patch row;
	UNUSED(state);

	for (int i = 0; i < VERSIONS; i++)
		publish_next();
	struct manifest m = read_manifest();
	assert_int_equal(m.patch_count, VERSIONS - 1);
	struct grow versions = {0};
	assert_ok(publish_versions(event_path(&f, "pub"), keys.root, &versions));
	const struct published *v = GROW_ARRAY(&versions, const struct published);
	assert_int_equal(GROW_COUNT(&versions, struct published), VERSIONS);
	assert_memory_equal(v[0].hash, m.hash, MANIFEST_HASH);
	for (int i = 1; i < VERSIONS; i++) {
		struct file_bytes old, patch;
		char path[PUBLISH_PATH], pub[256];
		assert_true(v[i].sequence < v[i - 1].sequence);
		assert_ok(manifest_patch_from(&m, v[i].hash, &row));
		snprintf(pub, sizeof(pub), "%s/pub", f.dir);
		assert_true(publish_roster_path(path, pub, v[i].hash));
		assert_ok(file_read(&old, path, ROSTER_MAX));
		assert_true(publish_patch_path(path, pub, v[i].hash, m.hash));
		assert_ok(file_read(&patch, path, ROSTER_MAX));
		assert_int_equal(patch.bytes.n, row.size);
		uint8_t *to = malloc(m.size), hash[MANIFEST_HASH];
		assert_ok(patch_apply(old.bytes, patch.bytes, to, m.size));
		seal_hash((struct span){NULL, 0}, (struct span){to, m.size}, hash, sizeof(hash));
		assert_memory_equal(hash, m.hash, MANIFEST_HASH);
		free(to);
		file_free(&old);
		file_free(&patch);
	}
	grow_free(&versions);
}

TEST(eight_versions_are_kept_and_patches_to_the_newest_alone)
{
	UNUSED(state);
	for (int i = 0; i < 11; i++)
		publish_next();
	assert_int_equal(read_manifest().patch_count, PUBLISH_VERSIONS - 1);
	assert_int_equal(count_in("pub/v1/roster"), PUBLISH_VERSIONS);
	assert_int_equal(count_in("pub/v1/patch"), PUBLISH_VERSIONS - 1);
	DIR *d = opendir(event_path(&f, "pub/v1/patch"));
	for (const struct dirent *e; (e = readdir(d));) {
		char name[300];
		snprintf(name, sizeof(name), "pub/v1/patch/%s", e->d_name);
		if (e->d_name[0] != '.')
			assert_int_equal(count_in(name), 1);
	}
	closedir(d);
}

TEST(an_unchanged_list_publishes_the_same_roster)
{
	UNUSED(state);
	publish_it(EXIT_DONE);
	struct manifest before = read_manifest();
	publish_it(EXIT_DONE);
	struct manifest after = read_manifest();
	assert_memory_equal(before.hash, after.hash, MANIFEST_HASH);
	assert_int_equal(count_in("pub/v1/roster"), 1);
}

TEST(a_tree_with_a_newer_version_is_left_alone)
{
	UNUSED(state);
	publish_it(EXIT_DONE);
	event_edit(&f, "list/people.csv", "Anna", "Anne");
	publish_it(EXIT_DONE);
	struct manifest newest = read_manifest();
	/* Somebody brings back last week's folder. */
	event_edit(&f, "list/people.csv", "Anne", "Anna");
	event_edit(&f, "state/build.csv", "sequence,2", "sequence,0");
	publish_it(EXIT_NO);
	assert_non_null(strstr(f.talked, "holds a newer version"));
	assert_memory_equal(read_manifest().hash, newest.hash, MANIFEST_HASH);
}

TEST(what_is_no_roster_of_the_event_is_passed_over)
{
	UNUSED(state);
	publish_it(EXIT_DONE);
	event_put(&f, "pub/v1/roster/readme.txt", "hello\n");
	event_put(&f,
		"pub/v1/roster/00112233445566778899aabbccddeeff"
		"00112233445566778899aabbccddeeff",
		"hello\n");
	event_edit(&f, "list/people.csv", "Anna", "Anne");
	publish_it(EXIT_DONE);
	assert_int_equal(read_manifest().patch_count, 1);
}

static struct hub_process hub;
static struct hub_reply reply;

static void assert_served(const char *target)
{
	char name[300];
	struct file_bytes file;

	snprintf(name, sizeof(name), "pub%s", target);
	assert_ok(file_read(&file, event_path(&f, name), ROSTER_MAX));
	hub_reply_free(&reply);
	hub_get(&hub, target, &reply);
	assert_int_equal(reply.status, 200);
	if (!span_equal(reply.body, file.bytes))
		fail_msg("%s is not what the hub serves", target);
	file_free(&file);
}

/* Every file two folders below v1/kind, or one. */
static size_t assert_all_served(const char *kind)
{
	char folder[200];
	size_t n = 0;

	snprintf(folder, sizeof(folder), "pub/v1/%s", kind);
	DIR *d = opendir(event_path(&f, folder));
	assert_non_null(d);
	for (const struct dirent *e; (e = readdir(d));) {
		char below[300];
		if (e->d_name[0] == '.')
			continue;
		snprintf(below, sizeof(below), "%s/%s", kind, e->d_name);
		if (e->d_type == DT_DIR) {
			n += assert_all_served(below);
			continue;
		}
		snprintf(folder, sizeof(folder), "/v1/%.190s", below);
		assert_served(folder);
		n++;
	}
	closedir(d);
	return n;
}

/* A hub that is stopped before it kept its version makes no patch from that later. */
static bool offers_patches(void *arg)
{
	const struct manifest_floor none = {0};
	struct manifest m;

	if (count_in("publish/v1/roster") <= *(size_t *)arg)
		return false;
	hub_reply_free(&reply);
	hub_get(&hub, "/v1/manifest", &reply);
	return manifest_open(&m, reply.body, keys.root, &none) == OK &&
	       m.patch_count == *(size_t *)arg;
}

TEST(a_hub_serves_what_was_published_byte_for_byte)
{
	struct hub_board one, two;
	size_t patches = 2;
	UNUSED(state);

	hub_board_enrol(&one, f.dir, 1);
	hub_board_enrol(&two, f.dir, 2);
	char words[300];
	for (int i = 0; i < 3; i++) {
		/* The hub sees every version, so that it makes the same patches. */
		publish_next();
		hub_start(&hub, f.dir, "");
		size_t made = (size_t)i;
		assert_true(hub_wait(offers_patches, &made));
		assert_int_equal(hub_stop(&hub, SIGTERM), 0);
	}
	hub_start(&hub, f.dir, "");
	assert_true(hub_wait(offers_patches, &patches));
	assert_int_equal(assert_all_served("roster"), 3);
	assert_int_equal(assert_all_served("patch"), 2);
	assert_int_equal(assert_all_served("board"), 2);
	/* Of the manifest all but when it was signed, and that it was for who asked. */
	struct manifest m = read_manifest();
	hub_reply_free(&reply);
	hub_get(&hub, "/v1/manifest", &reply);
	assert_int_equal(reply.body.n, bytes.bytes.n);
	assert_memory_equal(reply.body.p, bytes.bytes.p, SIGNED_AT);
	assert_memory_equal(reply.body.p + MANIFEST_FIXED, bytes.bytes.p + MANIFEST_FIXED,
		bytes.bytes.n - MANIFEST_FIXED - SEAL_SIGNATURE);
	assert_int_equal(m.patch_count, 2);
	/* A board that is revoked leaves the tree with the next build. */
	assert_int_equal(event_run(&f, &verb_revoke, "DIR board-2"), EXIT_NO);
	snprintf(words, sizeof(words), "DIR ");
	hex_write((struct span){two.device.id, PAPER_DEVICE}, words + 4);
	assert_int_equal(event_run(&f, &verb_revoke, words), EXIT_DONE);
	publish_it(EXIT_DONE);
	m = read_manifest();
	assert_true(manifest_revokes(&m, two.device.id));
	assert_int_equal(count_in("pub/v1/board"), 1);
	hub_reply_free(&reply);
	assert_int_equal(hub_stop(&hub, SIGTERM), 0);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, fresh, done)

static const struct CMUnitTest tests[] = {
	EACH(the_manifest_of_a_mirror_says_that_it_was_signed_earlier),
	EACH(patches_lead_from_each_older_version_to_the_newest),
	EACH(eight_versions_are_kept_and_patches_to_the_newest_alone),
	EACH(an_unchanged_list_publishes_the_same_roster),
	EACH(a_tree_with_a_newer_version_is_left_alone),
	EACH(what_is_no_roster_of_the_event_is_passed_over),
	EACH(a_hub_serves_what_was_published_byte_for_byte),
};
RUN_TESTS(tests)
