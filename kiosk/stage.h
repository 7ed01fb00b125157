/* The stage: one kiosk, whole. It boots the workers in a visible order, hands their news to the
 * model, carries out what the model wants done, and shows the frame. UI thread only.
 *
 * A live kiosk turns it until it is stopped (live.h); a story turns it step by step (play.h). */
#ifndef KIOSK_STAGE_H
#define KIOSK_STAGE_H

#include "ear.h"
#include "keeper.h"
#include "news.h"
#include "notes.h"
#include "options.h"
#include "output.h"
#include "press.h"
#include "scan_view.h"
#include "staffroom.h"

#include <limits.h>

struct eye;

/* What must not be swapped out, dumped or outlive a visit. In seal_secret_memory, as faces are (output.h). */
struct secrets {
	struct visit visit; /* work space of an opening */
	struct found found; /* whose visit it is */
	struct guest guest;
	struct press_badge badge;   /* that staff made */
	struct staff_answer answer; /* of the staff's room */
	/* of a door */
	struct gate_verdict verdict;
	struct gate_list day;
	struct gate_booked booked;
	struct gate_missing missing;
	uint8_t view[SCAN_VIEW_PIXELS]; /* what a camera sees: people */
};

/* What a venue screen keeps: what it shows, and what it has announced. */
struct hall {
	char path[PATH_MAX]; /* of the file that keeps changes */
	struct venue venue;
	struct changes changes;
};

struct stage {
	const struct options *options;
	const char *data; /* the board's folder */
	bool story;       /* makes no sound, opens no scanner but a camera */
	const char *vfs;

	bool started;
	char roster_path[PATH_MAX], trust_path[PATH_MAX], journal_path[PATH_MAX],
		lock_path[PATH_MAX];
	struct file_lock lock;
	struct traffic traffic;
	struct mailbox ui;
	struct news ui_slots[NEWS_SLOTS];
	struct secrets *secrets;
	struct programme programme;
	struct hall *hall; /* of a venue screen, else NULL */
	struct trust trust;
	enum roster_news news;
	struct holding *holding, *next; /* in use; to be used when nobody is there */
	struct bitmap page;             /* the guest's badge, in seal_secret_memory */
	struct output outputs[OPTIONS_SCREENS];
	size_t output_n;
	struct keeper *keeper;
	struct notes *notes;
	struct press *press;
	struct eye *eye;
	struct ear *ear;
	struct staffroom *staffroom; /* NULL in kiosk mode */

	/* what the agent says, and what the model was last told of it */
	bool has_status;
	struct board_status status;
	uint64_t undelivered;
	uint8_t boot[EVENT_BOOT];
	struct network network;

	struct scan_view view; /* of a camera */
	struct camera camera;  /* what the model was told of it last */
	bool viewing;          /* the display has a picture of it … */
	bool view_dirty;       /* … that is not shown yet */
	int64_t viewed_ms;

	bool visit_open;
	bool journal_bad;
	int64_t probed_ms;

	/* Called when a job is confirmed, for the demo's panel; NULL for none. */
	void (*on_printed)(void *arg, const struct bitmap *page);
	void *on_printed_arg;

	enum sound due; /* to be heard after the next frame; the last one asked for */

	/* for stories: how often since the start */
	uint64_t sounds, alerts, confirmed;
};

/* The width of the demo's panel beside the screen, in pixels. */
enum { STAGE_PANEL = 360 };

/* The boot list. On an error everything is given back again.
 * returns: OK
 *          ERR_BUSY, another kiosk uses the folder (said on standard error, with its pid)
 *          ERR_FORMAT, a URI is wrong (said)
 *          ERR_DENIED, ERR_ABSENT, ERR_FULL, ERR_IO, the folder, a device or memory (said) */
MUST_CHECK enum err stage_start(struct stage *s, const struct options *options, const char *data,
	bool story, const char *vfs);
/* The boot list backwards. A zeroed s is fine. */
void stage_stop(struct stage *s);

