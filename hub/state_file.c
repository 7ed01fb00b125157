/* The files of what an event remembers: read strictly, saved whole or not at all. */
#include "state.h"

#include "file.h"
#include "hex.h"
#include "seal.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH = 4096, FIELDS = 20, LINE = 512, STATE_FILE_MAX = 512 << 20 };

/* One line of a state file, cut at its commas. */
struct line {
	const char *file;
	size_t number;
	struct span field[FIELDS];
	size_t n;
};

static bool next_line(struct span *rest, struct line *l)
{
	const uint8_t *end = rest->n ? memchr(rest->p, '\n', rest->n) : NULL;

	if (!end)
		return false;
	struct span text = {rest->p, (size_t)(end - rest->p)};
	rest->n -= text.n + 1;
	rest->p = end + 1;
	l->number++;
	for (l->n = 0; l->n < FIELDS;) {
		const uint8_t *comma = memchr(text.p, ',', text.n);
		size_t n = comma ? (size_t)(comma - text.p) : text.n;
		l->field[l->n++] = (struct span){text.p, n};
		if (!comma)
			break;
		text = (struct span){comma + 1, text.n - n - 1};
	}
	return true;
}

static bool number_in(struct span s, int base, uint64_t max, uint64_t *out)
{
	static const char digits[] = "0123456789abcdef";

	*out = 0;
	for (size_t i = 0; i < s.n; i++) {
		const char *at = memchr(digits, s.p[i], (size_t)base);
		if (!at || *out > (max - (uint64_t)(at - digits)) / (uint64_t)base)
			return false;
		*out = *out * (uint64_t)base + (uint64_t)(at - digits);
	}
	return s.n > 0;
}

static bool u32_in(struct span s, uint32_t *out)
{
	uint64_t v;

	if (!number_in(s, 10, UINT32_MAX, &v))
		return false;
	*out = (uint32_t)v;
	return true;
}

/* "a6": activity 6, "p3": place 3. */
static bool read_in(struct state *s, struct span word)
{
	bool place = word.n > 0 && word.p[0] == 'p';
	uint64_t number;

	if (word.n == 0 || (!place && word.p[0] != 'a') ||
		!number_in(span_cut(word, 1, word.n - 1), 10, UINT16_MAX, &number))
		return false;
	struct source_reading *r = GROW_ONE(&s->reads, struct source_reading);
	if (!r)
		return false;
	*r = (struct source_reading){place, (uint16_t)number};
	return true;
}

/* Words with one space between them, or nothing. */
static bool reads_in(struct state *s, struct span text, struct state_person *p)
{
	const uint8_t *space = text.p;

	p->read_first = GROW_COUNT(&s->reads, struct source_reading);
	while (text.n > 0 && space) {
		space = memchr(text.p, ' ', text.n);
		size_t n = space ? (size_t)(space - text.p) : text.n;
		if (!read_in(s, (struct span){text.p, n}) || n + 1 == text.n)
			return false;
		p->read_n++;
		text = span_cut(text, n + 1, text.n - n - 1);
	}
	return true;
}

static bool person_in(struct state *s, const struct line *l)
{
	struct state_person p = {0};
	uint32_t gone = 0;

	if (l->n != 18 || span_copy_text(l->field[0], p.id, sizeof(p.id)) || p.id[0] == '\0')
		return false;
	uint32_t *const numbers[] = {&p.slot, &p.at, &p.units, &p.incarnation, &p.generation,
		&p.invitation, &p.badge, &p.badge_epoch, &p.card, &p.pin, &p.opens, &p.rights,
		&gone};
	for (size_t i = 0; i < COUNT(numbers); i++)
		if (!u32_in(l->field[i + 1], numbers[i]))
			return false;
	p.gone = gone != 0;
	if (!number_in(l->field[14], 16, UINT64_MAX, &p.given) ||
		!number_in(l->field[15], 16, UINT64_MAX, &p.family))
		return false;
	if (!u32_in(l->field[16], &p.read_generation) || !reads_in(s, l->field[17], &p))
		return false;
	if (p.slot != GROW_COUNT(&s->people, struct state_person) || state_person(s, p.id))
		return false;
	if (state_add_person(s, p.id))
		return false;
	GROW_ARRAY(&s->people, struct state_person)[p.slot] = p;
	return true;
}

