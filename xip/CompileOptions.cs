// SPDX-License-Identifier: MIT
// The options for compiling an image. Every default is the safe choice.
using System;

namespace Wamr.Nano.Xip;

/// <summary>How much the C compiler optimises, and for what.</summary>
public enum Optimization
{
    /// <summary>Little optimised: quick to compile.</summary>
    Fast = 1,

    /// <summary>Speed, with some regard for size.</summary>
    Balanced = 2,

    /// <summary>Speed.</summary>
    Speed = 3,

    /// <summary>Size.</summary>
    Size = 4,
}

/// <summary>Settings of a compilation.</summary>
public sealed record CompileOptions
{
    /// <summary>The name of the target, a row of <see cref="Targets.Target"/>. Not used for bytecode.</summary>
    public string Target { get; init; } = "";

    /// <summary>The features that the module may use.</summary>
    public Features Features { get; init; } = Features.All;

    /// <summary>What the C compiler optimises for.</summary>
    public Optimization Optimization { get; init; } = Optimization.Speed;

    /// <summary>
    /// Count back edges and calls, so that a run can be limited and stopped. Without this, only a reset ends an endless loop.
    /// </summary>
    public bool Fuel { get; init; } = true;

    /// <summary>Check the native stack where a call could overflow it.</summary>
    public bool StackChecks { get; init; } = true;

    /// <summary>
    /// Check that C's stack pointer stays in its stack, if the module shows where that is: see
    /// <see cref="NanoRuntimeOptions.CStackChecks"/>.
    /// </summary>
    public bool CStackChecks { get; init; } = true;

    /// <summary>
    /// Let the host and other instances grow an exported memory and write to an exported table. By default they cannot, and sizes and call
    /// targets are constants.
    /// </summary>
    public bool Open { get; init; }

    /// <summary>Do not cut the memory at <c>__heap_base</c>.</summary>
    public bool WholePages { get; init; }

    /// <summary>
    /// Replace the checks of loads and stores by inaccessible pages after the memory. Only for x86_64 on Linux; implies
    /// <see cref="WholePages"/>. A memory that is imported, starts empty or has pages of one byte is still checked.
    /// </summary>
    public bool GuardPages { get; init; }

    /// <summary>
    /// Size in bytes of the app heap for which the image is made. Instances must have exactly this app heap, because it is part of the
    /// constant memory size.
    /// </summary>
    public uint HeapBytes { get; init; }

    /// <summary>Keep the name section, for call stacks.</summary>
    public bool KeepNames { get; init; }

    /// <summary>
    /// Make functions report their start and end, so that <see cref="NanoExecEnv.Profile"/> has their calls and times. The code is larger
    /// and slower. Without this option, an image cannot be profiled.
    /// </summary>
    public bool Profile { get; init; }

    /// <summary>
    /// Name or path of the C compiler to use instead of the target's gcc: any gcc for the target's processor or, for x86_64, clang.
    /// </summary>
    public string? Compiler { get; init; }

    /// <summary>The number of compilers that run at once; 0 for one per processor.</summary>
    public int Jobs { get; init; }

    /// <summary>A folder for the C compiler's files, which stay there; null for a temporary folder.</summary>
    public string? WorkFolder { get; init; }

    /// <summary>Results of other compilations that can be used again; null for none.</summary>
    internal Build.CodeCache? Cache { get; init; }

    /// <summary>Receives how many of the C files are compiled, on any thread.</summary>
    public IProgress<(int Done, int Total)>? Progress { get; init; }
}
