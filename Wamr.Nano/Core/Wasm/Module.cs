// SPDX-License-Identifier: MIT
// A loaded module (spec chapter 2.5): small tables over the module's bytes, which stay in place and are never written.
namespace Wamr.Nano.Core.Wasm;

/// <summary>
/// A validated module: its tables, its bytes, its code. The bytes belong to the embedder, may lie in flash, and must outlive the module.
/// </summary>
internal unsafe struct Module
{
    /// <summary>Its tables, which lie in the pool or in an image.</summary>
    internal ModuleInfo* Info;

    /// <summary>The binary, or the part of an image that replaces it, and its size in bytes. Offsets of entries count from here.</summary>
    internal byte* Bytes;
    internal uint Size;

    /// <summary>The code of all functions: register code in a block of the pool, or the code of an image; null if there is none.</summary>
    internal ushort* Code;

    /// <summary>Size of <see cref="Code"/>, bytes.</summary>
    internal uint CodeSize;

    /// <summary>As in <see cref="LoadRules.Profiled"/>.</summary>
    internal byte Profiled;

    /// <summary>
    /// During loading, the proof for the stack pointer of <see cref="AuxStack"/>. If it stays <see cref="StackProof.None"/>, there is no
    /// stack pointer.
    /// </summary>
    internal StackProof StackProof;

    /// <summary>Not 0: its register code does not check new values of the stack pointer.</summary>
    internal byte UncheckedStack;

    /// <summary>Size of a pointer, in bytes, on the machine for which its register code is made; 0: this machine.</summary>
    internal byte PointerBytes;

    internal readonly FuncType* Types => (FuncType*)((byte*)Info + Info->TypesAt);

    /// <summary>Function index space, imports first.</summary>
    internal readonly Function* Functions => (Function*)((byte*)Info + Info->FunctionsAt);

    /// <summary>Global index space, imports first.</summary>
    internal readonly Global* Globals => (Global*)((byte*)Info + Info->GlobalsAt);

    /// <summary>Table index space, imports first.</summary>
    internal readonly TableType* Tables => (TableType*)((byte*)Info + Info->TablesAt);

    /// <summary>The start (the flags) of each data segment and each element segment, as offsets from <see cref="Bytes"/>.</summary>
    internal readonly uint* DataSegments => (uint*)((byte*)Info + Info->DataAt);
    internal readonly uint* ElemSegments => (uint*)((byte*)Info + Info->ElemAt);

    /// <summary>The first import and the first export entry (after the counts).</summary>
    internal readonly byte* Imports => Bytes + Info->ImportsAt;
    internal readonly byte* Exports => Bytes + Info->ExportsAt;

    /// <summary>Whether its instances have their own memory, which is not imported.</summary>
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
/// The tables of a module, independent of addresses: distances from here lead to the tables, which follow, and offsets in the module's
/// bytes lead to entries. So the loader can make it in the pool, and the compiler of images in flash, in the same form.
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

    /// <summary>The number of 32-bit slots that the module's own globals take in an instance.</summary>
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

    /// <summary>The memory; <see cref="MemoryType.Present"/> says whether there is one.</summary>
    internal MemoryType Memory;

    /// <summary>The C stack, if the module shows one; see <see cref="AuxStack"/>.</summary>
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

    /// <summary>The number of 32-bit slots of the parameters, and of the results.</summary>
    internal ushort ParamSlots;
    internal ushort ResultSlots;

    /// <summary>Index of the first type of the module that equals this one, so that equal types have equal numbers.</summary>
    internal ushort Canonical;
}

/// <summary>A function, imported or defined.</summary>
internal struct Function
{
    /// <summary>
    /// Offset in the module's bytes. For a defined function, its entry in the code section, at the size; 0 in an image, which has no code
    /// section. For an imported function, its import entry, at the module name.
    /// </summary>
    internal uint Entry;

    /// <summary>
    /// Where its code starts, in units from <see cref="Module.Code"/>, at the header of register code (see <c>RegCode</c>);
    /// <see cref="NoCode"/> for an import.
    /// </summary>
    internal uint Code;

    /// <summary>The index of its type: the first equal one, so that equal types have equal numbers.</summary>
    internal ushort TypeIndex;

    /// <summary>The largest operand stack that the validator saw, in 32-bit slots.</summary>
    internal ushort MaxStack;

    internal const uint NoCode = 0xFFFFFFFF;
}

/// <summary>A global, imported or defined.</summary>
internal struct Global
{
    /// <summary>Offset in the module's bytes: of its initialiser or, if it is imported, of its import entry, at the module name.</summary>
    internal uint Entry;

    /// <summary>The first 32-bit slot among the instance's globals or, if it is imported, the number among the imported globals.</summary>
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

    /// <summary>The largest number of elements; 0xFFFFFFFF if the module sets no limit.</summary>
    internal uint Max;
    internal ValType ElemType;

    /// <summary>Not 0: native code depends on its contents, which must not change after instantiation.</summary>
    internal byte Constant;
}

/// <summary>A memory type (spec chapter 2.3.9), with its truncated size.</summary>
internal struct MemoryType
{
    /// <summary>Imported: its import entry, at the module name, as an offset in the module's bytes; otherwise 0.</summary>
    internal uint Import;

    /// <summary>The initial number of pages.</summary>
    internal uint Min;

    /// <summary>The largest number of pages; <see cref="Unlimited"/> if the module sets no limit.</summary>
    internal uint Max;

    /// <summary>
    /// The size in bytes to which the memory is truncated (a multiple of 8, at most Min pages), or 0 if it is not truncated. It is
    /// truncated if the module neither grows nor measures its memory, and exports where its heap begins.
    /// </summary>
    internal uint TruncatedBytes;

    /// <summary>Size of a page as a power of two: 16, or a custom page size.</summary>
    internal byte PageShift;
    internal byte Present;

    /// <summary>Set if the code contains memory.grow or memory.size.</summary>
    internal byte MayGrow;

    internal const uint Unlimited = 0xFFFFFFFF;
}

/// <summary>The evidence that a global is C's stack pointer.</summary>
internal enum StackProof : byte
{
    /// <summary>Its initial value is where a stack pointer would begin.</summary>
    None,

    /// <summary>A function takes its frame from it, and returns the frame.</summary>
    Frame,

    /// <summary>It has the name of a stack pointer.</summary>
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
    /// Size in bytes; 0 if it is unknown, and then nothing is checked. All bytes may be used, so the pointer may reach the end.
    /// </summary>
    internal uint Size;

    /// <summary>Value of the exported __data_end and __heap_base, or 0 without them.</summary>
    internal uint DataEnd;
    internal uint HeapBase;
}
