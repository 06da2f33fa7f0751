// SPDX-License-Identifier: MIT
// Reads three channels every round, filters and calibrates them, prints each reading and an alarm where one is too high.
// Freestanding: the host provides two functions and nothing else, so that the whole app needs less than 2 KB of memory.

#define IMPORT(module, name) __attribute__((import_module(module), import_name(name)))
#define EXPORT(name) __attribute__((export_name(name)))

// Value of a channel in milli-units (1000 is 1.0). Channels are numbered from 0.
IMPORT("sensor", "read") int sensor_read(int channel);
// Writes text to the board's console.
IMPORT("console", "print") void console_print(const char *text, int length);

enum { CHANNELS = 3, WINDOW = 8, ROUNDS = 8 };

struct channel {
    const char *name;
    const char *unit;
    float gain, offset; // calibration: gain * raw + offset, in units
    float limit;        // an alarm above it, in units
    int samples[WINDOW]; // the last raw values, milli-units
    int sum;
    int count;
};

static struct channel channels[CHANNELS] = {
    {"temperature", "C", 1.02f, -0.35f, 27.0f},
    {"humidity", "%", 0.98f, 1.10f, 60.0f},
    {"supply", "V", 1.005f, 0.0f, 3.45f},
};

static char line[64];
static int length;

static void put(char c)
{
    if (length < (int)sizeof line) line[length++] = c;
}

static void put_text(const char *text)
{
    while (*text) put(*text++);
}

static void put_number(unsigned value, int digits)
{
    char reversed[10];
    int n = 0;
    do reversed[n++] = '0' + value % 10;
    while ((value /= 10) != 0 || n < digits);
    while (n) put(reversed[--n]);
}

// Two digits behind the point, rounded.
static void put_float(float value)
{
    if (value < 0) put('-'), value = -value;
    unsigned hundredths = (unsigned)(value * 100.0f + 0.5f);
    put_number(hundredths / 100, 1);
    put('.');
    put_number(hundredths % 100, 2);
}

static float average(struct channel *c, int sample)
{
    int at = c->count++ % WINDOW;
    c->sum += sample - c->samples[at];
    c->samples[at] = sample;
    int filled = c->count < WINDOW ? c->count : WINDOW;
    return (float)c->sum / (float)filled * 0.001f;
}

// Reads and prints one channel; 1 where it is above its limit.
static int report(struct channel *c, int number)
{
    float value = c->gain * average(c, sensor_read(number)) + c->offset;
    int alarm = value > c->limit;
    length = 0;
    put_text(c->name);
    put_text(": ");
    put_float(value);
    put(' ');
    put_text(c->unit);
    if (alarm) put_text("  ALARM");
    put('\n');
    console_print(line, length);
    return alarm;
}

// Takes that many readings of every channel. Returns the number of alarms.
EXPORT("run") int run(int rounds)
{
    int alarms = 0;
    for (int i = 0; i < rounds; i++)
        for (int c = 0; c < CHANNELS; c++) alarms += report(&channels[c], c);
    return alarms;
}

// Where nothing else is asked for: some readings, and an end.
EXPORT("_start") void start(void)
{
    run(ROUNDS);
}
