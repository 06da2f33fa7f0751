// SPDX-License-Identifier: MIT
// Compresses text fast and well, and gets it back.
#include "driver.h"
#include <lz4.h>
#include <lz4hc.h>

enum { SIZE = 60000 };
static char plain[SIZE], back[SIZE], packed[LZ4_COMPRESSBOUND(SIZE)];

static void round_trip(const char *name, int size)
{
    CHECK(size > 0);
    printf("%s: %d bytes, digest %08x\n", name, size, driver_digest(packed, (size_t)size));
    CHECK(LZ4_decompress_safe(packed, back, size, SIZE) == SIZE);
    CHECK(memcmp(plain, back, SIZE) == 0);
}

int main(void)
{
    driver_text(plain, SIZE);
    round_trip("fast", LZ4_compress_default(plain, packed, SIZE, sizeof packed));
    round_trip("faster", LZ4_compress_fast(plain, packed, SIZE, sizeof packed, 9));
    for (int level = 3; level <= 12; level += 3) {
        printf("level %d: ", level);
        round_trip("best", LZ4_compress_HC(plain, packed, SIZE, sizeof packed, level));
    }
    packed[100] ^= 0x55;
    printf("damaged: %d\n", LZ4_decompress_safe(packed, back, 1000, SIZE) < 0);
    return 0;
}
