// SPDX-License-Identifier: MIT
// Each function of the C API, used as a C author would, and wrongly: one line a check that fails.
// Arguments: main.wasm other.wasm hello.wasm image exit.wasm.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include "wamr_nano.h"

static int failures, checks;

#define CHECK(condition) (checks++, (condition) ? (void)0 : (void)(failures++, printf("line %d: %s\n", __LINE__, #condition)))
#define EQUAL(expected, actual) equal(__LINE__, (expected), (actual))

static void equal(int line, unsigned long long expected, unsigned long long actual)
{
    checks++;
    if (expected == actual) return;
    failures++;
    printf("line %d: %llu (%s), not %llu (%s)\n", line, actual, wamr_nano_error_name((wamr_nano_error)actual), expected,
        wamr_nano_error_name((wamr_nano_error)expected));
}

struct file { uint8_t *bytes; uint32_t size; };

static struct file load(const char *name)
{
    FILE *in = fopen(name, "rb");
    fseek(in, 0, SEEK_END);
    struct file f = {malloc((size_t)ftell(in)), (uint32_t)ftell(in)};
    rewind(in);
    if (fread(f.bytes, 1, f.size, in) != f.size) exit(2);
    fclose(in);
    return f;
}

/* ---- The platform: a clock that goes on by itself, a console that is kept ---- */

static char printed[256];
static uint64_t now;

static uint32_t write_text(void *context, uint32_t stream, const uint8_t *text, uint32_t size)
{
    (void)context;
    (void)stream;
    strncat(printed, (const char *)text, size);
    return size;
}

static uint64_t read_clock(void *context, uint32_t id)
{
    (void)context;
    (void)id;
    return now += 1000;
}

static const wamr_nano_platform platform = {.write = write_text, .clock = read_clock};

/* ---- A heap that counts, and fails when it is told to ---- */

struct heap { int live, locked, until_failure, shift; };

static void *take(void *data, uint32_t bytes)
{
    struct heap *heap = data;
    if (heap->until_failure > 0 && --heap->until_failure == 0) return NULL;
    char *block = malloc(bytes + heap->shift);
    heap->live += block != NULL;
    return block ? block + heap->shift : NULL;
}

static void *resize(void *data, void *block, uint32_t bytes)
{
    struct heap *heap = data;
    if (heap->until_failure > 0 && --heap->until_failure == 0) return NULL;
    return realloc(block, bytes);
}

static void give(void *data, void *block)
{
    struct heap *heap = data;
    heap->live--;
    free((char *)block - heap->shift);
}

static void lock(void *data) { ((struct heap *)data)->locked++; }
static void unlock(void *data) { ((struct heap *)data)->locked--; }

/* ---- Host functions ---- */

static wamr_nano_error text(wamr_nano_exec_env *env, void *cells, void *data)
{
    uint64_t *cell = cells;
    CHECK(wamr_nano_user_data(env) == &failures);
    memcpy(data, (void *)(uintptr_t)cell[0], (size_t)cell[1]);
    cell[0] = cell[1];
    return WAMR_NANO_OK;
}

static wamr_nano_error back(wamr_nano_exec_env *env, void *slots, void *data)
{
    (void)data;
    uint32_t *slot = slots, sum[2] = {slot[0], 1};
    EQUAL(WAMR_NANO_OK, wamr_nano_call(env, "add", sum, 2));
    uint32_t none;
    EQUAL(WAMR_NANO_UNREACHABLE, wamr_nano_call(env, "trap", &none, 1));
    wamr_nano_set_exception(env, WAMR_NANO_OK);
    slot[0] = sum[0];
    return WAMR_NANO_OK;
}

static uint64_t direct(wamr_nano_exec_env *env, uint32_t a, uint32_t b)
{
    (void)env;
    return b == 0 ? (uint64_t)WAMR_NANO_INTEGER_DIVIDE_BY_ZERO << 32 : a / b;
}

/* The numbers that its answers had: 7 and 8. */
static wamr_nano_error family(wamr_nano_exec_env *env, void *slots, void *number)
{
    (void)env;
    *(uint32_t *)slots += (uint32_t)(uintptr_t)number;
    return WAMR_NANO_OK;
}

