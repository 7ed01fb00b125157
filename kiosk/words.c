/* Looking texts up in the embedded catalogues. */
#include "words.h"

#include <string.h>

/* Entry i of a table of (length, place) pairs. */
static struct span text_at(struct span mo, uint32_t table, uint32_t i)
{
	struct span row = span_cut(mo, table, mo.n < table ? 0 : mo.n - table);
	row = span_cut(row, (size_t)i * 8, 8);
	if (!row.p)
		return row;
	return span_cut(mo, load_u32(row.p + 4), load_u32(row.p));
}

/* A plural's key is the singular, a NUL, the plural: only the singular is compared. */
static int compare(struct span have, const char *key)
{
	size_t n = strlen(key);
	const uint8_t *nul = memchr(have.p, 0, have.n);
	size_t have_n = nul ? (size_t)(nul - have.p) : have.n;
	int order = memcmp(have.p, key, have_n < n ? have_n : n);
	return order != 0 ? order : (have_n > n) - (have_n < n);
}

static enum err form_of(struct span text, uint32_t form, struct span *out)
{
	for (; form > 0; form--) {
		const uint8_t *nul = memchr(text.p, 0, text.n);
		if (!nul)
			return ERR_ABSENT;
		size_t skip = (size_t)(nul - text.p) + 1;
		text = span_cut(text, skip, text.n - skip);
	}
	const uint8_t *nul = memchr(text.p, 0, text.n);
	if (nul)
		text.n = (size_t)(nul - text.p);
	*out = text;
	return text.n > 0 ? OK : ERR_ABSENT;
}

enum err words_find(struct span mo, const char *key, uint32_t form, struct span *out)
{
	*out = (struct span){NULL, 0};
	struct cursor c = cursor_at(mo);
	uint32_t magic = cursor_u32(&c);
	uint32_t revision = cursor_u32(&c);
	uint32_t count = cursor_u32(&c);
	uint32_t keys = cursor_u32(&c);
	uint32_t texts = cursor_u32(&c);
	if (c.bad || magic != 0x950412de || revision >> 16 != 0)
		return ERR_FORMAT;
	uint32_t low = 0;
	uint32_t high = count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		struct span have = text_at(mo, keys, middle);
		if (!have.p)
			return ERR_FORMAT;
		int order = compare(have, key);
		if (order == 0) {
			struct span text = text_at(mo, texts, middle);
			return text.p ? form_of(text, form, out) : ERR_FORMAT;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return ERR_ABSENT;
}

struct span say(enum language language, const char *msgid)
{
	struct span text;
	if (words_find(words_catalogue(language), msgid, 0, &text) != OK)
		return span_of(msgid);
	return text;
}

struct span say_many(enum language language, const char *one, const char *many, uint32_t n)
{
	/* French counts 0 as one; the others do not. The catalogues' Plural-Forms say the same. */
	uint32_t form = language == LANGUAGE_FR ? n > 1 : n != 1;
	struct span text;
	if (words_find(words_catalogue(language), one, form, &text) != OK)
		return span_of(form == 0 ? one : many);
	return text;
}

void say_fill(struct sink *k, struct span pattern, const struct span *args, size_t count)
{
	size_t done = 0;
	for (size_t i = 0; i + 2 < pattern.n; i++) {
		const uint8_t *p = pattern.p + i;
		if (p[0] != '{' || p[1] < '1' || p[1] > '9' || p[2] != '}')
			continue;
		sink_bytes(k, pattern.p + done, i - done);
		size_t number = (size_t)(p[1] - '1');
		if (number < count)
			sink_bytes(k, args[number].p, args[number].n);
		done = i + 3;
		i += 2;
	}
	sink_bytes(k, pattern.p + done, pattern.n - done);
}

void say_into(struct sink *k, enum language language, const char *msgid, const struct span *args,
	size_t count)
{
	say_fill(k, say(language, msgid), args, count);
}

const char *language_name(enum language language)
{
	static const char *const names[LANGUAGES] = {
		"Deutsch", "English", "Français", "Nederlands"};
	return names[language];
}
