/* Others: what they say is judged here, whoever brings it; and the boards on this network. */
#include "agent_inside.h"

#include <string.h>

static const char where[] = "firmware/agent";

enum err agent_take(struct agent *a, struct span bundle, bool from_peers, struct judgement *out)
{
	enum err e = judge_bundle(&a->judge, bundle, out);

	a->held = a->held || e == ERR_IO;
	if (e || out->added == 0)
		return e;
	a->look_own = true; /* somebody may know more of this board than it does */
	if (!from_peers && a->peers)
		peers_news(a->peers, (struct span){0}, clock_now().boot_ms);
	return OK;
}

static enum err judge_for_peers(void *arg, struct span bundle, size_t *added, bool *missing)
{
	struct judgement j;

	enum err e = agent_take(arg, bundle, true, &j);
	*added = j.added;
	*missing = j.missing;
	return e == ERR_DENIED ? OK : e;
}

static enum err certificate_for_peers(
	void *arg, const uint8_t device[static PAPER_DEVICE], uint8_t out[PAPER_CERTIFICATE])
{
	struct agent *a = arg;

	if (memcmp(device, a->board.device, PAPER_DEVICE) != 0)
		return judge_certificate(&a->judge, device, out);
	memcpy(out, a->board.credential.bytes, PAPER_CERTIFICATE);
	return OK;
}

static bool refuses_for_peers(void *arg, const uint8_t device[static PAPER_DEVICE])
{
	return judge_refuses(&((struct agent *)arg)->judge, device);
}

void agent_restart_peers(struct agent *a)
{
	const char *group = a->options->peers;
	struct peers_options o = {
		.credential = &a->board.credential,
		.store = a->store,
		.owner = {a, judge_for_peers, certificate_for_peers, refuses_for_peers},
		.group = group,
	};

	peers_close(a->peers);
	a->peers = NULL;
	if (!a->board.enrolled || !a->store || a->network_off || a->options->once ||
		(group && strcmp(group, "off") == 0))
		return;
	enum err e = peers_open(&a->peers, &o);
	if (e)
		log_line(LOG_WARN, where, "no word to other boards why=\"%s\"", err_text(e));
	a->peers_ms = 0;
}
