/* News: putting them, and giving back what they own. */
#include "news.h"

#include "keeper.h"
#include "seal.h"

void news_wipe(struct news *n)
{
	holding_close(n->holding);
	seal_secret_free(n->page.dots);
	seal_wipe(n, sizeof(*n));
}

void news_tell(struct mailbox *ui, struct news *n)
{
	enum err e = mailbox_put(ui, n);

	if (e == OK) {
		/* The box's copy owns it now. */
		n->holding = NULL;
		n->page.dots = NULL;
	} else if (e == ERR_BUSY) {
		log_line(LOG_WARN, "kiosk/news", "lost one kind=%d: %s", (int)n->kind, err_text(e));
	}
	news_wipe(n);
}
