// SPDX-License-Identifier: MIT
// A linear memory as .NET sees it (spec chapter 4.2.8).
using System;
using System.Runtime.CompilerServices;
using System.Text;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano;

/// <summary>
/// A view of a linear memory; its spans are the app's memory itself, not a copy. Growing may move the memory: take spans anew after any
/// call into the app. Must not be used after its instance was disposed, nor when nothing refers to the runtime any more: a span does not
/// keep it, and its pool goes with it.
/// </summary>
/// <example>
/// <code>
/// NanoMemory memory = app.Memory;
/// memory.Write(16, 42);
/// int number = memory.Read&lt;int&gt;(16);
/// string name = memory.ReadString(1024);         // ends with a zero byte
/// memory.Slice(2048, 100).Clear();
/// </code>
/// </example>
public readonly unsafe ref struct NanoMemory
{
    private readonly MemoryInst* _memory;

    internal NanoMemory(MemoryInst* memory) => _memory = memory;

    /// <summary>Whether the module has a memory at all; without, its size is 0.</summary>
    public bool Exists => _memory != null;

    /// <summary>Bytes that can be accessed, exactly: less than whole pages where the memory was truncated.</summary>
    public uint Size => _memory == null ? 0 : _memory->Size;

    /// <summary>Pages, as memory.size counts them.</summary>
    public uint Pages => _memory == null ? 0 : _memory->Pages;

    /// <summary>All of it.</summary>
    /// <exception cref="InvalidOperationException">It has more bytes than a span can, 2,147,483,647: use <see cref="Slice"/>.</exception>
    public Span<byte> Bytes => NativeBytes.Span(Data, Size);

    /// <summary>A part of it.</summary>
    /// <param name="address">App address of the first byte.</param>
    /// <param name="length">Bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie within the memory.</exception>
    /// <exception cref="InvalidOperationException">It has more bytes than a span can, 2,147,483,647.</exception>
    public Span<byte> Slice(uint address, uint length)
    {
        if ((ulong)address + length > Size)
            throw new ArgumentOutOfRangeException(nameof(address),
                $"{length} bytes at {address} do not lie within the memory of {Size} bytes");
        return NativeBytes.Span(Data + address, length);
    }

    /// <summary>Reads a value at any alignment.</summary>
    /// <typeparam name="T">A type without references, little-endian as the app's.</typeparam>
    /// <param name="address">App address.</param>
    /// <exception cref="ArgumentOutOfRangeException">It does not lie within the memory.</exception>
    public T Read<T>(uint address) where T : unmanaged => Unsafe.ReadUnaligned<T>(ref Slice(address, (uint)sizeof(T))[0]);

    /// <summary>Writes a value at any alignment.</summary>
    /// <typeparam name="T">A type without references, little-endian as the app's.</typeparam>
    /// <param name="address">App address.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentOutOfRangeException">It does not lie within the memory.</exception>
    public void Write<T>(uint address, T value) where T : unmanaged => Unsafe.WriteUnaligned(ref Slice(address, (uint)sizeof(T))[0], value);

    /// <summary>Reads UTF-8 text of a known length; what is not UTF-8 becomes U+FFFD.</summary>
    /// <param name="address">App address.</param>
    /// <param name="length">Bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">It does not lie within the memory.</exception>
    public string ReadString(uint address, uint length) => Encoding.UTF8.GetString(Slice(address, length));

    /// <summary>Reads UTF-8 text that ends at a zero byte.</summary>
    /// <param name="address">App address.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no zero byte before the memory ends.</exception>
    public string ReadString(uint address)
    {
        ReadOnlySpan<byte> rest = Slice(address, address <= Size ? Math.Min(Size - address, int.MaxValue) : 0);
        int length = rest.IndexOf((byte)0);
        return length < 0
            ? throw new ArgumentOutOfRangeException(nameof(address),
                $"the text at {address} does not end before the memory of {Size} bytes does")
            : Encoding.UTF8.GetString(rest[..length]);
    }

    /// <summary>Makes the memory larger, as memory.grow does. Spans taken before must not be used any more.</summary>
    /// <param name="pages">Pages to add.</param>
    /// <returns>False where its maximum or the pool does not allow it; nothing changed then.</returns>
    public bool TryGrow(uint pages) => _memory != null && Memories.Grow(_memory, pages) != uint.MaxValue;

    private byte* Data => _memory == null ? null : _memory->Data;
}
