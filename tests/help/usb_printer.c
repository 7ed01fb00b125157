/* A USB printer that is not there. Its ioctls are served by umockdev's own thread. */
#include "usb_printer.h"

#include "page_decode.h"

#include <errno.h>
#include <glib-object.h>
#include <linux/usbdevice_fs.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <umockdev.h>
#include <unistd.h>

enum { FLYING = 8, PACKETS = 64, PRINTERS = 8, SETUP = 8, JOB_PIECE = 1024 };

struct usb_bus {
	UMockdevTestbed *bed;
	struct usb_printer *printers[PRINTERS];
	size_t n;
};

struct flight {
	UMockdevIoctlClient *client; /* compared only */
	UMockdevIoctlData *urb, *buffer;
	bool discarded;
};

struct inside {
	UMockdevIoctlBase *handler;
	pthread_mutex_t lock;
	struct flight flights[FLYING];
	uint8_t packets[PACKETS][64];
	size_t sizes[PACKETS], first, n;
	char path[128], node[64];
};

static void answer(struct usb_printer *p, const uint8_t *bytes, size_t n)
{
	struct inside *in = p->inside;
	size_t head = atomic_load(&p->split) && n > 1 ? 1 : n;

	for (size_t at = 0; at < n && in->n < PACKETS; head = n - at) {
		size_t slot = (in->first + in->n++) % PACKETS;
		memcpy(in->packets[slot], bytes + at, head);
		in->sizes[slot] = head;
		at += head;
	}
}

void usb_say(struct usb_printer *p, const uint8_t *bytes, size_t n)
{
	struct inside *in = p->inside;

	pthread_mutex_lock(&in->lock);
	answer(p, bytes, n);
	if (n == 0 && in->n == 0)
		in->sizes[(in->first + in->n++) % PACKETS] = 0;
	pthread_mutex_unlock(&in->lock);
}

static void brother_frame(struct usb_printer *p, uint8_t kind)
{
	uint8_t f[32] = {0x80, 0x20, 0x42, 0x34, 0x41, 0x30};

	f[8] = (uint8_t)atomic_load(&p->error1);
	f[9] = (uint8_t)atomic_load(&p->error2);
	f[10] = 62;
	f[11] = 0x0b;
	f[17] = 100;
	f[18] = kind;
	if (!atomic_load(&p->mute))
		answer(p, f, sizeof(f));
}

static void escpos_round(struct usb_printer *p)
{
	unsigned paper = atomic_load(&p->error1), cover = atomic_load(&p->error2);
	uint8_t r[4] = {0x12, 0x12, 0x12, 0x12};

	r[0] |= paper || cover ? 0x08 : 0;
	r[1] |= (uint8_t)((paper ? 0x20 : 0) | (cover ? 0x04 : 0));
	r[3] |= paper ? 0x60 : 0;
	if (!atomic_load(&p->mute))
		answer(p, r, sizeof(r));
}

static bool ends(const uint8_t *p, size_t n, const char *tail, size_t t)
{
	return n >= t && memcmp(p + n - t, tail, t) == 0;
}

static void brother_took(struct usb_printer *p)
{
	static struct decoded d;
	size_t n = atomic_load(&p->got);

	if (n == 0 || p->job[n - 1] != 0x1a)
		return;
	decode_brother((struct span){p->job, n}, 90, &d);
	if (d.fault)
		return;
	atomic_fetch_add(&p->pages, 1);
	brother_frame(p, 6);
	brother_frame(p, 1);
	if (atomic_load(&p->jams)) {
		atomic_store(&p->error1, 0x04);
		brother_frame(p, 2);
		return;
	}
	brother_frame(p, 6);
}

static void escpos_took(struct usb_printer *p)
{
	size_t n = atomic_load(&p->got);
	uint8_t said[7] = {0x37, 0x22};

	if (n < 11 || memcmp(p->job + n - 11, "\x1d(H\x06\x00\x30\x30", 7) != 0)
		return;
	memcpy(said + 2, p->job + n - 4, 4);
	atomic_fetch_add(&p->pages, 1);
	answer(p, said, sizeof(said));
}

