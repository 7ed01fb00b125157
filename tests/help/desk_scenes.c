/* The desk, brought about by messages. */
#include "desk_scenes.h"

#include <string.h>

const struct style desk_styles[DESK_STYLES] = {
	{"normal", 0, false, false},
	{"large", 1, false, true},
	{"contrast", 0, true, false},
};

static struct staff_answer a;

void at_desk_start(struct visitor *v, enum language l, uint16_t width, uint16_t height)
{
	struct look look = {.language = l, .width = width, .height = height};

	visitor_start(v, width, height);
	app_start(&v->m, look, MODE_DESK);
	visitor_tell(v, (struct msg){.kind = MSG_LOOK, .look = look});
	visitor_tell(v, (struct msg){.kind = MSG_ROSTER, .programme = &v->programme});
	visitor_printer(v, FAULT_NONE);
	visitor_guest(&v->guest, LANGUAGE_FR);
	v->guest.shown = 0;
}

void at_desk_answer(struct visitor *v, const struct staff_answer *answer)
{
	struct staff_answer said = *answer;

	said.visit = v->m.visit;
	visitor_tell(
		v, (struct msg){.kind = MSG_STAFF,
			   .staff = &said,
			   .guest = said.word == STAFF_WORD_OPENED && said.result == OK ? &v->guest
											: NULL});
}

void at_desk_type(struct visitor *v, const char *text)
{
	visitor_tell(v, (struct msg){.kind = MSG_TYPE, .code = text, .code_n = strlen(text)});
}

static struct staff_answer *fresh(enum staff_word word)
{
	memset(&a, 0, sizeof(a));
	a.word = word;
	return &a;
}

static void show_card(struct visitor *v)
{
	visitor_scan(v, "ZQM1");
	v->opening = (struct opening){.answer = ANSWER_CARD};
	visitor_opened(v);
	v->opening = (struct opening){.answer = ANSWER_GUEST, .guest = &v->guest};
}

void at_desk_card(struct visitor *v)
{
	show_card(v);
	fresh(STAFF_WORD_CARD)->tries = 5;
	at_desk_answer(v, &a);
}

void at_desk_unlock(struct visitor *v, uint16_t rights)
{
	at_desk_card(v);
	at_desk_type(v, "12345678");
	visitor_tap(v, "pin-enter");
	fresh(STAFF_WORD_PIN)->rights = rights;
	a.people = DESK_PEOPLE;
	at_desk_answer(v, &a);
}

static void row(struct staff_row *r, const char *name, const char *organisation)
{
	strcpy(r->name, name);
	strcpy(r->organisation, organisation);
	memset(r->person, name[0], sizeof(r->person));
}

void at_desk_found(struct visitor *v)
{
	fresh(STAFF_WORD_FOUND);
	a.people = DESK_PEOPLE;
	a.total = 57;
	a.row_n = 6;
	row(&a.rows[0], "Anne Peeters", "Acme Aerospace NV");
	row(&a.rows[1], "Wenceslas Peeters-d'Udekem", "Fédération des entreprises de Wallonie");
	row(&a.rows[2], "Marie-Antoinette-Philippine-Wilhelmina Van den Broeck-Van de Velde",
		"Koninklijke Vereniging voor Wetenschappelijk Onderzoek en Ontwikkeling");
	row(&a.rows[3], "Jürgen Petersen", "Hafen Ostende");
	row(&a.rows[4], "Peter Ó Súilleabháin", "Trinity");
	row(&a.rows[5], "Petra Novák", "Ministry");
	a.rows[0].arrived = true;
	a.rows[0].badge = BADGE_PRINTED;
	a.rows[1].role = ROLE_VIP;
	a.rows[1].is_protected = true;
	a.rows[2].badge = BADGE_UNCERTAIN;
	a.rows[3].badge = BADGE_REVOKED;
	a.rows[3].issue = 2;
	a.rows[4].role = ROLE_OFFICIAL;
	a.rows[5].badge = BADGE_ISSUED;
	a.rows[5].issue = 3;
	at_desk_answer(v, &a);
}

struct staff_answer *at_desk_page(struct visitor *v)
{
	struct staff_facts *f = &fresh(STAFF_WORD_OPENED)->facts;