static char kept[16];
static const wamr_nano_host_function host[] = {
    {"text", text, "(*~)i", kept, WAMR_NANO_HOST_FORM_CELLS},
    {"back", back, NULL, NULL, WAMR_NANO_HOST_FORM_SLOTS},
    {"divide", (wamr_nano_error (*)(wamr_nano_exec_env *, void *, void *))(void (*)(void))direct, "(ii)i", NULL,
        WAMR_NANO_HOST_FORM_DIRECT},
};
static const wamr_nano_host_function members = {"", family, NULL, NULL, WAMR_NANO_HOST_FORM_FAMILY};
#define ROWS (sizeof host / sizeof *host)

static void end(wamr_nano_exec_env *env) { wamr_nano_terminate(env, 1); }

static wamr_nano_runtime *new_pool(void *memory, uint32_t bytes, uint8_t red_zones)
{
    wamr_nano_region region = {memory, bytes};
    wamr_nano_runtime_options options = {.regions = &region, .region_count = 1, .platform = &platform, .red_zones = red_zones};
    wamr_nano_runtime *rt;
    EQUAL(WAMR_NANO_OK, wamr_nano_runtime_create(&options, &rt));
    return rt;
}

static void starting(void)
{
    static uint64_t memory[512];
    wamr_nano_runtime_options options = {0};
    wamr_nano_runtime *rt;
    EQUAL(WAMR_NANO_BAD_ARGUMENT, wamr_nano_runtime_create(&options, &rt));
    CHECK(!rt);
    wamr_nano_region region = {(uint8_t *)memory, 0};
    options.regions = &region;
    options.region_count = 1;
    region.bytes = sizeof memory;
    region.start = NULL;
    EQUAL(WAMR_NANO_BAD_ARGUMENT, wamr_nano_runtime_create(&options, &rt));
    options.regions = NULL;
    EQUAL(WAMR_NANO_BAD_ARGUMENT, wamr_nano_runtime_create(&options, &rt));
    options.regions = &region;
    // What was never made can be given back: cleaning up needs no conditions.
    EQUAL(WAMR_NANO_OK, wamr_nano_exec_env_free(NULL));
    EQUAL(WAMR_NANO_OK, wamr_nano_instance_free(NULL));
    EQUAL(WAMR_NANO_OK, wamr_nano_module_unload(NULL));
    wamr_nano_runtime_destroy(NULL);
    // Whatever the size and alignment: refused, or a runtime that works.
    for (uint32_t bytes = 0; bytes <= 1024; bytes += 7) {
        region.start = (uint8_t *)memory + bytes % 8;
        region.bytes = bytes;
        wamr_nano_error error = wamr_nano_runtime_create(&options, &rt);
        if (error == WAMR_NANO_OK) wamr_nano_runtime_destroy(rt);
        else EQUAL(WAMR_NANO_POOL_TOO_SMALL, error);
    }
    EQUAL(WAMR_NANO_POOL_TOO_SMALL, wamr_nano_runtime_add_region(new_pool(memory, 2048, 0), memory + 300, 4));
}

static void describing(wamr_nano_module *module)
{
    wamr_nano_item item = {0};
    CHECK(wamr_nano_module_next_import(module, &item));
    CHECK(item.name_length == 4 && memcmp(item.name, "text", 4) == 0 && memcmp(item.module_name, "host", item.module_length) == 0);
    CHECK(wamr_nano_module_next_import(module, &item) && item.index == 1 && item.kind == WAMR_NANO_KIND_FUNC);
    CHECK(!wamr_nano_module_next_import(module, &item));
    wamr_nano_function_type type;
    EQUAL(WAMR_NANO_OK, wamr_nano_module_function_type(module, 0, &type));
    CHECK(type.param_count == 2 && type.result_count == 1 && type.params[0] == WAMR_NANO_VALUE_TYPE_I32 && type.param_slots == 2);
    EQUAL(WAMR_NANO_UNKNOWN_FUNCTION, wamr_nano_module_function_type(module, 1000, &type));
    int exports = 0;
    for (wamr_nano_item e = {0}; wamr_nano_module_next_export(module, &e); exports++) EQUAL((unsigned)exports, e.number);
    EQUAL(10, (unsigned)exports);
}

