/* The tables of the master list: which file has which columns, and where a cell goes in memory. */
#ifndef HUB_LIST_TABLE_H
#define HUB_LIST_TABLE_H

#include "list.h"

/* In the order they are read: a table refers only to those before it. */
enum table_id {
	TABLE_ORGANISATIONS,
	TABLE_PEOPLE,
	TABLE_PLACES,
	TABLE_TRACKS,
	TABLE_ACTIVITIES,
	TABLE_BOOKINGS,
	TABLE_MEETINGS,
	TABLE_STAFF,
	TABLES
};

enum need {
	NEED_NOTHING,
	NEED_COLUMN, /* the column must be there; its cells may be empty */
	NEED_CELL    /* every cell must say something */
};

/* What a cell may hold, and as what it is kept. */
enum cell_kind {
	CELL_TEXT,      /* const char *, at most `points` code points and `bytes` bytes */
	CELL_ID,        /* const char *, [A-Za-z0-9._-]{1,32}, once in its table */
	CELL_REFERENCE, /* int32_t: a row of table `to` */
	CELL_GUEST,     /* a person's id as int32_t, or free text (list_meeting) */
	CELL_CODE,      /* an enum: the number of the code in `codes`; empty is 0 */
	CELL_FLAG,      /* bool: codes[0] or empty is false, codes[1] true */
	CELL_TIME,      /* int64_t: UTC seconds, written in the zone of the row's place */
	CELL_COUNT,     /* uint32_t; empty is 0 */
	CELL_COLOUR,    /* uint8_t[3], #rrggbb; empty is black */
	CELL_ZONE,      /* const char *, a name of the tz database */
	CELL_RIGHTS     /* uint16_t, rights separated by | */
};

struct column {
	const char *name;
	enum need need;
	enum cell_kind kind;
	size_t at;      /* offset in the row */
	size_t text_at; /* the offset where the text itself is kept as well, or 0 */
	const char *const *codes;
	int codes_n;
	enum table_id to;
	unsigned points, bytes;
};

struct table {
	const char *file; /* below list/ */
	size_t row_size;
	size_t rows_at, count_at; /* offsets in struct list of the array and of its length */
	size_t place_at;          /* offset in the row of the place that gives the zone, or 0 */
	const struct column *columns;
	size_t columns_n;
};

extern const struct table list_tables[TABLES];

#endif
