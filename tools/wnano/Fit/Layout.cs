// SPDX-License-Identifier: MIT
// Sizes of the core's structures on a machine with pointers of 4 bytes or of 8, from their fields by the rules all our C compilers share.
using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Tool.Fit;

/// <summary>
/// A field is aligned to its own size, a pointer as large as the machine has it, a structure aligned as its widest field. Arm, RISC-V and
/// Xtensa agree on that, 8-byte numbers included.
/// </summary>
internal sealed class Layout
{
    private const DynamicallyAccessedMemberTypes Fields = DynamicallyAccessedMemberTypes.PublicFields
        | DynamicallyAccessedMemberTypes.NonPublicFields;

    private readonly Dictionary<Type, (uint Size, uint Alignment)> _types = [];

    /// <summary>A board's pointers, and this machine's.</summary>
    internal static readonly Layout Board = new(4), Host = new((uint)IntPtr.Size);

    private Layout(uint pointerBytes)
    {
        PointerBytes = pointerBytes;
        // A structure comes behind those it holds.
        Add<MemoryUse>();
        Add<Allocator>();
        Add<PlatformHooks>();
        Add<ErrorInfo>();
        Add<LoadRules>();
        Runtime = Round8(Add<Runtime>());
        HostGroup = Add<HostGroup>();
        HostFunc = Add<HostFunc>();
        Heap = Add<Heap>();
        AppHeap = Add<AppHeap>();
        AddModule();
        Instance = Add<Instance>();
        FuncBinding = Add<FuncBinding>();
        MemoryInst = Add<MemoryInst>();
        TableInst = Add<TableInst>();
        ExecEnv = Round8(Add<ExecEnv>());
        AddLoading();
    }

    internal uint PointerBytes { get; }

    /// <summary>What lies before the pool's first region.</summary>
    internal uint Runtime { get; }

    internal uint HostGroup { get; }

    internal uint HostFunc { get; }

    internal uint Heap { get; }

    internal uint AppHeap { get; }

    internal uint Instance { get; }

    internal uint FuncBinding { get; }

    internal uint MemoryInst { get; }

    internal uint TableInst { get; }

    /// <summary>What lies before the operand stack.</summary>
    internal uint ExecEnv { get; }

    /// <summary>The module and the fixed part after it, and an entry of each of its tables.</summary>
    internal uint Module { get; private set; }

    internal uint FuncType { get; private set; }

    internal uint Function { get; private set; }

    internal uint Global { get; private set; }

    internal uint TableType { get; private set; }

    /// <summary>The state of loading, and what validator and precompiler keep for each open block and each operand.</summary>
    internal uint Loading { get; private set; }

    internal uint ControlFrame { get; private set; }

    internal uint Lowering { get; private set; }

    internal uint Label { get; private set; }

    internal uint Operand { get; private set; }

    internal static uint Round8(uint size) => (size + 7) & ~7u;

    /// <summary>The size of a structure, for comparison with the compilers' figures.</summary>
    internal uint SizeOf(Type type) => _types[type].Size;

    internal IEnumerable<Type> Types => _types.Keys;

    private void AddModule()
    {
        Add<MemoryType>();
        Add<AuxStack>();
        Add<Core.Wasm.Module>();
        Add<EngineCalls>();
        Module = Aligned(Add<LoadedModule>()) + Aligned(Add<ModuleInfo>());
        FuncType = Add<FuncType>();
        Function = Add<Function>();
        Global = Add<Global>();
        TableType = Add<TableType>();
    }

    private void AddLoading()
    {
        Add<ByteReader>();
        Add<Instr>();
        Add<Loading>();
        Loading = Add<Validation>() + Add<Core.Load.Sections.Section>() * SectionScan.Ids;
        ControlFrame = Add<ControlFrame>();
        Operand = Add<Operand>();
        Add<BlockType>();
        Label = Add<Label>();
        Lowering = Add<Lowering>();
    }

    private uint Aligned(uint size) => (size + PointerBytes - 1) & ~(PointerBytes - 1);

    private uint Add<[DynamicallyAccessedMembers(Fields)] T>() where T : unmanaged
    {
        uint at = 0, alignment = 1;
        foreach (FieldInfo field in typeof(T).GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            (uint size, uint aligned) = Measure(field);
            at = (at + aligned - 1) / aligned * aligned + size;
            alignment = Math.Max(alignment, aligned);
        }
        at = (at + alignment - 1) / alignment * alignment;
        _types[typeof(T)] = (at, alignment);
        return at;
    }

    private (uint Size, uint Alignment) Measure(FieldInfo field)
    {
        if (field.GetCustomAttribute<FixedBufferAttribute>() is FixedBufferAttribute array)
        {
            (uint size, uint alignment) = Measure(array.ElementType);
            return (size * (uint)array.Length, alignment);
        }
        return Measure(field.FieldType);
    }

    private (uint Size, uint Alignment) Measure(Type type)
    {
        if (type.IsPointer || type.IsFunctionPointer || type == typeof(nint) || type == typeof(nuint)) return (PointerBytes, PointerBytes);
        if (_types.TryGetValue(type, out (uint, uint) known)) return known;
        uint size = Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean or TypeCode.Byte or TypeCode.SByte => 1,
            TypeCode.Int16 or TypeCode.UInt16 => 2,
            TypeCode.Int32 or TypeCode.UInt32 => 4,
            TypeCode.Int64 or TypeCode.UInt64 => 8,
            _ => throw new NotSupportedException($"{type} is not measured: add it before what holds it"),
        };
        return (size, size);
    }
}