static void calling(wamr_nano_instance *instance, wamr_nano_exec_env *env)
{
    uint32_t slots[4] = {2, 3}, add;
    EQUAL(WAMR_NANO_OK, wamr_nano_call(env, "add", slots, 2));
    EQUAL(5, slots[0]);
    EQUAL(WAMR_NANO_ARGUMENT_COUNT_MISMATCH, wamr_nano_call(env, "add", slots, 1));
    EQUAL(WAMR_NANO_UNKNOWN_EXPORT, wamr_nano_call(env, "ad", slots, 2));
    EQUAL(WAMR_NANO_OK, wamr_nano_instance_find_function(instance, "add", &add));
    slots[0] = slots[1] = 20;
    EQUAL(WAMR_NANO_OK, wamr_nano_call_function(env, add, slots, 2));
    EQUAL(40, slots[0]);
    EQUAL(WAMR_NANO_ARGUMENT_COUNT_MISMATCH, wamr_nano_call_function(env, add, slots, 0));
    EQUAL(WAMR_NANO_UNKNOWN_FUNCTION, wamr_nano_call_function(env, 1000, slots, 4));
    // The details are those of the error that was returned.
    const wamr_nano_error_info *info = wamr_nano_runtime_error(wamr_nano_instance_runtime(instance));
    CHECK(info->code == WAMR_NANO_UNKNOWN_FUNCTION && info->index == 1000);
    EQUAL(WAMR_NANO_OK, wamr_nano_call(env, "say", slots, 1));
    EQUAL(5, slots[0]);
    CHECK(memcmp(kept, "hello", 5) == 0);
    slots[0] = 41;
    EQUAL(WAMR_NANO_OK, wamr_nano_call(env, "callback", slots, 1));
    EQUAL(42, slots[0]);
    EQUAL(WAMR_NANO_OK, wamr_nano_initialize(env));
    EQUAL(WAMR_NANO_UNKNOWN_EXPORT, wamr_nano_run_program(env, slots));
    EQUAL(WAMR_NANO_UNREACHABLE, wamr_nano_call(env, "trap", slots, 1));
    EQUAL(WAMR_NANO_UNREACHABLE, wamr_nano_exception(env));
    wamr_nano_frame frame;
    CHECK(wamr_nano_first_frame(env, &frame) && wamr_nano_frame_offset(&frame) != UINT32_MAX);
    CHECK(!wamr_nano_next_frame(env, &frame));
    CHECK(wamr_nano_exec_env_instance(env) == instance);
}

static void stopping(wamr_nano_instance *instance, wamr_nano_exec_env *env)
{
    uint32_t slots[2];
    CHECK(wamr_nano_fuel(env) == UINT64_MAX);
    wamr_nano_set_fuel(env, 5000);
    EQUAL(WAMR_NANO_FUEL_EXHAUSTED, wamr_nano_call(env, "forever", slots, 2));
    EQUAL(0, wamr_nano_fuel(env));
    EQUAL(WAMR_NANO_FUEL_EXHAUSTED, wamr_nano_resume(env, slots, 2));
    wamr_nano_set_fuel(env, UINT64_MAX);
    EQUAL(WAMR_NANO_OK, wamr_nano_call(env, "trap", slots, 2) == WAMR_NANO_UNREACHABLE ? WAMR_NANO_OK : WAMR_NANO_UNREACHABLE);
    EQUAL(WAMR_NANO_NOT_SUSPENDED, wamr_nano_resume(env, slots, 2));
    wamr_nano_set_time_limit(env, 1000000);
    EQUAL(WAMR_NANO_TIME_EXCEEDED, wamr_nano_call(env, "forever", slots, 2));
    wamr_nano_set_time_limit(env, 0);
    wamr_nano_runtime_set_watch(wamr_nano_instance_runtime(instance), end);
    EQUAL(WAMR_NANO_TERMINATED, wamr_nano_call(env, "forever", slots, 2));
    wamr_nano_runtime_set_watch(wamr_nano_instance_runtime(instance), NULL);
    wamr_nano_terminate(env, 0);
    slots[0] = slots[1] = 1;
    EQUAL(WAMR_NANO_OK, wamr_nano_call(env, "add", slots, 2));
}

