// SPDX-License-Identifier: MIT
// Stands in for FreeRTOS as ESP-IDF has it: a stack is counted in bytes there.
#pragma once
#include <stdint.h>

typedef uint32_t TickType_t;
typedef int BaseType_t;
typedef unsigned UBaseType_t;
typedef uint8_t StackType_t;
typedef struct QueueDefinition *QueueHandle_t;
typedef struct { uint8_t opaque[352]; } StaticTask_t;
#define portTICK_PERIOD_MS ((TickType_t)10)
