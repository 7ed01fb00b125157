/* kill -9 of a hub in the middle of uploads: every mark that it answered is in its store afterwards.
 * FOYER_KILLS=N rounds (20). */
#include "commands.h"
#include "help/event_folder.h"
#include "help/hub_process.h"
#include "protocol.h"
#include "test.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BOARDS = 16, ROUNDS = 20, LONGEST_US = 30000 };

struct sender {
	struct hub_board board;
	int fd;
	struct grow request;        /* under way, or to be sent again */
	size_t left;                /* of it, not sent yet */
	struct grow answer;         /* so far */
	struct store_head promised; /* the newest mark that was answered */
};

static struct event_folder f;
static struct sender senders[BOARDS];
static uint64_t marks;

static int fresh(void **state)
{
	UNUSED(state);
	event_folder_make(&f);
	if (event_run(&f, &verb_build, "DIR") != EXIT_DONE)
		return -1;
	for (uint8_t i = 0; i < BOARDS; i++)
		hub_board_enrol(&senders[i].board, f.dir, (uint8_t)(i + 1));
	return 0;
}

static int done(void **state)
{
	UNUSED(state);
	for (size_t i = 0; i < BOARDS; i++) {
		grow_free(&senders[i].request);
		grow_free(&senders[i].answer);
	}
	event_folder_remove(&f);
	return 0;
}

/* A request that was answered makes way for one with new events; one that was not is sent again. */
static void next_request(struct sender *s)
{
	if (s->request.n == 0) {
		struct grow bundle = {0};
		hub_board_write(&s->board, 1 + s->board.journal.last.seq % 3, &bundle);
		hub_request(&s->request, "POST", "/v1/events", (struct span){bundle.p, bundle.n},
			&s->board);
		grow_free(&bundle);
	}
	s->left = s->request.n;
	s->answer.n = 0;
}

static void take_mark(struct sender *s, struct span body)
{
	struct cursor c = cursor_at(body);

	assert_int_equal(body.n, PROTOCOL_MARK);
	memcpy(s->promised.board, cursor_bytes(&c, EVENT_BOARD).p, EVENT_BOARD);
	s->promised.id.epoch = cursor_u32(&c);
	s->promised.id.seq = cursor_u64(&c);
	memcpy(s->promised.hash, c.rest.p, EVENT_HASH);
	assert_int_equal(s->promised.id.seq, s->board.journal.last.seq);
	marks++;
}

/* One step of a connection. returns: false, once it is broken */
static bool step(struct sender *s)
{
	uint8_t buffer[4096];

	if (s->left > 0) {
		ssize_t n = send(s->fd, s->request.p + s->request.n - s->left, s->left,
			MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0)
			return errno == EAGAIN;
		s->left -= (size_t)n;
		return true;
	}
	ssize_t n = recv(s->fd, buffer, sizeof(buffer), MSG_DONTWAIT);
	if (n <= 0)
		return n < 0 && errno == EAGAIN;
	grow_bytes(&s->answer, buffer, (size_t)n);
	const uint8_t *end = memmem(s->answer.p, s->answer.n, "\r\n\r\n", 4);
	if (!end || s->answer.n < (size_t)(end + 4 - s->answer.p) + PROTOCOL_MARK)
		return true;
	assert_memory_equal(s->answer.p, "HTTP/1.1 200", 12);
	take_mark(s, (struct span){end + 4, PROTOCOL_MARK});
	s->request.n = 0;
	next_request(s);
	return true;
}

static void send_all_until(const struct timespec *until)
{
	struct pollfd fds[BOARDS];
	struct timespec now;

	do {
		for (size_t i = 0; i < BOARDS; i++)
			fds[i] = (struct pollfd){.fd = senders[i].fd,
				.events = senders[i].left > 0 ? POLLOUT : POLLIN};
		poll(fds, BOARDS, 1);
		for (size_t i = 0; i < BOARDS; i++)
			assert_true(!fds[i].revents || step(&senders[i]));
		clock_gettime(CLOCK_MONOTONIC, &now);
	} while (now.tv_sec < until->tv_sec ||
		 (now.tv_sec == until->tv_sec && now.tv_nsec < until->tv_nsec));
}

/* What was answered before the end is read too: a promise is a promise. */
static void read_last_words(void)
{
	for (size_t i = 0; i < BOARDS; i++) {
		senders[i].left = 0;
		while (step(&senders[i]) && senders[i].left == 0)
			;
		close(senders[i].fd);
	}
}

static void assert_kept(void)
{
	struct store *store = hub_store(f.dir);

	for (size_t i = 0; i < BOARDS; i++) {
		struct sender *s = &senders[i];
		struct store_head head;
		assert_ok(store->kind->head(store, s->board.journal.id, &head));
		if (head.id.seq < s->promised.id.seq)
			fail_msg("board %zu: promised %llu, kept %llu", i,
				(unsigned long long)s->promised.id.seq,
				(unsigned long long)head.id.seq);
		/* No more than was sent, and the same history. */
		assert_true(head.id.seq <= s->board.journal.last.seq);
		if (head.id.seq == s->promised.id.seq && head.id.seq > 0)
			assert_memory_equal(head.hash, s->promised.hash, EVENT_HASH);
		if (head.id.seq == s->board.journal.last.seq && head.id.seq > 0)
			assert_memory_equal(head.hash, s->board.journal.hash, EVENT_HASH);
	}
	store_close(store);
}

static void round_of_death(void)
{
	struct hub_process hub;
	struct timespec until;
	uint32_t chance;

	hub_start(&hub, f.dir, "");
	for (size_t i = 0; i < BOARDS; i++) {
		senders[i].fd = hub_dial(&hub);
		next_request(&senders[i]);
	}
	assert_int_equal(getrandom(&chance, sizeof(chance), 0), sizeof(chance));
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += (long)(chance % LONGEST_US) * 1000;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	send_all_until(&until);
	assert_int_equal(hub_stop(&hub, SIGKILL), -SIGKILL);
	read_last_words();
	assert_kept();
}

TEST(what_a_hub_acknowledged_is_there_after_kill_9)
{
	const char *asked = getenv("FOYER_KILLS");
	int rounds = asked ? atoi(asked) : ROUNDS;
	UNUSED(state);

	for (int i = 0; i < rounds; i++)
		round_of_death();
	print_message("%d kills, %llu marks, 0 lost\n", rounds, (unsigned long long)marks);
	assert_true(marks > 0);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_setup_teardown(what_a_hub_acknowledged_is_there_after_kill_9, fresh, done),
};
RUN_TESTS(tests)
