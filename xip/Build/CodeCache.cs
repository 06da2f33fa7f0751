// SPDX-License-Identifier: MIT
// Results of compilations, for programs that compile many modules: the library once per target, and code once if several modules give the
// same C.
using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;
using Wamr.Nano.Xip.CallStacks;
using Wamr.Nano.Xip.Elf;

namespace Wamr.Nano.Xip.Build;

/// <summary>An object of the library, and its frames.</summary>
internal sealed record CachedObject(byte[] Object, byte[] Frames);

/// <summary>The linked code of a module's C, the frames of its functions, and its calls. Images share it, so it is never changed.</summary>
internal sealed record LinkedCode(ElfFile Elf, StackUsage Stack, CallSites Calls);

/// <summary>Keeps results as long as it lives. A failure is also a result, because the same C fails for the same reason.</summary>
internal sealed class CodeCache
{
    private readonly ConcurrentDictionary<string, Lazy<Task<CachedObject>>> _objects = new();
    private readonly ConcurrentDictionary<string, Lazy<LinkedCode>> _code = new();

    /// <summary>The number of linked programs. It is less than the number of images if modules give the same C.</summary>
    internal int Linked => _code.Count;

    /// <param name="key">Everything the object depends on.</param>
    /// <param name="make">Compiles it.</param>
    internal Task<CachedObject> Object(string key, Func<Task<CachedObject>> make) => _objects.GetOrAdd(key, _ => new(make)).Value;

    /// <param name="key">Everything the code depends on.</param>
    /// <param name="make">Compiles and links it.</param>
    internal LinkedCode Code(string key, Func<LinkedCode> make) => _code.GetOrAdd(key, _ => new(make)).Value;
}
