// SPDX-License-Identifier: MIT
// Wamr.Nano, a WebAssembly micro runtime: the C API. docs/EMBEDDING.md shows how it is used.
// Generated from Wamr.Nano/Embedding; HeaderTests compares both.
//
// No pointer may be null unless its comment allows it. Only one thread at a time may use a runtime and what belongs to it.
#pragma once
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct wamr_nano_runtime wamr_nano_runtime;
typedef struct wamr_nano_module wamr_nano_module;
typedef struct wamr_nano_instance wamr_nano_instance;
typedef struct wamr_nano_exec_env wamr_nano_exec_env;

/*
 * The error codes. Users see the number (WN1003), and docs/ERRORS.md explains each of them. The thousands digit
 * stands for the phase: 1 binary format, 2 memory, 3 validation, 4 linking, 5 traps, 6 host, 7 images, 8 flash
 * (85xx) and tools. Numbers are never reused.
 */
typedef uint16_t wamr_nano_error;
enum {
    WAMR_NANO_OK = 0,
    WAMR_NANO_UNEXPECTED_END = 1001,
    WAMR_NANO_BAD_MAGIC = 1002,
    WAMR_NANO_UNKNOWN_VERSION = 1003,
    WAMR_NANO_IS_COMPONENT = 1004,
    WAMR_NANO_BAD_LEB128 = 1005,
    WAMR_NANO_BAD_SECTION_ID = 1006,
    WAMR_NANO_SECTION_ORDER = 1007,
    WAMR_NANO_SECTION_SIZE_MISMATCH = 1008,
    WAMR_NANO_BAD_UTF8 = 1009,
    WAMR_NANO_BAD_VALUE_TYPE = 1010,
    WAMR_NANO_BAD_TYPE_FORM = 1011,
    WAMR_NANO_BAD_EXTERN_KIND = 1012,
    WAMR_NANO_BAD_LIMITS_FLAGS = 1013,
    WAMR_NANO_BAD_MUTABILITY = 1014,
    WAMR_NANO_BAD_OPCODE = 1015,
    WAMR_NANO_BAD_BLOCK_TYPE = 1016,
    WAMR_NANO_FUNCTION_CODE_COUNT_MISMATCH = 1017,
    WAMR_NANO_DATA_COUNT_MISMATCH = 1018,
    WAMR_NANO_DATA_COUNT_MISSING = 1019,
    WAMR_NANO_BAD_SEGMENT_FLAGS = 1020,
    WAMR_NANO_BAD_ELEM_KIND = 1021,
    WAMR_NANO_TOO_MANY_LOCALS = 1022,
    WAMR_NANO_BODY_END_MISMATCH = 1023,
    WAMR_NANO_RESERVED_BYTE_NOT_ZERO = 1024,
    WAMR_NANO_FEATURE_DISABLED = 1025,
    WAMR_NANO_UNSUPPORTED_FEATURE = 1026,
    WAMR_NANO_INDEX_TOO_LARGE = 1027,
    WAMR_NANO_BAD_MEM_ARG = 1028,
    WAMR_NANO_OUT_OF_MEMORY = 2001,
    WAMR_NANO_HEAP_CORRUPTED = 2002,
    WAMR_NANO_POOL_TOO_SMALL = 2003,
    WAMR_NANO_DOUBLE_FREE = 2004,
    WAMR_NANO_FOREIGN_POINTER = 2005,
    WAMR_NANO_BAD_ALIGNMENT = 2006,
    WAMR_NANO_TYPE_MISMATCH = 3001,
    WAMR_NANO_UNKNOWN_TYPE = 3002,
    WAMR_NANO_UNKNOWN_FUNCTION = 3003,
    WAMR_NANO_UNKNOWN_TABLE = 3004,
    WAMR_NANO_UNKNOWN_MEMORY = 3005,
    WAMR_NANO_UNKNOWN_GLOBAL = 3006,
    WAMR_NANO_UNKNOWN_LOCAL = 3007,
    WAMR_NANO_UNKNOWN_LABEL = 3008,
    WAMR_NANO_UNKNOWN_DATA_SEGMENT = 3009,
    WAMR_NANO_UNKNOWN_ELEM_SEGMENT = 3010,
    WAMR_NANO_IMMUTABLE_GLOBAL = 3011,
    WAMR_NANO_CONSTANT_EXPRESSION_REQUIRED = 3012,
    WAMR_NANO_ALIGNMENT_TOO_LARGE = 3013,
    WAMR_NANO_MULTIPLE_MEMORIES = 3014,
    WAMR_NANO_DUPLICATE_EXPORT = 3015,
    WAMR_NANO_LIMITS_MINIMUM_ABOVE_MAXIMUM = 3016,
    WAMR_NANO_MEMORY_TOO_LARGE = 3017,
    WAMR_NANO_BAD_START_FUNCTION = 3018,
    WAMR_NANO_UNDECLARED_FUNCTION_REFERENCE = 3019,
    WAMR_NANO_BAD_PAGE_SIZE = 3020,
    WAMR_NANO_BAD_RESULT_ARITY = 3021,
    WAMR_NANO_TABLE_TOO_LARGE = 3022,
    WAMR_NANO_OFFSET_OUT_OF_RANGE = 3023,
    WAMR_NANO_TOO_MANY_PARAMETERS = 3901,
    WAMR_NANO_TOO_MANY_SLOTS = 3902,
    WAMR_NANO_FUNCTION_TOO_LARGE = 3903,
    WAMR_NANO_TOO_MANY_ITEMS = 3904,
    WAMR_NANO_CONST_EXPRESSION_TOO_LARGE = 3905,
    WAMR_NANO_LOCALS_BEYOND_LIMIT = 3906,
    WAMR_NANO_UNKNOWN_IMPORT = 4001,
    WAMR_NANO_INCOMPATIBLE_IMPORT_TYPE = 4002,
    WAMR_NANO_BAD_SIGNATURE = 4003,
    WAMR_NANO_TOO_MANY_INSTANCES = 4004,
    WAMR_NANO_INSTANCE_IN_USE = 4005,
    WAMR_NANO_MODULE_IN_USE = 4006,
    WAMR_NANO_APP_HEAP_TOO_SMALL = 4007,
    WAMR_NANO_CUT_MEMORY_IMPORTED = 4008,
    WAMR_NANO_UNREACHABLE = 5001,
    WAMR_NANO_MEMORY_OUT_OF_BOUNDS = 5002,
    WAMR_NANO_INTEGER_DIVIDE_BY_ZERO = 5003,
    WAMR_NANO_INTEGER_OVERFLOW = 5004,
    WAMR_NANO_INVALID_CONVERSION_TO_INTEGER = 5005,
    WAMR_NANO_UNDEFINED_ELEMENT = 5006,
    WAMR_NANO_UNINITIALIZED_ELEMENT = 5007,
    WAMR_NANO_INDIRECT_CALL_TYPE_MISMATCH = 5008,
    WAMR_NANO_TABLE_OUT_OF_BOUNDS = 5009,
    WAMR_NANO_OPERAND_STACK_OVERFLOW = 5010,
    WAMR_NANO_NATIVE_STACK_OVERFLOW = 5011,
    WAMR_NANO_AUX_STACK_OVERFLOW = 5012,
    WAMR_NANO_AUX_STACK_UNDERFLOW = 5013,
    WAMR_NANO_FUEL_EXHAUSTED = 5014,
    WAMR_NANO_TERMINATED = 5015,
    WAMR_NANO_UNLINKED_FUNCTION = 5016,
    WAMR_NANO_TIME_EXCEEDED = 5017,
    WAMR_NANO_UNKNOWN_EXPORT = 6001,
    WAMR_NANO_ARGUMENT_COUNT_MISMATCH = 6002,
    WAMR_NANO_ARGUMENT_TYPE_MISMATCH = 6003,
    WAMR_NANO_BAD_APP_ADDRESS = 6004,
    WAMR_NANO_HOST_EXCEPTION = 6005,
    WAMR_NANO_PROC_EXIT = 6006,
    WAMR_NANO_NO_APP_ALLOCATOR = 6007,
    WAMR_NANO_NOT_SUSPENDED = 6008,
    WAMR_NANO_BAD_ARGUMENT = 6009,
    WAMR_NANO_BAD_IMAGE_MAGIC = 7001,
    WAMR_NANO_UNKNOWN_IMAGE_VERSION = 7002,
    WAMR_NANO_IMAGE_CHECKSUM_MISMATCH = 7003,
    WAMR_NANO_WRONG_TARGET = 7004,
    WAMR_NANO_WRONG_FPU = 7005,
    WAMR_NANO_WRONG_ABI = 7006,
    WAMR_NANO_IMAGE_TRUNCATED = 7007,
    WAMR_NANO_BAD_IMAGE_TABLE = 7008,
    WAMR_NANO_MISALIGNED_IMAGE = 7009,
    WAMR_NANO_IMAGE_FEATURE_MISSING = 7010,
    WAMR_NANO_BAD_REGISTER_CODE = 7011,
    WAMR_NANO_IMAGE_MEMORY_MISMATCH = 7012,
    WAMR_NANO_IMAGE_DIGEST_MISMATCH = 7013,
    WAMR_NANO_IMAGE_SIGNATURE_REFUSED = 7014,
    WAMR_NANO_WRONG_IMAGE_KIND = 7015,
    WAMR_NANO_WRONG_BYTE_ORDER = 7016,
    WAMR_NANO_WRONG_POINTER_SIZE = 7017,
    WAMR_NANO_BAD_FLASH_GEOMETRY = 8501,
    WAMR_NANO_FLASH_READ_FAILED = 8502,
    WAMR_NANO_FLASH_ERASE_FAILED = 8503,
    WAMR_NANO_FLASH_PROGRAM_FAILED = 8504,
    WAMR_NANO_FLASH_VERIFY_FAILED = 8505,
    WAMR_NANO_NO_SUCH_SLOT = 8506,
    WAMR_NANO_NO_SUCH_APP = 8507,
    WAMR_NANO_NO_FREE_SLOT = 8508,
    WAMR_NANO_SLOT_IN_USE = 8509,
    WAMR_NANO_IMAGE_TOO_LARGE = 8510,
    WAMR_NANO_IMAGE_SIZE_MISMATCH = 8511,
    WAMR_NANO_IMAGE_CRC_MISMATCH = 8512,
    WAMR_NANO_BAD_APP_NAME = 8513,
    WAMR_NANO_SEQUENCE_EXHAUSTED = 8514,
    WAMR_NANO_NO_INSTALL_OPEN = 8515,
    WAMR_NANO_NO_SLOTS = 8516,
    WAMR_NANO_BAD_REQUEST = 8517,
};

