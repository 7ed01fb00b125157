/* The good and the bad days of a venue screen, sentence by sentence, in four languages. */
#include "test.h"

#include "app.h"
#include "help/town.h"
#include "story.h"

enum { HOUR = 3600 };

static struct town town;
static struct model m;
static struct venue v;
static struct programme programme;
static struct changes changes;
static struct draw d;
static enum venue_layout layout;
static const char *place;
static bool known;
static int64_t now;

static void tell(struct msg e)
{
	struct todo todo;

	e.wall = now;
	e.boot_ms = now * 1000;
	app_next(&m, &e, &todo);
	assert_false(todo.open || todo.say || todo.print || todo.staff.verb != STAFF_NOTHING);
}

/* The clock goes on to that time, and the board looks again. */
static void at(int64_t when, enum language l)
{
	struct venue_ask ask = {.layout = layout, .language_n = 1, .languages = {l}};

	now = when;
	strcpy(ask.place, place);
	venue_take(&v, known ? &town.roster : NULL, &ask, &changes, now);
	tell((struct msg){.kind = MSG_VENUE, .venue = &v});
	tell((struct msg){.kind = MSG_TICK});
}

static void take_list(enum roster_news news)
{
	known = true;
	programme_take(&programme, town_open(&town), (struct span){0}, now);
	(void)changes_compare(&changes, &town.roster, now);
	tell((struct msg){.kind = MSG_ROSTER, .roster_news = news, .programme = &programme});
}

static int fresh(void **state)
{
	struct look look = {.language = LANGUAGE_EN, .width = 1920, .height = 1080};

	UNUSED(state);
	memset(&changes, 0, sizeof(changes));
	town_make(&town);
	struct activity *a = town_add(&town, TOWN_HALL_A, "Talk", 9 * HOUR, 60);
	a->speakers = span_of("Ada Example");
	a = town_add(&town, TOWN_PIER, "Party", 19 * HOUR, 120);
	a->leave_by = town_at(18, 20);
	a->meeting_point = span_of("Coach 4");
	town_add(&town, TOWN_HALL_A, "Morning", 33 * HOUR, 60);
	app_start(&m, look, MODE_SCREEN);
	known = false;
	layout = VENUE_ROOM;
	place = "hall-a";
	now = town_at(8, 40);
	return 0;
}

static int done(void **state)
{
	UNUSED(state);
	town_free(&town);
	return 0;
}

static bool says(const char *text)
{
	app_view(&m, &m.look, &d);
	assert_false(d.full);
	return story_sees(&d, span_of(text));
}

static void assert_says(const char *text)
{
	if (says(text))
		return;
	print_error("not on the screen: \"%s\"\n", text);
	for (size_t i = 0; i < d.n; i++) {
		struct span t = draw_text_of(&d, &d.commands[i]);
		if (d.commands[i].op == DRAW_TEXT)
			print_error("  \"%.*s\"\n", (int)t.n, t.p);
	}
	fail();
}

/* At that time, this in German, English, French and Dutch. */
static void each(int64_t when, const char *de, const char *en, const char *fr, const char *nl)
{
	const char *const texts[LANGUAGES] = {de, en, fr, nl};

	for (int l = 0; l < LANGUAGES; l++) {
		at(when, (enum language)l);
		assert_says(texts[l]);
	}
}

TEST(a_screen_without_a_list_says_so_on_every_layout)
{
	static const enum screen_id screens[] = {SCREEN_ROOM, SCREEN_LOBBY, SCREEN_TRANSFERS};

	for (layout = VENUE_ROOM; layout < VENUE_LAYOUTS; layout++) {
		each(town_at(8, 40), "Auf diesem Bildschirm steht noch kein Programm.",
			"There is no programme on this screen yet.",
			"Il n’y a pas encore de programme sur cet écran.",
			"Op dit scherm staat nog geen programma.");
		assert_int_equal(m.screen, screens[layout - VENUE_ROOM]);
		/* Which zone this is nobody knows. */
		assert_false(says("08:40"));
		assert_false(says("15:40"));
	}
}

