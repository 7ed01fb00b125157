/* A desk as a test of its model sees it: messages in, what it asks for, and what is drawn. */
#ifndef TESTS_DESK_GLASS_H
#define TESTS_DESK_GLASS_H

#include "test.h"

#include "desk_scenes.h"

static struct visitor v;
static struct draw d;
static struct staff_answer a;

static inline int fresh(void **state)
{
	UNUSED(state);
	at_desk_start(&v, LANGUAGE_EN, 1280, 800);
	return 0;
}

static inline void assert_screen(enum screen_id want)
{
	assert_string_equal(app_screen_name(v.m.screen), app_screen_name(want));
}

static inline bool holds(const void *where, size_t n, const char *text)
{
	return memmem(where, n, text, strlen(text)) != NULL;
}

static inline bool says(const char *text)
{
	app_view(&v.m, &v.m.look, &d);
	return holds(d.bytes, d.bytes_n, text);
}

static inline bool has(const char *region)
{
	app_view(&v.m, &v.m.look, &d);
	for (size_t i = 0; i < d.n; i++)
		if (d.commands[i].op == DRAW_REGION &&
			span_equal(draw_name_of(&d, &d.commands[i]), span_of(region)))
			return true;
	return false;
}

static inline void answer(enum staff_word word, enum err result)
{
	memset(&a, 0, sizeof(a));
	a.word = word;
	a.result = result;
	at_desk_answer(&v, &a);
}

static inline void done(uint16_t kind, enum err result)
{
	memset(&a, 0, sizeof(a));
	a.word = STAFF_WORD_DONE;
	a.kind = kind;
	a.result = result;
	at_desk_answer(&v, &a);
}

static inline void press(enum key key)
{
	struct app_words words;
	struct msg m;

	app_view(&v.m, &v.m.look, &d);
	assert_ok(app_key(&v.m, &d, key, &words, &m));
	visitor_tell(&v, m);
}

static inline void drawn(void)
{
	visitor_tap(&v, "badge");
	answer(STAFF_WORD_DRAWN, OK);
	assert_true(v.todo.render);
	visitor_rendered(&v, OK);
}

#define AT_A_DESK(test) cmocka_unit_test_setup(test, fresh)

#endif
