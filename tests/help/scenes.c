/* Every screen, brought about by the messages that lead to it. */
#include "scenes.h"

#include <stdio.h>
#include <string.h>

const struct size scene_sizes[SCENE_SIZES] = {
	{"1280x800", 1280, 800},
	{"1920x1080", 1920, 1080},
	{"1080x1920", 1080, 1920},
	{"800x480", 800, 480},
};
const struct style scene_styles[SCENE_STYLES] = {
	{"normal", 0, false, false},
	{"large", 1, false, true},
	{"contrast", 2, true, false},
};
const struct scene_set all_scenes = {scenes, SCENES, scene_styles, scene_sizes};

static void to_idle(struct visitor *v, enum language l)
{
	visitor_wait(v, 8 * ((int)l + 1));
}
static void to_agenda(struct visitor *v, enum language l)
{
	visitor_greeted(v, l);
}
static void to_phone(struct visitor *v, enum language l)
{
	visitor_greeted(v, l);
	visitor_tap(v, "add-to-phone");
}
static void to_preview(struct visitor *v, enum language l)
{
	visitor_greeted(v, l);
	visitor_tap(v, "print-badge");
}
static void to_printing(struct visitor *v, enum language l)
{
	to_preview(v, l);
	visitor_tap(v, "yes");
	visitor_job(v, PRINT_BADGE, JOB_SENT, FAULT_NONE);
}
static void to_held(struct visitor *v, enum language l)
{
	to_preview(v, l);
	visitor_tap(v, "yes");
	visitor_job(v, PRINT_BADGE, JOB_SENDING, FAULT_PAPER_OUT);
}
static void to_done(struct visitor *v, enum language l)
{
	to_printing(v, l);
	visitor_job(v, PRINT_BADGE, JOB_CONFIRMED, FAULT_NONE);
}
static void to_asking(struct visitor *v, enum language l)
{
	visitor_greeted(v, l);
	visitor_wait(v, 21);
}
static void to_access(struct visitor *v, enum language l)
{
	visitor_greeted(v, l);
	visitor_tap(v, "access");
}
static void to_long(struct visitor *v, enum language l)
{
	visitor_greeted(v, l);
	visitor_long(&v->m.guest, l);
	v->m.first = 1;
}
static void to_unknown(struct visitor *v, enum language l)
{
	(void)l;
	visitor_scan(v, "ZQM1");
	v->opening.answer = ANSWER_UNKNOWN;
	visitor_opened(v);
}
static void to_protected(struct visitor *v, enum language l)
{
	visitor_guest(&v->guest, l);
	v->guest.is_protected = true;
	v->guest.name.n = v->guest.given.n = v->guest.entry_count = 0;
	visitor_scan(v, "ZQM1");
	visitor_opened(v);
}
static void to_uncertain(struct visitor *v, enum language l)
{
	visitor_guest(&v->guest, l);
	v->opening.uncertain = true;
	visitor_scan(v, "ZQM1");
	visitor_opened(v);
}
static void to_journal(struct visitor *v, enum language l)
{
	visitor_guest(&v->guest, l);
	visitor_scan(v, "ZQM1");
	visitor_opened(v);
	visitor_noted(v, ERR_IO);
}
static void to_unplugged(struct visitor *v, enum language l)
{
	to_preview(v, l);
	visitor_printer(v, FAULT_NO_PERMISSION);
	visitor_tap(v, "yes");
}
static void to_no_roster(struct visitor *v, enum language l)
{
	(void)l;
	memset(&v->programme, 0, sizeof(v->programme));
	visitor_tell(v, (struct msg){.kind = MSG_ROSTER,
				.roster_news = ROSTER_MISSING,
				.programme = &v->programme});
}
static void to_withheld(struct visitor *v, enum language l)
{
	visitor_tell(v, (struct msg){.kind = MSG_LEASE, .lease = LEASE_WITHHELD});
	visitor_greeted(v, l);
}
static void to_card_only(struct visitor *v, enum language l)
{
	visitor_guest(&v->guest, l);
	v->guest.day_open = false;
	v->guest.shown = TOKEN_BADGE;
	v->guest.entry_count = 0;
	visitor_scan(v, "ZQM1");
	visitor_opened(v);
	visitor_noted(v, OK);
}
static void to_late(struct visitor *v, enum language l)
{
	visitor_guest(&v->guest, l);
	v->guest.shown = TOKEN_LATE;
	v->guest.given.n = v->guest.family.n = v->guest.entry_count = 0;
	visitor_scan(v, "ZQM1");
	visitor_opened(v);
	visitor_noted(v, OK);
}
static void to_ended(struct visitor *v, enum language l)
{
	(void)l;
	visitor_scan(v, "ZQM1");
	v->opening.answer = ANSWER_ENDED;
	visitor_opened(v);
}
static void to_demo(struct visitor *v, enum language l)
{
	visitor_tell(v, (struct msg){.kind = MSG_LEASE, .lease = LEASE_AMBER});
	v->m.programme.demo = true;
	visitor_greeted(v, l);
}

