/* The master list as an SQLite database in clear, for benches: what a plain program would keep. Two
 * forms. Normalised: a table a thing, three codes a person by primary key, names and meetings indexed.
 * Packed: bookings and meetings of a person as one blob. Nothing is sealed, signed or hidden. */
#ifndef TESTS_HELP_LIST_DATABASE_H
#define TESTS_HELP_LIST_DATABASE_H

#include "keys.h"
#include "list.h"
#include "state.h"

#include <sqlite3.h>

struct list_in {
	const struct list *list;
	const struct keys *keys;
	const struct state *state;
};
/* Made anew, in the order of the list, without a byte to spare. A failure ends the program. */
void list_database(const struct list_in *b, const char *path, bool packed);
/* Run SQL; a failure ends the program. */
void list_sql(sqlite3 *db, const char *text);

#endif
