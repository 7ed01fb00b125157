/* Venue screens, brought about by a venue and the messages that lead to it. */
#include "venue_scenes.h"

#include <string.h>

/* 1280x720 first: the smallest is the one where it gets narrow. */
static const struct size sizes[SCENE_SIZES] = {
	{"1280x720", 1280, 720},
	{"1920x1080", 1920, 1080},
	{"1080x1920", 1080, 1920},
	{"3840x2160", 3840, 2160},
};
static const struct style styles[SCENE_STYLES] = {
	{"normal", 0, false, false},
	{"large", 1, false, false},
	{"contrast", 0, true, false},
};

static const char *const tracks[][LANGUAGES] = {
	{"Hochtechnologie und KI", "High technology and AI", "Hautes technologies et IA",
		"Hoogtechnologie en AI"},
	{"Biowissenschaften und Biotechnologie", "Life sciences and biotech",
		"Sciences de la vie et biotechnologies", "Levenswetenschappen en biotechnologie"},
	{"Mobilität, Logistik und intelligente Infrastruktur",
		"Mobility, logistics and smart infrastructure",
		"Mobilité, logistique et infrastructures intelligentes",
		"Mobiliteit, logistiek en slimme infrastructuur"},
};

enum title { OPENING, TRUST, MOLECULE, CITY, HYDROGEN, LUNCH, EVENING, LONGEST };
static const char *const titles[][LANGUAGES] = {
	[OPENING] = {"Eröffnungssitzung der Mission", "Opening session of the mission",
		"Séance d’ouverture de la mission", "Openingszitting van de missie"},
	[TRUST] = {"Vertrauenswürdige künstliche Intelligenz: Regeln, die beim Verkaufen helfen",
		"Trustworthy artificial intelligence: rules that help you sell",
		"L’intelligence artificielle de confiance : des règles qui aident à vendre",
		"Betrouwbare artificiële intelligentie: regels die helpen verkopen"},
	[MOLECULE] = {"Vom Molekül zum Patienten: klinische Phasen finanzieren",
		"From molecule to patient: funding clinical phases",
		"De la molécule au malade : financer les phases cliniques",
		"Van molecule tot patiënt: klinische fasen financieren"},
	[CITY] = {"Die Stadt in Bewegung: Straßenbahn, Fahrrad und offene Daten",
		"A city on the move: trams, bicycles and open data",
		"La ville en mouvement : trams, vélos et données ouvertes",
		"Een stad in beweging: trams, fietsen en open data"},
	[HYDROGEN] = {"Wasserstoff nach der Euphorie: wer kauft, zu welchem Preis und wofür",
		"Hydrogen after the hype: who buys, at what price and what for",
		"L’hydrogène après l’engouement : qui achète, à quel prix et pour quoi faire",
		"Waterstof na de hype: wie koopt, tegen welke prijs en waarvoor"},
	[LUNCH] = {"Netzwerk-Mittagessen nach Branchen", "Networking lunch by sector",
		"Déjeuner de réseautage par secteur", "Netwerklunch per sector"},
	[EVENING] = {"Kulturabend: Kammermusik und Animationsfilm",
		"Cultural evening: chamber music and animated film",
		"Soirée culturelle : musique de chambre et cinéma d’animation",
		"Culturele avond: kamermuziek en animatiefilm"},
	[LONGEST] = {"Besuch: vom Zeichenbrett zur Startbahn, oder wie ein zwölfköpfiges Team ein "
		     "elektrisches Schulflugzeug zur Zulassung bringt",
		"Visit: from the drawing board to the runway, or how a team of twelve gets an "
		"electric training aircraft certified",
		"Visite : de la planche à dessin à la piste, ou comment une équipe de douze "
		"personnes fait certifier un avion-école électrique",
		"Bezoek: van tekentafel tot startbaan, of hoe een team van twaalf een elektrisch "
		"lesvliegtuig gecertificeerd krijgt"},
};

static struct venue venue;

