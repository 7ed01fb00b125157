/* An event's folder with its list, keys and state. */
#include "folder.h"

#include "nearest.h"
#include "source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH = 4096 };

static enum err take_lock(struct folder *f, const char *verb)
{
	char path[PATH];
	pid_t holder = 0;

	if (snprintf(path, sizeof(path), "%s/state", f->dir) >= PATH)
		return ERR_FULL;
	enum err e = file_make_folder(path);
	if (e == OK && snprintf(path, sizeof(path), "%s/state/lock", f->dir) >= PATH)
		e = ERR_FULL;
	if (e == OK)
		e = file_lock(&f->lock, path, &holder);
	if (e == ERR_BUSY)
		fprintf(stderr, "foyer %s: %s is in use by process %d; wait for it to end\n", verb,
			f->dir, (int)holder);
	else if (e)
		fprintf(stderr, "foyer %s: %s: %s\n", verb, path, err_text(e));
	return e;
}

static bool was_forgotten(const struct folder *f)
{
	char path[PATH];

	return snprintf(path, sizeof(path), "%s/forgotten.txt", f->dir) < PATH &&
	       access(path, F_OK) == 0;
}

static enum err open_list(struct folder *f, const char *verb)
{
	enum err e = list_load(&f->list, f->dir);

	if (e == ERR_ABSENT && was_forgotten(f))
		fprintf(stderr,
			"foyer %s: the event in %s was forgotten; report.json there has its "
			"counts\n",
			verb, f->dir);
	else if (e == ERR_ABSENT)
		fprintf(stderr,
			"foyer %s: %s is no event folder: event.ini or list/people.csv is missing; "
			"`foyer new` "
			"makes one\n",
			verb, f->dir);
	return e;
}

enum err folder_open(struct folder *f, const char *verb, const char *dir, unsigned parts)
{
	*f = (struct folder){.dir = dir, .lock = FILE_LOCK_NONE};
	enum err e = parts & FOLDER_LIST ? open_list(f, verb) : OK;

	if (e == OK && (parts & FOLDER_KEYS))
		e = keys_load(&f->keys, dir);
	if (e == OK && (parts & FOLDER_STATE))
		e = take_lock(f, verb);
	if (e == OK && (parts & FOLDER_STATE))
		e = state_load(&f->state, dir);
	if (e)
		folder_close(f);
	return e;
}

void folder_close(struct folder *f)
{
	state_free(&f->state);
	list_free(&f->list);
	keys_wipe(&f->keys);
	file_unlock(&f->lock);
}

const char *folder_unwritten(enum err e)
{
	if (e == ERR_FULL)
		return "the disk is full, or the name too long";
	if (e == ERR_ABSENT)
		return "its folder is not there";
	return e == ERR_DENIED ? "it may not be written" : err_text(e);
}

int folder_exit(enum err e)
{
	return e == ERR_ABSENT || e == ERR_DENIED ? 3 : err_exit(e);
}

enum err folder_person(struct folder *f, const char *verb, const char *id, struct state_person *out)
{
	if (list_person_by_id(&f->list, id) < 0) {
		const char **ids = calloc(f->list.people_n + 1, sizeof(*ids));
		for (size_t i = 0; ids && i < f->list.people_n; i++)
			ids[i] = f->list.people[i].id;
		const char *near = ids ? nearest_of(ids, f->list.people_n, id) : NULL;
		fprintf(stderr, "foyer %s: list/people.csv has no person with id %s", verb, id);
		fprintf(stderr, near ? "; did you mean %s?\n" : "\n", near);
		free(ids);
		return ERR_ABSENT;
	}
	if (!state_person(&f->state, id)) {
		enum err e = source_add_person(&f->keys, &f->state, id);
		if (e)
			return e;
	}
	*out = *state_person(&f->state, id);
	return OK;
}
