// SPDX-License-Identifier: MIT
// The hooks of real-time systems compile against what those systems declare, with and without
// the option they need, and find the stack's end.
using System.IO;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Boards;

public class RtosTests
{
    private const string FreeRtos = """
        #define pdFALSE 0
        #define portSTACK_GROWTH (-1)
        typedef struct { const char *pcTaskName; unsigned *pxStackBase; } TaskStatus_t;
        typedef enum { eRunning, eInvalid } eTaskState;
        static inline void vTaskGetInfo(void *task, TaskStatus_t *status, int space, eTaskState state)
        {
            (void)space;
            status->pxStackBase = task == 0 && state == eRunning ? (unsigned *)0x1000 : 0;
        }
        """;

    private const string ChibiOs = """
        #define TRUE 1
        #define FALSE 0
        typedef struct { unsigned long *wabase; } thread_t;
        static inline thread_t *chThdGetSelfX(void) { static thread_t self = {(unsigned long *)0x1000}; return &self; }
        """;

    private const string Zephyr = """
        struct k_thread { struct { unsigned long start, size; } stack_info; };
        static inline struct k_thread *k_current_get(void) { static struct k_thread self = {{0x1000, 64}}; return &self; }
        """;

    private const string ThreadX = """
        #define TX_NULL 0
        typedef struct { void *tx_thread_stack_start; } TX_THREAD;
        static inline TX_THREAD *tx_thread_identify(void) { static TX_THREAD self = {(void *)0x1000}; return RUNNING ? &self : TX_NULL; }
        """;

    private const string FreeRtosHeap = """
        #include <stdlib.h>
        #define portBYTE_ALIGNMENT 8
        static void *last;
        static inline void *pvPortMalloc(size_t size) { return size == 16 ? last = malloc(size) : 0; }
        static inline void vPortFree(void *block) { if (block != last) abort(); free(block); }
        """;

    [Fact]
    public void Heap_of_FreeRTOS_gives_and_takes_and_leaves_moving_to_the_runtime() => Runs(
        "FreeRTOS.h", FreeRtosHeap, "", "freertos-heap", """
        #include <stdint.h>
        void *wn_heap_take(uint32_t bytes), *wn_heap_resize(void *block, uint32_t bytes);
        void wn_heap_give(void *block);
        int main(void)
        {
            void *block = wn_heap_take(16);
            if (!block || wn_heap_take(17) || wn_heap_resize(block, 8)) return 1;
            wn_heap_give(block);
            return 0;
        }
        """);

    [Theory]
    [InlineData("freertos", "FreeRTOS.h task.h", FreeRtos, "-DconfigUSE_TRACE_FACILITY=1", 0x1000)]
    [InlineData("freertos", "FreeRTOS.h task.h", FreeRtos, "-DconfigUSE_TRACE_FACILITY=0", 0)]
    [InlineData("chibios", "ch.h", ChibiOs, "-DCH_CFG_USE_DYNAMIC=TRUE -DCH_DBG_ENABLE_STACK_CHECK=FALSE", 0x1000)]
    [InlineData("chibios", "ch.h", ChibiOs,
        "-DCH_CFG_USE_DYNAMIC=FALSE -DCH_DBG_ENABLE_STACK_CHECK=TRUE -DPORT_ENABLE_GUARD_PAGES=TRUE -DPORT_GUARD_PAGE_SIZE=32", 0x1020)]
    [InlineData("chibios", "ch.h", ChibiOs, "-DCH_CFG_USE_DYNAMIC=FALSE -DCH_DBG_ENABLE_STACK_CHECK=FALSE", 0)]
    [InlineData("zephyr", "zephyr/kernel.h", Zephyr, "-DCONFIG_THREAD_STACK_INFO=1", 0x1000)]
    [InlineData("zephyr", "zephyr/kernel.h", Zephyr, "", 0)]
    [InlineData("threadx", "tx_api.h", ThreadX, "-DRUNNING=1", 0x1000)]
    [InlineData("threadx", "tx_api.h", ThreadX, "-DRUNNING=0", 0)]
    public void Hook_finds_the_end_of_the_stack_where_the_system_knows_it(string system, string headers, string declarations,
        string options, int end) =>
        Runs(headers, declarations, options, system,
            $"#include <stdint.h>\nuintptr_t wn_stack_end(void);\nint main(void) {{ return wn_stack_end() != {end}; }}\n");

    /// <summary>Compiles a file of boards/rtos with a program that uses it, against what stands in for the system, and runs it.</summary>
    private static void Runs(string headers, string declarations, string options, string file, string program)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string[] files = headers.Split(' ');
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, files[0]))!);
            File.WriteAllText(Path.Combine(folder, files[0]), "#pragma once\n" + declarations);
            foreach (string empty in files[1..]) File.WriteAllText(Path.Combine(folder, empty), "#pragma once\n");
            File.WriteAllText(Path.Combine(folder, "main.c"), program);
            CCompiler.Compile("gcc", folder,
                $"-std=gnu11 -Wall -Wextra -Werror -I. {options} main.c {Repository.PathOf($"boards/rtos/{file}.c")} -o main");
            Assert.Equal(0, CCompiler.Run(Path.Combine(folder, "main"), "", folder).Code);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
