// SPDX-License-Identifier: MIT
// A bytecode image in which single units of the code can be changed, as a forger would.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;

namespace Wamr.Nano.Tests.Xip;

internal sealed unsafe class ForgedImage
{
    private byte[] _image;

    public ForgedImage(ModuleBuilder module) => _image = ImageKit.Bytecode(module.Build());

    public byte[] Bytes => ImageKit.Seal(_image);

    public ref ImageHeader Header => ref ImageKit.Header(_image);

    public ref ModuleInfo Info => ref MemoryMarshal.AsRef<ModuleInfo>(_image.AsSpan((int)Header.InfoAt));

    public ref Function Function(uint index) =>
        ref MemoryMarshal.AsRef<Function>(_image.AsSpan((int)(Header.InfoAt + Info.FunctionsAt + index * sizeof(Function))));

    /// <summary>Units of a function from its header on, and what follows it.</summary>
    public Span<ushort> Code(uint function) =>
        MemoryMarshal.Cast<byte, ushort>(_image.AsSpan((int)Header.CodeAt, (int)Header.CodeSize))[(int)Function(function).Code..];

    public Span<ReferenceEntry> References =>
        MemoryMarshal.Cast<byte, ReferenceEntry>(
            _image.AsSpan((int)Header.ReferencesAt, (int)Header.ReferenceCount * sizeof(ReferenceEntry)));

    /// <summary>Units from the n-th instruction of that opcode in a function on.</summary>
    public Span<ushort> Find(uint function, RegOp op, int n = 0)
    {
        Span<ushort> code = Code(function);
        for (int at = RegCode.HeaderUnits + 2 * code[RegCode.ConstSlots]; at < code.Length;)
        {
            if ((RegOp)(byte)code[at] == op && n-- == 0) return code[at..];
            fixed (ushort* p = code[at..]) at += (int)RegOpTable.UnitsAt(p);
        }
        throw new KeyNotFoundException($"function {function} has no {op}");
    }

    /// <summary>A byte of that instruction: 0 the opcode, 1 what stands beside it, 2 and on the units that follow.</summary>
    public ForgedImage Byte(uint function, RegOp op, int at, byte value)
    {
        MemoryMarshal.AsBytes(Find(function, op))[at] = value;
        return this;
    }

    /// <summary>A unit of that instruction.</summary>
    public ForgedImage Unit(uint function, RegOp op, int at, int value)
    {
        Find(function, op)[at] = (ushort)value;
        return this;
    }

    /// <summary>A unit of the function's header.</summary>
    public ForgedImage Head(uint function, int at, int value)
    {
        Code(function)[at] = (ushort)value;
        return this;
    }

    /// <summary>The function's last instructions, from the first of that opcode on, are others.</summary>
    public ForgedImage Replace(uint function, RegOp op, params ReadOnlySpan<ushort> units)
    {
        units.CopyTo(Find(function, op));
        return this;
    }

    /// <summary>First unit of an instruction.</summary>
    public static ushort Op(RegOp op, int beside = 0) => (ushort)((byte)op | beside << 8);

    public ForgedImage Then(Action<ForgedImage> change)
    {
        change(this);
        return this;
    }

    public WasmError Load() => ImageKit.Load(Bytes);
}