	row(&a.rows[0], "Anne Peeters", "Acme Aerospace NV");
	memcpy(a.rows[0].person, v->guest.handle, EVENT_PERSON);
	a.rows[0].badge = BADGE_PRINTED;
	a.rows[0].issue = 1;
	f->arrived = true;
	f->arrivals = 2;
	f->arrival[0].at = VISITOR_NOW - 3000;
	f->arrival[1].at = VISITOR_NOW - 600;
	strcpy(f->arrival[0].where.board, "Lobby, left");
	f->arrival[0].where.named = f->arrival[1].where.here = true;
	f->badges = 1;
	f->badge[0] =
		(struct staff_badge_row){1, BADGE_PRINTED, VISITOR_NOW - 2900, {.board = "3fa2"}};
	f->newest_issue = 1;
	f->next_issue = 2;
	f->replaces = f->may_draw = true;
	return &a;
}

static struct text keep(struct guest *g, const char *s)
{
	struct text t = {g->text_n, (uint32_t)strlen(s)};

	memcpy(g->text + t.at, s, t.n);
	g->text_n += t.n;
	return t;
}

struct staff_answer *at_desk_late(struct visitor *v, bool named)
{
	struct staff_answer *p = at_desk_page(v);
	struct guest *g = &v->guest;

	*g = (struct guest){.known = true, .shown = TOKEN_LATE, .issue = 1, .badge_issue = 1};
	g->role = ROLE_PRESS;
	g->language = LANGUAGE_NL;
	memset(g->handle, 'z', sizeof(g->handle));
	memcpy(p->rows[0].person, g->handle, sizeof(g->handle));
	p->facts.late = p->facts.by_code = true;
	p->facts.arrivals = 1;
	p->facts.arrival[0].where.here = p->facts.badge[0].where.here = true;
	p->facts.may_draw = named;
	if (!named)
		return p;
	g->name = keep(g, "Zoë Coëlho");
	g->organisation = keep(g, "Chambre de commerce de Wallonie.");
	memset(p->code, '7', LATE_TEXT - 1);
	memcpy(p->code, "ZQM1", 4);
	return p;
}

void at_desk_person(struct visitor *v, uint16_t rights)
{
	at_desk_unlock(v, rights);
	at_desk_type(v, "pee");
	at_desk_found(v);
	visitor_tap(v, "row-0");
	at_desk_answer(v, at_desk_page(v));
}

