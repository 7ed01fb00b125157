/* A small event folder, and the verbs of foyer run on it. */
#include "help/event_folder.h"

#include "commands.h"
#include "keys.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
	const char *name, *text;
} files[] = {
	{"event.ini", "[event]\nid = small\nname_en = Small event\ndesk_place = hall\n"
		      "retention = 2031-01-31\n[policy]\nbadge_opens_vip = card\n"
		      "badge_opens_official = card\n[leg 1]\nname_en = Brussels\ncity = Brussels\n"
		      "time_zone = Europe/Brussels\nfirst = 2030-05-06\nlast = 2030-05-08\n"},
	{"list/people.csv", "id,given_name,family_name,organisation,role,protected,language\n"
			    "a1,Anna,Vandersteenkiste,org,delegate,no,fr\n"
			    "b2,Bruno,Hoogenboomgaerd,org,vip,no,nl\n"
			    "c3,Clara,Quisthoudtsberg,org,official,yes,de\n"
			    "d4,Dries,Overmeulebroeck,org,staff,no,en\n"},
	{"list/organisations.csv", "id,name,kind\norg,Nimbusworks,company\n"},
	{"list/places.csv", "id,name,city,time_zone\nhall,Moscone,Brussels,Europe/Brussels\n"
			    "villa,Residence,Brussels,Europe/Brussels\n"},
	{"list/activities.csv",
		"id,kind,title_fr,title_nl,title_de,title_en,start,end,place,access,public\n"
		"opening,seminar,Ouverture,Opening,Eröffnung,Opening,2030-05-06 09:00,"
		"2030-05-06 10:00,hall,open,yes\n"
		"dinner,reception,Dîner,Diner,Essen,Clandestine,2030-05-06 19:00,"
		"2030-05-06 21:00,villa,invited,no\n"},
	{"list/bookings.csv", "person,activity,status,seat\na1,opening,confirmed,12\n"
			      "a1,dinner,confirmed,T1\nb2,dinner,confirmed,T2\n"},
	{"list/meetings.csv", "id,start,end,place,host,guest,table,subject\n"
			      "m1,2030-05-06 11:00,2030-05-06 11:30,hall,a1,b2,4,Licences\n"},
	{"list/tracks.csv", "id,title_en,colour\n"},
	{"list/staff.csv", "person,rights\nd4,print|correct\n"},
};

static void need(bool ok, const char *what)
{
	if (ok)
		return;
	perror(what);
	abort();
}

const char *event_path(struct event_folder *f, const char *name)
{
	snprintf(f->path, sizeof(f->path), "%s/%s", f->dir, name);
	return f->path;
}

void event_put(struct event_folder *f, const char *name, const char *text)
{
	FILE *out = fopen(event_path(f, name), "w");

	need(out != NULL, name);
	need(fputs(text, out) >= 0 && fclose(out) == 0, name);
}

static void slurp(const char *path, char *out)
{
	FILE *in = fopen(path, "r");

	need(in != NULL, path);
	out[fread(out, 1, EVENT_SAID - 1, in)] = '\0';
	fclose(in);
}

void event_edit(struct event_folder *f, const char *name, const char *from, const char *to)
{
	static char text[EVENT_SAID], edited[EVENT_SAID];

	slurp(event_path(f, name), text);
	char *at = strstr(text, from);
	need(at != NULL, from);
	snprintf(edited, sizeof(edited), "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
	event_put(f, name, edited);
}

void event_folder_make(struct event_folder *f)
{
	const uint64_t seed = 7;

	need(seal_start() == OK, "seal_start");
	memset(f, 0, sizeof(*f));
	strcpy(f->dir, "/tmp/foyer-event-XXXXXX");
	need(mkdtemp(f->dir) != NULL, f->dir);
	need(mkdir(event_path(f, "list"), 0700) == 0, f->path);
	for (size_t i = 0; i < COUNT(files); i++)
		event_put(f, files[i].name, files[i].text);
	need(keys_create(f->dir, &seed) == OK, "keys");
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st, (void)kind, (void)where;
	return remove(path);
}

void event_folder_remove(struct event_folder *f)
{
	nftw(f->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* Send a standard stream into a file; the answer brings it back. */
static int divert(int fd, FILE *stream, const char *path)
{
	fflush(stream);
	int kept = dup(fd);
	need(kept >= 0 && freopen(path, "w", stream) != NULL, path);
	return kept;
}

static void restore(int fd, FILE *stream, int kept)
{
	fflush(stream);
	need(dup2(kept, fd) >= 0, "dup2");
	close(kept);
}

int event_run(struct event_folder *f, const struct verb *verb, const char *words)
{
	enum { WORDS = 16 };
	char text[1024], out[EVENT_PATH], talk[EVENT_PATH], *argv[WORDS + 1] = {NULL}, *rest = NULL;
	int argc = 0;

	snprintf(text, sizeof(text), "%s %s", verb->name, words);
	for (char *w = strtok_r(text, " ", &rest); w && argc < WORDS;
		w = strtok_r(NULL, " ", &rest))
		argv[argc++] = strcmp(w, "DIR") == 0 ? f->dir : strcmp(w, "''") == 0 ? w + 2 : w;
	snprintf(out, sizeof(out), "%s/.out", f->dir);
	snprintf(talk, sizeof(talk), "%s/.talk", f->dir);
	int kept_out = divert(STDOUT_FILENO, stdout, out);
	int kept_talk = divert(STDERR_FILENO, stderr, talk);
	int status = verb->run(argc, argv);
	restore(STDOUT_FILENO, stdout, kept_out);
	restore(STDERR_FILENO, stderr, kept_talk);
	slurp(out, f->said);
	slurp(talk, f->talked);
	return status;
}
