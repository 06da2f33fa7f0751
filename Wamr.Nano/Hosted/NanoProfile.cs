// SPDX-License-Identifier: MIT
// What a profiled run counted, for people.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

/// <summary>How often a function was called, or an instruction executed.</summary>
/// <param name="Name">The name of the function, or of the register-code instruction.</param>
/// <param name="Count">The number of calls or executions.</param>
public sealed record NanoCount(string Name, ulong Count);

/// <summary>The calls of one function, and their time.</summary>
/// <param name="Name">The name of the function; <c>function 3</c> if it has none.</param>
/// <param name="Index">The index of the function in its module.</param>
/// <param name="Calls">The number of calls.</param>
/// <param name="Total">Nanoseconds from entry to return. If a function calls itself, only the outermost call counts.</param>
/// <param name="Self">
/// Nanoseconds in the function itself, and in functions it called that are not profiled: those of the host and of other modules.
/// </param>
public sealed record NanoFunctionProfile(string Name, uint Index, ulong Calls, ulong Total, ulong Self);

/// <summary>
/// The calls and times of functions in an execution environment. Profiling itself takes time, which the figures include. So compare them
/// with each other, not with a run without a profile.
/// </summary>
/// <param name="Functions">The functions of the module that were called, sorted by their own time, longest first.</param>
/// <param name="Instructions">How often each register-code instruction was executed, most frequent first; empty for an image.</param>
/// <param name="Lost">The number of calls that were nested too deeply to be recorded. Their time is added to their callers'.</param>
/// <example>
/// <code>
/// using NanoRuntime runtime = new(new NanoRuntimeOptions { Profiled = true });
/// using NanoInstance app = runtime.LoadModule(File.ReadAllBytes("app.wasm")).Instantiate();
/// app.GetAction("run")();
/// foreach (NanoFunctionProfile f in app.ExecEnv.Profile!.Functions) Console.WriteLine($"{f.Self,12} ns {f.Calls,8} calls  {f.Name}");
/// </code>
/// </example>
public sealed record NanoProfile(IReadOnlyList<NanoFunctionProfile> Functions, IReadOnlyList<NanoCount> Instructions, ulong Lost)
{
    /// <summary>The number of nested calls that can be recorded.</summary>
    internal const uint Frames = 256;

    /// <summary>Entries of <see cref="Profile.Instructions"/>.</summary>
    private const int Opcodes = 256;

    /// <summary>The calls of each function, most frequent first.</summary>
    public IReadOnlyList<NanoCount> Calls => [.. Functions.OrderByDescending(f => f.Calls).Select(f => new NanoCount(f.Name, f.Calls))];

    /// <summary>Nanoseconds in all functions of the module.</summary>
    public ulong Time => Functions.Aggregate(0ul, (sum, f) => sum + f.Self);

    internal static unsafe NanoProfile Of(Profile* profile, Func<uint, string?> functionName)
    {
        List<NanoFunctionProfile> functions = [];
        Module* module = profile->Module;
        for (uint n = 0; n < module->FunctionCount; n++)
        {
            FunctionProfile* f = &profile->Functions[n];
            if (f->Calls != 0) functions.Add(new(functionName(n) ?? $"function {n}", n, f->Calls, f->Total, f->Self));
        }
        ReadOnlySpan<ulong> counts = profile->Instructions == null ? [] : new(profile->Instructions, Opcodes);
        return new([.. functions.OrderByDescending(f => f.Self).ThenByDescending(f => f.Calls)], Executions(counts), profile->Lost);
    }

    private static NanoCount[] Executions(ReadOnlySpan<ulong> counts) =>
    [
        .. counts.ToArray().Select((count, op) => new NanoCount(((RegOp)op).ToString(), count)).Where(row => row.Count != 0)
            .OrderByDescending(row => row.Count),
    ];
}