/* The model of the first output; of all there are, where they differ in what is shown alone. */
struct model *stage_model(const struct stage *s);
/* Hand m to the model of every output, filled in with the time, and carry out what the first wants done: the
 * world outside is the same for all. */
void stage_tell(struct stage *s, struct msg *m);
/* Hand it to one of them; nothing is carried out but for the first. */
void stage_tell_output(struct stage *s, size_t i, struct msg *m);
/* Deal with the news that are there, waiting up to timeout_ms for the first. */
void stage_turn(struct stage *s, int timeout_ms);
/* The longest time to wait before the next stage_tick, in milliseconds. */
int stage_patience_ms(const struct stage *s);
/* Time has passed. */
void stage_tick(struct stage *s);
/* Draw the frame and show it, if anything has changed. */
void stage_show(struct stage *s);
/* The list that is on the first output's glass. */
const struct draw *stage_frame(const struct stage *s);

/* What a finger, a key and a scanner do. */
void stage_tap(struct stage *s, const char *name);
void stage_touch(struct stage *s, int32_t x, int32_t y);
void stage_key(struct stage *s, enum key key);
void stage_scan(struct stage *s, struct span text);
/* UTF-8 that a keyboard typed, at a board that staff work at. It is on the glass then, so that a key that
 * follows at once finds it. */
void stage_type(struct stage *s, struct span text);

/* The staff's room (stage_staff.c): carry out todo.staff, a card was shown, an answer has come. */
void stage_ask_staff(struct stage *s, const struct todo *todo);
void stage_show_card(struct stage *s, uint32_t visit, struct span code);
void stage_hear_staff(struct stage *s);

/* A door (stage_door.c). A badge was shown: true, if the door judges it. */
bool stage_judge_badge(struct stage *s, uint32_t visit, struct span code);
/* Count who is inside and who is missing; another roster is in use; the staff's room has read what takes
 * place today, or who is missing. */
void stage_count(struct stage *s);
void stage_renew_day(struct stage *s);
void stage_take_day(struct stage *s);
void stage_take_missing(struct stage *s);

/* A camera (stage_camera.c). The eye has begun: take its picture's memory.
 * returns: OK
 *          ERR_FORMAT, ERR_IO, as scan_view_map */
MUST_CHECK enum err stage_start_camera(struct stage *s);
/* What the eye says of it; it has another picture. */
void stage_take_camera(struct stage *s, enum scanner_fault fault, bool held);
void stage_look(struct stage *s);
/* Time has passed; the longest until that is to be called again, in milliseconds. */
void stage_camera_tick(struct stage *s);
int stage_camera_wait_ms(const struct stage *s);
/* Before each frame: wipe the picture if it is not shown any more. */
void stage_look_away(struct stage *s);

/* A venue screen (stage_venue.c). Remember what the board announced before; returns: OK, ERR_FULL (the
 * folder's name), ERR_IO (memory). Then take what it shows anew, and tell the model. */
MUST_CHECK enum err stage_open_hall(struct stage *s);
void stage_renew_venue(struct stage *s);
/* Another roster is about to be used; it is in use: what does it say otherwise? */
void stage_learn(struct stage *s);
void stage_compare(struct stage *s);

/* The agent says status (NULL: there is none), and so many events are undelivered. */
void stage_take_status(struct stage *s, const struct board_status *status, uint64_t undelivered);
/* Time has passed: tell the model what has become of lease and network. */
void stage_judge(struct stage *s);
/* Hand a signed code to the agent. */
void stage_post(struct stage *s, uint32_t visit, struct span code);

/* Whether there is a demo's panel to show: a window, a roster marked as a demo, and guests with codes. */
bool stage_has_panel(const struct stage *s);
/* Tell the model which roster is in use. */
void stage_tell_roster(struct stage *s);
/* What the clock says that a board with this roster starts at when nothing else is said: an hour
 * before the first public activity; 0 without any. Milliseconds since 1970. */
int64_t stage_first_instant(const struct stage *s);

#endif
