/* The model's view of its board: network, enrolment, and the signed codes that only the agent judges. */
#include "screens.h"

enum { PATIENCE_MS = 10 * 1000 };

bool app_enrolling(const struct model *m)
{
	return m->network.words[0] && !m->network.enrolled;
}

static void refuse(struct model *m, enum trouble t, struct todo *todo)
{
	todo->sound = SOUND_PROBLEM;
	app_trouble(m, t, todo);
}

static bool waits(const struct model *m)
{
	return m->screen == SCREEN_TROUBLE && m->trouble == TROUBLE_CODE_WAIT;
}

static void take_answer(struct model *m, enum status_answer answer, struct todo *todo)
{
	static const enum trouble troubles[] = {
		[STATUS_NO_ANSWER] = TROUBLE_CODE_SILENT,
		[STATUS_CODE_TAKEN] = TROUBLE_CODE_TAKEN,
		[STATUS_CODE_OLDER] = TROUBLE_CODE_OLDER,
		[STATUS_CODE_FOREIGN] = TROUBLE_CODE_EVENT,
		[STATUS_CODE_FORGED] = TROUBLE_CODE_FORGED,
		[STATUS_CODE_ENROLLED] = TROUBLE_CODE_KNOWN,
	};

	if (answer != STATUS_CODE_TAKEN) {
		refuse(m, troubles[(size_t)answer < COUNT(troubles) ? answer : STATUS_NO_ANSWER],
			todo);
		return;
	}
	todo->sound = SOUND_GOOD;
	/* An enrolment goes on by itself: the words are what there is to see. */
	if (app_enrolling(m))
		app_home(m, todo);
	else
		app_trouble(m, TROUBLE_CODE_TAKEN, todo);
}

/* No guest is served: staff stand there, or nobody. */
static bool is_free(const struct model *m)
{
	bool staff = m->screen == SCREEN_TROUBLE && m->trouble >= TROUBLE_ENROLLING;

	return !m->opening && (app_idles(m) || staff || app_standing(m));
}

void app_network(struct model *m, const struct network *n, struct todo *todo)
{
	bool enrolling = app_enrolling(m), enrolled = m->network.enrolled;
	bool joins = m->network.agent && !m->network.enrolled && n->enrolled;
	bool judged = waits(m) && n->codes != m->codes;

	m->network = *n;
	if (!is_free(m))
		return;
	if (joins) {
		todo->sound = SOUND_GOOD;
		app_trouble(m, TROUBLE_ENROLLED, todo);
	} else if (judged) {
		take_answer(m, n->answer, todo);
	} else if (enrolling != app_enrolling(m) || (app_standing(m) && enrolled != n->enrolled)) {
		app_home(m, todo);
	}
}

void app_code_read(struct model *m, struct todo *todo)
{
	if (!m->network.agent) {
		refuse(m, TROUBLE_CODE_NOWHERE, todo);
		return;
	}
	m->codes = m->network.codes;
	todo->sound = SOUND_WAIT;
	app_trouble(m, TROUBLE_CODE_WAIT, todo);
}

void app_code_posted(struct model *m, enum err result, struct todo *todo)
{
	if (result != OK && waits(m))
		refuse(m, TROUBLE_CODE_NOWHERE, todo);
}

void app_code_tick(struct model *m, struct todo *todo)
{
	if (waits(m) && m->boot_ms - m->entered_ms >= PATIENCE_MS)
		refuse(m, TROUBLE_CODE_SILENT, todo);
}
