/* The USB link: libusb asynchronous transfers in our own pieces, one read always pending. */
#include "link.h"
#include "model.h"
#include "usb_holder.h"

#include <libusb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	PIECE = 8192, /* offsets stay known to that grain */
	IN_MAX = 512,
	RECEIVED = 1024,
	CONTROL_MS = 1000,
	ID_MAX = 1024,
	GET_DEVICE_ID = 0,
	GET_PORT_STATUS = 1,
};

/* Where on a device the printer is. */
struct place {
	uint8_t config, interface, alternate, in, out;
	uint16_t in_size;
};

struct usb {
	libusb_context *context;
	libusb_hotplug_callback_handle callback;
	bool hotplug;
	const struct printer_times *times;
	struct link_address want;
	struct link_device device;
	libusb_device_handle *handle; /* NULL: not there */
	struct place place;
	struct libusb_transfer *in, *out;
	bool in_flies, out_flies, stopping;
	bool changed, gone, doubtful, in_halted, out_halted;
	int64_t in_due, search_due;
	unsigned in_pause;
	struct span bytes;
	struct link_progress progress;
	size_t received_n;
	uint8_t in_buffer[IN_MAX], received[RECEIVED];
};

static int64_t now(const struct usb *u)
{
	return printer_times_now(u->times);
}

/* A descriptor may promise endpoints and have none (CVE-2026-23679 in libusb 1.0.26). */
static bool find_endpoints(const struct libusb_interface_descriptor *i, struct place *p)
{
	p->in = p->out = 0;
	for (uint8_t k = 0; i->endpoint && k < i->bNumEndpoints; k++) {
		const struct libusb_endpoint_descriptor *e = &i->endpoint[k];
		if ((e->bmAttributes & LIBUSB_TRANSFER_TYPE_MASK) != LIBUSB_TRANSFER_TYPE_BULK)
			continue;
		if ((e->bEndpointAddress & LIBUSB_ENDPOINT_DIR_MASK) == LIBUSB_ENDPOINT_OUT) {
			p->out = e->bEndpointAddress;
		} else if (e->wMaxPacketSize > 0 && e->wMaxPacketSize <= IN_MAX) {
			p->in = e->bEndpointAddress;
			p->in_size = (uint16_t)(IN_MAX / e->wMaxPacketSize * e->wMaxPacketSize);
		}
	}
	p->interface = i->bInterfaceNumber;
	p->alternate = i->bAlternateSetting;
	return p->in && p->out;
}

/* Printer class, unidirectional or bidirectional; or a vendor's own, where the table knows it. */
static bool is_printer(const struct libusb_interface_descriptor *i, bool known)
{
	if (i->bInterfaceClass == LIBUSB_CLASS_PRINTER)
		return i->bInterfaceProtocol == 1 || i->bInterfaceProtocol == 2;
	return known && i->bInterfaceClass == LIBUSB_CLASS_VENDOR_SPEC;
}

static bool find_place(libusb_device *d, bool known, struct place *p)
{
	struct libusb_config_descriptor *c = NULL;
	bool found = false;

	memset(p, 0, sizeof(*p));
	if (libusb_get_active_config_descriptor(d, &c) != 0 &&
		libusb_get_config_descriptor(d, 0, &c) != 0)
		return false;
	for (uint8_t i = 0; !found && c->interface && i < c->bNumInterfaces; i++)
		for (int a = 0; !found && a < c->interface[i].num_altsetting; a++) {
			const struct libusb_interface_descriptor *s =
				&c->interface[i].altsetting[a];
			found = is_printer(s, known) && find_endpoints(s, p);
		}
	libusb_free_config_descriptor(c);
	return found;
}

/* The text of the IEEE-1284 device id. Its length counts itself and is big-endian; some devices
 * send it the other way round, or none. */
static struct span device_id(libusb_device_handle *h, const struct place *p, uint8_t out[ID_MAX])
{
	int got = libusb_control_transfer(h, 0xa1, GET_DEVICE_ID, p->config,
		(uint16_t)(p->interface << 8 | p->alternate), out, ID_MAX, CONTROL_MS);
	size_t n = got > 0 ? (size_t)got : 0;

