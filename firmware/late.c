/* Late codes: a guest registered after the roster. */
#include "late.h"

#include "code_text.h"

#include <string.h>

static const char signing_label[] = "foyer late", digest_label[] = "foyer late name",
		  dropped_label[] = "foyer late label";

enum {
	HALF = ROSTER_EVENT / 2,
	ROLE_SHIFT = 2,
	BADGE_FORM = 32,
	ISSUE_SHIFT = 6,
	MESSAGE = ROSTER_EVENT + LATE_HEAD - 1 + LATE_DIGEST,
};
_Static_assert((int)LATE_TEXT == (int)CODE_TEXT_LENGTH(LATE_BYTES) + 1, "as code_text.h counts");
_Static_assert((int)LATE_TEXT <= (int)TOKEN_TEXT_MAX, "a scanner hands it on");
_Static_assert(LANGUAGES <= 4 && ROLES <= 8 && LATE_ISSUES <= 4, "they fit their bits");

static void write_texts(struct sink *k, const struct late *l)
{
	sink_u8(k, (uint8_t)strlen(l->name));
	sink_bytes(k, l->name, strlen(l->name));
	sink_u8(k, (uint8_t)strlen(l->organisation));
	sink_bytes(k, l->organisation, strlen(l->organisation));
}

static void make_digest(struct late *l)
{
	uint8_t message[sizeof(digest_label) + 2 + LATE_NAME + LATE_ORGANISATION];
	struct sink k = sink_on(message, sizeof(message));

	sink_bytes(&k, digest_label, sizeof(digest_label) - 1);
	write_texts(&k, l);
	seal_hash((struct span){0}, (struct span){message, k.n}, l->digest, LATE_DIGEST);
	seal_wipe(message, sizeof(message));
}

static bool is_fit(const struct late *l)
{
	bool texts = l->badge || (l->name[0] && span_is_line(span_of(l->name)) &&
					 span_is_line(span_of(l->organisation)));

	bool issue = l->issue >= 1 && l->issue <= LATE_ISSUES;

	return texts && issue && l->role < ROLES && l->role != ROLE_STAFF &&
	       l->language < LANGUAGES;
}

static void take(struct cursor *c, void *out, size_t n)
{
	struct span s = cursor_bytes(c, n);

	if (!c->bad)
		memcpy(out, s.p, n);
}

static void take_text(struct cursor *c, char *out, size_t cap)
{
	struct span s = cursor_bytes(c, cursor_u8(c));

	if (memchr(s.n > 0 ? s.p : (const uint8_t *)"", '\0', s.n) ||
		span_copy_text(s, out, cap) != OK)
		c->bad = true;
}

static enum err parse(struct late *out, struct span bytes)
{
	struct cursor c = cursor_at(bytes);

	if (cursor_u8(&c) != TOKEN_LATE)
		return ERR_ABSENT;
	take(&c, out->event, HALF);
	take(&c, out->person, EVENT_PERSON);
	uint8_t bits = cursor_u8(&c);
	out->language = bits & 3;
	out->role = bits >> ROLE_SHIFT & 7;
	out->badge = bits & BADGE_FORM;
	out->issue = 1u + (bits >> ISSUE_SHIFT);
	uint64_t until = cursor_u64(&c);
	out->until = (int64_t)until;
	c.bad |= until > INT64_MAX;
	take(&c, out->signer, STAFF_SIGNER);
	if (out->badge) {
		take(&c, out->digest, LATE_DIGEST);
	} else {
		take_text(&c, out->name, sizeof(out->name));
		take_text(&c, out->organisation, sizeof(out->organisation));
		make_digest(out);
	}
	take(&c, out->signature, SEAL_SIGNATURE);
	return c.bad || c.rest.n > 0 || !is_fit(out) ? ERR_FORMAT : OK;
}

enum err late_read(struct late *out, struct span text)
{
	char tidy[LATE_TEXT];
	uint8_t bytes[LATE_BYTES + 1] = {0};
	size_t n;

	memset(out, 0, sizeof(*out));
	enum err e = code_text_tidy(text, tidy, sizeof(tidy), &n);
	if (e == OK)
		e = n > CODE_TEXT_MAGIC && n < LATE_TEXT
			    ? code_text_bytes(tidy + CODE_TEXT_MAGIC, n - CODE_TEXT_MAGIC, bytes)
			    : ERR_FORMAT;
	else if (e == ERR_FULL)
		e = ERR_FORMAT;
	if (e == OK)
		e = parse(out, (struct span){bytes, (n - CODE_TEXT_MAGIC) * 5 / 8});
	seal_wipe(tidy, sizeof(tidy));
	seal_wipe(bytes, sizeof(bytes));
	if (e)
		seal_wipe(out, sizeof(*out));
	return e;
}

