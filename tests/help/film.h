/* Films for a camera: a hall in which somebody holds up a code. */
#ifndef TESTS_HELP_FILM_H
#define TESTS_HELP_FILM_H

#include <stdio.h>

enum { FILM_WIDTH = 1280, FILM_HEIGHT = 720, FILM_RATE = 30 };

/* The header of a Y4M film, and one frame of it: the hall, with text's code in it unless text is NULL;
 * n moves the hand that holds it. A failure ends the program. */
void film_begin(FILE *f);
void film_frame(FILE *f, const char *text, unsigned n);
/* A whole film at path: the hall for some frames, then the code for as many. */
void film_write(const char *path, const char *text, unsigned empty, unsigned held);

#endif