static void remembering(wamr_nano_instance *instance, wamr_nano_exec_env *env)
{
    uint64_t bits;
    wamr_nano_value_type type;
    EQUAL(WAMR_NANO_OK, wamr_nano_instance_get_global(instance, "wide", &bits, &type));
    CHECK(bits == 0x123456789ull && type == WAMR_NANO_VALUE_TYPE_I64);
    EQUAL(WAMR_NANO_OK, wamr_nano_instance_set_global(instance, "wide", 1ull << 40));
    EQUAL(WAMR_NANO_OK, wamr_nano_instance_get_global(instance, "wide", &bits, &type));
    EQUAL(1ull << 40, bits);
    EQUAL(WAMR_NANO_IMMUTABLE_GLOBAL, wamr_nano_instance_set_global(instance, "fixed", 1));
    EQUAL(WAMR_NANO_IMMUTABLE_GLOBAL, wamr_nano_runtime_error(wamr_nano_instance_runtime(instance))->code);
    EQUAL(WAMR_NANO_UNKNOWN_EXPORT, wamr_nano_instance_get_global(instance, "add", &bits, &type));

    uint32_t size = wamr_nano_memory_size(instance), address;
    EQUAL(WAMR_NANO_OK, wamr_nano_app_malloc(env, 16, &address));
    EQUAL(WAMR_NANO_OK, wamr_nano_app_free(env, address));
    EQUAL(WAMR_NANO_DOUBLE_FREE, wamr_nano_app_free(env, address));
    EQUAL(WAMR_NANO_OK, wamr_nano_app_copy(env, "data", 5, &address));
    CHECK(strcmp(wamr_nano_memory_text(instance, address), "data") == 0);
    EQUAL(WAMR_NANO_OUT_OF_MEMORY, wamr_nano_app_malloc(env, 100000, &address));

    char bytes[5];
    CHECK(wamr_nano_memory_at(instance, 0, size) && wamr_nano_memory_at(instance, size, 0));
    CHECK(!wamr_nano_memory_at(instance, 1, size) && !wamr_nano_memory_at(instance, size + 1, 0)
        && !wamr_nano_memory_at(instance, UINT32_MAX, 2));
    EQUAL(WAMR_NANO_OK, wamr_nano_memory_read(instance, 8, bytes, 5));
    CHECK(memcmp(bytes, "hello", 5) == 0);
    EQUAL(WAMR_NANO_BAD_APP_ADDRESS, wamr_nano_memory_read(instance, size - 4, bytes, 5));
    EQUAL(WAMR_NANO_BAD_APP_ADDRESS, wamr_nano_runtime_error(wamr_nano_instance_runtime(instance))->code);
    EQUAL(WAMR_NANO_OK, wamr_nano_memory_read(instance, size, NULL, 0));
    EQUAL(WAMR_NANO_OUT_OF_MEMORY, wamr_nano_memory_grow(instance, 1));
    EQUAL(WAMR_NANO_OK, wamr_nano_memory_write(instance, size - 5, "world", 5));
    EQUAL(WAMR_NANO_BAD_APP_ADDRESS, wamr_nano_memory_write(instance, size - 4, "world", 5));
    CHECK(strcmp(wamr_nano_memory_text(instance, 8), "hello") == 0);
    CHECK(!wamr_nano_memory_text(instance, size - 5));
    EQUAL(WAMR_NANO_OK, wamr_nano_memory_address(instance, wamr_nano_memory_at(instance, 100, 1), &address));
    EQUAL(100, address);
    EQUAL(WAMR_NANO_BAD_APP_ADDRESS, wamr_nano_memory_address(instance, bytes, &address));
}

static wamr_nano_error resolve(void *context, const wamr_nano_import *import, wamr_nano_extern *answer)
{
    char name[16] = {0};
    memcpy(name, import->name, import->name_length < 15 ? import->name_length : 15);
    if (strcmp(name, "seven") == 0 || strcmp(name, "eight") == 0) {
        answer->host = &members;
        answer->index = *name == 's' ? 7 : 8;
        return WAMR_NANO_OK;
    }
    if (import->module_length == 4 && memcmp(import->module_name, "host", 4) == 0) return WAMR_NANO_UNKNOWN_IMPORT;
    return wamr_nano_instance_export(context, name, answer);
}

