// SPDX-License-Identifier: MIT
// Wamr.Nano, a WebAssembly micro runtime: the C API. docs/EMBEDDING.md shows how it is used.
// Generated from Wamr.Nano/Embedding; HeaderTests compares both.
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
 * Result of every operation of the core. The number is what users see (WN1003); the thousands name the phase: 1
 * binary format, 2 memory, 3 validation, 4 linking, 5 traps, 6 host, 7 images, 8 flash (85xx) and tools. Numbers are
 * never reused.
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

/* How a host function wants its arguments. */
typedef uint8_t wamr_nano_host_form;
enum {
    /*
     * The interpreter's own slots: 32 bits each, an i64 or f64 takes two, the low one first. Results are written
     * from slot 0. Costs no marshalling.
     */
    WAMR_NANO_HOST_FORM_SLOTS = 0,
    /*
     * One 64-bit cell a parameter, after the checks of the signature string: an app address that was checked arrives
     * as a native pointer. The result, if any, is written to cell 0.
     */
    WAMR_NANO_HOST_FORM_CELLS = 1,
    /*
     * As WAMR_NANO_HOST_FORM_SLOTS, and one row serves many functions: in place of the row's user data the function
     * gets its number, which find gave when linking; its type was checked then. For libraries that would rather
     * spend a switch than a row of RAM a function.
     */
    WAMR_NANO_HOST_FORM_FAMILY = 2,
    /*
     * A function of C (in C#: [UnmanagedCallersOnly]) that gets the environment and the arguments as they are, all
     * in registers: at most max_direct_params, each an i32, with one i32 or nothing as result; letter i alone in the
     * signature. It returns 64 bits: the result, and in the upper half the trap to raise, or 0 (trap). Native code
     * calls it without the runtime's knowledge: so it must not call into wasm, nor into what grows a memory or moves
     * it; the fuel it sees may be that of the last poll; an exception that is set in the environment is not looked
     * at.
     */
    WAMR_NANO_HOST_FORM_DIRECT = 3,
};

/*
 * A host function. function returns WAMR_NANO_OK or the trap to raise; it may call back into wasm with the same
 * environment, unless its form forbids. Rows belong to the embedder, are read in place (flash will do) and must
 * outlive every instance bound to them.
 */
