/* The static part of the API as plain files: versions of the roster and patches between them. */
#include "publish.h"

#include "file.h"
#include "hex.h"
#include "patch.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Unlike a board's folder, this is made to be read by others. */
static enum err make_folder(const char *path)
{
	if (mkdir(path, 0755) == 0)
		return file_sync_name(path);
	return errno == EEXIST ? OK : file_error(errno);
}

/* Make the folders that path's file lies in, from the tree's root on. */
static enum err make_folders(const char *out, const char *path)
{
	char folder[PUBLISH_PATH];

	enum err e = make_folder(out);
	for (const char *c = path + strlen(out) + 1; e == OK && (c = strchr(c, '/')); c++) {
		memcpy(folder, path, (size_t)(c - path));
		folder[c - path] = '\0';
		e = make_folder(folder);
	}
	return e;
}

static enum err write_file(const char *out, const char *path, struct span bytes)
{
	enum err e = make_folders(out, path);

	return e ? e : file_write(path, bytes, 0644);
}

struct published published_of(const struct roster *r)
{
	struct published v = {.size = r->file.n,
		.sequence = r->sequence,
		.epoch = r->epoch,
		.built_at = r->built_at};

	seal_hash((struct span){NULL, 0}, r->file, v.hash, sizeof(v.hash));
	return v;
}

bool publish_roster_path(char path[static PUBLISH_PATH], const char *out, const uint8_t *hash)
{
	char hex[PUBLISH_HEX];

	hex_write((struct span){hash, MANIFEST_HASH}, hex);
	return snprintf(path, PUBLISH_PATH, "%s/v1/roster/%s", out, hex) < PUBLISH_PATH;
}

bool publish_patch_path(
	char path[static PUBLISH_PATH], const char *out, const uint8_t *from, const uint8_t *to)
{
	char a[PUBLISH_HEX], b[PUBLISH_HEX];

	hex_write((struct span){from, MANIFEST_HASH}, a);
	hex_write((struct span){to, MANIFEST_HASH}, b);
	return snprintf(path, PUBLISH_PATH, "%s/v1/patch/%s/%s", out, a, b) < PUBLISH_PATH;
}

/* The file's own word of what it is, if it is what its name says. */
static bool read_version(
	const char *out, const char *name, const uint8_t *root, struct published *v)
{
	struct trust trust = {.known = true};
	uint8_t hash[MANIFEST_HASH];
	char path[PUBLISH_PATH];
	struct file_bytes f;
	struct roster r;

	if (hex_read(span_of(name), hash, sizeof(hash)) || !publish_roster_path(path, out, hash) ||
		file_read(&f, path, ROSTER_MAX))
		return false;
	memcpy(trust.root, root, SEAL_PUBLIC);
	bool good = roster_open(&r, f.bytes, &trust, 0) == OK;
	if (good)
		*v = published_of(&r);
	file_free(&f);
	return good && memcmp(v->hash, hash, sizeof(hash)) == 0;
}

static int newest_first(const void *a, const void *b)
{
	const struct published *x = a, *y = b;

	if (x->epoch != y->epoch)
		return x->epoch > y->epoch ? -1 : 1;
	if (x->sequence != y->sequence)
		return x->sequence > y->sequence ? -1 : 1;
	return memcmp(x->hash, y->hash, sizeof(x->hash));
}

enum err publish_versions(
	const char *out, const uint8_t root[static SEAL_PUBLIC], struct grow *versions)
{
	char path[PUBLISH_PATH];
	struct published v;

	if (snprintf(path, sizeof(path), "%s/v1/roster", out) >= PUBLISH_PATH)
		return ERR_FULL;
	DIR *d = opendir(path);
	if (!d)
		return errno == ENOENT ? OK : file_error(errno);
	for (const struct dirent *entry; (entry = readdir(d));)
		if (read_version(out, entry->d_name, root, &v))
			grow_bytes(versions, &v, sizeof(v));
	closedir(d);
	if (versions->failed)
		return ERR_IO;
	if (versions->p)
		qsort(versions->p, GROW_COUNT(versions, struct published), sizeof(v), newest_first);
	return OK;
}

