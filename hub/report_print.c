/* The report for people. */
#include "report.h"

#include <stdio.h>
#include <string.h>

static long long number(json_t *o, const char *key)
{
	return (long long)json_integer_value(json_object_get(o, key));
}

static const char *word(json_t *o, const char *key)
{
	return json_string_value(json_object_get(o, key));
}

static void print_tables(json_t *by)
{
	const char *heading, *name;
	json_t *table, *row;

	json_object_foreach(by, heading, table)
	{
		if (json_object_size(table) == 0)
			continue;
		bool kind = strcmp(heading, "organisation_kind") == 0;
		printf("\nby %s\n", kind ? "kind of organisation" : heading);
		json_object_foreach(table, name, row)
		{
			if (json_object_get(row, "listed"))
				printf("  %-28s %6lld of %lld\n", name, number(row, "arrived"),
					number(row, "listed"));
			else
				printf("  %-28s %6lld%s\n", name,
					number(row, "arrived") + number(row, "entered"),
					number(row, "entered") ? " entered" : "");
		}
	}
}

static void print_people(json_t *list, const char *heading)
{
	json_t *p;
	size_t i;

	if (json_array_size(list) == 0)
		return;
	printf("%s\n", heading);
	json_array_foreach(list, i, p)
	{
		printf("  %-16s %s %s\n", word(p, "id"), word(p, "given_name"),
			word(p, "family_name"));
	}
}

static void print_activities(json_t *list)
{
	json_t *a;
	size_t i;

	if (json_array_size(list) > 0)
		printf("\n%-16s %-25s %6s %7s %6s %7s %6s  %s\n", "activity", "start", "booked",
			"entered", "inside", "missing", "let in", "title");
	json_array_foreach(list, i, a)
	{
		printf("%-16s %-25s %6lld %7lld %6lld %7lld %6lld  %s\n", word(a, "id"),
			word(a, "start"), number(a, "booked"), number(a, "entered"),
			number(a, "inside"), number(a, "missing"), number(a, "overrides"),
			word(a, "title"));
		print_people(json_object_get(a, "missing_people"), "  missing:");
	}
}

static void print_boards(json_t *list)
{
	json_t *b;
	size_t i;

	if (json_array_size(list) > 0)
		printf("\n%-32s %-6s %-9s %s\n", "board", "role", "state", "last contact");
	json_array_foreach(list, i, b)
	{
		printf("%-32s %-6s %-9s %s\n", word(b, "name"), word(b, "role"), word(b, "state"),
			*word(b, "last_contact") ? word(b, "last_contact") : "never");
	}
}

void report_print(json_t *report)
{
	json_t *p = json_object_get(report, "people"), *b = json_object_get(report, "badges");

	printf("event %s, version %lld, %lld events\n\n", word(report, "event"),
		number(report, "version"), number(report, "events"));
	printf("people      %lld of %lld arrived, %lld scanned again\n", number(p, "arrived"),
		number(p, "listed"), number(p, "doubles"));
	if (number(p, "protected"))
		printf("protected   %lld of %lld arrived\n", number(p, "protected_arrived"),
			number(p, "protected"));
	printf("late        %lld of the list, %lld waiting for it\n", number(p, "late"),
		number(p, "late_waiting"));
	if (number(p, "unknown"))
		printf("unknown     %lld that neither list nor state knows\n",
			number(p, "unknown"));
	printf("corrections %lld waiting\n", number(p, "corrections_waiting"));
	printf("badges      %lld printed, %lld uncertain, %lld under way, %lld replaced, %lld "
	       "revoked\n",
		number(b, "printed"), number(b, "uncertain"), number(b, "running"),
		number(b, "replaced"), number(b, "revoked"));
	print_tables(json_object_get(report, "by"));
	print_activities(json_object_get(report, "activities"));
	print_boards(json_object_get(report, "boards"));
	if (number(report, "quarantined"))
		printf("\n%lld uploads are kept aside: from boards that are revoked or broken\n",
			number(report, "quarantined"));
	print_people(json_object_get(report, "doubles"), "\nscanned again");
	print_people(json_object_get(report, "uncertain_badges"), "\nbadge uncertain");
	print_people(json_object_get(report, "missing"), "\nnot arrived");
}
