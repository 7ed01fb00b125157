/* What the files of the printer share; nobody else includes it. */
#ifndef DRIVERS_PRINTER_INSIDE_H
#define DRIVERS_PRINTER_INSIDE_H

#include "link.h"
#include "model.h"

#include <stdatomic.h>

enum { PRINTER_IN = 256, PRINTER_OUT = 16 * 1024 };

struct printer {
	const struct link *link;
	void *line; /* the link's own */
	struct link_address address;
	struct printer_times times;
	const struct printer_model *model; /* NULL: not known */
	const struct media *wanted;        /* the address's, else the model's usual one */
	const struct media *media; /* the roll that is in it, where it is one that will do */
	char media_name[16];
	struct lang_state lang;
	struct printer_status status;
	unsigned arrivals; /* of the device that the above is about */
	bool known;        /* it has answered since it arrived */
	bool asking;       /* a question is on its way */
	bool in_job;       /* printer_print runs: it decides when to ask */
	bool dirty;        /* a job was cut off: the language's reset goes out first */
	bool flush;        /* no job since it arrived: an earlier life may have left half of one */
	bool has_port;
	uint8_t port; /* last GET_PORT_STATUS */
	unsigned unanswered, answers;
	int64_t asked_at, looked_at;
	uint32_t jobs;
	atomic_bool woken;
	size_t in_n;
	uint8_t in[PRINTER_IN], out[PRINTER_OUT]; /* out stays in place while the link sends it */
};

int64_t printer_time(const struct printer *p);
/* Let at most ms pass, then take in what has come and make the status anew. */
void printer_step(struct printer *p, unsigned ms);
/* Begin to ask; nothing if bytes are moving. */
void printer_ask(struct printer *p);
/* Look at the port's status byte, where there is one. */
void printer_look_at_port(struct printer *p);
/* It is there and takes bytes. */
bool printer_there(const struct printer *p);

/* The fault of an address whose media is none, or none of its model's. */
extern const char printer_no_media[];
/* Take an address apart.
 * returns: OK; ERR_FORMAT; ERR_FULL, if a part is too long: address->fault says which and why */
MUST_CHECK enum err printer_uri_read(const char *uri, const struct link **link,
	struct link_address *address, char media[static 16]);

#endif
