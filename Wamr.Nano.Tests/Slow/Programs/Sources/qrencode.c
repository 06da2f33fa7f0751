// SPDX-License-Identifier: MIT
// Draws QR codes of several sizes and levels of correction.
#include "driver.h"
#include <qrencode.h>

int main(void)
{
    static char text[700];
    driver_text(text, sizeof text - 1);
    for (int level = QR_ECLEVEL_L; level <= QR_ECLEVEL_H; level++)
        for (int length = 20; length < (int)sizeof text; length *= 5) {
            QRcode *code = QRcode_encodeData(length, (const unsigned char *)text, 0, (QRecLevel)level);
            CHECK(code);
            for (int n = 0; n < code->width * code->width; n++) code->data[n] &= 1;
            printf("level %d, %d bytes: version %d, %d modules wide, digest %08x\n", level, length, code->version, code->width, driver_digest(code->data, (size_t)(code->width * code->width)));
            for (int y = 0; length == 20 && y < code->width; y++) {
                for (int x = 0; x < code->width; x++) printf("%s", code->data[y * code->width + x] ? "##" : "  ");
                printf("\n");
            }
            QRcode_free(code);
        }
    QRcode *kanji = QRcode_encodeString("0123456789ABC \x93\x5F", 0, QR_ECLEVEL_Q, QR_MODE_KANJI, 1);
    CHECK(kanji);
    printf("mixed: version %d, digest %08x\n", kanji->version, driver_digest(kanji->data, (size_t)(kanji->width * kanji->width)));
    QRcode_free(kanji);
    return 0;
}
