/* The stage's boot list, and the same backwards. */
#include "stage.h"

#include "eye.h"
#include "printer.h"
#include "seal.h"
#include "sound.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum err complain(const char *what, const char *path, enum err e)
{
	fprintf(stderr, "foyer-kiosk: %s: %s: %s\n", what, path, err_text(e));
	return e;
}

/* What a board cannot start without: whatever is wrong with it, the world is at fault. */
static enum err cannot_use(const char *what, const char *path, enum err e)
{
	(void)!complain(what, path, e);
	return ERR_IO;
}

/* An address is wrong use, and nothing else is. */
static enum err refuse_address(const char *what, const char *uri, enum err e)
{
	if (e != ERR_FORMAT)
		return cannot_use(what, uri, e);
	fprintf(stderr, "foyer-kiosk: %s: %s: no such address; see --help\n", what, uri);
	return e;
}

static enum err set_paths(struct stage *s)
{
	const struct options *o = s->options;
	char *const out[] = {s->roster_path, s->trust_path, s->journal_path, s->lock_path};
	static const char *const names[] = {"roster.foyer", "trust", "journal.db", "kiosk.lock"};

	for (size_t i = 0; i < COUNT(out); i++)
		if (snprintf(out[i], PATH_MAX, "%s/%s", s->data, names[i]) >= PATH_MAX)
			return complain("the folder's name is too long", s->data, ERR_FULL);
	if (o->roster && snprintf(s->roster_path, PATH_MAX, "%s", o->roster) >= PATH_MAX)
		return complain("the name is too long", o->roster, ERR_FULL);
	return OK;
}

static enum err take_folder(struct stage *s)
{
	pid_t holder = 0;

	enum err e = file_make_folder(s->data);
	if (e)
		return cannot_use("the board's folder", s->data, e);
	e = file_lock(&s->lock, s->lock_path, &holder);
	if (e == ERR_BUSY)
		fprintf(stderr, "foyer-kiosk: %s: another kiosk uses this folder, process %ld\n",
			s->data, (long)holder);
	else if (e)
		return cannot_use("the board's folder", s->data, e);
	return e;
}

/* What the board believes: what it learnt, held against the file a technician named. A file from outside
 * never lowers what was learnt, nor turns the board to another event. */
static enum err read_trust(struct stage *s, struct trust *out)
{
	struct trust named = {0};
	const char *given = s->options->trust;

	enum err e = trust_read(out, s->trust_path);
	if (e && e != ERR_ABSENT)
		return cannot_use("the trust file", s->trust_path, e);
	e = given ? trust_read(&named, given) : OK;
	if (e)
		return cannot_use("the trust file", given, e);
	if (!given)
		return OK;
	if (out->known && memcmp(out->root, named.root, SEAL_PUBLIC) != 0)
		return cannot_use("the trust file", given, ERR_FOREIGN);
	bool newer = named.epoch > out->epoch ||
		     (named.epoch == out->epoch && named.sequence > out->sequence);
	if (!out->known || newer)
		*out = named;
	return OK;
}

/* A place mistyped would show as a clock of another zone, much later. */
static void say_place(const struct stage *s, const char *id)
{
	struct place p;

	if (roster_place_by_id(&s->holding->roster, span_of(id), &p))
		log_line(LOG_WARN, "kiosk/stage", "this roster has no place %s", id);
}

static void say_places(const struct stage *s)
{
	const char *own = s->options->place ? s->options->place : "";

	if (own[0])
		say_place(s, own);
	for (size_t i = 0; i < s->options->screen_n; i++)
		if (strcmp(s->options->screens[i].place, own) != 0)
			say_place(s, s->options->screens[i].place);
}

/* A board without a usable roster starts all the same, and says so on its screen. */
static enum err load_roster(struct stage *s)
{
	struct trust trust = {0};

	enum err e = read_trust(s, &trust);
	if (e)
		return e;
	s->trust = trust;
	e = holding_open(&s->holding, s->roster_path, &trust, clock_now().wall_ms / 1000);
	s->news = keeper_news_of(e);
	if (e) {
		log_line(LOG_FAULT, "kiosk/stage", "no roster: %s", err_text(e));
		return OK;
	}
	s->trust = roster_trust(&s->holding->roster);
	if (!trust.known)
		log_line(LOG_NOTE, "kiosk/stage", "this roster's root key is trusted from now on");
	say_places(s);
	e = trust_write(&s->trust, s->trust_path);
	if (e)
		log_line(LOG_WARN, "kiosk/stage", "the trust file is not written: %s", err_text(e));
	return OK;
}

static enum err open_hall(struct stage *s)
{
	enum err e = s->options->mode == MODE_SCREEN ? stage_open_hall(s) : OK;

	return e ? complain("memory", "for a screen", e) : OK;
}

static enum err light_outputs(struct stage *s)
{
	int panel = stage_has_panel(s) ? STAGE_PANEL : 0;
	size_t n = output_count(s->options);

	while (s->output_n < n) {
		unsigned number = (unsigned)s->output_n;
		enum err e = output_open(&s->outputs[s->output_n++], s->options, number, panel);
		if (e)
			return complain("the screen", s->options->window ? "window" : "memory", e);
	}
	return OK;
}

