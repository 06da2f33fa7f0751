// SPDX-License-Identifier: MIT
// The call stack of a failed run, as users see it: names and offsets. A deep call stack shows only the innermost and the outermost
// functions.
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using Wamr.Nano.Core.Engine;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

/// <summary>The functions that were running.</summary>
/// <param name="Frames">The frames, innermost first. For a deep call stack, the innermost ones and then the outermost ones.</param>
/// <param name="LeftOut">How many frames are left out between the two groups; 0 if <paramref name="Frames"/> has all.</param>
/// <param name="Gap">The index in <paramref name="Frames"/> at which they are left out.</param>
internal sealed unsafe record CallStackText(IReadOnlyList<WasmFrame> Frames, uint LeftOut, int Gap)
{
    internal static CallStackText None { get; } = new([], 0, 0);

    /// <summary>The import that a trap is about, as messages name it; null for other traps.</summary>
    internal string? Import { get; private init; }

    /// <summary>Reads the call stack of the last run in an environment.</summary>
    internal static CallStackText Of(ExecEnv* env)
    {
        List<WasmFrame> frames = [];
        // Finding a frame's offset takes a walk through its function, and endless recursion would repeat that again and again.
        Dictionary<(nint Module, uint Function, uint Position), WasmFrame> known = [];
        CallFrame f;
        uint all = 0, next = 0, gap = 0;
        for (bool more = CallStacks.First(env, &f); more; more = CallStacks.Next(env, &f)) all = f.Number + 1;
        for (bool more = CallStacks.First(env, &f); more; more = CallStacks.Next(env, &f))
        {
            if (!CallStack.IsShown(f.Number, all)) continue;
            if (f.Number != next) gap = (uint)frames.Count;
            next = f.Number + 1;
            Module* module = f.Instance->Module;
            var at = ((nint)module, f.Function, f.Position);
            if (!known.TryGetValue(at, out WasmFrame? frame))
                known[at] = frame = new(f.Function, NanoModule.NameOf(module, f.Function), CallStacks.WasmOffset(&f));
            frames.Add(frame);
        }
        return new(frames, all - (uint)frames.Count, (int)gap) { Import = UnlinkedImport.Of(env->Instance->Runtime, env->Trap) };
    }

    /// <summary>
    /// Keeps the call stack of a trap in a start function, because its environment no longer exists when the instantiation returns. It is
    /// passed to the core as <see cref="InstantiateArgs.StartTrapped"/>, with the address of a <see cref="GCHandle"/> for the text.
    /// </summary>
    internal static void Keep(ExecEnv* env, void* place) => ((GCHandle*)place)->Target = Of(env);

    /// <summary>A line for each frame, and one that counts those left out.</summary>
    internal IEnumerable<string> Lines() => Frames.Take(Gap).Select(frame => frame.ToString())
        .Concat(LeftOut == 0 ? [] : [Between(LeftOut)])
        .Concat(Frames.Skip(Gap).Select(frame => frame.ToString()));

    /// <summary>The line that replaces the frames that are left out.</summary>
    internal static string Between(uint count) =>
        string.Create(CultureInfo.InvariantCulture, $"... {count:N0} more {(count == 1 ? "call" : "calls")} ...");
}
