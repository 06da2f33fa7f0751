// SPDX-License-Identifier: MIT
// The app server's line and flash under ESP-IDF: a UART driver, and the app partition (component/port.c).
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static unsafe class ServerPort
{
    [DllImport("firmware", EntryPoint = "wn_esp_open")]
    private static extern byte* OpenPartition(uint first, uint end);

    [DllImport("firmware", EntryPoint = "wn_esp_erase")]
    private static extern byte ErasePartition(uint offset, uint size);

    [DllImport("firmware", EntryPoint = "wn_esp_program")]
    private static extern byte ProgramPartition(uint offset, byte* bytes, uint size);

    [DllImport("firmware", EntryPoint = "wn_esp_read")]
    private static extern byte ReadPartition(uint offset, byte* bytes, uint size);

    [DllImport("firmware", EntryPoint = "wn_esp_receive")]
    private static extern uint ReceiveLine(byte* bytes, uint size, uint milliseconds);

    /// <summary>Fills in the device's functions.</summary>
    internal static WasmError Open(FlashDevice* flash, FlashPlan* plan)
    {
        FlashSlot last = plan->Slots[plan->SlotCount - 1];
        flash->Mapped = OpenPartition(plan->Slots->Offset, last.Offset + last.Bytes);
        if (flash->Mapped == null) return WasmError.FlashReadFailed;
        flash->Erase = &Erase;
        flash->Program = &Program;
        flash->Read = &ReadFlash;
        return WasmError.None;
    }

    /// <summary>Nothing outlasts a restart here.</summary>
    internal static BootMemory* Boots() => null;

    internal static uint Read(void* context, byte* bytes, uint size) => ReceiveLine(bytes, size, 0);

    internal static void Write(void* context, byte* bytes, uint size) => Board.Write(context, 1, bytes, size);

    /// <summary>Returns when the line has something, or after a while: other tasks run meanwhile.</summary>
    internal static void Wait()
    {
        const uint patience = 1000;
        ReceiveLine(null, 0, patience);
    }

    private static byte Erase(void* context, uint offset, uint size) => ErasePartition(offset, size);

    private static byte Program(void* context, uint offset, byte* bytes, uint size) => ProgramPartition(offset, bytes, size);

    private static byte ReadFlash(void* context, uint offset, byte* bytes, uint size) => ReadPartition(offset, bytes, size);
}
