/* Who holds a USB device. */
#include "usb_holder.h"

#include <ctype.h>
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool ends_with(const char *text, const char *tail)
{
	size_t n = strlen(text), t = strlen(tail);
	return n >= t && strcmp(text + n - t, tail) == 0;
}

static bool process_holds(const char *pid, const char *node)
{
	char path[PATH_MAX], target[PATH_MAX];
	bool found = false;
	struct dirent *entry;

	snprintf(path, sizeof(path), "/proc/%s/fd", pid);
	DIR *fds = opendir(path);
	if (!fds)
		return false;
	while (!found && (entry = readdir(fds))) {
		ssize_t n = readlinkat(dirfd(fds), entry->d_name, target, sizeof(target) - 1);
		target[n > 0 ? n : 0] = '\0';
		found = ends_with(target, node);
	}
	closedir(fds);
	return found;
}

static void name_process(const char *pid, char *out, size_t cap)
{
	char path[PATH_MAX], name[32] = "";

	snprintf(path, sizeof(path), "/proc/%s/comm", pid);
	FILE *f = fopen(path, "re");
	if (f && fgets(name, sizeof(name), f))
		name[strcspn(name, "\n")] = '\0';
	if (f)
		fclose(f);
	snprintf(out, cap, "%s, process %s", name[0] ? name : "a program", pid);
}

void usb_holder_name(uint8_t bus, uint8_t address, char *out, size_t cap)
{
	char node[32];
	struct dirent *entry;
	bool found = false;

	out[0] = '\0';
	snprintf(node, sizeof(node), "/bus/usb/%03u/%03u", bus, address);
	DIR *processes = opendir("/proc");
	if (!processes)
		return;
	while (!found && (entry = readdir(processes))) {
		bool is_process = isdigit((unsigned char)entry->d_name[0]) != 0;
		if (!is_process || strtol(entry->d_name, NULL, 10) == getpid())
			continue;
		found = process_holds(entry->d_name, node);
		if (found)
			name_process(entry->d_name, out, cap);
	}
	closedir(processes);
}