	if (n < 2)
		return (struct span){NULL, 0};
	size_t big = (size_t)out[0] << 8 | out[1], little = (size_t)out[1] << 8 | out[0];
	size_t said = big >= 14 && big <= ID_MAX ? big : little;
	if (said < 14)
		return (struct span){NULL, 0};
	return (struct span){out + 2, (said < n ? said : n) - 2};
}

static void read_serial(libusb_device_handle *h, uint8_t index, char out[64])
{
	unsigned char text[64];
	int n = index ? libusb_get_string_descriptor_ascii(h, index, text, sizeof(text) - 1) : 0;

	snprintf(out, 64, "%.*s", n > 0 ? n : 0, (const char *)text);
}

static enum printer_state state_of(int error, libusb_device *dev, struct link_device *d)
{
	if (error == LIBUSB_ERROR_ACCESS)
		return PRINTER_NO_PERMISSION;
	if (error == LIBUSB_ERROR_BUSY) {
		usb_holder_name(libusb_get_bus_number(dev), libusb_get_device_address(dev),
			d->detail, sizeof(d->detail));
		return PRINTER_BUSY;
	}
	if (error == LIBUSB_ERROR_NO_DEVICE || error == LIBUSB_ERROR_NOT_FOUND)
		return PRINTER_NONE;
	snprintf(d->detail, sizeof(d->detail), "%s", libusb_error_name(error));
	return PRINTER_FAULT;
}

static void learn_model(libusb_device_handle *h, const struct place *p, struct link_device *d)
{
	uint8_t bytes[ID_MAX];
	struct span id = device_id(h, p, bytes);
	struct span name = device_id_field(id, "MDL", "MODEL");

	d->model = model_by_device_id(id);
	if (!d->model)
		d->model = model_by_usb(d->vid, d->pid);
	for (size_t i = 0; !d->model && i < name.n && i + 1 < sizeof(d->detail); i++)
		d->detail[i] = (char)(name.p[i] < ' ' || name.p[i] > '~' ? '?' : name.p[i]);
}

/* Open and claim one device; *out only with PRINTER_ASKING. PRINTER_NONE: it is no printer. */
static enum printer_state device_open(
	libusb_device *dev, struct place *p, struct link_device *d, libusb_device_handle **out)
{
	struct libusb_device_descriptor about;
	libusb_device_handle *h = NULL;
	int error;

	*out = NULL;
	memset(d, 0, sizeof(*d));
	if (libusb_get_device_descriptor(dev, &about) != 0)
		return PRINTER_NONE;
	d->vid = about.idVendor;
	d->pid = about.idProduct;
	d->model = model_in_editor_lite(d->vid, d->pid);
	if (d->model)
		return PRINTER_EDITOR_LITE;
	d->model = model_by_usb(d->vid, d->pid);
	if (!find_place(dev, d->model != NULL, p))
		return PRINTER_NONE;
	error = libusb_open(dev, &h);
	if (error != 0)
		return state_of(error, dev, d);
	read_serial(h, about.iSerialNumber, d->serial);
	libusb_set_auto_detach_kernel_driver(h, 1);
	error = libusb_claim_interface(h, p->interface);
	if (error == 0 && p->alternate != 0)
		error = libusb_set_interface_alt_setting(h, p->interface, p->alternate);
	if (error != 0) {
		enum printer_state s = state_of(error, dev, d);
		libusb_close(h);
		return s;
	}
	learn_model(h, p, d);
	*out = h;
	return PRINTER_ASKING;
}

static bool wanted(const struct usb *u, const struct link_device *d)
{
	if (u->want.any)
		return d->model || u->want.model;
	return u->want.serial[0] == '\0' || strcmp(u->want.serial, d->serial) == 0;
}

static bool may_be_wanted(const struct usb *u, libusb_device *dev)
{
	struct libusb_device_descriptor about;

	if (libusb_get_device_descriptor(dev, &about) != 0)
		return false;
	if (u->want.any)
		return true;
	const struct printer_model *lite = model_in_editor_lite(about.idVendor, about.idProduct);
	return (about.idVendor == u->want.vid && about.idProduct == u->want.pid) ||
	       (lite && lite == model_by_usb(u->want.vid, u->want.pid));
}

static void LIBUSB_CALL in_done(struct libusb_transfer *t);
static void LIBUSB_CALL out_done(struct libusb_transfer *t);