/* Numbers are given in rising order; the last one of this kind, or -1. */
static int32_t last_number(const struct state *s, bool place)
{
	const struct state_number *numbers = GROW_ARRAY(&s->numbers, struct state_number);

	for (size_t i = GROW_COUNT(&s->numbers, struct state_number); i > 0; i--)
		if (numbers[i - 1].place == place)
			return numbers[i - 1].number;
	return -1;
}

static bool number_line_in(struct state *s, const struct line *l)
{
	struct state_number n = {0};
	uint64_t number;

	if (l->n != 4 || !number_in(l->field[1], 10, UINT16_MAX, &number) ||
		span_copy_text(l->field[2], n.id, sizeof(n.id)) || !u32_in(l->field[3], &n.epoch))
		return false;
	n.place = span_equal(l->field[0], span_of("place"));
	n.number = (uint16_t)number;
	if (!n.place && !span_equal(l->field[0], span_of("activity")))
		return false;
	if (n.number <= last_number(s, n.place))
		return false;
	grow_bytes(&s->numbers, &n, sizeof(n));
	return true;
}

static bool revoked_in(struct state *s, const struct line *l)
{
	uint8_t label[TOKEN_LABEL];

	if (l->n != 1 || hex_read(l->field[0], label, sizeof(label)) != OK)
		return false;
	grow_bytes(&s->revoked, label, sizeof(label));
	return true;
}

static bool late_in(struct state *s, const struct line *l)
{
	uint8_t handle[EVENT_PERSON];
	char id[LIST_ID + 1];

	if (l->n != 2 || span_copy_text(l->field[0], id, sizeof(id)) ||
		hex_read(l->field[1], handle, sizeof(handle)) != OK)
		return false;
	struct state_person *p = state_person(s, id);
	return p && !p->late && state_take_late(s, p, handle) == OK;
}

static bool build_in(struct state *s, const struct line *l)
{
	uint64_t built_at;
	const struct {
		const char *name;
		uint32_t *into;
	} numbers[] = {
		{"card_bytes", &s->card_bytes},
		{"units", &s->units},
		{"slots", &s->slots},
		{"staff_epoch", &s->staff_epoch},
		{"late", &s->late_told},
	};

	if (l->n != 2)
		return false;
	for (size_t i = 0; i < COUNT(numbers); i++)
		if (span_equal(l->field[0], span_of(numbers[i].name)))
			return u32_in(l->field[1], numbers[i].into);
	if (span_equal(l->field[0], span_of("sequence")))
		return number_in(l->field[1], 10, UINT64_MAX, &s->sequence);
	if (span_equal(l->field[0], span_of("content")))
		return hex_read(l->field[1], s->content, sizeof(s->content)) == OK;
	if (!span_equal(l->field[0], span_of("built_at")) ||
		!number_in(l->field[1], 10, INT64_MAX, &built_at))
		return false;
	s->built_at = (int64_t)built_at;
	return true;
}

static const struct state_file {
	const char *name, *header;
	bool (*take)(struct state *s, const struct line *l);
	bool younger; /* than the others: a state without late guests may lack it */
} files[] = {
	{"people.csv",
		"id,slot,at,units,incarnation,generation,invitation,badge,badge_epoch,card,pin,"
		"opens,rights,gone,given,family,read_generation,reads",
		person_in, false},
	{"numbers.csv", "kind,number,id,epoch", number_line_in, false},
	{"revoked.csv", "label", revoked_in, false},
	{"late.csv", "id,handle", late_in, true},
	{"build.csv", "key,value", build_in, false},
};

/* The first line names the columns: another one is another version of this program's. */
static enum err check_header(const struct state_file *f, struct span bytes, const char *path)
{
	size_t n = strlen(f->header);
	size_t most = bytes.n < n ? bytes.n : n;
	bool same = memcmp(bytes.p, f->header, most) == 0;

