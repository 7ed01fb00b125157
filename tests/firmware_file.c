/* Files: read whole, written whole or not at all, one program a path. */
#include "test.h"

#include "file.h"
#include "help/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct scratch scratch;
static char path[128];

static int set_up(void **state)
{
	UNUSED(state);
	scratch_make(&scratch);
	strcpy(path, scratch_name(&scratch, "a"));
	return 0;
}

static int tear_down(void **state)
{
	UNUSED(state);
	scratch_remove(&scratch);
	return 0;
}

static mode_t mode_of(const char *name)
{
	struct stat st;

	assert_int_equal(stat(name, &st), 0);
	return st.st_mode & 07777;
}

static size_t files_in_folder(void)
{
	char command[128];
	size_t n = 0;

	snprintf(command, sizeof(command), "ls -A %s | wc -l", scratch.folder);
	FILE *f = popen(command, "r");
	assert_int_equal(fscanf(f, "%zu", &n), 1);
	pclose(f);
	return n;
}

TEST(what_was_written_is_read)
{
	struct file_bytes f;
	UNUSED(state);

	assert_ok(file_write(path, span_of("content"), 0600));
	assert_ok(file_read(&f, path, 100));
	assert_true(span_equal(f.bytes, span_of("content")));
	file_free(&f);
	assert_null(f.bytes.p);
}

TEST(a_later_change_on_disk_cannot_reach_what_was_read)
{
	struct file_bytes f;
	UNUSED(state);

	assert_ok(file_write(path, span_of("content"), 0600));
	assert_ok(file_read(&f, path, 100));
	int fd = open(path, O_WRONLY);
	assert_int_equal(pwrite(fd, "CHANGED", 7, 0), 7);
	assert_int_equal(ftruncate(fd, 0), 0);
	close(fd);
	assert_true(span_equal(f.bytes, span_of("content")));
	file_free(&f);
}

TEST(an_empty_file_is_read_as_nothing)
{
	struct file_bytes f;
	UNUSED(state);

	assert_ok(file_write(path, span_of(""), 0600));
	assert_ok(file_read(&f, path, 0));
	assert_non_null(f.bytes.p);
	assert_int_equal(f.bytes.n, 0);
	file_free(&f);
}

TEST(a_file_at_its_bound_is_read_and_one_above_refused)
{
	struct file_bytes f;
	UNUSED(state);

	assert_ok(file_write(path, span_of("12345678"), 0600));
	assert_ok(file_read(&f, path, 8));
	file_free(&f);
	assert_err(file_read(&f, path, 7), ERR_FULL);
	assert_null(f.bytes.p);
}

TEST(a_missing_file_is_told)
{
	struct file_bytes f;
	UNUSED(state);

	assert_err(file_read(&f, path, 100), ERR_ABSENT);
	assert_err(file_read(&f, "/etc/passwd/x", 100), ERR_ABSENT);
}

TEST(what_is_no_regular_file_is_refused_without_waiting)
{
	struct file_bytes f;
	UNUSED(state);

	assert_err(file_read(&f, scratch.folder, 1 << 20), ERR_FORMAT);
	assert_err(file_read(&f, "/dev/null", 100), ERR_FORMAT);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_err(file_read(&f, path, 100), ERR_FORMAT);
}

TEST(a_file_that_grows_under_the_reader_is_refused)
{
	struct file_bytes f;
	UNUSED(state);

	/* The kernel says 0 bytes and gives more: as a file that grew. */
	assert_err(file_read(&f, "/proc/self/status", 100), ERR_IO);
}

TEST(without_lockable_memory_a_file_is_read_all_the_same)
{
	const struct rlimit none = {0, 0};
	struct file_bytes f;
	UNUSED(state);

	assert_ok(file_write(path, span_of("content"), 0600));
	pid_t child = fork();
	if (child == 0) {
		setrlimit(RLIMIT_MEMLOCK, &none);
		_exit(file_read(&f, path, 100) == OK && f.bytes.n == 7 ? 0 : 1);
	}
	int status;
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
}

