/* From one version of an event to the next, 1 % of its people changed: how much a board has to fetch,
 * beside the same list in SQLite. Every other change is a function, every other one the status of a
 * booking. SQLite's rows are in clear; ours are sealed, so of a box that changed no byte is as it was. */
#include "bench.h"
#include "file.h"
#include "help/list_database.h"
#include "help/scratch.h"
#include "patch.h"
#include "roster.h"
#include "seal.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATH = 256, BSDIFF_MAX = 16 << 20 };

static struct scratch scratch;

/* A shell command in the scratch folder, quietly. */
static void shell(const char *format, ...)
{
	char words[1024], command[1400];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(words, sizeof(words), format, arguments);
	va_end(arguments);
	snprintf(
		command, sizeof(command), "cd '%s' && (%s) >/dev/null 2>&1", scratch.folder, words);
	if (system(command) != 0)
		die(words);
}

/* awk knows no quotes in CSV: fields with a comma in them are left alone. */
static void change_list(void)
{
	shell("cd m/list && awk -F, -v OFS=, 'NR > 1 && NR %% 200 == 50 && NF == 15"
	      " { $8 = \"Deputy director \" NR } { print }' people.csv >p && mv p people.csv &&"
	      " awk -F, -v OFS=, 'NR == FNR { if (FNR > 1 && FNR %% 200 == 150) want[$1] = 1; next "
	      "}"
	      " want[$1] && $3 == \"confirmed\" && !done[$1]++ { $3 = \"waiting\" }"
	      " { print }' people.csv bookings.csv >b && mv b bookings.csv");
}

static void make_databases(const char *version)
{
	char path[PATH], name[32];
	struct state state;
	struct list list;
	struct keys keys;

	snprintf(path, sizeof(path), "%s", scratch_name(&scratch, "m"));
	if (list_load(&list, path) || keys_load(&keys, path) || state_load(&state, path))
		die("the event does not load");
	const struct list_in in = {&list, &keys, &state};
	snprintf(name, sizeof(name), "normal%s", version);
	list_database(&in, scratch_name(&scratch, name), false);
	snprintf(name, sizeof(name), "packed%s", version);
	list_database(&in, scratch_name(&scratch, name), true);
	list_free(&list);
	state_free(&state);
	keys_wipe(&keys);
}

/* What a program that keeps its list in SQLite would have: the first version's file, changed in place. */
static void update_in_place(void)
{
	char path[PATH], attach[2 * PATH];
	sqlite3 *db;

	shell("cp normal1 inplace1 && cp normal1 inplace2");
	snprintf(path, sizeof(path), "%s", scratch_name(&scratch, "inplace2"));
	snprintf(attach, sizeof(attach), "ATTACH '%s' AS new", scratch_name(&scratch, "normal2"));
	if (sqlite3_open(path, &db) != SQLITE_OK)
		die(path);
	list_sql(db, attach);
	list_sql(db,
		"BEGIN;"
		"UPDATE person SET function = n.function FROM new.person n WHERE n.n = person.n"
		" AND n.function IS NOT person.function;"
		"UPDATE booking SET status = n.status FROM new.booking n"
		" WHERE n.person = booking.person AND n.activity = booking.activity"
		" AND n.status <> booking.status;"
		"COMMIT");
	sqlite3_close(db);
}

struct patched {
	double file, zstd, bsdiff; /* bytes; bsdiff 0: not measured */
	double make_s, apply_s;
};

static struct file_bytes read_file(const char *what, int version)
{
	struct file_bytes f;
	char name[32];

	snprintf(name, sizeof(name), "%s%d", what, version);
	if (file_read(&f, scratch_name(&scratch, name), ROSTER_MAX) != OK)
		die(name);
	return f;
}

static struct patched patch(const char *what, bool with_bsdiff)
{
	struct file_bytes old = read_file(what, 1), new = read_file(what, 2);
	struct patched p = {.file = (double)new.bytes.n};
	struct span made;
	struct stat st;

