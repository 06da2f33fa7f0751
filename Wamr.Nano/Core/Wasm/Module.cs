// SPDX-License-Identifier: MIT
// A loaded module (spec chapter 2.5): small tables over the module's bytes, which stay where they are and are never written.
namespace Wamr.Nano.Core.Wasm;

/// <summary>
/// A validated module: what it consists of, its bytes, its code. The bytes belong to the embedder, may lie in flash and must outlive it.
/// </summary>
internal unsafe struct Module
{
    /// <summary>What it consists of: in the pool, or in an image.</summary>
    internal ModuleInfo* Info;

    /// <summary>
    /// The binary, or the part of an image that stands for it, and its size in bytes. Offsets of entries count from here.
    /// </summary>
    internal byte* Bytes;
    internal uint Size;

    /// <summary>Code of all functions: register code in a block of the pool, or an image's; null without any.</summary>
    internal ushort* Code;

    /// <summary>Size of <see cref="Code"/>, bytes.</summary>
    internal uint CodeSize;

    /// <summary>As in <see cref="LoadRules.Profiled"/>.</summary>
    internal byte Profiled;

    /// <summary>
    /// What is known, while it is loaded, of the stack pointer of <see cref="AuxStack"/>; <see cref="StackProof.None"/> becomes no stack
    /// pointer.
    /// </summary>
    internal StackProof StackProof;

    /// <summary>Not 0: its register code does not check what the stack pointer is set to.</summary>
    internal byte UncheckedStack;

    /// <summary>Bytes of a pointer on the machine its register code is for; 0: this one.</summary>
    internal byte PointerBytes;

    internal readonly FuncType* Types => (FuncType*)((byte*)Info + Info->TypesAt);

    /// <summary>Function index space: the imported ones first.</summary>
    internal readonly Function* Functions => (Function*)((byte*)Info + Info->FunctionsAt);

    /// <summary>Global index space: the imported ones first.</summary>
    internal readonly Global* Globals => (Global*)((byte*)Info + Info->GlobalsAt);

    /// <summary>Table index space: the imported ones first.</summary>
    internal readonly TableType* Tables => (TableType*)((byte*)Info + Info->TablesAt);

    /// <summary>Where each data segment starts (its flags), and each element segment: offsets from <see cref="Bytes"/>.</summary>
    internal readonly uint* DataSegments => (uint*)((byte*)Info + Info->DataAt);
    internal readonly uint* ElemSegments => (uint*)((byte*)Info + Info->ElemAt);

    /// <summary>First import and first export entry (behind the counts).</summary>
    internal readonly byte* Imports => Bytes + Info->ImportsAt;
    internal readonly byte* Exports => Bytes + Info->ExportsAt;

    /// <summary>Whether its instances have a memory that is not imported.</summary>
    internal readonly bool OwnsMemory => Info->Memory.Present != 0 && Info->Memory.Import == 0;

    internal readonly ushort TypeCount => Info->TypeCount;
    internal readonly ushort FunctionCount => Info->FunctionCount;
    internal readonly ushort GlobalCount => Info->GlobalCount;
    internal readonly ushort TableCount => Info->TableCount;
    internal readonly ushort DataCount => Info->DataCount;
    internal readonly ushort ElemCount => Info->ElemCount;
    internal readonly ushort ImportCount => Info->ImportCount;
    internal readonly ushort ExportCount => Info->ExportCount;
    internal readonly ushort ImportedFunctions => Info->ImportedFunctions;
    internal readonly ushort ImportedGlobals => Info->ImportedGlobals;
    internal readonly ushort ImportedTables => Info->ImportedTables;

    internal const uint NoIndex = 0xFFFFFFFF;
}

/// <summary>
/// What a module consists of, apart from where it is: the tables behind it are found by distance from here, their entries by offset in the
/// module's bytes. So the loader makes it in the pool, and the compiler of images into flash, in the same form.
/// </summary>
internal struct ModuleInfo
{
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

    // Distances in bytes from the start of this structure.
    internal uint TypesAt;
    internal uint FunctionsAt;
    internal uint GlobalsAt;
    internal uint TablesAt;
    internal uint DataAt;
    internal uint ElemAt;

