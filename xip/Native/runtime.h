// SPDX-License-Identifier: MIT
// How code is entered, how it traps, and how it asks the runtime for something. Only frames of compiled code are ever jumped over: a service
// returns its trap, and the code that asked raises it.
typedef u32 (*Service)(Env *, u32, u32, u32 *);
typedef void (*Stub)(E, const u8 *, u32 *);

// A place in the code, by its offset. It is found from where the processor is, or, where no instruction tells that, from the environment.
#if defined(__xtensa__)
#define CODE(type, offset) ((type)(uptr)(ENV(e)->Code + (offset)))
#else
extern __attribute__((visibility("hidden"))) const u8 xip_code[];
#define CODE(type, offset) ((type)(uptr)(xip_code + (offset)))
#endif

// A reserved register counts back edges and calls until the next poll. It belongs to the caller, and its value goes to the environment during a
// service of the runtime.
#if XIP_FUEL_REGISTER
#define BUDGET_IN() (budget = ENV(e)->Budget)
#define BUDGET_OUT() (ENV(e)->Budget = budget)
#define BUDGET_SAVE() uptr outer = budget_register
#define BUDGET_RESTORE() (budget_register = outer)
#else
#define BUDGET_IN()
#define BUDGET_OUT()
#define BUDGET_SAVE()
#define BUDGET_RESTORE()
#endif

// xip_enter calls a function through the stub of its type and returns the trap, or 0. trap ends the innermost of its calls.
#if defined(__xtensa__)
// The compiler's own jump wants the address of a label, which no instruction of this machine computes. A trap leaves by the end of the
// function it came in by: the stack pointer leads to all it needs.
u32 xip_enter(E e, u32 stub, u32 function, u32 *slots);
__attribute__((noreturn)) void trap_jump(void *jump, u32 error);
#if XIP_MAIN
__attribute__((noinline, used)) u32 enter_here(E e, u32 stub, u32 function, u32 *slots, void *stack)
{
    ENV(e)->Jump2 = stack;
    BUDGET_IN();
    CODE(Stub, stub)(e, ENV(e)->Code + function, slots);
    BUDGET_OUT();
    return 0;
}
__asm__(
    ".text\n"
    ".align 4\n.global xip_enter\n.type xip_enter, @function\n"
    "xip_enter:\n"
    "  addi a1, a1, -32\n  s32i a0, a1, 0\n  s32i a12, a1, 4\n  s32i a13, a1, 8\n  s32i a14, a1, 12\n  s32i a15, a1, 16\n"
    "  mov a6, a1\n  call0 enter_here\n"
    "leave:\n"
    "  l32i a0, a1, 0\n  l32i a12, a1, 4\n  l32i a13, a1, 8\n  l32i a14, a1, 12\n  l32i a15, a1, 16\n  addi a1, a1, 32\n  ret\n"
    ".size xip_enter, . - xip_enter\n"
    ".align 4\n.global trap_jump\n.type trap_jump, @function\n"
    "trap_jump:\n  l32i a1, a2, 0\n  mov a2, a3\n  j leave\n"
    ".size trap_jump, . - trap_jump\n");
#endif
#define LEAVE(error) trap_jump(&ENV(e)->Jump2, error)
#else
#define LEAVE(error) __builtin_longjmp(&ENV(e)->Jump0, 1)
#endif

// The runtime gets to see the stack as it is: a place in the code, and the stack pointer there.
#define TRAP_AT(error, place, stack) do { \
    ENV(e)->Value = error; \
    BUDGET_OUT(); \
    ((Service)ENV(e)->Service)(ENV(e), XIP_TRAPPED, place, stack); \
    LEAVE(error); } while (0)

HELPER __attribute__((noreturn, noinline, cold)) void trap(E e, u32 error)
{
    TRAP_AT(error, (u32)((uptr)__builtin_return_address(0) - (uptr)ENV(e)->Code), __builtin_dwarf_cfa());
}

// Raises a trap of a function of the module: 16 times its index, and which. Calls of two functions are never alike, so none is taken for the other.
HELPER __attribute__((noreturn, noinline, noclone, cold)) void raise(E e, u32 what) { trap(e, XIP_TRAPS + what % 16); }

