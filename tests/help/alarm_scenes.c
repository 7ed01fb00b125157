/* An emergency on every kind of screen, and the desk that says it. */
#include "alarm_scenes.h"

#include <string.h>

#include "desk_scenes.h"

const char alarm_four[] = "de\tBitte gehen Sie zum Brunnen\n"
			  "en\tPlease walk to the fountain\n"
			  "fr\tRejoignez vite la fontaine\n"
			  "nl\tGa nu rustig naar de fontein";
const char alarm_one[] = "Leave by the north door. Assemble at the fountain.";
static const char long_one[] =
	"The fire brigade has closed the whole of the exhibition floor and the underground car "
	"park; please walk to the fountain in front of the hotel and wait there.";
static const char long_four[] =
	"de\tDie Feuerwehr hat das Erdgeschoss gesperrt. Gehen Sie bitte ruhig zum Brunnen vor dem "
	"Haus, ohne Aufzug.\n"
	"en\tThe fire brigade has closed the ground floor. Please walk calmly to the fountain; do "
	"not take the lift.\n"
	"fr\tLes pompiers ont fermé le rez-de-chaussée. Rejoignez calmement la fontaine, sans "
	"prendre l’ascenseur\n"
	"nl\tDe brandweer sluit het gelijkvloers af. Ga rustig naar de fontein voor het gebouw, "
	"neem de lift niet";
static const char newer[] = "\x01"
			    "2nd edition: video";

void alarm_tell(struct visitor *v, const char *said)
{
	struct alarm a = {.on = *said != '\0', .since = VISITOR_NOW - 240, .n = strlen(said)};

	memcpy(a.said, said, a.n);
	visitor_tell(v, (struct msg){.kind = MSG_ALARM, .alarm = &a});
}

static void to_one(struct visitor *v, enum language l)
{
	(void)l;
	alarm_tell(v, alarm_one);
}
static void to_word(struct visitor *v, enum language l)
{
	(void)l;
	alarm_tell(v, "OUT!");
}
static void to_long_one(struct visitor *v, enum language l)
{
	(void)l;
	alarm_tell(v, long_one);
}
static void to_two(struct visitor *v, enum language l)
{
	(void)l;
	alarm_tell(v, "fr\tQuittez le bâtiment par la porte nord\nnl\tVerlaat het gebouw langs het "
		      "noorden");
}
static void to_three(struct visitor *v, enum language l)
{
	(void)l;
	alarm_tell(v, "de\tBitte zum Brunnen\nen\tTo the fountain\nfr\tÀ la fontaine");
}
static void to_four(struct visitor *v, enum language l)
{
	(void)l;
	alarm_tell(v, alarm_four);
}
static void to_long_four(struct visitor *v, enum language l)
{
	(void)l;
	alarm_tell(v, long_four);
}
static void to_newer(struct visitor *v, enum language l)
{
	(void)l;
	alarm_tell(v, newer);
}
static void to_agenda(struct visitor *v, enum language l)
{
	alarm_tell(v, alarm_four);
	visitor_greeted(v, l);
}

static void to_desk(struct visitor *v, enum language l)
{
	at_desk_start(v, l, v->m.look.width, v->m.look.height);
	visitor_network(v, visitor_online());
	at_desk_unlock(v, DESK_ALL);
}
static void to_form(struct visitor *v, enum language l)
{
	to_desk(v, l);
	visitor_tap(v, "emergency");
}
static void to_cable(struct visitor *v, enum language l)
{
	to_form(v, l);
	visitor_tap(v, "key-done");
}
static void to_typed(struct visitor *v, enum language l)
{
	to_cable(v, l);
	visitor_tell(v, (struct msg){.kind = MSG_FOCUS, .name = "text-fr"});
	at_desk_type(v, "Quittez le bâtiment par la porte nord");
	visitor_tell(v, (struct msg){.kind = MSG_FOCUS, .name = "text-nl"});
	at_desk_type(v, "Verlaat het gebouw langs het noorden");
}
static void to_saying(struct visitor *v, enum language l)
{
	to_typed(v, l);
	visitor_tap(v, "show");
}
static void to_refused(struct visitor *v, enum language l)
{
	struct staff_answer a = {
		.word = STAFF_WORD_DONE, .result = ERR_FULL, .kind = EVENT_EMERGENCY};

	to_saying(v, l);
	visitor_tap(v, "yes");
	at_desk_answer(v, &a);
}
static void to_holding(struct visitor *v, enum language l)
{
	to_desk(v, l);
	alarm_tell(v, alarm_four);
	visitor_tap(v, "emergency");
}
static void to_ending(struct visitor *v, enum language l)
{
	to_holding(v, l);
	visitor_tap(v, "end");
}
static void to_found(struct visitor *v, enum language l)
{
	to_desk(v, l);
	alarm_tell(v, long_one);
	at_desk_type(v, "pee");
	at_desk_found(v);
}

const struct scene alarm_scenes[ALARM_SCENES] = {
	{"emergency-one", to_one, SCREEN_EMERGENCY},
	{"emergency-word", to_word, SCREEN_EMERGENCY},
	{"emergency-long", to_long_one, SCREEN_EMERGENCY},
	{"emergency-two", to_two, SCREEN_EMERGENCY},
	{"emergency-three", to_three, SCREEN_EMERGENCY},
	{"emergency-four", to_four, SCREEN_EMERGENCY},
	{"emergency-four-long", to_long_four, SCREEN_EMERGENCY},
	{"emergency-newer", to_newer, SCREEN_EMERGENCY},
	{"agenda-emergency", to_agenda, SCREEN_AGENDA},
	{"desk-emergency-touch", to_form, SCREEN_ALARM},
	{"desk-emergency", to_cable, SCREEN_ALARM},
	{"desk-emergency-typed", to_typed, SCREEN_ALARM},
	{"desk-emergency-asked", to_saying, SCREEN_ALARM},
	{"desk-emergency-refused", to_refused, SCREEN_ALARM},
	{"desk-emergency-holds", to_holding, SCREEN_ALARM},
	{"desk-emergency-ending", to_ending, SCREEN_ALARM},
	{"desk-found-emergency", to_found, SCREEN_DESK},
};
