// SPDX-License-Identifier: MIT
// What the app server asks of ESP-IDF 5: console, clock, app partition. Offsets count from the start of flash, as in board.json.
#include <stddef.h>
#include "driver/uart.h"
#include "esp_partition.h"
#include "esp_random.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "port.h"

#define CONSOLE UART_NUM_0

enum { BAUD = 115200, RECEIVE_BUFFER = 1024, APP_TYPE = 0x40, MICROSECONDS_PER_MILLISECOND = 1000 };

static const esp_partition_t *partition;

void wn_esp_console(void)
{
    const uart_config_t config = {
        .baud_rate = BAUD, .data_bits = UART_DATA_8_BITS, .parity = UART_PARITY_DISABLE, .stop_bits = UART_STOP_BITS_1,
        .flow_ctrl = UART_HW_FLOWCTRL_DISABLE, .source_clk = UART_SCLK_DEFAULT,
    };
    ESP_ERROR_CHECK(uart_driver_install(CONSOLE, RECEIVE_BUFFER, 0, 0, NULL, 0));
    ESP_ERROR_CHECK(uart_param_config(CONSOLE, &config));
}

void wn_esp_write(const uint8_t *text, uint32_t size) { uart_write_bytes(CONSOLE, text, size); }

/* Bytes taken. With no buffer it waits until there is something to take. */
uint32_t wn_esp_receive(uint8_t *bytes, uint32_t size, uint32_t milliseconds)
{
    size_t there = 0;
    for (uint32_t waited = 0; uart_get_buffered_data_len(CONSOLE, &there) == ESP_OK && there == 0 && waited < milliseconds; waited += portTICK_PERIOD_MS)
        vTaskDelay(1);
    if (!bytes || there == 0) return 0;
    int count = uart_read_bytes(CONSOLE, bytes, there < size ? there : size, 0);
    return count < 0 ? 0 : (uint32_t)count;
}

uint64_t wn_esp_microseconds(void) { return (uint64_t)esp_timer_get_time(); }

void wn_esp_sleep(uint64_t microseconds)
{
    uint64_t until = wn_esp_microseconds() + microseconds, tick = portTICK_PERIOD_MS * MICROSECONDS_PER_MILLISECOND;
    if (microseconds >= tick) vTaskDelay((TickType_t)(microseconds / tick));
    while (wn_esp_microseconds() < until) {} // less than a tick
}

void wn_esp_random(uint8_t *buffer, uint32_t size) { esp_fill_random(buffer, size); }

/*
 * Maps the app partition twice: as data, to be read byte by byte, and as instructions, to run images where they lie (the chips' caches
 * have windows for both; on ESP32 and S2 instructions may only be read in aligned words). Returns where flash offset 0 would be in the
 * data window; null where the partition is missing or does not hold the slots.
 */
const uint8_t *wn_esp_open(uint32_t first, uint32_t end)
{
    const void *data, *code;
    esp_partition_mmap_handle_t data_handle, code_handle; // kept until reset
    partition = esp_partition_find_first((esp_partition_type_t)APP_TYPE, ESP_PARTITION_SUBTYPE_ANY, "wamr");
    if (!partition || first < partition->address || end > partition->address + partition->size) return NULL;
    if (esp_partition_mmap(partition, 0, partition->size, ESP_PARTITION_MMAP_DATA, &data, &data_handle) != ESP_OK) return NULL;
    if (esp_partition_mmap(partition, 0, partition->size, ESP_PARTITION_MMAP_INST, &code, &code_handle) != ESP_OK) return NULL;
    wn_esp_code_distance((const uint8_t *)code - (const uint8_t *)data);
    return (const uint8_t *)data - partition->address;
}

uint8_t wn_esp_erase(uint32_t offset, uint32_t size) { return esp_partition_erase_range(partition, offset - partition->address, size) == ESP_OK; }

uint8_t wn_esp_program(uint32_t offset, const uint8_t *bytes, uint32_t size)
{
    return esp_partition_write(partition, offset - partition->address, bytes, size) == ESP_OK;
}

uint8_t wn_esp_read(uint32_t offset, uint8_t *bytes, uint32_t size)
{
    return esp_partition_read(partition, offset - partition->address, bytes, size) == ESP_OK;
}