TEST(a_damaged_list_is_not_called_a_missing_one)
{
	tell((struct msg){.kind = MSG_ROSTER, .roster_news = ROSTER_DAMAGED});
	each(town_at(8, 40), "Das Programm dieses Bildschirms ist nicht lesbar.",
		"The programme on this screen cannot be read.",
		"Le programme de cet écran est illisible.",
		"Het programma van dit scherm is onleesbaar.");
}

TEST(an_expired_list_says_that_its_event_is_over)
{
	tell((struct msg){.kind = MSG_ROSTER, .roster_news = ROSTER_EXPIRED});
	each(town_at(8, 40),
		"Das Programm dieses Bildschirms gehört zu einer beendeten Veranstaltung.",
		"The programme on this screen is of an event that is over.",
		"Le programme de cet écran est celui d’un événement terminé.",
		"Het programma van dit scherm is van een evenement dat voorbij is.");
}

TEST(a_list_that_comes_is_shown_at_once)
{
	at(town_at(8, 40), LANGUAGE_EN);
	take_list(ROSTER_FINE);
	at(town_at(8, 40), LANGUAGE_EN);
	assert_says("Talk");
	assert_says("In 20 minutes");
	assert_says("08:40");
	assert_false(says("There is no programme"));
}

TEST(a_newer_list_that_is_damaged_leaves_the_old_one_and_is_said)
{
	take_list(ROSTER_FINE);
	tell((struct msg){.kind = MSG_ROSTER, .roster_news = ROSTER_DAMAGED});
	each(town_at(9, 0), "Eine neuere Liste ließ sich nicht verwenden",
		"A newer list could not be used", "Une liste plus récente n’a pas pu être utilisée",
		"Een nieuwere lijst kon niet worden gebruikt");
	assert_says("Talk");
}

TEST(an_old_list_is_shown_and_said_to_be_old)
{
	static const enum lease leases[] = {LEASE_AMBER, LEASE_WITHHELD};

	take_list(ROSTER_FINE);
	at(town_at(9, 0), LANGUAGE_EN);
	assert_false(says("out of date"));
	for (size_t i = 0; i < COUNT(leases); i++) {
		tell((struct msg){.kind = MSG_LEASE, .lease = leases[i]});
		each(town_at(9, 0), "Dieses Programm ist vielleicht nicht mehr aktuell.",
			"This programme may be out of date.",
			"Ce programme n’est peut-être plus à jour.",
			"Dit programma is misschien niet meer actueel.");
		assert_says("Talk");
	}
}

TEST(a_clock_that_nobody_vouches_for_is_said_to_be_one)
{
	take_list(ROSTER_FINE);
	at(town_at(9, 0), LANGUAGE_EN);
	assert_false(says("clock"));
	static const char *const words[LANGUAGES] = {
		"Die Uhr dieses Bildschirms geht vielleicht falsch.",
		"The clock of this screen may be wrong.",
		"L’heure de cet écran est peut-être fausse.",
		"De klok van dit scherm is misschien niet juist."};
	for (int l = 0; l < LANGUAGES; l++) {
		at(town_at(9, 0), (enum language)l);
		tell((struct msg){.kind = MSG_TICK, .doubtful = true});
		assert_says(words[l]);
		assert_says("Talk");
	}
}

TEST(the_network_goes_and_comes)
{
	struct network n = {.agent = true, .enrolled = true, .online = true};

	take_list(ROSTER_FINE);
	tell((struct msg){.kind = MSG_NETWORK, .network = &n});
	each(town_at(9, 0), "Verbunden · Liste: 4. Oktober", "Connected · list of 4 October",
		"En ligne · liste : 4 octobre", "Verbonden · lijst van 4 oktober");
	n.online = false;
	n.silent_min = 61;
	tell((struct msg){.kind = MSG_NETWORK, .network = &n});
	each(town_at(9, 0), "Kein Netz · Liste: 4. Oktober", "No network · list of 4 October",
		"Sans réseau · liste : 4 octobre", "Geen netwerk · lijst van 4 oktober");
	each(town_at(9, 0), "Server vor 1 Stunde gehört", "hub heard 1 hour ago",
		"serveur joint il y a 1 heure", "server 1 uur geleden gehoord");
	assert_says("Talk");
	n.online = true;
	tell((struct msg){.kind = MSG_NETWORK, .network = &n});
	at(town_at(9, 0), LANGUAGE_EN);
	assert_says("Connected");
	assert_false(says("No network"));
}

