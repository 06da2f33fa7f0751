// SPDX-License-Identifier: MIT
// What a profiled run counted, for people.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

/// <summary>A row of a profile.</summary>
/// <param name="Name">Name of the function, or of the register-code instruction.</param>
/// <param name="Count">Calls, or executions.</param>
public sealed record NanoCount(string Name, ulong Count);

/// <summary>What calls of a function took.</summary>
/// <param name="Name">Its name; "function 3" where it has none.</param>
/// <param name="Index">Its index in the module.</param>
/// <param name="Calls">How often it was called.</param>
/// <param name="Total">Nanoseconds from entry to return. Of a function that calls itself only the outermost call counts.</param>
/// <param name="Self">Nanoseconds in it, and in what it called that is not profiled: the host's functions, other modules.</param>
public sealed record NanoFunctionProfile(string Name, uint Index, ulong Calls, ulong Total, ulong Self);

/// <summary>
/// What ran how often, and how long, in an execution environment. Keeping a profile takes time, and that is in the figures: compare them
/// with each other, not with those of a run without.
/// </summary>
/// <param name="Functions">The module's functions that were called; those that took most for themselves come first.</param>
/// <param name="Instructions">Executions of register-code instructions, the most frequent first; none of an image.</param>
/// <param name="Lost">Calls that were too deep to be counted separately. Their time counts for their callers.</param>
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
    /// <summary>Most open calls that are counted separately.</summary>
    internal const uint Frames = 256;

    /// <summary>Entries of <see cref="Profile.Instructions"/>.</summary>
    private const int Opcodes = 256;

    /// <summary>Calls of the module's functions, the most frequent first.</summary>
    public IReadOnlyList<NanoCount> Calls => [.. Functions.OrderByDescending(f => f.Calls).Select(f => new NanoCount(f.Name, f.Calls))];

    /// <summary>Nanoseconds in the module's functions together.</summary>
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
