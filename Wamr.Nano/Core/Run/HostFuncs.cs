// SPDX-License-Identifier: MIT
// Registration of host functions by module name, and their look-up when linking.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

internal static unsafe class HostFuncs
{
    /// <summary>
    /// Offers host functions to modules that are instantiated from now on. Names and rows belong to the embedder, and must outlive the
    /// instances bound to them. A later registration hides an earlier one of the same names. This takes one small block of category
    /// runtime.
    /// </summary>
    /// <param name="rt">The runtime.</param>
    /// <param name="moduleName">UTF-8, zero-terminated.</param>
    /// <param name="rows">The functions; a row of form <see cref="HostForm.Family"/> needs <see cref="RegisterFamily"/>.</param>
    /// <param name="count">Number of rows.</param>
    /// <returns><see cref="WasmError.OutOfMemory"/>.</returns>
    internal static WasmError Register(Runtime* rt, byte* moduleName, HostFunc* rows, uint count)
    {
        HostGroup* group = (HostGroup*)Allocator.AllocZeroed(&rt->Allocator, (uint)sizeof(HostGroup), MemoryCategory.Runtime);
        if (group == null) return rt->Error.Code;
        group->ModuleName = moduleName;
        group->Functions = rows;
        group->Count = count;
        group->Next = rt->HostGroups;
        rt->HostGroups = group;
        return WasmError.None;
    }

    /// <summary>
    /// Offers a family: functions that <paramref name="find"/> finds by name, and <paramref name="call"/> runs by number. All other
    /// registrations take precedence, so an embedder can replace a function of a family.
    /// </summary>
    /// <returns><see cref="WasmError.OutOfMemory"/>.</returns>
    internal static WasmError RegisterFamily(
        Runtime* rt,
        delegate*<ImportRequest*, uint*, WasmError> find,
        delegate*<ExecEnv*, void*, void*, WasmError> call)
    {
        HostGroup* group = WithRow(rt);
        if (group == null) return rt->Error.Code;
        group->Find = find;
        group->Functions->Function = call;
        group->Functions->Form = HostForm.Family;
        HostGroup** link = &rt->HostGroups;
        while (*link != null) link = &(*link)->Next;
        *link = group;
        return WasmError.None;
    }

    /// <summary>Offers one function of form <see cref="HostForm.Direct"/>, with the row that describes it.</summary>
    /// <param name="rt">The runtime.</param>
    /// <param name="moduleName">
    /// Module name, UTF-8, zero-terminated. All three strings must outlive the instances bound to the function.
    /// </param>
    /// <param name="name">Name of the function, UTF-8, zero-terminated.</param>
    /// <param name="signature">Signature with no letter but i, such as <c>(ii)i</c>.</param>
    /// <param name="function">A C function of that signature.</param>
    /// <returns><see cref="WasmError.OutOfMemory"/>.</returns>
    internal static WasmError RegisterDirect(Runtime* rt, byte* moduleName, byte* name, byte* signature, void* function)
    {
        HostGroup* group = WithRow(rt);
        if (group == null) return rt->Error.Code;
        group->ModuleName = moduleName;
        group->Count = 1;
        group->Functions->Name = name;
        group->Functions->Signature = signature;
        group->Functions->Function = (delegate*<ExecEnv*, void*, void*, WasmError>)function;
        group->Functions->Form = HostForm.Direct;
        group->Next = rt->HostGroups;
        rt->HostGroups = group;
        return WasmError.None;
    }

    /// <summary>The value that a function of form <see cref="HostForm.Direct"/> returns to trap.</summary>
    internal static ulong Trap(WasmError error) => (ulong)error << 32;

    /// <summary>A group with a single row in the same block; null if the pool is full.</summary>
    private static HostGroup* WithRow(Runtime* rt)
    {
        uint size = (uint)(sizeof(HostGroup) + sizeof(HostFunc));
        HostGroup* group = (HostGroup*)Allocator.AllocZeroed(&rt->Allocator, size, MemoryCategory.Runtime);
        if (group != null) group->Functions = (HostFunc*)(group + 1);
        return group;
    }

    /// <summary>
    /// Removes the newest registration of these rows. Instances that are bound to them stay bound, so the rows must still outlive those.
    /// </summary>
    /// <returns><see cref="WasmError.UnknownImport"/> if there is no such registration.</returns>
    internal static WasmError Unregister(Runtime* rt, HostFunc* rows)
    {
        for (HostGroup** link = &rt->HostGroups; *link != null; link = &(*link)->Next)
        {
            if ((*link)->Functions != rows) continue;
            Remove(rt, link);
            return WasmError.None;
        }
        return WasmError.UnknownImport;
    }

    /// <summary>Removes the group at <paramref name="link"/> from its list, and frees it.</summary>
    internal static void Remove(Runtime* rt, HostGroup** link)
    {
        HostGroup* group = *link;
        *link = group->Next;
        Allocator.Free(&rt->Allocator, group);
    }

    /// <summary>Finds a registered function for an import, newest registration first.</summary>
    /// <returns><see cref="WasmError.UnknownImport"/>, or a family's error for the type.</returns>
    internal static WasmError Find(Runtime* rt, ImportRequest* request, Extern* result)
    {
        for (HostGroup* group = rt->HostGroups; group != null; group = group->Next)
        {
            // A family compares the module name itself.
            if (group->Find == null && !NameEquals(group->ModuleName, request->ModuleName, request->ModuleLength)) continue;
            WasmError error = FindIn(group, request, result);
            if (error != WasmError.UnknownImport) return error;
        }
        return WasmError.UnknownImport;
    }

    /// <summary>Whether a zero-terminated name equals the <paramref name="length"/> bytes at <paramref name="name"/>.</summary>
    internal static bool NameEquals(byte* terminated, byte* name, uint length)
    {
        for (uint n = 0; n < length; n++)
            if (terminated[n] == 0 || terminated[n] != name[n]) return false;
        return terminated[length] == 0;
    }

    private static WasmError FindIn(HostGroup* group, ImportRequest* request, Extern* result)
    {
        result->Kind = ExternKind.Func;
        result->Host = group->Functions;
        if (group->Find != null)
        {
            return request->Kind == ExternKind.Func ? group->Find(request, &result->Index) : WasmError.UnknownImport;
        }
        for (uint n = 0; n < group->Count; n++, result->Host++)
            if (NameEquals(result->Host->Name, request->Name, request->NameLength)) return WasmError.None;
        return WasmError.UnknownImport;
    }
}
