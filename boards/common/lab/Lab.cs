// SPDX-License-Identifier: MIT
// The program that tests run on a board instead of the firmware: experiments with the runtime, which the plan chooses.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

/// <summary>Values of <see cref="RunPlan.Mode"/> beyond the firmware's own.</summary>
internal enum Experiment : uint
{
    Measure = 16,
    StackSweep = 17,
    Fault = 18,
    Spec = 19,
    Allocator = 20,
}

internal static unsafe class Lab
{
    private const uint UnknownExperiment = 2;

    [UnmanagedCallersOnly(EntryPoint = "wn_main")]
    private static uint Main()
    {
        Board.Init();
        return (Experiment)RunPlan.Get()->Mode switch
        {
            Experiment.Measure => Measure.Run(),
            Experiment.StackSweep => StackSweep.Run(),
            Experiment.Fault => FaultProbe.Run(),
            Experiment.Spec => SpecServer.Run(),
            Experiment.Allocator => AllocatorDrill.Run(),
            _ => UnknownExperiment,
        };
    }
}
