/* An invented guest, and a kiosk she stands at. */
#include "visitor.h"

#include <string.h>

static struct text keep(uint8_t *p, uint32_t *n, const char *s)
{
	struct text t = {*n, (uint32_t)strlen(s)};
	memcpy(p + t.at, s, t.n);
	*n += t.n;
	return t;
}

struct row {
	int64_t start, end; /* minutes from now */
	bool meeting, conflict;
	const char *title[LANGUAGES];
	const char *place, *room;
};

static const struct row rows[] = {
	{-90, -30, false, false,
		{"Frühstück der Delegation", "Delegation breakfast",
			"Petit-déjeuner de la délégation", "Ontbijt van de delegatie"},
		"Hotel Meridian", "Terrace"},
	{25, 115, false, false,
		{"Künstliche Intelligenz in der Fabrik",
			"Artificial intelligence on the factory floor",
			"L’intelligence artificielle dans l’usine",
			"Kunstmatige intelligentie in de fabriek"},
		"Bayside Conference Center", "Room 204"},
	{180, 240, false, true,
		{"Besuch des Hafens", "Visit to the port", "Visite du port", "Bezoek aan de haven"},
		"Pier 35", ""},
	{210, 240, true, true, {"", "", "", ""}, "Bayside Conference Center", "Hall B"},
	{600, 720, false, false,
		{"Empfang des Generalkonsuls", "Reception of the consul general",
			"Réception du consul général", "Receptie van de consul-generaal"},
		"City Hall", "Rotunda"},
	{1470, 1560, false, false,
		{"Unterzeichnung", "Signing ceremony", "Cérémonie de signature", "Ondertekening"},
		"City Hall", "Room 101"},
};

static void fill_rows(struct guest *g, bool with_long)
{
	static const char *const way[LANGUAGES] = {"Aufzug B, dann links", "Lift B, then left",
		"Ascenseur B, puis à gauche", "Lift B, dan links"};
	static const char more[] =
		" – eine außergewöhnlich ausführliche Überschrift, die ein "
		"Veranstalter ohne Rücksicht auf kleine Bildschirme geschrieben hat, 160";
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct entry *e = &g->entries[g->entry_count++];
		e->start = VISITOR_NOW + rows[i].start * 60;
		e->end = VISITOR_NOW + rows[i].end * 60;
		e->offset = VISITOR_OFFSET;
		e->meeting = rows[i].meeting;
		e->conflict = rows[i].conflict;
		e->track = -1;
		for (int k = 0; k < LANGUAGES && !e->meeting; k++) {
			e->title.in[k] = keep(g->text, &g->text_n, rows[i].title[k]);
			if (with_long)
				e->title.in[k].n += keep(g->text, &g->text_n, more).n;
		}
		for (int k = 0; k < LANGUAGES; k++)
			e->directions.in[k] = keep(g->text, &g->text_n, way[k]);
		e->place = keep(g->text, &g->text_n, rows[i].place);
		e->room = keep(g->text, &g->text_n, rows[i].room);
	}
	g->entries[1].leave_by = VISITOR_NOW + 10 * 60;
	g->entries[1].meeting_point = keep(g->text, &g->text_n, "Hotel lobby");
	g->entries[3].table = keep(g->text, &g->text_n, "12");
	g->entries[3].counterpart = keep(g->text, &g->text_n, "Guadalupe Ferreira-Østergård");
	g->entries[3].counterpart_organisation = keep(g->text, &g->text_n, "Pacific Turbines Inc.");
	g->entries[3].subject = keep(g->text, &g->text_n, "Blades");
	g->entries[4].dress = keep(g->text, &g->text_n, "Business");
}

static void fill(struct guest *g, enum language language, const char *given, const char *name)
{
	memset(g, 0, sizeof(*g));
	g->known = true;
	g->shown = TOKEN_INVITATION;
	g->issue = 1;
	g->badge_issue = 1;
	g->day_open = true;
	memcpy(g->handle, "\x11\x22\x33\x44\x55\x66\x77\x88", sizeof(g->handle));
	g->language = language;
	g->name = keep(g->text, &g->text_n, name);
	g->given = keep(g->text, &g->text_n, given);
	g->organisation = keep(g->text, &g->text_n, "Verhaegen & Fils SA");
}

void visitor_guest(struct guest *g, enum language language)
{
	fill(g, language, "Anne", "Anne Peeters");
	fill_rows(g, false);
}

void visitor_long(struct guest *g, enum language language)
{
	fill(g, language, "Marie-Antoinette-Philippine-Wilhelmina-Christophorine-Emmanuelle",
		"Marie-Antoinette-Philippine-Wilhelmina-Christophorine-Emmanuelle Van den "
		"Broeck-Van de "
		"Velde-d'Udekem");
	fill_rows(g, true);
}