static void write_head(struct sink *k, const struct late *l, bool badge)
{
	sink_bytes(k, l->event, HALF);
	sink_bytes(k, l->person, EVENT_PERSON);
	sink_u8(k, (uint8_t)(l->language | l->role << ROLE_SHIFT | (badge ? BADGE_FORM : 0) |
			     (l->issue - 1) << ISSUE_SHIFT));
	sink_u64(k, (uint64_t)l->until);
	sink_bytes(k, l->signer, STAFF_SIGNER);
}

static size_t signed_bytes(
	const struct roster *r, const struct late *l, uint8_t out[static MESSAGE])
{
	struct sink k = sink_on(out, MESSAGE);

	sink_bytes(&k, r->event, ROSTER_EVENT);
	write_head(&k, l, false);
	sink_bytes(&k, l->digest, LATE_DIGEST);
	return k.n;
}

static bool by_hub(const struct late *l)
{
	static const uint8_t hub[STAFF_SIGNER];

	return memcmp(l->signer, hub, STAFF_SIGNER) == 0;
}

void late_label(
	const uint8_t person[static EVENT_PERSON], uint32_t issue, uint8_t out[static TOKEN_LABEL])
{
	uint8_t message[sizeof(dropped_label) - 1 + EVENT_PERSON + 4];
	struct sink k = sink_on(message, sizeof(message));

	sink_bytes(&k, dropped_label, sizeof(dropped_label) - 1);
	sink_bytes(&k, person, EVENT_PERSON);
	sink_u32(&k, issue);
	seal_hash((struct span){0}, (struct span){message, k.n}, out, TOKEN_LABEL);
}

static bool is_dropped(const struct roster *r, const struct late *l)
{
	uint8_t label[TOKEN_LABEL];

	late_label(l->person, l->issue, label);
	return roster_drops(r, label);
}

enum err late_check(const struct roster *r, const struct late *l, int64_t now)
{
	struct roster_card card = {.rights = RIGHT_LATE, .until = INT64_MAX};
	uint8_t message[MESSAGE];

	if (memcmp(l->event, r->event, HALF) != 0)
		return ERR_FOREIGN;
	if (by_hub(l))
		memcpy(card.public_key, r->hub, SEAL_PUBLIC);
	else if (staff_card(r, l->signer, &card) != OK)
		return ERR_ABSENT;
	size_t n = signed_bytes(r, l, message);
	enum err e = seal_verify(
		card.public_key, signing_label, (struct span){message, n}, l->signature);
	if (e)
		return e;
	if (is_dropped(r, l))
		return ERR_OLDER;
	if (!(card.rights & RIGHT_LATE) || l->until > card.until)
		return ERR_DENIED;
	return now > l->until ? ERR_EXPIRED : OK;
}

static enum err sign(struct late *l, const struct roster *r, const uint8_t *seed)
{
	uint8_t message[MESSAGE];

	l->badge = false;
	memcpy(l->event, r->event, HALF);
	if (!is_fit(l) || l->until < 0)
		return ERR_FORMAT;
	make_digest(l);
	size_t n = signed_bytes(r, l, message);
	seal_sign(seed, signing_label, (struct span){message, n}, l->signature);
	return OK;
}

enum err late_sign(struct late *l, const struct roster *r, const struct staff_keys *keys)
{
	uint8_t public_key[SEAL_PUBLIC];
	struct roster_card card;

	seal_keypair(keys->signing_seed, public_key);
	staff_signer(public_key, l->signer);
	if (!(keys->rights & RIGHT_LATE) || staff_card(r, l->signer, &card) != OK ||
		l->until > card.until)
		return ERR_DENIED;
	return sign(l, r, keys->signing_seed);
}

enum err late_sign_hub(
	struct late *l, const struct roster *r, const uint8_t hub_seed[static SEAL_SEED])
{
	memset(l->signer, 0, STAFF_SIGNER);
	return sign(l, r, hub_seed);
}

enum err late_write(const struct late *l, bool badge, char out[static LATE_TEXT])
{
	uint8_t bytes[LATE_BYTES];
	struct sink k = sink_on(bytes, sizeof(bytes));

	out[0] = '\0';
	if (l->badge && !badge)
		return ERR_ABSENT;
	sink_u8(&k, TOKEN_LATE);
	write_head(&k, l, badge);
	if (badge)
		sink_bytes(&k, l->digest, LATE_DIGEST);
	else
		write_texts(&k, l);
	sink_bytes(&k, l->signature, SEAL_SIGNATURE);
	code_text_write((struct span){bytes, k.n}, out);
	seal_wipe(bytes, sizeof(bytes));
	return OK;
}
