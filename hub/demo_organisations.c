/* The demo's organisations: invented companies put together from words, and lists of the rest. */
#include "demo.h"

#include <string.h>

static const char *const company_names[] = {"Noordvink", "Valderic", "Brumaire", "Zonnehart",
	"Quentavia", "Haverlo", "Mirebelle", "Oosterlicht", "Fernelmont-Neuf", "Kwikstaart",
	"Arduinna", "Belfroi", "Tessenderlicht", "Lumière & Fils", "Blauwvoet", "Condruzia",
	"Wintertuin", "Ourthelin", "Ginderbos", "Hespéride", "Zeeduivel", "Pierrefeu", "Molenrad",
	"Sambrelle", "Duinhelm", "Étincelle", "Vogelzang", "Hauts-Sarts", "Leieboord",
	"Cœur-de-Meuse", "Ravenstein", "Calestienne", "Polderwind", "Amblevia", "Kempenaar",
	"Grand-Vent", "Schelderoos", "Famenne", "Hopduvel", "Marolline", "Stormvloed", "Vesdrelle",
	"Ijzerkrans", "Semoisel", "Koekelier", "Bruyère", "Denderbel", "Lesseline", "Galgenberg",
	"Houyoux", "Netelaar", "Gaumaise", "Wolkenrijk", "Thudinelle", "Krekelhof", "Orneau",
	"Merelbeek", "Salmiane", "Zwinstreek", "Hainaudor", "Eikenrode", "Piconrue", "Vlindertuin"};
static const char *const company_fields[DEMO_TRACKS][7] = {
	[AERO] = {"Aerostructures", "Avionics", "Satellite Systems", "Composites", "Propulsion",
		"Radar", "Space Instruments"},
	[CLEAN] = {"Energy", "Batteries", "Watertechniek", "Hydrogène", "Recycling",
		"Heat Networks", "Éoliennes"},
	[TECH] = {"Robotics", "Software", "Photonics", "AI", "Semiconductors", "Cyber", "Data"},
	[LIFE] = {"Biosciences", "Pharma", "Diagnostics", "Medical", "Cell Therapy", "Nutrition",
		"Vaccins"},
	[MOVE] = {"Logistics", "Rail", "Maritime", "Mobilité", "Smart Grids", "Bridges",
		"Cold Chain"},
	[MEDIA] = {"Studios", "Architecten", "Games", "Design", "Animation", "Sport", "Éditions"},
};
static const char *const company_forms[] = {"NV", "SA", "BV", "SRL", "AG"};

/* 160 letters: no screen and no badge may cut it. */
static const char longest[] = "Confédération interprofessionnelle des ateliers, manufactures, "
			      "laboratoires et coopératives de "
			      "la mécanique de précision, des lasers et de la micro-électronique";

struct named {
	const char *name, *short_name;
	enum organisation_kind_word { KIND_FEDERATION, KIND_CHAMBER, KIND_OTHER } kind;
};

