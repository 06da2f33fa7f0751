// SPDX-License-Identifier: MIT
// Imports (spec chapter 5.5.5): one entry read from the module's bytes, and a walk over all of them.
namespace Wamr.Nano.Core.Wasm;

/// <summary>An import. <see cref="Kind"/> determines which of the types is set. The names lie in the module's bytes.</summary>
internal unsafe struct Import
{
    /// <summary>The address of the entry, at the module name, to which <see cref="Function.Entry"/> and similar fields lead.</summary>
    internal byte* Entry;

    /// <summary>The next entry.</summary>
    internal byte* Next;

    /// <summary>Number among all imports.</summary>
    internal uint Number;

    internal byte* Module;
    internal uint ModuleLength;
    internal byte* Field;
    internal uint FieldLength;
    internal ExternKind Kind;

    /// <summary>For a function, the index of its type, as encoded.</summary>
    internal uint TypeIndex;

    /// <summary>The type of a global.</summary>
    internal ValType GlobalType;
    internal byte Mutable;
    internal TableType Table;
    internal MemoryType Memory;
}

internal static unsafe class Imports
{
    /// <summary>Reads the entry at <paramref name="r"/>. The index of a function's type is not checked here.</summary>
    internal static void Item(ByteReader* r, Import* import, Features features)
    {
        import->Entry = r->Pos;
        import->Number = 0;
        import->Module = Utf8.Name(r, &import->ModuleLength);
        import->Field = Utf8.Name(r, &import->FieldLength);
        byte* at = r->Pos;
        import->Kind = (ExternKind)Read.U8(r);
        switch (import->Kind)
        {
            case ExternKind.Func:
                import->TypeIndex = Read.U32(r);
                break;
            case ExternKind.Table:
                import->Table = default;
                ReadLimits.Table(r, &import->Table, features);
                import->Table.Import = (uint)(import->Entry - r->Base);
                break;
            case ExternKind.Memory:
                import->Memory = default;
                ReadLimits.Memory(r, &import->Memory, features);
                import->Memory.Import = (uint)(import->Entry - r->Base);
                break;
            case ExternKind.Global:
                import->GlobalType = ReadType.Value(r, features);
                import->Mutable = ReadType.Mutability(r);
                if (import->Mutable != 0) Read.Require(r, Features.MutableGlobals, features, r->Pos - 1);
                break;
            default:
                Read.FailAt(r, (byte)import->Kind == TagKind ? WasmError.UnsupportedFeature : WasmError.BadExternKind, at);
                break;
        }
        import->Next = r->Pos;
    }

    /// <summary>The first import of a loaded module; false without any.</summary>
    internal static bool First(Module* module, Import* import)
    {
        if (module->ImportCount == 0) return false;
        At(module, module->Imports, import);
        return true;
    }

    /// <summary>Moves to the next import; false after the last one.</summary>
    internal static bool Next(Module* module, Import* import)
    {
        uint number = import->Number + 1;
        if (number >= module->ImportCount) return false;
        At(module, import->Next, import);
        import->Number = number;
        return true;
    }

    /// <summary>Reads the import whose entry is <paramref name="entry"/>. Its number among all imports is unknown, and set to 0.</summary>
    internal static void At(Module* module, byte* entry, Import* import)
    {
        ByteReader r = Read.Over(module->Bytes, entry, module->Bytes + module->Size);
        // A loaded module has been checked, so this cannot fail.
        Item(&r, import, Features.All);
    }

    /// <summary>The kind of the exceptions proposal.</summary>
    internal const byte TagKind = 4;
}
