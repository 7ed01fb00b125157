/* A store that several programs make at once: `foyer serve` and `foyer enrol` on a fresh folder. */
#include "test.h"

#include "help/scratch.h"
#include "store.h"

#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 40, PROGRAMS = 4 };

/* Each begins when the pipe ends. returns: the child's exit status, enum err */
static pid_t begin(const int go[static 2], const char *path)
{
	pid_t child = fork();
	struct store *s;
	char c;

	if (child != 0)
		return child;
	close(go[1]);
	while (read(go[0], &c, 1) > 0)
		;
	enum err e = store_sqlite.open(&s, &(struct store_options){.where = path});
	store_close(s);
	_exit(e);
}

TEST(all_who_make_it_at_once_have_it)
{
	struct scratch folder;

	scratch_make(&folder);
	for (int round = 0; round < ROUNDS; round++) {
		const char *path;
		char name[16];
		pid_t children[PROGRAMS];
		int go[2], status;
		snprintf(name, sizeof(name), "%d.db", round);
		path = scratch_name(&folder, name);
		assert_int_equal(pipe(go), 0);
		for (int i = 0; i < PROGRAMS; i++) {
			children[i] = begin(go, path);
			assert_true(children[i] > 0);
		}
		close(go[0]);
		close(go[1]);
		for (int i = 0; i < PROGRAMS; i++) {
			assert_int_equal(waitpid(children[i], &status, 0), children[i]);
			assert_true(WIFEXITED(status));
			assert_err((enum err)WEXITSTATUS(status), OK);
		}
	}
	scratch_remove(&folder);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(all_who_make_it_at_once_have_it),
};

RUN_TESTS(tests)
