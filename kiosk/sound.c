/* Four short sounds. */
#include "sound.h"

#include <math.h>
#include <SDL.h>
#include <unistd.h>

enum { RATE = 48000, SAMPLES = RATE, TONES = 3 };

/* Good rises, a problem falls and is lower, waiting is one tone twice, what was seen is one short tick:
 * told apart without words, and by people who hear only the low or only the high ones. */
static const struct tone {
	uint16_t hertz, ms;
} tunes[][TONES] = {
	[SOUND_NONE] = {{0, 0}},
	[SOUND_GOOD] = {{659, 90}, {0, 20}, {988, 140}},
	[SOUND_PROBLEM] = {{392, 160}, {0, 40}, {262, 240}},
	[SOUND_SEEN] = {{784, 45}},
	[SOUND_WAIT] = {{523, 110}, {0, 90}, {523, 110}},
};

static SDL_AudioDeviceID device;

/* Five milliseconds of rise and fall, or the loudspeaker clicks. */
static double edge(size_t i, size_t n, unsigned rate)
{
	double ramp = rate * 0.005;
	double to_end = fmin((double)i, (double)(n - 1 - i));

	return fmin(1.0, to_end / ramp);
}

size_t sound_make(enum sound s, unsigned rate, int16_t *out, size_t cap)
{
	size_t at = 0;

	for (int t = 0; t < TONES; t++) {
		size_t n = (size_t)tunes[s][t].ms * rate / 1000;
		for (size_t i = 0; i < n && at < cap; i++) {
			double turn = 2 * M_PI * tunes[s][t].hertz * (double)i / rate;
			out[at++] = (int16_t)(9000 * sin(turn) * edge(i, n, rate));
		}
	}
	return at;
}

static void open_device(void)
{
	SDL_AudioSpec want = {.freq = RATE, .format = AUDIO_S16SYS, .channels = 1, .samples = 1024};

	/* Without a sound card ALSA would write a page of complaints to the log. */
	if (device || access("/proc/asound/cards", R_OK) != 0 || SDL_InitSubSystem(SDL_INIT_AUDIO))
		return;
	device = SDL_OpenAudioDevice(NULL, 0, &want, NULL, 0);
	if (device)
		SDL_PauseAudioDevice(device, 0);
	else
		log_line(LOG_NOTE, "kiosk/sound", "there is no loudspeaker");
}

void sound_rest(void)
{
	if (!SDL_WasInit(SDL_INIT_AUDIO))
		return;
	if (device)
		SDL_CloseAudioDevice(device);
	device = 0;
	SDL_QuitSubSystem(SDL_INIT_AUDIO);
}

void sound_play(enum sound s)
{
	static int16_t samples[SAMPLES];
	static enum sound last;

	if (s == SOUND_NONE)
		return;
	open_device();
	if (!device)
		return;
	size_t n = sound_make(s, RATE, samples, SAMPLES);
	/* The tick is heard out: what comes of the code comes after it. */
	if (last != SOUND_SEEN)
		SDL_ClearQueuedAudio(device);
	last = s;
	(void)SDL_QueueAudio(device, samples, (Uint32)(n * sizeof(*samples)));
}