/* The table of other.wasm: twice, main's add and forever, and the host's divide, seven and eight; the last element is null. */
static void pointing(wamr_nano_instance *instance, wamr_nano_exec_env *env)
{
    uint32_t slots[2] = {21, 1};
    EQUAL(WAMR_NANO_OK, wamr_nano_call_element(env, 0, 0, slots, 1));
    EQUAL(42, slots[0]);
    EQUAL(WAMR_NANO_OK, wamr_nano_call_element(env, 0, 1, slots, 2));
    EQUAL(43, slots[0]);
    EQUAL(WAMR_NANO_ARGUMENT_COUNT_MISMATCH, wamr_nano_call_element(env, 0, 1, slots, 1));
    slots[1] = 5;
    EQUAL(WAMR_NANO_OK, wamr_nano_call_element(env, 0, 3, slots, 2));
    EQUAL(8, slots[0]);
    slots[1] = 0;
    EQUAL(WAMR_NANO_INTEGER_DIVIDE_BY_ZERO, wamr_nano_call_element(env, 0, 3, slots, 2));
    EQUAL(WAMR_NANO_OK, wamr_nano_call_element(env, 0, 4, slots, 1));
    EQUAL(15, slots[0]);
    EQUAL(WAMR_NANO_OK, wamr_nano_call_element(env, 0, 5, slots, 1));
    EQUAL(23, slots[0]);
    EQUAL(WAMR_NANO_UNINITIALIZED_ELEMENT, wamr_nano_call_element(env, 0, 6, slots, 2));
    EQUAL(WAMR_NANO_UNDEFINED_ELEMENT, wamr_nano_call_element(env, 0, 7, slots, 2));
    EQUAL(WAMR_NANO_UNKNOWN_TABLE, wamr_nano_call_element(env, 1, 0, slots, 2));
    // A call into another instance waits for fuel and goes on as any.
    wamr_nano_set_fuel(env, 5000);
    EQUAL(WAMR_NANO_FUEL_EXHAUSTED, wamr_nano_call_element(env, 0, 2, slots, 0));
    CHECK(wamr_nano_exec_env_instance(env) == instance);
    wamr_nano_set_fuel(env, 5000);
    EQUAL(WAMR_NANO_FUEL_EXHAUSTED, wamr_nano_resume(env, slots, 0));
    CHECK(wamr_nano_exec_env_instance(env) == instance);
    wamr_nano_set_fuel(env, UINT64_MAX);
    CHECK(wamr_nano_fuel(env) == UINT64_MAX);
    slots[0] = 2;
    EQUAL(WAMR_NANO_OK, wamr_nano_call(env, "twice", slots, 1));
    EQUAL(4, slots[0]);
    // Pages of one byte.
    EQUAL(4, wamr_nano_memory_size(instance));
    EQUAL(WAMR_NANO_OK, wamr_nano_memory_write(instance, 0, "abcd", 4));
    EQUAL(WAMR_NANO_OK, wamr_nano_memory_grow(instance, 60));
    EQUAL(64, wamr_nano_memory_size(instance));
    CHECK(memcmp(wamr_nano_memory_at(instance, 0, 64), "abcd\0\0\0", 8) == 0);
    EQUAL(WAMR_NANO_OUT_OF_MEMORY, wamr_nano_memory_grow(instance, 60));
}

static void linking(wamr_nano_runtime *rt, wamr_nano_instance *first, struct file other)
{
    wamr_nano_module *module;
    wamr_nano_instance *instance;
    wamr_nano_exec_env *env;
    EQUAL(WAMR_NANO_OK, wamr_nano_module_load(rt, other.bytes, other.size, &module));
    EQUAL(WAMR_NANO_UNKNOWN_IMPORT, wamr_nano_instance_create(module, NULL, &instance));
    wamr_nano_instance_options options = {.resolver = resolve, .resolver_context = first, .user_data = kept};
    EQUAL(WAMR_NANO_OK, wamr_nano_instance_create(module, &options, &instance));
    CHECK(wamr_nano_instance_user_data(instance) == kept && wamr_nano_instance_module(instance) == module);
    static uint64_t buffer[128];
    EQUAL(WAMR_NANO_BAD_ARGUMENT, wamr_nano_exec_env_create_in(instance, buffer, 16, &env));
    EQUAL(WAMR_NANO_OK, wamr_nano_exec_env_create_in(instance, (char *)buffer + 1, 64 + (sizeof(void *) == 8 ? 136 : 88), &env));
    EQUAL(WAMR_NANO_OK, wamr_nano_exec_env_free(env));
    EQUAL(WAMR_NANO_OK, wamr_nano_exec_env_create_in(instance, buffer, sizeof buffer, &env));
    uint32_t slots[1] = {20};
    EQUAL(WAMR_NANO_OK, wamr_nano_call(env, "twice", slots, 1));
    EQUAL(40, slots[0]);
    pointing(instance, env);
    EQUAL(WAMR_NANO_INSTANCE_IN_USE, wamr_nano_instance_free(instance));
    EQUAL(WAMR_NANO_OK, wamr_nano_exec_env_free(env));
    EQUAL(WAMR_NANO_MODULE_IN_USE, wamr_nano_module_unload(module));
    EQUAL(WAMR_NANO_OK, wamr_nano_instance_free(instance));
    EQUAL(WAMR_NANO_OK, wamr_nano_module_unload(module));
}

