// SPDX-License-Identifier: MIT
// Compresses text by sorting blocks, and gets it back.
#include "driver.h"
#include <bzlib.h>

enum { SIZE = 30000 };
static char plain[SIZE], back[SIZE], packed[SIZE + 1000];

void bz_internal_error(int code)
{
    printf("bzip2 error %d\n", code);
    exit(1);
}

int main(void)
{
    driver_text(plain, SIZE);
    for (int round = 0; round < 2; round++) {
        unsigned size = sizeof packed, got = sizeof back;
        CHECK(BZ2_bzBuffToBuffCompress(packed, &size, plain, SIZE, 1, 0, round ? 5 : 0) == BZ_OK);
        printf("%u bytes, digest %08x\n", size, driver_digest(packed, size));
        CHECK(BZ2_bzBuffToBuffDecompress(back, &got, packed, size, round, 0) == BZ_OK);
        CHECK(got == SIZE && memcmp(plain, back, SIZE) == 0);
        memset(plain, 'x', SIZE / 2);
    }
    return 0;
}
