/* Mailboxes: a ring, a mutex, a condition. */
#include "mailbox.h"

#include "seal.h"

#include <errno.h>
#include <string.h>
#include <time.h>

/* Waits count on the steady clock: setting the wall clock must not lengthen one. */
static void condition_init(pthread_cond_t *c)
{
	pthread_condattr_t attr;

	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(c, &attr);
	pthread_condattr_destroy(&attr);
}

static struct timespec deadline_in(int ms)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += ms / 1000;
	t.tv_nsec += (long)(ms % 1000) * 1000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_nsec -= 1000000000;
		t.tv_sec++;
	}
	return t;
}

bool traffic_is_calm(struct traffic *t)
{
	return t->open == 0;
}

void mailbox_init(struct mailbox *m, void *slots, size_t size, size_t cap, struct traffic *traffic)
{
	*m = (struct mailbox){.slots = slots, .size = size, .cap = cap, .traffic = traffic};
	pthread_mutex_init(&m->lock, NULL);
	condition_init(&m->came);
}

void mailbox_done(struct mailbox *m)
{
	for (; m->n > 0; m->n--)
		m->traffic->open--;
	seal_wipe(m->slots, m->size * m->cap);
	pthread_cond_destroy(&m->came);
	pthread_mutex_destroy(&m->lock);
}

void mailbox_set_wake(struct mailbox *m, void (*wake)(void *), void *arg)
{
	pthread_mutex_lock(&m->lock);
	m->wake = wake;
	m->wake_arg = arg;
	pthread_mutex_unlock(&m->lock);
}

enum err mailbox_put(struct mailbox *m, const void *value)
{
	return mailbox_put_sparing(m, value, 0);
}

enum err mailbox_put_sparing(struct mailbox *m, const void *value, size_t spare)
{
	enum err e = OK;

	/* Counted before it can be taken, or a quick taker would settle it first. */
	m->traffic->open++;
	pthread_mutex_lock(&m->lock);
	if (m->closed) {
		e = ERR_ABSENT;
	} else if (m->cap - m->n <= spare) {
		e = ERR_BUSY;
	} else {
		memcpy(m->slots + (m->first + m->n) % m->cap * m->size, value, m->size);
		m->n++;
		pthread_cond_signal(&m->came);
	}
	void (*wake)(void *) = m->wake;
	void *arg = m->wake_arg;
	pthread_mutex_unlock(&m->lock);
	if (e)
		m->traffic->open--;
	else if (wake)
		wake(arg);
	return e;
}

static void wait_for_one(struct mailbox *m, int timeout_ms)
{
	struct timespec until = deadline_in(timeout_ms > 0 ? timeout_ms : 0);
	int waited = 0;

	while (m->n == 0 && !m->closed && waited != ETIMEDOUT)
		waited = timeout_ms < 0 ? pthread_cond_wait(&m->came, &m->lock)
					: pthread_cond_timedwait(&m->came, &m->lock, &until);
}

enum err mailbox_take(struct mailbox *m, void *out, int timeout_ms)
{
	enum err e = OK;

	pthread_mutex_lock(&m->lock);
	if (m->n == 0 && timeout_ms != 0)
		wait_for_one(m, timeout_ms);
	if (m->n == 0) {
		e = m->closed ? ERR_ABSENT : ERR_TIMEOUT;
	} else {
		uint8_t *slot = m->slots + m->first * m->size;
		memcpy(out, slot, m->size);
		seal_wipe(slot, m->size);
		m->first = (m->first + 1) % m->cap;
		m->n--;
	}
	pthread_mutex_unlock(&m->lock);
	return e;
}

void mailbox_settle(struct mailbox *m)
{
	m->traffic->open--;
}

void mailbox_close(struct mailbox *m)
{
	pthread_mutex_lock(&m->lock);
	m->closed = true;
	pthread_cond_broadcast(&m->came);
	void (*wake)(void *) = m->wake;
	void *arg = m->wake_arg;
	pthread_mutex_unlock(&m->lock);
	if (wake)
		wake(arg);
}
