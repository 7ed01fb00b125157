/* Forgetting the whole event. */
#include "forget_event.h"

#include "census.h"
#include "commands.h"
#include "folder_store.h"
#include "hex.h"
#include "publish.h"
#include "report.h"
#include "store_erase.h"
#include "stores.h"
#include "wipe.h"
#include "zone.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH = 4096, LINE = 512, RECEIPT_MOST = 1 << 20 };
static const char receipt_label[] = "foyer receipt";

struct work {
	const struct forget_order *o;
	struct folder f;
	struct past past;
	struct census census;
	struct grow receipt;
	struct store_erasing store;
	size_t silent; /* boards that have not said that they are wiped */
};

static void line(struct grow *g, const char *fmt, ...) PRINTF_LIKE(2, 3);
static void line(struct grow *g, const char *fmt, ...)
{
	char text[LINE];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	grow_bytes(g, text, strlen(text));
	grow_bytes(g, "\n", 1);
}

static void list_boards(struct work *k)
{
	const struct board *b = GROW_ARRAY(&k->census.boards, const struct board);
	char device[2 * PAPER_DEVICE + 1], iso[ZONE_ISO];
	int64_t at;

	for (size_t i = 0; i < GROW_COUNT(&k->census.boards, struct board); i++) {
		enum err e = boards_wiped_at(k->past.store, &k->f.keys, &b[i], &at);
		hex_write((struct span){b[i].certificate.device, PAPER_DEVICE}, device);
		zone_iso("UTC", at * 1000, iso);
		k->silent += e != OK;
		line(&k->receipt, "board %s (%s): %s%s", device, b[i].certificate.name,
			e == OK ? "wiped roster, journal, events of others, credential and keys at "
				: "has not said that it is wiped",
			e == OK ? iso : "");
	}
}

static void write_receipt(struct work *k)
{
	const struct list *l = &k->f.list;
	char iso[ZONE_ISO];

	zone_iso("UTC", clock_now().wall_ms, iso);
	line(&k->receipt, "event %s, forgotten at %s", l->event.id, iso);
	line(&k->receipt, "list: %zu people, %zu bookings, %zu meetings, %zu staff: removed",
		l->people_n, l->bookings_n, l->meetings_n, l->staff_n);
	line(&k->receipt, "state, rosters, patches, credentials: removed");
	line(&k->receipt, "store %s: %zu events: %s",
		k->o->store ? stores_name(k->o->store) : "hub.db", k->past.events,
		k->o->store && strncmp(k->o->store, "sqlite:", 7) != 0
			? "its tables removed; the server's own log and backups by their settings"
			: "removed");
	line(&k->receipt, "keys (root, hub, event): overwritten and removed; what was sealed "
			  "under them opens for nobody");
	list_boards(k);
	line(&k->receipt, "kept: report.json (counts without people), event.ini, badge/");
	line(&k->receipt,
		"cannot be recalled: results of foyer export, invitations and badges, backups, "
		"mirrors and");
	line(&k->receipt,
		"sticks; a roster there still opens to who holds a code of it, one code, one "
		"person");
}

static enum err sign_receipt(struct work *k)
{
	char hex[2 * KEYS_DELEGATION + 1], path[PATH];
	uint8_t signature[SEAL_SIGNATURE];

	hex_write((struct span){k->f.keys.root, SEAL_PUBLIC}, hex);
	line(&k->receipt, "root %s", hex);
	hex_write((struct span){k->f.keys.delegation, KEYS_DELEGATION}, hex);
	line(&k->receipt, "delegation %s", hex);
	seal_sign(k->f.keys.hub_seed, receipt_label, (struct span){k->receipt.p, k->receipt.n},
		signature);
	hex_write((struct span){signature, SEAL_SIGNATURE}, hex);
	line(&k->receipt, "signature %s", hex);
	if (k->receipt.failed)
		return ERR_IO;
	if (snprintf(path, sizeof(path), "%s/forgotten.txt", k->f.dir) >= PATH)
		return ERR_FULL;
	return file_write(path, (struct span){k->receipt.p, k->receipt.n}, 0644);
}

static enum err keep_counts(struct work *k)
{
	char path[PATH];
	json_t *report;

	enum err e = report_make(&k->census, &k->past, false, &report);
	if (e)
		return e;
	char *text = json_dumps(report, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
	json_decref(report);
	if (!text || snprintf(path, sizeof(path), "%s/report.json", k->f.dir) >= PATH)
		e = ERR_IO;
	else
		e = file_write(path, span_of(text), 0644);
	free(text);
	return e;
}

/* The last word of the hub, for mirrors and sticks: boards that hear it later wipe themselves, too. */
static enum err leave_word(const struct work *k)
{
	uint8_t bytes[1024];
	char path[PATH];
	struct sink s = sink_on(bytes, sizeof(bytes));
	const struct manifest_source source = {.m = {.sequence = k->f.state.sequence,
						       .built_at = k->f.state.built_at,
						       .signed_at = clock_now().wall_ms / 1000,
						       .wipe = true},
		.delegation = k->f.keys.delegation,
		.hub_seed = k->f.keys.hub_seed};
	static const char *const folders[] = {"publish", "publish/v1"};

