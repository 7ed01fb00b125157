/* What the parts of the export share; nobody else includes it. */
#ifndef HUB_EXPORT_INSIDE_H
#define HUB_EXPORT_INSIDE_H

#include "export.h"

struct exporting {
	struct census *census;
	const struct past *past;
};

#define EXPORT_WHO "person given_name family_name organisation role language protected"
/* The cells of EXPORT_WHO; NULL: nobody, or one whom nothing here knows. */
void export_who(const struct exporting *x, struct csv_out *c, const struct census_person *p);
/* The name of the board that wrote an event. */
void export_board(const struct exporting *x, struct csv_out *c, const struct event_id *id);
/* Two cells: her id and name, whose card signed so; empty where nobody's did. */
MUST_CHECK enum err export_signer(
	const struct exporting *x, struct csv_out *c, const struct event *e);

MUST_CHECK enum err export_arrivals(const struct exporting *x, struct csv_out *c);
MUST_CHECK enum err export_attendance(const struct exporting *x, struct csv_out *c);
MUST_CHECK enum err export_badges(const struct exporting *x, struct csv_out *c);
MUST_CHECK enum err export_corrections(const struct exporting *x, struct csv_out *c);
MUST_CHECK enum err export_late(const struct exporting *x, struct csv_out *c);
MUST_CHECK enum err export_staff(const struct exporting *x, struct csv_out *c);

#endif