TEST(a_board_without_an_agent_says_how_old_its_list_is)
{
	take_list(ROSTER_FINE);
	each(town_at(9, 0), "Liste: 4. Oktober, 10:46", "list of 4 October, 10:46",
		"liste : 4 octobre, 10:46", "lijst van 4 oktober, 10:46");
	assert_false(says("netwerk"));
}

TEST(a_board_that_is_nobodys_or_was_withdrawn_says_so)
{
	struct network n = {.agent = true};

	take_list(ROSTER_FINE);
	tell((struct msg){.kind = MSG_NETWORK, .network = &n});
	each(town_at(9, 0), "Dieser Bildschirm ist nicht angemeldet", "This screen is not enrolled",
		"Écran non enregistré", "Dit scherm is niet aangemeld");
	n.revoked = true;
	tell((struct msg){.kind = MSG_NETWORK, .network = &n});
	each(town_at(9, 0), "Dieser Bildschirm ist gesperrt: Personal, bitte ausschalten",
		"This screen was withdrawn: staff, please switch it off",
		"Écran retiré du service : personnel, veuillez l’éteindre",
		"Dit scherm is uit dienst: medewerkers, schakel het uit");
}

TEST(a_room_nobody_knows_says_so)
{
	take_list(ROSTER_FINE);
	place = "cellar";
	each(town_at(9, 0), "Das Programm sagt nichts über diesen Ort.",
		"The programme says nothing about this place.",
		"Le programme ne dit rien de ce lieu.",
		"Het programma zegt niets over deze plaats.");
	assert_false(says("Talk"));
}

TEST(a_programme_without_anything_public_says_so)
{
	for (size_t i = 0; i < town.n; i++)
		town.activities[i].activity.open_to_all = false;
	take_list(ROSTER_FINE);
	each(town_at(9, 0), "Noch ist nichts angekündigt.", "Nothing is announced yet.",
		"Rien n’est encore annoncé.", "Er is nog niets aangekondigd.");
	assert_false(says("Talk"));
}

TEST(before_the_event_its_first_day_is_named)
{
	take_list(ROSTER_FINE);
	each(TOWN_DAY - 3 * 86400, "Das Programm beginnt am Montag, 6. Oktober 2025.",
		"The programme begins on Monday, 6 October 2025.",
		"Le programme commence le lundi 6 octobre 2025.",
		"Het programma begint op maandag 6 oktober 2025.");
	assert_says("Talk");
	assert_says("09:00");
}

TEST(in_the_evening_the_morning_is_announced)
{
	take_list(ROSTER_FINE);
	each(town_at(10, 0), "Heute findet hier nichts mehr statt.",
		"Nothing more takes place here today.", "Plus aucune activité ici aujourd’hui.",
		"Vandaag vindt hier niets meer plaats.");
	each(town_at(10, 0), "Morgen", "Tomorrow", "Demain", "Morgen");
	assert_says("Morning");
	assert_says("09:00");
}

TEST(what_is_over_here_goes_on_elsewhere)
{
	take_list(ROSTER_FINE);
	place = "pier";
	each(town_at(21, 0), "Hier findet nichts mehr statt.", "Nothing more takes place here.",
		"Il ne se passe plus rien ici.", "Hier vindt niets meer plaats.");
}

TEST(after_the_event_people_are_thanked)
{
	take_list(ROSTER_FINE);
	for (layout = VENUE_ROOM; layout < VENUE_LAYOUTS; layout++)
		each(town_at(34, 0), "Die Veranstaltung ist zu Ende. Vielen Dank für Ihr Kommen.",
			"The event is over. Thank you for coming.",
			"L’événement est terminé. Merci de votre venue.",
			"Het evenement is voorbij. Bedankt voor uw komst.");
}

