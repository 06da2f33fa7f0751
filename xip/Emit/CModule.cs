// SPDX-License-Identifier: MIT
// The C file of a module: the texts that all images share, code that depends on the module, its functions, and the stubs that the runtime
// calls.
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Wamr.Nano.Xip.Analysis;
using Wamr.Nano.Xip.Targets;

namespace Wamr.Nano.Xip.Emit;

/// <summary>Writes the C of one module for one target.</summary>
internal sealed unsafe class CModule
{
    /// <summary>A macro that is defined only in the first part, which contains everything that exists once.</summary>
    internal const string MainMacro = "XIP_MAIN";

    /// <summary>The most WebAssembly code per part, on average.</summary>
    private const int PartBytes = 64 << 10;

    private int _labels;

    internal CModule(ModuleFacts facts, Target target)
    {
        Facts = facts;
        Target = target;
        Tails = new TailCalls(facts, target);
        Targets = new CallTargets(facts, Tails);
    }

    internal ModuleFacts Facts { get; }

    internal Target Target { get; }

    internal TailCalls Tails { get; }

    internal CallTargets Targets { get; }

    /// <summary>What addresses are added to.</summary>
    internal string MemoryName => Facts.ReliedBytes != 0 ? "e" : "mem";

    internal static string StubName(uint type) => $"call_{type}";

    /// <summary>A call that raises a trap in a function.</summary>
    internal static string Raise(WasmError trap, uint function) =>
        $"raise(e, {function << AbiHeader.TrapBits | (uint)trap - AbiHeader.Traps}u)";

    /// <summary>
    /// The function with which a function requests fuel. A function that exists once has its own, so that its call cannot be confused with
    /// that of another function.
    /// </summary>
    internal static string PollName(uint function) => $"poll_{function}";

    internal static string PollDeclaration(uint function) => $"POLL({PollName(function)})\n";

    internal int NextLabel() => ++_labels;

    /// <summary>Whether the instruction at a position replaces its function's frame by that of the called function.</summary>
    internal bool IsTailCall(Place place) =>
        place.Offset < Facts.Module->Size && (Opcode)Facts.Module->Bytes[place.Offset] is Opcode.ReturnCall or Opcode.ReturnCallIndirect;

    /// <summary>The offset of the instruction with which one function calls another; null if there are several.</summary>
    internal uint? OnlyCall(uint caller, uint callee)
    {
        uint[] calls =
            [.. Facts.Functions[(int)(caller - (uint)Facts.ImportedFunctions)].CallsAt.Where(call => call.Function == callee)
                .Select(call => call.Offset)];
        return calls.Length == 1 ? calls[0] : null;
    }

    internal bool ChecksStack(FunctionScan f) => Facts.Options.StackChecks && Facts.Graph.OnCycle[PositionOf(f)];

    internal bool PollsOnEntry(FunctionScan f) => Facts.Options.Fuel && Facts.Graph.PollsOnEntry[PositionOf(f)];

    /// <summary>
    /// The number of files for the functions: 1 except for large modules, because functions in one file are optimised best.
    /// </summary>
    internal int PartCount =>
        (int)((Facts.Functions.Sum(f => (long)f.CodeBytes) + PartBytes - 1) / PartBytes) is > 1 and int parts ? parts : 1;

    /// <summary>The text that the parts share, and the parts, which are C files to be compiled after it.</summary>
    internal (string Head, IReadOnlyList<CPart> Parts) Write()
    {
        CPart[] parts = [.. Enumerable.Range(0, PartCount).Select(n => new CPart(n))];
        parts[0].Append(TrapStubs);
        long before = 0, all = System.Math.Max(1, Facts.Functions.Sum(f => (long)f.CodeBytes));
        Bounces bounces = new(this);
        foreach (FunctionScan f in Facts.Functions)
        {
            CPart part = parts[(int)(before * parts.Length / all)];
            new FunctionWriter(this, f).Write(part);
            StringBuilder around = new();
            bounces.Write(around, f.Index, Tails.HasBody(f));
            part.Append(around.ToString());
            before += f.CodeBytes;
        }
        StringBuilder rest = new();
        Stubs(rest);
        Imports(rest, bounces);
        parts[0].Append(rest.ToString());
        StringBuilder head = new();
        Head(head);
        Declarations(head);
        IndirectCalls(head);
        bounces.Lookups(head);
        return (head.ToString(), parts);
    }

