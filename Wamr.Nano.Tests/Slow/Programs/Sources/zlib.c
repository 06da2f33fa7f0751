// SPDX-License-Identifier: MIT
// Compresses text and noise at several levels, and gets them back.
#include "driver.h"
#include <zlib.h>

enum { SIZE = 24000 };
static uint8_t plain[SIZE], back[SIZE], packed[SIZE + 2000];

static void round_trip(const char *name, int level)
{
    uLongf size = sizeof packed, got = sizeof back;
    CHECK(compress2(packed, &size, plain, SIZE, level) == Z_OK);
    printf("%s at level %d: %lu bytes, digest %08x\n", name, level, (unsigned long)size, driver_digest(packed, size));
    CHECK(uncompress(back, &got, packed, size) == Z_OK);
    CHECK(got == SIZE && memcmp(plain, back, SIZE) == 0);
}

int main(void)
{
    driver_text((char *)plain, SIZE);
    printf("crc32 %08lx adler32 %08lx\n", crc32(0, plain, SIZE), adler32(1, plain, SIZE));
    for (int level = 1; level <= 9; level += 4) round_trip("text", level);
    for (int n = 0; n < SIZE; n++) plain[n] = (uint8_t)driver_random();
    round_trip("noise", 6);
    packed[1000] ^= 1;
    uLongf got = sizeof back;
    printf("damaged: %d\n", uncompress(back, &got, packed, SIZE));
    return 0;
}
