/* A PostgreSQL server of the test's own: in a scratch folder, on a socket in it, durable (fsync on),
 * run by an unprivileged user, gone with the program however that ends. */
#ifndef TESTS_HELP_POSTGRES_H
#define TESTS_HELP_POSTGRES_H

#include <stdbool.h>
#include <stddef.h>

/* Start the server, if it does not run, and make an empty place in it; its address goes into out.
 * false: it said aloud why the test is skipped. */
bool postgres_place(char *out, size_t cap);
/* Run SQL in a place; ends the program if it fails. */
void postgres_sql(const char *address, const char *sql);
/* Stop the server at once, as a crash would (nothing is written any more), and start it again. */
void postgres_crash(void);
void postgres_restart(void);
/* The server's own programs are here, or NULL. */
const char *postgres_programs(void);

#endif
