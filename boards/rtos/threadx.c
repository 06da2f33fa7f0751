// SPDX-License-Identifier: MIT
// ThreadX: lowest address of the running thread's stack. Needs no option; outside of a thread (before the kernel runs) nothing is known.
#include <stdint.h>
#include "tx_api.h"

uintptr_t wn_stack_end(void)
{
    TX_THREAD *thread = tx_thread_identify();
    return thread == TX_NULL ? 0 : (uintptr_t)thread->tx_thread_stack_start;
}
