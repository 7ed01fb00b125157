/* CPU time from /proc. */
#include "cpu_of.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

double bench_number_in(pid_t pid, const char *file, const char *label)
{
	char path[320], line[256];
	double v = -1;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, file);
	FILE *f = fopen(path, "r");
	while (f && v < 0 && fgets(line, sizeof(line), f))
		if (strncmp(line, label, strlen(label)) == 0)
			v = strtod(line + strlen(label), NULL);
	if (f)
		fclose(f);
	return v;
}

double bench_cpu_of(pid_t pid)
{
	char path[300];
	double sum = 0;
	struct dirent *d;

	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	DIR *tasks = opendir(path);
	while (tasks && (d = readdir(tasks)) != NULL)
		if (d->d_name[0] != '.') {
			snprintf(path, sizeof(path), "task/%.32s/schedstat", d->d_name);
			sum += bench_number_in(pid, path, "");
		}
	if (tasks)
		closedir(tasks);
	return sum;
}

/* The next child of pid among all processes; 0: there is no other. */
static pid_t next_child(DIR *all, pid_t pid)
{
	struct dirent *d;

	while (all && (d = readdir(all)) != NULL) {
		pid_t child = (pid_t)atol(d->d_name);
		if (child > 0 && (pid_t)bench_number_in(child, "status", "PPid:") == pid)
			return child;
	}
	return 0;
}

double bench_cpu_of_children(pid_t pid)
{
	DIR *all = opendir("/proc");
	double sum = 0;

	for (pid_t child; (child = next_child(all, pid)) > 0;)
		sum += bench_cpu_of(child) + bench_cpu_of_children(child);
	if (all)
		closedir(all);
	return sum;
}

pid_t bench_child_of(pid_t pid)
{
	DIR *all = opendir("/proc");
	pid_t child = next_child(all, pid);

	if (all)
		closedir(all);
	return child;
}