static const struct named federations[] = {
	{longest, "CIAMLC", KIND_FEDERATION},
	{"Federatie van de Voedingsambachten", "Fedamba", KIND_FEDERATION},
	{"Fédération des Industries du Son et de l'Image", "FISI", KIND_FEDERATION},
	{"Verbond van Maritieme Dienstverleners", "Maridienst", KIND_FEDERATION},
	{"Association belgo-pacifique du Spatial", "Belspace Pacific", KIND_FEDERATION},
	{"Verband der Ostbelgischen Betriebe", "VOB", KIND_FEDERATION},
	{"Clean Rivers Industry Federation", "CRIF", KIND_FEDERATION},
	{"Koepel van Gezondheidstechnologie", "Gezontec", KIND_FEDERATION},
	{"Union des Bureaux d'Architecture et de Paysage", "UBAP", KIND_FEDERATION},
	{"Chambre de Commerce des Trois Vallées", "CC3V", KIND_CHAMBER},
	{"Kamer van Koophandel Leie en Duin", "KvK Leie", KIND_CHAMBER},
	{"Handelskammer an der Hill", "HK Hill", KIND_CHAMBER},
	{"Chambre de Commerce du Haut-Plateau", "CCHP", KIND_CHAMBER},
	{"Kamer voor Handel en Nijverheid Zuiderpoort", "KHN Zuid", KIND_CHAMBER},
	{"Belgian-Pacific Chamber of Commerce", "BelPac", KIND_CHAMBER},
	{"Chambre de Commerce Sambre-et-Bruyère", "CCSB", KIND_CHAMBER},
	{"Kamer van Ondernemers Kempenrand", "KOK", KIND_CHAMBER},
};
static const struct named academics[] = {
	{"Université des Deux-Rivières", "UDR", KIND_OTHER},
	{"Universiteit Zuiderlei", "UZL", KIND_OTHER},
	{"Hogeschool Blauwe Toren", "HBT", KIND_OTHER},
	{"Haute École du Beffroi", "HEB", KIND_OTHER},
	{"Université de la Citadelle", "UCIT", KIND_OTHER},
	{"Vrije Academie Oosterweel", "VAO", KIND_OTHER},
	{"Institut polytechnique de l'Ourthe-Basse", "IPOB", KIND_OTHER},
	{"Instituut voor Fijne Mechanica", "IFM", KIND_OTHER},
	{"École des Arts du Récit", "EAR", KIND_OTHER},
	{"Hochschule Hohes Venn", "HHV", KIND_OTHER},
	{"Centre de Recherche du Vivant", "CRV", KIND_OTHER},
	{"Onderzoekscentrum Nieuwe Materialen", "ONM", KIND_OTHER},
	{"Faculté des Sciences nautiques", "FSN", KIND_OTHER},
	{"Universiteit Hageland-Zuid", "UHZ", KIND_OTHER},
	{"Business School Montagne-du-Parc", "BSMP", KIND_OTHER},
};
static const struct named administrations[] = {
	{"Agency for Trade Abroad", "ATA", KIND_OTHER},
	{"Office wallon des Exportations", "OWE", KIND_OTHER},
	{"Vlaams Handelsbureau", "VHB", KIND_OTHER},
	{"Brussels Trade Desk", "BTD", KIND_OTHER},
	{"Directorate for Economic Diplomacy", "DED", KIND_OTHER},
	{"Consulate General, West Coast", "CG West", KIND_OTHER},
	{"Office fédéral de la Recherche appliquée", "OFRA", KIND_OTHER},
	{"Stadsdiensten Internationaal", "SDI", KIND_OTHER},
};
static const struct named governments[] = {
	{"Cabinet of the Federal Minister for Foreign Trade", "Federal Trade", KIND_OTHER},
	{"Kabinet van de Vlaamse minister van Economie", "Kab. Economie", KIND_OTHER},
	{"Cabinet du ministre wallon de l'Économie", "Cab. Économie", KIND_OTHER},
	{"Cabinet de la secrétaire d'État bruxelloise", "Cab. Bruxelles", KIND_OTHER},
	{"Cabinet of the Federal Minister for Science", "Federal Science", KIND_OTHER},
	{"Kabinett der Ministerin für Ostbelgien", "Kab. Ostbelgien", KIND_OTHER},
};
static const struct named households[] = {{"Royal Household", "Household", KIND_OTHER}};
static const struct named presses[] = {
	{"De Ochtendpost", "Ochtendpost", KIND_OTHER},
	{"Le Courrier du Canal", "Courrier", KIND_OTHER},
	{"Radio Zeewind", "Zeewind", KIND_OTHER},
	{"Télé-Beffroi", "Télé-Beffroi", KIND_OTHER},
	{"Grenzland-Rundschau", "Rundschau", KIND_OTHER},
	{"The Atlantic Ledger", "Ledger", KIND_OTHER},
	{"Agence Tilleul", "Tilleul", KIND_OTHER},
	{"Weekblad Onderneming", "Onderneming", KIND_OTHER},
	{"Studio Plein Cadre", "Plein Cadre", KIND_OTHER},
	{"Persbureau Lindeblad", "Lindeblad", KIND_OTHER},
};
static const struct named securities[] = {
	{"Close Protection Unit", "CPU", KIND_OTHER},
	{"Pacific Event Safety", "PES", KIND_OTHER},
};
static const struct named partners[] = {
	{"Bank van de Vier Winden", "4 Winden", KIND_OTHER},
	{"Assurances du Vieux-Pont", "Vieux-Pont", KIND_OTHER},
	{"Kestrel & Rowe Attorneys", "Kestrel & Rowe", KIND_OTHER},
	{"Transatlantica Airlines", "Transatlantica", KIND_OTHER},
	{"Chocolaterie Sœurs Delvigne-Roux", "Sœurs Delvigne", KIND_OTHER},
	{"Harbor Crest Hotels", "Harbor Crest", KIND_OTHER},
	{"Brouwerij De Drie Torens", "Drie Torens", KIND_OTHER},
	{"Golden State Investors Circle", "GSIC", KIND_OTHER},
	{"Pacific Coachways", "Coachways", KIND_OTHER},
	{"Lexicon Interpreters", "Lexicon", KIND_OTHER},
};
static const struct named offices[] = {{"Mission Office", "Mission Office", KIND_OTHER}};

