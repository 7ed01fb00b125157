/* Patches: from one roster to the next, by zstd with the old file as its prefix. */
#include "patch.h"

#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

/* The best level is slow; on long files, where what stayed is found by long-distance matching anyway, a
 * lower one gives the same patch within a few per cent. */
enum { LEVEL = 19, LEVEL_LONG = 9, LONG_FILE = 16 << 20, WINDOW_MIN = 10, WINDOW_MAX = 31 };

/* Both files must lie in the window. */
static int window_for(size_t from, size_t to)
{
	int log = WINDOW_MIN;

	while (log < WINDOW_MAX && ((size_t)1 << log) < from + to)
		log++;
	return log;
}

static bool set_up(ZSTD_CCtx *c, struct span from, struct span to)
{
	int level = to.n > LONG_FILE ? LEVEL_LONG : LEVEL;

	return !ZSTD_isError(ZSTD_CCtx_setParameter(c, ZSTD_c_compressionLevel, level)) &&
	       !ZSTD_isError(
		       ZSTD_CCtx_setParameter(c, ZSTD_c_windowLog, window_for(from.n, to.n))) &&
	       !ZSTD_isError(ZSTD_CCtx_setParameter(c, ZSTD_c_enableLongDistanceMatching, 1)) &&
	       !ZSTD_isError(ZSTD_CCtx_setParameter(c, ZSTD_c_checksumFlag, 1)) &&
	       !ZSTD_isError(ZSTD_CCtx_refPrefix(c, from.p, from.n));
}

enum err patch_make(struct span from, struct span to, struct span *out)
{
	size_t cap = ZSTD_compressBound(to.n);
	uint8_t *bytes = malloc(cap);
	ZSTD_CCtx *c = ZSTD_createCCtx();

	*out = (struct span){NULL, 0};
	size_t n = bytes && c && set_up(c, from, to) ? ZSTD_compress2(c, bytes, cap, to.p, to.n)
						     : (size_t)-1;
	ZSTD_freeCCtx(c);
	if (ZSTD_isError(n)) {
		free(bytes);
		return ERR_IO;
	}
	*out = (struct span){bytes, n};
	return OK;
}

enum err patch_apply(struct span from, struct span patch, uint8_t *out, size_t n)
{
	ZSTD_DCtx *d = ZSTD_createDCtx();

	if (!d)
		return ERR_IO;
	size_t got = ZSTD_DCtx_setParameter(d, ZSTD_d_windowLogMax, window_for(from.n, n));
	if (!ZSTD_isError(got))
		got = ZSTD_DCtx_refPrefix(d, from.p, from.n);
	if (!ZSTD_isError(got))
		got = ZSTD_decompressDCtx(d, out, n, patch.p, patch.n);
	ZSTD_freeDCtx(d);
	if (ZSTD_isError(got) && ZSTD_getErrorCode(got) == ZSTD_error_memory_allocation)
		return ERR_IO;
	return got == n ? OK : ERR_FORMAT;
}