/* Loads, instantiates, calls and frees; whatever fails on the way, nothing is left behind. */
static wamr_nano_error once(wamr_nano_runtime *rt, struct file wasm)
{
    wamr_nano_module *module;
    wamr_nano_instance *instance;
    wamr_nano_exec_env *env;
    wamr_nano_instance_options options = {.heap_bytes = 256};
    wamr_nano_error error = wamr_nano_register_functions(rt, "host", host, ROWS);
    if (error != WAMR_NANO_OK) return error;
    error = wamr_nano_module_load(rt, wasm.bytes, wasm.size, &module);
    if (error == WAMR_NANO_OK) {
        error = wamr_nano_instance_create(module, &options, &instance);
        if (error == WAMR_NANO_OK) {
            error = wamr_nano_exec_env_create(instance, 1024, &env);
            if (error == WAMR_NANO_OK) {
                uint32_t slots[2] = {2, 3};
                error = wamr_nano_call(env, "add", slots, 2);
                wamr_nano_exec_env_free(env);
            }
            wamr_nano_instance_free(instance);
        }
        wamr_nano_module_unload(module);
    }
    EQUAL(WAMR_NANO_OK, wamr_nano_unregister_functions(rt, host));
    return error;
}

static void own_heap(struct file wasm)
{
    struct heap heap = {0};
    wamr_nano_allocator allocator = {take, resize, give, lock, unlock, &heap};
    wamr_nano_runtime_options options = {.allocator = &allocator};
    wamr_nano_runtime *rt;
    heap.until_failure = 1;
    EQUAL(WAMR_NANO_OUT_OF_MEMORY, wamr_nano_runtime_create(&options, &rt));
    heap.until_failure = 0;
    allocator.release = NULL;
    EQUAL(WAMR_NANO_BAD_ARGUMENT, wamr_nano_runtime_create(&options, &rt));
    allocator.release = give;
    // Heaps of 4-aligned blocks are common on boards. None may be used, and none may be lost.
    heap.shift = 4;
    EQUAL(WAMR_NANO_OUT_OF_MEMORY, wamr_nano_runtime_create(&options, &rt));
    EQUAL(0, (unsigned)heap.live);
    heap.shift = 0;
    EQUAL(WAMR_NANO_OK, wamr_nano_runtime_create(&options, &rt));
    heap.shift = 4;
    CHECK(!wamr_nano_allocate(rt, 100));
    EQUAL(WAMR_NANO_OUT_OF_MEMORY, wamr_nano_runtime_error(rt)->code);
    heap.shift = 0;
    EQUAL(1, (unsigned)heap.live);
    wamr_nano_runtime_destroy(rt);
    // Without a function for it, a larger block is a new one.
    allocator.reallocate = NULL;
    EQUAL(WAMR_NANO_OK, wamr_nano_runtime_create(&options, &rt));
    char *block = wamr_nano_allocate(rt, 4);
    memcpy(block, "abc", 4);
    block = wamr_nano_reallocate(rt, block, 4000);
    CHECK(block && strcmp(block, "abc") == 0);
    block = wamr_nano_reallocate(rt, block, 8);
    EQUAL(WAMR_NANO_OK, once(rt, wasm));
    EQUAL(WAMR_NANO_OK, wamr_nano_free(rt, block));
    wamr_nano_runtime_destroy(rt);
    EQUAL(0, (unsigned)heap.live);
    allocator.reallocate = resize;
    EQUAL(WAMR_NANO_OK, wamr_nano_runtime_create(&options, &rt));
    EQUAL(WAMR_NANO_BAD_ARGUMENT, wamr_nano_runtime_add_region(rt, kept, sizeof kept));
    int live = heap.live, tries = 0;
    wamr_nano_error error;
    do {
        heap.until_failure = ++tries;
        error = once(rt, wasm);
        if (error != WAMR_NANO_OK) EQUAL(WAMR_NANO_OUT_OF_MEMORY, error);
        EQUAL((unsigned)live, (unsigned)heap.live);
    } while (error != WAMR_NANO_OK && tries < 1000);
    CHECK(tries > 5 && tries < 1000);
    wamr_nano_runtime_destroy(rt);
    EQUAL(0, (unsigned)heap.live);
    EQUAL(0, (unsigned)heap.locked);
}

