/* The drawing vocabulary: appending commands, and printing them as text. */
#include "draw.h"

#include <string.h>

static const char *const ink_names[INKS] = {"none", "ground", "panel", "line", "text", "muted",
	"accent", "on-accent", "good", "on-good", "warn", "on-warn", "bad", "on-bad", "shade",
	"focus", "track-0", "track-1", "track-2", "track-3", "track-4", "track-5", "track-6",
	"track-7", "track-8", "track-9", "track-10", "track-11", "track-12", "track-13", "track-14",
	"track-15"};
static const char *const op_names[] = {"fill", "text", "picture", "code", "region"};
static const char *const role_names[] = {"button", "choice", "field", "text", "alert"};
static const char *const state_names[] = {"ready", "disabled", "chosen"};

void draw_clear(struct draw *d)
{
	size_t n = d->n < DRAW_COMMANDS ? d->n : DRAW_COMMANDS;
	size_t bytes = d->bytes_n < DRAW_BYTES ? d->bytes_n : DRAW_BYTES;

	/* Zeroed, because what the last view wrote may be a name; no more, because this is every frame. */
	memset(d->commands, 0, n * sizeof(d->commands[0]));
	memset(d->bytes, 0, bytes);
	d->n = d->bytes_n = 0;
	d->full = false;
}

/* The next command, zeroed; NULL, and the list full, where none or fewer than n bytes are left. */
static struct draw_command *append(struct draw *d, enum draw_op op, struct rect at, size_t n)
{
	if (d->n >= DRAW_COMMANDS || n > DRAW_BYTES - d->bytes_n) {
		d->full = true;
		return NULL;
	}
	struct draw_command *c = &d->commands[d->n++];

	memset(c, 0, sizeof(*c));
	c->op = op;
	c->at = at;
	return c;
}

static uint32_t keep(struct draw *d, struct span s)
{
	uint32_t at = (uint32_t)d->bytes_n;

	if (s.n > 0)
		memcpy(d->bytes + at, s.p, s.n);
	d->bytes_n += s.n;
	return at;
}

static void keep_text(struct draw *d, struct draw_command *c, struct span s)
{
	c->text = keep(d, s);
	c->text_n = (uint32_t)s.n;
}

void draw_box(struct draw *d, struct rect at, enum ink ink, uint32_t radius, enum ink edge,
	uint32_t border)
{
	struct draw_command *c = append(d, DRAW_FILL, at, 0);

	if (c == NULL)
		return;
	c->ink = ink;
	c->radius = radius;
	c->edge = edge;
	c->border = border;
}

void draw_fill(struct draw *d, struct rect at, enum ink ink, uint32_t radius)
{
	draw_box(d, at, ink, radius, INK_NONE, 0);
}

void draw_text(
	struct draw *d, struct rect at, enum ink ink, struct text_style style, struct span text)
{
	struct draw_command *c = append(d, DRAW_TEXT, at, text.n);

	if (c == NULL)
		return;
	c->ink = ink;
	/* Member by member: the commands compare as bytes, so padding stays zero. */
	c->style.size = style.size;
	c->style.size_min = style.size_min;
	c->style.lines = style.lines;
	c->style.weight = style.weight;
	c->style.across = style.across;
	c->style.down = style.down;
	c->style.spacing = style.spacing;
	keep_text(d, c, text);
}

void draw_picture(struct draw *d, struct rect at, enum ink ink, const char *name)
{
	struct span s = span_of(name);
	struct draw_command *c = append(d, DRAW_PICTURE, at, s.n);

	if (c == NULL)
		return;
	c->ink = ink;
	keep_text(d, c, s);
}

void draw_code(struct draw *d, struct rect at, struct span content)
{
	struct draw_command *c = append(d, DRAW_CODE, at, content.n);

	if (c == NULL)
		return;
	keep_text(d, c, content);
}

/* A region is its five facts and where it lies. NOLINTNEXTLINE(readability-function-size) */
void draw_region(struct draw *d, struct rect at, const char *name, enum region_role role,
	struct span spoken, enum region_state state, unsigned order)
{
	struct span s = span_of(name);
	struct draw_command *c = NULL;

	if (s.n >= DRAW_NAME || spoken.n > DRAW_BYTES) {
		d->full = true;
		return;
	}
	c = append(d, DRAW_REGION, at, spoken.n + s.n);
	if (c == NULL)
		return;
	c->role = role;
	c->state = state;
	c->border = order;
	keep_text(d, c, spoken);
	c->name = keep(d, s);
	c->name_n = (uint32_t)s.n;
}