static void to_locked(struct visitor *v, enum language l)
{
	at_desk_start(v, l, v->m.look.width, v->m.look.height);
}
static void to_online(struct visitor *v, enum language l)
{
	to_locked(v, l);
	visitor_network(v, visitor_offline(12, 95));
	visitor_printer(v, FAULT_PAPER_OUT);
}
static void to_guest(struct visitor *v, enum language l)
{
	to_locked(v, l);
	visitor_scan(v, "ZQM1");
	visitor_opened(v);
}
static void bad_card(struct visitor *v, enum language l, enum err why)
{
	to_locked(v, l);
	show_card(v);
	fresh(STAFF_WORD_CARD)->result = why;
	at_desk_answer(v, &a);
}
static void to_elsewhere(struct visitor *v, enum language l)
{
	bad_card(v, l, ERR_DENIED);
}
static void to_failed(struct visitor *v, enum language l)
{
	bad_card(v, l, ERR_IO);
}
static void to_pin(struct visitor *v, enum language l)
{
	to_locked(v, l);
	at_desk_card(v);
	at_desk_type(v, "123");
}
static void to_wrong(struct visitor *v, enum language l)
{
	to_locked(v, l);
	at_desk_card(v);
	at_desk_type(v, "12345678");
	visitor_tap(v, "pin-enter");
	fresh(STAFF_WORD_PIN)->result = ERR_DENIED;
	a.tries = 3;
	at_desk_answer(v, &a);
}
static void to_wait(struct visitor *v, enum language l)
{
	to_wrong(v, l);
	at_desk_type(v, "12345678");
	visitor_tap(v, "pin-enter");
	fresh(STAFF_WORD_PIN)->result = ERR_DENIED;
	a.wait_ms = 14 * 60000 + 5000;
	at_desk_answer(v, &a);
}
static void to_checking(struct visitor *v, enum language l)
{
	to_locked(v, l);
	at_desk_card(v);
	at_desk_type(v, "12345678");
	visitor_tap(v, "pin-enter");
}
static void to_desk(struct visitor *v, enum language l)
{
	to_locked(v, l);
	visitor_network(v, visitor_offline(12, 95));
	at_desk_unlock(v, DESK_ALL);
}
static void to_found(struct visitor *v, enum language l)
{
	to_desk(v, l);
	at_desk_type(v, "pee");
	at_desk_found(v);
}
static void to_touch(struct visitor *v, enum language l)
{
	to_found(v, l);
	visitor_tap(v, "query");
}
static void to_none(struct visitor *v, enum language l)
{
	to_desk(v, l);
	at_desk_type(v, "zzz");
	fresh(STAFF_WORD_FOUND)->people = DESK_PEOPLE;
	at_desk_answer(v, &a);
}
static void to_back(struct visitor *v, enum language l)
{
	to_locked(v, l);
	at_desk_person(v, DESK_ALL);
	visitor_tap(v, "back");
	at_desk_found(v);
}
static void to_misread(struct visitor *v, enum language l)
{
	to_found(v, l);
	visitor_scan(v, "https://example.org");
	v->opening = (struct opening){.answer = ANSWER_FOREIGN, .foreign = FOREIGN_WEB};
	visitor_opened(v);
}
static void to_unsaved(struct visitor *v, enum language l)
{
	to_found(v, l);
	visitor_tap(v, "row-0");
	fresh(STAFF_WORD_OPENED)->result = ERR_FULL;
	at_desk_answer(v, &a);
}
static void to_denied(struct visitor *v, enum language l)
{
	to_found(v, l);
	visitor_tap(v, "row-1");
	fresh(STAFF_WORD_OPENED)->result = ERR_DENIED;
	at_desk_answer(v, &a);
}
static void arrive(struct visitor *v)
{
	fresh(STAFF_WORD_ARRIVED)->row_n = 1;
	row(&a.rows[0], "Wenceslas Peeters-d'Udekem", "Federal Government");
	a.rows[0].arrived_at = VISITOR_NOW;
	at_desk_answer(v, &a);
}
static void to_banner(struct visitor *v, enum language l)
{
	to_found(v, l);
	arrive(v);
}
static void to_person(struct visitor *v, enum language l)
{
	to_locked(v, l);
	at_desk_person(v, DESK_ALL);
}
static void to_person_banner(struct visitor *v, enum language l)
{
	to_person(v, l);
	arrive(v);
}
static void to_long(struct visitor *v, enum language l)
{
	to_locked(v, l);
	visitor_long(&v->guest, LANGUAGE_DE);
	at_desk_person(v, RIGHT_CORRECT);
}
static void show_late(struct visitor *v, enum language l, bool named)
{
	static const char code[] = "ZQM1LATE";

	to_locked(v, l);
	at_desk_unlock(v, DESK_ALL);
	at_desk_late(v, named);
	v->opening.late = span_of(code);
	visitor_scan(v, code);
	visitor_opened(v);
	at_desk_answer(v, &a);
}
static void to_late(struct visitor *v, enum language l)
{
	show_late(v, l, true);
}
static void to_late_badge(struct visitor *v, enum language l)
{
	show_late(v, l, false);
}
static void to_revoking(struct visitor *v, enum language l)
{
	to_person(v, l);
	visitor_tap(v, "revoke");
}
static void to_refused(struct visitor *v, enum language l)
{
	to_revoking(v, l);
	visitor_tap(v, "yes");
	fresh(STAFF_WORD_DONE)->result = ERR_DENIED;
	a.kind = EVENT_REVOKED;
	at_desk_answer(v, &a);
}
static void to_new(struct visitor *v, enum language l)
{
	to_locked(v, l);
	at_desk_unlock(v, DESK_ALL);
	at_desk_type(v, "pee");
	at_desk_found(v);
	visitor_tap(v, "row-0");
	v->guest.entry_count = 0;
	at_desk_page(v);
	memset(&a.facts, 0, sizeof(a.facts));
	a.facts.next_issue = 1;
	a.facts.may_draw = true;
	a.rows[0].badge = BADGE_NONE;
	at_desk_answer(v, &a);
}
static void to_badge(struct visitor *v, enum language l)
{
	to_person(v, l);
	visitor_tap(v, "badge");
	fresh(STAFF_WORD_DRAWN)->issue = 2;
	at_desk_answer(v, &a);
	visitor_rendered(v, OK);
}
static void to_printing(struct visitor *v, enum language l)
{
	to_badge(v, l);
	visitor_tap(v, "lost");
	fresh(STAFF_WORD_DONE)->kind = EVENT_BADGE_ISSUED;
	a.issue = 2;
	at_desk_answer(v, &a);
	visitor_job(v, PRINT_BADGE, JOB_WAITING, FAULT_PAPER_OUT);
}
static void to_no_issue(struct visitor *v, enum language l)
{
	to_person(v, l);
	visitor_tap(v, "badge");
	fresh(STAFF_WORD_DRAWN)->result = ERR_ABSENT;
	at_desk_answer(v, &a);
}
static void to_today(struct visitor *v, enum language l)
{
	static const uint16_t kinds[] = {EVENT_BADGE_PRINTED, EVENT_BADGE_ISSUED,
		EVENT_CORRECTION_ASKED, EVENT_STAFF_UNLOCKED, EVENT_STAFF_REFUSED, EVENT_REVOKED,
		EVENT_ARRIVED, EVENT_LOOKED_UP};

	to_desk(v, l);
	visitor_tap(v, "today");
	fresh(STAFF_WORD_TODAY)->deed_n = COUNT(kinds);
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct staff_deed *d = &a.deeds[i];
		*d = (struct staff_deed){.kind = kinds[i], .at = VISITOR_NOW - (int64_t)i * 17000};
		d->id.epoch = 1;
		d->id.seq = i + 1;
		d->named = kinds[i] != EVENT_STAFF_UNLOCKED && kinds[i] != EVENT_STAFF_REFUSED;
		d->may_undo = kinds[i] == EVENT_REVOKED || kinds[i] == EVENT_CORRECTION_ASKED;
		d->undone = kinds[i] == EVENT_ARRIVED;
		d->reason = kinds[i] == EVENT_BADGE_ISSUED ? ISSUE_CORRECTED : ISSUE_OTHER;
		if (d->named)
			strcpy(d->name, i == 1 ? "Marie-Antoinette-Philippine-Wilhelmina Van den "
						 "Broeck-Van de Velde"
					       : "Anne Peeters");
	}
	at_desk_answer(v, &a);
}
static void to_undo(struct visitor *v, enum language l)
{
	to_today(v, l);
	visitor_tap(v, "undo-2");
}
static void to_asking(struct visitor *v, enum language l)
{
	to_person(v, l);
	visitor_wait(v, 101);
}

