/* foyer serve: the boards' API over HTTP. */
#include "commands.h"
#include "serve.h"
#include "stores.h"

#include <string.h>

static const char *take_value(struct serve_options *o, const char *name, const char *value)
{
	if (strcmp(name, "--store") == 0)
		o->store = value;
	else if (strcmp(name, "--cert") == 0)
		o->cert = value;
	else if (strcmp(name, "--key") == 0)
		o->key = value;
	else if (strcmp(name, "--listen") != 0)
		return "unknown option";
	else if (listen_read(&o->listen, value))
		return "--listen is ADDRESS:PORT, e.g. 0.0.0.0:8600 or [::]:8600";
	return NULL;
}

static int run_serve(int argc, char **argv)
{
	struct serve_options o = {.listen = {.host = "127.0.0.1", .port = 8600}};
	const char *wrong = NULL;

	for (int i = 1; i < argc && !wrong; i++) {
		if (argv[i][0] != '-' && !o.dir) {
			o.dir = argv[i];
		} else if (argv[i][0] != '-' || i + 1 == argc) {
			wrong = "one folder is wanted, then options with their values";
		} else {
			wrong = take_value(&o, argv[i], argv[i + 1]);
			i++;
		}
	}
	if (!wrong && !o.dir)
		wrong = "one folder is wanted";
	if (!wrong && !o.cert != !o.key)
		wrong = "--cert and --key go together";
	const char *where;
	if (!wrong && o.store && !stores_find(o.store, &where))
		wrong = "--store is sqlite:FILE or postgresql://USER@HOST/NAME";
	return wrong ? command_misused("serve", wrong) : serve(&o);
}

const struct verb verb_serve = {
	.name = "serve",
	.summary = "be the hub that the boards talk to",
	.help = "usage: foyer serve DIR [--listen ADDRESS:PORT] [--store URL]\n"
		"                   [--cert FILE --key FILE]\n"
		"\n"
		"Offers the newest roster to boards, with patches from older ones, takes their\n"
		"events, and hands them on to the others. A new build is noticed at once.\n"
		"Boards are let in with `foyer enrol`. /v1/health says how things are; that a\n"
		"protected person has arrived, and where, is said here and without her name.\n"
		"Ends at SIGTERM or SIGINT.\n"
		"\n"
		"  --listen A:P  where (127.0.0.1:8600); 0.0.0.0:8600 for every address of this\n"
		"                machine, port 0 for any free port\n"
		"  --store URL   sqlite:FILE or postgresql://... (sqlite:DIR/hub.db); several\n"
		"                hubs may share one PostgreSQL store\n"
		"  --cert FILE   serve HTTPS with this certificate (PEM) ...\n"
		"  --key FILE    ... and its key\n",
	.run = run_serve,
};