/* How a host function receives its arguments. */
typedef uint8_t wamr_nano_host_form;
enum {
    /*
     * The interpreter's own slots: 32 bits each, an i64 or f64 takes two, the low one first. Results are written
     * from slot 0. Nothing is converted, and no app address is checked, whatever the signature says.
     */
    WAMR_NANO_HOST_FORM_SLOTS = 0,
    /*
     * One 64-bit cell per parameter, at most 16, after the checks of the signature string. A checked app address
     * arrives as a native pointer. The function writes its result, if any, to cell 0.
     */
    WAMR_NANO_HOST_FORM_CELLS = 1,
    /*
     * Like WAMR_NANO_HOST_FORM_SLOTS, but one row serves many functions. Instead of the row's user data, the
     * function receives a number: the index with which a resolver provided the import, after checking its type. Such
     * a row cannot be registered. This suits libraries that prefer a switch to a row of RAM per function.
     */
    WAMR_NANO_HOST_FORM_FAMILY = 2,
    /*
     * A C function such as uint64_t f(wamr_nano_exec_env *env, uint32_t a, uint32_t b). It has at most 3 parameters,
     * each an i32, and one i32 or nothing as its result, so the signature has no letter but i. It returns 64 bits:
     * the result in the lower half, and in the upper half the trap to raise, or 0. Native code calls it without
     * involving the runtime. So it must not call into wasm, and must not grow or move a memory. The fuel it sees may
     * be that of the last poll. An exception that it sets in the environment has no effect.
     */
    WAMR_NANO_HOST_FORM_DIRECT = 3,
};

