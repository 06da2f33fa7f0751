// SPDX-License-Identifier: MIT
// The suite's words for failures, and which error codes say the same.
using System;
using System.Collections.Generic;

namespace Wamr.Nano.Tests.TestKit.Spec;

internal static class FailureText
{
    private static readonly Dictionary<string, WasmError[]> Runtime = new()
    {
        ["unreachable"] = [WasmError.Unreachable],
        ["out of bounds memory access"] = [WasmError.MemoryOutOfBounds],
        ["out of bounds table access"] = [WasmError.TableOutOfBounds],
        ["integer divide by zero"] = [WasmError.IntegerDivideByZero],
        ["integer overflow"] = [WasmError.IntegerOverflow],
        ["invalid conversion to integer"] = [WasmError.InvalidConversionToInteger],
        ["undefined element"] = [WasmError.UndefinedElement],
        ["uninitialized element"] = [WasmError.UninitializedElement],
        ["uninitialized element 2"] = [WasmError.UninitializedElement],
        ["indirect call type mismatch"] = [WasmError.IndirectCallTypeMismatch],
        ["call stack exhausted"] = [WasmError.OperandStackOverflow, WasmError.NativeStackOverflow],
        ["unknown import"] = [WasmError.UnknownImport],
        ["incompatible import type"] = [WasmError.IncompatibleImportType],
    };

    /// <summary>Whether <paramref name="error"/> is the failure of an instantiation or a run that the suite names.</summary>
    public static bool Matches(string text, WasmError error) =>
        Runtime.TryGetValue(text, out WasmError[]? codes)
            ? Array.IndexOf(codes, error) >= 0
            : throw new NotSupportedException($"the suite names a failure that FailureText does not know: {text}");

    /// <summary>Whether the bytes were refused as no module at all (codes 1xxx).</summary>
    public static bool IsMalformed(WasmError error) => (int)error / 1000 == 1;

    /// <summary>Whether a well-formed module was refused by the rules of validation (codes 3xxx).</summary>
    public static bool IsInvalid(WasmError error) => (int)error / 1000 == 3;
}
