// SPDX-License-Identifier: MIT
// The app server's line and flash on a microcontroller: the board's serial port, and flash that lies in the address space.
// The board or its family has a SerialLine and a FlashController.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static unsafe class ServerPort
{
    /// <summary>Fills in the device's functions.</summary>
    internal static WasmError Open(FlashDevice* flash, FlashPlan* plan)
    {
        flash->Context = plan;
        flash->Mapped = (byte*)(nuint)plan->Origin;
        flash->Erase = &Erase;
        flash->Program = &Program;
        flash->Read = &ReadFlash;
        SerialLine.Listen();
        SysTick.Start();
        return WasmError.None;
    }

    /// <summary>The boot memory.</summary>
    [DllImport("firmware", EntryPoint = "wn_boots")]
    internal static extern BootMemory* Boots();

    internal static uint Read(void* context, byte* bytes, uint size) => Ring.Take(bytes, size);

    internal static void Write(void* context, byte* bytes, uint size) => Board.Write(context, 1, bytes, size);

    internal static void Wait() => Ring.Wait();

    private static byte Erase(void* context, uint offset, uint size)
    {
        FlashPlan* plan = (FlashPlan*)context;
        return FlashController.Erase(plan->Origin + offset, UnitAt(plan, offset), size) ? (byte)1 : (byte)0;
    }

    private static byte Program(void* context, uint offset, byte* bytes, uint size) =>
        FlashController.Program(((FlashPlan*)context)->Origin + offset, bytes, size) ? (byte)1 : (byte)0;

    private static byte ReadFlash(void* context, uint offset, byte* bytes, uint size)
    {
        Raw.Copy(bytes, (byte*)(nuint)(((FlashPlan*)context)->Origin + offset), size);
        return 1;
    }

    /// <summary>Number of the erase unit that starts at an offset, counted from the start of flash.</summary>
    private static uint UnitAt(FlashPlan* plan, uint offset)
    {
        uint unit = 0, start = 0;
        for (uint i = 0; i < plan->RunCount; i++)
        {
            FlashRun run = plan->Runs[i];
            if (offset - start < run.Count * run.UnitBytes) return unit + (offset - start) / run.UnitBytes;
            unit += run.Count;
            start += run.Count * run.UnitBytes;
        }
        return unit;
    }
}
