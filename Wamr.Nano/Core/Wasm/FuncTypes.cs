// SPDX-License-Identifier: MIT
// Function types: the types themselves, order and equality (spec chapter 3.3.3: types are equal when their parameters and results are).
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Wasm;

internal static unsafe class FuncTypes
{
    /// <summary>Parameter types, one byte each.</summary>
    internal static byte* Params(FuncType* type) => (byte*)type + type->ParamsAt;

    /// <summary>Result types, one byte each.</summary>
    internal static byte* Results(FuncType* type) => Params(type) + type->ResultsAt;

    internal static bool Equal(FuncType* a, FuncType* b) => Compare(a, b) == 0;

    /// <summary>Compares two types: negative, 0 or positive, in an arbitrary total order.</summary>
    internal static int Compare(FuncType* a, FuncType* b)
    {
        if (a->ParamCount != b->ParamCount) return a->ParamCount - b->ParamCount;
        if (a->ResultCount != b->ResultCount) return a->ResultCount - b->ResultCount;
        int order = Raw.Compare(Params(a), Params(b), a->ParamCount);
        return order != 0 ? order : Raw.Compare(Results(a), Results(b), a->ResultCount);
    }
}
