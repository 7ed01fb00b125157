/* A thief has a board and a staff card, and tries a thousand PINs, turning the board off and on between
 * them: with a real journal, a real Argon2id, and a new process with a new boot id each time the power
 * comes back. He asks every 20 seconds; the throttle lets the few through that it allows, and only those
 * reach Argon2id.
 *
 * Where no mount namespace may be made the boot id stays the machine's, and only the clock begins anew. */
#include "help/scratch.h"
#include "help/small_roster.h"
#include "journal.h"
#include "seal.h"
#include "status.h"
#include "test.h"
#include "throttle.h"

#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TRIES = 1000, A_POWER_ON = 25, STEP_MS = 20000, READ = 64 };

static struct small_roster s;
static struct roster r;
static struct token card;
static struct scratch folder;
static unsigned power_ons;

struct outcome {
	unsigned asked, tried, refused, unlocked; /* tried: Argon2id was done */
	bool new_boot;
};

/* What a program knows when it starts: the journal. */
static struct throttle read_throttle(const char *path)
{
	struct journal *j;
	struct event e[READ];
	struct event_id after = {0};
	uint8_t signer[STAFF_SIGNER];
	size_t n = READ;

	assert_ok(staff_signer_of(&r, &card, signer));
	struct throttle t = throttle_for(signer);
	if (journal_open(&j, &(struct journal_options){.path = path, .read_only = true}) != OK)
		return t;
	while (n == READ) {
		assert_ok(journal_read(j, &after, e, READ, &n));
		for (size_t i = 0; i < n; i++)
			throttle_see(&t, &e[i]);
		if (n > 0)
			after = e[n - 1].id;
	}
	journal_close(j);
	return t;
}

/* A refusal is in the journal before its answer is shown. */
static void note(struct journal *j, struct throttle *t, enum event_kind kind)
{
	struct event e = {.kind = (uint16_t)kind, .payload_n = STAFF_SIGNER};

	memcpy(e.payload, t->signer, STAFF_SIGNER);
	assert_ok(journal_append(j, &e, 1));
	throttle_see(t, &e);
}

/* Another power-on has another boot id. */
static bool new_boot(unsigned number)
{
	char text[64];
	const char *path = scratch_name(&folder, "boot_id");
	FILE *f = fopen(path, "w");

	snprintf(text, sizeof(text), "%08x-1111-4222-8333-444444444444\n", number + 1);
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	return unshare(CLONE_NEWNS) == 0 &&
	       mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	       mount(path, "/proc/sys/kernel/random/boot_id", NULL, MS_BIND, NULL) == 0;
}

static void ask(struct journal *j, struct throttle *t, const char *pin, struct outcome *o)
{
	struct staff_keys keys;
	uint8_t boot[EVENT_BOOT];

	o->asked++;
	status_boot_id(boot);
	if (throttle_wait(t, boot, clock_now().boot_ms) > 0) {
		o->refused++;
		return;
	}
	o->tried++;
	enum err e = roster_unlock(&r, &card, span_of(pin), SMALL_BUILT, &keys);
	o->unlocked += e == OK;
	note(j, t, e == OK ? EVENT_STAFF_UNLOCKED : EVENT_STAFF_REFUSED);
	seal_wipe(&keys, sizeof(keys));
}

static const char *wrong_pin(unsigned i)
{
	static char pin[9];

	snprintf(pin, sizeof(pin), "%08u", 50000000 + i);
	return pin;
}

/* One power-on: n asks, the first after_ms after the power came. pin: NULL for wrong ones. */
static void be_powered(unsigned n, int64_t after_ms, const char *pin, struct outcome *o)
{
	struct instant now = {.wall_ms = (SMALL_BUILT + 3600) * 1000, .boot_ms = after_ms};
	struct journal *j;
	char path[256];

	snprintf(path, sizeof(path), "%s", scratch_name(&folder, "journal.db"));
	o->new_boot = new_boot(power_ons);
	clock_fake(&now);
	struct throttle t = read_throttle(path);
	assert_ok(journal_open(&j, &(struct journal_options){.path = path}));
	for (unsigned i = 0; i < n; i++, now.boot_ms += STEP_MS)
		ask(j, &t, pin ? pin : wrong_pin(power_ons * A_POWER_ON + i), o);
	journal_close(j);
}

/* In a process of its own, which ends as a cut of power would end it. */
static struct outcome power_on(unsigned n, int64_t after_ms, const char *pin)
{
	struct outcome o = {0};
	int ends[2], status;

	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		be_powered(n, after_ms, pin, &o);
		_exit(write(ends[1], &o, sizeof(o)) == sizeof(o) ? 0 : 1);
	}
	close(ends[1]);
	bool told = read(ends[0], &o, sizeof(o)) == sizeof(o);
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(told && WIFEXITED(status) && WEXITSTATUS(status) == 0);
	power_ons++;
	return o;
}

static void add(struct outcome *to, struct outcome o)
{
	to->asked += o.asked;
	to->tried += o.tried;
	to->refused += o.refused;
	to->unlocked += o.unlocked;
	to->new_boot |= o.new_boot;
}

TEST(a_thousand_wrong_pins_never_unlock)
{
	struct outcome all = {0};
	UNUSED(state);

	while (all.asked < TRIES)
		add(&all, power_on(A_POWER_ON, 0, NULL));
	print_message(
		"%u asked in %u power-ons (boot id %s): %u let through to Argon2id, %u made to "
		"wait, %u unlocked\n",
		all.asked, power_ons, all.new_boot ? "new each time" : "the machine's", all.tried,
		all.refused, all.unlocked);
	assert_int_equal(all.unlocked, 0);
	assert_int_equal(all.asked, TRIES);
	/* Five, and one after each wait that 25 times 20 seconds cover: 30, 60, 120, 240 s. */
	assert_in_range(all.tried, THROTTLE_TRIES + 1, 12);
}

TEST(the_right_pin_has_to_wait_too_after_a_reboot)
{
	UNUSED(state);
	struct outcome o = power_on(1, 0, SMALL_PIN);
	assert_int_equal(o.refused, 1);
	assert_int_equal(o.tried, 0);
}

TEST(after_a_quarter_of_an_hour_of_power_it_unlocks_and_five_tries_are_free_again)
{
	UNUSED(state);
	struct outcome o = power_on(1, THROTTLE_MOST_MS, SMALL_PIN);
	assert_int_equal(o.unlocked, 1);
	o = power_on(THROTTLE_TRIES + 1, 0, NULL);
	assert_int_equal(o.tried, THROTTLE_TRIES);
	assert_int_equal(o.refused, 1);
}

static int start(void **state)
{
	struct roster_fault fault;
	UNUSED(state);

	if (seal_start())
		return -1;
	small_roster_init(&s, 1, true);
	if (small_roster_build(&s, &fault))
		return -1;
	small_roster_open(&s, &r);
	card = small_card_token(SMALL_CARD_DESK);
	scratch_make(&folder);
	return 0;
}

static int stop(void **state)
{
	UNUSED(state);
	scratch_remove(&folder);
	small_roster_free(&s);
	return 0;
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_thousand_wrong_pins_never_unlock),
	cmocka_unit_test(the_right_pin_has_to_wait_too_after_a_reboot),
	cmocka_unit_test(
		after_a_quarter_of_an_hour_of_power_it_unlocks_and_five_tries_are_free_again),
};

int main(void)
{
	return cmocka_run_group_tests(tests, start, stop);
}
