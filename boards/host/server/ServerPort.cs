// SPDX-License-Identifier: MIT
// The app server's line and flash as a Linux program: standard input and output, and a file (flash.c).
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static unsafe class ServerPort
{
    [DllImport("host", EntryPoint = "wn_host_flash_open")]
    private static extern byte* OpenFlash(uint size);

    [DllImport("host", EntryPoint = "wn_host_flash_write")]
    private static extern byte WriteFlash(uint offset, byte* bytes, uint size);

    [DllImport("host", EntryPoint = "wn_host_flash_fill")]
    private static extern byte FillFlash(uint offset, uint size);

    [DllImport("host", EntryPoint = "wn_host_line_read")]
    private static extern int ReadLine(byte* bytes, uint size, int milliseconds);

    /// <summary>Fills in the device's functions.</summary>
    internal static WasmError Open(FlashDevice* flash, FlashPlan* plan)
    {
        uint size = 0;
        for (uint i = 0; i < plan->RunCount; i++) size += plan->Runs[i].Count * plan->Runs[i].UnitBytes;
        flash->Mapped = OpenFlash(size);
        if (flash->Mapped == null) return WasmError.FlashReadFailed;
        flash->Context = flash->Mapped;
        flash->Erase = &Erase;
        flash->Program = &Program;
        flash->Read = &ReadFlash;
        return WasmError.None;
    }

    /// <summary>Nothing outlasts a restart here.</summary>
    internal static BootMemory* Boots() => null;

    internal static uint Read(void* context, byte* bytes, uint size)
    {
        int count = ReadLine(bytes, size, 0);
        return count < 0 ? ConsoleServer.Closed : (uint)count;
    }

    internal static void Write(void* context, byte* bytes, uint size) => Board.Write(context, 1, bytes, size);

    /// <summary>Returns when the line has something, or after a while.</summary>
    internal static void Wait()
    {
        const int patience = 1000;
        ReadLine(null, 0, patience);
    }

    private static byte Erase(void* context, uint offset, uint size) => FillFlash(offset, size);

    private static byte Program(void* context, uint offset, byte* bytes, uint size) => WriteFlash(offset, bytes, size);

    private static byte ReadFlash(void* context, uint offset, byte* bytes, uint size)
    {
        Raw.Copy(bytes, (byte*)context + offset, size);
        return 1;
    }
}