/*
 * A host function. function returns WAMR_NANO_OK or the trap to raise. It may call back into wasm with the same
 * environment, unless its form forbids that. Rows belong to the embedder. They are read in place, may lie in flash,
 * and must outlive every instance bound to them.
 */
typedef struct wamr_nano_host_function {
    /* Field name, UTF-8, zero-terminated. */
    const char *name;
    /*
     * The function. Its arguments are the environment, slots or cells depending on form, and the user data of the
     * row. For form WAMR_NANO_HOST_FORM_DIRECT, a function of another type, cast to this one.
     */
    wamr_nano_error (*function)(wamr_nano_exec_env *env, void *arguments, void *user_data);
    /*
     * Signature such as (i*~$)i, zero-terminated: i I f F values, r externref, n funcref, * app address (checked for
     * the length in the following ~, for one byte without; the app chose it, so it may have any alignment), ~ length
     * of the preceding *, $ address of a zero-terminated string. Checked against the import's type when linking.
     * Null: any type (form WAMR_NANO_HOST_FORM_SLOTS only).
     */
    const char *signature;
    void *user_data;
    wamr_nano_host_form form;
} wamr_nano_host_function;

/* The kind of a stream, as programs see it. */
typedef uint8_t wamr_nano_stream_kind;
enum {
    WAMR_NANO_STREAM_KIND_TERMINAL = 0,
    /* A device that is not a terminal, such as /dev/null. */
    WAMR_NANO_STREAM_KIND_DEVICE = 1,
    WAMR_NANO_STREAM_KIND_FILE = 2,
    WAMR_NANO_STREAM_KIND_PIPE = 3,
};

/* A piece of RAM for the pool. */
typedef struct wamr_nano_region {
    /* Its address, with any alignment. It belongs to the runtime until wamr_nano_runtime_destroy. */
    uint8_t *start;
    uint32_t bytes;
} wamr_nano_region;

/*
 * Functions of the embedder. The struct must outlive the allocator that uses it; the core only reads it. The first
 * argument of each function is data. A pool without a lock needs no hooks.
 */
typedef struct wamr_nano_allocator {
    /*
     * Allocates a block, or returns null. A block that is not 8-aligned is released, and counts as null. A pool does
     * not use it.
     */
    void *(*allocate)(void *data, uint32_t bytes);
    /*
     * Makes a block larger or smaller, and moves it if necessary, 8-aligned; or returns null and leaves it
     * unchanged. Optional: blocks are copied. A pool does not use it.
     */
    void *(*reallocate)(void *data, void *block, uint32_t bytes);
    /* Frees a block. A pool does not use it. */
    void (*release)(void *data, void *block);
    /*
     * Called before each operation, so that several threads can share the allocator; null for no lock. It need not
     * be recursive.
     */
    void (*lock)(void *data);
    /* Called after each operation. Set if and only if lock is set. */
    void (*unlock)(void *data);
    /* For the embedder's own use; passed to each function. */
    void *data;
} wamr_nano_allocator;

/* Platform hooks. If an optional hook is null, the stated default applies. The first argument of each is context. */
typedef struct wamr_nano_platform {
    void *context;
    /*
     * Writes bytes to a console stream (1 output, 2 error). Returns the number of bytes written; 0 on failure.
     * Optional: output is dropped.
     */
    uint32_t (*write)(void *context, uint32_t stream, const uint8_t *bytes, uint32_t size);
    /*
     * How many bytes write sends in a few milliseconds. An app's text is written in such pieces. 0 stands for 64,
     * which suits a serial line.
     */
    uint32_t write_piece;
    /*
     * Reads console input into the buffer. Returns the number of bytes read; 0 at the end. Optional: always at the
     * end.
     */
    uint32_t (*read)(void *context, uint8_t *buffer, uint32_t size);
    /*
     * The time of a clock in nanoseconds: clock 0 is the wall clock since 1970, clock 1 is monotonic. Optional: 0,
     * no limit of time.
     */
    uint64_t (*clock)(void *context, uint32_t clock);
    /* The resolution of clock in nanoseconds; 0 counts as 1. */
    uint32_t clock_resolution;
    /* Fills the buffer with random bytes. Returns 0 if there is no source. Optional: WASI returns ENOSYS. */
    uint8_t (*random)(void *context, uint8_t *buffer, uint32_t size);
    /* Waits that many nanoseconds. Optional: returns at once. */
    void (*sleep)(void *context, uint64_t nanoseconds);
    /* The value of a sensor channel in thousandths of a unit, for apps that import sensor.read. Optional: 0. */
    int32_t (*read_sensor)(void *context, uint32_t channel);
    /*
     * The lowest address that the native stack of the running task may reach, including the reserve; 0 if unknown.
     * Optional: no check.
     */
    uintptr_t (*stack_boundary)(void *context);
    /* Null. */
    void *reserved;
} wamr_nano_platform;

