// SPDX-License-Identifier: MIT
// Transforms signals of several lengths there and back, in double.
#include "driver.h"
#include <kiss_fft.h>
#include <math.h>

static kiss_fft_cpx signal_in[1024], spectrum[1024], back[1024];

static void transform(int size)
{
    kiss_fft_cfg there = kiss_fft_alloc(size, 0, NULL, NULL), again = kiss_fft_alloc(size, 1, NULL, NULL);
    CHECK(there && again);
    for (int n = 0; n < size; n++) {
        signal_in[n].r = sin(n * 0.3) + (int32_t)driver_random() / 4294967296.0;
        signal_in[n].i = cos(n * n * 0.01);
    }
    kiss_fft(there, signal_in, spectrum);
    kiss_fft(again, spectrum, back);
    double worst = 0;
    for (int n = 0; n < size; n++) worst = fmax(worst, hypot(back[n].r / size - signal_in[n].r, back[n].i / size - signal_in[n].i));
    printf("%d: digest %08x, first %.15g %.15g, worst %.17g\n", size, driver_digest(spectrum, (size_t)size * sizeof *spectrum), spectrum[1].r, spectrum[1].i, worst);
    free(there);
    free(again);
}

int main(void)
{
    static const int sizes[] = {16, 60, 97, 128, 243, 625, 1000, 1024};
    for (size_t n = 0; n < sizeof sizes / sizeof *sizes; n++) transform(sizes[n]);
    return 0;
}
