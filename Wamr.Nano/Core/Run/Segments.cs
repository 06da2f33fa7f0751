// SPDX-License-Identifier: MIT
// Data and element segments of an instance (spec chapters 4.2.10, 4.2.11). Their bytes stay in the module; the instance has one bit for
// each.
namespace Wamr.Nano.Core.Run;

internal static unsafe class Segments
{
    internal static bool IsDataDropped(Instance* instance, uint index) => IsDropped(instance, index);

    internal static bool IsElemDropped(Instance* instance, uint index) => IsDropped(instance, instance->Module->DataCount + index);

    /// <summary>data.drop: the segment is empty from now on.</summary>
    internal static void DropData(Instance* instance, uint index) => Drop(instance, index);

    /// <summary>elem.drop: the segment is empty from now on.</summary>
    internal static void DropElem(Instance* instance, uint index) => Drop(instance, instance->Module->DataCount + index);

    /// <summary>Describes a failed copy of an active segment that starts at <paramref name="at"/>.</summary>
    internal static WasmError Fail(Instance* instance, WasmError code, uint at, uint index) =>
        Runtimes.Fail(instance->Runtime, code, at, index);

    private static bool IsDropped(Instance* instance, uint bit) => (instance->Dropped[bit / 32] >> (int)(bit % 32) & 1) != 0;

    private static void Drop(Instance* instance, uint bit) => instance->Dropped[bit / 32] |= 1u << (int)(bit % 32);
}
