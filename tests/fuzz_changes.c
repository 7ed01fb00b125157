/* A file of changes with any content is read or refused; what is read is written back alike, and whatever
 * it says, screens that show it stay within their memory and say only what is in it or in the roster. */
#include "app.h"
#include "help/town.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static struct town town;
static struct changes changes;
static struct model model;
static struct venue venue;
static struct draw frame;
static uint8_t written[CHANGES_FILE];

static void start(void)
{
	static const struct look look = {.language = LANGUAGE_EN, .width = 1280, .height = 720};

	town_make(&town);
	struct activity *a = town_add(&town, TOWN_HALL_A, "Talk", 14 * 3600, 60);
	a->leave_by = a->start - 600;
	a = town_add(&town, TOWN_ATRIUM, "Visit", 15 * 3600, 60);
	a->kind = ACTIVITY_TRANSFER;
	town_open(&town);
	app_start(&model, look, MODE_SCREEN);
}

static void show(enum venue_layout layout, const char *place, int64_t now)
{
	struct venue_ask ask = {.layout = layout, .language_n = 1, .languages = {LANGUAGE_NL}};
	struct todo todo;

	strcpy(ask.place, place);
	venue_take(&venue, &town.roster, &ask, &changes, now);
	struct msg m = {.kind = MSG_VENUE, .wall = now, .venue = &venue};
	app_next(&model, &m, &todo);
	app_view(&model, &model.look, &frame);
	if (frame.full || venue.entry_n + venue.gone_n > VENUE_ENTRIES)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	if (!town.n)
		start();
	if (changes_read(&changes, (struct span){p, n})) {
		if (changes.known || changes.past_n || changes.mark_n)
			abort();
		return 0;
	}
	struct sink k = sink_on(written, sizeof(written));
	changes_write(&changes, &k);
	if (k.full || k.n != n || memcmp(written, p, n) != 0)
		abort();
	int64_t now = changes.mark_n > 0 ? changes.marks[0].noted : town_at(14, 0);
	show(VENUE_ROOM, "hall-a", now);
	show(VENUE_LOBBY, "hall-a", now);
	show(VENUE_TRANSFERS, "atrium", now);
	(void)changes_compare(&changes, &town.roster, now);
	show(VENUE_ROOM, "nowhere", now);
	return 0;
}