	double start = bench_cpu_ns();
	if (patch_make(old.bytes, new.bytes, &made) != OK)
		die("no patch");
	p.make_s = (bench_cpu_ns() - start) / 1e9;
	p.zstd = (double)made.n;
	uint8_t *out = malloc(new.bytes.n);
	start = bench_cpu_ns();
	if (!out || patch_apply(old.bytes, made, out, new.bytes.n) != OK ||
		memcmp(out, new.bytes.p, new.bytes.n) != 0)
		die("the patch does not apply");
	p.apply_s = (bench_cpu_ns() - start) / 1e9;
	if (with_bsdiff && new.bytes.n <= BSDIFF_MAX) {
		shell("bsdiff %s1 %s2 diff", what, what);
		p.bsdiff = stat(scratch_name(&scratch, "diff"), &st) == 0 ? (double)st.st_size : 0;
	}
	free(out);
	free((void *)(uintptr_t)made.p);
	file_free(&old);
	file_free(&new);
	return p;
}

static void line(const char *what, const struct patched *p)
{
	char bsdiff[32] = "not measured";

	if (p->bsdiff > 0)
		snprintf(bsdiff, sizeof(bsdiff), "%.0f", p->bsdiff);
	bench_line(what, "%.0f = %.2f %%; bsdiff %s", p->zstd, 100 * p->zstd / p->file, bsdiff);
}

/* What is fetched for the next version, after one more change of the list by a shell command. */
static double one_more(const char *change)
{
	const char *bin = getenv("FOYER_BIN");

	shell("cd m/list && %s", change);
	shell("mv roster2 roster1 && '%s/foyer' build m -o roster2", bin);
	return patch("roster", false).zstd;
}

/* The smaller of what the two tools make. */
static double best(const struct patched *p)
{
	return p->bsdiff > 0 && p->bsdiff < p->zstd ? p->bsdiff : p->zstd;
}

static void run(size_t people)
{
	const char *bin = getenv("FOYER_BIN");
	bool with_bsdiff = system("command -v bsdiff >/dev/null") == 0;

	if (!bin)
		die("FOYER_BIN must name the folder of the programs");
	scratch_make(&scratch);
	shell("'%s/foyer' demo m --people %zu && '%s/foyer' build m -o roster1", bin, people, bin);
	make_databases("1");
	change_list();
	shell("'%s/foyer' build m -o roster2", bin);
	make_databases("2");
	update_in_place();
	struct patched ours = patch("roster", with_bsdiff), normal = patch("normal", with_bsdiff),
		       packed = patch("packed", with_bsdiff),
		       in_place = patch("inplace", with_bsdiff);
	printf("patch, %zu people, 1 %% changed; bytes\n", people);
	line("ours (aim <= 2 %)", &ours);
	line("SQLite in clear, normalised, made anew", &normal);
	line("SQLite in clear, packed rows, made anew", &packed);
	line("SQLite in clear, normalised, changed in place", &in_place);
	bench_line("ours / SQLite's zstd patch, normalised (aim <= 0.20)",
		"%.3f; its best tool %.3f", ours.zstd / normal.zstd, ours.zstd / best(&normal));
	bench_line("ours / packed; / changed in place", "%.3f; %.3f", ours.zstd / packed.zstd,
		ours.zstd / in_place.zstd);
	bench_line("making it, s CPU; applying it, ms CPU", "%.2f; %.1f", ours.make_s,
		ours.apply_s * 1e3);
	/* a42 is a visit that is not public. */
	double booked = one_more("awk -F, 'NR == FNR { if ($2 == \"a42\") has[$1] = 1; next }"
				 " FNR > 1 && !has[$1] { print $1 \",a42,waiting,\"; exit }'"
				 " bookings.csv people.csv >late && cat late >>bookings.csv");
	double cancelled = one_more("sed -i \"s/^$(cat late)/$(sed s/waiting/cancelled/ late)/\""
				    " bookings.csv");
	bench_line("one late booking of a sealed activity", "%.0f = %.2f %%", booked,
		100 * booked / ours.file);
	bench_line("that cancelled: new keys for all who may open it", "%.0f = %.2f %%", cancelled,
		100 * cancelled / ours.file);
	shell("rm -rf m");
	scratch_remove(&scratch);
}

int main(void)
{
	static const size_t people[] = {600, 10000, 100000};

	if (seal_start() != OK)
		return 3;
	for (size_t i = 0; i < COUNT(people); i++)
		run(people[i]);
	return 0;
}
