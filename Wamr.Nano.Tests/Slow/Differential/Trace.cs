// SPDX-License-Identifier: MIT
// What an engine did, as lines of text: two engines agree where their lines are the same, be
// they in this process, in a browser or on a board.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Wamr.Nano.Tests.Slow.Differential;

/// <summary>
/// Lines of one case, in order: instantiation, calls and what they passed to the host, then exported memories, globals and tables.
/// </summary>
internal sealed class Trace
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>
    /// Whether the engine ran out of something that no specification promises. Nothing after its last line can be compared.
    /// </summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether a module was not valid.</summary>
    public bool IsRefused { get; private set; }

    public void Add(string line) => _lines.Add(line);

    /// <summary>A call that gave results.</summary>
    public void Returned(Call call, ReadOnlySpan<ulong> results) => Add($"{call.Export} returned {Values(call.Results, results)}");

    /// <summary>A call, or an instantiation, that trapped.</summary>
    /// <returns>Whether to go on: false where the engine ran out of something.</returns>
    public bool Trapped(string what, WasmError trap)
    {
        IsOpen = IsExhaustion(trap);
        if (!IsOpen) Add($"{what} trapped: {NameOf(trap)}");
        return !IsOpen;
    }

    /// <summary>A module that is not valid.</summary>
    public void Refused()
    {
        IsRefused = true;
        Add("refused");
    }

    public void Memory(string name, ReadOnlySpan<byte> bytes) => Memory(name, (uint)bytes.Length, Digest(bytes));

    public void Memory(string name, uint bytes, uint digest) => Add($"memory {name}: {bytes} bytes, digest {digest:x8}");

    public void Global(string name, char type, ulong bits) => Add($"global {name}: {Value(type, bits)}");

    /// <param name="name">Of the export.</param>
    /// <param name="nulls">Whether each element is null.</param>
    public void Table(string name, IEnumerable<bool> nulls) =>
        Add($"table {name}: {string.Concat(nulls.Select(isNull => isNull ? '-' : '#'))}");

    public static string Values(string types, ReadOnlySpan<ulong> bits)
    {
        string text = "";
        for (int n = 0; n < types.Length; n++) text += (n == 0 ? "" : " ") + Value(types[n], bits[n]);
        return text;
    }

    /// <summary>
    /// Bits in hexadecimal. Quiet NaNs are all one: the specification lets arithmetic choose among them. A signalling one has only been
    /// moved, so its bits count. Of references only null is recorded.
    /// </summary>
    public static string Value(char type, ulong bits) => type switch
    {
        'f' => IsQuiet(type, bits) ? "nan" : $"f32:{(uint)bits:x}",
        'F' => IsQuiet(type, bits) ? "nan" : $"f64:{bits:x}",
        'i' => $"{(uint)bits:x}",
        'I' => $"{bits:x}",
        _ => bits == 0 ? "null" : "ref",
    };

    public static bool IsQuiet(char type, ulong bits) =>
        type == 'f' ? ((uint)bits & 0x7FC00000) == 0x7FC00000 : type == 'F' && (bits & 0x7FF8000000000000) == 0x7FF8000000000000;

    /// <summary>
    /// Where two traces part, or null. Where one is open, its lines are what there is to compare.
    /// </summary>
    public static string? Difference(Trace expected, Trace actual)
    {
        int both = Math.Min(expected._lines.Count, actual._lines.Count);
        for (int n = 0; n < both; n++)
            if (expected._lines[n] != actual._lines[n]) return $"line {n}: \"{actual._lines[n]}\" for \"{expected._lines[n]}\"";
        bool missing = actual._lines.Count < expected._lines.Count
            && !actual.IsOpen, more = actual._lines.Count > expected._lines.Count && !expected.IsOpen;
        return missing ? $"line {both} is missing: \"{expected._lines[both]}\""
            : more ? $"line {both} is too much: \"{actual._lines[both]}\"" : null;
    }

    /// <summary>Of the bytes up to the last that is not 0: words of 32 bits, little-endian, rotated and multiplied.</summary>
    public static uint Digest(ReadOnlySpan<byte> bytes)
    {
        int used = bytes.LastIndexOfAnyExcept((byte)0) + 1, whole = used & ~3;
        uint digest = 0;
        foreach (uint word in MemoryMarshal.Cast<byte, uint>(bytes[..whole])) digest = Mixed(digest, word);
        uint rest = 0;
        for (int n = whole; n < used; n++) rest |= (uint)bytes[n] << (8 * (n - whole));
        return used == whole ? digest : Mixed(digest, rest);
    }

    private static uint Mixed(uint digest, uint word) => BitOperations.RotateLeft(digest ^ word, 5) * 0x9E3779B1;

    /// <summary>The specification's words; engines distinguish some traps that it does not.</summary>
    private static string NameOf(WasmError trap) =>
        trap is WasmError.UndefinedElement or WasmError.TableOutOfBounds ? "table out of bounds" : $"{trap}";

    private static bool IsExhaustion(WasmError trap) =>
        trap is WasmError.OperandStackOverflow or WasmError.NativeStackOverflow or WasmError.FuelExhausted
            or WasmError.OutOfMemory or WasmError.TooManyInstances;
}
