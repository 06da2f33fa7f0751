// SPDX-License-Identifier: MIT
// Writes a picture as PNG, JPEG, BMP and TGA, reads each back, and scales it.
#include "driver.h"
#define STBI_NO_STDIO
#define STBI_WRITE_NO_STDIO
#define STBI_NO_SIMD
#define STBI_NO_LINEAR
#define STBI_NO_HDR
#define STB_IMAGE_IMPLEMENTATION
#include <stb_image.h>
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb_image_write.h>

enum { WIDTH = 96, HEIGHT = 64, MOST = 64 * 1024 };
static uint8_t picture[WIDTH * HEIGHT * 3], file[MOST];
static int length;

static void keep(void *context, void *data, int size)
{
    (void)context;
    CHECK(length + size <= MOST);
    memcpy(file + length, data, (size_t)size);
    length += size;
}

static void show(const char *name)
{
    printf("%s: %d bytes, digest %08x", name, length, driver_digest(file, (size_t)length));
    int width, height, channels;
    uint8_t *read = stbi_load_from_memory(file, length, &width, &height, &channels, 3);
    CHECK(read && width == WIDTH && height == HEIGHT);
    long difference = 0;
    for (int n = 0; n < WIDTH * HEIGHT * 3; n++) difference += abs(read[n] - picture[n]);
    printf(", read %d x %d x %d, digest %08x, off by %ld\n", width, height, channels, driver_digest(read, sizeof picture), difference);
    stbi_image_free(read);
    length = 0;
}

int main(void)
{
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            uint8_t *pixel = picture + 3 * (y * WIDTH + x);
            pixel[0] = (uint8_t)(x * 255 / WIDTH);
            pixel[1] = (uint8_t)(y * 255 / HEIGHT);
            pixel[2] = (uint8_t)((x - 48) * (x - 48) + (y - 32) * (y - 32) < 500 ? 255 : driver_random() % 64);
        }
    CHECK(stbi_write_png_to_func(keep, NULL, WIDTH, HEIGHT, 3, picture, WIDTH * 3));
    show("PNG");
    CHECK(stbi_write_jpg_to_func(keep, NULL, WIDTH, HEIGHT, 3, picture, 80));
    show("JPEG");
    CHECK(stbi_write_jpg_to_func(keep, NULL, WIDTH, HEIGHT, 3, picture, 30));
    show("small JPEG");
    CHECK(stbi_write_bmp_to_func(keep, NULL, WIDTH, HEIGHT, 3, picture));
    show("BMP");
    CHECK(stbi_write_tga_to_func(keep, NULL, WIDTH, HEIGHT, 3, picture));
    show("TGA");
    return 0;
}
