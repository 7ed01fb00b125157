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

enum err news_put(struct mailbox *ui, struct news *n)
{
	enum err e = mailbox_put_sparing(ui, n, n->kind == NEWS_SCAN ? NEWS_SPARE : 0);

	if (e == OK) {
		/* The box's copy owns it now. */
		n->holding = NULL;
		n->page.dots = NULL;
	}
	news_wipe(n);
	return e;
}

void news_tell(struct mailbox *ui, struct news *n)
{
	int kind = (int)n->kind;

	if (news_put(ui, n) == ERR_BUSY)
		log_line(LOG_WARN, "kiosk/news", "lost one kind=%d: the box is full", kind);
}
