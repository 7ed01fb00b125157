/* What a running program costs, from outside. */
#ifndef TESTS_HELP_CPU_OF_H
#define TESTS_HELP_CPU_OF_H

#include <sys/types.h>

/* The first number of the line of a file in /proc/PID that begins with label; -1: there is none. */
double bench_number_in(pid_t pid, const char *file, const char *label);
/* Nanoseconds of CPU that all its threads have had. */
double bench_cpu_of(pid_t pid);
/* The same of all that it started, and they in turn, itself not included. */
double bench_cpu_of_children(pid_t pid);
/* A process that it has started; 0: none runs. */
pid_t bench_child_of(pid_t pid);

#endif
