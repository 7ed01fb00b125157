/* What boards on one LAN say to each other, as bytes.
 *
 * Everything is a sealed message (seal_message): nonce 24, box, tag 16. The key of a datagram is
 * BLAKE2b-256(peer key, "foyer peer datagram"), so boards of another event, or of another peer
 * epoch, hear noise. Little-endian throughout.
 *
 * A DATAGRAM is at most 1200 bytes; sealed with the associated data "datagram" is
 *
 *   at  bytes
 *    0      1  kind: 1 beacon, 2 news
 *    1      8  device: the sender
 *    9      8  session: by chance, anew at each start
 *   17      8  counter: from 1 in each session; one heard before, or far below the highest, is not
 *              taken again
 *   25      2  TCP port of the sender's pull service, 0 if it has none
 *   27     16  digest of all heads the sender has: BLAKE2b-128 over them by board, each board 8,
 *              epoch u32, seq u64, hash 32
 *   43      n  beacon: some heads, 24 each: board 8, epoch u32, seq u64, first 4 of the hash
 *              news: a bundle (run.h)
 *
 * A PULL is one TCP connection:
 *
 *   answerer   challenge, 16 bytes by chance, in clear
 *   asker      one frame, the ask: device 8, then heads of all boards it knows, by board, 20 each:
 *              board 8, epoch u32, seq u64; epoch ffffffff: send nothing of this board
 *   answerer   frames: u8 1 and a bundle; last of all u8 2 and one byte: 1 if there is more, so ask
 *              again
 *
 *   A frame is u32 length of the sealed message, and it. Key = BLAKE2b-256(peer key, "foyer peer
 *   pull" || challenge); associated data of the ask "ask", of an answer "answer" || its number u32
 *   from 0 || nonce of the ask: so nothing recorded can be played again, left out or put elsewhere.
 *
 * All functions are pure and thread-safe, but for the nonces that sealing takes. */
#ifndef FIRMWARE_PEER_H
#define FIRMWARE_PEER_H

#include "grow.h"
#include "seal.h"
#include "store.h"

enum {
	PEER_DATAGRAM = 1200,
	PEER_HEAD = 43, /* of a datagram */
	PEER_BODY = PEER_DATAGRAM - SEAL_MESSAGE_OVERHEAD - PEER_HEAD,
	PEER_DIGEST = 16,
	PEER_MARK = 24, /* a head in a beacon */
	PEER_MARKS = PEER_BODY / PEER_MARK,
	PEER_CHALLENGE = 16,
	PEER_ASKED = 20, /* a head in an ask */
	PEER_ASKED_MAX = 8192,
	PEER_ASK_MAX = PAPER_DEVICE + PEER_ASKED_MAX * PEER_ASKED,
	/* A bundle of one run of any length, or of several that are short. */
	PEER_ANSWER_MAX = 1 + BUNDLE_HEAD + BUNDLE_CERTIFICATES * PAPER_CERTIFICATE + RUN_MAX,
	PEER_FRAME_HEAD = 4,
};
#define PEER_EPOCH_NOTHING UINT32_MAX

enum peer_kind { PEER_BEACON = 1, PEER_NEWS = 2 };

void peer_datagram_key(const uint8_t peer_key[static SEAL_KEY], uint8_t out[static SEAL_KEY]);
void peer_pull_key(const uint8_t peer_key[static SEAL_KEY],
	const uint8_t challenge[static PEER_CHALLENGE], uint8_t out[static SEAL_KEY]);
/* Heads by board, as store_kind.heads gives them. */
void peer_digest(const struct store_head *heads, size_t n, uint8_t out[static PEER_DIGEST]);

struct peer_datagram {
	enum peer_kind kind;
	uint8_t device[PAPER_DEVICE];
	uint64_t session, counter;
	uint16_t port;
	uint8_t digest[PEER_DIGEST];
	struct span body; /* at most PEER_BODY bytes: marks, or a bundle */
};
/* Seal d. returns: the length of the datagram in out. */
size_t peer_datagram_seal(const struct peer_datagram *d, const uint8_t key[static SEAL_KEY],
	uint8_t out[static PEER_DATAGRAM]);
/* out->body points into plain.
 * returns: OK
 *          ERR_FORMAT, if it is too long or too short, of no known kind, has counter 0, or a
 *          beacon's body is not whole marks; *out is then zeroed
 *          ERR_FORGED, if it is not sealed with key */
MUST_CHECK enum err peer_datagram_open(struct peer_datagram *out, struct span bytes,
	const uint8_t key[static SEAL_KEY], uint8_t plain[static PEER_DATAGRAM]);

struct peer_mark {
	struct event_id id;
	uint8_t hash[4];
};
void peer_mark_write(struct sink *k, const struct store_head *head);
/* c is the body of a beacon that was opened, not at its end. */
void peer_mark_read(struct cursor *c, struct peer_mark *out);

/* Which counters of one session were heard: the highest and the 64 below it. */
struct peer_window {
	uint64_t highest, heard;
};
/* Take counter, once. returns: false, if it was taken before or is too far below the highest */
bool peer_window_take(struct peer_window *w, uint64_t counter);

/* Where a frame stands in a pull. */
struct peer_place {
	bool answer;
	uint32_t number;                 /* of the answer */
	uint8_t ask[SEAL_MESSAGE_NONCE]; /* nonce of the ask, for answers */
};
/* Append the frame of plain to out (out->failed tells whether memory ran out).
 * returns: where in out its sealed message begins */
size_t peer_frame_seal(struct grow *out, const struct peer_place *at,
	const uint8_t key[static SEAL_KEY], struct span plain);
/* The length of the sealed message that follows.
 * returns: OK
 *          ERR_FORMAT, if its plain would be empty or longer than max */
MUST_CHECK enum err peer_frame_length(
	const uint8_t head[static PEER_FRAME_HEAD], size_t max, size_t *out);
/* plain takes sealed.n - SEAL_MESSAGE_OVERHEAD bytes.
 * returns: OK
 *          ERR_FORMAT, if it is too short
 *          ERR_FORGED, if it is not sealed with key for that place */
MUST_CHECK enum err peer_frame_open(struct span sealed, const struct peer_place *at,
	const uint8_t key[static SEAL_KEY], uint8_t *plain);

struct peer_ask {
	uint8_t device[PAPER_DEVICE];
	size_t n;
	struct span heads; /* n x PEER_ASKED, boards strictly rising */
};
/* returns: OK
 *          ERR_FORMAT, if it is cut short, too long, or out of order */
MUST_CHECK enum err peer_ask_open(struct peer_ask *out, struct span plain);
/* How far the asker has come with a board: epoch 0 if it does not say. */
struct event_id peer_ask_head(const struct peer_ask *a, const uint8_t board[static EVENT_BOARD]);

struct peer_answer {
	struct span bundle; /* empty in the last */
	bool last, more;
};
/* returns: OK
 *          ERR_FORMAT, if it is neither */
MUST_CHECK enum err peer_answer_open(struct peer_answer *out, struct span plain);

#endif