TEST(a_new_content_replaces_the_old_whole)
{
	struct file_bytes f;
	UNUSED(state);

	assert_ok(file_write(path, span_of("a long old content"), 0600));
	assert_ok(file_write(path, span_of("new"), 0600));
	assert_ok(file_read(&f, path, 100));
	assert_true(span_equal(f.bytes, span_of("new")));
	file_free(&f);
	assert_int_equal(files_in_folder(), 1);
}

TEST(the_mode_is_as_asked_whatever_the_umask)
{
	UNUSED(state);
	mode_t old = umask(0077);
	assert_ok(file_write(path, span_of("x"), 0644));
	assert_int_equal(mode_of(path), 0644);
	umask(0);
	assert_ok(file_write(path, span_of("x"), 0600));
	assert_int_equal(mode_of(path), 0600);
	umask(old);
}

TEST(a_large_content_is_written_whole)
{
	static uint8_t big[3 << 20];
	struct file_bytes f;
	UNUSED(state);

	for (size_t i = 0; i < sizeof(big); i++)
		big[i] = (uint8_t)(i * 7 >> 3);
	assert_ok(file_write(path, (struct span){big, sizeof(big)}, 0600));
	assert_ok(file_read(&f, path, sizeof(big)));
	assert_true(span_equal(f.bytes, (struct span){big, sizeof(big)}));
	file_free(&f);
}

TEST(a_full_disk_leaves_the_old_file_and_nothing_else)
{
	struct file_bytes f;
	UNUSED(state);

	assert_ok(file_write(path, span_of("old"), 0600));
	pid_t child = fork();
	if (child == 0) {
		const struct rlimit small = {2, 2};
		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &small);
		_exit(file_write(path, span_of("much longer"), 0600) == ERR_FULL ? 0 : 1);
	}
	int status;
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
	assert_ok(file_read(&f, path, 100));
	assert_true(span_equal(f.bytes, span_of("old")));
	file_free(&f);
	assert_int_equal(files_in_folder(), 1);
}

TEST(writing_over_a_folder_fails_and_leaves_nothing)
{
	UNUSED(state);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_err(file_write(path, span_of("x"), 0600), ERR_IO);
	assert_int_equal(files_in_folder(), 1);
}

TEST(writing_into_no_folder_is_told)
{
	char name[160], far[5000];
	UNUSED(state);

	snprintf(name, sizeof(name), "%s/no/b", scratch.folder);
	assert_err(file_write(name, span_of("x"), 0600), ERR_ABSENT);
	memset(far, 'x', sizeof(far) - 1);
	far[sizeof(far) - 1] = '\0';
	assert_err(file_write(far, span_of("x"), 0600), ERR_FULL);
	assert_err(file_sync_name(name), ERR_ABSENT);
}

TEST(names_without_a_folder_and_in_the_root_are_synced)
{
	UNUSED(state);
	assert_ok(file_sync_name("some-name"));
	assert_ok(file_sync_name("/some-name"));
}

TEST(a_folder_is_made_for_us_alone)
{
	UNUSED(state);
	mode_t old = umask(0);
	assert_ok(file_make_folder(path));
	umask(old);
	assert_int_equal(mode_of(path), 0700);
	assert_int_equal(chmod(path, 0755), 0);
	assert_ok(file_make_folder(path));
	assert_int_equal(mode_of(path), 0700);
}

TEST(a_folder_in_the_way_of_a_file_is_refused)
{
	char name[160];
	UNUSED(state);

	assert_ok(file_write(path, span_of("x"), 0600));
	assert_err(file_make_folder(path), ERR_FORMAT);
	snprintf(name, sizeof(name), "%s/no/folder", scratch.folder);
	assert_err(file_make_folder(name), ERR_ABSENT);
}

TEST(somebody_elses_folder_is_refused)
{
	UNUSED(state);
	if (geteuid() != 0) {
		assert_err(file_make_folder("/etc"), ERR_DENIED);
		return;
	}
	assert_int_equal(mkdir(path, 0755), 0);
	assert_int_equal(chown(path, 4711, 4711), 0);
	assert_err(file_make_folder(path), ERR_DENIED);
}