/* Bytes that the printer took. A question stands alone at the end of what it was sent. */
static void take(struct usb_printer *p, const uint8_t *bytes, size_t n)
{
	size_t at = atomic_load(&p->got);

	if (!p->facts.escpos && ends(bytes, n, "\x1biS", 3)) {
		brother_frame(p, 0);
		return;
	}
	if (p->facts.escpos && ends(bytes, n, "\x10\x04\x04", 3)) {
		escpos_round(p);
		return;
	}
	if (n > sizeof(p->job) - at)
		n = sizeof(p->job) - at;
	memcpy(p->job + at, bytes, n);
	atomic_store(&p->got, at + n);
	if (p->facts.escpos)
		escpos_took(p);
	else
		brother_took(p);
}

static int control(struct usb_printer *p, uint8_t *b, size_t n)
{
	uint8_t *out = b + SETUP;
	size_t room = n - SETUP, used = 0;

	memset(out, 0, room);
	if (b[0] == 0xa1 && b[1] == 1 && room >= 1) {
		out[0] = (uint8_t)atomic_load(&p->port);
		used = 1;
	} else if (b[0] == 0xa1 && b[1] == 0 && p->facts.id) {
		size_t length = strlen(p->facts.id) + 2;
		out[p->facts.id_little ? 1 : 0] = (uint8_t)(length >> 8);
		out[p->facts.id_little ? 0 : 1] = (uint8_t)length;
		memcpy(out + 2, p->facts.id, length - 2);
		used = length;
	} else if (b[0] == 0x80 && b[1] == 6 && b[3] == 3) {
		const char *text = b[2] == 0 ? "\x09" : p->facts.serial;
		used = 2;
		for (size_t i = 0; text[i] && used + 2 <= room; i++, used += 2) {
			out[used] = (uint8_t)text[i];
			out[used + 1] = b[2] == 0 ? 0x04 : 0;
		}
		out[0] = (uint8_t)used;
		out[1] = 3;
	}
	return (int)(used < room ? used : room);
}

/* Can this transfer end now? Fills in its status and length if so. */
static bool try_end(struct usb_printer *p, struct flight *f)
{
	struct inside *in = p->inside;
	struct usbdevfs_urb *u = (struct usbdevfs_urb *)(void *)f->urb->data;
	size_t n = (size_t)u->buffer_length;

	u->status = 0;
	u->actual_length = 0;
	if (atomic_load(&p->gone)) {
		u->status = -ENODEV;
		return true;
	}
	if (u->type == USBDEVFS_URB_TYPE_CONTROL) {
		u->actual_length = control(p, f->buffer->data, n);
		return true;
	}
	if (u->endpoint & 0x80) {
		int fails = f->discarded ? 0 : atomic_exchange(&p->in_fails, 0);
		if (fails) {
			u->status = -fails;
			return true;
		}
		if (in->n > 0 && !f->discarded) {
			size_t size = in->sizes[in->first];
			memcpy(f->buffer->data, in->packets[in->first], size);
			u->actual_length = (int)size;
			in->first = (in->first + 1) % PACKETS;
			in->n--;
			return true;
		}
	} else if (n >= JOB_PIECE && atomic_load(&p->out_fails)) {
		u->status = -atomic_exchange(&p->out_fails, 0);
		return true;
	} else {
		size_t got = atomic_load(&p->got), limit = atomic_load(&p->accepts);
		size_t room = limit > got ? limit - got : 0;
		if (room >= n || f->discarded) {
			n = room < n ? room : n;
			if (n > 0)
				take(p, f->buffer->data, n);
			u->actual_length = (int)n;
			u->status = f->discarded ? -ENOENT : 0;
			return true;
		}
	}
	u->status = -ENOENT;
	return f->discarded;
}

