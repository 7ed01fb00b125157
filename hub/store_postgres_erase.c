/* The end of a store in PostgreSQL. */
#include "store_postgres.h"
#include "store_postgres_inside.h"

enum err store_postgres_alone(struct store *base)
{
	struct postgres_store *s = postgres_of(base);
	PGresult *r = NULL;
	bool ours = true;

	enum err e = postgres_ready(s, true);
	if (e)
		return e;
	e = pg_ask(&s->pg, "writers", NULL, &r);
	for (int i = 0; e == OK && ours && i < PQntuples(r); i++)
		e = postgres_try_writer(s, pg_field_number(r, i, 0), &ours);
	PQclear(r);
	return e == OK && !ours ? ERR_BUSY : e;
}

/* A hub that begins meanwhile waits for the same lock, and then finds nothing. */
enum err store_postgres_erase(struct store *base)
{
	struct postgres_store *s = postgres_of(base);
	enum err e = postgres_ready(s, true);

	return e ? e
		 : pg_run(&s->pg,
			   "SET LOCAL lock_timeout = '10s';"
			   "SELECT pg_advisory_xact_lock(1179605331, -1);"
			   "DROP TABLE foyer_run, foyer_note, foyer_quarantine, foyer_writer,"
			   " foyer_store",
			   NULL);
}
