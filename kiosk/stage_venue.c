/* The stage of a venue screen: what it shows, out of roster and journal; what it announced, on disk. */
#include "stage.h"

#include <stdio.h>
#include <stdlib.h>

/* Seats of what begins later are nobody's question yet. */
enum { COUNTED_S = 60 * 60 };

static void read_changes(struct hall *h)
{
	struct file_bytes file = {0};

	enum err e = file_read(&file, h->path, CHANGES_FILE);
	if (e == OK)
		e = changes_read(&h->changes, file.bytes);
	if (e && e != ERR_ABSENT)
		log_line(LOG_WARN, "kiosk/venue", "what was announced before is not known: %s",
			err_text(e));
	file_free(&file);
}

static void write_changes(const struct hall *h)
{
	uint8_t *bytes = malloc(CHANGES_FILE);
	struct sink k = sink_on(bytes, bytes ? CHANGES_FILE : 0);

	if (bytes)
		changes_write(&h->changes, &k);
	enum err e =
		bytes && !k.full ? file_write(h->path, (struct span){bytes, k.n}, 0600) : ERR_FULL;
	if (e)
		log_line(LOG_WARN, "kiosk/venue", "what is announced is not kept: %s", err_text(e));
	free(bytes);
}

enum err stage_open_hall(struct stage *s)
{
	s->hall = calloc(1, sizeof(*s->hall));
	if (!s->hall)
		return ERR_IO;
	if (snprintf(s->hall->path, PATH_MAX, "%s/changes", s->data) >= PATH_MAX)
		return ERR_FULL;
	read_changes(s->hall);
	return OK;
}

void stage_learn(struct stage *s)
{
	if (s->hall && s->holding)
		changes_learn(&s->hall->changes, &s->holding->roster, clock_now().wall_ms / 1000);
}

void stage_compare(struct stage *s)
{
	int64_t now = clock_now().wall_ms / 1000;

	if (s->hall && s->holding && changes_compare(&s->hall->changes, &s->holding->roster, now))
		write_changes(s->hall);
}

static void count(struct stage *s, struct venue *v, int64_t now)
{
	for (uint32_t i = 0; i < v->entry_n && v->entries[i].start < now + COUNTED_S; i++) {
		struct fold_activity counts;
		notes_activity(s->notes, v->entries[i].activity, &counts);
		venue_count(&v->entries[i], &counts);
	}
}

void stage_renew_venue(struct stage *s)
{
	const struct roster *r = s->holding ? &s->holding->roster : NULL;
	int64_t now = clock_now().wall_ms / 1000;
	struct hall *h = s->hall;

	if (!h)
		return;
	for (size_t i = 0; i < s->output_n; i++) {
		venue_take(&h->venue, r, &s->options->screens[i], &h->changes, now);
		if (h->venue.layout == VENUE_ROOM)
			count(s, &h->venue, now);
		stage_tell_output(s, i, &(struct msg){.kind = MSG_VENUE, .venue = &h->venue});
	}
}
