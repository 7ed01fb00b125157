/* The tables of the master list, column by column, as the organiser sees them. */
#include "list_table.h"

#include "roster.h"

enum {
	WORDS_POINTS = 250, /* titles, functions, subjects … */
	WORDS_BYTES = 1000,
	LONG_POINTS = 500, /* directions */
	LONG_BYTES = 2000,
	NOTE_POINTS = 240, /* what the desk's page and the roster hold */
	NOTE_BYTES = 480,
};

const char *const organisation_kind_codes[ORGANISATION_KINDS] = {
	[ORGANISATION_COMPANY] = "company",
	[ORGANISATION_FEDERATION] = "federation",
	[ORGANISATION_CHAMBER] = "chamber",
	[ORGANISATION_ACADEMIC] = "academic",
	[ORGANISATION_ADMINISTRATION] = "administration",
	[ORGANISATION_GOVERNMENT] = "government",
	[ORGANISATION_HOUSEHOLD] = "household",
	[ORGANISATION_PARTNER] = "partner",
};
static const char *const yes_codes[] = {"no", "yes"};
static const char *const order_codes[] = {"given-family", "family-given"};

#define AT(row, field) offsetof(struct list_##row, field)
#define ID(row, word)                                                                              \
	{                                                                                          \
		.name = word, .need = NEED_CELL, .kind = CELL_ID, .at = AT(row, id)                \
	}
#define NAME(row, field, needs)                                                                    \
	{                                                                                          \
		.name = #field, .need = needs, .kind = CELL_TEXT, .at = AT(row, field),            \
		.points = LIST_NAME_POINTS, .bytes = LIST_NAME_BYTES                               \
	}
#define SIZED(row, word, field, needs, kilo)                                                       \
	{                                                                                          \
		.name = word, .need = needs, .kind = CELL_TEXT, .at = AT(row, field),              \
		.points = kilo##_POINTS, .bytes = kilo##_BYTES                                     \
	}
#define TEXT(row, field)        SIZED(row, #field, field, NEED_NOTHING, WORDS)
#define NEEDED_TEXT(row, field) SIZED(row, #field, field, NEED_CELL, WORDS)
#define IN_FOUR(row, word, field, size)                                                            \
	SIZED(row, word "_fr", field.in[LANGUAGE_FR], NEED_NOTHING, size),                         \
		SIZED(row, word "_nl", field.in[LANGUAGE_NL], NEED_NOTHING, size),                 \
		SIZED(row, word "_de", field.in[LANGUAGE_DE], NEED_NOTHING, size),                 \
		SIZED(row, word "_en", field.in[LANGUAGE_EN], NEED_NOTHING, size)
#define CODE(row, field, needs, list)                                                              \
	{                                                                                          \
		.name = #field, .need = needs, .kind = CELL_CODE, .at = AT(row, field),            \
		.codes = list, .codes_n = COUNT(list)                                              \
	}
#define FLAG(row, word, field, list)                                                               \
	{                                                                                          \
		.name = word, .kind = CELL_FLAG, .at = AT(row, field), .codes = list, .codes_n = 2 \
	}
#define OTHER(row, field, needs, what)                                                             \
	{                                                                                          \
		.name = #field, .need = needs, .kind = what, .at = AT(row, field)                  \
	}
#define REFERENCE(row, field, needs, table)                                                        \
	{                                                                                          \
		.name = #field, .need = needs, .kind = CELL_REFERENCE, .at = AT(row, field),       \
		.to = table                                                                        \
	}

static const struct column person_columns[] = {
	ID(person, "id"),
	NAME(person, given_name, NEED_COLUMN),
	NAME(person, family_name, NEED_CELL),
	NAME(person, display_name, NEED_NOTHING),
	FLAG(person, "name_order", family_first, order_codes),
	NAME(person, honorific, NEED_NOTHING),
	{.name = "organisation",
		.kind = CELL_REFERENCE,
		.at = AT(person, organisation),
		.text_at = AT(person, organisation_id),
		.to = TABLE_ORGANISATIONS},
	TEXT(person, function),
	CODE(person, role, NEED_CELL, role_codes),
	FLAG(person, "protected", is_protected, yes_codes),
	CODE(person, language, NEED_CELL, language_codes),
	TEXT(person, delegation),
	TEXT(person, badge),
	SIZED(person, "note_for_desk", note_for_desk, NEED_NOTHING, NOTE),
	TEXT(person, email),
};

