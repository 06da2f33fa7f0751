// SPDX-License-Identifier: MIT
// Where a runtime's memory went: what each module, instance and execution environment takes, by structure, and how full its stacks and
// heaps were.
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Wamr.Nano;

/// <summary>A structure, or several of a kind.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="Bytes">Bytes of the runtime's memory.</param>
public readonly record struct NanoMemoryPart(string Name, uint Bytes);

/// <summary>A stack or a heap.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="HighWater">The most of it that was used at once; null where nobody measured.</param>
public readonly record struct NanoFill(uint Bytes, uint? HighWater);

/// <summary>An execution environment.</summary>
/// <param name="Parts">What it takes, in order; nothing where it lies in a buffer of the embedder.</param>
/// <param name="OperandStack">Its operand stack; measured where <see cref="NanoRuntimeOptions.Profiled"/> is set.</param>
/// <param name="NativeStack">
/// The most that calls in it took of the native stack, up to the last entry of a profiled function; null where nobody measured.
/// </param>
public sealed record NanoExecEnvMemory(IReadOnlyList<NanoMemoryPart> Parts, NanoFill OperandStack, uint? NativeStack)
{
    /// <summary>What it takes together.</summary>
    public uint Bytes => NanoMemoryReport.Sum(Parts);
}

/// <summary>An instance.</summary>
/// <param name="Number">Its number in the runtime, from 1.</param>
/// <param name="Parts">What it takes, in order, without its environments.</param>
/// <param name="OutsideBytes">Linear memory with guard pages, which is not the runtime's but the system's.</param>
/// <param name="AppHeap">The heap the runtime has in its linear memory; null without one.</param>
/// <param name="CStack">
/// The C stack in its linear memory; null where its module does not show it. Measured where <see cref="NanoRuntimeOptions.PaintCStack"/> is
/// set.
/// </param>
/// <param name="ExecEnvs">Its environments, the newest first.</param>
public sealed record NanoInstanceMemory(
    int Number, IReadOnlyList<NanoMemoryPart> Parts, uint OutsideBytes, NanoFill? AppHeap, NanoFill? CStack,
    IReadOnlyList<NanoExecEnvMemory> ExecEnvs)
{
    /// <summary>What it takes together, without its environments.</summary>
    public uint Bytes => NanoMemoryReport.Sum(Parts);
}

/// <summary>A module.</summary>
/// <param name="Parts">What it takes, in order, without its instances.</param>
/// <param name="Instances">Its instances; those too that were disposed and are still used by others.</param>
public sealed record NanoModuleMemory(IReadOnlyList<NanoMemoryPart> Parts, IReadOnlyList<NanoInstanceMemory> Instances)
{
    /// <summary>What it takes together, without its instances.</summary>
    public uint Bytes => NanoMemoryReport.Sum(Parts);
}

/// <summary>
/// The memory of a runtime at one time. The parts of each kind add up to what <see cref="Statistics"/> counts of it, to the byte. As text
/// it is a list to be read.
/// </summary>
/// <param name="Statistics">The counts.</param>
/// <param name="Runtime">What the runtime itself takes, and the host's own blocks.</param>
/// <param name="Modules">The modules; those too that were disposed and are still used.</param>
public sealed record NanoMemoryReport(
    NanoMemoryStatistics Statistics, IReadOnlyList<NanoMemoryPart> Runtime, IReadOnlyList<NanoModuleMemory> Modules)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        StringBuilder text = new();
        Line(text, 0, $"runtime {Bytes(Sum(Runtime))}", Runtime);
        for (int m = 0; m < Modules.Count; m++)
        {
            Line(text, 0, $"module {m + 1} {Bytes(Modules[m].Bytes)}", Modules[m].Parts);
            foreach (NanoInstanceMemory instance in Modules[m].Instances) Append(text, instance);
        }
        text.Append($"all {Bytes(Statistics.All.Used)}, at most {Bytes(Statistics.All.HighWater)}");
        if (Statistics.Total != 0) text.Append($", pool {Bytes(Statistics.Total)}, largest free block {Bytes(Statistics.LargestFree)}");
        return text.Append('\n').ToString();
    }

    internal static uint Sum(IReadOnlyList<NanoMemoryPart> parts) => (uint)parts.Sum(part => part.Bytes);

    private static void Append(StringBuilder text, NanoInstanceMemory instance)
    {
        Line(text, 1, $"instance {instance.Number} {Bytes(instance.Bytes)}", instance.Parts);
        if (instance.OutsideBytes != 0) text.Append($"    linear memory of the system: {Bytes(instance.OutsideBytes)}\n");
        Use(text, "app heap", instance.AppHeap);
        Use(text, "C stack", instance.CStack);
        foreach (NanoExecEnvMemory env in instance.ExecEnvs)
        {
            Line(text, 2, $"execution environment {Bytes(env.Bytes)}", env.Parts);
            Use(text, "  operand stack", env.OperandStack);
            if (env.NativeStack is uint native) text.Append($"      native stack: {Bytes(native)} used at most\n");
        }
    }

    private static void Line(StringBuilder text, int depth, string head, IReadOnlyList<NanoMemoryPart> parts)
    {
        text.Append(' ', depth * 2).Append(head).Append(parts.Count == 0 ? "" : ": ");
        text.AppendJoin(", ", parts.Select(part => $"{part.Name} {part.Bytes.ToString(CultureInfo.InvariantCulture)}")).Append('\n');
    }

    private static void Use(StringBuilder text, string what, NanoFill? fill)
    {
        if (fill is not NanoFill known) return;
        text.Append($"    {what}: {Bytes(known.Bytes)}");
        text.Append(known.HighWater is uint most ? $", {Bytes(most)} used at most\n" : "\n");
    }

    private static string Bytes(uint bytes) => bytes.ToString(CultureInfo.InvariantCulture) + " B";
}
