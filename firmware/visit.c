/* One guest, opened: the words for what a record holds, and how it is forgotten. */
#include "visit.h"

#include "seal.h"

#include <string.h>

const char *const language_codes[LANGUAGES] = {"de", "en", "fr", "nl"};
const char *const role_codes[ROLES] = {
	"delegate", "vip", "official", "speaker", "press", "staff", "security", "partner"};
const char *const activity_kind_codes[ACTIVITY_KINDS] = {
	"seminar", "visit", "b2b", "signing", "reception", "official", "transfer", "other"};
const char *const access_codes[ACCESSES] = {"open", "booked", "invited"};
const char *const booking_status_codes[BOOKING_STATUSES] = {"confirmed", "waiting", "cancelled"};

int code_index(const char *const *codes, int n, struct span code)
{
	for (int i = 0; i < n; i++)
		if (span_equal(span_of(codes[i]), code))
			return i;
	return -1;
}

struct span words_in(const struct words *w, enum language language)
{
	static const enum language fallback[] = {
		LANGUAGE_EN, LANGUAGE_FR, LANGUAGE_NL, LANGUAGE_DE};

	if (w->in[language].n > 0)
		return w->in[language];
	for (size_t i = 0; i < COUNT(fallback); i++)
		if (w->in[fallback[i]].n > 0)
			return w->in[fallback[i]];
	return (struct span){0};
}

enum err visit_name(const struct visit *v, char *out, size_t cap)
{
	struct span first = v->family_first ? v->family_name : v->given_name;
	struct span last = v->family_first ? v->given_name : v->family_name;
	struct sink k = sink_on((uint8_t *)out, cap);

	if (v->display_name.n > 0)
		return span_copy_text(v->display_name, out, cap);
	sink_bytes(&k, first.p, first.n);
	if (first.n > 0 && last.n > 0)
		sink_u8(&k, ' ');
	sink_bytes(&k, last.p, last.n);
	sink_u8(&k, 0);
	if (k.full && cap > 0)
		out[0] = '\0';
	return k.full ? ERR_FULL : OK;
}

void visit_wipe(struct visit *v)
{
	size_t head = offsetof(struct visit, bookings);

	seal_wipe(v->memory, v->memory_used);
	seal_wipe(v->bookings, v->booking_count * sizeof(v->bookings[0]));
	seal_wipe(v->meetings, v->meeting_count * sizeof(v->meetings[0]));
	seal_wipe(v->objects, v->object_count * sizeof(v->objects[0]));
	v->memory_used = v->object_count = 0;
	seal_wipe(v, head);
}