void visitor_programme(struct programme *p)
{
	memset(p, 0, sizeof(*p));
	p->known = true;
	p->built_at = VISITOR_NOW - 25 * 60;
	static const char *const event[LANGUAGES] = {"Wirtschaftsmission Kalifornien",
		"Economic Mission California", "Mission économique Californie",
		"Economische missie Californië"};
	for (int k = 0; k < LANGUAGES; k++)
		p->event.in[k] = keep(p->text, &p->text_n, event[k]);
	p->desk = keep(p->text, &p->text_n, "Hotel Meridian, Lobby");
	for (size_t i = 1; i < sizeof(rows) / sizeof(*rows); i++) {
		if (rows[i].meeting)
			continue;
		struct entry *e = &p->entries[p->entry_count++];
		e->start = VISITOR_NOW + rows[i].start * 60;
		e->end = VISITOR_NOW + rows[i].end * 60;
		e->offset = VISITOR_OFFSET;
		e->track = -1;
		for (int k = 0; k < LANGUAGES; k++)
			e->title.in[k] = keep(p->text, &p->text_n, rows[i].title[k]);
		e->place = keep(p->text, &p->text_n, rows[i].place);
		e->room = keep(p->text, &p->text_n, rows[i].room);
		e->city = keep(p->text, &p->text_n, "San Francisco");
	}
}

void visitor_tell(struct visitor *v, struct msg e)
{
	e.boot_ms = v->boot_ms;
	e.wall = VISITOR_NOW + v->boot_ms / 1000;
	e.offset = VISITOR_OFFSET;
	if (e.visit == 0)
		e.visit = v->m.visit;
	app_next(&v->m, &e, &v->todo);
}

void visitor_start(struct visitor *v, uint16_t width, uint16_t height)
{
	memset(v, 0, sizeof(*v));
	struct look look = {.language = LANGUAGE_EN, .width = width, .height = height};
	app_start(&v->m, look, MODE_KIOSK);
	visitor_programme(&v->programme);
	visitor_tell(v, (struct msg){.kind = MSG_LOOK, .look = look});
	visitor_tell(v, (struct msg){.kind = MSG_ROSTER, .programme = &v->programme});
	visitor_printer(v, FAULT_NONE);
	visitor_guest(&v->guest, LANGUAGE_FR);
	v->opening = (struct opening){.answer = ANSWER_GUEST, .guest = &v->guest};
}

struct network visitor_online(void)
{
	return (struct network){.agent = true, .enrolled = true, .online = true, .name = "Lobby 1"};
}

struct network visitor_offline(uint64_t undelivered, int64_t silent_min)
{
	struct network n = visitor_online();

	n.online = false;
	n.undelivered = undelivered;
	n.silent_min = silent_min;
	return n;
}

void visitor_network(struct visitor *v, struct network n)
{
	visitor_tell(v, (struct msg){.kind = MSG_NETWORK, .network = &n});
}

void visitor_tap(struct visitor *v, const char *name)
{
	visitor_tell(v, (struct msg){.kind = MSG_TAP, .name = name});
}

void visitor_wait(struct visitor *v, int seconds)
{
	for (int i = 0; i < seconds; i++) {
		v->boot_ms += 1000;
		visitor_tell(v, (struct msg){.kind = MSG_TICK});
	}
}

void visitor_scan(struct visitor *v, const char *code)
{
	visitor_tell(v, (struct msg){.kind = MSG_SCANNED, .code = code, .code_n = strlen(code)});
}

void visitor_opened(struct visitor *v)
{
	visitor_tell(v, (struct msg){.kind = MSG_OPENED, .opening = &v->opening});
}

void visitor_noted(struct visitor *v, enum err result)
{
	visitor_tell(v, (struct msg){.kind = MSG_NOTED, .note = EVENT_ARRIVED, .result = result});
}

void visitor_rendered(struct visitor *v, enum err result)
{
	visitor_tell(v,
		(struct msg){.kind = MSG_RENDERED, .width = 696, .height = 1109, .result = result});
}

void visitor_job(struct visitor *v, enum print print, enum job job, enum fault fault)
{
	visitor_tell(v, (struct msg){.kind = MSG_JOB, .print = print, .job = job, .fault = fault});
}

void visitor_printer(struct visitor *v, enum fault fault)
{
	visitor_tell(v, (struct msg){.kind = MSG_PRINTER, .fault = fault, .printer_there = true});
}

void visitor_greeted(struct visitor *v, enum language language)
{
	visitor_guest(&v->guest, language);
	visitor_scan(v, "ZQM1");
	visitor_opened(v);
	visitor_noted(v, OK);
	visitor_rendered(v, OK);
}
