/* The Authorization header of a request: any text is read to what writes it, or refused. */
#include "protocol.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	char text[256], again[PROTOCOL_AUTHORIZATION + 1];
	uint8_t device[PAPER_DEVICE], mac[PROTOCOL_MAC];

	if (span_copy_text((struct span){p, n}, text, sizeof(text)) != OK)
		return 0;
	enum err e = protocol_authorization_read(text, device, mac);
	if (e != OK && e != ERR_FORMAT)
		abort();
	if (e)
		return 0;
	protocol_authorization(device, mac, again);
	if (strcasecmp(text, again) != 0)
		abort();
	return 0;
}