static struct text keep(const char *text)
{
	struct text_memory m = {venue.text, &venue.text_n, sizeof(venue.text), false};

	return text_keep(&m, span_of(text));
}

static struct texts keep_all(const char *const text[LANGUAGES])
{
	struct texts t;

	for (int l = 0; l < LANGUAGES; l++)
		t.in[l] = keep(text[l]);
	return t;
}

/* A venue at VISITOR_NOW, Monday 08:40, with nothing in it yet. */
static void begin(enum venue_layout layout, enum language l)
{
	memset(&venue, 0, sizeof(venue));
	venue.known = true;
	venue.layout = layout;
	venue.where = VENUE_HERE;
	venue.language_n = 1;
	venue.languages[0] = l;
	venue.at = VISITOR_NOW;
	venue.offset = venue.first_offset = VISITOR_OFFSET;
	venue.room = layout == VENUE_ROOM ? keep("Room 1") : (struct text){0};
	venue.place = layout == VENUE_ROOM ? keep("Bayline Conference Center") : (struct text){0};
	venue.city = keep("San Francisco");
	venue.first = VISITOR_NOW - 86400;
	venue.last = VISITOR_NOW + 4 * 86400;
	venue.track_n = COUNT(tracks);
	for (size_t i = 0; i < COUNT(tracks); i++)
		venue.tracks[i] = keep_all(tracks[i]);
}

struct at {
	int start, end; /* minutes from VISITOR_NOW */
	const char *room, *place;
};

static struct venue_entry *add(enum title title, struct at at)
{
	struct venue_entry *e = &venue.entries[venue.entry_n++];

	*e = (struct venue_entry){.activity = (uint16_t)venue.entry_n,
		.kind = ACTIVITY_SEMINAR,
		.track = title >= TRUST && title <= CITY ? (int)title - TRUST : -1,
		.start = VISITOR_NOW + at.start * 60,
		.end = VISITOR_NOW + at.end * 60,
		.offset = VISITOR_OFFSET,
		.end_offset = VISITOR_OFFSET,
		.leave_offset = VISITOR_OFFSET,
		.title = keep_all(titles[title]),
		.room = keep(at.room),
		.place = keep(at.place),
		.city = venue.city};
	return e;
}

static void room(enum title title, int start, int end, const char *speakers)
{
	add(title, (struct at){start, end, "Room 1", "Bayline Conference Center"})->speakers =
		keep(speakers);
}

static void coach(enum title title, int leave, const char *from)
{
	struct venue_entry *e = add(title,
		(struct at){leave + 20, leave + 200, "Atrium", "Museum of Light and Motion"});

	e->leave = VISITOR_NOW + leave * 60;
	e->meeting_point = keep(from);
}

void venue_show(struct visitor *v, const struct venue *shown)
{
	struct look look = {.language = v->m.look.language,
		.width = v->m.look.width,
		.height = v->m.look.height};

	app_start(&v->m, look, MODE_SCREEN);
	visitor_tell(v, (struct msg){.kind = MSG_LOOK, .look = look});
	visitor_tell(v, (struct msg){.kind = MSG_ROSTER, .programme = &v->programme});
	visitor_tell(v, (struct msg){.kind = MSG_VENUE, .venue = shown});
	visitor_tell(v, (struct msg){.kind = MSG_TICK});
}

static void to_room_now(struct visitor *v, enum language l)
{
	begin(VENUE_ROOM, l);
	room(TRUST, -40, 50, "Saoirse Ramaswamy-Holt");
	room(HYDROGEN, 80, 155, "Thaddeus Okonjo");
	venue.entries[0].seats = VENUE_SEATS_LEFT;
	venue.entries[0].seats_left = 12;
	venue.entries[0].seats_at = VISITOR_NOW - 60;
	venue_show(v, &venue);
}

static void to_room_full(struct visitor *v, enum language l)
{
	begin(VENUE_ROOM, l);
	room(MOLECULE, -40, 50, "Evander Yoshikawa, Bartholomea Castellanos");
	venue.entries[0].seats = VENUE_SEATS_NONE;
	venue.entries[0].seats_at = VISITOR_NOW - 10 * 60;
	venue_show(v, &venue);
}

