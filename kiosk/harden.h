/* What the process gives up before it opens anything: core dumps, being looked into, and memory
 * that keeps old words. */
#ifndef KIOSK_HARDEN_H
#define KIOSK_HARDEN_H

/* No core (RLIMIT_CORE 0), not dumpable, and once a re-execution with an allocator that overwrites
 * what is freed (glibc.malloc.perturb) and keeps no caches (glib's, glibc's). Returns when the
 * process is as it should be; argv as main got it. */
void harden_process(char **argv);

#endif
