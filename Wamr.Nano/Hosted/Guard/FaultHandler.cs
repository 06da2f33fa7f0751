// SPDX-License-Identifier: MIT
// Turns a fault that an image's code causes beyond its guarded memory into a trap. All other faults go to .NET, as before.
using System;
using System.Runtime.InteropServices;
using System.Threading;
using Wamr.Nano.Core.Engine.Native;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

/// <summary>A guarded memory, and the code that may fault beyond it: a row that the handler searches.</summary>
internal unsafe struct GuardRow
{
    /// <summary>The first byte of the memory; null if the row is free. It is written last.</summary>
    internal byte* Memory;
    internal byte* Code;
    internal nuint CodeSize;

    /// <summary>The owner. The handler does not use it.</summary>
    internal Runtime* Runtime;
}

/// <summary>
/// The handler of segmentation faults, one per process, which is never removed. .NET code must not run while a fault is handled, so this is
/// machine code, with its data on the pages after it. If the fault does not concern it, it jumps to the previous handler, with everything
/// unchanged.
/// </summary>
internal static unsafe class FaultHandler
{
    /// <summary>
    /// How far code can reach from the first byte of its memory: a 32-bit address, a 32-bit offset, and the largest access.
    /// </summary>
    internal const ulong Reach = (1ul << 33) + 8;

    /// <summary>This many times <see cref="Reach"/> is the whole address space of a process.</summary>
    private const int Rows = (int)((1ul << 47) / Reach) + 1;

    private const ulong CodeBytes = 0x1000;

    /// <summary>The data before the rows, as the code below expects it.</summary>
    private struct Data
    {
        internal nint Before;
        internal long RowCount;
        internal ulong Reach;

        /// <summary>The distance from a memory to the word of its environment that says where to continue.</summary>
        internal nint WayOut;
    }

    /// <summary>
    /// handler(rdi: signal, rsi: siginfo, rdx: ucontext). rax, rcx, r8 to r11 are its own. Offsets: siginfo 8 code, 16 address; ucontext
    /// 104 rdi, 112 rsi, 136 rdx, 160 rsp, 168 rip. It goes on as if the code had called the function that raises the trap.
    /// </summary>
    private static ReadOnlySpan<byte> Code =>
    [
        0x4C, 0x8D, 0x05, 0xF9, 0x0F, 0x00, 0x00,        //        lea r8, [rip + 0xFF9]      the data
        0x83, 0x7E, 0x08, 0x00,                          //        cmp dword [rsi + 8], 0     sent by somebody,
        0x7E, 0x2C,                                      //        jle other                  no fault
        0x48, 0x8B, 0x46, 0x10,                          //        mov rax, [rsi + 16]
        0x49, 0x8B, 0x48, 0x08,                          //        mov rcx, [r8 + 8]
        0x4D, 0x8D, 0x48, 0x20,                          //        lea r9, [r8 + 32]          rows
        0x48, 0x83, 0xE9, 0x01,                          // row:   sub rcx, 1
        0x78, 0x1A,                                      //        js other
        0x4D, 0x8B, 0x11,                                //        mov r10, [r9]              its memory
        0x49, 0x89, 0xC3,                                //        mov r11, rax
        0x4D, 0x29, 0xD3,                                //        sub r11, r10
        0x4D, 0x3B, 0x58, 0x10,                          //        cmp r11, [r8 + 16]         in reach?
        0x73, 0x05,                                      //        jae next
        0x4D, 0x85, 0xD2,                                //        test r10, r10
        0x75, 0x09,                                      //        jne found
        0x49, 0x83, 0xC1, 0x20,                          // next:  add r9, 32
        0xEB, 0xE0,                                      //        jmp row
        0x41, 0xFF, 0x20,                                // other: jmp [r8]                   the handler before
        0x48, 0x8B, 0x82, 0xA8, 0x00, 0x00, 0x00,        // found: mov rax, [rdx + 168]
        0x49, 0x2B, 0x41, 0x08,                          //        sub rax, [r9 + 8]
        0x49, 0x3B, 0x41, 0x10,                          //        cmp rax, [r9 + 16]         by its code?
        0x73, 0xEC,                                      //        jae other
        0x48, 0x89, 0x42, 0x70,                          //        mov [rdx + 112], rax       where in it,
        0x49, 0x8B, 0x40, 0x18,                          //        mov rax, [r8 + 24]
        0x49, 0x8B, 0x04, 0x02,                          //        mov rax, [r10 + rax]
        0x48, 0x89, 0x82, 0xA8, 0x00, 0x00, 0x00,        //        mov [rdx + 168], rax       go on there,
        0x4C, 0x89, 0x52, 0x68,                          //        mov [rdx + 104], r10       with its arguments: the memory,
        0x48, 0x8B, 0x82, 0xA0, 0x00, 0x00, 0x00,        //        mov rax, [rdx + 160]
        0x48, 0x89, 0x82, 0x88, 0x00, 0x00, 0x00,        //        mov [rdx + 136], rax       the stack pointer there,
        0x48, 0x83, 0xE0, 0xF0,                          //        and rax, -16               and the stack
        0x48, 0x83, 0xE8, 0x08,                          //        sub rax, 8                 as behind a call
        0x48, 0x89, 0x82, 0xA0, 0x00, 0x00, 0x00,        //        mov [rdx + 160], rax
        0xC3,                                            //        ret
    ];