static void to_room_soon(struct visitor *v, enum language l)
{
	begin(VENUE_ROOM, l);
	room(TRUST, 25, 115, "Saoirse Ramaswamy-Holt");
	venue_show(v, &venue);
}

static void to_room_two(struct visitor *v, enum language l)
{
	begin(VENUE_ROOM, l);
	room(TRUST, -40, 50, "Saoirse Ramaswamy-Holt");
	room(CITY, -10, 50, "Calliope Vandermolen-Tate");
	venue_show(v, &venue);
}

static void to_room_tomorrow(struct visitor *v, enum language l)
{
	begin(VENUE_ROOM, l);
	room(HYDROGEN, 24 * 60 + 20, 25 * 60, "Thaddeus Okonjo");
	venue_show(v, &venue);
}

static void to_room_over(struct visitor *v, enum language l)
{
	begin(VENUE_ROOM, l);
	venue_show(v, &venue);
}

static void to_lobby(struct visitor *v, enum language l)
{
	begin(VENUE_LOBBY, l);
	add(OPENING, (struct at){-10, 35, "Pacific Ballroom", "Harbor Crest Hotel"})->kind =
		ACTIVITY_OFFICIAL;
	add(TRUST, (struct at){50, 140, "Room 1", "Bayline Conference Center"});
	add(MOLECULE, (struct at){50, 140, "Room 2", "Bayline Conference Center"});
	add(CITY, (struct at){65, 155, "Salon Alcatraz", "Harbor Crest Hotel"});
	add(HYDROGEN, (struct at){155, 230, "Room 2", "Bayline Conference Center"});
	add(LUNCH, (struct at){230, 305, "Pacific Ballroom", "Harbor Crest Hotel"})->kind =
		ACTIVITY_RECEPTION;
	venue_show(v, &venue);
}

static void to_lobby_changed(struct visitor *v, enum language l)
{
	begin(VENUE_LOBBY, l);
	struct venue_entry *e =
		add(TRUST, (struct at){50, 140, "Room 1", "Bayline Conference Center"});
	e->marks = VENUE_NEW_TIME;
	e->was = e->start - 1800;
	e->was_offset = VISITOR_OFFSET;
	add(MOLECULE, (struct at){50, 140, "Room 2", "Bayline Conference Center"})->marks =
		VENUE_CANCELLED;
	venue_show(v, &venue);
}

static void to_lobby_one(struct visitor *v, enum language l)
{
	begin(VENUE_LOBBY, l);
	add(EVENING, (struct at){10, 190, "", "Pier 61 Pavilion"})->kind = ACTIVITY_RECEPTION;
	venue_show(v, &venue);
}

/* What begins on another day stands beside the time of this one. */
static void to_lobby_tomorrow(struct visitor *v, enum language l)
{
	begin(VENUE_LOBBY, l);
	for (int i = 0; i < 8; i++)
		add(i < 4 ? OPENING : HYDROGEN, (struct at){24 * 60 + i * 20, 24 * 60 + 45 + i * 20,
							"Pacific Ballroom", "Harbor Crest Hotel"});
	venue_show(v, &venue);
}

static void to_transfers_later(struct visitor *v, enum language l)
{
	begin(VENUE_TRANSFERS, l);
	coach(CITY, 3 * 24 * 60, "Coach 4, south door");
	venue_show(v, &venue);
}

/* Both at once, and from a place whose name is long. */
static void change(struct venue_entry *e, int minutes_ago, const char *from)
{
	e->marks = VENUE_NEW_TIME | VENUE_MOVED_HERE;
	e->was = venue_when(&venue, e).at - minutes_ago * 60;
	e->was_offset = VISITOR_OFFSET;
	e->was_place = keep(from);
}

