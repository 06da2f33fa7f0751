// SPDX-License-Identifier: MIT
// Where a runtime's memory went: what each module, instance and execution environment takes, by structure, and how full its stacks and
// heaps were.
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Wamr.Nano;

/// <summary>A structure in the runtime's memory, or several structures of one kind.</summary>
/// <param name="Name">What it is, as a text to show.</param>
/// <param name="Bytes">Its size in bytes.</param>
public readonly record struct NanoMemoryPart(string Name, uint Bytes);

/// <summary>The size and use of a stack or a heap.</summary>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="HighWater">The most bytes that were in use at once; null if this was not measured.</param>
public readonly record struct NanoFill(uint Bytes, uint? HighWater);

/// <summary>The memory of an execution environment.</summary>
/// <param name="Parts">Its structures, in order of address; empty if it lies in a buffer of the caller.</param>
/// <param name="OperandStack">Its operand stack. Its use is measured if <see cref="NanoRuntimeOptions.Profiled"/> is set.</param>
/// <param name="NativeStack">
/// The most bytes of native stack that calls in it used, measured at each entry of a profiled function; null if this was not measured.
/// </param>
public sealed record NanoExecEnvMemory(IReadOnlyList<NanoMemoryPart> Parts, NanoFill OperandStack, uint? NativeStack)
{
    /// <summary>The size of all its structures in bytes.</summary>
    public uint Bytes => NanoMemoryReport.Sum(Parts);
}

/// <summary>The memory of an instance.</summary>
/// <param name="Number">Its number in the runtime, starting with 1.</param>
/// <param name="Parts">Its structures, in order, without its execution environments.</param>
/// <param name="OutsideBytes">Bytes of linear memory with guard pages, which comes from the system and not from the pool.</param>
/// <param name="AppHeap">The app heap in its linear memory; null if there is none.</param>
/// <param name="CStack">
/// The C stack in its linear memory; null if the module does not show where it is. Its use is measured if
/// <see cref="NanoRuntimeOptions.PaintCStack"/> is set.
/// </param>
/// <param name="ExecEnvs">Its execution environments, the newest first.</param>
public sealed record NanoInstanceMemory(
    int Number, IReadOnlyList<NanoMemoryPart> Parts, uint OutsideBytes, NanoFill? AppHeap, NanoFill? CStack,
    IReadOnlyList<NanoExecEnvMemory> ExecEnvs)
{
    /// <summary>The size of all its structures in bytes, without its execution environments.</summary>
    public uint Bytes => NanoMemoryReport.Sum(Parts);
}

/// <summary>The memory of a module.</summary>
/// <param name="Parts">Its structures, in order, without its instances.</param>
/// <param name="Instances">Its instances, including those that were disposed but are still used by other instances.</param>
public sealed record NanoModuleMemory(IReadOnlyList<NanoMemoryPart> Parts, IReadOnlyList<NanoInstanceMemory> Instances)
{
    /// <summary>The size of all its structures in bytes, without its instances.</summary>
    public uint Bytes => NanoMemoryReport.Sum(Parts);
}

/// <summary>
/// The memory of a runtime at one moment. The parts of each category add up exactly to the count in <see cref="Statistics"/>.
/// <see cref="ToString"/> returns a readable list.
/// </summary>
/// <param name="Statistics">The counts of each category.</param>
/// <param name="Runtime">The structures of the runtime itself, and the host's own blocks.</param>
/// <param name="Modules">The modules, including those that were disposed but are still used.</param>
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
