/* An invented guest and programme for tests of the kiosk, and a visit as a list of messages. */
#ifndef TESTS_VISITOR_H
#define TESTS_VISITOR_H

#include "app.h"

/* 6 October 2025, 08:40 in San Francisco (UTC-7). */
enum { VISITOR_OFFSET = -420 };
#define VISITOR_NOW ((int64_t)1759765200)

/* Anne Peeters, a delegate who speaks language, with six entries over two days: one past, one that
 * begins in 25 minutes, two that clash, a meeting, one the next day. */
void visitor_guest(struct guest *g, enum language language);
/* The same with a name of 100 characters and titles of 160. */
void visitor_long(struct guest *g, enum language language);
/* Three public activities. */
void visitor_programme(struct programme *p);

/* A kiosk being driven: the model, the last todo, and the time. */
struct visitor {
	struct model m;
	struct todo todo;
	struct guest guest;
	struct opening opening;
	struct programme programme;
	int64_t boot_ms;
};

/* A kiosk with roster and printer, idle, in English, of this size. */
void visitor_start(struct visitor *v, uint16_t width, uint16_t height);
/* Hand in a message; time and visit are filled in. */
void visitor_tell(struct visitor *v, struct msg e);
void visitor_tap(struct visitor *v, const char *name);
/* So many seconds pass, a tick each. */
void visitor_wait(struct visitor *v, int seconds);
void visitor_scan(struct visitor *v, const char *code);
/* Answer the scan with v->opening and v->guest. */
void visitor_opened(struct visitor *v);
void visitor_noted(struct visitor *v, enum err result);
void visitor_rendered(struct visitor *v, enum err result);
void visitor_job(struct visitor *v, enum print print, enum job job, enum fault fault);
void visitor_printer(struct visitor *v, enum fault fault);
/* An enrolled board that hears its hub; or, with its network off, with so many events to deliver. */
struct network visitor_online(void);
struct network visitor_offline(uint64_t undelivered, int64_t silent_min);
void visitor_network(struct visitor *v, struct network n);
/* Scan, opened, noted and drawn: the agenda of Anne. */
void visitor_greeted(struct visitor *v, enum language language);

#endif
