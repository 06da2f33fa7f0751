// SPDX-License-Identifier: MIT
// A linear memory of the host, which apps import.
namespace Wamr.Nano;

/// <summary>A memory made by <see cref="NanoRuntime.DefineMemory"/>.</summary>
public sealed class NanoHostMemory
{
    private readonly NanoInstance _owner;

    internal NanoHostMemory(NanoInstance owner) => _owner = owner;

    /// <summary>The memory as it is now. It may move whenever it grows: ask anew after any call into an app.</summary>
    /// <exception cref="System.ObjectDisposedException">Its definition ended.</exception>
    public NanoMemory Memory => _owner.Memory;
}
