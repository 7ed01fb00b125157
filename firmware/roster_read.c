/* Opening a roster: verify first, then check every offset and length once. */
#include "paper.h"
#include "roster_inside.h"

#include <string.h>

const uint8_t roster_magic[8] = {0x89, 'F', 'O', 'Y', 'E', 'R', '\r', '\n'};
const char roster_label[] = "foyer roster";

static enum err check_shape(struct span file)
{
	if (file.n < HEADER_FIXED + SEAL_SIGNATURE || file.n > ROSTER_MAX ||
		memcmp(file.p, roster_magic, sizeof(roster_magic)) != 0)
		return ERR_FORMAT;
	if (load_u16(file.p + HEADER_READER_AT) > ROSTER_FORMAT)
		return ERR_VERSION;
	return load_u64(file.p + HEADER_FILE_AT) == file.n ? OK : ERR_FORMAT;
}

static void read_header(struct roster *r)
{
	const uint8_t *p = r->file.p;

	memcpy(r->event, p + HEADER_EVENT_AT, ROSTER_EVENT);
	r->sequence = load_u64(p + HEADER_SEQUENCE_AT);
	r->built_at = (int64_t)load_u64(p + HEADER_BUILT_AT);
	r->expires_at = (int64_t)load_u64(p + HEADER_EXPIRES_AT);
}

static enum err check_signatures(struct roster *r, const struct trust *trust)
{
	struct delegation by;
	uint8_t event[ROSTER_EVENT];

	enum err e = delegation_open(
		&by, r->file.p + HEADER_DELEGATION_AT, trust->known ? trust->root : NULL);
	if (e)
		return e;
	memcpy(r->root, by.root, SEAL_PUBLIC);
	memcpy(r->hub, by.hub, SEAL_PUBLIC);
	r->epoch = by.epoch;
	struct span covered = {r->file.p, r->file.n - SEAL_SIGNATURE};
	e = seal_verify(r->hub, roster_label, covered, r->file.p + covered.n);
	if (e)
		return e;
	paper_event(r->root, event);
	bool may_sign = (uint64_t)r->built_at <= (uint64_t)by.until;
	return may_sign && memcmp(event, r->event, ROSTER_EVENT) == 0 ? OK : ERR_FORGED;
}

static enum err check_order(const struct roster *r, const struct trust *trust, int64_t now)
{
	if (trust->known) {
		if (r->epoch < trust->epoch)
			return ERR_OLDER;
		bool same = r->epoch == trust->epoch;
		if (same && (r->sequence < trust->sequence ||
				    r->sequence - trust->sequence > SEQUENCE_JUMP))
			return ERR_OLDER;
	}
	return now > r->expires_at ? ERR_EXPIRED : OK;
}

static bool all_zero(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i])
			return false;
	return s.p != NULL;
}

/* One line of the section table; *end is where the section before ended and moves on. */
static bool take_section(struct roster *r, struct span inside, struct cursor *c, size_t *end)
{
	uint32_t id = cursor_u32(c), count = cursor_u32(c);
	uint64_t at = cursor_u64(c), n = cursor_u64(c);

	if (c->bad || at % SECTION_ALIGN || at < *end || at > inside.n || n > inside.n - at)
		return false;
	if (!all_zero(span_cut(inside, *end, (size_t)at - *end)))
		return false;
	*end = (size_t)(at + n);
	if (id < ROSTER_SECTIONS)
		r->section[id] =
			(struct roster_section){count, span_cut(inside, (size_t)at, (size_t)n)};
	return true;
}

static enum err read_sections(struct roster *r)
{
	struct span inside = {r->file.p, r->file.n - SEAL_SIGNATURE};
	uint32_t count = load_u32(r->file.p + HEADER_SECTIONS_AT);
	size_t end = load_u32(r->file.p + HEADER_LENGTH_AT);
	uint32_t last_id = 0;

	if (count > SECTION_ENTRIES_MAX || end != HEADER_FIXED + (size_t)count * SECTION_ENTRY)
		return ERR_FORMAT;
	struct cursor c = cursor_at(span_cut(inside, HEADER_FIXED, (size_t)count * SECTION_ENTRY));
	for (uint32_t i = 0; i < count; i++) {
		uint32_t id = c.rest.n < 4 ? 0 : load_u32(c.rest.p);
		if (id <= last_id || !take_section(r, inside, &c, &end))
			return ERR_FORMAT;
		last_id = id;
	}
	return all_zero(span_cut(inside, end, inside.n - end)) ? OK : ERR_FORMAT;
}