    /// <summary>Everything as one text, for people.</summary>
    internal string WriteAll()
    {
        (string head, IReadOnlyList<CPart> parts) = Write();
        return $"#define {MainMacro} 1\n{head}{string.Concat(parts.Select(part => part.Text))}";
    }

    /// <summary>Canonical types of the functions the runtime may call: each has a stub.</summary>
    internal IEnumerable<uint> StubTypes() =>
        Facts.Reached.Where(f => !Facts.IsImport(f)).Select(f => (uint)Facts.Module->Functions[f].TypeIndex).Distinct().Order();

    /// <summary>Head of a function's definition or declaration.</summary>
    internal string Declaration(uint function, bool named)
    {
        FuncType* type = Facts.TypeOf(function);
        StringBuilder text = new();
        text.Append(Addressed.Contains(function) ? "__attribute__((used)) " : PartCount == 1 ? "static " : "");
        text.Append(CTypes.Result(type)).Append($" fn{function}(").Append(Parameters(type, named)).Append(')');
        return text.ToString();
    }

    /// <summary>
    /// The arguments of a call: the environment, extra arguments of some functions before and after the others, the place for further
    /// results, and the values.
    /// </summary>
    internal static string Arguments(FuncType* type, IEnumerable<string> values, string results, string[]? before = null,
        string[]? behind = null)
    {
        List<string> all = ["e", .. before ?? []];
        if (type->ResultCount > 1) all.Add(results);
        all.AddRange(values);
        all.AddRange(behind ?? []);
        return string.Join(", ", all);
    }

    /// <summary>The corresponding parameters.</summary>
    internal static string Parameters(FuncType* type, bool named, string[]? before = null, string[]? behind = null)
    {
        List<string> all = [named ? "E e" : "E", .. before ?? []];
        if (type->ResultCount > 1) all.Add(named ? "u32 *r" : "u32 *");
        ValType[] types = CTypes.List(FuncTypes.Params(type), type->ParamCount);
        all.AddRange(types.Select((t, n) => named ? $"{CTypes.Of(t)} l{n}" : CTypes.Of(t)));
        all.AddRange(behind ?? []);
        return string.Join(", ", all);
    }

    private HashSet<uint>? _addressed;

    /// <summary>The functions whose position in the code is needed after linking.</summary>
    private HashSet<uint> Addressed =>
        _addressed ??= [.. Facts.Reached, .. Facts.Tables.Where(t => t != null).SelectMany(t => t!.Functions).OfType<uint>()];

    private int PositionOf(FunctionScan f) => (int)(f.Index - Facts.Module->ImportedFunctions);

    private void Head(StringBuilder text)
    {
        text.Append($"// Target {Target.Name}.\n");
        text.Append($"#define XIP_FIXED {Facts.ReliedBytes}u\n#define XIP_GUARDED {(Facts.Guarded ? 1 : 0)}\n");
        text.Append($"#define XIP_GLOBALS {(Facts.Module->Info->GlobalSlots * 4 + 7) & ~7}\n");
        text.Append($"#define XIP_FUEL {(Facts.Options.Fuel ? 1 : 0)}\n");
        text.Append($"#define XIP_STACK_CHECKS {(Facts.Options.StackChecks ? 1 : 0)}\n");
        text.Append($"#define XIP_STRICT_ALIGN {(Target.StrictAlign ? 1 : 0)}\n");
        text.Append($"#define XIP_HARD_F32 {(Target.HardF32 ? 1 : 0)}\n#define XIP_HARD_F64 {(Target.HardF64 ? 1 : 0)}\n");
        text.Append(
            $"#define XIP_F32_REGISTER \"{Target.FloatRegisters.F32}\"\n#define XIP_F64_REGISTER \"{Target.FloatRegisters.F64}\"\n");
        text.Append(Texts.Resource("types.h")).Append(AbiHeader.Text(Target.PointerBytes));
        foreach (string part in (string[])["hide.h", "ops.h", "floats.h", "memory.h", "runtime.h"]) text.Append(Texts.Resource(part));
    }

