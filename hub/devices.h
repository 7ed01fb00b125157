/* The devices a serving hub knows, in memory: a copy of the store's notes (boards.h), with the key it
 * shares with each, when it was last heard, and the run ends nobody has verified yet. One thread. */
#ifndef HUB_DEVICES_H
#define HUB_DEVICES_H

#include "boards.h"
#include "run.h"

enum {
	DEVICE_JOURNALS = 4,          /* journals a machine has: a kiosk's, an agent's, and room */
	DEVICE_QUARANTINE = 64 << 20, /* bytes a hub keeps of a device it does not believe */
};

/* The end of a board's newest run, whose signature vouches for all before. */
struct run_end {
	bool due;
	struct run run; /* spans point to signature or nowhere */
	uint8_t signature[SEAL_SIGNATURE];
};

struct device {
	struct board board;
	bool paired;
	uint8_t pair[SEAL_KEY];
	int64_t seen_ms;   /* last contact, milliseconds since 1970; 0: never */
	bool seen_new;     /* not in the store's notes yet … */
	bool seen_first;   /* … and the notes say that it was never heard */
	size_t kept_aside; /* bytes in quarantine, since the hub started */
	struct run_end ends[DEVICE_JOURNALS];
};

struct devices {
	struct device **at; /* an open table by id; NULL: free */
	size_t cap, n;
	uint64_t changed; /* the notes' number that this is a copy of */
	bool loaded;
	bool wiped; /* the event is over: the manifest tells boards to wipe themselves */
};

/* Bring all up to the notes, if they changed. */
MUST_CHECK enum err devices_refresh(struct devices *d, struct store *s, const struct keys *k);
/* One that is in memory, or NULL. */
struct device *devices_at(const struct devices *d, const uint8_t id[static PAPER_DEVICE]);
/* One, looked up in the store if it is not in memory. It stays until devices_free.
 * returns: OK, ERR_ABSENT, as boards_get; ERR_IO also if memory is out */
MUST_CHECK enum err devices_find(struct devices *d, struct store *s, const struct keys *k,
	const uint8_t id[static PAPER_DEVICE], struct device **out);
/* The key that device and hub share. returns: OK, ERR_FORGED */
MUST_CHECK enum err device_pair(struct device *d, const struct keys *k);

/* When each was last heard, from the notes: what an earlier hub knew. */
MUST_CHECK enum err devices_read_seen(struct devices *d, struct store *s);
void device_heard(struct device *d, int64_t wall_ms);
/* Write down when devices were heard, those of one of sixteen parts: call it with 0 to 15 in turn, and at
 * once with the part that devices_first names: a board that was heard for the first time is in it. */
bool devices_first(const struct devices *d, unsigned *part);
MUST_CHECK enum err devices_write_seen(struct devices *d, struct store *s, unsigned part);
void devices_free(struct devices *d);

#endif
