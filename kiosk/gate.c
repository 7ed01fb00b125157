/* A door as a value. */
#include "gate.h"

struct span gate_text(const struct gate_list *l, struct text t)
{
	return span_cut((struct span){l->text, l->text_n}, t.at, t.n);
}

struct span gate_missing_text(const struct gate_missing *l, struct text t)
{
	return span_cut((struct span){l->text, l->text_n}, t.at, t.n);
}

const struct gate_activity *gate_chosen(const struct gate *g)
{
	return g->chosen && g->at < g->list.n ? &g->list.at[g->at] : NULL;
}

int64_t gate_opens(const struct gate_activity *a)
{
	return a->start - DOOR_EARLY_S;
}

uint32_t gate_next_here(const struct gate_list *l, int64_t now)
{
	for (uint32_t i = 0; i < l->n; i++)
		if (l->at[i].here && l->at[i].end > now)
			return i;
	return l->n;
}

bool gate_follow(struct gate *g, int64_t now)
{
	const struct gate_activity *a = gate_chosen(g);

	if (!g->automatic || (a && a->end > now))
		return false;
	uint32_t next = gate_next_here(&g->list, now);
	if (next == g->list.n)
		return false;
	g->at = next;
	g->chosen = true;
	g->counts = (struct gate_counts){0};
	g->last = (struct gate_last){0};
	return true;
}

const struct gate_activity *gate_after(const struct gate *g, int64_t now)
{
	const struct gate_activity *a = gate_chosen(g);

	for (uint32_t i = 0; a && i < g->list.n; i++) {
		const struct gate_activity *b = &g->list.at[i];
		if (b->here && b != a && b->end > now && b->start >= a->start)
			return b;
	}
	return NULL;
}
