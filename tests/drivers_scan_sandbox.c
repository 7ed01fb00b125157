/* The sandbox of the eye, tried from inside by a process that has been taken over. */
#include "test.h"

#include "help/scratch.h"
#include "scan_sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { INSIDE = 100, NO_SANDBOX = 101, SUCCEEDED = 102 };

/* How a process ends that enters the sandbox and tries: its exit status, or minus a signal. */
static int outcome(enum scan_sandbox kind, int (*try)(void))
{
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0)
		_exit(scan_sandbox_enter(kind) == OK ? try() : NO_SANDBOX);
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void assert_outcome(int (*try)(void), int want)
{
	assert_int_equal(outcome(SCAN_SANDBOX_CAMERA, try), want);
	assert_int_equal(outcome(SCAN_SANDBOX_PICTURES, try), want);
}

/* What a call that failed as it should is turned into. */
static int refused(long result)
{
	return result < 0 && errno == EPERM ? INSIDE : SUCCEEDED;
}

static int try_open(void)
{
	return refused(open("/etc/passwd", O_RDONLY));
}

static int try_open_raw(void)
{
#ifdef SYS_open
	if (refused(syscall(SYS_open, "/etc/passwd", O_RDONLY)) != INSIDE)
		return SUCCEEDED;
#endif
	return refused(syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", NULL, 0));
}

static int try_create(void)
{
	return refused(open("/tmp/foyer-was-here", O_CREAT | O_WRONLY, 0600));
}

static int try_look_for(void)
{
	return refused(access("/etc/passwd", F_OK));
}

static int try_remove(void)
{
	return refused(unlink("/tmp/foyer-was-here"));
}

static int try_copy_descriptor(void)
{
	return refused(dup(STDOUT_FILENO));
}

static int try_kill_parent(void)
{
	return refused(kill(getppid(), 0));
}

static int try_signal_other(void)
{
	return refused(syscall(SYS_tgkill, 1, 1, 0));
}

static int try_be_dumpable(void)
{
	return refused(prctl(PR_SET_DUMPABLE, 1));
}

static int try_raise_limit(void)
{
	return refused(setrlimit(RLIMIT_NOFILE, &(struct rlimit){99, 99}));
}

static int try_personality(void)
{
	return refused(syscall(SYS_personality, READ_IMPLIES_EXEC));
}

/* The kernel's most broken-into lock: none of ours is of that kind. */
static int try_rare_lock(void)
{
	uint32_t lock = 0;

	return refused(syscall(SYS_futex, &lock, FUTEX_LOCK_PI, 0, NULL, NULL, 0));
}

static int try_map_descriptor(void)
{
	void *p = mmap(NULL, 4096, PROT_READ, MAP_SHARED, STDIN_FILENO, 0);
	return p == MAP_FAILED && errno == EPERM ? INSIDE : SUCCEEDED;
}

TEST(a_file_is_refused)
{
	UNUSED(state);
	assert_outcome(try_open, INSIDE);
	assert_outcome(try_open_raw, INSIDE);
	assert_outcome(try_create, INSIDE);
	assert_outcome(try_look_for, INSIDE);
	assert_outcome(try_remove, INSIDE);
}

TEST(what_helps_an_intruder_is_refused)
{
	UNUSED(state);
	assert_outcome(try_copy_descriptor, INSIDE);
	assert_outcome(try_kill_parent, INSIDE);
	assert_outcome(try_signal_other, INSIDE);
	assert_outcome(try_be_dumpable, INSIDE);
	assert_outcome(try_raise_limit, INSIDE);
	assert_outcome(try_personality, INSIDE);
	assert_outcome(try_rare_lock, INSIDE);
	assert_outcome(try_map_descriptor, INSIDE);
}

static char *path;

static int remember(void)
{
	return path[0] == '\0' && !getenv("PATH") ? INSIDE : SUCCEEDED;
}

TEST(the_environment_is_forgotten)
{
	UNUSED(state);
	path = getenv("PATH");
	assert_non_null(path);
	assert_outcome(remember, INSIDE);
}

static int try_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) < 0 ? INSIDE : SUCCEEDED;
}

static int try_unix_socket(void)
{
	return socket(AF_UNIX, SOCK_DGRAM, 0) < 0 ? INSIDE : SUCCEEDED;
}