    private void Declarations(StringBuilder text)
    {
        Module* m = Facts.Module;
        for (uint t = 0; t < m->TypeCount; t++)
        {
            FuncType* type = &m->Types[t];
            if (type->Canonical == t)
                text.Append($"typedef {CTypes.Result(type)} (*{CTypes.Pointer(type)})({Parameters(type, named: false)});\n");
        }
        for (uint f = 0; f < m->FunctionCount; f++) text.Append(Declaration(f, named: false)).Append(";\n");
    }

    /// <summary>The target of a call of an element that is null or has another type.</summary>
    private static string TrapStubs =>
        $"__attribute__((used)) void {CallTargets.Null}(E e) {{ trap(e, {(int)WasmError.UninitializedElement}); }}\n"
        + $"__attribute__((used)) void {CallTargets.Mismatch}(E e) {{ trap(e, {(int)WasmError.IndirectCallTypeMismatch}); }}\n\n";

    /// <summary>
    /// An imported function: stores the arguments in slots, calls the runtime, and loads the result from slots. If the import may be bound
    /// to a host function of form Direct, the code checks that first, and calls it directly.
    /// </summary>
    private void Imports(StringBuilder text, Bounces bounces)
    {
        for (uint f = 0; f < Facts.Module->ImportedFunctions; f++)
        {
            FuncType* type = Facts.TypeOf(f);
            text.Append($"__attribute__((noinline)) {Declaration(f, named: true)}\n{{\n");
            if (CTypes.MayBeDirect(type)) Direct(text, f, type);
            else Marshal(text, type, $"service(e, XIP_CALL_IMPORT, {f}, s);");
            text.Append("}\n\n");
            bounces.Write(text, f, bounces: false);
        }
    }

    private void Direct(StringBuilder text, uint function, FuncType* type)
    {
        string[] names = [.. Enumerable.Range(0, type->ParamCount).Select(n => $"l{n}")];
        string types = string.Concat(names.Select(_ => ", u32")), values = string.Join(", ", names.Prepend("ENV(e)->Exec"));
        string host = $"((u64 (*)(void *{types}))host->Function)({values})";
        IEnumerable<string> all = names.Concat(Enumerable.Repeat("0", (int)Config.MaxDirectParams)).Take((int)Config.MaxDirectParams);
        text.Append($"    const HostFunction *host = ENV(e)->Imports[{function}].Host;\n");
        text.Append("    if (LIKELY(host && host->Form == XIP_DIRECT))\n    {\n");
        // Calls of imports cost fuel in any case. The runtime counts the calls it makes. The caller makes the next poll.
        text.Append($"        SPEND(1);\n        u64 x = {host};\n        if (UNLIKELY(x >> 32)) trap(e, (u32)(x >> 32));\n");
        text.Append(type->ResultCount == 0 ? "        return;\n    }\n" : "        return (u32)x;\n    }\n");
        text.Append(
            $"    ENV(e)->Value = {function};\n    {(type->ResultCount == 0 ? "" : "return ")}slow_import(e, {string.Join(", ", all)});\n");
    }

    /// <summary>
    /// Calls through tables that may change: calls functions of this instance directly, and all others through the runtime.
    /// </summary>
    private void IndirectCalls(StringBuilder text)
    {
        IEnumerable<(ushort Type, uint Table)> calls = Facts.Functions.SelectMany(f => f.IndirectCalls)
            .Select(c => (Facts.Module->Types[c.Type].Canonical, c.Table)).Where(c => Facts.Tables[(int)c.Table] == null).Distinct();
        foreach ((ushort t, uint table) in calls.ToArray())
        {
            FuncType* type = &Facts.Module->Types[t];
            uint at = Targets.PlaceOfFunctions();
            string[] names = [.. Enumerable.Range(0, type->ParamCount).Select(n => $"l{n}")];
            string head = $"{CTypes.Result(type)} {{0}}({Parameters(type, named: true, behind: ["u32 element"])})\n{{{{\n";
            text.Append("HELPER __attribute__((noinline)) ").AppendFormat(null, head, $"slow_{t}_{table}");
            Marshal(text, type, $"ENV(e)->Value = element; service(e, XIP_CALL_INDIRECT, {table << 16 | t}u, s);");
            text.Append("}\n\nHELPER ").AppendFormat(null, head, $"call_{t}_{table}");
            FindOwn(text, t, table);
            text.Append($"    if (LIKELY(own))\n    {{\n");
            string code = $"CODE({CTypes.Pointer(type)}, CODE(const u32 *, {at})[2 * f + 1])";
            text.Append($"        {Apart(type, $"{code}({Arguments(type, names, "r")})")}\n    }}\n");
            text.Append($"    {Apart(type, $"slow_{t}_{table}({Arguments(type, names, "r", behind: ["element"])})")}\n}}\n\n");
        }
    }

