// SPDX-License-Identifier: MIT
// Tables (spec chapters 4.4.6, 4.5.3.9): creation, and the table instructions. Indices of tables and segments are validated.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

internal static unsafe class Tables
{
    /// <summary>The result of <see cref="Grow"/> if the table cannot grow.</summary>
    internal const uint Failed = 0xFFFFFFFF;

    /// <summary>Makes the instance's own tables, with all elements null.</summary>
    internal static WasmError Create(Instance* instance)
    {
        Module* module = instance->Module;
        for (uint index = module->ImportedTables; index < module->TableCount; index++)
        {
            TableType* type = &module->Tables[index];
            TableInst* table = instance->Tables[index];
            table->Owner = instance;
            table->Max = type->Max;
            table->ElemType = type->ElemType;
            if (type->Min > Config.MaxTableSize)
                return Runtimes.FailValue(instance->Runtime, WasmError.TableTooLarge, type->Min, Config.MaxTableSize);
            if (type->Min != 0 && !Resize(table, type->Min, FuncRef.Null)) return instance->Runtime->Error.Code;
        }
        return WasmError.None;
    }

    /// <summary>Frees the elements of the instance's own tables.</summary>
    internal static void Free(Instance* instance)
    {
        for (uint index = instance->Module->ImportedTables; index < instance->Module->TableCount; index++)
            Allocator.Free(&instance->Runtime->Allocator, instance->Tables[index]->Elements);
    }

    /// <summary>table.get.</summary>
    /// <returns><see cref="WasmError.TableOutOfBounds"/>.</returns>
    internal static WasmError Get(Instance* instance, uint table, uint index, uint* reference)
    {
        TableInst* t = instance->Tables[table];
        if (index >= t->Size) return WasmError.TableOutOfBounds;
        *reference = t->Elements[index];
        return WasmError.None;
    }

    /// <summary>table.set.</summary>
    /// <returns><see cref="WasmError.TableOutOfBounds"/>.</returns>
    internal static WasmError Set(Instance* instance, uint table, uint index, uint reference)
    {
        TableInst* t = instance->Tables[table];
        if (index >= t->Size || t->Fixed != 0) return WasmError.TableOutOfBounds;
        t->Elements[index] = reference;
        return WasmError.None;
    }

    /// <summary>table.grow: returns the size before, or <see cref="Failed"/>.</summary>
    internal static uint Grow(Instance* instance, uint table, uint reference, uint delta)
    {
        TableInst* t = instance->Tables[table];
        uint old = t->Size;
        ulong size = (ulong)old + delta;
        if (delta == 0) return old;
        if (t->Fixed != 0 || size > t->Max || size > Config.MaxTableSize) return Failed;
        return Resize(t, (uint)size, reference) ? old : Failed;
    }

    /// <summary>table.fill.</summary>
    /// <returns><see cref="WasmError.TableOutOfBounds"/>, and nothing is written.</returns>
    internal static WasmError Fill(Instance* instance, uint table, uint index, uint reference, uint count)
    {
        TableInst* t = instance->Tables[table];
        if ((ulong)index + count > t->Size || t->Fixed != 0) return WasmError.TableOutOfBounds;
        for (uint n = 0; n < count; n++) t->Elements[index + n] = reference;
        return WasmError.None;
    }

    /// <summary>table.copy; the ranges may overlap.</summary>
    /// <returns><see cref="WasmError.TableOutOfBounds"/>, and nothing is written.</returns>
    internal static WasmError Copy(Instance* instance, uint toTable, uint fromTable, uint to, uint from, uint count)
    {
        TableInst* target = instance->Tables[toTable];
        TableInst* source = instance->Tables[fromTable];
        if ((ulong)to + count > target->Size || target->Fixed != 0 || (ulong)from + count > source->Size) return WasmError.TableOutOfBounds;
        if (count != 0) Raw.Copy((byte*)(target->Elements + to), (byte*)(source->Elements + from), count * sizeof(uint));
        return WasmError.None;
    }

    /// <summary>table.init.</summary>
    /// <returns><see cref="WasmError.TableOutOfBounds"/>, and nothing is written.</returns>
    internal static WasmError Init(Instance* instance, uint table, uint segment, uint to, uint from, uint count)
    {
        ByteReader items = default;
        ElemSegment s = default;
        if (!Segments.IsElemDropped(instance, segment)) ElemSegments.Get(instance->Module, segment, &items, &s);
        TableInst* t = instance->Tables[table];
        if ((ulong)from + count > s.Count || (ulong)to + count > t->Size || t->Fixed != 0) return WasmError.TableOutOfBounds;
        for (uint n = 0; count != 0 && n < from + count; n++)
        {
            uint reference = Item(instance, &items, s.Expressions);
            if (n >= from) t->Elements[to + n - from] = reference;
        }
        return WasmError.None;
    }

    /// <summary>Copies the active segments, in order, and drops those and the declarative ones.</summary>
    internal static WasmError InitActive(Instance* instance)
    {
        Module* module = instance->Module;
        for (uint index = 0; index < module->ElemCount; index++)
        {
            ByteReader items;
            ElemSegment s;
            ElemSegments.Get(module, index, &items, &s);
            if (s.Mode == ElemMode.Passive) continue;
            if (s.Mode == ElemMode.Active)
            {
                uint to = (uint)ConstEval.Value(instance, s.Offset);
                WasmError error = Init(instance, s.Table, index, to, 0, s.Count);
                if (error != WasmError.None) return Segments.Fail(instance, error, module->ElemSegments[index], index);
            }
            Segments.DropElem(instance, index);
        }
        for (uint index = module->ImportedTables; index < module->TableCount; index++)
            instance->Tables[index]->Fixed = module->Tables[index].Constant;
        return WasmError.None;
    }

    /// <summary>The value of the next item of a segment: a function index or an expression.</summary>
    private static uint Item(Instance* instance, ByteReader* items, bool expressions) =>
        expressions ? (uint)ConstEval.Value(instance, items) : FuncRef.Of(instance, Read.U32(items));

    /// <summary>Makes a table larger; the new elements are <paramref name="reference"/>.</summary>
    private static bool Resize(TableInst* t, uint size, uint reference)
    {
        Allocator* a = &t->Owner->Runtime->Allocator;
        void* block = t->Elements == null
            ? Allocator.Alloc(a, size * sizeof(uint), MemoryCategory.Instance)
            : Allocator.Realloc(a, t->Elements, size * sizeof(uint));
        if (block == null) return false;
        t->Elements = (uint*)block;
        for (uint n = t->Size; n < size; n++) t->Elements[n] = reference;
        t->Size = size;
        return true;
    }
}