static int try_exec(void)
{
	execl("/bin/true", "true", (char *)NULL);
	return INSIDE;
}

static int try_exec_at(void)
{
	return syscall(SYS_execveat, AT_FDCWD, "/bin/true", NULL, NULL, 0) < 0 ? INSIDE : SUCCEEDED;
}

static int try_fork(void)
{
	return fork() < 0 ? INSIDE : SUCCEEDED;
}

static int try_clone3(void)
{
	return syscall(SYS_clone3, NULL, 0) < 0 ? INSIDE : SUCCEEDED;
}

static int try_trace(void)
{
	return ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0 ? INSIDE : SUCCEEDED;
}

static int try_code(void)
{
	void *p = mmap(
		NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return p == MAP_FAILED ? INSIDE : SUCCEEDED;
}

static int try_data_as_code(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return p == MAP_FAILED || mprotect(p, 4096, PROT_READ | PROT_EXEC) == 0 ? SUCCEEDED
										: INSIDE;
}

static int try_message(void)
{
	struct msghdr m = {0};
	return sendmsg(STDOUT_FILENO, &m, 0) < 0 ? INSIDE : SUCCEEDED;
}

static int try_ring(void)
{
	return syscall(SYS_io_uring_setup, 1, NULL) < 0 ? INSIDE : SUCCEEDED;
}

static int try_hidden_file(void)
{
	return memfd_create("x", 0) < 0 ? INSIDE : SUCCEEDED;
}

TEST(a_socket_ends_the_process)
{
	UNUSED(state);
	assert_outcome(try_socket, -SIGSYS);
	assert_outcome(try_unix_socket, -SIGSYS);
	assert_outcome(try_message, -SIGSYS);
}

TEST(a_file_or_calls_that_nobody_sees_end_the_process)
{
	UNUSED(state);
	assert_outcome(try_hidden_file, -SIGSYS);
	assert_outcome(try_ring, -SIGSYS);
}

#ifdef __x86_64__
/* Calls of 32 bits have other numbers: open is 5 there, where fstat is here. */
static int try_other_numbers(void)
{
	long result = 20; /* getpid */

	__asm__ volatile("int $0x80" : "+a"(result) : : "memory", "r8", "r9", "r10", "r11");
	return INSIDE;
}

static int try_x32(void)
{
	(void)syscall(0x40000000 | SYS_getpid);
	return INSIDE;
}

TEST(calls_by_another_machines_numbers_end_the_process)
{
	UNUSED(state);
	assert_outcome(try_other_numbers, -SIGSYS);
	assert_outcome(try_x32, -SIGSYS);
}
#endif

TEST(another_program_or_process_ends_the_process)
{
	UNUSED(state);
	assert_outcome(try_exec, -SIGSYS);
	assert_outcome(try_exec_at, -SIGSYS);
	assert_outcome(try_fork, -SIGSYS);
	assert_outcome(try_clone3, -SIGSYS);
	assert_outcome(try_trace, -SIGSYS);
}

TEST(code_out_of_data_ends_the_process)
{
	UNUSED(state);
	assert_outcome(try_code, -SIGSYS);
	assert_outcome(try_data_as_code, -SIGSYS);
}

static int work(void)
{
	char *p = malloc(3 << 20), byte = 0;
	struct timespec t;

	if (!p || clock_gettime(CLOCK_BOOTTIME, &t) != 0)
		return SUCCEEDED;
	memset(p, 1, 3 << 20);
	p = realloc(p, 9 << 20);
	free(p);
	return p && write(STDOUT_FILENO, &byte, 0) == 0 ? INSIDE : SUCCEEDED;
}

static int poll_input(void)
{
	return poll(&(struct pollfd){.fd = STDIN_FILENO, .events = POLLIN}, 1, 0) >= 0 ? INSIDE
										       : SUCCEEDED;
}

static int camera_calls(void)
{
	struct v4l2_buffer b = {0};
	int queue = ioctl(STDIN_FILENO, VIDIOC_QBUF, &b), queue_error = errno;
	int unqueue = ioctl(STDIN_FILENO, VIDIOC_DQBUF, &b), unqueue_error = errno;

	/* Standard input is no camera: the kernel says so, the filter would say EPERM. */
	return queue < 0 && queue_error == ENOTTY && unqueue < 0 && unqueue_error == ENOTTY
		       ? INSIDE
		       : SUCCEEDED;
}

static int try_other_ioctls(void)
{
	int unread;
	struct v4l2_format f = {0};

	if (refused(ioctl(STDIN_FILENO, FIONREAD, &unread)) != INSIDE)
		return SUCCEEDED;
	return refused(ioctl(STDIN_FILENO, VIDIOC_S_FMT, &f));
}

TEST(what_is_needed_works)
{
	UNUSED(state);
	assert_outcome(work, INSIDE);
	assert_int_equal(outcome(SCAN_SANDBOX_CAMERA, poll_input), INSIDE);
	assert_int_equal(outcome(SCAN_SANDBOX_PICTURES, poll_input), SUCCEEDED);
}

TEST(of_a_camera_only_its_frames_may_be_asked)
{
	int zero = open("/dev/null", O_RDONLY);
	UNUSED(state);

	assert_true(dup2(zero, STDIN_FILENO) >= 0);
	close(zero);
	assert_int_equal(outcome(SCAN_SANDBOX_CAMERA, camera_calls), INSIDE);
	assert_int_equal(outcome(SCAN_SANDBOX_CAMERA, try_other_ioctls), INSIDE);
	assert_int_equal(outcome(SCAN_SANDBOX_PICTURES, try_other_ioctls), INSIDE);
	assert_int_equal(outcome(SCAN_SANDBOX_PICTURES, camera_calls), SUCCEEDED);
}

TEST(a_limit_that_is_lower_already_is_no_hindrance)
{
	int status;
	pid_t child = fork();
	UNUSED(state);

	if (child == 0) {
		bool lower = setrlimit(RLIMIT_NOFILE, &(struct rlimit){0, 0}) == 0;
		_exit(lower && scan_sandbox_enter(SCAN_SANDBOX_PICTURES) == OK ? INSIDE
									       : NO_SANDBOX);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(WEXITSTATUS(status), INSIDE);
}

static int spin(void)
{
	volatile bool for_ever = true;

	scan_sandbox_grant(50);
	while (for_ever)
		;
	return SUCCEEDED;
}

TEST(time_is_bounded)
{
	UNUSED(state);
	assert_outcome(spin, 3);
}

static bool can_take(size_t n)
{
	volatile char *p = malloc(n);
	bool can = p != NULL;

	free((void *)p);
	return can;
}

static int take_camera_memory(void)
{
	return can_take(SCAN_CAMERA_MEMORY / 2) && !can_take(SCAN_CAMERA_MEMORY) ? INSIDE
										 : SUCCEEDED;
}

static int take_pictures_memory(void)
{
	return can_take(SCAN_PICTURES_MEMORY / 2) && !can_take(SCAN_PICTURES_MEMORY) ? INSIDE
										     : SUCCEEDED;
}

TEST(memory_is_bounded)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
	UNUSED(take_camera_memory);
	UNUSED(take_pictures_memory);
	puts("skipped: a sanitizer's shadow is larger than any limit; the release build is tested");
	skip();
#endif
	assert_int_equal(outcome(SCAN_SANDBOX_CAMERA, take_camera_memory), INSIDE);
	assert_int_equal(outcome(SCAN_SANDBOX_PICTURES, take_pictures_memory), INSIDE);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_file_is_refused),
	cmocka_unit_test(what_helps_an_intruder_is_refused),
	cmocka_unit_test(the_environment_is_forgotten),
	cmocka_unit_test(a_socket_ends_the_process),
	cmocka_unit_test(a_file_or_calls_that_nobody_sees_end_the_process),
#ifdef __x86_64__
	cmocka_unit_test(calls_by_another_machines_numbers_end_the_process),
#endif
	cmocka_unit_test(another_program_or_process_ends_the_process),
	cmocka_unit_test(code_out_of_data_ends_the_process),
	cmocka_unit_test(what_is_needed_works),
	cmocka_unit_test(of_a_camera_only_its_frames_may_be_asked),
	cmocka_unit_test(a_limit_that_is_lower_already_is_no_hindrance),
	cmocka_unit_test(time_is_bounded),
	cmocka_unit_test(memory_is_bounded),
};
RUN_TESTS(tests)