static void submit_in(struct usb *u)
{
	memset(u->in_buffer, 0, sizeof(u->in_buffer));
	libusb_fill_bulk_transfer(
		u->in, u->handle, u->place.in, u->in_buffer, u->place.in_size, in_done, u, 0);
	int error = libusb_submit_transfer(u->in);
	u->in_flies = error == 0;
	u->gone = u->gone || error == LIBUSB_ERROR_NO_DEVICE;
	u->in_due = now(u) + u->times->poll;
}

static void LIBUSB_CALL in_done(struct libusb_transfer *t)
{
	struct usb *u = t->user_data;
	size_t n = t->actual_length > 0 ? (size_t)t->actual_length : 0;

	u->in_flies = false;
	u->in_due = now(u);
	if (n > sizeof(u->received) - u->received_n)
		n = sizeof(u->received) - u->received_n;
	memcpy(u->received + u->received_n, u->in_buffer, n);
	u->received_n += n;
	if (t->status == LIBUSB_TRANSFER_NO_DEVICE)
		u->gone = true;
	else if (t->status == LIBUSB_TRANSFER_STALL)
		u->in_halted = true;
	else if (t->status == LIBUSB_TRANSFER_ERROR)
		u->doubtful = true;
	if (t->status == LIBUSB_TRANSFER_COMPLETED && n > 0) {
		u->in_pause = 0;
		if (!u->stopping)
			submit_in(u);
		return;
	}
	/* Empty answers are how a printer says that it has nothing: do not spin on them. */
	u->in_pause = u->in_pause ? u->in_pause * 2 : u->times->backoff;
	if (u->in_pause > u->times->poll)
		u->in_pause = u->times->poll;
	u->in_due += u->in_pause;
}

static void submit_out(struct usb *u)
{
	size_t left = u->bytes.n - u->progress.done;
	size_t n = left < PIECE ? left : PIECE;

	/* libusb does not write to the buffer of an OUT transfer. */
	libusb_fill_bulk_transfer(u->out, u->handle, u->place.out,
		(unsigned char *)(uintptr_t)(u->bytes.p + u->progress.done), (int)n, out_done, u,
		u->times->chunk);
	int error = libusb_submit_transfer(u->out);
	u->out_flies = u->progress.moving = error == 0;
	if (error == LIBUSB_ERROR_NO_DEVICE)
		u->gone = true;
	if (error != 0)
		u->progress.failed = error == LIBUSB_ERROR_NO_DEVICE ? ERR_ABSENT : ERR_IO;
}

/* Whatever happened, actual_length bytes are at the device: go on behind them, never before. */
static void LIBUSB_CALL out_done(struct libusb_transfer *t)
{
	struct usb *u = t->user_data;
	enum err failed = OK;

	u->out_flies = false;
	u->progress.done += t->actual_length > 0 ? (size_t)t->actual_length : 0;
	if (t->status == LIBUSB_TRANSFER_NO_DEVICE) {
		u->gone = true;
		failed = ERR_ABSENT;
	} else if (t->status == LIBUSB_TRANSFER_STALL) {
		u->out_halted = true;
		failed = ERR_IO;
	} else if (t->status == LIBUSB_TRANSFER_CANCELLED) {
		failed = ERR_TIMEOUT;
	} else if (t->status == LIBUSB_TRANSFER_ERROR || t->status == LIBUSB_TRANSFER_OVERFLOW) {
		u->doubtful = true;
		failed = ERR_IO;
	}
	u->progress.failed = failed;
	u->progress.moving = false;
	if (failed != OK || u->progress.done >= u->bytes.n)
		return;
	if (u->stopping)
		u->progress.failed = ERR_TIMEOUT;
	else
		submit_out(u);
}

static void handle_events(struct usb *u, unsigned ms)
{
	struct timeval tv = {.tv_sec = ms / 1000, .tv_usec = (suseconds_t)(ms % 1000) * 1000};
	int error = libusb_handle_events_timeout_completed(u->context, &tv, NULL);

	if (error != 0 && error != LIBUSB_ERROR_INTERRUPTED)
		log_line(LOG_WARN, "drivers/usb", "events: %s", libusb_error_name(error));
}

static void usb_stop(void *link)
{
	struct usb *u = link;

	u->stopping = true;
	if (u->out_flies)
		libusb_cancel_transfer(u->out);
	while (u->out_flies)
		handle_events(u, 100);
	u->stopping = false;
	u->progress.moving = false;
}

