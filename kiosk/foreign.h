/* Codes of something else: what they are, so that a guest is told what she is holding up. Pure; nothing
 * of the text is kept, logged or shown. */
#ifndef KIOSK_FOREIGN_H
#define KIOSK_FOREIGN_H

#include "base.h"

enum foreign {
	FOREIGN_OTHER,    /* none of those below */
	FOREIGN_WEB,      /* http:, https:, www. */
	FOREIGN_CONTACT,  /* vCard (RFC 6350), MECARD, BIZCARD */
	FOREIGN_BOARDING, /* bar coded boarding pass (IATA resolution 792) */
	FOREIGN_WIFI,     /* WIFI: (WPA3 specification, 7.1) */
	FOREIGN_CALENDAR, /* iCalendar (RFC 5545), as a kiosk itself hands out */
	FOREIGN_MESSAGE,  /* mailto:, tel:, sms: and what phones know beside them */
	FOREIGN_HEALTH,   /* EU Digital COVID Certificate, SMART Health Card */
	FOREIGN_PAYMENT,  /* EPC069-12 (SEPA), Swiss QR-bill, EMVCo, a coin's address */
	FOREIGN_NUMBER,   /* digits alone: luggage, parcels, goods, tickets */
	FOREIGNS
};

/* What text is. It may be a line of a longer one (a serial scanner ends a text at each), and its
 * control characters may be gone. Capitals and small letters are one. */
enum foreign foreign_kind(struct span text);

#endif
