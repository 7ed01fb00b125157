/* The hub's addresses, as in protocol.h. */
#include "protocol.h"
#include "serve_inside.h"
#include "wipe.h"

const struct route hub_routes[] = {
	{"GET", "/v1/manifest", true, 0, answer_manifest},
	{"GET", "/v1/roster/", true, 0, answer_roster},
	{"GET", "/v1/patch/", true, 0, answer_patch},
	{"GET", "/v1/board/", true, 0, answer_board},
	{"GET", "/v1/time/", false, 0, answer_time},
	{"POST", "/v1/enrol", false, PROTOCOL_ENROL, answer_enrol},
	{"POST", "/v1/events", false, PROTOCOL_UPLOAD_MAX, answer_upload},
	{"POST", "/v1/wiped", false, WIPE_STATEMENT, answer_wiped},
	{"GET", "/v1/events?after=", false, 0, answer_events},
	{"GET", "/v1/health", true, 0, answer_health},
};
const size_t hub_route_count = COUNT(hub_routes);
