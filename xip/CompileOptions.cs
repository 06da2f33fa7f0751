// SPDX-License-Identifier: MIT
// What can be chosen when an image is compiled. Every default is the safe one.
using System;

namespace Wamr.Nano.Xip;

/// <summary>How hard the C compiler tries, and for what.</summary>
public enum Optimization
{
    /// <summary>Little optimised: quick to compile.</summary>
    Fast = 1,

    /// <summary>Speed, with an eye on size.</summary>
    Balanced = 2,

    /// <summary>Speed.</summary>
    Speed = 3,

    /// <summary>Size.</summary>
    Size = 4,
}

/// <summary>Settings of a compilation.</summary>
public sealed record CompileOptions
{
    /// <summary>Name of the target: a row of <see cref="Targets.Target"/>. Bytecode has none.</summary>
    public string Target { get; init; } = "";

    /// <summary>Features the module may use.</summary>
    public Features Features { get; init; } = Features.All;

    /// <summary>What the C compiler optimises for.</summary>
    public Optimization Optimization { get; init; } = Optimization.Speed;

    /// <summary>Count back edges and calls, so that a run can be limited and stopped from outside. Without it only a reset ends an endless loop.</summary>
    public bool Fuel { get; init; } = true;

    /// <summary>Check the native stack where a call could overflow it.</summary>
    public bool StackChecks { get; init; } = true;

    /// <summary>Check that C's stack pointer stays in its stack, where the module shows that: see <see cref="NanoRuntimeOptions.CStackChecks"/>.</summary>
    public bool CStackChecks { get; init; } = true;

    /// <summary>
    /// Others may grow an exported memory and write to an exported table. By default they may not: then sizes and call targets are constants.
    /// </summary>
    public bool Open { get; init; }

    /// <summary>Do not cut the memory off at its heap.</summary>
    public bool WholePages { get; init; }

    /// <summary>
    /// Code does not check loads and stores: pages that cannot be accessed follow the memory. For x86_64, and runtimes on Linux; implies
    /// <see cref="WholePages"/>. A memory that is imported, starts empty or has pages of one byte is checked nevertheless.
    /// </summary>
    public bool GuardPages { get; init; }

    /// <summary>App heap the image is made for, bytes: instances are to be given exactly this. Part of the constant memory size.</summary>
    public uint HeapBytes { get; init; }

    /// <summary>Keep the name section, for call stacks.</summary>
    public bool KeepNames { get; init; }

    /// <summary>
    /// Make functions report their start and end, so that <see cref="NanoExecEnv.Profile"/> has their calls and times. The code is larger
    /// and slower. Without this option, an image cannot be profiled.
    /// </summary>
    public bool Profile { get; init; }

    /// <summary>
    /// The C compiler, a name or a path, in place of the target's gcc: any gcc for the target's processor; for x86_64 also clang.
    /// </summary>
    public string? Compiler { get; init; }

    /// <summary>Compilers run at once; 0: as many as the machine has processors.</summary>
    public int Jobs { get; init; }

    /// <summary>Folder of the C compiler's files, kept afterwards; null: a temporary one.</summary>
    public string? WorkFolder { get; init; }

    /// <summary>What other compilations left to be used again; null: nothing is.</summary>
    internal Build.CodeCache? Cache { get; init; }

    /// <summary>Told how many of the C files are compiled, from any thread.</summary>
    public IProgress<(int Done, int Total)>? Progress { get; init; }
}