TEST(a_full_room_says_so_and_an_old_count_is_dated)
{
	struct fold_activity counts = {
		.entered = 99, .inside = 99, .last_ms = town_at(9, 5) * 1000};

	take_list(ROSTER_FINE);
	at(town_at(9, 6), LANGUAGE_EN);
	assert_false(says("seat"));
	venue_count(&v.entries[0], &counts);
	tell((struct msg){.kind = MSG_VENUE, .venue = &v});
	assert_says("1 seat left");
	assert_false(says("as of"));
	at(town_at(9, 10), LANGUAGE_EN);
	counts.inside = 100;
	venue_count(&v.entries[0], &counts);
	tell((struct msg){.kind = MSG_VENUE, .venue = &v});
	assert_says("Full · as of 09:05");
	/* A hub that is heard would have told. */
	struct network n = {.agent = true, .enrolled = true, .online = true};
	tell((struct msg){.kind = MSG_NETWORK, .network = &n});
	assert_says("Full");
	assert_false(says("as of"));
}

TEST(coaches_board_and_leave_in_four_languages)
{
	take_list(ROSTER_FINE);
	layout = VENUE_TRANSFERS;
	each(town_at(18, 5), "Einsteigen", "Boarding", "Embarquement", "Instappen");
	assert_says("Coach 4");
	assert_says("18:20");
	each(town_at(18, 20), "Abgefahren", "Left", "Parti", "Vertrokken");
	each(town_at(18, 35), "Hier findet nichts mehr statt.", "Nothing more takes place here.",
		"Il ne se passe plus rien ici.", "Hier vindt niets meer plaats.");
}

TEST(a_change_is_marked_in_four_languages_for_an_hour)
{
	take_list(ROSTER_FINE);
	town.activities[0].activity.start += HOUR;
	town.activities[0].activity.end += HOUR;
	town.activities[0].activity.place = TOWN_HALL_B;
	take_list(ROSTER_FINE);
	place = "hall-b";
	each(town_at(9, 39), "Neue Zeit, statt 09:00", "New time, was 09:00",
		"Nouvel horaire, au lieu de 09:00", "Nieuw tijdstip, was 09:00");
	each(town_at(9, 39), "Verlegt von Hall A", "Moved from Hall A",
		"Déplacé, au lieu de Hall A", "Verplaatst van Hall A");
	at(town_at(9, 40), LANGUAGE_EN);
	assert_false(says("was 09:00"));
	place = "hall-a";
	each(town_at(9, 39), "Verlegt nach Hall B", "Moved to Hall B", "Déplacé vers Hall B",
		"Verplaatst naar Hall B");
}

TEST(what_is_cancelled_or_new_is_marked_in_four_languages)
{
	take_list(ROSTER_FINE);
	town.activities[0].present = false;
	town_add(&town, TOWN_HALL_A, "More", 15 * HOUR, 60);
	take_list(ROSTER_FINE);
	each(town_at(9, 0), "Abgesagt", "Cancelled", "Annulé", "Geannuleerd");
	each(town_at(9, 0), "Neu im Programm", "New in the programme", "Nouveau au programme",
		"Nieuw in het programma");
	assert_says("Talk");
}

TEST(what_people_wait_for_in_vain_is_told_one_by_one_by_the_minute)
{
	town_add(&town, TOWN_HALL_A, "Lecture", 10 * HOUR, 60);
	take_list(ROSTER_FINE);
	town.activities[0].activity.place = TOWN_HALL_B;
	town.activities[3].present = false;
	take_list(ROSTER_FINE);
	for (int minute = 0; minute < 4; minute++) {
		at(town_at(8, 50) + minute * 60, LANGUAGE_EN);
		assert_int_equal(v.gone_n, 2);
		assert_true(says("Talk") != says("Lecture"));
		assert_true(says("Moved to Hall B") == says("Talk"));
		assert_true(says("Cancelled") == says("Lecture"));
		bool talk = says("Talk");
		for (int s = 10; s < 60; s += 10) {
			at(now + 10, LANGUAGE_EN);
			assert_true(says("Talk") == talk);
		}
		at(now + 10, LANGUAGE_EN);
		assert_true(says("Talk") != talk);
	}
}

