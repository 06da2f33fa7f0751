// SPDX-License-Identifier: MIT
// A data logger with a C library: readings in memory it allocates, sorted and summed up, as a table of floating-point numbers.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

__attribute__((import_module("sensor"), import_name("read"))) int sensor_read(int channel);

static const char *const names[] = {"temperature", "humidity", "supply"};

enum { channels = sizeof names / sizeof *names };

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int report(int channel, int count)
{
    double *readings = malloc((size_t)count * sizeof *readings), sum = 0, squares = 0;
    if (!readings) {
        fprintf(stderr, "no memory for %d readings\n", count);
        return 0;
    }
    for (int n = 0; n < count; n++) {
        readings[n] = sensor_read(channel) / 1000.0;
        sum += readings[n];
        squares += readings[n] * readings[n];
    }
    qsort(readings, (size_t)count, sizeof *readings, ascending);
    double mean = sum / count, variance = squares / count - mean * mean;
    printf("%-12s %8.3f %8.3f %8.3f %8.3f %8.4f\n", names[channel], readings[0], readings[count / 2], readings[count - 1], mean,
           sqrt(variance > 0 ? variance : 0));
    free(readings);
    return 1;
}

int main(int argc, char **argv)
{
    double wanted = argc > 1 ? strtod(argv[1], NULL) : 16;
    if (!(wanted >= 1 && wanted <= 1024)) {
        fprintf(stderr, "readings: from 1 to 1024, not %g\n", wanted);
        return 2;
    }
    printf("%-12s %8s %8s %8s %8s %8s\n", "channel", "least", "median", "most", "mean", "spread");
    for (int channel = 0; channel < channels; channel++)
        if (!report(channel, (int)wanted)) return 1;
    return 0;
}