/* The options of a runtime. Set the memory; zeros stand for the defaults of everything else. */
typedef struct wamr_nano_runtime_options {
    /*
     * The pool: region_count pieces of RAM, asked in this order. The array is copied, the RAM is not. Null if memory
     * comes from allocator.
     */
    const wamr_nano_region *regions;
    uint32_t region_count;
    /*
     * Your own heap, or a lock for the pool; null for neither. If its allocate function is set, all memory comes
     * from there, and no region is used.
     */
    const wamr_nano_allocator *allocator;
    /* Console, clock, random numbers, the limit of the native stack; copied. Null: there is none of them. */
    const wamr_nano_platform *platform;
    /* 1: puts guard bytes around each block. wamr_nano_runtime_check_memory (of a pool) and each free look at them. */
    uint8_t red_zones;
    /*
     * 1: memories keep the whole pages they declare. 0: a memory that the app neither grows nor measures ends at its
     * __heap_base.
     */
    uint8_t whole_pages;
    /* 1: does not check that the stack pointer of apps in C, C++ or Rust stays in their stack. */
    uint8_t no_c_stack_check;
} wamr_nano_runtime_options;

/* The bytes that are in use, and the most that ever were. */
typedef struct wamr_nano_memory_use {
    uint32_t used;
    uint32_t high_water;
} wamr_nano_memory_use;

/*
 * The state of an allocator, in bytes. Sizes of blocks include header, padding and red zones. The control structure
 * of a region counts as runtime. So the four categories add up to used, and total less used is free.
 */
typedef struct wamr_nano_statistics {
    /*
     * The size of all regions together, as the caller provided them; 0 for an embedder's heap, whose size is
     * unknown.
     */
    uint32_t total;
    uint32_t used;
    uint32_t high_water;
    /* The largest size that wamr_nano_allocate can allocate now; 0 for an embedder's heap. */
    uint32_t largest_free;
    wamr_nano_memory_use runtime;
    wamr_nano_memory_use module;
    wamr_nano_memory_use instance;
    wamr_nano_memory_use exec_env;
} wamr_nano_statistics;

/* Details of the last error of a runtime. A later error overwrites an earlier one; success changes nothing. */
typedef struct wamr_nano_error_info {
    /* The failure, or WAMR_NANO_OK. */
    wamr_nano_error code;
    /* Byte offset of the wrong item in the module; 0xffffffff if there is none. */
    uint32_t offset;
    /* Index of the wrong item in its index space (function, type, import ...); 0xffffffff if there is none. */
    uint32_t index;
    /* The requested bytes of a failed allocation; otherwise the wrong value. */
    uint32_t asked;
    /* The free bytes in all regions when the allocation failed; otherwise the limit that was exceeded. */
    uint32_t free;
    /* The largest block that the allocator could have allocated, in bytes. */
    uint32_t largest;
} wamr_nano_error_info;

/* Kind of an import or export; the number is its byte in the binary format. */
typedef uint8_t wamr_nano_kind;
enum {
    WAMR_NANO_KIND_FUNC = 0,
    WAMR_NANO_KIND_TABLE = 1,
    WAMR_NANO_KIND_MEMORY = 2,
    WAMR_NANO_KIND_GLOBAL = 3,
};

/* An import or an export, and the position of a walk over them. Set it to zero before the first step. */
typedef struct wamr_nano_item {
    /* Where the walk continues. Do not change it. */
    void *position;
    /*
     * Of an import: the name of the module it comes from, module_length bytes of UTF-8 without a zero at the end.
     * Null of an export.
     */
    const char *module_name;
    /* The item's name, name_length bytes of UTF-8, not zero-terminated. */
    const char *name;
    uint32_t module_length;
    uint32_t name_length;
    /* Number of the import or export, counted from 0. */
    uint32_t number;
    /* The index in the index space of its kind. */
    uint32_t index;
    wamr_nano_kind kind;
} wamr_nano_item;

/* Parameters and results of a function, valid as long as the module. Each byte is a wamr_nano_value_type. */
typedef struct wamr_nano_function_type {
    const uint8_t *params;
    const uint8_t *results;
    uint32_t param_count;
    uint32_t result_count;
    /* The number of 32-bit slots of all parameters, and of all results. An i64 or f64 takes two. */
    uint32_t param_slots;
    uint32_t result_slots;
} wamr_nano_function_type;

/* An import to be provided. Names are UTF-8 in the module's bytes, and not zero-terminated. */
typedef struct wamr_nano_import {
    wamr_nano_module *module;
    const char *module_name;
    uint32_t module_length;
    const char *name;
    uint32_t name_length;
    /* The index in the module's index space of kind, with which to find the type in module. */
    uint32_t index;
    wamr_nano_kind kind;
} wamr_nano_import;

/* The item that an import is bound to: one of another instance, or a host function. */
typedef struct wamr_nano_extern {
    /* An instance of the same runtime, or null for a host function. */
    wamr_nano_instance *instance;
    /* The index in the instance's index space of kind, or the number in a family of host functions. */
    uint32_t index;
    /* Host function; must outlive the importing instance. */
    const wamr_nano_host_function *host;
    wamr_nano_kind kind;
} wamr_nano_extern;

/*
 * Strings are UTF-8 and zero-terminated. All of this belongs to the embedder, may lie in flash, and is not read
 * after the instance is freed.
 */
typedef struct wamr_nano_program_arguments {
    /* The program's name first. */
    const char *const *args;
    /* Each of the form NAME=value. */
    const char *const *environ;
    uint32_t arg_count;
    uint32_t environ_count;
    /* The kind of each stream: for stream n, a wamr_nano_stream_kind in bits 2n and 2n + 1. 0: all are terminals. */
    uint32_t stream_kinds;
} wamr_nano_program_arguments;

