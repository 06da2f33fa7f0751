// SPDX-License-Identifier: MIT
// A linear memory as .NET sees it (spec chapter 4.2.8).
using System;
using System.Runtime.CompilerServices;
using System.Text;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano;

/// <summary>
/// A view of a linear memory. Its spans are the app's memory itself, not a copy. The memory may move when it grows, so get a new span after
/// any call into the app. Do not use a view or a span after the instance is disposed. Keep a reference to the runtime: a span does not keep
/// the runtime's pool alive.
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

    /// <summary>Whether the module has a memory. If not, the size is 0.</summary>
    public bool Exists => _memory != null;

    /// <summary>
    /// The exact number of bytes that can be accessed. If the memory is cut at <c>__heap_base</c>, this is less than its pages.
    /// </summary>
    public uint Size => _memory == null ? 0 : _memory->Size;

    /// <summary>The number of pages, as <c>memory.size</c> returns it.</summary>
    public uint Pages => _memory == null ? 0 : _memory->Pages;

    /// <summary>The whole memory.</summary>
    /// <exception cref="InvalidOperationException">
    /// The memory is larger than a span can be, 2,147,483,647 bytes: use <see cref="Slice"/>.
    /// </exception>
    public Span<byte> Bytes => NativeBytes.Span(Data, Size);

    /// <summary>A part of the memory.</summary>
    /// <param name="address">Address of the first byte in linear memory.</param>
    /// <param name="length">Bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part is not completely inside the memory.</exception>
    /// <exception cref="InvalidOperationException">The part is larger than a span can be, 2,147,483,647 bytes.</exception>
    public Span<byte> Slice(uint address, uint length)
    {
        if ((ulong)address + length > Size)
            throw new ArgumentOutOfRangeException(nameof(address),
                $"{length} bytes at {address} do not lie within the memory of {Size} bytes");
        return NativeBytes.Span(Data + address, length);
    }

    /// <summary>Reads a value.</summary>
    /// <typeparam name="T">A type without references. Its bytes are little-endian, as in WebAssembly.</typeparam>
    /// <param name="address">Address in linear memory, with any alignment.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bytes are not completely inside the memory.</exception>
    public T Read<T>(uint address) where T : unmanaged => Unsafe.ReadUnaligned<T>(ref Slice(address, (uint)sizeof(T))[0]);

    /// <summary>Writes a value.</summary>
    /// <typeparam name="T">A type without references. Its bytes are little-endian, as in WebAssembly.</typeparam>
    /// <param name="address">Address in linear memory, with any alignment.</param>
    /// <param name="value">The value to write.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bytes are not completely inside the memory.</exception>
    public void Write<T>(uint address, T value) where T : unmanaged => Unsafe.WriteUnaligned(ref Slice(address, (uint)sizeof(T))[0], value);

    /// <summary>Reads UTF-8 text of a known length. Invalid bytes become U+FFFD.</summary>
    /// <param name="address">Address in linear memory, with any alignment.</param>
    /// <param name="length">Bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bytes are not completely inside the memory.</exception>
    public string ReadString(uint address, uint length) => Encoding.UTF8.GetString(Slice(address, length));

    /// <summary>Reads UTF-8 text that ends with a zero byte.</summary>
    /// <param name="address">Address in linear memory, with any alignment.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no zero byte between the address and the end of the memory.</exception>
    public string ReadString(uint address)
    {
        ReadOnlySpan<byte> rest = Slice(address, address <= Size ? Math.Min(Size - address, int.MaxValue) : 0);
        int length = rest.IndexOf((byte)0);
        return length < 0
            ? throw new ArgumentOutOfRangeException(nameof(address),
                $"the text at {address} does not end before the memory of {Size} bytes does")
            : Encoding.UTF8.GetString(rest[..length]);
    }

    /// <summary>Makes the memory larger, as <c>memory.grow</c> does. Do not use spans from before the call.</summary>
    /// <param name="pages">The number of pages to add.</param>
    /// <returns>True if the memory has grown. False if its maximum or the pool does not allow it; then nothing changes.</returns>
    public bool TryGrow(uint pages) => _memory != null && Memories.Grow(_memory, pages) != uint.MaxValue;

    private byte* Data => _memory == null ? null : _memory->Data;
}
