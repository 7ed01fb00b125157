/* Signed codes: texts that a person carried here, by a scanner or on a stick. */
#include "agent_inside.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { CODE_FILE_MAX = 2 * TOKEN_TEXT_MAX, LOOK_MOST = 16, TEMPORARY = 6 };

static const char where[] = "firmware/code";

/* Whose word a code may be: the hub key of one delegation epoch. */
struct signer {
	bool there;
	const uint8_t *key;
	uint32_t epoch;
};

/* Numbers are kept by epoch: where a hub's clock ran ahead, a new epoch is the way back. */
static void number_note(const struct signed_code *c, uint32_t epoch, char out[static STORE_KEY])
{
	snprintf(out, STORE_KEY, "code/%s/%u", c->kind == TOKEN_LEASE ? "lease" : "revocation",
		epoch);
}

/* The store may be lost; a revocation's number stands in the agent's journal too, in the code itself. A
 * lease that is played again makes nothing fresh. */
static uint64_t number_in_journal(
	struct agent *a, const uint8_t event[static ROSTER_EVENT], const struct signer *by)
{
	struct event_id after = {0};
	struct signed_code code;
	struct event e;
	struct journal *j;
	uint64_t highest = 0;
	size_t n;
	char path[PATH_MAX];

	board_path(&a->board, "agent.db", path);
	if (access(path, F_OK) != 0 || own_journal(&a->own, &j) != OK)
		return 0;
	while (journal_read(j, &after, &e, 1, &n) == OK && n == 1) {
		after = e.id;
		if (e.kind == EVENT_REVOKED &&
			signed_code_bytes(&code, (struct span){e.payload, e.payload_n}) == OK &&
			signed_code_verify(&code, event, by->key, by->epoch, highest) == OK)
			highest = code.number;
	}
	return highest;
}

static uint64_t last_number(struct agent *a, const struct signed_code *c,
	const uint8_t event[static ROSTER_EVENT], const struct signer *by)
{
	uint64_t journal = c->kind == TOKEN_REVOCATION ? number_in_journal(a, event, by) : 0;
	char note[STORE_KEY];
	uint8_t bytes[8];
	size_t n;

	number_note(c, by->epoch, note);
	if (store_note(a->store, note, bytes, sizeof(bytes), &n) != OK || n != 8)
		return journal;
	return load_u64(bytes) > journal ? load_u64(bytes) : journal;
}

/* By the hub key of the roster, of the newest manifest, or of this board's certificate; *epoch: its. */
static enum err verify(struct agent *a, const struct signed_code *c, uint32_t *epoch)
{
	const struct signer signers[] = {
		{a->fetch.bytes.n > 0, a->fetch.manifest.by.hub, a->fetch.manifest.by.epoch},
		{a->board.has_roster, a->board.roster_hub, a->board.roster_epoch},
		{a->board.enrolled, a->board.credential.certificate.by.hub,
			a->board.credential.certificate.by.epoch},
	};
	uint8_t event[ROSTER_EVENT];
	enum err worst = ERR_FORGED;

	if (!a->board.trust.known)
		return ERR_FOREIGN;
	paper_event(a->board.trust.root, event);
	for (size_t i = 0; i < COUNT(signers); i++) {
		const struct signer *by = &signers[i];
		if (!by->there || by->epoch < a->board.trust.epoch)
			continue;
		enum err e = signed_code_verify(c, event, by->key, by->epoch, 0);
		if (!e && c->number <= last_number(a, c, event, by))
			e = ERR_OLDER;
		*epoch = by->epoch;
		if (e == OK || e == ERR_OLDER || e == ERR_FOREIGN)
			return e;
		worst = e;
	}
	return worst;
}

/* Each event carries the whole code, so that nobody need believe this board. */
static enum err write_revoked(struct agent *a, const struct signed_code *c)
{
	struct event events[CODE_REVOKED];

	memset(events, 0, sizeof(events));
	for (size_t i = 0; i < c->revoked_count; i++) {
		struct event *e = &events[i];
		e->kind = EVENT_REVOKED;
		memcpy(e->person, c->revoked[i].person, EVENT_PERSON);
		e->issue = c->revoked[i].issue;
		e->payload_n = (uint16_t)c->n;
		memcpy(e->payload, c->bytes, c->n);
	}
	return agent_append(a, events, c->revoked_count);
}

static enum err obey(struct agent *a, const struct signed_code *c, uint32_t epoch)
{
	char note[STORE_KEY];
	uint8_t number[8];