/* Arguments of wamr_nano_instance_create. Zeros stand for the defaults. */
typedef struct wamr_nano_instance_options {
    /*
     * Size in bytes of the operand stack of each execution environment. 0 stands for 1024; for native code whose
     * tables cannot change, for the largest default among the instances from which it imports functions.
     */
    uint32_t stack_bytes;
    /*
     * Size in bytes of the app heap for wamr_nano_app_malloc; 0 for none. Ignored if the module has no memory of its
     * own or exports an allocator.
     */
    uint32_t heap_bytes;
    /* The number of pages to which the instance's own memory may grow; 0 for the module's limit. */
    uint32_t max_pages;
    /* If set, a missing function import does not fail the instantiation. It stays unbound, and calling it traps. */
    uint8_t allow_unlinked;
    /* If set, the start function has fuel units of fuel. */
    uint8_t fuel_limited;
    uint64_t fuel;
    /* The time limit of the start function, in nanoseconds of the platform's clock; 0 for none. */
    uint64_t time_limit;
    /*
     * Called with the environment in which the start function trapped, before it is freed, so that its call stack
     * can still be read. Not called if an active segment trapped, because no code ran.
     */
    void (*start_trapped)(wamr_nano_exec_env *env, void *start_context);
    void *start_context;
    /*
     * Provides an import by filling in the wamr_nano_extern. If it returns WAMR_NANO_UNKNOWN_IMPORT, leaves it
     * empty, or is null, the registered host functions are searched. Any other error ends the instantiation.
     */
    wamr_nano_error (*resolver)(void *resolver_context, const wamr_nano_import *import, wamr_nano_extern *answer);
    void *resolver_context;
    /* Becomes user_data. */
    void *user_data;
    /* Arguments and environment of a WASI program, valid until wamr_nano_instance_free; null for none. */
    const wamr_nano_program_arguments *wasi;
} wamr_nano_instance_options;

/* Value type; the number is its byte in the binary format. */
typedef uint8_t wamr_nano_value_type;
enum {
    /*
     * Only in the validator: a value of any type, after an unconditional branch (spec appendix "Validation
     * Algorithm").
     */
    WAMR_NANO_VALUE_TYPE_UNKNOWN = 0,
    WAMR_NANO_VALUE_TYPE_I32 = 127,
    WAMR_NANO_VALUE_TYPE_I64 = 126,
    WAMR_NANO_VALUE_TYPE_F32 = 125,
    WAMR_NANO_VALUE_TYPE_F64 = 124,
    WAMR_NANO_VALUE_TYPE_FUNC_REF = 112,
    WAMR_NANO_VALUE_TYPE_EXTERN_REF = 111,
};

/* One frame of a call stack. */
typedef struct wamr_nano_frame {
    wamr_nano_instance *instance;
    /* Function index in the instance's module. */
    uint32_t function;
    /* The unit in the function's register code; in outer frames, a unit inside the call. */
    uint32_t position;
    /* The number of inner frames. */
    uint32_t number;
    /* Where the walk continues. */
    const void *pc;
    uint32_t *fp;
} wamr_nano_frame;

/* ---- Runtime ---- */

/*
 * Creates a runtime, at the start of the first region or in a block of your heap. A program can have several
 * runtimes. Only one thread at a time may use a runtime, except that any thread may call wamr_nano_terminate.
 * options: May be gone afterwards; only its allocator must stay.
 * runtime: Null on failure.
 * Returns WAMR_NANO_POOL_TOO_SMALL; WAMR_NANO_OUT_OF_MEMORY if your heap has no block that is 8-aligned;
 * WAMR_NANO_BAD_ARGUMENT if you set no memory, a region at null, or a heap without its release function.
 */
wamr_nano_error wamr_nano_runtime_create(const wamr_nano_runtime_options *options, wamr_nano_runtime **runtime);

/*
 * Frees all instances and environments of a runtime. Afterwards, nothing of the runtime may be used, and the regions
 * are yours again. If memory comes from your heap, free instances, modules and blocks before: modules and blocks
 * that are left stay allocated there. Null is allowed.
 */
void wamr_nano_runtime_destroy(wamr_nano_runtime *runtime);

/*
 * Adds a region to the pool of a runtime. No block spans two regions.
 * Returns WAMR_NANO_POOL_TOO_SMALL; WAMR_NANO_BAD_ARGUMENT at null, or if memory comes from your heap.
 */
wamr_nano_error wamr_nano_runtime_add_region(wamr_nano_runtime *runtime, void *start, uint32_t bytes);

/* Gets how much memory is used, by which category, and the most that ever was used. */
void wamr_nano_runtime_statistics(wamr_nano_runtime *runtime, wamr_nano_statistics *statistics);

/*
 * Checks the whole pool for damage.
 * Returns WAMR_NANO_HEAP_CORRUPTED if a block or a guard byte was overwritten. In your own heap, it knows only the
 * damage that a free or a reallocation has found.
 */
wamr_nano_error wamr_nano_runtime_check_memory(wamr_nano_runtime *runtime);

/*
 * Details of the last failure of loading, instantiating, allocating or calling: offset in the module, index, sizes.
 * A trap in a call leaves it alone. Look at it before the next call of the API, and only if its code is the error
 * you got.
 */
const wamr_nano_error_info *wamr_nano_runtime_error(wamr_nano_runtime *runtime);

/*
 * Sets a function that is called at least every 1,024 units of fuel, and while an app sleeps or prints. It may call
 * wamr_nano_terminate, and must not run an app. Null: none.
 */
void wamr_nano_runtime_set_watch(wamr_nano_runtime *runtime, void (*watch)(wamr_nano_exec_env *env));

/* The exit code of the last program that exited: for a call that ended with WAMR_NANO_PROC_EXIT. */
uint32_t wamr_nano_runtime_exit_code(wamr_nano_runtime *runtime);

/*
 * Allocates a block of the runtime's memory for the host, 8-aligned, with undefined contents.
 * Returns null if there is no room; wamr_nano_runtime_error has the figures.
 */