static void to_lobby_moved(struct visitor *v, enum language l)
{
	begin(VENUE_LOBBY, l);
	for (int i = 0; i < 3; i++)
		change(add(i < 2 ? TRUST : HYDROGEN,
			       (struct at){50, 140, "Room 1", "Bayline Conference Center"}),
			30, "Jacaranda Grand Ballroom, Sierra Coast Institute of Technology");
	venue_show(v, &venue);
}

/* What was to be in the room asked for, and is elsewhere or nowhere. */
static void add_gone(void)
{
	add(CITY, (struct at){-40, 50, "Room 2", "Bayline Conference Center"})->marks =
		VENUE_MOVED_AWAY;
	add(MOLECULE, (struct at){80, 155, "Room 1", "Bayline Conference Center"})->marks =
		VENUE_CANCELLED;
	venue.entry_n -= 2;
	venue.gone_n = 2;
}

static void to_room_changed(struct visitor *v, enum language l)
{
	begin(VENUE_ROOM, l);
	room(TRUST, -40, 50, "Saoirse Ramaswamy-Holt");
	change(&venue.entries[0], 30, "Room 2");
	venue.entries[0].seats = VENUE_SEATS_LEFT;
	venue.entries[0].seats_left = 12;
	venue.entries[0].seats_at = VISITOR_NOW - 10 * 60;
	room(HYDROGEN, 80, 155, "Thaddeus Okonjo");
	add_gone();
	venue_show(v, &venue);
}

static void to_room_left(struct visitor *v, enum language l)
{
	begin(VENUE_ROOM, l);
	add_gone();
	venue_show(v, &venue);
}

static void to_transfers(struct visitor *v, enum language l)
{
	begin(VENUE_TRANSFERS, l);
	coach(CITY, -5, "Coach 4, south door");
	coach(EVENING, 10, "Coaches 2–6, south door");
	coach(HYDROGEN, 45, "Coach 7, south door");
	venue_show(v, &venue);
}

static void to_transfers_changed(struct visitor *v, enum language l)
{
	begin(VENUE_TRANSFERS, l);
	coach(EVENING, 10, "Coaches 2–6, south door");
	change(&venue.entries[0], 15, "Coaches 2–6, main entrance of Harbor Crest Hotel");
	venue.entries[0].kind = ACTIVITY_TRANSFER;
	venue.entries[0].follows = keep_all(titles[HYDROGEN]);
	coach(CITY, 25, "Coach 4, south door");
	venue.entries[1].marks = VENUE_CANCELLED;
	coach(HYDROGEN, 45, "Coach 7, south door");
	change(&venue.entries[2], 15, "Coach 7, main entrance of Harbor Crest Hotel");
	venue_show(v, &venue);
}

static void to_unknown(struct visitor *v, enum language l)
{
	begin(VENUE_ROOM, l);
	venue.where = VENUE_UNKNOWN;
	venue.room = venue.place = (struct text){0};
	venue_show(v, &venue);
}

static void to_ended(struct visitor *v, enum language l)
{
	begin(VENUE_LOBBY, l);
	venue.last = VISITOR_NOW - 60;
	venue_show(v, &venue);
}

static void to_unannounced(struct visitor *v, enum language l)
{
	begin(VENUE_LOBBY, l);
	venue.first = venue.last = 0;
	venue_show(v, &venue);
}

static void without(struct visitor *v, enum language l, enum roster_news news)
{
	begin(VENUE_LOBBY, l);
	venue.known = false;
	venue_show(v, &venue);
	static struct programme none;
	visitor_tell(v, (struct msg){.kind = MSG_ROSTER, .roster_news = news, .programme = &none});
}
static void to_no_roster(struct visitor *v, enum language l)
{
	without(v, l, ROSTER_MISSING);
}
static void to_expired(struct visitor *v, enum language l)
{
	without(v, l, ROSTER_EXPIRED);
}

static void to_offline(struct visitor *v, enum language l)
{
	to_lobby(v, l);
	visitor_network(v, visitor_offline(3, 700));
}

