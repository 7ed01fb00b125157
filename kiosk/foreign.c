/* Codes of something else, told by how they begin. */
#include "foreign.h"

static const struct {
	const char *begins;
	enum foreign kind;
} known[] = {
	{"http:", FOREIGN_WEB},
	{"https:", FOREIGN_WEB},
	{"www.", FOREIGN_WEB},
	{"urlto:", FOREIGN_WEB},
	{"begin:vcard", FOREIGN_CONTACT},
	{"end:vcard", FOREIGN_CONTACT},
	{"mecard:", FOREIGN_CONTACT},
	{"bizcard:", FOREIGN_CONTACT},
	{"wifi:", FOREIGN_WIFI},
	{"begin:vcalendar", FOREIGN_CALENDAR},
	{"end:vcalendar", FOREIGN_CALENDAR},
	{"begin:vevent", FOREIGN_CALENDAR},
	{"end:vevent", FOREIGN_CALENDAR},
	{"mailto:", FOREIGN_MESSAGE},
	{"matmsg:", FOREIGN_MESSAGE},
	{"smtp:", FOREIGN_MESSAGE},
	{"tel:", FOREIGN_MESSAGE},
	{"sms:", FOREIGN_MESSAGE},
	{"smsto:", FOREIGN_MESSAGE},
	{"mmsto:", FOREIGN_MESSAGE},
	{"hc1:", FOREIGN_HEALTH},
	{"shc:/", FOREIGN_HEALTH},
	{"bcd001", FOREIGN_PAYMENT},
	{"bcd002", FOREIGN_PAYMENT},
	{"spc0200", FOREIGN_PAYMENT},
	{"000201", FOREIGN_PAYMENT},
	{"bitcoin:", FOREIGN_PAYMENT},
	{"ethereum:", FOREIGN_PAYMENT},
};

static bool is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static uint8_t lower(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c | 0x20) : c;
}

static bool is_number(struct span text)
{
	size_t i = 0;

	while (i < text.n && is_digit(text.p[i]))
		i++;
	return text.n > 0 && i == text.n;
}

/* The mandatory items of one leg, 60 characters: M, legs, name (20), E or a space, record (7), from (3),
 * to (3), carrier (3), flight (5), day of the year (3) … */
static bool is_boarding_pass(struct span text)
{
	enum { LEG = 60, FROM = 30, CARRIER = 36, DAY = 44, CABIN = 47 };

	if (text.n < LEG || lower(text.p[0]) != 'm' || text.p[1] < '1' || text.p[1] > '4')
		return false;
	for (size_t i = FROM; i < CARRIER; i++)
		if (lower(text.p[i]) < 'a' || lower(text.p[i]) > 'z')
			return false;
	for (size_t i = DAY; i < CABIN; i++)
		if (!is_digit(text.p[i]))
			return false;
	return true;
}

/* Lines may or may not have kept their ends. */
static bool begins(struct span text, const char *with)
{
	for (size_t i = 0; *with && i < text.n; i++) {
		if (text.p[i] == '\r' || text.p[i] == '\n')
			continue;
		if (lower(text.p[i]) != (uint8_t)*with)
			return false;
		with++;
	}
	return *with == '\0';
}

enum foreign foreign_kind(struct span text)
{
	if (is_number(text))
		return FOREIGN_NUMBER;
	for (size_t i = 0; i < COUNT(known); i++)
		if (begins(text, known[i].begins))
			return known[i].kind;
	return is_boarding_pass(text) ? FOREIGN_BOARDING : FOREIGN_OTHER;
}