static void own_blocks(void)
{
    static uint64_t memory[512], more[64];
    wamr_nano_runtime *rt = new_pool(memory, sizeof memory, 1);
    EQUAL(WAMR_NANO_OK, wamr_nano_runtime_add_region(rt, more, sizeof more));
    wamr_nano_statistics before, after;
    wamr_nano_runtime_statistics(rt, &before);
    CHECK(before.total > 3000 && before.used < before.total);
    uint8_t *block = wamr_nano_allocate(rt, 30);
    CHECK(((uintptr_t)wamr_nano_allocate_aligned(rt, 8, 64) & 63) == 0);
    block = wamr_nano_reallocate(rt, wamr_nano_reallocate(rt, block, 60), 10);
    CHECK(!wamr_nano_allocate(rt, 1 << 20));
    EQUAL(WAMR_NANO_OUT_OF_MEMORY, wamr_nano_runtime_error(rt)->code);
    EQUAL(1 << 20, wamr_nano_runtime_error(rt)->asked);
    EQUAL(WAMR_NANO_OK, wamr_nano_runtime_check_memory(rt));
    EQUAL(WAMR_NANO_OK, wamr_nano_free(rt, NULL));
    EQUAL(WAMR_NANO_FOREIGN_POINTER, wamr_nano_free(rt, kept));
    EQUAL(WAMR_NANO_OK, wamr_nano_free(rt, block));
    wamr_nano_runtime_statistics(rt, &after);
    CHECK(after.used > before.used && after.high_water >= after.used);
    block = wamr_nano_reallocate(rt, NULL, 10);
    block[10] = 1;
    EQUAL(WAMR_NANO_HEAP_CORRUPTED, wamr_nano_runtime_check_memory(rt));
    wamr_nano_runtime_destroy(rt);
}

static void exiting(struct file wasm)
{
    static uint64_t memory[1 << 14];
    wamr_nano_runtime *rt = new_pool(memory, sizeof memory, 0);
    wamr_nano_module *module;
    wamr_nano_instance *instance;
    wamr_nano_exec_env *env;
    uint32_t code;
    EQUAL(WAMR_NANO_OK, wamr_nano_register_host_modules(rt));
    EQUAL(WAMR_NANO_OK, wamr_nano_module_load(rt, wasm.bytes, wasm.size, &module));
    EQUAL(WAMR_NANO_OK, wamr_nano_instance_create(module, NULL, &instance));
    EQUAL(WAMR_NANO_OK, wamr_nano_exec_env_create(instance, 0, &env));
    EQUAL(WAMR_NANO_OK, wamr_nano_run_program(env, &code));
    EQUAL(3, code);
    EQUAL(WAMR_NANO_OK, wamr_nano_run_program(env, NULL));
    // In slices: the last one ends with the program.
    wamr_nano_error error;
    wamr_nano_set_fuel(env, 10);
    EQUAL(WAMR_NANO_FUEL_EXHAUSTED, error = wamr_nano_run_program(env, &code));
    for (int slice = 0; error == WAMR_NANO_FUEL_EXHAUSTED && slice < 100; slice++) {
        wamr_nano_set_fuel(env, 10);
        error = wamr_nano_resume(env, NULL, 0);
    }
    EQUAL(WAMR_NANO_PROC_EXIT, error);
    EQUAL(3, wamr_nano_runtime_exit_code(rt));
    wamr_nano_runtime_destroy(rt);
}

