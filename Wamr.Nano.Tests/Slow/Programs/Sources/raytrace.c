// SPDX-License-Identifier: MIT
// Traces rays through mirrors and shadows in double. Square roots are the only function: they are exact everywhere.
#include "driver.h"
#include <math.h>

enum { WIDTH = 64, HEIGHT = 48, DEPTH = 4 };

typedef struct { double x, y, z; } vec;
typedef struct { vec centre; double radius; vec colour; double mirror; } sphere;

static const sphere spheres[] = {
    {{0, -1000, 0}, 999, {0.5, 0.6, 0.5}, 0.1}, {{-1.2, 0, 4}, 1, {0.9, 0.2, 0.2}, 0.4},
    {{1.1, -0.2, 3.5}, 0.8, {0.2, 0.3, 0.9}, 0.5}, {{0.1, 0.9, 5}, 0.7, {0.9, 0.9, 0.3}, 0.2},
};

static vec add(vec a, vec b) { return (vec){a.x + b.x, a.y + b.y, a.z + b.z}; }
static vec scale(vec a, double by) { return (vec){a.x * by, a.y * by, a.z * by}; }
static vec sub(vec a, vec b) { return add(a, scale(b, -1)); }
static double dot(vec a, vec b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
static vec unit(vec a) { return scale(a, 1 / sqrt(dot(a, a))); }

static const sphere *hit(vec from, vec way, double *distance)
{
    const sphere *nearest = NULL;
    *distance = INFINITY;
    for (size_t n = 0; n < sizeof spheres / sizeof *spheres; n++) {
        vec to = sub(from, spheres[n].centre);
        double b = dot(to, way), c = dot(to, to) - spheres[n].radius * spheres[n].radius, root = b * b - c;
        if (root < 0) continue;
        double at = -b - sqrt(root);
        if (at < 1e-6) at = -b + sqrt(root);
        if (at < 1e-6 || at >= *distance) continue;
        *distance = at;
        nearest = &spheres[n];
    }
    return nearest;
}

static vec trace(vec from, vec way, int depth)
{
    static const vec light = {5, 8, -3};
    double distance, beyond;
    const sphere *on = hit(from, way, &distance);
    if (!on) return scale((vec){0.4, 0.6, 1}, 0.5 + 0.5 * way.y);
    vec at = add(from, scale(way, distance)), normal = unit(sub(at, on->centre)), to_light = unit(sub(light, at));
    double bright = fmax(0, dot(normal, to_light));
    if (hit(at, to_light, &beyond)) bright = 0;
    vec colour = scale(on->colour, 0.1 + 0.9 * bright);
    if (depth == 0) return colour;
    vec mirrored = sub(way, scale(normal, 2 * dot(way, normal)));
    return add(scale(colour, 1 - on->mirror), scale(trace(at, mirrored, depth - 1), on->mirror));
}

int main(void)
{
    static double picture[HEIGHT][WIDTH][3];
    for (int y = 0; y < HEIGHT; y++) {
        char row[WIDTH + 1] = {0};
        for (int x = 0; x < WIDTH; x++) {
            vec colour = trace((vec){0, 0.5, -2}, unit((vec){(x - WIDTH / 2) / 40.0, (HEIGHT / 2 - y) / 40.0, 1}), DEPTH);
            memcpy(picture[y][x], &colour, sizeof colour);
            row[x] = " .:-=+*#%@"[(int)fmin(9, fmax(0, (colour.x + colour.y + colour.z) * 3.3))];
        }
        printf("%s\n", row);
    }
    printf("digest %08x\n", driver_digest(picture, sizeof picture));
    return 0;
}
