/* The demo's people: who is in which group, and what she is called. */
#include "demo.h"

#include <string.h>

enum { LONG_NAME_AT = 37, ID = 16 };

static const char *const company_functions[] = {"Chief Executive Officer",
	"Administratrice déléguée", "Business Development Manager", "Zaakvoerder",
	"Directeur export", "Head of Research", "Sales Director North America", "Gründerin",
	"Chief Technology Officer", "Projectingenieur", "Responsable des partenariats", "Founder",
	NULL};
static const char *const federation_functions[] = {"Secretary General", "Directeur",
	"International Adviser", "Voorzitter", "Présidente", NULL};
static const char *const academic_functions[] = {"Professor", "Rectrice", "Vice-recteur Recherche",
	"Technology Transfer Officer", "Decaan", "Postdoctoral Researcher", NULL};
static const char *const administration_functions[] = {"Trade Commissioner", "Attaché économique",
	"Adviser", "Directeur-generaal", "Policy Officer", "Handelsreferent", NULL};
static const char *const government_functions[] = {"Adviser", "Spokesperson", "Chef de cabinet",
	"Kabinetsmedewerker", "Diplomatic Adviser", NULL};
static const char *const household_functions[] = {"Private Secretary", "Aide-de-camp",
	"Press Attaché", "Chief of Protocol", "Physician", NULL};
static const char *const press_functions[] = {
	"Journalist", "Photographe", "Cameraman", "Radioreporter", "Redacteur", NULL};
static const char *const security_functions[] = {
	"Close Protection Officer", "Security Coordinator", NULL};
static const char *const partner_functions[] = {
	"Partner", "Account Director", "Interpreter", "Sponsorship Manager", NULL};
static const char *const staff_functions[] = {
	"Mission Coordinator", "Desk", "Logistics", "B2B Desk", "Transport", NULL};

const struct demo_group_row demo_groups[DEMO_GROUPS] = {
	[GROUP_COMPANY] = {303, 221, false, ROLE_DELEGATE, company_functions},
	[GROUP_FEDERATION] = {34, 17, false, ROLE_DELEGATE, federation_functions},
	[GROUP_ACADEMIC] = {45, 15, false, ROLE_DELEGATE, academic_functions},
	[GROUP_ADMINISTRATION] = {60, 8, false, ROLE_OFFICIAL, administration_functions},
	[GROUP_GOVERNMENT] = {34, 6, true, ROLE_OFFICIAL, government_functions},
	[GROUP_HOUSEHOLD] = {10, 1, true, ROLE_OFFICIAL, household_functions},
	[GROUP_PRESS] = {20, 10, false, ROLE_PRESS, press_functions},
	[GROUP_SECURITY] = {14, 2, true, ROLE_SECURITY, security_functions},
	[GROUP_PARTNER] = {20, 10, false, ROLE_PARTNER, partner_functions},
	[GROUP_STAFF] = {20, 1, true, ROLE_STAFF, staff_functions},
};

static uint32_t share(uint32_t of, uint32_t people)
{
	return (uint32_t)((uint64_t)of * people / DEMO_PEOPLE);
}

struct demo_size demo_size_of(uint32_t people)
{
	struct demo_size s = {.people = people, .scale = (people + DEMO_PEOPLE - 1) / DEMO_PEOPLE};
	uint32_t rest = people;

	for (int g = DEMO_GROUPS - 1; g > 0; g--) {
		const struct demo_group_row *row = &demo_groups[g];
		bool grows = !row->fixed && people > DEMO_PEOPLE;
		uint32_t organisations =
			grows ? share(row->organisations, people) : row->organisations;
		s.people_of[g] =
			people < DEMO_PEOPLE || grows ? share(row->people, people) : row->people;
		s.organisations_of[g] = organisations;
		rest -= s.people_of[g];
	}
	s.people_of[GROUP_COMPANY] = rest;
	s.organisations_of[GROUP_COMPANY] =
		people > DEMO_PEOPLE ? share(demo_groups[GROUP_COMPANY].organisations, people)
				     : demo_groups[GROUP_COMPANY].organisations;
	return s;
}

static enum language draw_language(struct demo_random *r)
{
	uint32_t x = demo_random_below(r, 100);

	return x < 45 ? LANGUAGE_FR : x < 90 ? LANGUAGE_NL : x < 93 ? LANGUAGE_DE : LANGUAGE_EN;
}

/* Seven in ten have a name from where their language is spoken; the rest from anywhere. */
static uint32_t draw_culture(struct demo_random *r, enum language language)
{
	static const uint8_t home[LANGUAGES][4] = {
		[LANGUAGE_DE] = {CULTURE_GERMAN, CULTURE_GERMAN, CULTURE_GERMAN, CULTURE_GERMAN},
		[LANGUAGE_EN] = {CULTURE_ENGLISH, CULTURE_ENGLISH, CULTURE_ENGLISH,
			CULTURE_ENGLISH},
		[LANGUAGE_FR] = {CULTURE_FRENCH, CULTURE_FRENCH_SOUTH, CULTURE_FRENCH_MORE,
			CULTURE_WALLOON},
		[LANGUAGE_NL] = {CULTURE_DUTCH, CULTURE_DUTCH_SOUTH, CULTURE_FLEMISH,
			CULTURE_DUTCH},
	};

	if (demo_random_below(r, 10) < 7)
		return home[language][demo_random_below(r, 4)];
	return demo_random_below(r, (uint32_t)demo_cultures_n);
}

