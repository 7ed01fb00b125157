/* What every test program includes: cmocka, and macros that make a test read as a sentence. */
#ifndef TESTS_TEST_H
#define TESTS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base.h"

#define TEST(sentence) static void sentence(__attribute__((unused)) void **state)
#define UNUSED(x)      ((void)(x))

/* The exact error, named in the failure's message. */
#define assert_err(got, want) assert_err_at((got), (want), __FILE__, __LINE__)
static inline void assert_err_at(enum err got, enum err want, const char *file, int line)
{
	if (got != want) {
		print_error("got \"%s\", want \"%s\"\n", err_text(got), err_text(want));
		_fail(file, line);
	}
}
#define assert_ok(got) assert_err((got), OK)

#define RUN_TESTS(tests)                                                                           \
	int main(void)                                                                             \
	{                                                                                          \
		return cmocka_run_group_tests(tests, NULL, NULL);                                  \
	}

#endif