	if (c->kind == TOKEN_REVOCATION) {
		enum err e = write_revoked(a, c);
		if (e)
			return e;
	} else {
		/* An older time makes nothing fresh, whatever its number. */
		if (c->time <= a->status.fresh)
			return ERR_OLDER;
		status_freshen(&a->status, c->time, a->boot, clock_now().boot_ms);
		a->written_ms = INT64_MIN; /* somebody stands there and waits */
	}
	store_u64(number, c->number);
	number_note(c, epoch, note);
	return a->store->kind->note_put(
		a->store, note, (struct span){number, sizeof(number)}, false);
}

static enum status_answer answer_of(enum err e)
{
	switch ((unsigned)e) {
	case OK:
		return STATUS_CODE_TAKEN;
	case ERR_OLDER:
		return STATUS_CODE_OLDER;
	case ERR_FOREIGN:
		return STATUS_CODE_FOREIGN;
	case ERR_IO:
	case ERR_FULL:
	case ERR_BUSY:
		return STATUS_NO_ANSWER;
	default:
		return STATUS_CODE_FORGED;
	}
}

enum status_answer code_take(struct agent *a, struct span text, bool may_enrol)
{
	struct signed_code c;
	enum status_answer answer;

	enum err e = signed_code_read(&c, text);
	if (e)
		answer = STATUS_CODE_FORGED;
	else if (c.kind == TOKEN_ENROLMENT)
		answer = may_enrol ? enrol_begin(a, &c) : STATUS_CODE_ENROLLED;
	else {
		uint32_t epoch;
		e = verify(a, &c, &epoch);
		if (!e)
			e = obey(a, &c, epoch);
		answer = answer_of(e);
	}
	log_line(answer == STATUS_CODE_TAKEN ? LOG_NOTE : LOG_WARN, where, "code kind=%s answer=%d",
		e == OK || e == ERR_OLDER ? token_kind_name(c.kind) : "unknown", (int)answer);
	seal_wipe(&c, sizeof(c));
	return answer;
}

/* A name that file_write uses while it writes ends with a dot and six characters. */
static bool is_ready(const char *name)
{
	const char *dot = strrchr(name, '.');

	return name[0] != '.' && (!dot || strlen(dot + 1) != TEMPORARY);
}

static bool is_stuck(const struct agent *a, ino_t file)
{
	for (size_t i = 0; i < INBOX_STUCK; i++)
		if (a->stuck[i] == file)
			return true;
	return false;
}

/* Judge one file. It goes only when the outcome is on the disk; one that cannot go is not judged again.
 * returns: true, if it is gone */
static bool take_file(struct agent *a, const char *path, ino_t file)
{
	struct board_status before = a->status;
	struct file_bytes f = {0};
	enum status_answer answer = STATUS_CODE_FORGED;

	enum err e = file_read(&f, path, CODE_FILE_MAX);
	if (e == ERR_ABSENT)
		return true;
	if (!e)
		answer = code_take(a, f.bytes, true);
	file_free(&f);
	if (answer == STATUS_NO_ANSWER)
		return false;
	/* Who reads that it is taken finds what it changed. */
	if (answer == STATUS_CODE_TAKEN && a->look_own)
		agent_gather(a);
	a->status.codes++;
	a->status.answer = answer;
	if (agent_write_status(a) != OK) {
		a->status.codes = before.codes;
		a->status.answer = before.answer;
		return false;
	}
	if (unlink(path) == 0)
		return true;
	log_line(LOG_WARN, where, "cannot remove a file from the inbox; it is passed over");
	a->stuck[a->next_stuck++ % INBOX_STUCK] = file;
	return false;
}

/* Folders are nobody's code, and a folder cannot be removed with what is in it. */
void code_look(struct agent *a)
{
	char folder[PATH_MAX], path[PATH_MAX + BOARD_NAME + 256];
	unsigned looked = 0, gone = 0;

	board_path(&a->board, "inbox", folder);
	DIR *d = opendir(folder);
	for (struct dirent *entry; d && looked < LOOK_MOST && (entry = readdir(d)) != NULL;) {
		if (!is_ready(entry->d_name) || entry->d_type == DT_DIR ||
			is_stuck(a, entry->d_ino))
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		gone += take_file(a, path, entry->d_ino);
		looked++;
	}
	if (d)
		closedir(d);
	if (looked == LOOK_MOST && gone > 0)
		a->look_inbox = true; /* the rest at the next turn */
}