void *wamr_nano_allocate(wamr_nano_runtime *runtime, uint32_t bytes);

/*
 * Like wamr_nano_allocate, at a multiple of a power of two.
 * Returns null if there is no room, or if the alignment is not a power of two.
 */
void *wamr_nano_allocate_aligned(wamr_nano_runtime *runtime, uint32_t bytes, uint32_t alignment);

/*
 * Makes a block larger or smaller; it may move, and is 8-aligned then. With null, it allocates one.
 * Returns null if there is no room, or if the pointer is not that of a block; then the block is unchanged.
 */
void *wamr_nano_reallocate(wamr_nano_runtime *runtime, void *block, uint32_t bytes);

/*
 * Frees a block; null is allowed.
 * Returns WAMR_NANO_HEAP_CORRUPTED; WAMR_NANO_DOUBLE_FREE, WAMR_NANO_FOREIGN_POINTER or WAMR_NANO_BAD_ALIGNMENT if
 * the pointer is not that of a block. In your own heap, a wrong pointer may go unnoticed.
 */
wamr_nano_error wamr_nano_free(wamr_nano_runtime *runtime, void *block);

/* ---- Host function ---- */

/*
 * Offers host functions to modules instantiated from now on. The rows and names are yours, may lie in flash, and
 * must outlive the registration and the instances that use them. Of two functions with the same names, the one
 * registered later is used.
 * Returns WAMR_NANO_OUT_OF_MEMORY. A wrong signature fails when a module that imports the function is instantiated.
 */
wamr_nano_error wamr_nano_register_functions(wamr_nano_runtime *runtime, const char *module_name, const wamr_nano_host_function *rows, uint32_t count);

/*
 * Removes the newest registration of these rows. Instances that use them keep them.
 * Returns WAMR_NANO_UNKNOWN_IMPORT if these rows are not registered.
 */
wamr_nano_error wamr_nano_unregister_functions(wamr_nano_runtime *runtime, const wamr_nano_host_function *rows);

/*
 * Offers the host modules of the library's profile: sensor and console, and with profile full, WASI preview 1.
 * Returns WAMR_NANO_OUT_OF_MEMORY.
 */
wamr_nano_error wamr_nano_register_host_modules(wamr_nano_runtime *runtime);

/* ---- Module ---- */

/*
 * Loads a .wasm file or an image, if the library's profile supports it. The bytes are never written. They may lie in
 * flash, must be 4-aligned if they are an image, and must outlive the module.
 * runtime: Its memory holds the module.
 * bytes: The file.
 * size: Bytes of the file.
 * module: Null on failure.
 * Returns what is wrong; wamr_nano_runtime_error has offset and index. On failure nothing stays allocated.
 */
wamr_nano_error wamr_nano_module_load(wamr_nano_runtime *runtime, const void *bytes, uint32_t size, wamr_nano_module **module);

/*
 * Unloads a module; null is allowed.
 * Returns WAMR_NANO_MODULE_IN_USE while it has instances.
 */
wamr_nano_error wamr_nano_module_unload(wamr_nano_module *module);

/*
 * Moves to the next import. Set the item to zero before the first step.
 * Returns 0 after the last one, otherwise 1.
 */
uint8_t wamr_nano_module_next_import(wamr_nano_module *module, wamr_nano_item *item);

/*
 * Moves to the next export. Set the item to zero before the first step.
 * Returns 0 after the last one, otherwise 1.
 */
uint8_t wamr_nano_module_next_export(wamr_nano_module *module, wamr_nano_item *item);

/*
 * Describes a function, imported or defined.
 * Returns WAMR_NANO_UNKNOWN_FUNCTION if there is no function with this index.
 */
wamr_nano_error wamr_nano_module_function_type(wamr_nano_module *module, uint32_t function, wamr_nano_function_type *type);

/* ---- Instance ---- */

/*
 * Instantiates a module: binds its imports, makes memory, tables and globals, copies the segments, runs the start
 * function.
 * module: Cannot be unloaded before the instance is freed.
 * options: Null: all of them are zero. May be gone afterwards; what wasi points to must stay.
 * instance: Null on failure.
 * Returns what is wrong; of a start function, its trap. wamr_nano_runtime_error has details.
 */
wamr_nano_error wamr_nano_instance_create(wamr_nano_module *module, const wamr_nano_instance_options *options, wamr_nano_instance **instance);

/*
 * Gives an instance back; null is allowed. It stays in memory as long as another instance uses something of it.
 * Returns WAMR_NANO_INSTANCE_IN_USE while it has environments.
 */
wamr_nano_error wamr_nano_instance_free(wamr_nano_instance *instance);

/* The module an instance was made from. */
wamr_nano_module *wamr_nano_instance_module(wamr_nano_instance *instance);

/* The runtime of an instance. */
wamr_nano_runtime *wamr_nano_instance_runtime(wamr_nano_instance *instance);

/* The user data from the options of the instance. */
void *wamr_nano_instance_user_data(wamr_nano_instance *instance);

/*
 * Finds an export, in the form in which a resolver answers an import of another instance.
 * Returns WAMR_NANO_UNKNOWN_EXPORT. Then the item is empty.
 */
wamr_nano_error wamr_nano_instance_export(wamr_nano_instance *instance, const char *name, wamr_nano_extern *item);

/*
 * Finds an exported function, for wamr_nano_call_function.
 * Returns WAMR_NANO_UNKNOWN_EXPORT, also of an export that is no function.
 */
wamr_nano_error wamr_nano_instance_find_function(wamr_nano_instance *instance, const char *name, uint32_t *function);

/*
 * Reads an exported global: its type, and the bits of its value; those of a 32-bit type are the low half.
 * Returns WAMR_NANO_UNKNOWN_EXPORT, also of an export that is no global.
 */
