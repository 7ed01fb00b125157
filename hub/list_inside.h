/* How the master list is kept: memory, faults, ids. For the hub's list_*.c and check_*.c only. */
#ifndef HUB_LIST_INSIDE_H
#define HUB_LIST_INSIDE_H

#include "list_table.h"

/* Finds the row with an id in constant time. Open addressing; 0 is an empty slot, else row + 1. */
struct id_index {
	uint32_t *slots;
	size_t cap; /* a power of two, or 0 */
};

struct list_memory {
	struct block *blocks;
	struct id_index ids[TABLES];
	size_t faults_cap;
	unsigned guesses; /* hints looked for so far */
	/* lines of event.ini; 0: not there */
	uint32_t desk_line, retention_line, leg_lines[8];
};

/* Memory, or the end of the program with exit status 3: a list that does not fit cannot be checked.
 */
void *list_more(void *p, size_t count, size_t size);

/* Room for n bytes that lives as long as the list. */
char *list_room(struct list *l, size_t n);

/* A kept fault. column is static; words are formatted here. */
void list_fault(struct list *l, struct origin at, const char *column, enum severity severity,
	const char *fmt, ...) PRINTF_LIKE(5, 6);

/* A table's rows, and their number. */
uint8_t *list_rows(const struct list *l, enum table_id t);
size_t list_count(const struct list *l, enum table_id t);

/* The row with this id, or -1. */
int32_t list_find(const struct list *l, enum table_id t, const char *id);
/* Remember the id of the row added last. returns: -1, or the row that has the same id already */
int32_t list_remember(struct list *l, enum table_id t, const char *id, uint32_t row);
/* An id of the table one letter away from id (or with two neighbours swapped, or in other case), or
 * NULL; NULL too after a thousand of them. Its time does not depend on the size of the table. */
const char *list_nearest(const struct list *l, enum table_id t, const char *id);

/* The bytes of dir/name, the caller frees them.
 * returns: OK  ERR_ABSENT  ERR_IO (said on standard error) */
MUST_CHECK enum err list_slurp(const char *dir, const char *name, struct span *out);

/* Let a text be UTF-8: where it is not, say so as a fault of file and put the rewritten text in its
 * place. */
void list_decode(struct list *l, const char *file, struct span *bytes);

/* Read list/<file> of table t into its rows, event.ini into l->event. As list_slurp. */
MUST_CHECK enum err list_read_table(struct list *l, const char *dir, enum table_id t);
MUST_CHECK enum err list_read_event(struct list *l, const char *dir);

/* One cell of a row. text is NUL-terminated; it is kept by the list where its kind keeps a text
 * (list_cell_keeps). A time's zone is the one of the row's place; read it after all else. */
struct cell {
	const struct table *table;
	enum table_id id;
	const struct column *column;
	struct origin at;
	uint32_t row_number;
	uint8_t *row;
	const char *text;
};
bool list_cell_keeps(const struct column *c);
void list_cell(struct list *l, const struct cell *c);
#endif