static void to_unknown_card(struct visitor *v, enum language l)
{
	bad_card(v, l, ERR_ABSENT);
}
static void to_ended_card(struct visitor *v, enum language l)
{
	bad_card(v, l, ERR_EXPIRED);
}
static void to_misread_card(struct visitor *v, enum language l)
{
	bad_card(v, l, ERR_FORMAT);
}
static void to_reading(struct visitor *v, enum language l)
{
	to_locked(v, l);
	show_card(v);
}
/* As many as an event of ten thousand has, and as many rows as are ever handed over. */
static void to_many(struct visitor *v, enum language l)
{
	to_desk(v, l);
	at_desk_type(v, "ma");
	fresh(STAFF_WORD_FOUND)->people = 10000;
	a.total = 1204;
	a.row_n = STAFF_ROWS;
	for (size_t i = 0; i < STAFF_ROWS; i++)
		row(&a.rows[i], i % 3 ? "Maarten Janssens" : "Marie-Louise de Brouckère",
			"Association belge des constructeurs de machines agricoles");
	at_desk_answer(v, &a);
}
/* Every badge that the list holds is printed; a correction waits; she came again and again. */
static void to_spent(struct visitor *v, enum language l)
{
	to_locked(v, l);
	at_desk_unlock(v, DESK_ALL);
	at_desk_type(v, "pee");
	at_desk_found(v);
	visitor_tap(v, "row-0");
	struct staff_facts *f = &at_desk_page(v)->facts;
	f->arrivals = STAFF_ARRIVALS + 3;
	for (size_t i = 0; i < STAFF_ARRIVALS; i++)
		f->arrival[i].at = VISITOR_NOW - 90000 + (int64_t)i * 20000;
	f->badges = 3;
	for (uint32_t i = 0; i < 3; i++)
		f->badge[i] = (struct staff_badge_row){i + 1, BADGE_PRINTED,
			VISITOR_NOW - 2900 + 600 * i, {.here = i > 0, .board = "3fa2"}};
	f->newest_issue = 3;
	f->corrections = 1;
	f->next_issue = 4;
	f->may_draw = false;
	at_desk_answer(v, &a);
}
static const char *const notes[LANGUAGES] = {
	[LANGUAGE_DE] = "Rollstuhl: das niedrige Bild anbieten",
	[LANGUAGE_EN] = "Wheelchair user: offer the low layout",
	[LANGUAGE_FR] = "En fauteuil roulant : proposer l'écran bas",
	[LANGUAGE_NL] = "In een rolstoel: bied het lage scherm aan"};

