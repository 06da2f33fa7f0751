// SPDX-License-Identifier: MIT
// Order and equality of function types (spec chapter 3.3.3: types are equal when their parameters and results are).
namespace Wamr.Nano.Core;

internal static unsafe class FuncTypes
{
    internal static bool Equal(FuncType* a, FuncType* b) => Compare(a, b) == 0;

    /// <summary>Negative, 0 or positive: any total order will do.</summary>
    internal static int Compare(FuncType* a, FuncType* b)
    {
        if (a->ParamCount != b->ParamCount) return a->ParamCount - b->ParamCount;
        if (a->ResultCount != b->ResultCount) return a->ResultCount - b->ResultCount;
        int order = Raw.Compare(a->Params, b->Params, a->ParamCount);
        return order != 0 ? order : Raw.Compare(a->Results, b->Results, a->ResultCount);
    }
}
