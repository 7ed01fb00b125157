/* What a screen is, and the steps that screens share. Inside the kiosk's pure half only. */
#ifndef KIOSK_SCREENS_H
#define KIOSK_SCREENS_H

#include "ui.h"

/* One file in kiosk/screens each. */
struct screen {
	const char *name;
	/* Taps, drags and answers; app_next has dealt with what concerns every screen. */
	void (*on)(struct model *m, const struct msg *e, struct todo *todo);
	void (*view)(struct ui *u);
	/* What is spoken when it comes up. */
	void (*tell)(const struct ui *u, struct line *t);
	int32_t silence_s; /* seconds until it asks whether she is still there; 0: never */
	bool asks;         /* false: after the silence it ends without asking */
};

extern const struct screen screen_idle, screen_agenda, screen_preview, screen_printing, screen_done,
	screen_trouble, screen_access, screen_staff, screen_desk, screen_person, screen_badge,
	screen_correct, screen_late, screen_today, screen_alarm;
const struct screen *app_screen(enum screen_id s);

void app_go(struct model *m, enum screen_id to, struct todo *todo);
void app_trouble(struct model *m, enum trouble t, struct todo *todo);
/* Where the kiosk waits for a guest: the idle screen, or what stands in its way. */
void app_home(struct model *m, struct todo *todo);
/* Does what is on the screen stay until its cause is gone? */
bool app_standing(const struct model *m);
/* Nothing of the guest stays, wherever the screen goes. */
void app_forget(struct model *m, struct todo *todo);
/* The visit is over: nothing of the guest stays. */
void app_end(struct model *m, struct todo *todo);
void app_note(struct todo *todo, uint16_t kind, uint32_t issue, bool target_uncertain);
/* Put words into todo.spoken, if speech is on. */
void app_say(const struct model *m, struct todo *todo, struct span words);
bool app_tapped(const struct msg *e, const char *name);

/* Does a kiosk print badges for what she has shown: an invitation, or a late guest's own code? */
bool app_prints(const struct model *m);
/* May this guest's badge be printed here? TROUBLE_NONE: yes, once it is drawn and noted. */
enum trouble app_may_print(const struct model *m);
/* Is a job on its way to the printer? */
bool app_job_runs(const struct model *m);
/* What the printer's side said of the print under way; of any other, nothing. */
void app_job(struct model *m, const struct msg *e, struct todo *todo);
/* The entry that runs or comes next; entry_count if there is none. */
uint32_t app_next_entry(const struct model *m);

/* The emergency (app_alarm.c): another one holds, or none. */
void app_alarm(struct model *m, const struct alarm *a, struct todo *todo);
/* A kiosk that nobody stands at. */
static inline bool app_idles(const struct model *m)
{
	return m->screen == SCREEN_IDLE || (m->mode == MODE_KIOSK && m->screen == SCREEN_EMERGENCY);
}
/* A desk's words for everybody (screens/alarm.c). */
void app_form_alarm(struct model *m, struct todo *todo);

/* The board and its agent (app_network.c). */
void app_network(struct model *m, const struct network *n, struct todo *todo);
bool app_enrolling(const struct model *m);
/* A signed code was read; it lies with the agent, or cannot; time has passed. */
void app_code_read(struct model *m, struct todo *todo);
void app_code_posted(struct model *m, enum err result, struct todo *todo);
void app_code_tick(struct model *m, struct todo *todo);

/* The staff's lock (app_staff.c). An answer of the staff's room has come. */
void app_staff(struct model *m, const struct msg *e, struct todo *todo);
/* A code was read at a desk or door. True: it was dealt with. */
bool app_staff_opened(struct model *m, const struct opening *o, struct todo *todo);
/* Forget all that the card opened, and ask for one. */
void app_lock(struct model *m, struct todo *todo);
/* Time has passed: 100 s of silence ask, 20 s more lock. True: it was dealt with. */
bool app_staff_tick(struct model *m, struct todo *todo);
/* Tell the staff's room that they are there, from time to time. */
void app_staff_stay(struct model *m, struct todo *todo);
/* The longest to wait for a tick, which is wait at most. */
int64_t app_staff_wait_ms(const struct model *m, int64_t wait);
static inline bool app_unlocked(const struct model *m)
{
	return m->mode != MODE_KIOSK && m->desk.lock == LOCK_OPEN;
}
static inline bool app_has_right(const struct model *m, unsigned rights)
{
	return app_unlocked(m) && (m->desk.rights & rights);
}
/* The desk (app_desk.c): answers about people, jobs and notes; ask for a page; leave it. */
void app_desk(struct model *m, const struct msg *e, struct todo *todo);
void app_desk_job(struct model *m, const struct msg *e, struct todo *todo);
/* What became of the last badge is no news any more. */
void app_desk_settled(struct model *m);
void app_desk_noted(struct model *m, const struct msg *e, struct todo *todo);
void app_desk_search(struct model *m, struct todo *todo);
void app_desk_open(struct model *m, const uint8_t person[static EVENT_PERSON], struct todo *todo);
/* Open a form, for who is on the page, or for somebody new (screens/form.c). */
void app_form_correct(struct model *m, struct todo *todo);
void app_form_late(struct model *m, struct todo *todo);
/* A code that leads to nobody: at an open desk staff read what it is where they would look for the name.
 * returns: false, if it is no such trouble or no open desk */
bool app_desk_misread(struct model *m, enum trouble t, struct todo *todo);
/* Back to the search: nothing of the person stays. */
void app_desk_leave(struct model *m, struct todo *todo);
/* What is in the way, and what to do about it; and so of a printer's fault. */
struct cause_words {
	const char *title, *text;
};
const struct cause_words *trouble_fault(enum fault f);
/* A msgid: what a code is that does not do. */
const char *trouble_title(enum trouble t, enum foreign f);

#endif
