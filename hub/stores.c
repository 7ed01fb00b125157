/* The kinds of store, by address. */
#include "stores.h"

#include "store_postgres.h"

#include <string.h>

const char stores_words[] = "sqlite:FILE or postgresql://USER@HOST/NAME";

static const struct {
	const char *begins;
	const struct store_kind *kind;
	bool whole; /* open takes the address as it is: it may hold a password */
} kinds[] = {
	{"sqlite:", &store_sqlite, false},
	{"postgresql://", &store_postgresql, true},
	{"postgres://", &store_postgresql, true},
};

static size_t find(const char *address)
{
	size_t i = 0;

	while (i < COUNT(kinds) && strncmp(address, kinds[i].begins, strlen(kinds[i].begins)) != 0)
		i++;
	return i;
}

const struct store_kind *stores_find(const char *address, const char **where)
{
	size_t i = find(address);

	*where = address;
	if (i == COUNT(kinds))
		return NULL;
	if (!kinds[i].whole)
		*where += strlen(kinds[i].begins);
	return **where ? kinds[i].kind : NULL;
}

const char *stores_name(const char *address)
{
	size_t i = find(address);

	if (i == COUNT(kinds))
		return "of an unknown kind";
	return kinds[i].whole ? kinds[i].kind->scheme : address + strlen(kinds[i].begins);
}

enum err stores_open(struct store **out, const char *address, bool read_only)
{
	struct store_options o = {.read_only = read_only};
	const struct store_kind *kind = stores_find(address, &o.where);

	*out = NULL;
	return kind ? kind->open(out, &o) : ERR_FORMAT;
}