static const struct {
	char letter;
	const char *kind;
	const struct named *rows;
	uint32_t n;
} lists[DEMO_GROUPS] = {
	[GROUP_COMPANY] = {'c', "company", NULL, 0},
	[GROUP_FEDERATION] = {'f', "federation", federations, COUNT(federations)},
	[GROUP_ACADEMIC] = {'u', "academic", academics, COUNT(academics)},
	[GROUP_ADMINISTRATION] = {'a', "administration", administrations, COUNT(administrations)},
	[GROUP_GOVERNMENT] = {'g', "government", governments, COUNT(governments)},
	[GROUP_HOUSEHOLD] = {'h', "household", households, COUNT(households)},
	[GROUP_PRESS] = {'m', "company", presses, COUNT(presses)},
	[GROUP_SECURITY] = {'s', "administration", securities, COUNT(securities)},
	[GROUP_PARTNER] = {'p', "partner", partners, COUNT(partners)},
	[GROUP_STAFF] = {'o', "administration", offices, COUNT(offices)},
};

enum demo_track demo_organisation_sector(enum demo_group g, uint32_t i)
{
	return g == GROUP_COMPANY || g == GROUP_FEDERATION || g == GROUP_ACADEMIC
		       ? (enum demo_track)(i % DEMO_TRACKS)
		       : NO_TRACK;
}

void demo_organisation_id(enum demo_group g, uint32_t i, char *out)
{
	snprintf(out, 16, "%c%03u", lists[g].letter, i + 1);
}

/* Every combination of words comes once before a number is put behind. */
static void company_name(uint32_t i, char *name, char *brief)
{
	uint32_t names = COUNT(company_names), forms = COUNT(company_forms);
	uint32_t field = (i / (DEMO_TRACKS * 3) + i) % 7, round = i / names;
	const char *first = company_names[i % names],
		   *second = company_fields[i % DEMO_TRACKS][field];

	if (round < forms)
		snprintf(name, 160, "%s %s %s", first, second, company_forms[round]);
	else
		snprintf(name, 160, "%s %s %u %s", first, second, round,
			company_forms[round % forms]);
	snprintf(brief, 160, "%s %s", first, second);
}

void demo_write_organisation(FILE *f, enum demo_group g, uint32_t i)
{
	char id[16], name[320], brief[160];
	enum demo_track sector = demo_organisation_sector(g, i);
	const char *kind = lists[g].kind;

	demo_organisation_id(g, i, id);
	if (g == GROUP_COMPANY) {
		company_name(i, name, brief);
	} else {
		const struct named *row = &lists[g].rows[i % lists[g].n];
		uint32_t branch = i / lists[g].n;
		kind = row->kind == KIND_CHAMBER ? "chamber" : kind;
		if (branch)
			snprintf(name, sizeof(name), "Branch %u, %.150s", branch + 1,
				row->name == longest ? row->short_name : row->name);
		else
			snprintf(name, sizeof(name), "%s", row->name);
		snprintf(brief, sizeof(brief), "%s", row->short_name);
	}
	fprintf(f, "%s,", id);
	demo_write_cell(f, name);
	fputc(',', f);
	demo_write_cell(f, brief);
	fprintf(f, ",%s,%s,%s\n", kind, g == GROUP_PARTNER && i % 2 ? "US" : "BE",
		sector == NO_TRACK ? "" : demo_tracks[sector].id);
}
