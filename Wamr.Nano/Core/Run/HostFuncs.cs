// SPDX-License-Identifier: MIT
// Registration of host functions by module name, and their look-up when linking.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

internal static unsafe class HostFuncs
{
    /// <summary>
    /// Offers host functions to modules instantiated from now on. Names and rows are the embedder's and must outlive the instances bound to
    /// them. A later registration hides an earlier one of the same names. Costs one small block of the runtime category.
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
    /// Offers a family: functions that <paramref name="find"/> numbers and <paramref name="call"/> runs by number. Whatever else is
    /// registered comes before it, so that an embedder can put a function of its own in place of one of them.
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
    /// This, the function's name and its signature are UTF-8, zero-terminated, and must outlive the instances bound to it.
    /// </param>
    /// <param name="name">See there.</param>
    /// <param name="signature">Letter i alone: <c>(ii)i</c>.</param>
    /// <param name="function">The function, of C, as the signature says.</param>
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

    /// <summary>What a function of form <see cref="HostForm.Direct"/> returns to trap.</summary>
    internal static ulong Trap(WasmError error) => (ulong)error << 32;

    /// <summary>A group that brings its only row; null where the pool is full.</summary>
    private static HostGroup* WithRow(Runtime* rt)
    {
        uint size = (uint)(sizeof(HostGroup) + sizeof(HostFunc));
        HostGroup* group = (HostGroup*)Allocator.AllocZeroed(&rt->Allocator, size, MemoryCategory.Runtime);
        if (group != null) group->Functions = (HostFunc*)(group + 1);
        return group;
    }

    /// <summary>
    /// Withdraws the newest registration of these rows. Instances bound to them stay bound: the rows must still outlive them.
    /// </summary>
    /// <returns><see cref="WasmError.UnknownImport"/> where there is no such registration.</returns>
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

    /// <summary>Takes the group at <paramref name="link"/> out of its list and frees it.</summary>
    internal static void Remove(Runtime* rt, HostGroup** link)
    {
        HostGroup* group = *link;
        *link = group->Next;
        Allocator.Free(&rt->Allocator, group);
    }

    /// <summary>Answers an import of a function from what is registered, newest first.</summary>
    /// <returns><see cref="WasmError.UnknownImport"/>; what a family says of the type.</returns>
    internal static WasmError Find(Runtime* rt, ImportRequest* request, Extern* result)
    {
        for (HostGroup* group = rt->HostGroups; group != null; group = group->Next)
        {
            // A family looks at the module's name itself.
            if (group->Find == null && !NameEquals(group->ModuleName, request->ModuleName, request->ModuleLength)) continue;
            WasmError error = FindIn(group, request, result);
            if (error != WasmError.UnknownImport) return error;
        }
        return WasmError.UnknownImport;
    }

    /// <summary>Whether a zero-terminated name is the <paramref name="length"/> bytes at <paramref name="name"/>.</summary>
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
