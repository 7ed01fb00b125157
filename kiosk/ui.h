/* What all screens are put together from: texts, buttons, bars, the head and the foot. Pure. */
#ifndef KIOSK_UI_H
#define KIOSK_UI_H

#include "layout.h"
#include "words.h"

/* Marks a text in a table for the catalogues. */
#define N_(text) text

/* One view being drawn. */
struct ui {
	const struct model *m;
	const struct look *look;
	enum language language;
	struct draw *d;
	struct layout l;
	unsigned order; /* of the last region */
	int32_t label; /* size of the actions' labels, 0 before they are drawn: the foot's are no larger */
};

/* A text being put together on the stack. */
enum { LINE_MAX_BYTES = 1024 };
struct line {
	struct sink k;
	uint8_t bytes[LINE_MAX_BYTES];
};
void line_start(struct line *t);
void line_add(struct line *t, struct span s);
/* Add s, after separator if there is already something; nothing if s is empty. */
void line_join(struct line *t, const char *separator, struct span s);
struct span line_text(const struct line *t);
void line_number(struct line *t, uint64_t n);
/* Add how many there are: one and many are msgids, with {1} for the number. */
void line_count(
	struct line *t, enum language language, const char *one, const char *many, uint64_t n);

enum button { BUTTON_MAIN, BUTTON_PLAIN, BUTTON_QUIET };

struct action {
	const char *name;
	const char *label; /* a msgid */
	enum button look;
	bool off;
};

/* One of several texts under each other. */
struct block {
	struct span text;
	int32_t size;
	bool bold;
	enum ink ink;
	int32_t before; /* space above it */
};

/* Begin a view: the ground, the strip if there is something to say in it, and the grid for count
 * actions and, if foot, the language row. */
void ui_begin(struct ui *u, unsigned count, bool foot);
/* How many lines the strip of a view has: 0 where there is nothing to say in it. */
unsigned ui_strip_lines(const struct model *m, const struct look *look);
/* Words in the strip that the layout has; alarm: those of an emergency. */
void ui_strip(struct ui *u, struct span words, bool alarm);
struct span ui_say(const struct ui *u, const char *msgid);
/* One line of text in the middle of its box's height, across as said. */
void ui_text(struct ui *u, struct rect at, int32_t size, bool bold, enum ink ink, enum align across,
	struct span text);
/* layout_lines, with room to spare where text is as small as it may be and cannot shrink further. */
int32_t ui_lines(const struct ui *u, struct span text, int32_t size, bool bold, int32_t width);
/* Blocks under each other from the top (or in the middle) of at. All shrink together until they are
 * estimated to fit. Empty ones are left out. */
void ui_stack(struct ui *u, struct rect at, const struct block *blocks, size_t n, enum align down,
	enum align across);
/* How a stack sits in its place. */
struct seat {
	int32_t percent; /* of its blocks' sizes */
	enum align down, across;
};
/* Percent of their sizes at which blocks fit, and a stack at that percentage: for stacks beside each
 * other that must look alike. */
int32_t ui_percent(
	const struct ui *u, struct rect at, const struct block *blocks, size_t n, int32_t most);
void ui_stack_at(
	struct ui *u, struct rect at, const struct block *blocks, size_t n, struct seat seat);
/* Buttons beside each other: boxes, regions, and labels of one size. */
void ui_buttons(struct ui *u, struct rect at, const struct action *a, size_t n, int32_t gap);
/* How wide they want to be, so that no word of their labels is made smaller. */
int32_t ui_buttons_width(const struct ui *u, const struct action *a, size_t n, int32_t gap);
/* The actions in the grid's action rows. */
void ui_actions(struct ui *u, const struct action *a, size_t n);
unsigned ui_action_rows(const struct ui *u, size_t n);
/* The head: a title at the left, the time at the right. */
void ui_head(struct ui *u, struct span title);
void ui_title(struct ui *u, struct rect at, struct span title);
void ui_clock(struct ui *u, struct rect head);
/* The foot: the four languages and the settings for access. */
void ui_foot(struct ui *u);
/* No head: what follows takes its place as well. */
void ui_no_head(struct ui *u);
/* Two buttons that fill at, beside or above each other as it is wide or high: named less and more,
 * each off where there is nothing that way. */
void ui_turn(struct ui *u, struct rect at, bool less, bool more);
/* Their usual place: the lower right corner of at, whose right side is cut off for them. */
struct rect ui_turn_room(const struct ui *u, struct rect *at);
/* A disc with a sign in it: '!', '?', or a tick ('v'), three dots ('.'), a code that was read ('c'), a
 * lock ('l'). */
void ui_sign(struct ui *u, struct rect at, enum ink disc, enum ink ink, char sign);
/* Where help is: the desk's place, or the words for "the desk". */
struct span ui_desk(const struct ui *u, enum language language);

/* The badge that will print: its dots on white, as large as they fit into at; a sign until they are drawn. */
void ui_badge(struct ui *u, struct rect at);
/* The symbol of content, for a phone's camera, as large as it fits into at. */
void ui_code(struct ui *u, struct rect at, struct span content);

#endif