/* The journal's epoch, and after it all else, goes by what the agent knows; the agent need not run. */
static enum err start_notes(struct stage *s)
{
	struct others *others;

	enum err e = others_make(&others, s->data);
	if (e)
		return complain("the board's folder", s->data, e);
	struct notes_options n = {s->journal_path, s->vfs,
		others_seen_epoch(others, s->journal_path), &s->ui, &s->traffic};
	e = notes_start(&s->notes, &n);
	if (e) {
		others_free(others);
		return complain("the journal", s->journal_path, e);
	}
	if (s->holding)
		notes_believe(s->notes, &s->holding->roster);
	struct ear_options ear = {s->data, others, s->notes, &s->ui, &s->traffic};
	e = ear_start(&s->ear, &ear);
	return e ? complain("the board's folder cannot be watched", s->data, e) : OK;
}

static enum err start_staffroom(struct stage *s)
{
	struct staffroom_options o = {s->options->mode, s->options->place, s->data, s->journal_path,
		s->notes, &s->ui, &s->traffic};

	if (o.mode == MODE_KIOSK || o.mode == MODE_SCREEN)
		return OK;
	enum err e = staffroom_start(&s->staffroom, &o);
	return e ? complain("memory", "for staff", e) : OK;
}

static enum err start_workers(struct stage *s)
{
	const struct options *o = s->options;

	enum err e = start_notes(s);
	if (e)
		return e;
	struct press_options p = {o->printer, s->story, s->notes, &s->ui, &s->traffic};
	e = press_start(&s->press, &p);
	if (o->printer && (e == ERR_FORMAT || e == ERR_FULL)) {
		fprintf(stderr, "foyer-kiosk: `%s` is no printer's address: %s\n", o->printer,
			printer_uri_fault(o->printer));
		return ERR_FORMAT;
	}
	if (e)
		return cannot_use("the printer", o->printer ? o->printer : "none", e);
	e = start_staffroom(s);
	if (e)
		return e;
	struct keeper_options k = {s->roster_path, s->trust_path, s->trust, &s->ui, &s->traffic};
	e = keeper_start(&s->keeper, &k);
	if (e)
		return complain("the roster's folder cannot be watched", s->roster_path, e);
	status_boot_id(s->boot);
	/* Last, so that no scan comes before what must answer it. */
	if (o->scanner && (!s->story || eye_is_camera(o->scanner)))
		e = eye_start(&s->eye, o->scanner, &s->ui);
	if (e == OK && s->eye)
		e = stage_start_camera(s);
	return e ? refuse_address("the scanner", o->scanner, e) : OK;
}

static enum err start(struct stage *s)
{
	s->secrets = seal_secret_memory(sizeof(*s->secrets));
	if (!s->secrets)
		return complain("memory", "for secrets", ERR_IO);
	memset(s->secrets, 0, sizeof(*s->secrets));
	enum err e = set_paths(s);
	if (e == OK)
		e = take_folder(s);
	if (e == OK)
		e = load_roster(s);
	if (e == OK)
		e = open_hall(s);
	if (e == OK)
		e = light_outputs(s);
	if (e == OK)
		e = start_workers(s);
	if (e)
		return e;
	if (s->holding)
		press_roster(s->press, s->holding);
	if (s->holding && s->staffroom)
		staffroom_roster(s->staffroom, s->holding);
	/* By now the clock is the agent's. */
	stage_compare(s);
	stage_tell_roster(s);
	return OK;
}

enum err stage_start(struct stage *s, const struct options *options, const char *data, bool story,
	const char *vfs)
{
	*s = (struct stage){.options = options, .data = data, .story = story, .vfs = vfs};
	s->lock = (struct file_lock)FILE_LOCK_NONE;
	mailbox_init(&s->ui, s->ui_slots, sizeof(*s->ui_slots), NEWS_SLOTS, &s->traffic);
	s->started = true;
	enum err e = start(s);
	if (e)
		stage_stop(s);
	return e;
}

/* What the workers told and nobody will hear. */
static void drop_news(struct stage *s)
{
	struct news n;

	while (mailbox_take(&s->ui, &n, 0) == OK) {
		news_wipe(&n);
		mailbox_settle(&s->ui);
	}
}

void stage_stop(struct stage *s)
{
	if (!s->started)
		return;
	eye_stop(s->eye);
	scan_view_unmap(&s->view);
	keeper_stop(s->keeper);
	press_stop(s->press);
	ear_stop(s->ear);
	staffroom_stop(s->staffroom);
	notes_stop(s->notes);
	drop_news(s);
	sound_rest();
	for (size_t i = 0; i < s->output_n; i++)
		output_close(&s->outputs[i]);
	seal_secret_free(s->page.dots);
	holding_close(s->next);
	holding_close(s->holding);
	free(s->hall);
	file_unlock(&s->lock);
	if (s->secrets)
		seal_secret_free(s->secrets);
	mailbox_done(&s->ui);
	*s = (struct stage){0};
}
