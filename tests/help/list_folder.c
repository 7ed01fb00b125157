/* A small faultless event in a temporary folder. */
#include "list_folder.h"

#include "list.h"
#include "test.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
	const char *name, *text;
} files[] = {
	{"event.ini",
		"[event]\nid = e\nname_fr = F\nname_nl = N\nname_de = D\nname_en = E\n"
		"desk_place = pl1\nretention = 2025-12-01\n[leg 1]\nname_fr = F\nname_nl = N\n"
		"name_de = D\nname_en = E\ncity = SF\ntime_zone = America/Los_Angeles\n"
		"first = 2025-03-01\nlast = 2025-11-10\n"},
	{"list/organisations.csv", "id,name,kind\no1,Acme,company\n"},
	{"list/people.csv", "id,given_name,family_name,role,language,organisation\n"
			    "p1,Ann,Peeters,staff,nl,o1\np2,Bob,Dupont,delegate,fr,o1\n"
			    "p3,,Suharto,delegate,en,\n"},
	{"list/places.csv", "id,name,city,time_zone,capacity\npl1,Hall,SF,America/Los_Angeles,2\n"},
	{"list/tracks.csv", "id,title_fr,title_nl,title_de,title_en,colour\nt1,a,b,c,d,#123456\n"},
	{"list/activities.csv",
		"id,kind,title_fr,title_nl,title_de,title_en,start,end,place,capacity\n"
		"a1,seminar,f,n,d,e,2025-10-06 09:00,2025-10-06 10:00,pl1,2\n"
		"a2,visit,f,n,d,e,2025-10-06 10:00,2025-10-06 11:00,pl1,2\n"
		"a3,visit,f,n,d,e,2025-10-06 09:30,2025-10-06 09:45,pl1,\n"},
	{"list/bookings.csv", "person,activity,status\np1,a1,confirmed\np1,a2,\np2,a1,\n"},
	{"list/meetings.csv", "id,start,end,place,host,guest,table\n"
			      "m1,2025-10-06 14:00,2025-10-06 14:20,pl1,p1,p2,1\n"
			      "m2,2025-10-06 14:20,2025-10-06 14:40,pl1,p1,\"Bay, Inc.\",1\n"},
	{"list/staff.csv", "person,rights\np1,print|door\n"},
};

void list_folder_put(const char *dir, const char *file, const void *bytes, size_t n)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

void list_folder_make(char *dir)
{
	char path[256];

	strcpy(dir, "/tmp/foyer-test-XXXXXX");
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/list", dir);
	assert_int_equal(mkdir(path, 0700), 0);
	for (size_t i = 0; i < COUNT(files); i++)
		list_folder_put(dir, files[i].name, files[i].text, strlen(files[i].text));
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *w)
{
	UNUSED(st);
	UNUSED(type);
	UNUSED(w);
	return remove(path);
}

void list_folder_remove(const char *dir)
{
	nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

char *list_folder_faults(const char *file, const void *bytes, size_t n)
{
	char dir[64], *text = NULL;
	size_t size = 0;
	struct list l;

	list_folder_make(dir);
	list_folder_put(dir, file, bytes, n);
	assert_ok(list_load(&l, dir));
	FILE *f = open_memstream(&text, &size);
	for (size_t i = 0; i < l.faults_n; i++)
		fprintf(f, "%s:%u: %s%s%s: %s\n", l.faults[i].at.file, l.faults[i].at.line,
			l.faults[i].column, *l.faults[i].column ? ": " : "",
			l.faults[i].severity == SEVERITY_ERROR ? "error" : "warning",
			l.faults[i].words);
	fclose(f);
	list_free(&l);
	list_folder_remove(dir);
	return text;
}