struct span draw_text_of(const struct draw *d, const struct draw_command *c)
{
	return span_cut((struct span){d->bytes, d->bytes_n}, c->text, c->text_n);
}

struct span draw_name_of(const struct draw *d, const struct draw_command *c)
{
	return span_cut((struct span){d->bytes, d->bytes_n}, c->name, c->name_n);
}

static void put(struct sink *k, const char *s)
{
	sink_bytes(k, s, strlen(s));
}

static void put_number(struct sink *k, int64_t v)
{
	char digits[24];
	size_t n = sizeof(digits);
	uint64_t rest = v < 0 ? (uint64_t)-v : (uint64_t)v;

	do {
		digits[--n] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (v < 0)
		digits[--n] = '-';
	sink_bytes(k, digits + n, sizeof(digits) - n);
}

static void put_word(struct sink *k, const char *const *words, size_t n, uint32_t i)
{
	sink_u8(k, ' ');
	put(k, i < n ? words[i] : "?");
}

static void put_quoted(struct sink *k, struct span s)
{
	put(k, " \"");
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\n')
			put(k, "\\n");
		else {
			if (s.p[i] == '"' || s.p[i] == '\\')
				sink_u8(k, '\\');
			sink_u8(k, s.p[i]);
		}
	}
	sink_u8(k, '"');
}

static void put_pair(struct sink *k, const char *word, int64_t v)
{
	put(k, word);
	put_number(k, v);
}

static void put_style(struct sink *k, const struct text_style *s)
{
	static const char *const aligns[] = {"start", "centre", "end"};

	put_pair(k, " ", s->size);
	if (s->size_min != s->size)
		put_pair(k, "-", s->size_min);
	if (s->lines > 0)
		put_pair(k, " lines ", s->lines);
	if (s->weight > 4)
		put_pair(k, " weight ", s->weight);
	if (s->across != ALIGN_START)
		put_word(k, aligns, COUNT(aligns), s->across);
	if (s->down != ALIGN_START) {
		put(k, " down");
		put_word(k, aligns, COUNT(aligns), s->down);
	}
	if (s->spacing > 0)
		put_pair(k, " spacing ", s->spacing);
}

static void put_fill(struct sink *k, const struct draw_command *c)
{
	put_word(k, ink_names, INKS, c->ink);
	if (c->radius > 0)
		put_pair(k, " radius ", c->radius);
	if (c->border > 0) {
		put(k, " edge");
		put_word(k, ink_names, INKS, c->edge);
		put_pair(k, " ", c->border);
	}
}

static void put_region(struct sink *k, const struct draw *d, const struct draw_command *c)
{
	struct span name = draw_name_of(d, c);

	sink_u8(k, ' ');
	sink_bytes(k, name.p, name.n);
	put_word(k, role_names, COUNT(role_names), c->role);
	put_word(k, state_names, COUNT(state_names), c->state);
	put_pair(k, " ", c->border);
}

static void put_command(struct sink *k, const struct draw *d, const struct draw_command *c)
{
	put(k, c->op < COUNT(op_names) ? op_names[c->op] : "?");
	put_pair(k, " ", c->at.x);
	put_pair(k, ",", c->at.y);
	put_pair(k, " ", c->at.w);
	put_pair(k, "x", c->at.h);
	if (c->op == DRAW_FILL)
		put_fill(k, c);
	if (c->op == DRAW_TEXT || c->op == DRAW_PICTURE)
		put_word(k, ink_names, INKS, c->ink);
	if (c->op == DRAW_TEXT)
		put_style(k, &c->style);
	if (c->op == DRAW_REGION)
		put_region(k, d, c);
	if (c->op != DRAW_FILL)
		put_quoted(k, draw_text_of(d, c));
	sink_u8(k, '\n');
}

enum err draw_print(const struct draw *d, char *out, size_t cap)
{
	struct sink k = sink_on((uint8_t *)out, cap);

	if (d->full)
		put(&k, "full\n");
	for (size_t i = 0; i < d->n; i++)
		put_command(&k, d, &d->commands[i]);
	sink_u8(&k, 0);
	if (k.full && cap > 0)
		out[0] = 0;
	return k.full ? ERR_FULL : OK;
}