	/* A header cut short is a torn file, which the lines will tell. */
	if (same && (bytes.n <= n || bytes.p[n] == '\n'))
		return OK;
	fprintf(stderr,
		"foyer: %s:1: not the columns that this version of foyer writes; use the version "
		"that "
		"built it last, or a newer one\n",
		path);
	return ERR_VERSION;
}

static enum err path_of(const char *dir, const char *name, const char *end, char out[static PATH])
{
	return snprintf(out, PATH, "%s/state/%s%s", dir, name, end) < PATH ? OK : ERR_FULL;
}

static const char fresh[] = ".new";

/* The last of the new files is there, so all of them were. */
static bool is_saved(const char *dir)
{
	char path[PATH];

	return path_of(dir, files[COUNT(files) - 1].name, fresh, path) == OK &&
	       access(path, F_OK) == 0;
}

static enum err load_file(
	struct state *s, const char *dir, const struct state_file *f, bool saved, unsigned *there)
{
	char path[PATH];
	struct file_bytes bytes;
	struct line l = {.file = f->name};

	enum err e = path_of(dir, f->name, fresh, path);
	if (e == OK && (!saved || access(path, F_OK) != 0))
		e = path_of(dir, f->name, "", path);
	if (e)
		return e;
	e = file_read(&bytes, path, STATE_FILE_MAX);
	if (e == ERR_ABSENT)
		return OK;
	if (e) {
		fprintf(stderr, "foyer: %s: %s\n", path, err_text(e));
		return e;
	}
	*there += !f->younger;
	if (f->younger)
		s->late_there = true;
	struct span rest = bytes.bytes;
	e = check_header(f, rest, path);
	if (e) {
		file_free(&bytes);
		return e;
	}
	while (e == OK && next_line(&rest, &l))
		if (l.number > 1 && !f->take(s, &l))
			e = ERR_FORMAT;
	if (e == OK && rest.n > 0)
		e = ERR_FORMAT;
	if (e)
		fprintf(stderr,
			"foyer: %s:%zu: not a line this program wrote; bring the file back from "
			"your last copy\n",
			path, rest.n > 0 && l.number == 0 ? 1 : l.number);
	file_free(&bytes);
	return e;
}

enum err state_load(struct state *out, const char *dir)
{
	unsigned there = 0;

	bool saved = is_saved(dir);
	*out = (struct state){.staff_epoch = 1};
	for (size_t i = 0; i < COUNT(files); i++) {
		enum err e = load_file(out, dir, &files[i], saved, &there);
		if (e) {
			state_free(out);
			return e;
		}
	}
	/* Without one of its files every code that was ever replaced would be good again. */
	if (out->sequence > 0 &&
		(there < COUNT(files) - 1 || (out->late_told && !out->late_there))) {
		fprintf(stderr,
			"foyer: %s/state: a file is missing; bring the folder back from your last "
			"copy\n",
			dir);
		state_free(out);
		return ERR_FORMAT;
	}
	if (out->people.failed || out->numbers.failed || out->revoked.failed || out->reads.failed) {
		state_free(out);
		return ERR_IO;
	}
	return OK;
}

static void put_line(struct grow *g, const char *line)
{
	grow_bytes(g, line, strlen(line));
	grow_bytes(g, "\n", 1);
}

static void put_hex_line(struct grow *g, const uint8_t *p, size_t n)
{
	char hex[2 * 32 + 1];

	hex_write((struct span){p, n}, hex);
	put_line(g, hex);
}

static void reads_out(const struct state *s, const struct state_person *p, struct grow *g)
{
	char word[16];

	for (size_t i = 0; i < p->read_n; i++) {
		const struct source_reading *r =
			GROW_ARRAY(&s->reads, struct source_reading) + p->read_first + i;
		snprintf(word, sizeof(word), "%s%c%u", i > 0 ? " " : "", r->place ? 'p' : 'a',
			r->number);
		grow_bytes(g, word, strlen(word));
	}
	put_line(g, "");
}

