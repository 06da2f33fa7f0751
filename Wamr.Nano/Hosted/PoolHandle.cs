// SPDX-License-Identifier: MIT
// The native memory of a runtime: its pool, and blocks outside the pool for what would be in flash on a board.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Wamr.Nano;

/// <summary>Owns native blocks and the weak handle to the host context. All are freed when the handle is released or finalized.</summary>
internal sealed unsafe class PoolHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    private readonly HashSet<nint> _blocks = [];

    internal PoolHandle(HostContext host) : base(true) => SetHandle(GCHandle.ToIntPtr(GCHandle.Alloc(host, GCHandleType.Weak)));

    /// <summary>The runtime that owns the memory; null if there is none.</summary>
    internal Core.Run.Runtime* Runtime { get; set; }

    /// <summary>The context of the platform hooks.</summary>
    internal nint Context => handle;

    /// <summary>The number of blocks.</summary>
    internal int Blocks => _blocks.Count;

    /// <summary>
    /// Allocates a block that lives until it is freed, at most as long as the handle. It is 16-aligned, with undefined contents.
    /// </summary>
    internal byte* Allocate(nuint bytes)
    {
        byte* block = (byte*)NativeMemory.AlignedAlloc(bytes, 16);
        _blocks.Add((nint)block);
        return block;
    }

    /// <summary>Frees a block of this handle; null is allowed.</summary>
    internal void Free(byte* block)
    {
        if (_blocks.Remove((nint)block)) NativeMemory.AlignedFree(block);
    }

    /// <summary>Text as zero-terminated UTF-8 that lives as long as the handle.</summary>
    internal byte* Text(string text)
    {
        int bytes = Encoding.UTF8.GetByteCount(text);
        byte* block = Allocate((nuint)bytes + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(block, bytes));
        block[bytes] = 0;
        return block;
    }

    /// <summary>An array of such texts: see <see cref="Text"/>.</summary>
    internal byte** Texts(IReadOnlyList<string> texts)
    {
        byte** array = (byte**)Allocate((nuint)((texts.Count + 1) * sizeof(byte*)));
        for (int i = 0; i < texts.Count; i++) array[i] = Text(texts[i]);
        return array;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        if (Runtime != null) GuardedMemories.ReleaseAll(Runtime);
        foreach (nint block in _blocks) NativeMemory.AlignedFree((void*)block);
        GCHandle.FromIntPtr(handle).Free();
        return true;
    }
}
