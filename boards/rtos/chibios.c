// SPDX-License-Identifier: MIT
// ChibiOS/RT: lowest address of the running thread's stack. Needs CH_CFG_USE_DYNAMIC TRUE or CH_DBG_ENABLE_STACK_CHECK TRUE in chconf.h, for a
// thread does not know its working area otherwise. With PORT_ENABLE_GUARD_PAGES the lowest 32 bytes are the guard.
#include <stdint.h>
#include "ch.h"

uintptr_t wn_stack_end(void)
{
#if CH_CFG_USE_DYNAMIC == TRUE || CH_DBG_ENABLE_STACK_CHECK == TRUE
    uintptr_t end = (uintptr_t)chThdGetSelfX()->wabase;
#if defined(PORT_ENABLE_GUARD_PAGES) && PORT_ENABLE_GUARD_PAGES == TRUE
    if (end != 0) end += PORT_GUARD_PAGE_SIZE;
#endif
    return end;
#else
    return 0;
#endif
}
