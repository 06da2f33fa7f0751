// SPDX-License-Identifier: MIT
// What the linker knows, as functions that C# can call.
#include "plan.h"

extern uint8_t wn_pool_start[], wn_pool_end[], wn_stack_start[];
extern const struct wn_plan wn_app_plan;

const void *wn_plan(void) { return &wn_app_plan; }
uint8_t *wn_pool(void) { return wn_pool_start; }
uint32_t wn_pool_bytes(void) { return (uint32_t)(wn_pool_end - wn_pool_start); }
uint8_t *wn_stack_limit(void) { return wn_stack_start; }
