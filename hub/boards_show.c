/* The boards that are known, as lines or as JSON on standard output. */
#include "boards_show.h"

#include "commands.h"
#include "hex.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { WHEN = 24, DEVICE_TEXT = 2 * PAPER_DEVICE + 1 };

struct shown {
	struct grow boards, seen, under_way;
};

static void when_text(int64_t at, char out[static WHEN])
{
	time_t t = (time_t)at;
	struct tm tm;

	if (at <= 0 || !gmtime_r(&t, &tm) || strftime(out, WHEN, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		out[0] = '\0';
}

static int64_t last_contact(const struct grow *seen, const uint8_t device[static PAPER_DEVICE])
{
	const struct board_seen *all = GROW_ARRAY(seen, const struct board_seen);

	for (size_t i = 0; i < GROW_COUNT(seen, struct board_seen); i++)
		if (memcmp(all[i].device, device, PAPER_DEVICE) == 0)
			return all[i].at_ms / 1000;
	return 0;
}

static const char *under_way_state(const struct enrolment *e, int64_t now)
{
	if (e->committed)
		return "to confirm";
	return e->until < now ? "code expired" : "code printed";
}

static void print_lines(const struct shown *s, const char *dir, int64_t now)
{
	const struct board *b = GROW_ARRAY(&s->boards, const struct board);
	const struct enrolment *e = GROW_ARRAY(&s->under_way, const struct enrolment);
	size_t boards = GROW_COUNT(&s->boards, struct board);
	size_t codes = GROW_COUNT(&s->under_way, struct enrolment);
	char device[DEVICE_TEXT], when[WHEN];

	for (size_t i = 0; i < boards; i++) {
		hex_write((struct span){b[i].certificate.device, PAPER_DEVICE}, device);
		when_text(last_contact(&s->seen, b[i].certificate.device), when);
		printf("%-32s %-6s %s %-12s %s\n", b[i].certificate.name,
			board_role_name(b[i].certificate.role), device,
			board_state_name(b[i].state), *when ? when : "never heard");
	}
	for (size_t i = 0; i < codes; i++)
		printf("%-32s %-6s %-16s %s\n", e[i].name, board_role_name(e[i].role), "",
			under_way_state(&e[i], now));
	if (boards + codes == 0)
		fprintf(stderr,
			"No board is enrolled yet. `foyer enrol %s NAME` makes a code; show it to "
			"the board's scanner while `foyer serve %s` runs\n",
			dir, dir);
}

static int print_json(const struct shown *s, int64_t now)
{
	const struct board *b = GROW_ARRAY(&s->boards, const struct board);
	const struct enrolment *e = GROW_ARRAY(&s->under_way, const struct enrolment);
	char device[DEVICE_TEXT], when[WHEN];
	json_t *list = json_array();

	for (size_t i = 0; i < GROW_COUNT(&s->boards, struct board); i++) {
		hex_write((struct span){b[i].certificate.device, PAPER_DEVICE}, device);
		when_text(last_contact(&s->seen, b[i].certificate.device), when);
		json_array_append_new(list,
			json_pack("{s:s, s:s, s:s, s:s, s:s}", "name", b[i].certificate.name,
				"role", board_role_name(b[i].certificate.role), "device", device,
				"state", board_state_name(b[i].state), "last_contact", when));
	}
	for (size_t i = 0; i < GROW_COUNT(&s->under_way, struct enrolment); i++)
		json_array_append_new(
			list, json_pack("{s:s, s:s, s:s, s:s, s:s}", "name", e[i].name, "role",
				      board_role_name(e[i].role), "device", "", "state",
				      under_way_state(&e[i], now), "last_contact", ""));
	int failed = json_dumpf(list, stdout, JSON_INDENT(2));
	json_decref(list);
	return failed || putchar('\n') == EOF ? EXIT_WORLD : EXIT_DONE;
}

int boards_show(struct store *s, const struct keys *k, const char *dir, bool json)
{
	int64_t now = clock_now().wall_ms / 1000;
	struct shown shown = {0};
	int status = EXIT_DONE;

	enum err e = s ? boards_load(s, k->root, &shown.boards) : OK;
	boards_sort(&shown.boards);
	if (e == OK && s)
		e = boards_seen_load(s, &shown.seen);
	if (e == OK && s)
		e = enrolment_load(s, &shown.under_way);
	if (e) {
		fprintf(stderr, "foyer enrol: the store failed: %s\n", err_text(e));
		status = EXIT_WORLD;
	} else if (json) {
		status = print_json(&shown, now);
	} else {
		print_lines(&shown, dir, now);
	}
	if (shown.under_way.p)
		seal_wipe(shown.under_way.p, shown.under_way.n);
	grow_free(&shown.boards);
	grow_free(&shown.seen);
	grow_free(&shown.under_way);
	return status;
}
