// SPDX-License-Identifier: MIT
// Zephyr: lowest address of the running thread's stack. Needs CONFIG_THREAD_STACK_INFO=y in prj.conf. What a guard of the memory protection
// unit takes (CONFIG_HW_STACK_PROTECTION) lies below it already.
#include <stdint.h>
#include <zephyr/kernel.h>

uintptr_t wn_stack_end(void)
{
#if defined(CONFIG_THREAD_STACK_INFO)
    return (uintptr_t)k_current_get()->stack_info.start;
#else
    return 0;
#endif
}
