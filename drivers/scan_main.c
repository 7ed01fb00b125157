/* The program foyer-scan: the kiosk's eye, and a technician's. */
#include "scan_camera.h"
#include "scan_image.h"
#include "scan_say.h"

#include <limits.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

/* What we were given by mistake must not be there for what breaks in. */
static void close_others(int view_fd)
{
	if (view_fd > 3)
		close_range(3, (unsigned)view_fd - 1, 0);
	close_range(view_fd < 3 ? 3 : (unsigned)view_fd + 1, UINT_MAX, 0);
}

/* Every picture is opened before the first is looked at. */
static void allow_many_files(void)
{
	struct rlimit r;

	if (getrlimit(RLIMIT_NOFILE, &r) == 0) {
		r.rlim_cur = r.rlim_max;
		setrlimit(RLIMIT_NOFILE, &r);
	}
}

int main(int argc, char **argv)
{
	struct scan_options o;
	int status = scan_options_read(&o, argc, argv);

	if (status >= 0)
		return status;
	close_others(o.view_fd);
	allow_many_files();
	scan_say_begin();
	status = o.images ? scan_images(&o) : scan_camera(&o);
	_exit(status);
}
