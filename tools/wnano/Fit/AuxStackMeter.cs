// SPDX-License-Identifier: MIT
// How much of the C shadow stack a run uses: it is painted before it.

namespace Wamr.Nano.Tool.Fit;

internal static unsafe class AuxStackMeter
{
    /// <summary>Bytes of it that were written; null if its place is not known, or where paint changes what the app does.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="stackBytes">Operand stack it gets.</param>
    /// <param name="expected">What it does without paint.</param>
    internal static uint? Measure(RunRequest request, uint stackBytes, Outcome expected)
    {
        using HostRun run = new(request, 0, stackBytes);
        if (!CStackPaint.IsKnown(run.Instance.Pointer)) return null;
        CStackPaint.Apply(run.Instance.Pointer);
        try
        {
            return run.Execute() == expected ? CStackPaint.Used(run.Instance.Pointer) : null;
        }
        catch (WasmException)
        {
            return null;
        }
    }
}