static void to_doubtful(struct visitor *v, enum language l)
{
	to_lobby(v, l);
	visitor_tell(v, (struct msg){.kind = MSG_LEASE, .lease = LEASE_AMBER});
	visitor_tell(v, (struct msg){.kind = MSG_TICK, .doubtful = true});
}

static void to_long_room(struct visitor *v, enum language l)
{
	begin(VENUE_ROOM, l);
	venue.room = keep("Jacaranda Grand Ballroom and Terrace");
	venue.place = keep("Sierra Coast Institute of Technology");
	room(LONGEST, -40, 50,
		"Wolfeschlegelsteinhausenbergerdorff van den Broeck-Van de Velde, Saoirse "
		"Ramaswamy-Holt, Bartholomea Castellanos, Calliope Vandermolen-Tate");
	room(LONGEST, 80, 155, "Wolfeschlegelsteinhausenbergerdorff van den Broeck-Van de Velde");
	venue_show(v, &venue);
}

static void to_long_lobby(struct visitor *v, enum language l)
{
	begin(VENUE_LOBBY, l);
	for (int i = 0; i < 30; i++)
		add(LONGEST, (struct at){50 + i, 140 + i, "Jacaranda Grand Ballroom and Terrace",
				     "Sierra Coast Institute of Technology"})
			->track = 2;
	venue_show(v, &venue);
}

static void to_long_transfers(struct visitor *v, enum language l)
{
	begin(VENUE_TRANSFERS, l);
	for (int i = 0; i < 12; i++) {
		coach(LONGEST, 10 + i, "Coaches 2–6, main entrance of Harbor Crest Hotel");
		venue.entries[i].kind = i % 2 ? ACTIVITY_SEMINAR : ACTIVITY_TRANSFER;
		venue.entries[i].follows = keep_all(titles[LONGEST]);
		venue.entries[i].room = keep("Jacaranda Grand Ballroom and Terrace");
		venue.entries[i].place = keep("Sierra Coast Institute of Technology");
	}
	venue_show(v, &venue);
}

const struct scene venue_scenes[VENUE_SCENES] = {
	{"room-now", to_room_now, SCREEN_ROOM},
	{"room-full", to_room_full, SCREEN_ROOM},
	{"room-soon", to_room_soon, SCREEN_ROOM},
	{"room-two", to_room_two, SCREEN_ROOM},
	{"room-tomorrow", to_room_tomorrow, SCREEN_ROOM},
	{"room-over", to_room_over, SCREEN_ROOM},
	{"room-changed", to_room_changed, SCREEN_ROOM},
	{"room-left", to_room_left, SCREEN_ROOM},
	{"lobby", to_lobby, SCREEN_LOBBY},
	{"lobby-changed", to_lobby_changed, SCREEN_LOBBY},
	{"lobby-moved", to_lobby_moved, SCREEN_LOBBY},
	{"lobby-one", to_lobby_one, SCREEN_LOBBY},
	{"lobby-tomorrow", to_lobby_tomorrow, SCREEN_LOBBY},
	{"lobby-offline", to_offline, SCREEN_LOBBY},
	{"lobby-doubtful", to_doubtful, SCREEN_LOBBY},
	{"transfers", to_transfers, SCREEN_TRANSFERS},
	{"transfers-later", to_transfers_later, SCREEN_TRANSFERS},
	{"transfers-changed", to_transfers_changed, SCREEN_TRANSFERS},
	{"screen-unknown", to_unknown, SCREEN_ROOM},
	{"screen-ended", to_ended, SCREEN_LOBBY},
	{"screen-unannounced", to_unannounced, SCREEN_LOBBY},
	{"screen-no-roster", to_no_roster, SCREEN_LOBBY},
	{"screen-expired", to_expired, SCREEN_LOBBY},
	{"room-long", to_long_room, SCREEN_ROOM},
	{"lobby-long", to_long_lobby, SCREEN_LOBBY},
	{"transfers-long", to_long_transfers, SCREEN_TRANSFERS},
};
const struct scene_set all_venue_scenes = {venue_scenes, VENUE_SCENES, styles, sizes};
