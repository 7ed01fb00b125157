/* The camera's scenes, as messages. */
#include "eye_scenes.h"

static void foreign(struct visitor *v, enum foreign kind)
{
	visitor_scan(v, "hello");
	v->opening.answer = ANSWER_FOREIGN;
	v->opening.foreign = kind;
	visitor_opened(v);
}
/* Whoever shows it, all four languages are there at once. */
#define TO_FOREIGN(name, kind)                                                                     \
	static void name(struct visitor *v, enum language l)                                       \
	{                                                                                          \
		(void)l;                                                                           \
		foreign(v, kind);                                                                  \
	}
TO_FOREIGN(to_other, FOREIGN_OTHER)
TO_FOREIGN(to_web, FOREIGN_WEB)
TO_FOREIGN(to_contact, FOREIGN_CONTACT)
TO_FOREIGN(to_boarding, FOREIGN_BOARDING)
TO_FOREIGN(to_wifi, FOREIGN_WIFI)
TO_FOREIGN(to_calendar, FOREIGN_CALENDAR)
TO_FOREIGN(to_message, FOREIGN_MESSAGE)
TO_FOREIGN(to_payment, FOREIGN_PAYMENT)
TO_FOREIGN(to_number, FOREIGN_NUMBER)

const struct scene eye_scenes[EYE_SCENES] = {
	{"foreign-other", to_other, SCREEN_TROUBLE},
	{"foreign-web", to_web, SCREEN_TROUBLE},
	{"foreign-contact", to_contact, SCREEN_TROUBLE},
	{"foreign-boarding", to_boarding, SCREEN_TROUBLE},
	{"foreign-wifi", to_wifi, SCREEN_TROUBLE},
	{"foreign-calendar", to_calendar, SCREEN_TROUBLE},
	{"foreign-message", to_message, SCREEN_TROUBLE},
	{"foreign-payment", to_payment, SCREEN_TROUBLE},
	{"foreign-number", to_number, SCREEN_TROUBLE},
};