/* Sections of equal entries, and how many bytes each takes. */
static bool check_entries(const struct roster *r)
{
	static const struct {
		enum section_id id;
		size_t bytes;
	} fixed[] = {
		{SECTION_INDEX, INDEX_ENTRY},
		{SECTION_SLOTS, SLOT_ENTRY},
		{SECTION_DIRECTORY, DIRECTORY_ENTRY},
		{SECTION_CARDS, CARD_ENTRY},
		{SECTION_REVOKED, REVOKED_ENTRY},
		{SECTION_ORDER, ORDER_ENTRY},
	};
	for (size_t i = 0; i < COUNT(fixed); i++) {
		const struct roster_section *s = &r->section[fixed[i].id];
		if (s->bytes.n != s->count * fixed[i].bytes)
			return false;
	}
	return r->section[SECTION_DIRECTORY].count == r->section[SECTION_SLOTS].count;
}

/* Labels stand in strictly rising order, so that a search is honest and an entry unique. */
static bool check_labels(const struct roster_section *s, size_t entry)
{
	const uint8_t *p = s->bytes.p;

	for (uint32_t i = 1; i < s->count; i++, p += entry)
		if (memcmp(p, p + entry, TOKEN_LABEL) >= 0)
			return false;
	return true;
}

size_t roster_note_bytes(const struct roster_section *notes)
{
	return notes->count ? notes->bytes.n / notes->count - NOTE_AROUND : 0;
}

static bool check_notes(const struct roster_section *s)
{
	if (s->count == 0)
		return s->bytes.n == 0;
	size_t entry = s->bytes.n / s->count;
	if (s->bytes.n % s->count || entry <= NOTE_AROUND || entry > NOTE_AROUND + ROSTER_NOTE)
		return false;
	return (entry - NOTE_AROUND) % NOTE_UNIT == 0 && check_labels(s, entry);
}

static bool check_slots(const struct roster *r)
{
	const struct roster_section *s = &r->section[SECTION_SLOTS];
	size_t units = r->section[SECTION_RECORDS].bytes.n / SLOT_UNIT;
	size_t least = HANDLE + SEAL_OVERHEAD + r->card_bytes + SEAL_OVERHEAD + BOX_DAY_UNIT;

	if (r->section[SECTION_RECORDS].bytes.n % SLOT_UNIT)
		return false;
	for (uint32_t i = 0; i < s->count; i++) {
		uint32_t where = load_u32(s->bytes.p + (size_t)i * SLOT_ENTRY + 4);
		size_t at = where & ((1u << SLOT_PLACE_BITS) - 1), n = where >> SLOT_PLACE_BITS;
		if (at > units || n > units - at || (n > 0 && n * SLOT_UNIT < least))
			return false;
	}
	return true;
}

enum err roster_open(struct roster *out, struct span file, const struct trust *trust, int64_t now)
{
	struct roster r = {.file = file};

	memset(out, 0, sizeof(*out));
	enum err e = check_shape(file);
	if (e)
		return e;
	read_header(&r);
	e = check_signatures(&r, trust);
	if (!e)
		e = check_order(&r, trust, now);
	if (!e)
		e = read_sections(&r);
	if (e)
		return e;
	if (!check_entries(&r) || !check_labels(&r.section[SECTION_INDEX], INDEX_ENTRY) ||
		!check_labels(&r.section[SECTION_REVOKED], REVOKED_ENTRY) ||
		!check_labels(&r.section[SECTION_CARDS], CARD_ENTRY) ||
		!check_notes(&r.section[SECTION_NOTES]))
		return ERR_FORMAT;
	struct cursor c = cursor_at(roster_record(&r.section[SECTION_EVENT], 0));
	for (int i = 0; i < LANGUAGES + 1; i++)
		cursor_text(&c);
	uint64_t base = cursor_u64(&c);
	if (base > BASE_MAX)
		return ERR_FORMAT;
	r.base = (int64_t)base;
	r.demo = cursor_u8(&c) != 0;
	r.card_bytes = (uint32_t)cursor_varint_max(&c, BOX_CARD_MAX);
	if (c.bad || !check_slots(&r))
		return ERR_FORMAT;
	e = roster_check_public(&r);
	if (e == OK)
		*out = r;
	return e;
}

struct trust roster_trust(const struct roster *r)
{
	struct trust t = {.known = true, .epoch = r->epoch, .sequence = r->sequence};

	memcpy(t.root, r->root, SEAL_PUBLIC);
	return t;
}