static void program(struct file hello, const char *image)
{
    static uint64_t memory[1 << 15];
    static const char *const arguments[] = {"hello", "C"};
    wamr_nano_program_arguments wasi = {.args = arguments, .arg_count = 2};
    wamr_nano_instance_options options = {.wasi = &wasi};
    struct file file = load(image);
    void *code = mmap(NULL, file.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memcpy(code, file.bytes, file.size);
    mprotect(code, file.size, PROT_READ | PROT_EXEC);
    struct file forms[] = {hello, {code, file.size}};
    for (int n = 0; n < 2; n++) {
        wamr_nano_runtime *rt = new_pool(memory, sizeof memory, 0);
        wamr_nano_module *module;
        wamr_nano_instance *instance;
        wamr_nano_exec_env *env;
        uint32_t code_of_exit;
        printed[0] = 0;
        EQUAL(WAMR_NANO_OK, wamr_nano_register_host_modules(rt));
        EQUAL(WAMR_NANO_OK, wamr_nano_module_load(rt, forms[n].bytes, forms[n].size, &module));
        EQUAL(WAMR_NANO_OK, wamr_nano_instance_create(module, &options, &instance));
        EQUAL(WAMR_NANO_OK, wamr_nano_exec_env_create(instance, 4096, &env));
        EQUAL(WAMR_NANO_OK, wamr_nano_run_program(env, &code_of_exit));
        EQUAL(0, code_of_exit);
        CHECK(strstr(printed, "C"));
        wamr_nano_runtime_destroy(rt);
    }
    munmap(code, file.size);
    free(file.bytes);
}

int main(int count, char **names)
{
    static uint64_t memory[1 << 13];
    if (count != 6) return 2;
    struct file wasm = load(names[1]), other = load(names[2]), hello = load(names[3]), leave = load(names[5]);
    starting();
    wamr_nano_runtime *rt = new_pool(memory, sizeof memory, 0);
    wamr_nano_module *module;
    wamr_nano_instance *instance;
    wamr_nano_exec_env *env;
    EQUAL(WAMR_NANO_BAD_MAGIC, wamr_nano_module_load(rt, (const uint8_t *)"no wasm, no wasm", 16, &module));
    CHECK(!module);
    EQUAL(WAMR_NANO_UNEXPECTED_END, wamr_nano_module_load(rt, wasm.bytes, wasm.size - 1, &module));
    CHECK(wamr_nano_runtime_error(rt)->offset <= wasm.size);
    EQUAL(WAMR_NANO_OK, wamr_nano_module_load(rt, wasm.bytes, wasm.size, &module));
    describing(module);
    wamr_nano_instance_options options = {.heap_bytes = 256};
    EQUAL(WAMR_NANO_UNKNOWN_IMPORT, wamr_nano_instance_create(module, &options, &instance));
    EQUAL(WAMR_NANO_OK, wamr_nano_register_functions(rt, "host", host, ROWS));
    EQUAL(WAMR_NANO_OK, wamr_nano_instance_create(module, &options, &instance));
    EQUAL(WAMR_NANO_BAD_ARGUMENT, wamr_nano_exec_env_create(instance, 4, &env));
    EQUAL(WAMR_NANO_OK, wamr_nano_exec_env_create(instance, 2048, &env));
    wamr_nano_set_user_data(env, &failures);
    calling(instance, env);
    stopping(instance, env);
    remembering(instance, env);
    linking(rt, instance, other);
    EQUAL(WAMR_NANO_OK, wamr_nano_exec_env_free(env));
    EQUAL(WAMR_NANO_OK, wamr_nano_instance_free(instance));
    EQUAL(WAMR_NANO_OK, wamr_nano_module_unload(module));
    EQUAL(WAMR_NANO_OK, wamr_nano_unregister_functions(rt, host));
    EQUAL(WAMR_NANO_UNKNOWN_IMPORT, wamr_nano_unregister_functions(rt, host));
    EQUAL(WAMR_NANO_OK, wamr_nano_runtime_check_memory(rt));
    wamr_nano_runtime_destroy(rt);
    own_heap(wasm);
    own_blocks();
    program(hello, names[4]);
    exiting(leave);
    free(leave.bytes);
    free(wasm.bytes);
    free(other.bytes);
    free(hello.bytes);
    printf("%d checks, %d failed\n", checks, failures);
    return failures != 0;
}