enum err publish_roster(const char *out, const struct roster *r)
{
	struct published v = published_of(r);
	char path[PUBLISH_PATH];
	struct stat st;

	if (!publish_roster_path(path, out, v.hash))
		return ERR_FULL;
	/* The name is the content's hash; a file of that name and length was written whole. */
	if (stat(path, &st) == 0 && (uint64_t)st.st_size == v.size)
		return OK;
	return write_file(out, path, r->file);
}

enum err publish_patch(const char *out, const struct published *from, const struct published *to)
{
	struct file_bytes old = {0}, new = {0};
	char path[PUBLISH_PATH], old_path[PUBLISH_PATH], new_path[PUBLISH_PATH];
	struct span patch = {0};

	if (!publish_patch_path(path, out, from->hash, to->hash) ||
		!publish_roster_path(old_path, out, from->hash) ||
		!publish_roster_path(new_path, out, to->hash))
		return ERR_FULL;
	if (access(path, F_OK) == 0)
		return OK;
	enum err e = file_read(&old, old_path, ROSTER_MAX);
	if (e == OK)
		e = file_read(&new, new_path, ROSTER_MAX);
	if (e == OK)
		e = patch_make(old.bytes, new.bytes, &patch);
	if (e == OK)
		e = patch.n < new.bytes.n ? write_file(out, path, patch) : ERR_ABSENT;
	free((void *)(uintptr_t)patch.p);
	file_free(&new);
	file_free(&old);
	return e;
}

enum err publish_patch_read(const char *out, const struct published *from,
	const struct published *to, struct manifest_patch *row, struct file_bytes *bytes)
{
	char path[PUBLISH_PATH];
	struct file_bytes f;

	if (!publish_patch_path(path, out, from->hash, to->hash))
		return ERR_FULL;
	enum err e = file_read(&f, path, ROSTER_MAX);
	if (e)
		return e;
	memcpy(row->from, from->hash, sizeof(row->from));
	row->size = f.bytes.n;
	seal_hash((struct span){NULL, 0}, f.bytes, row->hash, sizeof(row->hash));
	if (bytes)
		*bytes = f;
	else
		file_free(&f);
	return OK;
}

static bool is_kept(const struct grow *versions, const char *name)
{
	const struct published *v = GROW_ARRAY(versions, const struct published);
	uint8_t hash[MANIFEST_HASH];

	if (hex_read(span_of(name), hash, sizeof(hash)))
		return false;
	for (size_t i = 0; i < GROW_COUNT(versions, struct published) && i < PUBLISH_VERSIONS; i++)
		if (memcmp(v[i].hash, hash, sizeof(hash)) == 0)
			return true;
	return false;
}

/* Take the patches from one version out, all or all but the one to the newest. */
static void prune_patches(const char *folder, const char *newest)
{
	DIR *d = opendir(folder);

	if (!d)
		return;
	for (const struct dirent *entry; (entry = readdir(d));)
		if (entry->d_name[0] != '.' && (!newest || strcmp(entry->d_name, newest) != 0))
			unlinkat(dirfd(d), entry->d_name, 0);
	closedir(d);
	/* Holds only if it is empty now. */
	rmdir(folder);
}

void publish_prune(const char *out, const struct grow *versions)
{
	const struct published *v = GROW_ARRAY(versions, const struct published);
	size_t count = GROW_COUNT(versions, struct published);
	char path[PUBLISH_PATH], newest[PUBLISH_HEX];

	for (size_t i = PUBLISH_VERSIONS; i < count; i++)
		if (publish_roster_path(path, out, v[i].hash))
			unlink(path);
	if (count == 0 || snprintf(path, sizeof(path), "%s/v1/patch", out) >= PUBLISH_PATH)
		return;
	hex_write((struct span){v[0].hash, MANIFEST_HASH}, newest);
	DIR *d = opendir(path);
	if (!d)
		return;
	for (const struct dirent *entry; (entry = readdir(d));) {
		if (entry->d_name[0] == '.' || snprintf(path, sizeof(path), "%s/v1/patch/%s", out,
						       entry->d_name) >= PUBLISH_PATH)
			continue;
		prune_patches(path, is_kept(versions, entry->d_name) ? newest : NULL);
	}
	closedir(d);
}
