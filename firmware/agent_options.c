/* The command line of foyer-agent: one table, one pass. */
#include "agent_options.h"

#include "agent_http.h"
#include "command_line.h"

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

static enum err wrong(const char *what, const char *why)
{
	return command_line_wrong("foyer-agent", what, why);
}

static enum err add_hub(void *out, const char *address)
{
	struct agent_options *o = out;

	if (!http_address_is_fit(address))
		return wrong(address, "an address is http://HOST[:PORT] or https://HOST[:PORT]");
	if (o->hub_count == AGENT_HUBS)
		return wrong(address, "there are too many addresses");
	o->hubs[o->hub_count++] = address;
	return OK;
}

#define AT(field) .at = offsetof(struct agent_options, field)

static const struct command_option known[] = {
	{"--data", AT(data)},
	{"--enrol", AT(enrol)},
	{"--stick", AT(stick)},
	{"--peers", AT(peers)},
	{"--ca", AT(ca)},
	{"--hub", .read = add_hub},
	{"--once", AT(once), .flag = true},
	{"--verbose", AT(verbose), .flag = true},
	{"--help", AT(help), .flag = true},
	{"-h", AT(help), .flag = true},
};

enum err agent_options_read(struct agent_options *out, int argc, const char *const *argv)
{
	const struct command_line line = {"foyer-agent", known, COUNT(known)};

	memset(out, 0, sizeof(*out));
	enum err e = command_line_read(&line, argc, argv, out);
	if (e || out->help)
		return e;
	return out->data ? OK : wrong("--data", "which folder is this board's?");
}
