/* The program foyer-agent: reads its command line and runs the agent. */
#include "agent.h"

#include <signal.h>
#include <stdio.h>

enum { EXIT_DONE = 0, EXIT_WRONG_USE = 2 };

int main(int argc, char **argv)
{
	struct agent_options o;

	if (agent_options_read(&o, argc, (const char *const *)argv))
		return EXIT_WRONG_USE;
	if (o.help) {
		fputs(agent_options_help, stdout);
		return EXIT_DONE;
	}
	/* Whoever reads the log may go away. */
	signal(SIGPIPE, SIG_IGN);
	if (o.verbose)
		log_level_set(LOG_DEBUG);
	return agent_run(&o);
}
