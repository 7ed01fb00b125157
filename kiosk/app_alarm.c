/* The emergency that holds: what becomes of the screen, and its words. */
#include "alarm.h"
#include "screens.h"

#include <string.h>

static bool same(const struct alarm *a, const struct alarm *b)
{
	return a->on == b->on && a->since == b->since && a->n == b->n &&
	       memcmp(a->said, b->said, a->n) == 0;
}

void app_alarm(struct model *m, const struct alarm *a, struct todo *todo)
{
	if (!a || same(a, &m->alarm))
		return;
	m->alarm = *a;
	/* Whoever was asked whether it is over was asked about another one. */
	m->desk.alarm.ending = false;
	/* Whoever is in the middle of something goes on below it. */
	if (!app_standing(m) && (app_idles(m) || m->mode == MODE_SCREEN))
		app_home(m, todo);
	if (!a->on)
		return;
	todo->sound = SOUND_PROBLEM;
	app_say(m, todo, alarm_words(m, m->look.language));
}

static void add(struct alarm_texts *t, struct span text, enum language language)
{
	if (text.n == 0)
		return;
	t->text[t->n] = text;
	t->language[t->n++] = language;
}

void alarm_texts(const struct model *m, struct alarm_texts *out)
{
	const struct alarm *a = &m->alarm;
	struct emergency e;

	*out = (struct alarm_texts){0};
	enum err err = emergency_read(&e, (struct span){a->said, a->n});
	add(out, e.everybody, LANGUAGES);
	for (int i = 0; i < LANGUAGES; i++) {
		/* What a newer program said in its own way is an emergency all the same. */
		if (err)
			e.in[i] = say(
				(enum language)i, "Please follow the instructions of the staff.");
		add(out, e.in[i], (enum language)i);
	}
}

struct span alarm_words(const struct model *m, enum language language)
{
	const enum language order[] = {
		language, LANGUAGES, LANGUAGE_EN, LANGUAGE_FR, LANGUAGE_NL, LANGUAGE_DE};
	struct alarm_texts t;

	if (!m->alarm.on)
		return (struct span){0};
	alarm_texts(m, &t);
	for (size_t k = 0; k < COUNT(order); k++)
		for (size_t i = 0; i < t.n; i++)
			if (t.language[i] == order[k])
				return t.text[i];
	return (struct span){0};
}
