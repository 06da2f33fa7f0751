// SPDX-License-Identifier: MIT
// A linear memory of the host, which apps import.
namespace Wamr.Nano;

/// <summary>A memory that the host defined with <see cref="NanoRuntime.DefineMemory"/>.</summary>
public sealed class NanoHostMemory
{
    private readonly NanoInstance _owner;

    internal NanoHostMemory(NanoInstance owner) => _owner = owner;

    /// <summary>The memory. It may move when it grows, so read this property again after any call into an app.</summary>
    /// <exception cref="System.ObjectDisposedException">The definition has ended.</exception>
    public NanoMemory Memory => _owner.Memory;
}