wamr_nano_error wamr_nano_instance_get_global(wamr_nano_instance *instance, const char *name, uint64_t *bits, wamr_nano_value_type *type);

/*
 * Sets the bits of an exported global of a numeric type.
 * Returns WAMR_NANO_UNKNOWN_EXPORT; WAMR_NANO_IMMUTABLE_GLOBAL; WAMR_NANO_BAD_ARGUMENT if it holds a reference.
 */
wamr_nano_error wamr_nano_instance_set_global(wamr_nano_instance *instance, const char *name, uint64_t bits);

/* ---- Exec env ---- */

/*
 * Makes an execution environment: what a thread needs to run an instance. Its operand stack comes from the runtime's
 * memory.
 * instance: Cannot be freed before the environment.
 * stack_bytes: Size of the operand stack; 0: as the instance's options say.
 * env: Null on failure.
 * Returns WAMR_NANO_OUT_OF_MEMORY; WAMR_NANO_BAD_ARGUMENT below 64 bytes of stack, unless the instance has native
 * code.
 */
wamr_nano_error wamr_nano_exec_env_create(wamr_nano_instance *instance, uint32_t stack_bytes, wamr_nano_exec_env **env);

/*
 * As wamr_nano_exec_env_create, in a buffer of yours, which must outlive the environment. Takes no memory of the
 * runtime. At most 88 bytes of the buffer are no operand stack; where pointers have 64 bits, 136.
 * instance: Cannot be freed before the environment.
 * buffer: Any alignment.
 * bytes: Size of the buffer.
 * env: Null on failure.
 * Returns WAMR_NANO_BAD_ARGUMENT if less than 64 bytes of operand stack are left.
 */
wamr_nano_error wamr_nano_exec_env_create_in(wamr_nano_instance *instance, void *buffer, uint32_t bytes, wamr_nano_exec_env **env);

/*
 * Gives an environment back; null is allowed. A call that waits for fuel is given up.
 * Returns WAMR_NANO_INSTANCE_IN_USE while a call runs in it.
 */
wamr_nano_error wamr_nano_exec_env_free(wamr_nano_exec_env *env);

/* The instance whose code runs: in a host function, the one that called it. */
wamr_nano_instance *wamr_nano_exec_env_instance(wamr_nano_exec_env *env);

/*
 * Calls an exported function.
 * env: The environment in which it runs.
 * name: Name of the export.
 * slots: Arguments, then results: 32 bits each; an i64 or f64 takes two, the low one first.
 * slot_count: How many slots there are: at least as many as the arguments need, and as the results need.
 * Returns WAMR_NANO_UNKNOWN_EXPORT, WAMR_NANO_ARGUMENT_COUNT_MISMATCH, or the trap. WAMR_NANO_FUEL_EXHAUSTED: see
 * wamr_nano_resume.
 */
wamr_nano_error wamr_nano_call(wamr_nano_exec_env *env, const char *name, uint32_t *slots, uint32_t slot_count);

/*
 * As wamr_nano_call, by a function's index in the environment's instance.
 * Returns WAMR_NANO_UNKNOWN_FUNCTION, WAMR_NANO_ARGUMENT_COUNT_MISMATCH, or the trap.
 */
wamr_nano_error wamr_nano_call_function(wamr_nano_exec_env *env, uint32_t function, uint32_t *slots, uint32_t slot_count);

/*
 * As wamr_nano_call, of the function that a table of the environment's instance holds. A function pointer of an app
 * in C, C++ or Rust is an element of table 0. The app chose it: its type may be another than you expect.
 * Returns WAMR_NANO_UNKNOWN_TABLE, WAMR_NANO_UNDEFINED_ELEMENT beyond the table, WAMR_NANO_UNINITIALIZED_ELEMENT of
 * null, WAMR_NANO_ARGUMENT_COUNT_MISMATCH, or the trap.
 */
wamr_nano_error wamr_nano_call_element(wamr_nano_exec_env *env, uint32_t table, uint32_t element, uint32_t *slots, uint32_t slot_count);

/*
 * Goes on with a call that stopped with WAMR_NANO_FUEL_EXHAUSTED. Set fuel before. The slots need room for the
 * results. Any other call in the environment gives up the one that waits. Native code, and calls from host
 * functions, cannot be resumed.
 * Returns WAMR_NANO_NOT_SUSPENDED if no call waits; WAMR_NANO_ARGUMENT_COUNT_MISMATCH; else as wamr_nano_call.
 */
wamr_nano_error wamr_nano_resume(wamr_nano_exec_env *env, uint32_t *slots, uint32_t slot_count);

/*
 * Runs _initialize, which a WASI reactor exports: an app without _start. Does nothing if the app has none. Call it
 * once, before any other function.
 * Returns the trap.
 */
wamr_nano_error wamr_nano_initialize(wamr_nano_exec_env *env);

/*
 * Runs _start of a WASI program.
 * env: Where it runs.
 * exit_code: 0 unless the program set another one. May be null.
 * Returns oK when the program returned or exited; WAMR_NANO_UNKNOWN_EXPORT, or the trap. After
 * WAMR_NANO_FUEL_EXHAUSTED, wamr_nano_resume ends with WAMR_NANO_PROC_EXIT if the program exits;
 * wamr_nano_runtime_exit_code has its code.
 */
wamr_nano_error wamr_nano_run_program(wamr_nano_exec_env *env, uint32_t *exit_code);

/*
 * Sets how much fuel all calls from now on have together: a call or a turn of a loop costs a unit, or more if its
 * code is long. At first, and after UINT64_MAX, there is no limit.
 */
void wamr_nano_set_fuel(wamr_nano_exec_env *env, uint64_t fuel);

/* Fuel that is left; UINT64_MAX without a limit. In a host function, up to 1,024 units of it may be missing. */
uint64_t wamr_nano_fuel(wamr_nano_exec_env *env);