typedef struct wamr_nano_host_function {
    /* Field name, UTF-8, zero-terminated. */
    const char *name;
    /*
     * The function: environment, slots or cells as form says, user data of the row. One of another type, cast to
     * this one, where the form is WAMR_NANO_HOST_FORM_DIRECT.
     */
    wamr_nano_error (*function)(wamr_nano_exec_env *, void *, void *);
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

/* A piece of RAM for the pool. */
typedef struct wamr_nano_region {
    /* Any alignment. Belongs to the runtime until wamr_nano_runtime_destroy. */
    uint8_t *start;
    uint32_t bytes;
} wamr_nano_region;

/*
 * Functions of the embedder. The struct must outlive the allocator that was given it; the core only reads it. Each
 * function gets data first. A pool without a lock needs no hooks at all.
 */
typedef struct wamr_nano_allocator {
    /* Gives (data, size) bytes, 8-aligned, or null. Not used by a pool. */
    void *(*allocate)(void *, uint32_t);
    /*
     * Makes (data, block, size) larger or smaller, moving it if need be, or gives null and leaves it alone. Not used
     * by a pool.
     */
    void *(*reallocate)(void *, void *, uint32_t);
    /* Takes back (data, block). Not used by a pool. */
    void (*release)(void *, void *);
    /*
     * Called before each operation, so that several threads may share the allocator; null for none. Need not be
     * recursive.
     */
    void (*lock)(void *);
    /* Called after each operation; set if and only if lock is. */
    void (*unlock)(void *);
    /* The embedder's own, handed to each function. */
    void *data;
} wamr_nano_allocator;

/* Platform hooks. A null optional hook has the stated default. Each gets context first. */
typedef struct wamr_nano_platform {
    void *context;
    /*
     * Writes bytes to the console stream (1 output, 2 error); bytes written, 0 where it failed. Optional: output is
     * dropped.
     */
    uint32_t (*write)(void *, uint32_t, uint8_t *, uint32_t);
    /* Bytes that write sends in a few milliseconds: an app's text goes out in such pieces; 0: 64, for a serial line. */
    uint32_t write_piece;
    /* Reads console input into the buffer: bytes read, 0 at the end. Optional: always at the end. */
    uint32_t (*read)(void *, uint8_t *, uint32_t);
    /* Nanoseconds of a clock: 0 wall clock since 1970, 1 monotonic. Optional: 0. */
    uint64_t (*clock)(void *, uint32_t);
    /* Nanoseconds between two readings of clock that can differ; 0 counts as 1. */
    uint32_t clock_resolution;
    /* Fills the buffer with random bytes; 0 where there is no source. Optional: WASI answers ENOSYS. */
    uint8_t (*random)(void *, uint8_t *, uint32_t);
    /* Waits that many nanoseconds. Optional: returns at once. */
    void (*sleep)(void *, uint64_t);
    /* Value of a sensor channel in milli-units, for SensorModule. Optional: 0. */
    int32_t (*read_sensor)(void *, uint32_t);
    /* Lowest address the running task's native stack may reach, guard included; 0 unknown. Optional: no check. */
    uintptr_t (*stack_boundary)(void *);
    /*
     * Memory for an image with ImageHeader.GuardPages, a multiple of 64 KiB, of an instance whose module is known by
     * now: makes one of so many bytes, zeroed and with room for Memories.BytesBefore below (no memory given), or
     * makes one larger where it lies, or frees it (0 bytes). Null where that failed, and of a freed one. Optional:
     * such images are refused.
     */
    uint8_t *(*guarded_memory)(void *, void *, uint8_t *, uint32_t);
} wamr_nano_platform;

/* What a runtime is made of. All zero but the memory is a good choice. */
typedef struct wamr_nano_runtime_options {
    /* The pool: region_count pieces of RAM, asked in this order. Null if memory comes from allocator. */
    const wamr_nano_region *regions;
    uint32_t region_count;
    /*
     * Your own heap, a lock, or null. With its allocate function set, all memory comes from there, and no regions
     * are used.
     */
    const wamr_nano_allocator *allocator;
    /* Console, clock, random numbers, the limit of the native stack; copied. Null: a platform that has none of them. */
    const wamr_nano_platform *platform;
    /* 1: guard bytes around each block. wamr_nano_runtime_check_memory and each free look at them. */
    uint8_t red_zones;
    /* 1: memories keep the pages they declare, and are not cut off at __heap_base. */
    uint8_t whole_pages;
    /* 1: C's stack pointer may leave its stack. */
    uint8_t no_c_stack_check;
} wamr_nano_runtime_options;

/* Bytes in use now, and the most there ever were. */
typedef struct wamr_nano_memory_use {
    uint32_t used;
    uint32_t high_water;
} wamr_nano_memory_use;

/*
 * State of an allocator, bytes. A block counts with its header, padding and red zones; what a region needs to manage
 * itself counts as runtime. So the four categories add up to used, and Total - Used is what is free.
 */
typedef struct wamr_nano_statistics {
    /* All regions together, as they were handed in; 0 where the embedder's heap is used, whose size is not known. */
    uint32_t total;
    uint32_t used;
    uint32_t high_water;
    /* The largest size that alloc can grant now; 0 where the embedder's heap is used. */
    uint32_t largest_free;
    wamr_nano_memory_use runtime;
    wamr_nano_memory_use module;
    wamr_nano_memory_use instance;
    wamr_nano_memory_use exec_env;
} wamr_nano_statistics;

/* Details of the last error of a runtime. A later error overwrites an earlier one; success leaves it alone. */
typedef struct wamr_nano_error_info {
    /* The failure, or WAMR_NANO_OK. */
    wamr_nano_error code;
    /* Byte offset in the module of the item at fault; unknown where there is none. */
    uint32_t offset;
    /* Index of the item at fault in its index space (function, type, import ...); unknown where there is none. */
    uint32_t index;
    /* Bytes asked for, of an allocation that failed; the value at fault otherwise. */
    uint32_t asked;
    /* Free bytes in all regions when the allocation failed; the limit that was broken otherwise. */
    uint32_t free;
    /* Largest block the allocator could have given, bytes. */
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

/* An import or an export, and where a walk over them is. Zero it before the first step. */
typedef struct wamr_nano_item {
    /* Where the walk goes on; leave it alone. */
    void *position;
    /* Of an import: the name of the module it comes from, module_length bytes of UTF-8 that end with no zero. */
    const char *module_name;
    /* The item's name, name_length bytes of UTF-8 that end with no zero. */
    const char *name;
    uint32_t module_length;
    uint32_t name_length;
    /* Number of the import or export; counted from 0. */
    uint32_t number;
    /* Index in the index space of its kind. */
    uint32_t index;
    wamr_nano_kind kind;
} wamr_nano_item;

/*
 * Parameters and results of a function. A type is its byte in the binary format: 0x7f i32, 0x7e i64, 0x7d f32, 0x7c
 * f64, 0x70 funcref, 0x6f externref.
 */
typedef struct wamr_nano_function_type {
    const uint8_t *params;
    const uint8_t *results;
    uint32_t param_count;
    uint32_t result_count;
    /* 32-bit slots of all parameters, and of all results: an i64 or f64 takes two. */
    uint32_t param_slots;
    uint32_t result_slots;
} wamr_nano_function_type;

/* An import that wants an answer. Names are UTF-8 in the module's bytes, not zero-terminated. */
typedef struct wamr_nano_import {
    wamr_nano_module *module;
    const char *module_name;
    uint32_t module_length;
    const char *name;
    uint32_t name_length;
    /* Index in the index space of kind: leads to the type in module. */
    uint32_t index;
    wamr_nano_kind kind;
} wamr_nano_import;

/* What an import is bound to: an item of another instance, or a host function. */
typedef struct wamr_nano_extern {
    /* Instance of the same runtime, or null for a host function. */
    wamr_nano_instance *instance;
    /* Index in the instance's index space of kind; number in a family of host functions. */
    uint32_t index;
    /* Host function; must outlive the importing instance. */
    const wamr_nano_host_function *host;
    wamr_nano_kind kind;
} wamr_nano_extern;

/*
 * Strings are UTF-8 and zero-terminated. All of it is the embedder's, and is not looked at any more once it freed
 * the instance; flash will do.
 */
typedef struct wamr_nano_program_arguments {
    /* The program's name first. */
    const char *const *args;
    /* Each of the form NAME=value. */
    const char *const *environ;
    uint32_t arg_count;
    uint32_t environ_count;
    /* What each stream leads to: a wamr_nano_stream_kind in the bits 2n and 2n + 1 of stream n. 0: terminals. */
    uint32_t stream_kinds;
} wamr_nano_program_arguments;

/* Arguments of wamr_nano_instance_create; all zero is a good choice. */
typedef struct wamr_nano_instance_options {
    /*
     * Operand stack of each execution environment of the instance, bytes; 0: default_stack_bytes, and where the code
     * is native, and none of its tables may change, as much as those have that it imports from.
     */
    uint32_t stack_bytes;
    /*
     * App heap for wamr_nano_app_memory, bytes; 0: none. Ignored where the module has no memory of its own or
     * exports an allocator.
     */
    uint32_t heap_bytes;
    /* Pages the instance's own memory may grow to; 0: what the module says. */
    uint32_t max_pages;
    /*
     * Set: a function import nobody answers is left unbound and traps when it is called, instead of failing the
     * instantiation.
     */
    uint8_t allow_unlinked;
    /* Set: the start function gets fuel units of fuel. */
    uint8_t fuel_limited;
    uint64_t fuel;
    /* Nanoseconds the start function has, by the platform's clock; 0: all there are. */
    uint64_t time_limit;
    /*
     * Shown the environment in which the start function trapped, before it is freed: its call stack can still be
     * read. Not called where an active segment trapped: no code ran.
     */
    void (*start_trapped)(wamr_nano_exec_env *, void *);
    void *start_context;
    /*
     * Answers an import: fills in the wamr_nano_extern. Where it answers WAMR_NANO_UNKNOWN_IMPORT or leaves the
     * Extern empty, and without it, the registered host functions are searched. Any other error ends the
     * instantiation.
     */
    wamr_nano_error (*resolver)(void *, wamr_nano_import *, wamr_nano_extern *);
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
     * In the validator alone: a value of any type, below an unconditional branch (spec appendix "Validation
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
    /* Unit of the function's register code; of an outer frame, inside its call. */
    uint32_t position;
    /* How many frames are further in. */
    uint32_t number;
    /* Where the walk goes on. */
    const void *pc;
    uint32_t *fp;
} wamr_nano_frame;

/* ---- Runtime ---- */

/*
 * Makes a runtime. It lies at the start of the first region, or in a block of your heap. Several runtimes can live
 * side by side. One thread uses a runtime at a time; only wamr_nano_terminate may come from another one.
 * Returns WAMR_NANO_POOL_TOO_SMALL, WAMR_NANO_BAD_ARGUMENT without any memory, WAMR_NANO_OUT_OF_MEMORY if your heap
 * gives none.
 */
wamr_nano_error wamr_nano_runtime_create(const wamr_nano_runtime_options *options, wamr_nano_runtime **runtime);

/*
 * Frees all instances and environments of a runtime. Unload the modules first. Afterwards, the regions are yours
 * again.
 */
void wamr_nano_runtime_destroy(wamr_nano_runtime *runtime);

/*
 * Adds a region to the pool of a runtime. No block spans two regions.
 * Returns WAMR_NANO_POOL_TOO_SMALL; WAMR_NANO_BAD_ARGUMENT if memory comes from your heap.
 */
wamr_nano_error wamr_nano_runtime_add_region(wamr_nano_runtime *runtime, void *start, uint32_t bytes);

/* Tells how much memory is used, the most that ever was, and by what. */
void wamr_nano_runtime_statistics(wamr_nano_runtime *runtime, wamr_nano_statistics *statistics);

/*
 * Walks the whole pool and looks for damage.
 * Returns WAMR_NANO_HEAP_CORRUPTED where a block or a guard byte was overwritten.
 */
wamr_nano_error wamr_nano_runtime_check_memory(wamr_nano_runtime *runtime);

/* Details of the last failure that was not a trap: offset in the module, index, sizes. Valid until the next failure. */
const wamr_nano_error_info *wamr_nano_runtime_error(wamr_nano_runtime *runtime);

/*
 * Sets a function that is called at least every 1,024 units of fuel, and while a host function sleeps or prints. It
 * may call wamr_nano_terminate, and must not run an app. Null: none.
 */
void wamr_nano_runtime_set_watch(wamr_nano_runtime *runtime, void (*watch)(wamr_nano_exec_env *));

/*
 * Takes a block of the runtime's memory for the host, 8-aligned, with any contents.
 * Returns null if there is no room; wamr_nano_runtime_error has the numbers.
 */
void *wamr_nano_allocate(wamr_nano_runtime *runtime, uint32_t bytes);

/* As wamr_nano_allocate, at a multiple of a power of two. */
void *wamr_nano_allocate_aligned(wamr_nano_runtime *runtime, uint32_t bytes, uint32_t alignment);

/*
 * Makes a block larger or smaller; it may move.
 * Returns null if there is no room: the block stays as it was.
 */
void *wamr_nano_reallocate(wamr_nano_runtime *runtime, void *block, uint32_t bytes);

/*
 * Gives a block back; null is allowed.
 * Returns WAMR_NANO_DOUBLE_FREE, WAMR_NANO_FOREIGN_POINTER or WAMR_NANO_BAD_ALIGNMENT of a pointer that is no block.
 */
wamr_nano_error wamr_nano_free(wamr_nano_runtime *runtime, void *block);

/* ---- Host function ---- */

/*
 * Offers host functions to modules instantiated from now on. The rows and names are yours, may lie in flash, and
 * must outlive the instances that use them. A later registration of a name comes before an earlier one.
 * Returns WAMR_NANO_OUT_OF_MEMORY.
 */
wamr_nano_error wamr_nano_register_functions(wamr_nano_runtime *runtime, const char *module_name, const wamr_nano_host_function *rows, uint32_t count);

/*
 * Withdraws the newest registration of these rows. Instances that use them keep them.
 * Returns WAMR_NANO_UNKNOWN_IMPORT if they are not registered.
 */
wamr_nano_error wamr_nano_unregister_functions(wamr_nano_runtime *runtime, const wamr_nano_host_function *rows);

/*
 * Offers the host modules of the library's profile: sensor and console, and with profile full, WASI preview 1.
 * Returns WAMR_NANO_OUT_OF_MEMORY.
 */
wamr_nano_error wamr_nano_register_host_modules(wamr_nano_runtime *runtime);

/* ---- Module ---- */

/*
 * Loads a .wasm file or an image, whichever the library's profile takes. The bytes are never written. They may lie
 * in flash, must be 4-aligned if they are an image, and must outlive the module.
 * Returns what is wrong; wamr_nano_runtime_error has offset and index. Nothing stays allocated.
 */
wamr_nano_error wamr_nano_module_load(wamr_nano_runtime *runtime, const void *bytes, uint32_t size, wamr_nano_module **module);

/*
 * Gives a module back.
 * Returns WAMR_NANO_MODULE_IN_USE while it has instances.
 */
wamr_nano_error wamr_nano_module_unload(wamr_nano_module *module);

/*
 * Steps to the next import. Zero the item before the first step.
 * Returns 0 after the last one, else 1.
 */
uint8_t wamr_nano_module_next_import(wamr_nano_module *module, wamr_nano_item *item);

/*
 * Steps to the next export. Zero the item before the first step.
 * Returns 0 after the last one, else 1.
 */
uint8_t wamr_nano_module_next_export(wamr_nano_module *module, wamr_nano_item *item);

/*
 * Describes a function, imported or defined.
 * Returns WAMR_NANO_UNKNOWN_FUNCTION of an index beyond the last one.
 */
wamr_nano_error wamr_nano_module_function_type(wamr_nano_module *module, uint32_t function, wamr_nano_function_type *type);

/* ---- Instance ---- */

/*
 * Instantiates a module: binds its imports, makes memory, tables and globals, copies the segments, runs the start
 * function. Without options, all of them are zero.
 * Returns what is wrong, or the trap of the start function; wamr_nano_runtime_error has details.
 */
wamr_nano_error wamr_nano_instance_create(wamr_nano_module *module, const wamr_nano_instance_options *options, wamr_nano_instance **instance);

/*
 * Gives an instance up. Its memory goes when the last instance that uses something of it does.
 * Returns WAMR_NANO_INSTANCE_IN_USE while it has environments.
 */
wamr_nano_error wamr_nano_instance_free(wamr_nano_instance *instance);

/* The module an instance was made from. */
wamr_nano_module *wamr_nano_instance_module(wamr_nano_instance *instance);

/* The runtime an instance lives in. */
wamr_nano_runtime *wamr_nano_instance_runtime(wamr_nano_instance *instance);

/* What the options of the instance had as user data. */
void *wamr_nano_instance_user_data(wamr_nano_instance *instance);

/*
 * Finds an export, as the resolver of another instantiation answers with it.
 * Returns WAMR_NANO_UNKNOWN_EXPORT.
 */
wamr_nano_error wamr_nano_instance_export(wamr_nano_instance *instance, const char *name, wamr_nano_extern *item);

/*
 * Finds an exported function. Look it up once, and call it by its index.
 * Returns WAMR_NANO_UNKNOWN_EXPORT.
 */
wamr_nano_error wamr_nano_instance_find_function(wamr_nano_instance *instance, const char *name, uint32_t *function);

/*
 * Reads an exported global: the bits of its value, and its type.
 * Returns WAMR_NANO_UNKNOWN_EXPORT.
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
 * stack_bytes: Size of the operand stack; 0: what the instance's options say.
 * env: Null on failure.
 * Returns WAMR_NANO_OUT_OF_MEMORY; WAMR_NANO_BAD_ARGUMENT below 64 bytes of stack.
 */
wamr_nano_error wamr_nano_exec_env_create(wamr_nano_instance *instance, uint32_t stack_bytes, wamr_nano_exec_env **env);

/*
 * As wamr_nano_exec_env_create, in a buffer of yours, which must outlive the environment. Takes no memory of the
 * runtime.
 * Returns WAMR_NANO_BAD_ARGUMENT of a buffer that is too small.
 */
wamr_nano_error wamr_nano_exec_env_create_in(wamr_nano_instance *instance, void *buffer, uint32_t bytes, wamr_nano_exec_env **env);

/*
 * Ends an environment. A call that waits for fuel is given up.
 * Returns WAMR_NANO_INSTANCE_IN_USE inside a call.
 */
wamr_nano_error wamr_nano_exec_env_free(wamr_nano_exec_env *env);

/* The instance whose code runs: in a host function, the one that called it. */
wamr_nano_instance *wamr_nano_exec_env_instance(wamr_nano_exec_env *env);

/*
 * Calls an exported function.
 * env: Where it runs.
 * name: Name of the export.
 * slots: Arguments, then results: 32 bits each; an i64 or f64 takes two, the low one first.
 * slot_count: Slots there are: enough for the arguments, and for the results.
 * Returns WAMR_NANO_UNKNOWN_EXPORT, WAMR_NANO_ARGUMENT_COUNT_MISMATCH, or the trap. WAMR_NANO_FUEL_EXHAUSTED: see
 * wamr_nano_resume.
 */
wamr_nano_error wamr_nano_call(wamr_nano_exec_env *env, const char *name, uint32_t *slots, uint32_t slot_count);

/*
 * As wamr_nano_call, of a function's index in the environment's instance.
 * Returns WAMR_NANO_UNKNOWN_FUNCTION, WAMR_NANO_ARGUMENT_COUNT_MISMATCH, or the trap.
 */
wamr_nano_error wamr_nano_call_function(wamr_nano_exec_env *env, uint32_t function, uint32_t *slots, uint32_t slot_count);

/*
 * Goes on with a call that stopped with WAMR_NANO_FUEL_EXHAUSTED. Give it fuel before. The slots need room for the
 * results.
 * Returns WAMR_NANO_NOT_SUSPENDED if none waits; WAMR_NANO_ARGUMENT_COUNT_MISMATCH; else as wamr_nano_call.
 */
wamr_nano_error wamr_nano_resume(wamr_nano_exec_env *env, uint32_t *slots, uint32_t slot_count);

/* Runs _initialize of a library (a WASI reactor), where there is one. Call it once, before any other function. */
wamr_nano_error wamr_nano_initialize(wamr_nano_exec_env *env);

/* Runs _start of a WASI program. A program that exits is no failure: its exit code is set. */
wamr_nano_error wamr_nano_run_program(wamr_nano_exec_env *env, uint32_t *exit_code);

/* Gives the next calls so much fuel together: a call or a turn of a loop costs a unit, or more if its code is long. */
void wamr_nano_set_fuel(wamr_nano_exec_env *env, uint64_t fuel);

/* Fuel that is left. */
uint64_t wamr_nano_fuel(wamr_nano_exec_env *env);

/*
 * Gives what runs from now on so many nanoseconds together, by the platform's clock; 0: no limit. The end is
 * WAMR_NANO_TIME_EXCEEDED.
 */
void wamr_nano_set_time_limit(wamr_nano_exec_env *env, uint64_t nanoseconds);

/*
 * 1: ends what runs in the environment, at its next look, with WAMR_NANO_TERMINATED; calls end at once until you set
 * 0. May be called from another thread, or from an interrupt.
 */
void wamr_nano_terminate(wamr_nano_exec_env *env, uint8_t end);

/* Keeps a pointer of yours with the environment, for host functions. */
void wamr_nano_set_user_data(wamr_nano_exec_env *env, void *data);

/* What wamr_nano_set_user_data set, or null. */
void *wamr_nano_user_data(wamr_nano_exec_env *env);

/* The trap that ended the last call, or what a host function set. */
wamr_nano_error wamr_nano_exception(wamr_nano_exec_env *env);

/* Sets the exception: the running host function traps with it. 0 clears the trap of a call back that was dealt with. */
void wamr_nano_set_exception(wamr_nano_exec_env *env, wamr_nano_error exception);

/*
 * The innermost frame of the last call, if that trapped.
 * Returns 0 if there is none, else 1.
 */
uint8_t wamr_nano_first_frame(wamr_nano_exec_env *env, wamr_nano_frame *frame);

/*
 * The caller of a frame.
 * Returns 0 after the outermost one, else 1.
 */
uint8_t wamr_nano_next_frame(wamr_nano_exec_env *env, wamr_nano_frame *frame);

/* Offset of a frame's instruction in the .wasm file; 0xffffffff where it is not known. */
uint32_t wamr_nano_frame_offset(const wamr_nano_frame *frame);

/* ---- App memory ---- */

/*
 * Takes bytes in the app's memory, 8-aligned: from its app heap, or from the malloc that it exports.
 * Returns WAMR_NANO_NO_APP_ALLOCATOR, WAMR_NANO_OUT_OF_MEMORY, WAMR_NANO_HEAP_CORRUPTED, WAMR_NANO_BAD_APP_ADDRESS,
 * or the trap of the app's malloc.
 */
wamr_nano_error wamr_nano_app_malloc(wamr_nano_exec_env *env, uint32_t size, uint32_t *address);

/* Gives back what wamr_nano_app_malloc took; 0 is allowed. */
wamr_nano_error wamr_nano_app_free(wamr_nano_exec_env *env, uint32_t address);

/* As wamr_nano_app_malloc, filled with a copy of bytes that lie outside the app's memory. */
wamr_nano_error wamr_nano_app_copy(wamr_nano_exec_env *env, const void *data, uint32_t size, uint32_t *address);

/* Bytes of the linear memory; 0 without one. */
uint32_t wamr_nano_memory_size(wamr_nano_instance *instance);

/*
 * The native pointer to bytes of the app. It is valid until the memory may grow: until the app runs, or
 * wamr_nano_app_malloc is called.
 * Returns null unless all of the bytes lie in the memory.
 */
void *wamr_nano_memory_at(wamr_nano_instance *instance, uint32_t address, uint32_t size);

/*
 * The native pointer to text of the app that ends with a zero byte; valid as of wamr_nano_memory_at.
 * Returns null unless the zero byte lies in the memory.
 */
const char *wamr_nano_memory_text(wamr_nano_instance *instance, uint32_t address);

/*
 * The app address of a native pointer.
 * Returns WAMR_NANO_BAD_APP_ADDRESS of a pointer outside the memory.
 */
wamr_nano_error wamr_nano_memory_address(wamr_nano_instance *instance, void *pointer, uint32_t *address);

/*
 * Copies bytes out of the app's memory.
 * Returns WAMR_NANO_BAD_APP_ADDRESS unless all of them lie in the memory: then nothing was copied.
 */
wamr_nano_error wamr_nano_memory_read(wamr_nano_instance *instance, uint32_t address, void *buffer, uint32_t size);

/*
 * Copies bytes into the app's memory.
 * Returns WAMR_NANO_BAD_APP_ADDRESS unless all of them lie in the memory: then nothing was copied.
 */
wamr_nano_error wamr_nano_memory_write(wamr_nano_instance *instance, uint32_t address, const void *bytes, uint32_t size);

/* ---- Errors ---- */

/* Name of an error, such as "OUT_OF_MEMORY"; docs/ERRORS.md explains each. */
const char *wamr_nano_error_name(wamr_nano_error error);

#ifdef __cplusplus
}
#endif