static void to_note(struct visitor *v, enum language l)
{
	to_person(v, l);
	strcpy(at_desk_page(v)->note, notes[l]);
	at_desk_answer(v, &a);
}
/* As long as people.csv takes it, beside as much else as there may be. */
static void to_long_note(struct visitor *v, enum language l)
{
	static const char words[] =
		"Arrives with two interpreters and a service dog, by the east gate. The badge goes "
		"to the adjutant, who signs for it; the envelope with the seating plan lies under "
		"the counter, left.\nDo not print before 14:00: the name is being spelt anew.";
	_Static_assert(sizeof(words) - 1 == 238, "as long as it may be");

	to_spent(v, l);
	memcpy(a.note, words, sizeof(words));
	at_desk_answer(v, &a);
}
static void to_void_code(struct visitor *v, enum language l)
{
	to_person(v, l);
	v->m.desk.void_code = true;
	v->m.printer_there = false;
}
static void to_printed(struct visitor *v, enum language l)
{
	to_badge(v, l);
	visitor_tap(v, "lost");
	fresh(STAFF_WORD_DONE)->kind = EVENT_BADGE_ISSUED;
	a.issue = 2;
	at_desk_answer(v, &a);
	visitor_job(v, PRINT_BADGE, JOB_CONFIRMED, FAULT_NONE);
	at_desk_answer(v, at_desk_page(v));
}
static void to_nothing_today(struct visitor *v, enum language l)
{
	to_desk(v, l);
	visitor_tap(v, "today");
	fresh(STAFF_WORD_TODAY);
	at_desk_answer(v, &a);
}
static void to_undo_refused(struct visitor *v, enum language l)
{
	to_undo(v, l);
	visitor_tap(v, "yes");
	fresh(STAFF_WORD_DONE)->result = ERR_DENIED;
	a.kind = EVENT_UNDO;
	at_desk_answer(v, &a);
}

const struct scene desk_scenes[DESK_SCENES] = {
	{"staff", to_locked, SCREEN_STAFF},
	{"staff-signs", to_online, SCREEN_STAFF},
	{"staff-guest", to_guest, SCREEN_STAFF},
	{"staff-elsewhere", to_elsewhere, SCREEN_STAFF},
	{"staff-failed", to_failed, SCREEN_STAFF},
	{"staff-pin", to_pin, SCREEN_STAFF},
	{"staff-wrong", to_wrong, SCREEN_STAFF},
	{"staff-wait", to_wait, SCREEN_STAFF},
	{"staff-checking", to_checking, SCREEN_STAFF},
	{"desk", to_desk, SCREEN_DESK},
	{"desk-found", to_found, SCREEN_DESK},
	{"desk-touch", to_touch, SCREEN_DESK},
	{"desk-none", to_none, SCREEN_DESK},
	{"desk-denied", to_denied, SCREEN_DESK},
	{"desk-misread", to_misread, SCREEN_DESK},
	{"desk-back", to_back, SCREEN_DESK},
	{"desk-unsaved", to_unsaved, SCREEN_DESK},
	{"desk-banner", to_banner, SCREEN_DESK},
	{"desk-person", to_person, SCREEN_PERSON},
	{"desk-person-note", to_note, SCREEN_PERSON},
	{"desk-person-note-long", to_long_note, SCREEN_PERSON},
	{"desk-person-banner", to_person_banner, SCREEN_PERSON},
	{"desk-person-long", to_long, SCREEN_PERSON},
	{"desk-person-late", to_late, SCREEN_PERSON},
	{"desk-person-unnamed", to_late_badge, SCREEN_PERSON},
	{"desk-person-revoke", to_revoking, SCREEN_PERSON},
	{"desk-person-refused", to_refused, SCREEN_PERSON},
	{"desk-person-new", to_new, SCREEN_PERSON},
	{"desk-badge", to_badge, SCREEN_BADGE},
	{"desk-badge-held", to_printing, SCREEN_BADGE},
	{"desk-badge-none", to_no_issue, SCREEN_BADGE},
	{"desk-today", to_today, SCREEN_TODAY},
	{"desk-undo", to_undo, SCREEN_TODAY},
	{"desk-asking", to_asking, SCREEN_PERSON},
	{"staff-unknown", to_unknown_card, SCREEN_STAFF},
	{"staff-ended", to_ended_card, SCREEN_STAFF},
	{"staff-misread", to_misread_card, SCREEN_STAFF},
	{"staff-reading", to_reading, SCREEN_STAFF},
	{"desk-many", to_many, SCREEN_DESK},
	{"desk-person-spent", to_spent, SCREEN_PERSON},
	{"desk-person-void", to_void_code, SCREEN_PERSON},
	{"desk-person-printed", to_printed, SCREEN_PERSON},
	{"desk-today-none", to_nothing_today, SCREEN_TODAY},
	{"desk-undo-refused", to_undo_refused, SCREEN_TODAY},
};