static void device_close(struct usb *u)
{
	if (!u->handle)
		return;
	u->stopping = true;
	if (u->in_flies)
		libusb_cancel_transfer(u->in);
	if (u->out_flies)
		libusb_cancel_transfer(u->out);
	while (u->in_flies || u->out_flies)
		handle_events(u, 100);
	u->stopping = false;
	libusb_free_transfer(u->in);
	libusb_free_transfer(u->out);
	u->in = u->out = NULL;
	libusb_release_interface(u->handle, u->place.interface);
	libusb_close(u->handle);
	u->handle = NULL;
}

static bool device_begin(struct usb *u)
{
	u->in = libusb_alloc_transfer(0);
	u->out = libusb_alloc_transfer(0);
	u->received_n = 0;
	u->in_pause = 0;
	u->gone = u->doubtful = u->in_halted = u->out_halted = false;
	u->progress = (struct link_progress){0};
	if (!u->in || !u->out)
		return false;
	submit_in(u);
	return true;
}

/* Take the first device that is wanted; of those that cannot be had the first says why. */
static void search(struct usb *u)
{
	struct link_device best = {.state = u->device.arrivals ? PRINTER_UNPLUGGED : PRINTER_NONE};
	libusb_device **list = NULL;
	ssize_t n = libusb_get_device_list(u->context, &list);
	unsigned arrivals = u->device.arrivals;
	bool blocked = false;

	u->changed = false;
	u->search_due = now(u) + u->times->search;
	for (ssize_t i = 0; i < n && !u->handle; i++) {
		struct link_device d;
		if (!may_be_wanted(u, list[i]))
			continue;
		enum printer_state s = device_open(list[i], &u->place, &d, &u->handle);
		if (s == PRINTER_ASKING && !wanted(u, &d)) {
			libusb_release_interface(u->handle, u->place.interface);
			libusb_close(u->handle);
			u->handle = NULL;
			s = u->want.any ? PRINTER_UNKNOWN : PRINTER_NONE;
		}
		d.state = s;
		if (s == PRINTER_ASKING || (s != PRINTER_NONE && !blocked))
			best = d;
		blocked = blocked || s != PRINTER_NONE;
	}
	libusb_free_device_list(list, 1);
	u->device = best;
	u->device.arrivals = arrivals + (u->handle ? 1 : 0);
	if (u->handle && !device_begin(u))
		u->gone = true;
}

static void lose(struct usb *u)
{
	device_close(u);
	u->progress.moving = false;
	u->progress.failed = ERR_ABSENT;
	u->gone = u->doubtful = false;
	u->device.state = PRINTER_UNPLUGGED;
	u->search_due = now(u);
}

static enum err usb_port(void *link, uint8_t *out)
{
	struct usb *u = link;

	if (!u->handle)
		return ERR_ABSENT;
	int n = libusb_control_transfer(
		u->handle, 0xa1, GET_PORT_STATUS, 0, u->place.interface, out, 1, CONTROL_MS);
	if (n == LIBUSB_ERROR_NO_DEVICE)
		u->gone = true;
	return n == 1 ? OK : ERR_ABSENT;
}

/* What a callback must not do itself. */
static void mend(struct usb *u)
{
	uint8_t status;

	/* An unplug may show as a plain error: only a device that still answers is there. */
	if (u->doubtful && !u->gone)
		u->gone = usb_port(u, &status) != OK;
	u->doubtful = false;
	if (u->gone) {
		lose(u);
		return;
	}
	if (u->in_halted)
		libusb_clear_halt(u->handle, u->place.in);
	if (u->out_halted)
		libusb_clear_halt(u->handle, u->place.out);
	u->in_halted = u->out_halted = false;
	if (!u->in_flies && now(u) >= u->in_due)
		submit_in(u);
}

static void usb_wait(void *link, unsigned ms)
{
	struct usb *u = link;
	int64_t due;

	if (!u->handle && (u->changed || now(u) >= u->search_due))
		search(u);
	due = u->handle ? (u->in_flies ? INT64_MAX : u->in_due) : u->search_due;
	if (due != INT64_MAX)
		due -= now(u);
	handle_events(u, due < 0 ? 0 : due < (int64_t)ms ? (unsigned)due : ms);
	if (u->handle)
		mend(u);
	if (!u->handle && u->changed)
		search(u);
}

