// SPDX-License-Identifier: MIT
// A loaded module (spec chapter 2.5): small tables over the module's bytes, which stay where they are and are never written.
namespace Wamr.Nano.Core;

/// <summary>
/// A loaded, validated and lowered module. Owned by <see cref="Runtime"/>; lives until unloaded. The bytes it points into
/// belong to the embedder, may lie in flash and must outlive it.
/// </summary>
internal unsafe struct Module
{
    internal Runtime* Runtime;

    /// <summary>The binary, and its size in bytes.</summary>
    internal byte* Bytes;
    internal uint Size;

    /// <summary>Number of live instances; a module in use cannot be unloaded.</summary>
    internal uint Instances;

    internal FuncType* Types;

    /// <summary>Function index space: the imported ones first.</summary>
    internal Function* Functions;

    /// <summary>Global index space: the imported ones first.</summary>
    internal Global* Globals;

    /// <summary>Table index space: the imported ones first.</summary>
    internal TableType* Tables;

    /// <summary>Start of each data segment (its flags), or null without a data section.</summary>
    internal byte** DataSegments;

    /// <summary>Start of each element segment (its flags), or null without an element section.</summary>
    internal byte** ElemSegments;

    /// <summary>First import and first export entry (behind the counts), or null.</summary>
    internal byte* Imports;
    internal byte* Exports;

    /// <summary>Register code of all functions in one block of the pool; null where an image holds it.</summary>
    internal ushort* Code;

    /// <summary>Size of <see cref="Code"/>, bytes.</summary>
    internal uint CodeSize;

    internal ushort TypeCount;
    internal ushort FunctionCount;
    internal ushort GlobalCount;
    internal ushort TableCount;
    internal ushort DataCount;
    internal ushort ElemCount;
    internal ushort ImportCount;
    internal ushort ExportCount;
    internal ushort ImportedFunctions;
    internal ushort ImportedGlobals;
    internal ushort ImportedTables;

    /// <summary>32-bit slots the module's own globals take in an instance.</summary>
    internal ushort GlobalSlots;

    /// <summary>Index of the start function, or <see cref="NoIndex"/>.</summary>
    internal uint StartFunction;

    /// <summary>The one memory; <see cref="MemoryType.Present"/> tells whether there is any.</summary>
    internal MemoryType Memory;

    /// <summary>The C shadow stack as far as the module shows one; see <see cref="AuxStack"/>.</summary>
    internal AuxStack AuxStack;

    internal const uint NoIndex = 0xFFFFFFFF;
}

/// <summary>A function type (spec chapter 2.3.6). The types themselves are read from the module's bytes.</summary>
internal unsafe struct FuncType
{
    /// <summary>Parameter types, one byte each.</summary>
    internal byte* Params;

    /// <summary>Distance in bytes from <see cref="Params"/> to the result types.</summary>
    internal ushort ResultsAt;
    internal ushort ParamCount;
    internal ushort ResultCount;

    /// <summary>32-bit slots the parameters, and the results, take.</summary>
    internal ushort ParamSlots;
    internal ushort ResultSlots;

    /// <summary>Index of the first type of the module that is equal: equal types have equal numbers.</summary>
    internal ushort Canonical;

    /// <summary>Result types, one byte each.</summary>
    internal readonly byte* Results => Params + ResultsAt;
}

/// <summary>A function, imported or defined.</summary>
internal unsafe struct Function
{
    /// <summary>Defined: its entry in the code section, at the size. Imported: its import entry, at the module name.</summary>
    internal byte* Entry;

    /// <summary>Register code, at the header (see <see cref="RegCode"/>); null for an import.</summary>
    internal ushort* Code;

    /// <summary>Index of its type: the canonical one, so that equal types have equal numbers.</summary>
    internal ushort TypeIndex;

    /// <summary>Highest operand stack the validator saw, 32-bit slots.</summary>
    internal ushort MaxStack;
}

/// <summary>A global, imported or defined.</summary>
internal unsafe struct Global
{
    /// <summary>Defined: its initialiser expression. Imported: its import entry, at the module name.</summary>
    internal byte* Entry;

    /// <summary>Defined: first 32-bit slot among the instance's globals. Imported: number among the imported globals.</summary>
    internal ushort Slot;
    internal ValType Type;
    internal byte Mutable;
}

/// <summary>A table type (spec chapter 2.3.10).</summary>
internal unsafe struct TableType
{
    /// <summary>Imported: its import entry, at the module name; otherwise null.</summary>
    internal byte* Import;
    internal uint Min;

    /// <summary>Elements at most; 0xFFFFFFFF where the module sets no limit.</summary>
    internal uint Max;
    internal ValType ElemType;
}

/// <summary>A memory type (spec chapter 2.3.9), with what truncation made of it.</summary>
internal unsafe struct MemoryType
{
    /// <summary>Imported: its import entry, at the module name; otherwise null.</summary>
    internal byte* Import;

    /// <summary>Pages at the start.</summary>
    internal uint Min;

    /// <summary>Pages at most; <see cref="Unlimited"/> where the module sets no limit.</summary>
    internal uint Max;

    /// <summary>
    /// Bytes the memory is truncated to (a multiple of 8, at most Min pages), or 0 where it is not:
    /// the module neither grows nor measures its memory and exports where its heap begins.
    /// </summary>
    internal uint TruncatedBytes;

    /// <summary>Size of a page as a power of two: 16, or what a custom page size says.</summary>
    internal byte PageShift;
    internal byte Present;

    /// <summary>Set where memory.grow or memory.size occurs in the code.</summary>
    internal byte MayGrow;

    internal const uint Unlimited = 0xFFFFFFFF;
}

/// <summary>
/// The auxiliary (C shadow) stack in linear memory, found from the exported globals: it begins at <see cref="Bottom"/> and grows down to
/// <see cref="Bottom"/> - <see cref="Size"/>.
/// </summary>
internal struct AuxStack
{
    /// <summary>Index of the stack pointer global, or <see cref="Module.NoIndex"/>.</summary>
    internal uint Global;

    /// <summary>Initial stack pointer.</summary>
    internal uint Bottom;

    /// <summary>Bytes; 0 where nothing is known, and nothing is checked then.</summary>
    internal uint Size;

    /// <summary>Value of the exported __data_end and __heap_base, or 0 without them.</summary>
    internal uint DataEnd;
    internal uint HeapBase;
}
