/* Four words that two people can compare. */
#include "four_words.h"

#include "seal.h"

void four_words(struct span bytes, char out[static FOUR_WORDS])
{
	static const char consonants[] = "bdfghklmnprstvwz", vowels[] = "aiou", last[] = "ao";
	uint8_t hash[8];
	struct seal_hash h;

	seal_hash_init(&h, (struct span){0}, sizeof(hash));
	seal_hash_add(&h, "four words", 10);
	seal_hash_add(&h, bytes.p, bytes.n);
	seal_hash_done(&h, hash);
	uint64_t bits = load_u64(hash);
	char *p = out;
	for (int word = 0; word < 4; word++, bits >>= 11) {
		*p++ = consonants[bits & 15];
		*p++ = vowels[bits >> 4 & 3];
		*p++ = consonants[bits >> 6 & 15];
		*p++ = last[bits >> 10 & 1];
		*p++ = word < 3 ? ' ' : '\0';
	}
}