static int LIBUSB_CALL plugged(
	libusb_context *context, libusb_device *device, libusb_hotplug_event event, void *data)
{
	struct usb *u = data;

	(void)context;
	if (event == LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED)
		u->changed = true;
	else if (u->handle && libusb_get_device(u->handle) == device)
		u->gone = true;
	return 0;
}

static void usb_close(void *link)
{
	struct usb *u = link;

	device_close(u);
	if (u->hotplug)
		libusb_hotplug_deregister_callback(u->context, u->callback);
	libusb_exit(u->context);
	free(u);
}

static enum err usb_open(
	void **out, const struct link_address *address, const struct printer_times *times)
{
	struct usb *u = calloc(1, sizeof(*u));

	if (!u)
		return ERR_IO;
	if (libusb_init(&u->context) != 0) {
		free(u);
		return ERR_IO;
	}
	u->times = times;
	u->want = *address;
	u->hotplug = libusb_has_capability(LIBUSB_CAP_HAS_HOTPLUG) &&
		     libusb_hotplug_register_callback(u->context,
			     LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT,
			     0, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
			     LIBUSB_HOTPLUG_MATCH_ANY, plugged, u, &u->callback) == 0;
	search(u);
	*out = u;
	return OK;
}

static void usb_wake(void *link)
{
	libusb_interrupt_event_handler(((struct usb *)link)->context);
}

static const struct link_device *usb_device(const void *link)
{
	return &((const struct usb *)link)->device;
}

static enum err usb_send(void *link, struct span bytes)
{
	struct usb *u = link;

	if (!u->handle)
		return ERR_ABSENT;
	if (u->out_flies)
		return ERR_BUSY;
	u->bytes = bytes;
	u->progress = (struct link_progress){0, false, OK};
	if (bytes.n > 0)
		submit_out(u);
	return u->progress.failed;
}

static void usb_progress(const void *link, struct link_progress *out)
{
	*out = ((const struct usb *)link)->progress;
}

static size_t usb_receive(void *link, uint8_t *out, size_t cap)
{
	struct usb *u = link;
	size_t n = u->received_n < cap ? u->received_n : cap;

	memcpy(out, u->received, n);
	memmove(u->received, u->received + n, u->received_n - n);
	u->received_n -= n;
	return n;
}

static enum err usb_settle(void *link)
{
	(void)link;
	return OK;
}

static void show(const struct link_device *d, struct printer_found *f)
{
	memset(f, 0, sizeof(*f));
	f->vid = d->vid;
	f->pid = d->pid;
	f->state = d->state == PRINTER_ASKING && !d->model ? PRINTER_UNKNOWN : d->state;
	snprintf(f->uri, sizeof(f->uri), "usb:%04x:%04x%s%s", d->vid, d->pid,
		d->serial[0] ? ":" : "", d->serial);
	snprintf(f->model, sizeof(f->model), "%.31s", d->model ? d->model->name : d->detail);
	snprintf(f->detail, sizeof(f->detail), "%s", d->model ? d->detail : "");
}

static enum err usb_list(struct printer_found *out, size_t cap, size_t *n)
{
	libusb_context *context;
	libusb_device **list = NULL;

	*n = 0;
	if (libusb_init(&context) != 0)
		return ERR_IO;
	ssize_t count = libusb_get_device_list(context, &list);
	for (ssize_t i = 0; i < count && *n < cap; i++) {
		struct place place;
		struct link_device d;
		libusb_device_handle *h;
		d.state = device_open(list[i], &place, &d, &h);
		if (h) {
			libusb_release_interface(h, place.interface);
			libusb_close(h);
		}
		if (d.state != PRINTER_NONE)
			show(&d, &out[(*n)++]);
	}
	libusb_free_device_list(list, 1);
	libusb_exit(context);
	return count < 0 ? ERR_IO : OK;
}

const struct link link_usb = {
	.scheme = "usb",
	.answers = true,
	.open = usb_open,
	.close = usb_close,
	.wait = usb_wait,
	.wake = usb_wake,
	.device = usb_device,
	.send = usb_send,
	.progress = usb_progress,
	.stop = usb_stop,
	.receive = usb_receive,
	.port = usb_port,
	.settle = usb_settle,
	.list = usb_list,
};