static void to_online(struct visitor *v, enum language l)
{
	visitor_network(v, visitor_online());
	to_idle(v, l);
}
static void to_offline(struct visitor *v, enum language l)
{
	visitor_network(v, visitor_offline(12, 25));
	to_idle(v, l);
}
/* Everything at once, and as long as it gets. */
static void to_worst(struct visitor *v, enum language l)
{
	v->programme.built_at -= 18 * 86400;
	visitor_tell(v, (struct msg){.kind = MSG_ROSTER,
				.roster_news = ROSTER_DAMAGED,
				.programme = &v->programme});
	visitor_network(v, visitor_offline(1234567, 17 * 24 * 60));
	visitor_printer(v, FAULT_BUSY);
	to_idle(v, l);
}
static void to_new(struct visitor *v, enum language l)
{
	visitor_network(v, (struct network){.agent = true});
	to_idle(v, l);
}
static void to_revoked(struct visitor *v, enum language l)
{
	struct network n = visitor_online();
	n.revoked = true;
	visitor_network(v, n);
	to_idle(v, l);
}
static void to_wiped(struct visitor *v, enum language l)
{
	memset(&v->programme, 0, sizeof(v->programme));
	visitor_tell(v, (struct msg){.kind = MSG_ROSTER,
				.roster_news = ROSTER_WIPED,
				.wiped_at = VISITOR_NOW - 100000,
				.programme = &v->programme});
	to_idle(v, l);
}
static void to_enrolling(struct visitor *v, enum language l)
{
	to_no_roster(v, l);
	visitor_network(v, (struct network){.agent = true, .words = "wolo mivo vama wowo"});
}
static void to_enrolled(struct visitor *v, enum language l)
{
	struct network n = visitor_online();
	to_enrolling(v, l);
	memset(n.name, 'W', PAPER_NAME);
	memcpy(n.name, "Convention Center ", 18);
	visitor_network(v, n);
}
static void to_code(struct visitor *v, enum language l)
{
	(void)l;
	visitor_network(v, visitor_online());
	visitor_scan(v, "ZQM1");
	v->opening.answer = ANSWER_CODE;
	visitor_opened(v);
}
static void to_code_taken(struct visitor *v, enum language l)
{
	struct network n = visitor_online();
	to_code(v, l);
	n.codes = 1;
	n.answer = STATUS_CODE_TAKEN;
	visitor_network(v, n);
}
static void to_code_forged(struct visitor *v, enum language l)
{
	struct network n = visitor_online();
	to_code(v, l);
	n.codes = 1;
	n.answer = STATUS_CODE_FORGED;
	visitor_network(v, n);
}

const struct scene scenes[SCENES] = {
	{"idle", to_idle, SCREEN_IDLE},
	{"agenda", to_agenda, SCREEN_AGENDA},
	{"agenda-long", to_long, SCREEN_AGENDA},
	{"agenda-withheld", to_withheld, SCREEN_AGENDA},
	{"agenda-card", to_card_only, SCREEN_AGENDA},
	{"agenda-demo", to_demo, SCREEN_AGENDA},
	{"phone", to_phone, SCREEN_AGENDA},
	{"preview", to_preview, SCREEN_PREVIEW},
	{"printing", to_printing, SCREEN_PRINTING},
	{"printing-held", to_held, SCREEN_PRINTING},
	{"done", to_done, SCREEN_DONE},
	{"asking", to_asking, SCREEN_AGENDA},
	{"access", to_access, SCREEN_ACCESS},
	{"trouble-unknown", to_unknown, SCREEN_TROUBLE},
	{"trouble-protected", to_protected, SCREEN_TROUBLE},
	{"trouble-uncertain", to_uncertain, SCREEN_TROUBLE},
	{"trouble-journal", to_journal, SCREEN_TROUBLE},
	{"trouble-printer", to_unplugged, SCREEN_TROUBLE},
	{"trouble-no-roster", to_no_roster, SCREEN_TROUBLE},
	{"trouble-wiped", to_wiped, SCREEN_TROUBLE},
	{"idle-online", to_online, SCREEN_IDLE},
	{"idle-offline", to_offline, SCREEN_IDLE},
	{"idle-worst", to_worst, SCREEN_IDLE},
	{"idle-new", to_new, SCREEN_IDLE},
	{"idle-revoked", to_revoked, SCREEN_IDLE},
	{"trouble-enrolling", to_enrolling, SCREEN_TROUBLE},
	{"trouble-enrolled", to_enrolled, SCREEN_TROUBLE},
	{"trouble-code", to_code, SCREEN_TROUBLE},
	{"trouble-code-taken", to_code_taken, SCREEN_TROUBLE},
	{"trouble-code-forged", to_code_forged, SCREEN_TROUBLE},
	{"agenda-late", to_late, SCREEN_AGENDA},
	{"trouble-ended", to_ended, SCREEN_TROUBLE},
};

void scene_see(struct visitor *v, struct draw *d, const struct scene *s, enum language l,
	const struct size *z, const struct style *y)
{
	visitor_start(v, z->width, z->height);
	s->go(v, l);
	v->m.look.scale = y->scale;
	v->m.look.contrast = y->contrast;
	v->m.look.reach = y->reach;
	app_view(&v->m, &v->m.look, d);
}

void scene_each(const struct scene_set *set, struct visitor *v, struct draw *d,
	void (*judge)(const char *where, const struct size *z, const struct style *y))
{
	const struct size *sizes = set->sizes;

	for (size_t i = 0; i < set->n * LANGUAGES * SCENE_SIZES * SCENE_STYLES; i++) {
		const struct style *y = &set->styles[i % SCENE_STYLES];
		const struct size *z = &sizes[i / SCENE_STYLES % SCENE_SIZES];
		int l = (int)(i / SCENE_STYLES / SCENE_SIZES % LANGUAGES);
		const struct scene *s = &set->scenes[i / SCENE_STYLES / SCENE_SIZES / LANGUAGES];
		char where[96];
		snprintf(where, sizeof(where), "%s-%s-%s-%s", s->name, language_codes[l], z->name,
			y->name);
		scene_see(v, d, s, (enum language)l, z, y);
		judge(where, z, y);
	}
}

bool scene_fits(struct painter *p, const struct draw *d, const struct draw_command *c)
{
	struct painter_fit fit;
	return c->op != DRAW_TEXT || painter_measure(p, d, c, &fit) != ERR_FULL;
}
