/* The command line of foyer-agent. */
#include "agent_http.h"
#include "agent_options.h"
#include "test.h"

static struct agent_options o;

static enum err read_words(const char *const *words, int n)
{
	const char *argv[32] = {"foyer-agent"};

	for (int i = 0; i < n; i++)
		argv[i + 1] = words[i];
	return agent_options_read(&o, n + 1, argv);
}

#define READ(...)                                                                                  \
	read_words((const char *const[]){__VA_ARGS__},                                             \
		(int)COUNT(((const char *const[]){__VA_ARGS__})))

TEST(every_option_is_read)
{
	assert_ok(READ("--data", "dir", "--enrol=CODE", "--stick", "/media", "--peers", "off",
		"--ca", "f.pem", "--hub", "http://10.0.0.2:8600", "--hub=https://hub.example/",
		"--once", "--verbose"));
	assert_string_equal(o.data, "dir");
	assert_string_equal(o.enrol, "CODE");
	assert_string_equal(o.stick, "/media");
	assert_string_equal(o.peers, "off");
	assert_string_equal(o.ca, "f.pem");
	assert_int_equal(o.hub_count, 2);
	assert_string_equal(o.hubs[1], "https://hub.example/");
	assert_true(o.once && o.verbose && !o.help);
}

TEST(wrong_use_is_refused)
{
	assert_err(READ("--once"), ERR_FORMAT); /* which folder? */
	assert_err(READ("--data"), ERR_FORMAT);
	assert_err(READ("--data", "d", "--bogus"), ERR_FORMAT);
	assert_err(READ("--data", "d", "extra"), ERR_FORMAT);
	assert_err(READ("--data", "d", "--once=yes"), ERR_FORMAT);
	assert_err(READ("--data", "d", "--hub", "10.0.0.2"), ERR_FORMAT);
	assert_ok(READ("--help"));
	assert_true(o.help);
}

TEST(too_many_hubs_are_refused)
{
	assert_err(READ("--data", "d", "--hub=http://a", "--hub=http://b", "--hub=http://c",
			   "--hub=http://d", "--hub=http://e", "--hub=http://f", "--hub=http://g",
			   "--hub=http://h", "--hub=http://i"),
		ERR_FORMAT);
}

TEST(an_address_is_a_scheme_and_a_host_in_plain_ascii)
{
	static const char *const fit[] = {
		"http://10.0.0.2:8600", "https://hub.example", "http://[fe80::1]:80/foyer"};
	static const char *const wrong[] = {"", "http://", "http:///path", "ftp://host",
		"file:///etc/passwd", "http://a b", "http://a\nb", "http://h\xc3\xa9",
		"HTTP://host"};
	char longest[140] = "http://";

	for (size_t i = 0; i < COUNT(fit); i++)
		assert_true(http_address_is_fit(fit[i]));
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_false(http_address_is_fit(wrong[i]));
	memset(longest + 7, 'a', 96 - 7);
	longest[96] = '\0';
	assert_true(http_address_is_fit(longest));
	longest[96] = 'a';
	longest[97] = '\0';
	assert_false(http_address_is_fit(longest));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_option_is_read),
	cmocka_unit_test(wrong_use_is_refused),
	cmocka_unit_test(too_many_hubs_are_refused),
	cmocka_unit_test(an_address_is_a_scheme_and_a_host_in_plain_ascii),
};

RUN_TESTS(tests)
