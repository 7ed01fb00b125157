/* The command line of foyer-kiosk: one table, one pass. */
#include "options.h"

#include "command_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char options_help[] =
	"usage: foyer-kiosk [OPTIONS]\n"
	"       foyer-kiosk --badge TOKEN -o F.png [--roster F] [--printer URI]\n"
	"       foyer-kiosk --slip TOKEN -o F.png [--roster F] [--printer URI]\n"
	"\n"
	"The board that guests stand at. Without --story it runs until it is stopped.\n"
	"\n"
	"  --roster F        the event's sealed file (default: roster.foyer in --data)\n"
	"  --data DIR        the board's folder (default: a fresh temporary one)\n"
	"  --mode MODE       what the board is: kiosk (default), desk or door, which want a staff\n"
	"                    card, or screen: what comes next, for everybody in the hall\n"
	"  --screen LAYOUT[:PLACE]\n"
	"                    what a screen shows: room, lobby or transfers, there or in that city\n"
	"                    (default: room where --place is one, else lobby); once more for a\n"
	"                    second output\n"
	"  --languages LIST  that take turns on a screen, as fr,nl (default: de,en,fr,nl)\n"
	"  --printer URI     usb: usb:VID:PID[:SERIAL] file:PATH[?model=NAME&media=62x100]\n"
	"  --scanner URI     evdev: evdev:PATH serial:DEV camera:DEV stdin:\n"
	"  --language CODE   while nobody has chosen one: de, en (default), fr or nl\n"
	"  --place ID        the place it stands at, of list/places.csv\n"
	"  --trust FILE      the root key it believes (default: trust in --data)\n"
	"  --now ISO         set the clock, as 2025-10-06T08:40-07:00; the screen says so\n"
	"  --size WxH        of the picture, in pixels (default: 1280x800)\n"
	"  --window          show a window on the desktop\n"
	"  --story F         play the steps in F and end; --shots DIR keeps its pictures\n"
	"  --codes F         codes for F1 to F8 in a demo (default: demo-codes beside the "
	"roster);\n"
	"                    F9 pulls the network cable of the board's agent, or plugs it in\n"
	"  --badge TOKEN     write the badge of TOKEN, the dots that print, to -o F.png\n"
	"  --slip TOKEN      the same for the agenda slip; TOKEN `-` is read from standard input\n"
	"\n"
	"Exit status: 0 done; 1 the answer is no (unknown code, refused roster, failed story);\n"
	"2 wrong use; 3 a file, the disk or a device failed, or another kiosk uses the folder.\n";

static enum err wrong(const char *what, const char *why)
{
	return command_line_wrong("foyer-kiosk", what, why);
}

static enum err read_size(void *out, const char *text)
{
	struct options *o = out;
	char extra;

	if (sscanf(text, "%4dx%4d%c", &o->width, &o->height, &extra) != 2 || o->width < 320 ||
		o->height < 240 || o->width > 4096 || o->height > 4096)
		return wrong(text, "a size is WIDTHxHEIGHT, 320x240 to 4096x4096");
	return OK;
}

static enum err read_mode(void *out, const char *text)
{
	struct options *o = out;
	static const char *const modes[] = {"kiosk", "desk", "door", "screen"};

	for (size_t i = 0; i < COUNT(modes); i++)
		if (strcmp(text, modes[i]) == 0) {
			o->mode = (enum mode)i;
			return OK;
		}
	return wrong(text, "unknown mode; kiosk, desk, door and screen are known");
}

static enum err read_language(void *out, const char *text)
{
	struct options *o = out;
	int i = code_index(language_codes, LANGUAGES, span_of(text));

	if (i < 0)
		return wrong(text, "unknown language; de, en, fr and nl are known");
	o->language = (enum language)i;
	return OK;
}

static enum err read_languages(void *out, const char *text)
{
	struct options *o = out;
	struct span rest = span_of(text);

	o->language_n = 0;
	for (size_t from = 0, to = 0; to <= rest.n; to++) {
		if (to < rest.n && rest.p[to] != ',')
			continue;
		int i = code_index(language_codes, LANGUAGES, span_cut(rest, from, to - from));
		for (uint32_t k = 0; k < o->language_n; k++)
			i = i == (int)o->languages[k] ? -1 : i;
		if (i < 0)
			return wrong(text,
				"languages are de, en, fr and nl, each once, with commas "
				"between them");
		o->languages[o->language_n++] = (enum language)i;
		from = to + 1;
	}
	return OK;
}

static enum err read_screen(void *out, const char *text)
{
	struct options *o = out;
	size_t n = strcspn(text, ":");
	int layout = code_index(
		venue_layout_names, VENUE_LAYOUTS, (struct span){(const uint8_t *)text, n});

	if (layout <= VENUE_BY_PLACE || (text[n] == ':' && text[n + 1] == '\0'))
		return wrong(text, "a screen is room:PLACE, lobby[:PLACE] or transfers[:PLACE]");
	if (o->screen_n == OPTIONS_SCREENS)
		return wrong(text, "a board has two outputs at most");
	struct venue_ask *ask = &o->screens[o->screen_n];
	ask->layout = (enum venue_layout)layout;
	if (text[n] == ':' && span_copy_text(span_of(text + n + 1), ask->place, VENUE_PLACE))
		return wrong(text, "a place's id has 63 letters at most");
	o->screen_n++;
	return OK;
}

static enum err read_now(void *out, const char *text)
{
	struct options *o = out;

	if (options_read_instant(text, &o->now_ms, &o->zone_min))
		return wrong(text, "an instant is written as 2025-10-06T08:40-07:00");
	o->has_now = true;
	return OK;
}

