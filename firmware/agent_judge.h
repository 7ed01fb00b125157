/* The judge: one measure for every bundle of events, whoever brought it: hub, peer or stick.
 *
 * A run is believed if its device has a certificate that goes back to the trusted root, is not
 * revoked, and has signed the run; every run's signature is looked at, because each is shipped on by
 * itself later. What is believed is merged into the store, in one transaction. A run that tells
 * another history of its board than the store does is kept in quarantine, the oldest as far as there is
 * room, and is an alarm.
 *
 * Certificates that were believed are kept in the store, as notes "certificate/DEVICE", and the
 * devices the hub has revoked as notes "revoked" and "revoked.1" (512 ids each). One thread. */
#ifndef FIRMWARE_AGENT_JUDGE_H
#define FIRMWARE_AGENT_JUDGE_H

#include "manifest.h"
#include "store.h"

enum { JUDGE_KNOWN = 256, JUDGE_ASIDE = 256, JUDGE_ASIDE_BYTES = 16 << 20 };

struct judge {
	struct store *store; /* borrowed */
	bool trusts;         /* root is known; else nothing is believed */
	uint8_t root[SEAL_PUBLIC];
	uint32_t min_epoch; /* of delegations */
	bool full;          /* it was said that the quarantine is full */
	bool unwritten;     /* who is revoked is not in the store, or not all of it */
	size_t revoked_count;
	uint8_t revoked[MANIFEST_REVOKED][PAPER_DEVICE];
	/* Certificates believed lately: verified once. */
	struct judge_known {
		uint8_t device[PAPER_DEVICE], key[SEAL_PUBLIC];
		uint8_t certificate[PAPER_CERTIFICATE];
	} known[JUDGE_KNOWN];
	size_t known_count, known_next;
};

/* What became of a bundle. */
struct judgement {
	size_t runs;    /* in it */
	size_t added;   /* events that are new in the store */
	size_t refused; /* runs not believed */
	size_t forks;   /* runs that tell another history: in quarantine now */
	bool missing;   /* a run began after the head that the store has */
};

/* returns: OK; ERR_IO, ERR_BUSY, ERR_FORMAT as the store: revoked devices are then not known */
MUST_CHECK enum err judge_init(struct judge *j, struct store *store, const struct trust *trust);
/* The store was opened anew, and may be an empty one: who is revoked is written into it again, and
 * certificates as they come. returns: OK; as the store's note_put: some of it is not written down */
MUST_CHECK enum err judge_use(struct judge *j, struct store *store);
/* Trust has changed: certificates are looked at again. */
void judge_trust(struct judge *j, const struct trust *trust);

/* From now on exactly these devices are revoked. *changed: they were not the same before.
 * returns: OK; as the store's note_put: they are revoked, but it is not written down */
MUST_CHECK enum err judge_revoke(struct judge *j, struct span devices, bool *changed);
bool judge_refuses(const struct judge *j, const uint8_t device[static PAPER_DEVICE]);

/* The certificate of a device that was once believed. returns: OK, ERR_ABSENT; as the store */
MUST_CHECK enum err judge_certificate(struct judge *j, const uint8_t device[static PAPER_DEVICE],
	uint8_t out[static PAPER_CERTIFICATE]);

/* Judge and merge.
 * returns: OK, also where some or all of it was refused
 *          ERR_FORMAT, if it is no bundle or a run in it is not well-formed: nothing is taken
 *          ERR_DENIED, if whom to trust is not known
 *          ERR_IO, ERR_FULL, ERR_BUSY as the store: nothing is taken; or, where out tells of forks, all
 *          but those, which could not be put aside */
MUST_CHECK enum err judge_bundle(struct judge *j, struct span bytes, struct judgement *out);

#endif
