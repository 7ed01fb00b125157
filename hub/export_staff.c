/* The results: who did what with which card. */
#include "export_inside.h"
#include "staff.h"
#include "zone.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct deed {
	struct event event;
	int64_t wall_ms;
	enum err belief; /* of fold_look */
};

/* What an undo is about, wherever it stands. */
struct target {
	struct event_id id;
	bool found;
	uint16_t kind, activity;
	uint32_t issue;
	uint8_t person[EVENT_PERSON];
};

struct deeds {
	const struct past *past;
	struct grow all;     /* struct deed */
	struct grow targets; /* struct target, by id */
};

static enum err take(void *arg, const struct event *e)
{
	struct deeds *d = arg;
	struct fold_arrival seen;
	uint8_t signer[STAFF_SIGNER];

	if (staff_noted(e, signer) && staff_rights_for(e) == 0)
		return OK;
	struct deed *one = GROW_ONE(&d->all, struct deed);
	struct target *target = e->kind == EVENT_UNDO ? GROW_ONE(&d->targets, struct target) : NULL;
	if (!one || d->targets.failed)
		return ERR_IO;
	if (target)
		target->id = e->target;
	one->event = *e;
	one->belief = fold_look(d->past->fold, &e->id, &seen);
	one->wall_ms = seen.wall_ms;
	return OK;
}

static int by_id(const void *a, const void *b)
{
	const struct target *x = a, *y = b;

	return event_id_compare(&x->id, &y->id);
}

static struct target *target_of(const struct deeds *d, const struct event_id *id)
{
	const struct target wanted = {.id = *id};
	size_t n = GROW_COUNT(&d->targets, struct target);

	return n ? bsearch(&wanted, d->targets.p, n, sizeof(wanted), by_id) : NULL;
}

static enum err take_target(void *arg, const struct event *e)
{
	struct target *t = target_of(arg, &e->id);

	if (!t)
		return OK;
	t->found = true;
	t->kind = e->kind;
	t->activity = e->activity;
	t->issue = e->issue;
	memcpy(t->person, e->person, EVENT_PERSON);
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

static bool is_built(const struct exporting *x, const struct target *t)
{
	const struct census_person *p = census_find(x->census, t->person);

	return p && staff_is_built(t->kind, t->issue, census_badge(x->census, p));
}

static void put_undone(const struct exporting *x, struct csv_out *c, const struct target *t)
{
	char iso[ZONE_ISO], words[160];
	struct fold_arrival seen;

	if (!t->found) {
		csv_cell(c, "an event that has not reached the hub");
		return;
	}
	(void)!fold_look(x->past->fold, &t->id, &seen);
	zone_iso(census_zone(x->census, seen.wall_ms), seen.wall_ms, iso);
	snprintf(words, sizeof(words), "%s, %s%s", event_kind_name(t->kind), iso,
		is_built(x, t) ? ": too late, a version has built it in" : "");
	csv_cell(c, words);
}

static bool has_activity(const struct event *e, unsigned kind)
{
	return kind == EVENT_OVERRIDE || kind == EVENT_ENTERED || kind == EVENT_LEFT ||
	       (kind == EVENT_SEARCHED && !is_search(e));
}

/* Of an undo the person, issue and activity are those of what was undone. */
static enum err put_deed(
	const struct exporting *x, struct csv_out *c, const struct deeds *all, const struct deed *d)
{
	const struct target *undone =
		d->event.kind == EVENT_UNDO ? target_of(all, &d->event.target) : NULL;
	uint16_t number = undone ? undone->activity : d->event.activity;
	const struct list_activity *a =
		has_activity(&d->event, undone ? undone->kind : d->event.kind)
			? census_activity(x->census, number)
			: NULL;

	csv_time(c, census_zone(x->census, d->wall_ms), d->wall_ms);
	export_board(x, c, &d->event.id);
	enum err e = export_signer(x, c, &d->event);
	csv_cell(c, event_kind_name(d->event.kind));
	csv_cell(c, d->belief == OK ? "yes" : d->belief == ERR_EXPIRED ? "undone" : "not believed");
	export_who(x, c, census_find(x->census, undone ? undone->person : d->event.person));
	csv_number(c, undone ? undone->issue : d->event.issue);
	csv_cell(c, a ? a->id : "");
	if (undone)
		put_undone(x, c, undone);
	else
		put_words(c, &d->event);
	csv_end_row(c);
	return e;
}

static enum err find_targets(const struct exporting *x, struct deeds *d)
{
	size_t n = GROW_COUNT(&d->targets, struct target);

	if (n == 0)
		return OK;
	qsort(d->targets.p, n, sizeof(struct target), by_id);
	return past_walk(x->past, take_target, d);
}

enum err export_staff(const struct exporting *x, struct csv_out *c)
{
	struct deeds d = {.past = x->past};

	csv_header(c, "at board by by_family_name what counts " EXPORT_WHO " issue activity words");
	enum err e = past_walk(x->past, take, &d);
	if (e == OK)
		e = find_targets(x, &d);
	const struct deed *all = GROW_ARRAY(&d.all, const struct deed);
	size_t n = GROW_COUNT(&d.all, struct deed);
	if (n > 1)
		qsort(d.all.p, n, sizeof(*all), by_time);
	for (size_t i = 0; i < n && e == OK; i++)
		e = put_deed(x, c, &d, &all[i]);
	grow_free(&d.all);
	grow_free(&d.targets);
	return e;
}
