/* A link that loses, delays and refuses as told. */
#include "fake_link.h"

#include "model.h"

#include <string.h>

struct fake_link fake_link;
static struct link_device device;
static struct link_progress progress;
static size_t whole; /* bytes of the job under way */
static uint8_t replies[256];
static size_t replies_n;

void fake_link_reset(void)
{
	fake_link = (struct fake_link){.there = PRINTER_ASKING,
		.arrivals = 1,
		.width_mm = 62,
		.length_mm = 100,
		.confirms = true,
		.port = 0x18,
		.accepts = SIZE_MAX};
	progress = (struct link_progress){0};
	replies_n = 0;
}

static int64_t fake_now(void *context)
{
	(void)context;
	return fake_link.now;
}

struct printer_times fake_link_times(void)
{
	struct printer_times t = printer_times_usual;
	t.now = fake_now;
	return t;
}

static void reply(uint8_t kind, uint8_t phase)
{
	uint8_t *f = replies + replies_n;

	if (fake_link.mute || sizeof(replies) - replies_n < 32)
		return;
	memset(f, 0, 32);
	memcpy(f, "\x80\x20\x42\x34\x41\x30", 6);
	f[8] = fake_link.error1;
	f[9] = fake_link.error2;
	f[10] = fake_link.width_mm;
	f[11] = fake_link.length_mm ? 0x0b : 0x0a;
	f[17] = fake_link.length_mm;
	f[18] = kind;
	f[19] = phase;
	f[25] = fake_link.two_colour ? 0x80 : 0;
	replies_n += 32;
}

static enum err fake_open(
	void **out, const struct link_address *address, const struct printer_times *times)
{
	(void)address, (void)times;
	*out = &fake_link;
	return OK;
}

static void fake_close(void *link)
{
	(void)link;
}

static void fake_end(void)
{
	fake_link.job_bytes += whole - progress.done;
	progress = (struct link_progress){whole, false, OK};
	if (fake_link.confirms) {
		reply(1, 1);
		reply(6, 0);
	}
}

static void fake_wait(void *link, unsigned ms)
{
	(void)link;
	fake_link.now += ms > 0 ? ms : 1;
	if (progress.moving && fake_link.accepts >= whole)
		fake_end();
	if (fake_link.there != PRINTER_ASKING && progress.moving)
		progress = (struct link_progress){progress.done, false, ERR_ABSENT};
}

static const struct link_device *fake_device(const void *link)
{
	(void)link;
	device.state = fake_link.there;
	device.arrivals = fake_link.arrivals;
	device.model = model_by_name(span_of("QL-820NWB"));
	return &device;
}

static enum err fake_send(void *link, struct span bytes)
{
	(void)link;
	bool question = bytes.n >= 3 && memcmp(bytes.p + bytes.n - 3, "\x1biS", 3) == 0;

	progress = (struct link_progress){bytes.n, false, OK};
	if (question) {
		reply(0, 0);
		return OK;
	}
	fake_link.sends++;
	whole = bytes.n;
	progress.done = 0;
	if (whole <= fake_link.accepts) {
		fake_end();
		return OK;
	}
	progress.done = fake_link.accepts;
	progress.failed = fake_link.refuses;
	progress.moving = fake_link.refuses == OK;
	fake_link.job_bytes += progress.done;
	return OK;
}

static void fake_progress(const void *link, struct link_progress *out)
{
	(void)link;
	*out = progress;
}

static void fake_stop(void *link)
{
	(void)link;
	progress.moving = false;
}

static size_t fake_receive(void *link, uint8_t *out, size_t cap)
{
	size_t n = replies_n < cap ? replies_n : cap;

	(void)link;
	memcpy(out, replies, n);
	memmove(replies, replies + n, replies_n - n);
	replies_n -= n;
	return n;
}

static enum err fake_port(void *link, uint8_t *out)
{
	(void)link;
	*out = fake_link.port;
	return OK;
}

static enum err fake_settle(void *link)
{
	(void)link;
	return OK;
}

const struct link fake_link_table = {"fake", true, fake_open, fake_close, fake_wait, fake_close,
	fake_device, fake_send, fake_progress, fake_stop, fake_receive, fake_port, fake_settle,
	NULL};