	manifest_write(&s, &source);
	for (size_t i = 0; i < COUNT(folders); i++)
		if (snprintf(path, sizeof(path), "%s/%s", k->f.dir, folders[i]) >= PATH ||
			(mkdir(path, 0755) != 0 && errno != EEXIST))
			return ERR_IO;
	if (s.full || snprintf(path, sizeof(path), "%s/publish/v1/manifest", k->f.dir) >= PATH)
		return ERR_FULL;
	return file_write(path, (struct span){bytes, s.n}, 0644);
}

/* Keys first: without them the rest is worth little. */
static enum err destroy(struct work *k)
{
	static const char *const folders[] = {"keys", "list", "state", "publish/v1/roster",
		"publish/v1/patch", "publish/v1/board"};
	struct stat st;
	char path[PATH];
	enum err e = OK, worst = OK;

	for (size_t i = 0; i < COUNT(folders); i++) {
		snprintf(path, sizeof(path), "%s/%s", k->f.dir, folders[i]);
		e = stat(path, &st) == 0 ? wipe_folder(path) : OK;
		worst = worst ? worst : e;
	}
	snprintf(path, sizeof(path), "%s/roster.foyer", k->f.dir);
	e = wipe_file(path);
	worst = worst ? worst : e;
	e = store_erase(&k->store);
	return worst ? worst : e;
}

static int end(struct work *k, enum err e)
{
	if (e == OK)
		e = destroy(k);
	if (e) {
		fprintf(stderr, "foyer forget: %s; run it again\n", folder_unwritten(e));
		return EXIT_WORLD;
	}
	fwrite(k->receipt.p, 1, k->receipt.n, stdout);
	if (k->silent)
		fprintf(stderr,
			"%zu board%s wiped: put %s/publish where they hear it, or wipe them by "
			"hand\n",
			k->silent,
			k->silent == 1 ? " has not said that it is"
				       : "s have not said that they are",
			k->f.dir);
	return EXIT_DONE;
}

static int finish(struct work *k)
{
	enum err e = store_erase_begin(&k->store, "forget", k->f.dir, k->o->store);
	if (e)
		return EXIT_WORLD;
	e = keep_counts(k);
	write_receipt(k);
	if (e == OK)
		e = leave_word(k);
	if (e == OK)
		e = sign_receipt(k);
	census_free(&k->census);
	past_close(&k->past);
	return end(k, e);
}

/* The receipt was written and then power or a disk failed: keys may be gone, so that nothing can be counted
 * or signed any more, and the list may not.
 * returns: an enum exit_status, or -1 if no end was begun */
static int go_on(struct work *k)
{
	char path[PATH];
	struct file_bytes f;

	k->f.dir = k->o->dir;
	if (snprintf(path, sizeof(path), "%s/forgotten.txt", k->o->dir) >= PATH ||
		file_read(&f, path, RECEIPT_MOST) != OK)
		return -1;
	grow_bytes(&k->receipt, f.bytes.p, f.bytes.n);
	file_free(&f);
	fprintf(stderr, "foyer forget: this end was begun before; it goes on\n");
	if (store_erase_begin(&k->store, "forget", k->o->dir, k->o->store))
		return EXIT_WORLD;
	return end(k, OK);
}

/* From then on serve tells every board that it hears. */
static enum err order_wipe(const struct work *k)
{
	struct store *s;

	enum err e = folder_store(&s, "forget", k->f.dir, k->o->store, false);
	if (e == OK)
		e = boards_wipe(s);
	store_close(s);
	return e;
}

static int tell(struct work *k)
{
	bool told = false;
	enum err e = k->past.store ? boards_are_wiped(k->past.store, &told) : OK;

	if (e == OK && k->o->yes && k->past.store && !told)
		e = order_wipe(k);
	if (e) {
		fprintf(stderr, "foyer forget: the store failed: %s; run it again\n", err_text(e));
		return EXIT_WORLD;
	}
	list_boards(k);
	fwrite(k->receipt.p, 1, k->receipt.n, stdout);
	if (!k->o->yes && !told)
		fprintf(stderr,
			"Nothing was done. With --yes every board is told to wipe itself\n");
	else
		fprintf(stderr,
			"Boards are told while `foyer serve %s` runs. %zu to go; then: foyer "
			"forget %s --event --finish --yes\n",
			k->f.dir, k->silent, k->f.dir);
	return EXIT_DONE;
}

static int carry_out(struct work *k)
{
	if (!k->o->finish)
		return tell(k);
	if (k->o->yes)
		return finish(k);
	write_receipt(k);
	printf("With --yes this is what %s/forgotten.txt will say:\n\n", k->f.dir);
	fwrite(k->receipt.p, 1, k->receipt.n, stdout);
	fprintf(stderr, "Nothing was done. --yes destroys all that is named above, for ever\n");
	return EXIT_DONE;
}

int forget_event(const struct forget_order *o)
{
	struct work k = {.o = o, .store.lock = FILE_LOCK_NONE};

	enum err e = folder_open(&k.f, "forget", o->dir, FOLDER_LIST | FOLDER_KEYS | FOLDER_STATE);
	if (e) {
		int status = o->finish && o->yes ? go_on(&k) : -1;
		store_erase_end(&k.store);
		grow_free(&k.receipt);
		return status < 0 ? folder_exit(e) : status;
	}
	e = past_open(&k.past, "forget", &k.f, &(struct past_places){.store = o->store});
	if (e) {
		folder_close(&k.f);
		return EXIT_WORLD;
	}
	e = census_make(&k.census, &k.f, &k.past);
	int status = e ? EXIT_WORLD : carry_out(&k);
	if (e)
		fprintf(stderr, "foyer forget: the store failed: %s\n", err_text(e));
	store_erase_end(&k.store);
	grow_free(&k.receipt);
	census_free(&k.census);
	past_close(&k.past);
	folder_close(&k.f);
	return status;
}
