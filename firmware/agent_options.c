/* The command line of foyer-agent: one table, one pass. */
#include "agent_options.h"

#include "agent_http.h"

#include <stdio.h>
#include <string.h>

const char agent_options_help[] =
	"usage: foyer-agent --data DIR [OPTIONS]\n"
	"\n"
	"Keeps one board in step with its hub: the roster, everybody's events, the clock.\n"
	"\n"
	"  --data DIR     the board's folder, made if it is not there\n"
	"  --enrol TOKEN  enrol this board with the code the hub shows; `-` reads it from\n"
	"                 standard input. Prints four words: compare them with the hub's\n"
	"  --hub URL      a hub's address, tried before those known from enrolment; up\n"
	"                 to 8 times\n"
	"  --ca FILE      certificates to check https:// addresses with (the system's)\n"
	"  --peers off    do not speak to other boards on this network; or another\n"
	"                 multicast group than the usual one\n"
	"  --stick DIR    where a USB stick is mounted: take a newer roster from\n"
	"                 DIR/foyer, leave events in DIR/foyer/out\n"
	"  --once         one round with the hub, then end\n"
	"  --verbose      say more on standard error\n"
	"\n"
	"Exit status: 0 done (--once: the hub was reached and has every event); 1 the\n"
	"answer is no (revoked, code refused, hub not believed); 2 wrong use; 3 the\n"
	"folder, the disk or the network failed, or another agent uses the folder.\n";

enum kind { TEXT, FLAG, HUB };

struct option {
	const char *name;
	enum kind kind;
	size_t at; /* of its field in struct agent_options */
};

#define AT(field) offsetof(struct agent_options, field)

static const struct option known[] = {
	{"--data", TEXT, AT(data)},
	{"--enrol", TEXT, AT(enrol)},
	{"--stick", TEXT, AT(stick)},
	{"--peers", TEXT, AT(peers)},
	{"--ca", TEXT, AT(ca)},
	{"--hub", HUB, 0},
	{"--once", FLAG, AT(once)},
	{"--verbose", FLAG, AT(verbose)},
	{"--help", FLAG, AT(help)},
	{"-h", FLAG, AT(help)},
};

static enum err wrong(const char *what, const char *why)
{
	fprintf(stderr, "foyer-agent: %s: %s (see --help)\n", what, why);
	return ERR_FORMAT;
}

static enum err add_hub(struct agent_options *o, const char *address)
{
	if (!http_address_is_fit(address))
		return wrong(address, "an address is http://HOST[:PORT] or https://HOST[:PORT]");
	if (o->hub_count == AGENT_HUBS)
		return wrong(address, "there are too many addresses");
	o->hubs[o->hub_count++] = address;
	return OK;
}

static const struct option *find(const char *name, size_t n)
{
	for (size_t i = 0; i < COUNT(known); i++)
		if (strlen(known[i].name) == n && memcmp(known[i].name, name, n) == 0)
			return &known[i];
	return NULL;
}

static enum err set_flag(struct agent_options *o, const struct option *k)
{
	bool yes = true;

	memcpy((char *)o + k->at, &yes, sizeof(yes));
	return OK;
}

static enum err set_value(struct agent_options *o, const struct option *k, const char *value)
{
	if (k->kind == HUB)
		return add_hub(o, value);
	memcpy((char *)o + k->at, &value, sizeof(value));
	return OK;
}

static enum err read_one(struct agent_options *o, const char *const *argv, int *i, int argc)
{
	const char *arg = argv[*i];
	const char *equals = strncmp(arg, "--", 2) == 0 ? strchr(arg, '=') : NULL;
	const struct option *k = find(arg, equals ? (size_t)(equals - arg) : strlen(arg));

	if (!k)
		return wrong(arg, arg[0] == '-' ? "unknown option" : "no argument is wanted here");
	if (k->kind == FLAG)
		return equals ? wrong(arg, "this option takes no value") : set_flag(o, k);
	if (equals)
		return set_value(o, k, equals + 1);
	if (*i + 1 >= argc)
		return wrong(arg, "a value is missing");
	return set_value(o, k, argv[++*i]);
}

enum err agent_options_read(struct agent_options *out, int argc, const char *const *argv)
{
	memset(out, 0, sizeof(*out));
	for (int i = 1; i < argc; i++)
		if (read_one(out, argv, &i, argc))
			return ERR_FORMAT;
	if (out->help)
		return OK;
	return out->data ? OK : wrong("--data", "which folder is this board's?");
}
