// SPDX-License-Identifier: MIT
// The details of the last failure besides its code: the position in the module, or the figures of an allocation.
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Core;

/// <summary>Details of the last error of a runtime. A later error overwrites an earlier one; success changes nothing.</summary>
internal unsafe struct ErrorInfo
{
    /// <summary>The failure, or <see cref="WasmError.None"/>.</summary>
    internal WasmError Code;

    /// <summary>Byte offset of the wrong item in the module; <see cref="Unknown"/> if there is none.</summary>
    internal uint Offset;

    /// <summary>Index of the wrong item in its index space (function, type, import ...); <see cref="Unknown"/> if there is none.</summary>
    internal uint Index;

    /// <summary>The requested bytes of a failed allocation; otherwise the wrong value.</summary>
    internal uint Asked;

    /// <summary>The free bytes in all regions when the allocation failed; otherwise the limit that was exceeded.</summary>
    internal uint Free;

    /// <summary>The largest block that the allocator could have allocated, in bytes.</summary>
    internal uint Largest;

    internal const uint Unknown = 0xFFFFFFFF;

    /// <summary>Describes a failure with an offset and an index, and returns its code.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // these were half a kilobyte of copies
    internal static WasmError Fail(ErrorInfo* info, WasmError code, uint offset, uint index)
    {
        *info = default;
        info->Code = code;
        info->Offset = offset;
        info->Index = index;
        return code;
    }
}