static void submit(struct usb_printer *p, UMockdevIoctlClient *c, UMockdevIoctlData *arg)
{
	struct inside *in = p->inside;
	UMockdevIoctlData *data =
		umockdev_ioctl_data_resolve(arg, 0, sizeof(struct usbdevfs_urb), NULL);
	UMockdevIoctlData *buffer = NULL;

	if (data) {
		const struct usbdevfs_urb *u = (const void *)data->data;
		buffer = umockdev_ioctl_data_resolve(
			data, offsetof(struct usbdevfs_urb, buffer), (gsize)u->buffer_length, NULL);
	}
	for (size_t i = 0; buffer && i < FLYING; i++)
		if (!in->flights[i].urb) {
			in->flights[i] = (struct flight){c, data, buffer, false};
			umockdev_ioctl_client_complete(c, 0, 0);
			return;
		}
	/* A program that was killed in the middle of a call has no memory to look at. */
	g_clear_object(&buffer);
	g_clear_object(&data);
	umockdev_ioctl_client_complete(c, -1, ENOMEM);
}

static void reap(struct usb_printer *p, UMockdevIoctlClient *c, UMockdevIoctlData *arg)
{
	struct inside *in = p->inside;

	for (size_t i = 0; i < FLYING; i++) {
		struct flight f = in->flights[i];
		if (!f.urb || !try_end(p, &in->flights[i]))
			continue;
		in->flights[i].urb = NULL;
		UMockdevIoctlData *where =
			umockdev_ioctl_data_resolve(arg, 0, sizeof(gpointer), NULL);
		if (where)
			umockdev_ioctl_data_set_ptr(where, 0, f.urb);
		umockdev_ioctl_client_complete(c, where ? 0 : -1, where ? 0 : EFAULT);
		g_clear_object(&where);
		g_object_unref(f.buffer);
		g_object_unref(f.urb);
		return;
	}
	/* The node is a plain file and always looks ready: without a pause libusb would spin. */
	usleep(500);
	umockdev_ioctl_client_complete(c, -1, atomic_load(&p->gone) ? ENODEV : EAGAIN);
}

static void discard(struct usb_printer *p, UMockdevIoctlClient *c, UMockdevIoctlData *arg)
{
	struct inside *in = p->inside;

	for (size_t i = 0; i < FLYING; i++) {
		struct flight *f = &in->flights[i];
		if (f->urb && f->urb->client_addr == *(gulong *)(void *)arg->data) {
			f->discarded = true;
			umockdev_ioctl_client_complete(c, 0, 0);
			return;
		}
	}
	umockdev_ioctl_client_complete(c, -1, EINVAL);
}

static void drop(struct flight *f)
{
	g_object_unref(f->buffer);
	g_object_unref(f->urb);
	*f = (struct flight){0};
}

/* As the kernel does for a program that ends: what it had under way is killed. */
static void vanished(UMockdevIoctlBase *base, UMockdevIoctlClient *c, gpointer data)
{
	struct usb_printer *p = data;
	struct inside *in = p->inside;

	(void)base;
	pthread_mutex_lock(&in->lock);
	for (size_t i = 0; i < FLYING; i++)
		if (in->flights[i].urb && in->flights[i].client == c)
			drop(&in->flights[i]);
	pthread_mutex_unlock(&in->lock);
}

static gboolean serve(UMockdevIoctlBase *base, UMockdevIoctlClient *c, gpointer data)
{
	struct usb_printer *p = data;
	struct inside *in = p->inside;
	UMockdevIoctlData *arg = umockdev_ioctl_client_get_arg(c);
	gulong request = umockdev_ioctl_client_get_request(c);

	(void)base;
	pthread_mutex_lock(&in->lock);
	switch (request) {
	case USBDEVFS_GET_CAPABILITIES: {
		UMockdevIoctlData *d = umockdev_ioctl_data_resolve(arg, 0, sizeof(guint32), NULL);
		if (d)
			*(guint32 *)(void *)d->data = USBDEVFS_CAP_BULK_SCATTER_GATHER |
						      USBDEVFS_CAP_BULK_CONTINUATION |
						      USBDEVFS_CAP_NO_PACKET_SIZE_LIM |
						      USBDEVFS_CAP_REAP_AFTER_DISCONNECT;
		umockdev_ioctl_client_complete(c, d ? 0 : -1, d ? 0 : EFAULT);
		g_clear_object(&d);
		break;
	}
	case USBDEVFS_CLAIMINTERFACE:
	case USBDEVFS_DISCONNECT_CLAIM:
		if (atomic_load(&p->busy))
			umockdev_ioctl_client_complete(c, -1, EBUSY);
		else
			umockdev_ioctl_client_complete(c, 0, 0);
		break;
	case USBDEVFS_GETDRIVER:
		umockdev_ioctl_client_complete(c, -1, ENODATA);
		break;
	case USBDEVFS_SUBMITURB:
		if (atomic_load(&p->gone))
			umockdev_ioctl_client_complete(c, -1, ENODEV);
		else
			submit(p, c, arg);
		break;
	case USBDEVFS_REAPURB:
	case USBDEVFS_REAPURBNDELAY:
		reap(p, c, arg);
		break;
	case USBDEVFS_DISCARDURB:
		discard(p, c, arg);
		break;
	default:
		umockdev_ioctl_client_complete(c, 0, 0);
	}
	pthread_mutex_unlock(&in->lock);
	return TRUE;
}

