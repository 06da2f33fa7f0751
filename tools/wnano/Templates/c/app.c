// @name@: reads a sensor and prints what it says. Freestanding: no C library, so that it needs little memory.

#define IMPORT(module, name) __attribute__((import_module(module), import_name(name)))
#define EXPORT(name) __attribute__((export_name(name)))

// Value of a channel in milli-units (1000 is 1.0).
IMPORT("sensor", "read") int sensor_read(int channel);
// Writes text to the board's console.
IMPORT("console", "print") void console_print(const char *text, int length);

static char line[32];
static int length;

static void put_text(const char *text)
{
    while (*text && length < (int)sizeof line) line[length++] = *text++;
}

static void put_number(unsigned value, int digits)
{
    char reversed[10];
    int n = 0;
    do reversed[n++] = '0' + value % 10;
    while ((value /= 10) != 0 || n < digits);
    while (n && length < (int)sizeof line) line[length++] = reversed[--n];
}

// Takes that many readings. Returns the highest, in milli-units.
EXPORT("run") int run(int readings)
{
    int highest = 0;
    for (int i = 0; i < readings; i++) {
        int value = sensor_read(0);
        if (value > highest) highest = value;
        length = 0;
        put_text("reading ");
        put_number(value / 1000, 1);
        put_text(".");
        put_number(value % 1000, 3);
        put_text("\n");
        console_print(line, length);
    }
    return highest;
}

// What a board starts from its flash.
EXPORT("_start") void start(void)
{
    run(10);
}
