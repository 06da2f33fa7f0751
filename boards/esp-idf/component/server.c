// SPDX-License-Identifier: MIT
// The app server's task: its stack, whose end the runtime checks, and its pool, of several pieces of the heap, unless board.json says
// "heap".
#include "esp_heap_caps.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "plan.h"
#include "port.h"
#include "wamr_nano.h"

/*
 * REGIONS: the most pieces of heap. LEFT: bytes of internal RAM that stay for ESP-IDF and the project. SMALLEST: a piece below it is not
 * worth its bookkeeping. RESERVE: stack below the boundary for what the runtime does without another check, and for interrupts.
 */
enum { STACK = 8192, RESERVE = 2048, REGIONS = 6, LEFT = 48 * 1024, SMALLEST = 8 * 1024, PRIORITY = 5 };

unsigned wn_main(void);

static StackType_t stack[STACK / sizeof(StackType_t)];
static StaticTask_t task;
static struct wn_region regions[REGIONS];
static struct wn_plan plan;
extern const uint8_t wn_whole_pages, wn_unchecked_c_stack, wn_has_pool; // slots.c, of board.json

const struct wn_plan *wn_plan(void) { return &plan; }

void wn_esp_code_distance(ptrdiff_t bytes) { plan.code_distance = bytes; }

/* Adds the largest free blocks of some kind of memory, while more than so many bytes of it stay free. */
static void take(uint32_t kind, size_t left)
{
    while (plan.region_count < REGIONS) {
        size_t all = heap_caps_get_free_size(kind), size = heap_caps_get_largest_free_block(kind);
        if (all < left + SMALLEST) return;
        if (size > all - left) size = all - left;
        size &= ~(size_t)7;
        if (size < SMALLEST) return;
        uint8_t *block = heap_caps_aligned_alloc(8, size, kind);
        if (!block) return;
        regions[plan.region_count++] = (struct wn_region){block, (uint32_t)size};
    }
}

static void serve(void *unused)
{
    (void)unused;
    wn_main();
    vTaskDelete(NULL);
}

void wamr_nano_start(void)
{
    if (wn_has_pool) {
        take(MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT, LEFT);
        take(MALLOC_CAP_SPIRAM | MALLOC_CAP_8BIT, 0);
    }
    plan.regions = regions;
    plan.stack_limit = (const uint8_t *)stack;
    plan.stack_reserve = RESERVE;
    plan.whole_pages = wn_whole_pages;
    plan.unchecked_c_stack = wn_unchecked_c_stack;
    plan.target = (struct wn_target)WN_TARGET;
    wn_esp_console();
    xTaskCreateStatic(serve, "wamr", STACK, NULL, PRIORITY, stack, &task);
}