    // Offsets in the module's bytes.
    internal uint ImportsAt;
    internal uint ExportsAt;

    /// <summary>Index of the start function, or <see cref="Module.NoIndex"/>.</summary>
    internal uint StartFunction;

    /// <summary>The one memory; <see cref="MemoryType.Present"/> tells whether there is any.</summary>
    internal MemoryType Memory;

    /// <summary>The C shadow stack as far as the module shows one; see <see cref="AuxStack"/>.</summary>
    internal AuxStack AuxStack;
}

/// <summary>A function type (spec chapter 2.3.6). The types themselves are read from the module's bytes.</summary>
internal struct FuncType
{
    /// <summary>Distance in bytes from this entry to its parameter types, one byte each (see <see cref="FuncTypes.Params"/>).</summary>
    internal nint ParamsAt;

    /// <summary>Distance in bytes from the parameter types to the result types.</summary>
    internal ushort ResultsAt;
    internal ushort ParamCount;
    internal ushort ResultCount;

    /// <summary>32-bit slots the parameters, and the results, take.</summary>
    internal ushort ParamSlots;
    internal ushort ResultSlots;

    /// <summary>Index of the first type of the module that is equal: equal types have equal numbers.</summary>
    internal ushort Canonical;
}

/// <summary>A function, imported or defined.</summary>
internal struct Function
{
    /// <summary>
    /// Offset in the module's bytes. Defined: its entry in the code section, at the size; 0 in an image, which has none. Imported: its
    /// import entry, at the module name.
    /// </summary>
    internal uint Entry;

    /// <summary>
    /// Where its code starts, units from <see cref="Module.Code"/>: the header of register code (see <c>RegCode</c>); <see cref="NoCode"/>
    /// for an import.
    /// </summary>
    internal uint Code;

    /// <summary>Index of its type: the canonical one, so that equal types have equal numbers.</summary>
    internal ushort TypeIndex;

    /// <summary>Highest operand stack the validator saw, 32-bit slots.</summary>
    internal ushort MaxStack;

    internal const uint NoCode = 0xFFFFFFFF;
}

/// <summary>A global, imported or defined.</summary>
internal struct Global
{
    /// <summary>
    /// Offset in the module's bytes. Defined: its initialiser expression. Imported: its import entry, at the module name.
    /// </summary>
    internal uint Entry;

    /// <summary>Defined: first 32-bit slot among the instance's globals. Imported: number among the imported globals.</summary>
    internal ushort Slot;
    internal ValType Type;
    internal byte Mutable;
}

/// <summary>A table type (spec chapter 2.3.10).</summary>
internal struct TableType
{
    /// <summary>Imported: its import entry, at the module name, as an offset in the module's bytes; otherwise 0.</summary>
    internal uint Import;
    internal uint Min;

    /// <summary>Elements at most; 0xFFFFFFFF where the module sets no limit.</summary>
    internal uint Max;
    internal ValType ElemType;

    /// <summary>Not 0: native code relies on its contents, which nobody may change after instantiation.</summary>
    internal byte Constant;
}

/// <summary>A memory type (spec chapter 2.3.9), with what truncation made of it.</summary>
internal struct MemoryType
{
    /// <summary>Imported: its import entry, at the module name, as an offset in the module's bytes; otherwise 0.</summary>
    internal uint Import;

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

/// <summary>Why a global is believed to be C's stack pointer.</summary>
internal enum StackProof : byte
{
    /// <summary>It begins where one would.</summary>
    None,

    /// <summary>A function takes its frame of it and gives it back.</summary>
    Frame,

    /// <summary>It has the name.</summary>
    Named,
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

    /// <summary>
    /// Bytes; 0 where nothing is known, and nothing is checked then. All of them may be used: the pointer may be what is left then.
    /// </summary>
    internal uint Size;

    /// <summary>Value of the exported __data_end and __heap_base, or 0 without them.</summary>
    internal uint DataEnd;
    internal uint HeapBase;
}
