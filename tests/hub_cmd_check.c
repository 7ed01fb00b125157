/* The commands around the list: exit statuses, --fix, and that foyer new makes a good event. */
#include "commands.h"
#include "list_folder.h"
#include "test.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Run a verb with its words in silence. */
static int run(const struct verb *v, char *a, char *b, char *c)
{
	char *argv[] = {(char *)(uintptr_t)v->name, a, b, c, NULL};
	int argc = 1, quiet = open("/dev/null", O_WRONLY);

	while (argv[argc])
		argc++;
	fflush(stdout);
	int out = dup(STDOUT_FILENO), err = dup(STDERR_FILENO);
	dup2(quiet, STDOUT_FILENO);
	dup2(quiet, STDERR_FILENO);
	int status = v->run(argc, argv);
	fflush(stdout);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	close(quiet);
	close(out);
	close(err);
	return status;
}

TEST(fix_rewrites_in_utf_8_and_keeps_the_old_bytes)
{
	static const char latin[] = "id,name,kind\no1,Caf\351,company\n";
	char dir[64], path[128], text[64] = "", fix[] = "--fix";
	struct stat st;

	list_folder_make(dir);
	list_folder_put(dir, "list/organisations.csv", latin, strlen(latin));
	assert_int_equal(run(&verb_check, dir, NULL, NULL), EXIT_NO);
	snprintf(path, sizeof(path), "%s/list/organisations.csv", dir);
	assert_int_equal(chmod(path, 0600), 0);
	assert_int_equal(run(&verb_check, dir, fix, NULL), EXIT_DONE);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	assert_int_equal(fread(text, 1, sizeof(text) - 1, f), strlen(latin) + 1);
	fclose(f);
	assert_string_equal(text, "id,name,kind\no1,Caf\303\251,company\n");
	strcat(path, ".orig");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, strlen(latin));
	assert_int_equal(st.st_mode & 0777, 0600);
	list_folder_remove(dir);
	UNUSED(state);
}

TEST(warnings_alone_do_not_block)
{
	static const char staff[] = "person,rights\np2,print\n";
	char dir[64], json[] = "--json";

	list_folder_make(dir);
	list_folder_put(dir, "list/staff.csv", staff, strlen(staff));
	assert_int_equal(run(&verb_check, dir, NULL, NULL), EXIT_DONE);
	assert_int_equal(run(&verb_check, dir, json, NULL), EXIT_DONE);
	list_folder_remove(dir);
	UNUSED(state);
}

TEST(a_folder_that_is_no_event_fails_and_wrong_words_are_misuse)
{
	char nowhere[] = "/nonexistent", wrong[] = "--frobnicate";

	assert_int_equal(run(&verb_check, nowhere, NULL, NULL), EXIT_WORLD);
	assert_int_equal(run(&verb_check, nowhere, wrong, NULL), EXIT_WRONG_USE);
	assert_int_equal(run(&verb_check, NULL, NULL, NULL), EXIT_WRONG_USE);
	UNUSED(state);
}

TEST(a_demo_of_no_people_is_misuse)
{
	char dir[] = "/tmp/foyer-never", people[] = "--people", none[] = "0", most[] = "1000001";

	assert_int_equal(run(&verb_demo, dir, people, none), EXIT_WRONG_USE);
	assert_int_equal(run(&verb_demo, dir, people, most), EXIT_WRONG_USE);
	assert_int_equal(access(dir, F_OK), -1);
	UNUSED(state);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(fix_rewrites_in_utf_8_and_keeps_the_old_bytes),
	cmocka_unit_test(warnings_alone_do_not_block),
	cmocka_unit_test(a_folder_that_is_no_event_fails_and_wrong_words_are_misuse),
	cmocka_unit_test(a_demo_of_no_people_is_misuse),
};

RUN_TESTS(tests)