    /// <summary>Statements that return the result of a call, and keep the call separate from all others.</summary>
    internal static string Apart(FuncType* type, string call) =>
        type->ResultCount == 0 ? $"APART; {call}; return;" : $"APART; return {call};";

    /// <summary>
    /// Statements that look up an element, with a trap if there is none. f is the position of the function, and own says whether it belongs
    /// to this instance.
    /// </summary>
    internal void FindOwn(StringBuilder text, ushort type, uint table)
    {
        text.Append($"    const Table *table = ENV(e)->Tables[{table}];\n");
        text.Append($"    if (UNLIKELY(element >= table->Size)) trap(e, {(int)WasmError.UndefinedElement});\n");
        text.Append($"    u32 f = table->Elements[element] - ENV(e)->InstanceBits - {Facts.Module->ImportedFunctions}u;\n");
        text.Append($"    int own = f < {Facts.Functions.Count}u && CODE(const u32 *, {Targets.PlaceOfFunctions()})[2 * f] == {type}u;\n");
    }

    private void Stubs(StringBuilder text)
    {
        foreach (uint t in StubTypes())
        {
            FuncType* type = &Facts.Module->Types[t];
            ValType[] types = CTypes.List(FuncTypes.Params(type), type->ParamCount);
            IEnumerable<string> values = types.Select((p, n) => $"SLOT_{CTypes.Slot(p)}(s + {SlotsOf(types[..n])})");
            string first = type->ResultCount == 0 ? "" : CTypes.Slot((ValType)FuncTypes.Results(type)[0]);
            uint rest = type->ResultCount == 0 ? 0 : ValTypes.Slots((ValType)FuncTypes.Results(type)[0]);
            string call = $"(({CTypes.Pointer(type)})(uptr)f)({Arguments(type, values, $"s + {rest}")})";
            text.Append($"__attribute__((used)) void {StubName(t)}(E e, const u8 *f, u32 *s)\n{{\n");
            text.Append(first.Length == 0 ? $"    {call};\n" : $"    {CTypes.Result(type)} x = {call};\n    SET_{first}(s, x);\n");
            text.Append("}\n\n");
        }
    }

    private static void Marshal(StringBuilder text, FuncType* type, string call)
    {
        ValType[] types = CTypes.List(FuncTypes.Params(type), type->ParamCount),
            results = CTypes.List(FuncTypes.Results(type), type->ResultCount);
        text.Append($"    u32 s[{System.Math.Max(1u, System.Math.Max(SlotsOf(types), SlotsOf(results)))}];\n");
        for (int n = 0; n < types.Length; n++) text.Append($"    SET_{CTypes.Slot(types[n])}(s + {SlotsOf(types[..n])}, l{n});\n");
        text.Append($"    {call}\n");
        for (int n = 1; n < results.Length; n++)
            text.Append(
                $"    SET_{CTypes.Slot(results[n])}(r + {CTypes.ResultSlots(results[..n])}, "
                + $"SLOT_{CTypes.Slot(results[n])}(s + {SlotsOf(results[..n])}));\n");
        if (results.Length != 0) text.Append($"    return SLOT_{CTypes.Slot(results[0])}(s);\n");
    }

    internal static uint SlotsOf(IEnumerable<ValType> types) => (uint)types.Sum(t => ValTypes.Slots(t));
}