TEST(a_second_lock_is_refused_and_names_the_holder)
{
	struct file_lock first, second;
	pid_t holder;
	UNUSED(state);

	assert_ok(file_lock(&first, path, &holder));
	assert_int_equal(holder, 0);
	assert_err(file_lock(&second, path, &holder), ERR_BUSY);
	assert_int_equal(holder, getpid());
	assert_int_equal(second.fd, -1);
	file_unlock(&first);
	assert_ok(file_lock(&second, path, &holder));
	file_unlock(&second);
	file_unlock(&second);
}

TEST(a_lock_of_another_process_names_it_and_dies_with_it)
{
	struct file_lock lock;
	int ready[2];
	pid_t holder;
	char byte;
	UNUSED(state);

	assert_int_equal(pipe(ready), 0);
	pid_t child = fork();
	if (child == 0) {
		if (file_lock(&lock, path, &holder) != OK || write(ready[1], "x", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_err(file_lock(&lock, path, &holder), ERR_BUSY);
	assert_int_equal(holder, child);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	assert_ok(file_lock(&lock, path, &holder));
	file_unlock(&lock);
	close(ready[0]);
	close(ready[1]);
}

TEST(a_lock_with_nonsense_inside_names_nobody)
{
	struct file_lock first, second;
	pid_t holder;
	UNUSED(state);

	assert_ok(file_lock(&first, path, &holder));
	assert_int_equal(pwrite(first.fd, "-7 cats", 7, 0), 7);
	assert_err(file_lock(&second, path, &holder), ERR_BUSY);
	assert_int_equal(holder, 0);
	assert_int_equal(ftruncate(first.fd, 0), 0);
	assert_err(file_lock(&second, path, &holder), ERR_BUSY);
	assert_int_equal(holder, 0);
	file_unlock(&first);
}

TEST(a_lock_in_no_folder_is_told)
{
	struct file_lock lock;
	char name[160];
	pid_t holder;
	UNUSED(state);

	snprintf(name, sizeof(name), "%s/no/kiosk.lock", scratch.folder);
	assert_err(file_lock(&lock, name, &holder), ERR_ABSENT);
	assert_int_equal(lock.fd, -1);
}

TEST(an_errno_means_what_the_caller_can_do)
{
	UNUSED(state);
	assert_err(file_error(ENOENT), ERR_ABSENT);
	assert_err(file_error(EACCES), ERR_DENIED);
	assert_err(file_error(EROFS), ERR_DENIED);
	assert_err(file_error(ENOSPC), ERR_FULL);
	assert_err(file_error(EDQUOT), ERR_FULL);
	assert_err(file_error(EIO), ERR_IO);
	assert_err(file_error(EMFILE), ERR_IO);
}

#define AT(sentence) cmocka_unit_test_setup_teardown(sentence, set_up, tear_down)

static const struct CMUnitTest tests[] = {
	AT(what_was_written_is_read),
	AT(a_later_change_on_disk_cannot_reach_what_was_read),
	AT(an_empty_file_is_read_as_nothing),
	AT(a_file_at_its_bound_is_read_and_one_above_refused),
	AT(a_missing_file_is_told),
	AT(what_is_no_regular_file_is_refused_without_waiting),
	AT(a_file_that_grows_under_the_reader_is_refused),
	AT(without_lockable_memory_a_file_is_read_all_the_same),
	AT(a_new_content_replaces_the_old_whole),
	AT(the_mode_is_as_asked_whatever_the_umask),
	AT(a_large_content_is_written_whole),
	AT(a_full_disk_leaves_the_old_file_and_nothing_else),
	AT(writing_over_a_folder_fails_and_leaves_nothing),
	AT(writing_into_no_folder_is_told),
	AT(names_without_a_folder_and_in_the_root_are_synced),
	AT(a_folder_is_made_for_us_alone),
	AT(a_folder_in_the_way_of_a_file_is_refused),
	AT(somebody_elses_folder_is_refused),
	AT(a_second_lock_is_refused_and_names_the_holder),
	AT(a_lock_of_another_process_names_it_and_dies_with_it),
	AT(a_lock_with_nonsense_inside_names_nobody),
	AT(a_lock_in_no_folder_is_told),
	AT(an_errno_means_what_the_caller_can_do),
};

RUN_TESTS(tests)
