// SPDX-License-Identifier: MIT
// Finds the feature because of which a module was refused, from the bytes where the loader stopped, and from their section.
using System;
using Wamr.Nano.Core;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

/// <summary>A feature, and its part that is in the module.</summary>
/// <param name="Proposal">The feature.</param>
/// <param name="What">An instruction, a type, a section; empty if the feature's name says it.</param>
internal sealed record FoundProposal(Proposal Proposal, string What = "");

internal static unsafe class ProposalFinder
{
    private const byte TypeSection = 1, ImportSection = 2, TableSection = 4, MemorySection = 5, ExportSection = 7, TagSection = 13,
        StringSection = 14;

    /// <summary>The feature; null if the bytes belong to no known feature.</summary>
    /// <param name="error">Why the module was refused.</param>
    /// <param name="offset">Where.</param>
    /// <param name="module">The module.</param>
    internal static FoundProposal? Find(WasmError error, uint offset, ReadOnlySpan<byte> module)
    {
        if (error == WasmError.IsComponent) return new(Proposal.Components);
        if (error == WasmError.MultipleMemories) return new(Proposal.MultiMemory);
        if (offset >= module.Length || !MayBeAFeature(error)) return null;
        ReadOnlySpan<byte> at = module[(int)offset..];
        (byte section, uint start) = SectionOf(module, offset);
        // The id of a section lies in no section.
        if (section == 0)
            return at[0] == TagSection ? Exceptions(module, "section of tags")
                : at[0] == StringSection ? new(Proposal.StringReferences, "section of strings")
                : null;
        if (section == ExportSection) return Exceptions(module, "exported tag");
        if (section == ImportSection && IsKind(module, start, offset))
            return at[0] == Imports.TagKind ? Exceptions(module, "imported tag") : new(Proposal.CompactImports);
        if (error == WasmError.BadExternKind) return null;
        if (section == TypeSection && Form(at[0]) is FoundProposal form) return form;
        if (section == TableSection && at[0] == 0x40) return new(Proposal.TypedReferences, "table with an initialiser");
        return Type(at) ?? (section is ImportSection or TableSection or MemorySection ? Limit(at[0]) : Instruction(at));
    }

    private static bool MayBeAFeature(WasmError error) =>
        error is WasmError.UnsupportedFeature or WasmError.BadOpcode or WasmError.BadValueType
        or WasmError.BadTypeForm or WasmError.BadExternKind or WasmError.BadLimitsFlags or WasmError.BadSectionId;

    /// <summary>Finds out from the code which of the two forms of exceptions a module with tags uses.</summary>
    private static FoundProposal Exceptions(ReadOnlySpan<byte> module, string what) =>
        new(ExceptionForm.IsOld(module) ? Proposal.LegacyExceptions : Proposal.Exceptions, what);

    private static FoundProposal? Form(byte form) => form switch
    {
        0x5F => new(Proposal.GarbageCollection, "struct"),
        0x5E => new(Proposal.GarbageCollection, "array"),
        0x50 or 0x4F => new(Proposal.GarbageCollection, "subtype"),
        0x4E => new(Proposal.GarbageCollection, "recursion group"),
        0x5D => new(Proposal.StackSwitching, "cont"),
        0x4D or 0x4C => new(Proposal.Descriptors),
        0x65 => new(Proposal.SharedEverything),
        _ => null,
    };

    /// <summary>A value type or a heap type.</summary>
    private static FoundProposal? Type(ReadOnlySpan<byte> at) => at[0] switch
    {
        0x7B => new(Proposal.Simd, "v128"),
        0x69 => new(Proposal.Exceptions, "exnref"),
        0x74 => new(Proposal.Exceptions, "nullexnref"),
        >= 0x6A and <= 0x6E or >= 0x71 and <= 0x73 => new(Proposal.GarbageCollection, HeapType(at[0])),
        0x67 => new(Proposal.StringReferences, "stringref"),
        0x68 or 0x75 => new(Proposal.StackSwitching, "contref"),
        0x65 => new(Proposal.SharedEverything),
        0x63 or 0x64 => Reference(at),
        _ => null,
    };

    private static string HeapType(byte type) => type switch
    {
        0x6A => "arrayref", 0x6B => "structref", 0x6C => "i31ref", 0x6D => "eqref", 0x6E => "anyref",
        0x71 => "nullref", 0x72 => "nullexternref", _ => "nullfuncref",
    };