static const struct column organisation_columns[] = {
	ID(organisation, "id"),
	{.name = "name",
		.need = NEED_CELL,
		.kind = CELL_TEXT,
		.at = AT(organisation, name),
		.points = LIST_ORGANISATION_POINTS,
		.bytes = 4 * LIST_ORGANISATION_POINTS},
	TEXT(organisation, short_name),
	CODE(organisation, kind, NEED_CELL, organisation_kind_codes),
	TEXT(organisation, country),
	TEXT(organisation, sector),
};

static const struct column place_columns[] = {
	ID(place, "id"),
	NEEDED_TEXT(place, name),
	NEEDED_TEXT(place, city),
	OTHER(place, time_zone, NEED_CELL, CELL_ZONE),
	TEXT(place, room),
	TEXT(place, address),
	IN_FOUR(place, "directions", directions, LONG),
	OTHER(place, capacity, NEED_NOTHING, CELL_COUNT),
};

static const struct column track_columns[] = {
	ID(track, "id"),
	IN_FOUR(track, "title", title, WORDS),
	{.name = "colour", .kind = CELL_COLOUR, .at = AT(track, rgb)},
};

static const struct column activity_columns[] = {
	ID(activity, "id"),
	CODE(activity, kind, NEED_CELL, activity_kind_codes),
	IN_FOUR(activity, "title", title, WORDS),
	OTHER(activity, start, NEED_CELL, CELL_TIME),
	OTHER(activity, end, NEED_CELL, CELL_TIME),
	REFERENCE(activity, place, NEED_CELL, TABLE_PLACES),
	REFERENCE(activity, track, NEED_NOTHING, TABLE_TRACKS),
	OTHER(activity, capacity, NEED_NOTHING, CELL_COUNT),
	CODE(activity, access, NEED_NOTHING, access_codes),
	FLAG(activity, "public", open_to_all, yes_codes),
	TEXT(activity, speakers),
	TEXT(activity, meeting_point),
	OTHER(activity, leave_by, NEED_NOTHING, CELL_TIME),
	TEXT(activity, dress),
};

static const struct column booking_columns[] = {
	REFERENCE(booking, person, NEED_CELL, TABLE_PEOPLE),
	REFERENCE(booking, activity, NEED_CELL, TABLE_ACTIVITIES),
	CODE(booking, status, NEED_NOTHING, booking_status_codes),
	TEXT(booking, seat),
};

static const struct column meeting_columns[] = {
	ID(meeting, "id"),
	OTHER(meeting, start, NEED_CELL, CELL_TIME),
	OTHER(meeting, end, NEED_CELL, CELL_TIME),
	REFERENCE(meeting, place, NEED_CELL, TABLE_PLACES),
	REFERENCE(meeting, host, NEED_CELL, TABLE_PEOPLE),
	{.name = "guest",
		.need = NEED_CELL,
		.kind = CELL_GUEST,
		.at = AT(meeting, guest),
		.text_at = AT(meeting, guest_text),
		.to = TABLE_PEOPLE,
		.points = LIST_ORGANISATION_POINTS,
		.bytes = 4 * LIST_ORGANISATION_POINTS},
	TEXT(meeting, table),
	TEXT(meeting, subject),
};

static const struct column staff_columns[] = {
	REFERENCE(staff, person, NEED_CELL, TABLE_PEOPLE),
	OTHER(staff, rights, NEED_CELL, CELL_RIGHTS),
};

#define TABLE(row, plural, name, place_offset)                                                     \
	{                                                                                          \
		.file = name, .row_size = sizeof(struct list_##row),                               \
		.rows_at = offsetof(struct list, plural),                                          \
		.count_at = offsetof(struct list, plural##_n), .place_at = place_offset,           \
		.columns = row##_columns, .columns_n = COUNT(row##_columns)                        \
	}

const struct table list_tables[TABLES] = {
	[TABLE_ORGANISATIONS] = TABLE(organisation, organisations, "organisations.csv", 0),
	[TABLE_PEOPLE] = TABLE(person, people, "people.csv", 0),
	[TABLE_PLACES] = TABLE(place, places, "places.csv", 0),
	[TABLE_TRACKS] = TABLE(track, tracks, "tracks.csv", 0),
	[TABLE_ACTIVITIES] = TABLE(activity, activities, "activities.csv", AT(activity, place)),
	[TABLE_BOOKINGS] = TABLE(booking, bookings, "bookings.csv", 0),
	[TABLE_MEETINGS] = TABLE(meeting, meetings, "meetings.csv", AT(meeting, place)),
	[TABLE_STAFF] = TABLE(staff, staff, "staff.csv", 0),
};
