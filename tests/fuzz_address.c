/* What stands on a command line: addresses of printers and scanners, and instants. */
#include "options.h"
#include "printer_inside.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static void read_printer(const char *text)
{
	struct link_address address;
	const struct link *link;
	char media[16];

	enum err e = printer_uri_read(text, &link, &address, media);
	if (e && e != ERR_FORMAT && e != ERR_FULL)
		abort();
	if (e)
		return;
	if (!link || !memchr(media, '\0', sizeof(media)) ||
		!memchr(address.path, '\0', sizeof(address.path)) ||
		!memchr(address.serial, '\0', sizeof(address.serial)))
		abort();
}

static void read_instant(const char *text)
{
	int64_t ms = 0;
	int zone = 0;

	enum err e = options_read_instant(text, &ms, &zone);
	if (e && e != ERR_FORMAT)
		abort();
	if (!e && (zone < -24 * 60 || zone > 24 * 60))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	char *text = malloc(n + 1);

	if (n > 0)
		memcpy(text, p, n);
	text[n] = '\0';
	read_printer(text);
	read_instant(text);
	free(text);
	return 0;
}