    /// <summary>A reference whose heap type follows.</summary>
    private static FoundProposal Reference(ReadOnlySpan<byte> at)
    {
        FoundProposal? heap = at.Length > 1 && at[1] is not (0x63 or 0x64) ? Type(at[1..]) : null;
        return heap ?? new(Proposal.TypedReferences, at[0] == 0x63 ? "ref null" : "ref");
    }

    private static FoundProposal? Limit(byte flags) => (flags & Limits.Is64) != 0 ? new(Proposal.Memory64)
        : (flags & Limits.Shared) != 0 ? new(Proposal.Threads, "shared memory")
        : null;

    private static FoundProposal? Instruction(ReadOnlySpan<byte> at)
    {
        uint sub = SubOpcode(at);
        return at[0] switch
        {
            0x06 => new(Proposal.LegacyExceptions, "try"),
            0x07 => new(Proposal.LegacyExceptions, "catch"),
            0x08 => new(Proposal.Exceptions, "throw"),
            0x09 => new(Proposal.LegacyExceptions, "rethrow"),
            0x0A => new(Proposal.Exceptions, "throw_ref"),
            0x14 => new(Proposal.TypedReferences, "call_ref"),
            0x15 => new(Proposal.TypedReferences, "return_call_ref"),
            0x18 => new(Proposal.LegacyExceptions, "delegate"),
            0x19 => new(Proposal.LegacyExceptions, "catch_all"),
            0x1F => new(Proposal.Exceptions, "try_table"),
            >= 0x40 and <= 0x47 => new(Proposal.MultiMemory, "memory index of an access"),
            0xD3 => new(Proposal.GarbageCollection, "ref.eq"),
            0xD4 => new(Proposal.TypedReferences, "ref.as_non_null"),
            0xD5 => new(Proposal.TypedReferences, "br_on_null"),
            0xD6 => new(Proposal.TypedReferences, "br_on_non_null"),
            >= 0xE0 and <= 0xE6 => new(Proposal.StackSwitching, Name(at[0])),
            0xFB => new(sub < 0x80 ? Proposal.GarbageCollection : Proposal.StringReferences, Name(0xFB, sub)),
            0xFC when sub == 0x12 => new(Proposal.MemoryControl, "memory.discard"),
            0xFC when sub is 0x30 or 0x31 => new(Proposal.HalfPrecision, Name(0xFC, sub)),
            0xFD => new(sub < 0x100 ? Proposal.Simd : sub < 0x114 ? Proposal.RelaxedSimd : Proposal.HalfPrecision, Name(0xFD, sub)),
            0xFE => new(sub < 0x4F ? Proposal.Threads : Proposal.SharedEverything, Name(0xFE, sub)),
            _ => null,
        };
    }

    private static string Name(byte opcode) => $"instruction 0x{opcode:x2}";

    private static string Name(byte prefix, uint sub) => $"{Name(prefix)} 0x{sub:x2}";

    /// <summary>The number after a prefix byte.</summary>
    private static uint SubOpcode(ReadOnlySpan<byte> at)
    {
        fixed (byte* start = at)
        {
            ByteReader r = Read.Over(start, start + 1, start + at.Length);
            return Read.U32(&r);
        }
    }

    /// <summary>
    /// The id of the section that contains an offset, and where its contents begin; 0 outside all contents, and in custom sections.
    /// </summary>
    private static (byte Id, uint Start) SectionOf(ReadOnlySpan<byte> module, uint offset)
    {
        foreach ((byte id, uint start, uint size) in ModuleSections.Of(module))
            if (offset >= start && offset - start < size) return (id, start);
        return default;
    }

    /// <summary>Whether an offset is that of an import's kind, and not of what follows the kind.</summary>
    private static bool IsKind(ReadOnlySpan<byte> module, uint section, uint offset)
    {
        fixed (byte* start = module)
        {
            ByteReader r = Read.Over(start, start + section, start + module.Length);
            for (uint left = Read.U32(&r); left != 0 && r.Error == WasmError.None; left--)
            {
                Read.Bytes(&r, Read.U32(&r));
                Read.Bytes(&r, Read.U32(&r));
                if (Read.Offset(&r) >= offset) return Read.Offset(&r) == offset;
                PassType(&r, (ExternKind)Read.U8(&r));
            }
        }
        return false;
    }

    private static void PassType(ByteReader* r, ExternKind kind)
    {
        MemoryType memory;
        TableType table;
        if (kind == ExternKind.Func) Read.U32(r);
        else if (kind == ExternKind.Table) ReadLimits.Table(r, &table, Features.All);
        else if (kind == ExternKind.Memory) ReadLimits.Memory(r, &memory, Features.All);
        else Read.Bytes(r, 2); // a global's type and mutability
    }
}