    private static readonly object Lock = new();
    private static byte* _block;

    /// <summary>Whether faults are handled. The first call installs the handler.</summary>
    internal static bool IsInstalled()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64) return false;
        lock (Lock) return _block != null || Install();
    }

    /// <summary>Starts handling faults beyond a memory; false if there are too many memories.</summary>
    internal static bool Add(byte* memory, Module* module, Runtime* runtime)
    {
        lock (Lock)
        {
            long free = 0;
            while (free < Table->RowCount && Row(free)->Memory != null) free++;
            if (free == Rows) return false;
            GuardRow* row = Row(free);
            row->Code = (byte*)module->Code;
            row->CodeSize = module->CodeSize;
            row->Runtime = runtime;
            Volatile.Write(ref *(nint*)&row->Memory, (nint)memory);
            if (free == Table->RowCount) Volatile.Write(ref Table->RowCount, free + 1);
            return true;
        }
    }

    /// <summary>Stops handling faults beyond a memory.</summary>
    internal static void Remove(byte* memory)
    {
        lock (Lock)
            for (long n = 0; n < Table->RowCount; n++)
                if (Row(n)->Memory == memory) Volatile.Write(ref *(nint*)&Row(n)->Memory, 0);
    }

    /// <summary>A memory of a runtime; null if it has none.</summary>
    internal static byte* MemoryOf(Runtime* runtime)
    {
        lock (Lock)
        {
            if (_block == null) return null;
            for (long n = 0; n < Table->RowCount; n++)
                if (Row(n)->Memory != null && Row(n)->Runtime == runtime) return Row(n)->Memory;
            return null;
        }
    }

    private static Data* Table => (Data*)(_block + CodeBytes);

    private static GuardRow* Row(long n) => (GuardRow*)(Table + 1) + n;

    private static bool Install()
    {
        ulong dataBytes = (ulong)(sizeof(Data) + Rows * sizeof(GuardRow));
        SignalAction action;
        // There is always a previous handler, .NET's own for null references. Otherwise there would be nothing to jump to.
        if (Linux.Handle(Linux.Fault, null, &action) != 0 || action.Handler is 0 or 1) return false;
        byte* block = Linux.Reserve(CodeBytes + dataBytes);
        if (block == null) return false;
        if (Linux.Protect(block, CodeBytes + dataBytes, Linux.ReadWrite))
        {
            Code.CopyTo(new Span<byte>(block, (int)CodeBytes));
            Data* data = (Data*)(block + CodeBytes);
            data->Before = action.Handler;
            data->Reach = Reach;
            NativeEnv any;
            data->WayOut = (nint)((byte*)&any.Jump4 - (byte*)(&any + 1));
            action.Handler = (nint)block;
            action.Flags |= Linux.WithInfo | Linux.OnSignalStack;
            if (Linux.Protect(block, CodeBytes, Linux.ReadExecute) && Linux.Handle(Linux.Fault, &action, null) == 0)
            {
                _block = block;
                return true;
            }
        }
        Linux.Release(block, CodeBytes + dataBytes);
        return false;
    }
}
