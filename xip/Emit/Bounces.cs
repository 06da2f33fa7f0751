// SPDX-License-Identifier: MIT
// The C around functions whose tail calls bounce. Of function 5:
//   body5(e, tail, ...)    its code, which for a tail call leaves arguments in tail[1] and up, an entry's place in tail[0], and returns
//   entry5(e, tail, r)     takes the arguments it was left, and goes to the body
//   fn5(e, ...)            what all others call: goes on to the next entry until none was left
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Wamr.Nano.Xip.Emit;

/// <summary>
/// Functions of the C file that make tail calls out of returns. All results of functions that call each other last are the same.
/// </summary>
internal sealed unsafe class Bounces(CModule module)
{
    /// <summary>Symbol of the function that takes arguments which were left for <paramref name="function"/>.</summary>
    internal static string EntryName(uint function) => $"entry{function}";

    /// <summary>Name of the function that finds the entry of an element of a table that may change.</summary>
    internal static string LookupName(uint type, uint table) => $"find_{type}_{table}";

    /// <summary>What C says of an entry that gives a result of this type.</summary>
    private static string Pointer(string result) => $"{result} (*)(E, u32 *, u32 *)";

    /// <summary>Head of a body's definition.</summary>
    internal static string Head(FuncType* type, uint function) =>
        $"static {CTypes.Result(type)} body{function}({CModule.Parameters(type, named: true, ["u32 *tail"])})";

    /// <summary>Writes what belongs to a function, behind its code.</summary>
    internal void Write(StringBuilder text, uint function, bool bounces)
    {
        if (module.Tails.HasEntry(function)) Entry(text, function, bounces);
        if (bounces) Caller(text, function);
    }

    private void Entry(StringBuilder text, uint function, bool bounces)
    {
        FuncType* type = module.Facts.TypeOf(function);
        ValType[] types = CTypes.List(FuncTypes.Params(type), type->ParamCount);
        IEnumerable<string> values = types.Select((t, n) => $"SLOT_{CTypes.Slot(t)}(tail + {1 + CModule.SlotsOf(types[..n])})");
        text.Append($"__attribute__((used)) {CTypes.Result(type)} {EntryName(function)}(E e, u32 *tail, u32 *r)\n{{\n    APART; ");
        if (type->ResultCount != 0) text.Append("return ");
        text.Append(bounces ? Body(type, function, values) : $"fn{function}({CModule.Arguments(type, values, "r")})").Append(";\n}\n\n");
    }

    private void Caller(StringBuilder text, uint function)
    {
        FuncType* type = module.Facts.TypeOf(function);
        string result = CTypes.Result(type), first = Body(type, function, Enumerable.Range(0, type->ParamCount).Select(n => $"l{n}"));
        string next = $"CODE({Pointer(result)}, next)(e, tail, {(type->ResultCount > 1 ? "r" : "0")})";
        text.Append(module.Declaration(function, named: true)).Append("\n{\n");
        text.Append($"    u32 tail[{1 + module.Tails.Slots}];\n    tail[0] = 0;\n");
        text.Append($"    {(type->ResultCount == 0 ? "" : $"{result} x;\n    ")}APART; {(type->ResultCount == 0 ? "" : "x = ")}{first};\n");
        text.Append("    for (u32 next; (next = tail[0]) != 0;)\n    {\n        tail[0] = 0;\n");
        text.Append($"        APART; {(type->ResultCount == 0 ? "" : "x = ")}{next};\n    }}\n");
        text.Append(type->ResultCount == 0 ? "}\n\n" : "    return x;\n}\n\n");
    }

    private static string Body(FuncType* type, uint function, IEnumerable<string> values) =>
        $"body{function}({CModule.Arguments(type, values, "r", ["tail"])})";

    /// <summary>For each table that may change the entry of an element; 0 of elements that the runtime must call.</summary>
    internal void Lookups(StringBuilder text)
    {
        foreach ((ushort type, uint table) in module.Tails.Lookups())
        {
            text.Append($"HELPER u32 {LookupName(type, table)}(E e, u32 element)\n{{\n");
            module.FindOwn(text, type, table);
            text.Append($"    return LIKELY(own) ? CODE(const u32 *, {module.Targets.PlaceOfEntries()})[f] : 0;\n}}\n\n");
        }
    }
}
