/* The results of an event as CSV files. */
#include "export_inside.h"
#include "staff.h"

#include <string.h>

const char *const export_names[EXPORT_FILES] = {
	"arrivals.csv", "attendance.csv", "badges.csv", "corrections.csv", "late.csv", "staff.csv"};

void export_who(const struct exporting *x, struct csv_out *c, const struct census_person *p)
{
	const struct list_person *row = census_row(x->census, p);
	const struct list *l = &x->census->folder->list;

	csv_cell(c, p ? census_id(x->census, p) : "");
	csv_cell(c, row ? row->given_name : "");
	csv_cell(c, row ? row->family_name : "");
	csv_cell(c, row && row->organisation >= 0 ? l->organisations[row->organisation].name : "");
	csv_cell(c, row ? role_codes[row->role] : "");
	csv_cell(c, row ? language_codes[row->language] : "");
	csv_cell(c, !row ? "" : row->is_protected ? "yes" : "no");
}

void export_board(const struct exporting *x, struct csv_out *c, const struct event_id *id)
{
	const struct board *b = census_board(x->census, id->board);

	csv_cell(c, b ? b->certificate.name : "");
}

static bool signer_in(const struct event *e, uint8_t out[static STAFF_SIGNER])
{
	struct staff_said said;

	if (staff_noted(e, out) == OK)
		return true;
	if (staff_read(e, &said) != OK)
		return false;
	memcpy(out, said.signer, STAFF_SIGNER);
	return true;
}

enum err export_signer(const struct exporting *x, struct csv_out *c, const struct event *e)
{
	uint8_t signer[STAFF_SIGNER];
	const struct census_person *who = NULL;
	int32_t slot = -1;

	enum err err = signer_in(e, signer) ? census_signer(x->census, signer, &slot) : OK;
	if (slot >= 0)
		who = census_at(x->census, (size_t)slot);
	const struct list_person *row = census_row(x->census, who);
	csv_cell(c, who ? census_id(x->census, who) : "");
	csv_cell(c, row ? row->family_name : "");
	return err;
}

enum err export_make(
	struct census *c, const struct past *p, struct csv_out out[static EXPORT_FILES])
{
	static enum err (*const files[EXPORT_FILES])(const struct exporting *, struct csv_out *) = {
		export_arrivals, export_attendance, export_badges, export_corrections, export_late,
		export_staff};
	const struct exporting x = {c, p};
	enum err e = OK;

	memset(out, 0, EXPORT_FILES * sizeof(*out));
	for (size_t i = 0; i < EXPORT_FILES && e == OK; i++) {
		e = files[i](&x, &out[i]);
		if (e == OK && out[i].bytes.failed)
			e = ERR_IO;
	}
	return e;
}