#define AT(field) .at = offsetof(struct options, field)

static const struct command_option known[] = {
	{"--roster", AT(roster)},
	{"--data", AT(data)},
	{"--printer", AT(printer)},
	{"--scanner", AT(scanner)},
	{"--place", AT(place)},
	{"--story", AT(story)},
	{"--shots", AT(shots)},
	{"--trust", AT(trust)},
	{"--codes", AT(codes)},
	{"--badge", AT(badge)},
	{"--slip", AT(slip)},
	{"-o", AT(output)},
	{"--mode", .read = read_mode},
	{"--screen", .read = read_screen},
	{"--languages", .read = read_languages},
	{"--language", .read = read_language},
	{"--now", .read = read_now},
	{"--size", .read = read_size},
	{"--window", AT(window), .flag = true},
	{"--help", AT(help), .flag = true},
	{"-h", AT(help), .flag = true},
};

/* Nobody touches a venue screen, shows it a code or waits for paper there. */
static enum err check_screens(const struct options *o)
{
	if (o->mode != MODE_SCREEN && o->screen_n > 0)
		return wrong("--screen", "goes with --mode screen");
	if (o->mode != MODE_SCREEN)
		return o->language_n > 0 ? wrong("--languages", "goes with --mode screen") : OK;
	if (o->scanner || o->printer || o->badge || o->slip)
		return wrong("--mode screen", "a screen reads no codes and prints nothing");
	for (size_t i = 0; i < o->screen_n; i++)
		if (o->screens[i].layout == VENUE_ROOM && !o->screens[i].place[0])
			return wrong("--screen", "which room? room:PLACE, or --place");
	return OK;
}

/* What was not said: one output, the board's own place, all languages in turn. */
static enum err fill_screens(struct options *o)
{
	static const enum language all[LANGUAGES] = {
		LANGUAGE_DE, LANGUAGE_EN, LANGUAGE_FR, LANGUAGE_NL};

	if (o->mode == MODE_SCREEN && o->screen_n == 0)
		o->screen_n = 1;
	for (size_t i = 0; i < o->screen_n; i++) {
		struct venue_ask *ask = &o->screens[i];
		const char *place = o->place ? o->place : "";
		if (!ask->place[0] && span_copy_text(span_of(place), ask->place, VENUE_PLACE))
			return wrong(place, "a place's id has 63 letters at most");
		ask->language_n = o->language_n > 0 ? o->language_n : LANGUAGES;
		memcpy(ask->languages, o->language_n > 0 ? o->languages : all, sizeof(all));
	}
	return OK;
}

static enum err check_whole(const struct options *o)
{
	bool renders = o->badge || o->slip;

	if (o->badge && o->slip)
		return wrong("--slip", "ask for the badge or the slip, not both");
	if (renders && !o->output)
		return wrong(o->badge ? "--badge" : "--slip", "-o FILE.png is missing");
	if (!renders && o->output)
		return wrong("-o", "goes with --badge or --slip");
	if (renders && o->story)
		return wrong("--story", "does not go with --badge or --slip");
	if (o->shots && !o->story)
		return wrong("--shots", "goes with --story");
	if (!o->roster && !o->data)
		return wrong(
			"--roster", "no roster: name one with --roster, or a folder with --data");
	return OK;
}

enum err options_read(struct options *out, int argc, const char *const *argv)
{
	const struct command_line line = {"foyer-kiosk", known, COUNT(known)};

	*out = (struct options){.language = LANGUAGE_EN, .width = 1280, .height = 800};
	enum err e = command_line_read(&line, argc, argv, out);
	if (e || out->help)
		return e;
	e = fill_screens(out);
	if (e == OK)
		e = check_screens(out);
	return e ? e : check_whole(out);
}

/* Days from 1970-01-01, by the usual shift of the year's start to March. */
static int64_t days_from_civil(int64_t y, int m, int d)
{
	y -= m <= 2;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static bool day_exists(int y, int m, int d)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	if (m < 1 || m > 12 || d < 1)
		return false;
	bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
	return d <= days[m - 1] + (m == 2 && leap);
}

static bool read_zone(const char *text, int *minutes)
{
	int h = 0, m = 0, used = 0;

	*minutes = 0;
	if (*text == '\0' || strcmp(text, "Z") == 0)
		return true;
	if (*text != '+' && *text != '-')
		return false;
	if (sscanf(text + 1, "%2d:%2d%n", &h, &m, &used) != 2 || used != 5 || text[6] != '\0' ||
		h < 0 || h > 14 || m < 0 || m > 59)
		return false;
	*minutes = (*text == '-' ? -1 : 1) * (h * 60 + m);
	return true;
}

enum err options_read_instant(const char *text, int64_t *ms, int *zone_min)
{
	int y, mo, d, h, mi, s = 0, used = 0, zone;

	if (sscanf(text, "%4d-%2d-%2dT%2d:%2d%n", &y, &mo, &d, &h, &mi, &used) != 5 || used != 16)
		return ERR_FORMAT;
	text += used;
	if (*text == ':') {
		if (sscanf(text, ":%2d%n", &s, &used) != 1 || used != 3)
			return ERR_FORMAT;
		text += used;
	}
	if (y < 1970 || !day_exists(y, mo, d) || h < 0 || h > 23 || mi < 0 || mi > 59 || s < 0 ||
		s > 59 || !read_zone(text, &zone))
		return ERR_FORMAT;
	*ms = (days_from_civil(y, mo, d) * 86400 + h * 3600 + mi * 60 + s - zone * 60) * 1000;
	if (zone_min)
		*zone_min = zone;
	return OK;
}
