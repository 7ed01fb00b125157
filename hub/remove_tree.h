/* A file or folder with all that is in it. */
#ifndef HUB_REMOVE_TREE_H
#define HUB_REMOVE_TREE_H

#include "base.h"

/* Remove path, if it is there; links are removed, never followed.
 * returns: OK, ERR_DENIED, ERR_IO as file_error */
MUST_CHECK enum err remove_tree(const char *path);

#endif
