/* The words for each state of a printer, for technicians; guests get the kiosk's own. */
#include "printer.h"

struct words {
	const char *word, *text, *remedy;
};

static const struct words words[PRINTER_STATES] = {
	[PRINTER_NONE] = {"none", "no printer is plugged in",
		"plug the printer in by USB and switch it on"},
	[PRINTER_ASKING] = {"asking", "found, it has not answered yet", "wait a moment"},
	[PRINTER_READY] = {"ready", "ready to print", ""},
	[PRINTER_PRINTING] = {"printing", "a page is coming out", "wait until it is cut"},
	[PRINTER_PAPER_OUT] = {"paper-out", "the paper is used up", "put in a new roll"},
	[PRINTER_COVER_OPEN] = {"cover-open", "the cover is open", "close it until it clicks"},
	[PRINTER_WRONG_ROLL] = {"wrong-roll", "the roll in it is of another size or colour",
		"put in the roll that the address asks for (?media=), black only"},
	[PRINTER_JAM] = {"jam", "paper is stuck at the cutter",
		"switch it off, open it, take the paper out, switch it on"},
	[PRINTER_HOT] = {"hot", "the print head is cooling down", "wait, it goes on by itself"},
	[PRINTER_UNPLUGGED] = {"unplugged", "it was there and is gone",
		"look at the cable and the power switch"},
	[PRINTER_BUSY] = {"busy", "another program holds it",
		"stop that program, often cups or ipp-usb"},
	[PRINTER_EDITOR_LITE] = {"editor-lite", "it is in Editor Lite mode and acts as a disk",
		"hold its Editor Lite button until the green light goes out"},
	[PRINTER_NO_PERMISSION] = {"no-permission", "this user may not open it",
		"install 60-foyer-printer.rules in /etc/udev/rules.d, or join the group lp; "
		"for a file, look at its folder's rights"},
	[PRINTER_NO_FILE] = {"no-file", "the file cannot be written",
		"make its folder, or name another file behind file:"},
	[PRINTER_UNKNOWN] = {"unknown", "a printer of a model that is not known",
		"name the model with ?model=; foyer-print list --models shows them"},
	[PRINTER_SILENT] = {"silent", "it does not answer", "switch it off and on again"},
	[PRINTER_FAULT] = {"fault", "it reports a fault", "look at its display and lights"},
};

static const struct words *words_of(enum printer_state s)
{
	return &words[(unsigned)s < PRINTER_STATES ? s : PRINTER_FAULT];
}

const char *printer_state_word(enum printer_state s)
{
	return words_of(s)->word;
}

const char *printer_state_text(enum printer_state s)
{
	return words_of(s)->text;
}

const char *printer_state_remedy(enum printer_state s)
{
	return words_of(s)->remedy;
}
