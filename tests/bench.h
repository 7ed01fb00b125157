/* What benches share: CPU time, medians, and how a line of the table looks. */
#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H

#include "base.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* CPU time of this process in nanoseconds: what other work on the machine does not count. */
static inline double bench_cpu_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* The clock on the wall, in milliseconds: for what waits. */
static inline double wall_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static inline _Noreturn void die(const char *what)
{
	fprintf(stderr, "bench: %s\n", what);
	exit(3);
}

static inline int bench_order(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

enum { BENCH_ROUNDS = 7 };

/* The median CPU time of one of n calls of once(argument, i), over BENCH_ROUNDS rounds. */
static inline double bench_ns(void (*once)(void *argument, size_t i), void *argument, size_t n)
{
	double took[BENCH_ROUNDS];

	for (int round = 0; round < BENCH_ROUNDS; round++) {
		double start = bench_cpu_ns();
		for (size_t i = 0; i < n; i++)
			once(argument, i);
		took[round] = (bench_cpu_ns() - start) / (double)n;
	}
	qsort(took, BENCH_ROUNDS, sizeof(took[0]), bench_order);
	return took[BENCH_ROUNDS / 2];
}

/* `  what                                    figure` with the aim or a remark behind it. */
#define bench_line(what, fmt, ...) printf("  %-58s " fmt "\n", what, __VA_ARGS__)

#endif