static void people_out(const struct state *s, struct grow *g)
{
	const struct state_person *people = GROW_ARRAY(&s->people, struct state_person);
	char line[LINE];

	for (size_t i = 0; i < GROW_COUNT(&s->people, struct state_person); i++) {
		const struct state_person *p = &people[i];
		snprintf(line, sizeof(line),
			"%s,%u,%u,%u,%u,%u,%u,%u,%u,%u,%u,%u,%u,%d,%016" PRIx64 ",%016" PRIx64
			",%u,",
			p->id, p->slot, p->at, p->units, p->incarnation, p->generation,
			p->invitation, p->badge, p->badge_epoch, p->card, p->pin, p->opens,
			p->rights, p->gone, p->given, p->family, p->read_generation);
		grow_bytes(g, line, strlen(line));
		reads_out(s, p, g);
	}
}

static void numbers_out(const struct state *s, struct grow *g)
{
	const struct state_number *numbers = GROW_ARRAY(&s->numbers, struct state_number);
	char line[LINE];

	for (size_t i = 0; i < GROW_COUNT(&s->numbers, struct state_number); i++) {
		snprintf(line, sizeof(line), "%s,%u,%s,%u", numbers[i].place ? "place" : "activity",
			numbers[i].number, numbers[i].id, numbers[i].epoch);
		put_line(g, line);
	}
}

static void revoked_out(const struct state *s, struct grow *g)
{
	for (size_t i = 0; i < s->revoked.n; i += TOKEN_LABEL)
		put_hex_line(g, s->revoked.p + i, TOKEN_LABEL);
}

static void late_out(const struct state *s, struct grow *g)
{
	const struct state_person *p = GROW_ARRAY(&s->people, struct state_person);

	for (size_t i = 0; i < GROW_COUNT(&s->people, struct state_person); i++) {
		if (!p[i].late)
			continue;
		grow_bytes(g, p[i].id, strlen(p[i].id));
		grow_bytes(g, ",", 1);
		put_hex_line(g, p[i].handle, EVENT_PERSON);
	}
}

static void build_out(const struct state *s, struct grow *g)
{
	char lines[LINE];

	snprintf(lines, sizeof(lines),
		"sequence,%" PRIu64 "\nbuilt_at,%" PRId64
		"\ncard_bytes,%u\nunits,%u\nslots,%u\nstaff_epoch,%u\nlate,%u",
		s->sequence, s->built_at, s->card_bytes, s->units, s->slots, s->staff_epoch,
		s->late);
	put_line(g, lines);
	grow_bytes(g, "content,", 8);
	put_hex_line(g, s->content, sizeof(s->content));
}

/* What was saved whole takes its names, build.csv last. */
static enum err settle(const char *dir)
{
	char path[PATH], from[PATH];

	for (size_t i = 0; i < COUNT(files); i++)
		if (path_of(dir, files[i].name, "", path) != OK ||
			path_of(dir, files[i].name, fresh, from) != OK ||
			(rename(from, path) != 0 && errno != ENOENT))
			return ERR_IO;
	return file_sync_name(path);
}

enum err state_save(const struct state *s, const char *dir)
{
	static void (*const out[])(const struct state *, struct grow *) = {
		people_out, numbers_out, revoked_out, late_out, build_out};
	char path[PATH];

	if (snprintf(path, sizeof(path), "%s/state", dir) >= PATH)
		return ERR_FULL;
	enum err e = file_make_folder(path);
	if (e == OK && is_saved(dir))
		e = settle(dir);
	for (size_t i = 0; i < COUNT(files) && e == OK; i++) {
		struct grow g = {0};
		put_line(&g, files[i].header);
		out[i](s, &g);
		e = path_of(dir, files[i].name, fresh, path);
		if (e == OK)
			e = g.failed ? ERR_IO : file_write(path, (struct span){g.p, g.n}, 0600);
		grow_free(&g);
	}
	return e == OK ? settle(dir) : e;
}
