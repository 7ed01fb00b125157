/* Verbs that have to succeed. Apart from event_folder.c, which fuzzers and benches use without cmocka. */
#include "help/event_folder.h"

#include "commands.h"
#include "test.h"

void event_must(struct event_folder *f, const struct verb *verb, const char *words)
{
	if (event_run(f, verb, words) != EXIT_DONE)
		fail_msg("%s %s: %s%s", verb->name, words, f->said, f->talked);
}
