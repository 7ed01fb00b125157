/* A board in door mode being driven. */
#include "steward.h"

#include <string.h>

static struct gate_list list;
static struct gate_verdict verdict;
static struct gate_missing names;

static struct text keep(uint8_t *p, uint32_t *n, const char *s)
{
	struct text t = {*n, (uint32_t)strlen(s)};

	memcpy(p + t.at, s, t.n);
	*n += t.n;
	return t;
}

static void add(struct gate_list *l, struct gate_activity a, const char *const title[LANGUAGES],
	const char *place)
{
	a.number = (uint16_t)(7 + l->n);
	a.offset = VISITOR_OFFSET;
	for (int i = 0; i < LANGUAGES; i++)
		a.title.in[i] = keep(l->text, &l->text_n, title[i]);
	a.place = keep(l->text, &l->text_n, place);
	a.room = keep(l->text, &l->text_n, "Room 204");
	l->at[l->n++] = a;
}

void steward_day(struct gate_list *l)
{
	static const char *const titles[][LANGUAGES] = {
		{"Künstliche Intelligenz in der Fabrik",
			"Artificial intelligence on the factory floor",
			"L’intelligence artificielle dans l’usine",
			"Kunstmatige intelligentie in de fabriek"},
		{"Empfang des Generalkonsuls", "Reception of the consul general",
			"Réception du consul général", "Receptie van de consul-generaal"},
		{"Besuch des Hafens", "Visit to the port", "Visite du port", "Bezoek aan de haven"},
	};

	memset(l, 0, sizeof(*l));
	add(l,
		(struct gate_activity){.access = ACCESS_BOOKED,
			.here = true,
			.start = VISITOR_NOW - 600,
			.end = VISITOR_NOW + 4800,
			.capacity = 60,
			.booked = 42},
		titles[0], "Bayside Conference Center");
	add(l,
		(struct gate_activity){.access = ACCESS_OPEN,
			.here = true,
			.start = VISITOR_NOW + 36000,
			.end = VISITOR_NOW + 43200},
		titles[1], "Bayside Conference Center");
	add(l,
		(struct gate_activity){.access = ACCESS_INVITED,
			.start = VISITOR_NOW + 3600,
			.end = VISITOR_NOW + 9000,
			.capacity = 40},
		titles[2], "Pier 35");
}

void steward_days(struct visitor *v, uint32_t n)
{
	static const char *const titles[LANGUAGES] = {
		"Arbeitsfrühstück zur Finanzierung klinischer Studien auf beiden Seiten des "
		"Atlantiks",
		"Working breakfast: financing clinical trials on both sides of the Atlantic",
		"Petit-déjeuner de travail : financer les essais cliniques des deux côtés de "
		"l’Atlantique",
		"Werkontbijt: klinische proeven financieren aan beide zijden van de oceaan"};

	steward_day(&list);
	for (uint32_t i = list.n; i < n; i++)
		add(&list,
			(struct gate_activity){.access = ACCESS_BOOKED,
				.here = i % 2,
				.start = VISITOR_NOW + 7200,
				.end = VISITOR_NOW + 10800},
			titles, "Bayside Conference Center");
	list.n = n;
	visitor_tell(v, (struct msg){.kind = MSG_GATE, .gate_list = &list});
}

void steward_start(struct visitor *v)
{
	visitor_start(v, 1280, 800);
	v->m.mode = MODE_DOOR;
	v->m.screen = SCREEN_DOOR;
}

static void tell_staff(struct visitor *v, struct staff_answer a)
{
	static struct staff_answer answer;

	answer = a;
	answer.visit = v->m.visit;
	visitor_tell(v, (struct msg){.kind = MSG_STAFF, .staff = &answer});
}

void steward_unlock(struct visitor *v)
{
	v->m.desk.lock = LOCK_CHECKING;
	tell_staff(v, (struct staff_answer){.word = STAFF_WORD_PIN, .rights = RIGHT_DOOR});
	steward_day(&list);
	if (v->todo.staff.verb == STAFF_DAY)
		visitor_tell(v, (struct msg){.kind = MSG_GATE, .gate_list = &list});
}

void steward_open(struct visitor *v, uint32_t inside, uint32_t missing)
{
	struct gate_counts counts = {inside, inside, true, missing};

	steward_unlock(v);
	visitor_tap(v, "choose-0");
	tell_staff(v, (struct staff_answer){.word = STAFF_WORD_LOCKED});
	visitor_tell(v, (struct msg){.kind = MSG_GATE, .gate_counts = &counts});
}

void steward_judge(
	struct visitor *v, enum door_light light, enum door_reason reason, enum language l)
{
	memset(&verdict, 0, sizeof(verdict));
	verdict.light = light;
	verdict.reason = reason;
	verdict.known = reason != DOOR_UNKNOWN;
	verdict.inside = reason == DOOR_INSIDE;
	verdict.language = l;
	verdict.issue = 1;
	verdict.is_protected = reason == DOOR_PROTOCOL;
	verdict.counts = v->m.gate.counts;
	memcpy(verdict.handle, "\x11\x22\x33\x44\x55\x66\x77\x88", sizeof(verdict.handle));
	if (light != DOOR_RED && reason != DOOR_PROTOCOL && reason != DOOR_LATE) {
		memcpy(verdict.name, "Anne Peeters", 13);
		memcpy(verdict.organisation, "Verhaegen & Fils SA", 20);
	}
	visitor_scan(v, "ZQM1");
	v->opening = (struct opening){.answer = ANSWER_DOOR, .verdict = &verdict};
	visitor_tell(
		v, (struct msg){.kind = MSG_OPENED, .visit = v->m.visit, .opening = &v->opening});
}

void steward_noted(struct visitor *v, enum err result)
{
	uint16_t kind = v->todo.note_count > 0 ? v->todo.notes[0].kind : 0;

	visitor_tell(
		v, (struct msg){
			   .kind = MSG_NOTED, .visit = v->m.visit, .note = kind, .result = result});
}

void steward_signed(struct visitor *v, enum err result)
{
	tell_staff(v, (struct staff_answer){
			      .word = STAFF_WORD_DONE, .kind = EVENT_OVERRIDE, .result = result});
}

void steward_unnamed(struct visitor *v)
{
	tell_staff(v, (struct staff_answer){.word = STAFF_WORD_MISSING, .result = ERR_FULL});
}

void steward_missing(struct visitor *v, uint32_t n)
{
	static const char *const given[] = {
		"Marie-Antoinette-Philippine-Wilhelmina", "Anne", "Jürgen", "Élodie", "Guadalupe"};
	static const char *const family[] = {"Van den Broeck-Van de Velde-d'Udekem", "Peeters",
		"Müller", "Lefèvre", "Ferreira-Østergård"};

	memset(&names, 0, sizeof(names));
	for (uint32_t i = 0; i < n; i++) {
		struct text t = keep(names.text, &names.text_n, given[i % 5]);
		t.n += keep(names.text, &names.text_n, " ").n;
		t.n += keep(names.text, &names.text_n, family[i % 5]).n;
		names.at[i].name = t;
		names.at[i].organisation = keep(names.text, &names.text_n, "Verhaegen & Fils SA");
	}
	names.n = n;
	visitor_tell(v, (struct msg){.kind = MSG_GATE, .gate_missing = &names});
}
