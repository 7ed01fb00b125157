/* One guest, opened: what a record of the roster says to whoever holds her code.
 *
 * A visit is a value with its own memory; every span in it points into that memory or into the
 * roster's public texts, so it dies with either. It must be zero before its first use. It holds a name:
 * keep it in seal_secret_memory (which is zeroed) and wipe it with visit_wipe as soon as the guest is
 * gone. Text is UTF-8, checked. */
#ifndef FIRMWARE_VISIT_H
#define FIRMWARE_VISIT_H

#include "base.h"
#include "token.h"

enum language { LANGUAGE_DE, LANGUAGE_EN, LANGUAGE_FR, LANGUAGE_NL, LANGUAGES };
extern const char *const language_codes[LANGUAGES]; /* "de", "en", "fr", "nl" */

enum role {
	ROLE_DELEGATE,
	ROLE_VIP,
	ROLE_OFFICIAL,
	ROLE_SPEAKER,
	ROLE_PRESS,
	ROLE_STAFF,
	ROLE_SECURITY,
	ROLE_PARTNER,
	ROLES
};
extern const char *const role_codes[ROLES];

enum activity_kind {
	ACTIVITY_SEMINAR,
	ACTIVITY_VISIT,
	ACTIVITY_B2B,
	ACTIVITY_SIGNING,
	ACTIVITY_RECEPTION,
	ACTIVITY_OFFICIAL,
	ACTIVITY_TRANSFER,
	ACTIVITY_OTHER,
	ACTIVITY_KINDS
};
extern const char *const activity_kind_codes[ACTIVITY_KINDS];

enum access { ACCESS_OPEN, ACCESS_BOOKED, ACCESS_INVITED, ACCESSES };
extern const char *const access_codes[ACCESSES];

enum booking_status { BOOKING_CONFIRMED, BOOKING_WAITING, BOOKING_CANCELLED, BOOKING_STATUSES };
extern const char *const booking_status_codes[BOOKING_STATUSES];

/* The number of code in codes, or -1. */
int code_index(const char *const *codes, int n, struct span code);

/* One text in up to four languages; a missing one is empty. */
struct words {
	struct span in[LANGUAGES];
};
/* The text in language, or in the first of en, fr, nl, de that is there, or an empty span. */
struct span words_in(const struct words *w, enum language language);

struct place {
	struct span id, name, city, room, address;
	struct words directions;
	uint16_t zone;     /* for roster_offset */
	uint32_t capacity; /* 0: not said */
};

struct activity {
	uint16_t number; /* stays with the activity from one roster to the next; events name it */
	struct span id;
	enum activity_kind kind;
	enum access access;
	struct words title;
	int64_t start, end; /* seconds since 1970, UTC */
	int64_t leave_by;   /* the same; 0: not said */
	uint16_t place;     /* for roster_place */
	int track;          /* index for roster_track, or -1 */
	uint32_t capacity;
	bool open_to_all;                           /* public: in the clear programme */
	struct span speakers, meeting_point, dress; /* speakers: names separated by "|" */
};

/* A booking names its activity by number: roster_activity opens it. */
struct booking {
	uint16_t activity;
	enum booking_status status;
	struct span seat;
};

struct meeting {
	struct span id;
	int64_t start, end;
	uint16_t place; /* for roster_place */
	struct span table, subject;
	struct span counterpart;              /* a name as it is to be shown */
	struct span counterpart_organisation; /* may be empty */
	bool host;                            /* this guest is the host */
};

/* The key of something that is not public: an activity, a place or a long text. */
struct object_key {
	uint32_t object;
	uint32_t at, n; /* where it lies opened in the visit's memory; n == 0: not opened yet */
	uint8_t key[16];
};

enum { VISIT_BOOKINGS = 128, VISIT_MEETINGS = 128, VISIT_OBJECTS = 128, VISIT_MEMORY = 32 * 1024 };

struct visit {
	/* how it was opened */
	enum token_kind
		kind; /* what the box says of the code shown, not what the code says; 0: staff */
	uint32_t issue;
	uint32_t badge_issue; /* the newest badge issue the roster knows */
	bool day_open;        /* false: card only, no agenda */
	uint8_t handle[8];    /* P: what events carry */
	uint32_t slot;        /* the record's number: may go into a log */
	/* the person; for a protected one all text is empty */
	bool is_protected;
	enum role role;
	enum language language;
	bool family_first; /* name order */
	struct span id, given_name, family_name, display_name, honorific;
	struct span organisation_id, organisation, organisation_short, function;
	struct span delegation, badge; /* badge: template name, "" for the default */
	/* the badge to print, if day_open: the token of issue badge_issue */
	struct token badge_token;
	size_t booking_count, meeting_count;
	struct booking bookings[VISIT_BOOKINGS]; /* by start of the activity */
	struct meeting meetings[VISIT_MEETINGS]; /* by start */
	size_t object_count;
	struct object_key objects[VISIT_OBJECTS];
	size_t memory_used;
	uint8_t memory[VISIT_MEMORY];
};

/* The name as it is to be shown: display_name, or given and family name in her order.
 * returns: OK
 *          ERR_FULL, if it is longer than cap - 1 bytes */
MUST_CHECK enum err visit_name(const struct visit *v, char *out, size_t cap);

/* Zero all of v that was used. */
void visit_wipe(struct visit *v);

#endif