TEST(two_changes_of_one_thing_take_turns_where_a_line_is_too_short)
{
	take_list(ROSTER_FINE);
	town.activities[0].activity.start += HOUR;
	town.activities[0].activity.end += HOUR;
	town.activities[0].activity.place = TOWN_PIER;
	take_list(ROSTER_FINE);
	layout = VENUE_LOBBY;
	for (int minute = 0; minute < 2; minute++) {
		at(town_at(8, 50) + minute * 60, LANGUAGE_FR);
		bool told = says("au lieu de 09:00");
		assert_true(told != says("Hall A, Harbor House"));
		at(now + 60, LANGUAGE_FR);
		assert_true(says("au lieu de 09:00") != told);
	}
}

TEST(the_last_page_of_a_list_is_as_full_as_the_others)
{
	town_add(&town, TOWN_HALL_A, "More", 15 * HOUR, 60);
	take_list(ROSTER_FINE);
	layout = VENUE_LOBBY;
	for (int turn = 0; turn < 4; turn++) {
		at(town_at(8, 40) + turn * VENUE_TURN_S, LANGUAGE_EN);
		assert_says("More");
		assert_true(says("Talk") != says("Party"));
	}
}

TEST(nobody_touches_a_screen_and_no_code_is_for_it)
{
	static const enum msg_kind hands[] = {MSG_SCANNED, MSG_TAP, MSG_FOCUS, MSG_DRAG, MSG_TYPE};

	take_list(ROSTER_FINE);
	at(town_at(9, 0), LANGUAGE_EN);
	app_view(&m, &m.look, &d);
	for (size_t i = 0; i < d.n; i++)
		assert_int_not_equal(d.commands[i].op, DRAW_REGION);
	for (size_t i = 0; i < COUNT(hands); i++) {
		tell((struct msg){.kind = hands[i], .name = "done", .code = "ZQM1", .code_n = 4});
		assert_int_equal(m.screen, SCREEN_ROOM);
		assert_int_equal(m.visit, 0);
	}
}

#define T(name) cmocka_unit_test_setup_teardown(name, fresh, done)
static const struct CMUnitTest tests[] = {
	T(a_screen_without_a_list_says_so_on_every_layout),
	T(a_damaged_list_is_not_called_a_missing_one),
	T(an_expired_list_says_that_its_event_is_over),
	T(a_list_that_comes_is_shown_at_once),
	T(a_newer_list_that_is_damaged_leaves_the_old_one_and_is_said),
	T(an_old_list_is_shown_and_said_to_be_old),
	T(a_clock_that_nobody_vouches_for_is_said_to_be_one),
	T(the_network_goes_and_comes),
	T(a_board_without_an_agent_says_how_old_its_list_is),
	T(a_board_that_is_nobodys_or_was_withdrawn_says_so),
	T(a_room_nobody_knows_says_so),
	T(a_programme_without_anything_public_says_so),
	T(before_the_event_its_first_day_is_named),
	T(in_the_evening_the_morning_is_announced),
	T(what_is_over_here_goes_on_elsewhere),
	T(after_the_event_people_are_thanked),
	T(a_full_room_says_so_and_an_old_count_is_dated),
	T(coaches_board_and_leave_in_four_languages),
	T(a_change_is_marked_in_four_languages_for_an_hour),
	T(what_is_cancelled_or_new_is_marked_in_four_languages),
	T(what_people_wait_for_in_vain_is_told_one_by_one_by_the_minute),
	T(two_changes_of_one_thing_take_turns_where_a_line_is_too_short),
	T(the_last_page_of_a_list_is_as_full_as_the_others),
	T(nobody_touches_a_screen_and_no_code_is_for_it),
};
RUN_TESTS(tests)
