// SPDX-License-Identifier: MIT
// What is known of the last failure beside its code: position in the module, or the numbers of an allocation.
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Core;

/// <summary>Details of the last error of a runtime. A later error overwrites an earlier one; success leaves it alone.</summary>
internal unsafe struct ErrorInfo
{
    /// <summary>The failure, or <see cref="WasmError.None"/>.</summary>
    internal WasmError Code;

    /// <summary>Byte offset in the module of the item at fault; <see cref="Unknown"/> where there is none.</summary>
    internal uint Offset;

    /// <summary>
    /// Index of the item at fault in its index space (function, type, import ...); <see cref="Unknown"/> where there is none.
    /// </summary>
    internal uint Index;

    /// <summary>Bytes asked for, of an allocation that failed; the value at fault otherwise.</summary>
    internal uint Asked;

    /// <summary>Free bytes in all regions when the allocation failed; the limit that was broken otherwise.</summary>
    internal uint Free;

    /// <summary>Largest block the allocator could have given, bytes.</summary>
    internal uint Largest;

    internal const uint Unknown = 0xFFFFFFFF;

    /// <summary>Describes a failure at an offset, of an index, and hands its code back.</summary>
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
