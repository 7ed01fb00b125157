/* The sandbox: a seccomp filter and limits. */
#include "scan_sandbox.h"

#include <errno.h>
#include <linux/futex.h>
#include <linux/videodev2.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

enum { EXIT_WORLD = 3 };

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* What a program that computes needs: malloc and free, C++, the clock, and its end. */
static const int allowed[] = {
	SCMP_SYS(read),
	SCMP_SYS(write),
	SCMP_SYS(writev), /* last words of the C library */
	SCMP_SYS(close),
	SCMP_SYS(brk),
	SCMP_SYS(munmap),
	SCMP_SYS(mremap),
	SCMP_SYS(madvise),
	SCMP_SYS(clock_gettime),
	SCMP_SYS(gettimeofday),
	SCMP_SYS(setitimer),
	SCMP_SYS(getrandom),
	SCMP_SYS(getpid),
	SCMP_SYS(gettid),
	SCMP_SYS(sched_yield),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(sigaltstack), /* a sanitizer asks for it at the end */
	SCMP_SYS(restart_syscall),
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
};

/* poll is what programs say, ppoll what some machines have. */
static const int allowed_camera[] = {SCMP_SYS(poll), SCMP_SYS(ppoll)};

static const int deadly[] = {
	SCMP_SYS(execve),
	SCMP_SYS(execveat),
	SCMP_SYS(fork),
	SCMP_SYS(vfork),
	SCMP_SYS(clone),
	SCMP_SYS(clone3),
	SCMP_SYS(socket),
	SCMP_SYS(socketpair),
	SCMP_SYS(connect),
	SCMP_SYS(bind),
	SCMP_SYS(ptrace),
	SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev),
	SCMP_SYS(pidfd_getfd),
	SCMP_SYS(bpf),
	SCMP_SYS(perf_event_open),
	SCMP_SYS(userfaultfd),
	SCMP_SYS(io_uring_setup),
	SCMP_SYS(io_uring_enter),
	SCMP_SYS(io_uring_register),
	SCMP_SYS(memfd_create),
	SCMP_SYS(sendmsg),
	SCMP_SYS(recvmsg),
	SCMP_SYS(mount),
	SCMP_SYS(unshare),
	SCMP_SYS(setns),
};

static int add_list(scmp_filter_ctx f, uint32_t action, const int *calls, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (seccomp_rule_add(f, action, calls[i], 0) != 0)
			return -1;
	return 0;
}

/* Memory yes; code no, nor what lies behind a descriptor. */
static int add_memory(scmp_filter_ctx f)
{
	static const int calls[] = {SCMP_SYS(mmap), SCMP_SYS(mprotect)};
	const struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
	int bad = seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_code);

	bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2, no_code,
		SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS));
	for (size_t i = 0; i < COUNT(calls); i++)
		bad |= seccomp_rule_add(f, SCMP_ACT_KILL_PROCESS, calls[i], 1,
			SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC));
	return bad;
}

/* Locks wait and wake; what else a futex can do is for programs of many threads. */
static int add_locks(scmp_filter_ctx f)
{
	static const uint32_t ways[] = {FUTEX_WAIT, FUTEX_WAKE};
	int bad = 0;

	for (size_t i = 0; i < COUNT(ways); i++)
		bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(futex), 1,
			SCMP_A1(SCMP_CMP_MASKED_EQ, (uint32_t)FUTEX_CMD_MASK, ways[i]));
	return bad;
}

static int add_camera(scmp_filter_ctx f)
{
	static const uint32_t requests[] = {VIDIOC_QBUF, VIDIOC_DQBUF};
	int bad = add_list(f, SCMP_ACT_ALLOW, allowed_camera, COUNT(allowed_camera));

	for (size_t i = 0; i < COUNT(requests); i++)
		bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1,
			SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffffffff, requests[i]));
	return bad;
}

static enum err close_calls(enum scan_sandbox kind)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ERRNO(EPERM));

	if (!f)
		return ERR_IO;
	int bad = seccomp_attr_set(f, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
	bad |= add_list(f, SCMP_ACT_ALLOW, allowed, COUNT(allowed));
	bad |= add_list(f, SCMP_ACT_KILL_PROCESS, deadly, COUNT(deadly));
	bad |= add_memory(f);
	bad |= add_locks(f);
	/* abort() sends a signal to itself, and to nobody else. */
	bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
		SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0));
	if (kind == SCAN_SANDBOX_CAMERA)
		bad |= add_camera(f);
	if (bad == 0)
		bad = seccomp_load(f);
	seccomp_release(f);
	return bad == 0 ? OK : ERR_IO;
}

static enum err set_limits(enum scan_sandbox kind)
{
	/* poll wants the limit of descriptors to be no less than what it is given. */
	const struct {
		int what;
		rlim_t most;
	} limits[] = {{RLIMIT_CORE, 0}, {RLIMIT_NOFILE, 1}, {RLIMIT_NPROC, 0}, {RLIMIT_MEMLOCK, 0},
		{RLIMIT_AS,
			kind == SCAN_SANDBOX_CAMERA ? SCAN_CAMERA_MEMORY : SCAN_PICTURES_MEMORY}};

	for (size_t i = 0; i < COUNT(limits); i++) {
		if (limits[i].what == RLIMIT_AS && SANITIZED)
			continue;
		struct rlimit r;
		if (getrlimit(limits[i].what, &r) != 0)
			return ERR_IO;
		/* Whoever started us may have set it lower still. */
		r.rlim_max = r.rlim_max < limits[i].most ? r.rlim_max : limits[i].most;
		r.rlim_cur = r.rlim_max;
		if (setrlimit(limits[i].what, &r) != 0)
			return ERR_IO;
	}
	return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 ? OK : ERR_IO;
}

/* What whoever started us told us is nothing for whoever breaks in. */
static void forget_environment(void)
{
	for (char **v = environ; v && *v; v++)
		explicit_bzero(*v, strlen(*v));
	environ = NULL;
}

static void out_of_time(int number)
{
	static const char says[] = "foyer-scan: this takes too long: make the picture smaller\n";

	(void)number;
	(void)!write(STDERR_FILENO, says, sizeof(says) - 1);
	_exit(EXIT_WORLD);
}

enum err scan_sandbox_enter(enum scan_sandbox kind)
{
	struct sigaction late = {.sa_handler = out_of_time};

	if (sigaction(SIGPROF, &late, NULL) != 0 || set_limits(kind) != OK)
		return ERR_IO;
	forget_environment();
	return close_calls(kind);
}

void scan_sandbox_grant(unsigned cpu_ms)
{
	struct itimerval t = {
		.it_value = {.tv_sec = cpu_ms / 1000, .tv_usec = cpu_ms % 1000 * 1000}};

	setitimer(ITIMER_PROF, &t, NULL);
}
