/* The fold: what staff say, and what they undo, as far as it is believed. */
#include "fold_inside.h"

#include "staff.h"

#include <stdlib.h>

enum err fold_said_copy(const struct event *e, struct event **said)
{
	*said = NULL;
	if (staff_rights_for(e) == 0)
		return OK;
	*said = malloc(sizeof(**said));
	if (!*said)
		return ERR_IO;
	**said = *e;
	return OK;
}

void fold_judge_slot(const struct fold *f, struct slot *s)
{
	s->rights = 0;
	s->believed = !s->said || (f->judge && f->judge(f->context, s->said, &s->rights) == OK);
}

void fold_believe(struct fold *f, fold_judge *judge, const void *context)
{
	f->judge = judge;
	f->context = context;
	for (size_t i = 0; i < f->slots.cap; i++) {
		struct slot *s = f->slots.at[i];
		if (s && s->said)
			fold_judge_slot(f, s);
	}
	fold_boots_review(f);
}

void fold_undo_enter(struct fold *f, struct slot *undo, struct slot *target)
{
	undo->next_undo = target->undos;
	target->undos = undo;
	fold_boot_review(f, target);
}

void fold_undo_leave(struct fold *f, struct slot *undo, struct slot *target)
{
	struct slot **at = &target->undos;

	while (*at != undo)
		at = &(*at)->next_undo;
	*at = undo->next_undo;
	fold_boot_review(f, target);
}

/* An undo is not undone: it counts as soon as it is believed. */
bool fold_counts(const struct slot *s)
{
	if (!s->there || !s->believed)
		return false;
	for (const struct slot *u = s->undos; u && s->kind != EVENT_UNDO; u = u->next_undo)
		if (u->believed && staff_may_undo(u->rights, s->kind, s->needs))
			return false;
	return true;
}