/*
 * Sets how many nanoseconds from now calls may run, by the platform's clock 1; 0: no limit. Then they end with
 * WAMR_NANO_TIME_EXCEEDED.
 */
void wamr_nano_set_time_limit(wamr_nano_exec_env *env, uint64_t nanoseconds);

/*
 * 1: what runs in the environment ends with WAMR_NANO_TERMINATED, at the latest after 1,024 units of fuel, and so do
 * all calls until you set 0. May be called from another thread, or from an interrupt.
 */
void wamr_nano_terminate(wamr_nano_exec_env *env, uint8_t end);

/* Stores a pointer in the environment, for use by your host functions. */
void wamr_nano_set_user_data(wamr_nano_exec_env *env, void *data);

/* The pointer of wamr_nano_set_user_data, or null. */
void *wamr_nano_user_data(wamr_nano_exec_env *env);

/* The trap that ended the last call, or the exception that a host function set; OK if neither. */
wamr_nano_error wamr_nano_exception(wamr_nano_exec_env *env);

/*
 * Sets an exception: the running host function traps with it, whatever it returns. OK clears it: call this after a
 * trap in a call of the host function's own, to go on.
 */
void wamr_nano_set_exception(wamr_nano_exec_env *env, wamr_nano_error exception);

/*
 * Fills in the innermost frame of the last call, if it trapped. Walk the frames before the next call in the
 * environment.
 * Returns 0 if there is none, else 1.
 */
uint8_t wamr_nano_first_frame(wamr_nano_exec_env *env, wamr_nano_frame *frame);

/*
 * Replaces a frame by its caller's.
 * Returns 0 after the outermost one, else 1.
 */
uint8_t wamr_nano_next_frame(wamr_nano_exec_env *env, wamr_nano_frame *frame);

/* Offset of a frame's instruction in the .wasm file; 0xffffffff if it is not known, as in a bytecode image. */
uint32_t wamr_nano_frame_offset(const wamr_nano_frame *frame);

/* ---- App memory ---- */

/*
 * Takes bytes in the app's memory: from its app heap, 8-aligned, or from the malloc that the app exports, which runs
 * then.
 * env: Where malloc runs. Its instance has the memory.
 * size: Bytes.
 * address: 0 on failure.
 * Returns WAMR_NANO_NO_APP_ALLOCATOR, WAMR_NANO_OUT_OF_MEMORY, WAMR_NANO_HEAP_CORRUPTED, WAMR_NANO_BAD_APP_ADDRESS,
 * or the trap of the app's malloc.
 */
wamr_nano_error wamr_nano_app_malloc(wamr_nano_exec_env *env, uint32_t size, uint32_t *address);

/*
 * Gives back what wamr_nano_app_malloc took; 0 is allowed.
 * Returns WAMR_NANO_BAD_APP_ADDRESS, WAMR_NANO_NO_APP_ALLOCATOR, or the trap of the app's free; of an app heap,
 * WAMR_NANO_DOUBLE_FREE, WAMR_NANO_FOREIGN_POINTER or WAMR_NANO_HEAP_CORRUPTED.
 */
wamr_nano_error wamr_nano_app_free(wamr_nano_exec_env *env, uint32_t address);

/* As wamr_nano_app_malloc, and fills the bytes with a copy of yours, which must not lie in the app's memory. */
wamr_nano_error wamr_nano_app_copy(wamr_nano_exec_env *env, const void *data, uint32_t size, uint32_t *address);

/* Bytes of the instance's memory; 0 if it has none. */
uint32_t wamr_nano_memory_size(wamr_nano_instance *instance);

/*
 * Makes the instance's memory larger by some pages, all zero, as the app could; native pointers into it are no
 * longer valid.
 * Returns WAMR_NANO_UNKNOWN_MEMORY without one; WAMR_NANO_OUT_OF_MEMORY if there is no room, or if the memory cannot
 * grow so far.
 */
wamr_nano_error wamr_nano_memory_grow(wamr_nano_instance *instance, uint32_t pages);

/*
 * A native pointer to bytes of the app. It is valid until the memory may grow: until the app runs, or until
 * wamr_nano_app_malloc, wamr_nano_app_copy, wamr_nano_app_free or wamr_nano_memory_grow is called.
 * Returns null unless all of the bytes lie in the memory.
 */
void *wamr_nano_memory_at(wamr_nano_instance *instance, uint32_t address, uint32_t size);

/*
 * A native pointer to text of the app that ends with a zero byte; valid as long as one from wamr_nano_memory_at.
 * Returns null unless the zero byte lies in the memory.
 */
const char *wamr_nano_memory_text(wamr_nano_instance *instance, uint32_t address);

/*
 * Turns a native pointer into an app address.
 * Returns WAMR_NANO_BAD_APP_ADDRESS if the pointer does not lie in the memory.
 */
wamr_nano_error wamr_nano_memory_address(wamr_nano_instance *instance, const void *pointer, uint32_t *address);

/*
 * Copies bytes out of the app's memory.
 * Returns WAMR_NANO_BAD_APP_ADDRESS if not all of them lie in the memory. Then nothing is copied.
 */
wamr_nano_error wamr_nano_memory_read(wamr_nano_instance *instance, uint32_t address, void *buffer, uint32_t size);

/*
 * Copies bytes into the app's memory.
 * Returns WAMR_NANO_BAD_APP_ADDRESS if not all of them lie in the memory. Then nothing is copied.
 */
wamr_nano_error wamr_nano_memory_write(wamr_nano_instance *instance, uint32_t address, const void *bytes, uint32_t size);

/* ---- Errors ---- */

/* Name of an error, such as "OUT_OF_MEMORY"; docs/ERRORS.md explains each. */
const char *wamr_nano_error_name(wamr_nano_error error);

#ifdef __cplusplus
}
#endif