struct name {
	const char *given, *family;
	bool family_first;
	uint64_t key;
};

static struct name draw_name(struct demo_random *r, uint32_t culture)
{
	const struct demo_culture *c = &demo_cultures[culture];
	uint32_t given = demo_random_below(r, c->given_n),
		 family = demo_random_below(r, c->family_n);

	return (struct name){c->given[given], c->family[family], c->family_first,
		1 + ((uint64_t)culture << 32 | (uint64_t)given << 16 | family)};
}

static bool drawn_lately(const struct demo_names *n, uint64_t key)
{
	for (size_t i = 0; i < COUNT(n->lately); i++)
		if (n->lately[i] == key)
			return true;
	return false;
}

static struct name name_of(struct demo_names *n, const struct demo_guest *g, enum language language)
{
	uint32_t single = g->number / 97 % (uint32_t)demo_single_names_n;
	struct name name = {"", demo_single_names[single], false, (uint64_t)1 << 40 | single};

	if (g->number == LONG_NAME_AT)
		return (struct name){"", demo_long_name, false, 0};
	if (g->number % 97 != 5 || drawn_lately(n, name.key)) {
		uint32_t culture = draw_culture(&n->random, language);
		do {
			name = draw_name(&n->random, culture);
			/* a small culture may be used up by a large organisation */
			culture = draw_culture(&n->random, language);
		} while (drawn_lately(n, name.key));
	}
	n->lately[n->at++ % COUNT(n->lately)] = name.key;
	return name;
}

static const char *honorific_of(const struct demo_guest *g, bool minister, struct demo_random *r)
{
	static const char *const academic[] = {"Prof.", "Dr.", "Prof. Dr.", "Prof. Dr. Ir.", ""};
	uint32_t x = demo_random_below(r, 40);

	if (g->group == GROUP_HOUSEHOLD && g->first)
		return "Her Royal Highness";
	if (minister)
		return "H.E.";
	if (g->group == GROUP_ACADEMIC)
		return academic[x % COUNT(academic)];
	return x == 0 ? "Ir." : x == 1 ? "Dr." : x == 2 ? "Me" : "";
}

static const char *function_of(const struct demo_guest *g, bool minister, struct demo_random *r)
{
	uint32_t n = 0;

	while (demo_groups[g->group].functions[n])
		n++;
	uint32_t pick = demo_random_below(r, n);
	if (g->group == GROUP_HOUSEHOLD && g->first)
		return "Head of the Delegation";
	if (minister)
		return "Minister";
	if (g->group == GROUP_SECURITY)
		pick = g->organisation % 2;
	return demo_groups[g->group].functions[pick];
}

static const char *delegation_of(const struct demo_guest *g, enum language language, uint32_t x)
{
	static const char *const governments[] = {
		"federal", "flanders", "wallonia", "brussels", "federal", "wallonia"};

	if (g->group == GROUP_GOVERNMENT)
		return governments[g->organisation % COUNT(governments)];
	if (g->group != GROUP_COMPANY && g->group != GROUP_FEDERATION && g->group != GROUP_ACADEMIC)
		return "federal";
	if (x == 0 || language == LANGUAGE_EN)
		return "brussels";
	return language == LANGUAGE_NL ? "flanders" : "wallonia";
}

static const char *note_of(const struct demo_guest *g)
{
	static const char *const notes[] = {"Wheelchair user: offer the low layout",
		"Badge in large print, please", "Arrives one day late",
		"Vegetarian; told the hotel"};

	if (g->group == GROUP_HOUSEHOLD && g->first)
		return "The adjutant collects the badge";
	return g->number % 53 == 11 ? notes[g->number / 53 % COUNT(notes)] : "";
}

void demo_write_person(FILE *f, struct demo_names *n, const struct demo_guest *g)
{
	bool minister = g->group == GROUP_GOVERNMENT && g->first;
	bool guarded = minister || g->group == GROUP_HOUSEHOLD ||
		       (g->group == GROUP_SECURITY && g->organisation == 0);
	enum language language = draw_language(&n->random);
	struct name name = name_of(n, g, language);
	const char *honorific = honorific_of(g, minister, &n->random);
	const char *function = function_of(g, minister, &n->random);
	const char *delegation = delegation_of(g, language, demo_random_below(&n->random, 4));
	char id[ID], organisation[ID];

	snprintf(id, sizeof(id), "p%04u", g->number + 1);
	demo_organisation_id(g->group, g->organisation, organisation);
	const char *const cells[] = {id, name.given, name.family, "",
		name.family_first ? "family-given" : "given-family", honorific, organisation,
		function, role_codes[g->role], guarded ? "yes" : "", language_codes[language],
		delegation, "", note_of(g)};
	for (size_t i = 0; i < COUNT(cells); i++) {
		demo_write_cell(f, cells[i]);
		fputc(',', f);
	}
	fprintf(f, "%s@example.org\n", id);
}
