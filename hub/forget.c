/* Forgetting one person. */
#include "forget.h"

#include "csv_edit.h"
#include "requests.h"
#include "source.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH = 4096, FILE_MOST = 512 << 20 };

const char *const forget_files[FORGET_FILES] = {
	"list/people.csv", "list/bookings.csv", "list/meetings.csv", "list/staff.csv"};
static const char *const columns[FORGET_FILES][2] = {
	{"id", NULL}, {"person", NULL}, {"host", "guest"}, {"person", NULL}};

/* The file without her; a file that is not there has no rows. */
static enum err without(
	const struct folder *f, size_t which, const char *id, struct grow *file, size_t *rows)
{
	char path[PATH];
	struct file_bytes bytes;
	size_t n;

	*rows = 0;
	if (snprintf(path, sizeof(path), "%s/%s", f->dir, forget_files[which]) >= PATH)
		return ERR_FULL;
	enum err e = file_read(&bytes, path, FILE_MOST);
	if (e)
		return e == ERR_ABSENT ? OK : e;
	grow_bytes(file, bytes.bytes.p, bytes.bytes.n);
	file_free(&bytes);
	for (size_t i = 0; i < 2 && columns[which][i] && e == OK; i++) {
		e = csv_edit_remove(file, columns[which][i], id, &n);
		*rows += n;
		/* An optional column, or a file that has not even a header. */
		if (e == ERR_ABSENT || e == ERR_FORMAT)
			e = OK;
	}
	return e;
}

static bool handle_of(const struct folder *f, const char *id, uint8_t out[static EVENT_PERSON])
{
	const struct state_person *p = state_person(&f->state, id);

	if (p)
		source_handle(&f->keys, p, out);
	return p;
}

struct looking {
	const uint8_t *handle;
	struct forgotten *out;
};

static enum err look_at(void *arg, const struct event *e)
{
	struct looking *l = arg;
	bool asked = e->kind == EVENT_CORRECTION_ASKED || e->kind == EVENT_LATE;

	if (memcmp(e->person, l->handle, EVENT_PERSON) != 0)
		return OK;
	l->out->events++;
	l->out->sealed += asked && e->payload_n > 0;
	return OK;
}

enum err forget_look(
	const struct folder *f, const struct past *p, const char *id, struct forgotten *out)
{
	uint8_t handle[EVENT_PERSON];
	enum err e = OK;

	*out = (struct forgotten){0};
	for (size_t i = 0; i < FORGET_FILES && e == OK; i++) {
		struct grow file = {0};
		e = without(f, i, id, &file, &out->rows[i]);
		grow_free(&file);
	}
	out->in_state = handle_of(f, id, handle);
	if (e == OK && out->in_state)
		e = past_walk(p, look_at, &(struct looking){handle, out});
	return e;
}

enum err forget_in_list(const struct folder *f, const char *id)
{
	char path[PATH];
	enum err e = OK;

	for (size_t i = FORGET_FILES; i > 0 && e == OK; i--) {
		struct grow file = {0};
		struct stat st;
		size_t rows;
		e = without(f, i - 1, id, &file, &rows);
		snprintf(path, sizeof(path), "%s/%s", f->dir, forget_files[i - 1]);
		if (e == OK && rows > 0)
			e = stat(path, &st) == 0 ? file_write(path, (struct span){file.p, file.n},
							   st.st_mode & 0777)
						 : ERR_IO;
		if (file.p)
			seal_wipe(file.p, file.n);
		grow_free(&file);
	}
	return e;
}

enum err forget_in_state(struct folder *f, const char *id)
{
	struct state_person *p = state_person(&f->state, id);
	char name[LIST_ID + 1];

	if (!p)
		return OK;
	enum err e = source_drop(&f->keys, &f->state, p, TOKEN_INVITATION, p->invitation);
	for (uint32_t i = 0; i <= SOURCE_BADGES_AHEAD && e == OK; i++)
		e = source_drop(&f->keys, &f->state, p, TOKEN_BADGE, p->badge + i);
	bool card = p->rights != 0;
	if (e == OK && card)
		e = source_drop(&f->keys, &f->state, p, TOKEN_CARD, p->card);
	if (e)
		return e;
	p->invitation++;
	p->badge += SOURCE_BADGES_AHEAD + 1;
	p->card += card;
	p->rights = 0;
	p->incarnation++;
	p->generation++;
	p->given = p->family = 0;
	p->gone = true;
	state_drop_late(&f->state, p);
	memset(p->handle, 0, sizeof(p->handle));
	if (card)
		state_renew_staff(&f->state);
	p->badge_epoch = f->state.staff_epoch;
	source_tombstone(&f->keys, id, name);
	state_rename(&f->state, p, name);
	return OK;
}

struct sealing {
	struct store *s;
	const uint8_t *handle;
};

static enum err seal_away(void *arg, const struct event *e)
{
	const struct sealing *x = arg;
	bool asked = e->kind == EVENT_CORRECTION_ASKED || e->kind == EVENT_LATE;

	if (!asked || memcmp(e->person, x->handle, EVENT_PERSON) != 0)
		return OK;
	return request_note(x->s, &e->id, REQUEST_FORGOTTEN);
}

enum err forget_requests(
	struct store *s, const struct past *p, const uint8_t handle[static EVENT_PERSON])
{
	return past_walk(p, seal_away, &(struct sealing){s, handle});
}
