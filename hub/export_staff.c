/* The results: who did what with which card. */
#include "export_inside.h"
#include "staff.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct deed {
	struct event event;
	int64_t wall_ms;
	enum err belief; /* of fold_look */
};

struct deeds {
	const struct past *past;
	struct grow all;
};

static enum err take(void *arg, const struct event *e)
{
	struct deeds *d = arg;
	struct fold_arrival seen;
	uint8_t signer[STAFF_SIGNER];

	if (staff_noted(e, signer) && staff_rights_for(e) == 0)
		return OK;
	struct deed *one = GROW_ONE(&d->all, struct deed);
	if (!one)
		return ERR_IO;
	one->event = *e;
	one->belief = fold_look(d->past->fold, &e->id, &seen);
	one->wall_ms = seen.wall_ms;
	return OK;
}

static int by_time(const void *a, const void *b)
{
	const struct deed *x = a, *y = b;

	if (x->wall_ms != y->wall_ms)
		return x->wall_ms < y->wall_ms ? -1 : 1;
	return event_id_compare(&x->event.id, &y->event.id);
}

static bool is_search(const struct event *e)
{
	return e->kind == EVENT_SEARCHED && e->payload_n == STAFF_SIGNER + 4;
}

static const char *reason(const struct event *e)
{
	static const char *const words[ISSUE_REASONS] = {[ISSUE_OTHER] = "another reason",
		[ISSUE_LOST] = "lost",
		[ISSUE_DAMAGED] = "damaged",
		[ISSUE_CORRECTED] = "name corrected"};
	struct staff_said said;

	if (e->kind != EVENT_BADGE_ISSUED || staff_read(e, &said) != OK || said.said.n != 1 ||
		said.said.p[0] >= ISSUE_REASONS)
		return "";
	return words[said.said.p[0]];
}

/* An emergency's words were on every screen; of searches only their number is known; of a badge, why it
 * was printed. */
static void put_words(struct csv_out *c, const struct event *e)
{
	char words[EVENT_PAYLOAD + 1] = "";
	struct staff_said said;

	snprintf(words, sizeof(words), "%s", reason(e));

	if (is_search(e))
		snprintf(words, sizeof(words), "%" PRIu32, load_u32(e->payload + STAFF_SIGNER));
	if (e->kind == EVENT_EMERGENCY && staff_read(e, &said) == OK && span_is_utf8(said.said) &&
		span_copy_text(said.said, words, sizeof(words)) != OK)
		words[0] = '\0';
	csv_cell(c, words);
}

static enum err put_deed(const struct exporting *x, struct csv_out *c, const struct deed *d)
{
	bool seated = d->event.kind == EVENT_OVERRIDE ||
		      (d->event.kind == EVENT_SEARCHED && !is_search(&d->event));
	const struct list_activity *a =
		seated ? census_activity(x->census, d->event.activity) : NULL;

	csv_time(c, census_zone(x->census, d->wall_ms), d->wall_ms);
	export_board(x, c, &d->event.id);
	enum err e = export_signer(x, c, &d->event);
	csv_cell(c, event_kind_name(d->event.kind));
	csv_cell(c, d->belief == OK ? "yes" : d->belief == ERR_EXPIRED ? "undone" : "not believed");
	export_who(x, c, census_find(x->census, d->event.person));
	csv_number(c, d->event.issue);
	csv_cell(c, a ? a->id : "");
	put_words(c, &d->event);
	csv_end_row(c);
	return e;
}

enum err export_staff(const struct exporting *x, struct csv_out *c)
{
	struct deeds d = {.past = x->past};

	csv_header(c, "at board by by_family_name what counts " EXPORT_WHO " issue activity words");
	enum err e = past_walk(x->past, take, &d);
	const struct deed *all = GROW_ARRAY(&d.all, const struct deed);
	size_t n = GROW_COUNT(&d.all, struct deed);
	if (n > 1)
		qsort(d.all.p, n, sizeof(*all), by_time);
	for (size_t i = 0; i < n && e == OK; i++)
		e = put_deed(x, c, &all[i]);
	grow_free(&d.all);
	return e;
}
