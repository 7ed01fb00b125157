/* What a run costs whoever writes, reads and believes it. */
#include "bench.h"
#include "help/wire.h"

#include <string.h>

enum { EVENTS = RUN_EVENTS };

struct bench {
	struct wire_hub hub;
	struct wire_device device;
	struct event *events;
	struct grow g;
	struct run run;
	uint8_t *room;
};

static void read_run(void *argument, size_t i)
{
	struct bench *b = argument;
	struct cursor c = cursor_at((struct span){b->g.p, b->g.n});

	(void)i;
	if (run_read(&c, &b->run) != OK)
		die("a run does not read");
}

static void verify_run(void *argument, size_t i)
{
	struct bench *b = argument;

	(void)i;
	if (run_verify(&b->run, b->device.key) != OK)
		die("a run does not verify");
}

static void write_run(void *argument, size_t i)
{
	static const uint8_t zeros[EVENT_HASH];
	struct bench *b = argument;
	struct sink k = sink_on(b->room, RUN_MAX);

	(void)i;
	run_write(&k, b->events, 1, zeros, b->device.seed);
}

static void open_certificate(void *argument, size_t i)
{
	struct bench *b = argument;
	struct certificate c;

	(void)i;
	if (certificate_open(&c, (struct span){b->device.certificate, PAPER_CERTIFICATE},
		    b->hub.root, 1, WIRE_NOW) != OK)
		die("a certificate does not open");
}

static void only_hash(void *argument, size_t i)
{
	static const uint8_t bytes[EVENT_BYTES];
	struct bench *b = argument;

	(void)i;
	event_hash_bytes((struct span){bytes, sizeof(bytes)}, b->run.before, b->run.hash);
}

static void only_sign(void *argument, size_t i)
{
	struct bench *b = argument;
	uint8_t signature[SEAL_SIGNATURE];

	(void)i;
	seal_sign(b->device.seed, "foyer run", span_of("52 bytes, more or less, as a run's end"),
		signature);
}

int main(void)
{
	struct bench b = {0};
	struct wire_board board;

	wire_hub(&b.hub, 1, 1);
	wire_device(&b.device, &b.hub, 1);
	wire_board(&board, &b.device, 1);
	b.events = calloc(EVENTS, sizeof(*b.events));
	b.room = malloc(RUN_MAX);
	if (!b.events || !b.room)
		die("no memory");
	for (size_t i = 0; i < EVENTS; i++)
		b.events[i] = wire_event(EVENT_ARRIVED, (uint8_t)i, (unsigned)i);
	wire_events(&board, 1, b.events, EVENTS, &b.g);
	double read = bench_ns(read_run, &b, 20) / EVENTS;
	double verify = bench_ns(verify_run, &b, 200);
	double write = bench_ns(write_run, &b, 200), sign = bench_ns(only_sign, &b, 200);
	double open = bench_ns(open_certificate, &b, 200), hash = bench_ns(only_hash, &b, 20000);

	printf("runs, %d events\n", EVENTS);
	bench_line("read and check, us an event (its hash alone)", "%.2f (%.2f)", read / 1e3,
		hash / 1e3);
	bench_line("verify a run's signature, us", "%.1f", verify / 1e3);
	bench_line("write and sign a run of one, us (a signature alone)", "%.1f (%.1f)",
		write / 1e3, sign / 1e3);
	bench_line("open a certificate, us", "%.1f", open / 1e3);
	grow_free(&b.g);
	free(b.events);
	free(b.room);
	return 0;
}
