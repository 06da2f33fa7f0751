// SPDX-License-Identifier: MIT
// FreeRTOS: the lowest address of the running task's stack. Needs configUSE_TRACE_FACILITY 1 in FreeRTOSConfig.h (in ESP-IDF: "Enable
// FreeRTOS trace facility"), because no other kernel call returns it. Must not be called from an interrupt.
#include <stddef.h>
#include <stdint.h>
#include "FreeRTOS.h"
#include "task.h"

uintptr_t wn_stack_end(void)
{
#if configUSE_TRACE_FACILITY == 1 && portSTACK_GROWTH < 0
    TaskStatus_t status;
    // Neither the high-water mark nor the state is wanted: finding them takes long.
    vTaskGetInfo(NULL, &status, pdFALSE, eRunning);
    return (uintptr_t)status.pxStackBase;
#else
    return 0;
#endif
}