bool usb_bus_open(struct usb_bus **out)
{
	struct usb_bus *b = calloc(1, sizeof(*b));

	*out = NULL;
	if (!b || !strstr(getenv("LD_PRELOAD") ? getenv("LD_PRELOAD") : "", "umockdev")) {
		puts("skipped: libumockdev-preload is not loaded; tests/run does that");
		free(b);
		return false;
	}
	b->bed = umockdev_testbed_new();
	*out = b;
	return true;
}

struct usb_printer *usb_plug(struct usb_bus *b, const struct usb_facts *facts)
{
	struct usb_printer *p = calloc(1, sizeof(*p));
	struct inside *in = calloc(1, sizeof(*in));
	char text[1024];

	p->facts = *facts;
	p->bus = b;
	p->inside = in;
	atomic_store(&p->port, 0x18);
	atomic_store(&p->accepts, SIZE_MAX);
	pthread_mutex_init(&in->lock, NULL);
	in->handler = umockdev_ioctl_base_new();
	g_signal_connect(in->handler, "handle-ioctl", G_CALLBACK(serve), p);
	g_signal_connect(in->handler, "client-vanished", G_CALLBACK(vanished), p);
	snprintf(in->path, sizeof(in->path), "/sys/devices/usb1/1-%u", facts->number);
	snprintf(in->node, sizeof(in->node), "/dev/bus/usb/001/%03u", facts->number);
	umockdev_testbed_attach_ioctl(b->bed, in->node, in->handler, NULL);
	snprintf(text, sizeof(text),
		"P: /devices/usb1/1-%u\nN: bus/usb/001/%03u\nE: SUBSYSTEM=usb\nE: DRIVER=usb\n"
		"E: BUSNUM=001\nE: DEVNUM=%03u\nE: DEVNAME=/dev/bus/usb/001/%03u\n"
		"E: DEVTYPE=usb_device\nA: bConfigurationValue=1\\n\nA: busnum=1\\n\n"
		"A: devnum=%u\\n\nA: speed=12\\n\n"
		"H: descriptors=1201000200000040%02X%02X%02X%02X0001010203010902200001010080320904"
		"000002%s000705810240000007050202400000\n",
		facts->number, facts->number, facts->number, facts->number, facts->number,
		facts->vid & 0xff, facts->vid >> 8, facts->pid & 0xff, facts->pid >> 8,
		facts->disk     ? "080650"
		: facts->vendor ? "ff0000"
				: "070102");
	umockdev_testbed_add_from_string(b->bed, text, NULL);
	b->printers[b->n++ % PRINTERS] = p;
	return p;
}

void usb_unplug(struct usb_printer *p)
{
	struct inside *in = p->inside;

	if (atomic_exchange(&p->gone, true))
		return;
	umockdev_testbed_uevent(p->bus->bed, in->path, "remove");
	umockdev_testbed_remove_device(p->bus->bed, in->path);
}

void usb_bus_close(struct usb_bus *b)
{
	if (!b)
		return;
	for (size_t i = 0; i < b->n && i < PRINTERS; i++) {
		struct inside *in = b->printers[i]->inside;
		umockdev_testbed_detach_ioctl(b->bed, in->node, NULL);
		g_object_unref(in->handler);
		free(in);
		free(b->printers[i]);
	}
	g_object_unref(b->bed);
	free(b);
}