#if !defined(__xtensa__)
#if XIP_MAIN
#if XIP_GUARDED
// Where the host's handler has the code go on that ran into a guard page. It finds the place in the word that the compiler's jump leaves free.
static __attribute__((noreturn, noinline, used)) void fault(E e, u32 place, void *stack) { TRAP_AT(XIP_OUT_OF_BOUNDS, place | XIP_FAULTED, stack); }
#define FAULT_IN() (ENV(e)->Jump4 = (void *)fault)
#else
#define FAULT_IN()
#endif

__attribute__((noinline, used)) u32 xip_enter(E e, u32 stub, u32 function, u32 *slots)
{
    BUDGET_SAVE();
    u32 error = 0;
    if (__builtin_setjmp(&ENV(e)->Jump0)) error = ENV(e)->Value;
    else
    {
        FAULT_IN();
        BUDGET_IN();
        CODE(Stub, stub)(e, ENV(e)->Code + function, slots);
        BUDGET_OUT();
    }
    BUDGET_RESTORE();
    return error;
}
#endif
#endif

HELPER __attribute__((noinline)) void service(E e, u32 which, u32 operand, u32 *slots)
{
    BUDGET_OUT();
    u32 error = ((Service)ENV(e)->Service)(ENV(e), which, operand, slots);
    BUDGET_IN();
    if (UNLIKELY(error)) trap(e, error);
}

// An import of at most three numbers that is bound to no host function the code may call itself. Which one is in the environment.
HELPER __attribute__((noinline, cold)) u32 slow_import(E e, u32 a, u32 b, u32 c)
{
    u32 s[3] = { a, b, c };
    service(e, XIP_CALL_IMPORT, ENV(e)->Value, s);
    return s[0];
}

#if XIP_FUEL
HELPER __attribute__((noinline, cold)) void poll(E e) { service(e, XIP_POLL, 0, 0); }
#define POLL(name) HELPER void name(E e) __attribute__((alias("poll")));
#if !XIP_FUEL_REGISTER
#define spent(units) ((ENV(e)->Budget -= (s32)(units)) < 0)
// Compilers compare a register they may not move with 0 once more: the flags of the subtraction say it already.
#elif defined(__thumb2__)
INLINE int spent(const u32 units) { int negative; __asm__ volatile("subs r9, r9, %1" : "=@ccmi"(negative) : "I"(units)); return negative; }
#elif defined(__x86_64__)
INLINE int spent(const u32 units) { int negative; __asm__ volatile("subl %1, %%r15d" : "=@ccs"(negative) : "i"(units)); return negative; }
#else
INLINE int spent(const u32 units) { return (budget -= (s32)units) < 0; }
#endif
#define FUEL(units, poll) do { if (UNLIKELY(spent(units))) poll(e); } while (0)
#define SPEND(units) ((void)spent(units))
#else
#define FUEL(units, poll)
#define SPEND(units)
#define POLL(name)
#endif

#if XIP_STACK_CHECKS
#if defined(__thumb2__)
INLINE int is_low(uptr limit) { int low; __asm__ volatile("cmp sp, %1" : "=@cccc"(low) : "r"(limit)); return low; }
#else
#if defined(__x86_64__)
register uptr stack_pointer __asm__("rsp");
#elif defined(__xtensa__)
register uptr stack_pointer __asm__("a1");
#else
register uptr stack_pointer __asm__("sp");
#endif
#define is_low(limit) (stack_pointer < (limit))
#endif
#define STACK_CHECK() do { if (UNLIKELY(is_low(ENV(e)->StackLimit))) goto trap_5011; } while (0)
#else
#define STACK_CHECK()
#endif

// Slots hold an i64 or f64 low word first, at the alignment of a word.
#define SLOT_I32(s) (*(s))
#define SLOT_I64(s) (((const REACH cell64 *)(s))->v)
#define SLOT_F32(s) float32(*(s))
#define SLOT_F64(s) float64(SLOT_I64(s))
#define SET_I32(s, x) (*(s) = (x))
#define SET_I64(s, x) (((REACH cell64 *)(s))->v = (x))
#define SET_F32(s, x) (*(s) = bits32(x))
#define SET_F64(s, x) SET_I64(s, bits64(x))
