/* The models and papers tables, and how a device finds its row. */
#include "model.h"

#include <string.h>
#include <strings.h>

enum { BROTHER = 0x04f9, EPSON = 0x04b8 };

#define QL_WIFI (QUIRK_HAS_MODES | QUIRK_COMPRESSES | QUIRK_CUTS)

/* Brother: Raster Command Reference of each family. Epson: the model's technical reference. */
const struct printer_model models[] = {
	{"QL-700", {{BROTHER, 0x2042}}, {BROTHER, 0x2049}, &lang_brother, 720, 300, 90, 0,
		{0x34, 0x35}, QUIRK_CUTS, "62x100"},
	{"QL-800", {{BROTHER, 0x209b}}, {BROTHER, 0x209e}, &lang_brother, 720, 300, 90, 0,
		{0x34, 0x38}, QUIRK_HAS_MODES | QUIRK_CUTS, "62x100"},
	{"QL-810W", {{BROTHER, 0x209c}}, {0, 0}, &lang_brother, 720, 300, 90, 0, {0x34, 0x39},
		QL_WIFI, "62x100"},
	{"QL-820NWB", {{BROTHER, 0x209d}}, {0, 0}, &lang_brother, 720, 300, 90, 0, {0x34, 0x41},
		QL_WIFI, "62x100"},
	{"QL-1100", {{BROTHER, 0x20a7}}, {BROTHER, 0x20a9}, &lang_brother, 1296, 300, 162, 44,
		{0x34, 0x43}, QL_WIFI, "62x100"},
	{"QL-1110NWB", {{BROTHER, 0x20a8}}, {BROTHER, 0x20aa}, &lang_brother, 1296, 300, 162, 44,
		{0x34, 0x44}, QL_WIFI, "62x100"},
	{"TM-T20", {{EPSON, 0x0e03}}, {0, 0}, &lang_escpos, 576, 203, 72, 0, {0, 0}, QUIRK_CUTS,
		"80"},
	{"TM-T88V", {{EPSON, 0x0202}}, {0, 0}, &lang_escpos, 512, 180, 64, 0, {0, 0},
		QUIRK_CUTS | QUIRK_PROCESS_ID, "80"},
	{"TM-L90", {{EPSON, 0x0202}}, {0, 0}, &lang_escpos, 576, 203, 72, 0, {0, 0},
		QUIRK_CUTS | QUIRK_PROCESS_ID, "80"},
	{"TM-m30", {{0, 0}}, {0, 0}, &lang_escpos, 576, 203, 72, 0, {0, 0},
		QUIRK_CUTS | QUIRK_PROCESS_ID, "80"},
	{"ESC/POS 203", {{0, 0}}, {0, 0}, &lang_escpos, 576, 203, 72, 0, {0, 0}, QUIRK_CUTS, "80"},
};
const size_t model_count = COUNT(models);

/* The first row of a language and density is what is meant where a roll cannot say its length. */
static const struct media papers[] = {
	{"62x100", &lang_brother, 300, 62, 100, 696, 1109, 1109, 1109, 12, 0},
	{"62", &lang_brother, 300, 62, 0, 696, 1109, 11811, 301, 12, 35},
	{"80", &lang_escpos, 203, 80, 0, 576, 800, 8000, 1, 0, 0},
	{"80", &lang_escpos, 180, 80, 0, 512, 709, 7090, 1, 0, 0},
};

static bool same_word(struct span s, const char *word)
{
	return s.n == strlen(word) && strncasecmp((const char *)s.p, word, s.n) == 0;
}

const struct printer_model *model_by_name(struct span name)
{
	for (size_t i = 0; i < COUNT(models); i++)
		if (name.n > 0 && same_word(name, models[i].name))
			return &models[i];
	return NULL;
}

static const uint8_t *find_byte(struct span s, char c)
{
	return s.n > 0 ? memchr(s.p, c, s.n) : NULL;
}

static struct span trim(struct span s)
{
	while (s.n > 0 && s.p[0] <= ' ')
		s.p++, s.n--;
	while (s.n > 0 && s.p[s.n - 1] <= ' ')
		s.n--;
	return s;
}

struct span device_id_field(struct span id, const char *name, const char *other)
{
	while (id.n > 0) {
		const uint8_t *end = find_byte(id, ';');
		struct span field = {id.p, end ? (size_t)(end - id.p) : id.n};
		const uint8_t *colon = find_byte(field, ':');
		size_t used = field.n + (end ? 1 : 0);

		if (colon) {
			struct span key = trim((struct span){field.p, (size_t)(colon - field.p)});
			size_t skip = (size_t)(colon - field.p) + 1;
			if (same_word(key, name) || same_word(key, other))
				return trim((struct span){field.p + skip, field.n - skip});
		}
		id.p += used;
		id.n -= used;
	}
	return (struct span){NULL, 0};
}

/* A device may put its maker or a version around its name: the row's name as a whole word in it. */
static bool names_model(struct span text, const char *name)
{
	size_t n = strlen(name);

	for (size_t at = 0; at + n <= text.n; at++) {
		bool begins = at == 0 || text.p[at - 1] == ' ' || text.p[at - 1] == '_';
		bool ends = at + n == text.n || text.p[at + n] == ' ' || text.p[at + n] == '_';
		if (begins && ends && same_word(span_cut(text, at, n), name))
			return true;
	}
	return false;
}

const struct printer_model *model_by_device_id(struct span id)
{
	struct span mdl = device_id_field(id, "MDL", "MODEL");
	struct span cmd = device_id_field(id, "CMD", "COMMAND SET");

	for (size_t i = 0; i < COUNT(models); i++)
		if (names_model(mdl, models[i].name))
			return &models[i];
	/* Clones of receipt printers name the language, not a model anybody knows. */
	for (size_t at = 0; at + 7 <= cmd.n; at++)
		if (same_word(span_cut(cmd, at, 7), "ESC/POS"))
			return model_by_name(span_of("ESC/POS 203"));
	return NULL;
}

const struct printer_model *model_by_usb(uint16_t vid, uint16_t pid)
{
	for (size_t i = 0; i < COUNT(models); i++)
		for (size_t k = 0; k < MODEL_USB_IDS && models[i].usb[k].vid != 0; k++)
			if (models[i].usb[k].vid == vid && models[i].usb[k].pid == pid)
				return &models[i];
	return NULL;
}

const struct printer_model *model_in_editor_lite(uint16_t vid, uint16_t pid)
{
	for (size_t i = 0; i < COUNT(models); i++)
		if (models[i].editor_lite.vid != 0 && models[i].editor_lite.vid == vid &&
			models[i].editor_lite.pid == pid)
			return &models[i];
	return NULL;
}

static bool takes(const struct printer_model *m, const struct media *paper)
{
	return paper->language == m->language && paper->dpi == m->dpi && paper->width <= m->dots;
}

const struct media *media_by_name(const struct printer_model *m, struct span name)
{
	for (size_t i = 0; i < COUNT(papers); i++)
		if (takes(m, &papers[i]) && same_word(name, papers[i].name))
			return &papers[i];
	return NULL;
}

const struct media *media_by_size(
	const struct printer_model *m, unsigned width_mm, unsigned length_mm)
{
	for (size_t i = 0; i < COUNT(papers); i++)
		if (takes(m, &papers[i]) && papers[i].width_mm == width_mm &&
			papers[i].length_mm == length_mm)
			return &papers[i];
	return NULL;
}

bool media_is_known(struct span name)
{
	for (size_t i = 0; i < COUNT(models); i++)
		if (media_by_name(&models[i], name))
			return true;
	return false;
}
