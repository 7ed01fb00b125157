/* The table of printers and the table of papers: facts, a row each. Pure; nothing here is owned. */
#ifndef DRIVERS_MODEL_H
#define DRIVERS_MODEL_H

#include "language.h"

enum { MODEL_USB_IDS = 2 };

struct usb_id {
	uint16_t vid, pid; /* vid 0: no more */
};

/* Ways in which a model differs from others of its language. */
enum quirk {
	QUIRK_COMPRESSES = 1, /* Brother: PackBits, and blank rows as one byte */
	QUIRK_HAS_MODES = 2,  /* Brother: must be switched to raster mode (ESC i a) */
	QUIRK_PROCESS_ID = 4, /* ESC/POS: says when a page came out (GS ( H) */
	QUIRK_CUTS = 8,       /* has a cutter */
};

struct printer_model {
	const char *name; /* as printed on the device */
	struct usb_id usb[MODEL_USB_IDS];
	struct usb_id editor_lite; /* what it is on USB while it pretends to be a disk */
	const struct printer_language *language;
	uint16_t dots; /* across the head */
	uint16_t dpi;
	uint16_t row;      /* bytes a row on the wire */
	uint16_t offset;   /* dots from the right edge of the head to where paper begins */
	uint8_t status[2]; /* bytes 3 and 4 of a Brother status */
	unsigned quirks;
	const char *media; /* the usual one */
};

struct media {
	const char *name; /* as in ?media= */
	const struct printer_language *language;
	uint16_t dpi;                            /* of the models it is for */
	uint16_t width_mm, length_mm;            /* length 0: continuous */
	uint16_t width;                          /* dots that can be printed */
	uint16_t height, max_height, min_height; /* dots: usual, most and least */
	uint16_t offset; /* dots from the paper's right edge to the first that prints */
	uint16_t margin; /* rows fed before and after */
};

/* The tables, for lists. */
extern const struct printer_model models[];
extern const size_t model_count;

/* Rows; NULL where none fits. Names in any case. */
const struct printer_model *model_by_name(struct span name);
/* id: the text of an IEEE-1284 device id (MDL or MODEL, MFG or MANUFACTURER). */
const struct printer_model *model_by_device_id(struct span id);
const struct printer_model *model_by_usb(uint16_t vid, uint16_t pid);
/* The model that shows this id while it is in Editor Lite mode. */
const struct printer_model *model_in_editor_lite(uint16_t vid, uint16_t pid);
const struct media *media_by_name(const struct printer_model *m, struct span name);
/* Some model takes a paper of that name. */
bool media_is_known(struct span name);
/* The paper a roll's size in millimetres stands for. */
const struct media *media_by_size(
	const struct printer_model *m, unsigned width_mm, unsigned length_mm);
/* The value of a field of a device id, first of two names; empty if there is none. */
struct span device_id_field(struct span id, const char *name, const char *other);

#endif
